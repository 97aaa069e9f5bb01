"""Text → text that shows what cannot be seen: control characters, marks of direction, blanks of no width.

A browser obeys them (a line is reordered, a word is cut in two unseen); on the page they only have a name.
"""

from __future__ import annotations

import html
from functools import cache

import regex


@cache
def _unseen() -> regex.Pattern[str]:
    return regex.compile(r"[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]--[\t\n\r]]", regex.V1)


def visible(text: str) -> str:
    """The text with the names of its unseen characters in their place: `⟨U+202E⟩`."""
    return text if text.isprintable() else _unseen().sub(lambda found: f"⟨{_name(found[0])}⟩", text)


def escaped(text: str) -> str:
    """The same as HTML, where each name is an element of its own."""
    safe = html.escape(text, quote=False)
    return safe if text.isprintable() else _unseen().sub(lambda found: f"<i>{_name(found[0])}</i>", safe)


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
