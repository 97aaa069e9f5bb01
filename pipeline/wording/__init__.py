"""Judged relations → words: sentences from the rules, numbers in the manner of the printed ones."""

from __future__ import annotations

from pipeline.wording.messages import Told, tell

__all__ = ["Told", "tell"]
