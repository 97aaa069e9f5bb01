"""A figure that the next sentence speaks of as known, and gives otherwise → repeat: `the moving of the 3,500 people`.

The article and the words lead back to the one figure of its things that the sentence before tells; a slip of the pen
must lead from the one to the other.
"""

from __future__ import annotations

import re

from pipeline.binding.repeats.sameness import is_narrowed, repeat
from pipeline.binding.scene import Outcome, Scene
from pipeline.binding.words import stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.rulebook.scales import scales
from pipeline.slips import slipped

_THE = re.compile(r"\b(?:the|these|those)\s+$")
# `the tuition of 4,850 dollars`: a measure named again.
_THE_MEASURE = re.compile(r"\b(?:the|this|that) ([a-z]{4,}) of $")
_OTHER = re.compile(
    r"\b(?:other|another|further|remaining|first|last|next|previous|against|than|from|target|plan|planned|instead|average|"
    r"increase\w*|rose|fell|grew|only|each|every|of which|of whom|of these|some|most|in (?:19|20)\d\d)\b"
)
_BEFORE = 40
_FEWEST = 100


def bind(scene: Scene) -> Outcome:
    """All figures that are spoken of again in the next sentence, with a slip."""
    found = []
    for number in range(1, len(scene.sentences)):
        before, here = scene.by_sentence[number - 1], scene.by_sentence[number]
        if len(before) == 0 or scene.sentences[number].section != scene.sentences[number - 1].section:
            continue
        for claim in here:
            relation = _again(scene, claim, before)
            if relation is not None:
                found.append(relation)
    return found, []


def _again(scene: Scene, claim: int, before: range) -> Relation | None:
    figure = scene.claims[claim].figure
    if not _is_plain(scene, claim) or not figure.unit:
        return None
    alike = [n for n in before if scene.claims[n].figure.unit == figure.unit]
    if len(alike) != 1 or not _is_plain(scene, alike[0]) or not _is_meant(scene, claim, alike[0]):
        return None
    relation = repeat(scene, [alike[0], claim], "high", "repeat.spoken-of-again", "the same words, and a slip")
    if agreement(relation, scales(scene.book)) != "none":
        return None
    return relation if _is_slip(scene, alike[0], claim) or _is_slip(scene, claim, alike[0]) else None


def _is_plain(scene: Scene, claim: int) -> bool:
    figure = scene.claims[claim].figure
    said = {"change", "prior", "target", "percent"} & set(scene.roles(claim, "growth", "target"))
    plain = figure.kind == "absolute" and figure.upper is None and not figure.modifier and not figure.per
    return plain and not said and figure.number.manner == "digits"


def _is_meant(scene: Scene, claim: int, other: int) -> bool:
    """Whether words lead from a figure to the one before: its things with an article, or its measure."""
    view, figure = scene.report.view, scene.claims[claim].figure
    start = scene.sentences[scene.claims[claim].sentence].start
    ahead = view[max(start, figure.start - _BEFORE) : figure.start].lower()
    first = scene.sentences[scene.claims[other].sentence]
    said = view[first.start : first.end].lower()
    here = scene.sentences[scene.claims[claim].sentence]
    if _OTHER.search(said) or _OTHER.search(view[here.start : here.end].lower()):
        return False
    measure = _THE_MEASURE.search(ahead)
    if measure is not None:
        return stems(measure[1]) <= stems(said[: scene.claims[other].figure.start - first.start])
    if _THE.search(ahead) is None or figure.dimension != "count" or figure.end == figure.number_end:
        return False
    if is_narrowed(scene, other, claim):
        return False
    noun = stems(view[figure.number_end : figure.end].lower())
    return bool((stems(view[start : here.end].lower()) & stems(said)) - noun)


def _is_slip(scene: Scene, first: int, second: int) -> bool:
    """Whether one slip of the pen makes the one number of the other, each of some digits."""
    a, b = (scene.claims[n].figure.number for n in (first, second))
    texts = [
        scene.report.view[scene.claims[n].figure.start : scene.claims[n].figure.number_end] for n in (first, second)
    ]
    digits = [re.search(r"\d[\d,]*(?:\.\d+)?", text) for text in texts]
    if digits[0] is None or digits[1] is None or min(int(x.value / x.step) if x.step else 0 for x in (a, b)) < 1:
        return False
    wanted = Fraction(digits[1][0].replace(",", ""))
    made = (Fraction(new.replace(",", "")) for _, new in slipped(digits[0][0]))
    fine = max(int(x.value / x.step) if x.step else 0 for x in (a, b)) >= _FEWEST
    return fine and (any(value == wanted for value in made) or _one_digit(digits[0][0], digits[1][0]))


def _one_digit(first: str, second: str) -> bool:
    """Whether two numbers differ in one digit: any for any."""
    return len(first) == len(second) and sum(a != b for a, b in zip(first, second, strict=True)) == 1
