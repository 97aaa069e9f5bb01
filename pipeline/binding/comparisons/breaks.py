"""Where another matter begins between a figure and what leads a comparison: no comparison reaches across it."""

from __future__ import annotations

from pipeline.binding.comparisons.leading import BREAK, SO, Group
from pipeline.binding.scene import Scene, same_measure
from pipeline.patterns import lazy

# A sentence that begins so speaks of the figures of the sentence before.
BACKWARD = lazy(
    r"\W*(?:(?:that|those)(?! (?:of|in|for|from)\b)|this|it|which|these"
    r"|the (?:rise|growth|increase|decrease|decline|drop|fall|change|gain|reduction|improvement|saving|difference"
    r"|figure|number|total|rate|amount|sum)|last year|a year (?:ago|earlier|before)|in (?:the )?\d{4}|compared|up|down"
    r"|(?:over|on|against|from|compared with) (?:the |that (?:of|in) )?(?:\d{4}|year before|previous year|last year)"
    r"|an? (?:rise|growth|increase|decrease|decline|drop|fall|gain|reduction|improvement)"
    r"|thus|so|there (?:has|was|is|were)|and (?:has|have|had|is|was|were|up|down))\b"
)
# `… and Montana oil production is down 9 percent`: what is said after `and` has a subject of its own.
_OTHER_SUBJECT = lazy(
    r"\band\s+(?!that|which|this|it\b|was|were|is|are|has|have|had|also|thus|an?\b)[^,;]{3,80}?"
    r"\b(?:is|was|were|are|has|have|had|rose|fell|grew|increased|decreased|declined|dropped)\b[^,;]{0,12}$"
)
# `… to 143,600; a year earlier it had been 156,000`
_BASE_OPENS = lazy(
    r"\s*(?:(?:a|one|the) (?:year|month|quarter|decade) (?:earlier|before|ago|previously)|last year|"
    r"in the (?:previous|preceding|prior) (?:year|quarter)|"
    r"the (?:figure|number|level) (?:for|of|in) the (?:previous|year)|previously|formerly|before that"
    r"|(?:it|this|they|the (?:figure|number|rate|share|level|total)) had (?:been|stood)|having been)\b"
)
# `84 more than its rival, which closed 12 last year`; `from 3.2 to 4.0 million, and in 2015 by 2%`
_WHICH = lazy(r",\s*(?:which|who|whose|where)\b")
_WHICH_OF_THEM = lazy(r"\s*(?:with|of|having|whose|worth|earning|paying|holding|spending|owing)\b[^,;:()]{0,40}")
_BRACKETS = lazy(r"\([^()]*\)")
_OTHER_YEAR = lazy(r"\band (?:in|during) (?:19|20)\d\d,? (?:by )?$")


def broken(scene: Scene, group: Group, claim: int) -> bool:
    """Whether another matter begins between a figure and the group: `96, against 84 before; a growth of 14%` is one."""
    after = claim > group.last
    between = _BRACKETS.sub(" ", scene.between(claim, group.last if after else group.first))
    # `The plan was 90 wells; actually 96 were dug, 7% beyond the plan.`
    planned = "target" in scene.roles(claim, "target") and group.family.base == "target"
    if after and _is_said_with(scene, group, claim):
        return False
    if after and _is_aimed(scene, group, claim):
        return True
    if (_WHICH if after else _OTHER_YEAR).search(between) is not None:
        return True
    if not after and SO.match(scene.after(group.last)) is not None:
        return False  # `fell from 61.2 to 48.7 per cent; 12.5 percentage points have thus been gained`
    for found in BREAK.finditer(between):
        joined = found.group() in (";", "；", "so that")  # `…, against 4,600 before, so that the number fell by 40%`
        opens = _BASE_OPENS if after else BACKWARD
        goes_on = opens.match(between, found.end()) is not None
        goes_on = goes_on or (not after and between[found.end() :].strip() in ("a", "an"))
        if not joined or not (planned or goes_on):
            return True
    return not after and _OTHER_SUBJECT.search(between) is not None


def _is_aimed(scene: Scene, group: Group, claim: int) -> bool:
    """`… from 1.8 to 2.6 tons, an increase of 44.4%, against a target of 2.5`: no growth is told of the target where a
    figure of before is named."""
    if "target" not in scene.roles(claim, "target") or group.family.base != "prior":
        return False
    here = range(scene.by_sentence[scene.claims[claim].sentence].start, group.first)
    return any("prior" in scene.roles(n, "growth") and same_measure(scene.claims[n], scene.claims[claim]) for n in here)


def _narrows(scene: Scene, claim: int) -> bool:
    """`1,024 customers with sales above $100,000`: a bound that tells which of the counted are meant."""
    if not claim or scene.claims[claim - 1].sentence != scene.claims[claim].sentence:
        return False
    counted, bound = scene.claims[claim - 1].figure, scene.claims[claim].figure
    other = bound.dimension not in ("", "count") and counted.dimension == "count"
    return other and bool(bound.modifier) and _WHICH_OF_THEM.fullmatch(scene.between(claim - 1, claim)) is not None


def is_aside(scene: Scene, claim: int, between: str) -> bool:
    """Whether a figure is told in brackets of one before them, and they are closed: `14.1 million (4.6 million in
    spring, 4.8 million in autumn), a growth of 7%`; or says which of the counted things are meant."""
    if _narrows(scene, claim):
        return True
    closed = between.partition(")")[0]
    if closed == between or "(" in closed:
        return False
    first = scene.by_sentence[scene.claims[claim].sentence].start
    for before in range(claim - 1, first - 1, -1):
        ahead = scene.between(before, before + 1)
        if ")" in ahead:
            return False
        if "(" in ahead:
            return same_measure(scene.claims[before], scene.claims[claim])
    return False


def _is_said_with(scene: Scene, group: Group, claim: int) -> bool:
    """Whether one phrase leads from the group to its base: `3.5% higher than the value for 2012, which stood at …`."""
    cue = scene.roles(claim, *group.family.said).get(group.family.base)
    end = scene.claims[group.last].figure.end
    return cue is not None and end <= cue.start <= end + 1
