"""What the table of rules/apart.toml may hold: words by which figures that seem to quarrel are of other things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.rulebook.shapes import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart(Rule):
    """Words about a figure of a relation, of one of `kinds`, that does not agree: with them it is no error.

    `at` says where they stand: `before` the figure that has the `role` (or any, without one), `behind` it, `within` it
    behind its number, or `between` it and a later one in the role `to`. `pattern` is one expression over lower-case
    text; it is searched for, and behind or within a figure it must begin right there.
    """

    kinds: tuple[str, ...]
    at: Literal["before", "behind", "within", "between"]
    pattern: str
    role: str = ""
    to: str = ""


TABLES: dict[str, type[Rule]] = {"apart": Apart}
