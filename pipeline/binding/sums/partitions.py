"""A number of things and what became of all of them → sum: `three of the nine were lost, five mended, one kept`.

Words part the things: some of them by a number of their own, and the others behind it; or a list of what belongs to
whom in the sentence behind their number, or farther on, by their name: `By trade, 2,316 of the job-seekers were …`.
Parts of one whole never make more than it; that they make less is shown where words close the list, or a slip of the
pen explains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.binding.scene import Scene, countable, counted_alike, operand, same_measure
from pipeline.binding.slipped import STRONG, slips
from pipeline.binding.sums.runs import aimed, eligible
from pipeline.binding.sums.slipped_rows import gives_some
from pipeline.binding.words import stem
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_OF_THE = lazy(r"(?: [a-z]+){0,2} (?:of|out of) (?:the|these|those|its|their|our|all|all the)(?: [a-z-]+){0,3} ")
_OF_THE_THINGS = lazy(r" of (?:the|these|those|its|our|their) (?P<things>[a-z-]+)\b")
_BY = lazy(r"\W*by [a-z' -]{3,40}, $")
_OF_THEM = lazy(r"\s*(?:[a-z]+ )?of (?:them|these|those|which|whom)\b")
_JOINT = lazy(r"[,;]|\b(?:and|while|whereas|but|with)\b")
_LAST = lazy(r"\b(?:and|while|whereas|but|plus)\b|\bthe (?:remaining|rest|balance|others?)\b")
_REST = lazy(r"\bthe (?:remaining|rest|balance|others?|remainder)\b")
# What things have, or what is done to them, may be several things at once.
_DOES = lazy(
    r"\s+(?:[a-z]+ )?(?:had|have|has|owns?|owned|sells?|sold|uses?|used|grows?|grew|keeps?|kept|said|reported|offers?"
    r"|received|speaks?|spoke|visited|bought|mentioned|named|want(?:ed)?)\b"
)
_MOST, _FEWEST, _BACK = 8, 3, 60
_OVER, _SHORT, _CLOSED = Fraction(1, 4), Fraction(1, 10), Fraction(1, 3)


def bind(scene: Scene) -> Iterator[Relation]:
    """All such partitions of a report."""
    for number in scene.holding(_FEWEST):
        claims = scene.by_sentence[number]
        amounts = [c for c in claims if scene.claims[c].figure.dimension != "time" and _is_amount(scene, c)]
        if len(amounts) != len([c for c in claims if scene.claims[c].figure.dimension != "time"]):
            continue
        yield from _of_the(scene, amounts)
        yield from _of_their_name(scene, number, amounts)
        yield from _behind(scene, number, amounts)


def _is_amount(scene: Scene, claim: int) -> bool:
    figure = scene.claims[claim].figure
    return figure.kind == "absolute" and figure.modifier in ("", "~") and figure.upper is None and not figure.per


def _of_the(scene: Scene, amounts: Sequence[int]) -> Iterator[Relation]:
    """`Three of the nine bridges were rebuilt, five were patched and only one was left as it stood.`"""
    if not _FEWEST < len(amounts) <= _MOST or not _OF_THE.fullmatch(scene.between(*amounts[:2])):
        return
    total, parts = amounts[1], [amounts[0], *amounts[2:]]
    over = scene.claims[total].figure
    if over.dimension not in ("count", "") or not all(_is_of(scene.claims[p].figure, over) for p in parts):
        return
    if not _is_list(scene, amounts[1:]) or any(_DOES.match(scene.after(p)) for p in parts):
        return
    relation = _sum(scene, total, parts, "words take all parts out of one whole in turn")
    off = _excess(scene, total, parts)
    closed = _REST.search(scene.between(amounts[-2], amounts[-1])) is not None
    most = over.number.value * _CLOSED if closed else max(Fraction(1), over.number.value * _SHORT)
    if agreement(relation, scales(scene.book)) != "none" or (abs(off) <= most and (closed or off > 0)):
        yield relation


def _of_their_name(scene: Scene, number: int, parts: Sequence[int]) -> Iterator[Relation]:
    """`It made 11 openings. … Four of the openings were in Lyon, three in Nantes and five in Metz.`"""
    if not _FEWEST <= len(parts) <= _MOST or not _is_list(scene, parts):
        return
    sentence, first = scene.sentences[number], scene.claims[parts[0]].figure
    lead = scene.report.view[sentence.start : first.start].lower()
    by, named = _BY.fullmatch(lead) is not None, _OF_THE_THINGS.match(scene.after(parts[0]))
    if named is None or (lead.strip() and not by) or (not by and any(_DOES.match(scene.after(p)) for p in parts)):
        return
    total = _told_before(scene, number, parts[0], stem(named["things"].split()[-1]))
    if total is None or not all(_is_of(scene.claims[p].figure, scene.claims[total].figure) for p in parts):
        return
    relation = _sum(scene, total, parts, "words take all parts out of what was counted before, by its name")
    off, over = _excess(scene, total, parts), scene.claims[total].figure.number.value
    if (
        agreement(relation, scales(scene.book)) != "none"
        or 0 < off <= over * _OVER
        or (by and abs(off) <= over * _OVER and slips(relation, scales(scene.book), STRONG))
    ):
        yield relation


def _told_before(scene: Scene, number: int, part: int, things: str) -> int | None:
    """The one number of these things in the section before a sentence."""
    found: dict[Fraction, int] = {}
    for claim in range(max(0, part - _BACK), scene.by_sentence[number].start):
        figure = scene.claims[claim].figure
        plain = figure.dimension == "count" and figure.kind == "absolute" and not figure.modifier and not figure.per
        noun = scene.report.view[figure.number_end : figure.end].lower().split()
        compared = set(scene.roles(claim, "growth", "target")) & {"prior", "change", "target"}
        named = things in map(stem, noun) or stem(figure.unit) == things
        if plain and named and figure.upper is None and scene.same_section(claim, part) and not compared:
            found.setdefault(figure.number.value, claim)
    return next(iter(found.values())) if len(found) == 1 else None


def _behind(scene: Scene, number: int, parts: Sequence[int]) -> Iterator[Relation]:
    """`Some 163 schemes are in the queue. Solar accounts for 57, wind for 48 and hydro for 58.`"""
    if not number or not _FEWEST <= len(parts) <= _MOST or not _is_list(scene, parts) or gives_some(scene, parts):
        return
    if not any(_is_parted(scene, p) for p in parts):
        return
    if scene.sentences[number - 1].section != scene.sentences[number].section:
        return
    before = [c for c in scene.by_sentence[number - 1] if eligible(scene, c) and not aimed(scene, c)]
    largest = max(scene.claims[p].figure.number.value for p in parts)
    wholes = [c for c in before if all(_may_hold(scene, c, p) for p in parts)]
    wholes = [c for c in wholes if scene.claims[c].figure.number.value > largest]
    if len(wholes) != 1 or scene.claims[wholes[0]].figure.modifier not in ("", "~"):
        return
    total = wholes[0]
    relation = _sum(scene, total, parts, "the sentence behind a number tells what belongs to whom")
    off = _excess(scene, total, parts)
    fits = agreement(relation, scales(scene.book)) != "none"
    too_many = 0 < off <= scene.claims[total].figure.number.value * _OVER and not _is_told(scene, parts)
    if fits or too_many or slips(relation, scales(scene.book), STRONG):
        yield relation


def _is_told(scene: Scene, parts: Sequence[int]) -> bool:
    """Whether what parts make was told before: then they are of that, and of nothing nearer."""
    made = sum((scene.claims[p].figure.number.value for p in parts), Fraction(0))
    slack = sum((scene.claims[p].figure.number.step for p in parts), Fraction(0))
    before = (scene.claims[c].figure for c in range(max(0, parts[0] - _BACK), parts[0]))
    unit = scene.claims[parts[0]].figure.unit
    return any(f.unit in ("", unit) and abs(f.number.value - made) <= slack for f in before)


def _is_of(part: Figure, whole: Figure) -> bool:
    """Whether a number may count some of the things of another: a bare one, or one of their noun."""
    bare = not part.dimension or (part.dimension == "count" and part.end == part.number_end)
    return part.number.step == 1 and (bare or part.unit == whole.unit)


def _may_hold(scene: Scene, whole: int, part: int) -> bool:
    over, under = scene.claims[whole], scene.claims[part]
    return same_measure(over, under) if over.figure.dimension not in ("count", "") else countable(over, under)


def _is_list(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether figures follow one another as in a list that is closed, none of them a part of the one before."""
    joints = [scene.between(a, b) for a, b in pairwise(claims)]
    listed = all(_JOINT.search(joint) for joint in joints) and _LAST.search(joints[-1]) is not None
    return listed and not any(_OF_THEM.match(scene.after(c)) for c in claims[1:])


def _is_parted(scene: Scene, claim: int) -> bool:
    """Whether words give a figure to somebody: `accounted for 57`, `48 belong to the islands`."""
    return any(cue.kind == "sum" and cue.mode == "parted" for _, cue in scene.cues_of.get(claim, ()))


def _excess(scene: Scene, total: int, parts: Sequence[int]) -> Fraction:
    made = sum((scene.claims[p].figure.number.value for p in parts), Fraction(0))
    return made - scene.claims[total].figure.number.value


def _sum(scene: Scene, total: int, parts: Sequence[int], why: str) -> Relation:
    over = scene.claims[total]
    operands = (
        operand("total", over),
        *(operand("part", counted_alike(over, scene.claims[p])) for p in parts),
    )
    return Relation("sum", operands, scene.scope_of(total, *parts), "high", "sum.partition", why)
