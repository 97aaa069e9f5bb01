"""Whether four bare digits are a year or a count, told by what stands around them."""

from __future__ import annotations

import re

from pipeline.figures.page import Page

YEAR = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9,.]*[0-9])")

_INTRODUCE = frozenset(
    "in of since by until till during before after from to through throughout and or between early late mid mid- around circa year years "
    "fiscal calendar end beginning start middle spring summer autumn fall winter quarter half january february march april may "
    "june july august september october november december season class the year-end for versus vs vs. over against this "
    "about both respectively, election census act games olympics plan budget than as on that with q1 q2 q3 q4 nine months ended".split()
)
_ROUND = ("00", "50")


def looks_like_year(page: Page, digits: str, word: str, *, unit: bool, noun: str) -> bool:
    """A bare year unless it counts: a unit or a counted noun follows and nothing before speaks of time.

    `2000 poor villages` counts, `the 2008 floods` and `in 2009 grain output` do not; round numbers count more often.
    """
    value = int(digits)
    if unit:
        return False
    if not 1500 <= value <= 2100:
        return False
    if not noun:
        return True
    if word in _INTRODUCE and word not in ("about", "over", "and", "or", "than", "for", "to", "with", "of", "both"):
        return not (digits.endswith(_ROUND) and word in ("in", "by", "from", "the") and noun in _COUNTED and digits == "2000")
    return not (digits.endswith(_ROUND) or noun in _COUNTED)


_COUNTED = frozenset(
    "person people household village farmer family child woman man worker student pupil teacher resident soldier troop member employee job "
    "school house home store share copy unit hectare acre vehicle ship animal town company enterprise business firm participant respondent".split()
)
