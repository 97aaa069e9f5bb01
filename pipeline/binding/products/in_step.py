"""Three rows in turn, of numbers, of what each is worth and of what they make → a product each.

`The mills ground 4,120, 3,180 and 2,640 tonnes at $42, $45 and $48, earning $173,040, $143,100 and $126,720`: all but
one of them in step tell what the rows are, and so where the one is out of step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from pipeline.binding.scene import Scene, operand
from pipeline.formulas import agreement
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_JOINT = lazy(r"\W*(?:and|or)?\W*")
_ROWS, _FEWEST = 3, 2
_NEAR = 6  # rows: so near to one another three are in turn


def bind(scene: Scene) -> Iterator[Relation]:
    """The products of all rows of a report that are in step but for one."""
    for number in scene.holding(_ROWS * _FEWEST):
        rows = list(_rows(scene, number))
        for size in {len(row) for row in rows}:
            alike = [row for row in rows if len(row) == size]
            if len(alike) >= _ROWS:
                yield from next(_in_step(scene, alike), ())


def _rows(scene: Scene, number: int) -> Iterator[tuple[int, ...]]:
    run: list[int] = []
    for claim in scene.by_sentence[number]:
        figure = scene.claims[claim].figure
        plain = _is_plain(figure)
        goes_on = plain and run and _is_alike(scene.claims[run[-1]].figure, figure)
        if goes_on and _JOINT.fullmatch(scene.between(run[-1], claim)):
            run.append(claim)
            continue
        if len(run) >= _FEWEST:
            yield tuple(run)
        run = [claim] if plain else []
    if len(run) >= _FEWEST:
        yield tuple(run)


def _is_plain(figure: Figure) -> bool:
    plain = figure.kind in ("absolute", "rate") and figure.upper is None and not figure.modifier
    return plain and figure.dimension != "time" and figure.number.value > 0


def _is_alike(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit or not one.unit or not other.unit


def _in_step(scene: Scene, rows: Sequence[tuple[int, ...]]) -> Iterator[list[Relation]]:
    for counts, ones, totals in _in_turn(rows):
        if not counts < totals or _unit(scene, ones) != _unit(scene, totals) or not _unit(scene, ones):
            continue
        if _unit(scene, counts) == _unit(scene, ones):
            continue
        built = [_product(scene, *three) for three in zip(counts, ones, totals, strict=True)]
        agreed = [agreement(relation, scales(scene.book)) in ("strict", "coarse") for relation in built]
        if any(agreed) and sum(agreed) >= len(agreed) - 1:
            yield built


def _in_turn(rows: Sequence[tuple[int, ...]]) -> Iterator[tuple[tuple[int, ...], ...]]:
    for n, first in enumerate(rows):
        near = [row for row in rows[max(0, n - _NEAR) : n + _NEAR + 1] if row is not first]
        yield from ((first, *others) for others in permutations(near, _ROWS - 1))


def _unit(scene: Scene, row: Sequence[int]) -> str:
    return next((unit for claim in row if (unit := scene.claims[claim].figure.unit)), "")


def _product(scene: Scene, count: int, one: int, total: int) -> Relation:
    rate = replace(scene.claims[one].figure, kind="rate")
    operands = (
        replace(operand("rate", scene.claims[one]), figure=rate),
        operand("count", scene.claims[count]),
        operand("total", scene.claims[total]),
    )
    why = "three rows stand in turn, and the others of them are in step"
    return Relation("product", operands, "sentence", "high", "product.in-step", why)
