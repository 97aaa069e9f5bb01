"""A few things, and what became of each of them: `nine recommendations. Four were carried out, three in part, two not.`

Numbers so small come together by chance; the words must lead from one to the other: the list opens the sentence behind
the counted things, none of its numbers has a noun of its own, and it is closed by the end of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.binding.scene import Scene, counted_alike, operand
from pipeline.binding.sums.runs import is_head
from pipeline.fraction import Fraction
from pipeline.model import Confidence, Relation
from pipeline.patterns import lazy

_OPENS = lazy(r"\W*(?:of (?:these|them|those|which)\W*)?(?:some |about )?")
_JOINT = lazy(r"[,;]|\band\b")
_CLOSED = lazy(r"\band\b")
# What things have, or are a part of others, they may be at once.
_AT_ONCE = lazy(
    r"\s+(?:of (?:them|these|those|which|whom)|(?:have|had|has)(?! (?:been|not)\b)|own|use|used"
    r"|offer|speak|grow|said|visited)\b"
)
_DEGREE = (
    r"(?:in (?:full|part|principle|whole|progress|time)|on time|late|fully|wholly|completely|partly|partially|outright"
    r"|not(?: at all)?|with (?:changes|reservations|amendments|conditions)|without (?:change|reservation|conditions))\b"
)
_OF_THEM_IN = lazy(rf"\s+of (?:them|these|those|which)\W{{0,3}}(?:[a-z]+ ){{0,2}}?{_DEGREE}")
_IN_PART = lazy(rf"\s+(?:more |others? |were |was )*{_DEGREE}")
# What became of things, each of which has one end: `were deferred`, `have not been started`, `in part`.
_BECAME = lazy(
    r" (?:(?:have|has|had) yet to\b|(?:have|has|had|were|was|are|is) (?:so far |[a-z]+ly )?"
    r"(?:not |yet |still |only |already )*(?:being |been |to be )?"
    r"(?:[a-z]+ly )?(?:not |yet |still )*(?:[a-z]+(?:ed|ing|wn|ken|ten|one|ade|eld|old|aid|gun)\b)"
    r"|(?:is|are|was|were) (?:now |still )?(?:complete|under construction|under way|underway|in progress|in planning"
    r"|pending|open|closed|outstanding|operational)\b|(?:did|had|have|has) not\b|remain(?:s|ed)?\b"
    r"|(?:only )?(?:in part|partly|partially|fully|in full|not)\b)"
)
_NOT_DONE = lazy(r"(?: [a-z]+){0,2} (?:not|yet|still|no|outstanding|pending|open|remain(?:s|ed)?|unresolved)\b")
_OF_WHICH = lazy(r",? of (?:which|whom|them|these) ?$")
_PAIR, _TENTH = 2, 10
_BACK = 2
_LARGEST, _LONGEST = 200, 6


def bind(scene: Scene) -> Iterator[Relation]:
    """All such lists of a report that agree with the things counted right before them."""
    for number in scene.holding(_PAIR + 1):
        yield from _of_so_many(scene, number)
    for number in scene.holding(2, first=1):
        parts = _list(scene, number)
        total = _counted_before(scene, number, parts) if len(parts) > 1 else None
        over_told = _told_too_many(scene, number, parts) if total is None and len(parts) > 1 else None
        total = over_told if total is None else total
        if total is None:
            continue
        yield _told(scene, total, parts, "high" if over_told is not None else "low")


def _of_so_many(scene: Scene, number: int) -> Iterator[Relation]:
    """`Of the nine recommendations made in 2016, five were carried out, three in part and two not`, `14 projects, of
    which five are complete, seven are under construction and two remain in planning`."""
    claims = [c for c in scene.by_sentence[number] if scene.claims[c].figure.kind == "absolute"]
    if not _PAIR <= len(claims) - 1 <= _LONGEST:
        return
    if not is_head(scene, claims[0]) and not _OF_WHICH.search(scene.between(*claims[:2])):
        return
    total, *parts = claims
    over = scene.claims[total].figure
    if over.dimension != "count" or not over.discrete or over.modifier or not all(_is_bare(scene, c) for c in parts):
        return
    joined = all(_JOINT.search(scene.between(a, b)) for a, b in pairwise(parts))
    if not joined or not _CLOSED.search(scene.between(parts[-2], parts[-1])):
        return
    if not all(_BECAME.match(scene.after(part)) for part in parts):
        return
    made = sum((scene.claims[p].figure.number.value for p in parts), Fraction(0))
    # Where the last is what was not done, the list leaves nothing out.
    whole = _NOT_DONE.match(scene.after(parts[-1])) is not None
    if (made > over.number.value and len(parts) > _PAIR) or whole:
        near = abs(made - over.number.value) <= max(Fraction(1), over.number.value / (_PAIR if whole else _TENTH))
        if near:
            yield _told(scene, total, parts, "high")


def _told(scene: Scene, total: int, parts: Sequence[int], confidence: Confidence) -> Relation:
    over = scene.claims[total]
    operands = (
        operand("total", over),
        *(operand("part", counted_alike(over, scene.claims[p])) for p in parts),
    )
    reason = "a list of bare numbers tells what became of what is counted"
    return Relation("sum", operands, scene.scope_of(total, *parts), confidence, "sum.what-became-of-them", reason)


def _list(scene: Scene, number: int) -> Sequence[int]:
    """The bare whole numbers of a sentence that begins with one, if they are all its amounts."""
    claims, start = scene.by_sentence[number], scene.sentences[number].start
    amounts = [c for c in claims if scene.claims[c].figure.kind == "absolute"]
    if not 2 <= len(amounts) <= _LONGEST or amounts[0] != claims.start or not all(_is_bare(scene, c) for c in amounts):
        return ()
    lead = scene.report.view[start : scene.claims[amounts[0]].figure.start].lower()
    if not _OPENS.fullmatch(lead) and not _are_graded(scene, amounts):
        return ()
    joined = all(_JOINT.search(scene.between(a, b)) for a, b in pairwise(amounts))
    return amounts if joined else ()


def _are_graded(scene: Scene, amounts: Sequence[int]) -> bool:
    """`It accepted five of them in full and two in principle`: nothing is done in full and in part."""
    first, *others = (scene.after(c) for c in amounts)
    return _OF_THEM_IN.match(first) is not None and all(_IN_PART.match(text) for text in others)


def _is_bare(scene: Scene, claim: int) -> bool:
    """Whether a number is whole, small and without a noun of its own; a noun borrowed from before is none."""
    figure = scene.claims[claim].figure
    borrowed = not figure.dimension or (figure.dimension == "count" and figure.end == figure.number_end)
    return borrowed and figure.upper is None and not figure.modifier and figure.number.step == 1 and not figure.per


def _told_too_many(scene: Scene, number: int, parts: Sequence[int]) -> int | None:
    """The one number of things of the sentence right before, where a list that `and` closes makes just above it."""
    before = scene.by_sentence[number - 1]
    if (
        len(before) != 1
        or not scene.same_section(before.start, parts[0])
        or not _CLOSED.search(scene.between(parts[-2], parts[-1]))
    ):
        return None
    figure = scene.claims[before.start].figure
    graded = _are_graded(scene, parts)
    if (
        (not graded and any(_AT_ONCE.match(scene.after(part)) for part in parts))
        or figure.dimension != "count"
        or figure.modifier
    ):
        return None
    if len(parts) == _PAIR and not graded:
        return None
    made = sum((scene.claims[p].figure.number.value for p in parts), Fraction(0))
    over = made - figure.number.value
    return before.start if figure.discrete and 0 < over <= max(Fraction(1), figure.number.value / _TENTH) else None


def _counted_before(scene: Scene, number: int, parts: Sequence[int]) -> int | None:
    """The nearest counted things before the list that its numbers make."""
    made = sum(scene.claims[p].figure.number.value for p in parts)
    for back in range(1, _BACK + 1):
        if number < back or not scene.by_sentence[number - back]:
            continue
        for claim in reversed(scene.by_sentence[number - back]):
            figure = scene.claims[claim].figure
            counted = figure.dimension == "count" and figure.discrete and not figure.per and not figure.modifier
            if counted and figure.number.value == made <= _LARGEST and scene.same_section(claim, parts[0]):
                return claim
    return None
