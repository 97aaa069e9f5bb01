"""A quick look at the printed numbers of a candidate: can they agree at all?

It spares the exact judgement, it never replaces it: whatever it cannot tell it lets through.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.fraction import Fraction
from pipeline.model import Operand

_HUNDRED = Fraction(100)
_BASIS = Fraction(1, 100)


_AMOUNTS = frozenset(("level", "prior", "change", "part", "whole", "total"))
_BOUNDS = frozenset((">", "<", ">=", "<="))
# How far a loose word may be off here, generously: `half`, `doubled`.
_LOOSE = Fraction(1, 20)


def plausible(kind: str, operands: Sequence[Operand], *, bounds: bool = True) -> bool:
    """False only where no numbers that the printed digits stand for satisfy the relation, in either direction.

    With `bounds` False a figure that is only a bound satisfies nothing.
    """
    single = True
    for o in operands:
        if o.figure is None:
            single = False
        elif o.figure.modifier in _BOUNDS:
            return bounds
        elif o.figure.upper:
            single = False
    if not single:
        return True
    by_role = {o.role: o for o in operands}
    if len(by_role) != len(operands) or not _one_unit(kind, operands):
        return True
    if kind == "growth" and "percent" in by_role:
        return _growth(by_role)
    if kind in ("growth", "points") and {"level", "prior", "change"} <= set(by_role):
        return _apart(by_role)
    if kind == "share":
        return _near(by_role["whole"], _part_of_hundred(by_role["percent"]), by_role["part"])
    if kind == "ratio" and {"level", "prior", "factor"} <= set(by_role):
        factor = by_role["factor"]
        plain = _value(factor), _half(factor)
        more = plain[0] + 1, plain[1]
        return any(_near(by_role["prior"], size, by_role["level"]) for size in (plain, more))
    if kind == "product" and {"rate", "count", "total"} <= set(by_role):
        if by_role["count"].figure is not None and by_role["count"].figure.dimension not in ("count", "time", ""):
            return True  # tonnes, and a price per quintal
        return _near(by_role["count"], (_value(by_role["rate"]), _half(by_role["rate"])), by_role["total"])
    return True


def _one_unit(kind: str, operands: Sequence[Operand]) -> bool:
    if kind == "points":
        return all(o.figure is not None and o.figure.unit in ("%", "pp", "bp") for o in operands)
    units: set[str] = {""}
    rates: set[str] = set()
    for o in operands:
        if o.figure is None:
            continue
        if o.role in _AMOUNTS:
            units.add(o.figure.unit)
        elif o.role == "rate":
            rates.add(o.figure.unit)
        elif o.role == "percent" and o.figure.kind != "factor" and o.figure.unit != "%":
            return False
    return len(units) <= 2 and rates <= units


def _value(operand: Operand) -> Fraction:
    assert operand.figure is not None
    return abs(operand.figure.number.value)


def _half(operand: Operand) -> Fraction:
    assert operand.figure is not None
    number = operand.figure.number
    return abs(number.value) * _LOOSE if number.manner == "fraction" else number.step / 2


def _apart(by_role: dict[str, Operand]) -> bool:
    """Whether level and prior can be apart by the change; basis points are told from points by the unit."""
    level, prior, change = (by_role[role] for role in ("level", "prior", "change"))
    scale = _BASIS if change.figure is not None and change.figure.unit == "bp" else Fraction(1)
    slack = _half(level) + _half(prior) + _half(change) * scale
    return abs(abs(_value(level) - _value(prior)) - _value(change) * scale) <= slack


def _part_of_hundred(percent: Operand) -> tuple[Fraction, Fraction]:
    if percent.figure is not None and percent.figure.kind == "factor":
        return _value(percent), _half(percent)
    return _value(percent) / _HUNDRED, _half(percent) / _HUNDRED


def _near(base: Operand, factor: tuple[Fraction, Fraction], made: Operand) -> bool:
    """Whether base × factor can be what is made, within half a step of each."""
    value, half = _value(base), _half(base)
    slack = _half(made) + (value + half) * factor[1] + half * factor[0]
    return abs(value * factor[0] - _value(made)) <= slack


def _growth(by_role: dict[str, Operand]) -> bool:
    rate, half = _part_of_hundred(by_role["percent"])
    level, prior, change = (by_role.get(role) for role in ("level", "prior", "change"))
    if prior is not None and level is not None:
        return _near(prior, (1 + rate, half), level) or _near(prior, (1 - rate, half), level)
    if prior is not None and change is not None:
        return _near(prior, (rate, half), change)
    if level is not None and change is not None:
        # change × (1 ± rate) = level × rate
        value, made = _value(level), _value(change)
        slack = _half(level) * rate + value * half + _half(change) * (1 + rate) + made * half + _half(change) * half
        return any(abs(value * rate - made * (1 + sign * rate)) <= slack for sign in (1, -1))
    return True
