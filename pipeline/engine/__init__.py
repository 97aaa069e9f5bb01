"""Inputs → outcomes: what is done for one report, and the local processes that do it for many."""

from __future__ import annotations

from pipeline.engine.job import Settings, outcome, unread
from pipeline.engine.pool import each

__all__ = ["Settings", "each", "outcome", "unread"]
