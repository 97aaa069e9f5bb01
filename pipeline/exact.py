"""A figure as written → the numbers it may stand for, and exact numbers → plain decimals. It compares nothing.

Three readings: the *point* as printed, the *strict* one (half a unit of the last printed digit either way) and the
*coarse* one (of the last digit that is not 0). How far loose words stray stands in rules/modifiers.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.fraction import Fraction
from pipeline.interval import Interval
from pipeline.model import Figure, Printed

How = Literal["point", "strict", "coarse"]

# Places kept of a number that never ends (two-thirds).
PLACES = 12
# Fewer things than this are counted, not estimated, even when their number is round: 70 of 86 counties.
_COUNTED_BELOW = 1000
_NOTHING, _ONE = Fraction(0), Fraction(1)
# From this multiplier on it may be left out behind a second number: below these numbers, whole and with decimals, where
# the one is not so many times the other.
_LENT, _WHOLE, _DECIMAL, _ONE_SIZE = 1000, 100_000, 100_000, 30
_UPWARD = (">", ">=")
_DOWNWARD = ("<", "<=")


@dataclass(frozen=True, slots=True, eq=False)  # one of each rulebook, so that what it makes of figures can be kept
class Scales:
    """What the rules say of sizes: how far loose words stray, as a part of their number, and the size of each unit.

    `units` gives a unit's dimension and how many base units of it one is.
    """

    word_strict: Fraction
    word_coarse: Fraction
    hedge_coarse: Fraction
    units: Mapping[str, tuple[str, Fraction]]


def strict(figure: Figure, scales: Scales) -> Interval:
    """What the printed digits stand for, with the modifier."""
    return reading(figure, scales, "strict")


def coarse(figure: Figure, scales: Scales) -> Interval:
    """What the figure stands for where its zeros at the end are only places, with the modifier."""
    return reading(figure, scales, "coarse")


def point(figure: Figure) -> Fraction:
    """The printed number; of a range its middle."""
    return figure.number.value if figure.upper is None else (figure.number.value + figure.upper.value) / 2


def reading(figure: Figure, scales: Scales, how: How, *, side: str = "", average: bool = False) -> Interval:
    """The numbers a figure may stand for. Of a range, `side` picks an end; an `average` of things is never a count."""
    first, last = _ends(figure, side)
    found = _digits(first, figure, scales, how, average)
    if last is not first:
        found = found.hull(_digits(last, figure, scales, how, average))
    if figure.modifier in _UPWARD:
        return Interval(found.low, None, found.low_closed)
    if figure.modifier in _DOWNWARD:
        # What is counted or measured does not fall below nothing, unless it is printed below nothing.
        floor = Fraction(0) if found.high is not None and found.high >= 0 else None
        return Interval(floor, found.high, True, found.high_closed)
    return found


def printed_ends(figure: Figure, scales: Scales | None = None) -> tuple[Fraction, Fraction]:
    """Low and high of what is printed, before the modifier: of a range its two numbers, else the strict reading."""
    if figure.upper is not None:
        return figure.number.value, figure.upper.value
    half = _half(figure.number, figure, scales, "strict", bool(figure.per)) if scales else figure.number.step / 2
    if scales is None and is_counted(figure.number, figure):
        half = Fraction(0)
    return figure.number.value - half, figure.number.value + half


def is_open(figure: Figure) -> bool:
    """Whether its modifier leaves an end open."""
    return figure.modifier in _UPWARD or figure.modifier in _DOWNWARD


def is_counted(number: Printed, figure: Figure, average: bool = False) -> bool:
    """Whether a whole number counts things one by one; an average in digits is rounded, `two for each` is not."""
    if number.step != 1 or number.value.denominator != 1 or number.manner == "fraction":
        return False
    if number.manner == "words":
        return figure.discrete or (figure.kind == "absolute" and figure.dimension in ("", "count"))
    return figure.discrete and not average and not figure.per


def in_unit(value: Fraction, unit: str, wanted: str, scales: Scales) -> Fraction | None:
    """A quantity in another unit of its dimension; None where the two cannot be compared. Money is never converted."""
    factor = ratio(unit, wanted, scales)
    return None if factor is None else value * factor


def ratio(unit: str, wanted: str, scales: Scales) -> Fraction | None:
    """How many of the wanted unit one is; a figure without a unit takes that of its company."""
    if unit == wanted or not unit or not wanted:
        return _ONE
    known, other = scales.units.get(unit), scales.units.get(wanted)
    if known is None or other is None or known[0] != other[0] or known[0] == "money":
        return None
    return known[1] / other[1]


def lent(bare: Figure, lender: Figure) -> Figure:
    """A bare figure in the multiplier of another: `58.62 billion Yuan, up from 56.04`; as it is, where the other has
    none, or where the two would still not be of one size."""
    number, by = bare.number, lender.number.multiplier
    if by < _LENT or number.multiplier != 1 or number.manner != "digits" or bare.upper or bare.kind != "absolute":
        return bare
    if not 0 < number.value < (_WHOLE if number.step == 1 else _DECIMAL):
        return bare
    sizes = sorted((number.value * by, abs(lender.number.value)))
    if sizes[1] > sizes[0] * _ONE_SIZE:
        return bare
    made = Printed(number.value * by, number.step * by, number.coarse * by, number.manner, by)
    return replace(bare, number=made, discrete=False)


def plain(value: Fraction | None) -> str:
    """A plain decimal without exponent: exact where it ends, else to 12 places; empty for None."""
    if value is None:
        return ""
    if value.denominator == 1:
        return str(value.numerator)
    places = _places(value.denominator)
    digits = str(abs(round(value * 10**places))).rjust(places + 1, "0")
    whole = digits[: len(digits) - places]
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{digits[-places:]}" if places else f"{sign}{whole}"


def _ends(figure: Figure, side: str) -> tuple[Printed, Printed]:
    if figure.upper is None or side == "low":
        return figure.number, figure.number
    return (figure.upper, figure.upper) if side == "high" else (figure.number, figure.upper)


def _digits(number: Printed, figure: Figure, scales: Scales, how: How, average: bool) -> Interval:
    if how == "point":
        return Interval.point(number.value)
    return Interval.around(number.value, _half(number, figure, scales, how, average))


def _half(number: Printed, figure: Figure, scales: Scales, how: How, average: bool) -> Fraction:
    """How far a printed number may be from what it stands for."""
    if number.manner == "fraction":
        return abs(number.value) * (scales.word_strict if how == "strict" else scales.word_coarse)
    counted = is_counted(number, figure, average)
    if how == "strict":
        return _NOTHING if counted else number.step / 2
    size, widest = abs(number.value), max(number.step, number.coarse)
    if figure.modifier == "~":
        return max(widest / 2, size * scales.hedge_coarse)
    if counted and (size < _COUNTED_BELOW or widest == number.step):
        return _NOTHING
    return widest / 2


def _places(denominator: int) -> int:
    places = 0
    for factor in (2, 5):
        power = 0
        while denominator % factor == 0:
            denominator //= factor
            power += 1
        places = max(places, power)
    return places if denominator == 1 else PLACES
