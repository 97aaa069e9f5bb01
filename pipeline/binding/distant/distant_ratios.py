"""A level that is so many times what a phrase names far off: `equals 20 times the anti-poverty funds` → ratio."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.binding.names import Names, phrases, sole
from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.binding.slipped import one_slip_away
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Considered, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_OF_WHAT = lazy(
    r"\s*(?:that of |of )?(?=(?:the|its|our|their|all)\b)(?!the (?:previous|year|last|same|figure|level)\b)"
)
_MANY = Fraction(1)
_ENOUGH = 4
_TELLING = Fraction(1, 8)


def bind(scene: Scene, names: Names, held: frozenset[str]) -> Iterator[Relation | Considered]:
    """The ratios to amounts that phrases name. `held` are the refs of factors that are bound already."""
    for n, claim in enumerate(scene.claims):
        figure = claim.figure
        if (
            claim.claim_id in held
            or figure.kind != "factor"
            or figure.number.value <= _MANY
            or figure.upper is not None
        ):
            continue
        of = _OF_WHAT.match(scene.after(n) + " ")
        before = n - 1
        if of is None or before < 0 or scene.claims[before].sentence != claim.sentence:
            continue
        if scene.claims[before].figure.kind != "absolute" or "change" in scene.roles(before, "growth"):
            continue
        found = _bound(scene, names, before, n, (scene.after(n) + " ")[of.end() :])
        if found is not None:
            yield found


def _bound(scene: Scene, names: Names, level: int, factor: int, text: str) -> Relation | Considered | None:
    """The ratio that agrees; else the one that words name outright and a slip explains."""

    def fits(m: int) -> bool:
        return scene.claims[m].figure.kind == "absolute" and same_measure(scene.claims[level], scene.claims[m])

    sizes, figure = scales(scene.book), scene.claims[factor].figure
    for phrase in phrases(text):
        found = names.find(phrase, factor, fits)
        best = sole(scene, found)
        for one in found[:_ENOUGH]:
            roles = {"level": level, "prior": one.claim, "factor": factor}
            operands = tuple(operand(role, scene.claims[m]) for role, m in roles.items())
            scope = scene.scope_of(*roles.values())
            certain = one.claim == best
            reason = "a phrase names what it is so many times of"
            relation = Relation(
                "ratio", operands, scope, "high" if certain else "medium", "ratio.of-what-is-named", reason, 0, "of"
            )
            agreed = agreement(relation, sizes)
            if agreed in ("strict", "open") or (certain and agreed == "coarse"):
                return relation
            if certain and agreed == "none" and one_slip_away(relation, sizes, least=_TELLING):
                return relation
        if found:
            return Considered("ratio", figure.start, figure.end, "what is named far off does not agree", figure.rule)
    return None
