"""A rate whose count and total, or total alone, the sentence before tells → product, agreeing or not.

`Our 64 branches employ 1,472 people. On average there are 23 to a branch`; `Visitors spent 412 million euros. Each of
the 1.6 million visitors spent 257.50 euros`: the two sentences tell these three amounts and no other.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.binding.products.places import counts_things
from pipeline.binding.products.rates import Rate
from pipeline.binding.scene import Scene, operand
from pipeline.binding.slipped import slips
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.rulebook.scales import scales

_OF_EACH = re.compile(r"\b(?:average|averag\w+|each|every|per|a head|apiece)\b")
_OTHER = re.compile(
    r"\b(?:norms?|standards?|targets?|should|must|planned|ceiling|limit|minimum|maximum|at least|at most|up to|compared"
    r"|against|than|previous|former|last year|national|allowed|range|some of|remaining|respectively|except|excluding"
    r"|plus|another|further|additional|from|rose|fell|grew|increas\w*|decreas\w*)\b"
)
_WILD = Fraction(3, 2)


def told(scene: Scene, rate: Rate) -> Relation | None:
    """The product, if the two sentences hold nothing else; one that is far off only where a slip explains it."""
    number = scene.claims[rate.claim].sentence
    if not rate.sure or len(rate.row) > 1 or number == 0:
        return None
    if scene.sentences[number - 1].paragraph != scene.sentences[number].paragraph:
        return None
    span = scene.sentences[number]
    said = scene.report.view[scene.sentences[number - 1].start : span.end].lower()
    if not _OF_EACH.search(scene.report.view[span.start : span.end].lower()) or _OTHER.search(said):
        return None
    here = [n for n in scene.by_sentence[number] if n != rate.claim]
    before = list(scene.by_sentence[number - 1])
    if len(here) + len(before) != 2 or len(before) == 0:
        return None
    counts = [n for n in (*here, *before) if _is_count(scene, rate, n)]
    totals = [n for n in before if n not in counts and _is_total(scene.claims[n].figure, rate.figure)]
    if len(counts) != 1 or len(totals) != 1:
        return None
    operands = (
        replace(operand("rate", scene.claims[rate.claim]), figure=replace(rate.figure, per="")),
        operand("count", scene.claims[counts[0]]),
        operand("total", scene.claims[totals[0]]),
    )
    why = f"two sentences tell a figure per {rate.per or 'thing'}, the number of them and what they make, and no more"
    relation = Relation("product", operands, "neighbour", "high", "product.told-before", why)
    made = rate.figure.number.value * scene.claims[counts[0]].figure.number.value
    whole = scene.claims[totals[0]].figure.number.value
    near = bool(whole) and 1 / _WILD < made / whole < _WILD
    return relation if near or slips(relation, scales(scene.book)) else None


def _is_count(scene: Scene, rate: Rate, n: int) -> bool:
    figure = scene.claims[n].figure
    return _is_plain(figure) and counts_things(figure) and rate.is_counted_by(figure, scene)


def _is_total(total: Figure, one: Figure) -> bool:
    bare = not one.dimension and total.dimension == "count"
    return _is_plain(total) and (total.unit == one.unit != "" or bare)


def _is_plain(figure: Figure) -> bool:
    return figure.kind == "absolute" and figure.upper is None and figure.modifier in ("", "~") and not figure.per
