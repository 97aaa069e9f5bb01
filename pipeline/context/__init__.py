"""Figures and cues → claims: each figure with its sentence, role, subject, period and basis of comparison.

What the words do not say stays empty; nothing is guessed.
"""

from __future__ import annotations

from pipeline.context.defaults import Defaults, problem_of
from pipeline.context.fill import Namer, fill

__all__ = ["Defaults", "Namer", "fill", "problem_of"]
