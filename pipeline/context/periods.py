"""The years and dates of a sentence → the period of each figure, and the period it is compared with, in one notation.

`2009`, `2009-10`, `2009-10-31`, `2023-Q3`, `FY2009`, `2006/2010`. A period belongs to a figure that it stands right
behind (`5 tons in 2009`), else to the figures that follow it (`In 2009, 5 tons …`); else a figure has none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Figure, Sentence, Skip

_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_TWO_YEARS = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)\s?(?:-|–|/|to|and)\s?((?:1[89]|20)?\d\d)(?!\d)")
_FISCAL = re.compile(r"\b(?:fy|fiscal(?: year)?)\s?'?((?:19|20)\d\d)", re.IGNORECASE)
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)([12]?\d|3[01])(?:st|nd|rd|th)?(?!\d)")
_QUARTER = re.compile(r"\b(first|second|third|fourth) quarter (?:of |in )?$")
_QUARTERS = ("first", "second", "third", "fourth")
# Between a figure and its period no other matter begins.
_RIGHT_BEHIND = re.compile(
    r"[^,;.:()]{0,40}?\b(?:in|of|for|during|at the end of|by the end of|at|by|on)\s+(?:the year |year )?$"
)
_BASE = re.compile(r"\b(?:than|from|over|against|since|with|to)\s+(?:that |those )?(?:in |of |for |at |the end of )*$")
_REACH = 60


@dataclass(frozen=True, slots=True)
class Period:
    """A period where it stands; `base` says that words call it what is compared with (`than that in 2008`)."""

    start: int
    end: int
    text: str
    base: bool


def in_sentence(view: str, sentence: Sentence, skips: Sequence[Skip]) -> list[Period]:
    """The periods of a sentence, in their order."""
    found = []
    for skip in skips:
        if skip.reason in ("year", "date") and (text := notation(view, skip, sentence.start)):
            before = view[max(sentence.start, skip.start - 30) : skip.start].lower()
            found.append(Period(skip.start, skip.end, text, _BASE.search(before) is not None))
    return found


def notation(view: str, skip: Skip, earliest: int) -> str:
    """One notation for a year, date or span of years; empty where the text is none of them."""
    text = view[skip.start : skip.end]
    if two := _TWO_YEARS.search(text):
        first, last = two.groups()
        return f"{first}/{first[: 4 - len(last)]}{last}"
    if fiscal := _FISCAL.search(text):
        return f"FY{fiscal.group(1)}"
    year = _YEAR.search(text)
    if year is None:
        return ""
    if quarter := _QUARTER.search(view[max(earliest, skip.start - 20) : skip.start].lower()):
        return f"{year.group()}-Q{_QUARTERS.index(quarter.group(1)) + 1}"
    month = _MONTH.search(text)
    if month is None:
        return year.group()
    day = _DAY.search(_YEAR.sub(" ", text))
    said = f"{year.group()}-{_MONTHS[month.group(1).lower()]:02}"
    return f"{said}-{int(day.group(1)):02}" if day else said


def period_of(view: str, figure: Figure, following: int, periods: Sequence[Period]) -> str:
    """The period of a figure; `following` is where the next figure begins."""
    n = bisect_left([p.start for p in periods], figure.end)
    behind = n < len(periods) and not periods[n].base and periods[n].start < following
    if behind and _RIGHT_BEHIND.fullmatch(view[figure.end : periods[n].start].lower()):
        return periods[n].text
    earlier = [p for p in periods[:n] if not p.base and p.end <= figure.start]
    return earlier[-1].text if earlier else ""


def base_of(view: str, figure: Figure, following: int, periods: Sequence[Period]) -> str:
    """The period that words set a change against: `120 million more than that in 2008`."""
    limit = min(following, figure.end + _REACH)
    return next((p.text for p in periods if p.base and figure.end <= p.start < limit), "")
