"""One quantity said in two units → conversion; a lowest, a highest and an average → range.

A pair in two units of measure checks itself; one in two currencies is taken only with a rate, or with the report's
other pairs of the same currencies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.binding.scene import Outcome, Scene, operand
from pipeline.exact import ratio
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Confidence, Cue, Figure, Relation, Scope
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales
from pipeline.slips import explained

# Words between the two mentions of one quantity at most, and figures between a pair and its rate.
_APART = 8
_RATE_WITHIN = 3
# Farther apart than this, and not by a power of ten, two figures are not meant for one.
_WILD = 4
_POWERS = tuple(Fraction(10) ** power for power in (1, 2, 3))
_LEEWAY = Fraction(1, 50)
_IN_BRACKETS = lazy(r"(?: [^\W\d][\w'’-]*){0,6} \(")
_AT = lazy(r"[^.;]{0,40}?\b(?:at|@)\b[^.;()]{0,40}$")
_AGAIN = lazy(r"\bat (?:the|this|that) (?:same|said|above) (?:exchange |accounting )?rate\b")
# Multipliers of two countings: what is 3.3 crore is 330 lakh.
_COUNTINGS = ("crore", "lakh")
_AVERAGE = lazy(
    r"(?:averag\w*|\bmean|\bmedian|\btypical\w*|\bmodal|\bcent(?:er|re)d on|\bmidpoint|\bmostly)\b[^;:.]{0,30}$"
)
# `averaged 46%, compared with the norm of 15% to 30%`: what it is set against need not hold it.
_AGAINST = lazy(
    r",? \(?(?:as )?(?:compared (?:with|to)|against|versus|while|whereas|but|above|below|outside|higher|lower|beyond"
    r"|far)\b"
)
_STRAIGHT = lazy(r"^[^;:.]*\b(?:averag(?:ing|ed|es)|(?:average|mean|median)(?: (?:of|was|is|being))?) $")
# Only the measure of the range itself: `and an average wage of` may be of another.
_WITH_AVERAGE = lazy(
    r"\s*+(?:(?:a|per) [a-z]++\s*+)?,?\s*+(?:(?:and|with)\s*+)?"
    r"(?:averaged|averages|averaging|(?:an?|the) (?:average|mean|median)(?: (?:of|was|is|being))?)\s*"
)
# `2.2 m when its tail (which can be up to 70 cm)` tells of another thing; so do a length and a width with a name each.
_ANOTHER = lazy(r"\([^)]*\b(?:can|may|could|might)\b|\b(?:when|if|whose|with)\b[^(]*\(|[):;]")
_BY = lazy(r"\s*[x×]\s*\d")
_RATED = lazy(r"\s?/\s?[\w(]")
# `52,400 mu of terraced land (3,493 hectares)`
_EQUAL_TO = lazy(r",? (?:which is |that is )?(?:equal|equivalent) to ")
_OPENED = lazy(
    r"(?: of(?: [a-z-]+){1,3})? ?\((?:(?:about|approximately|some|around|roughly|nearly|almost|just over|or) )?"
)
_BETWEEN = lazy(r"\b(?:of|at|be|is|was|to) (?:somewhere |anywhere )?between $")
_FORESEEN = lazy(r"\b(?:forecast|guidance|guided|expect|outlook|target|project|anticipat|estimat|plan|budget)[a-z]*\b")
_OF_TWO = lazy(r"\b(?:difference|gap|margin|ratio|balance|split) between (?:the )?$")
_ASIDE = 3
# An average that lies so many times outside the range is one of something else.
_FAR_OUT = 3
_CLOSE_WORDS = 5


@dataclass(frozen=True, slots=True)
class _Pair:
    first: int
    second: int
    cue: Cue


def bind(scene: Scene) -> Outcome:
    """All conversions and ranges of a report."""
    return [*_conversions(scene), *_fractions(scene), *_ranges(scene)], []


def _words(scene: Scene, start: int, end: int) -> str:
    return f"“{' '.join(scene.report.text[start:end].split())}”"


def _conversions(scene: Scene) -> Iterator[Relation]:
    rate: int | None = None
    unrated: dict[tuple[str, str], list[_Pair]] = {}
    for pair in _pairs(scene):
        a, b = (scene.claims[n].figure for n in (pair.first, pair.second))
        if _measured(a, b, scene):
            yield _relation(scene, (pair.first, pair.second), None, "high", "sentence", pair.cue)
            continue
        stated = _rate_of(scene, pair)
        if stated is not None:
            rate = stated
            yield _relation(scene, (pair.first, pair.second), rate, "high", "sentence", pair.cue)
        elif rate is not None and _fits(scene.claims[rate].figure, a, b):
            again = (
                _AGAIN.search(scene.report.view, scene.claims[pair.second].figure.end, _end(scene, pair.second))
                is not None
            )
            relation = _relation(
                scene, (pair.first, pair.second), rate, "high" if again else "low", _scope(scene, rate, pair), pair.cue
            )
            if again or agreement(relation, scales(scene.book)) in ("strict", "coarse"):
                yield relation
        elif a.dimension == b.dimension == "money":
            unrated.setdefault((a.unit, b.unit), []).append(pair)
    yield from _at_one_rate(scene, unrated)


def _fractions(scene: Scene) -> Iterator[Relation]:
    """`One in four respondents (26%)`, `two thirds (64 per cent) of them`: a fraction said again as a percent.

    What is hedged (`almost half (44%)`) is one writer's choice of words; it is taken where it agrees.
    """
    for n, claim in enumerate(scene.claims[1:], 1):
        first = scene.claims[n - 1].figure
        if (
            claim.figure.kind == "percent"
            and claim.figure.upper is None
            and first.kind == "factor"
            and first.number.manner == "fraction"
            and first.number.value < 1
            and _IN_BRACKETS.fullmatch(scene.between(n - 1, n)) is not None
            and scene.after(n).startswith(")")
        ):
            cue = Cue(
                first.start, claim.figure.end + 1, "conversion", (), 0, "", "", False, "conversion.fraction-again"
            )
            hedged = bool(first.modifier or claim.figure.modifier)
            relation = _relation(scene, (n - 1, n), None, "low" if hedged else "high", "sentence", cue)
            if not hedged or agreement(relation, scales(scene.book)) != "none":
                yield relation


def _pairs(scene: Scene) -> Iterator[_Pair]:
    """Two figures of which words say that the second is the first in another unit."""
    seen: set[int] = set()
    for cue in scene.cues:
        second = next((ref for role, ref in cue.roles if role == "mention" and ref > 0), None)
        if cue.kind != "conversion" or second is None or second in seen:
            continue
        seen.add(second)
        first = _set_beside(scene, second - 1)
        if scene.claims[first].sentence != scene.claims[second].sentence or scene.words_between(first, second) > _APART:
            continue
        a, b = scene.claims[first].figure, scene.claims[second].figure
        # `0.20 Btu/(lbm*F) or 840 joules/(kg-K)`: a unit of which only the beginning is known
        if _RATED.match(scene.after(first)) or _RATED.match(scene.after(second)):
            continue
        if _ANOTHER.search(scene.between(first, second)) or _BY.match(scene.after(second)) or _is_end(scene, first):
            continue
        if (
            a.upper is None
            and b.upper is None
            and {a.kind, b.kind} <= {"absolute", "rate"}
            and (a.dimension == "time") == (b.dimension == "time")  # `the last twelve months (EUR 101.2 million)`
            and (a.unit != b.unit or _countings(scene, a, b))
        ):
            yield _Pair(first, second, cue)


def _set_beside(scene: Scene, first: int) -> int:
    """The figure that another unit is told of: `58.9 billion, up from 47.5 billion, equivalent to USD 535 million`."""
    unit, here = scene.claims[first].figure.unit, scene.by_sentence[scene.claims[first].sentence]
    if not unit or "prior" not in scene.roles(first, "growth"):
        return first
    now = [
        n
        for n in here
        if n < first and scene.claims[n].figure.unit == unit and scene.claims[n].figure.kind == "absolute"
    ]
    return now[-1] if now else first


def _is_end(scene: Scene, first: int) -> bool:
    """Whether a figure is the second of one length: `554 feet 7 inches`."""
    if not first or scene.claims[first - 1].figure.dimension != scene.claims[first].figure.dimension:
        return False
    return not scene.between(first - 1, first).strip(" ,")


def _countings(scene: Scene, a: Figure, b: Figure) -> bool:
    """Whether two figures are said in two countings: `Rs 3.3 crore (330 lakh)`."""
    said = [scene.report.view[f.start : f.end].lower() for f in (a, b)]
    return any(one in said[0] and other in said[1] for one, other in (_COUNTINGS, _COUNTINGS[::-1]))


def _measured(a: Figure, b: Figure, scene: Scene) -> bool:
    """Whether the units themselves tell how the two figures must stand to each other, and they may be meant for one."""
    if _countings(scene, a, b) and (a.unit == b.unit or not b.unit):
        size: Fraction | None = Fraction(1)
    elif a.dimension != b.dimension or a.dimension in ("money", "count", "time", "") or not a.unit or not b.unit:
        return False
    else:
        size = ratio(a.unit, b.unit, scales(scene.book))
    if not size or not a.number.value or not b.number.value:
        return False
    if _in_brackets(scene, a, b):
        return True
    apart = abs(a.number.value * size / b.number.value)
    apart = max(apart, 1 / apart)
    return apart <= _WILD or any(abs(apart / power - 1) <= _LEEWAY for power in _POWERS)


def _in_brackets(scene: Scene, a: Figure, b: Figure) -> bool:
    """Whether brackets right behind a figure hold the same in another system's unit, alone: `5 km (3.1 mi)`."""
    view, sizes = scene.report.view, scales(scene.book)
    size = ratio(a.unit, b.unit, sizes)
    between = view[a.end : b.start]
    alone = _OPENED.fullmatch(between) is not None and view[b.end : b.end + 1] == ")"
    alone = alone or _EQUAL_TO.fullmatch(between) is not None
    decimal = size is not None and any(size in (10**power, Fraction(1, 10**power)) for power in range(10))
    return alone and not decimal and not a.per and not b.per


def _rate_of(scene: Scene, pair: _Pair) -> int | None:
    """The rate that words give for a pair in its own sentence: right behind it, or before it."""
    a, b = (scene.claims[n].figure for n in (pair.first, pair.second))
    for n in range(pair.second + 1, min(pair.second + 1 + _RATE_WITHIN, len(scene.claims))):
        if scene.claims[n].sentence != scene.claims[pair.second].sentence:
            break
        figure = scene.claims[n].figure
        bare = not figure.unit and not figure.dimension and n == pair.second + 1
        said = "rate" in scene.roles(n, "conversion") or figure.per in (a.unit, b.unit)
        if (said and _fits(figure, a, b)) or (
            bare and "money" in (a.dimension, b.dimension) and _AT.match(scene.between(pair.second, n))
        ):
            return n
    before = [n for n in scene.by_sentence[scene.claims[pair.first].sentence] if n < pair.first]
    return next(
        (n for n in reversed(before) if "rate" in scene.roles(n, "conversion") and _fits(scene.claims[n].figure, a, b)),
        None,
    )


def _fits(rate: Figure, a: Figure, b: Figure) -> bool:
    """Whether a rate is told in the unit of one mention, per one of the other where it says so."""
    units = {a.unit, b.unit}
    if rate.upper is not None or not rate.number.value:
        return False
    return (
        (rate.unit in units or not rate.unit)
        and "" not in units
        and (not rate.per or rate.per in units or rate.per == "unit")
    )


def _relation(
    scene: Scene, pair: Sequence[int], rate: int | None, confidence: Confidence, scope: Scope, cue: Cue
) -> Relation:
    operands = [operand("mention", scene.claims[n]) for n in pair]
    if rate is not None:
        operands.append(operand("rate", scene.claims[rate]))
    return Relation("conversion", tuple(operands), scope, confidence, cue.rule, _words(scene, cue.start, cue.end))


def _end(scene: Scene, claim: int) -> int:
    return scene.sentences[scene.claims[claim].sentence].end


def _scope(scene: Scene, rate: int, pair: _Pair) -> Scope:
    apart = scene.claims[pair.first].sentence - scene.claims[rate].sentence
    return "neighbour" if apart <= 1 else "section" if scene.same_section(rate, pair.first) else "document"


def _at_one_rate(scene: Scene, pairs: dict[tuple[str, str], list[_Pair]]) -> Iterator[Relation]:
    """Pairs of the same two currencies: those that follow one rate. That others do not proves nothing: dates differ."""
    for found in pairs.values():
        for earlier, later in pairwise(found):
            ends = (earlier.first, earlier.second, later.first, later.second)
            scope: Scope = "section" if scene.same_section(earlier.first, later.first) else "document"
            relation = _relation(scene, ends, None, "medium", scope, later.cue)
            agreed = agreement(relation, scales(scene.book))
            if agreed in ("strict", "coarse") or (
                scope == "section" and explained(relation, scales(scene.book), ("transposed", "scale"))
            ):
                yield relation


def _ranges(scene: Scene) -> Iterator[Relation]:
    for n, claim in enumerate(scene.claims):
        if claim.figure.upper is None or claim.figure.number.manner == "fraction" or _is_of_two(scene, claim):
            continue
        if max(claim.figure.number.value, claim.figure.upper.value) < 0:  # `a bias between -2 and -8`
            continue
        average = _average(scene, n)
        average = _named_average(scene, n) if average is None else average
        operands = [operand("low", claim, "low"), operand("high", claim, "high")]
        start, end = claim.figure.start, claim.figure.end
        if average is not None:
            operands.append(operand("average", scene.claims[average]))
            start, end = min(start, scene.claims[average].figure.start), max(end, scene.claims[average].figure.end)
        # A range that runs from high to low is written so by some on purpose.
        close = average is not None and _is_close(scene, n, average)
        meant = close or _is_foreseen(scene, claim)
        confidence: Confidence = "high" if meant else "medium" if average is not None else "low"
        yield Relation(
            "range", tuple(operands), "sentence", confidence, "range.average-within", _words(scene, start, end)
        )
    yield from _ranges_by_cue(scene)


def _is_close(scene: Scene, span: int, average: int) -> bool:
    """Whether range and average stand close, with nothing but a time told between: `between $9 and $18 per MMBtu during
    the six months, averaging $12.60`."""
    first, last = sorted((span, average))
    others = [scene.claims[n].figure.dimension for n in range(first + 1, last)]
    alone = not others or set(others) == {"time"}
    joined = _STRAIGHT.search(scene.between(span, average)) is not None
    words = scene.words_between(span, average)
    return words <= _CLOSE_WORDS or (alone and joined and words <= 2 * _CLOSE_WORDS)


def _is_foreseen(scene: Scene, claim: Claim) -> bool:
    """`Our forecast is a revenue of between €1,240 million and €1,290 million`: what is foreseen runs upwards."""
    start = scene.sentences[claim.sentence].start
    ahead = scene.report.view[start : claim.figure.start].lower()
    return _BETWEEN.search(ahead) is not None and _FORESEEN.search(ahead) is not None


def _is_of_two(scene: Scene, claim: Claim) -> bool:
    """`The difference between 438 and 413` is no range."""
    start = claim.figure.start
    return _OF_TWO.search(scene.report.view[max(0, start - _APART * _APART) : start].lower()) is not None


def _average(scene: Scene, span: int) -> int | None:
    """The figure that words call the average of a range, close behind it or before it."""
    figure = scene.claims[span].figure
    places: list[int] = [*range(span + 1, span + 1 + _ASIDE), span - 1]
    for n in places:
        if not 0 <= n < len(scene.claims) or scene.claims[n].sentence != scene.claims[span].sentence:
            continue
        other = scene.claims[n]
        if other.figure.upper is None and _alike(other.figure, figure) and _called_average(scene, other, max(n - 1, 0)):
            return n
    return None


def _named_average(scene: Scene, span: int) -> int | None:
    """The average named right behind a range, however far outside: `from $620 to $910, with an average of $7450`."""
    n, figure = span + 1, scene.claims[span].figure
    if n == len(scene.claims) or scene.claims[n].sentence != scene.claims[span].sentence:
        return None
    other = scene.claims[n].figure
    plain = (
        other.upper is None
        and not other.modifier
        and other.kind in (figure.kind, "absolute")
        and other.unit == figure.unit != ""
    )
    return n if plain and _WITH_AVERAGE.fullmatch(scene.between(span, n)) else None


def _alike(average: Figure, span: Figure) -> bool:
    same = average.unit == span.unit or (not average.unit and average.dimension in ("", span.dimension))
    if not same or (average.kind == "percent") != (span.kind == "percent") or span.upper is None:
        return False
    low, high = sorted((abs(span.number.value), abs(span.upper.value)))
    return low / _FAR_OUT <= abs(average.number.value) <= high * _FAR_OUT


def _called_average(scene: Scene, claim: Claim, before: int) -> bool:
    start = max(scene.sentences[claim.sentence].start, scene.claims[before].figure.end if before else 0)
    if _AGAINST.match(scene.report.view, claim.figure.end):
        return False
    return _AVERAGE.search(scene.report.view[start : claim.figure.start].lower()) is not None


def _ranges_by_cue(scene: Scene) -> Iterator[Relation]:
    """`ranged from 12 to 402 days and averaged 127`: the two ends are figures of their own."""
    for cue in scene.cues:
        roles = {role: ref for role, ref in cue.roles if ref >= 0}
        if cue.kind != "range" or not {"low", "high", "average"} <= set(roles):
            continue
        figures = {role: scene.claims[roles[role]].figure for role in ("low", "high", "average")}
        if any(figure.upper is not None for figure in figures.values()):
            continue
        low, high, average = (figures[role].number.value for role in ("low", "high", "average"))
        ends = ("low", "high") if low <= high or not high <= average <= low else ("high", "low")
        # `ranged from 40 in the north to 12 in the south and averaged 31` runs down on purpose.
        named = (*zip(("low", "high"), (roles[end] for end in ends), strict=True), ("average", roles["average"]))
        operands = tuple(operand(role, scene.claims[ref]) for role, ref in named)
        yield Relation("range", operands, "sentence", "high", cue.rule, _words(scene, cue.start, cue.end))
