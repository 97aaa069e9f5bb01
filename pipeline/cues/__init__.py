"""Sentences and their figures → cues: the words that give a figure its role. Roles are proposed here, not bound."""

from __future__ import annotations

from pipeline.cues.find import find

__all__ = ["find"]
