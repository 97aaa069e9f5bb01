"""Where the number of things and the total of a rate are sought: by the rate's noun and unit, close by.

It proposes figures, best-licensed first; `product` makes candidates of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.binding.charity import UNSAID
from pipeline.binding.products.rates import Rate, is_of_each
from pipeline.binding.scene import Scene
from pipeline.binding.words import Words
from pipeline.exact import ratio
from pipeline.model import Figure, Scope
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# A rate per a stretch of time is multiplied only by a number of such stretches.
TIMES = frozenset(("year", "month", "week", "day", "hour", "quarter", "minute", "second"))
_LONG = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
SCOPES: tuple[Scope, ...] = ("sentence", "neighbour", "section", "document")
_EACH = lazy(r"\b(?:each|every|apiece|averag\w+)\b")
_NET = lazy(r"\bnet (?:proceeds|amount|sum|receipts|income|cash)?\b[^.,;\d]{0,20}$")
_AFTER_COSTS = lazy(
    r"\s*+,?\s*+\(?(?:after|net of|less|before|excluding|plus|including)\s+"
    r"(?:the |any |all |our |its )?(?:[a-z]+ ){0,2}?"
    r"(?:commissions?|fees?|costs?|expenses?|discounts?|tax(?:es)?|vat|duty|duties|charges?|transport|freight"
    r"|deduct\w+)\b"
)
_ALSO = lazy(r"[^,;.:]{0,60}\band (?:[a-z]+ ){0,2}")
_NET_WITHIN = 40
_AT = lazy(r",? at (?:an? |the )?(?:[a-z]+ )?(?:average )?(?:price |cost |rate )?(?:of )?")
# How many sentences a count or total may stand from its rate, in one section.
_WINDOW = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A figure for a role, how well words license it, and how far off it stands."""

    claim: int
    tier: int
    scope: Scope


def _near(scene: Scene, claim: int) -> Iterator[tuple[int, int, Scope]]:
    """Claims around, with their tier: this sentence, the neighbours, the section."""
    number, section = scene.claims[claim].sentence, scene.claims[claim].section
    first, last = max(0, number - _WINDOW), min(len(scene.sentences), number + _WINDOW + 1)
    for sentence in range(first, last):
        for other in scene.by_sentence[sentence]:
            if other == claim or scene.claims[other].section != section:
                continue
            distance = abs(sentence - number)
            yield other, min(distance, 2) if distance < 2 else UNSAID, SCOPES[min(distance, 2)]


def counts_of(scene: Scene, rate: Rate) -> list[Place]:
    found = [place for near in _near(scene, rate.claim) if (place := _count(scene, rate, *near)) is not None]
    return _in_turn(rate, found)


def _count(scene: Scene, rate: Rate, claim: int, tier: int, scope: Scope) -> Place | None:
    """How well a figure is named as the number of what the rate is counted by."""
    figure = scene.claims[claim].figure
    if (
        not counts_things(figure)
        or _is_of_rate(figure, rate)
        or _is_another_lot(scene, rate, claim)
        or (figure.dimension == "count" and figure.unit == rate.figure.unit)  # people are no number of `250 people`
        or set(scene.roles(claim, "growth", "target")) & {"change", "percent"}
    ):
        return None
    if is_of_each(scene, claim):
        return Place(claim, max(tier, UNSAID), scope)  # `40 hours each, which at $22 an hour` come to so much in all
    if rate.is_counted_by(figure, scene) or is_measured_by(scene, figure, rate):
        return Place(claim, tier, scope)
    if rate.per in TIMES and figure.dimension == "time":
        return None
    beside = scope == "sentence" and rate.claim - 2 <= claim < rate.claim
    if beside and _has_number_of_its_own(scene, rate, claim):
        return None
    if takes_any(scene, rate) and figure.dimension == "count":
        return Place(claim, tier if beside else tier + 1, scope)
    if figure.dimension in ("count", "") and (scope in ("sentence", "neighbour") or rate.is_named_near(scene, claim)):
        named = rate.is_named_near(scene, claim)
        return Place(claim, tier + 1 if beside and named else max(tier, UNSAID), scope)
    return None


def _is_another_lot(scene: Scene, rate: Rate, claim: int) -> bool:
    """`6.4 million shares at an average of $70.62, including 1.9 million shares for $141 million`: what has the price
    stands before it, and another lot has its own."""
    own = rate.claim - 1
    if own < 0 or claim == own or scene.claims[own].sentence != scene.claims[claim].sentence:
        return False
    return _AT.fullmatch(scene.between(own, rate.claim)) is not None and rate.is_counted_by(
        scene.claims[own].figure, scene
    )


def _has_number_of_its_own(scene: Scene, rate: Rate, claim: int) -> bool:
    """`31 officers were paid; seventeen owe 5,000 each`: another number opens the clause of a rate."""
    own = rate.claim - 1
    if claim >= own or scene.clause_of(own) != scene.clause_of(rate.claim) != scene.clause_of(claim):
        return False
    figure = scene.claims[own].figure
    return figure.start == scene.clause_of(own)[0] and figure.dimension in ("count", "") and counts_things(figure)


def is_measured_by(scene: Scene, figure: Figure, rate: Rate) -> bool:
    """Whether a figure is in a unit of what the rate is told by: tonnes, and a price per quintal."""
    sizes = scales(scene.book)
    return figure.unit in sizes.units and rate.per in sizes.units and ratio(figure.unit, rate.per, sizes) is not None


def _is_of_rate(figure: Figure, rate: Rate) -> bool:
    """Whether a figure measures what the rate measures: tonnes a head are not counted by tonnes, nor years by years."""
    if figure.unit and figure.unit == rate.figure.unit and figure.unit != rate.noun:
        return True
    return figure.dimension not in ("count", "") and figure.dimension == rate.figure.dimension


def counts_things(figure: Figure) -> bool:
    """Whether a figure may be a number of things: not money, not a share, at most so many a day."""
    if figure.kind not in ("absolute", "rate") or figure.upper is not None or figure.dimension == "money":
        return False
    return not figure.per or figure.per in TIMES


def totals_of(scene: Scene, rate: Rate, words: Words) -> list[Place]:
    found = []
    about = words.of_sentence(scene.claims[rate.claim].sentence)
    for claim, tier, scope in _near(scene, rate.claim):
        if not may_be_total(scene, rate, claim) or (scope != "sentence" and "target" in scene.roles(claim, "target")):
            continue  # `The target was 650,000 people. … 2,106 boreholes, each serving 250 people`
        measured = scene.claims[claim].figure.dimension not in ("money", "count", "")
        if scope == "section" and not measured and not words.near(claim) & about:
            continue
        total, one = scene.claims[claim].figure, rate.figure
        bare = not total.dimension or not one.dimension or (total.dimension == "count" and total.unit != one.unit)
        change = "change" in scene.roles(claim, "growth", "target")
        found.append(Place(claim, tier + int(bare) + int(change), scope))
    return _in_turn(rate, found)


def may_be_total(scene: Scene, rate: Rate, claim: int) -> bool:
    figure, one = scene.claims[claim].figure, rate.figure
    if figure.kind not in ("absolute", "rate") or figure.upper is not None or claim in rate.row:
        return False
    if scene.report.view.startswith("/", figure.end):
        return False  # `30 g/30 min` is so much in that time
    if figure.dimension == "time" and scene.report.view.startswith("-", figure.number_end):
        return False  # `the 12-month average` is a name
    if figure.per and figure.per != "unit" and (figure.per not in TIMES or figure.per == rate.per):
        return False
    if figure.per in TIMES and rate.per in TIMES and _LONG.index(rate.per) > _LONG.index(figure.per):
        return False  # so many a year make no number a week
    if set(scene.roles(claim, "growth", "target")) & {"percent", "prior"}:
        return False
    if is_parted(scene, claim):
        return False
    if figure.unit and figure.unit == rate.noun and figure.unit != one.unit:
        return False
    if not figure.dimension or not one.dimension:
        return True
    # `4.2 mouths in each household` are people.
    return figure.dimension == one.dimension and (figure.unit == one.unit or figure.dimension != "money")


def is_no_total(scene: Scene, claim: int) -> bool:
    """`2.4 million shares at 14.20, for net proceeds of 33.1 million after commissions`: less than they make; `17,900
    per day for the one and 13,200 for the other`: a rate itself."""
    before, figure = scene.claims[claim - 1].figure, scene.claims[claim].figure
    if (
        claim
        and before.per
        and not figure.per
        and before.unit == figure.unit
        and _ALSO.fullmatch(scene.between(claim - 1, claim))
    ):
        return True
    start = scene.claims[claim].figure.start
    ahead = scene.report.view[max(0, start - _NET_WITHIN) : start].lower()
    return _NET.search(ahead) is not None or _AFTER_COSTS.match(scene.after(claim)) is not None


def is_parted(scene: Scene, claim: int) -> bool:
    """`Irrigated farms accounted for 251,576 t of the harvest`: what belongs to some is not what all make."""
    part = scene.roles(claim, "sum").get("part")
    return part is not None and part.mode == "parted"


def _in_turn(rate: Rate, found: list[Place]) -> list[Place]:
    """Of several figures that fit equally none is licensed better; of as many as there are rates, each has its own."""
    best = min((p.tier for p in found), default=UNSAID)
    rivals = [p for p in found if p.tier == best]
    if len(rivals) < 2 or best >= UNSAID:
        return found
    if len(rivals) != rate.turn[1]:
        return [replace(p, tier=1) if p in rivals and best == 0 else p for p in found]
    own = rivals[rate.turn[0]].claim
    return [
        replace(p, tier=max(best - 1, 0) if p.claim == own else p.tier + UNSAID) if p in rivals else p for p in found
    ]


def takes_any(scene: Scene, rate: Rate) -> bool:
    """Whether words leave open what is counted; `260 liters per second` is of one thing, if it is not said of each."""
    span = scene.sentences[scene.claims[rate.claim].sentence]
    said = scene.report.view[span.start : span.end].lower()
    return rate.takes_any and (rate.per not in TIMES or _EACH.search(said) is not None)
