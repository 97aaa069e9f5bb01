"""The time between two dates → time: `in February 2020, 33 months later`, `turned 35 in 2019`, `its thirty-ninth year`.

A phrase names the date at the end and the time; it begins at the date before, in the sentence or the one before it.
Where several dates may be meant, one that agrees is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.binding.comparisons import dates
from pipeline.binding.comparisons.dates import Date
from pipeline.binding.listed import begun
from pipeline.binding.scene import Scene, operand
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Cue, Figure, Operand, Printed, Relation, Scope
from pipeline.patterns import lazy
from pipeline.rulebook import Rulebook
from pipeline.rulebook.scales import scales
from pipeline.rulebook.shapes import NumberWords

_FINE = ("year", "month", "day")
# The units of time that dates of a fineness can be held against.
_TELLS = {"year": ("year", "decade"), "month": ("year", "month", "decade"), "day": ("year", "month", "week", "day")}
_ANNIVERSARY = lazy(r"[ -](?:anniversary|birthday)\b")
_NTH_YEAR = lazy(r" year\b(?! of (?!(?:operation|publication|service|existence|its existence|life|production)\b))")
_ITS = lazy(r"\b(?:its|his|her|their|the [a-z]+[’']s?)(?: own)? $")
# A sentence that leaves some of the time out.
LEFT_OUT = lazy(r"\b(?:exclud\w+|except|without|missing|for which|skip\w+)\b")
# The ways of telling a time alone, of two dates told before.
_TOLD_BEFORE = ("lapsed", "over")
# Two dates and a time that lie farther apart than this are of different things.
_MOST = Fraction(3, 5)
# Dates without a year are of one; it is no leap year.
_ANY_YEAR = 2001
_JOINT = lazy(r"[.;:\d]")
_BACK, _TOLD_BACK, _LEAD, _NEAR = 1, 2, 20, 60


@dataclass(frozen=True, slots=True)
class _Spell:
    """A time, with what says so: its operand in years, its unit, and the way the dates are held against it."""

    operand: Operand
    unit: str
    mode: str
    rule: str
    words: str


def told_in(scene: Scene) -> Sequence[int]:
    """The sentences that may tell of such a time, in order: by a phrase for it, or by an ordinal."""
    phrases = (cue for cue in scene.cues if cue.kind == "time" and cue.frame)
    found = {scene.claims[ref].sentence for cue in phrases for _, ref in cue.roles if ref >= 0}
    ordinals = (skip.start for skip in scene.skips if skip.reason == "ordinal" and scene.sentences)
    return sorted(found.union(map(scene.sentence_at, ordinals)))


def bind(scene: Scene, number: int) -> Iterator[Relation]:
    """The times of one sentence that phrases tie to dates."""
    here = list(_dates(scene, number))
    cues = {id(cue): cue for n in scene.by_sentence[number] for _, cue in scene.cues_of.get(n, ())}
    told: set[str] = set()
    for cue in cues.values():
        if cue.kind != "time" or not cue.frame:
            continue
        roles = dict(cue.roles)
        claim = scene.claims[roles["duration"]]
        if cue.mode == "between" and LEFT_OUT.search(scene.report.view, cue.start, scene.sentences[number].end):
            continue
        if claim.figure.kind != "absolute" or claim.figure.upper is not None or claim.claim_id in told:
            continue
        words = f"“{' '.join(scene.report.text[cue.start : cue.end].split())}”"
        spell = _Spell(operand("duration", claim), claim.figure.unit, cue.mode, cue.rule, words)
        relation = _bound(scene, number, spell, *_ends(scene, number, cue, roles, here))
        if relation is not None:
            told.add(claim.claim_id)
            yield relation
    yield from _nth(scene, number, here)


def _ends(
    scene: Scene, number: int, cue: Cue, roles: dict[str, int], here: Sequence[Date]
) -> tuple[Sequence[Date], Date | None]:
    """The dates that a time may begin at, and the one it ends at."""
    if cue.mode in _TOLD_BEFORE:
        told = [
            d for n in range(max(0, number - _TOLD_BACK), number) if _near(scene, n, number) for d in _dates(scene, n)
        ]
        fine = [d for d in told if d.month] or told
        return (fine[:1], fine[1]) if len(fine) == 2 and not here else ((), None)
    end = _named(scene, roles["end"], here)
    if end is None:
        return (), None
    if "start" in roles:
        start = _named(scene, roles["start"], here)
        return ([start] if start is not None else []), end
    starts = [d for d in here if d.end <= min(end.start, scene.claims[roles["duration"]].figure.start)]
    if not starts:
        before = [n for n in range(max(0, number - _BACK), number) if _near(scene, n, number)]
        starts = [d for n in before for d in _dates(scene, n)]
    return [d for d in starts if cue.mode != "after" or _is_begun(scene, d)], end


def _near(scene: Scene, one: int, other: int) -> bool:
    return scene.sentences[one].section == scene.sentences[other].section


def _is_begun(scene: Scene, date: Date) -> bool:
    """Whether words say that something began at a date."""
    start = scene.sentences[scene.sentence_at(date.start)].start
    before = _JOINT.split(scene.report.view[start : date.start].lower())[-1]
    return begun(scene.book).search(before[-_NEAR:]) is not None


def _named(scene: Scene, ref: int, here: Sequence[Date]) -> Date | None:
    start = scene.skips[-1 - ref].start
    return next((d for d in here if d.start == start), None)


def _dates(scene: Scene, number: int) -> Iterator[Date]:
    span = scene.sentences[number]
    for skip in scene.skips_within(span.start, span.end):
        if skip.reason in ("date", "year") and (date := dates.read(skip, scene.report.view)) is not None:
            yield date


def _bound(scene: Scene, number: int, spell: _Spell, starts: Sequence[Date], end: Date | None) -> Relation | None:
    """The time from one of the starts to the end: one that agrees, or the only one."""
    if end is None:
        return None
    found = [r for start in starts if (r := _relation(scene, number, spell, start, end)) is not None]
    good = [r for r in found if agreement(r, scales(scene.book)) != "none"]
    return good[-1] if good else found[0] if len(found) == 1 == len(starts) else None


def _relation(scene: Scene, number: int, spell: _Spell, start: Date, end: Date) -> Relation | None:
    if not start.year and not end.year and start.month and end.month:
        start = Date(start.start, start.end, _ANY_YEAR, start.month, start.day)
    # `on 3 August 2016 … on 3 December`: of the same year, or the next.
    if not end.year and start.year and end.month:
        later = (end.month, end.day) >= (start.month, start.day)
        end = Date(end.start, end.end, start.year + (not later), end.month, end.day)
    if not start.year and end.year and start.month:
        earlier = (start.month, start.day) <= (end.month, end.day)
        start = Date(start.start, start.end, end.year - (not earlier), start.month, start.day)
    if not start.year or not end.year:
        return None
    fine = min(start.fine, end.fine, key=_FINE.index)
    if spell.unit not in _TELLS[fine]:
        return None
    counted = spell.unit in ("day", "week")
    first, last = start.at(fine, counted=counted), end.at(fine, counted=counted)
    operands = (
        Operand("start", f"@{start.start}-{start.end}", start.start, start.end, value=first),
        Operand("end", f"@{end.start}-{end.end}", end.start, end.end, value=last),
        spell.operand,
    )
    mode = {"anniversary": "exact", "nth": ""}.get(spell.mode, fine)
    if fine == "year" and spell.mode in ("between", "over"):
        mode = ""  # the first year counted or not
    apart = scene.sentence_at(end.start) - scene.sentence_at(start.start) or number - scene.sentence_at(start.start)
    scope: Scope = "sentence" if not apart else "neighbour" if apart == 1 else "section"
    relation = Relation("time", operands, scope, "high", spell.rule, spell.words, mode=mode)
    if agreement(relation, scales(scene.book)) != "none":
        return relation
    said = _years(scene, spell)
    return relation if last > first and abs(last - first - said) <= _MOST * max(said, last - first) else None


def _years(scene: Scene, spell: _Spell) -> Fraction:
    figure, units = spell.operand.figure, scales(scene.book).units
    return figure.number.value * units[spell.unit][1] / units["year"][1] if figure is not None else Fraction(0)


def _nth(scene: Scene, number: int, here: Sequence[Date]) -> Iterator[Relation]:
    """`celebrated its 35th anniversary in 2019`, `now in its thirty-ninth year, it was shut in 2023`"""
    span, view = scene.sentences[number], scene.report.view
    for skip in scene.skips_within(span.start, span.end):
        if skip.reason != "ordinal":
            continue
        after, before = view[skip.end : skip.end + _LEAD].lower(), view[span.start : skip.start].lower()
        mode = "anniversary" if _ANNIVERSARY.match(after) else "nth" if _NTH_YEAR.match(after) else ""
        value = _value(scene.book, view[skip.start : skip.end].lower()) if mode and _ITS.search(before) else 0
        if value < 2:
            continue
        ends = [d for d in here if not _is_begun(scene, d)]
        end = next((d for d in ends if d.start > skip.end), ends[-1] if ends else None)
        if end is None:
            continue
        starts = [
            d
            for n in range(max(0, number - _BACK), number + 1)
            if _near(scene, n, number)
            for d in _dates(scene, n)
            if d.start < max(end.start, skip.start) and d.start != end.start and _is_begun(scene, d)
        ]
        ref, one = f"@{skip.start}-{skip.end}", Fraction(1)
        number_said = Printed(Fraction(value), one, one, "words")
        figure = Figure(skip.start, skip.end, skip.end, number_said, None, "year", "time", "", "absolute", True, "", "")
        spell = Operand("duration", ref, skip.start, skip.end, figure)
        told = _Spell(spell, "year", mode, "time.anniversary", f"“{view[skip.start : skip.end]}{after.split(',')[0]}”")
        relation = _bound(scene, number, told, starts, Date(end.start, end.end, end.year, 0, 0))
        if relation is not None:
            yield relation


def _value(book: Rulebook, text: str) -> int:
    """What an ordinal says: 35 for `35th` and `thirty-fifth`; 0 where it is not read."""
    digits = re.match(r"\d{1,3}(?=st|nd|rd|th)", text)
    if digits is not None:
        return int(digits[0])
    words = _words(book)
    parts = [words.get(part, 0) for part in text.split("-")]
    return sum(parts) if 1 <= len(parts) <= 2 and all(parts) else 0


@lru_cache(maxsize=4)
def _words(book: Rulebook) -> dict[str, int]:
    """Ordinals, and the tens before them."""
    sorts = ("ordinal", "ten")
    return {word: value for rule in book.of(NumberWords) if rule.sort in sorts for word, value in rule.values.items()}
