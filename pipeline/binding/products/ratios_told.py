"""So many of one thing to one of another, both counted beside it → product: `a pupil-teacher ratio of 34:1`.

The nouns of the ratio lead to the two counts: `84,320 pupils and 2,480 teachers`, here or in the sentence before. So
too with the size of what is counted: `48,650 people in 10,120 households, a mean household size of 4.8`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.binding.products.rates import Rate, is_human
from pipeline.binding.scene import Scene, operand
from pipeline.binding.slipped import slips
from pipeline.binding.words import stem, stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# What stands between the name of a ratio and its number.
_IS = (
    r"(?: [a-z]+){0,3}? (?:of|was|is|at|to|stood at|stands at|came to|being)"
    r"(?: about| some| roughly| thus| therefore| hence| then| accordingly| only| just)? $"
)
_NAMED = (
    lazy(rf"\b([a-z]+)[-–—/ ](?:to[- ])?([a-z]+) ratio{_IS}"),
    lazy(rf"\bratio of ([a-z]+) to ([a-z]+){_IS}"),
)
# `Net debt to EBITDA was 0.55 times`, of two amounts of money.
_TIMES = lazy(
    rf"\b([a-z]+(?: [a-z]+)?)(?:[- ]to[- ]| over |/)([a-z]+(?: (?!ratio|multiple)[a-z]+)?)(?: ratio| multiple)?{_IS}"
)
_SIZE = lazy(rf"\b(?:average|mean) (?:size of (?:a |the )?)?([a-z]+) ?(?:size)?{_IS}")
_TO_ONE = lazy(r"\s*(?:,\s*)?(?:for|to|per)(?:\s+(?:each|every))?\s*")
# Words by which a ratio is wanted, or that of another place or time.
_OTHER = lazy(
    r"\b(?:norms?|standards?|targets?|should|must|planned|ceiling|limit|minimum|maximum|compared|against|than|previous"
    r"|former|last year|national|allowed|recommend\w*|required|respectively|except|excluding|rose|fell|from)\b"
)
# Of an average, or of the year before, it is another ratio.
_NOT_IT = lazy(r"\b(?:average|mean|adjusted|pro forma|previous|prior|last|earlier|from|ago|target|budget\w*)\b")
# What draws a ratio from what was told before.
_DRAWN = lazy(
    r"\b(?:hence|thus|therefore|so|amounts? to|means?|works? out (?:at|to)|that is|i\.e|equals|gives"
    r"|in other words|makes)\b"
)
_WITHIN, _BACK = 70, 2
# A ratio that is said of these figures is no more times off, or off by a slip.
_WILD = Fraction(3, 2)


def bind(scene: Scene) -> Iterator[Relation]:
    """All such ratios of a report whose two counts stand beside them."""
    for number, claims in enumerate(scene.by_sentence):
        for claim in claims:
            pair = _of_two(scene, claims, claim)
            if pair is not None and (relation := _ratio(scene, number, claim, *pair)) is not None:
                yield relation


def drawn(scene: Scene, rate: Rate) -> Relation | None:
    """`The load was 28,900 students. We had 1,986 academics. There were hence 14.6 students to each academic.`

    Words draw the ratio from what went before, where each of its two nouns has one count.
    """
    number = scene.claims[rate.claim].sentence
    span, figure = scene.sentences[number], scene.claims[rate.claim].figure
    if not rate.per or not rate.figure.unit or figure.modifier not in ("", "~"):
        return None
    if not _DRAWN.search(scene.report.view[span.start : figure.start].lower()):
        return None
    near = [
        n
        for at in range(max(0, number - _BACK), number + 1)
        if scene.sentences[at].section == span.section
        for n in scene.by_sentence[at]
        if n < rate.claim and _is_a_count(scene, n)
    ]
    counts = [n for n in near if _is_named(scene, n, rate.words)]
    totals = [n for n in near if _is_named(scene, n, frozenset((stem(rate.figure.unit),)))]
    if len(counts) != 1 or len(totals) != 1 or counts == totals:
        return None
    return _told(scene, rate.claim, rate.figure, counts[0], totals[0])


def _is_a_count(scene: Scene, claim: int) -> bool:
    figure = scene.claims[claim].figure
    plain = figure.kind == "absolute" and figure.upper is None and not figure.per and figure.modifier in ("", "~")
    others = set(scene.roles(claim, "growth", "target")) & {"prior", "target", "change"}
    return plain and figure.dimension in ("count", "") and figure.number.value > 1 and not others


def _is_named(scene: Scene, claim: int, words: frozenset[str]) -> bool:
    """Whether a count has a noun, or, bare, stands right behind one, of these stems."""
    figure = scene.claims[claim].figure
    if figure.dimension:
        printed = scene.report.view[figure.number_end : figure.end].lower()
        return bool(words & (stems(printed) | {stem(figure.unit)}))
    start = scene.sentences[scene.claims[claim].sentence].start
    if claim and scene.claims[claim - 1].figure.dimension != "time":
        start = max(start, scene.claims[claim - 1].figure.end)
    start = max(start, figure.start - _WITHIN)
    return bool(words & stems(scene.report.view[start : figure.start].lower())) or _follows(scene, claim, words)


def _follows(scene: Scene, claim: int, words: frozenset[str]) -> bool:
    """`Connections grew from 389,600 to 412,300`: what was before stands between a figure and its name."""
    prior = claim - 1
    framed = prior >= 0 and "prior" in scene.roles(prior, "growth") and "level" in scene.roles(claim, "growth")
    return framed and _is_named(scene, prior, words)


def _of_two(scene: Scene, claims: range, claim: int) -> tuple[str, str] | None:
    """The nouns of the many and of the one: of `34:1` by its name, of `34 pupils to one teacher` by the figures."""
    figure = scene.claims[claim].figure
    if figure.upper is not None or figure.modifier not in ("", "~"):
        return None
    if figure.kind == "factor" or (figure.kind == "absolute" and not figure.dimension):
        start = scene.sentences[scene.claims[claim].sentence].start
        ahead = scene.report.view[max(start, figure.start - _WITHIN) : figure.start].lower()
        named = next((found for words in _NAMED if (found := words.search(ahead))), None)
        named = named or (_TIMES.search(ahead) if figure.kind == "factor" or "ratio" in ahead else None)
        if named is not None:
            return named[1], named[2]
        size = _SIZE.search(ahead) if figure.kind == "absolute" and figure.number.value > 1 else None
        return ("", size[1]) if size is not None else None
    if figure.dimension != "count" or not figure.unit or figure.number.value <= 1:
        return None
    for other in (claim - 1, claim + 1):
        if other in claims and _TO_ONE.fullmatch(scene.between(min(claim, other), max(claim, other))):
            one = scene.claims[other].figure
            if one.dimension == "count" and one.number.value == 1 and one.unit:
                return figure.unit, one.unit
    return None


def _ratio(scene: Scene, number: int, claim: int, many: str, one: str) -> Relation | None:
    sentence = scene.sentences[number]
    counts, totals = _counted(scene, number, claim, one), _counted(scene, number, claim, many)
    if not many:  # the size of a household is that of those who live in them
        totals = [c for c in totals if c not in counts]
    if len(counts) != 1 or len(totals) != 1 or counts == totals:
        return None
    said = scene.report.view[sentence.start : sentence.end].lower()
    if _OTHER.search(said):
        relation = _told(scene, claim, scene.claims[claim].figure, counts[0], totals[0])
        return relation if relation is not None and agreement(relation, scales(scene.book)) != "none" else None
    return _told(scene, claim, scene.claims[claim].figure, counts[0], totals[0])


def _told(scene: Scene, claim: int, figure: Figure, counts: int, totals: int) -> Relation | None:
    """The product, if it agrees, nearly does, or would without one slip of the pen."""
    count, total = (scene.claims[n].figure for n in (counts, totals))
    if count.dimension == total.dimension == "money":
        return _times(scene, claim, counts, totals)
    rate = replace(figure, kind="rate", unit=total.unit, dimension=total.dimension, per="", discrete=False)
    operands = (
        replace(operand("rate", scene.claims[claim]), figure=rate),
        operand("count", scene.claims[counts]),
        operand("total", scene.claims[totals]),
    )
    why = "words call the figure so many to one, and both are counted beside it"
    scope = scene.scope_of(claim, counts, totals)
    relation = Relation("product", operands, scope, "high", "product.two-to-one", why)
    if agreement(relation, scales(scene.book)) != "none":
        return relation
    if not total.number.value or not count.number.value:
        return None
    off = figure.number.value * count.number.value / total.number.value
    return relation if 1 / _WILD < off < _WILD or slips(relation, scales(scene.book)) else None


def _times(scene: Scene, claim: int, one: int, many: int) -> Relation | None:
    """The ratio of two amounts in one currency, if it agrees, nearly does, or would without one slip of the pen."""
    a, b, factor = (scene.claims[n].figure for n in (many, one, claim))
    if a.unit != b.unit or not a.number.value or not b.number.value:
        return None
    times = replace(
        operand("factor", scene.claims[claim]), figure=replace(factor, kind="factor", unit="", dimension="")
    )
    operands = (operand("level", scene.claims[many]), operand("prior", scene.claims[one]), times)
    why = "words call the figure the ratio of two amounts, and both are told beside it"
    scope = scene.scope_of(claim, one, many)
    relation = Relation("ratio", operands, scope, "high", "ratio.of-two-amounts", why, mode="of")
    off = factor.number.value * b.number.value / a.number.value
    near = 1 / _WILD < off < _WILD or bool(slips(relation, scales(scene.book)))
    return relation if near or agreement(relation, scales(scene.book)) != "none" else None


def _counted(scene: Scene, number: int, claim: int, noun: str) -> list[int]:
    """The plain counts of a noun in a sentence, else in the one before; without a noun those of people."""
    section = scene.sentences[number].section
    for at in (number, number - 1, number - 2):
        if at < 0 or scene.sentences[at].section != section:
            break
        found = [
            c
            for c in scene.by_sentence[at]
            if c != claim and _is_counted(scene, c, noun) and scene.claims[c].figure.number.value > 1
        ]
        if found:
            return found
    return []


def _is_counted(scene: Scene, claim: int, noun: str) -> bool:
    figure = scene.claims[claim].figure
    if figure.kind != "absolute" or figure.upper is not None or figure.per or figure.modifier not in ("", "~"):
        return False
    if noun and figure.dimension == "money":
        start = max(scene.sentences[scene.claims[claim].sentence].start, figure.start - _WITHIN)
        if claim and scene.claims[claim - 1].figure.end > start:
            start = scene.claims[claim - 1].figure.end
        lead = scene.report.view[start : figure.start].lower()
        return stems(noun) <= stems(lead) and _NOT_IT.search(lead) is None
    if noun:
        return figure.dimension == "count" and stem(figure.unit) == stem(noun)
    return (figure.dimension == "count" and is_human(figure.unit)) or _is_population(scene, figure)


def _is_population(scene: Scene, figure: Figure) -> bool:
    """Whether a bare number is one of people: `a population of 48,650`, `48,650 live there`."""
    if figure.dimension or figure.number.step != 1:
        return False
    ahead = scene.report.view[max(0, figure.start - _WITHIN) : figure.start].lower()
    return re.search(r"\b(?:population|inhabitants|residents)\b[^.;]{0,40}$", ahead) is not None
