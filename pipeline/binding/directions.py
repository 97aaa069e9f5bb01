"""A word of change over two figures → direction: `increased from 4 to 2`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.binding.soundness import loss
from pipeline.model import Relation


def after(scene: Scene, built: Sequence[Relation]) -> Iterator[Relation]:
    """`Increased from 4 to 2`: a word of change over two figures that no percent or change speaks of."""
    spoken = {o.ref for r in built for o in r.operands if o.role in ("level", "prior")}
    for cue in scene.cues:
        roles = {role: ref for role, ref in cue.roles if ref >= 0}
        if cue.kind != "growth" or not cue.frame or not cue.direction or set(roles) != {"prior", "level"}:
            continue
        prior, level = scene.claims[roles["prior"]], scene.claims[roles["level"]]
        if prior.claim_id in spoken or level.claim_id in spoken or not same_measure(prior, level):
            continue
        if min(prior.figure.number.value, level.figure.number.value) < 0 or loss(scene, roles["prior"]) != loss(
            scene, roles["level"]
        ):
            continue
        spoken |= {prior.claim_id, level.claim_id}
        words = " ".join(scene.report.text[cue.start : cue.end].split())
        operands = (operand("prior", prior), operand("level", level))
        yield Relation("direction", operands, "sentence", "high", cue.rule, f"“{words}”", cue.direction)
