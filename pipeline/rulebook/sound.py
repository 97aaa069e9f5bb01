"""A rule → what is wrong with its patterns, each compiled alone, so that a mistake names the rule that has it.

It keeps nothing: a stage compiles the patterns of all rules together, where a mistake could be anyone's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from pipeline.patterns import compiled, lazy
from pipeline.rulebook.apart_shapes import Apart
from pipeline.rulebook.context_shapes import ScaleNote
from pipeline.rulebook.shapes import (
    CueRule,
    FurnitureForm,
    HeadingForm,
    Idiom,
    Joint,
    ModifierRule,
    NumberForm,
    Piece,
    RateRule,
    Rule,
    SkipRule,
)

# Kinds that only cues have: what takes a role away, what compares real values, what draws a share from words before.
_KINDS_OF_CUES = ("none", "real", "drawn")
# A shape → its keys that are patterns. The first four are read by the `regex` library, the others by `re`.
_BY_REGEX = (HeadingForm, FurnitureForm, Joint, ScaleNote)
_KEYS: Mapping[type[Rule], tuple[str, ...]] = {
    **dict.fromkeys((*_BY_REGEX, NumberForm, Piece, SkipRule, Idiom, Apart), ("pattern",)),
    ModifierRule: ("far",),
    RateRule: ("after", "before"),
}
# In these a blank is a blank; in all others it only parts what is written.
_WITH_BLANKS = (Apart,)
_FOR_ALL = lazy(r"(?<!\\)\(\?[a-zA-Z]+\)")
# What the code takes out of a match by its name.
_GROUPS: Mapping[type[Rule], str] = {HeadingForm: "title", ScaleNote: "scale"}


def pieces_of(rules: Iterable[Piece]) -> dict[str, str]:
    """The pieces of patterns by name, each filled in with those before it."""
    pieces: dict[str, str] = {}
    for piece in rules:
        pieces[piece.name] = filled(piece.pattern, pieces)
    return pieces


def filled(pattern: str, pieces: Mapping[str, str]) -> str:
    """A pattern with its pieces: `{MONTH}`."""
    for name, value in pieces.items():
        pattern = pattern.replace("{" + name + "}", value)
    return pattern


def problem(rule: Rule, pieces: Mapping[str, str], kinds: Collection[str]) -> str:
    """What is wrong with a pattern of this rule, or its kind, with its address and how to repair it; else empty.

    `kinds` are those of the relations; none are known of a folder of rules that is read alone.
    """
    if kinds and isinstance(rule, CueRule) and rule.kind not in (*kinds, *_KINDS_OF_CUES):
        return f"{rule.address}: {rule.name!r}: kind {rule.kind!r} is not known; known: {', '.join(sorted(kinds))}"
    if isinstance(rule, Apart):
        strange = next((kind for kind in rule.kinds if kinds and kind not in kinds), "")
        if strange:
            return f"{rule.address}: {rule.name!r}: kind {strange!r} is not known; known: {', '.join(sorted(kinds))}"
        if rule.at == "between" and not (rule.role and rule.to):
            return f"{rule.address}: {rule.name!r} stands between two figures; name their roles: role = …, to = …"
    for key in _KEYS.get(type(rule), ()):
        where = f"{rule.address}: {rule.name!r}: {key}"
        source = getattr(rule, key)
        try:
            flags = 0 if isinstance(rule, _WITH_BLANKS) else re.VERBOSE
            pattern = _compiled(filled(source, pieces), isinstance(rule, _BY_REGEX), flags)
        except (ValueError, OverflowError) as error:  # either library's error is a ValueError
            return f"{where} is no regular expression: {error}"
        except RecursionError:
            return f"{where} has brackets within brackets, too deep to read"
        if _FOR_ALL.search(source):
            return f"{where} has flags for the whole of an expression, of which it is a part; write (?i:…)"
        group = _GROUPS.get(type(rule))
        if group and group not in pattern.groupindex:
            return f"{where} lacks the group {group!r}: (?P<{group}>…)"
        if isinstance(rule, NumberForm | SkipRule) and pattern.groupindex:
            return f"{where} names a group, which those of other rules would meet; write (?:…)"
    return ""


def _compiled(source: str, by_regex: bool, flags: int) -> re.Pattern[str]:
    if not by_regex:
        try:
            return compiled(source, flags)
        except re.error as error:
            raise ValueError(str(error)) from None
    import regex

    try:
        pattern: re.Pattern[str] = regex.compile(source, regex.VERBOSE)
    except regex.error as error:
        raise ValueError(str(error)) from None
    return pattern
