"""Amounts that stand line by line, each behind its name, and what they come to → sum.

A last line that is called the total closes the list. Without one, the total stands in the words that open it, or in the
sentences before: the list is held against it where it makes it, or nearly does and those words promise all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.binding.lines import Lines, lists_of_lines
from pipeline.binding.scene import Scene, counted_alike, operand
from pipeline.binding.slipped import ANY, STRONG, slips
from pipeline.binding.words import stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_TOTAL = lazy(r"(?:grand |overall )?total\b|sum\b|in all\b|altogether\b")
_IN_ALL = lazy(
    r"\W*(?:in total|in all|in sum|altogether|together|overall|all told)\b,?"
    r"(?: (?:there|this|these|that|the|they|it|we|our|its|their))*(?: [a-z]+)?"
    r"(?: (?:are|were|is|was|has|had|have|makes?|made|comes? to|came to|gives?|gave))?(?: an?| total| of)* \W?"
)
_OPENED = lazy(r"[:–—]\s*$|\bas follows\W*$|\bbelow\W*$")
# Words by which lines are some of a whole, or of more than one.
_SOME = lazy(
    r"\b(?:includ\w+|such as|for example|e\.g|among|amongst|main|mainly|chief\w*|major|notabl\w+|largest|biggest"
    r"|highest|top|leading|principal|key|selected|examples?|some|several|highlights|most|respectively|each|every|per|average"
    r"|following the|elsewhere|others?|rest|remaining|besides"
    r"|compared|against|increase\w*|decrease\w*|rose|fell|grew|up|down|growth|over and above|at least)\b"
)
# A last line by which all of the whole is listed, though only the largest are named.
_OTHERS = lazy(r"[\s–—•*-]*(?:all |the )?(?:others?|rest|remaining|remainder|miscellaneous|sundry)\b")
# What a total is only compared with.
_BESIDE = lazy(
    r"(?:, |\()(?:compared (?:with|to)|against|up|down|an? (?:increase|decrease|rise|fall|drop|gain)"
    r"|\d[\d.]* ?(?:%|per ?cent) (?:more|less|fewer|higher|lower|up|down))(?:[^.;:]|\.(?=\d))*"
)
# `Spending was $72.3 million in 2012. In 2013 it was as follows:`
_YEARS, _SEVERAL = lazy(r"\b(?:19|20)\d\d\b"), 2
_FEWEST, _MOST = 3, 15
_BACK, _SHORT = 10, 80
# A total of so many steps or more says something when the lines happen to make it.
_TELLING = 100
_NEAR, _NEARER = Fraction(1, 8), Fraction(1, 4)


def bind(scene: Scene) -> Iterator[Relation]:
    """All such lists of a report."""
    for lines in lists_of_lines(scene):
        claims = lines.claims
        total = claims[-1] if _TOTAL.match(lines.names[-1].lstrip(" \t-–—•*")) else None
        items = claims[:-1] if total is not None else claims
        if not _FEWEST <= len(items) <= _MOST or not _are_alike(scene, claims):
            continue
        behind = _behind(scene, items) if total is None else None
        if total is not None:
            yield from _closed(scene, total, items, _NEAR)
        elif behind is not None:
            yield from _closed(scene, behind, items, _NEARER)
        elif any(_is_taken_off(scene, c) for c in items[1:-1]):
            yield from _worked_out(scene, items[-1], items[:-1])
        else:
            yield from _opened(scene, lines)


def _behind(scene: Scene, items: Sequence[int]) -> int | None:
    """The total that the sentence behind the lines opens with: `In total there are 77 hospitals.`"""
    number = scene.claims[items[-1]].sentence + 1
    if number >= len(scene.sentences) or scene.sentences[number].section != scene.sentences[number - 1].section:
        return None
    claims = scene.by_sentence[number]
    start = scene.sentences[number].start
    if (
        not claims
        or _IN_ALL.fullmatch(scene.report.view[start : scene.claims[claims.start].figure.start].lower()) is None
    ):
        return None
    largest = max(scene.claims[c].figure.number.value for c in items)
    fits = _may_be_whole(scene, claims.start, items) and scene.claims[claims.start].figure.number.value > largest
    fits = fits and scene.claims[items[-1] + 1].sentence == number  # lines with figures beside these are told in full
    return claims.start if fits else None


def _are_alike(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether figures are of one unit and printed alike: pounds to the pound, or millions to the tenth."""
    figures = [scene.claims[c].figure for c in claims]
    if any(f.kind != "absolute" for f in figures):
        return False
    counts = all(f.dimension in ("", "count") for f in figures)
    same = len({f.unit for f in figures}) == 1 or counts
    steps = [f.number.step for f in figures]
    return same and (max(steps) <= min(steps) * 10 if min(steps) else max(steps) == 0)


def _closed(scene: Scene, total: int, items: Sequence[int], within: Fraction) -> Iterator[Relation]:
    relation = _sum(scene, total, items, "sum.total-of-the-lines", "what closes the lines is called their total")
    sizes = scales(scene.book)
    if _is_near(scene, total, items, within) or agreement(relation, sizes) != "none" or slips(relation, sizes):
        yield relation


def _worked_out(scene: Scene, last: int, items: Sequence[int]) -> Iterator[Relation]:
    """`EBITDA: 168.2 / Capital expenditure: (48.9) / Tax paid: (28.6) / Free cash flow: 90.7`: what brackets take off
    leaves the last line, or would but for a slip of the pen."""
    if _is_taken_off(scene, last):
        return
    operands = (
        operand("total", scene.claims[last]),
        *(operand("less" if _is_taken_off(scene, c) else "part", scene.claims[c]) for c in items),
    )
    why = "brackets take lines off, and the last is what is left"
    relation = Relation("sum", operands, scene.scope_of(last, *items), "high", "sum.left-by-the-lines", why)
    sizes = scales(scene.book)
    if agreement(relation, sizes) != "none" or slips(relation, sizes, ANY):
        yield relation


def _is_taken_off(scene: Scene, claim: int) -> bool:
    """Whether an amount stands in brackets alone, as accounts print what is taken off."""
    figure, view = scene.claims[claim].figure, scene.report.view
    return view[figure.start - 1 : figure.start] == "(" and view[figure.end : figure.end + 1] == ")"


def _is_near(scene: Scene, total: int, items: Sequence[int], within: Fraction) -> bool:
    made = sum((scene.claims[c].figure.number.value for c in items), Fraction(0))
    wanted = scene.claims[total].figure.number.value
    return abs(made - wanted) <= wanted * within


def _opened(scene: Scene, lines: Lines) -> Iterator[Relation]:
    """The sum of lines under what was told before them."""
    items = lines.claims
    largest = max(scene.claims[c].figure.number.value for c in items)
    before = [c for c in range(max(0, items[0] - _BACK), items[0]) if _may_be_whole(scene, c, items)]
    totals = [c for c in before if scene.claims[c].figure.number.value > largest]
    rule, why = "sum.lines-of-a-total", "the lines are items of what was told before them"
    found = [(c, _sum(scene, c, items, rule, why)) for c in totals]
    agreed = [r for c, r in found if agreement(r, scales(scene.book)) == "strict" and _is_telling(scene, c)]
    if agreed:
        yield agreed[-1]
        return
    promised = _promised(scene, lines, before)
    if promised is not None:
        relation = _sum(scene, promised, items, rule, why)
        near = _is_near(scene, promised, items, _NEARER if len(items) > _FEWEST else _NEAR)
        if near or slips(relation, scales(scene.book), ANY):
            yield relation
        return
    named = [
        r
        for c, r in found
        if _is_telling(scene, c)
        and scene.claims[c].figure.dimension
        and _is_named(scene, c, lines)
        and slips(r, scales(scene.book), STRONG)
    ]
    if len(named) == 1:
        yield named[0]


def _promised(scene: Scene, lines: Lines, before: Sequence[int]) -> int | None:
    """The one figure of the words that open the lines, where these promise all of it."""
    start, end = lines.opening
    opening = scene.report.view[start:end].lower()
    if _OPENED.search(opening) is None:
        return None
    here = [c for c in before if scene.claims[c].figure.start >= start]
    if not here and end - start < _SHORT:  # `By site:` behind the paragraph that tells the total
        start = scene.report.view.rfind("\n\n", 0, len(scene.report.view[:start].rstrip()))
        here = [c for c in before if scene.claims[c].figure.start >= start]
    if not here:
        return None
    last = scene.claims[here[-1]].sentence
    told = [c for c in here if scene.claims[c].sentence == last and "prior" not in scene.roles(c, "growth")]
    if len(told) > 1:  # `Two branches were opened, bringing the network to 23. They are distributed thus:`
        largest = max(scene.claims[c].figure.number.value for c in lines.claims)
        told = [c for c in told if scene.claims[c].figure.number.value > largest]
    said = _BESIDE.sub(" ", scene.report.view[max(start, scene.sentences[last].start) : end].lower())
    some = _SOME.search(said) is not None and _OTHERS.match(lines.names[-1]) is None
    one = len(told) == 1 and not some and len(set(_YEARS.findall(said))) < _SEVERAL
    return told[0] if one else None


def _may_be_whole(scene: Scene, claim: int, items: Sequence[int]) -> bool:
    """Whether a figure may be what the lines come to: of their unit, or a number of things where they are bare."""
    figure, unit = scene.claims[claim].figure, scene.claims[items[0]].figure.unit
    if figure.kind != "absolute" or figure.upper is not None or figure.per or figure.modifier:
        return False
    counts = figure.dimension in ("", "count")
    return figure.unit == unit != "" or (counts and scene.claims[items[0]].figure.dimension in ("", "count"))


def _is_telling(scene: Scene, claim: int) -> bool:
    figure: Figure = scene.claims[claim].figure
    return figure.number.value >= figure.number.step * _TELLING


def _is_named(scene: Scene, total: int, lines: Lines) -> bool:
    """Whether the words that open the list speak of what the total is called, or it stands in them."""
    view = scene.report.view
    end = lines.opening[1]
    start = max(view.rfind("\n", 0, end), 0)
    opening = view[start:end].lower()
    # `Police and Fire take 184 million. Elsewhere:`
    if _OPENED.search(opening) is None or _SOME.search(re.split(r"[.;] ", opening)[-1]):
        return False
    figure = scene.claims[total].figure
    if start <= figure.start < end:
        return True
    sentence = scene.sentences[scene.claims[total].sentence]
    about = view[max(sentence.start, figure.start - 60) : figure.start].lower()
    return bool(stems(opening) & stems(about))


def _sum(scene: Scene, total: int, items: Sequence[int], rule: str, why: str) -> Relation:
    over = scene.claims[total]
    parts = (operand("part", counted_alike(over, scene.claims[c])) for c in items)
    return Relation("sum", (operand("total", over), *parts), scene.scope_of(total, *items), "high", rule, why)
