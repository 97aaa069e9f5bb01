"""Kinds of parts and wholes: sum, subset, share, shares, product, limit. Each function solves for one role."""

from __future__ import annotations

from pipeline.formulas.change import Solution
from pipeline.formulas.values import Values
from pipeline.fraction import Fraction
from pipeline.interval import ONE, Interval, meet, total

# A share of more things than this may be any percentage that is printed.
_FEW = 1000
_UP_TO_ONE = Interval(Fraction(0), Fraction(1))


def sum_(values: Values, role: str, n: int) -> Solution:
    """The parts, less what is deducted, make the total."""
    whole = values.one("total")
    if not values.roles.get("part"):
        return ()
    parts, less = total(values.roles["part"]), total(values.roles.get("less", ()))
    if role == "total":
        return (parts - less,) if len(values.roles["part"]) + len(values.roles.get("less", ())) > 1 else ()
    if whole is None:
        return ()
    others = total(values.others(role, n))
    return (whole - others + less,) if role == "part" else (parts - others - whole,)


def shares(values: Values, role: str, n: int) -> Solution:
    """The percentages of all parts make 100 %, or the share that is stated for them together."""
    if len(values.roles.get("part", ())) < 2:
        return ()
    if role == "total":
        return (total(values.roles["part"]),)
    return ((values.one("total") or ONE) - total(values.others("part", n)),)


def subset(values: Values, role: str, n: int) -> Solution:
    """No part is more than the whole."""
    whole, parts = values.one("whole"), values.roles.get("part", ())
    if role == "part" and whole is not None:
        return (Interval(None, whole.high, False, whole.high_closed),)
    if role == "whole" and parts:
        rest = total(values.others("whole", n))
        return (meet(Interval((part - rest).low, None, part.low_closed) for part in parts),)
    return ()


def share(values: Values, role: str, n: int) -> Solution:
    """part = whole × percent; several parts are added up."""
    part, whole, percent = (values.one(name) for name in ("part", "whole", "percent"))
    if role == "percent" and part is not None and whole is not None:
        return (part / whole,)
    if role == "part" and whole is not None and percent is not None:
        return (whole * percent - total(values.others("part", n)),)
    if role == "whole" and part is not None and percent is not None:
        return (part / percent - total(values.others("whole", n)),)
    return ()


def product(values: Values, role: str, n: int) -> Solution:
    """rate × count = total; several counts are multiplied (20 for each of 12 months for 25,500 households)."""
    rate, whole = values.one("rate"), values.one("total")
    counts = values.roles.get("count", ())
    if role == "total" and rate is not None and counts:
        return (_times_all(rate, *counts),)
    if role == "rate" and whole is not None and counts:
        return (whole / _times_all(*counts),)
    if role == "count" and whole is not None and rate is not None:
        return (whole / _times_all(rate, *values.others("count", n)),)
    return ()


def limit(values: Values, role: str, n: int) -> Solution:
    """A share is at most 100 %, a part at most the whole, a share of a few things is one of whole things, and a value
    keeps to its bound."""
    if (bound := values.one("bound")) is not None:
        return (_within(bound, values.direction, closed=values.mode != "strict"),) if role == "value" else ()
    part, whole = values.one("part"), values.one("whole")
    is_share = any(kind in ("percent", "points", "factor") for kind in values.kinds("value"))
    below_whole = Interval(None, whole.high, False, whole.high_closed) if whole is not None else None
    if role == "value":
        if not is_share:
            return () if below_whole is None else (below_whole,)
        if part is not None and whole is not None:
            return (part / whole & _UP_TO_ONE,)
        return _of_few(values, whole) if whole is not None else (_UP_TO_ONE,)
    if role == "part" and below_whole is not None:
        return (below_whole,)
    if role == "whole" and part is not None:
        return (Interval(part.low, None, part.low_closed),)
    return ()


def _within(bound: Interval, direction: int, *, closed: bool) -> Interval:
    """At least the bound (direction 1), or at most it."""
    return Interval(bound.low, None, closed) if direction > 0 else Interval(None, bound.high, False, closed)


def _of_few(values: Values, whole: Interval) -> Solution:
    """The shares that a whole number of a few counted things can have (GRIM, Brown and Heathers 2017)."""
    things = whole.low
    if not values.counts("whole") or not whole.is_point or things is None or not 0 < things <= _FEW:
        return (_UP_TO_ONE,)
    return tuple(Interval.point(Fraction(k) / things) for k in range(int(things) + 1))


def _times_all(*values: Interval) -> Interval:
    found = ONE
    for value in values:
        found *= value
    return found
