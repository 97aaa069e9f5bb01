"""Kinds that set a level against an earlier one or a target: growth, target, points, ratio, annual, direction.

Each function solves for one role: the intervals that it may take, given the others, one for each way of reading the
words; nothing where too little is stated to tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.formulas.values import Values
from pipeline.fraction import Fraction
from pipeline.frozen import frozen
from pipeline.interval import ONE, Interval, meet

Solution = tuple[Interval, ...]

# Powers of two from which on what grew is no figure of a report any more, nor one that could be written out.
_UNHEARD_OF = 2000
# A single number from here on is a year, and says nothing of how many they are.
_FIRST_YEAR = 200
_POSITIVE = Interval(Fraction(0), None, False)
_NOT_NEGATIVE = Interval(Fraction(0), None)


def growth(values: Values, role: str, n: int) -> Solution:
    """level = prior + change, percent = change / prior; falls are printed unsigned, unsaid directions are either."""
    return _against(values, role, "prior")


def target(values: Values, role: str, n: int) -> Solution:
    """level = target × percent, or × (1 ± percent) in `excess` of it; change = level − target."""
    return _against(values, role, "target")


def points(values: Values, role: str, n: int) -> Solution:
    """level − prior = change, all of them parts of one whole."""
    known = {name: values.one(name) for name in ("level", "prior", "change") if name != role}
    found = []
    for sign in _signs(values):
        change = _times(known.get("change"), sign)
        solved = _solve(_Known(known.get("prior"), known.get("level"), change, None), role)
        if solved is not None:
            found.append(solved.scale(sign) if role == "change" else solved)
    return tuple(found)


def ratio(values: Values, role: str, n: int) -> Solution:
    """level = factor × prior; `2 times more` is twice or three times, `three times lower` a third."""
    level, prior, factor = (values.one(name) for name in ("level", "prior", "factor"))
    more = values.mode == "more" and values.direction >= 0
    found = []
    if role == "factor" and level is not None and prior is not None:
        found = [level / prior]
        found += [level / prior - ONE] if more else []
        found += [prior / level] if values.direction < 0 else []
        return tuple(found)
    if factor is None:
        return ()
    factors = [factor]
    factors += [factor + ONE] if more else []
    factors += [ONE / factor] if values.direction < 0 and factor.low is not None and factor.low >= 1 else []
    if role == "level" and prior is not None:
        return tuple(prior * times for times in factors)
    if role == "prior" and level is not None:
        return tuple(level / times for times in factors)
    return ()


def annual(values: Values, role: str, n: int) -> Solution:
    """level = prior × (1 ± percent)^years, with both ways of counting years."""
    level, prior, percent = (values.one(name) for name in ("level", "prior", "percent"))
    found: list[Interval] = []
    for years in _years(values):
        for sign in _signs(values):
            if role == "percent" and level is not None and prior is not None:
                if _positive(level) is not None and _positive(prior) is not None:
                    found.append(((level / prior).root(years) - ONE).scale(sign))
            elif percent is not None and _is_writable(yearly := ONE + percent.scale(sign), years):
                if role == "level" and prior is not None:
                    found.append(prior * yearly**years)
                elif role == "prior" and level is not None:
                    found.append(level / yearly**years)
    return tuple(found)


def direction(values: Values, role: str, n: int) -> Solution:
    """What is said to rise ends higher than it began, what is said to fall lower."""
    level, prior = values.one("level"), values.one("prior")
    other = prior if role == "level" else level
    if other is None or role not in ("level", "prior") or not values.direction:
        return ()
    upward = (values.direction > 0) == (role == "level")
    return (Interval(other.low, None, False) if upward else Interval(None, other.high, False, False),)


@frozen
class _Known:
    """What is stated of a comparison: base, level, the signed change, and the signed change as a part of the base."""

    base: Interval | None
    level: Interval | None
    change: Interval | None
    rate: Interval | None


def _against(values: Values, role: str, base: str) -> Solution:
    """The solutions of a comparison with an earlier level or a target, for each direction and sense of the percent."""
    stated = {name: values.one(name) for name in (base, "level", "change", "percent") if name != role}
    found: list[Interval] = []
    for sign, rate in _rates(values, stated.get("percent"), base):
        known = _Known(stated.get(base), stated.get("level"), _times(stated.get("change"), sign), rate)
        if rate is not None or role == "percent":
            implied = known.level - known.change if known.level is not None and known.change is not None else None
            if known.base is None and implied is not None and _positive(implied) is None:
                # From a loss, or from nothing: a percentage of that says nothing, whichever way it went.
                return ()
            sound = _on_sound_base(known)
            if sound is None:
                continue
            known = sound
        solved = _solve(known, role)
        if solved is None:
            continue
        if role == "percent":
            found.extend(_printed_rates(values, solved, sign, base))
        else:
            found.append(solved.scale(sign) if role == "change" else solved)
    return tuple(found)


def _signs(values: Values) -> tuple[int, ...]:
    return (values.direction,) if values.direction else (1, -1)


def _rates(values: Values, percent: Interval | None, base: str) -> Iterator[tuple[int, Interval | None]]:
    """Each direction with what the percent then says of the change, as a signed part of the base."""
    fold = "factor" in values.kinds("percent")[:1]
    for sign in _signs(values):
        if percent is None:
            yield sign, None
        elif base == "target":
            if values.mode != "excess":
                yield sign, percent - ONE
            if values.mode != "of":
                yield sign, percent.scale(sign)
        else:
            yield sign, percent.scale(sign)
            if fold:
                # `Increased 1.6-fold` is to 1.6 times or by 1.6 times; `fell threefold` is to a third.
                yield sign, percent - ONE if sign > 0 else ONE / percent - ONE


def _printed_rates(values: Values, rate: Interval, sign: int, base: str) -> Iterator[Interval]:
    """What a percent would print for a signed change as a part of the base: the reverse of `_rates`."""
    if base == "target" and values.mode != "excess":
        yield rate + ONE
    if base != "target" or values.mode != "of":
        yield rate.scale(sign)
    if base != "target" and "factor" in values.kinds("percent")[:1]:
        yield rate + ONE if sign > 0 else ONE / (rate + ONE)


def _solve(known: _Known, role: str) -> Interval | None:
    """The values of one role that agree with all others at once; None where no two of them are stated.

    Any two of base, level, change and rate give the other two. What three pairs allow has a common value as soon as
    each two have one (Helly, on a line), so meeting the pairs is exact.
    """
    base, level, change, rate = known.base, known.level, known.change, known.rate
    found: list[Interval] = []
    if role == "level":
        found += [base + change] if base is not None and change is not None else []
        found += [base * (ONE + rate)] if base is not None and rate is not None else []
        found += [change * (ONE / rate + ONE)] if change is not None and rate is not None else []
    elif role == "change":
        found += [level - base] if level is not None and base is not None else []
        found += [base * rate] if base is not None and rate is not None else []
        found += [level * (ONE - ONE / (ONE + rate))] if level is not None and rate is not None else []
    elif role == "percent":
        found += [level / base - ONE] if level is not None and base is not None else []
        found += [change / base] if change is not None and base is not None else []
        found += [ONE / (level / change - ONE)] if level is not None and change is not None else []
    elif role in ("prior", "target"):
        found += [level - change] if level is not None and change is not None else []
        found += [level / (ONE + rate)] if level is not None and rate is not None else []
        found += [change / rate] if change is not None and rate is not None else []
        # A percentage speaks of a base above 0.
        found = [meet((*found, _POSITIVE))] if found and rate is not None else found
    return meet(found) if found else None


def _on_sound_base(known: _Known) -> _Known | None:
    """The comparison with base and level kept above 0; None for a loss or a change of sign: no percent tells of it."""
    base, level = known.base, known.level
    if level is None and base is not None and known.change is not None and _above(base + known.change) is None:
        return None
    if base is not None and (base := _positive(base)) is None:
        return None
    if level is not None and (level := _above(level)) is None:
        return None
    return _Known(base, level, known.change, known.rate)


def _positive(value: Interval) -> Interval | None:
    """The part above 0, or None where the number itself lies at 0 or below."""
    return value & _POSITIVE if _middle_sign(value) > 0 else None


def _above(value: Interval) -> Interval | None:
    return value & _NOT_NEGATIVE if _middle_sign(value) >= 0 else None


def _middle_sign(value: Interval) -> int:
    if value.high is None:
        return 1
    middle = value.high if value.low is None else value.low + value.high
    return (middle > 0) - (middle < 0)


def _times(value: Interval | None, sign: int) -> Interval | None:
    return None if value is None else value.scale(sign)


def _is_writable(yearly: Interval, years: int) -> bool:
    """Whether what a yearly factor comes to in these years can be written out, from its least to its most."""
    ends = (end for end in (yearly.low, yearly.high) if end)
    sizes = (abs(end.numerator.bit_length() - end.denominator.bit_length()) for end in ends)
    return max(sizes, default=0) * years < _UNHEARD_OF


def _years(values: Values) -> Iterator[int]:
    """How often the yearly change is applied: two years and what is between, or a number of years said.

    Nothing for longer than any report tells of: the power of a mistyped 5014 has tens of thousands of digits.
    """
    stated = values.roles.get("years", ())
    if not 1 <= len(stated) <= 2 or not all(value.is_bounded for value in stated):
        return
    middles = [round((v.low + v.high) / 2) for v in stated if v.low is not None and v.high is not None]
    if len(middles) == 2:
        between = abs(middles[1] - middles[0])
        yield from (count for count in (between, between + 1) if 0 < count < _FIRST_YEAR)
    elif middles[0] < _FIRST_YEAR:
        yield from (count for count in (middles[0], middles[0] - 1) if count > 0)
