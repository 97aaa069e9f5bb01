"""Paragraphs of a text that is broken into lines of one width → the line breaks that mean nothing.

A break means nothing if the next word would not have fitted on the line. A text of long lines has no such breaks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_NARROWEST, _WIDEST = 40, 130  # columns: texts are broken at no other width
_FEW = 10  # one in so many lines may be longer

Line = tuple[int, int]  # where it begins and ends in the text, its line break left out


def unmeant_breaks(text: str, paragraphs: Sequence[Sequence[Line]]) -> list[tuple[int, int]]:
    """Where line breaks stand within these paragraphs that the width of the text made."""
    lengths = sorted(_columns(text[start:end]) for lines in paragraphs for start, end in lines)
    broken = sorted(_columns(text[start:end]) for lines in paragraphs for start, end in lines[:-1])
    if not broken or lengths[len(lengths) * (_FEW - 1) // _FEW] > _WIDEST:
        return []
    width = min(broken[-1], broken[len(broken) * (_FEW - 1) // _FEW] + _FEW)
    if width < _NARROWEST:
        return []
    breaks = []
    for lines in paragraphs:
        for (start, end), (following, stop) in pairwise(lines):
            words = text[following:stop].split(maxsplit=1)
            if words and _columns(text[start:end]) + 1 + _columns(words[0]) > width:
                breaks.append((end, following))
    return breaks


def _columns(line: str) -> int:
    """How wide a line is: a Chinese character takes two columns."""
    line = line.rstrip()
    if line.isascii():
        return len(line)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
