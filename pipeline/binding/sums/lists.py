"""A list and its total → the sum that they make, and where in the sentences around a total may stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.charity import UNSAID
from pipeline.binding.scene import Candidate, Scene, countable, counted_alike, kept, operand
from pipeline.binding.sums.runs import Row, eligible
from pipeline.fraction import Fraction
from pipeline.model import Confidence, Cue, Relation, Scope
from pipeline.patterns import lazy

_AND = lazy(r"^[^;:.]*\band [^,;:.]*$")
_MINUS = lazy(r"\b(?:minus|less|net of|after deducting|deducting|offset by|reduced by|not counting)(?:\s+\w+){0,2}\s*$")


def figures_of(scene: Scene, row: Row, step: int) -> Iterator[int]:
    """The figures of the row's measure in the sentence before or after, nearest first."""
    number = row.sentence + step
    if (
        not 0 <= number < len(scene.sentences)
        or scene.sentences[number].section != scene.sentences[row.sentence].section
    ):
        return
    claims = scene.by_sentence[number]
    for claim in reversed(claims) if step < 0 else claims:
        if eligible(scene, claim) and countable(scene.claims[claim], scene.claims[row.claims[0]]):
            yield claim


@kept
def _taken_off(scene: Scene, part: int) -> bool:
    """Whether the words before a figure take it off: `minus one that closed`."""
    start = scene.claims[part].figure.start
    return _MINUS.search(scene.low[max(0, start - 30) : start]) is not None


def _off(scene: Scene, parts: Sequence[int]) -> list[bool]:
    """Which parts are taken off: those with such words before them, and what `and` joins to one: `less 18 and 31`."""
    found: list[bool] = []
    for n, part in enumerate(parts):
        joined = n > 0 and found[-1] and _AND.search(scene.between(parts[n - 1], part)) is not None
        found.append(joined or _taken_off(scene, part))
    return found


def made_of(scene: Scene, parts: Sequence[int]) -> Fraction:
    """What parts make, with those that are taken off."""
    values = (scene.claims[p].figure.number.value for p in parts)
    return sum((-v if off else v for v, off in zip(values, _off(scene, parts), strict=True)), Fraction(0))


def sum_of(
    scene: Scene, total: int, parts: Sequence[int], rule: str, reason: str, tier: int, scope: Scope
) -> Candidate:
    """The sum of these parts; `tier` says how well words license it."""
    roles = ["less" if off else "part" for off in _off(scene, parts)]
    over = scene.claims[total]
    operands = (
        operand("total", over),
        *(operand(r, counted_alike(over, scene.claims[p])) for r, p in zip(roles, parts, strict=True)),
    )
    confidence: Confidence = "high" if tier == 0 else "medium" if tier < UNSAID else "low"
    if any(
        c.figure.modifier in (">", "<", ">=", "<=") for c in (scene.claims[total], *(scene.claims[p] for p in parts))
    ):
        confidence = "medium" if confidence == "high" else confidence
    return Candidate(Relation("sum", operands, scope, confidence, rule, reason), tier, tuple(sorted((total, *parts))))


def words_of(scene: Scene, cue: Cue) -> str:
    """The words of a cue, as a reason."""
    return f"“{' '.join(scene.report.text[cue.start : cue.end].split())}”"
