"""A rate and its count in one sentence, and what they make in the next → product.

`Rice was grown on 860,000 hectares with a yield of 2.5 tonnes per hectare. Output came to 2.15 million tonnes.` Words
of the rules (`output`, `in all`) call the figure what is made, and neither sentence tells of another in its unit.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.binding.products.products_told import is_counted
from pipeline.binding.products.rates import Rate
from pipeline.binding.scene import Scene, operand
from pipeline.binding.slipped import slips
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_EACH_OF = lazy(r" (?:to|for|from|by|in|of) each of (?:its|the|our|their|these|those) ")
# Words by which what is made is of more, or of another time.
_OTHER = lazy(
    r"\b(?:norm|standards?|targets?|should|must|planned|ceiling|limit|minimum|maximum|at least|at most|up to|compared"
    r"|previous|former|last year|national|allowed|entitled|range|some of|remaining|respectively|except|excluding|plus"
    r"|also|another|further|additional|including|whole|other|all crops|increas\w*|decreas\w*)\b"
)
_WILD = Fraction(3, 2)


def told(scene: Scene, rate: Rate) -> Relation | None:
    """The product, agreeing or not; one that is far off is of something else, unless a slip of the pen explains it."""
    number = scene.claims[rate.claim].sentence
    if not rate.sure or len(rate.row) > 1 or number + 1 >= len(scene.sentences):
        return None
    if scene.sentences[number + 1].section != scene.sentences[number].section:
        return None
    counts = [n for n in scene.by_sentence[number] if n != rate.claim and _is_count(scene, n, rate)]
    totals = [n for n in scene.by_sentence[number + 1] if _is_made(scene, n, rate)]
    if len(counts) != 1 or len(totals) != 1:
        return None
    count, total = counts[0], totals[0]
    if not _says_all(scene, total) or any(
        _is_in_unit(scene.claims[n].figure, rate) for n in scene.by_sentence[number] if n not in (rate.claim, count)
    ):
        return None
    figures = [scene.claims[n].figure for n in (rate.claim, count, total)]
    if any(f.modifier not in ("", "~") or f.upper is not None or f.kind == "percent" for f in figures):
        return None
    spans = [scene.sentences[n] for n in (number, number + 1)]
    if any(_OTHER.search(scene.report.view[span.start : span.end].lower()) for span in spans):
        return None
    operands = (
        replace(operand("rate", scene.claims[rate.claim]), figure=rate.figure),
        operand("count", scene.claims[count]),
        operand("total", scene.claims[total]),
    )
    reason = f"a figure per {rate.per or 'thing'}, the number of them, and in the next sentence what they make"
    relation = Relation("product", operands, "neighbour", "high", rate.rule, reason)
    made, whole = rate.figure.number.value * figures[1].number.value, figures[2].number.value
    near = bool(whole) and 1 / _WILD < made / whole < _WILD
    return relation if near or slips(relation, scales(scene.book)) else None


def _is_count(scene: Scene, claim: int, rate: Rate) -> bool:
    each_of = claim == rate.claim + 1 and _EACH_OF.fullmatch(scene.between(rate.claim, claim)) is not None
    return each_of or (bool(rate.per) and is_counted(scene, claim, rate))


def _says_all(scene: Scene, claim: int) -> bool:
    """Whether words call a figure what is made or what all comes to."""
    roles = ((role, cue) for role, cue in scene.cues_of.get(claim, ()) if role == "total")
    return any(cue.kind == "sum" and cue.mode in ("made", "close") for _, cue in roles)


def _is_made(scene: Scene, claim: int, rate: Rate) -> bool:
    figure = scene.claims[claim].figure
    prior = set(scene.roles(claim, "growth", "target")) & {"prior", "target", "change"}
    return _is_in_unit(figure, rate) and not figure.per and not prior


def _is_in_unit(figure: Figure, rate: Rate) -> bool:
    return figure.unit == rate.figure.unit != "" and figure.kind == "absolute"
