"""Patterns that are compiled when they are needed, so that every Python matches them alike, and those of many words
put so that they match fast.

`re` before Python 3.11.5 matches a group that is repeated possessively, `(?:…)*+`, wrongly where the group itself can
backtrack: words lose letters (https://github.com/python/cpython/issues/106052). There the `regex` library takes them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import cast

_POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+")
_WRONG_BEFORE = (3, 11, 5)


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled by `re`, or by `regex` where this Python's `re` would match it wrongly."""
    if sys.version_info >= _WRONG_BEFORE or not _POSSESSIVE_GROUP.search(pattern):
        return re.compile(pattern, flags)
    import regex  # heavy to import, and needed by old Pythons only

    return cast("re.Pattern[str]", regex.compile(pattern, int(flags)))


class Lazy:
    """What stands for a pattern until it is first used: a report needs few of the thousand that the code names, and to
    compile them all takes a third of a short run."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> object:
        made = compiled(self.pattern, self.flags)
        # From now on each is found as an attribute of its own, as fast as that of the pattern itself.
        for method in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"):
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that a module names, compiled by `re` when it is first used; a wrong one raises `re.error` then."""
    return cast("re.Pattern[str]", Lazy(pattern, flags))


def first_of(texts: Iterable[str]) -> str:
    """A pattern that matches just what `a|b|c` does for these texts, the earlier before the later, in a fraction of the
    time: what begins alike is tried once."""
    found = _in_turn(list(dict.fromkeys(texts)))
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _in_turn(texts: Sequence[str]) -> list[str]:
    """Patterns to be tried in turn: one for all texts that begin with one letter, where the first of them stands.

    No two texts of different first letters match at one place, so their order is nothing. The empty text matches with
    any other: what stands behind it stays behind it.
    """
    if len(texts) == 1:
        return [re.escape(texts[0])]
    if "" in texts:
        at = texts.index("")
        return [*_in_turn(texts[:at]), "", *_in_turn(texts[at + 1 :])]
    by_letter: dict[str, list[str]] = {}
    for text in texts:
        by_letter.setdefault(text[0], []).append(text[1:])
    return [re.escape(letter) + first_of(rest) for letter, rest in by_letter.items()]
