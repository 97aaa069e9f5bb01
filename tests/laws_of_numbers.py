"""What holds of intervals, printed figures, relations, their repairs and slips: a strategy and a law for each.

Figures are drawn as they are printed and read by `by_hand`, so that a law is about what stands in a report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from typing import Any

from hypothesis import strategies as st

from by_hand import SCALES, figure, relation
from pipeline import exact
from pipeline.formulas import Posed, agreement, solved
from pipeline.fraction import Fraction
from pipeline.interval import EMPTY, Interval, meet, total
from pipeline.model import Figure, Operand, Printed, Relation
from pipeline.repair import repairs
from pipeline.slips import chance, likely, slipped
from pipeline.slips.found import one_digit, one_less, one_more, slip, transposed
from pipeline.wording.numbers import manner, show, show_range

NUMBER = st.builds(Fraction, st.integers(-600, 600), st.integers(1, 12))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(NUMBER), draw(NUMBER)))
    ends = draw(st.sampled_from(((low, high), (low, low), (low, None), (None, high), (None, None))))
    return Interval(*ends, draw(st.booleans()), draw(st.booleans()))


def of_one_interval(given_: tuple[Interval, Fraction]) -> None:
    one, value = given_
    assert one.is_empty or one.distance(value) == one.gap(Interval.point(value))
    assert not (one.contains(value) and one.distance(value))
    assert one.contains(value) == one.is_near(value, Fraction(0)) == (not (one & Interval.point(value)).is_empty)
    assert one.is_bounded == (one.width is not None) and (one.is_point <= (one.width == 0))
    assert one.within(one) and one.hull(EMPTY) == one and EMPTY.within(one)
    assert one.reciprocal().contains(1 / value) if value and one.contains(value) else True
    if value:
        assert one.scale(value).scale(1 / value) == one
        assert one.scale(value).contains(3 * value) == one.contains(3)
    if one.low is not None and one.low > 0:
        assert one.reciprocal().reciprocal() == one
    assert (-one).contains(-value) == one.contains(value)


def of_several_intervals(some: list[Interval]) -> None:
    ways = list(permutations(some))
    assert len({total(way) for way in ways}) == len({meet(way) for way in ways}) == 1
    for one in some:
        assert meet(some).within(one)
        for other in some:
            assert one.gap(other) == other.gap(one)
            assert not one.gap(other) or (one & other).is_empty
            assert (one - other).is_empty == (one.is_empty or other.is_empty)
            if not (one.is_empty or other.is_empty) and one.width is not None and other.width is not None:
                assert (one + other).width == (one - other).width == one.width + other.width


# --- figures

DIGITS = st.one_of(
    st.integers(1, 99_999_999).map("{:,}".format),
    st.integers(1, 9_999_999).map(lambda n: f"{n / 100:,.2f}"),
    st.integers(1, 99_999).map(lambda n: f"{n / 10:,.1f}"),
    st.integers(1, 999).map(lambda n: f"{n * 100:,}"),
)
UNITS = (" million Yuan", " Yuan", " km", " people", "%", " thousand tons", " billion Yuan", "")
PRINTED = st.builds(
    "{}{}{}".format, st.sampled_from(("", "", "", ">", "<", ">=", "<=", "~")), DIGITS, st.sampled_from(UNITS)
)


def of_a_figure(printed: str) -> None:
    """The number printed is in the strict reading, and that in the coarse one; both ends are what the digits allow."""
    text, found = figure(printed)
    narrow, wide = exact.strict(found, SCALES), exact.coarse(found, SCALES)
    point = exact.point(found)
    assert narrow.contains(point) and narrow.within(wide)
    low, high = exact.printed_ends(found, SCALES)
    assert low <= point <= high and (exact.is_open(found) or narrow.within(wide.hull(Interval(low, high))))
    if found.modifier == "":
        assert (narrow.low, narrow.high) == (low, high)
    assert Fraction(exact.plain(point)) == point
    how = manner(Operand("level", "c0", 0, found.end, found), text)
    assert show(point, how) == text
    assert figure(show(point + how.step, how))[1].number.value == point + how.step
    assert show_range(Interval.point(point), how) == text


def of_units(given_: tuple[Fraction, str, str]) -> None:
    value, unit, other = given_
    there = exact.in_unit(value, unit, other, SCALES)
    back = None if there is None else exact.in_unit(there, other, unit, SCALES)
    assert back == (None if there is None else value)
    assert (there is None) == (exact.ratio(other, unit, SCALES) is None)


# --- relations

# Kinds with their roles, and what these are measured in.
FORMS: tuple[tuple[str, str], ...] = (
    ("growth", "level=money; prior=money; change=money; percent=%"),
    ("growth", "level=money; prior=money; percent=%"),
    ("target", "level=money; target=money; percent=%"),
    ("sum", "total=money; part=money; part=money; part=money"),
    ("sum", "total=money; part=money; part=money; less=money"),
    ("subset", "part=money; whole=money"),
    ("share", "part=money; whole=money; percent=%"),
    ("shares", "part=%; part=%; part=%"),
    ("shares", "total=%; part=%; part=%"),
    ("product", "rate=money; count=people; total=money"),
    ("ratio", "level=money; prior=money; factor=times"),
    ("points", "level=%; prior=%; change=pp"),
    ("repeat", "mention=money; mention=money"),
    ("direction", "prior=money; level=money"),
    ("range", "low=money; average=money; high=money"),
)
AMOUNT = st.one_of(
    st.integers(100, 99_999).map(lambda n: f"{n / 10:,.1f} million Yuan"),
    st.integers(10, 9_999).map("{:,} million Yuan".format),
    st.integers(10_000, 9_999_999).map("{:,} Yuan".format),
)
BY_MEASURE = {
    "money": AMOUNT,
    "people": st.integers(2, 5_000).map("{:,} people".format),
    "%": st.integers(1, 1500).map(lambda n: f"{n / 10:.1f}%") | st.integers(1, 99).map("{}%".format),
    "times": st.integers(11, 90).map(lambda n: f"{n / 10} times"),
    "pp": st.integers(1, 300).map(lambda n: f"{n / 10:.1f} percentage points"),
}


@st.composite
def relations(draw: st.DrawFn) -> tuple[str, Relation]:
    kind, form = draw(st.sampled_from(FORMS))
    roles = [part.split("=") for part in form.split("; ")]
    said = "; ".join(f"{role}={draw(BY_MEASURE[measure])}" for role, measure in roles)
    turns = kind in ("growth", "points", "direction")
    return relation(kind, said, draw(st.sampled_from((1, -1))) if turns else 0, "of" if kind == "ratio" else "")


def with_figure(made: Relation, place: int, change: Callable[[Figure], Figure]) -> Relation:
    operands = list(made.operands)
    found = operands[place].figure
    assert found is not None
    operands[place] = replace(operands[place], figure=change(found))
    return replace(made, operands=tuple(operands))


def times(number: Printed, factor: int) -> Printed:
    return replace(number, value=number.value * factor, step=number.step * factor, coarse=number.coarse * factor)


def of_a_relation(given_: tuple[str, Relation]) -> None:
    """How well figures agree hangs on nothing but their numbers, and no wider reading makes them agree less."""
    _, made = given_
    how = agreement(made, SCALES)
    greater = made
    for place, operand in enumerate(made.operands):
        if operand.figure is not None and operand.figure.dimension == "money":
            greater = with_figure(greater, place, lambda f: replace(f, number=times(f.number, 1000)))
    assert agreement(greater, SCALES) == how
    if how in ("strict", "coarse"):
        for place in range(len(made.operands)):
            wider = with_figure(made, place, lambda f: replace(f, number=replace(f.number, step=f.number.step * 10)))
            assert agreement(wider, SCALES) in ("strict", "coarse")
    first, *rest = made.operands
    if made.kind in ("sum", "shares"):
        turned = (first, *reversed(rest)) if made.kind == "sum" else tuple(reversed(made.operands))
        assert agreement(replace(made, operands=turned), SCALES) == how


def of_what_is_solved(given_: tuple[str, Relation]) -> None:
    """A figure changed to one that it would have to be agrees with the others."""
    _, made = given_
    for place in range(len(made.operands)):
        wanted = solved(made, place, SCALES)
        if wanted is None or wanted.interval.is_empty or wanted.point is None:
            continue
        exactly = with_figure(
            made,
            place,
            lambda f, p=wanted.point: replace(f, number=Printed(p, Fraction(1, 10**9), Fraction(1, 10**9))),  # type: ignore[misc]
        )
        if wanted.interval.contains(wanted.point):
            assert agreement(exactly, SCALES) != "none", place


def of_repairs(given_: tuple[str, Relation]) -> None:
    """A proposal prints otherwise than what stands there, in one line, and makes the figures agree."""
    text, made = given_
    if agreement(made, SCALES) != "none":
        return
    for repair in repairs(Posed(made, SCALES), text):
        assert repair.proposed and repair.proposed != repair.printed and "\n" not in repair.proposed
        assert repair.printed == text[made.operands[repair.place].start : made.operands[repair.place].end]
        if any(mark in repair.proposed for mark in ("–", " to ", "at least", "at most", "than", "−")):
            continue
        number = figure(repair.proposed)[1].number
        mended = with_figure(made, repair.place, lambda f, n=number: replace(f, number=n))  # type: ignore[misc]
        assert agreement(mended, SCALES) != "none", repair


def of_slips(given_: tuple[str, Interval]) -> None:
    printed, wanted = given_
    _, found = figure(printed)
    number, counted = found.number, found.discrete
    explained = likely(number, counted, wanted)
    assert explained and all(one.weight >= 0 and one.chance >= 0 for one in explained)
    assert [one.weight for one in explained[:-1]] == sorted((one.weight for one in explained[:-1]), reverse=True)
    why, value = slip(number, counted, wanted)
    assert why or value == number.value


def of_slipped_digits(printed: str) -> None:
    digits = printed.replace(",", "").replace(".", "")
    for why, made in slipped(printed):
        assert made != printed and figure(f"{made} km")[1].number.value >= 0
        if why == "transposed":
            assert sorted(made) == sorted(printed)
        if why == "digit":
            assert len(made) == len(printed) and sum(a != b for a, b in zip(made, printed, strict=True)) == 1
    assert all(len(str(made)) <= len(digits) for made in (*transposed(digits), *one_digit(digits), *one_less(digits)))
    assert all(made < 10 ** (len(digits) + 1) for made in one_more(digits))


def of_chances(given_: tuple[str, Relation]) -> None:
    found = chance(given_[1], SCALES)
    assert found is None or found >= 0


RELATION = relations()
CASES: dict[str, tuple[st.SearchStrategy[Any], Callable[..., None]]] = {
    "an interval": (st.tuples(intervals(), NUMBER), of_one_interval),
    "several intervals": (st.lists(intervals(), min_size=1, max_size=4), of_several_intervals),
    "a figure": (PRINTED, of_a_figure),
    "units": (
        st.tuples(NUMBER, st.sampled_from(sorted(SCALES.units)), st.sampled_from(sorted(SCALES.units))),
        of_units,
    ),
    "a relation": (RELATION, of_a_relation),
    "what a figure would have to be": (RELATION, of_what_is_solved),
    "repairs": (RELATION, of_repairs),
    "slips that explain": (st.tuples(PRINTED, intervals()), of_slips),
    "slips that are made": (DIGITS, of_slipped_digits),
    "chances of slips": (RELATION, of_chances),
}
