"""Sets of exact numbers between two ends, open, closed or unbounded, and the arithmetic of them.

Every operation gives a set that holds all results for members of the operands; none rounds, but `root`, outwards.
After Arelle's calculations 1.1 and statcheck: figures agree when what their digits stand for overlaps.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.fraction import Fraction
from pipeline.frozen import frozen

# How fine `root` is: 10**-24 of the result's unit, far below any printed digit.
_ROOT_PLACES = 24
# Both ends of an empty interval, known by being this very number.
_NOTHING = Fraction(0)


@frozen
class _End:
    """An end on the way through a calculation: `far` is -1 or +1 for an infinite one."""

    far: int
    value: Fraction
    closed: bool

    @property
    def place(self) -> tuple[int, Fraction]:
        return self.far, self.value

    def times(self, other: _End) -> _End:
        if (not self.far and not self.value) or (not other.far and not other.value):
            # A zero that is reached makes every product zero; zero times infinity is zero here, being a limit of zeros.
            reached = any(not end.far and not end.value and end.closed for end in (self, other))
            return _End(0, Fraction(0), reached)
        if self.far or other.far:
            return _End(self._sign * other._sign, Fraction(0), False)
        return _End(0, self.value * other.value, self.closed and other.closed)

    @property
    def _sign(self) -> int:
        return self.far or (1 if self.value > 0 else -1)


@frozen
class Interval:
    """The numbers from `low` to `high`; None is an unbounded end. All empty intervals are equal."""

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = True
    high_closed: bool = True

    def __post_init__(self) -> None:
        if self.low is None or self.high is None:
            if self.low is None and self.low_closed:
                object.__setattr__(self, "low_closed", False)
            if self.high is None and self.high_closed:
                object.__setattr__(self, "high_closed", False)
            return
        if self.low < self.high:
            return
        if self.low != self.high or not (self.low_closed and self.high_closed):
            for name in ("low", "high"):
                object.__setattr__(self, name, _NOTHING)
            for name in ("low_closed", "high_closed"):
                object.__setattr__(self, name, False)

    @classmethod
    def point(cls, value: Fraction | int) -> Interval:
        """The one number."""
        number = Fraction(value) if isinstance(value, int) else value
        return cls(number, number)

    @classmethod
    def around(cls, value: Fraction, half: Fraction) -> Interval:
        """From `half` below a number to `half` above it, both ends in."""
        return cls(value - half, value + half)

    @property
    def is_empty(self) -> bool:
        """Whether no number is in it."""
        return self.low is _NOTHING and self.high is _NOTHING

    @property
    def is_point(self) -> bool:
        """Whether it is one number."""
        return self.low_closed and self.high_closed and self.low == self.high

    @property
    def is_positive(self) -> bool:
        """Whether every number of it is above 0, and so are its ends."""
        return self.low is not None and self.low > 0

    @property
    def is_bounded(self) -> bool:
        """Whether both ends are finite."""
        return self.low is not None and self.high is not None

    @property
    def width(self) -> Fraction | None:
        """The distance between the ends; None where there is none."""
        return None if self.low is None or self.high is None else self.high - self.low

    def contains(self, value: Fraction | int) -> bool:
        """Whether a number is in it."""
        above = self.low is None or value > self.low or (value == self.low and self.low_closed)
        below = self.high is None or value < self.high or (value == self.high and self.high_closed)
        return above and below and not self.is_empty

    def is_near(self, value: Fraction, slack: Fraction) -> bool:
        """Whether a number no further than `slack` from a value is in it."""
        if self.is_empty:
            return False
        least, most = value - slack, value + slack
        above = self.low is None or most > self.low or (self.low_closed and most == self.low)
        below = self.high is None or least < self.high or (self.high_closed and least == self.high)
        return above and below

    def within(self, other: Interval) -> bool:
        """Whether every number of it is in the other."""
        return (self & other) == self

    def __and__(self, other: Interval) -> Interval:
        """The numbers in both."""
        if self.is_empty or other.is_empty:
            return EMPTY
        low, low_closed = self.low, self.low_closed
        if low is None or (other.low is not None and low < other.low):
            low, low_closed = other.low, other.low_closed
        elif other.low is not None and low == other.low:
            low_closed = low_closed and other.low_closed
        high, high_closed = self.high, self.high_closed
        if high is None or (other.high is not None and other.high < high):
            high, high_closed = other.high, other.high_closed
        elif other.high is not None and high == other.high:
            high_closed = high_closed and other.high_closed
        return Interval(low, high, low_closed, high_closed)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        if self.is_empty or other.is_empty:
            return other if self.is_empty else self
        return _spanning((self._lower, other._lower, self._upper, other._upper))

    def distance(self, value: Fraction) -> Fraction:
        """How far a number is from the nearest of it; 0 inside."""
        if self.low is not None and value < self.low:
            return self.low - value
        return value - self.high if self.high is not None and value > self.high else Fraction(0)

    def gap(self, other: Interval) -> Fraction:
        """How far two intervals are apart; 0 where they meet or touch."""
        for below, above in ((self, other), (other, self)):
            if below.high is not None and above.low is not None and below.high < above.low:
                return above.low - below.high
        return Fraction(0)

    def __neg__(self) -> Interval:
        if self.is_empty:
            return self
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_closed, self.low_closed)

    def __add__(self, other: Interval) -> Interval:
        if self.is_empty or other.is_empty:
            return EMPTY
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.low_closed and other.low_closed, self.high_closed and other.high_closed)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        if self.is_empty or other.is_empty:
            return EMPTY
        if self.is_positive and other.is_positive:
            return self._times_positive(other)
        return _spanning([a.times(b) for a in (self._lower, self._upper) for b in (other._lower, other._upper)])

    def __truediv__(self, other: Interval) -> Interval:
        """All quotients; by 0 there is none. A divisor with 0 inside makes it unbounded on both sides."""
        return self * other.reciprocal()

    def __pow__(self, power: int) -> Interval:
        """All powers of members, for a whole exponent."""
        if power < 0:
            return (self**-power).reciprocal()
        if self.is_empty or power == 0:
            return EMPTY if self.is_empty else ONE
        lower, upper = self._raised(self._lower, power), self._raised(self._upper, power)
        if power % 2 == 0 and self._lower.place < (0, 0) < self._upper.place:
            return _spanning([_End(0, Fraction(0), True), lower, upper])
        return _spanning([lower, upper])

    def reciprocal(self) -> Interval:
        """1 over each member but 0."""
        if self.is_empty or (self.is_point and self.low == 0):
            return EMPTY
        if self.is_positive:
            low = Fraction(0) if self.high is None else 1 / self.high
            high = None if self.low is None else 1 / self.low
            return Interval(low, high, self.high_closed, self.low_closed)
        if self._lower.place < (0, 0) < self._upper.place:
            return ALL
        ends = [_End(0, Fraction(0), False) if e.far else _inverse(e) for e in (self._lower, self._upper)]
        if self.low == 0:
            ends[0] = _End(1, Fraction(0), False)
        if self.high == 0:
            ends[1] = _End(-1, Fraction(0), False)
        return _spanning(ends)

    def scale(self, factor: Fraction | int) -> Interval:
        """Each member times a number."""
        if factor == 1 or self.is_empty:
            return self
        if factor <= 0:
            return -self if factor == -1 else self * Interval.point(factor)
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high, self.low_closed, self.high_closed)

    def root(self, degree: int) -> Interval:
        """An interval that holds every non-negative number whose power of this degree is a member."""
        inside = self & Interval(Fraction(0), None)
        if inside.is_empty:
            return EMPTY
        low = None if inside.low is None else _root(inside.low, degree)
        high = None if inside.high is None else _root(inside.high, degree)
        if high is not None and inside.high is not None and high**degree < inside.high:
            high += Fraction(1, 10**_ROOT_PLACES)
        return Interval(low, high)

    def _times_positive(self, other: Interval) -> Interval:
        low = None if self.low is None or other.low is None else self.low * other.low
        high = None if self.high is None or other.high is None else self.high * other.high
        return Interval(low, high, self.low_closed and other.low_closed, self.high_closed and other.high_closed)

    @property
    def _lower(self) -> _End:
        return _End(-1, Fraction(0), False) if self.low is None else _End(0, self.low, self.low_closed)

    @property
    def _upper(self) -> _End:
        return _End(1, Fraction(0), False) if self.high is None else _End(0, self.high, self.high_closed)

    @staticmethod
    def _raised(end: _End, power: int) -> _End:
        if end.far:
            return _End(end.far if power % 2 else 1, Fraction(0), False)
        return _End(0, end.value**power, end.closed)


def meet(intervals: Iterable[Interval]) -> Interval:
    """The numbers in all of them; every number where there is none."""
    found = None
    for interval in intervals:
        found = interval if found is None else found & interval
    return ALL if found is None else found


def total(intervals: Iterable[Interval]) -> Interval:
    """All sums of one member of each; 0 where there is none."""
    found = None
    for interval in intervals:
        found = interval if found is None else found + interval
    return ZERO if found is None else found


def _inverse(end: _End) -> _End:
    return end if not end.value else _End(0, 1 / end.value, end.closed)


def _between(low: _End, high: _End) -> Interval:
    first = None if low.far else low.value
    last = None if high.far else high.value
    return Interval(first, last, low.closed, high.closed)


def _spanning(ends: Iterable[_End]) -> Interval:
    """From the least of the ends to the greatest; of equal ends a closed one counts."""
    least, greatest = None, None
    for end in ends:
        if least is None or greatest is None:
            least = greatest = end
            continue
        if (end.place, not end.closed) < (least.place, not least.closed):
            least = end
        if (end.place, end.closed) > (greatest.place, greatest.closed):
            greatest = end
    return EMPTY if least is None or greatest is None else _between(least, greatest)


def _root(value: Fraction, degree: int) -> Fraction:
    """The root of a non-negative number, rounded down to `_ROOT_PLACES`."""
    scale = 10**_ROOT_PLACES
    wanted = value.numerator * scale**degree // value.denominator
    low, high = 0, 1 << (wanted.bit_length() // degree + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**degree <= wanted else (low, middle)
    return Fraction(low, scale)


ALL = Interval(None, None)
EMPTY = Interval(_NOTHING, _NOTHING, False, False)
ZERO = Interval.point(0)
ONE = Interval.point(1)
