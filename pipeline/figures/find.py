"""The stage itself: scan, join, bound, and see to it that no digit is left over."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

import regex

from pipeline.figures import bounds, joints
from pipeline.figures.outside import outside
from pipeline.figures.page import Draft, Page, page_of
from pipeline.figures.quiet import quiet_in
from pipeline.figures.scan import scan
from pipeline.figures.vocabulary import vocabulary
from pipeline.model import Figure, FigureKind, Report, Section, Sentence, Skip
from pipeline.rulebook import Rulebook
from pipeline.rulebook.shapes import SkipRule

_DIGITS = regex.compile(r"[\d\p{No}](?:[\d\p{No}.,:'/-]*[\d\p{No}])?")
_DIGIT = re.compile(r"[0-9]")
_ANY_DIGIT = re.compile(
    r"[\d\u00b2\u00b3\u00b9\u1369-\u1371\u19da\u2070-\u2079\u2080-\u2089\u2460-\u24ff\u2776-\u2793\U00010a40-\U00010a43\U00010e60-\U00010e68\U00011052-\U0001105a\U0001f100-\U0001f10a]"
)
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
    starts = [sentence.start for sentence in sentences]
    kept: list[Draft] = []
    previous_end = 0
    for n, draft in enumerate(drafts):
        if draft.bare_word:
            rule = words.decided["number-word"]
            skips.append(Skip(draft.start, draft.end, rule.reason, rule.rule_id))
            continue
        floor = starts[bisect_right(starts, draft.start) - 1]
        bounds.bound(page, draft, floor, previous_end)
        bounds.rate(page, draft, floor, drafts[n + 1].start if n + 1 < len(drafts) else draft.stop)
        kept.append(draft)
        previous_end = draft.end
    bounds.share_rates(page, kept)
    skips.sort(key=_START)
    return _all_digits(page, sections, [_figure(draft) for draft in kept], skips)


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
    rest = list(_left_over(page, sections, kept))
    return Figures(
        tuple(one for one in kept if isinstance(one, Figure)),
        tuple(sorted((*(one for one in kept if isinstance(one, Skip)), *rest), key=_START)),
    )


def _left_over(page: Page, sections: tuple[Section, ...], kept: list[Figure | Skip]) -> Iterator[Skip]:
    """Digits that the scan does not know: raised ones, those of other scripts, ① and its like."""
    starts = [section.start for section in sections]
    digit = _DIGIT if page.view.isascii() else _ANY_DIGIT
    at = 0
    for start, stop in [*((one.start, one.end) for one in kept), (len(page.view), len(page.view))]:
        if at < start and digit.search(page.view, at, start):
            for run in _DIGITS.finditer(page.view, at, start):
                if any(char.isdigit() for char in run.group()):
                    yield _rest(page, sections, starts, run.start(), run.end())
        at = stop


def _rest(page: Page, sections: tuple[Section, ...], starts: list[int], start: int, end: int) -> Skip:
    n = bisect_right(starts, start) - 1
    furniture = n >= 0 and sections[n].kind == "furniture"
    rule: SkipRule = page.words.decided["furniture" if furniture else "left-over"]
    return Skip(start, end, rule.reason, rule.rule_id)
