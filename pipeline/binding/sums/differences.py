"""A figure said to be the difference of two others → sum: `balances of 25, the difference between 438 and 413`.

Words name all three: `the difference between A and B`, `A less B`, `imports exceeded exports by C`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.binding.scene import Scene, operand
from pipeline.binding.slipped import slips
from pipeline.formulas import agreement
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_BETWEEN = lazy(r"\b(?:difference|gap|margin) between [^.;:]{0,60}$")
_AND = lazy(r"[^.;:]{0,60}\band\b[^.;:]{0,60}")
_IS = lazy(r"[^.;:]{0,30}(?:\b(?:is|was|being|of|amounts? to|came to)\b|[,:])[^.;:]{0,20}")
_LESS = lazy(r"^[^.;:]{0,40}\b(?:less|minus|net of)\b[^.;:]{0,60}$")
_BEING = lazy(r",\s*(?:being|that is|i\.e\.,?|which is|equal to|representing)\b[^.;:]{0,60}$")
_MORE = lazy(r"^[^.;:]{0,30}\b(?:exceed(?:s|ed|ing)?|surpass(?:es|ed)?)\b[^.;:]{0,60}$")
_SPENT_LESS = lazy(r"\b(under|over)-?\s?spend(?:ing)? of $")
_BUDGET = lazy(r"\b(?:budget|allocation|provision|appropriation)\b[^.;:]{0,40}$")
_SPENT = lazy(r"\b(?:spen[dt]|spending|expenditure|outturn|costs?)\b[^.;:]{0,60}$")
_THIS = lazy(r"\b(?:this|that) (increase|rise|growth|decrease|fall|decline|reduction|drop) of $")
_TO = lazy(r"[^.;:,]{0,30}\bto\b ?[^.;:,]{0,10}")
_LESS_THAN_ALL = lazy(r";|\b(?:of which|including|excluding)\b")
_BELOW = r"(?:loss|deficit|shortfall|outflow|disinvestment)"
_ABOVE = r"(?:gain|profit|surplus|inflow|investment)"
_LOST = lazy(rf"\bfrom an? (?:[a-z]+ ){{0,2}}{_BELOW} of $")
_GAINED = lazy(rf"\b(?:to|into) an? (?:[a-z]+ ){{0,2}}{_ABOVE} of $")
_BETTER = lazy(r"\b(?:improvement|turnaround|swing|increase|change|difference|rise) of $")
_BETTER_BEHIND = lazy(r"\s*(?:improvement|turnaround|swing|increase|change|difference|rise)\b")
_VOTES = lazy(r"(?: votes?)? (?:to|against) ")
_MAJORITY = lazy(
    r"(?: votes?| with [^,;.]{0,30})?, (?:with |by )?an? (?:[a-z]+ )?(?:majority|margin|lead|plurality) of "
)
_EXCEEDS = lazy(r"\b(?:exceed(?:s|ed|ing)?|surpass(?:es|ed)?)\b[^.;:]{0,40}\bby $")


def bind(scene: Scene) -> Iterator[Relation]:
    """All differences of a report that one sentence names with what they are of."""
    for claims in scene.by_sentence:
        for first in claims:
            if first + 1 not in claims:
                continue
            relation = _between(scene, claims, first) or _exceeding(scene, claims, first) or _less(scene, claims, first)
            if relation is not None:
                yield relation
        for total in claims:
            relation = _underspent(scene, total) or _this_change(scene, claims, total) or _turned(scene, claims, total)
            relation = relation or _majority(scene, claims, total)
            if relation is not None:
                yield relation


def _underspent(scene: Scene, total: int) -> Relation | None:
    """`The budget is A. Expenditure is put at B, an underspend of T`: the two nearest figures, each by its name."""
    said = _SPENT_LESS.search(_lead(scene, total))
    if said is None or total < 2 or not scene.same_section(total - 2, total):
        return None
    pair = (total - 2, total - 1)
    if scene.claims[total].sentence - scene.claims[pair[0]].sentence > 1:
        return None
    budget = [c for c in pair if _BUDGET.search(_lead(scene, c))]
    spent = [c for c in pair if c not in budget and _SPENT.search(_lead(scene, c))]
    if len(budget) != 1 or len(spent) != 1:
        return None
    first, second = (budget[0], spent[0]) if said[1] == "under" else (spent[0], budget[0])
    relation = _difference(scene, total, first, second)
    # The budget may be of more than what was spent so far: a slip of the pen tells.
    agrees = relation is not None and agreement(relation, scales(scene.book)) == "strict"
    return relation if relation is not None and (agrees or slips(relation, scales(scene.book))) else None


def _this_change(scene: Scene, claims: range, total: int) -> Relation | None:
    """`Debt was A, as against B a year before; C of this increase of T`: what `this` points to is the two before."""
    said = _THIS.search(_lead(scene, total))
    priors = [c for c in claims if c < total and "prior" in scene.roles(c, "growth")]
    if said is None or len(priors) != 1:
        return None
    prior = priors[0]
    level = prior + 1 if _TO.fullmatch(scene.between(prior, prior + 1)) else prior - 1
    if level not in claims or level >= total or _LESS_THAN_ALL.search(scene.between(*sorted((level, prior)))):
        return None
    grown = scene.claims[level].figure.number.value > scene.claims[prior].figure.number.value
    if grown != (said[1] in ("increase", "rise", "growth")):
        return None
    return _difference(scene, total, *((level, prior) if grown else (prior, level)))


def _majority(scene: Scene, claims: range, total: int) -> Relation | None:
    """`Carried by 318 votes to 204, a majority of 114`"""
    first, second = total - 2, total - 1
    if first not in claims or not _VOTES.fullmatch(scene.between(first, second)):
        return None
    if not _MAJORITY.fullmatch(scene.between(second, total)):
        return None
    figures = [scene.claims[c].figure for c in (total, first, second)]
    bare = all(f.dimension in ("", "count") and f.kind == "absolute" and f.number.step == 1 for f in figures)
    if not bare or any(f.modifier or f.upper is not None for f in figures):
        return None
    pair = sorted((first, second), key=lambda c: -scene.claims[c].figure.number.value)
    operands = (
        operand("total", scene.claims[total]),
        *(operand(r, scene.claims[c]) for r, c in zip(("part", "less"), pair, strict=True)),
    )
    return Relation("sum", operands, "sentence", "high", "sum.majority", "words name by how many the one vote led")


def _turned(scene: Scene, claims: range, total: int) -> Relation | None:
    """`From a deficit of A in 2011 to a surplus of B in 2012, an improvement of T`: nought lies between the two."""
    loss, gain = total - 2, total - 1
    if loss not in claims or not _LOST.search(_lead(scene, loss)) or not _GAINED.search(_lead(scene, gain)):
        return None
    if not _BETTER.search(_lead(scene, total)) and not _BETTER_BEHIND.match(scene.after(total)):
        return None
    figures = [scene.claims[c].figure for c in (total, loss, gain)]
    if any(f.modifier or f.upper is not None or f.unit != figures[0].unit or f.kind != "absolute" for f in figures):
        return None
    operands = (operand("total", scene.claims[total]), *(operand("part", scene.claims[c]) for c in (loss, gain)))
    reason = "words name a turn from a loss to a gain"
    return Relation("sum", operands, "sentence", "high", "sum.turn", reason)


def _lead(scene: Scene, claim: int) -> str:
    """What is said right before a figure, from the figure before it or from where its sentence begins."""
    start = max(scene.sentences[scene.claims[claim].sentence].start, scene.claims[claim - 1].figure.end if claim else 0)
    return scene.report.view[start : scene.claims[claim].figure.start].lower()


def _between(scene: Scene, claims: range, first: int) -> Relation | None:
    """`T, being the difference between A and B`, or `the difference between A and B was T`."""
    start = scene.sentences[scene.claims[first].sentence].start
    before = scene.report.view[start : scene.claims[first].figure.start].lower()
    if not _BETWEEN.search(before) or not _AND.fullmatch(scene.between(first, first + 1)):
        return None
    # Which of the two is the larger the words leave open.
    values = [scene.claims[c].figure.number.value for c in (first, first + 1)]
    pair = (first, first + 1) if values[0] >= values[1] else (first + 1, first)
    if first - 1 in claims and _BETWEEN.search(scene.between(first - 1, first)):
        return _difference(scene, first - 1, *pair)
    if first + 2 in claims and _IS.fullmatch(scene.between(first + 1, first + 2)):
        return _difference(scene, first + 2, *pair)
    return None


def _exceeding(scene: Scene, claims: range, total: int) -> Relation | None:
    """`Imports exceeded exports by C: imports were A and exports B.`"""
    start = scene.sentences[scene.claims[total].sentence].start
    before = scene.report.view[start : scene.claims[total].figure.start].lower()
    if not _EXCEEDS.search(before) or list(claims) != [total, total + 1, total + 2]:
        return None
    return _difference(scene, total, total + 1, total + 2) if ":" in scene.between(total, total + 1) else None


def _less(scene: Scene, claims: range, first: int) -> Relation | None:
    """`T, being A less B`; `A exceeded B by T`."""
    between = scene.between(first, first + 1)
    if first - 1 in claims and _LESS.search(between) and _BEING.search(scene.between(first - 1, first)):
        return _difference(scene, first - 1, first, first + 1)
    if first + 2 in claims and _MORE.search(between) and scene.between(first + 1, first + 2).strip() == "by":
        return _difference(scene, first + 2, first, first + 1)
    return None


def _difference(scene: Scene, total: int, first: int, second: int) -> Relation | None:
    """One figure less another, if all three are plain figures of one unit."""
    figures = [scene.claims[c].figure for c in (total, first, second)]
    if any(f.modifier or f.upper is not None or f.kind != "absolute" for f in figures):
        return None
    if len({f.unit for f in figures}) > 1 and any(f.dimension not in ("count", "") for f in figures):
        return None
    operands = (
        operand("total", scene.claims[total]),
        operand("part", scene.claims[first]),
        operand("less", scene.claims[second]),
    )
    reason = "words name a difference and what it lies between"
    return Relation("sum", operands, "sentence", "high", "sum.difference", reason)
