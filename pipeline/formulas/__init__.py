"""Relations as constraints over intervals: whether the figures of one agree, and what each of them would have to be.

It knows no words and names no verdict: how well figures agree is told by the reading it takes (`agreement`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from pipeline.exact import Scales
from pipeline.formulas.kinds import KINDS, Kind
from pipeline.formulas.values import (
    Measure,
    Values,
    displayed_change,
    interval_of,
    measure,
    open_places,
    places,
    values,
)
from pipeline.interval import EMPTY, Interval
from pipeline.model import Operand, Relation

# How well the figures of a relation agree: in the strict reading; in it, but an open end or a missing figure decides;
# in the coarse reading only; in none.
Agreement = Literal["strict", "open", "coarse", "none"]

# Kinds whose parts may miss their total where the report itself says that they are rounded.
_ROUNDED = ("sum", "shares")


@dataclass(frozen=True, slots=True)
class Solved:
    """What one operand would have to be, given the others, in its own printed unit.

    `interval` comes from their strict readings, `said` from the numbers they print; `point` is the one number to tell.
    """

    interval: Interval
    said: Interval
    point: Fraction | None


def agreement(relation: Relation, scales: Scales) -> Agreement:
    """How well the figures of a relation agree, all stated operands judged at once."""
    kind = KINDS[relation.kind]
    measured = _measured(relation, kind, scales)
    if measured is None:
        return "open"
    strict = values(relation, measured, scales, "strict")
    if kind.decider(strict) is None:
        return "open"
    if kind.holds(strict):
        return "strict" if _decided(relation, kind, measured, scales, strict) else "open"
    if kind.holds(values(relation, measured, scales, "coarse")):
        return "coarse"
    if kind.base and kind.holds_displayed(displayed_change(relation, measured, scales)):
        return "coarse"
    if relation.notes:
        return _noted(relation, kind, measured, scales)
    return "none"


def solved(relation: Relation, place: int, scales: Scales) -> Solved | None:
    """What operand number `place` would have to be; None where that cannot be told. Its `interval` may be empty."""
    kind = KINDS[relation.kind]
    measured = _measured(relation, kind, scales)
    operand = relation.operands[place]
    if measured is None or operand.figure is None:
        return None
    role, n, _ = places(relation)[place]
    near = _printed_point(operand).scale(measured.factors[place])
    found = _nearest(kind, values(relation, measured, scales, "strict"), role, n, near)
    if found is None:
        return None
    point = _nearest(kind, values(relation, measured, scales, "point"), role, n, found)
    return _solved(kind, found, point, 1 / measured.factors[place])


def computed(relation: Relation, place: int, scales: Scales) -> Solved | None:
    """The same; from fewer others where all of them together allow nothing, as they contradict each other already."""
    found = solved(relation, place, scales)
    if found is None or not found.interval.is_empty:
        return found
    for left_out in range(len(relation.operands) - 1, -1, -1):
        if left_out != place and len(relation.operands) > 2:
            again = computed(_less(relation, left_out), place - (left_out < place), scales)
            if again is not None and not again.interval.is_empty:
                return again
    return found


def missing(relation: Relation, role: str, scales: Scales) -> Solved | None:
    """What a role that is not stated would be, in the unit of a figure of its company, from as many as agree."""
    kind = KINDS[relation.kind]
    measured = _measured(relation, kind, scales)
    if measured is None:
        return None
    found = _nearest(kind, values(relation, measured, scales, "strict"), role, 0, None)
    if found is None:
        fewer = (_less(relation, n) for n in range(len(relation.operands) - 1, 0, -1) if len(relation.operands) > 2)
        return next((again for rest in fewer if (again := missing(rest, role, scales)) is not None), None)
    company = next((group for group in (*kind.groups, kind.percents) if role in group), ())
    beside = [
        n for n, operand in enumerate(relation.operands) if operand.role in company and operand.figure is not None
    ]
    point = _nearest(kind, values(relation, measured, scales, "point"), role, 0, found)
    return _solved(kind, found, point, 1 / measured.factors[beside[0]] if beside else Fraction(1))


def stated_place(relation: Relation, scales: Scales) -> int:
    """The operand that the others are set against: one that they contradict, first of those that authors work out."""
    kind = KINDS[relation.kind]
    order = [*kind.stated, *(operand.role for operand in relation.operands if operand.role not in kind.stated)]
    later = -1 if relation.kind in SAID_AGAIN else 1
    found = [n for n, operand in enumerate(relation.operands) if operand.figure is not None]
    found.sort(key=lambda n: (order.index(relation.operands[n].role), later * n))
    solutions = [(n, solution.interval) for n in found if (solution := solved(relation, n, scales)) is not None]
    possible = [(n, interval) for n, interval in solutions if not interval.is_empty]
    apart = [
        (n, interval) for n, interval in possible if (interval & strict_reading(relation.operands[n], scales)).is_empty
    ]
    chosen = apart or possible or solutions
    return chosen[0][0] if chosen else (found[0] if found else 0)


def strict_reading(operand: Operand, scales: Scales) -> Interval:
    """What an operand's printed digits stand for."""
    return interval_of(operand, scales, "strict", rounded=False)


def agrees_turned(relation: Relation, scales: Scales) -> bool:
    """Whether the figures would agree if the words said the other direction."""
    if not relation.direction:
        return False
    return agreement(replace(relation, direction=-relation.direction), scales) in ("strict", "coarse")


# Of figures said again, the later is set against the earlier.
SAID_AGAIN = ("repeat", "conversion")


def _measured(relation: Relation, kind: Kind, scales: Scales) -> Measure | None:
    return measure(relation, kind.groups, kind.percents, scales)


def _decided(relation: Relation, kind: Kind, measured: Measure, scales: Scales, strict: Values) -> bool:
    """Whether agreement does not hang on an open end: all that the others make lies in what is stated."""
    bounds = open_places(relation)
    if not bounds:
        return True
    if kind.ordered:
        # One figure not above another: the bound is taken at the number that it prints.
        return kind.holds(values(_closed(relation), measured, scales, "strict"))
    if relation.kind == "repeat":
        return _repeats(relation, strict)
    # `More than 9 billion, at least twice the 3.86 billion`: whatever the level is, the factor is what is said.
    role = next(role for role in kind.stated if role in strict.roles)
    return any(not found.is_empty and found.within(strict.roles[role][0]) for found in kind.solve(strict, role, 0))


def _repeats(relation: Relation, strict: Values) -> bool:
    """Whether mentions with bounds repeat one thing: the same bound again, or an exact mention inside every bound."""
    said = {(o.figure.number.value, o.figure.modifier) for o in relation.operands if o.figure is not None}
    bounds = {n for _, n, _ in open_places(relation)}
    exact = [value for n, value in enumerate(strict.roles["mention"]) if n not in bounds]
    if not exact:
        return len(said) == 1
    inside = exact[0]
    for value in exact[1:]:
        inside &= value
    return all(inside.within(strict.roles["mention"][n]) for n in bounds)


def _closed(relation: Relation) -> Relation:
    """The relation with its bounds taken at the numbers that they print."""
    operands = tuple(
        replace(o, figure=replace(o.figure, modifier="")) if o.figure is not None and o.figure.modifier != "~" else o
        for o in relation.operands
    )
    return replace(relation, operands=operands)


def _noted(relation: Relation, kind: Kind, measured: Measure, scales: Scales) -> Agreement:
    """What a report's own note makes of figures that do not agree: rounded parts may miss, else it is left open."""
    if relation.kind not in _ROUNDED:
        return "open"
    return "coarse" if kind.holds(values(relation, measured, scales, "coarse", rounded=True)) else "none"


def _printed_point(operand: Operand) -> Interval:
    figure = operand.figure
    if figure is None:
        return EMPTY
    return Interval.point(
        (figure.upper if operand.side == "high" and figure.upper is not None else figure.number).value
    )


def _solved(kind: Kind, found: Interval, point: Interval | None, back: Fraction) -> Solved:
    """A solution in its printed unit; where the points of the others contradict each other, its middle is its point."""
    said = found if point is None or point.is_empty else point
    if said.is_point and said.low is not None:
        return Solved(found.scale(back), said.scale(back), said.low * back)
    if kind.ordered or found.is_empty or found.low is None or found.high is None:
        return Solved(found.scale(back), said.scale(back), None)
    return Solved(found.scale(back), said.scale(back), (found.low + found.high) / 2 * back)


def _less(relation: Relation, left_out: int) -> Relation:
    return replace(relation, operands=tuple(o for n, o in enumerate(relation.operands) if n != left_out))


def _nearest(kind: Kind, found_values: Values, role: str, n: int, near: Interval | None) -> Interval | None:
    """Of several solutions the one nearest to what is printed, an empty one last; None where there is none."""
    found = kind.solve(found_values, role, n)
    if near is None:
        return next((s for s in found if not s.is_empty and (s.high is None or s.high > 0)), None)
    return min(found, key=lambda s: (s.is_empty, _apart(s, near), not s.is_point), default=None)


def _apart(one: Interval, other: Interval) -> Fraction:
    """How far apart two intervals are: by their ratio where both lie above 0 (6.46 is near 64.6, not 0.02)."""
    for below, above in ((one, other), (other, one)):
        if below.high is not None and above.low is not None and 0 < below.high < above.low:
            return above.low / below.high - 1
    return one.gap(other)


__all__ = [
    "KINDS",
    "SAID_AGAIN",
    "Agreement",
    "Kind",
    "Solved",
    "Values",
    "agreement",
    "agrees_turned",
    "computed",
    "missing",
    "places",
    "solved",
    "stated_place",
    "strict_reading",
]
