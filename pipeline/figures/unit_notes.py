"""Units in brackets behind a number: of `68,450 (10,000 yuan)` the note is unit and multiplier, and no figure."""

from __future__ import annotations

import itertools
import re

from pipeline.figures.joints import number_of
from pipeline.figures.page import Draft, Page
from pipeline.patterns import lazy

_OPENS = lazy(r"[ \n]?\((?:unit ?: ?|in )?", re.IGNORECASE)
# What such a note may count by.
_POWERS = frozenset((1_000, 10_000, 1_000_000, 10_000_000, 100_000_000))
_NOT_MEASURED = frozenset(("", "count", "time", "percent", "points", "factor"))


def taken_up(page: Page, drafts: list[Draft]) -> list[Draft]:
    """The drafts with such notes taken up by the numbers before them."""
    kept = drafts[:1]
    for first, draft in itertools.pairwise(drafts):
        if not _is_unit_of(page, first, draft):
            kept.append(draft)
            continue
        first.multiplier, first.unit, first.dimension = int(number_of(draft).value), draft.unit, draft.dimension
        first.end = first.number_end = draft.end + 1
        first.rules = list(dict.fromkeys((*draft.rules[:1], *first.rules, *draft.rules)))
    return kept


def _is_unit_of(page: Page, first: Draft, note: Draft) -> bool:
    """Whether a power of ten with a unit, alone in its brackets, stands behind a bare number."""
    if page.view[note.end : note.end + 1] != ")" or first.stop != note.stop:
        return False
    bare = first.end == first.number_end and not first.prefixed and first.multiplier == 1 and first.manner == "digits"
    if not bare or note.manner != "digits" or note.decimals or note.prefixed or note.dimension in _NOT_MEASURED:
        return False
    opens = _OPENS.fullmatch(page.view, first.end, note.start) is not None
    return opens and number_of(note).value in _POWERS
