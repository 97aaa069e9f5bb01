"""A printed number and the numbers that would agree → the slip of the pen that leads from one to the other.

After the R package `deductive` (typing errors in balance edits) and scrutiny (neighbours of reported values).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Literal

from pipeline.exact import Scales, is_counted, is_open
from pipeline.formulas import Posed
from pipeline.interval import Interval
from pipeline.model import Printed, Relation

Slip = Literal["transposed", "base", "scale", "pasted", "lost", "added", "digit", ""]

_POWERS = tuple(Fraction(10) ** power for power in (1, -1, 2, -2, 3, -3, 4, -4))
# A slip tells something only where few numbers would do: within this part of the figure.
_NARROW = Fraction(1, 20)
_WITHIN_A_POWER = Fraction(1, 4)
# Any short number is one digit from what is wanted.
_FEWEST_DIGITS = 3


def explained(relation: Relation, scales: Scales, slips: Collection[Slip] = ("transposed", "scale", "digit")) -> bool:
    """Whether one of these slips in one of its figures would make a relation agree."""
    posed = Posed(relation, scales)
    for place, operand in enumerate(relation.operands):
        if operand.figure is None or is_open(operand.figure):
            continue
        number = operand.figure.upper if operand.side == "high" and operand.figure.upper else operand.figure.number
        wanted = posed.solved(place)
        if number.manner != "digits" or wanted is None or wanted.interval.is_empty:
            continue
        if slip(number, is_counted(number, operand.figure), wanted.interval)[0] in slips:
            return True
    return False


def slip(number: Printed, counted: bool, wanted: Interval) -> tuple[Slip, Fraction]:
    """The slip that leads from the printed digits to one of the wanted numbers, with that number."""
    nothing: tuple[Slip, Fraction] = "", number.value
    step = number.step
    if wanted.low is None or wanted.high is None or step <= 0 or (number.value / step).denominator != 1:
        return nothing
    half, size = Fraction(0) if counted else step / 2, abs(wanted.low + wanted.high) / 2
    width = wanted.high - wanted.low

    def fits(value: Fraction, slack: Fraction) -> bool:
        return not (Interval.around(value, slack) & wanted).is_empty

    digits = str(int(abs(number.value) / step))
    narrow = width <= max(size * _NARROW, 2 * step)
    for swapped in _transposed(digits) if narrow else ():
        if fits(swapped * step, half):
            return "transposed", swapped * step
    for power in _POWERS if width <= size * _WITHIN_A_POWER else ():
        value = number.value * power
        if fits(value, half * power) and not (counted and value.denominator != 1):
            return "scale", value
    if not narrow or len(digits.rstrip("0")) < _FEWEST_DIGITS - counted:
        return nothing
    ways: tuple[tuple[Slip, Iterator[int]], ...] = (
        ("lost", _one_more(digits)),
        ("added", _one_less(digits)),
        ("digit", _one_digit(digits)),
    )
    for why, made in ways:
        changed = {value * step for value in made if fits(value * step, half)}
        if len(changed) == 1:
            return why, changed.pop()
    return nothing


def _transposed(digits: str) -> Iterator[int]:
    """The number with two digits swapped, neighbours first."""
    pairs = [(i, j) for i in range(len(digits)) for j in range(i + 1, len(digits)) if digits[i] != digits[j]]
    for i, j in sorted(pairs, key=lambda pair: pair[1] - pair[0]):
        swapped = [*digits]
        swapped[i], swapped[j] = swapped[j], swapped[i]
        if swapped[0] != "0":
            yield int("".join(swapped))


def _one_more(digits: str) -> Iterator[int]:
    """The number with one digit more: one was lost."""
    for place in range(len(digits) + 1):
        for new in "0123456789":
            if place or new != "0":
                yield int(digits[:place] + new + digits[place:])


def _one_less(digits: str) -> Iterator[int]:
    """The number with one digit less: one was added."""
    for place in range(len(digits)):
        rest = digits[:place] + digits[place + 1 :]
        if rest and rest[0] != "0":
            yield int(rest)


def _one_digit(digits: str) -> Iterator[int]:
    """The number with one digit changed."""
    for i, old in enumerate(digits):
        for new in "0123456789":
            if new != old and (i or new != "0"):
                yield int(digits[:i] + new + digits[i + 1 :])
