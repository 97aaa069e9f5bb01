"""A rate whose count, or total, its words name far off: `300 a point`, and the points of another section → product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.binding.names import Names, named, phrases, sole
from pipeline.binding.products.places import counts_things, may_be_total
from pipeline.binding.products.rates import Rate, rates
from pipeline.binding.scene import Scene, operand
from pipeline.binding.slipped import one_slip_away
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Considered, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# `Average sales per connection were`, `net sales per employee were`: the words before `per` name the total.
_PER = lazy(
    r"(?:^|[,;.]\s*)\W*(?:the |on )?(?:average |mean |annual )*([a-z][a-z -]{3,40}?) "
    r"(?:per|for each|for every|a head)\b[^,;]*$"
)
_WITHIN = 90
_TELLING = Fraction(1, 8)


def bind(scene: Scene, names: Names, held: frozenset[str]) -> Iterator[Relation | Considered]:
    """The products whose count or total phrases name. `held` are the refs of rates that are bound already."""
    for rate in rates(scene):
        if scene.claims[rate.claim].claim_id in held or not rate.noun or not rate.sure or len(rate.row) > 1:
            continue
        count, total = _count(scene, names, rate), _total(scene, names, rate)
        if count is None or total is None or count == total:
            continue
        relation = _relation(scene, rate, count, total)
        agreed = agreement(relation, scales(scene.book))
        if agreed in ("strict", "coarse", "open") or one_slip_away(relation, scales(scene.book), least=_TELLING):
            yield relation
        else:
            figure = scene.claims[rate.claim].figure
            why = "what is named far off does not agree, and one slip explains none"
            yield Considered("product", figure.start, figure.end, why, rate.rule)


def _count(scene: Scene, names: Names, rate: Rate) -> int | None:
    """The number of what the rate is counted by: the one in its sentence, or the one that its noun names."""
    here = [
        n
        for n in scene.by_sentence[scene.claims[rate.claim].sentence]
        if n != rate.claim
        and rate.is_counted_by(scene.claims[n].figure, scene)
        and counts_things(scene.claims[n].figure)
    ]
    if here:
        return here[0] if len(here) == 1 else None

    def fits(n: int) -> bool:
        figure = scene.claims[n].figure
        counted = figure.dimension in ("count", "") and figure.number.value > 1 and not figure.modifier
        return counted and counts_things(figure) and not figure.per

    after = scene.after(rate.claim)
    noun = after.find(rate.noun)
    found = [phrase for phrase in phrases(after[noun:])] if noun >= 0 else []
    for phrase in (*found, named(rate.noun)):
        some = names.find(phrase, rate.claim, fits)
        if some:
            return sole(scene, some)
    return None


def _total(scene: Scene, names: Names, rate: Rate) -> int | None:
    """The total: the one in the sentence of the rate, or the one that bears the rate's own words."""
    number = scene.claims[rate.claim].sentence

    def fits(n: int) -> bool:
        figure = scene.claims[n].figure
        same = figure.unit == rate.figure.unit and figure.kind == "absolute"
        return same and may_be_total(scene, rate, n) and not figure.per and not figure.modifier

    here = [n for n in scene.by_sentence[number] if n != rate.claim and fits(n)]
    if here:
        return here[0] if len(here) == 1 else None
    figure = scene.claims[rate.claim].figure
    start = max(scene.sentences[number].start, figure.start - _WITHIN)
    lead = _PER.search(scene.report.view[start : figure.start].lower())
    if lead is None or not named(lead.group(1)).keys:
        return None
    return sole(scene, names.find(named(lead.group(1)), rate.claim, fits))


def _relation(scene: Scene, rate: Rate, count: int, total: int) -> Relation:
    operands = (
        replace(operand("rate", scene.claims[rate.claim]), figure=rate.figure),
        operand("count", scene.claims[count]),
        operand("total", scene.claims[total]),
    )
    scope = scene.scope_of(rate.claim, count, total)
    reason = f"a figure per {rate.per or 'thing'}, and the number and total that its words name"
    return Relation("product", operands, scope, "high", rate.rule, reason)
