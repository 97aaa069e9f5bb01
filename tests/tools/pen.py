"""Slips of the pen that need nothing but the number: a digit, two swapped, ten times too much or little, one lost.

pen.slipped("12,450", "transposed", random.Random(1))  →  "14,250"
"""

from __future__ import annotations

import itertools
import random
import re
from decimal import Decimal
from fractions import Fraction

NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
SLIPS = ("digit", "transposed", "scale", "dropped")


def slipped(old: str, slip: str, chance: random.Random) -> str:
    """A printed number after a slip; empty where it cannot be made."""
    places = [n for n, char in enumerate(old) if char.isdigit()]
    if slip == "digit":
        place = chance.choice(places)
        digit = chance.choice([d for d in "123456789" if d != old[place]])
        return old[:place] + digit + old[place + 1 :]
    if slip == "transposed":
        pairs = [(a, b) for a, b in itertools.pairwise(places) if old[a] != old[b] and old[b] != "0"]
        if not pairs:
            return ""
        a, b = chance.choice(pairs)
        return old[:a] + old[b] + old[a + 1 : b] + old[a] + old[b + 1 :]
    if slip == "scale":
        return like(Fraction(old.replace(",", "")) * chance.choice([10, Fraction(1, 10)]), old)
    if slip == "dropped":
        return like(Fraction(old.replace(",", "")[:-1].rstrip(".") or "0"), old) if len(places) > 2 else ""
    return ""


def like(value: Fraction, old: str) -> str:
    """A number in the manner of another: grouped if that was, with as many decimals as it needs."""
    decimals = 0
    while (value * 10**decimals).denominator != 1:
        decimals += 1
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact:,.{decimals}f}" if "," in old else f"{exact:.{decimals}f}"
