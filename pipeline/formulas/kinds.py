"""The 17 kinds of relation: of each, how it is solved for a role, and what its roles are measured in.

The constraint of a kind is that what its `tested` role may be, given the others, meets what is printed for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.formulas import alike, change, whole
from pipeline.formulas.change import Solution
from pipeline.formulas.values import Values
from pipeline.interval import Interval


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `stated` are the roles that a computed value is set against, the first stated one is taken.

    `tested` decides agreement where it is another role. `groups` are roles of one unit, `percents` parts of 1.
    `ordered` kinds say that one figure is not above another; the rest say that figures are equal.
    """

    solve: Callable[[Values, str, int], Solution]
    stated: tuple[str, ...]
    tested: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    percents: tuple[str, ...] = ()
    ordered: bool = False
    base: str = ""

    def holds(self, values: Values) -> bool | None:
        """Whether some values in the intervals satisfy the relation, all operands at once; None if none can tell."""
        stated = [role for role in self.tested or self.stated if role in values.roles]
        # Where a percentage says nothing (of a loss), the rest of the comparison must not be made to tell.
        for role in stated[:1] if self.base else stated:
            found = self.solve(values, role, 0)
            if found:
                return any(self._meets(solution, values.roles[role][0]) for solution in found)
        return None

    def _meets(self, found: Interval, stated: Interval) -> bool:
        """Whether both have a number in common; figures in order that only touch were printed in the wrong order."""
        common = found & stated
        return not common.is_empty and (not self.ordered or not common.is_point or stated.is_point or found.is_point)

    def holds_displayed(self, values: Values) -> bool:
        """Whether it holds where the author worked with the rounded figures: change and percent each on its own."""
        if not self.base:
            return False
        if self.holds(values):
            return True
        if any(role not in values.roles for role in ("level", self.base, "change", "percent")):
            return False
        from_level, from_change = values.without("change"), values.without("level")
        return bool(self.holds(values.without("percent")) and (self.holds(from_level) or self.holds(from_change)))


_COMPARED = ("level", "prior", "change")

KINDS: Mapping[str, Kind] = {
    "growth": Kind(
        change.growth, ("percent", "change", "level"), groups=(_COMPARED,), percents=("percent",), base="prior"
    ),
    "target": Kind(
        change.target,
        ("percent", "change", "level"),
        groups=(("level", "target", "change"),),
        percents=("percent",),
        base="target",
    ),
    "sum": Kind(whole.sum_, ("total", "part"), groups=(("total", "part", "less"),)),
    "subset": Kind(whole.subset, ("part",), ("whole",), groups=(("part", "whole"),), ordered=True),
    "share": Kind(whole.share, ("percent", "part"), groups=(("part", "whole"),), percents=("percent",)),
    "shares": Kind(whole.shares, ("total", "part"), percents=("part", "total")),
    "product": Kind(whole.product, ("total", "rate", "count"), groups=(("rate", "total"),)),
    "ratio": Kind(change.ratio, ("factor", "level"), groups=(("level", "prior"),), percents=("factor",)),
    "points": Kind(change.points, ("change", "level"), percents=_COMPARED),
    "annual": Kind(
        change.annual, ("percent", "level"), ("level",), groups=(("level", "prior"),), percents=("percent",)
    ),
    "count": Kind(alike.count, ("count",)),
    "repeat": Kind(alike.repeat, ("mention",), groups=(("mention",),)),
    "conversion": Kind(alike.conversion, ("mention",), groups=(("mention",),)),
    "direction": Kind(change.direction, ("level",), groups=(("prior", "level"),), ordered=True),
    "range": Kind(alike.range_, ("average", "low"), groups=(("low", "high", "average"),), ordered=True),
    "time": Kind(alike.time, ("duration", "end")),
    "limit": Kind(whole.limit, ("value", "part"), groups=(("part", "whole", "value", "bound"),), ordered=True),
}
