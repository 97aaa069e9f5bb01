"""A printed number and the numbers that would agree → the slip of the pen that leads from one to the other, if one does.

After the R package `deductive` (typing errors in balance edits).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Literal

from pipeline.exact import Scales, is_counted, is_open
from pipeline.formulas import solved
from pipeline.interval import Interval
from pipeline.model import Printed, Relation

Slip = Literal["transposed", "scale", "digit", ""]

_POWERS = tuple(Fraction(10) ** power for power in (1, -1, 2, -2, 3, -3, 4, -4))
# A slip tells something only where few numbers would do: within this part of the figure.
_NARROW = Fraction(1, 20)
# Any short number is one digit from what is wanted.
_FEWEST_DIGITS = 3


def slip(number: Printed, counted: bool, wanted: Interval) -> tuple[Slip, Fraction]:
    """The slip that leads from the printed digits to one of the wanted numbers, with that number."""
    nothing: tuple[Slip, Fraction] = "", number.value
    width, step = wanted.width, number.step
    if width is None or step <= 0 or (number.value / step).denominator != 1:
        return nothing
    if width > abs(number.value) * _NARROW and width > 2 * step:
        return nothing
    half = Fraction(0) if counted else step / 2

    def fits(value: Fraction, slack: Fraction) -> bool:
        return not (Interval.around(value, slack) & wanted).is_empty

    unit = step if number.value >= 0 else -step
    digits = str(int(number.value / unit))
    for swapped in _transposed(digits):
        if fits(swapped * unit, half):
            return "transposed", swapped * unit
    for power in _POWERS:
        if number.value and fits(number.value * power, half * power):
            return "scale", number.value * power
    changed = [value * unit for value in _one_digit(digits) if fits(value * unit, half)]
    if len(changed) == 1 and len(digits.rstrip("0")) >= _FEWEST_DIGITS:
        return "digit", changed[0]
    return nothing


def explained(relation: Relation, scales: Scales, slips: Collection[Slip] = ("transposed", "scale", "digit")) -> bool:
    """Whether one of these slips in one of its figures would make a relation agree."""
    for place, operand in enumerate(relation.operands):
        if operand.figure is None or is_open(operand.figure):
            continue
        number = operand.figure.upper if operand.side == "high" and operand.figure.upper else operand.figure.number
        wanted = solved(relation, place, scales)
        if number.manner != "digits" or wanted is None or wanted.interval.is_empty:
            continue
        if slip(number, is_counted(number, operand.figure), wanted.interval)[0] in slips:
            return True
    return False


def _transposed(digits: str) -> Iterator[int]:
    """The number with two digits swapped, neighbours first."""
    pairs = [(i, j) for i in range(len(digits)) for j in range(i + 1, len(digits)) if digits[i] != digits[j]]
    for i, j in sorted(pairs, key=lambda pair: pair[1] - pair[0]):
        swapped = [*digits]
        swapped[i], swapped[j] = swapped[j], swapped[i]
        if swapped[0] != "0":
            yield int("".join(swapped))


def _one_digit(digits: str) -> Iterator[int]:
    """The number with one digit changed."""
    for i, old in enumerate(digits):
        for new in "0123456789":
            if new != old and (i or new != "0"):
                yield int(digits[:i] + new + digits[i + 1 :])
