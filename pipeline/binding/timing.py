"""Years: durations against the years they run between → time; yearly growth over a number of years → annual."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from pipeline.binding.charity import choose
from pipeline.binding.scene import Candidate, Outcome, Scene, operand, same_measure
from pipeline.model import Claim, Considered, Operand, Relation

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_YEARS = frozenset(("year", "fiscal year"))


def bind(scene: Scene) -> Outcome:
    """All durations and average yearly growths of a report."""
    relations = list(_durations(scene))
    considered: list[Considered] = []
    for claim in range(len(scene.claims)):
        cue = scene.roles(claim, "annual").get("percent")
        if cue is None or scene.claims[claim].figure.kind != "percent":
            continue
        relation = choose(list(_yearly(scene, claim, cue.rule)), scene.book)
        if relation is not None:
            relations.append(relation)
        else:
            figure = scene.claims[claim].figure
            why = "the level, the prior or the years are not stated near"
            considered.append(Considered("annual", figure.start, figure.end, why, cue.rule))
    return relations, considered


def _year(role: str, text: str, start: int, end: int) -> Operand:
    return Operand(role, f"@{start}-{end}", start, end, value=Fraction(int(text[start:end])))


def _years(scene: Scene, start: int, end: int) -> list[tuple[int, int]]:
    """The places of the years among the skips of a stretch of text."""
    found = []
    for skip in scene.skips:
        if skip.reason in ("year", "date") and start <= skip.start and skip.end <= end:
            found += [m.span() for m in _YEAR.finditer(scene.report.view, skip.start, skip.end)]
    return found


def _durations(scene: Scene) -> Iterator[Relation]:
    for cue in scene.cues:
        if cue.kind != "time":
            continue
        duration = next((ref for role, ref in cue.roles if role == "duration" and ref >= 0), None)
        years = _years(scene, cue.start, cue.end)
        if duration is None or len(years) != 2 or scene.claims[duration].figure.unit not in _YEARS:
            continue
        view = scene.report.view
        operands = (
            _year("start", view, *years[0]),
            _year("end", view, *years[1]),
            operand("duration", scene.claims[duration]),
        )
        words = " ".join(scene.report.text[cue.start : cue.end].split())
        yield Relation("time", operands, "sentence", "medium", cue.rule, f"“{words}”")


def _yearly(scene: Scene, percent: int, rule: str) -> Iterator[Candidate]:
    number = scene.claims[percent].sentence
    sentence = scene.sentences[number]
    years = _years(scene, sentence.start, sentence.end)
    spells = [c for c in scene.by_sentence[number] if scene.claims[c].figure.unit in _YEARS and scene.claims[c].figure.number.value >= 2]
    measures = [c for c in range(max(0, percent - 12), min(percent + 4, len(scene.claims))) if _level_like(scene, percent, c)]
    for tier, (prior, level) in enumerate(_pairs(scene, measures)):
        base = [operand("level", scene.claims[level]), operand("prior", scene.claims[prior]), operand("percent", scene.claims[percent])]
        ends = _nearest_years(scene, years, scene.claims[prior], scene.claims[level])
        for spell in spells:
            yield _candidate([*base, operand("years", scene.claims[spell])], tier, rule)
        if ends:
            yield _candidate([*base, *ends], tier, rule)


def _level_like(scene: Scene, percent: int, claim: int) -> bool:
    figure = scene.claims[claim].figure
    near = abs(scene.claims[claim].sentence - scene.claims[percent].sentence) <= 2 and scene.same_section(percent, claim)
    return near and figure.kind in ("absolute", "rate") and figure.upper is None and figure.dimension != "time"


def _pairs(scene: Scene, claims: list[int]) -> Iterator[tuple[int, int]]:
    """Prior and level: the pair that words name first, then neighbours of one measure, in either order."""
    found: list[tuple[int, int]] = []
    for n, first in enumerate(claims):
        for second in claims[n + 1 :]:
            if not same_measure(scene.claims[first], scene.claims[second]):
                continue
            named = "prior" in scene.roles(first, "growth") or "level" in scene.roles(second, "growth")
            backward = "prior" in scene.roles(second, "growth") or "level" in scene.roles(first, "growth")
            if named or not backward:
                found.append((first, second))
            if backward or not named:
                found.append((second, first))
    yield from found[:6]


def _nearest_years(scene: Scene, years: list[tuple[int, int]], prior: Claim, level: Claim) -> list[Operand]:
    if len(years) < 2:
        first = min(prior.sentence, level.sentence)
        last = max(prior.sentence, level.sentence)
        years = _years(scene, scene.sentences[first].start, scene.sentences[last].end)
    distinct = {scene.report.view[s:e]: (s, e) for s, e in years}
    if len(distinct) != 2:
        return []
    (a, b) = sorted(distinct)
    return [_year("years", scene.report.view, *distinct[a]), _year("years", scene.report.view, *distinct[b])]


def _candidate(operands: list[Operand], tier: int, rule: str) -> Candidate:
    relation = Relation("annual", tuple(operands), "sentence", "medium", rule, "a yearly growth, its two levels and the years")
    return Candidate(relation, tier, tuple(o.start for o in operands))
