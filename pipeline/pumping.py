"""A rule's pattern → the text that makes it slow, if there is one: of a user's own rules none may hang a run.

A pattern must take twice the time for twice the text. It is tried on signs and words said again and again, and on its
own examples with one sign of them said again and again; `tieout rules test` refuses a pattern that takes longer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import regex

from pipeline.rulebook import Rule, Rulebook
from pipeline.rulebook.shapes import Piece
from pipeline.rulebook.sound import filled, pieces_of

PUMPS = (
    *'9 \n%.,-–*=([【"$#/aAé三',
    *("A ", "A.", "1,", "999,", "1.", "1 ", "-1", "1/", "a:", "(a) ", "1st ", "2009 ", "1-", "12:", "$1 ", "a@b."),
    *("one hundred ", "twenty-", "1 million ", "well-", "Ann, ", "and ", "1; ", "e\u0301", "No. ", "http://", "+86-"),
)
_KEYS = ("pattern", "far", "after", "before")  # of all shapes of rules
_SIZE = 4_000
# Twice the text may take this much longer; what takes less than `_LITTLE` seconds is not measured.
_MOST, _LITTLE, _LONG = 2.6, 0.02, 1.0
_FLAGS = regex.VERBOSE | regex.IGNORECASE


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
    text = before + (pump * _SIZE)[:_SIZE]
    whole = _seconds(pattern, text + "\0")
    if whole < _LITTLE:
        return False
    if whole >= _LONG:
        return True
    half = before + (pump * _SIZE)[: _SIZE // 2] + "\0"
    return all(_seconds(pattern, text + "\0") > _MOST * _seconds(pattern, half) for _ in range(3))


def _seconds(pattern: regex.Pattern[str], text: str) -> float:
    """The least time of three tries at the places where a match may begin; `_LONG` where it takes longer."""
    starts = sorted({*range(min(len(text), 3)), *_word_starts(text)})
    times: list[float] = []
    limit = _LONG
    while len(times) < 3:
        begun = time.process_time()
        try:
            for start in starts:
                pattern.match(text, start, timeout=limit)
        except TimeoutError:
            # The limit is one of the clock: where other programs had the processor, nothing was measured.
            if time.process_time() - begun > _LONG / 2 or limit > 30 * _LONG:
                return _LONG
            limit *= 2
            continue
        times.append(time.process_time() - begun)
        if times[-1] < _LITTLE / 4:
            break
    return min(times)


def _word_starts(text: str) -> Sequence[int]:
    """Where the words of the first line or so begin: a pattern is tried there, not at each of thousands of places."""
    return [found.start() for found in regex.finditer(r"\w+|\S", text[:200])][:60]
