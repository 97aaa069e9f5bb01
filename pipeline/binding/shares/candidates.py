"""Where the part and the whole of a share are sought: by its words, close before and behind, in the sentences before.

It proposes figures, best-licensed first; `shares` chooses between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.binding.charity import UNSAID
from pipeline.binding.ledger import Ledger, plain
from pipeline.binding.scene import Candidate, Scene, countable, same_measure
from pipeline.binding.shares import (
    far_shares,
    of_another,
    shares_told,
    slipped_shares,
    standing,
)
from pipeline.binding.shares.slipped_shares import share
from pipeline.binding.sums import runs
from pipeline.model import Confidence, Cue, Figure
from pipeline.patterns import lazy

_ALL_THREE = 3
_OF_THE_WHOLE = lazy(r"\W*of (?:the (?:total|whole|sum|amount|number)|it|them|this|these|all)\b")
_OF_ALL_OF_THEM = lazy(
    r"\s*of (?:the (?:total|whole)|all of them|all|them|all (?:the |these |those )?[a-z]+)\s*(?:[.,;)]|$)"
)
_TOGETHER = lazy(
    r"\b(?:together|combined|jointly|between them|in all|altogether|in total|taken together|the two|both)\b"
)
_AMBIENT = slipped_shares.AMBIENT
# `170,000 shares, which, with those that it owns, give it 50.5% of all`
_ADDED_TO = lazy(
    r"\b(?:with|plus|added to|on top of|combined with|besides) (?:the|his|her|its|their|those|these|what)\b"
)
_POINTS = lazy(r"\W*(?:this|that|these|those|it|they|which|such|or|i\.e\.|equal|equivalent|representing|thus)\b")
_OWN_WHOLE = lazy(r"\s*(?:of|out of)\s+(?:(?:the|these|all|its|their|a total of)\s+)?\d")
# `150 contracts; 45 of them, or 35 percent, …`: what they are taken out of was said right before.
_OF_THEM = lazy(r"\s*of (?:them|these|those|which|whom)\b")
# `$2.8 million, half of it owed by three firms`: the figure right before is the whole, and the part goes untold.
_OF_IT_OTHERS = lazy(r"\s*of (?:it|them|this|these|which|whom) [a-z]")
_APPOSED = lazy(r"\s*,?\s*(?:about|some|nearly|almost|over|more than|roughly)?\s*")
_ANOTHER = lazy(r"[;；]|\b(?:remaining|rest|others?|another|further|balance)\b")
_AND = lazy(r"\band\b")
# Figures looked back at for the part.
_FARTHEST = 24
_MAX_WORDS, _BESIDE = 30, 4
_BACK_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure for a role with its tier; `tier` is `UNSAID` or more where it counts only if it agrees."""

    claim: int
    tier: int


def candidates_of(scene: Scene, ledger: Ledger, percent: int, cue: Cue) -> Iterator[Candidate]:
    yield from _in_full(scene, percent)
    unsaid = UNSAID if cue.rule == _AMBIENT else 0
    for part in _parts(scene, percent, cue):
        for whole in _wholes_of(scene, ledger, percent, part.claim, cue):
            tier = part.tier + whole.tier + unsaid
            if tier < UNSAID or (_fine(scene, part.claim) and _fine(scene, whole.claim)):
                yield candidate(scene, (part.claim,), whole.claim, percent, cue, tier)
    if unsaid:
        for part_claim, whole_claim in far_shares.of_subject(scene, ledger, percent):
            yield candidate(scene, (part_claim,), whole_claim, percent, cue, UNSAID + 2)
        if not far_shares.meant(scene, percent, cue):
            return
    for part_claim, whole_claim in shares_told.out_of(scene, percent):
        yield candidate(scene, (part_claim,), whole_claim, percent, cue, 0)
    for parts, tier in _several(scene, percent):
        for whole in _wholes_of(scene, ledger, percent, parts[0], cue):
            if whole.claim not in parts:
                yield candidate(scene, parts, whole.claim, percent, cue, tier + whole.tier)
    for part_claim, whole_claim in far_shares.of_amounts(scene, ledger, percent, cue):
        yield candidate(scene, (part_claim,), whole_claim, percent, cue, UNSAID + 2)


def _in_full(scene: Scene, percent: int) -> Iterator[Candidate]:
    """`315 million of the 2.1 billion allotted, or 51 percent`: one phrase names all three."""
    for role, cue in scene.cues_of.get(percent, ()):
        if cue.kind != "share" or not cue.frame or role != "percent":
            continue
        roles = dict(cue.roles)
        part, whole = scene.claims[roles["part"]], scene.claims[roles["whole"]]
        if "prior" in scene.roles(roles["part"], "growth") or not plain(scene, roles["part"]):
            continue  # `rose to $742 million from $689 million, representing 58% of revenue of $1,285 million`
        if roles["part"] < roles["whole"] and _AND.search(scene.between(roles["part"], roles["whole"])):
            continue  # `The budget was 9.60 million and the sum of 10.12 million came in, which is 105.4%`
        # `24% of the cultivated area (7,850 ha)`: a whole behind a percent is named by the words between.
        said = percent < roles["whole"] or of_another.may_be_of(scene, percent, roles["whole"])
        beside = scene.words_between(roles["part"], roles["whole"]) <= _BESIDE
        if said and _may_be_in_full(part.figure, whole.figure, beside) and same_measure(part, whole):
            found = candidate(scene, (roles["part"],), roles["whole"], percent, cue, 0)
            yield replace(found, outright=True)


def _may_be_in_full(part: Figure, whole: Figure, beside: bool) -> bool:
    """Whether an amount may be a part of another: the smaller, neither a bound; of money a bare number beside."""
    money = whole.dimension == "money" and part.dimension != "money" and not beside
    return part.number.value < whole.number.value and not (part.modifier or whole.modifier or money)


def candidate(scene: Scene, parts: Sequence[int], whole: int, percent: int, cue: Cue, tier: int) -> Candidate:
    confidence: Confidence = "high" if tier == 0 else "medium" if tier < UNSAID else "low"
    relation = share(scene, parts, whole, percent, cue, confidence)
    return Candidate(relation, tier, tuple(sorted((*parts, whole, percent))))


def _fine(scene: Scene, claim: int) -> bool:
    """Whether a figure is counted or printed finely enough for its agreement to say something."""
    figure = scene.claims[claim].figure
    return figure.discrete or figure.number.value >= figure.number.step * 10


def _parts(scene: Scene, percent: int, cue: Cue) -> Iterator[_Place]:
    """The figures that may be the part: the one the cue names, then before, behind, a sentence back."""
    named = [ref for role, ref in cue.roles if role == "part" and ref >= 0]
    whole = {ref for role, ref in cue.roles if role == "whole"}
    # `compared with 92.2 million (9.0 percent)`: what was before has no share of its own, but where it agrees.
    yield from (_Place(claim, UNSAID * ("prior" in scene.roles(claim, "growth"))) for claim in named)
    rank = 1 if named else 0
    sentence = scene.by_sentence[scene.claims[percent].sentence]
    if percent - 1 in sentence and _OF_IT_OTHERS.match(scene.after(percent)):
        whole |= {percent - 1} if _APPOSED.fullmatch(scene.between(percent - 1, percent)) else set()
    for claim in range(percent - 1, max(sentence.start, percent - _FARTHEST) - 1, -1):
        if (
            claim in named
            or claim in whole
            or not plain(scene, claim, part=True)
            or scene.words_between(claim, percent) > _MAX_WORDS
            or standing.is_base_of(scene, claim - 1, claim)
        ):
            continue
        # `India and China each accounting for 15%`: whose 15 % it is no single figure before it says. Nor is a whole of
        # another percent a part: `38% of the 6,200 of the region and 2% of the 109,000 of the country`.
        other = "each" in scene.between(claim, percent).split() or standing.is_whole_of_another(scene, claim, percent)
        other = other or standing.is_of_another_time(scene, claim, percent)
        other = other or _ADDED_TO.search(scene.between(claim, percent)) is not None
        other = other or "prior" in scene.roles(claim, "growth")  # `120,400, against 115,900; the rate was 4.3%`
        yield _Place(claim, rank + UNSAID * other)
        rank += 1
        if rank > 2:
            break
    for claim in range(percent + 1, min(percent + 3, sentence.stop)):
        # `40% of the cost of 2.6 million; the remaining 1.56 million`
        if _ANOTHER.search(scene.between(claim - 1, claim)):
            break
        # `36% of the 250 seats here and 22 of the 60 seats there`: what has a whole of its own is no part of this one.
        if whole and _OWN_WHOLE.match(scene.after(claim)):
            break
        # `3,400, 4.5% of the total; 2,290 of them`
        apart = rank and shares_told.OF_THEM.match(scene.after(claim)) is not None
        if claim not in named and claim not in whole and not apart and plain(scene, claim, part=True):
            yield _Place(claim, rank + 1)
    if named or cue.rule == _AMBIENT:
        return
    number = scene.claims[percent].sentence
    if not number or scene.sentences[number].section != scene.sentences[number - 1].section:
        return
    # `144 export. Some 48% of them …`: they are the 144, which are no part of it.
    told = rank == 0 and shares_told.OF_THEM.match(scene.after(percent)) is None
    start = scene.sentences[number].start
    back = 2 if told and _POINTS.match(scene.report.view[start : start + 40].lower()) else UNSAID
    for claim in reversed(scene.by_sentence[number - 1]):
        if plain(scene, claim, part=True):
            yield _Place(claim, back)
            back += 1


def _wholes_of(scene: Scene, ledger: Ledger, percent: int, part: int, cue: Cue) -> Iterator[_Place]:
    """The figures that may be the whole: the one the cue names, else larger ones of the same measure before."""
    named = [ref for role, ref in cue.roles if role == "whole" and ref >= 0]
    both = any(role == "part" and ref == part for role, ref in cue.roles)
    for claim in named:
        above = scene.claims[part].figure.number.value >= scene.claims[claim].figure.number.value
        if claim > percent and _AND.search(scene.between(percent, claim)):
            continue  # 40% of the funds, and the five southern counties 35%
        amount = scene.claims[claim].figure.upper is None and scene.claims[claim].figure.dimension != "time"
        alike = countable if both and len(cue.roles) == _ALL_THREE else same_measure
        # `412 kt at a grade of 1.52 g/t`: what is told by each is no whole.
        amount = amount and (scene.claims[claim].figure.kind != "rate" or scene.claims[part].figure.kind == "rate")
        if claim != part and amount and alike(scene.claims[claim], scene.claims[part]) and (both or not above):
            yield _Place(claim, 0)
    # `Of the 250 delegates, 85 were women, accounting for 34%`: the words that take a part out of a whole name both.
    taken = {
        w
        for r, c in scene.cues_of.get(part, ())
        if c.kind == "subset" and r == "part"
        for o, w in c.roles
        if o == "whole"
    }
    if shares_told.INTEREST.search(scene.report.view[slice(*scene.clause_of(percent))].lower()):
        taken = set()  # of which 500 bear interest at the rate of 5 per cent
    # `262 million, of which 118 million was for repairs, took 5.4% of revenue`: the words name another whole.
    named_by = frozenset[str]() if named else far_shares.meant(scene, percent, cue)
    if named_by:
        taken = {claim for claim in taken if named_by & ledger.named(claim)}
    # A whole that no words name is taken only where it agrees, unless they say `of the total` or `of it`.
    rank = 1 if named or _OF_THE_WHOLE.match(scene.after(percent)) else UNSAID
    number = scene.claims[percent].sentence
    value = abs(scene.claims[part].figure.number.value)
    first = max(0, number - _BACK_SENTENCES)
    seen, pointed_at = 0, False
    sole = _sole_of_its_name(scene, percent, part, first)
    for claim in range(scene.by_sentence[number].stop - 1, scene.by_sentence[first].start - 1, -1):
        other = scene.claims[claim]
        if (
            claim in (part, percent)
            or claim in named
            or not plain(scene, claim)
            or not scene.same_section(claim, percent)
        ):
            continue
        size = abs(other.figure.number.value)
        if size < value or (size == value and other.figure.unit == scene.claims[part].figure.unit):
            continue
        if not same_measure(other, scene.claims[part]):
            # `212 orders …, the work of 131 cases`: two names may be one thing, words do not say so.
            if countable(other, scene.claims[part]):
                yield _Place(claim, UNSAID + 1)
            continue
        # `347,200, up from 285,400 … 142,300 of them`: what was, or ought to be, is no whole of what is.
        # `109,520 (92.5%) … 101,824, or 86.0% of the total`: what is a share itself is no total; nor is what was spent
        # the whole of what it left.
        told = claim not in taken and (standing.is_a_share(scene, claim) or standing.leaves(scene, claim, part))
        shared_out = other.sentence == number and standing.is_shared_out(scene, claim) and claim < part
        if (told and not shared_out) or runs.aimed(scene, claim):
            yield _Place(claim, UNSAID + 1)
            continue
        pointed = claim < part and not pointed_at and shares_told.points_back(scene, part, percent, claim)
        pointed_at = pointed_at or pointed
        # `Of the 4.3 million …, some 2.6 million (61 per cent)`: what a sentence opens with is shared out in it.
        opened = other.sentence == number and not named_by and (runs.is_head(scene, claim) or shared_out)
        alone = both and shares_told.is_alone(scene, part, percent, claim)
        sure = claim == sole or claim in taken or pointed or opened or alone
        yield _Place(claim, 0 if sure else rank + min(seen, 2) + number - other.sentence)
        seen += 1
        if seen > 4:
            return


def _sole_of_its_name(scene: Scene, percent: int, part: int, first: int) -> int | None:
    """`86 counties … 70 counties are poor, 80.4% of the total`: the only larger count of these things."""
    figure = scene.claims[part].figure
    if figure.dimension != "count" or not figure.discrete or not _OF_ALL_OF_THEM.match(scene.after(percent)):
        return None
    found = [
        claim
        for claim in range(scene.by_sentence[first].start, part)
        if scene.claims[claim].figure.unit == figure.unit
        and scene.claims[claim].figure.discrete
        and scene.claims[claim].figure.number.value > figure.number.value
    ]
    return found[0] if len(found) == 1 and plain(scene, found[0]) else None


def _several(scene: Scene, percent: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """`73 under the state and 7 under the province; together they take up 62%`: parts before `together`."""
    sentence = scene.by_sentence[scene.claims[percent].sentence]
    before = [c for c in range(sentence.start, percent) if plain(scene, c)]
    if len(before) < 2 or not _TOGETHER.search(scene.between(before[-1], percent)):
        return
    for size in (2, 3):
        parts = tuple(before[-size:])
        if len(parts) == size and all(same_measure(scene.claims[parts[0]], scene.claims[p]) for p in parts):
            yield parts, size - 2
