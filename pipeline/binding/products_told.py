"""A rate, a count and a total that one sentence tells by their names and no other figure → product, agreeing or not.

`A total of 1,260 nurses work in 42 wards, an average of 30 nurses per ward`: the rate is in what the total counts, and
per what the count counts, and a word makes it an average of them or the total one of all.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.binding.rates import Rate
from pipeline.binding.scene import Scene, operand
from pipeline.model import Relation

# Words that tie the three: an average, a whole, or what it comes to at so much each.
_TIED = re.compile(r"\b(?:average|averag\w+|total|totalling|totaling|in all|altogether|worth|valued at)\b")
_FOR = re.compile(r"\bfor (?:a total of )?$")
# Words by which a rate is wanted, allowed or past, and another than that of the figures beside it.
_OTHER = re.compile(
    r"\b(?:norm|standards?|targets?|should|must|planned|ceiling|limit|minimum|maximum|at least|at most|up to|compared|"
    r"against|from|than|previous|former|last year|national|state average|allowed|entitled|capacity|range|some of|"
    r"remaining|respectively|except|excluding|plus|also|another|further|additional|increas\w*|decreas\w*|rose|fell|grew|year)\b"
)


def told(scene: Scene, rate: Rate) -> Relation | None:
    """The product of a sentence that holds this rate, its count and its total, and no other figure."""
    claim = scene.claims[rate.claim]
    others = [n for n in scene.by_sentence[claim.sentence] if n != rate.claim]
    span = scene.sentences[claim.sentence]
    said = scene.report.view[span.start : span.end].lower()
    if len(others) != 2 or not rate.sure or len(rate.row) > 1 or _OTHER.search(said):
        return None
    counts = [n for n in others if rate.per and scene.claims[n].figure.unit in (rate.per, rate.noun)]
    totals = [n for n in others if scene.claims[n].figure.unit == rate.figure.unit != ""]
    if len(counts) != 1 or len(totals) != 1 or counts == totals:
        return None
    count, total = counts[0], totals[0]
    figures = [scene.claims[n].figure for n in (rate.claim, count, total)]
    if any(f.modifier or f.upper is not None for f in figures) or any(f.kind == "percent" for f in figures):
        return None
    before = said[: scene.claims[total].figure.start - span.start]
    apposed = rate.claim - 1 == max(others) and scene.between(max(others), rate.claim).strip() == ","
    if not apposed and not _TIED.search(said) and not (total > rate.claim and _FOR.search(before)):
        return None
    operands = (
        replace(operand("rate", claim), figure=rate.figure),
        operand("count", scene.claims[count]),
        operand("total", scene.claims[total]),
    )
    reason = f"one sentence tells a figure per {rate.per}, the number of them and what they make"
    return Relation("product", operands, "sentence", "high", rate.rule, reason)
