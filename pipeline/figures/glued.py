"""Digits that stand inside a word or a code (`A320`, `TAV/2019`) → one skip of the whole; and which only seem to."""

from __future__ import annotations

from pipeline.figures import skips
from pipeline.figures.page import Found, Page
from pipeline.model import Sentence
from pipeline.patterns import lazy

_STUCK = lazy(r"(?<![^\W_])(?:to|of|at|and|was|were|by|from|over|than|about|for)\Z")
_AMOUNT = lazy(r"[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]+(?:\.[0-9]+)?[ ]?(?:%|percent|per cent|million|billion)")
_VARIABLE = lazy(r"(?<![^\s(,;\[])(?:[A-Za-z]|[A-Z]{2,4})=\Z")
_SHARE = lazy(r"(?<![^\s(])%\Z")
_PERCENT = lazy(r"[0-9]{1,3}(?:[.,][0-9]{1,2})?(?![\w%]|[.,][0-9])")
_CHARGE = lazy(r"[0-9]?[+-]\)")
_NAME = lazy(r"[A-Z][A-Za-z]{0,9}[-–]?[0-9]{1,4}[a-zA-Z]?")
_DIGITS = frozenset("0123456789")


def is_glued(view: str, start: int, floor: int) -> bool:
    """Whether the digits stand inside a word or a code: `A320`, `COVID-19`, `TAV/2019`."""
    left = view[start - 1] if start > floor else " "
    if left == "(" and view[max(floor, start - 2) : start - 1].isalpha() and _CHARGE.match(view, start):
        return True  # `HCO(3-)`
    if left in " \n(":
        return False
    if left.islower() and _STUCK.search(view, max(floor, start - 8), start) and _AMOUNT.match(view, start):
        return False  # `up to11,600,000 shares`: a blank was lost
    if left == "=" and _VARIABLE.search(view, max(floor, start - 6), start):
        return False  # `n=2,014`, `HR=1.72`
    if left in "-–" and view[max(floor, start - 2) : start - 1] == ")" and view[start + 1 : start + 2].isalpha():
        return True  # `(IL)-1β`
    if left == "%" and _SHARE.search(view, max(floor, start - 2), start) and _PERCENT.match(view, start):
        return False  # `%75.0`, as it is written in Turkish
    if (left.isalpha() and left.isascii()) or left in "_/\\@=&%^":
        return True
    before = view[start - 2] if start - 2 >= floor else " "
    if before == "o" and view[max(floor, start - 5) : start][1:] == "-to-" and view[start - 5] in _DIGITS:
        return False  # `5-to-10-year`
    return left in "-–.'" and before.isalnum() and before.isascii() and not (left == "." and not before.isdigit())


def mixed(page: Page, found: Found, start: int, sentence: Sentence) -> int:
    """A token of digits and letters: a name (`A320`) or a code."""
    first, end = skips.token(page, start, sentence.start, sentence.end)
    first = max(first, min(start, found.end))
    name = "name-with-number" if _NAME.fullmatch(page.view, first, end) else "mixed-token"
    return found.skip(page.words.skip(name, first, end))
