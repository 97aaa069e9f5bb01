"""Kinds of likeness and order: repeat, conversion, count, range, time. Each function solves for one role."""

from __future__ import annotations

from itertools import pairwise

from pipeline.formulas.change import Solution
from pipeline.formulas.values import Values
from pipeline.fraction import Fraction
from pipeline.interval import EMPTY, ONE, ZERO, Interval, meet

# How much longer or shorter a time may be than the distance of its dates, by how fine they are told.
_SLACK = {"exact": Fraction(0), "year": Fraction(1), "month": Fraction(1, 12), "day": Fraction(1, 365)}


def repeat(values: Values, role: str, n: int) -> Solution:
    """All mentions of a figure have one value; intervals that meet two by two have one in common."""
    others = values.others("mention", n)
    return (meet(others),) if others else ()


def conversion(values: Values, role: str, n: int) -> Solution:
    """One quantity in two units; in two currencies at the stated rate, or at the rate of the report's other pairs."""
    mentions, units = values.roles.get("mention", ()), values.units("mention")
    rate = values.one("rate")
    if values.mode != "rates":
        return repeat(values, role, n)
    pairs = list(zip(range(0, len(mentions) - 1, 2), range(1, len(mentions), 2), strict=False))
    if role == "rate":
        return tuple(found for a, b in pairs[:1] for found in (mentions[b] / mentions[a], mentions[a] / mentions[b]))
    first = next((pair for pair in pairs if n in pair), None)
    if first is None:
        return ()
    partner, forward = (first[0], True) if n == first[1] else (first[1], False)
    if rate is not None:
        times, parts = mentions[partner] * rate, mentions[partner] / rate
        # `RM4.667 to the dollar` makes ringgits of dollars; a rate without a unit may go either way.
        unit = values.units("rate")[0]
        ways = {units[n]: (times,), units[partner]: (parts,)} if units[n] != units[partner] else {}
        return ways.get(unit, (times, parts))
    way = units[first[0]], units[first[1]]
    rates = [_rate(values, pair, way) for pair in pairs if pair != first]
    known = [found for found in rates if found is not None]
    if not known:
        return ()
    return (mentions[partner] * meet(known) if forward else mentions[partner] / meet(known),)


def count(values: Values, role: str, n: int) -> Solution:
    """The announced number is that of the things listed."""
    items = values.roles.get("item", ())
    return (Interval.point(len(items)),) if role == "count" and items else ()


def range_(values: Values, role: str, n: int) -> Solution:
    """low ≤ average ≤ high; in the mode `middle` it lies half-way between them."""
    if values.mode == "middle":
        return _middle(values, role)
    order = ("low", "average", "high")
    if role not in order:
        return ()
    place = order.index(role)
    below = [value for name in order[:place] if (value := values.one(name)) is not None]
    above = [value for name in order[place + 1 :] if (value := values.one(name)) is not None]
    if not below + above or (role == "average" and not (below and above)):
        return ()
    if any((_from(first) & _up_to(last)).is_empty for pair in (below, above) for first, last in pairwise(pair)):
        return (EMPTY,)
    return (meet([*map(_from, below), *map(_up_to, above)]),)


def _middle(values: Values, role: str) -> Solution:
    low, high, middle = (values.one(name) for name in ("low", "high", "average"))
    if role == "average" and low is not None and high is not None:
        return ((low + high).scale(Fraction(1, 2)),)
    other = high if role == "low" else low
    return (middle.scale(Fraction(2)) - other,) if middle is not None and other is not None else ()


def time(values: Values, role: str, n: int) -> Solution:
    """The end comes after the start, and the duration is what lies between.

    Two years have the first one counted or not; in the modes `year`, `month` and `day`, how fine the dates are told, it
    may be one of these more or less, as a date is any time of it.
    """
    start, end, duration = (values.one(name) for name in ("start", "end", "duration"))
    if role == "duration":
        return tuple(end - start + extra for extra in _extras(values)) if start and end else ()
    if role == "end" and start is not None:
        return tuple(start + duration - extra for extra in _extras(values)) if duration else (_from(start),)
    if role == "start" and end is not None:
        return tuple(end - duration + extra for extra in _extras(values)) if duration else (_up_to(end),)
    return ()


def _extras(values: Values) -> tuple[Interval, ...]:
    """What a time may be longer than the distance of its dates."""
    if not values.mode:
        return ZERO, ONE
    return (Interval.around(Fraction(0), _SLACK[values.mode]),)


def _rate(values: Values, pair: tuple[int, int], way: tuple[str, str]) -> Interval | None:
    mentions, units = values.roles["mention"], values.units("mention")
    first, second = pair
    if (units[first], units[second]) == way:
        return mentions[second] / mentions[first]
    return mentions[first] / mentions[second] if (units[second], units[first]) == way else None


def _from(value: Interval) -> Interval:
    return Interval(value.low, None, value.low_closed)


def _up_to(value: Interval) -> Interval:
    return Interval(None, value.high, False, value.high_closed)
