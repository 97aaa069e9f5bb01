"""The order of the binders, and what is left when two of them saw the same claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.binding import comparison, equals, listing, mentions, parts, product, shares, timing
from pipeline.binding.scene import Outcome, Scene
from pipeline.model import Claim, Considered, Cue, Relation, Report, Section, Sentence, Skip
from pipeline.rulebook import Rulebook

# One line a family of kinds.
BINDERS: tuple[Callable[[Scene], Outcome], ...] = (
    comparison.bind,
    parts.bind,
    shares.bind,
    product.bind,
    listing.bind,
    timing.bind,
    equals.bind,
    mentions.bind,
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
    relations: dict[tuple[str, tuple[tuple[str, str], ...]], Relation] = {}
    considered: list[Considered] = []
    for binder in BINDERS:
        bound, left = binder(scene)
        for relation in bound:
            key = (relation.kind, tuple((o.role, o.ref) for o in relation.operands))
            relations.setdefault(key, relation)
        considered.extend(left)
    ordered = sorted(
        relations.values(), key=lambda r: (min(o.start for o in r.operands), r.kind, [o.start for o in r.operands])
    )
    return Bound(tuple(ordered), tuple(sorted(considered, key=lambda c: (c.start, c.end, c.kind, c.rule))))
