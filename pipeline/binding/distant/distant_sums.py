"""A list whose total a phrase names far off, `of the births in facilities, 5,240 …`, or that runs through parallel
paragraphs, `Priority axis 1: 318 operations …` → sum.

A list agrees with what its words name, or misses it by a slip of the pen; any other is left alone: it may not be whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from pipeline.binding.names import Names, Phrase, named, next_word, phrases, sole, subjects
from pipeline.binding.scene import Scene, countable, counted_alike, operand, same_measure
from pipeline.binding.slipped import one_slip_away
from pipeline.binding.sums.runs import aimed, joined, rows_of
from pipeline.binding.sums.slipped_rows import are_halves, gives_some
from pipeline.exact import is_open
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_TAKEN_OUT = lazy(r"\W*(?:of|among|out of)\b(?!\s+(?:it|them|these|those|which|whom|this)\b)")
_MEASURE = lazy(
    r"\b((?:(?!the\b|of\b|a\b|an\b|had\b|with\b|were\b|was\b|have\b|has\b|and\b)[a-z-]+\s+){1,2})"
    r"(?:of|was|were|at|came to|numbered|amounted to|stood at)\s*$"
)
_CLOSED = lazy(r"\band\b|\bthe (?:remaining|rest|others?|balance)\b")
_REST = lazy(r"\bthe (?:remaining|rest|others?|balance)\b(?: [a-z]+)?\s*$")
_LABEL = lazy(r"\W*([A-Za-z]+(?: [a-z]+)?) (?:\d{1,2}|[IVX]{1,4}|[A-H])\b\s*[:.–-]")
_CHANGE = lazy(r"\b(?:increas|decreas|declin|reduc|rise|rose|fell|fall|grew|growth|drop)\w*\b[^;.]{0,60}$")
_UNLIKE = 500
_WITHIN = 60
_FEWEST, _MOST = 3, 12
# Of the figures that a phrase names so many are tried, the best named first: a long report names hundreds.
_ENOUGH = 12
_SIGNS = "+-−±"
# Figures of three digits add up to a fourth by chance too often for words that only allow it.
_FINE = Fraction(1, 200)
_TELLING = Fraction(1, 4)


def bind(scene: Scene, names: Names, taken: frozenset[str]) -> Iterator[Relation]:
    """The sums whose totals phrases name. `taken` are the refs of parts of sums that agree."""
    for number in scene.holding(2):
        yield from _in_a_sentence(scene, names, number, taken)
    yield from _in_paragraphs(scene, names, taken)


def _in_a_sentence(scene: Scene, names: Names, number: int, taken: frozenset[str]) -> Iterator[Relation]:
    for row in rows_of(scene, number):
        claims = [c for c in row.claims if not aimed(scene, c)]
        if _counts_on(scene, claims):
            continue
        if not 2 <= len(claims) <= _MOST or any(scene.claims[c].claim_id in taken for c in claims):
            continue
        if (
            gives_some(scene, claims)
            or _are_changes(scene, claims)
            or not all(joined(scene, a, b) for a, b in pairwise(claims))
        ):
            continue
        closed = _CLOSED.search(scene.between(claims[-2], claims[-1])) is not None
        rest = _REST.search(scene.between(claims[-2], claims[-1])) is not None
        closed = rest or (closed and (len(claims) > 2 or are_halves(scene, claims)))
        counted = scene.claims[claims[0]].figure.dimension in ("count", "")
        for phrase, sure in _led(scene, claims[0]):
            certain = closed and (sure or (counted and (len(claims) > 2 or rest)))
            found = _judged(scene, names, phrase, claims, certain, "a phrase names the total of a list")
            if found is not None:
                yield found
                break


def _counts_on(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether figures only count on: 1, 2, 3, 4."""
    values = [scene.claims[c].figure.number.value for c in claims]
    return any(b - a == c - b == 1 for a, b, c in zip(values, values[1:], values[2:], strict=False))


def _are_changes(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether a list is one of changes, or of things of very different size: `a decrease of 306 million and 0.04`."""
    sizes = sorted(abs(scene.claims[c].figure.number.value) for c in claims)
    start = scene.sentences[scene.claims[claims[0]].sentence].start
    lead = scene.report.view[start : scene.claims[claims[0]].figure.start].lower()
    return sizes[0] * _UNLIKE < sizes[-1] or _CHANGE.search(lead) is not None


def _led(scene: Scene, first: int) -> Iterator[tuple[Phrase, bool]]:
    """The phrases that say what a list is of, with whether they say so outright."""
    sentence, figure = scene.sentences[scene.claims[first].sentence], scene.claims[first].figure
    lead = scene.report.view[sentence.start : figure.start].lower()
    of = _TAKEN_OUT.match(lead)
    if of is not None:
        yield from ((phrase, True) for phrase in phrases(lead[of.end() :]))
        return
    measure = _MEASURE.search(lead[-_WITHIN:])
    if measure is not None and named(measure.group(1)).keys:
        yield named(measure.group(1)), True
        # `Domestic connections numbered 171,900; the other 14,500`: of all connections.
        yield named(measure.group(1).split()[-1]), False
    noun = next_word(scene, first)
    if noun:
        yield named(noun), False
    yield from ((phrase, False) for phrase in subjects(lead))


def _judged(
    scene: Scene, names: Names, phrase: Phrase, parts: Sequence[int], sure: bool, reason: str
) -> Relation | None:
    """The sum that agrees, best named first; else, where words are sure, the one that a slip explains."""
    if not phrase.keys:
        return None
    sentences = {scene.claims[p].sentence for p in parts}

    def fits(n: int) -> bool:
        claim, figure = scene.claims[n], scene.claims[n].figure
        if claim.sentence in sentences or figure.kind != "absolute" or figure.per or figure.modifier:
            return False
        if not figure.dimension and scene.report.view[figure.start] in _SIGNS:
            return False  # an oxidation state of +1
        if not figure.dimension and figure.number.manner == "words":
            return False
        if any(figure.number.value == scene.claims[p].figure.number.value for p in parts):
            return False  # said again, it is no part of itself
        return figure.dimension != "time" and all(countable(claim, scene.claims[p]) for p in parts)

    found, sizes = names.find(phrase, parts[0], fits), scales(scene.book)
    best = sole(scene, found)
    figures = [scene.claims[p].figure for p in parts]
    for one in found[:_ENOUGH]:
        total = scene.claims[one.claim]
        certain = sure and one.claim == best and all(same_measure(total, scene.claims[p]) for p in parts)
        fine = total.figure.number.step <= abs(total.figure.number.value) * _FINE
        if not certain and (not fine or _is_missed(total.figure, figures)):
            continue
        operands = (
            operand("total", total),
            *(operand("part", counted_alike(total, scene.claims[p])) for p in parts),
        )
        scope = scene.scope_of(one.claim, *parts)
        relation = Relation("sum", operands, scope, "high" if certain else "low", "sum.of-what-is-named", reason)
        if fine and agreement(relation, sizes) == "strict":
            return relation
        if certain and agreement(relation, sizes) == "none" and one_slip_away(relation, sizes, least=_TELLING):
            return relation
    return None


def _is_missed(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether plain numbers of one unit miss a total by more than their last digits; it spares the judgement."""
    figures = (total, *parts)
    if any(is_open(part) for part in parts):
        return True  # `more than 200` and 300 make no total for certain
    if any(f.upper is not None or f.number.manner == "fraction" for f in figures):
        return False
    if any(f.unit not in ("", total.unit) and f.dimension not in ("count", "") for f in figures):
        return False
    missed = abs(sum((p.number.value for p in parts), -total.number.value))
    return missed > sum((f.number.step for f in figures), Fraction(0))


def _in_paragraphs(scene: Scene, names: Names, taken: frozenset[str]) -> Iterator[Relation]:
    """`Priority axis 1: 318 operations … Priority axis 2: 841 operations …`: one figure of a kind in each."""
    for group in _parallel(scene):
        seen: set[frozenset[str]] = set()
        for first in group[0]:
            figure = scene.claims[first].figure
            lead = scene.report.view[max(0, figure.start - _WITHIN) : figure.start].lower()
            measure, noun = _MEASURE.search(lead), next_word(scene, first)
            for phrase in (named(words) for words in (measure.group(1) if measure else "", noun) if words):
                if not phrase.keys or phrase.keys in seen:
                    continue
                seen.add(phrase.keys)
                parts = [_one_of(scene, names, phrase, first, claims) for claims in group]
                held = [p for p in parts if p is not None]
                if len(held) == len(group) and not any(scene.claims[p].claim_id in taken for p in held):
                    found = _judged(scene, names, phrase, held, True, "parallel paragraphs have a part each")
                    if found is not None:
                        yield found


def _parallel(scene: Scene) -> Iterator[list[list[int]]]:
    """The figures of three or more paragraphs, or sections, in turn that begin with one label and a number each."""
    labelled: list[tuple[str, list[int]]] = []
    for _, some in groupby(range(len(scene.sentences)), key=lambda n: scene.sentences[n].paragraph):
        numbers = list(some)
        start = scene.sentences[numbers[0]].start
        label = _LABEL.match(scene.report.view, start)
        claims = [c for n in numbers for c in scene.by_sentence[n] if label is None or c >= 0]
        labelled.append((label.group(1).lower() if label else "", claims))
    for label, run in groupby(labelled, key=lambda one: one[0]):
        group = [claims for _, claims in run]
        if label and _FEWEST <= len(group) <= _MOST:
            yield group


def _one_of(scene: Scene, names: Names, phrase: Phrase, like: int, claims: Sequence[int]) -> int | None:
    """The one figure of a paragraph that a phrase names, of one measure with another: by its own noun before all."""
    counts = scene.claims[like].figure.dimension in ("count", "")
    found = [
        c
        for c in claims
        if phrase.keys <= names.of(c)
        and scene.claims[c].figure.kind == "absolute"
        and not scene.claims[c].figure.per
        and (scene.claims[c].figure.dimension in ("count", "")) == counts
        and countable(scene.claims[like], scene.claims[c])
    ]
    own = [c for c in found if phrase.keys in _own(scene, c)]
    best = own if own else found
    return best[0] if len(best) == 1 else None


def _own(scene: Scene, claim: int) -> tuple[frozenset[str], ...]:
    """What a figure counts, and the measure right before it."""
    start = scene.claims[claim].figure.start
    measure = _MEASURE.search(scene.report.view[max(0, start - _WITHIN) : start].lower())
    return tuple(named(words).keys for words in (next_word(scene, claim), measure.group(1) if measure else "") if words)
