"""The words behind a number → the noun it counts: `266 poor villages` counts villages. No model is asked.

Closed classes of words say where the phrase ends; the noun is its first plural. In doubt there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.figures.page import Page
from pipeline.figures.vocabulary import Vocabulary

_PHRASE = re.compile(r"[ \n][^\W\d_][\w'&/-]*+(?:[ \n][^\W\d_][\w'&/-]*+){0,5}+")
_WORD = re.compile(r"[^ \n]++")
_LONGEST = 5  # words: `30 WIFI wireless network transponder antennas`


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun behind a number: where it ends, its singular, and the rules that told."""

    end: int
    noun: str
    rules: tuple[str, ...] = ()


def counted(page: Page, end: int, stop: int, *, one: bool = False, whole: bool = True) -> Counted | None:
    """The noun counted by a number that ends here. After `one` it is a singular, which only its place betrays.

    What is not `whole` counts no name: behind `-0.3 Final demand foods` the next cell of a table begins.
    """
    phrase = _PHRASE.match(page.low, end, stop)
    if phrase is None or not whole and page.view[phrase.start() + 1].isupper():
        return None
    words = [(found.group(), found.start(), found.end()) for found in _WORD.finditer(page.low, phrase.start() + 1, phrase.end())]
    return _after_one(page, words, phrase.end(), stop) if one else _plural(page, words, stop)


def _plural(page: Page, words: list[tuple[str, int, int]], stop: int) -> Counted | None:
    vocabulary = page.words
    bridged: list[str] = []
    for n, (word, start, end) in enumerate(words[:_LONGEST + 1]):
        if n == 0 and word in vocabulary.further:
            bridged.append(vocabulary.further[word])
            continue
        if word in vocabulary.stops:
            return Counted(end, "", (vocabulary.stops[word],))
        last = n + 1 == len(words)
        if word in vocabulary.named and (last or words[n + 1][0] in vocabulary.stops):
            noun, rule = vocabulary.named[word]
            return Counted(end, noun, (rule,))
        if word in vocabulary.attributes:
            if not any(singular(vocabulary, following)[0] for following, _, _ in words[n + 1 : n + 3]) and word in vocabulary.nouns:
                pass  # `men aged 16`: it is the noun itself
            else:
                bridged.append(vocabulary.attributes[word])
                continue
        if word.endswith("'s"):
            continue
        noun, rule = singular(vocabulary, word.rstrip("'"))
        if not noun:
            continue
        if page.view[start].isupper() and not last and not page.view[words[n + 1][1]].isupper() and singular(vocabulary, words[n + 1][0])[0]:
            continue  # `12 Texas counties`
        end = start + len(word.rstrip("'"))
        return _places(page, word, noun, end, stop, (*bridged, *((rule,) if rule else ())))
    return None


def _places(page: Page, word: str, noun: str, end: int, stop: int, rules: tuple[str, ...]) -> Counted:
    """`14 cities and prefectures`, `86 counties (cities, districts)`: divisions of a country are counted together."""
    rule = page.words.places.get(word)
    more = page.words.more_places.match(page.low, end, stop) if rule else None
    if more is None or rule is None:
        return Counted(end, noun, rules)
    last = None if more["several"] else more["last"]
    return Counted(more.end(), singular(page.words, last)[0] if last else noun, (*rules, rule))


def _after_one(page: Page, words: list[tuple[str, int, int]], phrase_end: int, stop: int) -> Counted | None:
    """The last word of a short phrase that ends at a stop word or a mark: `one municipal key county.`"""
    vocabulary = page.words
    taken: list[tuple[str, int, int]] = []
    for word, start, end in words:
        if word in vocabulary.stops or taken and word[-1] == "s" and singular(vocabulary, word)[0]:
            break  # `one firm forecasts growth`
        taken.append((word, start, end))
    else:
        if page.low[phrase_end : phrase_end + 1].isspace():
            return None  # the phrase goes on beyond the words looked at
    while taken and taken[-1][0].endswith(("ed", "ing", "ly", "'s")):
        taken.pop()
    if not 0 < len(taken) < _LONGEST or taken[-1][0][-1].isdigit():
        return None
    word, _, end = taken[-1]
    noun, rule = singular(vocabulary, word)
    if noun and noun != word:
        return None  # a plural after one: `one sales force` apart, it is no phrase of one
    return Counted(end, word, (rule,) if rule else ())


def singular(vocabulary: Vocabulary, word: str) -> tuple[str, str]:
    """The singular of a word that looks like a plural, and the rule that knows it; empty for any other word."""
    known = vocabulary.nouns.get(word)
    if known:
        return known
    if len(word) < 4 or word[-1] != "s" or word.endswith(("ss", "us", "is", "'s")) or word in vocabulary.stops or word in vocabulary.attributes:
        return "", ""
    first, hyphen, last = word.rpartition("-")
    if hyphen and last in vocabulary.nouns:
        return f"{first}-{vocabulary.nouns[last][0]}", vocabulary.nouns[last][1]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y", ""
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2], ""
    return word[:-1], ""
