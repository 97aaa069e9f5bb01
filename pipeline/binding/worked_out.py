"""What a sentence works out from the one before it → growth, product, share, whether it agrees or not.

`Deposits totalled 31.2 billion. A year earlier they had stood at 28.6 billion, so that they grew by 2.6 billion`; `We
sold 2,600 days at $15,500 each. These sales brought in $40.3 million`: other figures may stand in the first sentence,
but none of the measure that the second goes on about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.binding.scene import Outcome, Scene, counted_alike, operand, same_measure
from pipeline.binding.words import stem, stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Operand, Relation
from pipeline.rulebook.scales import scales

_WAS = (
    r"(?:had stood at|had been|was|were|stood at|had amounted to|had totalled|had numbered|amounted to|came to"
    r"|had come to|had reached|totalled|totaled|there (?:had been|were))(?: only| just| about)? $"
)
_EARLIER = re.compile(
    r"\W*(?:(?:just )?(?:a|one|the) (?:year|month|quarter|decade) (?:earlier|before|ago|previously)"
    r"|(?:in )?the (?:previous|preceding|prior|last) year|last year|in the (?:year|quarter|month) before"
    r"|at the (?:end|close|beginning|start) of (?:the )?(?:previous|preceding|prior|last) year),? "
    rf"(?P<who>(?:[a-z-]+ ){{0,8}}?){_WAS}"
)
# `Revenue of this business in 2023 was …`, `In 2023 the figure had been …`, `Sales of the year before were …`
_IN_A_YEAR = re.compile(
    r"\W*(?:(?P<who>(?:[a-z][a-z-]* ){1,8}?)(?:in|for|of) (?:(?P<year>(?:19|20)\d\d)"
    r"|the (?:(?:previous|preceding|prior|last) year|same (?:period|quarter|month|half) (?:of )?(?:the )?"
    r"(?:last|previous|prior|preceding) year|year before))"
    r"|(?:in|at|on|during|by) (?:(?:the|end|of|first|second|third|fourth|half|quarter|close|\d\d?"
    r"|[a-z]+(?:ary|ch|il|ay|ne|ly|ust|ber)) ){0,5}?"
    rf"(?P<then>(?:19|20)\d\d),? (?P<whom>(?:[a-z-]+ ){{0,8}}?)),? ?{_WAS}"
)
_THIS_ONE = re.compile(r"\b(?:this|that|these|those|the same) [a-z]+\b")
_SO = re.compile(
    r"[^.;]*(?:\bso(?: that)?\b|\bthus\b|\btherefore\b|\bhence\b|\bwhich (?:means|makes|is|gives)\b|\bmeaning\b"
    r"|\bi\.e\.|\bthat is\b|,)[^.;]*|; (?:the|an?) (?:increase|decrease|rise|fall|growth|decline|drop|gain|loss)[^.;]*"
)
_SO_IT = re.compile(
    r"(?:,|;| [–—])? ?(?:and )?"
    r"(?:so(?: that)?|thus|therefore|hence|which means(?: that)?|meaning that|i\.e\.|that is,?),? "
    r"(?P<who>(?:[a-z-]+ ){1,5}?)(?:has |have |had )?(?:therefore |thus )?[a-z]+(?:ed|en|ew|ose|ell|ank)\b"
)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_BETTER = re.compile(r"\b(?:improv|better|wors|deteriorat)")
_GREW = "growth.so-it-grew"
_SAME = frozenset("it they this that these those balance figure number total amount level sum stock the".split())
_AT_EACH = re.compile(
    r"\b(?:at|for) (?:an average(?: of| (?:price|rate|cost|fee|rent|wage|value) of)?"
    r"|an? (?:[a-z]+ )?(?:price|rate|cost|fee|rent|wage) of)(?: about| some| roughly)? $"
)
_APIECE = re.compile(r"\s*(?:each|apiece|a (?:piece|head))\b")
_BROUGHT_IN = re.compile(
    r"\W*(?:this|that|it|they|we|(?:these|those|the|such|all|this|its|their|our) (?:[a-z]+ ){1,3}?)(?: ?[a-z]+ly )?"
    r"(?:(?:thus|therefore|hence|together|alone|in all|altogether) )?(?:has |have |had )?"
    r"(?:brought in|brought|earned|raised|yielded|fetched|cost|came to|made|generated|produced|amounted to|realised"
    r"|realized|totalled|totaled|was worth|were worth|is worth|are worth|adds up to|added up to)"
    r"(?: us| it| them| the [a-z]+)?(?: a total of| in all| altogether)? $"
)
_MONTHLY = re.compile(r"\b(?:every|each|a|per) (?P<one>month|quarter)\b|\b(?P<often>monthly|quarterly)\b")
_A_YEAR = re.compile(
    r"\W*(?:over|in|across|for) (?:a|the|one|an) (?:full |whole |entire )?year,? (?:(?!less|from|after)[a-z]+ ){0,6}"
    r"(?:worth|comes to|came to|makes|made|brings in|brought in|raises|raised|amounts to|amounted to|gives|gave"
    r"|adds up to|added up to|costs?)(?: us| it| them)? $"
)
_OFTEN = {"month": 12, "monthly": 12, "quarter": 4, "quarterly": 4}
_MADE_UP = re.compile(
    r"\W*(?:they|these|this|it|that|those)(?: [a-z]+ly| together| thus| therefore)? (?:made up|make up|makes up"
    r"|account for|accounts for|accounted for|represent|represents|represented|constituted?|form|formed)"
    r"(?: just| only| about)? $"
)
_OF_NAME = re.compile(r"\s*of (?:all |the |its |our |all the )?(?P<name>[a-z]+)\s*(?:[.,;]|$)")
_BACK = 4
_COMPARED = {"prior", "change", "percent", "target"}


def bind(scene: Scene) -> Outcome:
    """All that sentences work out from those before them."""
    relations: list[Relation] = []
    for number in range(1, len(scene.sentences)):
        if scene.sentences[number].paragraph != scene.sentences[number - 1].paragraph or not scene.by_sentence[number]:
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


def _was_earlier(scene: Scene, number: int) -> str | None:
    """Of whom a sentence says what it was a year before, where it opens with that; None where it does not."""
    ahead = _ahead(scene, number)
    if (found := _EARLIER.match(ahead)) is not None:
        return found["who"]
    found = _IN_A_YEAR.match(ahead)
    year = (found["year"] or found["then"]) if found is not None else None
    if found is None:
        return None
    before = scene.sentences[number - 1]
    told = _YEARS.findall(scene.report.view, before.start, before.end)
    if year is not None and told and year >= max(told):
        return None
    return _THIS_ONE.sub(" ", found["who"] or found["whom"] or "")


def _so_grew(scene: Scene, number: int) -> Relation | None:
    """`Deposits totalled L. A year earlier the balance had stood at P, so that they grew by C.`"""
    said = _was_earlier(scene, number)
    prior, *heads = [c for c in scene.by_sentence[number] if scene.claims[c].figure.dimension != "time"] or [0]
    if said is None or len(heads) not in (1, 2) or not _is_plain(scene.claims[prior].figure):
        return None
    first = scene.claims[prior].figure
    levels = [
        c
        for c in scene.by_sentence[number - 1]
        if scene.claims[c].figure.unit == first.unit and "change" not in scene.roles(c, "growth", "target")
    ]
    if len(levels) != 1 or not first.unit or not _is_plain(scene.claims[levels[0]].figure):
        return None
    if set(scene.roles(levels[0], "target")) or not _SO.fullmatch(scene.between(prior, heads[0])):
        return None
    who = stems(said) - {stem(word) for word in _SAME}
    before = scene.sentences[number - 1]
    if who - stems(scene.report.view[before.start : before.end].lower()):
        return None  # `Exports totalled 31 billion. A year earlier imports had been …`
    roles = [("level", scene.claims[levels[0]]), ("prior", scene.claims[prior])]
    directions = set()
    for head in heads:
        roles_of = scene.roles(head, "growth")
        role = "percent" if scene.claims[head].figure.kind == "percent" else "change"
        alike = role == "percent" or same_measure(scene.claims[head], scene.claims[prior])
        if role not in roles_of or not alike or role in dict(roles) or scene.claims[head].figure.upper is not None:
            return None
        directions.add(roles_of[role].direction)
        roles.append((role, scene.claims[head]))
    if directions not in ({1}, {-1}):
        return None
    operands = tuple(operand(role, claim) for role, claim in roles)
    why = "a sentence tells what it was a year before, and works out how it changed"
    return Relation("growth", operands, "neighbour", "high", _GREW, why, directions.pop())


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


def _so_moved(scene: Scene, number: int) -> Relation | None:
    """`The margin was 25.0%. In 2023 profit was 746.7 million and the margin 24.1%, so that it rose by 1.9.`"""
    claims = [c for c in scene.by_sentence[number] if scene.claims[c].figure.dimension != "time"]
    heads = [c for c in claims if scene.claims[c].figure.kind == "points"]
    percents = [c for c in claims if scene.claims[c].figure.kind == "percent"]
    if len(heads) != 1 or percents != [heads[0] - 1] or _was_earlier(scene, number) is None:
        return None
    prior, head = percents[0], heads[0]
    change = scene.roles(head, "growth").get("change")
    so = _SO_IT.match(scene.between(prior, head))
    levels = [c for c in scene.by_sentence[number - 1] if scene.claims[c].figure.kind == "percent"]
    if change is None or so is None or not (change.direction or _BETTER.search(scene.between(prior, head))):
        return None
    if len(levels) != 1 or set(scene.roles(levels[0], "growth", "target", "annual")):
        return None
    before = scene.sentences[number - 1]
    named = stems(so["who"]) - {stem(word) for word in _SAME}
    if named - stems(scene.report.view[before.start : before.end].lower()):
        return None
    figures = [scene.claims[c].figure for c in (levels[0], prior, head)]
    if any(f.upper is not None or f.modifier for f in figures):
        return None
    roles = zip(("level", "prior", "change"), (levels[0], prior, head), strict=True)
    operands = tuple(operand(role, scene.claims[c]) for role, c in roles)
    why = "a sentence tells what it was a year before, and works out by how many points it moved"
    return Relation("points", operands, "neighbour", "high", _GREW, why, change.direction)


_WAYS: tuple[Callable[[Scene, int], Relation | None], ...] = (_so_grew, _so_moved, _sold_at, _they_made_up)
