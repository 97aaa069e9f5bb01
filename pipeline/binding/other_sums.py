"""Which sum may have been meant by one whose figures do not agree: with a figure more, without one, with another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations, product

from pipeline.binding.scene import Scene, countable, operand
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Operand, Relation
from pipeline.rulebook.scales import scales

# Scopes in which what stands in turn in one sentence is bound by its subject, and not by its place.
_FAR = ("section", "document")
# So many steps of its last digit a figure has that others hardly make by chance.
_FINE = 100
# A sum of two parts, and that with its total.
_PAIR, _THREE = 2, 3
# Of so many ways for each step of a total one makes it by chance too often.
_CHANCE = 20
# Rules by which words close a list, or tell its sides: it has no part more or less, and none on the other side.
_CLOSED = frozenset(("sum.rest-behind", "sum.told-the-other-way-round"))
# Rules of lists of lines, each of which is a part.
_IN_LINES = ("lines-of-a-total", "total-of-the-lines")
_SUMMED = ("total", "part", "less")


def with_another(scene: Scene, relation: Relation) -> Relation:
    """A sum that does not agree; with one figure more of its sentence, with that for one of its parts, or without a
    part that stands in a sentence of its own, where it then does: `19.7 million, up from
    18.9, to which it added 4.9 …, of the combined 24.6`."""
    if relation.rule in _CLOSED:
        return relation
    for one in (
        *(*_other_sums(scene, relation), *_without_a_part(scene, relation), *_other_totals(scene, relation)),
        *(*_with_the_next(scene, relation), *_rearranged(relation), *_otherwise_made(scene, relation)),
    ):
        if agreement(one, scales(scene.book)) == "strict":
            why = f"{relation.reason}, and with another figure or other roles it would agree"
            return replace(one, operands=tuple(sorted(one.operands, key=_by_place)), confidence="low", reason=why)
    return relation


def has_parts_of_parts(relation: Relation) -> bool:
    """Whether one part is what the others make, as they are printed: `689 hold the title. 413 of them have a degree.
    The other 276 do not.`"""
    parts = [o.figure.number for o in relation.operands if o.role == "part" and o.figure is not None]
    largest = max(parts, key=lambda p: p.value, default=None)
    if largest is None or len(parts) <= _PAIR or largest.value < _FINE * largest.step:
        return False
    return largest.value * 2 == sum((p.value for p in parts), Fraction(0))


def _other_sums(scene: Scene, relation: Relation) -> Iterator[Relation]:
    if relation.scope in _FAR:
        return
    held, near = {o.ref for o in relation.operands}, relation.scope == "sentence"
    row = _row(scene, relation)
    own = next((c for c in row if c.claim_id in held), None)
    # Of few things another number makes the total by chance.
    fine = any(abs(o.figure.number.value) >= _FINE * o.figure.number.step for o in relation.operands if o.figure)
    for other in row:
        if own is None or other.claim_id in held or not countable(other, own) or not is_with(scene, relation, other):
            continue
        if near or fine:
            yield replace(relation, operands=(*relation.operands, operand("part", other)))
        if fine:
            yield replace(relation, operands=(*relation.operands, operand("less", other)))
        if near:
            yield from (with_claim(relation, n, other) for n, o in enumerate(relation.operands) if o.role == "part")


def _otherwise_made(scene: Scene, relation: Relation) -> Iterator[Relation]:
    """With other figures of its sentence, added and taken off, where so few ways hardly make a total by chance: `1,968
    officers, 1,921 of them full-time equivalents, after 214 joined and 151 left; a year ago it was therefore 1,905`."""
    total = next((o for o in relation.operands if o.role == "total" and o.figure is not None), None)
    if relation.scope != "sentence" or total is None or total.figure is None:
        return
    over = next((c for c in _row(scene, relation) if c.claim_id == total.ref), None)
    row = [c for c in _row(scene, relation) if over is not None and c is not over and countable(c, over)]
    ways = [
        [operand(role, c) for role, c in zip(("part", *roles), some, strict=True)]
        for many in range(_PAIR, min(len(row), _THREE) + 1)
        for some in permutations(row, many)
        if [c.figure.start for c in some[1:]] == sorted(c.figure.start for c in some[1:])
        for roles in product(("part", "less"), repeat=many - 1)
    ]
    if len(ways) * _CHANCE * total.figure.number.step <= abs(total.figure.number.value):
        yield from (replace(relation, operands=(total, *way)) for way in ways)


def _row(scene: Scene, relation: Relation) -> Sequence[Claim]:
    """The figures of its sentence; where it goes over two, those between its own: `a surplus of 12.55 million. Interest
    took 6.92 million, but we gained 0.71 million on sales, leaving 6.34 million`."""
    starts = [o.start for o in relation.operands]
    if relation.scope == "sentence":
        return [scene.claims[n] for n in scene.by_sentence[scene.sentence_at(starts[0])]]
    return scene.claims[bisect_left(scene.starts, min(starts)) : bisect_left(scene.starts, max(starts)) + 1]


def _rearranged(relation: Relation) -> Iterator[Relation]:
    """With another of its figures for the total, and whatever their signs: `a balance of −1.62; with errors of −2.68,
    the deficit came to 4.30`."""
    if len(relation.operands) != _THREE or any(o.figure is None or o.role not in _SUMMED for o in relation.operands):
        return
    signs = {o.figure.number.value < 0 for o in relation.operands if o.figure is not None}
    # `a deficit of 155, which is 43 less than a year earlier, when it stood at 198`
    turned = {"part": "less", "less": "part"}
    values = {o.role: o.figure.number.value for o in relation.operands if o.figure is not None}
    if set(values) == set(_SUMMED) and values["less"] - values["part"] == values["total"]:
        yield replace(relation, operands=tuple(replace(o, role=turned.get(o.role, o.role)) for o in relation.operands))
    for n in range(_THREE) if len(signs) > 1 else ():
        yield replace(
            relation,
            operands=tuple(
                replace(_unsigned(o), role="total" if k == n else "part") for k, o in enumerate(relation.operands)
            ),
        )


def _unsigned(one: Operand) -> Operand:
    assert one.figure is not None
    number = replace(one.figure.number, value=abs(one.figure.number.value))
    return replace(one, figure=replace(one.figure, number=number))


def _with_the_next(scene: Scene, relation: Relation) -> Iterator[Relation]:
    """With the first figure of the sentence behind its parts: `… and trade 41 million. Other fees made up the balance,
    36 million.`"""
    last = max(relation.operands, key=lambda o: o.start)
    number = scene.sentence_at(last.start) + 1
    if last.role != "part" or number >= len(scene.sentences) or not scene.by_sentence[number]:
        return
    here, after = scene.claims[bisect_left(scene.starts, last.start)], scene.claims[scene.by_sentence[number].start]
    near = scene.sentences[number].paragraph == scene.sentences[number - 1].paragraph
    # Of few things another number makes the total by chance.
    near = near and any(
        abs(o.figure.number.value) >= _FINE * o.figure.number.step for o in relation.operands if o.figure
    )
    if near and after.figure.kind == here.figure.kind and countable(after, here):
        yield replace(relation, operands=(*relation.operands, operand("part", after)))


def _other_totals(scene: Scene, relation: Relation) -> Iterator[Relation]:
    """With a total that stands in the sentence of the parts: `it gained 14.7 million, of which 9.4 million here`."""
    homes = {scene.sentence_at(o.start) for o in relation.operands if o.role == "part"}
    place = next((n for n, o in enumerate(relation.operands) if o.role == "total"), None)
    if len(homes) != 1 or place is None or scene.sentence_at(relation.operands[place].start) in homes:
        return
    held, row = {o.ref for o in relation.operands}, [scene.claims[n] for n in scene.by_sentence[homes.pop()]]
    own = next((c for c in row if c.claim_id in held), None)
    yield from (
        with_claim(relation, place, c) for c in row if own is not None and c.claim_id not in held and countable(c, own)
    )


def _without_a_part(scene: Scene, relation: Relation) -> Iterator[Relation]:
    """Without a part that stands alone in a sentence of its own, or that is of other things than all the others: `1,240
    in Qingshui and 932 in the other nine counties`."""
    homes = [scene.sentence_at(o.start) for o in relation.operands]
    if relation.rule.endswith(_IN_LINES):
        return
    if sum(o.role == "part" for o in relation.operands) > _PAIR:
        for n, one in enumerate(relation.operands):
            others = {o.figure.unit for o in relation.operands if o is not one and o.figure is not None}
            apart = one.figure is not None and one.figure.unit and one.figure.unit not in others
            if one.role == "part" and (homes.count(homes[n]) == 1 or apart):
                yield replace(relation, operands=(*relation.operands[:n], *relation.operands[n + 1 :]))


def _by_place(one: Operand) -> tuple[bool, int]:
    return one.role != "total", one.start


def is_with(scene: Scene, relation: Relation, other: Claim) -> bool:
    """Whether a figure stands with those of a relation: not in rows, which are told apart by their place, and not
    beyond a semicolon: `25% above plan; 605 million was paid, 120 million more, a growth of 22%`."""
    start = min(other.figure.start, *(o.start for o in relation.operands))
    end = max(other.figure.end, *(o.end for o in relation.operands))
    first, last = (min(o.start for o in relation.operands), max(o.end for o in relation.operands))
    beyond = scene.report.view[start:first] + scene.report.view[last:end]
    return ";" not in beyond and (relation.scope in _FAR or not scene.says(other.sentence, "respectively"))


def with_claim(relation: Relation, place: int, claim: Claim) -> Relation:
    """A relation with a claim in the place of one of its operands."""
    operands: list[Operand] = list(relation.operands)
    operands[place] = operand(operands[place].role, claim)
    return replace(relation, operands=tuple(operands))
