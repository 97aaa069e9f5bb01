"""The words of a rule book that say which way something went → a pattern for them, and the way of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.rulebook.book import Rulebook
from pipeline.rulebook.shapes import Macro


@dataclass(frozen=True, eq=False)
class Ways:
    """`pattern` finds the words, in lower case and each between blanks; `signs` has +1 for up and -1 for down."""

    pattern: re.Pattern[str]
    signs: dict[str, int]

    def of(self, words: str) -> int:
        """The way that some words say; 0 where they say none or both."""
        return _said(self, words)


@lru_cache(maxsize=4096)  # of a figure between blanks there are few: ` up P from M `
def _said(ways: Ways, words: str) -> int:
    signs = {ways.signs[way] for way in ways.pattern.findall(words)}
    return signs.pop() if len(signs) == 1 else 0


@lru_cache(maxsize=8)
def ways(book: Rulebook, *names: str) -> Ways:
    """The words of the macros that have a direction; of these macros only, where any are named."""
    signs = {
        way.strip(): 1 if macro.direction == "up" else -1
        for macro in book.of(Macro)
        if macro.direction and (not names or macro.name in names)
        for way in macro.pattern.split("|")
    }
    # `better off` before `better` and `off`.
    found = "|".join(map(re.escape, sorted(signs, key=len, reverse=True)))
    return Ways(re.compile(rf"(?<![^ ])(?:{found or '(?!)'})(?![^ ,.;:])"), signs)
