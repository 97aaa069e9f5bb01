"""A relation → for each figure in which a slip may be sought what the others would have it be; and when a slip tells.

Whether a slip tells something is decided here alone, for the words that bind a relation well and for those that do so
less well: any short number is a slip away from much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.exact import Scales, is_counted, is_open
from pipeline.formulas import problem_of
from pipeline.fraction import Fraction
from pipeline.interval import Interval
from pipeline.model import Operand, Printed, Relation

# What the others leave of a figure must be this narrow, as a part of it, where words license a relation …
NARROW, WITHIN_A_POWER = Fraction(1, 20), Fraction(1, 4)
# … and this narrow where slips alone speak for it.
NARROWER = {"transposed": Fraction(1, 20), "scale": Fraction(1, 10), "dropped": Fraction(1, 50)}
NARROWEST = Fraction(1, 50)
# So many digits a number must have before a digit lost, added or changed says something, where words license it …
FEWEST_DIGITS = 3
# … and so many steps of its last digit where slips alone speak.
FEWEST_STEPS = {"transposed": 10, "scale": 15, "dropped": 10, "added": 100, "digit": 100}


@dataclass(frozen=True, slots=True)
class Sought:
    """One figure of a relation: its place and operand, the number as printed, whether it counts, and what the others
    would have it be."""

    place: int
    operand: Operand
    number: Printed
    counted: bool
    wanted: Interval


def sought(relation: Relation, scales: Scales, *, ranges: bool = False) -> Iterator[Sought]:
    """The figures printed in digits, with no open end, that the others say something of; with `ranges` ranges too."""
    posed = problem_of(relation, scales)
    for place, operand in enumerate(relation.operands):
        figure = operand.figure
        if figure is None or is_open(figure) or (figure.upper is not None and not ranges):
            continue
        number = figure.upper if operand.side == "high" and figure.upper else figure.number
        wanted = posed.solved(place) if number.manner == "digits" else None
        if wanted is not None and not wanted.interval.is_empty:
            yield Sought(place, operand, number, is_counted(number, figure), wanted.interval)
