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
from pipeline.interval import ALL, Interval
from pipeline.model import Figure, Operand, Printed
from pipeline.slips import Explained, Slip, likely
from pipeline.wording.numbers import Manner, agreeing, manner, show, show_range

# A percentage that is worked out on the later figure, or is that of the figure before, is printed so for a reason.
_BASE, _PASTED = Fraction(1), Fraction(1, 2)
# A slip that so many coincidences would explain as well is not named.
_TELLING = Fraction(1, 3)
# Of the figures that authors work out, the first named is the likeliest to be wrong.
_NEXT_ROLE, _OTHER_ROLE = Fraction(1, 2), Fraction(1, 3)
# A figure that agrees elsewhere is hardly the wrong one, a word hardly a slip; one that quarrels twice likely is.
_AGREES, _SAID_AGAIN, _WORD, _QUARRELS, _ODD = Fraction(1, 16), Fraction(1, 8), Fraction(1, 100), 8, 4
# What is printed above nothing was hardly meant to be below.
_BELOW_NOTHING = 4
# A percentage below or above these is uncommon in prose.
_LEAST, _MOST = Fraction(1), Fraction(150)


@dataclass(frozen=True, slots=True)
class Repair:
    """One figure changed so that the others stand: what is printed, what would agree, and the slip between them.

    `value` is the number proposed, None where it is a range.
    """

    place: int
    printed: str
    proposed: str
    slip: Slip
    value: Fraction | None = None


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

    def doubt(self, ref: str) -> Fraction:
        """How readily this figure is believed to be the wrong one, against one of which nothing is known."""
        doubt = Fraction(_QUARRELS) ** min(self.quarrels.get(ref, 0), 2)
        doubt *= _AGREES if ref in self.agreeing else 1
        return doubt * (_SAID_AGAIN if ref in self.repeated else 1)


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
        slips = _slips(posed, place, wanted, operand.ref in evidence.pasted)
        repair = _repair(posed, place, wanted, text, slips)
        if repair is not None:
            role = roles.index(operand.role)
            weight = sum((one.weight for one in slips), Fraction(0)) * evidence.doubt(operand.ref)
            weight *= _NEXT_ROLE**role if role < len(posed.kind.stated) else _OTHER_ROLE
            weight /= Fraction(_ODD) ** _oddness(operand, text, wanted)
            found.append(((-weight, role, later * place), repair))
    return tuple(repair for _, repair in sorted(found, key=lambda ranked: ranked[0]))


def _slips(posed: Posed, place: int, wanted: Solved, pasted: bool) -> tuple[Explained, ...]:
    """The slips that explain the figure, the likeliest first."""
    operand = posed.relation.operands[place]
    figure = operand.figure
    assert figure is not None
    number = _number_of(operand, figure)
    if number.manner != "digits":
        return (Explained("", _WORD, Fraction(1), None),)
    found = list(likely(number, is_counted(number, figure), wanted.interval))
    if posed.kind.base and operand.role == "percent" and _is_of_level(posed, number):
        found.append(Explained("base", _BASE, Fraction(0), None))
    elif pasted and figure.kind == "percent":
        found.append(Explained("pasted", _PASTED, Fraction(0), None))
    return tuple(sorted(found, key=lambda one: one.weight, reverse=True))


def _number_of(operand: Operand, figure: Figure) -> Printed:
    return figure.upper if operand.side == "high" and figure.upper is not None else figure.number


def _repair(posed: Posed, place: int, wanted: Solved, text: str, slips: Sequence[Explained]) -> Repair | None:
    operand = posed.relation.operands[place]
    figure = operand.figure
    assert figure is not None
    number, how = _number_of(operand, figure), manner(operand, text)
    printed = " ".join(text[operand.start : operand.end].split())
    # Of figures in order, one that only touches its bound agrees no more than one beyond it.
    bound = wanted.interval if posed.kind.ordered else ALL
    fits = (one for one in slips if one.value is None or bound.contains(one.value))
    named = next((one for one in fits if one.slip and one.chance < _TELLING), None)
    if named is None or how.form != "digits":
        return _changed(place, printed, _proposed(figure, how, wanted), "")
    why, value = named.slip, named.value
    if why == "scale" and value is not None:
        # 53.5 million may have lost its point, and 1,243.5 km; an amount of 83,947 yuan hardly did.
        pointed = not figure.discrete and (how.size != 1 or figure.dimension != "money")
        whole = (value / how.step).denominator == 1
        if how.decimals or (value < number.value and (whole or pointed)):
            return _changed(place, printed, show(value, _fitting(value, how)), why, value)
        if value < number.value:
            return _changed(place, printed, _proposed(figure, how, wanted), "added")
        # A whole number ten times too small has lost its last digit: a nought where it is round, else any.
        rounded = number.coarse > number.step
        return _changed(place, printed, show(value, how) if rounded else _proposed(figure, how, wanted), "lost")
    return _changed(place, printed, _proposed(figure, how, wanted) if value is None else show(value, how), why, value)


def _changed(place: int, printed: str, proposed: str, why: Slip, value: Fraction | None = None) -> Repair | None:
    return Repair(place, printed, proposed, why, value) if proposed and proposed != printed else None


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
    if figure.number.manner == "fraction" or point is None:
        return 0
    if point < 0 <= figure.number.value:
        return _BELOW_NOTHING
    if figure.kind == "percent":
        return _uncommon(point) - _uncommon(figure.number.value)
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
