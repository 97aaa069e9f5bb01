"""What a sentence works out from the one before it → growth, product, share, whether it agrees or not.

`Deposits totalled 31.2 billion. A year earlier they had stood at 28.6 billion, so that they grew by 2.6 billion`; `We
sold 2,600 days at $15,500 each. These sales brought in $40.3 million`: other figures may stand in the first sentence,
but none of the measure that the second goes on about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.binding.listed import moments
from pipeline.binding.scene import Outcome, Scene, counted_alike, operand, same_measure
from pipeline.binding.words import stem, stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Operand, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# How a sentence opens that tells what it was: `A year earlier they had stood at …`, `The figure of last year was …`
_OPENS = lazy(r"\W*+(?:[a-z][a-z'’-]*+ ){1,14}?(?:was|were|been|stood|amounted|came|come|reached|totall?ed|numbered)\b")
_THIS_ONE = lazy(r"\b(?:this|that|these|those|the same) [a-z]+\b")
_SO = lazy(
    r"[^.;]*(?:\bso(?: that)?\b|\bthus\b|\btherefore\b|\bhence\b|\bwhich (?:means|makes|is|gives)\b|\bmeaning\b"
    r"|\bi\.e\.|\bthat is\b|,)[^.;]*|; (?:the|an?) (?:increase|decrease|rise|fall|growth|decline|drop|gain|loss)[^.;]*"
)
_SO_IT = lazy(
    r"(?:[^.;:,–—]|(?<=\d)[–—](?=\d)){0,50}(?:[,;]| [–—])?[a-z' ]{0,40}\b(?:so(?: that)?|thus|therefore|hence"
    r"|accordingly|consequently|which (?:means|makes|is|gives)(?: that)?|meaning(?: that)?|i\.e\.|that is"
    r"|(?:has|have|had)(?= therefore| thus))\b[^.;:]{0,60}"
)
_UP_TO = lazy(r"[,;:(]|(?<!\d)[–—]|\band\b|\bso\b")
_AS_WELL = lazy(r" ?(?:[,(]|or|and|,? or) ?(?:or |by |an? )?(?:[a-z]+ )?(?:of |by )?")
_YEARS = lazy(r"\b(?:19|20)\d\d\b")
_BETTER = lazy(r"\b(?:improv|better|wors|deteriorat)")
_GREW = "growth.so-it-grew"
# The words that tell of a time, by which nothing is named.
_TIMES = lazy(
    r"\b(?:last|previous|preceding|prior|corresponding|same|year|month|quarter|half|first|second|third|fourth|earlier"
    r"|before|end|close|beginning|start|period|result|stood|amounted|reached|numbered|totall?ed|fiscal|financial|recorded|reported|january|february|march|april"
    r"|may|june|july|august|september|october|november|december)\b"
)
_SAME = frozenset("it they this that these those balance figure number total amount level sum stock the".split())
_AT_EACH = lazy(
    r"\b(?:at|for) (?:an average(?: of| (?:price|rate|cost|fee|rent|wage|value) of)?"
    r"|an? (?:[a-z]+ )?(?:price|rate|cost|fee|rent|wage) of)(?: about| some| roughly)? $"
)
_APIECE = lazy(r"\s*(?:each|apiece|a (?:piece|head))\b")
_BROUGHT_IN = lazy(
    r"\W*(?:this|that|it|they|we|(?:these|those|the|such|all|this|its|their|our) (?:[a-z]+ ){1,3}?)(?: ?[a-z]+ly )?"
    r"(?:(?:thus|therefore|hence|together|alone|in all|altogether) )?(?:has |have |had )?"
    r"(?:brought in|brought|earned|raised|yielded|fetched|cost|came to|made|generated|produced|amounted to|realised"
    r"|realized|totalled|totaled|was worth|were worth|is worth|are worth|adds up to|added up to)"
    r"(?: us| it| them| the [a-z]+)?(?: a total of| in all| altogether)? $"
)
_MONTHLY = lazy(r"\b(?:every|each|a|per) (?P<one>month|quarter)\b|\b(?P<often>monthly|quarterly)\b")
_A_YEAR = lazy(
    r"\W*(?:over|in|across|for) (?:a|the|one|an) (?:full |whole |entire )?year,? (?:(?!less|from|after)[a-z]+ ){0,6}"
    r"(?:worth|comes to|came to|makes|made|brings in|brought in|raises|raised|amounts to|amounted to|gives|gave"
    r"|adds up to|added up to|costs?)(?: us| it| them)? $"
)
_OFTEN = {"month": 12, "monthly": 12, "quarter": 4, "quarterly": 4}
_MADE_UP = lazy(
    r"\W*(?:they|these|this|it|that|those)(?: [a-z]+ly| together| thus| therefore)? (?:made up|make up|makes up"
    r"|account for|accounts for|accounted for|represent|represents|represented|constituted?|form|formed)"
    r"(?: just| only| about)? $"
)
_OF_NAME = lazy(r"\s*of (?:all |the |its |our |all the )?(?P<name>[a-z]+)\s*(?:[.,;]|$)")
_BACK = 4
_COMPARED = {"prior", "change", "percent", "target"}


@dataclass(frozen=True, slots=True)
class _When:
    """Of what time words say that a figure is: before that of the figures told so far, or after it; `opens` where the
    sentence opens with that, so that a comma is enough for what is concluded."""

    earlier: bool
    opens: bool


def bind(scene: Scene) -> Outcome:
    """All that sentences work out from those before them."""
    relations: list[Relation] = []
    for number in scene.holding(1, first=1):
        if scene.sentences[number].paragraph != scene.sentences[number - 1].paragraph:
            continue
        found = (way(scene, number) for way in _WAYS)
        relations.extend(relation for relation in found if relation is not None and not _agrees_turned(scene, relation))
    return relations, []


def _agrees_turned(scene: Scene, relation: Relation) -> bool:
    """Whether what is taken for the figure of before would be the one of now: a year alone does not tell."""
    roles = {"level": "prior", "prior": "level"}
    operands = tuple(replace(o, role=roles.get(o.role, o.role)) for o in relation.operands)
    turned = replace(relation, operands=operands)
    return relation.rule == _GREW and agreement(turned, scales(scene.book)) == "strict"


def _ahead(scene: Scene, number: int) -> str:
    """The words of a sentence before its first figure, in lower case, with one blank between them."""
    start, first = scene.sentences[number].start, scene.claims[scene.by_sentence[number].start].figure.start
    text = scene.report.view[start:first].lower()
    return " ".join(text.split()) + (" " if text[-1:].isspace() else "")


def _is_plain(figure: Figure) -> bool:
    return figure.kind == "absolute" and figure.upper is None and figure.modifier in ("", "~") and not figure.per


def _amounts(scene: Scene, claims: Sequence[int]) -> list[int]:
    """The claims without lengths of time and percents."""
    kinds = ("absolute", "rate")
    return [c for c in claims if scene.claims[c].figure.dimension != "time" and scene.claims[c].figure.kind in kinds]


def _so_grew(scene: Scene, number: int) -> Relation | None:
    """`Deposits totalled L. A year earlier the balance had stood at P, so that they grew by C.`; `The result was P in
    2021, so performance has slipped by C points.`"""
    row = [c for c in scene.by_sentence[number] if scene.claims[c].figure.dimension != "time"]
    at = next((n for n in range(1, len(row)) if _role_of(scene, row[n - 1], row[n])), 0)
    if not at or not _is_level(scene.claims[row[at - 1]].figure):
        return None
    first, heads = row[at - 1], row[at:]
    if any(scene.claims[c].figure.kind == scene.claims[first].figure.kind for c in row[: at - 1]):
        return None
    joint = scene.between(first, heads[0])
    when = _when(scene, number, first, joint)
    if when is None or not (_SO_IT.fullmatch(joint) or (when.opens and _SO.fullmatch(joint))):
        return None
    if len(heads) > 1 and not _AS_WELL.fullmatch(scene.between(*heads[:2])):
        heads = heads[:1]
    roles = [_role_of(scene, first, c) for c in heads[:2]]
    level = _other(scene, number, first, heads) if all(roles) and len(heads) == len(set(roles)) else None
    if level is None:
        return None
    ways = {scene.roles(c, "growth")[role].direction for c, role in zip(heads, roles, strict=True)}
    if len(ways) != 1 or (ways == {0} and not _BETTER.search(joint)):
        return None
    pair = (level, first) if when.earlier else (first, level)
    operands = (
        *(operand(role, scene.claims[c]) for role, c in zip(("level", "prior"), pair, strict=True)),
        *(operand(role, scene.claims[c]) for c, role in zip(heads, roles, strict=True)),
    )
    kind = "points" if scene.claims[heads[0]].figure.kind == "points" else "growth"
    why = "a sentence tells what it was at another time, and works out how it changed"
    return Relation(kind, operands, "neighbour", "high", _GREW, why, ways.pop())


def _when(scene: Scene, number: int, first: int, joint: str) -> _When | None:
    """Whether the words about a figure, up to what is concluded from it, tell of a time before or after that of the
    sentence before; None where they tell of no other time."""
    start = scene.sentences[number].start
    ahead = " ".join(scene.report.view[start : scene.claims[first].figure.start].lower().split())
    behind = _UP_TO.split(joint, maxsplit=1)[0]
    then, last, now = moments(scene.book)
    opens = _OPENS.match(ahead) is not None and not _YEARS.search(ahead)
    said = f"{ahead} {behind}"
    if then.search(said) is not None or last.search(said) is not None:
        return _When(True, opens)
    years = _YEARS.findall(said)
    if years:
        told, near = _years_before(scene, number)
        if told and max(years) >= max(told):
            return _When(False, False) if near and max(years) > max(told) else None
        return _When(True, False)
    return _When(False, False) if now.search(said) is not None else None


def _years_before(scene: Scene, number: int) -> tuple[list[str], bool]:
    """The years told in the sentence before, or else in those before it, and whether it is the one before."""
    for back in range(1, _BACK):
        span = scene.sentences[max(0, number - back)]
        told = _YEARS.findall(scene.report.view[span.start : span.end])
        if told and span.section == scene.sentences[number].section:
            return told, back == 1
    return [], False


def _is_level(figure: Figure) -> bool:
    return _is_plain(replace(figure, kind="absolute") if figure.kind == "percent" else figure)


def _role_of(scene: Scene, first: int, head: int) -> str:
    """The role of a change of a figure's own measure; none where it is of another, or words do not make it one."""
    a, b = scene.claims[first], scene.claims[head]
    role = "percent" if b.figure.kind == "percent" else "change"
    if role not in scene.roles(head, "growth") or b.figure.upper is not None or b.figure.modifier not in ("", "~"):
        return ""
    points = a.figure.kind == "percent" and b.figure.kind == "points"
    return role if points or role == "percent" or (a.figure.kind == "absolute" and same_measure(a, b)) else ""


def _other(scene: Scene, number: int, first: int, heads: Sequence[int]) -> int | None:
    """The one figure in the sentence before that a figure of another time is set against: of its unit, no change, no
    part of another; of several, that which is called alike."""
    figures = [scene.claims[c].figure for c in (first, *heads)]
    units = {f.unit for f in figures if f.kind == figures[0].kind and f.unit}
    counts = ("count", "") if figures[0].kind == "absolute" else ()
    found = [
        c
        for c in scene.by_sentence[number - 1]
        if ({scene.claims[c].figure.unit} == units or (not units and scene.claims[c].figure.dimension in counts))
        and scene.claims[c].figure.kind == figures[0].kind
        and not {"change", "prior"} & set(scene.roles(c, "growth", "target", "annual"))
        and not {"part", "target"} & set(scene.roles(c, "subset", "target"))
    ]
    over = [c for c in found if {"total", "whole"} & set(scene.roles(c, "sum", "subset"))]
    found = over if len(over) == 1 else found
    before = scene.sentences[number - 1]
    named = stems(_TIMES.sub(" ", _THIS_ONE.sub(" ", _lead(scene, first)))) - {stem(word) for word in _SAME}
    if len(found) == 1 and named - stems(scene.report.view[before.start : before.end].lower()):
        return None  # `Exports totalled 31 billion. A year earlier imports had been …`
    if len(found) > 1:
        found = [c for c in found if named & stems(_lead(scene, c))]
    return found[0] if len(found) == 1 and _is_level(scene.claims[found[0]].figure) else None


def _lead(scene: Scene, claim: int) -> str:
    """The words of a sentence between a figure and the one before it, in lower case."""
    start = scene.sentences[scene.claims[claim].sentence].start
    if claim and scene.claims[claim - 1].figure.end > start:
        start = scene.claims[claim - 1].figure.end
    return scene.report.view[start : scene.claims[claim].figure.start].lower()


def _sold_at(scene: Scene, number: int) -> Relation | None:
    """`We sold 2,600 days at an average of $15,500. These sales brought in $40.3 million.`"""
    rate = _rate_told(scene, number - 1)
    total = scene.by_sentence[number].start
    ahead = _ahead(scene, number)
    if rate is None or not _is_plain(scene.claims[total].figure):
        return None
    count, each = rate
    times: tuple[Operand, ...] = ()
    if _A_YEAR.match(ahead):
        often = _how_often(scene, number - 1)
        if often is None:
            return None
        times = (often,)
    elif not _BROUGHT_IN.match(ahead) or _how_often(scene, number - 1) is not None:
        return None
    whole = scene.claims[total]
    if whole.figure.unit != scene.claims[each].figure.unit:
        return None
    figure = replace(scene.claims[each].figure, kind="absolute", per="")
    operands = (
        replace(operand("rate", scene.claims[each]), figure=figure),
        operand("count", scene.claims[count]),
        *times,
        operand("total", whole),
    )
    why = "so many at so much each, and the next sentence says what they come to"
    return Relation("product", operands, "neighbour", "high", "product.sold-at", why, mode="times" if times else "")


def _rate_told(scene: Scene, number: int) -> tuple[int, int] | None:
    """The one number of things in a sentence and the one amount of money, which is told of each."""
    money = [c for c in scene.by_sentence[number] if scene.claims[c].figure.dimension == "money"]
    if len(money) != 1 or scene.claims[money[0]].figure.upper is not None:
        return None
    each = money[0]
    figure, start = scene.claims[each].figure, scene.sentences[number].start
    before = " ".join(scene.report.view[start : figure.start].lower().split()) + " "
    if figure.modifier not in ("", "~") or not (_AT_EACH.search(before) or _APIECE.match(scene.after(each))):
        return None
    things = [c for c in scene.by_sentence[number] if c != each and not _is_a_spell(scene, c)]
    counts = [c for c in things if scene.claims[c].figure.dimension in ("count", "", "time")]
    sure = len(things) == 1 and counts == things and things[0] < each and _is_plain(scene.claims[things[0]].figure)
    if not sure or _COMPARED & set(scene.roles(things[0], "growth", "target")):
        return None
    return things[0], each


def _is_a_spell(scene: Scene, claim: int) -> bool:
    """Whether a figure is a percent, or a length of time and not a number of `vessel days`."""
    figure = scene.claims[claim].figure
    words = scene.report.view[figure.number_end : figure.end].split()
    return figure.kind == "percent" or (figure.dimension == "time" and len(words) == 1)


def _how_often(scene: Scene, number: int) -> Operand | None:
    """How many times a year a sentence says that something is paid: `give every month`."""
    span = scene.sentences[number]
    found = list(_MONTHLY.finditer(scene.report.view[span.start : span.end].lower()))
    if len(found) != 1:
        return None
    start, end = span.start + found[0].start(), span.start + found[0].end()
    times = Fraction(_OFTEN[found[0]["one"] or found[0]["often"]])
    return Operand("count", f"@{start}-{end}", start, end, None, "", times)


def _they_made_up(scene: Scene, number: int) -> Relation | None:
    """`Of 871,500 employees … Of the employees, 94,100 had a contract. They made up 10.8% of employees.`"""
    percent = scene.by_sentence[number].start
    others = [c for c in scene.by_sentence[number][1:] if scene.claims[c].figure.dimension != "time"]
    named = _OF_NAME.match(scene.after(percent))
    if others or scene.claims[percent].figure.unit != "%" or named is None:
        return None
    if not _MADE_UP.match(_ahead(scene, number)):
        return None
    parts = _amounts(scene, scene.by_sentence[number - 1])
    if len(parts) != 1 or not _is_plain(scene.claims[parts[0]].figure):
        return None
    part, name = scene.claims[parts[0]], stem(named["name"])
    first = scene.by_sentence[max(0, number - _BACK)].start
    wholes = [
        c
        for c in range(first, parts[0])
        if scene.same_section(c, percent)
        and _is_plain(scene.claims[c].figure)
        and scene.claims[c].figure.dimension == "count"
        and name == _last(scene, c)
        and scene.claims[c].figure.number.value > part.figure.number.value
    ]
    if len({scene.claims[c].figure.number.value for c in wholes}) != 1 or not _may_be(part.figure, wholes[0], scene):
        return None
    whole = scene.claims[wholes[-1]]
    roles = [("part", counted_alike(whole, part)), ("whole", whole), ("percent", scene.claims[percent])]
    operands = tuple(operand(role, claim) for role, claim in roles)
    why = "words name the whole that the figure before is a percentage of"
    return Relation("share", operands, scene.scope_of(wholes[-1], percent), "high", "share.they-made-up", why)


def _last(scene: Scene, claim: int) -> str:
    """The stem of the last word of what a figure counts."""
    figure = scene.claims[claim].figure
    words = scene.report.view[figure.number_end : figure.end].lower().split()
    return stem(words[-1]) if words else ""


def _may_be(part: Figure, whole: int, scene: Scene) -> bool:
    return part.dimension in ("", "count") and scene.claims[whole].figure.kind == part.kind


_WAYS: tuple[Callable[[Scene, int], Relation | None], ...] = (_so_grew, _sold_at, _they_made_up)
