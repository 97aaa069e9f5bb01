"""What a level was before, in brackets right behind it → growth, points: `SEK 4,286 million (3,992), up 7.4 percent`.

Interim reports print it so, without unit or multiplier: both are those of the level. That it is no note and no part is
told by its digits, printed as finely as the level's, by its size, and by what is said of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.binding.comparisons.leading import leads
from pipeline.binding.comparisons.soundness import of_one_size
from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.binding.slipped import one_slip_away
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Operand, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_OPENED = lazy(
    r"(?: ?[a-z]+)? \((?:(?:(?:prior|previous|last)[ -](?:year|period|quarter)|(?:q[1-4] |fy ?)?(?:19|20)\d\d)[:,]? )?"
)
_BRACKET = lazy(r"(?: [a-z]+){0,3} ?\(")
_BARE = lazy(r"[0-9][0-9.,]*")
_CLOSED = lazy(
    r"(?: ?(?:percent|per cent|%))?(?: in (?:the )?(?:(?:19|20)\d\d|prior year|previous year|year before))?\)"
)
# What stands between the brackets and a change told right behind them, and between a change and the level it led to.
_THEN = lazy(
    r"[^()]{0,24}\)[,;:]?(?: (?:(?:that is|i\.e\.|corresponding to|equal to|equivalent to|which|is"
    r"|was|an?|of|by|or|up|down|year-on-year|year-over-year|increase|decrease|rise|fall|growth|decline|drop|improvement"
    r"|reduction|gain|representing|about),?))*+ ?"
)
_LED_TO = lazy(r",? (?:(?:[a-z-]+ )?to|and (?:reached|stood at|totalled|came to|amounted to)|reaching) ")
# A growth of something else than the printed level: organic, in local currency, like for like.
_APART = lazy(
    r"\b(?:organic\w*|underlying|adjust\w+|comparable|like-for-like|local|constant|fixed|excluding|exclusive|real|volume"
    r"|pro forma|average|annual\w*|per year|acqui\w+|currenc\w+)\b"
)
_SUBJECT = lazy(
    r"\W*+(?:(?:the|our|its|this|group|group's|company's)\b ?)*+([a-z&' -]{4,60}?) "
    r"(?:has |have |had |was |is )?[a-z]+ $"
)
# The mode of cues that tell level, prior and change in one phrase.
_FULL = "told"
_LARGEST, _HABIT = Fraction(5, 2), 2
_TELLING = Fraction(1, 2)
_MULTIPLIERS = frozenset(Fraction(10) ** k for k in (0, 3, 6, 9, 12))


@dataclass(frozen=True, slots=True)
class Pair:
    """A level and what it was before, with its unit and multiplier."""

    level: int
    before: int
    prior: Operand


def growths(scene: Scene, number: int) -> Iterator[Relation]:
    """The growths and points of a sentence whose prior stands in brackets behind the level."""
    yield from _in_full(scene, number)
    yield from _behind_both(scene, number)
    for claim in scene.by_sentence[number]:
        leading = leads(scene, claim)
        if leading is None or leading[0].kind != "growth" or _is_apart(scene, claim):
            continue
        points = scene.claims[claim].figure.kind == "points"
        if leading[1] == "change" and not points:
            continue
        told = _told(scene, claim, points)
        built = [_growth(scene, pair, claim, points) for pair in told]
        agreed = [r for r in built if agreement(r, scales(scene.book)) == "strict"]
        if len(agreed) == 1:
            yield agreed[0]
        elif len(built) == 1 and _is_meant(scene, built[0]):
            yield built[0]


def _in_full(scene: Scene, number: int) -> Iterator[Relation]:
    """What one phrase tells in full: `471 (31 March: 455; change: 16)`."""
    cues = {cue for claim in scene.by_sentence[number] for _, cue in scene.cues_of.get(claim, ()) if cue.mode == _FULL}
    for cue in sorted(cues, key=lambda cue: cue.start):
        roles = dict(cue.roles)
        heads = {role: ref for role, ref in roles.items() if role in ("percent", "change")}
        level, prior, head = (scene.claims[n] for n in (roles["level"], roles["prior"], *heads.values()))
        # `(2019: 100,991; down 8.9%)`: what is in percent is no change of people.
        if "change" in heads and head.figure.kind == "percent" != level.figure.kind:
            continue
        if not same_measure(level, prior) or not of_one_size(scene, heads, roles["level"], roles["prior"]):
            continue
        kind = "points" if head.figure.kind == "points" else "growth"
        if (kind == "points") != (level.figure.kind == "percent"):
            continue
        operands = (operand("level", level), operand("prior", prior), operand(next(iter(heads)), head))
        why = "one phrase tells what it is, what it was, and the change"
        ways = {c.direction for _, c in scene.cues_of[next(iter(heads.values()))] if c.kind == "growth"} - {0}
        way = cue.direction or (ways.pop() if len(ways) == 1 else 0)
        yield Relation(kind, operands, "sentence", "high", cue.rule, why, way)


def _behind_both(scene: Scene, number: int) -> Iterator[Relation]:
    """`went from 124,610 to 128,974 pupils (3.5%)`: a percent in brackets behind what it was and what it is."""
    row = scene.by_sentence[number]
    cues = {cue for claim in row for _, cue in scene.cues_of.get(claim, ()) if cue.kind == "growth" and cue.frame}
    for cue in sorted(cues, key=lambda cue: (cue.start, cue.end)):
        roles = dict(cue.roles)
        if roles.keys() != {"level", "prior"} or roles["level"] != roles["prior"] + 1 or roles["level"] + 1 not in row:
            continue
        level, prior, percent = (scene.claims[n] for n in (roles["level"], roles["prior"], roles["level"] + 1))
        in_brackets = _BRACKET.fullmatch(scene.between(roles["level"], roles["level"] + 1)) is not None
        if not in_brackets or not scene.after(roles["level"] + 1).startswith(")") or not same_measure(level, prior):
            continue
        said = {c.kind for _, c in scene.cues_of.get(roles["level"] + 1, ())}
        if percent.figure.kind != "percent" or level.figure.kind != "absolute" or not said <= {"share", "drawn"}:
            continue
        operands = (operand("level", level), operand("prior", prior), operand("percent", percent))
        why = "the percentage stands in brackets behind what it was and what it is"
        built = Relation("growth", operands, "sentence", "high", "growth.behind-both", why, cue.direction)
        # `from 612 to 678 (21% of all)`: what it is of, words do not say.
        if agreement(built, scales(scene.book)) == "strict" or one_slip_away(built, scales(scene.book), least=_TELLING):
            yield built
            return


def _told(scene: Scene, claim: int, points: bool) -> list[Pair]:
    """The pair right before a change or right behind it; of points, else those that their subject names."""
    before = _pair(scene, claim - 2)
    if before is not None and _THEN.fullmatch(scene.between(claim - 1, claim)) is not None:
        return [before] if _of_kind(scene, before, points) else []
    behind = _pair(scene, claim + 1)
    if behind is not None and _LED_TO.fullmatch(scene.between(claim, claim + 1)) is not None:
        return [behind] if _of_kind(scene, behind, points) else []
    return list(_named(scene, claim)) if points else []


def _named(scene: Scene, claim: int) -> Iterator[Pair]:
    """The pairs of percents that bear the name a change in points is said of: `The operating margin widened by`."""
    number = scene.claims[claim].sentence
    sentence = scene.sentences[number]
    said = scene.report.view[sentence.start : scene.claims[claim].figure.start].lower()
    subject = _SUBJECT.fullmatch(said.removesuffix("by "))
    if subject is None or any(scene.claims[c].figure.kind == "percent" for c in scene.by_sentence[number]):
        return
    for level in scene.by_unit.get("%", ()):
        pair = _pair(scene, level)
        if pair is None or level > claim:
            continue
        start = scene.claims[level].figure.start
        if re.search(rf"\b{re.escape(subject[1])}\b[^.;,()]*$", scene.report.view[max(0, start - 60) : start].lower()):
            yield pair


def _pair(scene: Scene, level: int) -> Pair | None:
    """A level with a bare figure in brackets behind it, printed as finely and of about its size."""
    if not 0 <= level < len(scene.claims) - 1 or scene.claims[level].sentence != scene.claims[level + 1].sentence:
        return None
    a, b = scene.claims[level].figure, scene.claims[level + 1].figure
    if a.kind not in ("absolute", "percent") or a.dimension == "time" or a.upper or b.upper or a.modifier or b.modifier:
        return None
    if (
        a.number.manner != "digits"
        or b.number.manner != "digits"
        or not _OPENED.fullmatch(scene.between(level, level + 1))
    ):
        return None
    if _CLOSED.match(scene.after(level + 1)) is None:
        return None
    times = a.number.step / b.number.step
    bare = _BARE.fullmatch(scene.report.view, b.start, b.end) is not None or (not b.unit and times == 1)
    bare = bare and b.kind == "absolute"
    if not (a.unit and bare and _is_multiplier(scene, level, times)) and (a.unit != b.unit or times != 1):
        return None
    number = replace(b.number, value=b.number.value * times, step=b.number.step * times, coarse=b.number.coarse * times)
    low, high = sorted((a.number.value, number.value))
    if low <= 0 or high > low * _LARGEST:
        return None
    printed = replace(b, number=number, unit=a.unit, dimension=a.dimension, kind=a.kind, discrete=a.discrete)
    return Pair(level, level + 1, replace(operand("prior", scene.claims[level + 1]), figure=printed))


def _is_multiplier(scene: Scene, level: int, times: Fraction) -> bool:
    """Whether a level is printed so many times as large as the bare figure: as a thousand, a million, a crore."""
    figure = scene.claims[level].figure
    if scene.report.view[figure.start : figure.end].lower().endswith(("crore", "lakh", "crores", "lakhs")):
        return True
    return times in _MULTIPLIERS


def _of_kind(scene: Scene, pair: Pair, points: bool) -> bool:
    return (scene.claims[pair.level].figure.kind == "percent") == points


def _is_apart(scene: Scene, claim: int) -> bool:
    """Whether a change is said to be of something else than the printed level."""
    ahead = scene.between(claim - 1, claim) if claim else ""
    behind = re.split(r"[.;]", scene.after(claim), maxsplit=1)[0]
    return _APART.search(ahead) is not None or _APART.search(behind) is not None


def _is_meant(scene: Scene, relation: Relation) -> bool:
    """Whether a pair that does not agree is one: a slip of the pen explains it, or the report prints all pairs so."""
    if one_slip_away(relation, scales(scene.book), least=_TELLING):
        return True
    pairs = sum(_pair(scene, n) is not None for n in range(len(scene.claims)))
    return pairs > _HABIT


def _growth(scene: Scene, pair: Pair, claim: int, points: bool) -> Relation:
    role = "change" if points else "percent"
    operands = (operand("level", scene.claims[pair.level]), pair.prior, operand(role, scene.claims[claim]))
    leading = leads(scene, claim)
    assert leading is not None
    return Relation(
        "points" if points else "growth",
        operands,
        scene.scope_of(pair.level, claim),
        "high",
        leading[2].rule,
        "the figure of the period before stands in brackets behind the level",
        leading[2].direction,
    )
