"""What the binders look at: the claims of a report by sentence, with the roles that cues propose for them.

It answers questions of place and likeness; it builds no relation.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Any, TypeVar

from pipeline.frozen import frozen
from pipeline.model import Claim, Considered, Cue, Operand, Relation, Report, Scope, Section, Sentence, Skip
from pipeline.patterns import lazy
from pipeline.rulebook import Rulebook

T = TypeVar("T")
# The mode of cues that set one figure above or below another, and tell of no movement.
SET = "set"
_TABLE_FIGURES = 10
_TABLE_WORDS = 4
_BEHIND = 70
_NO_ROLES: Mapping[str, Cue] = {}
_YEAR = lazy(r"(?:19|20)\d\d")


@dataclass(frozen=True, eq=False)
class Scene:
    """A report's claims, cues and skips, with the indexes that binding needs. Claims are named by their index."""

    report: Report
    sections: Sequence[Section]
    sentences: Sequence[Sentence]
    claims: Sequence[Claim]
    skips: Sequence[Skip]
    cues: Sequence[Cue]
    book: Rulebook

    @cached_property
    def starts(self) -> list[int]:
        """The starts of all claims."""
        return [c.figure.start for c in self.claims]

    @cached_property
    def by_sentence(self) -> list[range]:
        """For each sentence, the indexes of its claims."""
        found, starts, at = [], self.starts, 0
        for sentence in self.sentences:
            while at < len(starts) and starts[at] < sentence.start:
                at += 1
            first = at
            while at < len(starts) and starts[at] < sentence.end:
                at += 1
            found.append(range(first, first if self._is_table(sentence, at - first) else at))
        return found

    def _is_table(self, sentence: Sentence, figures: int) -> bool:
        """Whether a sentence is a table that has lost its lines: many figures and hardly a word between them."""
        if figures < _TABLE_FIGURES:
            return False
        words = self.report.view[sentence.start : sentence.end].count(" ")
        return words < figures * _TABLE_WORDS

    def holding(self, figures: int, *, first: int = 0) -> Sequence[int]:
        """The sentences from `first` on, in order, that hold so many figures or more: a binder looks at no others."""
        if figures not in self._holding_so_many:
            enough = [n for n, claims in enumerate(self.by_sentence) if len(claims) >= figures]
            self._holding_so_many[figures] = enough
        found = self._holding_so_many[figures]
        return found[bisect_left(found, first) :] if first else found

    @cached_property
    def _holding_so_many(self) -> dict[int, list[int]]:
        return {}

    @cached_property
    def by_unit(self) -> Mapping[str, list[int]]:
        """For each unit, the indexes of the claims that have it; bare numbers under the empty unit."""
        found: dict[str, list[int]] = defaultdict(list)
        for numbers in self.by_sentence:
            for n in numbers:
                found[self.claims[n].figure.unit].append(n)
        return found

    @cached_property
    def counted(self) -> list[int]:
        """All counts and bare numbers."""
        return [n for numbers in self.by_sentence for n in numbers if self.claims[n].figure.dimension in ("count", "")]

    @cached_property
    def main_year(self) -> str:
        """The year that most figures of a report are of; empty if none is known."""
        years = Counter(year for claim in self.claims for year in set(_YEAR.findall(claim.period)))
        return max(years, key=lambda year: (years[year], year), default="")

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, at: int) -> int:
        """The index of the sentence that holds a place of the text."""
        return max(bisect_right(self._sentence_starts, at) - 1, 0)

    @cached_property
    def _skip_starts(self) -> list[int]:
        return [s.start for s in self.skips]

    def skips_within(self, start: int, end: int) -> Iterator[Skip]:
        """The skips of a stretch of text, in their order."""
        for n in range(bisect_left(self._skip_starts, start), len(self.skips)):
            if self.skips[n].end > end:
                return
            yield self.skips[n]

    @cached_property
    def low(self) -> str:
        """The view in lower case, for matching only: offsets stay."""
        low = self.report.view.lower()
        return low if len(low) == len(self.report.view) else "".join(map(_lowered, self.report.view))

    def says(self, sentence: int, word: str) -> bool:
        """Whether a sentence holds this word."""
        span = self.sentences[sentence]
        return self.low.find(word, span.start, span.end) >= 0

    @cached_property
    def cues_of(self) -> Mapping[int, list[tuple[str, Cue]]]:
        """For each claim, the roles proposed for it with their cues."""
        found: dict[int, list[tuple[str, Cue]]] = defaultdict(list)
        for cue in self.cues:
            for role, ref in cue.roles:
                if ref >= 0:
                    found[ref].append((role, cue))
        return found

    @cached_property
    def _frames_first(self) -> Mapping[int, list[tuple[str, Cue]]]:
        # What only sets a figure above or below another comes last: it may be another matter.
        return {
            claim: sorted(found, key=lambda rc: (rc[1].mode == SET, not rc[1].frame))
            for claim, found in self.cues_of.items()
        }

    def roles(self, claim: int, *kinds: str) -> Mapping[str, Cue]:
        """The roles proposed for a claim under these kinds, each with its first cue (frames first)."""
        cues = self._frames_first.get(claim)
        if cues is None:
            return _NO_ROLES
        known = self._roles[kinds]
        found = known.get(claim)
        if found is None:
            found = known[claim] = {}
            for role, cue in cues:
                if cue.kind in kinds:
                    found.setdefault(role, cue)
        return found

    @cached_property
    def _roles(self) -> Mapping[tuple[str, ...], dict[int, dict[str, Cue]]]:
        return defaultdict(dict)

    def once(self, make: Callable[[Scene], T]) -> T:
        """What several binders ask of the whole scene: made when the first of them asks, and kept with it."""
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    @cached_property
    def answers(self) -> Mapping[object, dict[int, Any]]:
        """The answers that `kept` keeps, by question and claim."""
        return defaultdict(dict)

    @cached_property
    def _made(self) -> dict[object, Any]:
        return {}

    def clause_of(self, claim: int) -> tuple[int, int]:
        """Start and end of the clause that holds the claim."""
        sentence = self.sentences[self.claims[claim].sentence]
        at = self.claims[claim].figure.start
        for clause in sentence.clauses:
            if clause.start <= at < clause.end:
                return clause.start, clause.end
        return sentence.start, sentence.end

    def between(self, first: int, second: int) -> str:
        """The text between two claims, in lower case, for matching only."""
        a, b = (first, second) if first < second else (second, first)
        return self.low[self.claims[a].figure.end : self.claims[b].figure.start]

    def after(self, claim: int) -> str:
        """The text right behind a claim, in lower case, for matching only."""
        end = self.claims[claim].figure.end
        return self.low[end : end + _BEHIND]

    def words_between(self, first: int, second: int) -> int:
        """How many words stand between two claims."""
        return len(self.between(first, second).split())

    def same_section(self, first: int, second: int) -> bool:
        """Whether two claims stand in one section."""
        return self.claims[first].section == self.claims[second].section

    def scope_of(self, *claims: int) -> Scope:
        """How far apart claims stand."""
        sections = {self.claims[c].section for c in claims}
        if len(sections) > 1:
            return "document"
        numbers = [self.claims[c].sentence for c in claims]
        apart = max(numbers) - min(numbers)
        return "sentence" if not apart else "neighbour" if apart == 1 else "section"


@frozen
class Candidate:
    """A relation that the words allow. `tier` says how well they license it: 0 best; the first of equals wins.

    `said` is what the words alone make of it, where the sizes of its figures speak against it; `outright` that one
    phrase names all of its figures.
    """

    relation: Relation
    tier: int
    claims: tuple[int, ...] = ()
    said: int | None = None
    outright: bool = False

    @property
    def by_words(self) -> int:
        """How well words license it, whatever its numbers are."""
        return self.tier if self.said is None else self.said


def kept(ask: Callable[[Scene, int], T]) -> Callable[[Scene, int], T]:
    """A question about one claim that many binders ask: answered once, and the answer kept with the scene."""

    @wraps(ask)
    def asked(scene: Scene, claim: int) -> T:
        answers = scene.answers[ask]
        if claim not in answers:
            answers[claim] = ask(scene, claim)
        found: T = answers[claim]
        return found

    return asked


def _lowered(sign: str) -> str:
    low = sign.lower()
    return low if len(low) == 1 else sign


Outcome = tuple[list[Relation], list[Considered]]


def flat(text: str) -> str:
    """A text with its line breaks as blanks, for matching only: offsets stay."""
    return text.replace("\n", " ")


def operand(role: str, claim: Claim, side: str = "") -> Operand:
    """A claim in a role."""
    figure, said = claim.figure, claim.compared_with
    return Operand(role, claim.claim_id, figure.start, figure.end, figure, side, None, said, claim.scale)


def same_measure(first: Claim, second: Claim) -> bool:
    """Whether two figures can stand for the same kind of thing: one unit, one counted noun, or one of them bare."""
    a, b = first.figure, second.figure
    if (a.kind == "percent") != (b.kind == "percent") or (a.kind == "points") != (b.kind == "points"):
        return False
    if a.kind == "factor" or b.kind == "factor":
        return a.kind == b.kind
    if bool(a.per) and bool(b.per) and a.per != b.per:
        return False
    if not a.dimension or not b.dimension:
        return True
    return a.dimension == b.dimension and (
        a.unit == b.unit or not a.unit or not b.unit or a.dimension not in ("money", "count")
    )


def countable(first: Claim, second: Claim) -> bool:
    """One measure, or counted things of two names: 83 organizations, 50 of them cooperatives."""
    a, b = first.figure, second.figure
    counted = ("count", "")
    return same_measure(first, second) or (a.dimension in counted and b.dimension in counted and a.kind == b.kind)


def counted_alike(whole: Claim, part: Claim) -> Claim:
    """A part as a count where its whole is one: in `62 beds: 22 here and 40 there` the bare 22 is 22 beds."""
    a, b = whole.figure, part.figure
    if not a.discrete or b.discrete or b.dimension or b.kind != "absolute" or b.number.step != 1:
        return part
    return replace(part, figure=replace(b, discrete=True))


def hull(operands: Iterable[Operand]) -> tuple[int, int]:
    """From the first operand's start to the last one's end."""
    spans = [(o.start, o.end) for o in operands]
    return min(s for s, _ in spans), max(e for _, e in spans)
