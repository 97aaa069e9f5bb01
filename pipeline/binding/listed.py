"""The words of rules/lists.toml, compiled once for a rulebook: kinds that leave no third, amounts of which one is taken
from the other, what sets a change apart, what is the better the more of it there is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args, get_type_hints

from pipeline.rulebook import Rulebook
from pipeline.rulebook.list_shapes import (
    Aside,
    Begun,
    Close,
    Collective,
    Half,
    Keeping,
    Moment,
    Opposite,
    Proportion,
    Sharing,
    Valued,
)


@lru_cache(maxsize=4)
def halves(book: Rulebook, *, always: bool = False) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Pairs of patterns for two kinds that share a whole between them, in lower case; `always`: only those that do."""
    return tuple((_any(rule.one), _any(rule.other)) for rule in book.of(Half) if rule.always or not always)


@lru_cache(maxsize=4)
def keeping(book: Rulebook) -> dict[str, re.Pattern[str]]:
    """Words of a rule, of keeping to it and of breaking it, by what they say; each matches nothing without rules."""
    rules = book.of(Keeping)
    says = get_args(get_type_hints(Keeping)["says"])
    found = {said: [rule.pattern for rule in rules if rule.says == said] for said in says}
    found["unless"] = [rule.unless for rule in rules if rule.unless]
    return {said: _any(patterns or ["(?!)"]) for said, patterns in found.items()}


@lru_cache(maxsize=4)
def begun(book: Rulebook) -> re.Pattern[str]:
    """What stands before a date at which something began, in lower case; matches nothing without rules."""
    return _any([rule.pattern for rule in book.of(Begun)] or ["(?!)"])


@lru_cache(maxsize=4)
def asides(book: Rulebook) -> re.Pattern[str]:
    """What stands behind a percentage and sets it apart from the levels beside it; matches nothing without rules."""
    return _any([rule.pattern for rule in book.of(Aside)] or ["(?!)"])


@lru_cache(maxsize=4)
def close(book: Rulebook) -> re.Pattern[str]:
    """The words that stand right before a fraction which is near: `just over`; matches nothing without rules."""
    words = [word for rule in book.of(Close) for word in rule.words]
    return re.compile(rf"\b(?:{'|'.join(words) or '(?!)'})\s+$")


@lru_cache(maxsize=4)
def collective(book: Rulebook) -> re.Pattern[str]:
    """Words for a whole of things told before, in lower case; matches nothing without rules."""
    return _any([word for rule in book.of(Collective) for word in rule.words] or ["(?!)"])


@lru_cache(maxsize=4)
def opposites(book: Rulebook) -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    """Two amounts and their difference, by the words for each of the three, in lower case."""
    return tuple((_any(rule.one), _any(rule.other), _any(rule.outcome)) for rule in book.of(Opposite))


@lru_cache(maxsize=4)
def leaning(book: Rulebook) -> tuple[tuple[re.Pattern[str], ...], ...]:
    """Of opposites whose outcome tells which of the two is larger: words for the one, the other, and for their
    difference where the one is larger and where the other is, in lower case."""
    return tuple(
        (_any(rule.one), _any(rule.other), _any(rule.over), _any(rule.short))
        for rule in book.of(Opposite)
        if rule.over and rule.short
    )


@lru_cache(maxsize=4)
def proportions(book: Rulebook) -> tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...]:
    """Shares that have names: the patterns, in lower case, for the name, the part and the whole."""
    return tuple((_any(rule.names), _any(rule.part), _any(rule.whole)) for rule in book.of(Proportion))


@lru_cache(maxsize=4)
def proportion_names(book: Rulebook) -> re.Pattern[str]:
    """A pattern for the name of any of them."""
    return _any([name for rule in book.of(Proportion) for name in rule.names] or ["(?!)"])


@lru_cache(maxsize=4)
def valued(book: Rulebook) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for what is the better the more of it there is, and for what the less."""
    more, less = ([w for rule in book.of(Valued) if rule.better == way for w in rule.words] for way in ("more", "less"))
    return _any(more or ["(?!)"]), _any(less or ["(?!)"])


@dataclass(frozen=True, slots=True)
class SharedOut:
    """How one whole is shared out, in lower case: words that open a list of shares or stand within or before them,
    items that leave nothing out, and words against. Each matches nothing without rules."""

    opens: re.Pattern[str]
    within: re.Pattern[str]
    before: re.Pattern[str]
    item: re.Pattern[str]
    against: re.Pattern[str]


@lru_cache(maxsize=4)
def shared_out(book: Rulebook) -> SharedOut:
    """The words by which percentages share one whole out."""
    rules = list(book.of(Sharing))
    found = (
        [word for rule in rules for word in rule.opens],
        [word for rule in rules for word in rule.within],
        [word for rule in rules for word in rule.before],
        [word for rule in rules for word in rule.item],
        [word for rule in rules for word in rule.against],
    )
    return SharedOut(*(_any(words or ["(?!)"]) for words in found))


@lru_cache(maxsize=4)
def moments(book: Rulebook) -> tuple[re.Pattern[str], ...]:
    """Patterns, in lower case, for words that say of a figure that it is of then, of last time, and of now."""
    times = ("then", "last", "now")
    return tuple(_any([w for rule in book.of(Moment) if rule.time == t for w in rule.words] or ["(?!)"]) for t in times)


def are_two_kinds(book: Rulebook, first: str, second: str, *, always: bool = False) -> bool:
    """Whether two texts in lower case have words of two kinds that leave no third; with `always`, never a third."""
    ones, others = _kinds_in(first, book, always)
    if not ones and not others:
        return False
    beside = _kinds_in(second, book, always)
    return not ones.isdisjoint(beside[1]) or not others.isdisjoint(beside[0])


def set_apart(book: Rulebook, first: str, second: str) -> bool:
    """Whether of two texts in lower case each has words of only one of two kinds, and not the same."""
    ones, others = _kinds_in(first, book, False)
    if ones == others:
        return False
    beside = _kinds_in(second, book, False)
    return bool((ones - others) & (beside[1] - beside[0]) or (others - ones) & (beside[0] - beside[1]))


@lru_cache(maxsize=1024)  # the words about one figure are held against those about many
def _kinds_in(text: str, book: Rulebook, always: bool) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the pairs of kinds of whose one, and of whose other, a text has words."""
    pairs = list(enumerate(halves(book, always=always)))
    ones = frozenset(n for n, (one, _) in pairs if one.search(text))
    return ones, frozenset(n for n, (_, other) in pairs if other.search(text))


def _any(patterns: tuple[str, ...] | list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")
