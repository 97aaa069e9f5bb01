"""Text → a cell that no spreadsheet takes for a formula, and back."""

from __future__ import annotations

# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection); Excel takes the full-width signs too.
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
# The first characters of what may be one, with or without apostrophes before it: nothing else needs a second look.
SUSPECT = FORMULA_STARTS | {"'"}


def disarmed(text: str) -> str:
    """The text as a cell that is no formula: one apostrophe before what would start one."""
    return f"'{text}" if text.lstrip("'")[:1] in FORMULA_STARTS else text


def rearmed(cell: str) -> str:
    """The text that was disarmed, as it was written."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in FORMULA_STARTS else cell
