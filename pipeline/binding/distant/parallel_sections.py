"""Sections in turn, `Scheme A`, `Scheme B`, `Scheme C`, with one amount of money each, and what they come to → sum.

The total stands before them. They make it, or miss it by a slip of the pen, and no other amount is made so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.binding.slipped import ANY, STRONG, fineness, slips
from pipeline.binding.sums.runs import aimed, eligible
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_LABEL = lazy(r"\b([A-Za-z]{3,})\s+(\d{1,2}|[IVX]{1,4}|[A-H])\b")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_RANK = {mark: n for marks in ("ABCDEFGH", [str(n) for n in range(1, 20)], _ROMAN) for n, mark in enumerate(marks)}
_FEWEST = 3
# A total of fewer steps is told by two digits in the wrong order, near what the parts make.
_FINE, _NEAR = 10_000, Fraction(1, 8)


def bind(scene: Scene, taken: frozenset[str]) -> Iterator[Relation]:
    """All such totals of a report. `taken` are the refs of what makes a sum already."""
    for sections in _in_turn(scene):
        parts = [_sole(scene, number) for number in sections]
        held = [p for p in parts if p is not None]
        if len(held) != len(parts) or any(scene.claims[p].claim_id in taken for p in held):
            continue
        if not all(same_measure(scene.claims[a], scene.claims[b]) for a, b in pairwise(held)):
            continue
        relation = _meant(scene, held)
        if relation is not None:
            yield relation


def _in_turn(scene: Scene) -> Iterator[list[int]]:
    """The sections, three or more, whose headings have one label and its marks in turn."""
    run: list[int] = []
    last = ("", -1)
    for number, section in enumerate(scene.sections):
        found = _LABEL.findall(section.heading) if section.kind == "body" else []
        label, rank = (found[-1][0].lower(), _RANK.get(found[-1][1], -1)) if found else ("", -1)
        if run and (label, rank) == (last[0], last[1] + 1):
            run.append(number)
        else:
            if len(run) >= _FEWEST:
                yield run
            run = [number] if label and rank == 0 else []
        last = label, rank
    if len(run) >= _FEWEST:
        yield run


def _sole(scene: Scene, number: int) -> int | None:
    """The one amount of money of a section."""
    section = scene.sections[number]
    within = range(bisect_left(scene.starts, section.body), bisect_left(scene.starts, section.end))
    money = [c for c in within if scene.claims[c].figure.dimension == "money"]
    found = [c for c in money if eligible(scene, c) and not aimed(scene, c) and not scene.claims[c].figure.modifier]
    return found[0] if len(money) == len(found) == 1 else None


def _meant(scene: Scene, parts: Sequence[int]) -> Relation | None:
    """The sum of the one total before that agrees; else of the only one that a slip explains."""
    largest = max(scene.claims[p].figure.number.value for p in parts)
    made = sum((scene.claims[p].figure.number.value for p in parts), Fraction(0))
    totals = [
        c
        for c in range(parts[0])
        if same_measure(scene.claims[c], scene.claims[parts[0]])
        and scene.claims[c].figure.dimension == "money"
        and eligible(scene, c)
        and not scene.claims[c].figure.modifier
        and scene.claims[c].figure.number.value > largest
    ]
    relations = [_sum(scene, c, parts) for c in totals]
    agreed = [r for r in relations if agreement(r, scales(scene.book)) == "strict"]
    if agreed:
        return agreed[0]
    slipped = []
    for total, relation in zip(totals, relations, strict=True):
        near = abs(scene.claims[total].figure.number.value - made) <= made * _NEAR
        fine = max(fineness(o) for o in relation.operands) >= _FINE
        if near and slips(relation, scales(scene.book), STRONG if fine or len(totals) > 1 else ANY):
            slipped.append(relation)
    return slipped[0] if len(slipped) == 1 else None


def _sum(scene: Scene, total: int, parts: Sequence[int]) -> Relation:
    operands = (operand("total", scene.claims[total]), *(operand("part", scene.claims[p]) for p in parts))
    why = "sections in turn have one amount each, and their total stands before them"
    return Relation("sum", operands, scene.scope_of(total, *parts), "high", "sum.sections-in-turn", why)
