"""The units of a rulebook with their decimal multiples, which are written once: at the unit, and at the prefix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.fraction import Fraction
from pipeline.rulebook.book import Rulebook
from pipeline.rulebook.shapes import Prefix, Unit
from pipeline.rulebook.toml import RuleError


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rules write out themselves; a multiple takes nothing of it."""

    names: frozenset[str]
    symbols: frozenset[str]


@lru_cache(maxsize=4)
def units(book: Rulebook) -> tuple[Unit, ...]:
    """Every unit, and behind them the multiples that `metric` asks for: of `K` with `metric = ["m"]` the `mK`.

    A multiple keeps the name of the rule it comes from; names and symbols that a rule writes out stay that rule's.
    """
    written = book.of(Unit)
    known = _Known(
        frozenset(name.lower() for unit in written for name in (*unit.names, *unit.doubtful)),
        frozenset(symbol for unit in written for symbol in (*unit.symbols, *unit.doubtful_symbols)),
    )
    prefixes = {prefix.symbol: prefix for prefix in book.of(Prefix)}
    made = (many for unit in written for many in _multiples(unit, prefixes, known))
    return (*written, *made)


def _multiples(unit: Unit, prefixes: dict[str, Prefix], known: _Known) -> Iterator[Unit]:
    symbol = unit.name if unit.symbol is None else unit.symbol
    for one in unit.metric:
        if one not in prefixes:
            known_ones = ", ".join(prefixes)
            raise RuleError(
                f"{unit.address}: metric of {unit.name!r}: no [[prefix]] has the symbol {one!r}: {known_ones}"
            )
        prefix = prefixes[one]
        names = tuple(prefix.name + name for name in (*unit.names, *unit.doubtful) if len(name) > 2)
        signs = (
            sign + own for sign in (prefix.symbol, *prefix.signs) for own in (*unit.symbols, *unit.doubtful_symbols)
        )
        factor = str(Fraction(unit.factor) * Fraction(prefix.factor)) if unit.factor else ""
        yield replace(
            unit,
            symbol=prefix.symbol + symbol,
            names=tuple(name for name in names if name.lower() not in known.names),
            symbols=tuple(sign for sign in signs if sign not in known.symbols),
            doubtful=(),
            doubtful_symbols=(),
            followed=(),
            evidence=(),
            before=(),
            behind={},
            metric=(),
            factor=factor,
        )
