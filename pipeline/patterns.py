"""Patterns compiled so that every Python matches them alike.

`re` before Python 3.11.5 matches a group that is repeated possessively, `(?:…)*+`, wrongly where the group itself can
backtrack: words lose letters (https://github.com/python/cpython/issues/106052). There the `regex` library takes them.
"""

from __future__ import annotations

import re
import sys
from typing import cast

_POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+")
_WRONG_BEFORE = (3, 11, 5)


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled by `re`, or by `regex` where this Python's `re` would match it wrongly."""
    if sys.version_info >= _WRONG_BEFORE or not _POSSESSIVE_GROUP.search(pattern):
        return re.compile(pattern, flags)
    import regex  # heavy to import, and needed by old Pythons only

    return cast("re.Pattern[str]", regex.compile(pattern, int(flags)))
