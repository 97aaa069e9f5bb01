"""Where the level of a comparison and its base are sought: by their words, close before, in the sentence before.

It proposes figures, best-licensed first; `comparison` makes candidates of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.binding.charity import UNSAID
from pipeline.binding.comparisons import then
from pipeline.binding.comparisons.breaks import BACKWARD, broken, is_aside
from pipeline.binding.comparisons.leading import BREAK, THE_GROWTH, Group, is_of_some, is_set_aside, is_told_of, leads
from pipeline.binding.comparisons.soundness import may_change
from pipeline.binding.ledger import Ledger
from pipeline.binding.scene import SET, Scene, same_measure
from pipeline.binding.words import stem
from pipeline.frozen import frozen
from pipeline.patterns import lazy

_MAX_LEVEL_WORDS = 24
# `That is a growth of …` points at the figure right before.
_POINTS_BACK = lazy(r"\W*(?:that|this|it|which)\b")
# `The growth is thus 20%.`
_DEFINITE = lazy(
    r"\W*(?:the|this|that) (?:rise|growth|increase|decrease|decline|drop|fall|change|gain|reduction|improvement|saving"
    r"|difference)\b"
)
ROW = lazy(r"\s*+(?:[,;]\s*+(?:and\b)?|and\b)\s*+")
_APPOSED = lazy(r"\s*,\s*")
_AGAINST_LAST = lazy(
    r"\b(?:over|than|on|from|against|compared (?:with|to)|since) (?:that )?(?:in |of |for )?"
    r"(?:the |a )?(?:(?:19|20)\d\d|year before|previous|preceding|year earlier|last)"
)
_YEAR = r"in ((?:19|20)\d\d)(?:[-/–]\d\d(?:\d\d)?)?"
_IN_THE_YEAR = lazy(rf"[^.;:]{{0,30}}?\b{_YEAR},? and (?:[a-z]+ ){{0,3}}?(?:to )?[^a-z]{{0,3}}")
_IN_THE_YEAR_TOLD = lazy(
    rf"[^.;:]{{0,30}}?\b{_YEAR}(?:[,;]| –| —| \()? ?(?:that is|i\.e\.|which is|this is|it is|or|so)?,? ?"
    r"(?:an?|the|it|has|have|had|been|gone|went|came|come|up|down|by|of|rise|fall|drop|growth|decline|decrease|increase|"
    r"grew|rose|fell|risen|fallen|grown|reduction|gain|thus|therefore|about|some|nearly|almost|[ $£€]){1,16}"
)
_GOES_ON = lazy(
    r"(?: (?:in|of|for) (?:(?:19|20)\d\d|the (?:[a-z-]+ ){1,3}(?:quarter|year|month|period|half|week)))?[ ,)]*"
    r"(?:(?:and|but|or|i\.e\.|that is,?|thus|also|even|still|some|about|nearly|almost|only|just) )*"
    r"(?:(?:surpass|exceed|beat|miss|overshot|undershot|overfulfil|fulfil|fell short|equal|equivalent|represent"
    r"|correspond|achiev|complet)\w*[^.;:]{0,40}"
    r"|(?:was|is|were|are|being|up|down|above|below|over|under|against|a|an|the)\b[^.;:]{0,40})?"
)
_THE_THINGS = lazy(r"[;.,]\s*(?:and )?the ([a-z]+) (?:were|are|numbered|was|is) $")
_SAME_OF_ANOTHER = lazy(
    r"\s*(?:compared (?:with|to)|over|from|on|than|against) (?:the )?same (?:quarter|period|month|time|half)\b"
)
_OVER = lazy(r" (?:over|on|above|below|than|from|against|versus|compared (?:with|to)) ")
_SHORT_AHEAD = 6
# So many figures away at most: a table that has lost its lines is one sentence of thousands.
_FAR = 10
_SAME_NAME = 2
_WEAK = "weak"
_GAP = "gap"
_SAID_OF_ALL = ("growth", "target", "ratio")


@frozen
class Choice:
    """A figure for a role, and how well words license it. `pointed`: a sentence that speaks of it leads back to it.

    `said` is what words alone make of it where the company it stands in raises its tier. `in_series`: it is the last
    but one of a row, and words set the last against it.
    """

    claim: int | None
    tier: int
    scope_back: int = 0
    guess: bool = False
    pointed: bool = False
    said: int | None = None
    in_series: bool = False


def bases(scene: Scene, number: int, group: Group, left: int, right: int, kind: str) -> Iterator[Choice]:
    """Figures that words name as what is compared with, nearest first, and none."""
    apart = _two_apart(scene, group, left, kind)
    if apart is not None:
        yield Choice(apart[1], 0)
        return
    told = then.and_now(scene, number, group) if kind == "points" else None
    if told is not None:
        yield Choice(told[1], 0)
        return
    found: list[tuple[int, int]] = []
    for claim in range(left, right + 1):
        if not _fits_group(scene, kind, group, claim):
            continue
        roles = scene.roles(claim, *group.family.said)
        after = claim > group.last
        cue = roles.get(group.family.base)
        # `In 2012 it was 84` names a prior where it follows; before a change it may as well be the level.
        if cue is None or cue.mode == SET or broken(scene, group, claim):
            continue
        if cue.mode == _WEAK and not after:
            yield Choice(claim, 1)
            continue
        distance = scene.words_between(claim, group.last if after else group.first)
        if distance <= _MAX_LEVEL_WORDS:
            found.append((distance + (0 if after else 3), claim))
    for rank, (_, claim) in enumerate(sorted(found)[:2]):
        # `up 1.8%, compared with £459 for women, up 2.2%`: a figure with a change of its own is no prior.
        last = claim == right and right + 1 < scene.by_sentence[number].stop
        own = last and scene.words_between(claim, right + 1) <= 4 and leads(scene, right + 1) is not None
        framed = group.last < claim - 1 and "level" in scene.roles(claim - 1, *group.family.said)
        own = own and not framed and not _over_it(scene, group, claim)
        yield Choice(claim, rank + UNSAID * own)
    if not found:
        yield from _from_before(scene, number, group, left, right, kind, group.family.base)
        # Which of two unnamed figures is the level and which the prior, arithmetic may choose.
        yield from (
            Choice(c.claim, c.tier + 1, c.scope_back, guess=True)
            for c in levels_before(scene, group, left, kind, 0, None)
        )
        yield from _series(scene, group, left, kind)
    yield from _unsaid(scene, number, group, kind)
    yield Choice(None, 0 if not found else 1)


def _over_it(scene: Scene, group: Group, claim: int) -> bool:
    """`9.2% over 12,808 yuan in the previous year, 1.7 points faster than …`: the change is said straight over it."""
    return claim == group.last + 1 and _OVER.match(scene.between(group.last, claim)) is not None


def levels(
    scene: Scene, number: int, group: Group, left: int, right: int, kind: str, meant: int | None
) -> Iterator[Choice]:
    """The level by its words, else the nearest unnamed figures before, else those of the sentence before."""
    apart = _two_apart(scene, group, left, kind)
    if apart is not None:
        yield Choice(apart[0], 0)
        return
    told = then.and_now(scene, number, group) if kind == "points" else None
    if told is not None:
        yield Choice(told[0], 0, 1, pointed=True)
        return
    named = []
    again = _named_again(scene, group, left, kind)
    if again is not None:
        yield Choice(again, 0)
    for claim in range(left, right + 1):
        roles = scene.roles(claim, *group.family.said)
        if "level" not in roles or roles["level"].mode == SET or not _fits_group(scene, kind, group, claim):
            continue
        if not broken(scene, group, claim) and not _counts_other(scene, claim, meant):
            named.append((scene.words_between(claim, group.last if claim > group.last else group.first), claim))
    for rank, (_, claim) in enumerate(sorted(named)[:2]):
        yield Choice(claim, rank)
    before = list(levels_before(scene, group, left, kind, 1 if named else 0, meant))
    yield from before
    if not named and all(c.tier for c in before):
        yield from _shared(scene, number, group, kind)
    unsure = all(group.family.base in scene.roles(c.claim, "growth") for c in before if c.claim is not None)
    if not named and unsure:
        yield from _from_before(scene, number, group, left, right, kind, "level")
    yield from _unsaid(scene, number, group, kind)
    yield Choice(None, 1)


def _shared(scene: Scene, number: int, group: Group, kind: str) -> Iterator[Choice]:
    """The level of the comparison before, where the sentence goes on with no other subject: `90 tons, up 5% on the year
    and 12% above the plan of 80`; or what was compared there: `93.9%, some 4.1 points below the target`."""
    last, start = group.first - 1, scene.by_sentence[number].start
    while last >= start and group.family.base in scene.roles(last, group.family.kind):
        last -= 1
    if last < start or not any(_GOES_ON.fullmatch(scene.between(n, n + 1)) for n in (last, group.first - 1)):
        return
    for claim in range(last, start - 1, -1):
        if is_aside(scene, claim, between := scene.between(claim, group.first)):
            continue
        if BREAK.search(between):
            return
        named = kind != "points" and set(scene.roles(claim, *_SAID_OF_ALL)) - {"level"}
        if not named and _fits_group(scene, kind, group, claim):
            yield Choice(claim, 0)
            return


def _two_apart(scene: Scene, group: Group, left: int, kind: str) -> tuple[int, int] | None:
    """`58.6% of women and 74.4% of men can read, a gap of 15.8 points`: the only two percents before a gap."""
    if kind != "points" or group.mode != _GAP:
        return None
    before = [c for c in range(left, group.first) if scene.claims[c].figure.kind == "percent"]
    if len(before) != 2 or any(scene.roles(c, *_SAID_OF_ALL) for c in before):
        return None
    fits = ";" not in scene.between(before[0], group.first) and all(_fits_group(scene, kind, group, c) for c in before)
    return (before[0], before[1]) if fits else None


def _named_again(scene: Scene, group: Group, left: int, kind: str) -> int | None:
    """`291 towns and 1,342 villages were reached; the villages were 774 more than the 568 of 2010`: the only figure of
    what is named again right before the change."""
    if group.first == left:
        return None
    found = _THE_THINGS.search(scene.between(group.first - 1, group.first))
    if found is None:
        return None
    alike = [
        claim
        for claim in range(left, group.first)
        if stem(scene.claims[claim].figure.unit) == stem(found[1]) and _fits_group(scene, kind, group, claim)
    ]
    return alike[0] if len(alike) == 1 else None


def levels_before(scene: Scene, group: Group, left: int, kind: str, rank: int, meant: int | None) -> Iterator[Choice]:
    """The nearest figures before the group in its clause that words do not name; `rank` is the tier of the first. With
    `meant`, the prior that words give, another figure that might be one is the level."""
    named, passed = rank, 0
    for claim in range(group.first - 1, left - 1, -1):
        between = scene.between(claim, group.first)
        if is_aside(scene, claim, between):
            continue
        if rank > 2 or broken(scene, group, claim) or len(between.split()) > _MAX_LEVEL_WORDS:
            return
        said = scene.roles(claim, *_SAID_OF_ALL)
        # `Revenue in the budget was 8.6 billion, an increase of …`: what grew may be a budget or a target itself.
        grew = kind == "growth" and claim == group.first - 1
        base = said.get("prior") or (None if grew else said.get("target"))
        if base is not None and (claim == meant or (meant is None and base.mode != _WEAK)):
            continue
        if base is not None and base.mode != _WEAK:
            # `up from 71% last year, but still two points short of our target of 75%` is said of what is now.
            if _fits_group(scene, kind, group, claim) and (group.family.base != "target" or "prior" not in said):
                yield Choice(claim, rank + 1)
            continue
        if is_set_aside(scene, group, claim) or _counts_other(scene, claim, meant):
            continue
        extended = _is_extended(scene, group, claim)
        if not _fits_group(scene, kind, group, claim) or (
            not extended and _other_roles(scene, kind, claim, _SAID_OF_ALL)
        ):
            passed += scene.claims[claim].figure.kind == "absolute"
            continue
        grown = kind == "points" and bool({"change", "percent"} & set(scene.roles(claim, "growth")))
        # `grew by 9.4%, 1.2 percentage points faster than the 8.2% of the villages`
        grown = grown and not (claim == group.first - 1 and _APPOSED.fullmatch(between) is not None)
        grown = grown and THE_GROWTH.search(between) is None
        apart = grown or _has_percent(scene, group, claim)
        yield Choice(claim, rank + (1 if passed and not named else 0) + UNSAID * apart)
        rank += 1


def _counts_other(scene: Scene, claim: int, meant: int | None) -> bool:
    """`214,500 children in 412 schools, compared with 198,600 children`: the schools are no level of that."""
    if meant is None or scene.claims[claim].figure.dimension != "count":
        return False
    return not same_measure(scene.claims[claim], scene.claims[meant])


def _is_extended(scene: Scene, group: Group, claim: int) -> bool:
    """`Roads were extended by 6,318 km, 702 km more than in 2011`: of a change another is told."""
    a, b = scene.claims[claim].figure, scene.claims[group.first].figure
    return claim == group.first - 1 and a.unit == b.unit != "" and a.kind == "absolute" and is_told_of(scene, group)


def _from_before(
    scene: Scene, number: int, group: Group, left: int, right: int, kind: str, role: str
) -> Iterator[Choice]:
    """Figures of the sentence before, for a sentence that speaks of them: `That is growth of 8%.`

    `This included rises for X (up 75 or 10%) and Y (up 53 or 7%)`: none of its comparisons is with all.
    """
    sentence = scene.sentences[number]
    if number == 0 or scene.sentences[number - 1].section != sentence.section:
        return
    base = group.family.base
    if role == base and any(_SAME_OF_ANOTHER.match(scene.after(head)) for head in group.heads.values()):
        return  # `compared with 42 in the third quarter. … 60.6% down on the same quarter a year before`
    fitting = [
        claim
        for claim in reversed(scene.by_sentence[number - 1])
        if _fits_group(scene, kind, group, claim)
        and not _other_roles(scene, kind, claim, (group.family.kind,))
        and _is_base(scene, group, claim) == (role == base)
        and (kind == "points" or scene.claims[claim].figure.kind != "percent")
    ]
    if not fitting or then.is_anothers(scene, number):
        return
    opening = scene.low[sentence.start : sentence.start + 60]
    # `The rise of 31%, or 9% a year, …`: it opens with the comparison itself.
    ahead = scene.low[sentence.start : scene.claims[group.first].figure.start]
    opens = len(ahead.split()) <= _SHORT_AHEAD and _DEFINITE.match(opening) is not None
    opens = opens and not is_of_some(scene, group.last, number - 1)
    whole = scene.by_sentence[number] == range(left, right + 1) and BREAK.search(ahead) is None
    pointed = (whole and _POINTS_BACK.match(opening) is not None) or opens
    spoken = pointed or (whole and BACKWARD.match(opening) is not None)
    named = []
    if role == "level" and kind != "ratio":
        named = [claim for claim in fitting if _of_one_name(scene, group.first, claim)]
        named = named or [claim for claim in fitting if left < group.first and _of_one_name(scene, left, claim)]
    if len(named) == 1:
        # `… and 71 million of matching funds. The matching funds rose by 3%`
        yield Choice(named[0], 1, 1, pointed=pointed)
    # What the sentence before tells is another matter, unless this one speaks of it.
    tier = 1 if pointed or (spoken and len(fitting) == 1) else UNSAID
    ranks: dict[str, int] = {}
    for claim in fitting[: UNSAID + 1]:
        unit = scene.claims[claim].figure.unit
        rank = ranks[unit] = ranks.get(unit, -1) + 1
        yield Choice(claim, tier + rank, 1, pointed=pointed, said=1 + rank if spoken else None)


def _is_base(scene: Scene, group: Group, claim: int) -> bool:
    """Whether words call a figure what is compared with; `in June 2014 it was 11.4 million` only hints at that."""
    cue = scene.roles(claim, group.family.kind).get(group.family.base)
    return cue is not None and cue.mode != _WEAK


def _series(scene: Scene, group: Group, left: int, kind: str) -> Iterator[Choice]:
    """`The years brought 41, 44 and 52 respectively, 8 more than the year before`: of a row the last but one; so too in
    `312 million in 2013 and 348 million in 2014, an increase of 36 million`."""
    last = group.first - 1
    if last - 1 < left or not all(_fits_group(scene, kind, group, c) for c in (last, last - 1)):
        return
    if _year_by_year(scene, group, last):
        yield Choice(last - 1, 0)
        return
    row = last - 2 >= left and all(ROW.fullmatch(scene.between(a, a + 1)) for a in (last - 2, last - 1))
    if row and _fits_group(scene, kind, group, last - 2):
        against = _AGAINST_LAST.search(_around(scene, group)) is not None
        yield Choice(last - 1, 0 if against else 1, in_series=against)


def _year_by_year(scene: Scene, group: Group, last: int) -> bool:
    """Whether the two figures before a comparison are those of an earlier and a later year, and it is said of both."""
    first = _IN_THE_YEAR.fullmatch(scene.between(last - 1, last))
    second = _IN_THE_YEAR_TOLD.fullmatch(scene.between(last, group.first))
    return first is not None and second is not None and first.group(1) < second.group(1)


def _around(scene: Scene, group: Group) -> str:
    """The words before a comparison back to the last figure, and those behind it."""
    start = scene.claims[group.first - 1].figure.end
    return scene.report.view[start : scene.claims[group.last].figure.end].lower() + scene.after(group.last)


def _unsaid(scene: Scene, number: int, group: Group, kind: str) -> Iterator[Choice]:
    """The other figures of this sentence and the one before: words allow them, they do not say them."""
    near = number and scene.sentences[number - 1].section == scene.sentences[number].section
    first = number - 1 if near and not then.is_anothers(scene, number) else number
    start = max(scene.by_sentence[first].start, group.first - _FAR)
    for claim in range(start, min(scene.by_sentence[number].stop, group.last + _FAR + 1)):
        # What is a change there may be a level here: `extended by 96 km, 12 km more than in 2009`.
        if _fits_group(scene, kind, group, claim) and (
            kind == "points" or "percent" not in scene.roles(claim, group.family.kind)
        ):
            yield Choice(claim, UNSAID, int(scene.claims[claim].sentence != number))


def _of_one_name(scene: Scene, about: int, claim: int) -> bool:
    """Whether a figure of the sentence before stands with the words that the comparison is said of."""
    ledger = scene.once(Ledger)
    return len(ledger.subject(about) & ledger.named(claim)) >= _SAME_NAME


def _other_roles(scene: Scene, kind: str, claim: int, kinds: tuple[str, ...]) -> bool:
    """Whether words make a figure a change or percent of its own; growth rates are what points compare."""
    return kind != "points" and bool(set(scene.roles(claim, *kinds)) & {"change", "percent"})


def _fits_group(scene: Scene, kind: str, group: Group, claim: int) -> bool:
    """Whether a claim can be a level or prior of this comparison."""
    figure, heads = scene.claims[claim].figure, [scene.claims[head].figure for head in group.heads.values()]
    if claim in group.heads.values() or figure.kind in ("points", "factor") or figure.upper is not None:
        return False
    if kind == "points":
        return figure.kind == "percent"
    if figure.dimension == "time" and all(h.unit != figure.unit for h in heads) and then.is_when(scene, claim):
        return False
    if figure.dimension == "time" and not any(h.dimension == "time" for h in heads):
        return "change" not in group.heads
    if "change" in group.heads:
        return may_change(scene.claims[group.heads["change"]], scene.claims[claim])
    return True


def of_its_own(scene: Scene, kind: str, group: Group, claim: int | None) -> bool:
    """Whether words make a figure a change of its own, `down 142,000`, though it stands for a level here.

    `Extended by 6,318 km, 702 km more than in 2011`: what is told of it makes it a level again.
    """
    if (
        claim is None
        or kind == "points"
        or (claim == group.first - 1 and _APPOSED.fullmatch(scene.between(claim, group.first)))
    ):
        return False
    return "change" in (roles := scene.roles(claim, *_SAID_OF_ALL)) and "level" not in roles


def _has_percent(scene: Scene, group: Group, claim: int) -> bool:
    """Whether a percent of its own follows a figure in brackets: `of 253,000 (4%)`."""
    follows = claim + 1 < group.first and scene.claims[claim + 1].figure.kind == "percent"
    return follows and scene.between(claim, claim + 1).strip() == "("
