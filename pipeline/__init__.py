"""tieout: reads a report, takes out every numeric claim, and shows which figures cannot all be true as written.

>>> import pipeline
>>> reading = pipeline.read("raw/report.txt")        # or the text itself
>>> [finding.check.explanation for finding in reading.findings]
>>> claims = pipeline.load_table("extracted/report/claims.csv")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import Reading, check, load_table, read
    from pipeline.rulebook import Rulebook

__version__ = "0.1.0"

__all__ = ["Reading", "Rulebook", "__version__", "check", "load_table", "read"]

# Imported when first asked for: `import pipeline` must cost nothing.
_HOMES = {
    "read": "pipeline.api",
    "check": "pipeline.api",
    "load_table": "pipeline.api",
    "Reading": "pipeline.api",
    "Rulebook": "pipeline.rulebook",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
