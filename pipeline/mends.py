"""Relations that do not agree and share figures → the smallest set of figures whose change mends them all.

After Fellegi and Holt (1976), over intervals: a set is tried by setting its figures free; it mends where each of them
can still be printed so that every relation it stands in agrees, also those that agree now. It proposes, never corrects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

from pipeline.exact import is_counted, is_open
from pipeline.formulas import Agreement, Posed
from pipeline.fraction import Fraction
from pipeline.interval import ALL, Interval
from pipeline.model import Operand
from pipeline.repair import Repair
from pipeline.wording.numbers import agreeing, manner, show_range

# So many figures are set free at once, so many sets are tried: a tangle of relations costs a bounded time.
_MOST_CHANGED = 3
_MOST_TRIED = 300
_MOST_FIGURES = 24


@dataclass(frozen=True, slots=True)
class Change:
    """A figure, by the refs of all its mentions, and what would have to be printed for it: a number of `wanted`."""

    refs: frozenset[str]
    printed: str
    proposed: str
    wanted: Interval


@dataclass(frozen=True, slots=True)
class Mend:
    """So few figures changed make all of these relations agree."""

    relations: tuple[int, ...]
    changes: tuple[Change, ...]


def mends(
    problems: Sequence[Posed],
    agreements: Sequence[Agreement],
    repairs: Mapping[int, Sequence[Repair]],
    text: str,
) -> dict[int, Mend]:
    """For each relation that quarrels together with others, by its number: what mends it and them.

    `repairs` are the single-figure repairs of the relations that do not agree, the likeliest first: of several sets of
    one size, that with the likeliest figures is taken.
    """
    standing = _Standing(problems, agreements, text)
    found: dict[int, Mend] = {}
    for quarrel in standing.quarrels():
        mend = _mend(standing, quarrel, repairs)
        if mend is not None:
            found.update(dict.fromkeys(quarrel, mend))
    return found


def said(mend: Mend | None) -> str:
    """The sentence behind an explanation; nothing where there is no mend."""
    if mend is None:
        return ""
    others = len(mend.relations) - 1
    more = "1 other relation that does not agree" if others == 1 else f"{others} other relations that do not agree"
    changes = "; ".join(f"{change.printed} → {change.proposed}" for change in mend.changes)
    if len(mend.changes) == 1:
        return f" One figure changed would mend this and {more}: {changes}."
    return f" No single figure mends this and {more}; {len(mend.changes)} together would: {changes}."


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure's place in a relation."""

    relation: int
    place: int


class _Standing:
    """Where each figure stands; it keeps the places, as every set that is tried asks for them.

    A number that the report says again is one figure: its name is the ref of its first mention.
    """

    def __init__(self, problems: Sequence[Posed], agreements: Sequence[Agreement], text: str) -> None:
        self.problems, self.agreements, self.text = problems, agreements, text
        self.places: defaultdict[str, list[_Place]] = defaultdict(list)
        self.wrong = [n for n, agreed in enumerate(agreements) if agreed == "none"]
        self._names = _said_again(problems, agreements) if self.wrong else {}
        figures = {self.name(o) for n in self.wrong for o in problems[n].relation.operands if _may_change(o)}
        for n, posed in enumerate(problems if self.wrong else ()):
            for place, operand in enumerate(posed.relation.operands):
                if self.name(operand) in figures and agreements[n] != "open":
                    self.places[self.name(operand)].append(_Place(n, place))

    def name(self, operand: Operand) -> str:
        """The figure of an operand, whichever of its mentions that is."""
        return self._names.get(operand.ref, operand.ref)

    def quarrels(self) -> Iterator[tuple[int, ...]]:
        """The relations that do not agree, those together that share figures; those that stand alone are left out."""
        left = dict.fromkeys(self.wrong)
        while left:
            first = next(iter(left))
            del left[first]
            group, ahead = [first], [first]
            while ahead:
                refs = {self.name(o) for o in self.problems[ahead.pop()].relation.operands}
                near = sorted({p.relation for ref in refs for p in self.places.get(ref, ()) if p.relation in left})
                for n in near:
                    del left[n]
                group.extend(near)
                ahead.extend(near)
            if len(group) > 1:
                yield tuple(sorted(group))

    def operand(self, ref: str) -> Operand:
        """The figure in one of its places."""
        at = self.places[ref][0]
        return self.problems[at.relation].relation.operands[at.place]

    def freed(self, refs: Sequence[str]) -> tuple[Change, ...] | None:
        """What these figures would have to be for all relations they stand in to agree; None where that cannot be."""
        at: defaultdict[int, list[int]] = defaultdict(list)
        for ref in refs:
            for place in self.places[ref]:
                at[place.relation].append(place.place)
        wanted: dict[str, Interval] = dict.fromkeys(refs, ALL)
        for relation, places in at.items():
            solved = self.problems[relation].solved(places[0])
            if len(places) == 1 and solved is not None:
                ref = self.name(self.problems[relation].relation.operands[places[0]])
                wanted[ref] &= solved.interval
        if any(interval.is_empty or not interval.is_bounded for interval in wanted.values()):
            return None
        if not all(self._holds(n, places, wanted) for n, places in at.items() if len(places) > 1):
            return None
        changes = [self._change(ref, interval) for ref, interval in wanted.items()]
        return tuple(change for change in changes if change) if all(changes) else None

    def _holds(self, relation: int, places: Sequence[int], wanted: Mapping[str, Interval]) -> bool:
        """Whether a relation of several of the figures holds where they lie in what is wanted of them."""
        posed = self.problems[relation]
        if posed.strict is None or posed.measured is None or posed.relation.kind == "repeat":
            return True
        roles = {role: list(values) for role, values in posed.strict.roles.items()}
        seen: dict[str, int] = {}
        for place, operand in enumerate(posed.relation.operands):
            n = seen.get(operand.role, 0)
            seen[operand.role] = n + 1
            if place in places:
                roles[operand.role][n] = wanted[self.name(operand)].scale(posed.measured.factors[place])
        freed = replace(posed.strict, roles={role: tuple(values) for role, values in roles.items()})
        return posed.kind.holds(freed) is not False

    def _change(self, ref: str, wanted: Interval) -> Change | None:
        operand = self.operand(ref)
        figure = operand.figure
        assert figure is not None
        how = manner(operand, self.text)
        forms = agreeing(wanted, how, is_counted(figure.number, figure))
        if forms.is_empty or forms.low is None or (forms.low < 0 <= figure.number.value):
            return None
        printed = " ".join(self.text[operand.start : operand.end].split())
        mentions = frozenset(name for name, first in self._names.items() if first == ref)
        return Change(mentions | {ref}, printed, show_range(forms, how), wanted.hull(forms))


def _said_again(problems: Sequence[Posed], agreements: Sequence[Agreement]) -> dict[str, str]:
    """For each figure that repeats another number for number, the first that says it."""
    names: dict[str, str] = {}
    for posed, agreed in zip(problems, agreements, strict=True):
        if posed.relation.kind != "repeat" or agreed != "strict":
            continue
        mentions = [o for o in posed.relation.operands if o.figure is not None]
        first = mentions[0]
        for other in mentions[1:]:
            assert first.figure is not None and other.figure is not None
            if other.figure.number == first.figure.number and other.figure.unit == first.figure.unit:
                names[other.ref] = names.get(first.ref, first.ref)
    return names


def _may_change(operand: Operand) -> bool:
    return operand.figure is not None and operand.figure.upper is None and not is_open(operand.figure)


def _mend(standing: _Standing, quarrel: Sequence[int], repairs: Mapping[int, Sequence[Repair]]) -> Mend | None:
    ranks: dict[str, Fraction] = {}
    times: defaultdict[str, int] = defaultdict(int)
    for n in quarrel:
        operands = standing.problems[n].relation.operands
        likely = [standing.name(operands[repair.place]) for repair in repairs.get(n, ())]
        for ref in dict.fromkeys(map(standing.name, operands)):
            if ref in standing.places:
                times[ref] += 1
                rank = likely.index(ref) if ref in likely else len(operands)
                ranks[ref] = ranks.get(ref, Fraction(0)) + rank
    order = sorted(times, key=lambda ref: (-times[ref], ranks[ref] / times[ref], standing.operand(ref).start))
    order = order[:_MOST_FIGURES]
    wrong = {ref: {p.relation for p in standing.places[ref]} for ref in order}
    for size in range(1, min(_MOST_CHANGED, len(quarrel)) + 1):
        covering = (
            refs for refs in combinations(order, size) if set().union(*(wrong[ref] for ref in refs)) >= set(quarrel)
        )
        ways = ((refs, standing.freed(refs)) for refs in islice(covering, _MOST_TRIED))
        found = [(refs, changes) for refs, changes in ways if changes]
        if found:
            likeliest = min(found, key=lambda way: sum((ranks[ref] / times[ref] for ref in way[0]), Fraction(0)))
            return Mend(tuple(quarrel), likeliest[1])
    return None
