"""Two lists that run through one sentence side by side, each under its total → sum.

`58 million shares at a cost of 2,520 million, including 16 million shares at 822 million and 42 million shares at 1,698
million`: that the shares add up tells that the list is whole, and so is that of what they cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.scene import Scene, counted_alike, operand
from pipeline.binding.slipped import slips
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_OPENED = lazy(
    r":|\b(?:including|of which|of whom|namely|comprising|consisting of|made up of|divided into|split into|with)\b"
)
_LAST = lazy(r"\b(?:and|plus|while)\b|;")
# What is so much for each is added up to nothing.
_EACH = lazy(r"\b(?:average|averag\w+|each|per|every|apiece|respectively|price of|rate of)\b")
_FEWEST, _MOST = 3, 6
_NEAR = Fraction(1, 4)
# A total of fewer steps may leave one of them out: `84 pupils in 6 rooms, including 50 in 2 rooms and 34 in 3`.
_TELLING = 20


def bind(scene: Scene) -> Iterator[Relation]:
    """Of each such pair of lists the one that does not agree, where the other does."""
    for number in scene.holding(2 * _FEWEST):
        claims = scene.by_sentence[number]
        if len(claims) <= 2 * _MOST:
            yield from _twins(scene, number, claims)


def _twins(scene: Scene, number: int, claims: range) -> Iterator[Relation]:
    amounts = [c for c in claims if scene.claims[c].figure.dimension != "time"]
    rows = amounts[::2], amounts[1::2]
    if len(rows[0]) != len(rows[1]) or len(rows[0]) < _FEWEST or not all(_is_row(scene, row) for row in rows):
        return
    if scene.claims[rows[0][0]].figure.unit == scene.claims[rows[1][0]].figure.unit:
        return
    sentence = scene.sentences[number]
    said = scene.report.view[sentence.start : sentence.end].lower()
    if _EACH.search(said) or not _OPENED.search(scene.between(rows[1][0], rows[0][1])):
        return
    if not _LAST.search(scene.between(rows[1][-2], rows[0][-1])):
        return
    relations = [_sum(scene, row) for row in rows]
    agreed = [agreement(r, scales(scene.book)) for r in relations]
    for relation, row, fits, twin in zip(relations, rows, agreed, agreed[::-1], strict=True):
        if fits == "none" and twin == "strict" and (_is_near(scene, row) or slips(relation, scales(scene.book))):
            yield relation


def _is_row(scene: Scene, row: Sequence[int]) -> bool:
    """Whether figures of one unit are larger first than any behind."""
    figures = [scene.claims[c].figure for c in row]
    if figures[0].number.value < _TELLING * figures[0].number.step:
        return False
    if not all(_is_plain(f) and f.unit in (figures[0].unit, "") for f in figures):
        return False
    return all(f.number.value < figures[0].number.value for f in figures[1:])


def _is_plain(figure: Figure) -> bool:
    return figure.kind == "absolute" and not figure.modifier and figure.upper is None and not figure.per


def _is_near(scene: Scene, row: Sequence[int]) -> bool:
    total, *parts = (scene.claims[c].figure.number.value for c in row)
    return abs(sum(parts, Fraction(0)) - total) <= total * _NEAR


def _sum(scene: Scene, row: Sequence[int]) -> Relation:
    over = scene.claims[row[0]]
    parts = (operand("part", counted_alike(over, scene.claims[c])) for c in row[1:])
    why = "two lists run side by side, and the other agrees"
    return Relation("sum", (operand("total", over), *parts), "sentence", "high", "sum.twin-rows", why)
