"""What was done, against a plan that another section names → target.

`The Bureau undertook to train 84,000 enumerators. … By now 63,000 had taken the course, 75 per cent of the number
undertaken`: words say that a percent is of a plan, and the report has one plan in the measure of what was done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.binding.ledger import Ledger
from pipeline.binding.scene import Scene, countable, operand
from pipeline.binding.slipped import STRONG, one_slip_away, slips
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Cue, Operand, Relation
from pipeline.rulebook.scales import scales

_TELLING = Fraction(1)
_BACK = 1


def bind(scene: Scene, bound: Sequence[Relation], compared: Collection[str]) -> Iterator[Relation]:
    """The percents of a plan told far off, and what in all was spent above or below a budget."""
    # A level with its change and percent leaves the plan open.
    without = {
        o.ref for r in bound if r.kind == "target" and "target" not in {o.role for o in r.operands} for o in r.operands
    }
    plans = [n for n in range(len(scene.claims)) if _is_plan(scene, n)]
    if not plans:
        return
    ledger, held = scene.once(Ledger), set(compared) - without
    for n, claim in enumerate(scene.claims):
        if claim.claim_id in held or claim.figure.upper is not None or claim.figure.modifier not in ("", "~"):
            continue
        said = scene.roles(n, "target")
        if "percent" in said and said["percent"].mode in ("of", "excess"):
            if said["percent"].mode == "of" and _is_of_a_rise(scene, n):
                continue
            level = _level(scene, n)
            found = _at(scene, ledger, plans, level, [operand("percent", claim)], said["percent"]) if level else None
        elif "change" in said and said["change"].mode == "in-all":
            found = _in_all(scene, ledger, plans, n, said["change"])
        else:
            continue
        if found is not None:
            yield found


def _is_of_a_rise(scene: Scene, percent: int) -> bool:
    """`The budget requested is 16.5 billion, 16.2 per cent over the financing of this year`"""
    cue = scene.roles(percent, "growth").get("percent")
    return cue is not None and cue.direction != 0


def _is_plan(scene: Scene, n: int) -> bool:
    return _is_plain(scene, n) and "target" in scene.roles(n, "target")


def _is_plain(scene: Scene, n: int) -> bool:
    figure = scene.claims[n].figure
    plain = figure.kind == "absolute" and figure.upper is None and figure.modifier in ("", "~") and not figure.per
    return plain and figure.dimension != "time" and figure.number.value > 0


def _level(scene: Scene, percent: int) -> int | None:
    """The amount told before a percent in its sentence, or the only one of the sentence before."""
    number = scene.claims[percent].sentence
    here = [n for n in scene.by_sentence[number] if n < percent and _is_plain(scene, n)]
    if here:
        return here[-1]
    before = scene.by_sentence[number - _BACK] if number else range(0)
    told = [n for n in before if _is_plain(scene, n)]
    return told[0] if len(told) == 1 and scene.same_section(told[0], percent) else None


def _at(
    scene: Scene, ledger: Ledger, plans: list[int], level: int, heads: list[Operand], cue: Cue, mode: str = ""
) -> Relation | None:
    """The relation with the one plan of the level's measure, before it and in another sentence."""
    claim = scene.claims[level]
    alike = [n for n in plans if n < level and scene.claims[n].sentence < claim.sentence and _fits(scene, n, level)]
    values = {scene.claims[n].figure.number.value for n in alike}
    if len(values) > 1:
        words = ledger.named(level)
        alike = [n for n in alike if words & ledger.named(n)]
        values = {scene.claims[n].figure.number.value for n in alike}
    if len(values) != 1 or level in alike:
        return None
    operands = (operand("level", claim), operand("target", scene.claims[alike[-1]]), *heads)
    why = "words set what was done against a plan, and the report names one in its measure"
    scope = scene.scope_of(alike[-1], level)
    relation = Relation("target", operands, scope, "high", "target.far-off", why, cue.direction, mode or cue.mode)
    sizes = scales(scene.book)
    if agreement(relation, sizes) != "none" or one_slip_away(relation, sizes, least=_TELLING):
        return relation
    return relation if slips(relation, sizes, STRONG) else None


def _fits(scene: Scene, plan: int, level: int) -> bool:
    a, b = scene.claims[plan].figure, scene.claims[level].figure
    return countable(scene.claims[plan], scene.claims[level]) and bool(a.unit) and bool(b.unit)


def _in_all(scene: Scene, ledger: Ledger, plans: list[int], change: int, cue: Cue) -> Relation | None:
    """`We draw attention to the overspend of $380,000`: of the one outturn told before."""
    told = [
        n
        for n in range(change)
        if "level" in (said := scene.roles(n, "target"))
        and said["level"].mode == "outturn"
        and _is_plain(scene, n)
        and scene.claims[n].figure.unit == scene.claims[change].figure.unit
    ]
    if len({scene.claims[n].figure.number.value for n in told}) != 1:
        return None
    return _at(scene, ledger, plans, told[-1], [operand("change", scene.claims[change])], cue, "excess")
