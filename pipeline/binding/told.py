"""What the relations that agree tell of their figures: which of them need no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline.binding.scene import Scene
from pipeline.formulas import agreement
from pipeline.model import Operand, Relation
from pipeline.rulebook.scales import scales

# The figures that lead: what they lead to may be another figure.
HEADS = ("percent", "change", "factor", "rate")
# Kinds that hold of many figures by chance, or that tell only that two are alike.
_WEAK = ("repeat", "direction", "limit", "subset", "range", "conversion", "count", "time")

# Kinds by which other figures make one to its last digit.
_MAKING = ("sum", "product")
# So many figures that agree tell something.
_FEWEST = 3


class Told:
    """The relations of a report that agree, by their figures."""

    def __init__(self, scene: Scene, agreed: Iterable[Relation]) -> None:
        self._scene = scene
        self._of: dict[str, list[Relation]] = defaultdict(list)
        self._roles: set[tuple[str, str, str]] = set()
        self._pairs: set[tuple[str, tuple[str, str]]] = set()
        self._together: dict[frozenset[str], set[str]] = defaultdict(set)
        for one in agreed:
            for operand in one.operands:
                self._roles.add((one.kind, operand.role, operand.ref))
                if one.kind not in _WEAK and one.confidence != "low":
                    self._of[operand.ref].append(one)
            if one.kind not in _WEAK and one.confidence != "low" and len(one.operands) >= _FEWEST:
                self._together[_refs(one)].add(one.kind)
            if (pair := _compared(one)) is not None:
                self._pairs.add((one.kind, pair))

    def has(self, kind: str, role: str, ref: str) -> bool:
        """Whether a figure has this role in a relation of this kind."""
        return (kind, role, ref) in self._roles

    def is_whole_of_many(self, relation: Relation) -> bool:
        """Whether the whole of a share is that of other shares, which agree: `31% at home, 38% abroad, 20% and 11%`."""
        whole = next((one.ref for one in relation.operands if one.role == "whole"), "")
        return sum(one.kind == relation.kind == "share" for one in self._of[whole]) > 1

    def speaks_against(self, relation: Relation) -> bool:
        """Whether what is told already leaves no room for a relation that does not agree.

        The level and what it is set against have but one percentage (`traffic grew 31% and revenue rose to 9.8 from
        9.1, an increase of 7.7%`), and a percentage has but one pair that it is of. Figures that others make each on
        its own are not one figure, mistyped: 1,128 grants of 22,000 each are 24.8 million, and no 64.8.
        """
        if relation.kind == "repeat":
            figures = [(abs(o.figure.number.value), o) for o in relation.operands if o.figure is not None]
            least = min(figures, key=lambda one: one[0])[1]
            mistyped = relation.rule == "repeat.lost-digit" and self._is_made(least)
            return mistyped or all(self._is_made(one) for one in relation.operands)
        if (relation.kind, _compared(relation)) in self._pairs:
            return True
        # `8,730, which is 390 less than the year before, when it had been 9,120` is one relation, not two.
        if self._together.get(_refs(relation), set()) - {relation.kind}:
            return True
        return any(one.role in HEADS and self._leads(one) for one in relation.operands)

    def _is_made(self, figure: Operand) -> bool:
        """Whether other figures make this one to its last digit."""
        return any(one.kind in _MAKING and self._agrees(one) for one in self._of[figure.ref])

    def _leads(self, figure: Operand) -> bool:
        """Whether a figure leads a relation that agrees as it is printed."""
        return any(
            other.role == figure.role and other.ref == figure.ref and self._agrees(one)
            for one in self._of[figure.ref]
            for other in one.operands
        )

    def _agrees(self, relation: Relation) -> bool:
        return agreement(relation, scales(self._scene.book)) == "strict"


def _refs(relation: Relation) -> frozenset[str]:
    return frozenset(o.ref for o in relation.operands)


def _compared(relation: Relation) -> tuple[str, str] | None:
    """The level and what it is set against by a percentage alone; None of other relations."""
    roles = {o.role: o.ref for o in relation.operands}
    return (roles["level"], roles["prior"]) if set(roles) == {"level", "prior", "percent"} else None
