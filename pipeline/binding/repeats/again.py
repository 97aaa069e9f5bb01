"""A figure spoken of again as known, and given otherwise → repeat: `the moving of the 3,500 people`, `this £4.3m`.

The article and the words lead back to the one figure of its things that the sentence before tells, `this` and `the
said` to the last one told, and `that is` or brackets to the one right before; a slip of the pen must lead from the one
to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.binding.repeats.sameness import as_rounded, is_narrowed, loosely, repeat
from pipeline.binding.scene import Outcome, Scene
from pipeline.binding.slipped import one_slip_away
from pipeline.binding.words import stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales
from pipeline.slips import slipped

_THE = lazy(r"\b(?:the|these|those)\s+$")
# `the tuition of 4,850 dollars`: a measure named again.
_THE_MEASURE = lazy(r"\b(?:the|this|that) ([a-z]{4,}) of $")
_OTHER = lazy(
    r"\b(?:other|another|further|remaining|first|last|next|previous|against|than|from|target|plan|planned|instead|average|"
    r"increase\w*|rose|fell|grew|only|each|every|of which|of whom|of these|some|most|in (?:19|20)\d\d)\b"
)
_BEFORE = 40
_FEWEST = 100
# `Of these 2,400 came`: a part of them.
_OF_THESE = lazy(r"\b(?:of|among|from|in) (?:these|those|this|that)\b")
# `£3.2 million (that is, 3,204,118 pounds)`; what stands in brackets alone is the same if it is printed otherwise.
_THAT_IS = lazy(
    r"[^.;(]{0,40}?[,(–—-]?\s?(?:\b(?:that is(?: to say)?|i\.e\.?|namely|viz\.?|in other words|in full|"
    r"(?:more )?(?:exactly|precisely)|to be (?:exact|precise))(?!\w),?\s*(?:to say )?)"
)
_ALONE = lazy(r"(?: [a-z-]+){0,3} \((?:or )?")
_SLIM, _LEAST = Fraction(1, 8), Fraction(1, 4)


def bind(scene: Scene) -> Outcome:
    """All figures that are spoken of again in the next sentence, with a slip."""
    found = []
    for number in scene.holding(1, first=1):
        before, here = scene.by_sentence[number - 1], scene.by_sentence[number]
        if len(before) == 0 or scene.sentences[number].section != scene.sentences[number - 1].section:
            continue
        for claim in here:
            relation = _again(scene, claim, before)
            if relation is not None:
                found.append(relation)
    return [*found, *_just_met(scene), *_in_other_digits(scene)], []


def _just_met(scene: Scene) -> Iterator[Relation]:
    """`Costs of EUR 37,850 thousand arose; this sum of EUR 39.7 million was …`: the one figure told just before."""
    for cue in scene.cues:
        *whole, claim = (ref for role, ref in cue.roles if role == "mention") if cue.kind == "repeat" else (-1,)
        if whole:  # `of the eleven clinics all 12 were open`
            told = scene.claims[claim].figure
            alike = _is_alike(scene, whole[0], claim) or not told.unit
            if alike and not told.modifier and told.dimension in ("count", ""):
                yield repeat(scene, [whole[0], claim], "high", cue.rule, "all of them")
            continue
        if claim < 1 or _OF_THESE.search(scene.report.view[cue.start - 8 : cue.end].lower()):
            continue
        figure, number = scene.claims[claim].figure, scene.claims[claim].sentence
        near = [n for n in range(scene.by_sentence[max(number - 1, 0)].start, claim) if _is_alike(scene, n, claim)]
        here = [n for n in near if scene.claims[n].sentence == number]
        met = here or [n for n in near if scene.same_section(n, claim)]
        if (
            not figure.unit
            or len(met) != 1
            or not all(_is_level(scene, n) for n in (met[0], claim) if cue.mode or n != claim)
        ):
            continue
        first = scene.claims[met[0]].figure
        if cue.mode == "the" and _multiplier(scene, first) == _multiplier(scene, figure):
            continue  # `the £3.4m` may be another, if it is not £3,204,000 in short
        sure = first.unit == figure.unit and not cue.mode
        yield from _slipped(scene, met[0], claim, cue.rule, "what was just told", _LEAST if sure else _SLIM)


def _in_other_digits(scene: Scene) -> Iterator[Relation]:
    """`RMB 1.642 billion (that is, 1,462 million yuan)`: one amount, printed in two ways."""
    for cue in scene.cues:
        claim = next((ref for role, ref in cue.roles if role == "mention"), -1)
        if cue.kind != "conversion" or claim < 1 or not _is_alike(scene, claim - 1, claim):
            continue
        between = scene.between(claim - 1, claim)
        first, second = (scene.claims[n].figure for n in (claim - 1, claim))
        loose = first.number.manner == "fraction"
        other = loose or _multiplier(scene, first) != _multiplier(scene, second)
        alone = other and (loose or scene.after(claim)[:1] == ")") and _ALONE.fullmatch(between) is not None
        if scene.claims[claim - 1].sentence == scene.claims[claim].sentence and (alone or _THAT_IS.fullmatch(between)):
            yield from _slipped(scene, claim - 1, claim, cue.rule, "one amount in other digits", _LEAST)


def _slipped(scene: Scene, first: int, second: int, rule: str, reason: str, least: Fraction) -> Iterator[Relation]:
    """The repeat, where it agrees or a slip of the pen keeps it from agreeing."""
    relation, sizes = loosely(repeat(scene, [first, second], "high", rule, reason)), scales(scene.book)
    if agreement(relation, sizes) != "none" or one_slip_away(as_rounded(relation), sizes, least=least):
        yield relation


def _is_alike(scene: Scene, n: int, claim: int) -> bool:
    """Whether two figures are of one unit; or the one, of some size, counts what the other calls otherwise."""
    a, b = scene.claims[n].figure, scene.claims[claim].figure
    if a.kind != b.kind or a.per != b.per or a.upper is not None or b.upper is not None or a.dimension == "time":
        return False
    counts = a.dimension in ("count", "") and b.dimension in ("count", "")
    return a.unit == b.unit or (counts and min(a.number.value, b.number.value) >= _FEWEST)


def _multiplier(scene: Scene, figure: Figure) -> str:
    """The words of a number: `million`, `crore`."""
    return "".join(filter(str.isalpha, scene.report.view[figure.start : figure.number_end])).lower()


def _is_level(scene: Scene, n: int) -> bool:
    return not {"change", "prior", "target"} & set(scene.roles(n, "growth", "target"))


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
