"""Search real reports for identities among the figures of a sentence, and tell which of them the checker has bound.

    python tests/tools/mine_identities.py FOLDER [--kind growth] [--show 40] [--seed 0] [--slips 400 [--missed]]
    python tests/tools/mine_identities.py FOLDER --neighbours

Where a sentence holds a word of the kind and some of its figures hold an identity within their rounding, they nearly
always belong together: so this measures, without annotation, how much of what can be compared the cues find. It is a
mirror of the cues and never part of the product: there, nothing is bound without words.

An identity counts only where it tells something: the room that rounding leaves is small beside what is compared. What
no relation has is classed: `rival` (its percent or change agrees with other figures, in a relation that was built),
`loss` (words turn the sign of a figure), `open` (to be read by eye: a miss, or a chance).

With --neighbours it is two sentences in turn that are searched, for what takes figures of both and no one sentence
tells: they must share a word that names something.

With --slips one slip of the pen is put into one figure of a mined identity that a relation has, in its section, and
counted how often an error names that figure: test data without limit on real prose.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, permutations
from pathlib import Path
from random import Random

import pen

from pipeline import readers, rulebook, run
from pipeline.formulas import agreement
from pipeline.model import Claim, Figure, Reading, Relation, Section
from pipeline.rulebook.scales import scales

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
_LONG = re.compile(r"\b[a-z]{5,}\b")
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


def identities(path: Path, neighbours: bool = False) -> list[Identity]:
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
    for figures, text in _stretches(reading, by_sentence, neighbours):
        seen: set[frozenset[int]] = set()
        for kind, search in _SEARCHES.items():
            if not _WORDS[kind].search(text.lower()):
                continue
            for claims in search(figures):
                held = frozenset(claims)
                if held in seen or (neighbours and len({reading.claims[n].sentence for n in claims}) < 2):
                    continue
                seen.add(held)
                told = _told(reading.claims, claims, reading.report.text)
                found.append(Identity(kind, claims, _found(reading.claims, claims, bound, text), told, text))
    return found


def _stretches(
    reading: Reading, by_sentence: Mapping[int, list[tuple[int, Figure]]], neighbours: bool
) -> Iterator[tuple[list[tuple[int, Figure]], str]]:
    """The figures and words of each sentence, or of two neighbours that share a name, if they are not too many."""
    for number, alone in by_sentence.items():
        figures, sentence = alone, reading.sentences[number]
        first = sentence
        if neighbours:
            first = reading.sentences[max(number - 1, 0)]
            before = by_sentence.get(number - 1, [])
            if not before or first.section != sentence.section:
                continue
            figures = [*before, *alone]
        text = reading.report.text[first.start : sentence.end]
        if neighbours and not _share_a_name(text[: sentence.start - first.start], text):
            continue
        if 3 <= len(figures) <= _MOST_FIGURES:
            yield figures, " ".join(text.split())


def _share_a_name(before: str, both: str) -> bool:
    """Whether a sentence and the next have a long word in common."""
    words = Counter(_LONG.findall(both.lower()))
    return any(words[word] > n for word, n in Counter(_LONG.findall(before.lower())).items())


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


@dataclass(frozen=True, slots=True)
class Copy:
    """A section with one figure of one relation changed."""

    report: str
    kind: str
    slip: str
    text: str
    start: int
    old: str
    new: str
    relation: Relation


def copies(path: Path, seed: int, neighbours: bool) -> list[Copy]:
    """One slip for each mined identity of a report that an agreeing relation has."""
    reading = run.read(readers.read_path(path, path.stem), _book())
    mined = (i for i in identities(path, neighbours) if i.found == "covered")
    held = {frozenset(reading.claims[n].claim_id for n in i.claims) for i in mined}
    chance = Random(f"{path.stem} {seed}")
    made: list[Copy] = []
    for check in reading.checks:
        refs = frozenset(o.ref for o in check.relation.operands)
        if check.verdict != "consistent" or not any(one <= refs for one in held):
            continue
        section = next(s for s in reading.sections if s.start <= check.relation.operands[0].start < s.end)
        operand, slip = chance.choice(check.relation.operands), chance.choice(pen.SLIPS)
        found = pen.NUMBER.search(reading.report.text, operand.start, operand.end)
        if found is None or any(not section.start <= o.start < section.end for o in check.relation.operands):
            continue
        new = pen.slipped(found.group(), slip, chance)
        if new and new != found.group():
            text = reading.report.text[section.start : found.start()] + new
            text += reading.report.text[found.end() : section.end]
            moved = tuple(
                replace(o, start=_moved(o.start, found, new, section), end=_moved(o.end, found, new, section))
                for o in check.relation.operands
            )
            relation = replace(check.relation, operands=moved)
            start = found.start() - section.start
            made.append(Copy(path.stem, relation.kind, slip, text, start, found.group(), new, relation))
    return made


def _moved(offset: int, found: re.Match[str], new: str, section: Section) -> int:
    longer = len(new) - len(found.group()) if offset > found.start() else 0
    return offset + longer - section.start


def outcome(copy: Copy) -> str:
    """`caught`, `warned` or `missed`; empty where the slip does not show: the relation agrees as before."""
    reading = run.read(readers.read_bytes(copy.text.encode(), copy.report), _book())
    operands = []
    for operand in copy.relation.operands:
        claims = [c for c in reading.claims if c.figure.start < operand.end and operand.start < c.figure.end]
        if operand.figure is not None and (not claims or claims[0].figure.upper is not None):
            return ""
        operands.append(replace(operand, figure=claims[0].figure) if operand.figure is not None else operand)
    if agreement(replace(copy.relation, operands=tuple(operands)), scales(_book())) != "none":
        return ""
    end = copy.start + len(copy.new)
    named = [
        f for f in reading.findings if any(o.start < end and copy.start < o.end for o in f.check.relation.operands)
    ]
    return "caught" if any(f.severity == "error" for f in named) else "warned" if named else "missed"


def _slip_report(paths: Sequence[Path], options: argparse.Namespace) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    shared = [options.seed] * len(paths), [options.neighbours] * len(paths)
    with ProcessPoolExecutor(options.jobs) as pool:
        made = [c for some in pool.map(copies, paths, *shared, chunksize=8) for c in some]
        drawn = Random(options.seed).sample(made, min(options.slips, len(made)))
        for copy, came in zip(drawn, pool.map(outcome, drawn, chunksize=8), strict=True):
            for name in (copy.kind, copy.slip, "all") if came else ():
                counts[name, came] += 1
            if options.missed and came in ("missed", "warned"):
                place = " ".join(copy.text[max(0, copy.start - 200) : copy.start + 120].split())
                print(f"{came} {copy.report} {copy.kind} {copy.slip}: {copy.old} → {copy.new}\n  {place}")
    for name in sorted({name for name, _ in counts}):
        total = sum(n for (one, _), n in counts.items() if one == name)
        caught, warned = counts[name, "caught"], counts[name, "warned"]
        print(f"{name:12} {total:4} slips: caught {caught / total:.3f}, only warned {warned / total:.3f}")


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
    parser.add_argument("--slips", type=int, default=0, help="put so many slips into identities that a relation has")
    parser.add_argument("--neighbours", action="store_true", help="search two sentences in turn instead of one")
    parser.add_argument("--missed", action="store_true", help="print each slip that was not caught")
    options = parser.parse_args()
    if options.slips:
        _slip_report(sorted(options.folder.rglob("*.txt")), options)
        return
    with ProcessPoolExecutor(options.jobs) as pool:
        paths = sorted(options.folder.rglob("*.txt"))
        pairs = [options.neighbours] * len(paths)
        found = [i for some in pool.map(identities, paths, pairs, chunksize=8) for i in some]
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
