"""A figure as written: what it may stand for in each reading, and how exact numbers print."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_hand import SCALES, figure
from pipeline.exact import How, in_unit, plain, point, printed_ends, reading
from pipeline.interval import Interval
from pipeline.rulebook import Rulebook, RuleError
from pipeline.rulebook.scales import scales
from pipeline.rulebook.shapes import Unit, Width


def between(low: str | None, high: str | None) -> Interval:
    return Interval(None if low is None else Fraction(low), None if high is None else Fraction(high))


@pytest.mark.parametrize(
    ("printed", "how", "wanted"),
    [
        ("605 million Yuan", "strict", between("604500000", "605500000")),
        ("605 million Yuan", "coarse", between("604500000", "605500000")),
        ("120 million", "strict", between("119500000", "120500000")),
        ("120 million", "coarse", between("115000000", "125000000")),
        ("43.5 million Yuan", "strict", between("43450000", "43550000")),
        ("43.50 million Yuan", "strict", between("43495000", "43505000")),
        ("22%", "strict", between("21.5", "22.5")),
        ("266 villages", "strict", between("266", "266")),
        ("70 counties", "coarse", between("70", "70")),
        ("30,000 people", "strict", between("30000", "30000")),
        ("30,000 people", "coarse", between("25000", "35000")),
        ("8,825 villages", "coarse", between("8825", "8825")),
        ("~70 counties", "coarse", between("65", "75")),
        ("~1,234 counties", "coarse", between("1203.15", "1264.85")),
        (">600 million Yuan", "strict", between("599500000", None)),
        ("<9 weeks", "strict", between("0", "9")),
        ("<9.5 km", "strict", between("0", "9.55")),
        ("half", "strict", between("0.4875", "0.5125")),
        ("half", "coarse", between("0.45", "0.55")),
        ("six plans", "coarse", between("6", "6")),
        ("ten years", "strict", between("9.5", "10.5")),
        ("1.30 lakh", "strict", between("129500", "130500")),
        ("10–15%", "strict", between("9.5", "15.5")),
        ("22%", "point", between("22", "22")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_figure_stands_for(printed: str, how: How, wanted: Interval) -> None:
    assert reading(figure(printed)[1], SCALES, how) == wanted


def test_an_average_in_digits_is_rounded_and_one_in_words_is_not() -> None:
    assert reading(figure("318 pupils")[1], SCALES, "strict", average=True) == between("317.5", "318.5")
    assert reading(figure("two cadres")[1], SCALES, "strict", average=True) == between("2", "2")


def test_an_end_of_a_range_is_read_alone() -> None:
    _, found = figure("10–15%")
    assert reading(found, SCALES, "strict", side="low") == between("9.5", "10.5")
    assert reading(found, SCALES, "strict", side="high") == between("14.5", "15.5")
    assert printed_ends(found) == (10, 15)
    assert point(found) == Fraction(25, 2)


def test_printed_ends_are_the_strict_reading_before_the_modifier() -> None:
    assert printed_ends(figure(">600 million Yuan")[1]) == (599500000, 600500000)
    assert printed_ends(figure("266 villages")[1]) == (266, 266)
    assert printed_ends(figure("half")[1], SCALES) == (Fraction("0.4875"), Fraction("0.5125"))


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (Fraction(605000000), "605000000"),
        (Fraction("5.9"), "5.9"),
        (Fraction("43500000"), "43500000"),
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(-2, 3), "-0.666666666667"),
        (Fraction(1, 10**15), "0.000000000000001"),
        (Fraction(10**30), "1" + "0" * 30),
        (Fraction(0), "0"),
    ],
    ids=str,
)
def test_plain_decimals_have_no_exponent(value: Fraction, wanted: str) -> None:
    assert plain(value) == wanted


def test_no_number_is_an_empty_cell() -> None:
    assert plain(None) == ""


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6))
def test_a_decimal_comes_back_from_its_plain_form(value: object) -> None:
    assert Fraction(plain(Fraction(str(value)))) == Fraction(str(value))


def test_units_of_one_dimension_are_converted_and_money_never() -> None:
    assert in_unit(Fraction(5), "km", "mi", SCALES) == Fraction(5000) / Fraction("1609.344")
    assert in_unit(Fraction(15), "mu", "ha", SCALES) == 1
    assert in_unit(Fraction(5), "km", "ha", SCALES) is None
    assert in_unit(Fraction(5), "CNY", "USD", SCALES) is None
    assert in_unit(Fraction(5), "", "USD", SCALES) == 5


def test_the_sizes_come_from_the_rules(book: Rulebook) -> None:
    sizes = scales(book)
    assert (sizes.word_strict, sizes.word_coarse, sizes.hedge_coarse) == (
        Fraction("0.025"),
        Fraction("0.1"),
        Fraction("0.025"),
    )
    assert sizes.units["ha"] == ("area", 10000)


def test_a_width_that_is_missing_is_named() -> None:
    with pytest.raises(RuleError, match="word-strict"):
        scales(Rulebook({}, ""))


def test_a_factor_that_is_no_number_is_named_with_its_place() -> None:
    names = ("word-strict", "word-coarse", "hedge-coarse")
    widths = tuple(Width(name=n, value=Decimal("0.1"), address="m:1", file="modifiers") for n in names)
    unit = Unit(name="league", dimension="length", factor="three", address="rules/units.toml:9", file="units")
    with pytest.raises(RuleError, match=r"rules/units\.toml:9.*'three'"):
        scales(Rulebook({Width: widths, Unit: (unit,)}, ""))
