"""The distance from a plan that the sentence before tells by a percentage → target: `31,450 hectares, 92.5 percent of
the 34,000 targeted. The shortfall of 2,550 hectares lies in the north.`

`The shortfall` points back at a plan and its outcome; they are the only ones there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.binding.comparisons.two_times import is_like, is_plain
from pipeline.binding.scene import Scene, counted_alike, operand
from pipeline.model import Operand, Relation
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
    roles: Mapping[str, Operand] = {o.role: o for o in plan.operands}
    if not {"level", "target", "percent"} <= roles.keys() or "change" in roles:
        return None
    start, own = scene.sentences[scene.claims[claim].sentence].start, scene.claims[claim].figure.start
    said = next((found for words in (_UNDER, _OVER) if (found := words.match(scene.low, start, own))), None)
    if said is None or _OF.fullmatch(scene.low, said.end(), own) is None or not is_plain(scene, claim):
        return None
    level = bisect_left(scene.starts, roles["level"].start)
    if not is_like(scene, claim, level):
        return None
    change = operand("change", counted_alike(scene.claims[level], scene.claims[claim]))
    return replace(
        plan,
        operands=(roles["level"], roles["target"], change),
        scope="neighbour",
        rule="target.distance-told-next",
        reason="words tell of the distance from the plan in the sentence before",
        direction=-1 if said.re.pattern == _UNDER.pattern else 1,
    )
