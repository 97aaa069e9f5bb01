"""A total that goes back to so many kinds, and the sentence behind it that tells so many amounts → sum.

`We traced the $150 million to three causes. Changes added $67 million, prices $52 million and the ground $31 million.`
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.binding.scene import Scene, counted_alike, operand, same_measure
from pipeline.binding.slipped import one_slip_away
from pipeline.binding.sums.in_full import tells_parts
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_KINDS = lazy(
    r"\b(?P<number>two|three|four|five|six|seven|eight)(?: [a-z]+)? (?:causes|reasons|components|parts|sources|items"
    r"|categories|elements|heads|headings|factors|instalments|installments|tranches|types|kinds|groups|lines|windows)\b"
)
_WHAT_ELSE = lazy(r"\b(?:including|mainly|chiefly|largely|notably|main|largest|principal|another|besides)\b")
# How likely it may be that a slip explains the figures by chance.
_BY_CHANCE = Fraction(1, 2)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}


def bind(scene: Scene) -> Iterator[Relation]:
    """Such sums of a report, agreeing, or where one slip of the pen keeps the figures apart."""
    for number in scene.holding(2, first=1):
        here, before = scene.sentences[number], scene.sentences[number - 1]
        parts = [c for c in scene.by_sentence[number] if scene.claims[c].figure.kind == "absolute"]
        kinds = _KINDS.search(scene.low, before.start, before.end)
        if kinds is None or here.paragraph != before.paragraph or len(parts) != _NUMBERS[kinds["number"]]:
            continue
        if _WHAT_ELSE.search(scene.low, kinds.start(), here.end) or not tells_parts(scene, parts):
            continue
        alike = [c for c in scene.by_sentence[number - 1] if same_measure(scene.claims[c], scene.claims[parts[0]])]
        if len(alike) != 1 or scene.claims[alike[0]].figure.modifier or scene.claims[alike[0]].figure.upper:
            continue
        total = scene.claims[alike[0]]
        operands = (operand("total", total), *(operand("part", counted_alike(total, scene.claims[c])) for c in parts))
        why = "words tell of so many kinds, and the next sentence lists so many amounts"
        relation = Relation("sum", operands, "neighbour", "high", "sum.so-many-kinds", why)
        sizes = scales(scene.book)
        if agreement(relation, sizes) != "none" or one_slip_away(relation, sizes, least=_BY_CHANCE):
            yield relation
