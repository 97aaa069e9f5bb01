"""Rows of figures that change in turn → a growth each: `A, B and C were x, y and z, against p, q and r: up 8%, 3%, 7%`.

The rows and the words between them tie the figures, whether they agree or not. Where none is in step, the rows are not
what they seem and nothing is built; of two, one must be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.formulas import agreement
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_JOINT = lazy(r"\W*(?:and|or)?\W*")
# What stands between levels and priors; and between priors and levels.
_AGAINST = lazy(r"\b(?:compared (?:with|to)|against|versus|(?:up|down|risen|fallen)? ?from|over)\b")
_LED_TO = lazy(r"\bto\b")
_GROWTH = lazy(
    r"\b(?:growth|grew|grown|rise|rises|rose|risen|rising|increas\w*|gain\w*|declin\w*|decreas\w*|fall|falls|fell|drop\w*"
    r"|up|down|higher|lower|chang\w*|reduc\w*)\b"
)
_FARTHEST = 12
_FEWEST = 2


def growths(scene: Scene, number: int) -> Iterator[Relation]:
    """The growths that the rows of percents of a sentence give, with rows of amounts in it and in the one before."""
    percents = [row for row in _rows(scene, number) if scene.claims[row[0]].figure.kind == "percent"]
    for percent in percents:
        if _GROWTH.search(_words_of(scene, number)) is None:
            return
        amounts = [
            row
            for n in (number - 1, number)
            if n >= 0 and scene.sentences[n].section == scene.sentences[number].section
            for row in _rows(scene, n)
            if len(row) == len(percent) and scene.claims[row[0]].figure.kind == "absolute"
        ]
        pair = _levels_and_priors(scene, amounts)
        if pair is not None:
            yield from _in_step(scene, pair, percent)


def _words_of(scene: Scene, number: int) -> str:
    sentence = scene.sentences[number]
    return scene.report.view[sentence.start : sentence.end].lower()


def _rows(scene: Scene, number: int) -> Iterator[tuple[int, ...]]:
    """The bare lists of two or more plain figures of one kind and unit in a sentence."""
    run: list[int] = []
    for claim in scene.by_sentence[number]:
        a = scene.claims[claim].figure
        plain = a.upper is None and not a.modifier and a.kind in ("absolute", "percent") and a.dimension != "time"
        b = scene.claims[run[-1]].figure if run else None
        alike = b is not None and a.kind == b.kind and same_measure(scene.claims[run[-1]], scene.claims[claim])
        if run and plain and alike and run[-1] == claim - 1 and _JOINT.fullmatch(scene.between(run[-1], claim)):
            run.append(claim)
            continue
        if len(run) > 1:
            yield tuple(run)
        run = [claim] if plain else []
    if len(run) > 1:
        yield tuple(run)


def _levels_and_priors(
    scene: Scene, amounts: Sequence[tuple[int, ...]]
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Two rows of one measure with words between them that set one against the other."""
    if len(amounts) != 2 or not same_measure(scene.claims[amounts[0][0]], scene.claims[amounts[1][0]]):
        return None
    first, second = amounts
    between = scene.between(first[-1], second[0])
    if len(between.split()) > _FARTHEST:
        return None
    if _AGAINST.search(between) is not None:
        return first, second
    return (second, first) if _LED_TO.search(between) is not None else None


def _in_step(
    scene: Scene, pair: tuple[tuple[int, ...], tuple[int, ...]], percents: Sequence[int]
) -> Iterator[Relation]:
    levels, priors = pair
    built = [_growth(scene, *three) for three in zip(levels, priors, percents, strict=True)]
    off = [relation for relation in built if agreement(relation, scales(scene.book)) == "none"]
    if len(off) <= 1 or (len(built) > _FEWEST and len(off) < len(built)):
        yield from built


def _growth(scene: Scene, level: int, prior: int, percent: int) -> Relation:
    roles = (("level", level), ("prior", prior), ("percent", percent))
    operands = tuple(operand(role, scene.claims[n]) for role, n in roles)
    reason = "as many levels, figures before them and percentages, in one order"
    return Relation("growth", operands, scene.scope_of(level, prior, percent), "high", "growth.in-turn", reason)
