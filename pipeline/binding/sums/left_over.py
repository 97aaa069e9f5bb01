"""What is left of counted things once some were dealt with → sum: `packed 413 of the 590 boxes, leaving 177`.

Words tell the whole, what was taken out of it, and that the last is what is left; nothing else stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.binding.scene import Scene, counted_alike, operand
from pipeline.binding.slipped import slips
from pipeline.binding.sums.runs import is_head
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_LEAVING = lazy(r"[^.;:]{0,60}\bleav(?:ing|es) (?:only |just |about |some |around |another |a further )?")
_OF_THE = lazy(r"(?: [a-z]+){0,2} (?:out )?of (?:(?:the|these|those|its|their|our|all)(?: [a-z]+){0,3} )?")
_JOINED = lazy(r"[^.;:]{0,80}(?:,|\band\b)[^.;:]{0,80}")
# `Four of the nine regions met it; the other five did not.`
_THE_REST = r"the (?:remaining|other|outstanding|un(?:spent|used|paid|sold|drawn|claimed|collected|committed)) "
_THE_OTHERS = lazy(rf"[^.:]{{0,120}}(?:[;,]| and| while| whereas)[^.:;,]{{0,20}} {_THE_REST}")
_THE_OTHERS_OPEN = lazy(rf"\W*{_THE_REST}")
# `Of the 27 states 19 had signed while eight had not.`
_HAD_NOT = lazy(r"\s*(?:had|have|has|did|do|does|were|was|are|is|could|would) not\b")
_FEW_APART = 2
_STILL = lazy(r"\W*(?:are |were )?(?:still|not|yet|to|un[a-z]+|outstanding|remaining|in hand|under way|for|$)")
# Something else was taken out too: `leaving 350 for the door after gifts to schools`.
_MORE = lazy(r"^[^.;]*\b(?:after|once|because|when|as|since|apart from|besides|not counting|excluding)\b")
# Of two that are made one, one is left.
_MERGED = lazy(r"\b(?:merg|combin|amalgamat|unit|join|consolidat|fus)(?:e|ed|ing)\b")
_ALSO = lazy(r"\band\b")
# Between figures as far apart as this there is more than a slip.
_NEAR = Fraction(1, 8)
# … but where words tell of `the other` and nothing else.
_NEARER = Fraction(1, 3)
_MOST, _PAIR = 4, 2


def bind(scene: Scene) -> Iterator[Relation]:
    """All such leavings of a report."""
    for number in scene.holding(2):
        claims = scene.by_sentence[number]
        figures = ((c, scene.claims[c].figure) for c in claims)
        amounts = [c for c, f in figures if f.kind == "absolute" and f.dimension != "time"]
        others = _the_others(scene, number, amounts)
        if others is not None:
            yield from _left(scene, others[0], others[1:], surely=True, within=_NEARER)
        if not 2 <= len(amounts) <= _MOST or not _LEAVING.fullmatch(scene.between(amounts[-2], amounts[-1])):
            continue
        if _is_of_the(scene, amounts):
            part, total, rest = amounts
            surely = _MORE.search(scene.after(rest).lower()) is None
            yield from _left(scene, total, (part, rest), surely=surely)
        elif all(_is_bare(scene.claims[c].figure) for c in amounts) and _are_joined(scene, amounts):
            before = _counted_before(scene, number)
            if before is not None:
                yield from _left(scene, before, amounts, surely=False)


def _the_others(scene: Scene, number: int, amounts: Sequence[int]) -> tuple[int, int, int] | None:
    """`413 of the 590 boxes were packed; the other 177 …`, here or at the beginning of the next sentence."""
    if len(amounts) == _PAIR and number + 1 < len(scene.sentences):
        after, here = scene.sentences[number + 1], scene.sentences[number]
        rest = [c for c in scene.by_sentence[number + 1] if scene.claims[c].figure.kind == "absolute"]
        if after.paragraph != here.paragraph or not rest:
            return None
        opens = _THE_OTHERS_OPEN.fullmatch(scene.report.view[after.start : scene.claims[rest[0]].figure.start].lower())
        found = rest[0] if opens else None
    elif len(amounts) == _PAIR + 1:
        had_not = is_head(scene, amounts[0]) and _HAD_NOT.match(scene.after(amounts[-1])) is not None
        found = amounts[-1] if had_not or _THE_OTHERS.fullmatch(scene.between(*amounts[1:])) else None
    else:
        return None
    if found is None:
        return None
    if is_head(scene, amounts[0]):  # `Of the 590 boxes 413 were packed. The other 177 …`
        whole, part = amounts[:2]
    elif _OF_THE.fullmatch(scene.between(*amounts[:2])):
        part, whole = amounts[:2]
    else:
        return None
    over = scene.claims[whole].figure
    counted = over.dimension == "count" and all(
        _is_bare(f) or f.unit == over.unit for f in (scene.claims[part].figure, scene.claims[found].figure)
    )
    # `1.26 of the 2.10 million was spent; the unspent 0.84 million …`
    measured = over.unit != "" and {scene.claims[c].figure.unit for c in (part, found)} == {over.unit}
    return (whole, part, found) if counted or measured else None


def _is_of_the(scene: Scene, amounts: Sequence[int]) -> bool:
    """`413 of the 590 boxes, leaving 177`, and no other figure."""
    if len(amounts) != _MOST - 1 or _ALSO.search(scene.between(*amounts[1:])):
        return False  # `413 of the 590 boxes and gave some away, leaving …`
    if not _OF_THE.fullmatch(scene.between(*amounts[:2])) or _MERGED.search(scene.between(*amounts[1:])):
        return False
    whole, rest = scene.claims[amounts[1]].figure, scene.claims[amounts[2]].figure
    return whole.dimension == "count" and (_is_bare(rest) or rest.unit == whole.unit)


def _are_joined(scene: Scene, amounts: Sequence[int]) -> bool:
    """`148 were finished and work had begun on 37, leaving 127 not yet started`"""
    after = scene.after(amounts[-1])
    return all(_JOINED.fullmatch(scene.between(a, b)) for a, b in pairwise(amounts)) and _STILL.match(after) is not None


def _is_bare(figure: Figure) -> bool:
    counted = not figure.dimension or (figure.dimension == "count" and figure.end == figure.number_end)
    return counted and figure.number.step == 1 and not figure.per


def _counted_before(scene: Scene, number: int) -> int | None:
    """The one number of things that the sentence before counts."""
    if not number or scene.sentences[number].section != scene.sentences[number - 1].section:
        return None
    found = [
        c
        for c in scene.by_sentence[number - 1]
        if scene.claims[c].figure.dimension == "count" and scene.claims[c].figure.kind == "absolute"
    ]
    return found[0] if len(found) == 1 else None


def _left(
    scene: Scene, total: int, parts: Sequence[int], *, surely: bool, within: Fraction = _NEAR
) -> Iterator[Relation]:
    """The sum, if it agrees, nearly does where words tell all of it, or would without one slip of the pen."""
    over, figures = scene.claims[total], [scene.claims[c].figure for c in (total, *parts)]
    if any(f.modifier not in ("", "~") or f.upper is not None or f.per for f in figures):
        return
    if not surely and any(f.modifier for f in figures):
        return
    # Though a whole be estimated, what is left was worked out from the estimate as it stands.
    whole = replace(operand("total", over), figure=replace(over.figure, modifier=""))
    operands = (
        whole,
        *(operand("part", counted_alike(over, scene.claims[p])) for p in parts),
    )
    why = "words tell what is left of a whole, and what was taken out of it"
    relation = Relation("sum", operands, scene.scope_of(total, *parts), "high", "sum.left-over", why)
    made, wanted = sum((f.number.value for f in figures[1:]), Fraction(0)), figures[0].number.value
    near = surely and abs(made - wanted) <= max(abs(wanted) * within, Fraction(_FEW_APART))
    if made == wanted or near or slips(relation, scales(scene.book)):
        yield relation
