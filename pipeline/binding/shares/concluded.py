"""A percent that a sentence draws from the one before it → share, agreeing or not.

`552 homes were let. Of these, 243 went to large families, 309 to others. Large families therefore took up 44%
of lets.`: the sentence tells nothing but the percent, its subject is what one part of the sentence before counts, and
that sentence takes its parts out of the one figure before.
"""

from __future__ import annotations

import re

from pipeline.binding.scene import Scene, same_measure
from pipeline.binding.shares.slipped_shares import share
from pipeline.model import Cue, Relation

_SO = re.compile(
    r"\W*(?:the |these )?(?P<who>[a-z][a-z' -]{2,40}?) (?:therefore|thus|hence|accordingly|consequently) [a-z ]{2,20}$"
)
_OF_WHAT = re.compile(r"\s*of (?:the |all |these |those |all the )?(?P<what>[a-z]{3,})\s*(?:[.;]|$)")
_OF_THESE = re.compile(r"\W*(?:out )?of (?:these|them|those),? $")
_JOINT = re.compile(r"[,;:.()]| (?:and|while|whereas|but) ")
_FEW_WORDS = 4
_BACK = 2


def told(scene: Scene, percent: int, cue: Cue) -> Relation | None:
    """The share that a percent alone in its sentence concludes from the two sentences before."""
    number = scene.claims[percent].sentence
    figure = scene.claims[percent].figure
    if number < _BACK or list(scene.by_sentence[number]) != [percent] or figure.modifier or figure.kind != "percent":
        return None
    lead = _SO.match(scene.report.view[scene.sentences[number].start : figure.start].lower())
    what = _OF_WHAT.match(scene.after(percent))
    if lead is None or what is None:
        return None
    part, whole = _named(scene, number - 1, lead["who"]), _taken_from(scene, number - 1, what["what"])
    if part is None or whole is None or not same_measure(scene.claims[whole], scene.claims[part]):
        return None
    if scene.claims[part].figure.number.value >= scene.claims[whole].figure.number.value:
        return None
    return share(scene, (part,), whole, percent, cue, "high")


def _named(scene: Scene, number: int, who: str) -> int | None:
    """The one figure of a sentence that is told of these: `243 went to large families`."""
    found = []
    for n in scene.by_sentence[number]:
        last = n == scene.by_sentence[number].stop - 1
        behind = _JOINT.split(scene.after(n) if last else scene.between(n, n + 1))[0]
        before, named, rest = behind.partition(f" {who}")
        if named and not rest.strip() and len(before.split()) <= _FEW_WORDS:
            found.append(n)
    return found[0] if len(found) == 1 and not scene.claims[found[0]].figure.modifier else None


def _taken_from(scene: Scene, number: int, what: str) -> int | None:
    """The one figure of the sentence before, where a sentence begins with `of these` and both speak of the same."""
    parts = scene.by_sentence[number]
    start = scene.sentences[number].start
    if not parts or not _OF_THESE.fullmatch(scene.report.view[start : scene.claims[parts.start].figure.start].lower()):
        return None
    whole = [n for n in scene.by_sentence[number - 1] if scene.claims[n].figure.kind == "absolute"]
    before = scene.sentences[number - 1]
    words = {word.strip(".,;:()") for word in scene.report.view[before.start : before.end].lower().split()}
    spoken = what.removesuffix("s") in {word.removesuffix("s") for word in words}
    same = scene.sentences[number - 1].section == scene.sentences[number + 1].section
    return whole[0] if len(whole) == 1 and spoken and same and not scene.claims[whole[0]].figure.modifier else None
