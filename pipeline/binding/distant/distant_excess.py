"""A difference told again of a growth told before: `revenue exceeded that of 2017 by 115 million` → growth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.names import Names, keys
from pipeline.binding.scene import Scene, operand
from pipeline.binding.slipped import one_slip_away
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Considered, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_EXCEEDED = lazy(
    r"\b(exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|outstripp?(?:s|ed|ing)?|topped|been (?:higher|greater|more) than"
    r"|was (?:higher|greater|more) than|fallen short of|fell short of|been (?:lower|less) than|was (?:lower|less) than)"
    r" (?:that|those|the (?:figure|level|total|amount)) (?:of|in|for) (?:the year )?((?:19|20)\d\d)"
    r" by (?:about |some |as much as |nearly )?$"
)
_YEAR = lazy(r"\W{0,3}(?:in|of|for|during|at the end of) (?:the year |fy ?)?((?:19|20)\d\d)\b")
_DOWN = lazy(r"short|lower|less")
_WINDOW, _LEAD = 80, 110
_TELLING = Fraction(1, 8)


def bind(scene: Scene, names: Names, bound: Sequence[Relation]) -> Iterator[Relation | Considered]:
    """The differences from the figure of a year, with the level and the prior that a growth of that subject has."""
    at = {claim.claim_id: n for n, claim in enumerate(scene.claims)}
    held = {o.ref for r in bound if r.kind == "growth" for o in r.operands if o.role == "change"}
    for n, claim in enumerate(scene.claims):
        figure = claim.figure
        if figure.kind != "absolute" or figure.upper is not None or figure.modifier or claim.claim_id in held:
            continue
        start = scene.sentences[claim.sentence].start
        said = _EXCEEDED.search(scene.report.view[max(start, figure.start - _WINDOW) : figure.start].lower())
        if said is None:
            continue
        subject = keys(scene.report.view[max(start, figure.start - _LEAD) : figure.start].lower().split(said[0])[0])
        pairs = {
            (scene.claims[level].figure.number.value, scene.claims[prior].figure.number.value): (level, prior)
            for level, prior in _pairs(scene, bound, at)
            if scene.claims[level].figure.unit == figure.unit
            and _year_of(scene, prior) == said[2]
            and subject & (names.of(level) | names.of(prior))
        }
        if len(pairs) == 1:
            yield _told(scene, n, *next(iter(pairs.values())), -1 if _DOWN.search(said[1]) else 1)


def _pairs(scene: Scene, bound: Sequence[Relation], at: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Level and prior of the growths of amounts that nearer words have bound."""
    for relation in bound:
        roles = {o.role: at[o.ref] for o in relation.operands if o.ref in at}
        if relation.kind == "growth" and {"level", "prior"} <= set(roles):
            yield roles["level"], roles["prior"]


def _year_of(scene: Scene, claim: int) -> str:
    behind = _YEAR.match(scene.after(claim))
    return behind[1] if behind else scene.claims[claim].period


def _told(scene: Scene, n: int, level: int, prior: int, direction: int) -> Relation | Considered:
    operands = tuple(operand(r, scene.claims[m]) for r, m in (("level", level), ("prior", prior), ("change", n)))
    reason = "a difference is told again of a subject whose growth is told before"
    scope = scene.scope_of(level, prior, n)
    relation = Relation("growth", operands, scope, "high", "growth.exceeded-that-of", reason, direction)
    sizes = scales(scene.book)
    if agreement(relation, sizes) != "none" or one_slip_away(relation, sizes, least=_TELLING):
        return relation
    figure = scene.claims[n].figure
    return Considered("growth", figure.start, figure.end, "what is named far off does not agree", relation.rule)
