"""Repeats of two values, held against all other relations: which are two things, and which one thing and a slip.

A figure that agrees with others as its twin would not is right. Where both are, they are two figures; where one is, the
other is the slip, though few words tie them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Operand, Printed, Relation
from pipeline.rulebook import Rulebook
from pipeline.rulebook.scales import scales

# These hold of almost any two figures.
_LOOSE = frozenset(("repeat", "limit", "subset", "range", "direction"))


def without_two_things(relations: Sequence[Relation], book: Rulebook) -> list[Relation]:
    """Without repeats of two values that are two figures, or that too few words tie; those that one other relation
    decides are sure."""
    sizes = scales(book)
    apart = {id(r) for r in relations if r.kind == "repeat" and agreement(r, sizes) == "none"}
    if not apart:
        return list(relations)
    by_value: dict[Fraction, list[Relation]] = {}
    for relation in relations:
        if relation.kind != "repeat":
            for value in _values(relation):
                by_value.setdefault(value, []).append(relation)
    kept = []
    for relation in relations:
        if id(relation) not in apart:
            kept.append(relation)
            continue
        twins = list({o.figure.number.value: o.figure.number for o in relation.operands if o.figure}.values())
        right = [_is_held(by_value.get(number.value, ()), number, twins, book) for number in twins]
        together = any(
            _values(r) >= {number.value for number in twins} and agreement(r, sizes) != "none"
            for r in by_value.get(twins[0].value, ())
        )
        if all(right) or together or (relation.confidence != "high" and not any(right)):
            continue
        kept.append(replace(relation, confidence="high"))
    return kept


def _values(relation: Relation) -> frozenset[Fraction]:
    return frozenset(o.figure.number.value for o in relation.operands if o.figure and o.figure.kind == "absolute")


def _is_held(relations: Sequence[Relation], number: Printed, twins: Sequence[Printed], book: Rulebook) -> bool:
    """Whether a relation agrees with a number, and would not with one of its twins."""
    sizes = scales(book)
    return any(
        agreement(relation, sizes) == "strict"
        and all(
            agreement(other, sizes) == "none"
            for twin in twins
            if twin != number
            for other in _with(relation, number, twin)
        )
        for relation in relations
        if relation.kind not in _LOOSE
    )


def _with(relation: Relation, number: Printed, twin: Printed) -> Iterator[Relation]:
    """A relation with the twin in the place of a number."""

    def turned(operand: Operand) -> Operand:
        if operand.figure is None or operand.figure.number.value != number.value:
            return operand
        return replace(operand, figure=replace(operand.figure, number=twin))

    yield replace(relation, operands=tuple(map(turned, relation.operands)))
