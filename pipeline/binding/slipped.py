"""A relation that does not agree → the slips of the pen in one figure, each of which would make it agree.

Only slips that tell something count: a figure of one digit is a slip away from anything. Whether a slip was made is for
nobody to say; that words bind figures which one slip alone keeps apart is a reason to show them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.exact import Scales, is_counted
from pipeline.fraction import Fraction
from pipeline.interval import Interval
from pipeline.model import Operand, Printed, Relation
from pipeline.slips import likely
from pipeline.slips.found import POWERS, one_digit, one_less, transposed
from pipeline.slips.sought import FEWEST_STEPS, NARROWER, NARROWEST, sought

How = Literal["transposed", "scale", "dropped", "added", "digit"]
STRONG: tuple[How, ...] = ("transposed", "scale", "dropped")
ANY: tuple[How, ...] = (*STRONG, "added", "digit")


@dataclass(frozen=True, slots=True)
class Told:
    """One slip: the operand's place in the relation, what happened to its digits, and the number it would have been."""

    place: int
    how: How
    value: Fraction


def slips(relation: Relation, scales: Scales, kinds: Collection[How] = ANY) -> list[Told]:
    """The slips in one figure that would explain why a relation does not agree, at most one a figure."""
    found = []
    for one in sought(relation, scales):
        told = _slip(one.number, one.counted, one.wanted, kinds)
        if told is not None:
            found.append(Told(one.place, *told))
    return found


def fineness(operand: Operand) -> int:
    """How many steps of its last telling digit a figure has: 2,500 tons has 25 of them, 2,500 ships has 2,500."""
    if operand.figure is None:
        return 0
    number = operand.figure.number
    step = number.step if is_counted(number, operand.figure) else max(number.step, number.coarse)
    return int(abs(number.value) / step) if step else 0


def _slip(number: Printed, counted: bool, wanted: Interval, kinds: Collection[How]) -> tuple[How, Fraction] | None:
    low, high, step = wanted.low, wanted.high, number.step
    if low is None or high is None or low <= 0 or step <= 0 or (number.value / step).denominator != 1:
        return None
    digits = str(int(abs(number.value) / step))
    half, width, size = Fraction(0) if counted else step / 2, high - low, (low + high) / 2
    for how in kinds:
        narrow = width <= max(size * NARROWER.get(how, NARROWEST), step if how != "scale" else Fraction(0))
        if not narrow or int(digits) < FEWEST_STEPS[how]:
            continue
        for value, unit in _made(how, number.value, digits, step):
            if wanted.is_near(value, half * unit) and not (counted and value.denominator != 1):
                return how, value
    return None


def _made(how: How, value: Fraction, digits: str, step: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """The numbers that a slip may have come from, each with what its last digit is now worth in old steps."""
    if how == "scale":
        yield from ((value * power, power) for power in POWERS)
    elif how == "dropped":
        # The last digit is lost, with the point before it or without: 1,125 is 112, and 71.9 is 71.
        for last in "0123456789":
            yield int(digits + last) * step, Fraction(1)
            yield int(digits + last) * step / 10, Fraction(1, 10)
    else:
        made = {"transposed": transposed, "added": one_less, "digit": one_digit}[how](digits)
        yield from ((changed * step, Fraction(1)) for changed in made)


def one_slip_away(relation: Relation, scales: Scales, *, least: Fraction, pasted: Collection[Fraction] = ()) -> bool:
    """Whether any slip of the pen in one figure would make a relation agree, for figures that words tie outright.

    A slip that would meet what agrees by chance more than `least` times tells nothing. `pasted` are the percentages
    that stand close before: one of them may have been written again.
    """
    for one in sought(relation, scales):
        percent = one.operand.figure is not None and one.operand.figure.kind == "percent"
        if percent and one.number.value in pasted:
            return True
        found = likely(one.number, one.counted, one.wanted)
        if any(way.slip and way.chance <= least for way in found):
            return True
    return False
