"""Sentences → figures and skips: every digit of the text stands in exactly one of them.

Figures are looked for in sentences only; digits elsewhere (furniture, headings) are skips. No value is ever guessed:
what cannot be read for sure is a skip with its reason.
"""

from __future__ import annotations

from pipeline.figures.find import Figures, find

__all__ = ["Figures", "find"]
