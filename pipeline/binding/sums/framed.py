"""Sums that one phrase tells whole: `with $6.9 million in and $6.5 million out, we were left with $0.4 million` → sum.

The phrase is a cue with `frame`: it names the total, and each part as one that is added or taken off. It is not asked
whether they agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.products.rates import is_human
from pipeline.binding.scene import Scene, countable
from pipeline.binding.slipped import one_slip_away
from pipeline.binding.sums.balances import is_points, signed_sum
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Cue, Relation
from pipeline.rulebook.scales import scales

_SIGNS = {"part": 1, "less": -1}
_FEWEST, _HUNDRED = 2, 100
# The mode of cues that list the parts and tell what they come to: of something else where it is so many times as much.
_LISTED, _WILD, _TELLING = "listed", 2, Fraction(1, 4)
# The mode of cues by which parts stand beside their total, and may be some of it.
_APPOSED, _A_LITTLE_MORE = "apposed", Fraction(5, 4)


def bind(scene: Scene) -> Iterator[Relation]:
    """The sums of all such phrases."""
    for cue in scene.cues:
        if cue.kind == "sum" and cue.frame:
            relation = _relation(scene, cue)
            if relation is not None:
                yield relation


def _relation(scene: Scene, cue: Cue) -> Relation | None:
    totals = [ref for role, ref in cue.roles if role == "total"]
    parts = [(ref, _SIGNS[role]) for role, ref in cue.roles if role in _SIGNS]
    if len(totals) != 1 or len(parts) < _FEWEST:
        return None
    total = scene.claims[totals[0]]
    if not _is_plain(total) or not all(_may_be_part(total, scene.claims[part]) for part, _ in parts):
        return None
    if total.figure.unit == "%" and _are_compounded(total, [(scene.claims[part], sign) for part, sign in parts]):
        return None
    if cue.mode == _APPOSED and not _must_be_all(total, [scene.claims[part] for part, _ in parts]):
        return None
    if cue.mode == _LISTED and not _may_make(total, [(scene.claims[part], sign) for part, sign in parts]):
        return None
    relation = signed_sum(scene, totals[0], [p for p, _ in parts], [sign for _, sign in parts], cue, 0).relation
    if cue.mode == _LISTED and not _are_alike([scene.claims[part] for part, _ in parts]):
        # `With 30 schools and 25 clinics, the number of nurses was 60`: of two things only people make one.
        sizes = scales(scene.book)
        meant = agreement(relation, sizes) != "none" or one_slip_away(relation, sizes, least=_TELLING)
        return relation if meant else None
    return relation


def _must_be_all(total: Claim, parts: Sequence[Claim]) -> bool:
    """Whether parts that words set beside a total make it, or a little more, which no part left untold explains."""
    made = sum((part.figure.number.value for part in parts), Fraction(0))
    return total.figure.number.value <= made <= total.figure.number.value * _A_LITTLE_MORE


def _may_make(total: Claim, parts: Sequence[tuple[Claim, int]]) -> bool:
    """Whether a total may be what such parts make: no part is more, and it is not many times more or less."""
    value = total.figure.number.value
    made = sum((sign * part.figure.number.value for part, sign in parts), Fraction(0))
    added = [part.figure.number.value for part, sign in parts if sign > 0]
    return made < value * _WILD and value < made * _WILD and (len(added) < _FEWEST or max(added) < value)


def _are_alike(parts: Sequence[Claim]) -> bool:
    """Whether parts are of one thing, or all people: `947 men and 616 women`."""
    units = {part.figure.unit for part in parts} - {""}
    return len(units) < _FEWEST or all(is_human(unit) for unit in units)


def _may_be_part(total: Claim, part: Claim) -> bool:
    """Whether a figure may be part of a total: an amount of its measure, or points of a percentage."""
    if total.figure.unit == "%" and is_points(part.figure):
        return _is_plain(part)
    return _is_plain(part) and countable(total, part)


def _are_compounded(total: Claim, parts: Sequence[tuple[Claim, int]]) -> bool:
    """Whether percents make their total as factors do: prices up 10% and volumes up 10% make sales up 21%."""
    if any(part.figure.unit != "%" for part, _ in parts):
        return False
    made = Fraction(1)
    for part, sign in parts:
        made *= 1 + sign * part.figure.number.value / _HUNDRED
    slack = sum((part.figure.number.step for part, _ in parts), total.figure.number.step)
    return abs((made - 1) * _HUNDRED - total.figure.number.value) <= slack / 2


def _is_plain(claim: Claim) -> bool:
    figure = claim.figure
    return figure.modifier in ("", "~") and figure.upper is None and not figure.per and figure.dimension != "time"
