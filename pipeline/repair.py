"""An inconsistent relation → the single figures that would make it agree, the likeliest slip first.

For each figure: what it would have to be, in the printed manner; and whether one slip of the pen leads from one to the
other. It proposes, it never corrects: which figure is wrong is for a reader to say.
After the R package `deductive` (typing errors in balance edits) and scrutiny (neighbours of reported values).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.exact import is_counted, is_open
from pipeline.formulas import SAID_AGAIN, Posed, Solved
from pipeline.fraction import Fraction
from pipeline.interval import Interval
from pipeline.model import Figure, Operand, Printed
from pipeline.slips import Slip, slip
from pipeline.wording.numbers import Manner, agreeing, manner, show, show_range

# The likelier a slip explains the figure, the less it costs to believe that the figure is the wrong one.
_COST: Mapping[Slip, int] = {
    "transposed": 0,
    "base": 0,
    "pasted": 1,
    "scale": 2,
    "lost": 2,
    "added": 2,
    "digit": 3,
    "": 5,
}
# A figure that agrees elsewhere is hardly the wrong one, a word hardly a slip; one that quarrels twice likely is.
_AGREES, _SAID_AGAIN, _WORD, _QUARRELS, _ODD = 4, 2, 2, -3, 2
# A percentage below or above these is uncommon in prose.
_LEAST, _MOST = Fraction(1), Fraction(150)


@dataclass(frozen=True, slots=True)
class Repair:
    """One figure changed so that the others stand: what is printed, what would agree, and the slip between them."""

    place: int
    printed: str
    proposed: str
    slip: Slip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the rest of the report says of the figures of a relation, by their refs.

    `agreeing` agree elsewhere, `repeated` are printed again elsewhere, `pasted` stand close before, and
    `quarrels` counts the other relations in which a figure does not agree either.
    """

    agreeing: Collection[str] = ()
    repeated: Collection[str] = ()
    pasted: Collection[str] = ()
    quarrels: Mapping[str, int] = field(default_factory=dict)

    def cost(self, ref: str) -> int:
        """How hard it is to believe that this figure is the wrong one."""
        said = _AGREES * (ref in self.agreeing) + _SAID_AGAIN * (ref in self.repeated)
        return said + _QUARRELS * min(self.quarrels.get(ref, 0), 2)


def repairs(posed: Posed, text: str, evidence: Evidence = Evidence()) -> tuple[Repair, ...]:
    """The single-figure repairs of a relation, likeliest first."""
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
        repair = _repair(posed, place, wanted, text, operand.ref in evidence.pasted)
        if repair is not None:
            cost = _COST[repair.slip] + evidence.cost(operand.ref) + _oddness(operand, text, wanted)
            found.append(((cost, roles.index(operand.role), later * place), repair))
    return tuple(repair for _, repair in sorted(found, key=lambda ranked: ranked[0]))


def _repair(posed: Posed, place: int, wanted: Solved, text: str, pasted: bool) -> Repair | None:
    operand = posed.relation.operands[place]
    figure = operand.figure
    assert figure is not None
    how = manner(operand, text)
    printed = " ".join(text[operand.start : operand.end].split())
    number = figure.upper if operand.side == "high" and figure.upper is not None else figure.number
    why: Slip
    why, value = "", number.value
    if number.manner == "digits" and how.form == "digits":
        why, value = slip(number, is_counted(number, figure), wanted.interval)
    if why == "scale" and not how.decimals and value > number.value:
        # A whole number ten times too small has lost its last digit: a nought where it is round, else any.
        rounded = number.coarse > number.step
        return _changed(place, printed, show(value, how) if rounded else _proposed(figure, how, wanted), "lost")
    if why == "scale" and not how.decimals and (value / how.step).denominator != 1:
        return _changed(place, printed, _proposed(figure, how, wanted), "added")
    if why in ("transposed", "scale"):
        return _changed(place, printed, show(value, _fitting(value, how)), why)
    if posed.kind.base and operand.role == "percent" and _is_of_level(posed, number):
        why = "base"
    elif pasted and figure.kind == "percent":
        why = "pasted"
    exact = why in ("lost", "added", "digit")
    return _changed(place, printed, show(value, how) if exact else _proposed(figure, how, wanted), why)


def _changed(place: int, printed: str, proposed: str, why: Slip) -> Repair | None:
    return Repair(place, printed, proposed, why) if proposed and proposed != printed else None


def _is_of_level(posed: Posed, percent: Printed) -> bool:
    """Whether a growth rate was worked out on the later figure instead of the earlier one."""
    roles = posed.points.roles if posed.points else {}
    level, change = (_number(roles.get(role)) for role in ("level", "change"))
    prior = _number(roles.get("prior"))
    if level and prior is not None:
        change = level - prior
    if not level or change is None:
        return False
    return abs(abs(change / level) * 100 - percent.value) <= percent.step / 2


def _number(intervals: Sequence[Interval] | None) -> Fraction | None:
    return intervals[0].low if intervals and intervals[0].low == intervals[0].high else None


def _oddness(operand: Operand, text: str, wanted: Solved) -> int:
    """How much more uncommon what would agree is than what is printed (less: below nought)."""
    figure, point = operand.figure, wanted.point
    assert figure is not None
    if figure.number.manner == "fraction":
        return _WORD
    if point is None:
        return 0
    if figure.kind == "percent":
        return _ODD * (_uncommon(point) - _uncommon(figure.number.value))
    how = manner(operand, text)
    return int(abs(point) < how.size) - int(abs(figure.number.value) < how.size)


def _uncommon(percent: Fraction) -> int:
    return int(not _LEAST <= percent <= _MOST)


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
    """The manner with as many decimals as a number multiplied or divided by ten needs."""
    while how.decimals and (value / how.step / 10).denominator == 1:
        how = how.finer(-1)
    while (value / how.step).denominator != 1 and how.decimals < 8:
        how = how.finer()
    return how
