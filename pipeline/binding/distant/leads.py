"""One far cue, and what its sentence can ask: the amounts that a sentence tells, the one it is about, those named.

It answers questions of place and name; it builds a relation only of what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.binding.names import Names, Phrase, named, sole
from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.fraction import Fraction
from pipeline.model import Cue, Relation

_CLOSE = 500
_BASES = frozenset(("prior", "change", "percent", "target"))
_UNSAID = frozenset(("change", "percent"))


@dataclass(eq=False)
class Lead:
    """A cue with its scene, and the figures that cues `marked`, by mode.

    `in_full` is set by a way that finds all of its relation told: that is all its state.
    """

    scene: Scene
    names: Names
    cue: Cue
    marked: Mapping[str, frozenset[int]]
    in_full: bool = False

    def claim(self, role: str) -> int:
        """The figure that the cue gives a role."""
        return next(n for r, n in self.cue.roles if r == role)

    def claims(self, role: str) -> list[int]:
        """All figures that the cue gives a role, in their order."""
        return [n for r, n in self.cue.roles if r == role]

    @property
    def sentence(self) -> int:
        """The index of the cue's sentence."""
        return self.scene.sentence_at(self.cue.start)

    @property
    def opens(self) -> bool:
        """Whether no figure stands before those of the cue in its sentence."""
        return self.scene.by_sentence[self.sentence].start == min(n for _, n in self.cue.roles if n >= 0)

    @property
    def ahead(self) -> str:
        """The words of the sentence before the cue, in lower case."""
        return self.scene.report.view[self.scene.sentences[self.sentence].start : self.cue.start].lower()

    @property
    def behind(self) -> str:
        """The words of the sentence behind the cue, in lower case."""
        return self.scene.report.view[self.cue.end : self.scene.sentences[self.sentence].end].lower()

    def text(self, start: int, end: int) -> str:
        """A stretch of the report in lower case."""
        return self.scene.report.view[start:end].lower()

    def levels(self, number: int, like: int) -> list[int]:
        """The amounts that a sentence of this section tells, of one measure with a figure: no changes, no bases."""
        if not self._is_near(number):
            return []
        return [
            n
            for n in self.scene.by_sentence[number]
            if self.is_level(n) and same_measure(self.scene.claims[n], self.scene.claims[like])
        ]

    def told(self, number: int, *, bases: bool = False) -> list[int]:
        """The plain amounts of a sentence of this section; with `bases` those that others are compared with too."""
        if not self._is_near(number):
            return []
        return [n for n in self.scene.by_sentence[number] if self.is_level(n, bases=bases)]

    def before(self, number: int) -> int:
        """The sentence before one that tells of a figure; the one right before, or behind one that tells of none."""
        return number - 2 if number > 1 and not self.scene.by_sentence[number - 1] else number - 1

    def _is_near(self, number: int) -> bool:
        if number < 0:
            return False
        return self.scene.sentences[number].section == self.scene.sentences[self.sentence].section

    def is_level(self, n: int, *, bases: bool = False) -> bool:
        """Whether a figure is a plain amount: printed in digits, no range, no bound, nothing that is compared."""
        figure = self.scene.claims[n].figure
        if (
            figure.kind not in ("absolute", "rate")
            or figure.upper is not None
            or figure.modifier in ("<", ">", "<=", ">=")
        ):
            return False
        if figure.dimension == "time" or not figure.number.value:
            return False
        roles = set(self.scene.roles(n, "growth", "target", "points"))
        if self._leads(n):
            roles.discard("change")
        return not roles & (_UNSAID if bases else _BASES)

    def _leads(self, n: int) -> bool:
        """Whether a sentence begins with a figure: `4,218 km of road were added` is no change of anything told."""
        start = self.scene.sentences[self.scene.claims[n].sentence].start
        return not self.scene.report.view[start : self.scene.claims[n].figure.start].strip()

    def named(self, words: str, *, unlike: Sequence[int] = (), plans: bool = False) -> int | None:
        """The one amount of another sentence that words name; none of `unlike`, and no plan but with `plans`."""
        return self.called(named(words), unlike=unlike, plans=plans)

    def called(self, phrase: Phrase, *, unlike: Sequence[int] = (), plans: bool = False) -> int | None:
        """The one amount of another sentence that a phrase names, as `named`."""
        if not phrase.keys:
            return None
        at = min(n for _, n in self.cue.roles if n >= 0)

        def fits(n: int) -> bool:
            return n not in unlike and self.is_level(n, bases=plans)

        return sole(self.scene, self.names.find(phrase, at, fits))

    def is_marked(self, n: int, mark: str) -> bool:
        """Whether a far cue of this mode names a figure: one that was spent, or needed, or of a time before."""
        return n in self.marked.get(mark, ())

    def told_by(self, words: str, number: int, like: int) -> int | None:
        """The first amount of a sentence of this section that words name."""
        keys = named(words).keys
        told = [n for n in self.levels(number, like) if keys and keys <= self.names.of(n)]
        return told[0] if told else None

    def relation(self, kind: str, *roles: tuple[str, int], direction: int = 0, mode: str = "") -> Relation:
        """A relation of these figures, as sure as the words of the cue."""
        claims = self.scene.claims
        operands = tuple(operand(role, claims[n]) for role, n in roles)
        said = " ".join(self.scene.report.text[self.cue.start : self.cue.end].split())
        scope = self.scene.scope_of(*(n for _, n in roles))
        return Relation(kind, operands, scope, "high", self.cue.rule, f"“{said}”", direction, mode)


_ON = re.compile(r"\s+(?:on|as of|as at|at)\s+")
_TIMES, _WITHIN = ("year", "date"), 40


def percents_before(scene: Scene, claim: int, but: Collection[int] = ()) -> set[Fraction]:
    """The percentages that stand close before a figure: one of them may have been written again. `but` not these."""
    start, found = scene.claims[claim].figure.start, set[Fraction]()
    for n in range(claim - 1, -1, -1):
        figure = scene.claims[n].figure
        if start - figure.start > _CLOSE:
            break
        if figure.kind == "percent" and n not in but:
            found.add(figure.number.value)
    return found


def is_dated_apart(scene: Scene, whole: int, percent: int) -> bool:
    """`The population was 4,858,979 on July 1, 2015. … 108,000 are foreign-born (2.4% of the population)`

    Of a day that another paragraph does not name, a figure may be of another time than what is said there.
    """
    figure, a = scene.claims[whole].figure, scene.sentences[scene.claims[whole].sentence]
    b = scene.sentences[scene.claims[percent].sentence]
    if a.paragraph == b.paragraph or any(s.reason in _TIMES for s in scene.skips_within(b.start, b.end)):
        return False
    return any(
        s.reason == "date" and _ON.fullmatch(scene.report.view[figure.end : s.start].lower())
        for s in scene.skips_within(figure.end, min(a.end, figure.end + _WITHIN))
    )
