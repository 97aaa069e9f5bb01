"""Digits that stand in no sentence, in headings and furniture: they are skips, whatever they say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from pipeline.figures import skips
from pipeline.figures.page import Page
from pipeline.figures.years import YEAR
from pipeline.model import Section, Sentence, Skip
from pipeline.patterns import lazy

_RUN = lazy(r"[0-9](?:[0-9.,:/-]*[0-9])?")


def outside(page: Page, sections: tuple[Section, ...], sentences: tuple[Sentence, ...]) -> Iterator[Skip]:
    """The skips outside sentences, with the best reason that the rules give; headings may hold ordinals too."""
    n = 0
    for index, section in enumerate(sections):
        at = section.start
        while n < len(sentences) and sentences[n].section <= index:
            yield from _between(page, section, at, sentences[n].start)
            at = sentences[n].end
            n += 1
        yield from _between(page, section, at, section.end)


def _between(page: Page, section: Section, start: int, stop: int) -> Iterator[Skip]:
    at = start
    for n in range(bisect_left(page.starts, start), len(page.starts)):
        begin = page.starts[n]
        if begin >= stop:
            return
        if begin < at:
            continue
        word = page.spoken.get(begin)
        if word is None:
            skip = _skip(page, section, begin, start, stop)
            at = skip.end
            yield skip
        elif section.kind == "body" and word in page.words.ordinals:
            yield page.words.skip("ordinal-word", begin, begin + len(word))


def _skip(page: Page, section: Section, start: int, floor: int, stop: int) -> Skip:
    word = skips.last_word(page, start, floor)
    hit = (
        skips.at_line(page, start, floor, stop)
        or skips.named_before(page, word, start, floor, stop)
        or skips.at_start(page, start, stop)
    )
    if hit:
        return hit.skip()
    year = YEAR.match(page.view, start, stop)
    if year:
        return page.words.skip("year", start, year.end())
    run = _RUN.match(page.view, start, stop)
    name = "furniture" if section.kind == "furniture" else "left-over"
    return page.words.skip(name, start, run.end() if run else start + 1)
