"""Lists that leave out what their first or last says → sum: `540 litres: A with 260 litres, B with 190 and C with 90`.

Also figures told by the day or the year that words add up: `340,000 and 215,000 passengers daily, together 555,000`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.binding.scene import Scene, counted_alike, operand, same_measure
from pipeline.binding.slipped import slips
from pipeline.binding.sums import in_full
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_OPENS = lazy(r":|\b(?:of which|namely|comprising|consisting of|made up of|divided into|split into)\b")
_TOGETHER = lazy(r"[^.;:]{0,20}, (?:together|in all|altogether|in total|making|(?:for )?a total of) ")
_JOINED = lazy(r"[^.;:()]{0,60}\band\b[^.;:()]{0,60}")
# Between figures as far apart as this there is more than a slip.
_NEAR = Fraction(1, 8)
_FEWEST, _LONGEST = 2, 6


def bind(scene: Scene) -> Iterator[Relation]:
    """All such lists of a report, agreeing or nearly."""
    for number in scene.holding(_FEWEST + 1):
        claims = scene.by_sentence[number]
        for total in claims:
            parts = _behind(scene, claims, total) or _before(scene, claims, total)
            if parts and (relation := _sum(scene, total, parts)) is not None:
                yield relation


def _behind(scene: Scene, claims: range, total: int) -> Sequence[int]:
    """The rest of a sentence behind a measure, if it is one list, of which only the first names the measure again."""
    figure, parts = scene.claims[total].figure, range(total + 1, claims.stop)
    if figure.dimension in ("", "count", "time") or not _FEWEST <= len(parts) <= _LONGEST:
        return ()
    first, *others = (scene.claims[c].figure for c in parts)
    # `12.4 million tonnes: 8.1 million here and 4.3 million there`
    elided = _is_bare(first) and first.number.step == figure.number.step
    if (first.unit != figure.unit and not elided) or not all(_is_bare(f) for f in others):
        return ()
    opened = _OPENS.search(scene.between(total, parts[0])) is not None
    return parts if opened and in_full.lists(scene, parts, since=figure.start) else ()


def _before(scene: Scene, claims: range, total: int) -> Sequence[int]:
    """Two figures by the day, or the year, with what words say they come to right behind them."""
    pair = (total - 2, total - 1)
    if pair[0] not in claims or not _TOGETHER.fullmatch(scene.between(pair[1], total)):
        return ()
    first, second = (scene.claims[c].figure for c in pair)
    alike = first.kind == second.kind == "rate" and first.unit == second.unit and first.per == second.per
    return pair if alike and all(_JOINED.fullmatch(scene.between(a, b)) for a, b in pairwise(pair)) else ()


def _is_bare(figure: Figure) -> bool:
    return not figure.dimension and figure.kind == "absolute"


def _sum(scene: Scene, total: int, parts: Sequence[int]) -> Relation | None:
    over, figures = scene.claims[total], [scene.claims[c].figure for c in (total, *parts)]
    if any(f.modifier or f.upper is not None for f in figures):
        return None
    if not all(same_measure(over, scene.claims[p]) for p in parts):
        return None
    operands = (
        operand("total", over),
        *(operand("part", counted_alike(over, scene.claims[p])) for p in parts),
    )
    why = "the list leaves out what its first or last says"
    relation = Relation("sum", operands, "sentence", "high", "sum.elided", why)
    made, wanted = sum((f.number.value for f in figures[1:]), Fraction(0)), figures[0].number.value
    near = abs(made - wanted) <= abs(wanted) * _NEAR
    return relation if near or slips(relation, scales(scene.book)) else None
