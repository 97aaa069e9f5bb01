"""Bare whole numbers of things that a sentence names as its subject are counts: `Enterprises increased by 9 to 87`."""

from __future__ import annotations

from dataclasses import replace

from pipeline.binding.comparisons.leading import Group
from pipeline.binding.scene import Scene
from pipeline.model import Figure, Operand
from pipeline.patterns import lazy

_NUMBER_OF = lazy(r"\b(?:number|count) of [a-z-]+\b")
_LEADING = lazy(r"(?:(?:in|at|by|during|since) [^,]{1,40}, )?(?:the |our |its |their )?")
_NOUN_ENDS = lazy(r" (?:above|below|of|in|with|at|for|from|on|under|that|which|who|over|to|has|have|had|were|was)\b")
_THINGS = lazy(r"[a-z-]*[a-rt-z]s")
# Plurals of what is measured, not counted: they are rounded like any amount.
_AMOUNTS = frozenset(
    "sales earnings revenues profits exports imports prices costs expenses deposits loans assets reserves receipts "
    "payments taxes wages deliveries shipments investments stocks points yields rates returns levels emissions "
    "holdings savings funds premiums volumes ratios scores averages margins results proceeds gains takings incomes "
    "fees rents liabilities outlays grants subsidies debts inflows outflows remittances contributions terms "
    "temperatures".split()
)


def one_by_one(scene: Scene, group: Group, operands: tuple[Operand, ...]) -> tuple[Operand, ...]:
    """The operands of a comparison as counts, where its bare whole numbers count the things that it is said of."""
    if "change" not in group.heads or "percent" in group.heads:
        return operands
    figures = [o.figure for o in operands]
    if not all(figure is not None and _is_bare(figure) for figure in figures) or not _is_of_things(scene, group):
        return operands
    return tuple(replace(o, figure=replace(o.figure, discrete=True)) for o in operands if o.figure is not None)


def _is_bare(figure: Figure) -> bool:
    number = figure.number
    return figure.kind == "absolute" and not figure.unit and number.step == 1 and number.manner == "digits"


def _is_of_things(scene: Scene, group: Group) -> bool:
    """Whether a sentence is said of things: of a number of them, or its first noun is a plural of what is counted."""
    cue = group.cues["change"]
    sentence = scene.sentences[scene.claims[group.first].sentence]
    lead = scene.report.view[sentence.start : cue.start].lower()
    if _NUMBER_OF.search(lead) is not None:
        return True
    said = lead[_LEADING.match(lead).end() :]  # type: ignore[union-attr]
    words = _NOUN_ENDS.split(said, maxsplit=1)[0].split()
    return bool(words) and _THINGS.fullmatch(words[-1]) is not None and words[-1] not in _AMOUNTS
