"""The plain amounts of a report in order of size: which lie between two numbers, and the words beside them.

It spares the binders a search through the whole report; it never says that figures belong together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.binding.scene import Scene
from pipeline.fraction import Fraction
from pipeline.patterns import lazy

_WORD = lazy(r"[a-z][a-z'-]{2,}")
# Words that every sentence of figures has: they tie nothing.
_EMPTY = frozenset(
    "the and for with that this from was were are has have had been its their our which who will more less than over "
    "about under all each per not but year years total amount number million billion thousand percent cent yuan crore "
    "lakh these those such other some one two three both only most same whole end rose fell reached compared increase "
    "decrease".split()
)
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies", "ed", "es", "s", "y", "e")
_SHORTEST_STEM = 4
_WINDOW = 80
_BEFORE, _AHEAD = 120, 70
_FEW = 4


@dataclass(frozen=True, eq=False)
class Ledger:
    """The amounts of one scene; claims are named by their index."""

    scene: Scene

    @cached_property
    def _amounts(self) -> list[tuple[Fraction, int]]:
        return sorted((abs(c.figure.number.value), n) for n, c in enumerate(self.scene.claims) if plain(self.scene, n))

    def between(self, low: Fraction, high: Fraction) -> Iterator[int]:
        """The plain amounts that print a number from low to high."""
        for at in range(bisect_left(self._amounts, (low, -1)), len(self._amounts)):
            value, claim = self._amounts[at]
            if value > high:
                return
            yield claim

    @cached_property
    def _subjects(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for _, claim in self._amounts:
            for stem in self.subject(claim):
                found.setdefault(stem, []).append(claim)
        return found

    def called(self, words: frozenset[str]) -> list[int]:
        """The few plain amounts that have one of these stems right before them; a stem of many figures calls none."""
        lists = (self._subjects.get(word, ()) for word in words)
        return sorted({claim for some in lists if len(some) <= _FEW for claim in some})

    def subject(self, claim: int) -> frozenset[str]:
        """The stems of the words right before a figure, back to the figure or clause before it."""
        figure = self.scene.claims[claim].figure
        start = max(self.scene.clause_of(claim)[0], figure.start - _WINDOW)
        if claim and self.scene.claims[claim - 1].figure.end > start:
            start = self.scene.claims[claim - 1].figure.end
        return stems(self.scene.report.view[start : figure.start])

    def named(self, claim: int, but: tuple[int, int] = (0, 0)) -> frozenset[str]:
        """The stems of the words that stand with a figure in its clause, without those of the stretch `but`."""
        start, end = self.scene.clause_of(claim)
        figure, view = self.scene.claims[claim].figure, self.scene.report.view
        start, end = max(start, figure.start - _BEFORE), min(end, figure.end + _AHEAD)
        return stems(
            view[start : min(end, but[0])] + " " + view[max(start, but[1]) : end] if but[1] else view[start:end]
        )


def plain(scene: Scene, claim: int, *, part: bool = False) -> bool:
    """Whether a figure may be a whole, or a part: an amount that words do not call a change (or target)."""
    figure = scene.claims[claim].figure
    if figure.kind != "absolute" or figure.upper is not None or figure.dimension == "time" or not figure.number.value:
        return False
    roles = scene.roles(claim, "growth", "target")
    return "change" not in roles and not (part and "target" in roles)


def stems(text: str) -> frozenset[str]:
    """The telling words of a text without their commonest endings, so that `expenditures` meets `expenditure`."""
    return frozenset(map(_stem, {*_WORD.findall(text.lower())} - _EMPTY))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _SHORTEST_STEM), "")
    return word[: len(word) - len(ending)]
