"""The years and dates of a sentence, each in one notation, and the words that point at one (`the previous year`).

`2009`, `2009-10`, `2009-10-31`, `2009-Q3`, `2009-H1`, `FY2009`, `2006/2010`, `2009-01/2009-10`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Sentence, Skip
from pipeline.patterns import lazy

_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_NUMBERS = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "latter": 2}
_MONTH_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_YEAR = lazy(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_DATE = lazy(r"\d{4}-\d\d-\d\d")
_BARE_YEAR = lazy(r"(?:1[89]|20)\d\d")
_DECADE = lazy(r"(?<!\d)((?:1[89]|20)\d)0s")
_TWO_YEARS = lazy(r"(?<!\d)((?:1[89]|20)\d\d)\s?(?:-|–|/|to|and)\s?((?:1[89]|20)\d\d|\d\d)(?!\d|[-/.]\d)")
_FISCAL = lazy(r"\b(?:fy|fiscal(?: year)?)\s?'?((?:19|20)\d\d)", re.IGNORECASE)
_ISO = lazy(r"(?<!\d)((?:1[89]|20)\d\d)[-./](\d\d?)[-./](\d\d?)(?!\d)")
_MONTH = lazy(rf"\b{_MONTH_NAME}", re.IGNORECASE)
_DAY = lazy(r"(?<!\d)([12]?\d|3[01])(?:st|nd|rd|th)?(?!\d)")
_QUARTER_CODE = lazy(r"\bq([1-4])|(?<!\d)([1-4])q|q([1-4])\b", re.IGNORECASE)
_PART_BEFORE = lazy(
    r"\b(first|second|third|fourth|1st|2nd|3rd|4th|latter) (quarter|half) (?:of |in )?(?:the )?(?:fiscal "
    r"|year |calendar )*$"
)
_MONTHS_BEFORE = lazy(
    r"\bfirst (two|three|four|five|six|seven|eight|nine|ten|eleven|\d\d?) (months|quarters) "
    r"(?:of |in )?(?:the year )?$"
)
_FROM_MONTH = lazy(rf"\b{_MONTH_NAME}\.? ?(?:to|through|-|–) ?$")
_ENDED = lazy(
    r"\b(?:(fiscal )?(years?),?|(two|three|four|six|nine|twelve|\d\d?)[- ]month(?:s"
    r"| periods?)) (?:then )?(?:ended|ending|to) (?:on )?$"
)
_BASE = lazy(
    r"\b(?:than|from|over|above|below|against|since|with|to|versus|vs)\s+(?:that |those "
    r"|(?:what )?(?:it was|they were) )?(?:in |of |for |at |on |the end of "
    r"|the (?:level|peak|low|high|record|figure|number|total|value) of |the year )*$"
)
_TO = lazy(r"\s*(?:to|through|until)\s+(?:the end of )?")
_BETWEEN = lazy(r"\bbetween $")
_JOINED = lazy(r"(?:\s*,)?\s*(?:(?:and|or)\s+)?|\s*/\s*")
# Words before a period that say when something else was: `bonds due in 2020`, `since 2001`.
_ASIDE = lazy(
    r"\b(?:since|until|till|before|after|through|found\w+|establish\w+|launch\w+|due|expir\w+|matur\w+|dated"
    r"|issued|adopt\w+|enacted|passed|ratified|introduced|formed"
    r"|filed|signed|effective|beginning|commencing|starting|opened|born)\b[^,.;:]{0,24}$"
    r"|\bwhich (?:is|are|was|were|will be|ha[sd] been|have been) [a-z]*(?:ed|paid|sold|made|built|held) "
    r"(?:in|on|by|during) (?:the )?(?:first |second |third |fourth )?(?:quarter of )?$"
    r"|\b(?:acts?|laws?|treaty|resolution|convention|statute|charter|code|war|crisis|panic|pact) of (?:the )?$"
)
# `our 2004 Stock Incentive Plan`, `the 2021 Senior Notes`: the year is part of a name.
_NAMED = lazy(r"\b(?:the|our|its|their|this|that|restated|amended|such|under|and)\s+$")
_NAME_BEHIND = lazy(
    r" (?:[A-Z][a-z]+ ){0,4}(?:Plan|Act|Notes?|Loans?|Agreement|Program(?:me)?|Bonds|Debentures|Facility)\b"
)
_EVENT_BEHIND = lazy(
    r" (?:tax |debt |share |stock |public )?(?:acquisitions?|mergers?|offerings?|issuances?|settlements?|elections?"
    r"|crisis|wars?|reforms?|amendments?|acts?|agreements?|treaty|treaties)\b"
)
_RELATIVE = lazy(
    r"\b(?P<same>(?:the )?(?:same|corresponding|comparable|equivalent) (?:period|quarter|month"
    r"|time)(?: a year (?:ago|earlier|before))?"
    r"(?: (?:of|in|from)?(?: ?the)? ?(?:last|previous|prior|preceding) (?:fiscal )?year| last year)?)\b"
    r"|\b(?P<year>(?:the )?(?:previous|prior|preceding) (?:fiscal )?year|last year"
    r"|the year before)(?! (?:ended|ending)|[- ](?:quarter|period|month|end))\b"
    r"|\b(?P<alike>(?:the )?(?:prior|previous)[- ]year(?:'s)? (?:quarter|period|month)|a year (?:ago|earlier"
    r"|before)|(?:the )?year[- ](?:ago|earlier)"
    r"(?: (?:quarter|period|month))?|year[- ](?:on|over)[- ]year)\b"
    r"|\b(?P<step>(?:the )?(?:previous|prior|preceding|last) (?:quarter|month))\b"
    r"|\b(?P<that>(?:that|the same) year)\b"
)
_POINTING = ("year", "same ", "quarter", "month")


@dataclass(frozen=True, slots=True)
class Period:
    """A period where it stands.

    `base` says that words call it what is compared with (`than that in 2008`), `aside` that it dates something else.
    `since` is where a span begins (`from 2006 to 2010`); `run` is shared by periods in one list.
    """

    start: int
    end: int
    text: str
    base: bool = False
    aside: bool = False
    since: str = ""
    run: int = 0


def in_sentence(view: str, sentence: Sentence, skips: Sequence[Skip], anchor: str) -> list[Period]:
    """The periods of a sentence, in their order; `anchor` is what relative words start from if no period is said."""
    found: list[Period] = []
    for skip in skips:
        if skip.reason not in ("year", "date"):
            continue
        text = notation(view, skip, sentence.start)
        if not text:
            continue
        before = view[max(sentence.start, skip.start - 40) : skip.start].lower()
        last = found[-1] if found else None
        gap = view[last.end : skip.start] if last else ""
        if last and _JOINED.fullmatch(gap) and _BARE_YEAR.fullmatch(view[skip.start : skip.end]):
            if not last.base and _BETWEEN.search(view[max(sentence.start, last.start - 10) : last.start].lower()):
                found[-1] = replace(last, end=skip.end, text=f"{last.text}/{text}")
                continue
            text = _like(last.text, text)
            found.append(replace(last, start=skip.start, end=skip.end, text=text, since=""))
            continue
        if last and _JOINED.fullmatch(gap) and _DATE.fullmatch(text) and _DATE.fullmatch(last.text):
            found.append(replace(last, start=skip.start, end=skip.end, text=text, since=""))  # dates in a list
            continue
        since = last.text if last and last.base and _TO.fullmatch(gap.lower()) else ""
        base = not since and not _FROM_MONTH.search(before) and _BASE.search(before) is not None
        named = _NAMED.search(before) is not None and _is_name(view, skip.end)
        aside = not since and (named or _ASIDE.search(before) is not None)
        found.append(Period(skip.start, skip.end, text, base, aside, since, run=skip.start))
    lower = view[sentence.start : sentence.end].lower()
    if any(word in lower for word in _POINTING):
        found = sorted([*found, *_pointed_at(lower, sentence.start, found, anchor)], key=lambda p: p.start)
    return found


def _is_name(view: str, end: int) -> bool:
    """Whether a year tells which one is meant, not when: `our 2004 Stock Incentive Plan`, `the 2016 acquisition`."""
    return bool(_NAME_BEHIND.match(view, end) or _EVENT_BEHIND.match(view, end))


def notation(view: str, skip: Skip, earliest: int) -> str:
    """One notation for a year, date or span of years; empty where the text is none of them."""
    text = view[skip.start : skip.end]
    before = view[max(earliest, skip.start - 50) : skip.start].lower()
    if iso := _ISO.search(text):
        year, month, day = iso.groups()
        return f"{year}-{int(month):02}-{int(day):02}" if 0 < int(month) <= 12 else year
    if decade := _DECADE.search(text):
        return f"{decade.group(1)}0/{decade.group(1)}9"
    if two := _TWO_YEARS.search(text):
        first, last = two.groups()
        return f"{first}/{first[: 4 - len(last)]}{last}"
    found = _YEAR.search(text)
    if found is None:
        return ""
    year = f"FY{found.group()}" if _FISCAL.search(text) else found.group()
    if part := _PART_BEFORE.search(before):
        return f"{year}-{part.group(2)[0].upper()}{_ORDINALS[part.group(1)]}"
    if code := _QUARTER_CODE.search(view[max(earliest, skip.start - 3) : skip.end + 3]):
        return f"{year}-Q{next(filter(None, code.groups()))}"
    month_name = _MONTH.search(text)
    if month_name is None:
        if months := _MONTHS_BEFORE.search(before):
            count = _number(months.group(1)) * (3 if months.group(2) == "quarters" else 1)
            return f"{year}-01/{year}-{count:02}" if count <= 12 else year
        return year
    number = _MONTHS[month_name.group(1).lower()]
    day_found = _DAY.search(_YEAR.sub(" ", text))
    if ended := _ENDED.search(before):
        if ended.group(2):
            return f"FY{found.group()}"
        return _months_to(int(found.group()), number, _number(ended.group(3)))
    if (first := _FROM_MONTH.search(before)) and not day_found:
        return f"{year}-{_MONTHS[first.group(1)]:02}/{year}-{number:02}"
    return f"{year}-{number:02}" + (f"-{int(day_found.group(1)):02}" if day_found else "")


def of_heading(heading: str) -> str:
    """The one period that a heading names: `Results of 2014`; empty where it names none or several."""
    two = _TWO_YEARS.search(heading)
    years = {year.group() for year in _YEAR.finditer(heading)}
    if two or len(years) != 1:
        return ""
    (year,) = years
    return f"FY{year}" if _FISCAL.search(heading) else year


def shifted(text: str, years: int) -> str:
    """The like period some years on: `2009-Q3` and -1 make `2008-Q3`; spans of several years have none."""
    if len({year.group() for year in _YEAR.finditer(text)}) != 1 and "-" not in text:
        return ""
    return _YEAR.sub(lambda year: str(int(year.group()) + years), text)


def _number(word: str) -> int:
    return _NUMBERS.get(word) or int(word)


def _months_to(year: int, month: int, count: int) -> str:
    if not 0 < count <= 12:
        return f"{year}-{month:02}"
    first = year * 12 + month - count
    return f"{first // 12}-{first % 12 + 1:02}/{year}-{month:02}"


def _like(model: str, year: str) -> str:
    """A bare year in a list, in the notation of the one before it: `June 30, 2019 and 2018`."""
    return _YEAR.sub(year, model) if "/" not in model else year


def _pointed_at(lower: str, offset: int, said: Sequence[Period], anchor: str) -> list[Period]:
    found = []
    for match in _RELATIVE.finditer(lower):
        start, end = offset + match.start(), offset + match.end()
        plain = [p for p in said if not p.base and not p.aside]
        near = next((p.text for p in reversed(plain) if p.end <= start), plain[0].text if plain else anchor)
        text = _meant(match, near) if near else ""
        if text and not any(p.start < end and start < p.end for p in said):
            base = _BASE.search(lower[max(0, match.start() - 40) : match.start()]) is not None
            found.append(Period(start, end, text, base or "year-o" in match.group(), run=start))
    return found


def _meant(match: re.Match[str], near: str) -> str:
    words = match.group()
    if match["that"]:
        return near[:4] if near[:1].isdigit() and "/" not in near else near
    if match["same"]:
        return shifted(near, -1) if "last" in words or "year" in words else ""
    if match["alike"]:
        return shifted(near, -1)
    if match["year"]:
        year = re.match(r"(?:FY)?\d{4}", near)
        return shifted(year.group(), -1) if year and ("/" not in near or "-" in near) else ""
    return _step_back(near, "quarter" if words.endswith("quarter") else "month")


def _step_back(near: str, unit: str) -> str:
    """The quarter or month before one; empty where the period is neither."""
    form = re.fullmatch(r"((?:FY)?)(\d{4})-(Q?)(\d\d?)", near)
    if form is None or (unit == "quarter") != bool(form[3]):
        return ""
    size = 4 if form[3] else 12
    number = int(form[2]) * size + int(form[4]) - 2
    return f"{form[1]}{number // size}-{form[3]}{number % size + 1:0{1 if form[3] else 2}}"
