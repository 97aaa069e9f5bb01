"""Amounts made of what was told before: `After these items income was 58.1`, `At 20 each the cost is 2,400` → sum,
product, ratio."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from pipeline.binding.distant.leads import Lead
from pipeline.binding.names import keys
from pipeline.binding.scene import countable, same_measure
from pipeline.fraction import Fraction
from pipeline.model import Relation

_NEAR, _SIZE = Fraction(1, 3), 3
_BACK, _FEW = 8, 5
# What a ratio of a name of its own is of.
_HALVES = {"book": "orders", "bill": "net sales"}


def _at_a_rate(lead: Lead) -> Relation | None:
    """`Pensions were paid to 24,600 persons: …. At 7,200 a year, the outgo is 177.12 million.`"""
    rate, total = lead.claim("rate"), lead.claim("total")
    claims = lead.scene.claims
    if not same_measure(claims[rate], claims[total]) or claims[rate].figure.dimension != "money":
        return None
    before = [
        n
        for n in lead.told(lead.sentence - 1)
        if claims[n].figure.dimension == "count" and claims[n].figure.number.value > 1
    ]
    if not before or any(claims[n].figure.dimension == "count" for n in lead.scene.by_sentence[lead.sentence]):
        return None
    count = before[0]
    if any(claims[n].figure.number.value >= claims[count].figure.number.value for n in before[1:]):
        return None  # of several, the sentence is about the first only if the others are some of it
    return lead.relation("product", ("rate", rate), ("count", count), ("total", total))


def _for_a_time(lead: Lead) -> Relation | None:
    """`A further 4.8 million people will be moved, 1.6 million a year for three years.`"""
    rate, count = lead.claim("rate"), lead.claim("count")
    scene, claims = lead.scene, lead.scene.claims
    total = rate - 1
    if total < scene.by_sentence[lead.sentence].start or not lead.is_level(total):
        return None
    over, each = claims[total].figure, claims[rate].figure
    alike = over.unit == each.unit or not each.unit or (over.dimension == "count" and not each.dimension)
    if not alike or ";" in scene.between(total, rate):
        return None
    made = each.number.value * claims[count].figure.number.value / over.number.value
    lead.in_full = Fraction(1, _SIZE) < made < _SIZE
    return lead.relation("product", ("rate", rate), ("count", count), ("total", total))


def _after_these(lead: Lead) -> Relation | None:
    """`Gross profit was 144.4. Selling cost 71.9 and research 14.4. After these items income was 58.1.`"""
    total = lead.claim("total")
    number = lead.sentence - 1
    less = lead.levels(number, total)
    if not lead.opens or not less:
        return None
    claims = lead.scene.claims
    before = lead.levels(number - 1, total)
    if not before:
        return None
    made = claims[before[0]].figure.number.value - sum((claims[n].figure.number.value for n in less), Fraction(0))
    goal = claims[total].figure.number.value
    lead.in_full = made > 0 and abs(made - goal) <= goal * _NEAR
    return lead.relation("sum", ("total", total), ("part", before[0]), *(("less", n) for n in less))


def _left(lead: Lead) -> Relation | None:
    """`Operating income was 58.1. Net interest of 6.3 left income before taxes of 51.8.`"""
    less, total = lead.claim("less"), lead.claim("total")
    if not lead.opens or not same_measure(lead.scene.claims[less], lead.scene.claims[total]):
        return None
    before = next(filter(None, (lead.levels(lead.sentence - back, total) for back in range(1, _FEW))), [])
    if len(before) != 1:
        return None
    return lead.relation("sum", ("total", total), ("part", before[0]), ("less", less))


def _less_named(lead: Lead) -> Relation | None:
    """`Cash was 137.4. … Total debt of 486.0, less cash, gave net debt of 348.6.`"""
    part, total = lead.claim("part"), lead.claim("total")
    scene = lead.scene
    if not same_measure(scene.claims[part], scene.claims[total]) or total != part + 1:
        return None
    said = _TAKEN.match(scene.between(part, total))
    if said is None:
        return None
    other = lead.named(said["name"], unlike=(part, total))
    if other is None or not same_measure(scene.claims[other], scene.claims[total]):
        return None
    way = "less" if said["way"] in _LESS else "part"
    return lead.relation("sum", ("total", total), ("part", part), (way, other))


_TAKEN = re.compile(
    r",? ?(?P<way>less|net of|minus|after deducting|plus|together with|added to) (?:the |its |our )?"
    r"(?P<name>[a-z][a-z -]{2,40}?),? (?:gave|gives|giving|left|leaves|leaving|makes|made|making|yields|yielded)\b"
)
_LESS = frozenset(("less", "net of", "minus", "after deducting"))


def _remains(lead: Lead) -> Relation | None:
    """`It bought shares, spending 36.0 million; 114.0 million remains of the 150.0 million authorized.`"""
    part, total = lead.claim("part"), lead.claim("total")
    claims = lead.scene.claims
    spent = [
        n
        for n in lead.scene.by_sentence[lead.sentence]
        if lead.is_marked(n, "spent") and n not in (part, total) and claims[n].figure.unit == claims[total].figure.unit
    ]
    if len(spent) != 1 or not same_measure(claims[part], claims[total]):
        return None
    return lead.relation("sum", ("total", total), ("part", spent[0]), ("part", part))


def _the_rest(lead: Lead) -> Relation | None:
    """`Funds of 1.408 billion were invested. The larger part, 1.095 billion, …. The remaining 313 million …`"""
    rest = lead.claim("part")
    scene, claims = lead.scene, lead.scene.claims
    if not lead.opens or lead.ahead.strip():
        return None
    for number in range(lead.sentence - 1, max(lead.sentence - _BACK, 0), -1):
        if scene.sentences[number].section != scene.sentences[lead.sentence].section:
            return None
        told = scene.by_sentence[number]
        if not told:
            continue
        if not lead.is_marked(told[0], "larger"):
            continue
        whole = lead.levels(number - 1, rest)
        if not whole or not lead.is_level(told[0]) or not same_measure(claims[told[0]], claims[rest]):
            return None
        return lead.relation("sum", ("total", whole[0]), ("part", told[0]), ("part", rest))
    return None


def _with_and(lead: Lead) -> Relation | None:
    """`2.30 billion came from the centre. With 410 million from the province and 187 from towns, the total was 2.9.`"""
    parts, total = lead.claims("part"), lead.claim("total")
    claims = lead.scene.claims
    if not lead.opens or any(not same_measure(claims[n], claims[total]) for n in parts):
        return None
    for number in (lead.sentence - 1, lead.sentence - 2, lead.sentence - 3):
        before = lead.levels(number, total)
        if before:
            made = sum((claims[n].figure.number.value for n in (before[0], *parts)), Fraction(0))
            goal = claims[total].figure.number.value
            lead.in_full = abs(made - goal) <= goal * _NEAR
            return lead.relation("sum", ("total", total), ("part", before[0]), *(("part", n) for n in parts))
    return None


def _ratio(lead: Lead) -> Relation | None:
    """`Orders of 431.5 million gave a book-to-bill ratio of 1.05`: of what the two halves of its name name."""
    factor = lead.claim("factor")
    name = _RATIO.search(lead.text(lead.cue.start, lead.scene.claims[factor].figure.start))
    if name is None:
        return None
    found = []
    for half in (name["one"] or name["first"], name["two"] or name["second"]):
        words = _HALVES.get(half, half)
        here = [
            n
            for n in lead.scene.by_sentence[lead.sentence]
            if n != factor and lead.is_level(n) and keys(words) and keys(words) <= lead.names.of(n)
        ]
        found.append(here[0] if len(here) == 1 else lead.named(words, unlike=(factor,)))
    level, prior = found
    claims = lead.scene.claims
    if level is None or prior is None or level == prior or not countable(claims[level], claims[prior]):
        return None
    relation = lead.relation("ratio", ("level", level), ("prior", prior), ("factor", factor), mode="of")
    return _as_factor(relation)


_RATIO = re.compile(
    r"\b(?P<one>[a-z]+)-to-(?P<two>[a-z]+) ratio\b"
    r"|\bratio (?:of|between) (?P<first>[a-z][a-z ]{2,30}?) (?:to|and) (?P<second>[a-z][a-z ]{2,30}?) "
    r"(?:was|is|stood|rose|fell|narrowed|widened|came|reached|improved)\b"
)


def _as_factor(relation: Relation) -> Relation:
    """The relation with a bare number in the role of a factor as one."""
    operands = tuple(
        replace(o, figure=replace(o.figure, kind="factor")) if o.role == "factor" and o.figure is not None else o
        for o in relation.operands
    )
    return replace(relation, operands=operands)


def _points_of_growth(lead: Lead) -> Relation | None:
    """`GDP rose by 8.6 percent. The three pulled up the growth of GDP by 0.6, 4.4 and 3.6 percentage points.`"""
    parts = lead.claims("part")
    scene, claims = lead.scene, lead.scene.claims
    words = _GROWTH_OF.search(lead.text(lead.cue.start, claims[parts[0]].figure.start))
    if words is None:
        return None
    name = keys(words["name"])
    found = []
    for number in range(max(lead.sentence - _BACK, 0), lead.sentence):
        start = scene.sentences[number].start
        for n in scene.by_sentence[number]:
            figure = claims[n].figure
            if figure.kind == "percent" and "percent" in scene.roles(n, "growth", "real"):
                if name and name <= keys(lead.text(start, figure.start)):
                    found.append(n)
                break
    if len(found) != 1 or scene.sentences[claims[found[0]].sentence].section != scene.sentences[lead.sentence].section:
        return None
    made = sum((claims[n].figure.number.value for n in parts), Fraction(0))
    goal = claims[found[0]].figure.number.value
    each = len(parts) >= _SIZE and "respectively" in lead.behind
    lead.in_full = each and abs(made - goal) <= goal * _NEAR
    return lead.relation("sum", ("total", found[0]), *(("part", n) for n in parts))


_GROWTH_OF = re.compile(
    r"\b(?:growth|rise|increase|expansion|growth rate) (?:of|in) (?:the )?(?P<name>[a-z][a-z ]{1,30}?) by $"
)


def _funded(lead: Lead) -> Relation | None:
    """`Requirements are 22.5 million. So far 14.2 million has been pledged, …; it is therefore 63 per cent funded.`"""
    percent = lead.claim("percent")
    here = lead.told(lead.sentence)
    part = [n for n in here if lead.is_marked(n, "given")]
    if len(part) != 1:
        return None
    for number in (lead.sentence - 1, lead.sentence - 2):
        wholes = [n for n in lead.levels(number, part[0]) if lead.is_marked(n, "needed")]
        if len(wholes) == 1:
            return lead.relation("share", ("part", part[0]), ("whole", wholes[0]), ("percent", percent))
    return None


def _row_less(lead: Lead) -> Relation | None:
    """`Segment income was 40.7, 13.6 and 12.4 respectively, and corporate cost was 8.6`: less it, income of all."""
    parts, less = lead.claims("part"), lead.claim("less")
    scene, claims = lead.scene, lead.scene.claims
    start = scene.sentences[lead.sentence].start
    words = _BEFORE_ROW.search(lead.text(start, claims[parts[0]].figure.start))
    if words is None or not lead.opens:
        return None
    total = lead.named(words["name"], unlike=(*parts, less))
    if total is None or any(not same_measure(claims[n], claims[total]) for n in (*parts, less)):
        return None
    return lead.relation("sum", ("total", total), *(("part", n) for n in parts), ("less", less))


_BEFORE_ROW = re.compile(
    r"\b(?:segments?|divisional|divisions?|branch|branches|regional|departmental|unit)['’]?s? "
    r"(?P<name>[a-z]+(?: [a-z]+)?) (?:was|were|came to|amounted to|of|reached) $"
)


def _per_unit(lead: Lead) -> Relation | None:
    """`4,218 km of road were added. Expenditure was 21.09 billion, or 5 million per km.`"""
    total, rate = lead.claim("total"), lead.claim("rate")
    scene, claims = lead.scene, lead.scene.claims
    per = claims[rate].figure.per
    if not per or not same_measure(claims[total], claims[rate]):
        return None
    told = []
    for number in range(lead.sentence - 1, max(lead.sentence - _FEW, -1), -1):
        told += [n for n in lead.told(number) if claims[n].figure.unit == per]
    here = [n for n in scene.by_sentence[lead.sentence] if claims[n].figure.unit == per]
    if len(told) != 1 or here:
        return None
    return lead.relation("product", ("rate", rate), ("count", told[0]), ("total", total))


def _after_of(lead: Lead) -> Relation | None:
    """`After interest of 3.1 million the surplus of 8.6 million shrank to 5.5 million.`"""
    less, part, total = lead.claim("less"), lead.claim("part"), lead.claim("total")
    claims = lead.scene.claims
    if not all(same_measure(claims[n], claims[total]) for n in (less, part)):
        return None
    return lead.relation("sum", ("total", total), ("part", part), ("less", less))


WAYS: Mapping[str, Callable[[Lead], Relation | None]] = {
    "at-a-rate": _at_a_rate,
    "for-a-time": _for_a_time,
    "after-these": _after_these,
    "left": _left,
    "less-named": _less_named,
    "remains": _remains,
    "the-rest": _the_rest,
    "with-and": _with_and,
    "ratio": _ratio,
    "points-of-growth": _points_of_growth,
    "funded": _funded,
    "row-less": _row_less,
    "per-unit": _per_unit,
    "after-of": _after_of,
}
