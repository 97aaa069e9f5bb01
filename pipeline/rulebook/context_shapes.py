"""What the tables of rules/context.toml may hold: the words from which subject, place and scale are taken."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rulebook.shapes import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Rule):
    """Words between what is measured and its figure; `state`: forms of `be`, which may have an adjective's measure."""

    words: tuple[str, ...]
    state: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyWords(Rule):
    """Words for amounts as such, which tell nothing of what is measured."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Rule):
    """Words for a change: what changes follows them."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceNames(Rule):
    """Names of places, as they are written."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Division(Rule):
    """Words that, with a capital, end the name of a place."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleNote(Rule):
    """A note that figures are printed in thousands or the like; its group `scale` is a multiplier or a number."""

    pattern: str


TABLES: dict[str, type[Rule]] = {
    "measure": Measure,
    "empty": EmptyWords,
    "turn": Turn,
    "name": PlaceNames,
    "division": Division,
    "scale": ScaleNote,
}
