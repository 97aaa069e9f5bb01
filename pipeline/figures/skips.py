"""Number-bearing expressions that are no claims (dates, ordinals, identifiers, names): sought before any claim."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.figures.page import Page
from pipeline.figures.vocabulary import Before
from pipeline.model import Skip
from pipeline.patterns import lazy
from pipeline.rulebook.shapes import SkipRule

_FAR = 28  # characters: how far before a number the words that name it stand
_MARKS = " \n\t([#\"'№-"
_MARKS_BEFORE_ITEM = frozenset("\n.:;!?。；】)]")
_TOKEN_LEFT = lazy(r"[^\s,;:\"“”‘()\[\]{}。，；]*\Z")
_GROUPS = lazy(r"(?:,[0-9]{3}(?![0-9]))++(?:\.[0-9]++)?")
_TOKEN = lazy(r"[^\s,;:\"“”’‘()\[\]{}。，；%]++")


@dataclass(frozen=True, slots=True)
class Hit:
    """A skip that was found, with its rule: a weak one gives way to a figure with a unit or a noun."""

    start: int
    end: int
    rule: SkipRule

    def skip(self) -> Skip:
        """The record of it."""
        return Skip(self.start, self.end, self.rule.reason, self.rule.rule_id)


def last_word(page: Page, start: int, floor: int) -> str:
    """The word before a number, without what stands between (`No. [28` gives `no.`); a colon stays with its word."""
    low = page.low
    first = max(floor, start - _FAR)
    if start > first and low[start - 1] == " ":  # most words stand behind one blank and before another
        word = low[low.rfind(" ", first, start - 1) + 1 : start - 1]
        if word.isalpha() and start - len(word) - 1 > first:
            return word
    left = low[first:start].rstrip(_MARKS)
    return left[max(left.rfind(" "), left.rfind("\n")) + 1 :].lstrip("([\"'“‘")


def named_before(page: Page, word: str, start: int, floor: int, stop: int) -> Hit | None:
    """A skip that the words before the number make: `March 12, 2015`, `No. 28`, `Table 3`."""
    for entry in page.words.before.get(word, ()):
        if entry.skip is None:
            return None
        hit = _try(page, entry, start, floor, stop)
        if hit:
            return hit
    return None


def _try(page: Page, entry: Before, start: int, floor: int, stop: int) -> Hit | None:
    if entry.skip is None:
        return None
    rule, pattern = entry.skip
    source = page.view if rule.case else page.low
    at = source.rfind(entry.phrase, max(floor, start - _FAR), start)
    if at < 0 or (at > floor and page.low[at - 1].isalnum() and entry.phrase[0].isalnum()):
        return None
    behind = at + len(entry.phrase)
    found = pattern.match(page.view, behind, stop)
    if found is None or found.end() <= start:
        return None
    if rule.apart and start > behind and page.view[start - 1] in "+(":
        start -= 1
    return Hit(start if rule.apart else at, found.end(), rule)


def at_start(page: Page, start: int, stop: int) -> Hit | None:
    """A skip that begins at these digits, or at the bracket or sign before them."""
    view, words = page.view, page.words
    first = start - 1 if start and view[start - 1] in "([+'（【#" else start
    found = words.skip_start.match(view, first, stop)
    if found is None and first != start:
        found = words.skip_start.match(view, start, stop)
    if found is None or found.lastgroup is None:
        return None
    return Hit(found.start(), found.end(), words.skips[int(found.lastgroup[1:])])


def at_line(page: Page, start: int, floor: int, stop: int) -> Hit | None:
    """The number of a list item or a section, where a line or a sentence begins."""
    view = page.view
    first = start - 1 if start and view[start - 1] in "(（" else start
    if first > floor:
        before = view[max(0, first - 12) : first].rstrip(" \t-*•·")
        if before and before[-1] not in _MARKS_BEFORE_ITEM:
            return None
    found = page.words.skip_line.match(view, first, stop)
    if found is None or found.lastgroup is None:
        return None
    if view[found.end() - 1] == ")" and view[first] != "(" and _is_open(view, first, floor):
        return None  # `sales of 45 (2018: 38)`
    return Hit(found.start(), found.end(), page.words.skips[int(found.lastgroup[1:])])


def _is_open(view: str, at: int, floor: int) -> bool:
    """Whether a bracket stands open here."""
    floor = max(floor, at - 80)
    return view.rfind("(", floor, at) > view.rfind(")", floor, at)


def token(page: Page, start: int, floor: int, stop: int) -> tuple[int, int]:
    """The run of signs without a blank that this digit stands in: `TAV/2019/4`, `A320`, `10b5-1`."""
    left = _TOKEN_LEFT.search(page.view[max(floor, start - 40) : start])
    first = start - len(left.group()) if left else start
    found = _TOKEN.match(page.view, first, stop)
    end = found.end() if found and found.end() > start else start + 1
    while end > start + 1 and page.view[end - 1] in ".,-–/'!?":
        end -= 1
    groups = _GROUPS.match(page.view, end, stop) if page.view[end - 1].isdigit() else None
    if groups:
        end = groups.end()  # `K18,500`: no part of a number is one
    return first, end
