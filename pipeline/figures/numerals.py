"""Number words → the number they say: `two hundred and sixty-six`, `half a million`, `two-thirds`, `one and a half`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipeline.figures.vocabulary import Vocabulary
from pipeline.fraction import Fraction
from pipeline.model import Manner, Printed
from pipeline.patterns import lazy

_TOKEN = lazy(r"[^\s-]++")
_LARGEST = 10**27
_SMALLEST_NAMED = 100  # parts that are counted themselves: `one-hundredths`


@dataclass(frozen=True, slots=True)
class Said:
    """A number in words: where it ends, what it says, how. `sort` is that of its only word, empty for several.

    `step` is one unit of its last place: 1, or less behind `point`; `coarse` that of its last place that is not 0.
    `scale` is the last word's, where that alone multiplies the number: it holds for `three to four million` too.
    """

    end: int
    value: Fraction
    manner: Manner
    sort: str
    rules: tuple[str, ...]
    step: Fraction = Fraction(1)
    coarse: Fraction = Fraction(1)
    scale: int = 1

    def printed(self, *, negative: bool) -> Printed:
        """A number in words as a printed one; loose words have no last place, their width is a rule."""
        value = -self.value if negative else self.value
        if self.manner == "fraction":
            return Printed(value, Fraction(0), Fraction(0), "fraction")
        return Printed(value, self.step, self.coarse, self.manner)


class _Token(NamedTuple):
    word: str
    end: int
    sort: str
    value: int
    rule: str
    hyphened: bool


@dataclass(slots=True)
class _Cardinal:
    """A whole number while its words are read: a number in words is a state that each word changes.

    `total` is what the scales so far have closed, `current` what is open below the next one. `whole` and `behind` are
    the values before and behind the last `and`: of `one hundred and three quarters` the three is the numerator; of
    `five billion and three quarters` the quarters are those of `unit`, a billion.
    """

    last: str
    total: int = 0
    current: int | None = None
    scale: int = 0
    count: int = 0
    at: int = 0
    whole: int = 0
    behind: int | None = None
    unit: int = 1
    rules: dict[str, None] = field(default_factory=dict)

    @property
    def value(self) -> int:
        """What has been read so far."""
        return self.total + (self.current or 0)

    def take(self, token: _Token) -> bool:
        """Add a word if it may follow the last one."""
        if not getattr(self, f"_{token.sort}")(token.value):
            return False
        self.last = token.sort
        self.count += 1
        self.rules[token.rule] = None
        return True

    def _small(self, value: int) -> bool:
        if (self.last == "ten" and not 0 < value < 10) or self.last not in ("", "ten", "hundred", "scale"):
            return False
        self.current = (self.current or 0) + value
        return True

    def _ten(self, value: int) -> bool:
        if self.last not in ("", "hundred", "scale"):
            return False
        self.current = (self.current or 0) + value
        return True

    def _hundred(self, _: int) -> bool:
        if self.last in ("small", "ten") and self.current and self.current < 100:
            self.current *= 100
        elif self.last in ("article", "scale", ""):
            self.current = 100
        else:
            return False
        return True

    def _scale(self, value: int) -> bool:
        if self.current is None and self.last in ("article", ""):
            self.current = 1
        if (self.total if self.current is None else self.current) * value > _LARGEST:
            return False
        if self.current is None:  # `million million`
            self.total *= value
        elif self.scale and value >= self.scale:  # `two thousand million`
            self.total, self.current = (self.total + self.current) * value, None
        else:
            self.total, self.current = self.total + self.current * value, None
        self.scale = value
        return True


def read(words: Vocabulary, low: str, start: int, stop: int, *, article: bool) -> Said | None:
    """The longest number that these words say; `article` tells that `a` stands before them (`a million`)."""
    phrase = words.number_phrase.match(low, start, stop)
    if phrase is None:
        return None
    tokens = [_token(words.number_words, low, found) for found in _TOKEN.finditer(low, start, phrase.end())]
    if tokens[0].sort in ("part", "ordinal"):
        return _alone(tokens, article)
    return _number(tokens, article and tokens[0].sort in ("hundred", "scale"))


def _token(words: Mapping[str, tuple[str, int, str]], low: str, found: re.Match[str]) -> _Token:
    word = found.group()
    sort, value, rule = words.get(word, (word, 0, ""))
    return _Token(word, found.end(), sort, value, rule, low[found.start() - 1] == "-")


def _alone(tokens: list[_Token], article: bool) -> Said | None:
    """`half`, `a third`, `half a million`: a part whose numerator is not said."""
    first = tokens[0]
    if first.word.endswith("s") or (first.sort == "ordinal" and not article):
        return None
    return _scaled(tokens, 1, Fraction(1, first.value), first.end, (first.rule,), first.sort)


def _number(tokens: list[_Token], article: bool) -> Said | None:
    whole = _cardinal(tokens, 0, "article" if article else "")
    if not whole.count or (whole.count > 1 and not article and all(one.sort == "scale" for one in tokens[: whole.at])):
        return None  # `million million` says no number
    at, value = whole.at, Fraction(whole.value)
    if at < len(tokens):
        for form in (_point, _parts, _mixed):
            said = form(tokens, whole)
            if said:
                return said
    zeros = len(str(whole.value)) - len(str(whole.value).rstrip("0")) if whole.value else 0
    sort = tokens[0].sort if whole.count == 1 else ""
    last = 100 if whole.last == "hundred" else whole.scale if whole.last == "scale" else 1
    scale = last if whole.value % last == 0 else 1
    return Said(tokens[at - 1].end, value, "words", sort, tuple(whole.rules), Fraction(1), Fraction(10**zeros), scale)


def _cardinal(tokens: list[_Token], at: int, last: str) -> _Cardinal:
    """The longest whole number from here on."""
    number = _Cardinal(last, at=at)
    before_and = closed = number
    while number.at < len(tokens):
        token, n = tokens[number.at], number.at
        if token.word == "and":
            if (
                number.last not in ("hundred", "scale")
                or n + 1 == len(tokens)
                or tokens[n + 1].sort not in ("small", "ten", "hundred")
            ):
                break
            before_and = replace(number, rules=dict(number.rules))
            number.whole, number.behind, number.unit = (
                number.value,
                0,
                number.scale if number.last == "scale" and number.scale > 1000 else 1,
            )
            token, n = tokens[n + 1], n + 1
        if number.behind is not None and _begins_another(number, token):
            return before_and
        if token.sort == "scale" and number.scale == token.value and number.current and closed.count:
            return closed  # `one million one million` are two numbers
        if (
            (number.count and _begins_denominator(tokens, n))
            or token.sort not in ("small", "ten", "hundred", "scale")
            or not number.take(token)
        ):
            break
        number.at = n + 1
        if token.sort == "scale":
            closed = replace(number, rules=dict(number.rules))
    if number.behind is not None:
        number.behind = number.value - number.whole
    return number


def _begins_another(number: _Cardinal, token: _Token) -> bool:
    """`five hundred and five hundred`, `two thousand and three million` are two numbers each."""
    if token.sort == "hundred":
        return number.last in ("small", "ten") and (number.current or 0) >= 100
    return token.sort == "scale" and 0 < number.scale <= token.value


def _begins_denominator(tokens: list[_Token], n: int) -> bool:
    """`one hundred thirty-fifths`: a hundred of them."""
    return (
        tokens[n].sort == "ten"
        and n + 1 < len(tokens)
        and tokens[n + 1].hyphened
        and tokens[n + 1].sort == "ordinal"
        and tokens[n + 1].word.endswith("s")
    )


def _parts(tokens: list[_Token], whole: _Cardinal) -> Said | None:
    """`two-thirds`, `twenty-three fifths`, `one twenty-fifth`; `one hundred and three quarters` is mixed."""
    n = whole.at
    token = tokens[n]
    value = whole.value
    denominator, end = token.value, n + 1
    if token.sort == "ten" and n + 1 < len(tokens) and tokens[n + 1].sort == "ordinal" and tokens[n + 1].value < 10:
        token, denominator, end = tokens[n + 1], token.value + tokens[n + 1].value, n + 2
    elif token.sort in ("small", "hundred"):
        token, denominator, end = _denominator(tokens, n)
    if token.sort not in ("part", "ordinal") or (token.sort == "ordinal" and denominator < 3):
        return None
    many = token.word.endswith("s")
    if (many == (value == 1) and denominator != 2) or (denominator == 4 and token.sort == "part" and value in (2, 4)):
        return None  # `twenty-third` is an ordinal, two quarters are half a year
    if whole.behind and whole.behind < denominator and whole.whole:
        if end < len(tokens) and tokens[end].sort == "scale" and tokens[end].value < whole.whole:
            scale = tokens[end]  # `one billion and three quarters million`
            mixed = whole.whole + Fraction(whole.behind, denominator) * scale.value
            return Said(scale.end, mixed, "fraction", "", (*whole.rules, token.rule, scale.rule))
        fraction = whole.whole + Fraction(whole.behind, denominator) * whole.unit
    else:
        fraction = Fraction(value, denominator)
    return _scaled(tokens, end, fraction, token.end, (*whole.rules, token.rule), "")


def _denominator(tokens: list[_Token], n: int) -> tuple[_Token, int, int]:
    """`one one-hundredth`, `three one-thousandths`: what is counted, in how many parts, and the word behind it."""
    number = _cardinal(tokens, n, "")
    last = tokens[min(number.at, len(tokens) - 1)]
    if last.sort != "ordinal" or not last.hyphened or last.value < _SMALLEST_NAMED:
        return tokens[n], 0, n + 1
    return last, number.value * last.value, number.at + 1


def _mixed(tokens: list[_Token], whole: _Cardinal) -> Said | None:
    """`one and a half`, `two and three quarters`; of `a million and a half` the half is that of a million."""
    n = whole.at
    if tokens[n].word != "and" or n + 1 >= len(tokens) or tokens[-1].word in ("a", "an", "and"):
        return None
    if tokens[n + 1].sort == "part":
        at, up = n + 1, 1
    elif tokens[n + 1].word in ("a", "an"):
        at, up = n + 2, 1
    else:
        second = _cardinal(tokens, n + 1, "")
        at, up = second.at, second.value
        if not second.count or at >= len(tokens):
            return None
    part = tokens[at]
    if part.sort not in ("part", "ordinal") or not 0 < up < part.value:
        return None
    fraction, rules = Fraction(up, part.value), (*whole.rules, part.rule)
    if (
        at + 1 < len(tokens) and tokens[at + 1].sort == "scale" and tokens[at + 1].value < whole.value
    ):  # `a billion and a half million`
        return Said(
            tokens[at + 1].end,
            whole.value + fraction * tokens[at + 1].value,
            "fraction",
            "",
            (*rules, tokens[at + 1].rule),
        )
    unit = whole.scale if whole.last == "scale" else 1
    return _scaled(tokens, at + 1, whole.value + fraction * unit, part.end, rules, "")


def _scaled(tokens: list[_Token], n: int, value: Fraction, end: int, rules: tuple[str, ...], sort: str) -> Said:
    """A loose number and the scale behind it: `half a million`, `two and a half thousand`, `a quarter of a billion`."""
    article = False
    while n < len(tokens) and tokens[n].word in ("of", "a", "an"):
        article = True
        n += 1
    if n < len(tokens) and tokens[n].sort in ("scale", "hundred") and (article or value > 1 or sort):
        token = tokens[n]
        return Said(token.end, value * token.value, "fraction", "", (*rules, token.rule))
    return Said(end, value, "fraction", sort, rules)


def _point(tokens: list[_Token], whole: _Cardinal) -> Said | None:
    """`two point five`: the digits behind the point said one by one, or as one number."""
    n = whole.at
    if tokens[n].word != "point":
        return None
    said = ""
    n += 1
    while n < len(tokens) and tokens[n].sort == "small" and tokens[n].value < 10:
        said += str(tokens[n].value)
        n += 1
    if not said:
        number = _cardinal(tokens, n, "")
        if not number.count or number.value >= 100:
            return None
        said, n = str(number.value), number.at
    step = Fraction(1, 10 ** len(said))
    value, end = whole.value + int(said) * step, tokens[n - 1].end
    if n < len(tokens) and tokens[n].sort == "scale":
        value, step, end = value * tokens[n].value, step * tokens[n].value, tokens[n].end
    return Said(end, value, "words", "", tuple(whole.rules), step, step)
