"""No text makes a pattern slow: every regex of the rules and the code takes twice the time for twice the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import regex

import pipeline
from growth import grows_no_faster_than, seconds
from pipeline import api
from pipeline.patterns import Lazy
from pipeline.rulebook import Rulebook
from pipeline.rulebook.shapes import CueRule

PACKAGE = Path(pipeline.__file__).parent
CUES = "cues.find._compiled.patterns"

# What such strings are made of: one sign again and again, or a piece that a pattern begins to match and then does not.
PUMPS = {
    "digits": "9", "full-width": "９", "blanks": " ", "no-break": "\xa0", "tabs": "\t", "lines": "\n",
    "returns": "\r", "percent": "%", "stops": ".", "commas": ",", "dashes": "-", "en-dashes": "–", "stars": "*",
    "equals": "=", "brackets": "(", "closing": ")", "square": "[", "lenticular": "【", "quotes": '"',
    "dollars": "$", "hashes": "#", "slashes": "/", "colons": "a:", "letters": "a", "capitals": "A",
    "capitals apart": "A ", "initials": "A.", "grouped": "1,", "grouped thousands": "999,", "decimals": "1.",
    "spaced": "1 ", "spaced thousands": "999 ", "signed": "-1", "fractions": "1/", "numbered": "1.\n",
    "lettered": "(a) ", "ordinals": "1st ", "years": "2009 ", "ranges": "1-", "ranges of years": "2009–",
    "dates": "1 May ", "times": "12:", "money": "$1 ", "millions": "1 million ", "hundreds": "one hundred ",
    "and": "and ", "number words": "twenty-", "of which": "of which ", "more than": "more than ",
    "from to": "from 1 to ", "percent of": "5% of ", "nouns": "3 poor ", "hyphens": "well-", "names": "Ann, ",
    "phones": "+86-", "addresses": "a@b.", "links": "http://", "codes": "A1-", "abbreviations": "No. ",
    "semicolons": "1; ", "ideographs": "三", "ten thousands": "万", "combining": "e\u0301", "apostrophes": "'",
    "thin": "\u2009", "words": "the growth of the ", "totals": "1 and 2, totalling ", "headings": "# A\n",
    "furniture": "Home | ", "respectively": "1, 2 and 3 respectively, ",
}  # fmt: skip


def modules() -> Iterator[Any]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        if name.split(".")[0] not in ("cli", "__main__"):  # they read what is installed, and no report
            yield import_module(f"pipeline.{name}")


def patterns_in(value: Any, where: str, seen: set[int]) -> Iterator[tuple[str, Any]]:
    """The compiled patterns in a value, however deep, with where they stand."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern | regex.Pattern):
        yield f"{where} {value.pattern[:50]!r}", value
    elif isinstance(value, Lazy):
        yield f"{where} {value.pattern[:50]!r}", re.compile(value.pattern, value.flags)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from patterns_in(getattr(value, field.name), f"{where}.{field.name}", seen)
        # What is compiled when it is first needed, as each cue is.
        for name in [name for name, what in vars(type(value)).items() if isinstance(what, cached_property)]:
            yield from patterns_in(getattr(value, name), f"{where}.{name}", seen)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from patterns_in(inner, f"{where}[{key!r}]" if isinstance(key, str) else where, seen)
    elif isinstance(value, Sequence | frozenset | set) and not isinstance(value, str | bytes | range):
        for inner in value:
            yield from patterns_in(inner, where, seen)
    elif hasattr(value, "__dict__") and type(value).__module__.startswith("pipeline."):
        yield from patterns_in(vars(value), where, seen)


def all_patterns(book: Rulebook) -> Iterator[tuple[str, Any]]:
    """The patterns of all stages: those of their modules, and those they compile from the rules."""
    seen: set[int] = {id(book)}
    for module in modules():
        for name, value in list(vars(module).items()):
            where = f"{module.__name__.removeprefix('pipeline.')}.{name}"
            if hasattr(value, "cache_info") and list(value.__wrapped__.__annotations__)[:1] == ["book"]:
                yield from patterns_in(value(book), where, seen)
            elif not callable(value):
                yield from patterns_in(value, where, seen)


@pytest.fixture(scope="module")
def patterns(book: Rulebook) -> list[tuple[str, Any]]:
    """All of them, found and compiled once."""
    return list(all_patterns(book))


def searching(pattern: Any) -> Callable[[Any], object]:
    """The search of a text for all that a pattern matches."""
    return lambda text: list(pattern.finditer(text))


def test_the_patterns_of_the_rules_are_found(book: Rulebook, patterns: list[tuple[str, Any]]) -> None:
    places = {where.split(".")[0] for where, _ in patterns}
    assert {"sections", "sentences", "figures", "cues"} <= places
    assert sum(where.startswith(CUES) for where, _ in patterns) >= len(book.of(CueRule))


@pytest.mark.parametrize("pump", PUMPS.values(), ids=PUMPS)
def test_every_pattern_is_linear(patterns: list[tuple[str, Any]], pump: str) -> None:
    """At one place a pattern takes time in proportion to what it reads.

    Tried at every place of a text that it almost matches it may take the square: `\\s+x` does on blanks. Whether a
    stage lets that happen is the next test's matter.
    """
    slow = []
    for where, pattern in patterns:
        if where.startswith(CUES) and " " not in pump:  # these read words with a blank between any two
            continue
        text: Any = (pump * 8_000)[:8_000]
        if isinstance(pattern.pattern, bytes):
            text = text.encode()[:8_000]
        if not grows_no_faster_than(1, pattern.match, text, little=0.005):
            slow.append(f"match {where}")
        if seconds(search := searching(pattern), text[:300]) < 0.006:
            continue
        # What reads forty signs from each of many places takes the square; on a short text it seems to take more.
        if not grows_no_faster_than(2, search, text[:600], little=0.006):
            slow.append(f"search {where}")
    assert not slow, "\n".join(slow)


# What figures are set against one another in, said again and again without a full stop.
SAID_AGAIN = {
    "rows": "It sold 5 tons and 7 tons of wheat, ",
    "growths": "Cargo grew from 400 tons in 2010 to 532.4 tons in 2013, an average annual growth of 10%, ",
}


@pytest.mark.parametrize("piece", SAID_AGAIN.values(), ids=SAID_AGAIN)
def test_within_the_longest_sentence_figures_are_set_against_one_another_and_no_more(
    book: Rulebook, piece: str
) -> None:
    text = (piece * 100)[:3_900]
    assert grows_no_faster_than(2, lambda words: api.check(words, rules=book), text, little=0.05)


def test_what_has_no_full_stop_takes_twice_the_time_for_twice_its_length(book: Rulebook) -> None:
    text = (SAID_AGAIN["rows"] * 1_000)[:32_000]
    assert grows_no_faster_than(1, lambda words: api.check(words, rules=book), text, little=0.1)


@pytest.mark.parametrize("pump", PUMPS.values(), ids=PUMPS)
def test_the_whole_pipeline_is_linear(book: Rulebook, pump: str) -> None:
    text = (pump * 8_000)[:8_000]
    assert grows_no_faster_than(1, lambda piece: api.check(piece, rules=book), text, little=0.2)
