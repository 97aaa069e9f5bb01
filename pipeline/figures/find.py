"""The stage itself: scan, join, bound, and see to it that no digit is left over."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter

import regex

from pipeline.figures import bounds, joints
from pipeline.figures.page import Draft, Page, page_of
from pipeline.figures.quiet import quiet_in
from pipeline.figures.outside import outside
from pipeline.figures.scan import scan
from pipeline.figures.vocabulary import vocabulary
from pipeline.model import Figure, FigureKind, Report, Section, Sentence, Skip
from pipeline.rulebook import Rulebook
from pipeline.rulebook.shapes import SkipRule

_DIGITS = regex.compile(r"[\d\p{No}](?:[\d\p{No}.,:'/-]*[\d\p{No}])?")
_START = attrgetter("start")
_KINDS: dict[str, FigureKind] = {"percent": "percent", "points": "points", "factor": "factor"}


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found, in order; no two of them overlap."""

    figures: tuple[Figure, ...]
    skips: tuple[Skip, ...]


def find(report: Report, sections: tuple[Section, ...], sentences: tuple[Sentence, ...], book: Rulebook) -> Figures:
    """The figures and skips of a report."""
    words = vocabulary(book)
    page = page_of(report, words)
    found = scan(page, sentences, quiet_in(page))
    drafts = joints.joined(page, found.drafts)
    skips = [*found.skips, *outside(page, sections, sentences)]
    figures: list[Figure] = []
    starts = [sentence.start for sentence in sentences]
    previous_end = 0
    for n, draft in enumerate(drafts):
        if draft.bare_word:
            rule = words.decided["number-word"]
            skips.append(Skip(draft.start, draft.end, rule.reason, rule.rule_id))
            continue
        floor = starts[bisect_right(starts, draft.start) - 1]
        bounds.bound(page, draft, floor, previous_end)
        next_start = drafts[n + 1].start if n + 1 < len(drafts) else len(page.low)
        counted = bounds.rate(page, draft, floor, next_start)
        if counted:
            skips.append(counted)
        figures.append(_figure(draft))
        previous_end = draft.end
    skips.sort(key=_START)
    return _all_digits(page, sections, figures, skips)


def _figure(draft: Draft) -> Figure:
    kind = _KINDS.get(draft.dimension, draft.kind)
    if draft.per and kind == "absolute":
        kind = "rate"
    number = joints.number_of(draft)
    return Figure(
        start=draft.start,
        end=draft.end,
        number_end=draft.end if draft.prefixed else draft.number_end,
        number=number,
        upper=draft.upper,
        unit=draft.unit,
        dimension=draft.dimension,
        modifier=draft.modifier,
        kind=kind,
        discrete=draft.noun and draft.manner != "fraction" and number.value.denominator == 1 and not draft.decimals,
        per=draft.per,
        rule=" ".join(dict.fromkeys(draft.rules)),
    )


def _all_digits(page: Page, sections: tuple[Section, ...], figures: list[Figure], skips: list[Skip]) -> Figures:
    """See to it that every digit stands in one figure or one skip, and none in two."""
    taken = sorted((*figures, *skips), key=_START)
    kept: list[Figure | Skip] = []
    end = 0
    for one in taken:
        if one.start >= end:
            kept.append(one)
        elif isinstance(one, Skip) and one.end > end:
            kept.append(Skip(end, one.end, one.reason, one.rule))
        elif isinstance(one, Figure) and isinstance(kept[-1], Skip) and kept[-1].start < one.start:
            last = kept[-1]
            kept[-1] = Skip(last.start, one.start, last.reason, last.rule)
            kept.append(one)
        end = max(end, one.end)
    rest: list[Skip] = []
    at = 0
    section_starts = [section.start for section in sections]
    for start, stop in [*((one.start, one.end) for one in kept), (len(page.view), len(page.view))]:
        for run in _DIGITS.finditer(page.view, at, start):
            if any(char.isdigit() for char in run.group()):
                rest.append(_rest(page, sections, section_starts, run.start(), run.end()))
        at = stop
    return Figures(
        tuple(one for one in kept if isinstance(one, Figure)),
        tuple(sorted((*(one for one in kept if isinstance(one, Skip)), *rest), key=_START)),
    )


def _rest(page: Page, sections: tuple[Section, ...], starts: list[int], start: int, end: int) -> Skip:
    n = bisect_right(starts, start) - 1
    furniture = n >= 0 and sections[n].kind == "furniture"
    rule: SkipRule = page.words.decided["furniture" if furniture else "heading"]
    return Skip(start, end, rule.reason, rule.rule_id)
