"""The words behind a number → the noun it counts: `266 poor villages` counts villages. No model is asked.

Closed classes of words say where the phrase ends; the noun is its first plural. In doubt there is none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.figures.page import Page
from pipeline.figures.vocabulary import Vocabulary
from pipeline.figures.years import YEAR
from pipeline.patterns import lazy

_PHRASE = lazy(r"[ \n][^\W\d_][\w'&/-]*+(?:[ \n][^\W\d_][\w'&/-]*+){0,5}+")
# Behind its name and a dash or colon an amount ends a line; a wrapped line is longer.
_SHORT = 60
_ENDS_AN_ITEM = lazy(r"(?: [-–—]|:) ?\W{0,3}[0-9][0-9.,]*+$")
_PERHAPS_MANY = lazy(r"[ \n](?P<one>[^\W\d_][\w'-]*+)\((?:s|es)\)")  # `5 migrant(s)`
_INITIALS = lazy(r"[A-Z]{2,}+s")
_THEN = ("before", "earlier", "ago", "later", "previously", "prior")
_LONGEST = 5  # words: `30 WIFI wireless network transponder antennas`


class Counted(NamedTuple):
    """The noun behind a number: where it ends, its singular, and the rules that told."""

    end: int
    noun: str
    rules: tuple[str, ...] = ()


def counted(page: Page, end: int, stop: int, *, one: bool = False, whole: bool = True) -> Counted | None:
    """The noun counted by a number that ends here. After `one` it is a singular, which only its place betrays.

    What is not `whole` counts no name: behind `-0.3 Final demand foods` the next cell of a table begins.
    """
    perhaps = _PERHAPS_MANY.match(page.low, end, stop)
    if perhaps and perhaps["one"] not in page.words.stops:
        return Counted(perhaps.end(), perhaps["one"])
    phrase = _PHRASE.match(page.low, end, stop)
    if phrase is None or (not whole and page.view[phrase.start() + 1].isupper()):
        return None
    if _ends_an_item(page, end):
        return None
    return _after_one(page, phrase, stop) if one else _plural(page, phrase, stop)


def _ends_an_item(page: Page, end: int) -> bool:
    """Whether a number ends the short line of an item: `goods – 10,918`, where the next line is of subsidies."""
    start = page.view.rfind("\n", max(0, end - _SHORT), end) + 1
    short = page.view[end] == "\n" and (start > 0 or end < _SHORT)
    return short and _ENDS_AN_ITEM.search(page.view, start, end) is not None


def _plural(page: Page, phrase: re.Match[str], stop: int) -> Counted | None:
    vocabulary = page.words
    words = [_before_stroke(page, word) for word in phrase.group().split()]
    dated = YEAR.match(page.view, max(0, phrase.start() - 4), phrase.start()) is not None
    bridged: list[str] = []
    owner: Counted | None = None
    end = phrase.start()
    for n, word in enumerate(words):
        start = page.low.index(word, end)
        end = start + len(word)
        if n == len(bridged) and word in vocabulary.further:
            bridged.append(vocabulary.further[word])
            continue
        number = vocabulary.number_words.get(word, ("",))[0]
        # `one million one million farms`, `the 22,291 registered twelve months before`
        then = n + 2 < len(words) and words[n + 2] in _THEN  # `up from 6,100 twelve months before`
        if number == "scale" or (number and ((n and words[n - 1].endswith("ed")) or then)):
            return owner
        last = n + 1 == len(words)
        if n and words[n - 1] == "most" and len(bridged) == n and not last:  # `the 20 most reported languages`
            bridged.append(vocabulary.further["most"])
            continue
        if word in vocabulary.named and (last or words[n + 1] in vocabulary.stops):
            noun, rule = vocabulary.named[word]
            return Counted(end, noun, (rule,))
        if word in vocabulary.attributes and (
            word not in vocabulary.nouns or any(singular(vocabulary, after)[0] for after in words[n + 1 : n + 3])
        ):
            bridged.append(vocabulary.attributes[word])
            continue
        if word == "and" and n and not dated and _pairs(vocabulary, words[n - 1 : n + 4]):
            bridged.append(vocabulary.stops[word])
            continue
        if word in vocabulary.stops:
            return owner or Counted(end, "", (vocabulary.stops[word],))
        if word.endswith("s'") and not last and words[n + 1] not in vocabulary.stops:
            owner = owner or Counted(end - 1, singular(vocabulary, word[:-1])[0])
            continue  # `312 water users' associations`
        noun, rule = singular(vocabulary, word.rstrip("'"))
        if not noun and _INITIALS.fullmatch(page.view, start, end):  # `2.6 million RSUs`
            noun = word[:-1]
        if not noun:
            continue
        if (
            page.view[start].isupper()
            and not last
            and not page.view[end + 1].isupper()
            and singular(vocabulary, words[n + 1])[0]
        ):
            continue  # `12 Texas counties`
        end = start + len(word.rstrip("'"))
        return _places(page, word, noun, end, stop, (*bridged, *((rule,) if rule else ())))
    return owner


def _before_stroke(page: Page, word: str) -> str:
    """What is counted, of `cells/ml`, `deaths/100,000`; a stroke before any other word joins two (`men/women`)."""
    head, stroke, tail = word.partition("/")
    return head if stroke and (tail.isdigit() or page.unit(tail) or page.sign(tail)) else word


def _pairs(vocabulary: Vocabulary, words: list[str]) -> bool:
    """Whether `and` joins two words before a noun: `87 manufacturing and processing facilities`."""
    if len(words) < 4 or words[0].endswith(("ed", "ly")) or words[2] in vocabulary.stops:
        return False
    if words[2] in vocabulary.number_words or singular(vocabulary, words[2])[0]:
        return False
    return any(singular(vocabulary, word)[0] for word in words[3:]) and words[3] not in vocabulary.stops


def _places(page: Page, word: str, noun: str, end: int, stop: int, rules: tuple[str, ...]) -> Counted:
    """`14 cities and prefectures`, `86 counties (cities, districts)`: divisions of a country are counted together."""
    rule = page.words.places.get(word)
    more = page.words.more_places.match(page.low, end, stop) if rule else None
    if more is None or rule is None:
        return Counted(end, noun, rules)
    last = None if more["several"] else more["last"]
    return Counted(more.end(), singular(page.words, last)[0] if last else noun, (*rules, rule))


def _after_one(page: Page, phrase: re.Match[str], stop: int) -> Counted | None:
    """The last word of a short phrase that ends at a stop word or a mark: `one municipal key county.`"""
    vocabulary = page.words
    taken: list[str] = []
    ended = False
    for n, word in enumerate(phrase.group().split()):
        if n == 0 and word in vocabulary.further:  # `one high school`
            taken.append(word)
            continue
        ended = word in vocabulary.stops or (bool(taken) and word[-1] == "s" and bool(singular(vocabulary, word)[0]))
        if ended:  # at a plural too: `one firm forecasts growth`
            break
        taken.append(word)
    if not ended and page.low[phrase.end() : phrase.end() + 1].isspace():
        return None  # the phrase goes on beyond the words looked at
    while taken and taken[-1].endswith(("ed", "ing", "ly", "'s")):
        taken.pop()
    if not 0 < len(taken) < _LONGEST or taken[-1][-1].isdigit() or taken[-1] in vocabulary.further:
        return None
    noun, rule = singular(vocabulary, taken[-1])
    if noun and noun != taken[-1]:
        return None
    end = phrase.start()
    for word in taken:
        end = page.low.index(word, end) + len(word)
    return Counted(end, taken[-1], (rule,) if rule else ())


def singular(vocabulary: Vocabulary, word: str) -> tuple[str, str]:
    """The singular of a word that looks like a plural, and the rule that knows it; empty for any other word."""
    known = vocabulary.nouns.get(word)
    if known:
        return known
    for ending in vocabulary.endings:
        if word.endswith(ending.plural) and len(word) > len(ending.plural) and not word.endswith(ending.unless):
            return word[: -len(ending.plural)] + ending.singular, ending.rule_id
    if (
        len(word) < 4
        or word[-1] != "s"
        or word.endswith(("ss", "us", "is", "'s"))
        or word in vocabulary.stops
        or word in vocabulary.attributes
    ):
        return "", ""
    first, hyphen, last = word.rpartition("-")
    if hyphen and last in vocabulary.nouns:
        return f"{first}-{vocabulary.nouns[last][0]}", vocabulary.nouns[last][1]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y", ""
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2], ""
    return word[:-1], ""
