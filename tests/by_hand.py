"""Relations written by hand, for tests: `level=605 million Yuan; change=120 million; percent=22%` → text and relation.

A leading `>`, `<`, `>=`, `<=` or `~` is the figure's modifier and no part of the text. It reads no rules.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import cast

from pipeline.exact import Scales
from pipeline.model import Figure, FigureKind, Modifier, Operand, Printed, Relation

UNITS = {
    "%": ("percent", Fraction(1)),
    "‰": ("percent", Fraction(1, 10)),
    "pp": ("points", Fraction(1)),
    "bp": ("points", Fraction(1, 100)),
    "km": ("length", Fraction(1000)),
    "mi": ("length", Fraction("1609.344")),
    "ha": ("area", Fraction(10000)),
    "mu": ("area", Fraction(2000, 3)),
}
SCALES = Scales(Fraction("0.025"), Fraction("0.1"), Fraction("0.025"), UNITS)

_NAMES = {
    "%": "%",
    "percent": "%",
    "‰": "‰",
    "percentage points": "pp",
    "basis points": "bp",
    "km": "km",
    "miles": "mi",
    "hectares": "ha",
    "mu": "mu",
    "Yuan": "CNY",
    "dollars": "USD",
    "years": "year",
}
_MULTIPLIERS = {"thousand": 3, "lakh": 5, "million": 6, "crore": 7, "billion": 9}
_WORDS = {"two": 2, "three": 3, "five": 5, "six": 6, "seven": 7, "ten": 10}
_LOOSE = {
    "half": Fraction(1, 2),
    "halved": Fraction(1, 2),
    "two-thirds": Fraction(2, 3),
    "doubled": Fraction(2),
    "half a million": Fraction(500000),
}
_PRINTED = re.compile(
    r"(?P<modifier>>=|<=|[<>~])?(?P<text>(?P<before>US\$|\$|Rs )?(?P<digits>[\d,]*\d(?:\.\d+)?)"
    r"(?P<multiplier> (?:thousand|lakh|million|crore|billion))?(?P<unit>.*))"
)


def figure(printed: str, start: int = 0, per: str = "") -> tuple[str, Figure]:
    """A figure as it is printed, with its text."""
    if "–" in printed:
        low, high = printed.split("–")
        tail = re.sub(r"^[\d.,]+", "", high)
        _, first = figure(low + tail, start)
        _, second = figure(high, start)
        return printed, replace(first, upper=second.number, end=start + len(printed), number_end=start + len(printed))
    match = _PRINTED.fullmatch(printed)
    if match is None:
        return _spoken(printed, start, per)
    digits, text = match["digits"].replace(",", ""), match["text"]
    decimals = len(digits.partition(".")[2])
    size = Fraction(10) ** _MULTIPLIERS.get((match["multiplier"] or "").strip(), 0)
    step = size / 10**decimals
    zeros = len(digits) - len(digits.rstrip("0")) if not decimals and int(digits) else 0
    number = Printed(Fraction(digits) * size, step, step * 10**zeros)
    name = match["unit"].strip()
    unit, dimension, kind = _unit(name, match["before"] or "")
    discrete = dimension == "count" and step == 1
    number_end = start + len(text) - len(match["unit"])
    modifier = cast(Modifier, match["modifier"] or "")
    end = start + len(text)
    return text, Figure(start, end, number_end, number, None, unit, dimension, modifier, kind, discrete, per, "by-hand")


def relation(
    kind: str, roles: str, direction: int = 0, mode: str = "", notes: tuple[str, ...] = (), offset: int = 0
) -> tuple[str, Relation]:
    """A relation with its text, which is the printed figures with `; ` between them."""
    text, operands = " " * offset, []
    for part in roles.split("; "):
        role, _, printed = part.partition("=")
        start, side = len(text), ""
        if "@" in printed:
            printed, _, side = printed.partition("@")
        if role == "item" or (role in ("start", "end", "years") and re.fullmatch(r"\d{4}", printed)):
            value = None if role == "item" else Fraction(printed)
            operands.append(Operand(role, f"@{start}-{start + len(printed)}", start, start + len(printed), value=value))
            text += printed + "; "
            continue
        printed, _, per = printed.partition(" per ")
        words, found = figure(printed, start, per)
        operands.append(Operand(role, f"c{start}", start, found.end, found, side))
        text += words + "; "
    made = Relation(kind, tuple(operands), "sentence", "high", "by-hand", direction=direction, mode=mode, notes=notes)
    return text, made


def _unit(name: str, before: str) -> tuple[str, str, FigureKind]:
    if before:
        return {"$": "USD", "US$": "USD", "Rs ": "INR"}[before], "money", "absolute"
    if name in ("times", ":1"):
        return "", "factor", "factor"
    unit = _NAMES.get(name, name)
    if unit in ("CNY", "USD"):
        return unit, "money", "absolute"
    if unit in UNITS:
        dimension = UNITS[unit][0]
        kinds: dict[str, FigureKind] = {"percent": "percent", "points": "points"}
        return unit, dimension, kinds.get(dimension, "absolute")
    if unit == "year":
        return unit, "time", "absolute"
    return unit.removesuffix("s"), "count" if unit else "", "absolute"


def _spoken(printed: str, start: int, per: str) -> tuple[str, Figure]:
    """A figure in words: `six plans`, `half`."""
    modifier = cast(Modifier, re.match("[<>=~]*", printed).group())  # type: ignore[union-attr]
    text = printed.removeprefix(modifier)
    end = start + len(text)
    if text in _LOOSE:
        number = Printed(_LOOSE[text], Fraction(0), Fraction(0), "fraction")
        large = number.value > 100
        kind: FigureKind = "absolute" if large else "factor"
        dimension = "count" if large else "factor"
        return text, Figure(start, end, end, number, None, "", dimension, modifier, kind, False, per, "by-hand")
    word, _, name = text.partition(" ")
    number = Printed(Fraction(_WORDS[word.lower()]), Fraction(1), Fraction(1), "words")
    unit, dimension, kind = _unit(name, "")
    stop = start + len(word)
    return text, Figure(start, end, stop, number, None, unit, dimension, modifier, kind, dimension == "count", per, "")
