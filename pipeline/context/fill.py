"""The order in which a figure's context is filled in: role, period, basis of comparison, subject, a lent unit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.context import periods
from pipeline.context.subjects import subject_of
from pipeline.model import Claim, Cue, Figure, Report, Section, Sentence, Skip
from pipeline.rulebook import Rulebook

_NO_ROLE: tuple[str, Cue | None] = ("", None)


def fill(
    report: Report,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    figures: Sequence[Figure],
    skips: Sequence[Skip],
    cues: Sequence[Cue],
    book: Rulebook,
) -> tuple[Claim, ...]:
    """One claim a figure, in the order of the figures."""
    roles: dict[int, tuple[str, Cue | None]] = {}
    for cue in sorted(cues, key=lambda c: (not c.frame, c.start)):
        for role, ref in cue.roles:
            if ref >= 0 and cue.kind != "none":
                roles.setdefault(ref, (role, cue))
    skip_starts = [s.start for s in skips]
    claims: list[Claim] = []
    number, spoken = -1, list[periods.Period]()
    for n, figure in enumerate(figures):
        while number < 0 or (number + 1 < len(sentences) and sentences[number].end <= figure.start):
            number += 1
            sentence = sentences[number]
            if sentence.end > figure.start:
                within = skips[bisect_left(skip_starts, sentence.start) : bisect_left(skip_starts, sentence.end)]
                spoken = periods.in_sentence(report.view, sentence, within)
        role, said_by = roles.get(n, _NO_ROLE)
        following = figures[n + 1].start if n + 1 < len(figures) else sentences[number].end
        base = (
            periods.base_of(report.view, figure, following, spoken) if role in ("change", "percent", "points") else ""
        )
        claims.append(
            Claim(
                claim_id=f"c{figure.start}",
                figure=figure,
                section=sentences[number].section,
                sentence=number,
                role=role,
                subject=subject_of(report.text, report.view, figure, sentences[number].end),
                period=periods.period_of(report.view, figure, following, spoken),
                compared_with=base or (said_by.base if said_by else ""),
                rule=said_by.rule if said_by else figure.rule,
            )
        )
    return tuple(_with_borrowed_units(_with_points(claims), cues))


def _with_points(claims: list[Claim]) -> list[Claim]:
    """`14.6 per cent, 3.3 points lower`: points beside a percent are percentage points."""
    percents = {c.sentence for c in claims if c.figure.kind == "percent"}
    return [
        replace(c, figure=replace(c.figure, unit="pp", dimension="points", kind="points", discrete=False))
        if c.figure.unit == "point" and c.role == "change" and c.sentence in percents
        else c
        for c in claims
    ]


def _with_borrowed_units(claims: list[Claim], cues: Sequence[Cue]) -> list[Claim]:
    """A bare `120 million more` takes the unit of what it is compared with: the nearest figure before it."""
    changed = {ref for cue in cues for role, ref in cue.roles if role in ("change", "prior", "level") and ref >= 0}
    # `The score rose from 2 to 4`: two bare numbers set against each other need no other's unit.
    changed -= {ref for cue in cues for _, ref in cue.roles if cue.frame and _all_bare(claims, cue)}
    for n in sorted(changed):
        figure = claims[n].figure
        if figure.unit or figure.kind != "absolute" or not n:
            continue
        near = next((c for c in reversed(claims[:n]) if c.sentence == claims[n].sentence and _lends(c)), None)
        if near is not None and near.figure.unit:
            lent = replace(
                figure, unit=near.figure.unit, dimension=near.figure.dimension, discrete=near.figure.discrete
            )
            claims[n] = replace(claims[n], figure=lent)
    return claims


def _all_bare(claims: Sequence[Claim], cue: Cue) -> bool:
    """Whether a prior and a level are named together and neither has a unit."""
    refs = dict(cue.roles)
    return {"prior", "level"} <= set(refs) and not any(claims[ref].figure.unit for ref in refs.values() if ref >= 0)


def _lends(claim: Claim) -> bool:
    """Whether a bare number after it may be of its unit: a spell of time lends none."""
    return claim.figure.kind in ("absolute", "rate") and claim.figure.dimension != "time"
