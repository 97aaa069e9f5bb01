"""Stretches of the text where words are not the author's plain speech: addresses on the net, quoted phrases, and
numbers that do not say what they show."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter

from pipeline.figures.page import Page
from pipeline.figures.torn import torn
from pipeline.patterns import lazy
from pipeline.rulebook.shapes import SkipRule

_NET = lazy(r"https?://|www\.|@")
_NET_TOKEN = lazy(r"[^\s<>\"]*+")
_NET_LEFT = lazy(r"[\w.+-]{1,64}\Z")
_QUOTED = lazy(r"“[^“”\n]{2,100}+”|\"[^\"\n]{2,100}+\"|«[^«»\n]{2,100}+»|《[^《》\n]{2,100}+》")
_SPOKEN = (",", ".", "!", "?")
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where such a stretch stands, and the rule for it."""

    start: int
    end: int
    rule: SkipRule


@dataclass(frozen=True, slots=True)
class Quiet:
    """The stretches of a report, in order."""

    addresses: tuple[Stretch, ...]
    address_starts: tuple[int, ...]
    slogans: tuple[Stretch, ...]
    slogan_starts: tuple[int, ...]

    def address(self, at: int) -> Stretch | None:
        """The address on the net that covers this place."""
        return _covering(self.addresses, self.address_starts, at) if self.addresses else None

    def slogan(self, at: int) -> Stretch | None:
        """The short quoted phrase that covers this place."""
        return _covering(self.slogans, self.slogan_starts, at) if self.slogans else None


def quiet_in(page: Page) -> Quiet:
    """All such stretches of a report."""
    addresses = tuple(_apart(page, _addresses(page)))
    slogans = tuple(
        Stretch(found.start(), found.end(), page.words.decided["slogan"])
        for found in _QUOTED.finditer(page.text)
        if _is_slogan(page, found)
    )
    return Quiet(addresses, tuple(one.start for one in addresses), slogans, tuple(one.start for one in slogans))


def _addresses(page: Page) -> list[Stretch]:
    rule = page.words.decided["net-address"]
    spans: list[Stretch] = []
    if not any(mark in page.low for mark in ("@", "://", "www.")):  # faster by far than the pattern
        return spans
    for mark in _NET.finditer(page.low):
        start = mark.start()
        if spans and start < spans[-1].end:
            continue
        if mark.group() == "@":
            left = _NET_LEFT.search(page.view, max(0, start - 64), start)
            if left is None:
                continue
            start = left.start()
        end = _NET_TOKEN.match(page.view, mark.start())
        spans.append(Stretch(start, end.end() if end else mark.end(), rule))
    return spans


def _apart(page: Page, addresses: list[Stretch]) -> list[Stretch]:
    """The addresses, and the torn numbers between them."""
    rule = page.words.decided["unreadable-number"]
    numbers = [Stretch(start, end, rule) for start, end in torn(page)]
    if not numbers:
        return addresses
    apart: list[Stretch] = []
    for one in sorted([*addresses, *numbers], key=attrgetter("start", "end")):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
        elif one.end > apart[-1].end:
            apart[-1] = Stretch(apart[-1].start, one.end, apart[-1].rule)
    return apart


def _is_slogan(page: Page, quoted: re.Match[str]) -> bool:
    """A quoted phrase of few words that is no speech and announces no list: `"four connections and five gates"`."""
    inner = quoted.group()[1:-1].strip()
    if not inner or inner.endswith(_SPOKEN) or inner.count(" ") >= _MOST_WORDS:
        return False
    if page.view[quoted.end() : quoted.end() + 1] == ":":
        return False
    number, _, noun = inner.lower().partition(" ")
    plain = noun.isalpha() and number in page.words.number_words and f" {number} {noun}" in page.low
    return not plain  # said before without marks: `the “two systems”`


def _covering(stretches: tuple[Stretch, ...], starts: tuple[int, ...], at: int) -> Stretch | None:
    n = bisect_right(starts, at) - 1
    return stretches[n] if n >= 0 and at < stretches[n].end else None
