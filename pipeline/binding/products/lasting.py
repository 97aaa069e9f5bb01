"""How long something lasts, or what it takes, at so much a day → product: stock = rate × days.

`Stocks of 18.4 million tonnes would last 37 days at a daily use of 500,000 tonnes`; `at 320 a month it will take 30
months to clear the 9,600 cases`: one sentence tells these three and no other amount.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.binding.scene import Scene, operand
from pipeline.binding.slipped import slips
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_LASTS = lazy(
    r"\b(?:lasts?|take|takes|took|enough for|sufficient for|covers?|suffices? for|equal to|equivalent to"
    r"|supply (?:of|for))\b"
)
_TIMES = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year"}
_OFTEN = lazy(rf"\b({'|'.join(_TIMES)}) (?:[a-z]+ ){{1,3}}(?:of|at) \W?$")
# What is used up may be more, or less, than is told.
_OTHER = lazy(r"\b(?:more than|less than|at least|at most|up to|between|compared|against|previous|last year)\b")
_THREE, _LEAD = 3, 40
_WILD = Fraction(3, 2)


def bind(scene: Scene) -> Iterator[Relation]:
    """All such sentences of a report, agreeing or nearly."""
    for number in scene.holding(_THREE):
        claims = scene.by_sentence[number]
        if len(claims) != _THREE:
            continue
        span = scene.sentences[number]
        said = scene.report.view[span.start : span.end].lower()
        if _LASTS.search(said) and not _OTHER.search(said):
            yield from _lasting(scene, claims)


def _lasting(scene: Scene, claims: range) -> Iterator[Relation]:
    figures = {n: scene.claims[n].figure for n in claims}
    if any(f.modifier not in ("", "~") or f.upper is not None or f.kind == "percent" for f in figures.values()):
        return
    rates = [(n, per) for n, f in figures.items() if (per := _per(scene, n, f))]
    times = [n for n, f in figures.items() if f.dimension == "time"]
    if len(rates) != 1 or len(times) != 1 or figures[times[0]].unit != rates[0][1]:
        return
    rate, time = rates[0][0], times[0]
    stock = next(n for n in claims if n not in (rate, time))
    one, whole = figures[rate], figures[stock]
    alike = one.unit == whole.unit or (not one.dimension and whole.dimension == "count")
    if not alike or whole.per or not whole.number.value:
        return
    operands = (
        replace(
            operand("rate", scene.claims[rate]), figure=replace(one, unit=whole.unit, dimension=whole.dimension, per="")
        ),
        operand("count", scene.claims[time]),
        operand("total", scene.claims[stock]),
    )
    why = "so much a time, how long it takes or lasts, and of how much"
    relation = Relation("product", operands, "sentence", "high", "product.lasting", why)
    off = one.number.value * figures[time].number.value / whole.number.value
    near = 1 / _WILD < off < _WILD
    if near or agreement(relation, scales(scene.book)) != "none" or slips(relation, scales(scene.book)):
        yield relation


def _per(scene: Scene, claim: int, figure: Figure) -> str:
    """The time that a rate is told by, behind it or before it; empty for none."""
    if figure.dimension == "time":
        return ""
    if figure.per in _TIMES.values():
        return figure.per
    often = _OFTEN.search(scene.report.view[max(0, figure.start - _LEAD) : figure.start].lower())
    return _TIMES[often[1]] if often is not None else ""
