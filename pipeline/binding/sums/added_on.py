"""What an amount comes to with another → sum: `a surplus of 12 million, which, with 3 million saved, makes 15 million`.

Words add the second figure to the first and call the third what the two make; no figure stands between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.binding.scene import Scene, counted_alike, operand, same_measure
from pipeline.binding.slipped import slips
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_WITH = lazy(
    r"[^.;:]{0,60}?[,–—] ?(?:which|and this|and these|and that|this|that),? "
    r"(?:together |taken together |along |when added |added )?(?:with|to|plus)\b[^.;:]{0,60}"
    r"|[^.;:]{0,40}?,? (?:on top of|in addition to|added to|plus) [^.;:]{0,40}"
)
_MAKES = lazy(
    r"[^.;:]{0,80}?\b(?:mak(?:es?|ing)|made|giv(?:es?|ing)|gave|brings?|brought|amounts?|amounted|comes?|came|totals?"
    r"|totalled|totaled)\b(?: (?:an?|the|it|to|up|in|all|total|sum|whole|grand|of|together|about))* ?"
)
# Between figures as far apart as this there is more than a slip.
_NEAR = Fraction(1, 8)


def bind(scene: Scene) -> Iterator[Relation]:
    """All such sums of a report, agreeing or nearly."""
    for number in scene.holding(3):
        for first in scene.by_sentence[number][:-2]:
            if not _WITH.fullmatch(scene.between(first, first + 1)):
                continue
            if _MAKES.fullmatch(scene.between(first + 1, first + 2)):
                yield from _sum(scene, first)


def _sum(scene: Scene, first: int) -> Iterator[Relation]:
    one, other, total = (scene.claims[n] for n in (first, first + 1, first + 2))
    figures = [c.figure for c in (total, one, other)]
    if any(f.kind != "absolute" or f.modifier or f.upper is not None or f.per for f in figures):
        return
    if not all(same_measure(a, b) for a, b in pairwise((one, other, total))) or total.figure.dimension == "time":
        return
    operands = (operand("total", total), *(operand("part", counted_alike(total, c)) for c in (one, other)))
    why = "words add one figure to another, and tell what they make"
    relation = Relation("sum", operands, "sentence", "high", "sum.added-on", why)
    made, wanted = figures[1].number.value + figures[2].number.value, figures[0].number.value
    if abs(made - wanted) <= abs(wanted) * _NEAR or slips(relation, scales(scene.book)):
        yield relation
