"""The 17 kinds: how well figures agree, what each would have to be, and that true figures never disagree."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from by_hand import SCALES, relation
from pipeline.formulas import KINDS, Posed, agreement, agrees_turned, solved
from pipeline.model import Figure, Operand, Printed, Relation

UP, DOWN = 1, -1

CASES = [
    ("growth", UP, "", "level=605 million Yuan; change=120 million; percent=22%", "none"),
    ("growth", UP, "", "level=605 million Yuan; change=120 million; percent=25%", "strict"),
    ("growth", UP, "", "level=605 million Yuan; change=120 million; percent=24%", "coarse"),
    ("growth", UP, "", "level=$91.8 million; prior=$81.6 million; percent=12.5%", "strict"),
    ("growth", UP, "", "level=$91.8 million; prior=$81.6 million; percent=15.2%", "none"),
    ("growth", DOWN, "", "level=$36.3 million; prior=$41.3 million; change=$5.0 million; percent=10.4%", "none"),
    ("growth", DOWN, "", "level=$36.3 million; prior=$41.3 million; change=$5.0 million; percent=12.1%", "strict"),
    ("growth", 0, "", "level=90 mines; prior=100 mines; percent=10%", "strict"),
    ("growth", UP, "", "level=90 mines; prior=100 mines; percent=10%", "none"),
    ("growth", UP, "", "level=1,386 villages; prior=860; change=546", "none"),
    ("growth", UP, "", "level=1,386 villages; prior=840; change=546", "strict"),
    ("growth", UP, "", "prior=485 million Yuan; change=120 million; percent=24.7%", "strict"),
    ("growth", DOWN, "", "prior=485 million Yuan; change=120 million; percent=42.7%", "none"),
    ("growth", UP, "", "level=605 million Yuan; percent=22%", "open"),
    ("growth", UP, "", "level=>600 million Yuan; change=120 million; percent=22%", "open"),
    ("growth", UP, "", "level=>22 billion Yuan; prior=~20.5 billion Yuan; percent=9.5%", "open"),
    ("growth", UP, "", "level=>22 billion Yuan; prior=20.5 billion Yuan; percent=2.5%", "none"),
    ("growth", UP, "", "level=605 million Yuan; prior=500 million dollars; percent=21%", "open"),
    ("growth", UP, "", "level=6 million Yuan; change=9 million Yuan; percent=50%", "open"),
    ("growth", UP, "", "level=4.8 km; prior=3.0 miles; change=0 km", "strict"),
    ("growth", UP, "", "level=156 million Yuan; prior=104 million Yuan; percent=half", "strict"),
    ("target", 0, "of", "level=206,000 households; target=200,000; percent=103%", "strict"),
    ("target", UP, "excess", "level=150,000 people; target=120,000 people; percent=25%", "strict"),
    ("target", UP, "excess", "level=150,000 people; target=120,000 people; percent=52%", "none"),
    ("target", DOWN, "excess", "level=90 wells; target=100 wells; percent=10%", "strict"),
    ("target", UP, "of", "level=60,900 digesters; target=50,000; percent=121.8%; change=10,900", "strict"),
    ("sum", 0, "", "total=86 bridges; part=52; part=27; part=17", "none"),
    ("sum", 0, "", "total=96 bridges; part=52; part=27; part=17", "strict"),
    (
        "sum",
        0,
        "",
        "total=48.62 million tons; part=45.31 million tons; part=2.98 million tons; part=0.43 million tons",
        "none",
    ),
    ("sum", 0, "", "total=828 million dollars; part=1.214 billion dollars; less=386 million dollars", "strict"),
    ("sum", 0, "", "total=8 boats; part=20 boats; less=5 boats; less=7 boats", "strict"),
    ("sum", 0, "", "total=72,600 people; part=>40,000; part=>20,000; part=>9,000", "open"),
    ("sum", 0, "", "total=>100 people; part=60 people; part=50 people", "strict"),
    ("sum", 0, "", "total=6,000 tons; part=3,420 tons; part=2,540 tons", "coarse"),
    ("sum", 0, "", "total=9.1%; part=4.0%; part=5.1 percentage points", "strict"),
    ("sum", 0, "", "total=9 million Yuan; part=4 million Yuan; part=5 million dollars", "open"),
    ("subset", 0, "", "part=32; whole=97 enterprises", "strict"),
    ("subset", 0, "", "part=120; whole=97 enterprises", "none"),
    ("subset", 0, "", "part=12 schools; part=99 schools; whole=97 schools", "none"),
    ("subset", 0, "", "part=>600 million Yuan; whole=605 million Yuan", "strict"),
    ("subset", 0, "", "part=605 million Yuan; whole=>600 million Yuan", "open"),
    ("share", 0, "", "part=70 counties; whole=86 counties; percent=81.4%", "strict"),
    ("share", 0, "", "part=70 counties; whole=86 counties; percent=80.4%", "none"),
    ("share", 0, "", "part=>40,000 farmers; whole=<60,000; percent=two-thirds", "open"),
    ("share", 0, "", "part=73; part=7; whole=129 counties; percent=62.0%", "strict"),
    ("shares", 0, "", "part=14.7%; part=44.4%; part=40.9%", "strict"),
    ("shares", 0, "", "part=38.5%; part=21.0%; part=24.5%; part=19.0%", "none"),
    ("shares", 0, "", "part=33%; part=33%; part=33%", "strict"),
    ("shares", 0, "", "part=20.5%; part=11.5%; total=32.0%", "strict"),
    ("product", 0, "", "rate=500,000 Yuan per village; count=266 villages; total=133 million Yuan", "strict"),
    ("product", 0, "", "rate=500,000 Yuan per village; count=266 villages; total=1.33 billion Yuan", "none"),
    ("product", 0, "", "rate=two cadres per village; count=~1,600 villages; total=3,214 cadres", "coarse"),
    ("product", 0, "", "rate=4.96 persons per household; count=168 households; total=833 people", "strict"),
    ("product", 0, "", "rate=300 Yuan per mu; count=2 ha; total=9,000 Yuan", "strict"),
    ("product", 0, "", "rate=>=100,000 Yuan per firm; count=>490 firms; total=>60 million Yuan", "open"),
    ("ratio", 0, "of", "level=6,200 pupils; prior=3,100 pupils; factor=doubled", "strict"),
    ("ratio", 0, "of", "level=9,200 pupils; prior=3,100 pupils; factor=doubled", "none"),
    ("ratio", UP, "more", "level=90 ships; prior=30 ships; factor=3.0 times", "strict"),
    ("ratio", UP, "more", "level=120 ships; prior=30 ships; factor=3.0 times", "strict"),
    ("ratio", DOWN, "of", "level=10 ships; prior=30 ships; factor=3.0 times", "strict"),
    ("ratio", 0, "of", "level=>9 billion Yuan; prior=3.86 billion Yuan; factor=>=2 times", "strict"),
    ("points", DOWN, "", "level=4.7%; prior=5.4%; change=0.7 percentage points", "strict"),
    ("points", DOWN, "", "level=33.4%; prior=38.6%; change=6.2 percentage points", "none"),
    ("points", UP, "", "level=21.6%; prior=20.8%; change=140 basis points", "none"),
    ("points", UP, "", "level=35.0%; prior=33.8%; change=120 basis points", "strict"),
    ("points", UP, "", "level=12.1‰; prior=1.01%; change=0.2 percentage points", "strict"),
    ("annual", UP, "", "level=3,307 Yuan; prior=1,112 Yuan; percent=11.5%; years=2000; years=2010", "strict"),
    ("annual", UP, "", "level=3,307 Yuan; prior=1,112 Yuan; percent=10.4%; years=2000; years=2010", "strict"),
    ("annual", UP, "", "level=3,307 Yuan; prior=1,112 Yuan; percent=15.1%; years=2000; years=2010", "none"),
    ("annual", UP, "", "level=532.4 tons; prior=400 tons; percent=10%; years=three years", "strict"),
    ("annual", UP, "", "level=532.4 tons; prior=400 tons; percent=10%; years=2013", "open"),
    ("annual", UP, "", "level=532.4 tons; prior=400 tons; percent=10%; years=2010; years=9013", "open"),
    ("count", 0, "", "count=seven plans; item=a; item=b; item=c", "none"),
    ("count", 0, "", "count=three plans; item=a; item=b; item=c", "strict"),
    ("repeat", 0, "", "mention=1,681,200 tons; mention=1.681 million tons", "strict"),
    ("repeat", 0, "", "mention=96.42 billion Yuan; mention=96.24 billion Yuan", "none"),
    ("repeat", 0, "", "mention=486,000 people; mention=half a million", "coarse"),
    ("repeat", 0, "", "mention=15 tons per ha; mention=1 tons per mu", "strict"),
    ("repeat", 0, "", "mention=15 tons per ha; mention=15 tons per mu", "none"),
    ("repeat", 0, "", "mention=>20%; mention=22%", "strict"),
    ("repeat", 0, "", "mention=>20%; mention=14%", "none"),
    ("repeat", 0, "", "mention=>20%; mention=>20%", "strict"),
    ("repeat", 0, "", "mention=>20%; mention=>25%", "open"),
    ("repeat", 0, "", "mention=100 tons; mention=200 tons; mention=100 tons", "none"),
    ("conversion", 0, "", "mention=5 km; mention=3.1 miles", "strict"),
    ("conversion", 0, "", "mention=1.2 million mu; mention=8,000 hectares", "none"),
    ("conversion", 0, "", "mention=US$12 million; mention=775.2 million Yuan; rate=6.46 Yuan", "none"),
    ("conversion", 0, "", "mention=US$12 million; mention=77.5 million Yuan; rate=6.46 Yuan", "strict"),
    ("conversion", 0, "", "mention=US$12 million; mention=82 million Yuan", "open"),
    (
        "conversion",
        0,
        "",
        "mention=US$12.0 million; mention=82.0 million Yuan; mention=20.5 million Yuan; mention=US$3.0 million",
        "strict",
    ),
    (
        "conversion",
        0,
        "",
        "mention=US$12.0 million; mention=82.0 million Yuan; mention=US$3.0 million; mention=25.0 million Yuan",
        "none",
    ),
    ("direction", UP, "", "prior=2; level=4", "strict"),
    ("direction", UP, "", "prior=4; level=2", "none"),
    ("direction", DOWN, "", "prior=5.12 million; level=5.42 million", "none"),
    ("direction", 0, "", "prior=4; level=2", "open"),
    ("range", 0, "", "low=$620; high=$910; average=$745", "strict"),
    ("range", 0, "", "low=$620; high=$910; average=$945", "none"),
    ("range", 0, "", "low=30–20 km@low; high=30–20 km@high", "none"),
    ("range", 0, "", "low=20–30 km@low; high=20–30 km@high", "strict"),
    ("time", 0, "", "start=2006; end=2009; duration=three years", "strict"),
    ("time", 0, "", "start=2001; end=2010; duration=ten years", "strict"),
    ("time", 0, "", "start=2006; end=2009; duration=six years", "none"),
    ("time", 0, "", "start=2009; end=2006", "none"),
    ("limit", 0, "", "value=98.6%", "strict"),
    ("limit", 0, "", "value=120%", "none"),
    ("limit", 0, "", "value=104.3%; part=98,600; whole=94,500 children", "none"),
    ("limit", 0, "", "part=48; whole=37 seats", "none"),
    ("limit", 0, "", "value=22%; whole=14 counties", "none"),
    ("limit", 0, "", "value=21%; whole=14 counties", "strict"),
    ("limit", 0, "", "value=>=two-thirds", "strict"),
]


@pytest.mark.parametrize(
    ("kind", "direction", "mode", "roles", "wanted"),
    CASES,
    ids=[f"{c[0]}: {c[3]} {'+' * c[1]}{'-' * -c[1]}" for c in CASES],
)
def test_figures_agree_as_well_as(kind: str, direction: int, mode: str, roles: str, wanted: str) -> None:
    assert agreement(relation(kind, roles, direction, mode)[1], SCALES) == wanted


def test_every_kind_has_a_case() -> None:
    assert {case[0] for case in CASES} == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "direction", "mode", "roles", "wanted"),
    CASES,
    ids=[f"{c[0]}: {c[3]} {'+' * c[1]}{'-' * -c[1]}" for c in CASES],
)
def test_what_a_figure_would_have_to_be_would_agree(
    kind: str, direction: int, mode: str, roles: str, wanted: str
) -> None:
    """The constraint and its solution are one: a figure moved into its solution makes the relation hold."""
    _, made = relation(kind, roles, direction, mode)
    for place, operand in enumerate(made.operands):
        solution = solved(made, place, SCALES)
        if (
            operand.figure is None
            or operand.side
            or solution is None
            or solution.interval.is_empty
            or kind in ("subset", "limit")
        ):
            continue
        interval = solution.interval
        low, high = interval.low, interval.high
        inside = (
            (low + high) / 2 if low is not None and high is not None else (low or 0) + 1 if high is None else high - 1
        )
        if inside < 0:
            continue
        fixed = Printed(Fraction(inside), Fraction(1, 10**9), Fraction(1, 10**9))
        figure = replace(operand.figure, number=fixed, modifier="", discrete=False)
        operands = (
            *made.operands[:place],
            Operand(operand.role, operand.ref, 0, 1, figure),
            *made.operands[place + 1 :],
        )
        moved = Relation(made.kind, operands, "sentence", "high", "", direction=direction, mode=mode)
        assert agreement(moved, SCALES) in ("strict", "open"), operand.role


def test_the_joint_solution_is_what_the_pairs_allow_together() -> None:
    _, made = relation("growth", "level=605 million Yuan; change=120 million; percent=22%", UP)
    percent = solved(made, 2, SCALES)
    assert percent is not None
    assert percent.point == Fraction(12000, 485)
    assert percent.interval.low == Fraction(11950) / Fraction(486)
    assert percent.interval.high == Fraction(12050) / Fraction(484)


def test_what_is_not_stated_is_worked_out_from_those_that_agree() -> None:
    _, made = relation("growth", "level=605 million Yuan; change=120 million; percent=22%", UP)
    prior = Posed(made, SCALES).missing("prior")
    assert prior is not None
    assert prior.point == 485_000_000


def test_figures_that_contradict_each_other_leave_one_out() -> None:
    _, made = relation("repeat", "mention=100 tons; mention=200 tons; mention=300 tons")
    posed = Posed(made, SCALES)
    found = posed.computed(posed.set_against(contradicted=True))
    assert found is not None
    assert not found.interval.is_empty


def test_of_three_mentions_the_odd_one_is_set_against_the_others() -> None:
    _, made = relation("repeat", "mention=266 villages; mention=269 villages; mention=266 villages")
    assert Posed(made, SCALES).set_against(contradicted=True) == 1


def test_figures_that_agree_the_other_way_round_are_known() -> None:
    _, made = relation("growth", "level=90 mines; prior=100 mines; percent=10%", UP)
    assert agrees_turned(Posed(made, SCALES))


def test_a_note_on_rounding_loosens_a_sum_and_another_note_leaves_open() -> None:
    note = ("figures may not add up due to rounding",)
    assert (
        agreement(relation("sum", "total=100 boats; part=33 boats; part=33 boats; part=33 boats")[1], SCALES) == "none"
    )
    assert (
        agreement(
            relation("sum", "total=100 boats; part=33 boats; part=33 boats; part=33 boats", notes=note)[1], SCALES
        )
        == "coarse"
    )
    assert (
        agreement(
            relation("sum", "total=150 boats; part=33 boats; part=33 boats; part=33 boats", notes=note)[1], SCALES
        )
        == "none"
    )
    real = relation("growth", "level=340 tons; prior=314 tons; percent=9.1%", UP, notes=("growth at constant prices",))[
        1
    ]
    assert agreement(real, SCALES) == "open"


def test_the_change_may_be_taken_between_rounded_figures() -> None:
    # 3.06 from 2.24 is 0.82, or 36.6 %; 3.1 less 2.2 is 0.9.
    _, made = relation("growth", "level=3.1 tons; prior=2.2 tons; change=0.9 tons; percent=36.6%", UP)
    assert agreement(made, SCALES) in ("strict", "coarse")
    # 5 on 31.6 is 15.8 %, though 36.3 from 31.6 is 14.9 %.
    _, made = relation("growth", "level=36.3 km; prior=31.6 km; change=5 km; percent=15.8%", UP)
    assert agreement(made, SCALES) == "coarse"


# True figures, rounded in any way, are never called inconsistent -------------------------------------------------

amounts = st.fractions(min_value=1, max_value=10**7, max_denominator=1000)
digits = st.integers(min_value=-3, max_value=3)
ways = st.sampled_from(("up", "down", "even"))


def rounded(value: Fraction, places: int, way: str) -> Printed:
    """A true number as it may be printed: nearest to a number of decimals, ties up, down or to even."""
    step = Fraction(1, 10**places) if places >= 0 else Fraction(10**-places)
    scaled = value / step
    whole = round(scaled)
    if abs(scaled - int(scaled)) == Fraction(1, 2):
        whole = {"up": int(scaled) + 1, "down": int(scaled), "even": round(scaled)}[way]
    return Printed(whole * step, step, step)


def operand(role: str, value: Fraction, places: int, way: str, kind: str = "absolute") -> Operand:
    unit = {"percent": "%", "points": "pp", "factor": ""}.get(kind, "CNY")
    dimension = {"percent": "percent", "points": "points", "factor": "factor"}.get(kind, "money")
    figure = Figure(0, 1, 1, rounded(value, places, way), None, unit, dimension, "", kind, False, "", "")  # type: ignore[arg-type]
    return Operand(role, role, 0, 1, figure)


def made_of(kind: str, operands: list[Operand], direction: int = 0, mode: str = "") -> Relation:
    return Relation(kind, tuple(operands), "sentence", "high", "", direction=direction, mode=mode)


few = settings(max_examples=150, deadline=None)


@few
@given(
    amounts,
    amounts,
    digits,
    digits,
    digits,
    digits,
    ways,
    st.sets(st.sampled_from((0, 1, 2, 3)), min_size=3),
    st.booleans(),
)
def test_true_growth_is_never_inconsistent(
    prior: Fraction, level: Fraction, p: int, q: int, r: int, s: int, way: str, which: set[int], said: bool
) -> None:
    sign = 1 if level >= prior else -1
    stated = [
        operand("level", level, p, way),
        operand("prior", prior, q, way),
        operand("change", abs(level - prior), r, way),
        operand("percent", abs(level - prior) / prior * 100, s, way, "percent"),
    ]
    made = made_of("growth", [stated[n] for n in sorted(which)], sign if said else 0)
    assert agreement(made, SCALES) != "none"


@few
@given(st.lists(amounts, min_size=2, max_size=6), st.lists(digits, min_size=7, max_size=7), ways)
def test_true_sums_are_never_inconsistent(parts: list[Fraction], places: list[int], way: str) -> None:
    stated = [operand("part", part, places[n], way) for n, part in enumerate(parts)]
    made = made_of("sum", [operand("total", sum(parts, Fraction(0)), places[-1], way), *stated])
    assert agreement(made, SCALES) in ("strict", "coarse")


@few
@given(amounts, amounts, digits, digits, digits, ways)
def test_true_products_shares_and_ratios_are_never_inconsistent(
    rate: Fraction, count: Fraction, p: int, q: int, r: int, way: str
) -> None:
    first, second, third = (
        operand("rate", rate, p, way),
        operand("count", count, q, way),
        operand("total", rate * count, r, way),
    )
    assert agreement(made_of("product", [first, second, third]), SCALES) != "none"
    part, whole = operand("part", rate, p, way), operand("whole", count, q, way)
    share = operand("percent", rate / count * 100, r, way, "percent")
    assert agreement(made_of("share", [part, whole, share]), SCALES) != "none"
    level, prior = operand("level", rate, p, way), operand("prior", count, q, way)
    factor = operand("factor", rate / count, r, way, "factor")
    assert agreement(made_of("ratio", [level, prior, factor], mode="of"), SCALES) != "none"


percents = st.fractions(min_value=0, max_value=100, max_denominator=1000)


@few
@given(percents, percents, digits, digits, digits, ways)
def test_true_points_are_never_inconsistent(prior: Fraction, level: Fraction, p: int, q: int, r: int, way: str) -> None:
    sign = 1 if level >= prior else -1
    stated = [
        operand("level", level, p, way, "percent"),
        operand("prior", prior, q, way, "percent"),
        operand("change", abs(level - prior), r, way, "points"),
    ]
    assert agreement(made_of("points", stated, sign), SCALES) != "none"


@few
@given(amounts, percents, st.integers(min_value=1, max_value=12), digits, digits, digits, ways, st.booleans())
def test_true_yearly_growth_is_never_inconsistent(
    prior: Fraction, percent: Fraction, years: int, p: int, q: int, r: int, way: str, counted_in: bool
) -> None:
    level = prior * (1 + percent / 100) ** years
    stated = [
        operand("level", level, p, way),
        operand("prior", prior, q, way),
        operand("percent", percent, r, way, "percent"),
    ]
    first = 2000 + counted_in
    between = [Operand("years", f"@{y}", 0, 1, value=Fraction(y)) for y in (first, 2000 + years)]
    if first <= 2000 + years:
        assert agreement(made_of("annual", [*stated, *between], 1), SCALES) != "none"


@few
@given(amounts, st.lists(digits, min_size=2, max_size=5), ways)
def test_one_figure_rounded_in_several_ways_is_never_inconsistent(value: Fraction, places: list[int], way: str) -> None:
    stated = [operand("mention", value, place, way) for place in places]
    assert agreement(made_of("repeat", stated), SCALES) == "strict"
