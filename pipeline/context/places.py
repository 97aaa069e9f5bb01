"""The names of places in a sentence and a heading → the place that each figure is said of.

A name counts only where it stands behind `in`, before `'s`, or as a heading. Where several could be meant, a figure has
none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.context.words import Words
from pipeline.model import Figure, Sentence
from pipeline.patterns import lazy

_LED = r"\s+(?:the\s+)?(?:[Cc]ity of\s+|[Ss]tate of\s+|[Pp]rovince of\s+)?(?=[A-Z])"
# One for each last letter, with which it begins: letters are found several times as fast as a choice of words.
_INS = tuple(
    lazy(before + _LED)
    for before in (r"n(?:(?<=\b[Ii]n)|(?<=\b[Ww]ithin))", r"s(?<=\b[Aa]cross)", r"t(?<=\b[Tt]hroughout)")
)
_OWNED = lazy(r"([A-Z][\w.-]*(?: (?:of )?[A-Z][\w.-]*){0,4})['’]s? (?![A-Z])")
_LEADING = lazy(r"(?:(?:In|The|And|But|While|Of) ){0,2}")
_LISTED = lazy(r"(?:,? (?:and|or)|,) (?:the |in )?(?=[A-Z])")
_LEAD = 12  # characters before a place that opens its sentence: `In the city of`
_ELSEWHERE = lazy(r"(?: [a-z-]+){0,2} in (?:the )?[A-Z][a-z]")
_NAMED_BEFORE = lazy(r"(?<![.!?] )(?<!^)\b[A-Z][a-z]+ \($")
_NEAR = 40  # characters
_BEHIND = lazy(r"(?:(?!\b(?:and|or|an?|while|but|to|from)\b)[^,;.:()]){0,40}")
# Where another matter begins, what was said of a place before may not hold.
_BREAK = lazy(r"[;)]|\b(?:while|whereas|but|although|though|other|elsewhere|outside)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A name where it stands; `several` says that it stands in a list, and no figure is said of it alone."""

    start: int
    end: int
    text: str
    several: bool


def in_sentence(view: str, sentence: Sentence, words: Words) -> list[Place]:
    """The places that a sentence says something of, in their order."""
    names = [
        words.places.match(view, at.end(), sentence.end)
        for led in _INS
        for at in led.finditer(view, sentence.start, sentence.end)
    ]
    owned = view.find("'", sentence.start, sentence.end) >= 0
    for owner in _OWNED.finditer(view, sentence.start, sentence.end) if owned else ():
        # All of it must be the name: `Bank of America's` is no place.
        names.append(words.places.fullmatch(view, _after(view, owner.start(1)), owner.end(1)))
    found = []
    for match in sorted(filter(None, names), key=lambda name: name.start()):
        start, end = match.span()
        several = _LISTED.match(view, end, sentence.end) is not None
        found.append(Place(start, end, " ".join(match.group().split()), several))
    return found


def _after(view: str, start: int) -> int:
    """Where a run of capitals begins that follows the first words of a sentence."""
    lead = _LEADING.match(view, start)
    return lead.end() if lead else start


def of_heading(heading: str, words: Words) -> str:
    """The place that a heading is: `Lake County`, `North America`."""
    found = words.places.fullmatch(heading.strip())
    return " ".join(found.group().split()) if found else ""


def place_of(view: str, start: int, figure: Figure, following: int, places: Sequence[Place]) -> str:
    """The place of a figure of the sentence from `start`; `following` is where the next figure begins."""
    if figure.dimension == "time":
        return ""
    behind = next((p for p in places if figure.end <= p.start < following), None)
    if behind and _BEHIND.fullmatch(view, figure.end, behind.start):
        return "" if behind.several else behind.text
    if _ELSEWHERE.match(view, figure.end, following) or _NAMED_BEFORE.search(
        view, max(start, figure.start - _NEAR), figure.start
    ):
        return ""  # `8 percent in Memphis and 2 percent in Little Rock`, where no rule knows Little Rock
    earlier = [p for p in places if p.end <= figure.start]
    if not earlier or earlier[-1].several or len({p.text for p in earlier}) > 1:
        return ""
    last = earlier[-1]
    leads = last.start - start < _LEAD
    return last.text if (leads and view[last.end] == ",") or not _BREAK.search(view, last.end, figure.start) else ""
