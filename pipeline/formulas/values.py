"""A relation → the intervals of its operands, by role and in one scale, under one reading of the printed figures.

Percentages become parts of 1, units of one dimension become one unit; different currencies are never converted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.exact import How, Scales, is_counted, is_open, ratio, reading
from pipeline.fraction import Fraction
from pipeline.frozen import frozen
from pipeline.interval import ONE, Interval, total
from pipeline.model import Figure, Operand, Relation

T = TypeVar("T")
_ONE, _HUNDREDTH = Fraction(1), Fraction(1, 100)

# Dimensions that a number without a scale of its own may have: 22%, 140 basis points, a half, 3 per mille.
_SHARES = frozenset(("percent", "points", "factor", "share"))
_AVERAGES = frozenset(("rate", "average"))
_DURATIONS = frozenset(("years", "duration"))


@frozen
class Values:
    """The intervals of a relation's operands by role, and their figures likewise."""

    roles: Mapping[str, tuple[Interval, ...]]
    figures: Mapping[str, tuple[Figure | None, ...]]
    direction: int = 0
    mode: str = ""

    def one(self, role: str) -> Interval | None:
        """The operands of a role, added up; None where it is not stated."""
        stated = self.roles.get(role, ())
        return total(stated) if len(stated) > 1 else stated[0] if stated else None

    def without(self, *roles: str) -> Values:
        """The same without the operands of some roles."""
        return replace(self, roles={role: found for role, found in self.roles.items() if role not in roles})

    def units(self, role: str) -> tuple[str, ...]:
        """The units of the figures of a role."""
        return tuple(figure.unit if figure else "" for figure in self.figures.get(role, ()))

    def kinds(self, role: str) -> tuple[str, ...]:
        """The kinds of the figures of a role."""
        return tuple(figure.kind if figure else "" for figure in self.figures.get(role, ()))

    def counts(self, role: str) -> bool:
        """Whether the first figure of a role counts things one by one."""
        figure = self.figures[role][0]
        return figure is not None and is_counted(figure.number, figure)

    def others(self, role: str, n: int) -> list[Interval]:
        """The operands of a role without number n."""
        return [value for m, value in enumerate(self.roles.get(role, ())) if m != n]


@frozen
class Measure:
    """What brings each operand to the scale of its formula: a factor for each, in their order; and the mode."""

    factors: tuple[Fraction, ...]
    mode: str


def measure(
    relation: Relation, groups: Sequence[Sequence[str]], percents: Sequence[str], scales: Scales
) -> Measure | None:
    """The factors of a relation's operands; None where its figures cannot be compared.

    `groups` are roles that must be of one unit, `percents` those that are a part of 1.
    """
    if relation.kind == "conversion" and _by_rates(relation):
        return Measure((Fraction(1),) * len(relation.operands), "rates")
    factors: dict[int, Fraction] = {}
    for group in groups:
        members = [n for n, o in enumerate(relation.operands) if o.role in group and not _limits_a_share(o)]
        found = _one_scale([relation.operands[n].figure for n in members], scales)
        if found is None:
            return None
        factors.update(zip(members, found, strict=True))
    for n, operand in enumerate(relation.operands):
        factor: Fraction | None = factors.get(n, _ONE)
        if operand.role in percents or _limits_a_share(operand):
            factor = _part_of_one(operand.figure, scales)
        elif operand.role in _DURATIONS and operand.figure is not None:
            factor = ratio(operand.figure.unit, "year", scales)
        if factor is None:
            return None
        factors[n] = factor
    if relation.kind == "product" and not _per_count(relation, factors, scales):
        return None
    return Measure(tuple(factors[n] for n in range(len(relation.operands))), relation.mode)


def values(relation: Relation, measured: Measure, scales: Scales, how: How, *, rounded: bool = False) -> Values:
    """The intervals under one reading. `rounded` takes counts too for rounded, as a report's own note may say."""
    roles: dict[str, list[Interval]] = {}
    figures: dict[str, list[Figure | None]] = {}
    for operand, factor in zip(relation.operands, measured.factors, strict=True):
        roles.setdefault(operand.role, []).append(interval_of(operand, scales, how, rounded=rounded).scale(factor))
        figures.setdefault(operand.role, []).append(operand.figure)
    return Values(_frozen(roles), _frozen(figures), relation.direction, measured.mode)


def interval_of(operand: Operand, scales: Scales, how: How, *, rounded: bool = False) -> Interval:
    """The numbers that an operand may stand for, in its printed unit."""
    if operand.figure is None:
        return ONE if operand.value is None else Interval.point(operand.value)
    if operand.role == "bound":
        return Interval.point(operand.figure.number.value)
    return reading(operand.figure, scales, how, side=operand.side, average=rounded or operand.role in _AVERAGES)


def open_places(relation: Relation) -> list[tuple[str, int, int]]:
    """The operands whose modifier leaves an end open: role, number within the role, number within the relation."""
    return [place for place in places(relation) if (f := relation.operands[place[2]].figure) is not None and is_open(f)]


def places(relation: Relation) -> list[tuple[str, int, int]]:
    """Each operand as role, number within the role, number within the relation."""
    seen: dict[str, int] = {}
    found = []
    for n, operand in enumerate(relation.operands):
        found.append((operand.role, seen.get(operand.role, 0), n))
        seen[operand.role] = seen.get(operand.role, 0) + 1
    return found


def _frozen(lists: Mapping[str, list[T]]) -> dict[str, tuple[T, ...]]:
    return {role: tuple(found) for role, found in lists.items()}


def displayed_change(relation: Relation, measured: Measure, scales: Scales) -> Values:
    """The coarse reading, with a change that was taken between the rounded figures: a whole last digit either way."""
    found = values(relation, measured, scales, "coarse")
    steps: set[Fraction] = set()
    changes: list[tuple[Figure, Fraction]] = []
    for operand, factor in zip(relation.operands, measured.factors, strict=True):
        if operand.figure is None or is_counted(operand.figure.number, operand.figure):
            continue
        if operand.role == "change":
            changes.append((operand.figure, factor))
        else:
            steps.add(operand.figure.number.step * factor)
    widened = [
        Interval.around(figure.number.value * factor, figure.number.step * factor)
        for figure, factor in changes
        if figure.number.step * factor in steps and not is_open(figure)
    ]
    if len(widened) != 1 or len(found.roles["change"]) != 1:
        return found
    return replace(found, roles={**found.roles, "change": (found.roles["change"][0].hull(widened[0]),)})


def _by_rates(relation: Relation) -> bool:
    """Whether a conversion needs a rate: one is stated, or the mentions are in several currencies."""
    mentions = [o.figure for o in relation.operands if o.role == "mention" and o.figure is not None]
    money = {figure.unit for figure in mentions if figure.dimension == "money"}
    return any(o.role == "rate" for o in relation.operands) or len(money) > 1


def _limits_a_share(operand: Operand) -> bool:
    return operand.role == "value" and operand.figure is not None and _is_share(operand.figure)


def _is_share(figure: Figure) -> bool:
    return figure.kind in ("percent", "points", "factor") or figure.dimension in _SHARES


def _one_scale(figures: Sequence[Figure | None], scales: Scales) -> list[Fraction] | None:
    """A factor for each, so that all are of one unit; None for figures of different dimensions or currencies."""
    printed = [figure for figure in figures if figure is not None]
    if any(map(_is_share, printed)):
        # Percents among themselves, or beside a bare number: `from 2 to 4 percent`.
        if not all(_is_share(figure) or not figure.dimension for figure in printed):
            return None
        mixed = {figure.kind == "factor" for figure in printed if _is_share(figure)} == {True, False}
        parts = [_part_of_one(f, scales, bare_percent=not mixed) if f is not None else _ONE for f in figures]
        return None if None in parts else [part for part in parts if part is not None]
    wanted = next((figure for figure in printed if figure.unit), None)
    if wanted is None:
        return [_ONE] * len(figures)
    found = []
    for figure in figures:
        factor = _ONE if figure is None else _factor(figure, wanted, scales)
        if factor is None:
            return None
        found.append(factor)
    return found


def _factor(figure: Figure, wanted: Figure, scales: Scales) -> Fraction | None:
    """How many of the wanted figure's units one of this figure's is."""
    if figure.dimension and wanted.dimension and figure.dimension != wanted.dimension:
        return None
    counted = figure.dimension == wanted.dimension and figure.dimension in ("count", "")
    unit = _ONE if counted else ratio(figure.unit, wanted.unit, scales)
    per = ratio(figure.per, wanted.per, scales)
    if unit is None:
        return None
    # What a rate is counted by is compared only where it is a measure (a ton per mu, a ton per hectare).
    return unit if per is None else unit / per


def _part_of_one(figure: Figure | None, scales: Scales, *, bare_percent: bool = True) -> Fraction | None:
    """What brings a percentage, points, basis points or a plain factor to a part of 1."""
    if figure is None or figure.kind == "factor" or figure.dimension == "factor":
        return _ONE
    if figure.unit in ("%", "pp"):
        return _HUNDREDTH
    if not figure.unit:
        return _HUNDREDTH if bare_percent else _ONE
    known = scales.units.get(figure.unit)
    return known[1] / 100 if known is not None and known[0] in ("percent", "points") else None


def _per_count(relation: Relation, factors: dict[int, Fraction], scales: Scales) -> bool:
    """The count of a product in the unit that its rate is counted by: a rate per hectare, a count of mu."""
    per = next((o.figure.per for o in relation.operands if o.role == "rate" and o.figure is not None), "")
    for n, operand in enumerate(relation.operands):
        if operand.role == "count" and operand.figure is not None and per and operand.figure.unit != per:
            factor = ratio(operand.figure.unit, per, scales)
            if factor is not None:
                factors[n] = factor
            elif per in scales.units and operand.figure.unit in scales.units:
                return False
    return True
