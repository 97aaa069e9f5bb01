"""A percent of an amount whose whole, or target, is told in another section in words of its own → share, target.

`The Board approved a budget of 1,250 million`, and a section below `1,050 million, i.e. 84% of the sum sanctioned`.
Where `distant_shares` follows a phrase to the one amount that it names, the words about the figures are weighed
together; the only larger amount of a report's unit is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.binding.distant.matter import Matters, Tied, settled
from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.model import Cue, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_HUNDRED = 100
_TIMES = 2
_OF = lazy(r"\s*of\b")
_NOT_LEVELS = frozenset(("change", "percent", "prior"))


def bind(scene: Scene, matters: Matters, held: frozenset[str], bound: Sequence[Relation]) -> Iterator[Relation]:
    """The shares that find part and whole by what they are about. `held` are the refs of percents bound already."""
    paired = frozenset((a.ref, b.ref) for r in bound if r.kind != "repeat" for a in r.operands for b in r.operands)
    for n, claim in enumerate(scene.claims):
        figure = claim.figure
        if claim.claim_id in held or figure.kind != "percent" or figure.upper is not None or figure.modifier:
            continue
        cue = next((c for r, c in scene.cues_of.get(n, ()) if c.kind in ("share", "target") and r == "percent"), None)
        if cue is not None and "percent" not in scene.roles(n, "growth"):
            relation = settled(list(_candidates(scene, matters, n, cue, paired)), scales(scene.book))
            if relation is not None:
                yield relation


def _candidates(scene: Scene, matters: Matters, n: int, cue: Cue, paired: frozenset[tuple[str, str]]) -> Iterator[Tied]:
    number = scene.claims[n].sentence
    part = _told(scene, [m for m in scene.by_sentence[number] if m < n])
    if part is None and scene.says(number, "this"):
        # `30.6 million was disbursed. At 85 per cent of the plan this is …`
        part = _told(scene, scene.by_sentence[number - 1] if number else ())
    if part is None:
        return
    larger = _larger(scene, part)
    for whole in larger:
        if (scene.claims[part].claim_id, scene.claims[whole].claim_id) in paired or not _fits(
            scene, n, part, whole, cue
        ):
            continue
        target, sole = cue.kind == "target", larger == [whole]
        tie = matters.tie(n, whole) + matters.tie(part, whole)
        if not tie and not (sole and target):
            continue
        roles = (("level", part), ("target", whole)) if target else (("part", part), ("whole", whole))
        operands = (*(operand(role, scene.claims[m]) for role, m in roles), operand("percent", scene.claims[n]))
        reason = "a percent of an amount told before it, and a larger one that the same words are said of"
        scope = scene.scope_of(n, part, whole)
        relation = Relation(cue.kind, operands, scope, "high", cue.rule, reason, cue.direction, cue.mode)
        outright = target and sole and _near_in_size(scene, n, part, whole) and _OF.match(scene.after(n)) is not None
        yield Tied(relation, tie + (target and "target" in scene.roles(whole, "target")), outright)


def _told(scene: Scene, figures: Iterable[int]) -> int | None:
    """The last amount of some figures; none where another is told beside it."""
    told = [m for m in figures if _may_be_level(scene, m)]
    return told[-1] if told else None


def _larger(scene: Scene, part: int) -> list[int]:
    """The amounts of a report that are more than one of their unit, each value once."""
    a = scene.claims[part].figure
    more = {
        scene.claims[m].figure.number.value: m
        for m in scene.by_unit.get(a.unit, ())
        if a.unit and scene.claims[m].figure.number.value > a.number.value and _may_be_level(scene, m)
    }
    return sorted(more.values())


def _near_in_size(scene: Scene, n: int, part: int, whole: int) -> bool:
    """Whether what two amounts make is near to a percent: farther off they are not meant."""
    made = scene.claims[part].figure.number.value / scene.claims[whole].figure.number.value * _HUNDRED
    told = scene.claims[n].figure.number.value
    return told < made * _TIMES and made < told * _TIMES


def _may_be_level(scene: Scene, m: int) -> bool:
    figure = scene.claims[m].figure
    if figure.kind != "absolute" or figure.upper is not None or figure.number.manner != "digits":
        return False
    return (
        figure.dimension != "time"
        and not figure.per
        and figure.modifier in ("", "~")
        and not (_NOT_LEVELS & scene.roles(m, "growth").keys())
    )


def _fits(scene: Scene, n: int, part: int, whole: int, cue: Cue) -> bool:
    """Whether a larger amount of another section may be the whole of one of this."""
    if scene.same_section(whole, n) or not same_measure(scene.claims[part], scene.claims[whole]):
        return False
    a, b, percent = (scene.claims[m].figure.number.value for m in (part, whole, n))
    if cue.mode == "excess":
        return True
    return (a > b) == (percent > _HUNDRED)
