"""Notes such as `($ in thousands)` → what the figures behind them are counted in.

A note in a heading, in a line of its own or before a table holds to the end of its section; in the report's first
section to the end of the report. A figure keeps its printed value.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.context.words import Words
from pipeline.fraction import Fraction
from pipeline.model import Figure, Report, Section

_ONE = Fraction(1)
_SPOKEN = ("thousand", "million", "billion", "lakh", "crore", "unit")


_LONGEST = 30  # characters: figures are counted in nothing that is longer


@dataclass(frozen=True, slots=True)
class Scale:
    """What figures are counted in from `start` to `end`."""

    start: int
    end: int
    factor: Fraction


def notes_of(report: Report, sections: Sequence[Section], words: Words, default: str) -> list[Scale]:
    """The scales of a report, those that hold for less behind those that hold for more."""
    found = [Scale(0, len(report.view), factor)] if (factor := factor_of(default, words)) else []
    lower = report.view.lower()
    if not any(word in lower for word in _SPOKEN):
        return found
    starts = [section.start for section in sections]
    for pattern in words.scales:
        for match in pattern.finditer(report.view):
            section = sections[max(bisect_right(starts, match.start()) - 1, 0)]
            end = len(report.view) if section is sections[0] else section.end
            if factor := factor_of(match["scale"], words):
                found.append(Scale(match.end() if match.start() >= section.body else section.start, end, factor))
    return sorted(found, key=lambda scale: (scale.start, -scale.end))


def factor_of(word: str, words: Words) -> Fraction | None:
    """What a multiplier or a printed number stands for; None for what is neither."""
    plain = word.lower().replace(",", "").strip()
    if len(plain) > _LONGEST:
        return None
    if plain.isdecimal():
        return Fraction(int(plain)) or None
    value = words.multipliers.get(plain) or words.multipliers.get(plain.removesuffix("s"))
    return Fraction(value) if value else None


def scale_of(view: str, figure: Figure, notes: Sequence[Scale]) -> Fraction:
    """The scale of a figure: of money, or of a bare number, that is printed without a multiplier."""
    if (
        not notes
        or figure.kind != "absolute"
        or figure.dimension not in ("money", "")
        or figure.number.manner != "digits"
    ):
        return _ONE
    if any(c.isalpha() for c in view[figure.start : figure.number_end].lstrip("USRMBHKACNZ$")):
        return _ONE
    return next((n.factor for n in reversed(notes) if n.start <= figure.start < n.end), _ONE)
