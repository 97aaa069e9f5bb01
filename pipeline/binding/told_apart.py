"""Relations whose figures do not agree, and of which words tell that a figure is another's: a percentage of its own, a
change, an age, another year, things that are only pointed at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence

from pipeline.binding import other_clauses, other_measures
from pipeline.binding.lines import lists_of_lines
from pipeline.binding.scene import Scene
from pipeline.binding.shares import by_name
from pipeline.binding.sums.runs import is_age
from pipeline.binding.told import HEADS
from pipeline.binding.words import stems
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy

# What stands between a figure and a percentage of its own.
_OWN = ("(", ", or", "or", "– or")
_TO = ("to", ", to")
# A year that a figure is set against stands within so many characters behind it.
_BEHIND = 60
# `74 cents, up 4 cents`; `11 points below its level of last year`
_UP, _APART, _SHORT = lazy(r"[,(]\s?(?:up|down)\s$"), lazy(r"\s(?:below|above|behind|higher|lower)\b"), 8
_OF_BUDGET = lazy(
    r"\s*of (?:the|its|their|our)(?: [a-z]+){0,2} (?:budget|allocation|appropriations?|credits|funds|funding)\b"
)
_POINTING = lazy(r"\b(?:the|these|those|its|their|our) (?:(?:first|last|top|other|largest|smallest|latter) )?$")
_THESE = lazy(r"\b(?:these|those) (?:same )?$")
_AND_BY = lazy(r",? (?:and|while|but|whereas) [a-z][a-z' -]{0,60} by (?:about |some )?")
_IS_NEXT = lazy(r"\b(?:came|was|were|ranked|placed|in|next|followed) (?:second|third|next|came|by|at)\b")
_WITH_ANOTHER = lazy(r"\b(?:taken|together|along|combined|coupled) with\b")
_AND_A = lazy(r",? and an? ")
_TOLD_OF_IT = lazy(
    r",? (?:which (?:is|was) )?(?:making up|accounting for|representing|constituting|equal to|equivalent to"
    r"|corresponding to) (?:about |some |around |nearly )?"
)
_ONE = lazy(r"\b(?:one|a single)\b(?! of (?:the|these|them|those|its|our|their)\b)")
_TOGETHER = lazy(r"(?: [a-z]+)?,? (?:together|combined|jointly|between them|taken together)\b")
_OF_THESE = lazy(r" of (?:these|those|the) \w+ (?:grew|rose|fell|increas|declin|decreas|had|were|was)")
_PAIR, _SMALL = 2, 3
_YEAR = lazy(r"(?:19|20)\d\d")


def _is_of_before(scene: Scene, relation: Relation) -> bool:
    """Whether a share is said to be of another time: `a rate of 2.8 per cent, compared with 3.2 in the year before`."""
    percent = next((o for o in relation.operands if o.role == "percent"), None)
    if relation.scope != "sentence" or percent is None:
        return False
    place = bisect_left(scene.starts, percent.start)
    return "prior" in scene.roles(place, "growth", "points") and any(
        scene.claims[n].figure.kind == "percent" for n in scene.by_sentence[scene.claims[place].sentence] if n < place
    )


def _passes_over(scene: Scene, relation: Relation) -> bool:
    """Whether a percentage stands right behind another amount, which it is told of: `24.24, 18.65 and 16.78, in total
    121.20 billion yuan, making up 65 percent of the whole`."""
    percent = next((o for o in relation.operands if o.role == "percent"), None)
    last = max((o.start for o in relation.operands if o.role != "percent"), default=0)
    if percent is None or percent.start < last:
        return False
    place = bisect_left(scene.starts, percent.start) - 1
    between = place >= 0 and scene.claims[place].sentence == scene.claims[place + 1].sentence
    if not between or scene.claims[place].figure.start <= last or scene.claims[place].figure.kind != "absolute":
        return False
    return _TOLD_OF_IT.fullmatch(scene.between(place, place + 1)) is not None


def _is_with_one_more(scene: Scene, relation: Relation) -> bool:
    """Whether the words of a list hold the few things that its numbers miss: `34 areas: one of the first level, 12 of
    the second and 21 of the third`."""
    figures = {o.role: o.figure for o in relation.operands if o.figure is not None}
    if len(figures) < _PAIR or not all(
        o.figure is None or o.figure.discrete or not o.figure.unit for o in relation.operands
    ):
        return False
    parts = [o for o in relation.operands if o.role == "part" and o.figure is not None]
    total = figures.get("total")
    if total is None or figures.keys() - {"part", "total"} or not parts:
        return False
    missing = total.number.value - sum(o.figure.number.value for o in parts if o.figure is not None)
    first = scene.sentences[scene.sentence_at(min(o.start for o in relation.operands))]
    last = scene.sentences[scene.sentence_at(max(o.start for o in relation.operands))]
    held = {o.start for o in relation.operands}
    ones = [m for m in _ONE.finditer(scene.report.view[first.start : last.end].lower())]
    return missing > 0 and sum(m.start() + first.start not in held for m in ones) == missing


def _is_now_and_then(scene: Scene, relation: Relation) -> bool:
    """Whether what is taken from another is what it was before: `turnover was 84.6m (2022: 78.9m) and the surplus
    11.8m`."""
    priors = [o for o in relation.operands if "prior" in scene.roles(bisect_left(scene.starts, o.start), "growth")]
    return {o.role for o in priors} == {"less"} and all(scene.report.view.startswith(")", o.end) for o in priors)


def _is_signed(scene: Scene, relation: Relation) -> bool:
    """Whether a percentage has a plus before it, and so tells of growth: `in 2019 it was 402, i.e. +9.8%`."""
    return any(o.role == "percent" and scene.report.view.startswith("+", o.start) for o in relation.operands)


def _is_of_age(scene: Scene, relation: Relation) -> bool:
    """Whether a figure of a share is an age: `19% of groups included a child under 12`."""
    return any(is_age(scene, bisect_left(scene.starts, o.start)) for o in relation.operands if o.role != "percent")


def _has_no_level(scene: Scene, relation: Relation) -> bool:
    """Whether words set both figures of a comparison against another: `compared with August (98.9) it fell by 0.5, and
    compared with last year (99.8) by 1.4`."""
    places = {o.role: bisect_left(scene.starts, o.start) for o in relation.operands}
    if not {"level", "prior", "change"} <= places.keys():
        return False
    behind = places["level"] < places["change"] < places["prior"] and scene.after(places["level"]).startswith(")")
    return behind and all(set(scene.roles(places[one], "growth")) == {"prior"} for one in ("level", "prior"))


def _is_of_the_one_before(scene: Scene, relation: Relation) -> bool:
    """Whether what is taken for a prior is what the thing before came to: `exports rose by 4.8% to 52.7 billion, and
    imports by 1.2% to 58.9 billion`."""
    places = {o.role: bisect_left(scene.starts, o.start) for o in relation.operands}
    if not {"prior", "percent", "level"} <= places.keys():
        return False
    prior, percent, level = places["prior"], places["percent"], places["level"]
    if not (percent == prior + 1 and level == percent + 1) or "level" not in scene.roles(prior, "growth"):
        return False
    return _AND_BY.fullmatch(scene.between(prior, percent).lower()) is not None


def _has_one_before(scene: Scene, relation: Relation) -> bool:
    """Whether what is taken for a total is the first of a row that goes on, or a thing is added to the parts: `grants
    brought in 3.61 million. Giving came second at 1.97 million …`, `taken with coffee, these made up 392 million`."""
    total = next((o for o in relation.operands if o.role == "total"), None)
    parts = [o for o in relation.operands if o.role == "part"]
    if total is None or not parts:
        return False
    home, first = scene.sentences[scene.sentence_at(total.start)], min(o.start for o in parts)
    if first < home.start:
        return _WITH_ANOTHER.search(scene.low, home.start, total.start) is not None
    row = scene.sentences[scene.sentence_at(first)]
    return row.start >= home.end and _IS_NEXT.search(scene.low, row.start, first) is not None


def _is_of_a_fall(scene: Scene, relation: Relation) -> bool:
    """Whether the level is itself a fall, and so below nought: `prices fell by 1.8%, which is 4.8 points under the
    target of 3.0%`."""
    level = next((o for o in relation.operands if o.role == "level"), None)
    if level is None or not any(o.role == "target" for o in relation.operands):
        return False
    cue = scene.roles(bisect_left(scene.starts, level.start), "growth").get("percent")
    return cue is not None and cue.direction < 0


def _is_another_matter(scene: Scene, relation: Relation) -> bool:
    """Whether what is taken for the distance from a plan is joined to it, and is a figure like it: `against a budgeted
    deficit of 97 million and a surplus of 268.9 million in 2022`."""
    starts = {o.role: o for o in relation.operands}
    if not {"target", "change"} <= starts.keys() or "percent" in starts:
        return False
    target, change = starts["target"], starts["change"]
    return target.end < change.start and _AND_A.match(scene.report.view[target.end : change.start].lower()) is not None


def _are_lines(scene: Scene, relation: Relation) -> bool:
    """Whether a part and its whole are lines of one list: `Library – $14 million / Reserve – $6.5 million, or 2.0% of
    the total`."""
    held = {bisect_left(scene.starts, o.start) for o in relation.operands if o.role in ("part", "whole")}
    return any(held <= set(lines.claims) for lines in lists_of_lines(scene))


def _is_of_other_things(scene: Scene, relation: Relation) -> bool:
    """Whether one mention is of things that the sentence of another, bare, does not name: `the total rose to 412` and
    `214 activities`."""
    figures = [(o, o.figure) for o in relation.operands if o.figure is not None]
    named = {figure.unit for _, figure in figures if figure.dimension == "count"}
    bare = [o for o, figure in figures if not figure.dimension]
    if len(named) != 1 or not bare or not _are_turned_round([figure for _, figure in figures]):
        return False
    said = [scene.sentences[scene.sentence_at(o.start)] for o in bare]
    things = stems(named.pop())
    return not any(things & stems(scene.report.view[one.start : one.end].lower()) for one in said)


def _are_turned_round(figures: Sequence[Figure]) -> bool:
    """Whether small numbers have digits in common that do not stand side by side: 412 and 214, and not 140 and 104."""
    printed = {str(figure.number.value) for figure in figures}
    if len(printed) != _PAIR or max(map(len, printed)) > _SMALL:
        return False
    one, other = printed
    apart = [n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    return len(one) == len(other) and bool(apart) and apart[-1] - apart[0] > 1


def _points_at(scene: Scene, relation: Relation) -> bool:
    """Whether a part is no figure of its own, but points at some: `the first two areas together hold 71.7 percent`,
    `the first three of these four grew by 5.8%`, `87 here and 74 there, so that these three explain 479`."""
    return any(
        _POINTING.search(scene.low, max(0, o.start - _BEHIND), o.start) is not None
        and (
            _THESE.search(scene.low, max(0, o.start - _BEHIND), o.start) is not None
            or _TOGETHER.match(scene.low, o.end, o.end + _BEHIND) is not None
            or _OF_THESE.match(scene.low, o.end, o.end + _BEHIND) is not None
        )
        for o in relation.operands
        if o.role == "part" and o.figure is not None and o.figure.number.manner == "words"
    )


def _is_of_a_change(scene: Scene, relation: Relation) -> bool:
    """Whether a share, or a direction, is said of what words make a change: `a dividend of 74 cents, up 4 cents`."""
    view = scene.report.view
    return any(
        set(scene.roles(bisect_left(scene.starts, o.start), "growth", "points")) == {"change"}
        or _UP.search(view[max(0, o.start - _SHORT) : o.start].lower()) is not None
        or _APART.match(view[o.end : o.end + _SHORT + 1].lower()) is not None
        for o in relation.operands
        if o.role != "percent" and o.figure is not None
    )


def _is_of_money(scene: Scene, relation: Relation) -> bool:
    """Whether a percentage is said of a budget, and its figures are no money: `7,864 teachers came, and execution stood
    at 89.2% of the revised budget`."""
    percent = next((o for o in relation.operands if o.role == "percent"), None)
    others = [o.figure for o in relation.operands if o.role != "percent" and o.figure is not None]
    if percent is None or any(figure.dimension == "money" or not figure.dimension for figure in others):
        return False
    return _OF_BUDGET.match(scene.report.view[percent.end : percent.end + _BEHIND].lower()) is not None


def _has_its_own(scene: Scene, relation: Relation) -> bool:
    """Whether a figure has a percentage of its own behind it (`growth of 13.8%, and outlay of 35 billion (19.0%
    higher)`), or what leads an amount that it goes to (`passenger revenue rose 10.7% to $1,684 million`)."""
    held = {o.ref for o in relation.operands}
    if not any(o.role == "percent" for o in relation.operands):
        return False
    for one in relation.operands:
        place = bisect_left(scene.starts, one.start)
        if one.figure is None or place + 1 >= len(scene.claims) or scene.claims[place].claim_id != one.ref:
            continue
        # `Sales rose 1.9% and traffic 3.3%, to 38.4 million visits`
        if relation.kind == "growth" and one.role == "level" and _is_led_by_another(scene, place, held):
            return True
        behind, between = scene.claims[place + 1], scene.between(place, place + 1).strip()
        if behind.claim_id in held:
            continue
        own = one.figure.kind == "absolute" and behind.figure.unit == "%" and between in _OWN
        if own or (one.role == "percent" and between == "to" and behind.figure.kind == "absolute"):
            return True
    return False


def _is_led_by_another(scene: Scene, place: int, held: Collection[str]) -> bool:
    ahead = scene.claims[place - 1] if place else None
    if ahead is None or ahead.claim_id in held or ahead.figure.unit != "%":
        return False
    return scene.between(place - 1, place).strip() in _TO


def _is_of_another_year(scene: Scene, relation: Relation) -> bool:
    """Whether words set a figure against another year than that of what it is bound to: `640 in 2019. In 2020 it hired
    52, 12 more than in 2018`."""
    lead = next((o for o in relation.operands if o.role in HEADS and _YEAR.fullmatch(o.compared_with)), None)
    prior = next((o for o in relation.operands if o.role == "prior" and o.figure is not None), None)
    # What comes after it may be told by the words between: `52 more than in 2021, when they were 380`.
    if lead is None or prior is None or prior.start > lead.start:
        return False
    year = scene.claims[bisect_left(scene.starts, prior.start)].period
    printed = lead.compared_with in scene.report.view[lead.end : lead.end + _BEHIND]
    return printed and _YEAR.fullmatch(year) is not None and year != lead.compared_with


Way = Callable[[Scene, Relation], bool]

# What is looked for in relations of any kind, and in those of one.
_ANY: tuple[Way, ...] = (_is_of_another_year, _has_its_own, _is_of_money)
_OF: Mapping[str, tuple[Way, ...]] = {
    "growth": (
        _has_no_level,
        _is_of_the_one_before,
        other_clauses.is_of_prices,
        other_clauses.is_of_what_comes_with_it,
        other_measures.is_of_an_average,
        other_measures.is_one_of_moves,
    ),
    "points": (_has_no_level, _is_of_a_fall),
    "target": (_is_of_a_fall, _is_another_matter, other_clauses.is_of_that_target, other_measures.is_no_money),
    "product": (
        other_clauses.is_of_another_moment,
        other_clauses.is_of_others_each,
        other_clauses.is_in_a_period,
        other_measures.is_in_other_units,
        other_measures.is_of_some_kind,
    ),
    "direction": (other_measures.is_moved_by, _is_of_a_change),
    "share": (
        _is_signed,
        _passes_over,
        _is_of_a_change,
        _is_of_before,
        _is_of_age,
        _points_at,
        _are_lines,
        by_name.crosses,
        other_clauses.is_of_a_year_of_its_own,
        other_measures.has_a_share_of_its_own,
    ),
    "sum": (
        other_clauses.is_some_of_them,
        other_clauses.is_a_part_itself,
        other_measures.is_below_nought,
        other_measures.is_a_price,
        _has_one_before,
        _is_with_one_more,
        _is_now_and_then,
        _points_at,
    ),
    "repeat": (_is_of_other_things,),
}


def is_said_of_another(scene: Scene, relation: Relation) -> bool:
    """Whether the words around a figure set it beside another than it is bound to."""
    return any(way(scene, relation) for way in (*_ANY, *_OF.get(relation.kind, ())))
