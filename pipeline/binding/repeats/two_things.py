"""Repeats of two values, held against all other relations: which are two things, and which one thing and a slip.

A figure that agrees with others as its twin would not is right, one that does not as its twin would is wrong. Where
both are right they are two figures; where one is, the other is the slip, though few words tie them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Printed, Relation
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
        right, belied = [], False
        for number in twins:
            about = [r for r in by_value.get(number.value, ()) if r.kind not in _LOOSE]
            wrong = _is_belied(about, number, twins, book)
            right.append(not wrong and _is_held(about, number, twins, book))
            belied = belied or wrong
        together = any(
            _values(r) >= {number.value for number in twins} and agreement(r, sizes) != "none"
            for r in by_value.get(twins[0].value, ())
        )
        # What is said twice and once otherwise, without a word in common, is no slip for being right.
        decided = belied or (any(right) and len(relation.operands) == len(twins))
        if all(right) or together or (relation.confidence != "high" and not decided):
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
        and all(agreement(other, sizes) == "none" for other in _with_twins(relation, number, twins))
        for relation in relations
    )


def _is_belied(relations: Sequence[Relation], number: Printed, twins: Sequence[Printed], book: Rulebook) -> bool:
    """Whether a relation does not agree with a number, and would with its twin."""
    sizes = scales(book)
    return any(
        agreement(relation, sizes) == "none"
        and any(agreement(other, sizes) == "strict" for other in _with_twins(relation, number, twins))
        for relation in relations
    )


def _with_twins(relation: Relation, number: Printed, twins: Sequence[Printed]) -> Iterator[Relation]:
    """A relation with each twin in the place of a number."""
    for twin in twins:
        if twin != number:
            operands = (
                replace(o, figure=replace(o.figure, number=twin))
                if o.figure is not None and o.figure.number.value == number.value
                else o
                for o in relation.operands
            )
            yield replace(relation, operands=tuple(operands))
