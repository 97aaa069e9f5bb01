"""A printed number and the numbers that would agree → how likely each slip of the pen made the one of the other.

The likelihood of a slip is that of choosing it, times the part of its ways that lead from an agreeing number to the
printed one: one digit in three may be mistyped in 27 ways, so that a fit by chance weighs little. For what no slip
explains, it is the part of all numbers of so many digits that would agree. These are comparable between the figures of
one relation, whatever their digits: how many numbers would agree in one of them measures what the others leave open.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.fraction import Fraction
from pipeline.interval import Interval
from pipeline.model import Printed
from pipeline.slips.found import Slip, one_digit, one_less, one_more, transposed

# How often each slip is made, against the others; "" is any number for any other.
_OFTEN: Mapping[Slip, Fraction] = {
    "digit": Fraction(1),
    "transposed": Fraction(1),
    "lost": Fraction(1, 5),
    "added": Fraction(1, 8),
    "": Fraction(1, 8),
}
# The powers of ten by which a number is printed too large or too small.
_POWERS: Mapping[int, Fraction] = {
    power: weight
    for places, weight in ((1, Fraction(1, 3)), (2, Fraction(1, 30)), (3, Fraction(1, 20)), (4, Fraction(1, 30)))
    for power, weight in ((places, weight), (-places, weight))
}


@dataclass(frozen=True, slots=True)
class Explained:
    """How likely one slip is, and the number it was made from; None where several numbers would do.

    `chance` is how many of its ways would meet what is wanted by mere coincidence: from about 1 it tells nothing.
    """

    slip: Slip
    weight: Fraction
    chance: Fraction
    value: Fraction | None


def likely(number: Printed, counted: bool, wanted: Interval) -> tuple[Explained, ...]:
    """The slips that lead from a number in `wanted` to the printed one, the likeliest first; the last explains nothing.

    Of a number that is not in digits, or where `wanted` is not bounded on both sides, nothing is explained.
    """
    step = number.step
    if wanted.low is None or wanted.high is None or step <= 0 or (number.value / step).denominator != 1:
        return (Explained("", _OFTEN[""], Fraction(1), None),)
    half = Fraction(0) if counted else Fraction(1, 2)
    step, low, high = _grid(number, half, wanted.low, wanted.high)
    printed = int(abs(number.value) / step)
    # What part of the numbers of this size would agree.
    part = min(Fraction(max(high - low + 1, 1), max(printed, abs(low), abs(high), 9)), Fraction(1))
    found = list(_scaled(number, counted, wanted, part))
    scaled = {one.value for one in found}
    for why, ways, made in _ways(str(printed)):
        fits = {value for value in made if low <= value <= high and value * step not in scaled}
        if fits:
            one = min(fits) * step if len(fits) == 1 else None
            found.append(Explained(why, _OFTEN[why] * min(Fraction(len(fits), ways), Fraction(1)), ways * part, one))
    found.sort(key=lambda one: one.weight, reverse=True)
    return (*found, Explained("", _OFTEN[""] * part, Fraction(1), None))


def _grid(number: Printed, half: Fraction, least: Fraction, most: Fraction) -> tuple[Fraction, int, int]:
    """One unit of the printed number, and the first and last multiple of it that would agree.

    A round number was round before the slip too: its unit is that of its last digit that is no nought, if that agrees.
    """
    step = number.coarse
    low, high = math.ceil(least / step), math.floor(most / step)
    if step > number.step and low <= high:
        return step, low, high
    step = number.step
    return step, math.ceil(least / step - half), math.floor(most / step + half)


def _ways(digits: str) -> Iterator[tuple[Slip, int, Iterator[int]]]:
    """Each slip of digits: how many ways there are to make it, and the numbers it may have been made from."""
    places = len(digits)
    yield "transposed", max(places - 1, 1), transposed(digits)
    if places > 1:
        yield "lost", places + 1, one_more(digits)
    yield "added", 10 * places, one_less(digits)
    yield "digit", 9 * places, one_digit(digits)


def _scaled(number: Printed, counted: bool, wanted: Interval, part: Fraction) -> Iterator[Explained]:
    half = Fraction(0) if counted else number.step / 2
    for power, weight in _POWERS.items():
        factor = Fraction(10) ** power
        value = number.value * factor
        if not (Interval.around(value, half * factor) & wanted).is_empty and not (counted and value.denominator != 1):
            yield Explained("scale", weight, 2 * part, value)
