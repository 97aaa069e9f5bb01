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
# `The plague killed, the town lost, from 30,000 to 50,000 people`: how many of them is not known, and nothing fell.
_RANGE_OF = re.compile(r"(?:lost|shed|cut|gained|raised|lifted|saved|spread|cost) from\b")
# `A profit of 2.4 million, up from revenues of 85 million`, `from 25 months of losses to 28 months of growth`.
_NAMED = re.compile(r"\b([a-z-]+) (?:of|at) \W*$")
_OF_WHAT = re.compile(r"\s*+of ([a-z -]+?)(?= (?:to|in|at|by|from|over|during|for|and|as)\b|[^a-z -]|$)")
_OUT_OF = re.compile(r"\d\S* (?:[a-z]+ )?of (?:the |all |its |[\w-]+(?: [\w-]+)?['’]s? )$")
_SLOWS = re.compile(r"\b(?:slow\w*|moderat\w*|eas(?:e|es|ed|ing)|decelerat\w*|cool\w*|weak\w*|soft\w*|growth)\b")
# The better the rank, the lower the number.
_RANK = re.compile(r"\b(?:rank\w*|place|position|spot|league table|index)\b")
_NAME = 40
# Figures so many times apart are of two things, or one of them is not read in full.
_UNLIKE = 1000
_BEFORE = 80


def after(scene: Scene, built: Sequence[Relation]) -> Iterator[Relation]:
    """`Increased from 4 to 2`: a word of change over two figures that no percent or change speaks of."""
    spoken = {o.ref for r in built for o in r.operands if o.role in ("level", "prior")}
    for cue in scene.cues:
        roles = {role: ref for role, ref in cue.roles if ref >= 0}
        if cue.kind != "growth" or not cue.frame or set(roles) != {"prior", "level"}:
            continue
        direction = cue.direction or _for_better(scene, cue)
        if not direction or _RANGE_OF.match(scene.report.view[cue.start : cue.end].lower()):
            continue
        prior, level = scene.claims[roles["prior"]], scene.claims[roles["level"]]
        if prior.claim_id in spoken or level.claim_id in spoken or not same_measure(prior, level):
            continue
        if min(prior.figure.number.value, level.figure.number.value) < 0 or loss(scene, roles["prior"]) != loss(
            scene, roles["level"]
        ):
            continue
        if prior.figure.dimension == "time" and scene.between(roles["prior"], roles["level"]).strip() == "after":
            continue
        if _RANK.search(scene.report.view[slice(*scene.clause_of(roles["level"]))].lower()):
            continue
        if _of_two_things(scene, roles["prior"], roles["level"]) or _is_whole(scene, roles["level"]):
            continue
        low, high = sorted((prior.figure.number.value, level.figure.number.value))
        if high > _UNLIKE * low > 0:
            continue
        if direction > 0 and level.figure.kind == "percent" and _slows(scene, cue):
            continue
        spoken |= {prior.claim_id, level.claim_id}
        words = " ".join(scene.report.text[cue.start : cue.end].split())
        operands = (operand("prior", prior), operand("level", level))
        yield Relation("direction", operands, "sentence", "high", cue.rule, f"“{words}”", direction)


def _of_two_things(scene: Scene, prior: int, level: int) -> bool:
    """Whether words name another thing with each of two figures."""
    said, counted = [], []
    for claim in (prior, level):
        start = scene.claims[claim].figure.start
        before = _NAMED.search(scene.report.view[max(0, start - _NAME) : start].lower())
        behind = _OF_WHAT.match(scene.after(claim))
        said.append(before.group(1) if before else "")
        counted.append(behind.group(1).split()[-1] if behind and behind.group(1).split() else "")
    return any(all(names) and names[0] != names[1] for names in (said, counted))


def _is_whole(scene: Scene, level: int) -> bool:
    """Whether a figure is what another is taken out of: `33 of parliament's 150 seats, down from 41`."""
    start = scene.claims[level].figure.start
    return _OUT_OF.search(scene.report.view[max(0, start - _NAME) : start].lower()) is not None


def _slows(scene: Scene, cue: Cue) -> bool:
    """Whether a rate of growth falls: `a slight slowing in growth to 6.5 percent, from 6.7`."""
    start = max(scene.sentences[scene.sentence_at(cue.start)].start, cue.start - _NAME)
    first = min(scene.claims[ref].figure.start for _, ref in cue.roles if ref >= 0)
    return _SLOWS.search(scene.report.view[start:first].lower()) is not None


def _for_better(scene: Scene, cue: Cue) -> int:
    """`Coverage improved to 23% from 29%`: up, or down where it worsened, where more of it is better."""
    start = max(scene.sentences[scene.claims[cue.roles[0][1]].sentence].start, cue.start - _BEFORE)
    said, about = scene.report.view[cue.start : cue.end].lower(), scene.report.view[start : cue.start].lower()
    if _THE_MORE_THE_BETTER.search(about) is None or _AGAINST_IT.search(about) is not None:
        return 0
    return 1 if _IMPROVED.match(said) else -1 if _WORSENED.match(said) else 0
