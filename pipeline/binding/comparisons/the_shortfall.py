"""The distance from a plan that the sentence before tells by a percentage → target: `31,450 hectares, 92.5 percent of
the 34,000 targeted. The shortfall of 2,550 hectares lies in the north.`

`The shortfall` points back at a plan and its outcome; they are the only ones there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.binding.comparisons.two_times import is_like, is_plain
from pipeline.binding.scene import Scene, counted_alike, operand
from pipeline.model import Relation
from pipeline.patterns import lazy

_UNDER = lazy(r"\W*the (?:shortfall|gap|deficiency|underspend(?:ing)?|underrun|saving|shortage|remainder)\b")
_OVER = lazy(r"\W*the (?:excess|overshoot|overrun|overspend(?:ing)?|surplus)\b")
_OF = lazy(r"(?:,| of| is| was| amounts to| amounted to| comes to| came to) ?(?:thus |only |some |about )*\W?")


def bind(scene: Scene, found: Sequence[Relation]) -> Iterator[Relation]:
    """The distances from the plans of sentences before, of which nothing else tells."""
    plans: dict[int, list[Relation]] = {}
    for one in found:
        if one.kind == "target" and one.confidence == "high" and one.scope == "sentence":
            plans.setdefault(scene.sentence_at(one.operands[0].start), []).append(one)
    for number, told in plans.items():
        near = number + 1 < len(scene.sentences) and (
            scene.sentences[number].paragraph == scene.sentences[number + 1].paragraph
        )
        claims = scene.by_sentence[number + 1] if near and len(told) == 1 else ()
        if claims:
            relation = _distance(scene, told[0], claims[0])
            if relation is not None:
                yield relation


def _distance(scene: Scene, plan: Relation, claim: int) -> Relation | None:
    roles: Mapping[str, int] = {o.role: n for n, o in enumerate(plan.operands)}
    if not {"level", "target", "percent"} <= roles.keys() or "change" in roles:
        return None
    start, own = scene.sentences[scene.claims[claim].sentence].start, scene.claims[claim].figure.start
    way = -1 if _UNDER.match(scene.low, start, own) else 1 if _OVER.match(scene.low, start, own) else 0
    opens = (_UNDER if way < 0 else _OVER).match(scene.low, start, own)
    if not way or opens is None or _OF.fullmatch(scene.low, opens.end(), own) is None or not is_plain(scene, claim):
        return None
    level = next(n for n in scene.by_sentence[scene.claims[claim].sentence - 1] if _is(scene, n, plan, "level"))
    if not is_like(scene, claim, level):
        return None
    change = operand("change", counted_alike(scene.claims[level], scene.claims[claim]))
    two = tuple(o for o in plan.operands if o.role in ("level", "target"))
    why = "words tell of the distance from the plan in the sentence before"
    return replace(
        plan,
        operands=(*two, change),
        scope="neighbour",
        rule="target.distance-told-next",
        reason=why,
        direction=way,
    )


def _is(scene: Scene, claim: int, plan: Relation, role: str) -> bool:
    return any(o.role == role and o.ref == scene.claims[claim].claim_id for o in plan.operands)
