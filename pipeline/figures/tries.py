"""Many words → one regular expression that takes the longest of them in one walk, however many they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_BLANK = r"[ \n]{1,6}"
_BLANK_OR_HYPHEN = r"(?:[ \n]{1,6}|-)"


def either(words: Iterable[str], *, hyphen: bool = False) -> str:
    """A pattern for any of these words, longest first; a blank may be a line break in the text, or a hyphen."""
    return _walk(frozenset(words), _BLANK_OR_HYPHEN if hyphen else _BLANK)


@lru_cache(maxsize=64)  # most rule books of a process have the same words
def _walk(words: frozenset[str], blank: str) -> str:
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(root, blank) if root else "(?!)"


def _branch(node: dict[str, Any], blank: str) -> str:
    branches = [
        (blank if char == " " else re.escape(char)) + _branch(below, blank)
        for char, below in sorted(node.items())
        if char
    ]
    if not branches:
        return ""
    ends_here = "" in node
    if len(branches) == 1 and not ends_here:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if ends_here else ''}"
