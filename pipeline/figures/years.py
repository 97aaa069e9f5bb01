"""Whether four bare digits are a year or a count, told by what stands around them."""

from __future__ import annotations

from pipeline.figures.page import Draft, Found, Page
from pipeline.patterns import lazy

YEAR = lazy(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9,.]*[0-9])")
_ALONE = lazy(r"(?P<year>(?:1[5-9]|20)[0-9]{2})(?:\Z|(?=[,.;:)](?![0-9]))|[ \n](?P<word>[a-z]++)(?![\w'-]))")
_IN = frozenset(("in", "of", "from", "among"))
_BESIDE = frozenset(
    (" and ", ", ", ", and ", " or ", " to ", "-", "–", "/", " through ", " & ", " versus ", " against ")
)


def year_alone(page: Page, start: int, stop: int) -> int:
    """Where a bare year ends behind which nothing can be counted, a mark or a stop word; 0 for any other number."""
    found = _ALONE.match(page.low, start, stop)
    if found is None:
        return 0
    word = found["word"]
    if page.view.endswith("= ", 0, start):
        return 0
    return found.end("year") if not word or (word in page.words.stops and page.unit(word) is None) else 0


def is_year(page: Page, found: Found, draft: Draft, word: str, number_end: int) -> bool:
    """A bare number of four digits is a year, unless it counts: a unit or a noun follows, and no word of time precedes.

    `2000 poor villages` counts; `the 2008 floods`, `in 2009 grain output` and `2008 and 2009 tax years` do not.
    """
    if len(draft.digits) != 4 or not 1500 <= int(draft.digits) <= 2100:
        return False
    if page.view.endswith("= ", 0, draft.start):
        return False  # `(n = 1535)`
    if (
        draft.unit in page.words.around["counted-in"]
        and word in _IN
        and " " not in page.view[number_end + 1 : draft.end]
    ):
        return False  # `resulting in 1861 adults`
    if not draft.dimension or draft.unit == "year":
        return True
    if not draft.noun:  # `in 2013 s`: one letter makes no second of a year
        return draft.end - number_end <= 2 and page.view[draft.end - 1].isalpha() and int(draft.digits) >= 1900
    last = found.skips[-1] if found.skips else None
    if last and last.reason in ("year", "date") and page.view[last.end : draft.start].replace("\n", " ") in _BESIDE:
        return True
    if word in page.words.year_words:
        return True
    if int(draft.digits) >= 1900 and (_of_a_year(page, draft, number_end) or _names(page, draft)):
        return True
    left = page.low[max(0, draft.start - 24) : draft.start].split()[-2:]
    return word == "of" and " ".join(left) in page.words.year_words


def _names(page: Page, draft: Draft) -> bool:
    """`the 2028 Debentures`, `the 2008 Summer Olympics`: a name with its year, where the noun has a capital."""
    noun = max(page.view.rfind(mark, draft.number_end, draft.end) for mark in " \n") + 1
    word = page.view[noun : draft.end]
    return bool(noun) and word[:1].isupper() and not word.isupper()


def _of_a_year(page: Page, draft: Draft, number_end: int) -> bool:
    """Whether what follows is had by a year (`2007 levels`), or the report would have written `2,007 houses`."""
    words = page.low[number_end : draft.end].replace("-", " ").split()
    return not page.words.around["of-a-year"].isdisjoint(words) or (page.groups and not draft.digits.endswith("00"))
