"""Relations whose figures do not agree, looked at once more: the words may have been misread.

`4,310 and 3,920 were vacant. … These two advertised 8,230 posts, or 44.6% of the total` is of the 18,460 vacant posts
that stand near, not of the 820,540 that stand nearer: such a relation makes no error. `Yields rose from 1.8 to 2.6
tonnes, an increase of 44.4%, against a target of 2.5` is of the 1.8, and is bound so; of `$134, or 5.8%, above the
$2,328 of spring` the $134 is the change. And where a sentence tells of more figures, what lies so far off that no slip
of the pen explains it has nothing to do with each other, and is not bound at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.binding import apart
from pipeline.binding.meant import RATE_RULES, doubt
from pipeline.binding.other_sums import has_parts_of_parts, with_another
from pipeline.binding.scene import Scene, countable
from pipeline.binding.told import Told
from pipeline.binding.told_apart import is_said_of_another
from pipeline.binding.unexplained import is_pasted, is_slip, less_sure
from pipeline.formulas import KINDS, Posed, agreement, problem_of
from pipeline.fraction import Fraction
from pipeline.model import Considered, Relation
from pipeline.rulebook.scales import scales

_KINDS = frozenset(("growth", "share", "points", "ratio", "product", "target"))
# Kinds whose figures are no longer of one size where one of them was misread.
_SIZED = _KINDS | {"sum"}
_LOOKED_AT = _SIZED | {"direction", "repeat", "time"}
# Rules whose words close a list and do not name its total; fewer things than this are counted, not mistyped.
_LIST_RULES, _COUNTED = ("cues.the-remaining", "sum.bare-numbers-after-total"), 100
# Rules whose words name a balance, but not what it is of where that stands in another sentence.
_BALANCES = ("cues.what-they-come-to",)
# Rules that bind figures by their place in rows, which leaves no other.
_IN_ROWS = ("in-turn", "in-step")
# Of so many names at most are counted things and their balance.
_NOUNS = 2
# What is so many times too large or too small …
_FAR_OFF = 3
# … is a slip of the pen only where not any number would pass for one.
_BY_CHANCE = Fraction(1)


def doubted(scene: Scene, relations: Sequence[Relation]) -> Iterator[Relation | Considered]:
    """The relations: mended where another figure of the sentence would, and not built where one further off would or
    where their figures have nothing to do with each other."""
    problems = [problem_of(relation, scales(scene.book)) for relation in relations]
    off = [relation.kind in _LOOKED_AT and agreement(relation, scales(scene.book)) == "none" for relation in relations]
    told = Told(scene, [relation for relation, wrong in zip(relations, off, strict=True) if not wrong])
    for posed, wrong in zip(problems, off, strict=True):
        found = _look_again(scene, posed, told) if wrong else posed.relation
        if isinstance(found, Relation) and wrong:
            found = less_sure(scene, problem_of(found, scales(scene.book)))
        yield found


def _look_again(scene: Scene, posed: Posed, told: Told) -> Relation | Considered:
    """What becomes of a relation that does not agree: it may not be built."""
    relation = posed.relation
    if told.speaks_against(relation):
        return _not_built(scene, relation, "they do not agree, and what does leaves no room for it")
    rule = apart.told_by(scene, relation)
    if rule or is_said_of_another(scene, relation):
        return _not_built(scene, relation, "they do not agree, and their words tell of another figure", rule)
    if _is_loose(scene, posed):
        return _not_built(scene, relation, "they do not agree, others may be meant, and no slip explains it")
    if has_parts_of_parts(relation):
        return _not_built(scene, relation, "they do not agree, and one part is what the others make")
    if relation.kind == "sum":
        return with_another(scene, relation)
    if relation.kind in _KINDS and relation.confidence != "low":
        doubtful = doubt(scene, relation, told)
        return doubtful or _not_built(scene, relation, "they do not agree, and another figure near by would")
    return relation


def _is_loose(scene: Scene, posed: Posed) -> bool:
    """Whether the words that bind figures that do not agree would bind others as well."""
    return _has_no_total(posed) or _has_no_part(posed.relation) or _is_of_another_size(scene, posed)


def _is_of_another_size(scene: Scene, posed: Posed) -> bool:
    """Whether figures have nothing to do with each other, though words allow it."""
    relation = posed.relation
    if not _is_far_off(posed) or is_pasted(scene, relation):
        return False
    return _is_of_parts_alone(relation) or _has_a_small_part(relation) or _has_company(scene, relation)


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
    return not is_slip(posed, _BY_CHANCE)


def _has_no_total(posed: Posed) -> bool:
    """Whether what is taken for the total of a list may be an item of it: `salaries took 83.2 million, rents 41.9 and
    travel the remaining 23.5`; a slip tells that it is none."""
    relation = posed.relation
    figures = [o.figure for o in relation.operands if o.figure is not None]
    small = all(f.discrete and f.number.value < _COUNTED for f in figures)
    afar = relation.rule in _BALANCES and relation.scope != "sentence"
    # `398,000 tourists came … a forecast of 2.1 million visitors … The trade deficit was 18 bn`
    if afar and not {f.dimension for f in figures} - {"", "count"} and len({f.unit for f in figures}) > _NOUNS:
        return True
    loose = relation.rule in _LIST_RULES or afar
    return loose and not small and not is_slip(posed, _BY_CHANCE)


def _has_a_small_part(relation: Relation) -> bool:
    """Whether few things are held to be a share of a great number: `Two areas` of `106,000`."""
    sizes = {o.role: o.figure for o in relation.operands if o.figure is not None}
    part, whole = sizes.get("part"), sizes.get("whole")
    if relation.kind != "share" or part is None or whole is None:
        return False
    return part.discrete and part.unit != whole.unit and part.number.value < _COUNTED < whole.number.value


def _has_no_part(relation: Relation) -> bool:
    """Whether a rate that stands between two figures is one of something else: `had an average occupancy of 81% and
    was booked on 97 of 213 nights`."""
    roles = [o.role for o in sorted(relation.operands, key=lambda o: o.start)]
    return relation.rule in RATE_RULES and roles == ["part", "percent", "whole"]


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


def _not_built(scene: Scene, relation: Relation, why: str, rule: str = "") -> Considered:
    """A relation with its figures and what speaks against it: the words of a `rule`, where one tells."""
    text = scene.report.text
    figures = "; ".join(f"{o.role} = {' '.join(text[o.start : o.end].split())}" for o in relation.operands)
    start, end = min(o.start for o in relation.operands), max(o.end for o in relation.operands)
    return Considered(relation.kind, start, end, f"{figures}: {why}", rule or relation.rule)
