"""A printed number → the same with one slip of the pen in it, every way that a pen slips. It knows no relation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from pipeline.patterns import lazy

Made = Literal["digit", "transposed", "dropped", "scale", "pasted", "base"]
MADE: tuple[Made, ...] = ("digit", "transposed", "dropped", "scale", "pasted", "base")

_NUMBER = lazy(r"(?P<whole>\d[\d,]*)(?:\.(?P<decimals>\d+))?")
_LAKH = lazy(r"\d{1,2}(?:,\d{2})+,\d{3}")
# How many places the decimal mark is moved: ten times, a tenth, a thousand times.
_MOVES = (1, -1, 3)
# The digit that is written for another: far enough from it to show, and never a nought in front.
_FOR = str.maketrans("0123456789", "5678912341")
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()


def slipped(printed: str, pasted: Iterable[str] = (), bases: Iterable[str] = ()) -> Iterator[tuple[Made, str]]:
    """Each slip in a number in digits (`1,422.5`) or in a small number word, with its name; else nothing.

    `pasted` are percentages that stand near by, `bases` what it would be if worked out on the later figure. A word
    slips to its neighbours.
    """
    if printed.lower() in _WORDS:
        yield from (("digit", word) for word in _beside(printed))
    number = _NUMBER.fullmatch(printed)
    if number is None:
        return
    seen = {printed}
    for why, changed in _all(number, pasted, bases):
        if changed not in seen:
            seen.add(changed)
            yield why, changed


def _all(number: re.Match[str], pasted: Iterable[str], bases: Iterable[str]) -> Iterator[tuple[Made, str]]:
    printed = number.group()
    places = [n for n, char in enumerate(printed) if char.isdecimal()]
    for n in places:
        yield "digit", printed[:n] + printed[n].translate(_FOR) + printed[n + 1 :]
    for a, b in pairwise(places):
        if a or printed[b] != "0":
            yield "transposed", printed[:a] + printed[b] + printed[a + 1 : b] + printed[a] + printed[b + 1 :]
    decimals = number["decimals"] or ""
    digits = number["whole"].replace(",", "") + decimals
    if len(digits) > 2:
        for n in range(len(digits)):
            kept = len(decimals) - (n >= len(digits) - len(decimals))
            yield "dropped", _written(digits[:n] + digits[n + 1 :], kept, printed)
    for move in _MOVES:
        yield "scale", _written(digits, len(decimals) - move, printed)
    yield from (("pasted", percent) for percent in pasted)
    yield from (("base", percent) for percent in bases)


def _beside(word: str) -> Iterator[str]:
    """The number words before and after one, with its capital."""
    place = _WORDS.index(word.lower())
    for other in (*_WORDS[max(place - 1, 1) : place], *_WORDS[place + 1 : place + 2]):
        yield other.capitalize() if word[0].isupper() else other


def _written(digits: str, decimals: int, like: str) -> str:
    """Digits with so many decimals (below nought: noughts behind), with thousands marks where the other has them."""
    digits = digits + "0" * -decimals if decimals < 0 else digits.rjust(decimals + 1, "0")
    cut = len(digits) - max(decimals, 0)
    whole, rest = digits[:cut].lstrip("0") or "0", digits[cut:]
    while rest.endswith("0") and len(rest) > len(like.partition(".")[2]):
        rest = rest[:-1]
    if "," in like or len(whole) > 4:
        whole = _grouped(whole, 2 if _LAKH.match(like) else 3)
    return f"{whole}.{rest}" if rest else whole


def _grouped(whole: str, width: int) -> str:
    head, pieces = whole[:-3], [whole[-3:]]
    while head:
        head, piece = head[:-width], head[-width:]
        pieces.insert(0, piece)
    return ",".join(pieces)
