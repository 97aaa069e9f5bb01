"""Two figures of one quantity in two units → one figure: `7 feet 10 inches`, `20 dollars and 43 cents`."""

from __future__ import annotations

import itertools

from pipeline.figures.page import Draft, Page

_REST = frozenset((" ", " and "))  # between a quantity's two units


def with_rest(page: Page, drafts: list[Draft], gaps: list[str | None]) -> tuple[list[Draft], list[str | None]]:
    """`7 feet 10 inches`, `2 years and 3 months`, `20 dollars and 43 cents`: one quantity in two units."""
    behind = page.words.behind
    if not any((one.unit, two.unit) in behind for one, two in itertools.pairwise(drafts)):
        return drafts, gaps
    kept, between = drafts[:1], []
    for gap, draft in zip(gaps, drafts[1:], strict=True):
        many = behind.get((kept[-1].unit, draft.unit), 0)
        if not many or gap not in _REST or not _is_rest(page, kept[-1], draft, many):
            between.append(gap)
            kept.append(draft)
            continue
        first, rest = kept[-1], _whole(draft)
        first.decimals = draft.decimals
        total = _whole(first) * many * 10**draft.decimals + rest
        if draft.dimension == "money":
            first.decimals = len(str(many)) - 1  # in the large unit: `20.43`
        else:
            first.unit = draft.unit
        first.digits, first.said, first.manner = str(total), None, "digits"
        first.end = first.number_end = draft.end
        first.rules = list(dict.fromkeys((*draft.rules[:1], *first.rules, *draft.rules)))
    return kept, between


def _is_rest(page: Page, first: Draft, last: Draft, many: int) -> bool:
    """Whether a figure says what is left of the one before it, in whole numbers: `2 years 3 months`."""
    if first.decimals or first.negative or last.negative or last.prefixed:
        return False
    if "fraction" in (first.manner, last.manner) or first.multiplier != 1 or last.multiplier != 1:
        return False
    if (last.decimals and last.dimension == "money") or _whole(last) >= many * 10**last.decimals or not _whole(last):
        return False
    apart = "between" in page.low[max(0, first.start - 12) : first.start].split()
    return not apart and not page.low.startswith((", respectively", " respectively"), last.end)


def _whole(draft: Draft) -> int:
    return int(draft.said.value) if draft.said else int(draft.digits or "0")
