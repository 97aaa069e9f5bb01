"""Claims with their cues → relations: which figures the words tie together, and what was considered and not built.

Find first, bind later; arithmetic chooses only between bindings that words allow (`charity`).
"""

from __future__ import annotations

from pipeline.binding.bind import Bound, bind

__all__ = ["Bound", "bind"]
