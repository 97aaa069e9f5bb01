"""A level in one sentence and what it was in the next: `The rate was 4.15%. In 2022 it was 5.27%; the fall was …`."""

from __future__ import annotations

from pipeline.binding.comparisons.leading import Group
from pipeline.binding.scene import Scene
from pipeline.patterns import compiled

# The sentence goes back in time and speaks of the same thing.
_RATED = "rate|share|figure|proportion|percentage|ratio|level|index"
_THEN = compiled(
    r"\W*+(?:(?:at|in|by|before|on|as of|an?|one|two|three|ten|years?|earlier|ago|end|start|outset|beginning|of|"
    rf"baseline|appraisal|last|previous|same|quarter|month|(?:19|20)\d\d|the(?! (?:{_RATED})\b))\b\W*+)*+"
    rf"(?:it|the (?:{_RATED})) (?:was|had been|stood at|had stood at)(?: (?:just|only|still|about|some))*+ *+"
)


def and_now(scene: Scene, number: int, group: Group) -> tuple[int, int] | None:
    """Level and prior of points told so: the last percent of the sentence before, and the first of this one."""
    claims = scene.by_sentence[number]
    if not number or scene.sentences[number - 1].section != scene.sentences[number].section:
        return None
    here = [c for c in range(claims.start, group.first) if scene.claims[c].figure.kind == "percent"]
    before = [c for c in scene.by_sentence[number - 1] if scene.claims[c].figure.kind == "percent"]
    if len(here) != 1 or here[0] != claims.start or len(before) != 1:
        return None
    said = scene.report.view[scene.sentences[number].start : scene.claims[here[0]].figure.start].lower()
    if _THEN.fullmatch(said) is None or any(scene.claims[c].figure.upper is not None for c in (*here, *before)):
        return None
    return before[0], here[0]
