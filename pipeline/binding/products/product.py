"""Rates, counts and totals: a figure per something, the number of those things, and the sum it makes → product.

The rate names what it is counted by (`500,000 Yuan for each village`); that noun leads to the count. What lies farther
off than the next sentence is taken where it agrees, and never flagged.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pipeline.binding.charity import UNSAID, choose, unbuilt
from pipeline.binding.products import (
    by_the_year,
    each_of,
    in_step,
    lasting,
    over_time,
    products_told,
    ratios_told,
    three_told,
    told_before,
    told_behind,
)
from pipeline.binding.products.places import (
    SCOPES,
    TIMES,
    Place,
    counts_of,
    counts_things,
    is_measured_by,
    is_no_total,
    may_be_total,
    takes_any,
    totals_of,
)
from pipeline.binding.products.rates import Rate, is_of_each, rates
from pipeline.binding.scene import Candidate, Outcome, Scene, operand
from pipeline.binding.slipped import ANY, STRONG, fineness, slips
from pipeline.binding.words import Words
from pipeline.exact import ratio
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Confidence, Considered, Figure, Relation
from pipeline.rulebook.scales import scales

# A count farther off than the window is looked for at so many places.
_MOST_COUNTS = 20
# So many figures that a report opens with, and on each side, are looked at: the work keeps step with its length.
_OPENING, _AROUND = 60, 60
# Two figures that are meant to agree and do not are this far apart at most, or by a power of ten.
_WILD = Fraction(2)
_LEEWAY = Fraction(1, 50)
# So many steps of its last digit one figure must have before any digit of it is looked at.
_FINE = 100
_FAR = ("section", "neighbour")
_FEW = 8
_POWERS = tuple(Fraction(10) ** power for power in (1, 2, 3, 4))


def bind(scene: Scene) -> Outcome:
    """All products of a report."""
    relations: list[Relation] = []
    considered: list[Considered] = []
    words = scene.once(Words)
    open_rates: list[tuple[Rate, Relation | None, Sequence[Candidate]]] = []
    for rate in rates(scene):
        candidates = list(_candidates(scene, rate, words))
        if (over := over_time.told(scene, rate)) is not None:
            relations.append(over)
            continue
        relation = choose(candidates, scene.book)
        if relation is None and rate.per:
            far = list(_far_candidates(scene, rate, words))
            relation = choose(far, scene.book) or _about(scene, rate, [*candidates, *far], words)
        elif relation is None:
            relation = _about(scene, rate, candidates, words)
        if relation is None or agreement(relation, scales(scene.book)) == "none":
            open_rates.append((rate, relation, candidates))
            continue
        relations.append(relation)
    taken = {(o.role, o.ref) for r in relations for o in r.operands if o.role != "count"}
    for rate, licensed, near in open_rates:
        relation = _slipped(scene, rate, words, taken) or licensed
        if relation is None or relation.confidence != "high":
            relation = (
                products_told.told(scene, rate)
                or told_behind.told(scene, rate)
                or told_before.told(scene, rate)
                or ratios_told.drawn(scene, rate)
                or three_told.told(scene, rate)
                or relation
            )
        if relation is not None and relation.scope != "sentence" and told_before.is_of_others(scene, rate):
            relation = None
        if relation is not None and relation.confidence == "high":
            relations.append(relation)
        else:
            considered.append(_not_built(scene, rate, bool(near)))
            considered.extend(unbuilt(near, scene.report.text))
    held = {frozenset(o.ref for o in r.operands) for r in relations}
    told = [r for form in (ratios_told, each_of, in_step, by_the_year, lasting) for r in form.bind(scene)]
    relations.extend(r for r in told if frozenset(o.ref for o in r.operands) not in held)
    return [r for r in relations if not _has_no_total(scene, r)], considered


def _has_no_total(scene: Scene, relation: Relation) -> bool:
    """Whether figures do not agree, and words say that the total is what was left of it, or a rate itself; or it is in
    what the rate is counted by: `146 km were renewed. Bursts numbered 1,218, a rate of 150 per thousand km`."""
    total = next((o for o in relation.operands if o.role == "total"), None)
    if total is None or agreement(relation, scales(scene.book)) != "none":
        return False
    rates = [scene.claims[bisect_left(scene.starts, o.start)].figure for o in relation.operands if o.role == "rate"]
    if total.figure is not None and total.figure.unit and [total.figure.unit] in [r.per.split()[-1:] for r in rates]:
        return True
    claim = bisect_left(scene.starts, total.start)
    return claim < len(scene.claims) and is_no_total(scene, claim)


def _not_built(scene: Scene, rate: Rate, near: bool) -> Considered:
    figure = scene.claims[rate.claim].figure
    why = (
        "no binding agrees and none is licensed by words" if near else "no number of these things and total stand near"
    )
    return Considered("product", figure.start, figure.end, why, rate.rule)


def _about(scene: Scene, rate: Rate, candidates: Sequence[Candidate], words: Words) -> Relation | None:
    """`Sales per employee were about $79,000`: a hedged rate, or total, that agrees as a round figure.

    Its count is named by the rate's noun and stands near, and its total has the rate's words or stands in its sentence.
    """
    number = scene.claims[rate.claim].sentence
    for candidate in sorted(candidates, key=lambda c: c.tier):
        operands = {o.role: o for o in candidate.relation.operands}
        figures = [o.figure for o in candidate.relation.operands if o.figure is not None]
        if not any(f.modifier == "~" for f in figures) or any(f.modifier not in ("", "~") for f in figures):
            continue
        count, total = (_claim_of(scene, candidate, operands[role].ref) for role in ("count", "total"))
        named = rate.is_counted_by(scene.claims[count].figure, scene) or rate.is_named_near(scene, count)
        beside = number - scene.claims[count].sentence in (0, 1)
        said = scene.claims[total].sentence == number or words.shared(total, rate.claim) - rate.words
        if (named or beside) and said and agreement(candidate.relation, scales(scene.book)) == "coarse":
            return candidate.relation
    return None


def _slipped(scene: Scene, rate: Rate, words: Words, taken: Collection[tuple[str, str]]) -> Relation | None:
    """Of the counts named by the rate's noun and the totals near it, the nearest two that one slip keeps from agreeing.

    `5,000 yuan for everybody, in all 34.2 million`, where 68,400 people were moved: a nought is lost.
    """
    if scene.says(scene.claims[rate.claim].sentence, "respectively"):
        return None
    counts = [place for place in counts_of(scene, rate) if _is_named(scene, rate, place)]
    totals = totals_of(scene, rate, words)
    alike = [t for t in totals if _is_in_its_measure(scene.claims[t.claim].figure, rate.figure)]
    totals = alike if rate.figure.unit else totals
    beside = [t for t in totals if t.scope == "sentence"]
    # What words perhaps call a rate may be the cost of all: `43 exits at a cost of 2.15 million`.
    beside = beside or ([t for t in totals if t.scope == "neighbour"] if rate.sure else [])
    if len(rate.row) > 1:  # of rates in a row each has its own count and total
        turn, row = rate.turn
        counts, beside = (found[turn : turn + 1] if len(found) == row else [] for found in (counts, beside))
    one = rate.figure.number.value
    beside = [t for t in beside if scene.claims[t.claim].figure.number.value != one]  # the rate itself, said again
    counts = [c for c in counts if scene.claims[c.claim].figure.number.value != one]  # `from each of the 12`
    pairs = [(c, t) for c in counts for t in beside if c.claim != t.claim and (c.scope, t.scope) != _FAR]
    # `200,000 shares and warrants for a million more were sold for 50,000`: a rate told later is of either.
    said = Counter(scene.claims[c.claim].sentence for c in counts if c.scope != "sentence")
    pairs = [(c, t) for c, t in pairs if said[scene.claims[c.claim].sentence] < 2]
    for count, total in sorted(pairs, key=lambda pair: _apart(scene, rate, *pair))[:_FEW]:
        relation = _candidate(scene, rate, count, total).relation
        if any((o.role, o.ref) in taken for o in relation.operands) or _has_bound(relation):
            continue
        fine = count.scope != "section" and max(fineness(o) for o in relation.operands) >= _FINE
        if slips(relation, scales(scene.book), ANY if fine else STRONG):
            return replace(relation, confidence="high", reason=f"{relation.reason}; a slip of the pen would explain it")
    return None


def _is_in_its_measure(total: Figure, one: Figure) -> bool:
    """Whether a total is in the unit of a rate, or in another of its measure: kilograms a hectare, and tonnes."""
    sized = one.dimension not in ("", "count", "money") and total.dimension == one.dimension
    return total.unit == one.unit or sized


def _is_named(scene: Scene, rate: Rate, place: Place) -> bool:
    """Whether a count has the rate's noun, or is what stands next to a rate that leaves its noun open."""
    figure = scene.claims[place.claim].figure
    if figure.modifier or figure.number.value <= 1 or "prior" in scene.roles(place.claim, "growth"):
        return False
    if is_of_each(scene, place.claim):
        return False
    if rate.is_counted_by(figure, scene) or is_measured_by(scene, figure, rate):
        return True
    anything = takes_any(scene, rate) and not rate.is_per_head
    return place.scope != "section" and (anything or rate.is_named_near(scene, place.claim))


def _apart(scene: Scene, rate: Rate, count: Place, total: Place) -> tuple[int, int]:
    """How far a count and a total stand from a rate: in sentences, then in figures."""
    claims = (count.claim, total.claim)
    here = scene.claims[rate.claim].sentence
    return sum(abs(scene.claims[c].sentence - here) for c in claims), sum(abs(c - rate.claim) for c in claims)


def _has_bound(relation: Relation) -> bool:
    figures = [(o.role, o.figure) for o in relation.operands if o.figure is not None]
    return any(f.modifier in (">", "<", ">=", "<=") or (f.modifier == "~" and role == "rate") for role, f in figures)


def _claim_of(scene: Scene, candidate: Candidate, ref: str) -> int:
    return next(n for n in candidate.claims if scene.claims[n].claim_id == ref)


def _candidates(scene: Scene, rate: Rate, words: Words) -> Iterator[Candidate]:
    totals = [
        (total, stated)
        for total in totals_of(scene, rate, words)
        if (stated := _stated(scene, rate, scene.claims[total.claim].figure))
    ]
    for count in counts_of(scene, rate):
        things = _things(scene, rate, scene.claims[count.claim].figure)
        if not things:
            continue
        for total, stated in totals:
            if _is_over_time(scene, count.claim, total.claim):
                continue  # `4.6 million litres a day; with 365 days that is 1,679 million litres a year`
            if count.claim != total.claim and _could_be(abs(rate.figure.number.value), things, stated):
                yield _candidate(scene, rate, count, total)


def _is_over_time(scene: Scene, count: int, total: int) -> bool:
    """Whether a total is told by the year and what it is counted by is a time itself."""
    return scene.claims[total].figure.per in TIMES and scene.claims[count].figure.dimension == "time"


def _candidate(scene: Scene, rate: Rate, count: Place, total: Place) -> Candidate:
    tier = count.tier + total.tier + (0 if rate.sure else UNSAID)
    scope = max(count.scope, total.scope, key=SCOPES.index)
    sure = tier == 0 and not scene.says(scene.claims[rate.claim].sentence, "respectively")
    confidence: Confidence = "high" if sure else "medium" if tier < UNSAID else "low"
    operands = (
        replace(operand("rate", scene.claims[rate.claim]), figure=rate.figure),
        operand("count", scene.claims[count.claim]),
        operand("total", scene.claims[total.claim]),
    )
    reason = f"a figure per {rate.per or 'thing'}, the number of them and a total in the same unit"
    claims = tuple(sorted((rate.claim, count.claim, total.claim)))
    one = scene.claims[rate.claim].figure
    mode = "several" if one.number.value == 1 and one.per[:1].isdigit() else ""
    relation = Relation("product", operands, scope, confidence, rate.rule, reason, mode=mode)
    return Candidate(relation, tier, claims)


def _could_be(one: Fraction, things: Fraction, stated: Fraction) -> bool:
    """Whether a total is so near to what rate and count make that it may be meant for it, or off by a power of ten."""
    made = one * things
    if not made or (stated < one <= made):
        return False
    apart = max(made, stated) / min(made, stated)
    return apart <= _WILD or any(abs(apart / power - 1) <= _LEEWAY for power in _POWERS)


def _things(scene: Scene, rate: Rate, count: Figure) -> Fraction | None:
    """A count in what the rate is counted by; None where it is in another measure."""
    sizes = scales(scene.book)
    factor = ratio(count.unit, rate.per, sizes)
    if factor is None and rate.per in sizes.units and count.unit in sizes.units:
        return None
    return abs(count.number.value) * (1 if factor is None else factor)


def _stated(scene: Scene, rate: Rate, total: Figure) -> Fraction | None:
    """A total in the unit of the rate; None where it has another."""
    if total.dimension in ("count", ""):
        return abs(total.number.value)
    factor = ratio(total.unit, rate.figure.unit, scales(scene.book))
    return None if factor is None else abs(total.number.value) * factor


def _far_candidates(scene: Scene, rate: Rate, words: Words) -> Iterator[Candidate]:
    """Counts named by the rate's noun, and totals with its words, anywhere in the report."""
    totals = [n for n in _reach(scene, rate.figure.unit, rate.claim) if may_be_total(scene, rate, n)]
    if rate.figure.unit and rate.figure.dimension in ("", "count"):
        totals += [n for n in _reach(scene, "", rate.claim) if may_be_total(scene, rate, n)]
    totals += [] if rate.figure.unit else [n for n in _beside(scene, rate.claim) if may_be_total(scene, rate, n)]
    totals = [
        n
        for n in totals
        if words.shared(n, rate.claim) or abs(scene.claims[n].sentence - scene.claims[rate.claim].sentence) <= 1
    ]
    one = abs(rate.figure.number.value)
    stated = [(total, size) for total in totals if (size := _stated(scene, rate, scene.claims[total].figure))]
    if not stated:
        return
    counts = [n for n in _reach(scene, rate.noun, rate.claim) if counts_things(scene.claims[n].figure)]
    counts = sorted(counts, key=lambda n: abs(n - rate.claim))[:_MOST_COUNTS]
    bare = (n for n in _reach(scene, "", rate.claim) if n not in counts and _is_bare_count(scene, rate, n))
    for count in (*counts, *islice(bare, _MOST_COUNTS - len(counts))):
        things = _things(scene, rate, scene.claims[count].figure)
        if things is None:
            continue
        made = one * things
        for total, size in stated:
            if count != total and abs(made - size) <= size * _LEEWAY:
                yield _candidate(scene, rate, Place(count, UNSAID, "document"), Place(total, UNSAID, "document"))


def _beside(scene: Scene, claim: int) -> Iterator[int]:
    return (n for n in scene.by_sentence[scene.claims[claim].sentence] if n != claim)


def _is_bare_count(scene: Scene, rate: Rate, claim: int) -> bool:
    """Whether a figure without a noun of its own stands by the rate's noun: `Residents at the year's end: 423,100`."""
    return counts_things(scene.claims[claim].figure) and rate.is_named_near(scene, claim)


def _reach(scene: Scene, unit: str, at: int) -> list[int]:
    """The figures of a unit that are looked at: those a report opens with, and those around a place of it."""
    found = scene.by_unit.get(unit, [])
    here = bisect_left(found, at)
    if here <= _OPENING:
        return found[: here + _AROUND]
    return found[:_OPENING] + found[max(_OPENING, here - _AROUND) : here + _AROUND]
