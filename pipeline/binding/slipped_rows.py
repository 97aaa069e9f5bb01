"""A total with the list of its parts behind it, and a slip of the pen in one of them → sum.

Words or a colon open the list, its figures have one unit and are printed to three digits or more, and one slip alone
keeps them from their total. A list that misses its total in any other way is left alone: it may not be given whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.binding.runs import Row, run_after
from pipeline.binding.scene import Scene, operand
from pipeline.model import Relation
from pipeline.rulebook.scales import scales
from pipeline.slips import Slip, explained

_OPENED = re.compile(r":|\b(?:with|including|of which|of whom|namely|comprising|consisting of|made up of|received)\b")
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_SWAPPED: tuple[Slip, ...] = ("transposed",)
_ANY: tuple[Slip, ...] = ("transposed", "digit")
# So many steps of its last digit a figure must have: three digits, four where any digit may be wrong.
_FINE, _VERY_FINE = 100, 1000
_SHORT = 3


def bind(scene: Scene, row: Row) -> Iterator[Relation]:
    """The sums of a row that one slip keeps from agreeing."""
    for n in range(len(row.claims) - 2):
        end = run_after(scene, row, n)
        some = row.claims[n:end]
        if len(some) < 3 or not _are_exact(scene, some) or not _OPENED.search(scene.between(some[0], some[1])):
            continue
        if _YEARS.search(scene.between(some[0], some[-1])) or _bound(scene, some):
            continue
        operands = (operand("total", scene.claims[some[0]]), *(operand("part", scene.claims[c]) for c in some[1:]))
        reason = "a list opened by words misses its total by a slip of the pen"
        relation = Relation("sum", operands, "sentence", "high", "sum.slip-in-a-list", reason)
        long = len(some) > _SHORT and _are_exact(scene, some, _VERY_FINE)
        if explained(relation, scales(scene.book), _ANY if long else _SWAPPED):
            yield relation
            return


def _are_exact(scene: Scene, claims: Sequence[int], steps: int = _FINE) -> bool:
    """Whether figures have one printed unit, or follow bare on a counted total, each so many steps large."""
    figures = [scene.claims[c].figure for c in claims]
    parts = {f.unit for f in figures[1:]}
    one = len(parts) == 1 and (parts == {""} or parts == {figures[0].unit})
    return one and all(not f.modifier and abs(f.number.value) >= f.number.step * steps for f in figures)


def _bound(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether one of the figures is what another was before, or should have been."""
    return any(set(scene.roles(c, "growth", "target")) & {"prior", "target", "change"} for c in claims)
