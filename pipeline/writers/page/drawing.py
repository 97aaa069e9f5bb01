"""A judged relation → its drawing: what is stated and what the others make of it, as bands on one scale.

Floats are good enough to draw with; nothing is decided by them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.exact import Scales, is_counted
from pipeline.formulas import Posed
from pipeline.formulas.values import interval_of
from pipeline.fraction import Fraction
from pipeline.interval import Interval
from pipeline.model import Check
from pipeline.wording.numbers import Manner, manner, show

LEFT, RIGHT = 10, 350  # the ends of the scale, in units of the drawing
_THINNEST = 3.0
_MARGIN = Fraction(1, 8)
_MOST_TICKS = 5
_WHOLE = Interval.point(100)


@dataclass(frozen=True, slots=True)
class Band:
    """Where a range lies in the drawing; `low_open`, `high_open` say that it goes on beyond."""

    x: float
    width: float
    low_open: bool
    high_open: bool

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """The bands of the stated figure, as its digits say and as a round number, and of the computed one; a scale."""

    stated: Band
    round: Band
    computed: Band
    ticks: tuple[tuple[float, str], ...]


def drawing(check: Check, scales: Scales, text: str) -> Drawing | None:
    """The drawing of a check; None where there is no range to draw."""
    posed = Posed(check.relation, scales)
    place = posed.set_against(contradicted=check.verdict in ("inconsistent", "borderline"))
    operand = check.relation.operands[place]
    if operand.figure is None:
        return None
    found, strict, coarse = posed.computed(place), posed.printed(place), interval_of(operand, scales, "coarse")
    how = manner(operand, text)
    if check.relation.kind == "shares" and all(one.role != "total" for one in check.relation.operands):
        found, strict, coarse = posed.missing("total"), _WHOLE, _WHOLE
    if found is None or found.interval.is_empty or strict.is_empty:
        return None
    computed = found.interval
    scale = _Scale.over((strict, computed), coarse, whole=is_counted(operand.figure.number, operand.figure))
    ticks = tuple((scale.x(value), show(value, _plain(how, step))) for value, step in scale.ticks())
    return Drawing(scale.band(strict), scale.band(coarse), scale.band(computed), ticks)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From where to where the scale goes; `whole` says that it has no parts of one."""

    low: Fraction
    high: Fraction
    whole: bool

    @classmethod
    def over(cls, needed: Iterable[Interval], wished: Interval, *, whole: bool) -> _Scale:
        """A scale that all needed ranges fit on, and the wished one if that does not make them small."""
        ends = [end for interval in needed for end in (interval.low, interval.high) if end is not None]
        low, high = min(ends), max(ends)
        reach = high - low
        for end in (wished.low, wished.high):
            if end is not None and reach and low - reach <= end <= high + reach:
                low, high = min(low, end), max(high, end)
        if low == high:
            low, high = low - 1, high + 1
        margin = (high - low) * _MARGIN
        return cls(low - margin, high + margin, whole)

    def x(self, value: Fraction) -> float:
        part = min(max((value - self.low) / (self.high - self.low), Fraction(0)), Fraction(1))
        return round(LEFT + (RIGHT - LEFT) * float(part), 1)

    def band(self, interval: Interval) -> Band:
        low = self.x(self.low if interval.low is None else interval.low)
        high = self.x(self.high if interval.high is None else interval.high)
        width = max(high - low, _THINNEST)
        middle = (low + high) / 2
        open_ends = interval.low is None or interval.low < self.low, interval.high is None or interval.high > self.high
        return Band(round(middle - width / 2, 1), round(width, 1), *open_ends)

    def ticks(self) -> Iterable[tuple[Fraction, Fraction]]:
        """Round numbers along the scale, and the step between them."""
        step = Fraction(1)
        while (self.high - self.low) / step > 10:
            step *= 10
        while (self.high - self.low) / step < 1:
            step /= 10
        step = next(s for s in (step / 5, step / 2, step, step * 2, step * 5) if self._count(s) <= _MOST_TICKS)
        step = max(step, Fraction(1)) if self.whole else step
        first = -(-self.low // step)
        return [((first + n) * step, step) for n in range(self._count(step)) if (first + n) * step <= self.high]

    def _count(self, step: Fraction) -> int:
        return int((self.high - self.low) // step) + 1


def _plain(how: Manner, step: Fraction) -> Manner:
    """The manner of the figure for a number of the scale: in digits, without its unit, as fine as the step needs."""
    size, decimals = how.size, 0
    while (step / size * 10**decimals).denominator != 1 and decimals < 6:
        decimals += 1
    between = how.between if how.between.strip() == "%" else ""
    behind = "%" if how.behind.strip() == "%" else ""
    return Manner(between=between, behind=behind, size=size, decimals=decimals, group=how.group or ",", lakh=how.lakh)
