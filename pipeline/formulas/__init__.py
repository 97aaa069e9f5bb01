"""Relations as constraints over intervals: whether the figures of one agree, and what each of them would have to be.

It knows no words and names no verdict: how well figures agree is told by the reading it takes (`agreement`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Literal

from pipeline.exact import Scales
from pipeline.formulas.kinds import KINDS, Kind
from pipeline.formulas.posed import SAID_AGAIN, Posed, Solved
from pipeline.formulas.values import Values, displayed_change, open_places, values
from pipeline.interval import meet
from pipeline.model import Relation

# How well the figures of a relation agree: in the strict reading; in it, but an open end or a missing figure decides;
# in the coarse reading only; in none.
Agreement = Literal["strict", "open", "coarse", "none"]

# Kinds whose parts may miss their total where the report itself says that they are rounded.
_ROUNDED = ("sum", "shares")


# Binders and checks ask of one relation again and again; so many are kept as a report has, and answers for a long one.
# More problems would cost more to keep than to pose again.
_PROBLEMS, _ANSWERS = 256, 2048


@lru_cache(maxsize=_PROBLEMS)
def problem_of(relation: Relation, scales: Scales) -> Posed:
    """The relation as a problem: what a binder has read and solved of it, its check need not."""
    return Posed(relation, scales)


@lru_cache(maxsize=_ANSWERS)
def agreement(relation: Relation, scales: Scales) -> Agreement:
    """How well the figures of a relation agree, all stated operands judged at once."""
    return agreement_of(problem_of(relation, scales))


def agreement_of(posed: Posed) -> Agreement:
    """The same of a relation whose figures are read already."""
    relation, kind, scales = posed.relation, posed.kind, posed.scales
    measured, strict = posed.measured, posed.strict
    if measured is None or strict is None:
        return "open"
    holds = kind.holds(strict)
    if holds is None:
        return "open"
    if holds:
        return "strict" if _decided(posed, strict) else "open"
    if kind.holds(values(relation, measured, scales, "coarse")):
        return "coarse"
    if kind.base and kind.holds_displayed(displayed_change(relation, measured, scales)):
        return "coarse"
    if not relation.notes:
        return "none"
    # The report's own note: rounded parts may miss their total, any other note leaves the matter open.
    if relation.kind not in _ROUNDED:
        return "open"
    return "coarse" if kind.holds(values(relation, measured, scales, "coarse", rounded=True)) else "none"


def solved(relation: Relation, place: int, scales: Scales) -> Solved | None:
    """What operand number `place` would have to be; None where that cannot be told. Its `interval` may be empty."""
    return problem_of(relation, scales).solved(place)


def agrees_turned(posed: Posed) -> bool:
    """Whether the figures would agree if the words said the other direction."""
    if not posed.relation.direction:
        return False
    turned = replace(posed.relation, direction=-posed.relation.direction)
    return agreement(turned, posed.scales) in ("strict", "coarse")


def _decided(posed: Posed, strict: Values) -> bool:
    """Whether agreement does not hang on an open end: all that the others make lies in what is stated."""
    bounds = open_places(posed.relation)
    if not bounds:
        return True
    if posed.kind.ordered:
        # One figure not above another: the bound is taken at the number that it prints.
        closed = Posed(_closed(posed.relation), posed.scales)
        return closed.strict is not None and bool(closed.kind.holds(closed.strict))
    if posed.relation.kind == "repeat":
        return _repeats(posed.relation, strict)
    # `More than 9 billion, at least twice the 3.86 billion`: whatever the level is, the factor is what is said.
    role = next(role for role in posed.kind.stated if role in strict.roles)
    return any(
        not found.is_empty and found.within(strict.roles[role][0]) for found in posed.kind.solve(strict, role, 0)
    )


def _repeats(relation: Relation, strict: Values) -> bool:
    """Whether mentions with bounds repeat one thing: the same bound again, or an exact mention inside every bound."""
    bounds = {n for _, n, _ in open_places(relation)}
    exact = [value for n, value in enumerate(strict.roles["mention"]) if n not in bounds]
    if not exact:
        return len({(o.figure.number.value, o.figure.modifier) for o in relation.operands if o.figure is not None}) == 1
    return all(meet(exact).within(strict.roles["mention"][n]) for n in bounds)


def _closed(relation: Relation) -> Relation:
    """The relation with its bounds taken at the numbers that they print."""
    operands = tuple(
        replace(o, figure=replace(o.figure, modifier="")) if o.figure is not None and o.figure.modifier != "~" else o
        for o in relation.operands
    )
    return replace(relation, operands=operands)


__all__ = [
    "KINDS",
    "SAID_AGAIN",
    "Agreement",
    "Kind",
    "Posed",
    "Solved",
    "Values",
    "agreement",
    "agreement_of",
    "agrees_turned",
    "problem_of",
    "solved",
]
