"""The notation of rules/cues.toml → one regular expression over a skeleton, and the words that trigger it.

Items stand apart by blanks. `word` is itself; `word?` may be missing; `(a|b c)` is one of these; `[role:QTY]` is a
figure that gets the role, `QTY` one that gets none; other words in capitals are macros. `N` is up to four words, `NN`
one to four. Every repeat is bounded, so the time to match is linear in the length of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

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
_GAPS = {"N": (0, 4), "NN": (1, 4)}
_GAP_WORD = r"[^\W_A-Z][^ ]*+ "
_COMMON = frozenset("of to from in the by and a an or with at on for , ( ) : ; was were is are that M Q P T".split())
_TOKEN = re.compile(r"\[[a-z]+:[A-Z]+\]|\(|\)\??|\||[^\s()|\[\]]+")


class NotationError(ValueError):
    """A mistake in a pattern, in words for its author."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: group n is the figure with the n-th role; it can match only where a trigger stands."""

    regex: re.Pattern[str]
    roles: tuple[str, ...]
    triggers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Piece:
    source: str
    triggers: frozenset[str] | None


def compile_pattern(notation: str, macros: Mapping[str, str]) -> Pattern:
    """One pattern. Raises NotationError for an unknown macro, an open bracket or a pattern without a word."""
    roles: list[str] = []
    tokens = _tokens(notation)
    piece, rest = _sequence(tokens, macros, roles, 0)
    if rest:
        raise NotationError(f"{notation!r}: a bracket is closed that was not opened")
    if piece.triggers is None:
        raise NotationError(f"{notation!r}: a cue needs at least one word, sign or figure that must stand there")
    return Pattern(re.compile(r"(?<= )" + piece.source), tuple(roles), piece.triggers)


def _tokens(notation: str) -> list[str]:
    return _TOKEN.findall(notation)


def _sequence(tokens: list[str], macros: Mapping[str, str], roles: list[str], depth: int) -> tuple[_Piece, list[str]]:
    """The items up to the end of this level, and the tokens left."""
    if depth > 12:
        raise NotationError("macros refer to each other in a circle")
    parts: list[str] = []
    triggers: list[frozenset[str]] = []
    while tokens and tokens[0] not in ("|", ")", ")?"):
        token = tokens[0]
        if token == "(":
            piece, tokens, optional = _alternatives(tokens[1:], macros, roles, depth)
        else:
            tokens = tokens[1:]
            optional = token.endswith("?") and len(token) > 1
            piece = _item(token[:-1] if optional else token, macros, roles, depth)
        parts.append(f"(?:{piece.source})?" if optional else piece.source)
        if not optional and piece.triggers is not None:
            triggers.append(piece.triggers)
    return _Piece("".join(parts), _best(triggers)), tokens


def _alternatives(
    tokens: list[str], macros: Mapping[str, str], roles: list[str], depth: int
) -> tuple[_Piece, list[str], bool]:
    branches: list[_Piece] = []
    while True:
        piece, tokens = _sequence(tokens, macros, roles, depth)
        branches.append(piece)
        if not tokens:
            raise NotationError("a bracket is opened that is not closed")
        closing, tokens = tokens[0], tokens[1:]
        if closing != "|":
            break
    source = "(?:" + "|".join(b.source for b in branches) + ")"
    sets = [b.triggers for b in branches]
    triggers = None if any(s is None for s in sets) else frozenset().union(*(s for s in sets if s is not None))
    return _Piece(source, triggers), tokens, closing == ")?"


def _item(token: str, macros: Mapping[str, str], roles: list[str], depth: int) -> _Piece:
    if token.startswith("["):
        role, name = token[1:-1].split(":")
        if name not in CLASSES:
            raise NotationError(f"{token!r}: {name} is no class of figures; known: {', '.join(CLASSES)}")
        roles.append(role)
        return _Piece(f"({CLASSES[name]}) ", _letters(name))
    if token in CLASSES:
        return _Piece(f"{CLASSES[token]} ", _letters(token))
    if token in _GAPS:
        low, high = _GAPS[token]
        return _Piece(f"(?:{_GAP_WORD}){{{low},{high}}}", None)
    if token in _SIGNS:
        return _Piece(re.escape(_SIGNS[token]) + " ", frozenset((_SIGNS[token],)))
    if token in macros:
        return _sequence(_tokens("(" + macros[token] + ")"), macros, roles, depth + 1)[0]
    if token.isupper() and token.isalpha() and len(token) > 1:
        raise NotationError(f"{token} is no macro; known: {', '.join(sorted(macros))}")
    return _Piece(re.escape(token) + " ", frozenset((token,)))


def _letters(name: str) -> frozenset[str]:
    return frozenset(CLASSES[name].strip("[]"))


def _best(sets: list[frozenset[str]]) -> frozenset[str] | None:
    """The set of words that rules out most sentences: the one with the fewest common words, then the smallest."""
    return min(sets, key=lambda s: (len(s & _COMMON), len(s)), default=None)
