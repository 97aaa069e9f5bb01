"""A rate that is paid for so many, so many times, and what that comes to: three figures that are multiplied → product.

`Meals for 1.2 million children on 180 school days at Rs. 60 a meal, an outlay of Rs. 12,960 million`: one sentence
tells these four figures and no other of their measures, and names the last for what it all comes to.
"""

from __future__ import annotations

from dataclasses import replace
from math import prod

from pipeline.binding.products.rates import Rate
from pipeline.binding.scene import Scene, operand
from pipeline.binding.slipped import one_slip_away
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_COMES_TO = lazy(
    r"\b(?:outlay|cost|costs|costing|bill|total|expenditure|expense|budget|sum|altogether|in all|payments?|revenue)\b"
)
# Before a number of days or months: how often, or how long, the rate was paid.
_SO_OFTEN = lazy(r"\b(?:on|for|over|during|in|a total of|x|×)\W*(?:all |the |each of )?$")
# What makes the total another thing than the three multiplied.
_AND_MORE = lazy(
    r"\b(?:includ\w+|plus|besides|up to|at most|average|averag\w+|remaining|some of|part of|overheads?|together with|"
    r"as well as|of which|respectively|budgeted|planned|maximum|minimum|or more|exclud\w+)\b"
)
_FIGURES = 4
_NEAR = Fraction(1, 4)
_WITHIN = 20
_OFTEN, _LEEWAY = 8, Fraction(1, 50)
_TELLING = Fraction(1, 8)


def told(scene: Scene, rate: Rate) -> Relation | None:
    """The product of a sentence with a rate, two counts and a total, if it agrees or one slip keeps it from that."""
    number = scene.claims[rate.claim].sentence
    claims = [n for n in scene.by_sentence[number] if scene.claims[n].figure.kind in ("absolute", "rate")]
    if len(claims) != _FIGURES or rate.claim not in claims[:-1] or rate.figure.dimension != "money":
        return None
    total = claims[-1]
    counts = [n for n in claims[:-1] if n != rate.claim]
    figures = [scene.claims[n].figure for n in claims]
    if any(figure.modifier not in ("", "~") or figure.upper is not None for figure in figures):
        return None
    times = [n for n in counts if _tells_how_often(scene.claims[n].figure, rate)]
    things = [n for n in counts if n not in times and _counts_things(scene.claims[n].figure)]
    whole = scene.claims[total].figure
    if len(times) != 1 or len(things) != 1 or whole.unit != rate.figure.unit or whole.per:
        return None
    start = scene.claims[times[0]].figure.start
    often = _SO_OFTEN.search(scene.report.view[max(0, start - _WITHIN) : start].lower())
    if often is None or _COMES_TO.search(scene.between(claims[-2], total) + scene.after(total)[:_WITHIN]) is None:
        return None
    operands = (
        replace(operand("rate", scene.claims[rate.claim]), figure=replace(rate.figure, per="")),
        *(operand("count", _whole(scene.claims[n])) for n in sorted(counts)),
        operand("total", scene.claims[total]),
    )
    reason = f"a figure per {rate.per or 'thing'}, for so many, so many times, and what it comes to"
    relation = Relation("product", operands, "sentence", "high", rate.rule, reason, mode="times")
    if agreement(relation, scales(scene.book)) in ("strict", "coarse"):
        return relation
    span = scene.sentences[number]
    said = scene.report.view[span.start : span.end].lower()
    if not rate.per or _AND_MORE.search(said) or any(figure.modifier for figure in figures):
        return None
    made = rate.figure.number.value * prod(scene.claims[n].figure.number.value for n in counts)
    fold = whole.number.value / made
    if any(abs(fold - many) <= _LEEWAY * many for many in range(2, _OFTEN)):
        return None  # `540 people for 30 days at $2.10 per meal` have three of them a day
    near = _NEAR < made / whole.number.value < 1 / _NEAR
    return relation if near or one_slip_away(relation, scales(scene.book), least=_TELLING) else None


def _tells_how_often(figure: Figure, rate: Rate) -> bool:
    """Whether a count is one of days or months, or of what the rate is paid by: nights, at so much a night."""
    return figure.dimension == "time" or (figure.dimension == "count" and figure.unit == rate.per)


def _whole(claim: Claim) -> Claim:
    """Six months that are paid for are six whole ones."""
    figure = claim.figure
    return replace(claim, figure=replace(figure, discrete=figure.discrete or figure.number.step == 1))


def _counts_things(figure: Figure) -> bool:
    return figure.dimension in ("count", "") and figure.kind == "absolute" and not figure.per
