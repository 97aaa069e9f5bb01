"""Relations whose figures do not agree, looked at once more: the words may have been misread.

`4,310 and 3,920 were vacant. … These two advertised 8,230 posts, or 44.6% of the total` is of the 18,460 vacant posts
that stand near, not of the 820,540 that stand nearer: such a relation makes no error. `Yields rose from 1.8 to 2.6
tonnes, an increase of 44.4%, against a target of 2.5` is of the 1.8, and is bound so; of `$134, or 5.8%, above the
$2,328 of spring` the $134 is the change. And where a sentence tells of more figures, what lies so far off that no slip
of the pen explains it has nothing to do with each other, and is not bound at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.binding.scene import Scene, countable, operand
from pipeline.formulas import KINDS, Posed, agreement, agreement_of
from pipeline.fraction import Fraction
from pipeline.model import Claim, Considered, Operand, Relation
from pipeline.rulebook.scales import scales
from pipeline.slips import likely
from pipeline.slips.sought import sought

_KINDS = frozenset(("growth", "share", "points", "ratio", "product", "target"))
# The figures that lead: those in other sentences than theirs may be another.
_HEADS = ("percent", "change", "factor", "rate")
# Figures of one measure, told of all or of each.
_AMOUNTS = frozenset(("absolute", "rate"))
# So many figures of the unit to each side are tried: those of one section, for the whole of a share those of any.
_REACH = 20
# Kinds whose figures are no longer of one size where one of them was misread.
_SIZED = _KINDS | {"sum"}
# Rules whose words close a list and do not name its total; fewer things than this are counted, not mistyped.
_LIST_RULES, _COUNTED = ("cues.the-remaining", "sum.bare-numbers-after-total"), 100
# Rules whose words name a balance, but not what it is of where that stands in another sentence.
_BALANCES = ("cues.what-they-come-to",)
# Rules whose words name a rate and nothing that it is of.
_RATE_RULES = ("cues.rate-of-part",)
# Rules that bind figures by their place in rows, which leaves no other.
_IN_ROWS = ("in-turn", "in-step")
# What is so many times too large or too small …
_FAR_OFF = 3
# … is a slip of the pen only where not any number would pass for one.
_BY_CHANCE = Fraction(1)
# The roles that words may not tell apart: `dealt with 915 cases and resolved 861, which is 94.1%`; `$134 above $2,328`.
_TURNED = {"share": {"part": "whole", "whole": "part"}, "growth": {"level": "change"}}


def doubted(scene: Scene, relations: Sequence[Relation]) -> Iterator[Relation | Considered]:
    """The relations: mended where another figure of the sentence would, with low confidence where one further off
    would, and not built where their figures have nothing to do with each other."""
    problems = [Posed(relation, scales(scene.book)) for relation in relations]
    off = [
        relation.kind in _SIZED and agreement_of(posed) == "none"
        for relation, posed in zip(relations, problems, strict=True)
    ]
    agreed = [relation for relation, wrong in zip(relations, off, strict=True) if not wrong]
    # A whole has many parts.
    told = {(one.kind, o.role, o.ref) for one in agreed for o in one.operands if o.role != "whole"}
    bases = {(one.kind, base) for one in agreed if (base := _base(one))}
    for relation, posed, wrong in zip(relations, problems, off, strict=True):
        if not wrong:
            yield relation
        elif relation.kind == "sum" and (whole := _with_another(scene, relation)) is not None:
            yield whole
        elif (
            (relation.kind, _base(relation)) in bases
            or _has_no_total(posed)
            or _has_no_part(relation)
            or _is_of_another_size(scene, posed)
        ):
            yield _not_built(scene, relation)
        elif relation.kind in _KINDS and relation.confidence != "low":
            yield _doubt(scene, relation, told)
        else:
            yield relation


def _is_of_another_size(scene: Scene, posed: Posed) -> bool:
    """Whether figures have nothing to do with each other, though words allow it."""
    relation = posed.relation
    if not _is_far_off(posed) or _is_pasted(scene, relation):
        return False
    return _is_of_parts_alone(relation) or _has_company(scene, relation)


def _is_far_off(posed: Posed) -> bool:
    """Whether what is stated is of another size than what the other figures make, and no slip explains it."""
    relation = posed.relation
    roles = KINDS[relation.kind].stated
    place = min(
        (n for n, o in enumerate(relation.operands) if o.role in roles and o.figure is not None),
        key=lambda n: roles.index(relation.operands[n].role),
        default=None,
    )
    solved = None if place is None else posed.solved(place)
    figure = None if place is None else relation.operands[place].figure
    if solved is None or figure is None or solved.interval.is_empty:
        return False
    ends = [abs(end) for end in (solved.interval.low, solved.interval.high) if end is not None]
    stated = abs(figure.number.value)
    if not ends or any(end <= stated * _FAR_OFF and stated <= end * _FAR_OFF for end in ends):
        return False
    return not _is_slip(posed)


def _is_slip(posed: Posed) -> bool:
    """Whether a slip of the pen in one figure explains it."""
    return any(
        why.slip and why.chance < _BY_CHANCE
        for one in sought(posed.relation, posed.scales, ranges=True)
        for why in likely(one.number, one.counted, one.wanted)
    )


def _has_no_total(posed: Posed) -> bool:
    """Whether what is taken for the total of a list may be an item of it: `salaries took 83.2 million, rents 41.9 and
    travel the remaining 23.5`; a slip tells that it is none."""
    relation = posed.relation
    figures = [o.figure for o in relation.operands if o.figure is not None]
    small = all(f.discrete and f.number.value < _COUNTED for f in figures)
    loose = relation.rule in _LIST_RULES or (relation.rule in _BALANCES and relation.scope != "sentence")
    return loose and not small and not _is_slip(posed)


def _has_no_part(relation: Relation) -> bool:
    """Whether a rate that stands between two figures is one of something else: `had an average occupancy of 81% and
    was booked on 97 of 213 nights`."""
    roles = [o.role for o in sorted(relation.operands, key=lambda o: o.start)]
    return relation.rule in _RATE_RULES and roles == ["part", "percent", "whole"]


def _is_pasted(scene: Scene, relation: Relation) -> bool:
    """Whether the percentage that leads stands shortly before it too, and may have been taken from there."""
    for one in relation.operands:
        if one.role == "percent" and one.figure is not None:
            last = bisect_left(scene.starts, one.start)
            near = (c.figure for c in scene.claims[max(0, last - _REACH) : last])
            return any(f.unit == one.figure.unit and f.number.value == one.figure.number.value for f in near)
    return False


def _is_of_parts_alone(relation: Relation) -> bool:
    """Whether a part of a sum is many times its total: `in two tranches: 5,417 people and 4,666, 10,083 in all`."""
    sizes = {o.role: o.figure.number.value for o in relation.operands if o.figure is not None}
    return (
        relation.kind == "sum" and {"part", "total"} <= sizes.keys() and sizes["part"] > _FAR_OFF * abs(sizes["total"])
    )


def _has_company(scene: Scene, relation: Relation) -> bool:
    """Whether another figure stands among its own that might have been meant."""
    held = {o.ref for o in relation.operands}
    first = bisect_left(scene.starts, min(o.start for o in relation.operands))
    last = bisect_left(scene.starts, max(o.end for o in relation.operands))
    own = [c for c in scene.claims[first:last] if c.claim_id in held]
    return not relation.rule.endswith(_IN_ROWS) and any(
        other.claim_id not in held and any(countable(one, other) for one in own) for other in scene.claims[first:last]
    )


def _not_built(scene: Scene, relation: Relation) -> Considered:
    text = scene.report.text
    figures = "; ".join(f"{o.role} = {' '.join(text[o.start : o.end].split())}" for o in relation.operands)
    start, end = min(o.start for o in relation.operands), max(o.end for o in relation.operands)
    why = "they do not agree, others may be meant, and no slip explains it"
    return Considered(relation.kind, start, end, f"{figures}: {why}", relation.rule)


def _base(relation: Relation) -> tuple[str, ...] | None:
    """The level and what it is set against, which have but one percentage: `traffic grew 31% and revenue rose to 9.8
    from 9.1, an increase of 7.7%`; None of other relations."""
    roles = {o.role: o.ref for o in relation.operands}
    return (roles["level"], roles["prior"]) if set(roles) == {"level", "prior", "percent"} else None


def _with_another(scene: Scene, relation: Relation) -> Relation | None:
    """A sum with one figure more of those that stand among its own, or with that for one of its parts: `of 60 sites 51
    were right, 5–10% off were six, and the other three more`."""
    if relation.scope != "sentence":
        return None
    held = {o.ref for o in relation.operands}
    first = bisect_left(scene.starts, min(o.start for o in relation.operands))
    last = bisect_left(scene.starts, max(o.end for o in relation.operands))
    own = next((c for c in scene.claims[first:last] if c.claim_id in held), None)
    for other in scene.claims[first:last]:
        if own is None or other.claim_id in held or not countable(other, own):
            continue
        more = replace(relation, operands=(*relation.operands, operand("part", other)))
        for one in (more, *(_with(relation, n, other) for n, o in enumerate(relation.operands) if o.role == "part")):
            if agreement(one, scales(scene.book)) == "strict":
                why = f"{relation.reason}, and another figure would agree"
                return replace(one, operands=tuple(sorted(one.operands, key=_by_place)), confidence="low", reason=why)
    return None


def _by_place(one: Operand) -> tuple[bool, int]:
    return one.role != "total", one.start


def _doubt(scene: Scene, relation: Relation, told: Collection[tuple[str, str, str]]) -> Relation:
    """A relation that does not agree; with another figure of its sentence, where that agrees; with less confidence,
    where a figure further off would. What has such a relation of its own is meant there: `26,930, or 17.0% of the
    158,410, and health 11,090, or 17.0%`."""
    places = {o.ref: bisect_left(scene.starts, o.start) for o in relation.operands}
    leads = [o for o in relation.operands if o.role in _HEADS]
    if not leads or any(n >= len(scene.claims) for n in places.values()):
        return relation
    home = scene.claims[places[leads[-1].ref]].sentence
    others = [(_turned(relation), True)]
    for place, one in enumerate(relation.operands):
        here = scene.claims[places[one.ref]]
        at_home = here.sentence == home
        if one.figure is None:
            continue
        # Figures that stand in rows are told apart by their place.
        near = () if scene.says(home, "respectively") else _beside(scene, here)
        for other in near if at_home else _apart(scene, relation, places[one.ref]):
            if other.claim_id in places or (at_home and (relation.kind, one.role, other.claim_id) in told):
                continue
            if at_home or {other.figure.kind, here.figure.kind} <= _AMOUNTS or other.figure.kind == here.figure.kind:
                others.append((_with(relation, place, other), at_home))
    for other_way, at_home in others:
        if agreement(other_way, scales(scene.book)) == "strict":
            why = f"{relation.reason}, and another figure would agree"
            return replace(other_way if at_home else relation, confidence="low", reason=why)
    return relation


def _beside(scene: Scene, here: Claim) -> Iterator[Claim]:
    """What may stand for a figure in its own sentence."""
    yield from (c for n in scene.by_sentence[here.sentence] if countable(c := scene.claims[n], here))


def _apart(scene: Scene, relation: Relation, at: int) -> Iterator[Claim]:
    """What may stand for a figure near it: of its unit and section, for the whole of a share of any section."""
    here = scene.claims[at]
    alike = scene.by_unit.get(here.figure.unit, ())
    place = bisect_left(alike, at)
    for n in (*alike[max(0, place - _REACH) : place], *alike[place + 1 : place + 1 + _REACH]):
        if relation.kind == "share" or scene.claims[n].section == here.section:
            yield scene.claims[n]


def _with(relation: Relation, place: int, claim: Claim) -> Relation:
    operands: list[Operand] = list(relation.operands)
    operands[place] = operand(operands[place].role, claim)
    return replace(relation, operands=tuple(operands))


def _turned(relation: Relation) -> Relation:
    """A relation with other roles: part and whole have changed places, the level is the change, or the change is what
    was before (`28,311 against 26,987, or 4.9 percent more`) or is now. Not where all are told, and not where the whole
    of a share stands behind it: `84% of the $12.5 million`."""
    roles: Mapping[str, str] = _TURNED.get(relation.kind, {})
    starts = {o.role: o.start for o in relation.operands}
    if starts.get("whole", -1) > starts.get("percent", 0):
        return relation
    if "change" in starts and relation.kind == "growth":
        roles = {"change": "level"} if "prior" in starts else {"change": "prior"}
        roles = {} if {"level", "prior"} <= starts.keys() else roles
    return replace(relation, operands=tuple(replace(o, role=roles.get(o.role, o.role)) for o in relation.operands))
