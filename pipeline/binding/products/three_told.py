"""A rate, a count and a total that one to three sentences tell, and no other amount → product.

`A kit costs $32. The agency handed out 14,500 kits. The total cost was $464,000.` Words make one figure a rate; its
unit, and what it is counted by, leave one place for each of the other two. What does not agree is shown where one slip
of the pen explains it, or where the rate stands right behind the two with words that draw it from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.binding.products.places import is_parted
from pipeline.binding.products.rates import Rate, is_human
from pipeline.binding.scene import Scene, flat, operand
from pipeline.binding.slipped import fineness, one_slip_away
from pipeline.exact import ratio
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# The sentences that are looked at, before and behind that of the rate: the fewest first.
_WINDOWS = ((0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2))
_OTHERS, _FINE = 2, 10
# Words by which a figure is wanted, past, of others or only some of what is told.
_OTHER = lazy(
    r"\b(?:norms?|standards?|targets?|should|must|planned|ceiling|limit|minimum|maximum|at least|at most|up to|compared"
    r"|previous|former|last year|a year (?:earlier|before|ago)|national average|allowed|recommend\w*|range|some of"
    r"|remaining|respectively|except|excluding|plus|another|further|additional|increas\w*|decreas\w*|rose|fell|grew"
    r"|declin\w*|than|including|of which|of whom|of them|only for|first|second|third)\b"
)
_ON_AVERAGE = "cues.rate-on-average"
_SPELLS = lazy(
    r"\b(?:(?P<year>year|years|yearly|annual|annually|annum)|(?P<quarter>quarterly)|(?P<month>month|months|monthly)"
    r"|(?P<week>week|weeks|weekly)|(?P<day>day|days|daily))\b"
)
# What draws a rate from the two amounts right before it.
_DRAWN = lazy(
    r"(?:^|[,;:(–—]|\bor\b|\bthat is\b|\bi\.e\.)\W*(?:(?:or|that is|that makes|i\.e\.|giving|making|which is"
    r"|which makes|with|thus|hence|so),? )*"
    r"(?:[a-z ]{2,30}? (?:has|have|had|gives?|gave|makes?|made|means|meant|leaves|left|offers|works out (?:at|to)"
    r"|there (?:is|was|are)) (?:thus |therefore |only |just |about )?)?"
    r"(?:(?:an?|the|on) (?:average|mean|ratio|rate|density|yield)(?: [a-z]+)? (?:of )?)?$"
)
# How likely it may be that a slip explains figures by chance: of a rate that words hint at, name, or draw.
_WILD, _LEAST = Fraction(4), (Fraction(1, 8), Fraction(1, 4), Fraction(1))


def told(scene: Scene, rate: Rate) -> Relation | None:
    """The product of the fewest sentences that hold the rate and two more amounts, if words leave it no other."""
    if rate.figure.upper is not None or rate.figure.modifier not in ("", "~"):
        return None
    for back, ahead in _WINDOWS:
        claims = _amounts(scene, rate, back, ahead)
        if claims is None:
            continue
        others = [n for n in claims if n != rate.claim]
        if len(others) < _OTHERS:
            continue
        alone = len(others) == _OTHERS and set(rate.row) <= {rate.claim, *others}
        return _of_three(scene, rate, others, back, ahead) if alone else None
    return None


def _amounts(scene: Scene, rate: Rate, back: int, ahead: int) -> list[int] | None:
    """The amounts of so many sentences around a rate; None where they are not all of one section."""
    number = scene.claims[rate.claim].sentence
    first, last = number - back, number + ahead
    if first < 0 or last >= len(scene.sentences) or scene.sentences[first].section != scene.sentences[last].section:
        return None
    claims = range(scene.by_sentence[first].start, scene.by_sentence[last].stop)
    return [n for n in claims if n == rate.claim or _is_amount(scene.claims[n].figure, rate)]


def _is_amount(figure: Figure, rate: Rate) -> bool:
    """Whether a figure is an amount; `one nurse to twelve patients` tells of twelve."""
    one = figure.number.value == 1 and figure.number.manner == "words" and figure.unit in (rate.per, rate.noun)
    return figure.kind in ("absolute", "rate") and not one


def _of_three(scene: Scene, rate: Rate, others: Sequence[int], back: int, ahead: int) -> Relation | None:
    number = scene.claims[rate.claim].sentence
    said = flat(scene.report.view[scene.sentences[number - back].start : scene.sentences[number + ahead].end].lower())
    if _OTHER.search(said) or any(not _is_plain(scene, n) for n in others):
        return None
    spells = {m.lastgroup for m in _SPELLS.finditer(said)}
    if len(spells) > 1 and all(scene.claims[n].figure.dimension != "time" for n in others):
        return None  # `640 friends give 12 euros a month each`: what that makes in a year
    sizes, drawn = scales(scene.book), _is_drawn(scene, rate, others)
    found = list(_relations(scene, rate, others))
    for relation in found:
        if agreement(relation, sizes) != "none":
            return relation
    if not (rate.sure and rate.per):  # `a loan of 1.0 billion` and two units: coarse figures fit anything
        found = [r for r in found if min(fineness(o) for o in r.operands) >= _FINE]
    for relation in found:
        if one_slip_away(relation, sizes, least=_LEAST[drawn + rate.sure]):
            return relation
    return found[0] if drawn and len(found) == 1 and rate.sure and _is_near(found[0]) else None


def _relations(scene: Scene, rate: Rate, others: Sequence[int]) -> Iterator[Relation]:
    """The ways in which the other two may be the count and the total; that which names the count first."""
    ways = [(a, b) for a, b in (others, others[::-1]) if _fits(scene, rate, a, b)]
    named = [(a, b) for a, b in ways if rate.is_counted_by(scene.claims[a].figure, scene)]
    for count, total in named or ways:
        operands = (
            replace(operand("rate", scene.claims[rate.claim]), figure=rate.figure),
            replace(operand("count", scene.claims[count]), figure=replace(scene.claims[count].figure, per="")),
            operand("total", scene.claims[total]),
        )
        reason = f"a figure per {rate.per or 'thing'}, the number of them and what they make, and no other amount"
        scope = scene.scope_of(rate.claim, count, total)
        yield Relation("product", operands, scope, "high", rate.rule, reason)


def _fits(scene: Scene, rate: Rate, count: int, total: int) -> bool:
    """Whether units let a figure be the number of what a rate is told by, and another what they make."""
    things, whole, one = scene.claims[count].figure, scene.claims[total].figure, rate.figure
    if things.dimension in ("", "count") and things.number.step < 1:
        return False
    mean = scene.roles(count, "product").get("rate")
    if is_parted(scene, total) or (mean is not None and mean.rule == _ON_AVERAGE):
        return False  # `Beds averaged 412, and the average stay was 4.6 days`: a mean counts nothing
    if (not things.dimension and not whole.dimension) or (things.dimension == "count" and things.unit == one.unit):
        return False
    if (things.per and things.dimension != "time") or (one.dimension == "time" and whole.unit != one.unit):
        return False
    if things.dimension == "money" or whole.number.value <= one.number.value:
        return False
    # `640 euros a month for 1,250 flats`, and so much a month for all of them.
    both = bool(whole.per) and whole.per == scene.claims[rate.claim].figure.per
    if both and whole.per not in _LASTING:
        return False  # `highest: 8.8 t/ha; mean of 24 plots: 6.4 t/ha`
    if not both and (rate.per in _LASTING) != (things.dimension == "time") and rate.per and things.dimension:
        return False
    sized = things.dimension not in ("", "count", "time")
    if sized and ratio(things.unit, rate.per, scales(scene.book)) is None:
        return False
    if things.dimension == "count" and not both and not (rate.is_counted_by(things, scene) or rate.takes_any):
        return False
    if scene.roles(total, "sum").get("total") and whole.dimension == one.dimension == "count":
        return True  # `220 families received 3 goats each, 660 animals in all`
    if whole.unit == one.unit or (is_human(whole.unit) and is_human(one.unit)):
        return True
    if not whole.unit or not one.unit:
        return (whole.dimension or one.dimension) != "money" or not whole.unit
    return one.dimension not in ("money", "count") and whole.dimension == one.dimension


_LASTING = frozenset(("year", "month", "week", "day", "hour", "quarter", "minute", "second"))


def _is_plain(scene: Scene, n: int) -> bool:
    figure = scene.claims[n].figure
    roles = scene.roles(n, "growth", "target").items()
    compared = any(role in ("prior", "target", "change") and cue.mode != "weak" for role, cue in roles)
    # `The two-day workshop`: such a figure counts nothing.
    joined = scene.report.view.startswith("-", figure.number_end)
    return (
        figure.modifier in ("", "~") and figure.upper is None and figure.number.value > 1 and not (compared or joined)
    )


def _is_drawn(scene: Scene, rate: Rate, others: Sequence[int]) -> bool:
    """Whether a rate stands right behind the other two, with words that draw it from them."""
    if rate.claim != max(others) + 1:
        return False
    sentence = scene.sentences[scene.claims[rate.claim].sentence].start
    start = max(sentence, scene.claims[rate.claim - 1].figure.end)
    return _DRAWN.search(flat(scene.report.view[start : scene.claims[rate.claim].figure.start].lower())) is not None


def _is_near(relation: Relation) -> bool:
    """Whether a total is no more times what rate and count make than words may be wrong by."""
    figures: dict[str, Figure] = {o.role: o.figure for o in relation.operands if o.figure is not None}
    made = figures["rate"].number.value * figures["count"].number.value
    return bool(made) and 1 / _WILD <= figures["total"].number.value / made <= _WILD
