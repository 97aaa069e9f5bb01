"""A word of change over two figures → direction: `increased from 4 to 2`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.binding.comparisons.soundness import loss
from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.model import Cue, Relation

_IMPROVED = re.compile(r"(?:improv|better)")
_WORSENED = re.compile(r"(?:worsen|deteriorat)")
# What is better the more there is of it.
_THE_MORE_THE_BETTER = re.compile(
    r"\b(?:share|proportion|coverage|literacy|margins?|yields?|productivity|survival|enrolment|enrollment|attendance|"
    r"access|incomes?|profits?|cash flows?|earnings|output|scores?|efficiency|returns?)\b"
)
_AGAINST_IT = re.compile(
    r"\b(?:loss|losses|deficit|poverty|poor|unemploy\w*|mortality|dropouts?|arrears|costs?|without|no)\b"
)
_BEFORE = 80


def after(scene: Scene, built: Sequence[Relation]) -> Iterator[Relation]:
    """`Increased from 4 to 2`: a word of change over two figures that no percent or change speaks of."""
    spoken = {o.ref for r in built for o in r.operands if o.role in ("level", "prior")}
    for cue in scene.cues:
        roles = {role: ref for role, ref in cue.roles if ref >= 0}
        if cue.kind != "growth" or not cue.frame or set(roles) != {"prior", "level"}:
            continue
        direction = cue.direction or _for_better(scene, cue)
        if not direction:
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
        yield Relation("direction", operands, "sentence", "high", cue.rule, f"“{words}”", direction)


def _for_better(scene: Scene, cue: Cue) -> int:
    """`Coverage improved to 23% from 29%`: up, or down where it worsened, where more of it is better."""
    start = max(scene.sentences[scene.claims[cue.roles[0][1]].sentence].start, cue.start - _BEFORE)
    said, about = scene.report.view[cue.start : cue.end].lower(), scene.report.view[start : cue.start].lower()
    if _THE_MORE_THE_BETTER.search(about) is None or _AGAINST_IT.search(about) is not None:
        return 0
    return 1 if _IMPROVED.match(said) else -1 if _WORSENED.match(said) else 0
