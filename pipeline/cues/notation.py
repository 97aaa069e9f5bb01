"""The notation of rules/cues.toml → one regular expression over a skeleton, and the words that trigger it.

Items stand apart by blanks. `word` is itself; `word?` may be missing; `(a|b c)` is one of these; `[role:QTY]` is a
figure that gets the role, `QTY` one that gets none; other words in capitals are macros. `N` is up to four words, `NN`
one to four, `NNN` up to fourteen. Every repeat is bounded, so the time to match is linear in the length of the
sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice

from pipeline.patterns import first_of, lazy

# What each class of figure looks like in a skeleton.
CLASSES: Mapping[str, str] = {
    "MONEY": "M",
    "COUNT": "[QT]",
    "SPELL": "T",
    "QTY": "[MQT]",
    "PCT": "P",
    "PP": "S",
    "FAC": "F",
    "FIG": "[MQTPSF]",
    "AMOUNT": "[MQTP]",
    "YEAR": "Y",
}
_SIGNS = {"LP": "(", "RP": ")"}
_GAPS = {"N": (0, 4), "NN": (1, 4), "NNN": (0, 14)}
# A sign of money or a slash stands for a word: `tonnes per £ million`, `4.9 TJ/£m`.
_GAP_WORD = r"(?:[^\W_A-Z]|[£$€¥&/])[^ ]*+ "
_COMMON = frozenset(
    "of to from in the by and a an or with at on for , ( ) : ; was were is are that over up under which year "
    "M Q P T Y".split()
)
_ANY: frozenset[str] = frozenset()
# Two sets of words, of which the one comes before the other.
Two = tuple[frozenset[str], frozenset[str]]
_TOKEN = lazy(r"\[[a-z]+:[A-Z]+\]|\(|\)\??|\||[^\s()|\[\]]+")


class NotationError(ValueError):
    """A mistake in a pattern, in words for its author."""


class Choice:
    """A choice of words, to be put into a regular expression when one is asked for: most patterns are never met."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.texts = texts

    def __str__(self) -> str:
        return self._written

    @cached_property
    def _written(self) -> str:
        return first_of(self.texts)


# A regular expression in pieces.
Source = tuple[str | Choice, ...]


@dataclass(frozen=True)
class Pattern:
    """A pattern: group n is the figure with the n-th role; the match begins with the blank before it.

    It can match only where a trigger stands, a word of each of the sets that it `needs`, for each of the `pairs` a word
    of its first set right before one of its second, and for each of the `orders` somewhere before one.
    """

    pieces: Source
    roles: tuple[str, ...]
    triggers: frozenset[str]
    needs: tuple[frozenset[str], ...]
    pairs: tuple[Two, ...]
    orders: tuple[Two, ...]

    @property
    def source(self) -> str:
        """The regular expression, as it is written."""
        return "".join(map(str, self.pieces))

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The regular expression, compiled when a sentence may first match it: most patterns never need to be."""
        return re.compile(self.source)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a pattern. Of each set that it needs, a word must stand there; the fewest words rule out the most.

    `firsts` and `lasts` are the words that it may begin and end with; none where that may be any word. `texts` are all
    that it matches, in the order in which they are tried; none where it is no mere choice of words.
    """

    source: Source
    needs: tuple[frozenset[str], ...] = ()
    pairs: tuple[Two, ...] = ()
    orders: tuple[Two, ...] = ()
    firsts: frozenset[str] = _ANY
    lasts: frozenset[str] = _ANY
    texts: tuple[str, ...] = ()


def compile_pattern(notation: str, macros: Mapping[str, str]) -> Pattern:
    """One pattern. Raises NotationError for an unknown macro, an open bracket or a pattern without a word."""
    return _once(notation, tuple(macros.items()))


@lru_cache(maxsize=1024)  # a rule book that lacks one rule, as `rules test` makes many, has the other patterns anew
def _once(notation: str, named: tuple[tuple[str, str], ...]) -> Pattern:
    try:
        return _compiled(notation, _macros(named))
    except RecursionError:
        raise NotationError("brackets stand within brackets, too deep to read") from None


@dataclass(frozen=True)
class _Macros:
    """The macros of a rulebook by name, and what each of them that was met stands for, with its roles."""

    patterns: Mapping[str, str]
    pieces: dict[str, tuple[_Piece, list[str]]]


@lru_cache(maxsize=4)
def _macros(named: tuple[tuple[str, str], ...]) -> _Macros:
    return _Macros(dict(named), {})


def _compiled(notation: str, macros: _Macros) -> Pattern:
    roles: list[str] = []
    tokens = _tokens(notation)
    piece, rest = _sequence(tokens, macros, roles, 0)
    if rest:
        raise NotationError(f"{notation!r}: a bracket is closed that was not opened")
    if not piece.needs:
        raise NotationError(f"{notation!r}: a cue needs at least one word, sign or figure that must stand there")
    triggers = min(piece.needs, key=_commonness)
    others = sorted(set(piece.needs) - {triggers}, key=_commonness)
    return Pattern((" ", *piece.source), tuple(roles), triggers, tuple(others), piece.pairs, piece.orders)


def _tokens(notation: str) -> list[str]:
    return _TOKEN.findall(notation)


def _sequence(tokens: list[str], macros: _Macros, roles: list[str], depth: int) -> tuple[_Piece, list[str]]:
    """The items up to the end of this level, and the tokens left."""
    if depth > 12:
        raise NotationError("macros refer to each other in a circle")
    parts: list[str | Choice] = []
    texts: tuple[str, ...] = ("",)
    needs: list[frozenset[str]] = []
    pairs: list[Two] = []
    orders: list[Two] = []
    firsts, before, earlier, begun = _ANY, _ANY, _ANY, False
    while tokens and tokens[0] not in ("|", ")", ")?"):
        token = tokens[0]
        if token == "(":
            piece, tokens, optional = _alternatives(tokens[1:], macros, roles, depth)
        else:
            tokens = tokens[1:]
            optional = token.endswith("?") and len(token) > 1
            piece = _item(token[:-1] if optional else token, macros, roles, depth)
        parts.extend(("(?:", *piece.source, ")?") if optional else piece.source)
        texts = _on(texts, () if optional else piece.texts)
        if optional:
            before = before | piece.lasts if before and piece.lasts else _ANY
        else:
            needs.extend(piece.needs)
            pairs.extend(piece.pairs)
            orders.extend(piece.orders)
            if before and piece.firsts:
                pairs.append((before, piece.firsts))
            elif earlier and piece.firsts:
                orders.append((earlier, piece.firsts))
            before, earlier = piece.lasts, piece.lasts or earlier
        if not begun and not optional:
            firsts = piece.firsts
        begun = True
    return _Piece(tuple(parts), tuple(needs), tuple(pairs), tuple(orders), firsts, before, texts), tokens


def _on(texts: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Some texts, each going on with the one that follows; or the ones that follow nothing."""
    if texts == ("",):
        return more
    return tuple(text + more[0] for text in texts) if len(more) == 1 else ()


def _alternatives(tokens: list[str], macros: _Macros, roles: list[str], depth: int) -> tuple[_Piece, list[str], bool]:
    branches: list[_Piece] = []
    while True:
        piece, tokens = _sequence(tokens, macros, roles, depth)
        branches.append(piece)
        if not tokens:
            raise NotationError("a bracket is opened that is not closed")
        closing, tokens = tokens[0], tokens[1:]
        if closing != "|":
            break
    texts = tuple(text for branch in branches for text in branch.texts) if all(b.texts for b in branches) else ()
    source: Source = (Choice(texts),)
    if not texts:
        ways = (part for branch in branches for part in ("|", *branch.source))
        source = ("(?:", *islice(ways, 1, None), ")")
    if len(branches) == 1:
        return replace(piece, source=source), tokens, closing == ")?"
    firsts, lasts = _any_of([b.firsts for b in branches]), _any_of([b.lasts for b in branches])
    return _Piece(source, _of_either(branches), (), (), firsts, lasts, texts), tokens, closing == ")?"


def _any_of(sets: list[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets) if all(sets) else _ANY


def _of_either(branches: list[_Piece]) -> tuple[frozenset[str], ...]:
    """What several ways need together: one set with a word of each way."""
    if not all(branch.needs for branch in branches):
        return ()
    return (frozenset().union(*(min(branch.needs, key=_commonness) for branch in branches)),)


def _item(token: str, macros: _Macros, roles: list[str], depth: int) -> _Piece:
    if token.startswith("["):
        role, name = token[1:-1].split(":")
        if name not in CLASSES:
            raise NotationError(f"{token!r}: {name} is no class of figures; known: {', '.join(CLASSES)}")
        roles.append(role)
        return _word(f"({CLASSES[name]}) ", _letters(name), ())
    if token in CLASSES:
        return _word(f"{CLASSES[token]} ", _letters(token), ())
    if token in _GAPS:
        low, high = _GAPS[token]
        return _Piece((f"(?:{_GAP_WORD}){{{low},{high}}}",))
    if token in _SIGNS:
        return _text(_SIGNS[token])
    if token in macros.patterns:
        if token not in macros.pieces:
            own: list[str] = []
            macros.pieces[token] = (
                _sequence(_tokens("(" + macros.patterns[token] + ")"), macros, own, depth + 1)[0],
                own,
            )
        piece, own = macros.pieces[token]
        roles.extend(own)
        return piece
    if token.isupper() and token.isalpha() and len(token) > 1:
        raise NotationError(f"{token} is no macro; known: {', '.join(sorted(macros.patterns))}")
    return _text(token)


def _word(source: str, words: frozenset[str], texts: tuple[str, ...]) -> _Piece:
    return _Piece((source,), (words,), (), (), words, words, texts)


def _text(word: str) -> _Piece:
    return _word(re.escape(word) + " ", frozenset((word,)), (word + " ",))


def _letters(name: str) -> frozenset[str]:
    return frozenset(CLASSES[name].strip("[]"))


def _commonness(words: frozenset[str]) -> tuple[int, int, list[str]]:
    """How little a set of words rules out: the more common ones it has, and the more words, the less."""
    return len(words & _COMMON), len(words), sorted(words)
