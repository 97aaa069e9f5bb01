"""A printed number and the numbers that would agree → the slip of the pen that leads from one to the other.

After the R package `deductive` (typing errors in balance edits) and scrutiny (neighbours of reported values).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from math import ceil, floor
from typing import Literal

from pipeline.exact import Scales
from pipeline.fraction import Fraction
from pipeline.interval import Interval
from pipeline.model import Printed, Relation
from pipeline.slips.sought import FEWEST_DIGITS, NARROW, WITHIN_A_POWER, sought

Slip = Literal["transposed", "base", "scale", "pasted", "lost", "added", "digit", ""]

# By which a number is too large or too small where noughts are lost or added, or a multiplier is another.
POWERS = tuple(Fraction(10) ** power for power in (1, -1, 2, -2, 3, -3, 4, -4))
_LONG = 30  # digits: the pairs in longer numbers take too long
# The slips in the order in which they are looked for.
_RARER: tuple[Slip, ...] = ("transposed", "scale", "lost", "added", "digit")


def explained(relation: Relation, scales: Scales, slips: Collection[Slip] = ("transposed", "scale", "digit")) -> bool:
    """Whether one of these slips in one of its figures would make a relation agree."""
    found = (slip(one.number, one.counted, one.wanted)[0] for one in sought(relation, scales, ranges=True))
    return any(why in slips for why in found)


def chance(relation: Relation, scales: Scales) -> Fraction | None:
    """How likely a slip of the pen would explain figures that have nothing to do with each other; None if none does.

    Each figure has a number of slips, and each slip has the chance to meet what would agree that its width has in its
    size. A long number that one swapped pair of digits explains is hardly a coincidence; a percentage of two is.
    """
    met: list[int] = []
    odds: list[tuple[Fraction, ...]] = []
    for one in sought(relation, scales, ranges=True):
        number, wanted = one.number, one.wanted
        if number.step <= 0 or wanted.low is None or wanted.high is None:
            continue
        size = abs(wanted.low + wanted.high) / 2
        if not size:
            continue
        room = max(wanted.high - wanted.low + (0 if one.counted else number.step), number.coarse, number.step)
        odds.append(tuple(ways * room / size for ways in _ways(len(str(int(abs(number.value) / number.step))))))
        found, value = slip(number, one.counted, wanted)
        # What misses by its last digit only may have been worked out from numbers that are not printed.
        if found in _RARER and (one.counted or found != "digit" or abs(value - number.value) >= 10 * number.step):
            met.append(_RARER.index(found))
    if not met:
        return None
    return sum((sum(one[: min(met) + 1], Fraction(0)) for one in odds), Fraction(0))


def _ways(digits: int) -> tuple[int, ...]:
    """How many numbers each kind of slip makes of one of so many digits, the rarer kinds first."""
    return digits - 1, len(POWERS), 10 * digits + 9, digits, 9 * digits


def slip(number: Printed, counted: bool, wanted: Interval) -> tuple[Slip, Fraction]:
    """The slip that leads from the printed digits to one of the wanted numbers, with that number."""
    nothing: tuple[Slip, Fraction] = "", number.value
    step = number.step
    if wanted.low is None or wanted.high is None or wanted.is_empty:
        return nothing
    if step <= 0 or (number.value / step).denominator != 1:
        return nothing
    half, size = Fraction(0) if counted else step / 2, abs(wanted.low + wanted.high) / 2
    width = wanted.high - wanted.low
    first, last = _steps(wanted, step, half)

    def fits(steps: int) -> bool:
        return first <= steps <= last

    digits = str(int(abs(number.value) / step))
    narrow = first <= last and width <= max(size * NARROW, 2 * step)
    for swapped in transposed(digits) if narrow else ():
        if fits(swapped):
            return "transposed", swapped * step
    for power in POWERS if width <= size * WITHIN_A_POWER else ():
        value = number.value * power
        # One digit stands for too many numbers when it is multiplied: 1 million for 8 million is no lost nought.
        slack = half * power if number.step <= abs(number.value) / 10 else Fraction(0)
        if wanted.is_near(value, slack) and not (counted and value.denominator != 1):
            return "scale", value
    if not narrow or len(digits.rstrip("0")) < FEWEST_DIGITS - counted:
        return nothing
    ways: tuple[tuple[Slip, Iterator[int]], ...] = (
        ("lost", one_more(digits)),
        ("added", one_less(digits)),
        ("digit", one_digit(digits)),
    )
    for why, made in ways:
        changed = set(filter(fits, made))
        if len(changed) == 1:
            return why, changed.pop() * step
    return nothing


def _steps(wanted: Interval, step: Fraction, half: Fraction) -> tuple[int, int]:
    """The first and the last number of steps that comes within `half` of what is wanted, which has two ends."""
    assert wanted.low is not None and wanted.high is not None
    low, high = (wanted.low - half) / step, (wanted.high + half) / step
    return ceil(low) if wanted.low_closed else floor(low) + 1, floor(high) if wanted.high_closed else ceil(high) - 1


def transposed(digits: str) -> Iterator[int]:
    """The number with two digits swapped, neighbours first; of a number that is longer than any, neighbours alone."""
    count = len(digits)
    reach = count if count <= _LONG else 1
    pairs = [(i, j) for i in range(count) for j in range(i + 1, min(i + reach + 1, count)) if digits[i] != digits[j]]
    for i, j in sorted(pairs, key=lambda pair: pair[1] - pair[0]):
        swapped = [*digits]
        swapped[i], swapped[j] = swapped[j], swapped[i]
        if swapped[0] != "0":
            yield int("".join(swapped))


def one_more(digits: str) -> Iterator[int]:
    """The number with one digit more: one was lost."""
    for place in range(len(digits) + 1):
        for new in "0123456789":
            if place or new != "0":
                yield int(digits[:place] + new + digits[place:])


def one_less(digits: str) -> Iterator[int]:
    """The number with one digit less: one was added."""
    for place in range(len(digits)):
        rest = digits[:place] + digits[place + 1 :]
        if rest and rest[0] != "0":
            yield int(rest)


def one_digit(digits: str) -> Iterator[int]:
    """The number with one digit changed."""
    for i, old in enumerate(digits):
        for new in "0123456789":
            if new != old and (i or new != "0"):
                yield int(digits[:i] + new + digits[i + 1 :])
