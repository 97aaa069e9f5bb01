"""Numbers as other libraries write or read them: what is read here has the same value, or is not read at all.

    pip install 'tieout[oracles]'
    python tests/long/oracles.py [--cases 5000] [--seed 1]

Babel writes numbers, money, percentages and sizes in several English and Swiss manners; text2num reads number words;
cn2an writes Chinese numerals, which must never be read in part. What Babel or the speller wrote in a usual manner must
be read. Exit code 1 where a value differs, or where too little is read for the comparison to mean anything.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import cn2an
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent
from text_to_num import text2num

from pipeline import api, rulebook
from pipeline.rulebook import Rulebook

Case = tuple[str, Fraction | None]  # the phrase, and its value; None where the oracle reads nothing

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SIZES = "hundred thousand million billion".split()
CURRENCIES = ("USD", "EUR", "GBP", "INR", "JPY", "CNY")


def money(chance: random.Random) -> Case:
    value = Decimal(chance.randrange(10 ** chance.randrange(1, 12))) / 100
    currency = chance.choice(CURRENCIES)
    said = format_currency(value, currency, locale=chance.choice(("en_US", "en_GB", "en_IN")))
    if currency == "JPY":
        value = Decimal(format_decimal(value, format="0", locale="en_US"))
    return said, Fraction(value)


def decimals(chance: random.Random) -> Case:
    places = chance.choice((0, 0, 1, 2))
    value = Decimal(chance.randrange(10 ** chance.randrange(1, 13))).scaleb(-places)
    return format_decimal(value, locale=chance.choice(("en_US", "en_IN", "de_CH", "en_AU"))), Fraction(value)


def percentages(chance: random.Random) -> Case:
    value = Decimal(chance.randrange(1, 2000)).scaleb(-3)
    return format_percent(value, format="#,##0.0%", locale="en_US"), Fraction(value) * 100


def sizes(chance: random.Random) -> Case:
    value = Decimal(chance.randrange(1, 10**4)) * 10 ** chance.randrange(5, 10)
    said = format_compact_decimal(value, format_type="long", locale="en_US", fraction_digits=4)
    number, _, size = said.partition(" ")
    return said, Fraction(number) * 1000 ** ("", "thousand", "million", "billion", "trillion").index(size)


def spelled(number: int, chance: random.Random) -> str:
    """A number in words, with and without `and` and hyphens."""
    for power, size in ((9, "billion"), (6, "million"), (3, "thousand"), (2, "hundred")):
        if number >= 10**power:
            head, tail = divmod(number, 10**power)
            joint = chance.choice((" and ", " ")) if 0 < tail < 100 else " "
            return f"{spelled(head, chance)} {size}{joint + spelled(tail, chance) if tail else ''}"
    if number < 20:
        return SMALL[number]
    return TENS[number // 10 - 2] + (chance.choice("- ") + SMALL[number % 10] if number % 10 else "")


def words(chance: random.Random) -> Case:
    said = spelled(chance.randrange(21, 10 ** chance.randrange(2, 12) + 21), chance)
    return said, Fraction(text2num(said, "en"))


def any_words(chance: random.Random) -> Case:
    """Number words in an order that may mean nothing."""
    spoken = [chance.choice(chance.choice((SMALL[1:], TENS, SIZES))) for _ in range(chance.randrange(2, 5))]
    said = " ".join(spoken)
    beside = any(size in SIZES[1:] and after in SIZES for size, after in pairwise(spoken))
    if beside or any(spoken.count(size) > 1 for size in SIZES[1:]):
        return (
            said,
            None,
        )  # a million million is multiplied here, added up there; four billion a billion are two numbers
    try:
        return said, Fraction(text2num(said, "en"))
    except ValueError:
        return said, None


def chinese(chance: random.Random) -> Case:
    value = chance.randrange(1, 10 ** chance.randrange(1, 10))
    said = cn2an.an2cn(value, chance.choice(("low", "up")))
    if chance.random() < 0.7:
        digits, size = chance.randrange(1, 999), chance.choice("百千万亿")
        said, value = f"{digits}{size}", int(cn2an.cn2an(f"{digits}{size}", "smart"))
    return said, Fraction(value)


# Each oracle, and how many parts of a hundred of its phrases must be read.
ORACLES: dict[str, tuple[Callable[[random.Random], Case], int]] = {
    "money by Babel": (money, 95),
    "numbers by Babel": (decimals, 90),
    "percentages by Babel": (percentages, 95),
    "sizes by Babel": (sizes, 95),
    "words by text2num": (words, 95),
    "any words by text2num": (any_words, 0),
    "Chinese by cn2an": (chinese, 0),
}


def read(phrase: str, book: Rulebook) -> Iterator[tuple[str, Fraction]]:
    """The figures of a sentence with this phrase: as printed, with their values."""
    text = f"Last spring it held {phrase} of salt."
    for claim in api.check(text, rules=book).claims:
        yield text[claim.figure.start : claim.figure.end], claim.figure.number.value


def main() -> None:
    """Write, read, compare, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    book, bad = rulebook.load(), 0
    for name, (made, least) in ORACLES.items():
        counts = Counter[str]()
        for n in range(options.cases):
            phrase, value = made(random.Random(f"{name} {options.seed} {n}"))
            if value is None:
                continue
            found = list(read(phrase, book))
            counts["compared"] += 1
            counts["read"] += len(found) == 1 and found[0][1] == value
            if found and [number for _, number in found] != [value]:
                counts["other"] += 1
                if counts["other"] <= 10:
                    print(f"  {name} --seed {options.seed} number {n}: {phrase!r} is {value}, read {found}", flush=True)
        few = counts["read"] * 100 < counts["compared"] * least
        bad += counts["other"] + few
        print(f"{name}: {counts['compared']} compared, {counts['read']} read alike, {counts['other']} otherwise")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
