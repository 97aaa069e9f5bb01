"""What a sentence draws from two figures told right before it, whatever its words: a rest, a sum, a share, a growth, a
mean, so many at so much each.

`The county has 38 schools of 520 pupils each. So 19,760 children now learn here`, `The backlog was $388 million, 80% of
it due this year. That is some $310 million`: the words tell what is worked out and the units which two figures it is
worked out of. Where none of the few ways agrees, it is shown only if one slip of the pen explains one of them, and so
few ways are open that none is so explained by chance.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations, permutations

from pipeline.binding import listed
from pipeline.binding.scene import Scene, countable, counted_alike, flat, operand, same_measure
from pipeline.binding.slipped import fineness, one_slip_away
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Operand, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# What stands before or right behind a figure that is worked out, for each way of it.
_WORDS: Mapping[str, re.Pattern[str]] = {
    "rest": lazy(
        r"\b(?:leav(?:es|ing)|left|remain(?:s|ing|der)|the (?:rest|other|others|balance)|difference|gap|an? lead"
        r"|so that|shortfall|short of|still to|yet to|not yet|fewer|more than|less than|exceed(?:s|ed|ing)?)\b"
    ),
    "sum": lazy(r"\b(?:together|in all|in total|altogether|combined|in sum|a total of|the two|both|jointly)\b"),
    "share": lazy(
        r"\b(?:share|proportion|percentage|rate|represent\w*|account\w*|mak(?:es?|ing) up|made up|equal\w*"
        r"|(?:that|which|this) (?:is|was)|of (?:it|them|this|these|those|the total|the whole)|coverage|ratio|margin"
        r"|took up|held|giv(?:es|ing)|yields?|gearing|corresponds? to|accordingly|thus|therefore|hence)\b"
    ),
    "growth": lazy(r"\b(?:increase|rise|growth|gain|decrease|decline|fall|drop|reduction|(?:higher|lower) by)\b"),
    "mean": lazy(r"\b(?:each|average|mean|apiece|a (?:head|piece)|per (?!cent)[a-z]+|for every|every)\b"),
    "product": lazy(
        r"\b(?:cost\w*|worth|bill|amount\w*|in all|mak(?:es?|ing)|com(?:es|ing|e) to|came to|brought|so|thus|therefore"
        r"|hence|that (?:is|was)|this (?:is|was)|or|i\.e\.|about|altogether)\b"
    ),
    "part": lazy(r"\b(?:that (?:is|was|means)|this (?:is|was|means)|which (?:is|was)|or|so|thus|equal\w*|i\.e\.)\b"),
}
# The sentence goes on about what stands before it.
_GOES_ON = lazy(
    r"\W*(?:at|that|this|these|those|they|it|which|so|thus|therefore|hence|accordingly|consequently|together|in all|the"
    r" (?:remaining|rest|others?|difference|balance|gap|two|average|mean|share|rate|proportion|shortfall|ratio)"
    r"|on average|each|both|an? (?:average|increase|rise|decrease|fall|gain|decline|mean))\b"
)
_CONCLUDES = lazy(
    r"\b(?:thus|therefore|hence|accordingly|consequently|so|leaving|leaves|that is|this (?:is|gives|yields)|which is"
    r"|means|works out|(?:the|a|monthly|annual) bill|will cost|an? (?:increase|decrease|lead|rise|fall) (?:of|for)"
    r"|remaining|the rest|the other|the others|each|on average|an average|together|in all|altogether|or)\b"
)
# A figure of another time, or of a plan, is not worked out of these.
_OTHERS = lazy(
    r"\b(?:last year|previous|a year (?:earlier|before|ago)|target\w*|plan(?:s|ned)?|budget\w*|forecast|expect\w*|limit"
    r"|ceiling|minimum|maximum|up to|at least|at most|compared|against|including|respectively|some of"
    r"|among (?:them|these)|(?:together|along|combined) with|another|further|additional|except|excluding|should|must"
    r"|each other)\b"
)
# What was taken off before it was told.
_LESS = lazy(r"\b(?:net|after|commissions?|deduct\w*)\b")
# `2,815 of them are women. At 44%, …`
_AT = lazy(r"\W*at (?:just |about |only )?# ?%")
# `89.5% of it on roads`, `15 percent of the contract`: it names what it is of.
_OF_ITS_OWN = lazy(r"\s*of (?!(?:this|that|the (?:total|whole|length|area|number|amount)|all|them|these)\b)")
_OF_SOME = lazy(r"\b(?:of|in|among|for) the (?!(?:year|period|two|total)\b)[a-z]")
_EACH = lazy(r"\b(?:each|apiece|average|mean|every|per (?!cent)[a-z]+|a (?:head|piece)|at|of # [a-z]+ each)\b")
_AROUND, _BEHIND = 90, 40
# What a figure is a share of does not tell what it is the rest of.
_OF_WHAT = frozenset(("share",))
_AGAIN = lazy(r",? or (?:about |some |nearly )?|\s?\(")
_THREE = 3
_THE_OTHER = lazy(r"\b(?:the|its|their) (?:other|remaining|rest|balance of) ?#")
_FINE = 10
# How likely it may be that a slip explains one of all the ways by chance.
_BY_CHANCE = Fraction(1, 5)


def bind(scene: Scene, found: Sequence[Relation]) -> Iterator[Relation]:
    """What sentences draw from two figures before, where no other relation holds the figure they draw."""
    held: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if _holds(scene, one):
            for o in one.operands:
                held[o.ref].add(one.kind)
    for number in scene.holding(1):
        row = _row(scene, number)
        if row is None:
            continue
        for claim in row:
            if scene.claims[claim].sentence == number:
                own = held[scene.claims[claim].claim_id]
                relation = _drawn(scene, claim, [c for c in row if c != claim], own)
                if relation is not None:
                    for o in relation.operands:
                        held[o.ref].add(relation.kind)
                    yield relation


def _holds(scene: Scene, relation: Relation) -> bool:
    """Whether what a relation says of its figures leaves room for nothing else."""
    if relation.kind in ("repeat", "direction", "limit", "subset", "count", "time"):
        return False
    return relation.confidence == "high" or agreement(relation, scales(scene.book)) == "strict"


def _row(scene: Scene, number: int) -> list[int] | None:
    """The figures of a sentence and of the one that it goes on about; None where there are too many."""
    here = [c for c in scene.by_sentence[number] if scene.claims[c].figure.dimension != "time"]
    span = scene.sentences[number]
    goes_on = _GOES_ON.match(scene.low, span.start, span.end) is not None
    before: list[int] = []
    if number and span.paragraph == scene.sentences[number - 1].paragraph:
        before = [c for c in scene.by_sentence[number - 1] if scene.claims[c].figure.dimension != "time"]
    row = [*before, *here] if len(here) < _THREE else here
    if len(row) == _THREE + 1:
        row = [c for c in row if not _is_said_again(scene, c, here)]
    if len(row) != _THREE or not here:
        return None
    first = scene.sentences[scene.claims[row[0]].sentence].start
    if _LESS.search(scene.low, first, span.end) or _OTHERS.search(scene.low, first, scene.claims[row[-1]].figure.end):
        return None
    if len(here) < len(row) and not goes_on and not _CONCLUDES.search(scene.low, span.start, span.end):
        return None
    figures = [scene.claims[c].figure for c in row]
    plain = all(f.upper is None and f.modifier in ("", "~") and f.number.value > 0 for f in figures)
    return row if plain else None


def _is_said_again(scene: Scene, claim: int, here: Sequence[int]) -> bool:
    """Whether a percentage only tells again what stands before it: `so that 228,000 doses, or 13.7%, were wasted`."""
    if scene.claims[claim].figure.unit != "%" or claim - 1 not in here:
        return False
    again = _AGAIN.fullmatch(scene.between(claim - 1, claim)) is not None
    return again and not scene.after(claim).lstrip().startswith("of ")


def _drawn(scene: Scene, claim: int, others: Sequence[int], own: Set[str]) -> Relation | None:
    """What a figure was worked out of: the way that agrees, or the one that a slip explains; `own` are the kinds of the
    relations that it has already."""
    sizes = scales(scene.book)
    ways = [way for way in _ways(scene, claim, others) if min(map(_fineness, way.operands)) >= _FINE]
    if any(way.kind in own for way in ways) or own - _OF_WHAT:
        return None
    for way in ways:
        agrees = agreement(way, sizes)
        if agrees != "none":
            return replace(way, confidence="low") if agrees == "strict" else None
    if not ways or any("prior" in scene.roles(c, "growth") for c in (claim, *others)):
        return None
    for way in ways:
        if one_slip_away(way, sizes, least=_BY_CHANCE / len(ways)):
            return way
    return None


def _fineness(one: Operand) -> int:
    return _FINE if one.role == "percent" else fineness(one)


def _ways(scene: Scene, claim: int, others: Sequence[int]) -> Iterator[Relation]:
    """The ways in which the words and the units let a figure be worked out of two others."""
    about = _about(scene, claim)
    if _OF_ITS_OWN.match(scene.after(claim)) is not None:
        return
    names = [name for name, words in _WORDS.items() if words.search(about)]
    names += ["share"] if _AT.match(about) and "share" not in names else []
    if any(share.search(about) for share, _, _ in listed.proportions(scene.book)):
        names = [name for name in names if name != "share"]  # what has a name is bound by it: `shares.by_name`
    drawn = scene.claims[claim]
    for name in names:
        pairs = combinations(others, 2) if name == "sum" else permutations(others, 2)
        for one, other in pairs:
            roles = _roles(scene, name, claim, one, other)
            if roles is None:
                continue
            kind = {"rest": "sum", "part": "share", "mean": "product"}.get(name, name)
            operands = tuple(operand(role, counted_alike(drawn, scene.claims[c])) for role, c in roles)
            why = f"what a sentence draws from the two figures before it: {name}"
            scope = scene.scope_of(claim, one, other)
            yield Relation(kind, operands, scope, "high", f"drawn.{name}", why)


def _about(scene: Scene, claim: int) -> str:
    """The words of a figure: those of its clause before it, and a few behind."""
    figure = scene.claims[claim].figure
    start, end = scene.clause_of(claim)
    if claim and scene.claims[claim - 1].figure.end > start:
        start = scene.claims[claim - 1].figure.end
    stop = scene.claims[claim + 1].figure.start if claim + 1 < len(scene.claims) else end
    start = max(start, figure.start - _AROUND)
    said = scene.low[start : figure.start] + " # " + scene.low[figure.number_end : min(end, stop, figure.end + _BEHIND)]
    return " ".join(flat(said).split())


def _roles(scene: Scene, name: str, claim: int, one: int, other: int) -> list[tuple[str, int]] | None:
    """The roles of three figures where one is worked out of the others so; None where their units do not let it."""
    drawn, a, b = (scene.claims[c] for c in (claim, one, other))
    kinds = (drawn.figure.kind, a.figure.kind, b.figure.kind)
    larger = a.figure.number.value > b.figure.number.value
    bare = (not a.figure.dimension or not b.figure.dimension) and countable(a, b)
    alike = (same_measure(a, b) or bare) and kinds[1:] == ("absolute", "absolute")
    if name in ("rest", "sum"):
        if kinds[0] != "absolute" or not alike or not (same_measure(drawn, a) or same_measure(drawn, b)):
            return None
        if name == "sum":
            return [("total", claim), ("part", one), ("part", other)]
        return [("total", claim), ("part", one), ("less", other)] if larger else None
    if name in ("share", "growth"):
        if kinds[0] != "percent" or drawn.figure.unit != "%" or not alike:
            return None
        if name == "share":
            # `57% of the total; the other 0.835 million was …`: what is left is no part of what stands beside it
            larger = larger or _THE_OTHER.search(_about(scene, one)) is not None
            return None if larger else [("part", one), ("whole", other), ("percent", claim)]
        return [("prior", one), ("level", other), ("percent", claim)] if one < other else None
    if name == "part":
        if kinds != ("absolute", "absolute", "percent") or b.figure.unit != "%" or not same_measure(drawn, a):
            return None
        if other > claim:
            return None  # `36.8 million and 33.1 million, so that half of all (50.1 per cent) went there`
        if _OF_ITS_OWN.match(scene.after(other)) is not None:
            return None
        return [("part", claim), ("whole", one), ("percent", other)]
    return _of_each(scene, name, claim, one, other)


def _of_each(scene: Scene, name: str, claim: int, one: int, other: int) -> list[tuple[str, int]] | None:
    """So many at so much each: what is told of each and what they come to are in one unit, and are no count of them."""
    drawn, a, b = (scene.claims[c].figure for c in (claim, one, other))
    if any(f.kind not in ("absolute", "rate") for f in (drawn, a, b)) or b.per:
        return None
    if b.dimension not in ("count", "") and b.unit != a.per:
        return None  # `34 kWh a month. At 0.85 per kWh the bill is 28.90`
    if _OF_SOME.search(_about(scene, claim)) or any(_is_a_spell(scene, c) for c in (claim, one, other)):
        return None
    if drawn.dimension in ("count", ""):
        alike = a.dimension in ("count", "") and a.unit != b.unit
    else:
        alike = drawn.unit == a.unit
    if not alike:
        return None
    if name == "mean":
        less = a.kind == "absolute" and drawn.number.value <= a.number.value
        return [("rate", claim), ("count", other), ("total", one)] if less else None
    each = a.per or a.kind == "rate" or _EACH.search(_about(scene, one))
    return [("rate", one), ("count", other), ("total", claim)] if each else None


def _is_a_spell(scene: Scene, claim: int) -> bool:
    """Whether the sentence of a figure tells how long something took, by which it may be multiplied."""
    return any(scene.claims[c].figure.dimension == "time" for c in scene.by_sentence[scene.claims[claim].sentence])
