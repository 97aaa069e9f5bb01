"""Two sentences of which the second goes on in time, or counts what the first tells → growth, share, product.

`A ton brought 310 dollars in May. In June the price was 341 dollars, a rise of 10 per cent.` Each way is tried by
`in_two`, which has taken care that the two sentences tell of few figures and of none that is open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.binding.scene import Scene, counted_alike, operand, same_measure
from pipeline.binding.slipped import slips
from pipeline.binding.words import stem, stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Figure, Relation, Sentence
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|spring|summer|autumn|winter)"
)
_BACK = lazy(
    r"^\W*(?:last year|the year before|(?:a|one) (?:year|month|decade) (?:ago|earlier|before)"
    r"|in the (?:previous|preceding) (?:year|month|season|quarter)|the (?:old|previous|former) one)\b"
)
_ON = lazy(rf"^\W*(?:this year|now|today|a year later|by {_MONTH}|in {_MONTH}|this (?:month|season|quarter))\b")
_SO = lazy(r"\b(?:so|thus|therefore|hence|has|have|means?|meaning|since)\b")
_IN_YEAR = lazy(r"^\W*(?:in|during|for) (?:[a-z]{2,6} )?(?P<year>(?:19|20)\d\d)(?:[-–/]\d\d(?:\d\d)?)?\b")
_YEAR = lazy(r"(?:19|20)\d\d")
_BEFORE = lazy(rf"\b(?:last year|in {_MONTH}|at the (?:beginning|start)|a year ago|the year before)\b")
_SAME = lazy(
    r"[\s,]*(?:it|they|we|he|she|there|was|were|had|one|the (?:price|figure|number|total|rate|level|count|area))\b"
)
_TO = lazy(r"(?: [a-z]+)? to (?:about |some )?\W?")
# What tells that a percent is of the one number before: `a return of 67 per cent`, `75 per cent of its capacity`.
_A_SHARE = lazy(r"[^.;:]{0,50}, (?:that is |or |making |giving )?an? (?:share|return|quota|uptake) of ")
_ENDS = lazy(r"\s*(?:[.,;:)]|$)")
_OF_ITS = lazy(r"[^.;:]{0,40}, (?:or |that is |i\.e\. )?")
_OF_ALL = lazy(r"\s*of (?:its|their|the) (?:full |total )?(?:capacity|number|total|length|area|places|seats)\b")
_EACH = lazy(r"^\W*each\b|\b(?:on|in|to|for|from) each\b")
_MAKES = lazy(r"\b(?:making|giving|together|in all|in total|altogether|a total of)\b")
# `Interest income of 9.4 million reduced the loss to …`
_BROUGHT_TO = lazy(
    r"(?: [a-z'-]+){0,8}? (?:(?P<down>reduced|reduces|cut|lowered|brought down|trimmed|narrowed|shrank)"
    r"|(?P<up>increased|raised|lifted|brought up|widened|swelled|pushed up)) "
    r"(?:the|its|our|their|this)(?: [a-z]+){0,2}? (?P<name>[a-z]+) to (?:about |some |only |just )?$"
)
_IT_IS = lazy(
    r"\W*(?:it|this|that|they|these|(?:the|this|that) (?:rate|figure|result|number|total|level|share|price|yield))"
    r" (?:is|was|were|are|stands?|stood|lies|lay|has been|had been)(?: (?:thus|therefore|about|some|nearly|only))* $"
)
_NEAR, _PAIR, _FINE = Fraction(1, 3), 2, 100


def succession(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """What was, and what came of it, with the change told in the second sentence."""
    leading = [c for c in here if {"change", "percent"} & set(scene.roles(c, "growth"))]
    if len(leading) != 1 or len(here) != _PAIR:
        return None
    head = leading[0]
    if len(before) > 1:  # `312,745 operations, a total of 2,947,055 waits. A year earlier it was 298,160, so that …`
        before = [c for c in before if _is_apart_by(scene, c, next(n for n in here if n != head), head)]
    if len(before) != 1:
        return None
    other = next(c for c in here if c != head)
    told = scene.sentences[scene.claims[before[0]].sentence]
    earlier = _BEFORE.search(scene.report.view[told.start : told.end].lower()) is not None
    back, on = _BACK.match(said), _ON.match(said)
    if (dated := _IN_YEAR.match(said)) is not None and (year := _year_of(scene, before[0])):
        back, on = (dated, on) if dated["year"] < year else (back, dated) if dated["year"] > year else (back, on)
        earlier = earlier or on is dated
        if back is dated and _SO.search(scene.between(*here)) is None:
            return None  # `In 2018 it lent 79,100, an increase of 5,200`: on the year before that
    opened = back or on
    if opened is None or not _goes_on(scene, told, said[opened.end() :]):
        return None
    if back:
        level, prior = before[0], other
    elif on and earlier and (other < head or _TO.fullmatch(scene.between(head, other))):
        level, prior = other, before[0]
    else:
        return None
    a, b, c = (scene.claims[n] for n in (level, prior, head))
    bare = not a.figure.dimension or not b.figure.dimension
    if not same_measure(a, b) or not (a.figure.unit == b.figure.unit or bare) or a.figure.kind != "absolute":
        return None
    role = "percent" if c.figure.kind == "percent" else "change"
    if c.figure.kind not in ("absolute", "percent") or (role == "change" and not same_measure(a, c)):
        return None
    cue = next(iter(scene.roles(head, "growth").values()))
    grown = 1 if a.figure.number.value > b.figure.number.value else -1
    if cue.direction not in (0, grown) and not _is_apart_by(scene, level, prior, head):
        return None
    operands = operand("level", a), operand("prior", b), operand(role, c)
    why = "two sentences tell what was, what came of it, and by how much it changed"
    relation = Relation("growth", operands, "neighbour", "high", "growth.in-succession", why, cue.direction or grown)
    moved = abs(a.figure.number.value - b.figure.number.value)
    said_ = c.figure.number.value * (b.figure.number.value / 100 if role == "percent" else 1)
    near = bool(moved) and Fraction(1, 2) < said_ / moved < 2
    return relation if near or _fits(scene, relation) else None


def _is_apart_by(scene: Scene, one: int, other: int, head: int) -> bool:
    """Whether two figures are as far apart as a fine third one says, whichever way."""
    a, b, c = (scene.claims[n].figure for n in (one, other, head))
    if c.kind != "absolute" or a.kind != "absolute" or not same_measure(scene.claims[one], scene.claims[other]):
        return False
    fine = c.number.value >= _FINE * c.number.step
    return fine and abs(abs(a.number.value - b.number.value) - c.number.value) <= c.number.step / 2


def _year_of(scene: Scene, claim: int) -> str:
    """The year that a figure is of; where none is said, that which most figures of the report are of."""
    said = _YEAR.search(scene.claims[claim].period)
    return said.group() if said is not None else scene.main_year


def _goes_on(scene: Scene, told: Sentence, rest: str) -> bool:
    """Whether a sentence speaks of what the one before does: by a pronoun, or by a word of it."""
    lead = re.split(r"\d", rest, maxsplit=1)[0]
    before = scene.report.view[told.start : told.end].lower()
    return _SAME.match(lead) is not None or bool(stems(lead) & stems(before))


def part_and_percent(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`It went to 3,600 homes. In all 2,412 sent it back, a return of 67 per cent.`"""
    if len(before) != 1 or len(here) != _PAIR:
        return None
    whole, part, percent = (scene.claims[c] for c in (*before, *here))
    kinds = whole.figure.kind, part.figure.kind, percent.figure.unit
    if kinds != ("absolute", "absolute", "%") or set(scene.roles(here[1], "growth", "target", "annual")):
        return None
    between = scene.between(*here)
    ends = _ENDS.match(scene.after(here[1])) is not None
    called = (ends and _A_SHARE.fullmatch(between)) or (
        _OF_ITS.fullmatch(between) and _OF_ALL.match(scene.after(here[1]))
    )
    alike = part.figure.unit == whole.figure.unit or not part.figure.dimension
    if not called or not alike or not whole.figure.dimension or part.figure.number.value >= whole.figure.number.value:
        return None
    operands = operand("part", counted_alike(whole, part)), operand("whole", whole), operand("percent", percent)
    why = "the sentence before tells one number, and this one a part of it with its share"
    relation = Relation("share", operands, "neighbour", "high", "share.of-the-one-before", why)
    share = percent.figure.number.value * whole.figure.number.value / 100
    near = bool(share) and 1 - _NEAR < part.figure.number.value / share < 1 + _NEAR
    return relation if near or _fits(scene, relation) else None


def above(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`The enrolment rate was 77 per cent. This was six percentage points above the rate of 73 per cent of 2022.`"""
    if len(here) != 2 or not _IT_IS.fullmatch(_ahead(scene, here[0])):
        return None
    head, prior = (scene.claims[c] for c in here)
    cue = scene.roles(here[0], "growth").get("change" if head.figure.kind == "points" else "percent")
    if cue is None or not cue.direction or "prior" not in scene.roles(here[1], "growth"):
        return None
    levels = [c for c in before if scene.claims[c].figure.kind == prior.figure.kind]
    if len(levels) != 1 or not same_measure(scene.claims[levels[0]], prior):
        return None
    level = scene.claims[levels[0]]
    if any(c.figure.upper is not None or c.figure.modifier not in ("", "~") for c in (level, prior, head)):
        return None
    points = head.figure.kind == "points"
    if (prior.figure.kind == "percent") != points or level.figure.unit != prior.figure.unit:
        return None
    roles = [("level", level), ("prior", prior), ("change" if points else "percent", head)]
    return _set_out("points" if points else "growth", roles, "growth.it-is-above", cue.direction)


def brought_to(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`The operating loss was $47.2 million. Interest income of $9.4 million reduced the loss to $37.8 million.`"""
    if len(here) < 2 or len(before) != 1:
        return None
    prior, change, level = (scene.claims[c] for c in (*before, *here[:2]))
    told = _BROUGHT_TO.fullmatch(f" {' '.join(scene.between(*here[:2]).split())} ")
    figures = (prior.figure, change.figure, level.figure)
    if told is None or not all(map(_is_level, figures)) or not (same_measure(prior, level)):
        return None
    if not same_measure(prior, change) or stem(told["name"]) not in stems(_ahead(scene, before[0])):
        return None
    if change.figure.number.value >= prior.figure.number.value:
        return None
    roles = [("level", level), ("prior", prior), ("change", change)]
    return _set_out("growth", roles, "growth.brought-to", -1 if told["down"] else 1)


def _ahead(scene: Scene, claim: int) -> str:
    start = scene.sentences[scene.claims[claim].sentence].start
    return " ".join(scene.report.view[start : scene.claims[claim].figure.start].lower().split()) + " "


def _is_level(figure: Figure) -> bool:
    return figure.kind == "absolute" and _is_plain(figure) and not figure.per


def _set_out(kind: str, roles: Sequence[tuple[str, Claim]], rule: str, direction: int) -> Relation:
    why = "the sentence sets what the one before tells against another figure"
    return Relation(kind, tuple(operand(r, c) for r, c in roles), "neighbour", "high", rule, why, direction)


def each_of_them(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`The farm has 640 cows. Each gives 7,900 litres a year, 5.06 million litres together.`"""
    if len(before) != 1 or len(here) != _PAIR:
        return None
    count, one, total = (scene.claims[c] for c in (*before, *here))
    lead = said[: said.find(scene.report.view[one.figure.start : one.figure.number_end].lower())]
    each = _EACH.search(lead + scene.after(here[0])[:20])
    makes = _MAKES.search(scene.between(*here)) or _MAKES.search(scene.after(here[1])[:25])
    figures = count.figure, one.figure, total.figure
    if not each or not makes or not all(map(_is_plain, figures)) or count.figure.dimension != "count":
        return None
    if one.figure.unit != total.figure.unit or not one.figure.unit or one.figure.unit == count.figure.unit:
        return None
    rate = replace(operand("rate", one), figure=replace(one.figure, kind="rate", per="", discrete=False))
    operands = rate, operand("count", count), replace(operand("total", total), figure=replace(total.figure, per=""))
    why = "the sentence before counts them, and this one tells what each is and all together"
    relation = Relation("product", operands, "neighbour", "high", "product.each-of-them", why)
    made = one.figure.number.value * count.figure.number.value
    near = 1 - _NEAR < total.figure.number.value / made < 1 + _NEAR
    return relation if near or _fits(scene, relation) else None


def _fits(scene: Scene, relation: Relation) -> bool:
    return agreement(relation, scales(scene.book)) != "none" or bool(slips(relation, scales(scene.book)))


def _is_plain(figure: Figure) -> bool:
    return figure.modifier in ("", "~") and figure.upper is None and figure.number.value > 0


WAYS = (succession, above, brought_to, part_and_percent, each_of_them)
