"""Amounts that stand line by line, each behind its name, and what they come to → sum.

A last line that is called the total closes the list. Without one, the total stands in the sentences before: the list is
held against it where it makes it, or would without one slip of the pen and the words in front of it name the total.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.binding.scene import Scene, operand
from pipeline.binding.slipped import STRONG, slips
from pipeline.binding.words import stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.rulebook.scales import scales

_LINE = re.compile(
    r"(?m)^[ \t]*+(?P<mark>[-–—•▪●◦*·»›]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)])[ \t]++(?P<item>[^\n]++)|"
    r"^[ \t]*+(?P<named>(?i:(?:grand |sub-?)?total)\b[^\n]{0,60}+)$"
)
_TOTAL = re.compile(r"(?:grand |overall )?total\b|sum\b|in all\b|altogether\b")
# What stands between the name of an item and its amount: `wages – $38.4 million`, `Roads: 412 km`.
_LEADS = re.compile(r"[^.;]{1,90}?(?:[:|–—]|\s-|\.{3,}|,|\bof\b|\t)\s*\W{0,3}$")
_PARTED = re.compile(r"\b(?:of which|including|excluding|less|minus|net|compared|against|from|up|down)\b")
_OPENED = re.compile(r"[:–—]\s*$|\bas follows\W*$|\bbelow\W*$")
_FEWEST, _MOST, _APART = 3, 15, 2
_BACK = 10
# A total of so many steps or more says something when the lines happen to make it.
_TELLING = 100
_NEAR = Fraction(1, 8)


def bind(scene: Scene) -> Iterator[Relation]:
    """All such lists of a report."""
    for claims in _lists(scene):
        total = claims[-1] if _is_total(scene, claims[-1]) else None
        items = claims[:-1] if total is not None else claims
        if not _FEWEST <= len(items) <= _MOST or not _are_alike(scene, claims):
            continue
        if total is not None:
            yield from _closed(scene, total, items)
        else:
            yield from _opened(scene, items)


def _lists(scene: Scene) -> Iterator[list[int]]:
    """The amounts of lines that are marked alike and follow one another, each with its name before it."""
    view = scene.report.view
    run: list[int] = []
    mark, end = "", 0
    for match in _LINE.finditer(view):
        named = match["item"] is None
        kind = mark if named else "a" if match["mark"].strip("().").isalpha() else match["mark"].lstrip("(")[:1]
        kind = "1" if kind.isdigit() else kind
        amount = _first(scene, match.span("named" if named else "item"))
        if run and (kind != mark or amount is None or view[end : match.start()].count("\n") > _APART):
            yield run
            run = []
        if amount is not None:
            run.append(amount)
        mark, end = kind, match.end()
    if run:
        yield run


def _first(scene: Scene, line: tuple[int, int]) -> int | None:
    """The amount of a line, right behind its name."""
    for claim in range(bisect_left(scene.starts, line[0]), len(scene.claims)):
        figure = scene.claims[claim].figure
        if figure.start >= line[1]:
            return None
        if figure.kind == "absolute" and figure.dimension != "time":
            lead = scene.report.view[line[0] : figure.start]
            return claim if _LEADS.fullmatch(lead) and not _PARTED.search(lead.lower()) and _is_plain(figure) else None
    return None


def _is_plain(figure: Figure) -> bool:
    return figure.upper is None and not figure.modifier and not figure.per and figure.number.value > 0


def _are_alike(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether figures are of one unit and printed alike: pounds to the pound, or millions to the tenth."""
    figures = [scene.claims[c].figure for c in claims]
    same = len({f.unit for f in figures}) == 1 and figures[0].dimension != ""
    steps = [f.number.step for f in figures]
    return same and (max(steps) <= min(steps) * 10 if min(steps) else max(steps) == 0)


def _is_total(scene: Scene, claim: int) -> bool:
    """Whether the line of an amount is called the total."""
    start = scene.claims[claim].figure.start
    line = scene.report.view[scene.report.view.rfind("\n", 0, start) + 1 : start].lower()
    return _TOTAL.match(line.lstrip(" \t-–—•*")) is not None


def _closed(scene: Scene, total: int, items: Sequence[int]) -> Iterator[Relation]:
    relation = _sum(scene, total, items, "sum.total-of-the-lines", "the last of the lines is called their total")
    made = sum((scene.claims[c].figure.number.value for c in items), Fraction(0))
    wanted = scene.claims[total].figure.number.value
    near = abs(made - wanted) <= wanted * _NEAR
    if near or agreement(relation, scales(scene.book)) != "none" or slips(relation, scales(scene.book)):
        yield relation


def _opened(scene: Scene, items: Sequence[int]) -> Iterator[Relation]:
    """The sum of lines under what was told before them."""
    unit = scene.claims[items[0]].figure.unit
    before = [c for c in range(max(0, items[0] - _BACK), items[0]) if scene.claims[c].figure.unit == unit]
    largest = max(scene.claims[c].figure.number.value for c in items)
    totals = [c for c in before if _is_whole(scene.claims[c].figure) and scene.claims[c].figure.number.value > largest]
    rule, why = "sum.lines-of-a-total", "the lines are items of what was told before them"
    found = [(c, _sum(scene, c, items, rule, why)) for c in totals]
    agreed = [r for _, r in found if agreement(r, scales(scene.book)) == "strict"]
    if agreed:
        yield agreed[-1]
        return
    named = [r for c, r in found if _is_named(scene, c, items[0]) and slips(r, scales(scene.book), STRONG)]
    if len(named) == 1:
        yield named[0]


def _is_whole(figure: Figure) -> bool:
    telling = figure.number.value >= figure.number.step * _TELLING
    return figure.kind == "absolute" and figure.upper is None and not figure.per and not figure.modifier and telling


def _is_named(scene: Scene, total: int, first: int) -> bool:
    """Whether the words that open the list speak of what the total is called, or it stands in them."""
    view = scene.report.view
    end = view.rfind("\n", 0, scene.claims[first].figure.start)
    start = max(view.rfind("\n", 0, end), 0)
    opening = view[start:end].lower()
    if _OPENED.search(opening) is None:
        return False
    figure = scene.claims[total].figure
    if start <= figure.start < end:
        return True
    sentence = scene.sentences[scene.claims[total].sentence]
    about = view[max(sentence.start, figure.start - 60) : figure.start].lower()
    return bool(stems(opening) & stems(about))


def _sum(scene: Scene, total: int, items: Sequence[int], rule: str, why: str) -> Relation:
    operands = (operand("total", scene.claims[total]), *(operand("part", scene.claims[c]) for c in items))
    return Relation("sum", operands, scene.scope_of(total, *items), "high", rule, why)
