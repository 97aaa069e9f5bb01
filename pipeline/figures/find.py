"""The stage itself: scan, join, bound, and see to it that no digit is left over."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

import regex

from pipeline.figures import bounds, joints, unit_notes
from pipeline.figures.outside import outside
from pipeline.figures.page import Draft, Page, page_of
from pipeline.figures.quiet import quiet_in
from pipeline.figures.scan import list_letters, scan
from pipeline.figures.vocabulary import vocabulary
from pipeline.limits import USUAL, Limits, not_read
from pipeline.model import Figure, FigureKind, Report, Section, Sentence, Skip
from pipeline.patterns import lazy
from pipeline.rulebook import Rulebook

_ASCII_DIGIT = lazy(r"[0-9]")
_NUMBER = regex.compile(r"[\p{Nd}\p{No}]")
_NUMBERS = regex.compile(r"[\p{Nd}\p{No}](?:[\p{Nd}\p{No}.,:'/-]*[\p{Nd}\p{No}])?")
_START = attrgetter("start")
_KINDS: dict[str, FigureKind] = {"percent": "percent", "points": "points", "factor": "factor"}


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found, in order; no two of them overlap. `not_read` tells of numbers that are beyond a limit."""

    figures: tuple[Figure, ...]
    skips: tuple[Skip, ...]
    not_read: str = ""


def find(
    report: Report,
    sections: tuple[Section, ...],
    sentences: tuple[Sentence, ...],
    book: Rulebook,
    limits: Limits = USUAL,
) -> Figures:
    """The figures and skips of a report."""
    words = vocabulary(book)
    page = page_of(report, words, limits)
    found = scan(page, sentences, quiet_in(page))
    drafts = joints.joined(page, unit_notes.taken_up(page, found.drafts))
    skips = [*found.skips, *list_letters(page), *outside(page, sections, sentences)]
    starts = [sentence.start for sentence in sentences]
    kept: list[Draft] = []
    previous_end = 0
    for n, draft in enumerate(drafts):
        if draft.bare_word:
            skips.append(words.skip("number-word", draft.start, draft.end))
            continue
        floor = starts[bisect_right(starts, draft.start) - 1]
        bounds.bound(page, draft, floor, previous_end)
        bounds.rate(page, draft, floor, drafts[n + 1].start if n + 1 < len(drafts) else draft.stop)
        kept.append(draft)
        previous_end = draft.end
    bounds.share_rates(page, kept)
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
    kept: list[Figure | Skip] = []
    end = 0
    found: list[Figure | Skip] = [*figures, *skips]
    for one in sorted(found, key=_START):
        if isinstance(one, Skip):
            _keep(page, kept, one, max(one.start, end), one.end)
        elif one.start < end:
            last = kept.pop()
            if isinstance(last, Skip):
                _keep(page, kept, last, last.start, one.start)
            kept.append(one)
        else:
            kept.append(one)
        end = max(end, one.end)
    rest = _left_over(page, sections, kept)
    left = tuple(sorted([*(one for one in kept if isinstance(one, Skip)), *rest], key=_START))
    return Figures(tuple(one for one in kept if isinstance(one, Figure)), left, not_read(left, page.limits))


def _keep(page: Page, kept: list[Figure | Skip], skip: Skip, start: int, end: int) -> None:
    """Keep what is left of a skip between two places, without outer blanks."""
    view = page.view
    while start < end and view[start].isspace():
        start += 1
    while end > start and view[end - 1].isspace():
        end -= 1
    if start < end:
        whole = start == skip.start and end == skip.end
        kept.append(skip if whole else Skip(start, end, skip.reason, skip.rule))


def _left_over(page: Page, sections: tuple[Section, ...], kept: list[Figure | Skip]) -> Iterator[Skip]:
    """Digits that the scan does not know: raised ones, those of other scripts, ① and its like."""
    text = page.text  # the view has no marks of notes
    known = _ASCII_DIGIT if text.isascii() else _NUMBER
    starts = [section.start for section in sections]
    at = 0
    for start, stop in [*((one.start, one.end) for one in kept), (len(text), len(text))]:
        if at < start and known.search(text, at, start):
            for run in _NUMBERS.finditer(text, at, start):
                if any(char.isdigit() for char in run.group()):
                    section = bisect_right(starts, run.start()) - 1
                    furniture = section >= 0 and sections[section].kind == "furniture"
                    yield page.words.skip("furniture" if furniture else "left-over", run.start(), run.end())
        at = stop
