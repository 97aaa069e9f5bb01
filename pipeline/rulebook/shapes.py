"""What the tables of rules/*.toml may hold: one frozen record for each table, a field for each key.

Shapes hold data; what the words mean is in the stage that reads them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what is found in it. `line` is where it stands in its file."""

    text: str
    finds: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule has: a name, its examples, the texts it must refuse, and its address (`rules/units.toml:18`)."""

    name: str
    examples: tuple[Example, ...] = ()
    refuses: tuple[Example, ...] = ()
    address: str
    file: str

    @property
    def rule_id(self) -> str:
        """The rule's name in tables and messages: `units.CNY`."""
        return f"{self.file}.{self.name}"


# One table, one shape: file name → table name → shape. Each stage's shapes stand together below and in `FILES`.
FILES: dict[str, dict[str, type[Rule]]] = {}
