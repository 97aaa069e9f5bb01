"""English as spaCy knows it: where sentences end, and what a trained model says. Only here is spaCy imported."""

from __future__ import annotations

from pipeline.language.ends import LONGEST_WORD, Language
from pipeline.language.parser import ModelError, Parser

__all__ = ["LONGEST_WORD", "Language", "ModelError", "Parser"]
