"""Years: durations against the years they run between → time; yearly growth over a number of years → annual.

A duration and two years that merely share a sentence are taken where they agree; they are flagged only where words
join them.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.binding.charity import UNSAID, choose
from pipeline.binding.comparisons import lapses
from pipeline.binding.scene import Candidate, Outcome, Scene, operand, same_measure
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Confidence, Considered, Cue, Operand, Relation, Scope, Span
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_YEAR = lazy(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_YEARS = frozenset(("year", "fiscal year"))
# `the ten years from 2001 to 2010`: what stands before the duration, between it and the years, and between those.
_SPELL = lazy(
    r"\b(?:the|these|those|over|during|in|for|of|within|last|past|first|next|a|took|taken|lasted|lasting|spanned)\s+"
    r"(?:\w+\s+)?$"
)
_FROM = lazy(r"(?:[ -]period)?\s*+(?:,\s*+)?(?:running )?(?:from|between)\s+(?:\w+ ){0,3}$")
# `the three-year programme ran from`: what lasts so long is what ran.
_RAN = lazy(
    r"\s+(?:plan|programme|program|project|contract|lease|term|campaign|agreement|phase|strategy|mandate|scheme|period)"
    r"(?: (?:\w+ly|that))?(?: (?:ran|runs|running|lasted|lasts|lasting|covers|covered|covering|extends|extended))?,?"
    r" from\s+(?:\w+ ){0,2}$"
)
# `a five-year period between 1990 and 2010` is some five years of them.
_SOME = lazy(r"\b(?:an?|any|every|each|per)\s+(?:\w+\s+)?$")
_TO = lazy(r"\s*(?:to|and|through|until|till|-|–)\s*(?:\w+ ){0,3}$")
_MAKES = lazy(r"\s*[,–(-]\s*(?:i\.e\.,?|that is,?|or|in all|a|an|altogether)?\s*$")
_AGED = lazy(r"\b(?:aged?|old|older|under|over)\b")
# `A republic in 1968, three years after independence`: counted from what is no year here.
_AFTER = lazy(r"\s*(?:after|before|from|since|into) (?:the |its |their )?(?!(?:19|20)\d\d|that|this|which)[a-z]")
_ROW = lazy(r"\s*+(?:,\s*+(?:and\b)?|and\b)\s*+")
_LONGEST_SPELL = 60
# Sentences about a yearly growth whose figures may be its level and prior.
_WINDOW = 4
_MOST_MEASURES = 12
_YEAR_WITHIN = 60
_DATE = 100  # characters: no date is longer
_APART = 20
_BEHIND = 80


def bind(scene: Scene) -> Outcome:
    """All durations and average yearly growths of a report."""
    relations = list(_durations(scene))
    for number in lapses.told_in(scene):
        relations.extend(lapses.bind(scene, number))
    considered: list[Considered] = []
    for claim in range(len(scene.claims)):
        cue = scene.roles(claim, "annual").get("percent")
        if cue is None or scene.claims[claim].figure.kind != "percent":
            continue
        relation = choose(list(_yearly(scene, claim, cue)), scene.book)
        if relation is not None:
            relations.append(relation)
        else:
            figure = scene.claims[claim].figure
            why = "the level, the prior or the years are not stated near"
            considered.append(Considered("annual", figure.start, figure.end, why, cue.rule))
    return relations, considered


def years_operand(scene: Scene, role: str, place: Span) -> Operand:
    number = Fraction(int(scene.report.view[place.start : place.end]))
    return Operand(role, f"@{place.start}-{place.end}", place.start, place.end, value=number)


def _years(scene: Scene, start: int, end: int) -> list[Span]:
    """The places of the years among the skips of a stretch of text."""
    found = []
    for skip in scene.skips_within(start, end):
        if skip.reason in ("year", "date"):
            found += [Span(*m.span()) for m in _YEAR.finditer(scene.report.view, skip.start, skip.end)]
    return found


def _durations(scene: Scene) -> Iterator[Relation]:
    for n in scene.by_unit.get("year", ()):
        claim = scene.claims[n]
        spell, sentence = claim.figure, scene.sentences[claim.sentence]
        if (
            spell.kind != "absolute"
            or spell.upper is not None
            or not 2 <= spell.number.value <= _LONGEST_SPELL
            or _is_age(scene, n)
            or _AFTER.match(scene.after(n))
        ):
            continue
        years = _next_years(scene, claim, sentence.end) or _two_years(scene, sentence.start, sentence.end)
        scope: Scope = "sentence"
        if years is None and claim.sentence and scene.sentences[claim.sentence - 1].section == sentence.section:
            years, scope = _two_years(scene, scene.sentences[claim.sentence - 1].start, sentence.end), "neighbour"
        if years is None:
            continue
        first, last = years
        joined = _joined(scene, claim, first, last) and spell.number.value.denominator == 1
        operands = (years_operand(scene, "start", first), years_operand(scene, "end", last), operand("duration", claim))
        reason = "a duration and the two years it runs between"
        relation = Relation("time", operands, scope, "high" if joined else "low", "time.spell-and-years", reason)
        if (joined and not lapses.LEFT_OUT.search(scene.report.view, last.end, sentence.end)) or agreement(
            relation, scales(scene.book)
        ) != "none":
            yield relation


def _is_age(scene: Scene, n: int) -> bool:
    figure, view = scene.claims[n].figure, scene.report.view
    return (
        _AGED.search(
            view[max(0, figure.start - 12) : figure.start].lower() + " " + view[figure.end : figure.end + 8].lower()
        )
        is not None
    )


def _next_years(scene: Scene, claim: Claim, end: int) -> tuple[Span, Span] | None:
    """The two years right behind a duration: `in the ten years from 2001 to 2010`."""
    years = _years(scene, claim.figure.end, min(end, claim.figure.end + _BEHIND))
    view = scene.report.view
    if len(years) < 2:
        return None
    first, last = years[:2]
    in_order = view[first.start : first.end] < view[last.start : last.end]
    # Years that run backward from one `to` the other are a slip of the pen.
    return (first, last) if in_order or _joined(scene, claim, first, last) else None


def _two_years(scene: Scene, start: int, end: int) -> tuple[Span, Span] | None:
    """The only two years of a stretch of text, in the order of the calendar."""
    places = {scene.report.view[y.start : y.end]: y for y in reversed(_years(scene, start, end))}
    if len(places) != 2:
        return None
    first, last = sorted(places)
    return places[first], places[last]


def _joined(scene: Scene, claim: Claim, first: Span, last: Span) -> bool:
    """Whether words say that a duration is what lies between two years: right before them, or right behind."""
    view, figure = scene.report.view, claim.figure
    if first.start > last.start or not _TO.fullmatch(view[first.end : last.start].lower()):
        return False
    if last.end <= figure.start:
        return _MAKES.fullmatch(view[last.end : figure.start].lower()) is not None
    before, between = view[max(0, figure.start - 25) : figure.start].lower(), view[figure.end : first.start].lower()
    if figure.end > first.start or ("between" in between and _SOME.search(before) is not None):
        return False
    return (_SPELL.search(before) is not None and _FROM.fullmatch(between) is not None) or (
        _RAN.fullmatch(between) is not None
    )


def _yearly(scene: Scene, percent: int, cue: Cue) -> Iterator[Candidate]:
    claim = scene.claims[percent]
    near = range(max(0, claim.sentence - _WINDOW), min(len(scene.sentences), claim.sentence + 2))
    claims = [n for s in near if scene.sentences[s].section == claim.section for n in scene.by_sentence[s]]
    measures = sorted((n for n in claims if _level_like(scene, n)), key=lambda n: abs(n - percent))[:_MOST_MEASURES]
    sentence = scene.sentences[claim.sentence]
    frame = _years(scene, sentence.start, sentence.end)
    spells = [
        n
        for n in scene.by_sentence[claim.sentence]
        if scene.claims[n].figure.unit in _YEARS and scene.claims[n].figure.number.value >= 2
    ]
    series = _series(scene, percent, frame)
    if series is not None:
        first, last = series
        ends = [operand("level", scene.claims[last]), operand("prior", scene.claims[first]), operand("percent", claim)]
        for years, _ in _ends(scene, first, last, frame, spells):
            yield _candidate(scene, [*ends, *years], 0, cue)
    for prior, level in _pairs(scene, sorted(measures)):
        named = _named(scene, prior, level)
        together = scene.claims[prior].sentence == scene.claims[level].sentence == claim.sentence
        base = [operand("level", scene.claims[level]), operand("prior", scene.claims[prior]), operand("percent", claim)]
        for ends, said in _ends(scene, prior, level, frame, spells):
            tier = 0 if named and together and said else UNSAID
            # `In 2019 it was 804. In 2016 it had been 612.`: each with its year, and one of them named.
            dated = said and "prior" in scene.roles(prior, "growth") and len(ends) > 1
            yield _candidate(scene, [*base, *ends], tier, cue, 2 if tier and dated else None)


def _series(scene: Scene, percent: int, frame: list[Span]) -> tuple[int, int] | None:
    """The first and the last of a row before a yearly growth: `from 2010 to 2012 it came to 41, 44 and 52`."""
    last = percent - 1
    first = last
    while first > 0 and scene.claims[first - 1].sentence == scene.claims[percent].sentence:
        if not _level_like(scene, first - 1) or not _ROW.fullmatch(scene.between(first - 1, first)):
            break
        first -= 1
    spell = [int(scene.report.view[y.start : y.end]) for y in frame]
    long = len(spell) > 1 and last - first >= 2 and _level_like(scene, last)
    return (first, last) if long and max(spell) - min(spell) == last - first else None


def _level_like(scene: Scene, claim: int) -> bool:
    figure = scene.claims[claim].figure
    return (
        figure.kind in ("absolute", "rate")
        and figure.upper is None
        and figure.dimension != "time"
        and bool(figure.number.value)
    )


def _pairs(scene: Scene, claims: list[int]) -> Iterator[tuple[int, int]]:
    """Prior and level: figures of one measure and of one order of size, first in the order that words give them."""
    for n, first in enumerate(claims):
        for second in claims[n + 1 :]:
            a, b = scene.claims[first], scene.claims[second]
            apart = abs(a.figure.number.value / b.figure.number.value)
            framed = _framed(scene, first, second) or _framed(scene, second, first)
            if not same_measure(a, b) or apart == 1 or not (framed or Fraction(1, _APART) <= apart <= _APART):
                continue
            backward = "prior" in scene.roles(second, "growth") or "level" in scene.roles(first, "growth")
            forward = "prior" in scene.roles(first, "growth") or "level" in scene.roles(second, "growth")
            ordered = (
                ((second, first), (first, second)) if backward and not forward else ((first, second), (second, first))
            )
            yield from ordered


def _named(scene: Scene, prior: int, level: int) -> bool:
    return "prior" in scene.roles(prior, "growth") and "level" in scene.roles(level, "growth")


def _framed(scene: Scene, prior: int, level: int) -> bool:
    """Whether one phrase names both: `from 400 tons in 2010 to 532 tons in 2013`."""
    cue = scene.roles(prior, "growth").get("prior")
    return cue is not None and cue.frame and scene.roles(level, "growth").get("level") is cue


def _ends(
    scene: Scene, prior: int, level: int, frame: list[Span], spells: list[int]
) -> Iterator[tuple[list[Operand], bool]]:
    """The years between two levels, and whether words give them: their own years, those of the sentence, or a spell."""
    for spell in spells:
        yield [operand("years", scene.claims[spell])], len(spells) == 1
    own = year_of(scene, prior), year_of(scene, level)
    view = scene.report.view
    both = tuple(view[year.start : year.end] for year in own if year is not None)
    # Years that run backward are a slip of the pen where one phrase holds the two levels.
    if (
        own[0] is not None
        and own[1] is not None
        and (both[0] < both[1] or (both[0] > both[1] and _framed(scene, prior, level)))
    ):
        yield [years_operand(scene, "years", own[0]), years_operand(scene, "years", own[1])], True
    distinct = {view[y.start : y.end]: y for y in frame}
    if len(distinct) == 2 and (own[0] is None or own[1] is None or own[0] == own[1]):
        first, last = sorted(distinct)
        yield [years_operand(scene, "years", distinct[first]), years_operand(scene, "years", distinct[last])], True


def years_between(scene: Scene, prior: int, level: int, first: int, last: int) -> Iterator[list[Operand]]:
    """The ways in which sentences from `first` to `last` tell the years between two levels."""
    numbers = range(first, last + 1)
    frame = [y for n in numbers for y in _years(scene, scene.sentences[n].start, scene.sentences[n].end)]
    claims = (c for n in numbers for c in scene.by_sentence[n] if scene.claims[c].figure.unit in _YEARS)
    spells = [c for c in claims if scene.claims[c].figure.number.value >= 2]
    yield from (ends for ends, _ in _ends(scene, prior, level, frame, spells))


def year_of(scene: Scene, claim: int) -> Span | None:
    """The year that stands nearest to a figure in its clause: behind it rather than before."""
    start, end = scene.clause_of(claim)
    figure = scene.claims[claim].figure
    # A date is longer than the year in it.
    start, end = max(start, figure.start - _YEAR_WITHIN - _DATE), min(end, figure.end + _YEAR_WITHIN + _DATE)
    # `in 2017 it was 74` and `61 in 2022`: a year behind is nearer than one as far before.
    near = [
        (y.start - figure.end if y.start >= figure.end else 2 * (figure.start - y.end), y.start, y)
        for y in _years(scene, start, end)
    ]
    return min(((far, at, y) for far, at, y in near if far <= _YEAR_WITHIN), default=(0, 0, None))[2]


def _candidate(scene: Scene, operands: list[Operand], tier: int, cue: Cue, said: int | None = None) -> Candidate:
    sentences = [scene.sentence_at(o.start) for o in operands]
    apart = max(sentences) - min(sentences)
    scope: Scope = "sentence" if apart == 0 else "neighbour" if apart == 1 else "section"
    reason = "a yearly growth, its two levels and the years"
    confidence: Confidence = "high" if tier == 0 and scope != "section" else "medium"
    relation = Relation("annual", tuple(operands), scope, confidence, cue.rule, reason, cue.direction)
    if scope == "section":
        said = 2 * UNSAID  # levels of other sentences, which no slip of the pen ties to this growth
    return Candidate(relation, tier, tuple(o.start for o in operands), said)
