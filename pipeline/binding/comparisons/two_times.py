"""The only two figures of one measure before a place; which is of then and which of now, by words or years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.binding.comparisons.leading import is_of_some
from pipeline.binding.listed import moments
from pipeline.binding.scene import SET, Scene, same_measure
from pipeline.binding.words import stems
from pipeline.patterns import lazy
from pipeline.rulebook.ways import ways

_SET_AGAINST = lazy(r"\b(?:than|from|on(?! \d)|over|since|against|versus|compared (?:with|to))\b[^,.;:]*")
_JOINT = lazy(r"[;,]|\b(?:and|but|while|whereas)\b")
_HAD = lazy(r"\bhad [a-z]+")
_OF_ANOTHER = lazy(r"[^.;]{0,30}?\b(?:and|while|but) (?:the|its|their|our|an?) [a-z]")
_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SUBJECT = lazy(
    r"(?:^|[:;,.] )\W*(?:(?:the|its|their) )?(?P<who>[a-z' -]{3,60}?) (?:has|have|had) (?:since|now|then|thus) "
)
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = lazy(rf"\b(?:in|on|of|by|at|end|early|late|mid|\d) ?-?({'|'.join(_MONTHS)})\b")
_A_YEAR = len(_MONTHS)
# What begins another matter between a figure and the one it is set against.
_FAR = lazy(r"[;:]|\b(?:while|whereas|of which|and)\b")
_BACK, _AROUND = 2, 110

SO = (
    r"(?:thus|therefore|hence|so|accordingly|consequently|clearly|in short|in other words|in sum|in effect"
    r"|that is|all in all|on balance|overall|in all)"
)
SPELL = r"(?:years?|decade|period|interval|span|months?|quarters?|twelvemonth|half|time)"
# How a sentence opens that speaks of the two figures before: `That is growth of …`, `It has thus …`, `The fall of …`.
POINTS = lazy(
    r"\W*+(?:(?:averaged |taken |measured )?(?:over|in|during|across|throughout) (?:the|those|these|that)\b"
    rf"[^.;:]{{0,30}}\b{SPELL}\b|(?:that|this|these|it|they|which|both)\b"
    rf"|(?P<who>(?:[a-z'-]+,? ){{0,8}})(?:{SO}|(?:has|have|had) since)\b)[^.;:]{{0,60}}"
)
# What tells of another thing that brought the change about, or of one that is counted by the year.
ANOTHER = lazy(
    r"\b(?:due|because|with|driven|reflect\w*|owing|thanks|caus\w+|result\w*|explain\w*|including|largest|biggest|greatest"
    r"|highest|smallest|lowest|average|annual\w*|yearly|index|mostly|largely|partly|while|whereas|between|of which"
    r"|(?:in|during|over) the (?:previous|preceding|prior|following|next|coming) (?:[a-z]+ )?"
    r"(?:year|quarter|month|period))\b"
)
BETTER = frozenset(("improvement", "deterioration", "worsening", "change", "difference", "gap", "swing", "shift"))
# Words of a subject that are said of any number.
_ANY_NUMBER = frozenset(
    "rate rates figure figures level levels share ratio proportion percentage value values count annual trend".split()
)
WORD = lazy(r"[a-z'-]+")
_IT = lazy(r"\W*(?:that|this|these|those|it|they|which)\b(?! [a-z]+ (?:of|is|was|has|had|in)\b)")
_THE_NOUN = lazy(r"\b(?:the|our|its|their|his|her) (?:[a-z]+ )?([a-z]+)\b")
_DEFINITE = frozenset(("the", "this", "that"))
# So many words from what is definite on to a figure; so many of them up to the name of a change.
_NAMED, _ADJECTIVES, _ROOT = 7, 2, 5


@dataclass(frozen=True, slots=True)
class Told:
    """Two figures of one measure, of then and of now; `sure` where words or years tell which is which."""

    prior: int
    level: int
    sure: bool


def may_be_two(scene: Scene, number: int, before: int) -> bool:
    """Whether two figures stand before a place, as near as `two` looks for them."""
    return before - scene.by_sentence[max(0, number - _BACK)].start > 1


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
        if like is not None and figure.kind != "percent" and not is_like(scene, like, claim):
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
    way = order(scene, earlier, later)
    return (
        Told(earlier, later, True)
        if way > 0
        else Told(later, earlier, True)
        if way < 0
        else Told(earlier, later, False)
    )


def framed(scene: Scene, number: int, change: int, *, percents: bool) -> Told | None:
    """The two figures that words set against each other in the sentence before, the last of it to be so set: `23,750
    people, compared with 19,000 the year before`, `fell from 2,107 to 1,842 during the year`."""
    if not number or scene.sentences[number - 1].section != scene.sentences[number].section:
        return None
    row = scene.by_sentence[number - 1]
    priors = [c for c in row if "prior" in scene.roles(c, "growth")]
    if len(priors) != 1 or {"change", "percent"} & {r for c in row for r in scene.roles(c, "growth", "target")}:
        return None
    prior = priors[0]
    cue = scene.roles(prior, "growth")["prior"]
    level = next((c for role, c in cue.roles if role == "level"), prior - 1)
    if cue.mode == SET or level not in row or not (is_plain(scene, level) and is_plain(scene, prior)):
        return None
    a, b = scene.claims[level].figure, scene.claims[prior].figure
    alike = a.unit == b.unit or not b.dimension or not a.dimension
    if not alike or (a.kind == "percent") != percents or (b.kind == "percent") != percents:
        return None
    if scene.claims[change].figure.kind == "absolute" and not is_like(scene, change, level):
        return None
    if _FAR.search(scene.between(level, prior)) is not None or any(
        c > max(prior, level) and scene.claims[c].figure.kind == a.kind and scene.claims[c].figure.dimension != "time"
        for c in row
    ):
        return None
    return Told(prior, level, True)


def is_like(scene: Scene, change: int, claim: int) -> bool:
    """Whether a figure is in the measure of a change: percentages of one in points, amounts of one in their unit."""
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


def order(scene: Scene, first: int, second: int) -> int:
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


def names_it(scene: Scene, said: str, told: Told, claim: int, direction: int) -> bool:
    """Whether a sentence, up to its first figure, speaks of the change between two figures that the sentence before
    sets against each other: `That is an increase of …`, `Teachers put down the fall of … to …`."""
    sentence = scene.claims[claim].sentence
    if any(c < claim and scene.claims[c].figure.dimension != "time" for c in scene.by_sentence[sentence]):
        return False
    if is_of_some(scene, claim, scene.claims[told.level].sentence) or ANOTHER.search(said) is not None:
        return False
    level, prior, head = (scene.claims[c].figure.number.value for c in (told.level, told.prior, claim))
    step = 2 * scene.claims[told.level].figure.number.step
    if direction * (level - prior) < 0 and (
        scene.claims[claim].figure.kind == "percent" or abs(abs(level - prior) - head) > step
    ):
        return False  # what went the other way is another's, unless it is as large
    if _IT.match(said) is not None:
        # `Consequently the trade deficit widened by …` speaks of neither.
        told_before = told_of(scene, told.level, sentence)
        return all(stems(noun) <= told_before or noun in _ANY_NUMBER for noun in _THE_NOUN.findall(said))
    changes = ways(scene.book, "RISEN", "FALLN", "LOSSOFWORTH").signs.keys() | BETTER
    words = WORD.findall(said)
    at = next((n for n in range(len(words) - 1, -1, -1) if words[n] in _DEFINITE), None)
    if at is None or len(words) - at > _NAMED:
        return False
    named = next((n for n in range(at + 1, len(words)) if words[n] in changes), None)
    if named is not None:
        return named - at <= _ADJECTIVES and is_of(scene, words[named + 1 :], told.level, sentence)
    behind = WORD.findall(re.split(r"[.;,]", scene.after(claim))[0])
    return (
        at == len(words) - 1
        and behind[:1] != []
        and behind[0] in changes
        and is_of(scene, behind[1:5], told.level, sentence)
    )


def is_of(scene: Scene, rest: Sequence[str], first: int, number: int) -> bool:
    """Whether words between a change and its figure name nothing, or what the sentences before tell of."""
    named = stems(" ".join(rest[1:]).replace("'s", "")) if rest and rest[0] in ("in", "for", "of") else frozenset()
    return not named or bool(named & told_of(scene, first, number))


def speaks_of(scene: Scene, who: str, first: int, number: int) -> bool:
    """Whether a subject names nothing but a number, or what the sentences before tell of: `membership` of members."""
    words = " ".join(word for word in WORD.findall(who) if word not in _ANY_NUMBER)
    named = {word[:_ROOT] for word in stems(words)}
    return not named or not named.isdisjoint(word[:_ROOT] for word in told_of(scene, first, number))


def told_of(scene: Scene, first: int, number: int) -> frozenset[str]:
    """The stems of the sentences that tell of the two figures, up to the one of the change."""
    start = scene.sentences[scene.claims[first].sentence].start
    return stems(scene.report.view[start : scene.sentences[number].start].lower())
