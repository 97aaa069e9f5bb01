"""Search real reports for identities among the figures of a sentence, and tell which of them the checker has bound.

    python tests/tools/mine_identities.py FOLDER [--kind growth] [--show 40] [--seed 0]

Where a sentence holds a word of the kind and some of its figures hold an identity within their rounding, they nearly
always belong together: so this measures, without annotation, how much of what can be compared the cues find. It is a
mirror of the cues and never part of the product: there, nothing is bound without words.

An identity counts only where it tells something: the room that rounding leaves is small beside what is compared. What
no relation has is classed: `rival` (its percent or change agrees with other figures, in a relation that was built),
`loss` (words turn the sign of a figure), `open` (to be read by eye: a miss, or a chance).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, permutations
from pathlib import Path
from random import Random

from pipeline import readers, rulebook, run
from pipeline.model import Claim, Figure

# A sentence without one of these is not searched for the kind.
_WORDS = {
    "growth": re.compile(
        r"\b(?:rise|rose|risen|rising|increas\w*|grow|grew|grown|growth|growing|up|gain\w*|declin\w*|decreas\w*|fall|fell"
        r"|fallen|falling|down|drop\w*|reduc\w*|cut|higher|lower|more|less|fewer|above|below|over|compared|against|from)\b"
    ),
    "points": re.compile(r"\b(?:points?|bps?)\b"),
    "share": re.compile(r"\b(?:of|account\w*|represent\w*|share|or|rate|proportion|ratio|percentage)\b"),
    "sum": re.compile(
        r"\b(?:total\w*|sum|compris\w*|consist\w*|composed|made up|including|of which|of whom|of these|altogether"
        r"|together|in all|remaining|rest|balance|leaving|net|combined|both)\b"
    ),
    "product": re.compile(r"\b(?:each|every|per|average\w*|apiece|a head|at)\b"),
}
_LOSS = re.compile(r"\b(?:loss|losses|deficit|disinvestment|outflow|shortfall|negative)\b")
_MOST_FIGURES = 14
_MOST_PARTS = 6
# Room that rounding may leave, beside the difference, change, part or total that it stands against.
_ROOM = Fraction(1, 6)


@dataclass(frozen=True, slots=True)
class Identity:
    """Figures that hold an identity, by their index, in the order of their roles."""

    kind: str
    claims: tuple[int, ...]
    found: str
    told: str
    sentence: str


def _half(figure: Figure) -> Fraction:
    return figure.number.step / 2


def _value(figure: Figure) -> Fraction:
    return abs(figure.number.value)


def _telling(figure: Figure, digits: int = 2) -> bool:
    """Whether a figure is printed to so many digits that it does not agree by chance."""
    return (
        figure.number.step * 10 ** (digits - 1) <= _value(figure) and len(str(_printed(figure)).rstrip("0")) >= digits
    )


def _printed(figure: Figure) -> int:
    return int(_value(figure) / figure.number.step) if figure.number.step else 0


def _holds(product: tuple[Figure, Fraction, Fraction], made: Figure, beside: Fraction | None = None) -> bool:
    """Whether figure × factor can be what is made, each within half a step, and hardly by chance."""
    figure, factor, half = product
    slack = _half(made) + (_value(figure) + _half(figure)) * half + _half(figure) * abs(factor)
    room = slack <= (_value(made) if beside is None else beside) * _ROOM
    return room and abs(_value(figure) * factor - _value(made)) <= slack


def _amounts(figures: Sequence[tuple[int, Figure]]) -> list[tuple[int, Figure]]:
    return [(n, f) for n, f in figures if f.kind in ("absolute", "rate") and f.dimension != "time" and _value(f)]


def _alike(one: Figure, other: Figure) -> bool:
    return one.dimension == other.dimension and (one.unit == other.unit or not one.unit or not other.unit)


def _growths(figures: Sequence[tuple[int, Figure]]) -> Iterator[tuple[int, ...]]:
    """Level, prior and percent; level, prior and change; level, change and percent."""
    amounts = _amounts(figures)
    percents = [(n, f) for n, f in figures if f.kind == "percent" and _telling(f) and _value(f) < 500]
    for (p, percent), ((a, level), (b, prior)) in (
        (one, pair) for one in percents for pair in permutations(amounts, 2)
    ):
        if not _alike(level, prior) or not _telling(level) or not _telling(prior) or _value(level) == _value(prior):
            continue
        rate, half = _value(percent) / 100, _half(percent) / 100
        sign = 1 if _value(level) > _value(prior) else -1
        if _holds((prior, 1 + sign * rate, half), level, abs(_value(level) - _value(prior))):
            yield a, b, p
    for (a, level), (b, prior), (c, change) in permutations(amounts, 3):
        if a > b or not (_alike(level, prior) and _alike(level, change)):
            continue
        if not all(_telling(f) for f in (level, prior, change)) or _value(change) > _value(level):
            continue
        apart = abs(abs(_value(level) - _value(prior)) - _value(change))
        slack = _half(level) + _half(prior) + _half(change)
        if apart <= slack <= _value(change) * _ROOM:
            yield a, b, c


def _points(figures: Sequence[tuple[int, Figure]]) -> Iterator[tuple[int, ...]]:
    percents = [(n, f) for n, f in figures if f.kind == "percent" and f.number.step < 1]
    for (c, change), ((a, level), (b, prior)) in (
        (one, pair) for one in figures if one[1].kind == "points" for pair in combinations(percents, 2)
    ):
        scale = Fraction(1, 100) if change.unit == "bp" else Fraction(1)
        apart = abs(abs(_value(level) - _value(prior)) - _value(change) * scale)
        if apart <= _half(level) + _half(prior) + _half(change) * scale and _value(change):
            yield a, b, c


def _shares(figures: Sequence[tuple[int, Figure]]) -> Iterator[tuple[int, ...]]:
    amounts = _amounts(figures)
    for p, percent in figures:
        if percent.kind != "percent" or not _telling(percent) or _value(percent) >= 100:
            continue
        for (a, part), (b, whole) in permutations(amounts, 2):
            if part.kind != whole.kind or part.dimension != whole.dimension or not (_telling(part) and _telling(whole)):
                continue
            if _holds((whole, _value(percent) / 100, _half(percent) / 100), part):
                yield a, b, p


def _sums(figures: Sequence[tuple[int, Figure]]) -> Iterator[tuple[int, ...]]:
    """A total and a run of figures of its unit, before it or behind."""
    amounts = [(n, f) for n, f in _amounts(figures) if f.kind == "absolute"]
    for at, (t, total) in enumerate(amounts):
        before = [(n, f) for n, f in amounts[:at] if _partlike(f, total)]
        after = [(n, f) for n, f in amounts[at + 1 :] if _partlike(f, total)]
        for run_of in (before, after):
            for first, last in combinations(range(len(run_of) + 1), 2):
                parts = run_of[first:last]
                if not 2 <= len(parts) <= _MOST_PARTS or not all(_telling(f) for _, f in (*parts, (t, total))):
                    continue
                slack = _half(total) + sum(_half(f) for _, f in parts)
                room = min(_value(f) for _, f in parts) * _ROOM
                if abs(_value(total) - sum(_value(f) for _, f in parts)) <= slack <= room:
                    yield (t, *(n for n, _ in parts))


def _partlike(part: Figure, total: Figure) -> bool:
    return part.dimension == total.dimension and (part.unit == total.unit or part.dimension in ("count", ""))


def _products(figures: Sequence[tuple[int, Figure]]) -> Iterator[tuple[int, ...]]:
    amounts = _amounts(figures)
    for (r, rate), (c, count), (t, total) in permutations(amounts, 3):
        if (
            rate.dimension != total.dimension
            or rate.unit != total.unit
            or count.dimension == total.dimension == "money"
        ):
            continue
        if count.unit == total.unit or not all(_telling(f) for f in (rate, count, total)):
            continue
        if _holds((count, _value(rate), _half(rate)), total):
            yield r, c, t


_SEARCHES = {"growth": _growths, "points": _points, "share": _shares, "sum": _sums, "product": _products}


def identities(path: Path) -> list[Identity]:
    """What holds in one report, each set of figures once, and whether a relation has it."""
    reading = run.read(readers.read_path(path, path.stem), _book())
    number_of = {claim.claim_id: n for n, claim in enumerate(reading.claims)}
    bound: dict[int, list[frozenset[int]]] = {}
    for check in reading.checks:
        refs = frozenset(number_of[o.ref] for o in check.relation.operands if o.ref in number_of)
        for ref in refs:
            bound.setdefault(ref, []).append(refs)
    by_sentence: dict[int, list[tuple[int, Figure]]] = {}
    for n, claim in enumerate(reading.claims):
        if claim.figure.upper is None and claim.figure.number.step:
            by_sentence.setdefault(claim.sentence, []).append((n, claim.figure))
    found: list[Identity] = []
    for number, figures in by_sentence.items():
        if not 3 <= len(figures) <= _MOST_FIGURES:
            continue
        sentence = reading.sentences[number]
        text = " ".join(reading.report.text[sentence.start : sentence.end].split())
        seen: set[frozenset[int]] = set()
        for kind, search in _SEARCHES.items():
            if not _WORDS[kind].search(text.lower()):
                continue
            for claims in search(figures):
                held = frozenset(claims)
                if held in seen:
                    continue
                seen.add(held)
                told = _told(reading.claims, claims, reading.report.text)
                found.append(Identity(kind, claims, _found(reading.claims, claims, bound, text), told, text))
    return found


def _found(
    claims: Sequence[Claim], held: tuple[int, ...], bound: Mapping[int, Sequence[frozenset[int]]], sentence: str
) -> str:
    """Whether a relation has an identity, and if none, which class it is of."""
    if any(frozenset(held) <= refs for refs in bound.get(held[0], ())):
        return "covered"
    # A percentage, or a change, tells of one comparison.
    leading = next((n for n in held if claims[n].figure.kind == "percent"), held[-1])
    if any(len(refs) > 2 for refs in bound.get(leading, ())):
        return "rival"
    return "loss" if _LOSS.search(sentence.lower()) else "open"


def _told(claims: Sequence[Claim], held: Sequence[int], text: str) -> str:
    return " | ".join(" ".join(text[claims[n].figure.start : claims[n].figure.end].split()) for n in held)


@lru_cache(maxsize=1)
def _book() -> rulebook.Rulebook:
    return rulebook.load()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", choices=sorted(_SEARCHES))
    parser.add_argument(
        "--show", type=int, default=40, help="how many that no relation has are printed, drawn at random"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with ProcessPoolExecutor(options.jobs) as pool:
        found = [i for some in pool.map(identities, sorted(options.folder.rglob("*.txt")), chunksize=8) for i in some]
    left = [i for i in found if i.found == "open" and options.kind in (None, i.kind)]
    for i in Random(options.seed).sample(left, min(options.show, len(left))):
        print(f"\n{i.kind}: {i.told}\n  {i.sentence[:500]}")
    print()
    for kind in (*_SEARCHES, "all"):
        classes = Counter(i.found for i in found if kind in ("all", i.kind))
        mined = sum(classes.values()) - classes["rival"]
        told = ", ".join(f"{name} {n}" for name, n in sorted(classes.items()))
        print(f"{kind:8} mined {mined:4}, of which a relation has {classes['covered'] / max(mined, 1):.3f} ({told})")


if __name__ == "__main__":
    main()
