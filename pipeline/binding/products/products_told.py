"""A rate, a count and a total that words tell by their names and no other figure → product, agreeing or not.

`A total of 1,260 nurses work in 42 wards, an average of 30 nurses per ward`: the rate is in what the total counts, and
per what the count counts, and a word makes it an average of them or the total one of all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.binding.products.rates import Rate
from pipeline.binding.scene import Scene, operand
from pipeline.binding.words import stem
from pipeline.model import Figure, Relation

# Words that tie the three: an average, a whole, or what it comes to at so much each.
_TIED = re.compile(r"\b(?:average|averag\w+|total|totalling|totaling|in all|altogether|worth|valued at)\b")
_FOR = re.compile(r"\bfor (?:a total of )?$|\b(?:with|giving|making|for) an? (?:[a-z]+ ){1,2}of $")
_OPENS = re.compile(r"\W*(?:each|the ([a-z]+)) ")
_PAYING = re.compile(
    r",? (?:paying|costing|earning|raising|bringing in|"
    r"which (?:brings in|brought in|makes|made|comes to|came to|cost)) $"
)
_EACH = frozenset(("", "each", "unit"))
# Words by which a rate is wanted, allowed or past, and another than that of the figures beside it.
_OTHER = re.compile(
    r"\b(?:norm|standards?|targets?|should|must|planned|ceiling|limit|minimum|maximum|at least|at most|up to|compared|"
    r"against|from|than|previous|former|last year|national|state average|allowed|entitled|capacity|range|some of|"
    r"remaining|respectively|except|excluding|plus|also|another|further|additional|increas\w*|decreas\w*|rose|fell|grew|year)\b"
)


def told(scene: Scene, rate: Rate) -> Relation | None:
    """The product of a sentence that holds this rate, its count and its total, and no other figure.

    `4,200 villages entered the plan. Each received 150,000 Yuan, 630 million Yuan in total`: what `each` is counted by
    may be the one figure of the sentence before.
    """
    claim = scene.claims[rate.claim]
    others = [n for n in scene.by_sentence[claim.sentence] if n != rate.claim]
    span = scene.sentences[claim.sentence]
    said = scene.report.view[span.start : span.end].lower()
    if not rate.sure or len(rate.row) > 1 or _OTHER.search(said):
        return None
    opened = _OPENS.match(said) if len(others) == 1 else None
    each = opened is not None and opened[1] is None
    if opened is not None:
        before = _alone_before(scene, claim.sentence)
        named = opened[1] is None or any(stem(opened[1]) == stem(scene.claims[n].figure.unit) for n in before)
        others = [*(before if named else ()), *others]
    if len(others) != 2:
        return None
    counts = [n for n in others if rate.per and scene.claims[n].figure.unit in (rate.per, rate.noun)]
    if not counts and (each or rate.per in _EACH):
        counts = [n for n in others if n == rate.claim - 1 and scene.claims[n].figure.dimension == "count"]
    totals = [n for n in others if n not in counts and _is_in_its_unit(scene, n, rate)]
    if len(counts) != 1 or len(totals) != 1 or counts == totals:
        return None
    count, total = counts[0], totals[0]
    if any(not _is_plain(scene.claims[n].figure, hedged=n == rate.claim) for n in (rate.claim, count, total)):
        return None
    if not _are_tied(scene, rate.claim, others, total):
        return None
    operands = (
        replace(operand("rate", claim), figure=rate.figure),
        operand("count", scene.claims[count]),
        operand("total", scene.claims[total]),
    )
    reason = f"words tell a figure per {rate.per or 'thing'}, the number of them and what they make, and nothing else"
    return Relation("product", operands, scene.scope_of(rate.claim, count, total), "high", rate.rule, reason)


def _is_in_its_unit(scene: Scene, n: int, rate: Rate) -> bool:
    """Whether a figure is in the unit of the rate; people may be a population, told as a bare number at the end."""
    figure = scene.claims[n].figure
    bare = not figure.dimension and rate.figure.unit == "person" and n > rate.claim and figure.number.step == 1
    return not figure.per and (figure.unit == rate.figure.unit != "" or bare)


def _alone_before(scene: Scene, number: int) -> range:
    """The figure of the sentence before, where it tells of one only."""
    alone = number > 0 and len(scene.by_sentence[number - 1]) == 1
    same = number > 0 and scene.sentences[number - 1].section == scene.sentences[number].section
    return scene.by_sentence[number - 1] if alone and same else range(0)


def _is_plain(figure: Figure, *, hedged: bool) -> bool:
    return figure.modifier in (("", "~") if hedged else ("",)) and figure.upper is None and figure.kind != "percent"


def _are_tied(scene: Scene, rate: int, others: Sequence[int], total: int) -> bool:
    """Whether a word makes the rate an average, or the total one of all; or the rate stands right behind the two."""
    span = scene.sentences[scene.claims[rate].sentence]
    said = scene.report.view[span.start : span.end].lower()
    if rate - 1 == max(others) and scene.between(rate - 1, rate).strip() == ",":
        return True
    behind = scene.between(rate, total) if total > rate else ""
    return any(words is not None for words in (_TIED.search(said), _FOR.search(behind), _PAYING.search(behind)))
