"""The order of the binders, and what is left when two of them saw the same claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.binding import bounds, drawn, goes_on, implied, in_two, worked_out
from pipeline.binding.comparisons import comparison, now_and_then, the_shortfall, timing
from pipeline.binding.comparisons.soundness import without_levels
from pipeline.binding.counts import listing
from pipeline.binding.distant import distant
from pipeline.binding.doubted import doubted
from pipeline.binding.notes import noted
from pipeline.binding.products import product
from pipeline.binding.repeats import again, equals, extremes, mentions, rated
from pipeline.binding.repeats.two_things import without_two_things
from pipeline.binding.scene import Outcome, Scene
from pipeline.binding.shares import concluded, shares
from pipeline.binding.sums import parts
from pipeline.exact import lent
from pipeline.formulas import KINDS, agreement
from pipeline.model import Claim, Considered, Cue, Operand, Relation, Report, Section, Sentence, Skip
from pipeline.rulebook import Rulebook
from pipeline.rulebook.scales import scales

# What relations are known by: their kind, and their figures in their roles.
Key = tuple[str, tuple[tuple[str, str], ...]]

# One line a family of kinds.
BINDERS: tuple[Callable[[Scene], Outcome], ...] = (
    comparison.bind,
    parts.bind,
    shares.bind,
    product.bind,
    listing.bind,
    timing.bind,
    equals.bind,
    rated.bind,
    extremes.bind,
    mentions.bind,
    again.bind,
    in_two.bind,
    worked_out.bind,
    goes_on.bind,
    implied.bind,
    bounds.bind,
)


@dataclass(frozen=True, slots=True)
class Bound:
    """What binding made of the claims: the relations, and what it considered and did not build."""

    relations: tuple[Relation, ...]
    considered: tuple[Considered, ...]


def bind(
    report: Report,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    claims: Sequence[Claim],
    skips: Sequence[Skip],
    cues: Sequence[Cue],
    book: Rulebook,
) -> Bound:
    """All relations of a report, in the order of their first claim."""
    scene = Scene(report, sections, sentences, claims, skips, cues, book)
    scene = replace(scene, cues=tuple(without_levels(scene)))
    relations: dict[Key, Relation] = {}
    considered: list[Considered] = []
    for binder in BINDERS:
        bound, left = binder(scene)
        for relation in bound:
            key = (relation.kind, tuple((o.role, o.ref) for o in relation.operands))
            # What a later binder is sure of counts, though an earlier one saw the same and was not.
            if key not in relations or (relation.confidence == "high" != relations[key].confidence):
                relations[key] = relation
        considered.extend(left)
    for relation in now_and_then.bind(scene, list(relations.values())):
        relations[relation.kind, tuple((o.role, o.ref) for o in relation.operands)] = relation
    for relation in concluded.bind(scene, list(relations.values())):
        relations = {key: one for key, one in relations.items() if not concluded.takes_the_place_of(relation, one)}
        relations[relation.kind, tuple((o.role, o.ref) for o in relation.operands)] = relation
    for relation in the_shortfall.bind(scene, list(relations.values())):
        relations[relation.kind, tuple((o.role, o.ref) for o in relation.operands)] = relation
    for relation in drawn.bind(scene, list(relations.values())):
        relations.setdefault((relation.kind, tuple((o.role, o.ref) for o in relation.operands)), relation)
    for found in distant.bind(scene, list(relations.values())):
        if isinstance(found, Considered):
            considered.append(found)
            continue
        key = (found.kind, tuple((o.role, o.ref) for o in found.operands))
        if key not in relations or (found.kind == "repeat" and found.confidence == "high"):
            relations[key] = found
    sound = without_two_things(_of_one_mind(_in_full(list(relations.values()), book), book), book)
    once_more = list(doubted(scene, [_unsigned(_in_one_size(relation, book)) for relation in sound]))
    considered.extend(one for one in once_more if isinstance(one, Considered))
    ordered = sorted(
        noted(scene, _once([one for one in once_more if isinstance(one, Relation)])),
        key=lambda r: (min(o.start for o in r.operands), r.kind, [o.start for o in r.operands]),
    )
    return Bound(tuple(ordered), tuple(sorted(considered, key=lambda c: (c.start, c.end, c.kind, c.rule))))


def _in_one_size(relation: Relation, book: Rulebook) -> Relation:
    """A relation that does not agree with its bare figures in the multiplier of those they are set against: `11.31
    million tonnes, of which power took 1.63`. A rate is no part of what it makes."""
    roles = () if relation.kind == "product" else KINDS[relation.kind].groups
    if (
        not any(o.figure is not None and o.figure.number.multiplier > 1 for o in relation.operands)
        or agreement(relation, scales(book)) != "none"
    ):
        return relation
    operands = list(relation.operands)
    for group in roles:
        figures = [o.figure for o in operands if o.role in group and o.figure is not None]
        lender = max(figures, key=lambda f: f.number.multiplier, default=None)
        if lender is None or lender.number.multiplier == 1:
            continue
        for n, one in enumerate(operands):
            bare = one.figure is not None and (not one.figure.unit or one.figure.end == one.figure.number_end)
            if one.role in group and one.figure is not None and bare and one.figure.number.multiplier == 1:
                operands[n] = replace(one, figure=lent(one.figure, lender))
    return replace(relation, operands=tuple(operands))


def _unsigned(relation: Relation) -> Relation:
    """A fall that is told by words and by a sign as well, told once: `a decrease of 20,428 persons (-5.5%)`."""
    if relation.kind != "growth" or relation.direction >= 0:
        return relation
    operands = []
    for one in relation.operands:
        figure = one.figure
        if (
            one.role in ("change", "percent")
            and figure is not None
            and figure.upper is None
            and figure.number.value < 0
        ):
            figure = replace(figure, number=replace(figure.number, value=-figure.number.value))
        operands.append(replace(one, figure=figure))
    return replace(relation, operands=tuple(operands))


def _once(relations: Sequence[Relation]) -> list[Relation]:
    """The relations without what another says too, with as much confidence or more."""
    kept: dict[Key, Relation] = {}
    for relation in sorted(relations, key=lambda r: r.confidence != "high"):
        kept.setdefault((relation.kind, tuple((o.role, o.ref) for o in relation.operands)), relation)
    return list(kept.values())


def _in_full(relations: list[Relation], book: Rulebook) -> list[Relation]:
    """Without sums that lack a part which another has, and agrees: `230 came from the state. With 41 and 19 of our own
    the total was 290.`"""
    whole: dict[str, list[frozenset[str]]] = defaultdict(list)
    for relation in relations:
        if relation.kind == "sum" and agreement(relation, scales(book)) == "strict":
            whole[_total(relation)].append(frozenset(o.ref for o in relation.operands))
    return [r for r in relations if not (r.kind == "sum" and _lacks(r, whole.get(_total(r), ()), book))]


def _lacks(one: Relation, whole: Sequence[frozenset[str]], book: Rulebook) -> bool:
    refs = frozenset(o.ref for o in one.operands)
    return any(refs < held for held in whole) and agreement(one, scales(book)) == "none"


def _total(relation: Relation) -> str:
    return next(o.ref for o in relation.operands if o.role == "total")


def _of_one_mind(relations: list[Relation], book: Rulebook) -> list[Relation]:
    """Without what contradicts a percentage that agrees elsewhere: `by £262 million (51.3%) to £249 million` is growth,
    and no share of the £493 million before."""
    leading: dict[str, list[Relation]] = {}
    for relation in relations:
        for operand in relation.operands:
            if operand.role == "percent":
                leading.setdefault(operand.ref, []).append(relation)
    dropped: set[int] = set()
    for rivals in leading.values():
        if len({r.kind for r in rivals}) > 1:
            agreed = [agreement(r, scales(book)) for r in rivals]
            sure = {r.confidence for r, a in zip(rivals, agreed, strict=True) if a == "strict"}
            off = [r for r, a in zip(rivals, agreed, strict=True) if a == "none"]
            # What words only allow does not outweigh what they say.
            dropped |= {id(r) for r in off if "high" in sure or (sure and r.confidence != "high")}
    return list(_of_its_list([r for r in relations if id(r) not in dropped], book))


def _of_its_list(relations: list[Relation], book: Rulebook) -> Iterator[Relation]:
    """The relations, where a share that does not agree with its whole is one of the total of its own list: `Of the 84.0
    million 79.8 million was spent. Salaries took 47.9 million (60%), drugs 19.9 million (25%) and the rest 12.0`."""
    totals: dict[str, list[Operand]] = defaultdict(list)
    for relation in relations:
        if relation.kind == "sum" and agreement(relation, scales(book)) == "strict":
            over = [o for o in relation.operands if o.role == "total"]
            for o in relation.operands:
                if o.role == "part":
                    totals[o.ref] += over
    for relation in relations:
        parts = [o for o in relation.operands if o.role == "part"]
        own = totals.get(parts[0].ref, ()) if relation.kind == "share" and len(parts) == 1 else ()
        if own and agreement(relation, scales(book)) == "none":
            others = (replace(relation, operands=_with_whole(relation, total), confidence="low") for total in own)
            yield next((one for one in others if agreement(one, scales(book)) == "strict"), relation)
        else:
            yield relation


def _with_whole(relation: Relation, total: Operand) -> tuple[Operand, ...]:
    return tuple(replace(total, role="whole") if o.role == "whole" else o for o in relation.operands)
