"""Digits → the number they print, exactly; what cannot be read for sure is refused, never guessed."""

from __future__ import annotations

import functools
from typing import NamedTuple

from pipeline.figures import numerals
from pipeline.figures.page import Page
from pipeline.fraction import Fraction
from pipeline.limits import TOO_LARGE_POWER, TOO_MANY_DIGITS, BeyondLimit
from pipeline.model import Manner, Printed
from pipeline.patterns import lazy

_RUN = lazy(r"[0-9]++")
_PLAIN = lazy(r"[0-9]++(?=%|[,.]?(?:\s(?![0-9 a×xX*·½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])|\Z)|[);:])")
_EXPONENT = lazy(
    r"[eE](?P<e>[+-]?[0-9]++)(?![\w])"
    r"|[ ]?[×xX*·][ ]?10(?:(?:\^|\*\*)[({]?(?P<p>[+-]?[0-9]++)[)}]?|(?P<m>-[0-9]++)"
    r"|\((?P<q>[+-]?[0-9]{1,2})\)|(?P<r>[⁻⁺]?[⁰¹²³⁴-⁹]++))"
    r"(?:(?![\w])|(?<=\)))"
)
_POWER = lazy(
    r"\^[-+]?[0-9]|(?<![0-9,.]10)(?<=10)[⁻⁺]?[⁰¹²³⁴-⁹]"
    r"|[ ]?[×xX*][ ]?10(?:[3-9]|[12][0-9])(?![0-9,.])|[ ]?[×xX*][ ]?[0-9]+\^"
)
_BARE_POWER = lazy(r"-(?P<p>[1-9])(?![0-9.,]*[0-9]|[ ]?%)(?=[ ][^\W\d_])")
_RAISED_TO = lazy(r"\^(?P<p>[-+]?[0-9]{1,9})(?![\w.^]*[0-9])|(?P<r>[⁻⁺]?[⁰¹²³⁴-⁹]{1,9})(?![⁰¹²³⁴-⁹])")
_FRACTION = lazy(
    r"(?P<whole>[ ]{1,2}|-)?(?P<up>[0-9]{1,3})/(?P<down>[0-9]{1,4})(?![0-9/]|[.-][0-9])"
    r"|[ ]?(?P<sign>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])(?![0-9])|[ ]and[ ]a[ ](?P<word>half|quarter|third)(?![a-z])"
)
_EIGHTHS = lazy(r"-(?P<up>[1357])/(?P<down>[248])(?![0-9/]|[.-][0-9])")  # `$4.88-3/4 a bushel`: of a cent
_CENTS = 2  # decimals
_SIGNS = dict(
    zip(
        "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒",
        "1/2 1/3 2/3 1/4 3/4 1/5 2/5 3/5 4/5 1/6 5/6 1/7 1/8 3/8 5/8 7/8 1/9 1/10".split(),
        strict=True,
    )
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_WORDS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3)}
_IN_ROUND = frozenset((3, 4, 5, 10, 100, 1000))
_DENOMINATORS = frozenset((*range(2, 17), 20, 24, 25, 30, 32, 40, 50, 60, 64, 100, 1000))


class Digits(NamedTuple):
    """A number in digits as it stands: `digits` without marks, `decimals` of them behind the point."""

    end: int
    digits: str
    decimals: int
    rule: str
    grouped: bool = False
    exponent: int = 0
    value: Fraction | None = None


def read(page: Page, start: int, stop: int) -> Digits | None:
    """The number that begins at this digit, or None where none can be read for sure (`12,34,56`, `1.2.3`).

    Raises BeyondLimit for one with more digits, or a larger power of ten (`1e999`), than the limits of the page allow.
    """
    view = page.view
    plain, most = _PLAIN.match(view, start, stop), page.limits.digits
    if plain and plain.end() - start <= most:  # most numbers: nothing behind them can belong to them
        return Digits(plain.end(), plain.group(), 0, "numbers.plain")
    run = _RUN.match(view, start, stop)
    if run and run.end() - start > most:
        raise BeyondLimit(TOO_MANY_DIGITS, run.end())
    forms = page.words.comma_forms if page.comma else page.words.raised_forms if page.raised else page.words.forms
    found = forms.match(view, start, stop)
    if found is None or found.lastgroup is None:
        return None
    end = found.end()
    if _goes_on(view, start, end):
        return None
    form = page.words.form_rules[int(found.lastgroup[1:])]
    printed = found.group()
    for mark in form.drop:
        printed = printed.replace(mark, "")
    whole, _, decimals = printed.partition(form.decimal)
    grouped = len(whole) + len(decimals) + bool(decimals) < len(found.group())
    if len(whole) + len(decimals) > most:
        raise BeyondLimit(TOO_MANY_DIGITS, end)
    number = Digits(end, whole + decimals, len(decimals), form.rule_id, grouped)
    return _exponent(page, number, stop) if _may_go_on(view, end, stop) else number


_NOTES = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")  # small figures behind a number refer to a note, but those of `10⁶` are its power
_TAILS = frozenset("eE×xX*·^½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒-⁻⁺") | _NOTES
_FAR_TAILS = frozenset("×xX*·½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒a123456789 ")


def _may_go_on(view: str, end: int, stop: int) -> bool:
    """Whether an exponent or a fraction may follow: a look at one or two signs spares two patterns."""
    if end >= stop:
        return False
    return view[end] in _TAILS or (view[end] == " " and view[end + 1 : end + 2] in _FAR_TAILS)


def _goes_on(view: str, start: int, end: int) -> bool:
    """Whether more of a number follows that its form does not explain: `1,2`, `1.2.3`, a digit of another script.

    A small figure behind a long number refers to a note (`1,422³`); behind a short one it may as well be its power.
    """
    after = view[end : end + 2]
    if not after:
        return False
    if after[0] in ".,'" and len(after) > 1 and after[1].isdigit():
        return True
    if after[0] in _NOTES:
        return end - start < 3 and view[start:end] != "10"
    return after[0].isdigit() or (after[0] in _SIGNS and after[1:].isdigit())


def _exponent(page: Page, number: Digits, stop: int) -> Digits | None:
    found = _EXPONENT.match(page.view, number.end, stop)
    if found:
        power = found["e"] or found["p"] or found["m"] or found["q"] or found["r"].translate(_RAISED)
        size = power.lstrip("+-").lstrip("0") or "0"
        if len(size) > 4 or int(size) > page.limits.exponent:
            raise BeyondLimit(TOO_LARGE_POWER, found.end())
        exponent = -int(size) if power[0] == "-" else int(size)
        return Digits(found.end(), number.digits, number.decimals, number.rule, number.grouped, exponent)
    if number.digits == "10" and not number.decimals and page.text.startswith("−", number.end):
        bare = _BARE_POWER.match(page.view, number.end, stop)
        if bare:  # `10−6 Torr`: what falls is no range
            return Digits(bare.end(), "1", 0, number.rule, exponent=-int(bare["p"]))
    if _POWER.match(page.view, number.end, stop):
        return _power(page, number, stop)  # None for `8x2^10`, or `1.5 × 106` with its raised figures lost
    if number.decimals:
        eighths = _EIGHTHS.match(page.view, number.end, stop) if number.decimals == _CENTS else None
        if eighths is None:
            return number
        cents = int(number.digits) + Fraction(int(eighths["up"]), int(eighths["down"]))
        return Digits(eighths.end(), number.digits, 0, number.rule, value=cents / 10**_CENTS)
    found = _FRACTION.match(page.view, number.end, stop)
    if found is None:
        return number
    whole = Fraction(int(number.digits))
    if found["sign"]:
        part = Fraction(_SIGNS[found["sign"]])
    elif found["word"]:
        part = _WORDS[found["word"]]
    else:
        up, down = int(found["up"]), int(found["down"])
        if not found["whole"] or not 0 < up < down or down not in _DENOMINATORS:
            return number
        part = Fraction(up, down)
    return Digits(found.end(), number.digits, 0, number.rule, value=whole + part)


def _power(page: Page, number: Digits, stop: int) -> Digits | None:
    """`10^6` and `10⁶` to one figure, as `1 × 10^6`; `2^10`, `2.5^-1` exactly, where it can be written out."""
    found = _RAISED_TO.match(page.view, number.end, stop)
    base = Fraction(int(number.digits), 10**number.decimals)
    if found is None or not base:
        return None
    power = int(found["p"] or found["r"].translate(_RAISED))
    if abs(power) > page.limits.exponent:
        raise BeyondLimit(TOO_LARGE_POWER, found.end())
    if base == 10:
        return Digits(found.end(), "1", 0, number.rule, exponent=power)
    above, below = (base.numerator, base.denominator) if power >= 0 else (base.denominator, base.numerator)
    places = _places(below)
    if places is None:
        return None  # `3^-1` never ends
    decimals, most = places * abs(power), page.limits.digits
    if decimals > most or (above.bit_length() - 1) * abs(power) > 4 * most:  # four bits are more than a digit
        raise BeyondLimit(TOO_MANY_DIGITS, found.end())
    digits = str((base**power * 10**decimals).numerator)
    if len(digits) > most:
        raise BeyondLimit(TOO_MANY_DIGITS, found.end())
    return Digits(found.end(), digits, decimals, number.rule)


def _places(below: int) -> int | None:
    """The decimals of 1 / this number; None where they never end."""
    twos = (below & -below).bit_length() - 1
    rest, fives = below >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def fraction(page: Page, start: int, stop: int) -> Digits | None:
    """A plain fraction in digits (`1/3`, `1 in 5`), less than one and of a usual denominator."""
    sign = _SIGNS.get(page.view[start])
    if sign:
        return Digits(start + 1, "0", 0, "numbers.plain", value=Fraction(sign))
    found = _PLAIN_FRACTION.match(page.view, start, stop)
    if found is None:
        return _one_in_words(page, start, stop) if page.view.startswith("1 in ", start) else None
    up, down = int(found["up"]), int(found["down"] or found["of"].replace(",", ""))
    one_in = up == 1 and " in " in found.group() and (down < 1500 or "," in found.group())  # `1 in 21`, no year
    if not 0 < up < down or (down not in _DENOMINATORS and not one_in):
        return None
    if up > 1 and "/" not in found.group() and down not in _IN_ROUND:
        return None  # `3 in 12 towns`, `58 out of 64 schools` are so many of them
    return Digits(found.end(), found["up"], 0, "numbers.plain", value=Fraction(up, down))


def _one_in_words(page: Page, start: int, stop: int) -> Digits | None:
    """`1 in ten adults`: one of so many, in words."""
    said = numerals.read(page.words, page.low, start + len("1 in "), stop, article=False)
    if said is None or said.manner != "words" or said.value < 2 or said.sort in ("scale", "hundred"):
        return None
    if _OF_TIME.match(page.low, said.end, stop):
        return None  # `1 in ten years`
    return Digits(said.end, "1", 0, "numbers.plain", value=1 / said.value)


_OF_TIME = lazy(r"[ -](?:years?|months?|weeks?|days?|hours?|minutes?)(?![a-z])")
_PLAIN_FRACTION = lazy(
    r"(?P<up>[0-9]{1,3})(?:/(?P<down>[0-9]{1,4})(?![0-9/]|[.-][0-9])(?:rds?|ths?)?"
    r"|[ ](?:in|out[ ]of)[ ](?:every[ ])?(?P<of>[0-9]{1,3}(?:,?000)?)(?![0-9.,]*[0-9]|[ ]?%"
    r"|[ -](?:percent|per|million|billion|thousand|years?|months?|weeks?|days?|hours?|minutes?)\b))"
)


@functools.lru_cache(maxsize=65536)
def printed(digits: str, decimals: int, multiplier: int, exponent: int, negative: bool, manner: Manner) -> Printed:
    """The number that these digits print: its value, a unit of its last digit, a unit of its last digit not 0."""
    whole, below = int(digits), 10 ** (decimals + max(-exponent, 0))
    by = multiplier * 10 ** max(exponent, 0)
    zeros = len(digits) - len(digits.rstrip("0")) if decimals == 0 and whole else 0
    value = Fraction(-whole * by if negative else whole * by, below)
    step = Fraction(by, below)
    return Printed(value, step, Fraction(by * 10**zeros, below) if zeros else step, manner, multiplier)
