"""A relation as a problem: its figures read once, and what each of them would have to be, given the others."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from pipeline.exact import Scales
from pipeline.formulas.kinds import KINDS, Kind
from pipeline.formulas.values import Measure, Values, interval_of, measure, places, values
from pipeline.fraction import Fraction
from pipeline.frozen import frozen
from pipeline.interval import EMPTY, Interval
from pipeline.model import Operand, Relation

# Of figures said again, the later is set against the earlier.
SAID_AGAIN = ("repeat", "conversion")


@frozen
class Solved:
    """What one operand would have to be, given the others, in its own printed unit.

    `interval` comes from their strict readings, `said` from the numbers they print; `point` is the one number to tell.
    """

    interval: Interval
    said: Interval
    point: Fraction | None


class Posed:
    """A relation with its readings and solutions.

    It keeps them, as a check asks for the same ones for its verdict, its formula, its explanation and its repairs.
    """

    def __init__(self, relation: Relation, scales: Scales) -> None:
        self.relation = relation
        self.scales = scales
        self.kind: Kind = KINDS[relation.kind]
        self._solved: dict[int, Solved | None] = {}
        self._computed: dict[int, Solved | None] = {}
        self._missing: dict[str, Solved | None] = {}

    @cached_property
    def measured(self) -> Measure | None:
        """What brings the operands to one scale; None where they cannot be compared."""
        return measure(self.relation, self.kind.groups, self.kind.percents, self.scales)

    @cached_property
    def strict(self) -> Values | None:
        """The strict readings."""
        return values(self.relation, self.measured, self.scales, "strict") if self.measured else None

    @cached_property
    def points(self) -> Values | None:
        """The printed numbers."""
        return values(self.relation, self.measured, self.scales, "point") if self.measured else None

    def solved(self, place: int) -> Solved | None:
        """What operand number `place` would have to be; None where that cannot be told. Its `interval` may be empty."""
        if place not in self._solved:
            self._solved[place] = self._solve(place)
        return self._solved[place]

    def computed(self, place: int) -> Solved | None:
        """The same; from fewer others where all of them together allow nothing: they contradict each other already."""
        if place not in self._computed:
            self._computed[place] = self._compute(place)
        return self._computed[place]

    def missing(self, role: str) -> Solved | None:
        """What a role that is not stated would be, in the unit of a figure of its company, from as many as agree."""
        if role not in self._missing:
            self._missing[role] = self._miss(role)
        return self._missing[role]

    def printed(self, place: int) -> Interval:
        """What an operand's printed digits stand for, in its own unit."""
        return interval_of(self.relation.operands[place], self.scales, "strict")

    def set_against(self, contradicted: bool) -> int:
        """The operand that the others are set against: the first, of those that authors work out, that they tell.

        Where the figures contradict each other, it is one that lies apart from what the others make of it.
        """
        order = [*self.kind.stated, *(o.role for o in self.relation.operands if o.role not in self.kind.stated)]
        later = -1 if self.relation.kind in SAID_AGAIN else 1
        found = [n for n, operand in enumerate(self.relation.operands) if operand.figure is not None]
        found.sort(key=lambda n: (order.index(self.relation.operands[n].role), later * n))
        if contradicted:
            told = [n for n in found if not self._interval(n).is_empty]
            apart = (n for n in told if (self._interval(n) & self.printed(n)).is_empty)
            found = [*apart, *told, *found]
        return next((n for n in found if self.solved(n) is not None), found[0] if found else 0)

    def _interval(self, place: int) -> Interval:
        found = self.solved(place)
        return EMPTY if found is None else found.interval

    def _solve(self, place: int) -> Solved | None:
        operand = self.relation.operands[place]
        if self.measured is None or self.strict is None or operand.figure is None:
            return None
        role, n, _ = places(self.relation)[place]
        factor = self.measured.factors[place]
        found = _nearest(self.kind.solve(self.strict, role, n), _printed_point(operand).scale(factor))
        return None if found is None else self._in_unit(role, n, found, 1 / factor)

    def _compute(self, place: int) -> Solved | None:
        found = self.solved(place)
        if found is None or not found.interval.is_empty or len(self.relation.operands) <= 2:
            return found
        for left_out in range(len(self.relation.operands) - 1, -1, -1):
            if left_out != place:
                again = self._less(left_out).computed(place - (left_out < place))
                if again is not None and not again.interval.is_empty:
                    return again
        return found

    def _miss(self, role: str) -> Solved | None:
        if self.measured is None or self.strict is None:
            return None
        solutions = self.kind.solve(self.strict, role, 0)
        found = next((s for s in solutions if not s.is_empty and (s.high is None or s.high > 0)), None)
        if found is None:
            fewer = range(len(self.relation.operands) - 1, 0, -1) if len(self.relation.operands) > 2 else ()
            return next((again for n in fewer if (again := self._less(n).missing(role)) is not None), None)
        company = next((group for group in (*self.kind.groups, self.kind.percents) if role in group), ())
        beside = [n for n, o in enumerate(self.relation.operands) if o.role in company and o.figure is not None]
        return self._in_unit(role, 0, found, 1 / self.measured.factors[beside[0]] if beside else Fraction(1))

    def _in_unit(self, role: str, n: int, found: Interval, back: Fraction) -> Solved:
        """A solution in its printed unit; where the numbers of the others contradict each other, its middle is told."""
        assert self.points is not None
        point = _nearest(self.kind.solve(self.points, role, n), found)
        said = found if point is None or point.is_empty else point
        if said.is_point and said.low is not None:
            return Solved(found.scale(back), said.scale(back), said.low * back)
        if self.kind.ordered or found.is_empty or found.low is None or found.high is None:
            return Solved(found.scale(back), said.scale(back), None)
        return Solved(found.scale(back), said.scale(back), (found.low + found.high) / 2 * back)

    def _less(self, left_out: int) -> Posed:
        rest = tuple(o for n, o in enumerate(self.relation.operands) if n != left_out)
        return Posed(replace(self.relation, operands=rest), self.scales)


def _printed_point(operand: Operand) -> Interval:
    figure = operand.figure
    if figure is None:
        return EMPTY
    number = figure.upper if operand.side == "high" and figure.upper is not None else figure.number
    return Interval.point(number.value)


def _nearest(found: tuple[Interval, ...], near: Interval) -> Interval | None:
    """Of several solutions the one nearest to what is printed, of its sign if any is, an empty one last; None where
    there is none."""
    if len(found) < 2:
        return found[0] if found else None
    return min(found, key=lambda s: (s.is_empty, _turned(s, near), _apart(s, near), not s.is_point))


def _turned(one: Interval, other: Interval) -> bool:
    """Whether one lies below 0 and the other above."""
    return one.high is not None and other.low is not None and one.high < 0 < other.low


def _apart(one: Interval, other: Interval) -> Fraction:
    """How far apart two intervals are: by their ratio where both lie above 0 (6.46 is near 64.6, not 0.02)."""
    for below, above in ((one, other), (other, one)):
        if below.high is not None and above.low is not None and 0 < below.high < above.low:
            return above.low / below.high - 1
    return one.gap(other)
