"""Words that point from a figure back to the things it is taken out of: `of these`, `12 of whom`.

It says whether words point so, and whether they may point to things without a number; what the figures are is for
`subsets` and those who ask.
"""

from __future__ import annotations

from pipeline.binding.scene import Scene, countable, same_measure
from pipeline.binding.words import stems
from pipeline.patterns import lazy

_THEM = r"(?:these|those|them|this|that|which|whom|this number|that number|this total|that total)"
_LEADS = lazy(rf"\W*(?:of|among|amongst|out of|from|from among) {_THEM}\b(?: [a-z]+){{0,3}}\W*(?:[a-z]+ ){{0,3}}")
_BEHIND = lazy(
    r"\s*(?:[a-z]+ )?(?:of|among|amongst) (?:these|those|them)\b"
    r"(?! (?:who|that|which|whose|with|without|in|on|at|aged|from|under|over|between|having|not|still|now"
    r"|[a-z]+ing|[a-z]+ed)\b)"
)
# Where the name of what is counted ends, and the sentence goes on.
_NAME_ENDS = lazy(
    r"[,;:()–—]|\b(?:in|at|on|by|for|from|to|with|were|was|are|is|be|had|have|has|been|being|during|over|through|who|that"
    r"|which|under|across|within|into|against|since|as|after|before|between|among|than|would|will|could|should|may|did"
    r"|do|does|came|went|took|made|gave|held|left|began)\b"
)
_DONE = lazy(r"\b[a-z]+ed\b")
_MANY = lazy(r"\b(?:people|persons|children|men|women|staff|[a-z]+(?:[^su'\W\d_]|[bcdfghjklmnpqrtvwxyz]u)s)\b")
_NO_THINGS = lazy(
    r"\b(?:was|has|its|this|his|hers|ours|theirs|plus|always|hours|days|weeks|months|years|quarters|decades|minutes"
    r"|perhaps|towards|besides|sometimes|includes|means|remains|terms|times|its|as|is|others|works|reasons|grounds"
    r"|dollars|euros|pounds|shillings|francs|rupees|yuans|tonnes|tons|kilometres|kilometers|metres|meters|hectares|acres)\b"
)
# `Of the students of ethnic groups, 12,480 …`, `Within the marine subsector, the coastal catch was …`
OF_NAMED = lazy(r"\W*(?:of|among|within) (?:the|these|those|all|its|our) (?P<name>(?:[a-z-]+ ){0,5}[a-z-]+),")
_JOINTS = lazy(r"[,;:.()]|\b(?:and|while|whereas|with)\b")
# `Excluding 25 million for land …`: what is left out is no whole of what follows.
_LEFT_OUT = lazy(
    r"\b(?:excluding|except|excepting|besides|apart from|in addition to|other than|less|without|not counting"
    r"|compared with|against|than|from)\W+(?:[a-z]+\W+){0,2}$"
)
# So many times its whole a part by a slip of the pen may be.
_MOST = 10
_FEW = 2
# Of few things more are told that are not counted: `25 offices with many clerks`.
_MANY_THINGS = 30
_BEFORE = 40


def points_back(scene: Scene, part: int) -> bool:
    """`Of these, 41,000 …`, `41,000 of them …`: whether a figure is said of what was told before its sentence."""
    sentence = scene.sentences[scene.claims[part].sentence]
    if part == scene.by_sentence[scene.claims[part].sentence].start:
        lead = scene.report.view[sentence.start : scene.claims[part].figure.start].lower()
        if _LEADS.fullmatch(lead):
            # `Of these 25 patients`: the number is that of all of them.
            figure = scene.claims[part].figure
            return figure.end == figure.number_end or lead.rstrip()[-1] in ",:" or len(lead.split()) > _FEW
    alone = part == scene.by_sentence[scene.claims[part].sentence].start
    return alone and _BEHIND.match(scene.after(part)) is not None


def could_be_slip(scene: Scene, whole: int, part: int) -> bool:
    """Whether a part is larger than its whole, and no more so than a slip of the pen may make it."""
    a, b = (abs(scene.claims[c].figure.number.value) for c in (whole, part))
    return a < b <= a * _MOST


def is_of_no_others(scene: Scene, whole: int, part: int) -> bool:
    """Whether words from a whole on to what is taken out of it name no other things, of which it may be taken.

    `It has 25 offices with many clerks. Of these, 140 …`: the clerks are not counted, and no offices are meant.
    """
    a, b = scene.claims[whole].figure, scene.claims[part].figure
    start = scene.sentences[scene.claims[whole].sentence].start
    if _LEFT_OUT.search(scene.report.view[max(start, a.start - _BEFORE) : a.start].lower()):
        return False
    own = a.unit == b.unit != "" and (b.end > b.number_end or b.dimension == "money")
    if own and same_measure(scene.claims[whole], scene.claims[part]):
        return True
    if not could_be_slip(scene, whole, part):
        return False
    if a.number.value >= _MANY_THINGS:
        return True
    end = min(scene.sentences[scene.claims[whole].sentence].end, b.start)
    said = scene.report.view[a.end : end].lower()
    stop = _NAME_ENDS.search(said)
    done = _DONE.search(said) if a.unit else None
    ends = [m.start() for m in (stop, done) if m is not None]
    rest = said[min(ends) :] if ends else ""
    return _MANY.search(_NO_THINGS.sub(" ", rest)) is None


def called(scene: Scene, heads: list[int], first: int) -> list[int]:
    """Of the figures that a list may be set under, that which the list names: `Of the pupils of Roma families, 12,480
    …`; all of them where it names none."""
    start = scene.sentences[scene.claims[first].sentence].start
    named = OF_NAMED.match(scene.report.view[start : scene.claims[first].figure.start].lower())
    if named is None:
        return heads
    words, amounts = stems(named["name"]), _all_heads(scene, first)
    for names in zip(*(_names_of(scene, c) for c in amounts), strict=True):  # what is said before them, then behind
        told = [len(words & stems(name)) for name in names]
        found = [c for c, n in zip(amounts, told, strict=True) if n and n == max(told)]
        if found:
            return found if len(found) == 1 else []
    return []


def _all_heads(scene: Scene, first: int) -> list[int]:
    """The amounts of the sentence before that are larger than a part and no part themselves."""
    number, part = scene.claims[first].sentence - 1, scene.claims[first]
    return [
        c
        for c in scene.by_sentence[number]
        if number >= 0
        and scene.same_section(c, first)
        and scene.claims[c].figure.kind == "absolute"
        and scene.claims[c].figure.upper is None
        and countable(scene.claims[c], part)
        and not {"prior", "change"} & set(scene.roles(c, "growth"))
        and scene.claims[c].figure.number.value > part.figure.number.value
    ]


def _names_of(scene: Scene, claim: int) -> tuple[str, str]:
    """The words that a figure is called by: before it from the figure before on, and its noun with what follows."""
    sentence, row = scene.sentences[scene.claims[claim].sentence], scene.by_sentence[scene.claims[claim].sentence]
    figure, view = scene.claims[claim].figure, scene.report.view
    start = scene.claims[claim - 1].figure.end if claim - 1 in row else sentence.start
    end = scene.claims[claim + 1].figure.start if claim + 1 in row else sentence.end
    behind = _JOINTS.split(view[figure.number_end : end].lower())[0]
    return _JOINTS.split(view[start : figure.start].lower())[-1], behind
