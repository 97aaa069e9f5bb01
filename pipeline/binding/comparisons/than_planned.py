"""A percent above or below what was planned, told in words alone, `5.3% more than estimated` → target.

The plan stands before, by another word perhaps: a sentence hoped for 180,000, and the next tells what came.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.binding.ledger import Ledger
from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.binding.slipped import one_slip_away
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Operand, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_PLANNED = (
    r"(?:estimat(?:e|ed|es)|plan|planned|budget|budgeted|forecast|forecasts|forecasted|expected|expectations?|hoped"
    r"|projected|projections?|foreseen|foresaw|anticipated|envisaged|targeted|target|scheduled|appraised)"
)
_THAN_PLANNED = lazy(
    r"\s*+(more|higher|greater|less|lower|fewer|above|below)(?: than)?(?: (?:we|they|it|he|she|had|has|have|was|were"
    r"|been|dared|to|originally|first|initially|what|the|that|its|their|our|is|at|appraisal|ever|even|could|anyone))*+ "
    rf"{_PLANNED}\b"
)
# Words that make a figure a plan, close before it: `an estimated cost of`, `we hoped for`.
_PLAN_OF = lazy(rf"\b{_PLANNED}\b(?: (?!and\b|but\b)[a-z]+)*+[^a-z0-9.;,]*+[a-z]{{0,3}}[^a-z0-9.;,]*+$")
# What stands between a level and the percent told of it, where nothing else is spoken of.
_TOLD = lazy(r"[^.;:]{0,60}?[,;(–—-] ?(?:(?:that is|i\.e\.|or|which is|this is|some|about|nearly|a full),? )*")
_PLAN = lazy(rf"{_PLANNED}|was|were|had|for|the|been")
_NO_BOUND = ("", "~")
_FAR, _WINDOW = 4, 60
_DOWN = frozenset(("less", "lower", "fewer", "below"))
_LARGEST = Fraction(3)
# How much may be left to chance where a slip explains it: with the plan in the sentence before, and farther off.
_NEAR, _APART = Fraction(1), Fraction(1, 4)


def targets(scene: Scene, number: int) -> Iterator[Relation]:
    """The percents of a sentence that are said to be above or below a plan, with what came and what was planned."""
    claims = scene.by_sentence[number]
    for claim in claims:
        figure = scene.claims[claim].figure
        if figure.kind != "percent" or figure.upper or claim == claims.start:
            continue
        than = _THAN_PLANNED.match(scene.after(claim))
        level = claim - 1
        if than is None or not _may_be(scene, level) or _TOLD.fullmatch(scene.between(level, claim)) is None:
            continue
        plan = _plan(scene, number, level)
        if plan is None:
            continue
        operands = (
            operand("level", scene.claims[level]),
            _planned(scene, plan),
            operand("percent", scene.claims[claim]),
        )
        relation = Relation(
            "target",
            operands,
            scene.scope_of(level, plan, claim),
            "high",
            "target.than-planned",
            "a percent is told of a figure and what was planned",
            -1 if than[1] in _DOWN else 1,
            "excess",
        )
        sizes = scales(scene.book)
        least = _NEAR if relation.scope in ("sentence", "neighbour") else _APART
        if agreement(relation, sizes) != "none" or (
            _is_meant(scene, level, plan) and one_slip_away(relation, sizes, least=least)
        ):
            yield relation


def _may_be(scene: Scene, claim: int, modifiers: tuple[str, ...] = ("",)) -> bool:
    figure = scene.claims[claim].figure
    return (
        figure.kind == "absolute" and figure.upper is None and figure.modifier in modifiers and figure.number.value > 0
    )


def _planned(scene: Scene, plan: int) -> Operand:
    """A plan as what is set against: `estimated at 14.2 million` is 14.2 million there."""
    found = operand("target", scene.claims[plan])
    return replace(found, figure=replace(scene.claims[plan].figure, modifier=""))


def _plan(scene: Scene, number: int, level: int) -> int | None:
    """The one figure of the level's measure, a little before, that words call a plan; the same thing's if far off."""
    section = scene.sentences[number].section
    for n in range(number, max(number - _FAR, -1), -1):
        if scene.sentences[n].section != section:
            return None
        found = [
            c for c in scene.by_sentence[n] if c < level and _may_be(scene, c, _NO_BOUND) and _is_plan(scene, c, level)
        ]
        if found:
            near = n >= number - 1
            return found[0] if len(found) == 1 and (near or _alike(scene, level, found[0])) else None
    return None


def _is_meant(scene: Scene, level: int, plan: int) -> bool:
    """Whether what came is what was planned, whatever the figures are: both of one name, or of things that are counted.

    `Spending was budgeted at $310 million. Revenue was $296 million, 8% less than forecast` tells of two things.
    """
    counted = all(scene.claims[n].figure.dimension in ("count", "") for n in (level, plan))
    return counted or _alike(scene, level, plan)


def _alike(scene: Scene, level: int, plan: int) -> bool:
    ledger = scene.once(Ledger)
    said = [{word for word in ledger.subject(n) if not _PLAN.fullmatch(word)} for n in (level, plan)]
    return bool(said[0] & said[1])


def _is_plan(scene: Scene, claim: int, level: int) -> bool:
    if not same_measure(scene.claims[claim], scene.claims[level]):
        return False
    low, high = sorted(scene.claims[n].figure.number.value for n in (claim, level))
    start = scene.claims[claim].figure.start
    sentence = scene.sentences[scene.claims[claim].sentence].start
    before = scene.report.view[max(sentence, start - _WINDOW) : start].lower()
    planned = "target" in scene.roles(claim, "target") or _PLAN_OF.search(before) is not None
    return planned and high <= low * _LARGEST
