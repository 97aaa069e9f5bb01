"""A sentence → its skeleton: its words in lower case, one blank apart, with one capital letter for each figure.

`Net sales were $412.6 million, up 6.4% from $387.8 million.` becomes ` net sales were M , up P from M . `.
It is what cues are matched on; it never decides what a figure is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.model import Figure, Sentence, Skip
from pipeline.patterns import lazy

_WORD = lazy(r"[^\W_][\w'&./-]*(?:(?<=\d),(?=\d)[\w'&./-]*)*|[^\s\w]|_")
_END = ".'-/&"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`text` begins and ends with a blank; `words` are its tokens, `starts` and `ends` their places in the
    report.

    `marks` maps the offset of a capital in `text` to its index: that of a claim, or -1 - i for skip i (a year).
    """

    text: str
    offsets: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    marks: dict[int, int]
    words: tuple[str, ...]

    def token_at(self, offset: int) -> int:
        """The index of the token that stands at or after this offset of `text`."""
        return bisect_left(self.offsets, offset)


def letter(figure: Figure) -> str:
    """The capital that stands for a figure: its class in the notation of cues."""
    if figure.kind == "percent":
        return "P"
    if figure.kind == "points":
        return "S"
    if figure.kind == "factor":
        return "F"
    if figure.dimension == "money":
        return "M"
    return "T" if figure.dimension == "time" else "Q"


# `in mid-2012` is `in mid 2012`.
_GLUED = frozenset(("mid", "end", "early", "late"))


def build(
    view: str,
    sentence: Sentence,
    figures: Sequence[Figure],
    first: int,
    skips: Sequence[Skip],
    first_skip: int,
    hedges: re.Pattern[str],
) -> Skeleton:
    """The skeleton of one sentence. `first`, `first_skip` are the indexes of the figures and skips given here."""
    marked = [(f.start, f.end, letter(f), first + i) for i, f in enumerate(figures)]
    marked += [(s.start, s.end, "Y", -1 - first_skip - i) for i, s in enumerate(skips) if s.reason in ("year", "date")]
    marked.sort()
    tokens: list[tuple[str, int, int]] = []
    marks: list[tuple[int, int]] = []
    at = sentence.start
    for start, end, capital, index in marked:
        _words(view, at, start, tokens)
        if index >= 0 and figures[index - first].modifier:
            _drop_hedge(tokens, hedges)
        if capital == "Y" and len(tokens) > 1 and tokens[-1][0] == "-" and tokens[-2][0] in _GLUED:
            tokens.pop()
        marks.append((len(tokens), index))
        tokens.append((capital, start, end))
        at = end
    _words(view, at, sentence.end, tokens)
    words, starts, ends = zip(*tokens, strict=True)
    offsets = list(accumulate([len(word) + 1 for word in words[:-1]], initial=1))
    return Skeleton(
        text=f" {' '.join(words)} ",
        offsets=tuple(offsets),
        starts=starts,
        ends=ends,
        marks={offsets[n]: index for n, index in marks},
        words=words,
    )


def _words(view: str, start: int, end: int, tokens: list[tuple[str, int, int]]) -> None:
    """Add the words and signs between two places; a full stop or apostrophe that ends a word stands alone."""
    piece = view[start:end].lower()
    if len(piece) != end - start:  # a letter whose lower case is longer: İ
        piece = view[start:end]
    for match in _WORD.finditer(piece):
        first, last = match.span()
        word, s, e = piece[first:last], start + first, start + last
        if word[-1] not in _END or len(word) == 1:
            tokens.append((word, s, e))
        elif "." not in word[:-1]:
            tokens.append((word[:-1], s, e - 1))
            tokens.append((word[-1], e - 1, e))
        else:  # `i.e.`, `p.a.`: the last full stop belongs to the word
            tokens.append((word[:-1] if word[-1] == "." else word, s, e))


def _drop_hedge(tokens: list[tuple[str, int, int]], hedges: re.Pattern[str]) -> None:
    """Take away the modifier words before a figure: cues are said of `up 22%` and `up more than 22%` alike."""
    tail = " " + " ".join(word for word, _, _ in tokens[-4:]) + " "
    match = hedges.search(tail)
    if match is not None:
        del tokens[len(tokens) - match.group().count(" ") + 1 :]
