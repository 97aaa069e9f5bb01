"""Whether words say that a percent is of something else than the whole that it is set against."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace

from pipeline.binding import listed, words
from pipeline.binding.ledger import Ledger, stems
from pipeline.binding.scene import Scene, flat, operand, same_measure
from pipeline.binding.shares import far_shares
from pipeline.formulas import agreement
from pipeline.model import Cue, Operand, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# `60% of them` names no whole.
PRONOUNS = frozenset(("them", "these", "those", "which", "whom"))
# `In all except 4 (96.4%)`; `65 percent of the world's railways`, of which nothing was said.
_EXCEPT = lazy(r"\b(?:except|but|excluding|apart from|save)(?: for)?(?: the)? $")
_OTHER_GROUP = lazy(r"\)?\s*(?:in|of|among) the (?:[a-z]+ )?(?:control|comparison|other|placebo|second)\b")
_WHOSE = lazy(r"\W{0,3}of (?:the |an? )?([a-z]+)['’]s\b")
_OF_WHAT = lazy(
    r"\W{0,3}(?:of|out of) (?:(?:the|this|that|these|those|all|its|our|their) ){0,2}"
    r"(?P<what>(?!(?:the|its|our|their)\b)[a-z][a-z' -]{1,40})"
)
_A_TOTAL = lazy(r"\btotal (?:of )?(?:[a-z]+ )?\W?\d")
_BEFORE, _TINY = 24, 100_000
# `That is well above the minimum standard of 75 per cent.`
A_BAR = lazy(
    r"\b(?:above|below|over|under|than|within|minimum|maximum|standard|target|threshold|norm|benchmark|goal|limit|ceiling"
    r"|average|up from|down from|against)\b"
)


def is_of_another(scene: Scene, ledger: Ledger, percent: int, cue: Cue, relation: Relation) -> bool:
    """Whether words say what a percent is a part of, and the whole that does not agree is not called so:
    `29 insurers, 14 of them foreign. Only 2% of the land is arable.`"""
    if agreement(relation, scales(scene.book)) != "none" or relation.kind != "share":
        return False
    held = {o.role: o for o in relation.operands}
    if is_left_out(scene, held["part"].start):
        return True
    if _OTHER_GROUP.match(scene.after(percent)) or has_a_whole_that_agrees(scene, percent, relation):
        return True
    whole = held["whole"].figure
    if whole is not None and whole.modifier and held["whole"].start < held["part"].start:
        return True  # `nearly 100 of them … Today 22, which is just 4% of all`
    whose = _WHOSE.match(scene.after(percent))
    start = scene.sentences[scene.sentence_at(held["whole"].start)].start
    before = held["whole"].start < held["percent"].start
    if before and whose is not None and whose[1] not in scene.report.view[start : held["percent"].start].lower():
        return True
    phrases = [
        c.roles for role, c in scene.cues_of.get(percent, ()) if role == "percent" and c.kind == "share" and c.frame
    ]
    named = [ref for roles in (cue.roles, *phrases) for role, ref in roles if role == "whole" and ref >= 0]
    if any(scene.claims[ref].claim_id == held["whole"].ref for ref in named):
        return not _may_be_of_one_size(held)
    words = far_shares.meant(scene, percent, cue) - PRONOUNS
    over = bisect_left(scene.starts, held["whole"].start)
    of = _OF_WHAT.match(flat(scene.after(percent)))
    end = scene.claims[percent].figure.end
    # What the percent is said of does not name the whole as well: `35% of all spending, and 3 of the 7 million`.
    own = (end, end + of.end()) if of else (0, 0)
    return bool(words) and not words & (ledger.named(over, own) | stems(scene.claims[over].figure.unit))


def may_be_of(scene: Scene, percent: int, whole: int) -> bool:
    """Whether a percent is said of no other thing than a whole: `28 per cent of the money` is of no loans."""
    of = _OF_WHAT.match(flat(scene.after(percent)))
    if of is None or listed.collective(scene.book).match(of["what"]):
        return True
    sentence = scene.sentences[scene.claims[whole].sentence]
    about = scene.report.view[sentence.start : scene.claims[percent].figure.start]
    said = about[: sentence.end - sentence.start].lower()
    return _A_TOTAL.search(said) is not None or bool(words.stems(of["what"]) & words.stems(said))


def is_left_out(scene: Scene, start: int) -> bool:
    """Whether a figure is what is left out: `in all except 4 (96.4%)`."""
    return _EXCEPT.search(scene.report.view[max(0, start - _BEFORE) : start].lower()) is not None


def has_a_whole_that_agrees(scene: Scene, percent: int, relation: Relation) -> bool:
    """Whether another figure before is a whole that agrees: `of the 920, 903 (98%) had a test, 547 (61%) a cure`."""
    part = next(o for o in relation.operands if o.role == "part")
    first = scene.by_sentence[scene.claims[percent].sentence].start
    over = scene.claims[bisect_left(scene.starts, part.start)]
    for claim in range(bisect_left(scene.starts, part.start) - 1, first - 1, -1):
        other = scene.claims[claim]
        if other.figure.kind == "absolute" and other.figure.upper is None and same_measure(other, over):
            operands = tuple(operand("whole", other) if o.role == "whole" else o for o in relation.operands)
            if agreement(replace(relation, operands=operands), scales(scene.book)) == "strict":
                return True
    return False


def _may_be_of_one_size(held: Mapping[str, Operand]) -> bool:
    """Whether a part can be some of a whole of bare number: five states are no fifth of 1.25 billion people."""
    part, whole = held["part"].figure, held["whole"].figure
    if part is None or whole is None or part.dimension != "count":
        return True
    return part.number.value * _TINY > whole.number.value
