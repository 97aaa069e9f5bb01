"""True figures, rounded in any way and said in a sentence: none of them may be called inconsistent.

    python tests/long/rounded.py [--cases 50000] [--seed 1]

Each case draws exact numbers that fit, prints each with a multiplier, a number of places and a way with halves of its
own, and has the sentence read as a report. Exit code 1 where a check says `inconsistent`, or where a kind of sentence
is compared in fewer than four of five cases: what is not compared proves nothing. The same words with a figure that is
wrong by a third are counted beside it.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from pipeline import api, rulebook
from pipeline.rulebook import Rulebook

Say = Callable[[str, Fraction], str]


def rounded(value: Fraction, places: int, chance: random.Random) -> Fraction:
    """To so many places behind the point (before it, where below 0); a half goes up, down or to the even digit."""
    step = Fraction(10) ** -places
    below, rest = divmod(value, step)
    up = rest * 2 > step or (rest * 2 == step and chance.choice((True, False, below % 2 == 1)))
    return (below + up) * step


def written(value: Fraction, places: int) -> str:
    """With thousands marks and so many decimals."""
    shown = max(places, 0)
    whole, decimals = divmod(int(value * 10**shown), 10**shown)
    return f"{whole:,}" + (f".{decimals:0{shown}}" if shown else "")


def amount(value: Fraction, chance: random.Random) -> str:
    """A quantity with a multiplier, two to five of its digits or all before the point."""
    power, name = chance.choice([(p, n) for p, n in ((0, ""), (6, " million"), (9, " billion")) if value >= 10**p])
    size = value / 10**power
    digits = len(str(int(size)))
    places = chance.randrange(2, 6) - digits if power or chance.random() < 0.5 else 0
    return written(rounded(size, places, chance), places) + name


def percent(value: Fraction, chance: random.Random) -> str:
    """A percentage with up to two decimals."""
    places = chance.randrange(3)
    return written(rounded(value, places, chance), places)


def growth(chance: random.Random, off: Fraction) -> str:
    prior = Fraction(chance.randrange(10**7, 10**11), chance.choice((1, 3, 7)))
    part = Fraction(chance.randrange(50, 900), 1000) * off
    up = chance.random() < 0.5
    change = prior * part / off
    level = prior + change if up else prior - change
    said, growth_said = ("more", "growth") if up else ("less", "decline")
    if chance.random() < 0.5:
        return (
            f"In 2009, {amount(level, chance)} Yuan was spent, {amount(change, chance)} Yuan {said} than that in 2008, "
            f"with a {growth_said} of {percent(part * 100, chance)}%."
        )
    verb = "rose" if up else "fell"
    return (
        f"Revenue {verb} {percent(part * 100, chance)}% to ${amount(level, chance)} from ${amount(prior, chance)} "
        "a year earlier."
    )


def sums(chance: random.Random, off: Fraction) -> str:
    parts = [Fraction(chance.randrange(10**7, 10**10), chance.choice((1, 3))) for _ in range(2)]
    total = amount(sum(parts, Fraction(0)) * off, chance)
    first, second = (amount(part, chance) for part in parts)
    return f"The county spent {first} Yuan on roads and {second} Yuan on schools, totalling {total} Yuan."


def share(chance: random.Random, off: Fraction) -> str:
    whole = chance.randrange(100, 10**6)
    part = chance.randrange(whole // 20 + 1, whole // 2)
    said = percent(Fraction(part * 100, whole) * off, chance)
    return f"Of the {whole:,} households, {part:,} households were poor, accounting for {said}%."


def points(chance: random.Random, off: Fraction) -> str:
    first, change = (Fraction(chance.randrange(2000, 40000), 1000) for _ in range(2))
    said = percent(change * off, chance)
    return (
        f"The poverty rate rose by {said} percentage points from {percent(first, chance)}% "
        f"to {percent(first + change, chance)}%."
    )


def annual(chance: random.Random, off: Fraction) -> str:
    prior = Fraction(chance.randrange(10**6, 10**9))
    yearly = Fraction(chance.randrange(20, 250), 1000)
    years = chance.randrange(2, 9)
    level = prior * (1 + yearly) ** years
    return (
        f"Output grew from {amount(prior, chance)} Yuan in 2005 to {amount(level, chance)} Yuan in {2005 + years}, "
        f"with an average annual growth of {percent(yearly * 100 * off, chance)}%."
    )


def product(chance: random.Random, off: Fraction) -> str:
    count, rate = chance.randrange(20, 900), Fraction(chance.randrange(10**5, 10**7), chance.choice((1, 3)))
    return (
        f"A total of {amount(count * rate * off, chance)} Yuan was given to {count} villages, "
        f"{amount(rate, chance)} Yuan for each village."
    )


SENTENCES = {case.__name__: case for case in (growth, sums, share, points, annual, product)}


def verdicts(text: str, book: Rulebook) -> set[str]:
    """The verdicts on what a sentence says."""
    return {check.verdict for check in api.check(text, rules=book).checks}


def main() -> None:
    """Draw, say, read, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    book, counts = rulebook.load(), Counter[str]()
    for n in range(options.cases):
        name = list(SENTENCES)[n % len(SENTENCES)]
        text = SENTENCES[name](random.Random(f"{options.seed} {n}"), Fraction(1))
        found = verdicts(text, book)
        counts[f"{name} cases"] += 1
        counts[f"{name} compared"] += bool(found - {"undecided"})
        counts["inconsistent"] += "inconsistent" in found
        if "inconsistent" in found:
            print(f"--seed {options.seed} number {n}: {text}", flush=True)
        if n % 10 < len(SENTENCES) and n % 7 == 0:
            wrong = SENTENCES[name](random.Random(f"{options.seed} {n}"), Fraction(4, 3))
            counts["wrong by a third"] += 1
            counts["told"] += "inconsistent" in verdicts(wrong, book)
    few = [name for name in SENTENCES if counts[f"{name} compared"] * 5 < counts[f"{name} cases"] * 4]
    for name in SENTENCES:
        print(f"{name}: {counts[f'{name} compared']} of {counts[f'{name} cases']} compared")
    print(f"{options.cases} true sentences, {counts['inconsistent']} called inconsistent")
    print(f"{counts['wrong by a third']} with a figure wrong by a third, {counts['told']} called inconsistent")
    sys.exit(1 if counts["inconsistent"] or few or not counts["told"] else 0)


if __name__ == "__main__":
    main()
