"""A quick look at the printed numbers of a candidate: can they agree at all?

It spares the exact judgement, it never replaces it: whatever it cannot tell it lets through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.fraction import Fraction
from pipeline.model import Operand

# The number that a figure prints, without its sign, and half of its last step.
Size = tuple[Fraction, Fraction]
_ONE, _HUNDRED = Fraction(1), Fraction(100)
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
    roles, sizes = by_role.keys(), {role: _size(o) for role, o in by_role.items()}
    if kind == "growth" and "percent" in by_role:
        return _growth(sizes, _part_of_hundred(by_role["percent"], sizes["percent"]))
    if kind in ("growth", "points") and {"level", "prior", "change"} <= roles:
        basis = by_role["change"].figure is not None and by_role["change"].figure.unit == "bp"
        return _apart(sizes["level"], sizes["prior"], sizes["change"], _BASIS if basis else _ONE)
    if kind == "share":
        return _near(sizes["whole"], _part_of_hundred(by_role["percent"], sizes["percent"]), sizes["part"])
    if kind == "ratio" and {"level", "prior", "factor"} <= roles:
        plain = sizes["factor"]
        more = plain[0] + 1, plain[1]
        return any(_near(sizes["prior"], size, sizes["level"]) for size in (plain, more))
    if kind == "product" and {"rate", "count", "total"} <= roles:
        if by_role["count"].figure is not None and by_role["count"].figure.dimension not in ("count", "time", ""):
            return True  # tonnes, and a price per quintal
        return _near(sizes["count"], sizes["rate"], sizes["total"])
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


def _size(operand: Operand) -> Size:
    assert operand.figure is not None
    number = operand.figure.number
    value = abs(number.value)
    return value, value * _LOOSE if number.manner == "fraction" else number.step / 2


def _apart(level: Size, prior: Size, change: Size, scale: Fraction) -> bool:
    """Whether level and prior can be apart by the change; basis points are told from points by the unit."""
    slack = level[1] + prior[1] + change[1] * scale
    return abs(abs(level[0] - prior[0]) - change[0] * scale) <= slack


def _part_of_hundred(percent: Operand, size: Size) -> Size:
    if percent.figure is not None and percent.figure.kind == "factor":
        return size
    return size[0] / _HUNDRED, size[1] / _HUNDRED


def _near(base: Size, factor: Size, made: Size) -> bool:
    """Whether base × factor can be what is made, within half a step of each."""
    value, half = base
    slack = made[1] + (value + half) * factor[1] + half * factor[0]
    return abs(value * factor[0] - made[0]) <= slack


def _growth(sizes: Mapping[str, Size], percent: Size) -> bool:
    rate, half = percent
    level, prior, change = sizes.get("level"), sizes.get("prior"), sizes.get("change")
    if prior is not None and level is not None:
        return _near(prior, (1 + rate, half), level) or _near(prior, (1 - rate, half), level)
    if prior is not None and change is not None:
        return _near(prior, percent, change)
    if level is not None and change is not None:
        # change × (1 ± rate) = level × rate
        (value, off), (made, made_off) = level, change
        slack = off * rate + value * half + made_off * (1 + rate) + made * half + made_off * half
        return any(abs(value * rate - made * (1 + sign * rate)) <= slack for sign in (1, -1))
    return True
