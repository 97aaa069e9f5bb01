"""Dates among the skips of a report, as points of time: a year, a month of one, or a day."""

from __future__ import annotations

import datetime

from pipeline.fraction import Fraction
from pipeline.frozen import frozen
from pipeline.model import Skip
from pipeline.patterns import lazy

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = lazy(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_NAMED = lazy(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? )?(?P<month>[a-z]{3,9})\.?(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?)?"
    r"(?:,? (?P<year>\d{4}))?"
)
_YEAR = lazy(r"(?:1[5-9]|20)\d\d")
# A year has so many days on average, as the units have it.
_DAYS = Fraction(3652425, 10000)


@frozen
class Date:
    """A date as written; `year` is 0 where another tells it, `month` and `day` where none does."""

    start: int
    end: int
    year: int
    month: int
    day: int

    @property
    def fine(self) -> str:
        """How fine it is told."""
        return "day" if self.day else "month" if self.month else "year"

    def at(self, fine: str, *, counted: bool) -> Fraction:
        """The point of time in years; `counted` by its days, else by its months."""
        if fine == "year":
            return Fraction(self.year)
        if fine == "day" and counted:
            return Fraction(datetime.date(self.year, self.month, self.day).toordinal()) / _DAYS
        days = Fraction(self.day - 1, 372) if fine == "day" else Fraction(0)
        return self.year + Fraction(self.month - 1, 12) + days


def read(skip: Skip, view: str) -> Date | None:
    """The date that a skip is; None for decades, quarters and what is no date."""
    text = " ".join(view[skip.start : skip.end].lower().split())
    if skip.reason == "year" or _YEAR.fullmatch(text):
        return Date(skip.start, skip.end, int(text), 0, 0) if _YEAR.fullmatch(text) else None
    found = _NUMBERS.fullmatch(text) or _NAMED.fullmatch(text)
    if skip.reason != "date" or found is None:
        return None
    named = found["month"]
    month = int(named) if named.isdigit() else 1 + _MONTHS.index(named[:3]) if named[:3] in _MONTHS else 0
    day = int(found["day"] or (found.groupdict().get("after") or 0))
    year = int(found["year"] or 0)
    try:
        datetime.date(year or 2000, month, day or 1)
    except ValueError:
        return None
    return Date(skip.start, skip.end, year, month, day)
