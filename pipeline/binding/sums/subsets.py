"""Parts that words take out of a whole, without saying that they are all of it → subset."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.binding.scene import Scene, countable, counted_alike, operand, same_measure
from pipeline.binding.sums.pointing import is_of_no_others, points_back
from pipeline.binding.words import stems
from pipeline.model import Confidence, Cue, Relation, Scope
from pipeline.patterns import lazy

# Amounts that costs or losses among their parts may exceed.
_NET = lazy(
    r"\b(?:net(?! (?:sales|revenues?|turnover|premiums?|receipts)\b)|loss|losses|profits?|income|earnings|surplus"
    r"|deficit|balance|result|gains?|increase\w*|decrease\w*|rose|fell|declin\w*|chang\w*|growth|ebitda|flows?|margin|equity"
    r"|adjust\w*|impairment\w*)\b"
)
_OF_WHICH = lazy(r"\s+of (?:which|whom|them|these|those)\b")
# `13,250 of these and the Red Crescent 6,800`: the words point back, and not to what follows.
_OTHER = lazy(r"\b(?:and|while|but|or)\b")
_INTO = lazy(r"\b(?:into|to|by|with|from|consist\w*|compris\w*|includ\w*|made up)\b")
# `700 photographs of the Moon and 150 of the Earth`: one beside the other
_TELLS = lazy(r"\b(?:equals?|is|was|are|were|has|had|have|gave|took|makes?|led|leads|than)\b")
_SCORE = lazy(r"[–-]\d")
_BESIDE = lazy(r"(?:\band|\bplus|\bor|,) (?:the |a |an )?$")
_IN_PLACES = lazy(r"(?: [a-z]+){0,3} (?:in|at|from|across|during|over|through|throughout|by|of)(?: [a-z]+)? ")
_THOSE_WHO = lazy(r"\W*(?:of|among|amongst) (?:those|these|all) (?:who|which|that) (?P<what>[^,;:]+)")
_AFTER = 40
_LIST = lazy(r"\W*(?:and|plus|as well as)\b|,")


def bind(scene: Scene) -> Iterator[Relation]:
    """All subsets of a report."""
    for cue in scene.cues:
        if cue.kind == "subset":
            roles = dict(cue.roles)
            whole, part = roles.get("whole", -1), roles.get("part", -1)
            # Figures of a table that has lost its lines stand in no sentence's range.
            if whole >= 0 and part >= 0 and whole in scene.by_sentence[scene.claims[whole].sentence]:
                whole = _gathered(scene, whole, part)
                if _points_back(scene, whole) or _has_a_larger(scene, whole, part):
                    continue
                if part < whole and _OTHER.search(scene.between(part, whole)):
                    continue
                yield from _subset(scene, whole, part, cue, "sentence")
                yield from _more(scene, whole, part, cue)
    yield from _of_these(scene)


def _gathered(scene: Scene, whole: int, part: int) -> int:
    """The whole of a part, or what was gathered in so many places: `1,284 officials in 58 sessions, including 423`."""
    before = whole - 1
    if part < whole or before not in scene.by_sentence[scene.claims[whole].sentence]:
        return whole
    sizes = [scene.claims[c].figure.number.value for c in (whole, part, before)]
    counted = scene.claims[before].figure.dimension == "count" and countable(scene.claims[before], scene.claims[part])
    in_places = counted and _IN_PLACES.fullmatch(scene.between(before, whole)) is not None
    return before if in_places and sizes[0] < sizes[1] < sizes[2] else whole


def _subset(scene: Scene, whole: int, part: int, cue: Cue, scope: Scope) -> Iterator[Relation]:
    over, under = scene.claims[whole], scene.claims[part]
    a, b = over.figure, under.figure
    if (
        not countable(over, under)
        or a.kind != "absolute"
        or b.kind != "absolute"
        or a.per != b.per
        or a.dimension == "time"
        or (part < whole and _INTO.search(scene.between(part, whole)))  # `seven of the departments into four units`
        or (part < whole and _BESIDE.search(scene.between(part, whole)))
        or (part < whole and _TELLS.search(scene.between(part, whole)))
    ):
        return
    if _SCORE.match(scene.after(part)):
        return  # `18 times, including a 30–27 loss`
    if not a.dimension and b.dimension not in ("", "count", "money"):
        return  # `100 µl of the protein, diluted 1 to 2,000`
    if not same_measure(over, under) and abs(b.number.value) > abs(a.number.value):
        return  # `594 officers and 15,388 men … of whom`: words that name two things bind no larger one into a smaller
    if abs(b.number.value) > abs(a.number.value) and not _may_be_meant(scene, whole, part):
        return
    plain = same_measure(over, under) and (a.dimension != "money" or not over.figure.modifier)
    confidence: Confidence = "high" if plain else "medium"
    operands = (operand("part", counted_alike(over, under)), operand("whole", over))
    words = " ".join(scene.report.text[cue.start : cue.end].split())
    yield Relation("subset", operands, scope, confidence, cue.rule, f"“{words}”")


def _may_be_meant(scene: Scene, whole: int, part: int) -> bool:
    """Whether a part that is larger than its whole may be a slip: words point to no other whole, nor to a balance."""
    # A net amount may include one larger than itself: a loss of 1 million, including 2 million of charges.
    if scene.claims[whole].figure.dimension in ("money", "") and _is_net(scene, whole, part):
        return False
    return whole > part or is_of_no_others(scene, whole, part)


def _is_net(scene: Scene, whole: int, part: int) -> bool:
    """Whether words name an amount that is left of others, or a change."""
    start, end = scene.clause_of(whole)[0], max(scene.claims[c].figure.end for c in (whole, part)) + _AFTER
    return _NET.search(scene.report.view[start:end].lower()) is not None


def _points_back(scene: Scene, whole: int) -> bool:
    """Whether a bare number is a part itself: `72,400 houses, 23,900 of which were destroyed and 48,500 damaged`."""
    figure = scene.claims[whole].figure
    return figure.end == figure.number_end and _OF_WHICH.match(scene.after(whole)) is not None


def _has_a_larger(scene: Scene, whole: int, part: int) -> bool:
    """`We saw 240 files in 6 of the 14 regions; in 84 of them`: a part of more things than the nearest is of others."""
    value = scene.claims[part].figure.number.value
    if value <= scene.claims[whole].figure.number.value:
        return False
    before = range(scene.by_sentence[scene.claims[part].sentence].start, whole)
    # `8,200 members in the north, and 640 in the south, including 1,100 apprentices`: of both.
    of_both = bool(before) and _BESIDE.search(scene.between(before[-1], whole)) is not None
    if not of_both and _OF_WHICH.match(scene.after(part)) is None:
        return False
    return any(
        scene.claims[c].figure.number.value > value and countable(scene.claims[c], scene.claims[part]) for c in before
    )


def _more(scene: Scene, whole: int, part: int, cue: Cue) -> Iterator[Relation]:
    """The next part of a list: `including 84.5 million of aid and 132 million from the capital`."""
    following = part + 1
    sentence = scene.by_sentence[scene.claims[part].sentence]
    if (
        following >= sentence.stop
        or scene.words_between(part, following) > 8
        or not _LIST.search(scene.between(part, following))
    ):
        return
    one = (
        same_measure(scene.claims[part], scene.claims[following])
        and scene.claims[following].figure.dimension == scene.claims[part].figure.dimension
    )
    if one and abs(scene.claims[following].figure.number.value) <= abs(scene.claims[whole].figure.number.value):
        yield from _subset(scene, whole, following, cue, "sentence")


def _names_others(scene: Scene, part: int) -> bool:
    """Whether `of those who were registered` tells what they are by words that the sentence before does not have."""
    number = scene.claims[part].sentence
    start = scene.sentences[number].start
    told = _THOSE_WHO.match(scene.report.view[start : scene.claims[part].figure.start].lower())
    before = scene.sentences[number - 1]
    return told is not None and not stems(told["what"]) & stems(scene.report.view[before.start : before.end].lower())


def _of_these(scene: Scene) -> Iterator[Relation]:
    """`Of these, 41,000 were formed this year`: the whole is a figure of the sentence before, the larger one if any."""
    for number in scene.holding(1, first=1):
        claims, before = scene.by_sentence[number], scene.by_sentence[number - 1]
        if not claims or not before or not scene.same_section(claims.start, before.start):
            continue
        for part in claims:
            if not points_back(scene, part):
                continue
            value = abs(scene.claims[part].figure.number.value)
            alike = [c for c in before if countable(scene.claims[c], scene.claims[part])]
            if _names_others(scene, part):
                continue
            larger = [c for c in alike if abs(scene.claims[c].figure.number.value) > value]
            if larger or len(alike) == 1:
                start, end = scene.sentences[number].start, scene.claims[part].figure.end
                cue = Cue(start, end, "subset", (), 0, "", "", False, "subset.of-these")
                yield from _subset(scene, (larger or alike)[0], part, cue, "neighbour")
