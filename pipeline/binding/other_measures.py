"""Relations whose figures do not agree, and of which one is measured otherwise: a price among amounts, a share of its
own, kilograms where tonnes are told.
"""

from __future__ import annotations

from bisect import bisect_left

from pipeline.binding.scene import Scene
from pipeline.binding.words import stems
from pipeline.fraction import Fraction
from pipeline.model import Operand, Relation
from pipeline.patterns import lazy

# `4.3% of expenditure, or 17.7 million, and underpayments at 0.8%, or 3.3 million`: each has a percentage of its own.
_OWN = lazy(r"(?: of [a-z ]{1,40}?)?(?: ?\(|,? or |, i\.e\. )(?:about |some |nearly )?")
_AND = lazy(r"\b(?:and|while|whereas)\b")
_PRICE = lazy(r"\b(?:mean|average|price|fare|rate|tariff|fee)s?\b(?: [a-z]+)? (?:of|at) \W?$")
# `0.48 million better than the 3.80 million budgeted, and visits, at 318,400, …`
_AND_THEN = lazy(r"[,;] (?:and|while|whereas|but) [a-z]+")
_AVERAGE = lazy(r"\b(?:average|mean|per (?!cent)[a-z]+)\b")
_MOVES = lazy(r"\b(?:start|join|open|hir|arriv|new|left|clos|end|retir|add|leav|resign|depart|recruit)\w*\b")
_BY = lazy(r"\bby (?:about |some |nearly |only |just )?$")
_PER = lazy(r"\s*(?:per|for (?:each|every)|a|an) (?P<kind>(?:[a-z-]+ ){1,3})[a-z]+")
_LEAVING = lazy(r"\bleav(?:es|ing)\b")
_SET = ("cues.set-above-or-below", "cues.set-against-a-target")
_SMALL = 100
_MEASURED = ("mass", "volume", "length", "area", "energy")
# What is told by the kilogram, the litre or the hectare and counted in thousands of it.
_STEPS, _EXACTLY = (Fraction(1000), Fraction(1, 1000), Fraction(100), Fraction(1, 100)), Fraction(1, 50)


def has_a_share_of_its_own(scene: Scene, relation: Relation) -> bool:
    """Whether what is taken for a whole has a percentage of its own right before it."""
    whole = next((o for o in relation.operands if o.role == "whole"), None)
    place = bisect_left(scene.starts, whole.start) if whole is not None else 0
    if not place or scene.claims[place - 1].figure.unit != "%":
        return False
    held = {o.ref for o in relation.operands}
    percent = next((o for o in relation.operands if o.role == "percent"), None)
    if whole is None or percent is None or _AND.search(scene.low, whole.end, percent.start) is None:
        return False
    joint = scene.between(place - 1, place).lower()
    return scene.claims[place - 1].claim_id not in held and _OWN.fullmatch(joint) is not None


def is_a_price(scene: Scene, relation: Relation) -> bool:
    """Whether a part is a price or a mean, or where money makes the total and the parts are numbers of things."""
    # As printed: a bare number may have been read in the multiplier of the total.
    figures = [(o.role, scene.claims[bisect_left(scene.starts, o.start)].figure) for o in relation.operands]
    parts = [f for role, f in figures if role in ("part", "less")]
    total = next((f for role, f in figures if role == "total"), None)
    if total is None:
        return False
    small = all(f.number.step == 1 and abs(f.number.value) < _SMALL and f.number.multiplier == 1 for f in parts)
    if total.dimension == "money" and total.number.multiplier > 1 and small:
        return True
    units = {f.unit for f in parts}
    at = (o.start for o in relation.operands if o.role == "part" and len(units) > 1)
    return any(_PRICE.search(scene.low, max(0, start - 40), start) for start in at)


def is_in_other_units(_: Scene, relation: Relation) -> bool:
    """Whether a rate that names no unit is by the kilogram, and its count in tonnes."""
    one: dict[str, Operand] = {o.role: o for o in relation.operands}
    figures = {role: o.figure for role, o in one.items() if o.figure is not None}
    if not {"rate", "count", "total"} <= figures.keys() or figures["count"].dimension not in _MEASURED:
        return False
    made = figures["rate"].number.value * figures["count"].number.value
    total = figures["total"].number.value
    return bool(made) and any(abs(total / made / step - 1) <= _EXACTLY for step in _STEPS)


def is_of_some_kind(scene: Scene, relation: Relation) -> bool:
    """Whether a rate is told of some of the things, and those counted apart are all: `per fully immunised child`."""
    places = {o.role: o for o in relation.operands}
    if relation.scope == "sentence" or not {"rate", "count"} <= places.keys():
        return False
    told = _PER.match(scene.low, places["rate"].end)
    home = scene.sentences[scene.sentence_at(places["count"].start)]
    return told is not None and stems(told["kind"]).isdisjoint(stems(scene.low[home.start : home.end]))


def is_moved_by(scene: Scene, relation: Relation) -> bool:
    """Whether one of two figures is how much something moved: `fell by 30%, and exceeded its goal of 95%`."""
    starts = (o.start for o in relation.operands if o.role in ("level", "prior"))
    moved = [_BY.search(scene.low, max(0, start - 20), start) is not None for start in starts]
    return relation.rule in _SET and any(moved) and not all(moved)


def is_no_money(scene: Scene, relation: Relation) -> bool:
    """Whether a bare number of the next clause is held against a sum of money."""
    one = {o.role: o for o in relation.operands}
    level, other = one.get("level"), one.get("target") or one.get("prior")
    if level is None or other is None or level.start < other.end or level.figure is None or other.figure is None:
        return False
    printed = scene.claims[bisect_left(scene.starts, level.start)].figure
    bare = not printed.dimension and printed.number.multiplier == 1
    money = other.figure.dimension == "money" and other.figure.number.multiplier > 1
    return bare and money and _AND_THEN.search(scene.low, other.end, level.start) is not None


def is_one_of_moves(scene: Scene, relation: Relation) -> bool:
    """Whether a change is one of two that together moved something: `eleven contracts started and four ended`."""
    change = next((o for o in relation.operands if o.role == "change"), None)
    place = bisect_left(scene.starts, change.start) if change is not None else 0
    if not place or scene.claims[place - 1].sentence != scene.claims[place].sentence:
        return False
    if scene.claims[place - 1].claim_id in {o.ref for o in relation.operands}:
        return False
    between = scene.between(place - 1, place).lower()
    return between.rstrip().endswith(("and", "but", "while")) and _MOVES.search(between) is not None


def is_below_nought(scene: Scene, relation: Relation) -> bool:
    """Whether more is taken off than there is, and something is said to be left none the less."""
    total = next((o for o in relation.operands if o.role == "total"), None)
    if total is None or _LEAVING.search(scene.low, max(0, total.start - 40), total.start) is None:
        return False
    figures = [(o.role, o.figure.number.value) for o in relation.operands if o.figure is not None]
    left = sum((value if role == "part" else -value for role, value in figures if role != "total"), Fraction(0))
    return total.figure is not None and left < 0 < total.figure.number.value


def is_of_an_average(scene: Scene, relation: Relation) -> bool:
    """Whether a percentage is told of an average, and its levels of a whole: `EBITDA per pub rose 4%`."""
    one = {o.role: o for o in relation.operands}
    if relation.scope == "sentence" or not {"percent", "level"} <= one.keys():
        return False
    (start, _), level = (scene.clause_of(bisect_left(scene.starts, one[role].start)) for role in ("percent", "level"))
    own = _AVERAGE.search(scene.low, start, one["percent"].start) is not None
    return own and _AVERAGE.search(scene.low, level[0], level[1]) is None
