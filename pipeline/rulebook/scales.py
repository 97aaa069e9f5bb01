"""The Rulebook → the sizes that readings need: how far loose words stray, how large each unit is."""

from __future__ import annotations

from functools import lru_cache

from pipeline.exact import Scales
from pipeline.fraction import Fraction
from pipeline.rulebook.book import Rulebook
from pipeline.rulebook.metric import units as all_units
from pipeline.rulebook.shapes import Unit, Width
from pipeline.rulebook.toml import RuleError

_WIDTHS = ("word-strict", "word-coarse", "hedge-coarse")


@lru_cache(maxsize=4)
def scales(book: Rulebook) -> Scales:
    """The sizes of a rulebook. Raises RuleError where a width is missing or a factor is no number."""
    widths = {width.name: Fraction(width.value) for width in book.of(Width)}
    for name in _WIDTHS:
        if name not in widths:
            raise RuleError(f"modifiers.toml: no [[width]] is named {name!r}; add it with its value")
    units: dict[str, tuple[str, Fraction]] = {}
    for unit in all_units(book):
        symbol = unit.name if unit.symbol is None else unit.symbol
        if unit.factor and symbol:
            units.setdefault(symbol, (unit.dimension, _factor(unit)))
    return Scales(widths["word-strict"], widths["word-coarse"], widths["hedge-coarse"], units)


def _factor(unit: Unit) -> Fraction:
    try:
        factor = Fraction(unit.factor)
    except (ValueError, ZeroDivisionError):
        factor = Fraction(0)
    if factor <= 0:
        mistake = f"{unit.address}: factor of {unit.name!r} is {unit.factor!r}"
        raise RuleError(f"{mistake}; write a positive number such as 0.01 or 2000/3")
    return factor
