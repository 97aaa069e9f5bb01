"""Ways in which a sentence goes on about the one or two amounts of the sentence before → sum or growth.

`It spent 17.1 million, of which 11.7 million on wages. The remaining 5.4 million went on plant.` Each way is tried by
`in_two`, which has taken care that the two sentences tell of few figures and of none that is open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from pipeline.binding.scene import Scene, counted_alike, operand, same_measure
from pipeline.binding.slipped import STRONG, slips
from pipeline.binding.sums.pointing import points_back
from pipeline.binding.words import stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

Way = Callable[[Scene, Sequence[int], Sequence[int], str], Relation | None]

_REST = lazy(r"^\W*(?:the|its|their|our) (?:remaining|rest|remainder|other|balance)\b[^.;:]{0,40}$")
_OF_IT = lazy(r"\b(?:of|among) (?:which|whom|that|it|them|these|those|this)\b|^[^.;:]{0,10}, with\b")
_OF_THESE = lazy(r"^\W*(?:of|among|out of) (?:these|them|those|this|the total|that number)\b")
_THE_OTHERS = lazy(r"(?:[;,]| and) ?(?:and )?the (?:other|remaining|rest,) $")
_OTHERS = lazy(r"\b(?:others?|the rest|the remaining|the remainder)\b")
_EXCESS = lazy(
    r"^\W*(?:this|that|it|these|they|there|thus|so|the result)\b[^.;:]{0,50}"
    r"\b(?:excess|difference|gap|margin)\b[^.;:]{0,60} (?:of|at) \W?$"
    r"|^\W*+(?:the )?(?:number of |amount of )?[a-z-]+(?: [a-z-]+){0,3} (?:exceeded|outnumbered|outstripped|surpassed"
    r"|(?:was|were) (?:greater|higher|larger|more|lower|smaller|less|fewer) than) (?:the )?[a-z-]+(?: [a-z-]+){0,3}"
    r" by \W?$"
)
_DEDUCTING = lazy(
    r"^\W*(?:by |after |when )?"
    r"(?:deduct\w+|subtract\w+|taking (?:off|away)|allowing for|setting off|using|less|net of)\b"
)
# What is named before and again behind what was deducted.
_OUTCOME = (
    r"(?:excess|surplus|deficit|deficiency|shortfall|balance|cost|costs|debt|loss|profit|income|amount|sum|total|bill)"
)
_NAMED = lazy(rf"\b({_OUTCOME})\b[^.;:]*$")
_CHANGE = r"(?P<way>increase|rise|growth|gain|decrease|decline|fall|drop|reduction|change|difference)"
_THE_CHANGE_OF = lazy(
    rf"^\W*(?:(?:the|this|that)|(?:this|that|it|which) (?:is|was|means|meant|represents|represented|makes|gives|marks"
    rf"|amounts to|corresponds to|translates into) (?:thus |therefore )?an?) (?:net |overall )?{_CHANGE}"
    rf"(?: in [a-z' -]{{1,40}})? of (?:about |some |nearly )?\W{{0,2}}$"
)
# `an increase of 192 million dollars, or 19.8%`
_OR = lazy(r"[a-z ]{0,20}(?:,? or|,|,? that is,?|,? i\.e\.,?)? ?\(?(?:about |some )?")
_THE = lazy(r"^\W*(?:the|this|that) \W{0,2}$")
_CHANGE_BEHIND = lazy(rf"\s*(?:net |overall )?{_CHANGE}\b")
_IN_WHAT = lazy(
    r"^[^.;:,]{0,30}?\b(?:in|of) ((?:[a-z' -])+?)(?= (?:was|were|is|are|came|reflects?|reflected|resulted)\b|[.,;:]|$)"
)
_SO_RATIO = lazy(
    r",? ?(?:so that|so|giving|which gives|making|i\.e\.,?|that is,?|thus|hence)\b[^.;:]{0,15}?"
    r"(?P<name>[a-z]+) (?:ratio|rate|margin|percentage|proportion)\b "
    r"(?:thus |therefore |then )?(?:was|is|of|at|stood at|came to) "
)
_UP, _DOWN = ("increase", "rise", "growth", "gain"), ("decrease", "decline", "fall", "drop", "reduction")
_YEARS = lazy(r"\b(?:19|20)\d\d\b")
_PAIR, _MOST = 2, 4
# Between figures as far apart as this there is more than a slip.
_NEAR = Fraction(1, 4)


def rest(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`Goodwill was 97,597, with 91,098 of that from one purchase. The remaining 6,499 came from another.`"""
    if len(before) != _PAIR or len(here) != 1 or not _REST.match(_lead(scene, here[0])):
        return None
    total, part = before
    if points_back(scene, total):
        return None  # `13,250 of these came by sea and 6,800 by road. The remaining 4,850 …`: both are parts
    told = scene.between(total, part) + " | " + scene.after(part)
    if _OF_IT.search(told) is None or not _are_amounts(scene, (total, part, here[0])):
        return None
    return _sum(scene, total, (part, here[0]), "sum.the-rest-behind")


def of_these(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`4.8 million held one. Of these 2.3 million were from Europe and 2.4 million from other places.`"""
    if len(before) != 1 or not _PAIR <= len(here) <= _MOST:
        return None
    unit = scene.claims[before[0]].figure.unit
    goes_on = _THE_OTHERS.search(scene.between(here[-2], here[-1])) is not None
    # `86 of them; the other 36 roads` are of another thing.
    goes_on = goes_on and all(scene.claims[c].figure.unit in ("", unit) for c in here)
    if not _OF_THESE.match(said) and not goes_on:
        return None
    last = scene.between(here[-2], here[-1]) + " " + scene.after(here[-1])
    if _OTHERS.search(last) is None or not _are_amounts(scene, (*before, *here)):
        return None
    return _sum(scene, before[0], here, "sum.of-these")


def excess(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`The product was 1,174 million, while exports were 741. This shows an excess of product of 433 million.`"""
    if len(before) != _PAIR or len(here) != 1 or not _EXCESS.match(_lead(scene, here[0])):
        return None
    if not _are_amounts(scene, (*before, *here)):
        return None
    more, less = sorted(before, key=lambda c: -scene.claims[c].figure.number.value)
    return _difference(scene, here[0], more, less, "sum.excess-of-two")


def deducting(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`The shortfall was 48.2 million. After deducting 12.6 million of grants, it was a shortfall of 35.6 million.`"""
    if not before or len(here) != _PAIR or not _DEDUCTING.match(said):
        return None
    named = _NAMED.search(scene.between(*here))
    again = _NAMED.search(_lead(scene, before[-1]))
    if named is None or again is None or named[1] != again[1]:
        return None
    if not _are_amounts(scene, (before[-1], *here)):
        return None
    return _difference(scene, here[1], before[-1], here[0], "sum.after-deducting")


def the_change(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`They were 787 in 2006, compared to 1,210 in 2005. The 35% decrease in them …`, `The decrease of 423 …`, `That is
    a decrease of 423, or 35%`."""
    if len(before) != _PAIR or not here or len(set(_units(scene, before))) != 1:
        return None
    lead, after = _lead(scene, here[0]), scene.after(here[0])
    told = _THE_CHANGE_OF.match(lead) or (_CHANGE_BEHIND.match(after) if _THE.match(lead) else None)
    pair = _level_and_prior(scene, before) if told is not None else None
    if told is None or pair is None or not _is_of_them(scene, before, here[0], lead, after):
        return None
    level, prior, change = (scene.claims[c] for c in (*pair, here[0]))
    way = 1 if told["way"] in _UP else -1 if told["way"] in _DOWN else 0
    grown = 1 if level.figure.number.value > prior.figure.number.value else -1
    kinds = level.figure.kind, prior.figure.kind, change.figure.kind
    if kinds[:2] != ("absolute", "absolute") or kinds[2] not in ("absolute", "percent"):
        return None
    if kinds[2] == "absolute" and not same_measure(level, change):
        return None
    role = "change" if kinds[2] == "absolute" else "percent"
    operands = [operand("level", level), operand("prior", prior), operand(role, change)]
    if role == "change" and len(here) > 1 and _OR.fullmatch(scene.between(*here[:2])):
        percent = scene.claims[here[1]]
        operands += [operand("percent", percent)] if percent.figure.unit == "%" else []
    why = "the sentence speaks of the change between the two figures before"
    relation = Relation("growth", tuple(operands), "neighbour", "high", "growth.the-change", why, way)
    # A figure that went the other way may be another's: a slip of the pen tells.
    return relation if way in (0, grown) or slips(relation, scales(scene.book), STRONG) else None


def so_the_ratio(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`Premiums came to 412 million. Claims were 296 million, so that the claims ratio was 72%.`"""
    told = _SO_RATIO.fullmatch(scene.between(*here)) if len(before) == 1 and len(here) == _PAIR else None
    if told is None or not stems(told["name"]) & stems(_lead(scene, here[0])):
        return None  # `the claims ratio` is that of the claims
    whole, part, percent = (scene.claims[c] for c in (*before, *here))
    kinds = whole.figure.kind, part.figure.kind, percent.figure.kind
    if kinds != ("absolute", "absolute", "percent") or whole.figure.unit != part.figure.unit or not whole.figure.unit:
        return None
    operands = operand("part", part), operand("whole", whole), operand("percent", percent)
    why = "words draw the ratio from the two figures before it"
    return Relation("share", operands, "neighbour", "high", "share.so-the-ratio", why)


WAYS: tuple[Way, ...] = (rest, of_these, excess, deducting, the_change, so_the_ratio)


def _level_and_prior(scene: Scene, pair: Sequence[int]) -> tuple[int, int] | None:
    """Which of two figures came later, by the words of a comparison or by the years said of them in their order."""
    priors = [c for c in pair if "prior" in scene.roles(c, "growth")]
    if len(priors) == 1:
        return next(c for c in pair if c not in priors), priors[0]
    sentence = scene.sentences[scene.claims[pair[0]].sentence]
    years = list(dict.fromkeys(_YEARS.findall(scene.report.view[sentence.start : sentence.end])))
    if priors or len(years) != _PAIR or not scene.says(scene.claims[pair[0]].sentence, "respectively"):
        return None
    return (pair[0], pair[1]) if years[0] > years[1] else (pair[1], pair[0])


def _is_of_them(scene: Scene, before: Sequence[int], change: int, lead: str, after: str) -> bool:
    """Whether a change names nothing, or what the sentence before tells of."""
    sentence = scene.sentences[scene.claims[before[0]].sentence]
    of = re.search(r" in ([a-z' -]+) of \W*$", lead) or _IN_WHAT.match(after)
    if of is None:
        return True
    return stems(of[1]) <= stems(scene.report.view[sentence.start : sentence.end].lower())


def _lead(scene: Scene, claim: int) -> str:
    """What a sentence says before a figure, from where it begins or from the figure before."""
    start = scene.sentences[scene.claims[claim].sentence].start
    if claim and scene.claims[claim - 1].figure.end > start and scene.claims[claim - 1].figure.dimension != "time":
        start = scene.claims[claim - 1].figure.end
    return " ".join(scene.report.view[start : scene.claims[claim].figure.start].lower().split()) + " "


def _units(scene: Scene, claims: Sequence[int]) -> list[str]:
    return [scene.claims[c].figure.unit for c in claims]


def _are_amounts(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether figures are plain amounts of one measure."""
    figures = [scene.claims[c].figure for c in claims]
    plain = all(f.kind == "absolute" and not f.per and f.upper is None and f.modifier in ("", "~") for f in figures)
    if not plain or not all(same_measure(scene.claims[a], scene.claims[b]) for a, b in pairwise(claims)):
        return False
    return len({f.unit for f in figures}) == 1 or all(f.dimension in ("count", "") for f in figures)


def _sum(scene: Scene, total: int, parts: Sequence[int], rule: str) -> Relation | None:
    over = scene.claims[total]
    return _told(scene, over, [("part", counted_alike(over, scene.claims[p])) for p in parts], rule)


def _difference(scene: Scene, total: int, more: int, less: int, rule: str) -> Relation | None:
    return _told(scene, scene.claims[total], [("part", scene.claims[more]), ("less", scene.claims[less])], rule)


def _told(scene: Scene, total: Claim, parts: Sequence[tuple[str, Claim]], rule: str) -> Relation | None:
    """The sum, if it agrees, nearly does, or would without one slip of the pen."""
    operands = (operand("total", total), *(operand(role, claim) for role, claim in parts))
    why = "the sentence goes on about the figures of the one before, and of nothing beside them"
    relation = Relation("sum", operands, "neighbour", "high", rule, why)
    made = sum((c.figure.number.value * (1 if role == "part" else -1) for role, c in parts), Fraction(0))
    near = abs(made - total.figure.number.value) <= abs(total.figure.number.value) * _NEAR
    if near or agreement(relation, scales(scene.book)) != "none" or slips(relation, scales(scene.book)):
        return relation
    return None
