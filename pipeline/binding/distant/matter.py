"""What a figure is about, for figures that stand far apart: the telling words of its clause and heading, and its time.

One notion for all that is told in one section and counted in another. The fewer figures of the report have a word about
them, the more it ties. What is bound by it must agree, or be one slip of the pen away from agreeing with figures that
no others rival: words so loose are proof of nothing more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.binding.scene import Scene
from pipeline.binding.words import stems
from pipeline.exact import Scales
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.slips import likely
from pipeline.slips.sought import sought

# Words of change and of amounts tell nothing of what changes.
_SAYS_NOTHING = stems(
    "increase decrease rise rose risen fall fell fallen growth grew grown decline drop dropped change higher lower "
    "reached stood recorded reported estimated figure figures rate level levels percentage points point proportion "
    "share average averaged accounted represented respectively result results report period annual annually quarter "
    "month months week day days time baseline endline half quarter third tenth current price prices overall put "
    "january february march april may june july august september october november december state national country "
    "compared against million billion worth high low large largest small part whole people person persons".lower()
)
_EARLIER = lazy(
    r"\b(?:baseline|base year|base period|apprais(?:al|ed)|opening|at the (?:start|outset|beginning)|beginning of|"
    r"(?:previous|preceding|prior|last|past|earlier) (?:financial |fiscal |survey |reporting |calendar )?"
    r"(?:year|period|quarter|month|season|survey|census|round|cycle|report|count)|"
    r"(?:year|decade|month|quarter|season)s? (?:before|earlier|ago|previously|immediately before)|"
    r"had (?:been|stood|numbered|totalled|come|amounted|paid|reached|carried|employed|had)|"
    r"before the (?:project|programme|program|reform|crisis|pandemic|war))\b"
)
_TURNS = lazy(r"[,;:.()]|\b(?:than|compared|from|against|and|while|which|to)\b")
_YEAR = lazy(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_WITHIN = 140
_RARE, _FEW = 3, 8
# Of the figures that have a word so many are looked at, the nearest.
_NEAREST = 24
# More that words tie as well are too many to tell which is meant; and a slip that chance would meet so often is none.
_MOST, _LEAST = 6, Fraction(1, 25)


class Matters:
    """What the figures of one scene are about, each looked up once: that is all its state."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._about: dict[int, frozenset[str]] = {}
        self._headings: dict[int, frozenset[str]] = {}
        self._earlier: dict[int, bool] = {}
        self._years: dict[int, str] = {}

    def about(self, n: int) -> frozenset[str]:
        """The stems of the telling words of a figure's clause."""
        if n not in self._about:
            scene, figure = self._scene, self._scene.claims[n].figure
            start, end = scene.clause_of(n)
            start, end = (
                max(start, figure.start - _WITHIN),
                min(end, figure.end + _WITHIN),
            )
            noun = figure.number_end if figure.dimension == "count" else figure.end
            self._about[n] = stems(f"{scene.low[start : figure.start]} {scene.low[noun:end]}") - _SAYS_NOTHING
        return self._about[n]

    def of_heading(self, n: int) -> frozenset[str]:
        """The stems of the heading of a figure's section."""
        section = self._scene.claims[n].section
        if section not in self._headings:
            self._headings[section] = stems(self._scene.sections[section].heading.lower()) - _SAYS_NOTHING
        return self._headings[section]

    def _of_small(self, n: int) -> frozenset[str]:
        """The heading's words where few figures stand under it: over many it tells little of each."""
        return frozenset(stem for stem in self.of_heading(n) if len(self._headed.get(stem, ())) <= _FEW)

    @cached_property
    def _having(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for numbers in self._scene.by_sentence:
            for n in numbers:
                for stem in self.about(n):
                    found[stem].append(n)
        return found

    @cached_property
    def _headed(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for numbers in self._scene.by_sentence:
            for n in numbers:
                for stem in self.of_heading(n):
                    found[stem].append(n)
        return found

    def weight(self, stem: str) -> int:
        """How much a word says: one of few figures the most."""
        return self._weights.get(stem, 3)

    @cached_property
    def _weights(self) -> dict[str, int]:
        most = max(_FEW, len(self._scene.claims) // 8)
        counts = ((stem, len(having)) for stem, having in self._having.items())
        return {stem: 3 if n <= _RARE else 2 if n <= _FEW else 1 if n <= most else 0 for stem, n in counts}

    def tie(self, first: int, second: int) -> int:
        """How much the words say that two figures have about them, and those of the one in the heading of the other."""
        a, b = self.about(first), self.about(second)
        common = a & b
        headed = not (a & self.of_heading(second) | b & self.of_heading(first)) <= common
        return sum(map(self.weight, common)) + headed

    def cover(self, n: int, *others: int) -> Fraction:
        """What part of the words that a change is said of, before it or behind it, all of the others have about them
        or in their headings, by weight."""
        held = [self.about(m) | self._of_small(m) for m in others]
        common = held[0].intersection(*held[1:])
        found = []
        for said in self._said_of(n):
            size = sum(map(self.weight, said))
            found.append(Fraction(sum(map(self.weight, said & common)), size) if size else Fraction(0))
        return max(found)

    def _said_of(self, n: int) -> tuple[frozenset[str], frozenset[str]]:
        """`Sales of tea rose by 4%`, `4% more tea than`: the telling words before a change, and right behind it."""
        scene, figure, view = (
            self._scene,
            self._scene.claims[n].figure,
            self._scene.report.view,
        )
        start, end = scene.clause_of(n)
        before = view[max(start, figure.start - _WITHIN) : figure.start]
        behind = _TURNS.split(view[figure.end : min(end, figure.end + _WITHIN)].lower(), maxsplit=1)[0]
        return stems(before.lower()) - _SAYS_NOTHING, stems(behind) - _SAYS_NOTHING

    def near(self, n: int) -> list[int]:
        """The figures that have a telling word of this one about them, the nearest of each word."""
        found: set[int] = set()
        for stem in self.about(n):
            if self.weight(stem):
                found.update(_about(self._having.get(stem, []), n))
            found.update(_about(self._headed.get(stem, []), n))
        found.discard(n)
        return sorted(found)

    def is_earlier(self, n: int) -> bool:
        """Whether words say that a figure is of an earlier time."""
        if n not in self._earlier:
            self._earlier[n] = self._is_earlier(n)
        return self._earlier[n]

    def _is_earlier(self, n: int) -> bool:
        if "prior" in self._scene.roles(n, "growth", "points"):
            return True
        scene, figure = self._scene, self._scene.claims[n].figure
        start, end = scene.clause_of(n)
        if n and scene.claims[n - 1].figure.end > start:
            start = scene.claims[n - 1].figure.end
        if n + 1 < len(scene.claims):
            end = max(figure.end, min(end, scene.claims[n + 1].figure.start))
        return _EARLIER.search(scene.report.view[start:end].lower()) is not None

    def year(self, n: int) -> str:
        """The last year of a figure's period; empty if it has none."""
        if n not in self._years:
            self._years[n] = max(_YEAR.findall(self._scene.claims[n].period), default="")
        return self._years[n]


def _about(figures: Sequence[int], n: int) -> Sequence[int]:
    """Of figures in order, those nearest to one: as many before it as behind."""
    at = bisect_left(figures, n)
    return figures[max(0, at - _NEAREST // 2) : at + _NEAREST // 2]


@dataclass(frozen=True, slots=True)
class Tied:
    """A relation of figures that stand far apart, and how well words tie them; `outright` that they leave no other."""

    relation: Relation
    weight: int
    outright: bool = False


def settled(found: Sequence[Tied], sizes: Scales) -> Relation | None:
    """The relation that agrees; else the best tied, if none rivals it and chance would hardly meet its slip."""
    graded = [(agreement(one.relation, sizes), one) for one in found]
    fine = [one for agreed, one in graded if agreed in ("strict", "coarse", "open")]
    if fine:
        return replace(max(fine, key=lambda one: one.weight).relation, confidence="medium")
    outright = [one for one in found if one.outright]
    if len(outright) == 1:
        return outright[0].relation
    best = max(found, key=lambda one: one.weight, default=None)
    if best is None or len(found) > _MOST:
        return None
    rivals = {_values(one.relation) for one in found if one.weight >= best.weight}
    if len(rivals) > 1:
        return None
    odds = odds_of_slip(best.relation, sizes)
    return best.relation if odds is not None and odds * len(found) <= _LEAST else None


def odds_of_slip(relation: Relation, sizes: Scales) -> Fraction | None:
    """How likely a slip would explain a relation by chance; None if none does."""
    ways = (way for one in sought(relation, sizes) for way in likely(one.number, one.counted, one.wanted))
    return min((way.chance for way in ways if way.slip), default=None)


def _values(relation: Relation) -> tuple[Fraction, ...]:
    return tuple(o.figure.number.value for o in relation.operands if o.figure)
