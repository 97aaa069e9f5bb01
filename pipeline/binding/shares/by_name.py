"""A percent that is called by the name of a share, and the two amounts that this share is of → share, agreeing or not.

`Parliament appropriated $121.8 million. Actual spending was $112.9 million, and the rate of execution 92.7%`: what is
spent of what was voted is the rate of execution. The words stand in rules/lists.toml.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.binding import listed
from pipeline.binding.scene import Scene, countable, kept
from pipeline.binding.shares.slipped_shares import share
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Cue, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# What may stand between the name of a share and its percent.
_IS = lazy(
    r"(?: (?:is|was|were|of|at|to|being|stood|stands|reached|came|comes|works|worked|out|amounted|amounts|only|just"
    r"|about|some|an?|the|thus|therefore|hence|then|accordingly|consequently|equal|equals|has|been|had|remained)|,)*\W*"
)
_OF_ALL = lazy(
    r" (?:of|among) (?:the |its |our |all )?"
    r"(?P<what>(?:(?!(?:was|is|were|are|stood|came|reached|at|of|in)\b)[a-z-]+ ){1,3})"
)
_CALLED = lazy(r"\W*(?:[a-z]+ ){0,2}")
# What is set against another year or another plan is not of these two.
_AGAINST = lazy(
    r"\b(?:from|against|compared|than|target\w*|last year|previous|earlier|should|respectively|annual|overall"
    r"|(?:year|month|quarter|season)['’]s)\b"
)
_OF = lazy(r"(?: [a-z]+){0,2} (?:of|out of|from) (?:[a-z]+ )?$")
_JOINT = lazy(r"[,;:.()–—]|\band\b|\bwhile\b|\bwith\b")
_DRAWS = lazy(
    r"\W*(?:this|that|which) (?:is|was|gives?|gave|represents?|represented|means|meant|makes?|made|corresponds?)\b"
)
_ENDS = lazy(r"[,.;:)]")
_YEARS = lazy(r"\b(?:1[89]|20)\d\d\b")
_COMPARED = {"percent", "change", "prior"}
_AHEAD, _BEHIND = 90, 40
_HUNDRED, _WILD = 100, Fraction(2)


def bind(scene: Scene, found: Sequence[Relation]) -> Iterator[Relation]:
    """All shares with a name that have their part and their whole beside them; not where another share agrees."""
    agreeing = [r for r in found if r.kind == "share" and agreement(r, scales(scene.book)) == "strict"]
    told = {o.ref for r in agreeing if not _is_of_before(scene, r) for o in r.operands}
    for percent, claim in enumerate(scene.claims):
        figure = claim.figure
        if figure.unit != "%" or figure.kind != "percent" or figure.upper is not None or claim.claim_id in told:
            continue
        if figure.modifier not in ("", "~") or set(scene.roles(percent, "growth", "target", "annual")) & _COMPARED:
            continue
        for names, part, whole in listed.proportions(scene.book):
            if is_called(scene, percent, names, whole) and (pair := _pair(scene, percent, part, whole)) is not None:
                cue = Cue(figure.start, figure.end, "share", (("percent", percent),), 0, "", "", False, "share.by-name")
                yield share(scene, pair[:1], pair[1], percent, cue, "high")
                break


def _is_of_before(scene: Scene, relation: Relation) -> bool:
    """Whether words only allow a share, and its part or whole is what another figure is compared with."""
    places = [bisect_left(scene.starts, o.start) for o in relation.operands if o.role != "percent"]
    return relation.confidence == "low" and any(_is_prior(scene, n) for n in places)


def crosses(scene: Scene, relation: Relation) -> bool:
    """Whether a share has a name, and its whole is told by the words for the part of such a share, or its part by those
    for the whole: `a financial result of −74 million and taxes of 289 million; the effective rate is 26.5%`."""
    places = {o.role: bisect_left(scene.starts, o.start) for o in relation.operands if o.figure is not None}
    if relation.kind != "share" or not {"part", "whole", "percent"} <= places.keys():
        return False
    if _OF.match(scene.between(*sorted((places["part"], places["whole"])))):
        return False  # `3,960 of 5,280 households answered, a response rate of 78%`
    for names, part, whole in listed.proportions(scene.book):
        if is_called(scene, places["percent"], names, whole):
            of_whole = [_is_said(scene, places["whole"], words) for words in (part, whole)]
            of_part = [_is_said(scene, places["part"], words) for words in (whole, part)]
            return [True, False] in (of_whole, of_part)
    return False


def is_called(scene: Scene, percent: int, names: re.Pattern[str], whole: re.Pattern[str]) -> bool:
    """Whether a percent has one of these names right before it, or behind: `a 92% pass rate`; with what it is of, or
    without: `the urbanization rate of the population`."""
    ahead, behind, starts = _beside(scene, percent)
    for match in names.finditer(ahead):
        of = _OF_ALL.match(ahead, match.end())
        end = of.end() - 1 if of is not None and whole.search(of["what"]) else match.end()
        if _IS.fullmatch(ahead, end):
            return True
    return any(names.match(behind, at) for at in starts)


@kept
def _beside(scene: Scene, percent: int) -> tuple[str, str, Sequence[int]]:
    """The words before a percent and behind it, in lower case, and where behind it a name of it begins; none of them
    where no percent has a name like that."""
    figure, number = scene.claims[percent].figure, scene.claims[percent].sentence
    start = max(scene.sentences[number].start, figure.start - _AHEAD)
    if percent - 1 in scene.by_sentence[number]:
        start = max(start, scene.claims[percent - 1].figure.end)
    ahead = " ".join(scene.low[start : figure.start].split()) + " "
    behind = scene.after(percent)
    called, named = _CALLED.match(behind), listed.proportion_names(scene.book)
    starts = sorted({0, *_starts(behind, called.end())}) if called else ()
    return ahead if named.search(ahead) else "", behind, [at for at in starts if named.match(behind, at)]


def _starts(text: str, end: int) -> list[int]:
    """Where words begin in the first stretch of a text."""
    return [match.start() for match in re.finditer(r"\b[a-z]", text[: end + 1])]


def _pair(scene: Scene, percent: int, part: re.Pattern[str], whole: re.Pattern[str]) -> tuple[int, int] | None:
    """The one part and the one whole that words name in the sentence of a percent and those before."""
    number = scene.claims[percent].sentence
    start = scene.sentences[number].start
    # What a sentence points at may be told in two before it: `This represents a margin of 15.8%`.
    most = 2 if _DRAWS.match(scene.report.view[start : start + _BEHIND].lower()) else 1
    near = [
        n
        for n in range(max(0, number - most), number)
        if scene.sentences[n].paragraph == scene.sentences[number].paragraph
    ]
    for back in range(min(len(near), 1), len(near) + 1):
        numbers = [*near[len(near) - back :], number]
        found = _told_in(scene, percent, numbers, part, whole)
        if found is not None:
            return found
    return None


def _told_in(
    scene: Scene, percent: int, numbers: Sequence[int], part: re.Pattern[str], whole: re.Pattern[str]
) -> tuple[int, int] | None:
    """The one part and the one whole that words name in these sentences."""
    said = _said_of_now(scene, numbers)
    if len(set(_YEARS.findall(said))) > 1 or _AGAINST.search(said):
        return None
    amounts = [c for n in numbers for c in scene.by_sentence[n] if _is_amount(scene, c) and not _is_prior(scene, c)]
    parts = [c for c in amounts if _is_said(scene, c, part) and not _is_said(scene, c, whole)]
    wholes = [c for c in amounts if _is_said(scene, c, whole) and not _is_said(scene, c, part)]
    if len(parts) != 1 or len(wholes) != 1:
        return None
    a, b = scene.claims[parts[0]], scene.claims[wholes[0]]
    alike = [c for c in amounts if countable(scene.claims[c], b)]
    if not countable(a, b) or len(alike) != len({parts[0], wholes[0]}):
        return None
    size = a.figure.number.value / b.figure.number.value
    meant = scene.claims[percent].figure.number.value / _HUNDRED
    # The profit of a segment is no part of a sixth of the sales of the group: far off, another thing is meant.
    return (parts[0], wholes[0]) if size < 1 and meant / _WILD <= size <= meant * _WILD else None


def _said_of_now(scene: Scene, numbers: Sequence[int]) -> str:
    """What sentences say, in lower case, without what they compare with: `€63.4m, compared with €56.9m in 2022`."""
    start, end = scene.sentences[numbers[0]].start, scene.sentences[numbers[-1]].end
    said, at = "", start
    for claim in (c for n in numbers for c in scene.by_sentence[n] if _is_prior(scene, c)):
        before = scene.claims[claim - 1].figure.end
        before = max(before, at, scene.sentences[scene.claims[claim].sentence].start)
        said += scene.report.view[at:before] + " "
        close = _ENDS.search(scene.report.view, scene.claims[claim].figure.end, end)
        at = end if close is None else close.start()
    return (said + scene.report.view[at:end]).lower()


def _is_prior(scene: Scene, claim: int) -> bool:
    """Whether a figure is only what the one right before it is compared with."""
    same = claim - 1 in scene.by_sentence[scene.claims[claim].sentence]
    return same and set(scene.roles(claim, "growth")) == {"prior"}


def _is_amount(scene: Scene, claim: int) -> bool:
    figure = scene.claims[claim].figure
    plain = figure.kind == "absolute" and figure.upper is None and figure.modifier in ("", "~") and not figure.per
    return plain and figure.dimension != "time" and not set(scene.roles(claim, "growth")) & {"change", "prior"}


def _is_said(scene: Scene, claim: int, words: re.Pattern[str]) -> bool:
    """Whether an amount has one of these words with it, before it or in its noun and what follows."""
    figure, sentence = scene.claims[claim].figure, scene.sentences[scene.claims[claim].sentence]
    here = scene.by_sentence[scene.claims[claim].sentence]
    start = max(sentence.start, figure.start - _AHEAD)
    if claim - 1 in here:
        start = max(start, scene.claims[claim - 1].figure.end)
    end = min(sentence.end, figure.end + _BEHIND)
    if claim + 1 in here:
        end = min(end, scene.claims[claim + 1].figure.start)
    view = scene.report.view
    before = _JOINT.split(view[start : figure.start].lower())[-1]
    behind = view[figure.number_end : figure.end].lower() + _JOINT.split(view[figure.end : end].lower())[0]
    return words.search(before) is not None or words.search(behind) is not None
