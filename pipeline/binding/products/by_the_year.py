"""An amount a month, or a quarter, and what that is in a year → product with the 12, or the 4, that words imply.

`Power cuts averaged 14 hours a month, or 168 hours over the year`, `64,776 posts in 2023, on average 5,398 a month`:
one phrase tells both, and nothing stands between. Or words draw it: `That makes a monthly average of 11,535.`
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.binding.scene import Scene, operand
from pipeline.fraction import Fraction
from pipeline.model import Figure, Operand, Relation
from pipeline.patterns import lazy

_PER = lazy(r"\s*(?:a|per|each|every) (?P<one>month|quarter)\b")
_EACH = lazy(_PER.pattern + r"(?! (?:more|less|fewer|higher|lower|above|below|up|down)\b)")
_OR = lazy(
    r"\s*+(?:[,(–—]\s*+)?(?:or|that is|i\.e\.|making|which (?:is|makes|comes to|amounts to|means)"
    r"|and (?:thus|therefore|so)|equal to|equivalent to)(?: about| some| roughly| around)?,?\s*+\W?"
)
# `5,938 new patients a month`
_FAR = 40
_IN_A_YEAR = lazy(r"\s*(?:a|per|each|every|(?:over|in|for) (?:a|the|one)(?: full| whole| entire)?) year\b")
# `in 2023, that is on average`, between what a whole year gave and what a month did.
_ON_AVERAGE = lazy(
    r"[^.;:,]{0,60}(?:,|\(|–|—)\s*+(?:(?:or|that is|i\.e\.|which is|thus|giving|about),?\s++){0,2}"
    r"(?:on average,?|an average of|averaging|(?:a|the) monthly average of)\s++(?:about |some |roughly |only )?\W?"
)
# `The inflow of 2023 corresponds to 1,801 a month`; `24.6 million tonnes, or 2.05 million a month on average`.
_COMES_TO = lazy(
    r"[^.;:,]{0,60}? (?:corresponds to|is equivalent to|was equivalent to|works out at|worked out at|equals"
    r"|translates (?:in)?to)(?: about| some| roughly| an average of| around)? \W?"
)
_OR_ELSE = lazy(r"[^.;:,]{0,60}?,? (?:or|that is,?|i\.e\.)(?: about| some| roughly)? \W?")
# `the year brought 138,420 vacancies, a monthly average of 11,535`; `That makes a monthly average of 11,535.`
_SAID_SO = lazy(
    r"(?:[^.;:]{0,60}(?:,|\(|–|—|\bor|\bthat is|i\.e\.)|\W*(?:that|this|which|it) (?:makes|is|was|means|gives|comes to"
    r"|amounts to|corresponds to|equals|works out at))[^.;:,\d]{0,20}\b(?:a|the) (?P<one>month|quarter)ly"
    r" (?:average|mean) of (?:about |some |roughly |only )?\W?"
)
_THE_YEAR = lazy(
    r"\b(?:in|over|during|throughout|for) the (?:[a-z]+ )?year\b|\bthe year (?:brought|saw|under review)\b"
)
_EVENED = lazy(r",? (?:on average|on an average)\b")
_YEAR = lazy(r"(?:FY)?(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?")
_FINE = 100
_TIMES = {"month": 12, "quarter": 4}


def bind(scene: Scene) -> Iterator[Relation]:
    """All such amounts of a report, agreeing or not."""
    for number in scene.holding(2):
        for first in scene.by_sentence[number][:-1]:
            relation = _product(scene, first, first + 1) or _averaged(scene, first, first + 1)
            if relation is not None:
                yield relation
    for number in scene.holding(1):
        averaged = scene.says(number, "monthly") or scene.says(number, "quarterly")
        for claim in scene.by_sentence[number] if averaged else ():
            relation = _said_so(scene, number, claim)
            if relation is not None:
                yield relation


def _said_so(scene: Scene, number: int, rate: int) -> Relation | None:
    """A monthly average that words draw from the one figure of a year before it, here or in the sentence before."""
    here = [c for c in scene.by_sentence[number] if c < rate]
    near = scene.sentences[number].paragraph == scene.sentences[number - 1].paragraph if number else False
    told = here or (list(scene.by_sentence[number - 1]) if near else [])
    told = [c for c in told if scene.claims[c].figure.kind == "absolute" and "prior" not in scene.roles(c, "growth")]
    if len(told) != 1:
        return None
    span = scene.sentences[number]
    start = scene.claims[told[0]].figure.end if here else span.start
    said = _SAID_SO.fullmatch(scene.low, start, scene.claims[rate].figure.start)
    one, whole = scene.claims[rate].figure, scene.claims[told[0]].figure
    home = scene.sentences[scene.claims[told[0]].sentence]
    yearly = _YEAR.fullmatch(scene.claims[told[0]].period) or _THE_YEAR.search(scene.low, home.start, home.end)
    if said is None or yearly is None or one.unit not in ("", whole.unit) or whole.per or not _is_fine(whole):
        return None
    why = f"what a whole year gave, and the average of a {said['one']}"
    relation = _relation(scene, rate, told[0], said.start("one"), said["one"], why)
    return relation and replace(relation, scope="sentence" if here else "neighbour")


def _is_fine(figure: Figure) -> bool:
    return figure.number.step > 0 and figure.number.value >= _FINE * figure.number.step


def _product(scene: Scene, rate: int, total: int) -> Relation | None:
    one, whole = scene.claims[rate].figure, scene.claims[total].figure
    view = scene.report.view
    # The figure may hold its `a month` itself.
    start = one.number_end if one.per in _TIMES else one.end
    stretch = view[start : whole.start].lower()
    said = _PER.search(stretch) if one.per in _TIMES else _PER.match(stretch)
    if said is None or not _OR.fullmatch(stretch[said.end() :]):
        return None
    if whole.per != "year" and not _IN_A_YEAR.match(scene.after(total)):
        return None
    if one.unit != whole.unit or not one.unit:
        return None
    place = start + said.start("one")
    return _relation(
        scene, rate, total, place, said["one"], f"one phrase tells an amount a {said['one']} and that of a year"
    )


def _averaged(scene: Scene, total: int, rate: int) -> Relation | None:
    """What a whole year gave, and what each month or quarter of it did on average."""
    one, whole = scene.claims[rate].figure, scene.claims[total].figure
    if _YEAR.fullmatch(scene.claims[total].period) is None or whole.kind != "absolute" or whole.per:
        return None
    if one.unit not in ("", whole.unit):
        return None
    between, behind = scene.between(total, rate), scene.report.view[one.number_end : one.number_end + _FAR].lower()
    said = _EACH.search(behind)
    evened = said is not None and _EVENED.match(behind, said.end()) is not None
    if said is None or not (
        _ON_AVERAGE.fullmatch(between) or _COMES_TO.fullmatch(between) or (evened and _OR_ELSE.fullmatch(between))
    ):
        return None
    why = f"the sum of a year, and what a {said['one']} of it gave on average"
    return _relation(scene, rate, total, one.number_end + said.start("one"), said["one"], why)


def _relation(scene: Scene, rate: int, total: int, place: int, word: str, why: str) -> Relation | None:
    one, whole = scene.claims[rate].figure, scene.claims[total].figure
    if one.upper is not None or whole.upper is not None or not {one.modifier, whole.modifier} <= {"", "~"}:
        return None
    times = Operand(
        "count", f"@{place}-{place + len(word)}", place, place + len(word), None, "", Fraction(_TIMES[word])
    )
    operands = (
        replace(operand("rate", scene.claims[rate]), figure=replace(one, kind="absolute", per="", unit=whole.unit)),
        times,
        replace(operand("total", scene.claims[total]), figure=replace(whole, kind="absolute", per="")),
    )
    return Relation("product", operands, "sentence", "high", "product.by-the-year", why)
