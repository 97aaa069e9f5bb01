"""Repairs: what one figure would have to be, in its printed manner, the likeliest slip of the pen first."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_hand import SCALES, figure, relation
from pipeline.exact import is_counted
from pipeline.formulas import Posed, agreement
from pipeline.interval import Interval
from pipeline.model import Operand
from pipeline.repair import Evidence, repairs
from pipeline.slips import likely
from pipeline.wording.numbers import agreeing, manner, show, show_range

UP, DOWN = 1, -1


def proposals(kind: str, roles: str, direction: int = 0, mode: str = "", **said: set[str]) -> list[str]:
    text, made = relation(kind, roles, direction, mode)
    found = repairs(
        Posed(made, SCALES), text, Evidence(agreeing=said.get("agreeing", ()), pasted=said.get("pasted", ()))
    )
    return [f"{r.printed} → {r.proposed}" + f" [{r.slip}]" * bool(r.slip) for r in found]


@pytest.mark.parametrize(
    ("kind", "direction", "roles", "wanted"),
    [
        pytest.param(
            "growth",
            UP,
            "level=605 million Yuan; change=120 million; percent=22%",
            ["22% → 24.7%", "120 million → 107–111 million", "605 million Yuan → 651–681 million Yuan"],
            id="no-slip-explains-it",
        ),
        pytest.param(
            "growth",
            UP,
            "level=4,749 Yuan; prior=4,550 Yuan; percent=17.1%",
            ["4,550 Yuan → 4,055 Yuan [transposed]", "17.1% → 4.4%", "4,749 Yuan → 5,325–5,331 Yuan"],
            id="two-digits-transposed",
        ),
        pytest.param(
            "product",
            0,
            "rate=40,000 Yuan; count=1,339 households; total=535.6 million Yuan",
            [
                "535.6 million Yuan → 53.56 million Yuan [scale]",
                "40,000 Yuan → 400,000 Yuan [lost]",
                "1,339 households → 13,389–13,391 households [lost]",
            ],
            id="ten-times-too-much",
        ),
        pytest.param(
            "sum",
            0,
            "total=2,013 villages; part=1,501 villages; part=521 villages",
            [
                "521 villages → 512 villages [transposed]",
                "2,013 villages → 2,022 villages",
                "1,501 villages → 1,492 villages",
            ],
            id="a-part-transposed",
        ),
        pytest.param(
            "share",
            0,
            "part=70 counties; whole=86 counties; percent=80.4%",
            ["80.4% → 81.4% [digit]"],
            id="one-digit-and-no-whole-number-of-counties-fits",
        ),
        pytest.param(
            "growth",
            UP,
            "level=$110.4 million; prior=$91.5 million; percent=16.1%",
            [
                "$91.5 million → $95.1 million [transposed]",
                "16.1% → 20.5–20.8%",
                "$110.4 million → $106.1–106.3 million",
            ],
            id="a-sign-before-the-number",
        ),
        pytest.param(
            "conversion",
            0,
            "mention=US$12 million; mention=775.2 million Yuan; rate=6.46 Yuan",
            [
                "775.2 million Yuan → 77.52 million Yuan [scale]",
                "US$12 million → US$120 million [lost]",
                "6.46 Yuan → 64.6 Yuan [scale]",
            ],
            id="a-rate",
        ),
        pytest.param(
            "direction",
            DOWN,
            "prior=5.12 million; level=5.42 million",
            ["5.42 million → less than 5.12 million", "5.12 million → more than 5.42 million"],
            id="an-order",
        ),
        pytest.param(
            "count",
            0,
            "count=seven plans; item=a; item=b; item=c; item=d; item=e; item=f",
            ["seven plans → six plans"],
            id="words",
        ),
    ],
)
def test_single_figures_that_would_agree(kind: str, direction: int, roles: str, wanted: list[str]) -> None:
    assert proposals(kind, roles, direction) == wanted


def test_a_figure_that_agrees_elsewhere_is_proposed_later() -> None:
    roles = "level=605 million Yuan; change=120 million; percent=22%"
    _, made = relation("growth", roles, UP)
    found = proposals("growth", roles, UP, agreeing={made.operands[2].ref})
    assert found[-1] == "22% → 24.7%"


def test_a_percentage_that_stands_just_before_is_proposed_first() -> None:
    roles = "level=71 million Yuan; prior=69 million Yuan; percent=28%"
    _, made = relation("growth", roles, UP)
    found = proposals("growth", roles, UP, pasted={made.operands[2].ref})
    assert found[0] == "28% → 2.9% [pasted]"


def test_a_figure_that_quarrels_elsewhere_too_is_proposed_first() -> None:
    roles = "level=605 million Yuan; change=120 million; percent=22%"
    text, made = relation("growth", roles, UP)
    quarrels = {made.operands[1].ref: 1}
    assert repairs(Posed(made, SCALES), text, Evidence(quarrels=quarrels))[0].printed == "120 million"


def test_figures_said_again_far_away_are_doubted_last() -> None:
    roles = "level=605 million Yuan; change=120 million; percent=22%"
    text, made = relation("growth", roles, UP)
    for again, last in (([2], ["22%"]), ([0, 2], ["22%", "605 million Yuan"])):
        found = repairs(Posed(made, SCALES), text, Evidence(repeated={made.operands[n].ref for n in again}))
        assert [r.printed for r in found][-len(again) :] == last


@pytest.mark.parametrize(
    ("printed", "wanted", "slip", "value"),
    [
        ("2,013 villages", Interval.point(2031), "transposed", 2031),
        ("40,000 Yuan", Interval(Fraction(399_963), Fraction(400_037)), "scale", 400_000),
        ("535.6 million Yuan", Interval(Fraction(53_400_000), Fraction(53_700_000)), "scale", 53_560_000),
        ("7,109 Yuan", Interval(Fraction(71_209), Fraction(71_409)), "lost", None),
        ("83,947 Yuan", Interval(Fraction(8_946), Fraction(8_948)), "added", 8_947),
        ("80.4%", Interval(Fraction("81.35"), Fraction("81.42")), "digit", Fraction("81.4")),
        ("34 km", Interval(Fraction(90), Fraction(95)), "digit", 94),
        ("34 km", Interval(Fraction(71), Fraction(72)), "", None),
    ],
)
def test_the_likeliest_slip_is_that_with_most_of_its_ways(
    printed: str, wanted: Interval, slip: str, value: Fraction | None
) -> None:
    _, found = figure(printed)
    first = likely(found.number, is_counted(found.number, found), wanted)[0]
    assert (first.slip, first.value) == (slip, value)


@pytest.mark.parametrize(
    ("roles", "wanted"),
    [
        ("level=535 million; prior=50.0 million; percent=7.0%", "535 million → 53.5 million [scale]"),
        ("level=12,435 km; prior=1,100 km; percent=13.05%", "12,435 km → 1,243.5 km [scale]"),
        ("level=57.3 million; prior=45.0 million; percent=274%", "274% → 27.4% [scale]"),
    ],
)
def test_a_point_that_was_lost_is_put_back(roles: str, wanted: str) -> None:
    assert wanted in proposals("growth", roles, UP)


@given(st.integers(1, 10**7), st.integers(1, 10**7), st.integers(0, 1000))
def test_a_slip_is_never_likelier_than_choosing_it(printed: int, low: int, width: int) -> None:
    _, found = figure(f"{printed:,} tons")
    for one in likely(found.number, True, Interval(Fraction(low), Fraction(low + width))):
        assert 0 <= one.weight <= 1 and one.chance >= 0
        assert one.value is None or low <= one.value <= low + width


def test_what_is_printed_above_nothing_was_hardly_below() -> None:
    found = proposals("sum", "total=2.8 million; part=1.6 million; part=5.3 million; part=0.9 million")
    assert found[0].startswith("2.8 million → ") or found[0].startswith("5.3 million → ")
    assert all("−" not in one for one in found[:2])


@pytest.mark.parametrize(
    ("roles", "wanted"),
    [
        pytest.param(
            "level=4.31 million; prior=3.52 million; percent=18.3%", "18.3% → 22.1–22.8% [base]", id="wrong-base"
        ),
        pytest.param(
            "level=806 Yuan; prior=7,109 Yuan; percent=13.4%", "806 Yuan → 8,057–8,066 Yuan [lost]", id="lost"
        ),
        pytest.param(
            "level=83,947 Yuan; prior=7,510 Yuan; percent=11.8%", "83,947 Yuan → 8,392–8,400 Yuan [added]", id="added"
        ),
    ],
)
def test_the_slip_that_explains_it_is_named(roles: str, wanted: str) -> None:
    assert any(found.startswith(wanted) for found in proposals("growth", roles, UP)), proposals("growth", roles, UP)


def test_a_bound_is_not_repaired() -> None:
    assert proposals("subset", "part=120 ships; whole=<97 ships") == ["120 ships → at most 97 ships"]


@pytest.mark.parametrize(
    ("printed", "value", "wanted"),
    [
        ("605 million Yuan", Fraction(650_611_111), "651 million Yuan"),
        ("43.50 million Yuan", Fraction(1_234_567_890), "1,234.57 million Yuan"),
        ("1,422,000 people", Fraction(98765), "98,765 people"),
        ("2000 villages", Fraction(3000), "3000 villages"),
        ("2000 villages", Fraction(12000), "12,000 villages"),
        ("US$8.3 million", Fraction(3_800_000), "US$3.8 million"),
        ("Rs 1.30 lakh", Fraction(1_300_000), "Rs 13.00 lakh"),
        ("4,12,650 houses", Fraction(512_345), "5,12,345 houses"),
        ("22%", Fraction(5, 2), "3%"),
        ("5.9%", Fraction(-5), "−5.0%"),
        ("1.643 tons", Fraction(2), "2.000 tons"),
        ("six plans", Fraction(5), "five plans"),
        ("six plans", Fraction(25), "25 plans"),
    ],
)
def test_numbers_print_in_the_manner_of_a_figure(printed: str, value: Fraction, wanted: str) -> None:
    text, found = figure(printed)
    assert show(value, manner(Operand("level", "c0", 0, found.end, found), text)) == wanted


@pytest.mark.parametrize(
    ("interval", "wanted"),
    [
        (Interval(Fraction("24.56"), Fraction("24.88")), "24.6–24.9%"),
        (Interval(Fraction("24.61"), Fraction("24.64")), "24.6%"),
        (Interval(Fraction("24.65"), Fraction("24.75")), "24.7%"),
        (Interval(Fraction("-2"), Fraction("3")), "−2.0 to 3.0%"),
        (Interval(Fraction(5), None), "at least 5.0%"),
        (Interval(None, Fraction(5), False, False), "less than 5.0%"),
        (Interval(Fraction(5), Fraction(4)), ""),
        (Interval(None, None), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_ranges_print_in_the_manner_of_a_figure(interval: Interval, wanted: str) -> None:
    text, found = figure("22.0%")
    assert show_range(interval, manner(Operand("percent", "c0", 0, found.end, found), text)) == wanted


@given(
    st.integers(min_value=1, max_value=10**6),
    st.integers(min_value=1, max_value=10**6),
    st.sampled_from(["605 million Yuan", "22%", "1,234.5 tons"]),
)
def test_the_forms_proposed_are_those_that_may_stand_for_a_wanted_number(low: int, width: int, printed: str) -> None:
    text, found = figure(printed)
    how = manner(Operand("level", "c0", 0, found.end, found), text)
    wanted = Interval(low * how.step / 7, (low + width) * how.step / 7)
    forms = agreeing(wanted, how, is_counted(found.number, found))
    assert forms.low is not None and forms.high is not None
    for form in (forms.low, forms.high):
        assert not (Interval.around(form, how.step / 2) & wanted).is_empty
    for beyond in (forms.low - how.step, forms.high + how.step):
        assert (Interval.around(beyond, how.step / 2) & wanted).is_empty


@pytest.mark.parametrize(
    "roles",
    [
        "level=8,947 Yuan; prior=8,300 Yuan; percent=11.8%",
        "level=8,940 km; prior=8,240 km; percent=12.5%",
        "level=605 million Yuan; change=120 million; percent=22%",
    ],
)
def test_each_proposal_makes_the_figures_agree(roles: str) -> None:
    text, made = relation("growth", roles, UP)
    names = dict(part.split("=") for part in roles.split("; "))
    for repair in repairs(Posed(made, SCALES), text):
        role = made.operands[repair.place].role
        if "–" in repair.proposed:
            continue
        mended = "; ".join(f"{r}={repair.proposed if r == role else p}" for r, p in names.items())
        assert agreement(relation("growth", mended, UP)[1], SCALES) == "strict", repair


def test_a_slip_that_only_touches_the_bound_is_not_proposed() -> None:
    text, made = relation("range", "low=10.0 km; average=11.0 km; high=10.0 km")
    found = [repair.proposed for repair in repairs(Posed(made, SCALES), text) if repair.place == 1]
    assert "10.1 km" not in found
