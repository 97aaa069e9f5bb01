"""The order in which a figure's context is filled in: role, period, what it is set against, subject, place, scale."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from pipeline import exact
from pipeline.context import assign, chains, periods, places, scales
from pipeline.context.defaults import Defaults, in_currency
from pipeline.context.words import Words, words_of
from pipeline.fraction import Fraction
from pipeline.model import Claim, Cue, Figure, Report, Section, Sentence, Skip
from pipeline.patterns import lazy
from pipeline.rulebook import Rulebook

_NO_ROLE: tuple[str, Cue | None] = ("", None)
_NOTHING = Defaults()
# A sentence and the spans of figures in it → a subject for each: what a trained model has to say.
# `rose 213.45 points, or 0.62 percent`: the percent says the change again, so the points are those of an index.
_SAID_AGAIN = lazy(r",? (?:or|\() ?[0-9.]+ ?(?:%|per ?cent)")
_SAYS_AGAIN = lazy(r"(?:%|per ?cent),? (?:or|\() ?\Z")
# `23 galaxies at redshifts greater than 6`: six of something else.
_OF_ANOTHER = lazy(r"\b(?:at|with|whose|having)\s+\w+\s+(?:\w+\s+)?(?:greater|more|less|lower|higher|of|above|below)\b")
_AGO = lazy(r"\s(?:ago|earlier|before|later)\b")
_AGED = lazy(r"\b[Aa]ged? $")
_AGAIN_GAP = lazy(r"[\s,(]{0,3}")
_THAN = lazy(r"\bthan (?:\w+ )?$")
# So many times another figure one is of another thing, and of the same.
_FAR_OFF, _ABOUT = 20, 2
_NO_MONEY = 10_000
Namer = Callable[[str, Sequence[tuple[int, int]]], Sequence[str]]


def fill(
    report: Report,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    figures: Sequence[Figure],
    skips: Sequence[Skip],
    cues: Sequence[Cue],
    book: Rulebook,
    defaults: Defaults = _NOTHING,
    namer: Namer | None = None,
) -> tuple[Claim, ...]:
    """One claim a figure, in the order of the figures. `namer` is asked for the subjects that no rule finds."""
    if defaults.currency:
        figures = [in_currency(report.view, figure, defaults.currency) for figure in figures]
    roles = _roles(report.view, cues, figures)
    words = words_of(book)
    headings = _Headings(sections, words, defaults)
    notes = scales.notes_of(report, sections, words, defaults.scale)
    skip_starts = [s.start for s in skips]
    claims: list[Claim] = []
    before: tuple[int, list[str]] = (-1, [])
    for number, first, last in _by_sentence(sentences, figures):
        sentence, group = sentences[number], figures[first:last]
        given = [roles.get(n, _NO_ROLE) for n in range(first, last)]
        names = [role for role, _ in given]
        within = skips[bisect_left(skip_starts, sentence.start) : bisect_left(skip_starts, sentence.end)]
        anchor, place = headings.of(sentence.section)
        spoken = periods.in_sentence(report.view, sentence, within, anchor)
        said = assign.periods_of(report.view, sentence.start, sentence.end, group, spoken, names)
        whose = places.in_sentence(report.view, sentence, words)
        known = before[1] if before[0] == number - 1 else []
        of = chains.subjects_of(
            report.text, report.view, sentence.start, sentence.end, group, names, spoken, known, words
        )
        if namer is not None and not all(of):
            spans = [(f.start - sentence.start, f.end - sentence.start) for f in group]
            told = namer(report.text[sentence.start : sentence.end], spans)
            of = [own or other for own, other in zip(of, told, strict=True)]
        before = (number, of)
        for n, figure in enumerate(group):
            role, said_by = given[n]
            following = group[n + 1].start if n + 1 < len(group) else sentence.end
            base = assign.base_of(figure, following, spoken) if role in assign.CHANGES else ""
            claims.append(
                Claim(
                    claim_id=f"c{figure.start}",
                    figure=figure,
                    section=sentence.section,
                    sentence=number,
                    role=role,
                    subject=of[n],
                    period=said[n] if spoken else anchor,
                    place=places.place_of(report.view, sentence.start, figure, following, whose)
                    if whose
                    else place
                    if figure.dimension != "time"
                    else "",
                    compared_with=base or (said_by.base if said_by else ""),
                    rule=said_by.rule if said_by else figure.rule,
                    scale=scales.scale_of(report.view, figure, notes),
                )
            )
    return tuple(_with_borrowed_units(report.view, _with_points(report.view, claims), cues))


def _roles(view: str, cues: Sequence[Cue], figures: Sequence[Figure]) -> dict[int, tuple[str, Cue | None]]:
    """The role of each figure by its cues: frames first, then the tightest words; a mere hint gives none."""
    roles: dict[int, tuple[str, Cue | None]] = {}
    for cue in sorted(cues, key=lambda c: (not c.frame, c.start)):
        if cue.kind == "none" or cue.mode == "weak":
            continue
        for role, ref in cue.roles:
            if ref >= 0 and not _is_no_role(view, role, cue, figures, ref):
                of_percent = role == "change" and figures[ref].kind == "percent"
                roles.setdefault(ref, ("percent" if of_percent else role, cue))
    return roles


def _is_no_role(view: str, role: str, cue: Cue, figures: Sequence[Figure], ref: int) -> bool:
    """`3 years ago` compares nothing, at `age 65` nothing lasts, and `no greater than 65%` is a bound; a figure in
    brackets says no other again if none stands before them.
    """
    figure = figures[ref]
    if role == "mention":
        before = figures[ref - 1] if ref else None
        again = before is not None and _AGAIN_GAP.fullmatch(view, before.end, cue.start)
        return not again or (before is not None and before.dimension != figure.dimension and bool(before.dimension))
    if figure.dimension == "time" and (
        _AGO.match(view, figure.end) or _AGED.search(view, max(0, figure.start - 6), figure.start)
    ):
        return True
    return role == "prior" and figure.modifier not in ("", "~") and bool(_THAN.search(view, cue.start, figure.start))


def _by_sentence(sentences: Sequence[Sentence], figures: Sequence[Figure]) -> Iterator[tuple[int, int, int]]:
    """Each sentence that holds figures: its index, that of its first figure, and where they end."""
    number, n = 0, 0
    while n < len(figures):
        while sentences[number].end <= figures[n].start:
            number += 1
        first = n
        while n < len(figures) and figures[n].start < sentences[number].end:
            n += 1
        yield number, first, n


class _Headings:
    """What a section's heading, and those above it, say of period and place."""

    def __init__(self, sections: Sequence[Section], words: Words, defaults: Defaults) -> None:
        self._sections, self._words = sections, words
        self._default = defaults.period or (periods.of_heading(sections[0].heading) if sections else "")
        self._known: dict[int, tuple[str, str]] = {}

    def of(self, section: int) -> tuple[str, str]:
        """The period and the place of a section."""
        if section not in self._known:
            heading = self._sections[section].heading
            period = periods.of_heading(heading) or self._default
            self._known[section] = (period, places.of_heading(heading, self._words))
        return self._known[section]


def _with_points(view: str, claims: list[Claim]) -> list[Claim]:
    """`14.6 per cent, 3.3 points lower`: points beside a percent are percentage points, `3 points, or 1.2%` are not."""
    percents = {c.sentence for c in claims if c.figure.kind == "percent"}
    return [
        replace(c, figure=replace(c.figure, unit="pp", dimension="points", kind="points", discrete=False))
        if c.figure.unit == "point"
        and c.role == "change"
        and c.sentence in percents
        and not _SAID_AGAIN.match(view, c.figure.end)
        and not _SAYS_AGAIN.search(view, max(0, c.figure.start - 16), c.figure.start)
        else c
        for c in claims
    ]


_PART_OF = lazy(r"\s(?:\([^()]{1,12}\)\s)?of\s(?:the\s|these\s|those\s)?[0-9]")


def _with_borrowed_units(view: str, claims: list[Claim], cues: Sequence[Cue]) -> list[Claim]:
    """A bare `120 million more` takes the unit of what it is compared with: the nearest figure before it."""
    changed = {ref for cue in cues for role, ref in cue.roles if role in ("change", "prior", "level") and ref >= 0}
    # `The score rose from 2 to 4`: two bare numbers set against each other need no other's unit.
    bare = {ref for cue in cues for _, ref in cue.roles if cue.frame and _all_bare(claims, cue)}
    roles = [dict(cue.roles) for cue in cues if cue.frame]
    framed = {(held["prior"], held["level"]) for held in roles if {"prior", "level"} <= held.keys()}
    for n in sorted(changed - bare):
        figure = claims[n].figure
        # `In the two censuses it rose by 214,000, from 1,862,000 to 2,076,000`: nor does a change beside them.
        if {n - 1, n + 1} & bare or figure.unit or figure.kind != "absolute" or not n:
            continue
        if _PART_OF.match(view, figure.end):  # `less than 6 cm, compared with 10 (71%) of 14 patients`
            continue
        # `The wait was cut from fourteen months to nine`: a spell of time lends where one phrase names both.
        near = (
            claims[n - 1] if (n - 1, n) in framed and claims[n - 1].figure.dimension == "time" else _lender(claims, n)
        )
        # `1,024 customers with sales above $100,000, compared to 842`: the bound is of what is counted.
        since = claims[n - 1].figure.end if near is not None and near.figure.dimension == "count" else 0
        since = max(since, near.figure.end) if near is not None else 0
        if near is not None and near.figure.unit and not _OF_ANOTHER.search(view, since, figure.start):
            lent = replace(
                figure, unit=near.figure.unit, dimension=near.figure.dimension, discrete=near.figure.discrete
            )
            claims[n] = replace(claims[n], figure=exact.lent(lent, near.figure))
    return claims


def _lender(claims: Sequence[Claim], n: int) -> Claim | None:
    """The figure whose unit a bare one takes: the nearest before it, or where that counts what is far less or more,
    the next of about its size: `214,500 children in 412 schools, compared with 198,600` are children."""
    before = (claims[at] for at in range(n - 1, -1, -1))
    lenders = [c for c in takewhile(lambda c: c.sentence == claims[n].sentence, before) if _lends(c)]
    first = lenders[0].figure if lenders else None
    if first and first.dimension == "money" and (first.modifier or _times(lenders[0], claims[n]) > _NO_MONEY):
        # `118 firms with a trade of over 100 million yuan, 15 more than the 103 of 2020`
        counts = (c for c in lenders[1:] if c.figure.dimension == "count" and _times(c, claims[n]) <= _FAR_OFF)
        return next(counts, lenders[0])
    if not lenders or lenders[0].figure.dimension != "count" or _times(lenders[0], claims[n]) <= _FAR_OFF:
        return lenders[0] if lenders else None
    alike = (c for c in lenders[1:] if c.figure.dimension == "count" and _times(c, claims[n]) <= _ABOUT)
    return next(alike, lenders[0])


def _times(first: Claim, second: Claim) -> Fraction:
    """How many times the smaller of two figures the larger is; nothing tells where one is not above nought."""
    low, high = sorted((first.figure.number.value, second.figure.number.value))
    return high / low if low > 0 else Fraction(1)


def _all_bare(claims: Sequence[Claim], cue: Cue) -> bool:
    """Whether a prior and a level are named together and neither has a unit."""
    refs = dict(cue.roles)
    return {"prior", "level"} <= set(refs) and not any(claims[ref].figure.unit for ref in refs.values() if ref >= 0)


def _lends(claim: Claim) -> bool:
    """Whether a bare number after it may be of its unit: a spell of time lends none."""
    return claim.figure.kind in ("absolute", "rate") and claim.figure.dimension != "time"
