"""Figures that do not agree though no slip of the pen parts them, beside others: a person may have meant those.

Words that tie figures with nothing beside them leave no other reading. Where a sentence tells of more, what is misread
is likelier than an error that no slip explains: such a relation is shown, and called no error. Nor is a price in
another currency that went the other way than the currency.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from pipeline.binding.scene import Scene, countable
from pipeline.formulas import Posed, agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales
from pipeline.slips import likely
from pipeline.slips.sought import sought

# A slip that so many figures would fit by mere coincidence explains nothing.
_BY_CHANCE = Fraction(3, 2)
# A percentage may have been copied from one that stands so many figures before it.
_REACH = 20
# Cues give a role and name no whole sentence; other rules know all the words between their figures, but for sums.
_LOOSE = "cues."
# A balance and a margin name what they are held against: exports and imports, revenue; a rest closes its list.
_NAMED = ("cues.what-they-come-to", "cues.rate-of-part", "sum.rest-behind")
_EXCHANGE = lazy(
    r"\b(?:against|to|versus|per) (?:the|one|a) (?:us |american )?(?:dollar|euro|pound|yen|yuan|franc|sterling|rouble"
    r"|ruble|rupee)\b|\bexchange rate|\b(?:appreciat|depreciat|devalu)"
)
_KINDS = frozenset(("growth", "points", "sum", "product", "share", "ratio", "target"))


def less_sure(scene: Scene, posed: Posed) -> Relation:
    """The relation, with medium confidence where nothing explains that it does not agree and others stand beside it."""
    relation = posed.relation
    if relation.kind not in _KINDS or relation.confidence != "high":
        return relation
    if _agrees_turned(scene, relation):
        why = "a price in another currency falls where the currency gains" if _is_exchange(scene, relation) else ""
    elif _is_loose(relation) and _others_may_be_meant(scene, relation):
        explained = is_pasted(scene, relation) or is_slip(posed, _BY_CHANCE)
        why = "" if explained else "other figures stand beside it, and no slip of the pen explains it"
    else:
        why = ""
    return replace(relation, confidence="medium", reason=f"{relation.reason}; {why}") if why else relation


def _is_loose(relation: Relation) -> bool:
    """Whether words leave open what is bound: cues do, and what makes up a sum, but for what has a name."""
    near = relation.scope in ("sentence", "neighbour")  # what stands farther off is bound by names
    return near and (relation.kind == "sum" or relation.rule.startswith(_LOOSE)) and relation.rule not in _NAMED


def _is_exchange(scene: Scene, relation: Relation) -> bool:
    """Whether a sentence tells what one currency is worth in another, which no word of movement can tell the way of."""
    home = scene.sentences[scene.sentence_at(relation.operands[0].start)]
    return _EXCHANGE.search(scene.low, home.start, home.end) is not None


def is_slip(posed: Posed, chance: Fraction) -> bool:
    """Whether a slip of the pen in one figure explains it, that less than so many would by chance."""
    return any(
        why.slip and why.chance < chance
        for one in sought(posed.relation, posed.scales, ranges=True)
        for why in likely(one.number, one.counted, one.wanted)
    )


def is_pasted(scene: Scene, relation: Relation) -> bool:
    """Whether the percentage that leads stands shortly before it too, and may have been taken from there."""
    for one in relation.operands:
        if one.role == "percent" and one.figure is not None:
            last = bisect_left(scene.starts, one.start)
            near = (c.figure for c in scene.claims[max(0, last - _REACH) : last])
            return any(f.unit == one.figure.unit and f.number.value == one.figure.number.value for f in near)
    return False


def _agrees_turned(scene: Scene, relation: Relation) -> bool:
    """Whether a rise for a fall is all that is wrong."""
    turned = replace(relation, direction=-relation.direction)
    return relation.direction != 0 and agreement(turned, scales(scene.book)) != "none"


def _others_may_be_meant(scene: Scene, relation: Relation) -> bool:
    """Whether the sentences of its figures tell of others that might have been meant."""
    held = {o.ref for o in relation.operands}
    numbers = {scene.sentence_at(o.start) for o in relation.operands}
    row = [scene.claims[n] for number in sorted(numbers) for n in scene.by_sentence[number]]
    own = [c for c in row if c.claim_id in held]
    return any(_is_alike(other, one) for other in row if other.claim_id not in held for one in own)


def _is_alike(other: Claim, one: Claim) -> bool:
    """Whether a figure is of a kind with one that is held; no length of time is."""
    kind = other.figure.kind
    if other.figure.dimension == "time" or kind != one.figure.kind:
        return kind == "absolute" and not other.figure.unit and one.figure.kind == "points"
    return kind == "percent" or countable(other, one)
