"""An inconsistent relation → the single figures that would make it agree, the likeliest slip first.

For each figure: what it would have to be, in the printed manner; and whether one slip of the pen leads from one to the
other. It proposes, it never corrects: which figure is wrong is for a reader to say.
After the R package `deductive` (typing errors in balance edits) and scrutiny (neighbours of reported values).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from pipeline.exact import is_counted, is_open
from pipeline.formulas import SAID_AGAIN, Posed, Solved
from pipeline.model import Figure, Operand
from pipeline.slips import Slip, slip
from pipeline.wording.numbers import Manner, agreeing, manner, show, show_range

# The likelier a slip explains the figure, the earlier it is proposed.
_ORDER: tuple[Slip, ...] = ("transposed", "scale", "pasted", "digit", "")


@dataclass(frozen=True, slots=True)
class Repair:
    """One figure changed so that the others stand: what is printed, what would agree, and the slip between them."""

    place: int
    printed: str
    proposed: str
    slip: Slip


def repairs(
    posed: Posed, text: str, *, supported: Collection[str] = (), pasted: Collection[str] = ()
) -> tuple[Repair, ...]:
    """The single-figure repairs of a relation, likeliest first.

    `supported` are refs that agree elsewhere in the report; `pasted` those whose very number stands close before.
    """
    relation = posed.relation
    later = -1 if relation.kind in SAID_AGAIN else 1
    roles = [*posed.kind.stated, *(operand.role for operand in relation.operands)]
    found = []
    for place, operand in enumerate(relation.operands):
        if operand.figure is None or is_open(operand.figure):
            continue
        wanted = posed.solved(place)
        if wanted is None or wanted.interval.is_empty:
            continue
        repair = _repair(operand, place, wanted, text, operand.ref in pasted)
        if repair is not None:
            rank = _ORDER.index(repair.slip), operand.ref in supported, roles.index(operand.role), later * place
            found.append((rank, repair))
    return tuple(repair for _, repair in sorted(found, key=lambda ranked: ranked[0]))


def _repair(operand: Operand, place: int, wanted: Solved, text: str, pasted: bool) -> Repair | None:
    figure = operand.figure
    assert figure is not None
    how = manner(operand, text)
    printed = " ".join(text[operand.start : operand.end].split())
    number = figure.upper if operand.side == "high" and figure.upper is not None else figure.number
    why: Slip
    why, value = "", number.value
    if number.manner == "digits" and how.form == "digits":
        why, value = slip(number, is_counted(number, figure), wanted.interval)
    if why in ("transposed", "scale"):
        return Repair(place, printed, show(value, _fitting(value, how)), why)
    if pasted and figure.kind == "percent":
        why = "pasted"
    proposed = show(value, how) if why == "digit" else _proposed(figure, how, wanted)
    return Repair(place, printed, proposed, why) if proposed and proposed != printed else None


def _proposed(figure: Figure, how: Manner, wanted: Solved) -> str:
    """The printed forms that would agree; a percentage printed whole may get a decimal."""
    if not wanted.interval.is_bounded:
        return show_range(wanted.said, how)
    point, counted = wanted.point, is_counted(figure.number, figure)
    whole = point is not None and (point / how.step).denominator == 1
    if point is not None and figure.kind == "percent" and not how.decimals:
        return show(point, how if whole else how.finer())
    if point is not None and abs(point) < how.step / 2 and not counted:
        # What would print as nothing is no proposal.
        return ""
    forms = agreeing(wanted.interval, how, counted)
    if not forms.is_empty:
        return show_range(forms, how)
    return "" if counted or point is None else show(point, how.finer())


def _fitting(value: Fraction, how: Manner) -> Manner:
    """The manner with as many more decimals as a number divided by ten needs."""
    while (value / how.step).denominator != 1 and how.decimals < 8:
        how = how.finer()
    return how
