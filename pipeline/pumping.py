"""A rule's pattern → the text that makes it slow, if there is one: of a user's own rules none may hang a run.

A pattern must take twice the time for twice the text. It is tried on signs and words said again and again, and on its
own examples with one sign of them said again and again; `tieout rules test` refuses a pattern that takes longer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import regex

from pipeline.patterns import lazy
from pipeline.rulebook import Rule, Rulebook
from pipeline.rulebook.shapes import Piece
from pipeline.rulebook.sound import filled, pieces_of

PUMPS = (
    *'9 \n%.,-–*=([【"$#/aAé三',
    *("A ", "A.", "1,", "999,", "1.", "1 ", "-1", "1/", "a:", "(a) ", "1st ", "2009 ", "1-", "12:", "$1 ", "a@b."),
    *("one hundred ", "twenty-", "1 million ", "well-", "Ann, ", "and ", "1; ", "e\u0301", "No. ", "http://", "+86-"),
)
_KEYS = ("pattern", "far", "after", "before")  # of all shapes of rules
_SIZE = 2_000
# Twice the text may take this much longer; what takes less than `_LITTLE` seconds is not measured.
_MOST, _LITTLE, _LONG = 2.6, 0.005, 1.0
_ROUNDS = 8
_FLAGS = int(regex.VERBOSE | regex.IGNORECASE)
_WORD = lazy(r"\w+|\S")


def slow(rule: Rule, book: Rulebook) -> str:
    """The piece of text that makes a pattern of the rule slow when it is said again and again; empty if none known."""
    for key in _KEYS:
        source = getattr(rule, key, "")
        if not isinstance(source, str) or not source:
            continue
        try:
            pattern = regex.compile(filled(source, pieces_of(book.of(Piece))), _FLAGS)
        except regex.error:
            continue  # a notation of its own, or a mistake that is told elsewhere
        if pump := next((pump for before, pump in _pumps(rule) if _grows(pattern, before, pump)), ""):
            return pump
    return ""


def _pumps(rule: Rule) -> Iterator[tuple[str, str]]:
    """A beginning, and what is said again and again behind it."""
    yield from (("", pump) for pump in PUMPS)
    for example in (*rule.examples, *rule.refuses):
        text = example.text
        for n, sign in enumerate(text):
            if n == 0 or text[n - 1] != sign:
                yield text[:n], sign


def _grows(pattern: regex.Pattern[str], before: str, pump: str) -> bool:
    whole = before + (pump * _SIZE)[:_SIZE] + "\0"
    starts = _starts(before, pump)
    longest = _seconds(pattern, whole, starts)
    if longest < _LITTLE or longest >= _LONG:
        return longest >= _LONG
    half = before + (pump * _SIZE)[: _SIZE // 2] + "\0"
    shorter = _seconds(pattern, half, starts)
    for _ in range(_ROUNDS):
        # What else the machine does only adds to a time, and not to each try: the least of several tells.
        longest = min(longest, _seconds(pattern, whole, starts))
        shorter = min(shorter, _seconds(pattern, half, starts))
        if not 0.8 * _MOST < longest / shorter < 1.25 * _MOST:
            break
    return longest > _MOST * shorter


def _seconds(pattern: regex.Pattern[str], text: str, starts: Sequence[int]) -> float:
    """The time of this process that the pattern takes at these places, all together; `_LONG` where it is more."""
    begun = time.process_time()
    for start in starts:
        limit = _LONG
        while (here := time.process_time()) - begun < _LONG:
            try:
                pattern.match(text, start, timeout=limit)
                break
            except TimeoutError:
                # The limit is one of the clock: where other programs had the processor, little was measured.
                if time.process_time() - here > _LONG / 2:
                    return _LONG
                limit *= 2
    return min(time.process_time() - begun, _LONG)


def _starts(before: str, pump: str) -> Sequence[int]:
    """Where a match may begin: at each word of the beginning, and at each sign of what is said first behind it."""
    first = range(len(before), len(before) + min(len(pump) + 1, 5))
    return [*(found.start() for found in _WORD.finditer(before)), *first]
