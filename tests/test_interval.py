"""Intervals: what is computed from members lies in what is computed from their intervals, and ends are kept exactly."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.interval import ALL, EMPTY, ONE, ZERO, Interval, meet, total

numbers = st.fractions(min_value=-50, max_value=50, max_denominator=12)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(numbers), draw(numbers)))
    return Interval(
        draw(st.sampled_from((low, low, None))),
        draw(st.sampled_from((high, high, None))),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@st.composite
def members(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    value, below, above = draw(numbers), abs(draw(numbers)), abs(draw(numbers))
    low = draw(st.sampled_from((value - below, value, None)))
    high = draw(st.sampled_from((value + above, value, None)))
    low_closed = draw(st.booleans()) or low == value
    high_closed = draw(st.booleans()) or high == value
    return Interval(low, high, low_closed, high_closed), value


OPERATIONS: dict[str, Callable[[Interval, Interval], Interval]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "÷": lambda a, b: a / b,
}
SIMPLE: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "÷": lambda a, b: a / b,
}


@pytest.mark.parametrize("sign", OPERATIONS, ids=str)
@given(members(), members())
def test_what_members_make_lies_in_what_their_intervals_make(
    sign: str, first: tuple[Interval, Fraction], second: tuple[Interval, Fraction]
) -> None:
    (a, x), (b, y) = first, second
    assert a.contains(x)
    assert b.contains(y)
    assume(sign != "÷" or y != 0)
    assert OPERATIONS[sign](a, b).contains(SIMPLE[sign](x, y))


@pytest.mark.parametrize("sign", OPERATIONS, ids=str)
@given(intervals(), intervals(), intervals())
def test_a_part_of_an_interval_makes_a_part_of_what_it_makes(sign: str, a: Interval, b: Interval, c: Interval) -> None:
    assert OPERATIONS[sign](a & b, c).within(OPERATIONS[sign](a, c))


@given(members(), st.integers(min_value=-4, max_value=5))
def test_powers_of_members_lie_in_the_power(member: tuple[Interval, Fraction], power: int) -> None:
    interval, value = member
    assume(power >= 0 or value != 0)
    assert (interval**power).contains(value**power)


@given(members(), st.integers(min_value=1, max_value=6))
def test_the_root_holds_every_number_whose_power_is_a_member(member: tuple[Interval, Fraction], degree: int) -> None:
    interval, value = member
    powers = interval**degree
    assert powers.root(degree).contains(abs(value)) or not powers.contains(abs(value) ** degree)


@given(intervals(), intervals(), numbers)
def test_a_number_is_in_both_when_it_is_in_each(a: Interval, b: Interval, value: Fraction) -> None:
    assert (a & b).contains(value) == (a.contains(value) and b.contains(value))
    assert (a & b) == (b & a)


@given(intervals(), numbers, numbers)
def test_a_number_is_near_where_what_surrounds_it_meets(a: Interval, value: Fraction, slack: Fraction) -> None:
    assert a.is_near(value, abs(slack)) == (not (Interval.around(value, abs(slack)) & a).is_empty)
    assert not EMPTY.is_near(value, abs(slack))


@given(intervals(), intervals())
def test_the_hull_holds_both_and_nothing_smaller_does(a: Interval, b: Interval) -> None:
    hull = a.hull(b)
    assert a.within(hull)
    assert b.within(hull)
    assert hull == b.hull(a)


@given(intervals(), intervals())
def test_there_is_no_gap_where_intervals_meet(a: Interval, b: Interval) -> None:
    assume(not (a & b).is_empty)
    assert a.gap(b) == 0


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        pytest.param(Interval(Fraction(1), Fraction(2)) / Interval(Fraction(-1), Fraction(1)), ALL, id="zero-inside"),
        pytest.param(ONE / ZERO, EMPTY, id="by-zero-alone"),
        pytest.param(
            ONE / Interval(Fraction(0), Fraction(2)), Interval(Fraction(1, 2), None), id="zero-at-the-low-end"
        ),
        pytest.param(
            ONE / Interval(Fraction(-2), Fraction(0)), Interval(None, Fraction(-1, 2)), id="zero-at-the-high-end"
        ),
        pytest.param(
            ONE / Interval(Fraction(2), None), Interval(Fraction(0), Fraction(1, 2), False, True), id="by-an-unbounded"
        ),
        pytest.param(Interval(None, None) * ZERO, ZERO, id="all-times-zero"),
        pytest.param(
            Interval(Fraction(0), Fraction(1), False, True) * Interval(Fraction(1), None),
            Interval(Fraction(0), None, False),
            id="a-limit-is-not-reached",
        ),
        pytest.param(Interval(Fraction(-2), Fraction(1)) ** 2, Interval(Fraction(0), Fraction(4)), id="an-even-power"),
        pytest.param(
            Interval(Fraction(1), Fraction(2), True, False) & Interval(Fraction(2), Fraction(3)),
            EMPTY,
            id="an-open-end",
        ),
        pytest.param(
            total([ONE, ONE, Interval(Fraction(0), Fraction(1))]), Interval(Fraction(2), Fraction(3)), id="sum"
        ),
        pytest.param(meet([]), ALL, id="nothing-forbidden"),
        pytest.param(Interval(Fraction(3), Fraction(2)), EMPTY, id="ends-crossed"),
        pytest.param(
            Interval(Fraction(1), Fraction(2), False, True) + Interval(Fraction(1), Fraction(2), True, False),
            Interval(Fraction(2), Fraction(4), False, False),
            id="a-sum-is-open-where-a-part-is",
        ),
        pytest.param(
            Interval(Fraction(1), Fraction(2), False, True) * Interval(Fraction(3), Fraction(5), True, False),
            Interval(Fraction(3), Fraction(10), False, False),
            id="a-product-is-open-where-a-factor-is",
        ),
        pytest.param(
            Interval(Fraction(-2), Fraction(-1), False, True) * Interval(Fraction(3), Fraction(5)),
            Interval(Fraction(-10), Fraction(-3), False, True),
            id="a-product-of-a-negative",
        ),
        pytest.param(
            ONE / Interval(Fraction(2), Fraction(4), False, True),
            Interval(Fraction(1, 4), Fraction(1, 2), True, False),
            id="an-inverse-turns-its-ends",
        ),
        pytest.param(
            Interval(Fraction(2), Fraction(4), False, True).scale(-3),
            Interval(Fraction(-12), Fraction(-6), True, False),
            id="turned",
        ),
    ],
)
def test_ends_are_kept(found: Interval, wanted: Interval) -> None:
    assert found == wanted


def test_touching_closed_ends_meet() -> None:
    assert not (Interval(Fraction(1), Fraction(2)) & Interval(Fraction(2), Fraction(3))).is_empty
