"""Exact numbers → text in the manner of a printed figure: its multiplier, decimals, thousands marks, unit.

`605 million Yuan` and 650,611,111 give `651 million Yuan`. It decides nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from pipeline.fraction import Fraction
from pipeline.interval import Interval
from pipeline.model import Operand, Printed
from pipeline.patterns import lazy

_TOKEN = lazy(r"\d(?:[\d.,'’\u00a0\u2009\u202f ]*\d)?")
_MARKS = lazy(r"[.,'’\u00a0\u2009\u202f ]")
_LAKH = lazy(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_MINUS = "−"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a figure is printed: what stands before its digits, behind them, and behind its number.

    `size` is what one of the printed number stands for (a million), `group` the thousands mark, `form` what the number
    is written as: digits, a whole number in words, or a loose word that is shown as a percentage or a factor.
    """

    before: str = ""
    between: str = ""
    behind: str = ""
    size: Fraction = Fraction(1)
    decimals: int = 0
    group: str = ","
    lakh: bool = False
    form: str = "digits"
    capital: bool = False

    @property
    def step(self) -> Fraction:
        """One unit of the last printed digit."""
        return self.size / Fraction(10) ** self.decimals

    def finer(self, places: int = 1) -> Manner:
        """The same with more decimals."""
        return replace(self, decimals=self.decimals + places)


def manner(operand: Operand, text: str) -> Manner:
    """How the figure of an operand is printed."""
    figure = operand.figure
    if figure is None:
        return Manner()
    number = figure.upper if operand.side == "high" and figure.upper is not None else figure.number
    printed, behind = text[figure.start : figure.number_end], text[figure.number_end : figure.end]
    if number.manner == "fraction":
        return _loose(operand, behind)
    tokens = list(_TOKEN.finditer(printed))
    if not tokens and not behind and figure.dimension == "time":
        behind = f" {figure.unit}s"  # of `four years and three months` the whole is the number
    if not tokens or number.step <= 0:
        return Manner(behind=behind, form="words" if number.step == 1 else "digits", capital=printed[:1].isupper())
    token = tokens[-1] if operand.side == "high" else tokens[0]
    before = printed[: tokens[0].start()]
    decimals = _decimals(token.group(), number)
    whole = token.group()[: -decimals - 1] if decimals else token.group()
    mark = _MARKS.search(whole)
    group = mark.group() if mark else "" if len(whole) == 4 else ","
    return Manner(
        before=before,
        between=printed[tokens[-1].end() :],
        behind=behind,
        size=number.step * 10**decimals,
        decimals=decimals,
        group=group,
        lakh=_LAKH.fullmatch(token.group()) is not None,
    )


def show(value: Fraction, how: Manner, *, unit: bool = True) -> str:
    """A number in this manner, rounded to its decimals; without the words of its unit if so wished."""
    behind = how.behind if unit or not how.behind[:1].isspace() else ""
    if how.form == "words" and value.denominator == 1 and 0 <= value < len(_WORDS):
        word = _WORDS[int(value)]
        return (word.capitalize() if how.capital else word) + behind
    return f"{how.before}{_number(value, how)}{how.between}{behind}"


def show_range(interval: Interval, how: Manner, *, unit: bool = True) -> str:
    """An interval in this manner: its ends, one number where they print alike, `at least` where it is open above."""
    low, high = interval.low, interval.high
    if interval.is_empty or (low is None and high is None):
        return ""
    if low is None and high is not None:
        return ("at most " if interval.high_closed else "less than ") + show(high, how, unit=unit)
    if high is None and low is not None:
        return ("at least " if interval.low_closed else "more than ") + show(low, how, unit=unit)
    assert low is not None and high is not None
    # Both ends inwards where they lie between two printed numbers: 48.705 to 48.735 is 48.71–48.73.
    first, last = _number(low, how), _number(high, how, half_up=False)
    if first == last or high - low <= how.step:
        return show((low + high) / 2, how, unit=unit)
    behind = how.behind if unit or not how.behind[:1].isspace() else ""
    joint = " to " if _MINUS in first + last else "–"
    return f"{how.before}{first}{joint}{last}{how.between}{behind}"


def agreeing(interval: Interval, how: Manner, counted: bool) -> Interval:
    """The printed numbers in this manner that may stand for one of the interval: from the first to the last of them."""
    step, slack = how.step, Fraction(0) if counted else Fraction(1, 2)
    low = None if interval.low is None else math.ceil(interval.low / step - slack) * step
    high = None if interval.high is None else math.floor(interval.high / step + slack) * step
    return Interval(low, high)


def _decimals(token: str, number: Printed) -> int:
    """How many digits of a printed number stand behind its decimal mark."""
    marks = list(_MARKS.finditer(token))
    if not marks:
        return 0
    behind = len(token) - marks[-1].end()
    mark = marks[-1].group()
    if mark not in ".," or (len(marks) > 1 and marks[-2].group() == mark):
        return 0
    if behind != 3:
        return behind
    # Three digits behind a single mark: thousands, unless the last of them stands for less than one.
    return behind if number.step < 1 or (mark == "." and number.step % 1000 == 0) else 0


def _loose(operand: Operand, behind: str) -> Manner:
    figure = operand.figure
    assert figure is not None
    if operand.role in ("percent", "part", "value") and figure.kind in ("factor", "percent", "points"):
        return Manner(between="%", behind=behind, size=Fraction(1, 100), decimals=1, form="loose")
    if figure.kind == "factor":
        return Manner(between=" times", behind=behind, decimals=2, form="loose")
    return Manner(behind=behind, form="loose")


def _number(value: Fraction, how: Manner, *, half_up: bool = True) -> str:
    size = abs(value) / how.step
    away = half_up == (value >= 0)
    scaled = math.floor(size + Fraction(1, 2)) if away else math.ceil(size - Fraction(1, 2))
    digits = str(scaled).rjust(how.decimals + 1, "0")
    whole, decimals = (digits[: -how.decimals], digits[-how.decimals :]) if how.decimals else (digits, "")
    sign = _MINUS if value < 0 and scaled else ""
    return sign + _grouped(whole, how) + (f".{decimals}" if decimals else "")


def _grouped(whole: str, how: Manner) -> str:
    mark = how.group if how.group or len(whole) <= 4 else ","
    if not mark or len(whole) <= 3:
        return whole
    head, pieces = whole[:-3], [whole[-3:]]
    width = 2 if how.lakh else 3
    while head:
        head, piece = head[:-width], head[-width:]
        pieces.insert(0, piece)
    return mark.join(pieces)
