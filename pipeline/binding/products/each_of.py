"""A number of things, so much to each of them, and what that makes, told in a row → product.

`Three boats, each carrying 40 passengers, were bought, for 120 passengers in all`; `48 clusters, and in each cluster 20
households, for a sample of 960 households`: the three stand next to one another, and `each` ties the first two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.binding.scene import Scene, operand
from pipeline.binding.slipped import slips
from pipeline.binding.words import stem
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_EACH = lazy(
    r"[^.;:]{0,40}?(?:,|\band\b|–|—|\()? ?\b(?:(?:in|from|to|for|on|of|at|with) )?(?:each|every)(?: (?P<noun>[a-z]+))?"
    r"(?: [a-z]+){0,3} (?:about |some )?\W{0,2}"
)
_EACH_OF = lazy(r"\beach of (?:the |these |those |its |our |their )?$")
# `240 grants of $1,500 each came to $360,000`
_BY = lazy(r" (?:(?!and\b|or\b)[a-z]+ ){1,3}")
_EACH_BEHIND = lazy(r"\s*(?:each|apiece)\b")
_COMES_TO = lazy(
    r"\b(?:came|comes|come|amounted|amounts|amount|totall?ed|totals|total|cost|costs|made|makes|makes?)\b[^,;:]*$"
)
# `12 groups of 18 members, 216 places in total`
_GROUPS_OF, _OF = lazy(r"\s*(?:groups|classes|courses|teams|sessions|sets|batches|rows|wards|blocks|convoys)\b"), " of "
# `bought back 4.5 million shares at £3.60, an outlay of £16.2 million`
_AT = lazy(r" at (?:a price of |an average of |an average price of )?")
_FOR = lazy(
    r",? (?:an?|for an?|for a total|in all|or) (?:outlay|cost|total|amount|consideration|expense)(?: cost)? of "
)
# What a total is told with, before it or behind.
_MAKES = lazy(
    r"\b(?:in all|in total|altogether|total|making|giving|for an?|together|a sample of|combined|capacity of|or)\b"
)
_IN_ALL = lazy(r"\s*(?:[a-z]+ ){0,4}?(?:in all|in total|altogether|together|combined)\b")
_OTHER = lazy(
    r"\b(?:average|averag\w+|at least|at most|up to|compared|against|from|than|previous|last year|respectively|except"
    r"|excluding|plus|also|another|further|additional|increas\w*|rose|fell|per|should|some of|remaining|including)\b"
)
_WILD = Fraction(3, 2)


def bind(scene: Scene) -> Iterator[Relation]:
    """All such rows of a report, agreeing or not."""
    for number in scene.holding(3):
        for count in scene.by_sentence[number][:-2]:
            if _tied(scene, number, count) and (relation := _product(scene, number, count)) is not None:
                yield relation


def _tied(scene: Scene, number: int, count: int) -> bool:
    """Whether `each` leads from a number of things to a figure, and words from there to what it all makes."""
    between = scene.between(count, count + 1)
    if between == _OF and _GROUPS_OF.match(scene.low, scene.claims[count].figure.number_end):
        return _IN_ALL.match(scene.after(count + 2)) is not None
    if _AT.fullmatch(between) and _FOR.fullmatch(scene.between(count + 1, count + 2)):
        return True
    if _BY.fullmatch(between) and _EACH_BEHIND.match(scene.after(count + 1)):
        return _COMES_TO.search(scene.between(count + 1, count + 2)) is not None
    opened = _EACH_OF.search(
        scene.report.view[scene.sentences[number].start : scene.claims[count].figure.start].lower()
    )
    if "each" not in between and "every" not in between and opened is None:
        return False
    said = _EACH.fullmatch(between)
    unit = scene.claims[count].figure.unit
    named = said is not None and (
        said["noun"] is None or said["noun"].endswith("ing") or stem(said["noun"]) == stem(unit) or said["noun"] == "of"
    )
    # `240 families each received $1,500`
    named = named or between.startswith(" each ")
    if not named and (opened is None or re.search(r"[.;:]", between)):
        return False
    behind = scene.between(count + 1, count + 2)
    return bool(_MAKES.search(behind) or _IN_ALL.match(scene.after(count + 2))) and ";" not in behind


def _product(scene: Scene, number: int, count: int) -> Relation | None:
    things, one, whole = (scene.claims[n].figure for n in (count, count + 1, count + 2))
    if scene.between(count, count + 1) == _OF and whole.dimension in ("count", ""):  # 216 places for 216 members
        whole = replace(whole, unit=one.unit, dimension=one.dimension, discrete=one.discrete)
    whole_things = things.discrete or things.number.multiplier > 1  # `4.5 million shares`
    if things.dimension != "count" or not whole_things or things.unit == one.unit or not one.unit:
        return None
    if whole.unit != one.unit or whole.per != one.per or not all(_is_plain(f) for f in (things, one, whole)):
        return None
    # Twenty households in each cluster are twenty, not twenty on average.
    printed = replace(one.number, step=Fraction(0), coarse=Fraction(0)) if one.discrete else one.number
    rate = replace(one, kind="absolute", per="", number=printed)
    total = replace(whole, kind="absolute", per="")
    operands = (
        replace(operand("rate", scene.claims[count + 1]), figure=rate),
        operand("count", scene.claims[count]),
        replace(operand("total", scene.claims[count + 2]), figure=total),
    )
    why = "so much to each of a number of things, and what it makes, stand in a row"
    relation = Relation("product", operands, "sentence", "high", "product.each-of", why)
    if agreement(relation, scales(scene.book)) != "none":
        return relation
    span = scene.sentences[number]
    if _OTHER.search(scene.report.view[span.start : span.end].lower()):
        return None
    off = one.number.value * things.number.value / whole.number.value if whole.number.value else Fraction(0)
    return relation if 1 / _WILD < off < _WILD or slips(relation, scales(scene.book)) else None


def _is_plain(figure: Figure) -> bool:
    plain = figure.kind in ("absolute", "rate") and figure.upper is None
    return plain and figure.modifier == "" and figure.dimension not in ("", "time")
