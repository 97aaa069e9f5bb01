"""A level in one sentence and what it was in the next: `The rate was 4.15%. In 2022 it was 5.27%; the fall was …`."""

from __future__ import annotations

from pipeline.binding.comparisons.leading import Group
from pipeline.binding.ledger import Ledger
from pipeline.binding.scene import Scene
from pipeline.binding.words import stems
from pipeline.patterns import lazy

# The sentence goes back in time and speaks of the same thing.
_RATED = "rate|share|figure|proportion|percentage|ratio|level|index"
_THEN = lazy(
    r"\W*+(?:(?:at|in|by|before|on|as of|an?|one|two|three|ten|years?|earlier|ago|end|start|outset|beginning|of|"
    rf"baseline|appraisal|last|previous|same|quarter|month|(?:19|20)\d\d|the(?! (?:{_RATED})\b))\b\W*+)*+"
    rf"(?:it|the (?:{_RATED})) (?:was|had been|stood at|had stood at)(?: (?:just|only|still|about|some))*+ *+"
)
# What draws on the sentences before.
_SO = lazy(r"\b(?:therefore|thus|hence|so|accordingly|consequently|in other words|that is)\b")
_BOTH, _WITHIN = 2, 6
_OWNER = lazy(r"\W*(?:The )?(?:[A-Z][\w&.-]+ ){0,3}([A-Z][\w&.-]+)(?:['’]s?) ")
_DURING = lazy(
    r"\b(?:(?:in|during|within|throughout)|(?:in|over|during|within|throughout|under|for) "
    r"(?:the|these|those|its|his|her|our|their|all)(?: (?:last|past|first|next|previous|preceding|following|final))?) $"
)
_THE_SAME = lazy(r"\bthe (?:same |comparable |corresponding |first |last |prior )?$")
_OF_A_YEAR = lazy(r"\s*(?:of|in|ended|ending)\s+(?:the (?:year|fiscal)|(?:[a-z]+ )?\d)")
_LEAD = 30


def and_now(scene: Scene, number: int, group: Group) -> tuple[int, int] | None:
    """Level and prior of points told so: the only percent of the sentence before, and the first of this one."""
    claims = scene.by_sentence[number]
    told = _told_so_far(scene, number, group)
    if told is not None:
        return told
    if not number or scene.sentences[number - 1].section != scene.sentences[number].section:
        return None
    here = [c for c in range(claims.start, group.first) if scene.claims[c].figure.kind == "percent"]
    before = [c for c in scene.by_sentence[number - 1] if scene.claims[c].figure.kind == "percent"]
    if len(here) != 1 or here[0] != claims.start or len(before) != 1:
        return None
    said = scene.report.view[scene.sentences[number].start : scene.claims[here[0]].figure.start].lower()
    if _THEN.fullmatch(said) is None or any(scene.claims[c].figure.upper is not None for c in (*here, *before)):
        return None
    return before[0], here[0]


def _told_so_far(scene: Scene, number: int, group: Group) -> tuple[int, int] | None:
    """`It is missing in 39.2 percent. In the audit of 2014 it was missing in 22 percent. The rate therefore rose by …`:
    a sentence of nothing but points, drawn from the one before it and another, the last of its matter that tell of a
    percent, and each of one."""
    if list(scene.by_sentence[number]) != [group.first] or group.first != group.last:
        return None
    sentence = scene.sentences[number]
    if _SO.search(scene.report.view[sentence.start : sentence.end].lower()) is None:
        return None
    found: list[int] = []
    said = scene.once(Ledger).subject(group.first)
    for n in range(number - 1, max(number - _WITHIN, -1), -1):
        before = scene.sentences[n]
        percents = [c for c in scene.by_sentence[n] if scene.claims[c].figure.kind == "percent"]
        if before.section != sentence.section or (not percents and not found):
            return None
        if not percents:
            continue
        alike = said & stems(scene.report.view[before.start : before.end].lower())
        if len(percents) != 1 or not alike or scene.claims[percents[0]].figure.upper is not None:
            return None
        found.append(percents[0])
        if len(found) == _BOTH:
            break
    if len(found) != _BOTH:
        return None
    first, second = (scene.claims[n].figure.number.value for n in found)
    # What came later is told by the words of the points, whichever was told first.
    later = 0 if (first > second) == (group.direction > 0) else 1
    return found[later], found[1 - later]


def is_when(scene: Scene, claim: int) -> bool:
    """`for the nine months of 2019`, `a hundred times as many in the eight years`: when, or how long, it was."""
    start = scene.claims[claim].figure.start
    ahead = scene.report.view[max(0, start - _LEAD) : start].lower()
    return _DURING.search(ahead) is not None or (
        _OF_A_YEAR.match(scene.after(claim)) is not None and _THE_SAME.search(ahead) is not None
    )


def is_anothers(scene: Scene, number: int) -> bool:
    """Whether a sentence speaks of what another owns: `News' circulation` behind one of the Journal's."""
    before, here = scene.sentences[number - 1], scene.sentences[number]
    owner = _OWNER.match(scene.report.view, here.start, here.end)
    return owner is not None and owner[1] not in scene.report.view[before.start : before.end]
