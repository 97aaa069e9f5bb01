"""rules/*.toml → one frozen Rulebook. An unknown key or table is an error that names file, table and key."""

from __future__ import annotations

from pipeline.rulebook.book import Rulebook, load, shipped_rules
from pipeline.rulebook.shapes import Example, Rule
from pipeline.rulebook.toml import RuleError

__all__ = ["Example", "Rule", "RuleError", "Rulebook", "load", "shipped_rules"]
