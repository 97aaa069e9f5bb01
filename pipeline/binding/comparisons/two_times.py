"""The only two figures of one measure before a place; which is of then and which of now, by words or years."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.binding.listed import moments
from pipeline.binding.scene import SET, Scene, same_measure

_SET_AGAINST = re.compile(r"\b(?:than|from|on(?! \d)|over|since|against|versus|compared (?:with|to))\b[^,.;:]*")
_JOINT = re.compile(r"[;,]|\b(?:and|but|while|whereas)\b")
_HAD = re.compile(r"\bhad [a-z]+")
_OF_ANOTHER = re.compile(r"[^.;]{0,30}?\b(?:and|while|but) (?:the|its|their|our|an?) [a-z]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SUBJECT = re.compile(
    r"(?:^|[:;,.] )\W*(?:(?:the|its|their) )?(?P<who>[a-z' -]{3,60}?) (?:has|have|had) (?:since|now|then|thus) "
)
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = re.compile(rf"\b(?:in|on|of|by|at|end|early|late|mid|\d) ?-?({'|'.join(_MONTHS)})\b")
_A_YEAR = len(_MONTHS)
_BACK, _AROUND = 2, 110


@dataclass(frozen=True, slots=True)
class Told:
    """Two figures of one measure, of then and of now; `sure` where words or years tell which is which."""

    prior: int
    level: int
    sure: bool


def two(
    scene: Scene, number: int, before: int, *, percents: bool | None, like: int | None, back: int = _BACK
) -> Told | None:
    """The only two figures of one measure before a place, told of two times; of a third nothing is known."""
    first = max(0, number - back)
    found: list[int] = []
    for claim in range(before - 1, scene.by_sentence[first].start - 1, -1):
        figure = scene.claims[claim].figure
        if figure.dimension == "time" or figure.kind in ("points", "factor"):
            continue
        if (percents is not None and percents != (figure.kind == "percent")) or _is_change(scene, claim):
            continue
        if like is not None and figure.kind != "percent" and not _is_like(scene, like, claim):
            continue
        apart = bool(found) and not same_measure(scene.claims[found[0]], scene.claims[claim])
        if apart and (percents is None or figure.unit):
            continue
        found.append(claim)
        if not is_plain(scene, claim) or len(found) > 2:
            return None
    if len(found) != 2:
        return None
    later, earlier = found
    a, b = scene.claims[earlier], scene.claims[later]
    if a.figure.unit != b.figure.unit and a.figure.unit and b.figure.unit:
        return None
    if a.section != scene.sentences[number].section or b.sentence < number - 1 or a.sentence < b.sentence - 1:
        return None
    order = _order(scene, earlier, later)
    return (
        Told(earlier, later, True)
        if order > 0
        else Told(later, earlier, True)
        if order < 0
        else Told(earlier, later, False)
    )


def _is_like(scene: Scene, change: int, claim: int) -> bool:
    a, b = scene.claims[change].figure, scene.claims[claim].figure
    if a.kind == "points":
        return b.kind == "percent"
    counts = {a.dimension, b.dimension} <= {"count", ""}
    return b.kind in ("absolute", "rate") and (a.unit == b.unit or (counts and not (a.unit and b.unit)))


def _is_change(scene: Scene, claim: int) -> bool:
    """Whether words make a figure a change or a plan of its own; a rate that is `higher than a year ago` is a level."""
    roles = scene.roles(claim, "growth", "target", "annual")
    said = [roles[role] for role in ("change", "percent", "target") if role in roles]
    percent = scene.claims[claim].figure.kind == "percent"
    return any(not percent or (cue.direction and not cue.base) for cue in said)


def is_plain(scene: Scene, claim: int) -> bool:
    figure = scene.claims[claim].figure
    return figure.kind in ("absolute", "rate", "percent") and figure.upper is None and figure.modifier in ("", "~")


def _order(scene: Scene, first: int, second: int) -> int:
    """Above 0 where the first figure is of then and the second of now, below 0 where it is the other way about."""
    for prior, level, way in ((first, second, 1), (second, first, -1)):
        cue = scene.roles(prior, "growth").get("prior")
        if cue is not None and cue.frame and cue.mode != SET and scene.roles(level, "growth").get("level") is cue:
            return way
    said = [_around(scene, claim) for claim in (first, second)]
    if scene.claims[first].sentence == scene.claims[second].sentence:
        between = scene.between(first, second)
        if _OF_ANOTHER.match(between) and not _lateness(scene, between) and not _YEAR.search(between):
            return 0  # `In the corresponding period the margin was 2.6% and the cost-to-income ratio 55.8%`
        said = [_HAD.sub("", text) for text in said]  # `had reached 55.9% in the one and 43.1% in the other`
    late = [_lateness(scene, text) for text in said]
    if late[0] != late[1]:
        return late[1] - late[0]
    years = [_YEAR.findall(text) for text in said]
    if all(years) and years[0][-1] != years[1][-1]:
        return 1 if years[0][-1] < years[1][-1] else -1
    months = [[_MONTHS.index(name) for name in _MONTH.findall(text)] for text in said]
    if all(len(found) == 1 for found in months) and months[0] != months[1]:
        # Of two months the later is the one that fewer months lead to.
        return 1 if (months[1][0] - months[0][0]) % _A_YEAR < _A_YEAR / 2 else -1
    return 0


def _lateness(scene: Scene, said: str) -> int:
    """How late words say that a figure is: `the year before` comes before `last year`, and that before `today`."""
    then, last, now = moments(scene.book)
    if then.search(said) is not None:
        return -2
    return 1 if now.search(said) is not None else -1 if last.search(said) is not None else 0


def _around(scene: Scene, claim: int) -> str:
    """The words about a figure in its sentence, up to the figures beside it, in lower case; without those behind it
    that set it against another time: `3.2% higher than a year ago` is of now."""
    sentence, figure = scene.sentences[scene.claims[claim].sentence], scene.claims[claim].figure
    ahead = scene.report.view[max(sentence.start, figure.start - _AROUND) : figure.start].lower()
    behind = scene.report.view[figure.end : min(sentence.end, figure.end + _AROUND)].lower()
    for other in (claim - 1, claim + 1):
        beside = scene.claims[other].figure if 0 <= other < len(scene.claims) else figure
        if beside is figure or beside.dimension == "time":
            continue
        between = scene.between(claim, other)
        parts = _JOINT.split(between, maxsplit=1)
        if other < claim and beside.end > figure.start - len(ahead):
            ahead = parts[-1]
        elif other > claim and beside.start < figure.end + len(behind):
            behind = parts[0]
    return " ".join((ahead + " " + _SET_AGAINST.sub("", behind)).split())
