"""Records ⇄ rows: the tables, what stands in them, how one is loaded again. `writers` writes their files."""

from __future__ import annotations

from pipeline.tables.schema import Column, Table

__all__ = ["Column", "Table"]
