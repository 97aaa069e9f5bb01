"""A level, what it was before and what that comes to, one after the other: `651 in 2023; in 2024 it had been 694, or 43
more`, `Output was 12,840 tons. The figure for 2019 was 11,920. It therefore rose by 7.7%`.

Where nothing else of their measure is told, the words leave no other reading, whether the figures agree or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.binding.comparisons import directions
from pipeline.binding.comparisons.leading import Group, is_of_some
from pipeline.binding.scene import Scene, same_measure
from pipeline.binding.words import stems
from pipeline.patterns import lazy

_YEAR = r"(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?"
_THEN = (
    rf"(?:(?:in|for|of|at the end of|during|by) (?:(?:the )?(?:(?:fiscal|financial|previous|preceding|prior|same|year"
    rf"|quarter|period|month|half|end|baseline|first|second|third|fourth|before|earlier|last|corresponding|comparable)\b"
    rf" ?){{1,5}}(?:of )?(?:{_YEAR})?|(?:fy ?)?{_YEAR})|(?:a|one) (?:year|quarter|month) (?:before|earlier|ago)"
    rf"|the (?:year|quarter|month) before|last year|previously|before)"
)
_IT = (
    r"(?:it|they|this|that|the (?:corresponding |comparable |equivalent |same )?(?:figure|number|amount|value|total"
    r"|rate|share|proportion|level|ratio))"
)
_ABOUT = r"(?:(?:about|some|around|only|just|still|a) )?"
_AGAINST = lazy(r"\b(?:against|versus|compared (?:with|to)|out of|having been|after) (?:a |an |the |its )?")
# The figure before is told in a clause or a sentence of its own, which speaks of nothing else.
_WAS = rf"(?:had been|had stood at|had amounted to|had come to|was|were|stood at|amounted to) {_ABOUT}"
_IT_WAS = lazy(
    rf"[^;.()\d]{{0,40}}(?:{_YEAR}[^;.()\d]{{0,20}})?"
    rf"(?:[;.,]| –| —)(?: (?:and|but|while|whereas|where|when))? ?"
    rf"(?:{_THEN},? {_IT} {_WAS}|{_IT} {_THEN} {_WAS}|(?:compared|comparing) (?:with|to) )"
)
_IN_BRACKETS = lazy(
    rf"[^;.()\d]{{0,40}}(?:{_YEAR}[^;.()\d]{{0,20}})?\((?:(?:in )?(?:{_THEN}|{_YEAR})|prior|previous):? ?"
)
# Told so, it is what was before: `In 2019 it was 402, an increase of 9%` may tell of an increase in 2019.
_OF_BEFORE = lazy(rf"{_THEN},? {_IT} (?:was|were|stood at|amounted to) {_ABOUT}$")
_LINK = (
    r"(?:(?:or|i\.e\.|that is|that|which|this|it|they|so|thus|therefore|hence|is|was|means|makes|being|representing"
    r"|equal to|equivalent to|corresponding to|has|have|had|an?|the|up|down|by|of|some|about|accordingly)\b[ ,]*)"
)
_SINCE = rf"(?: (?:{_THEN}|[a-z]+(?: [a-z]+){{0,3}}?))?(?: {_YEAR})?"
# What a change may stand behind: a comma, a bracket, a clause or a sentence that draws on both figures.
_THAT_IS = lazy(rf"{_SINCE}(?:[,:;.(]| –| —|\)[,;.]?| (?=or\b|i\.e\.)) ?{_LINK}{{0,7}}(?:\W*)")
# What draws on both.
_SO = lazy(r"\b(?:so|thus|therefore|hence|accordingly|this|that|which|the)\b|;|\(")
# `43 more than planned`, `26 points from the baseline`: it is set against another figure.
_AGAINST_ANOTHER = lazy(r" (?:[a-z]+ ){0,2}(?:than|from|since)\b")
# `The 12% decrease in rainfall`
_FALL_IN = lazy(r" [a-z]+ (?:in|of|among|for) (?!(?:the |that )?(?:year|period|quarter|month))[a-z]")
_A_YEAR = lazy(r"\b((?:19|20)\d\d)\b")
_MAX = 160


def in_order(scene: Scene, group: Group, level: int, prior: int) -> bool:
    """Whether nothing is told but a level, the one before and what leads, one after the other."""
    if (
        group.family.kind != "growth"
        or max(level, prior) > group.first
        or _AGAINST_ANOTHER.match(scene.after(group.last))
    ):
        return False
    heads = sorted(group.heads.values())
    told = [*sorted((level, prior)), *heads]
    if told != _told_here(scene, told) or not _are_alike(scene, group, level, prior):
        return False
    if "target" in scene.roles(prior, "target"):
        return False  # `72%, against the target of 70%, up by 26 points`
    if not directions.may_be_compared(scene, prior, level) or not directions.are_one(scene, prior, level):
        return False
    last = max(level, prior)
    first, second = scene.between(level, prior), scene.between(last, group.first)
    apart = scene.claims[last].sentence != scene.claims[group.first].sentence
    of_some = is_of_some(scene, group.last, scene.claims[level].sentence) or _FALL_IN.match(scene.after(group.last))
    if apart and of_some:
        return False
    if max(len(first), len(second)) > _MAX or "\n\n" in first + second:
        return False
    # The words of a change hold its noun or verb: what stands before them speaks of nothing else.
    cue = min(c.start for c in group.cues.values())
    lead = scene.report.view[scene.claims[last].figure.end : max(cue, scene.claims[last].figure.end)].lower()
    if _THAT_IS.fullmatch(_without_its_name(scene, min(level, prior), lead)) is None:
        return False
    if prior < level:
        return _is_year_by_year(scene, prior, level, group.first)
    if _AGAINST.search(first) is not None and not re.search(r"[;.]", first):
        return True
    if _IN_BRACKETS.fullmatch(first) is not None:
        return True
    if _IT_WAS.fullmatch(first) is None:
        return False
    return _OF_BEFORE.search(first) is None or _SO.search(second) is not None


def _is_year_by_year(scene: Scene, prior: int, level: int, head: int) -> bool:
    """`In 2019 it was 402; in 2020 it was 441, a rise of 39`, `402 in 2019 and 441 in 2020, a rise of 39`."""
    start = scene.sentences[scene.claims[prior].sentence].start
    stretches = ((start, scene.claims[prior].figure.start), *_gaps(scene, prior, level, head))
    years = [[int(year) for year in _A_YEAR.findall(scene.report.view, a, b)] for a, b in stretches]
    told = years[0] + years[1] + years[2]
    in_turn = [len(found) for found in years] in ([1, 1, 0], [0, 1, 1])
    return in_turn and told[0] < told[1]


def _gaps(scene: Scene, *claims: int) -> Iterator[tuple[int, int]]:
    """The stretches of text between figures."""
    for a, b in pairwise(claims):
        yield scene.claims[a].figure.end, scene.claims[b].figure.start


def _without_its_name(scene: Scene, level: int, lead: str) -> str:
    """What stands before a change, without the last word of it where that names the level: `so that wages rose`."""
    words = lead.rsplit(maxsplit=1)
    start = scene.sentences[scene.claims[level].sentence].start
    named = stems(scene.report.view[start : scene.claims[level].figure.start].lower())
    return f"{words[0]} " if len(words) > 1 and stems(words[1]) & named else lead


def _told_here(scene: Scene, told: Sequence[int]) -> Sequence[int]:
    """What is told in the sentences of these figures; not how long it took, or when, nor other things before the last
    of the two: `4,218 km were added, for 1,140 villages; last year it was 3,515 km. The growth is thus 20%`."""
    numbers = range(scene.claims[told[0]].sentence, scene.claims[told[-1]].sentence + 1)
    if len({scene.sentences[n].section for n in numbers}) > 1:
        return ()
    first = scene.claims[told[0]]
    times = first.figure.dimension == "time"
    row = (c for n in numbers for c in scene.by_sentence[n] if times or scene.claims[c].figure.dimension != "time")
    return [c for c in row if c > told[1] or c in told or same_measure(scene.claims[c], first)]


def _are_alike(scene: Scene, group: Group, level: int, prior: int) -> bool:
    a, b = (scene.claims[c].figure for c in (level, prior))
    points = any(scene.claims[c].figure.kind == "points" for c in group.heads.values())
    kind = "percent" if points else "absolute"
    return a.unit == b.unit and {a.kind, b.kind} == {kind} and not a.modifier and not b.modifier
