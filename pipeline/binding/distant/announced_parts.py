"""A total told with the number of its parts, `the five gateways counted 904,700 visitors`, and these parts farther on
in the report → sum.

As many figures of its measure as were announced follow, in lines or in prose, and nothing of that measure between them.
They make the total, or miss it by a slip of the pen that could hardly be chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.binding.lines import lists_of_lines
from pipeline.binding.scene import Scene, countable, counted_alike, operand, same_measure
from pipeline.binding.slipped import ANY, STRONG, slips
from pipeline.binding.sums.runs import eligible
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.rulebook.scales import scales

_FEWEST, _MOST = 3, 15
# So many steps a total must have for any digit of it to tell, for two in the wrong order, and where lines are parts.
_FINE, _FINER, _LISTED = 50_000, 10_000, 1_000
_AHEAD = 60


def bind(scene: Scene, taken: frozenset[str]) -> Iterator[Relation]:
    """All such totals of a report. `taken` are the refs of what makes a sum already."""
    lines = [one.claims for one in lists_of_lines(scene)]
    for number in scene.holding(2):
        told = _told(scene, number)
        if told is None or scene.claims[told[1]].claim_id in taken:
            continue
        announced, total = told
        size = int(scene.claims[announced].figure.number.value)
        listed = [claims for claims in lines if len(claims) == size and _are_parts(scene, total, claims)]
        here = _next(scene, total, size)
        found = [*((parts, True) for parts in listed), *([(here, False)] if here else [])]
        relation = _meant(scene, total, found)
        if relation is not None and not any(o.ref in taken for o in relation.operands):
            yield relation


def _told(scene: Scene, number: int) -> tuple[int, int] | None:
    """The number of parts and the total, where a sentence tells one of each."""
    claims = scene.by_sentence[number]
    if not 2 <= len(claims) <= _MOST:
        return None
    counts = [c for c in claims if _announces(scene, c)]
    totals = [c for c in claims if c not in counts and _is_total(scene, c)]
    return (counts[0], totals[0]) if len(counts) == len(totals) == 1 else None


def _announces(scene: Scene, claim: int) -> bool:
    figure = scene.claims[claim].figure
    counted = figure.discrete and figure.dimension == "count" and figure.kind == "absolute" and not figure.modifier
    return counted and _FEWEST <= figure.number.value <= _MOST and figure.upper is None


def _is_total(scene: Scene, claim: int) -> bool:
    figure = scene.claims[claim].figure
    plain = eligible(scene, claim) and not figure.modifier and "target" not in scene.roles(claim, "growth", "target")
    return plain and figure.kind == "absolute" and figure.number.value >= figure.number.step * _LISTED


def _is_part(scene: Scene, total: int, claim: int) -> bool:
    over, under = scene.claims[total], scene.claims[claim]
    alike = countable(over, under) if over.figure.dimension in ("count", "") else same_measure(over, under)
    own = under.figure.dimension != "" or over.figure.dimension in ("count", "")
    return alike and own and eligible(scene, claim) and under.figure.number.value < over.figure.number.value


def _are_parts(scene: Scene, total: int, claims: Sequence[int]) -> bool:
    return all(_is_part(scene, total, c) and c != total for c in claims)


def _next(scene: Scene, total: int, size: int) -> list[int]:
    """As many figures of the total's measure as follow its sentence, none of them small beside the largest."""
    first = scene.by_sentence[scene.claims[total].sentence].stop
    following = (c for c in islice(range(first, len(scene.claims)), _AHEAD) if _is_part(scene, total, c))
    whole = scene.claims[total].figure.number
    found = [c for c in following if scene.claims[c].figure.number.value * 100 > whole.value]
    return found[:size] if len(found) >= size else []


def _meant(scene: Scene, total: int, found: Sequence[tuple[Sequence[int], bool]]) -> Relation | None:
    sizes = scales(scene.book)
    over = scene.claims[total].figure.number
    fine = over.value / over.step if over.step else Fraction(0)
    for parts, _ in found:
        relation = _sum(scene, total, parts)
        if agreement(relation, sizes) == "strict":
            return relation
    for parts, listed in found:
        relation = _sum(scene, total, parts)
        kinds = ANY if listed or fine >= _FINE else STRONG if fine >= _FINER else ()
        if kinds and slips(relation, sizes, kinds):
            return relation
    return None


def _sum(scene: Scene, total: int, parts: Sequence[int]) -> Relation:
    over = scene.claims[total]
    operands = (operand("total", over), *(operand("part", counted_alike(over, scene.claims[p])) for p in parts))
    why = "a total is told with the number of its parts, and as many follow"
    return Relation("sum", operands, scene.scope_of(total, *parts), "high", "sum.announced-parts", why)
