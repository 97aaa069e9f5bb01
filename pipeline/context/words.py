"""The Rulebook → the words of context.toml, compiled once a rulebook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import regex

from pipeline.patterns import compiled, first_of
from pipeline.rulebook import Rulebook
from pipeline.rulebook.context_shapes import Division, EmptyWords, Measure, PlaceNames, ScaleNote, Turn
from pipeline.rulebook.shapes import Multiplier, StopWords


@dataclass(frozen=True, eq=False)
class Words:
    """What the stage asks of words.

    `measure` finds, at the end of the text before a figure, the words between what is measured and the figure (group
    `state` for forms of `be`); it is spared where none of `verbs`, their first words, stands there. `turn_of` does so
    for `an increase of`, `turn_in` for what follows a change.
    """

    measure: re.Pattern[str]
    verbs: frozenset[str]
    turn_of: re.Pattern[str]
    turn_in: re.Pattern[str]
    empty: frozenset[str]
    stops: frozenset[str]
    places: re.Pattern[str]
    scales: tuple[regex.Pattern[str], ...]
    multipliers: dict[str, int]


@lru_cache(maxsize=4)
def words_of(book: Rulebook) -> Words:
    """The words of a rulebook."""
    verbs = _any_of(word.lower() for rule in book.of(Measure) if not rule.state for word in rule.words)
    states = _any_of(word.lower() for rule in book.of(Measure) if rule.state for word in rule.words)
    turns = _any_of(word.lower() for rule in book.of(Turn) for word in rule.words)
    names = _any_of(word for rule in book.of(PlaceNames) for word in rule.words)
    kinds = _any_of(word for rule in book.of(Division) for word in rule.words)
    hedges = (
        r"(?:(?:about|around|approximately|roughly|nearly|almost|over|under|only|just|some|more than"
        r"|less than|at least"
        r"|up to|as much as|an? (?:total|average) of|further|another|[a-z]{2,12}ly) ){0,3}"
    )
    named = (
        r"(?!(?:In|At|The|Of|Across|Within|And|For)\b)[A-Z][\w'’-]*"
        r"(?: (?:of|the|and) [A-Z][\w'’-]*| [A-Z][\w'’-]*){0,3}"
    )
    return Words(
        measure=compiled(
            r" (?:(?:has|have|had|will|would|also|then) )?(?:[a-z]{2,12}ly )?"
            rf"(?:(?P<state>{states})|(?:{verbs}))[ ,]+{hedges}(?:\(|us|rmb|hk|a|c|nz)?$",
            re.IGNORECASE,
        ),
        verbs=frozenset(word.split()[0] for rule in book.of(Measure) for word in rule.words),
        turn_of=compiled(rf"\b(?:an?|the|net|further)? ?(?:{turns}) of {hedges}$", re.IGNORECASE),
        turn_in=compiled(
            rf"(?: (?:net|overall|annual|year-on-year))? ?(?:(?:{turns}) )?in (?:the |its |their "
            rf"|our )?",
            re.IGNORECASE,
        ),
        empty=frozenset(word for rule in book.of(EmptyWords) for word in rule.words)
        | frozenset(word for rule in book.of(Turn) for word in rule.words),
        stops=frozenset(word for rule in book.of(StopWords) for word in rule.words),
        places=compiled(rf"(?:{named} (?:{kinds})|(?:{names}))(?![\w-]|['’]s? [A-Z]| [A-Z][a-z]|\.[A-Z])"),
        scales=tuple(regex.compile(rule.pattern, regex.VERBOSE | regex.IGNORECASE) for rule in book.of(ScaleNote)),
        multipliers={name: rule.value for rule in book.of(Multiplier) for name in rule.names},
    )


def _any_of(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return first_of(ordered) if ordered else "(?!)"
