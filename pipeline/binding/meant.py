"""What may have been meant by a relation whose figures do not agree: the same with another figure, or in other roles.

`62 (65%) found it a burden` is of the 96 that replied, not of the 118 that were asked: where such a reading
agrees, and would hardly do so by chance, the words were misread.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from pipeline.binding.other_sums import is_with, with_claim
from pipeline.binding.scene import Scene, countable, operand
from pipeline.binding.told import HEADS, Told
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Operand, Relation
from pipeline.rulebook.scales import scales

# Rules by which words tell of what is now: no figure that it is compared with is meant.
_OF_NOW = frozenset(("share.by-name", "product.told-before"))
# Figures of one measure, told of all or of each.
_AMOUNTS = frozenset(("absolute", "rate"))
# So many figures of the unit to each side are looked at: those of one section, for the whole of a share those of any.
_REACH = 20
# So many sentences before that of the figure that leads are looked into for figures of another noun.
_SENTENCES = 4
# So many figures of a row may be a part together.
_TOGETHER = 4
# What is tried further off agrees by chance in at most one of five.
_CHANCE = Fraction(1, 5)
# Of figures in one sentence so many times as many are.
_AT_HAND = 3
# What stands between a level that may be the change and its percentage.
_BEHIND = (", or", "or", "(", ",")
# The roles that words may not tell apart: `dealt with 915 cases and resolved 861, which is 94.1%`; `$134 above $2,328`.
_TURNED = {"share": {"part": "whole", "whole": "part"}, "growth": {"level": "change"}}
# Rules whose words name a rate and nothing that it is of.
RATE_RULES = ("cues.rate-of-part",)
# Rules by which words name figures in these roles, and none beside them.
_NAMED = {
    "share.concluded": ("part",),
    "share.by-name": ("part",),
    "share.of-this": ("part", "whole"),
    "share.of-the-total": ("part", "whole"),
}
# What a comparison has that is told of one figure; so many figures before it may be the other.
_LEVEL_ALONE, _BEFORE = {"level", "change", "percent"}, 3
# A sum of two parts, a comparison of two figures; a part, a whole and a percentage.
_PAIR, _SHARE = 2, 3


def doubt(scene: Scene, relation: Relation, told: Told) -> Relation | None:
    """A relation that does not agree; with another figure of its sentence, where that agrees; None where a figure
    further off would. What has such a role in a relation of its own is meant there: `26,930, or 17.0% of the 158,410,
    and health 11,090, or 17.0%`."""
    places = {o.ref: bisect_left(scene.starts, o.start) for o in relation.operands}
    leads = [o for o in relation.operands if o.role in HEADS]
    if not leads or any(n >= len(scene.claims) for n in places.values()):
        return relation
    home = scene.claims[places[leads[-1].ref]].sentence
    at_home = [*_turned(scene, relation), *_with_what_is_now(scene, relation), *_of_several(scene, relation, places)]
    away = list(_of_other_pairs(scene, relation, places, told))
    for place, one in enumerate(relation.operands):
        here = scene.claims[places[one.ref]]
        named = one.role in _NAMED.get(relation.rule, ())
        near = [] if one.figure is None or named else _near(scene, relation, places[one.ref], home)
        if relation.rule in _OF_NOW and not any(_is_prior(scene, n) for n in places.values()):
            near = [n for n in near if not _is_prior(scene, n)]
        for other in (scene.claims[n] for n in near if scene.claims[n].claim_id not in places):
            if other.sentence == here.sentence == home:
                # A whole has many parts, a part but one whole.
                taken = one.role != "whole" and told.has(relation.kind, one.role, other.claim_id)
                if not taken and is_with(scene, relation, other) and countable(other, here):
                    at_home.append(with_claim(relation, place, other))
            elif one.role != "percent" and _may_stand_for(other, here):
                # What is the whole of other parts comes first, then what stands near; what stands apart from the rest,
                # as a whole often does, may be any other.
                whole = one.role == "whole" and told.has(relation.kind, one.role, other.claim_id)
                away.append(
                    (
                        not whole and here.sentence == home,
                        abs(other.figure.start - leads[-1].start),
                        with_claim(relation, place, other),
                    )
                )
    at_home += _of_pairs_at_home(scene, relation, places, leads, told)
    why = f"{relation.reason}, and another figure would agree"
    for mended in at_home:
        if agreement(mended, scales(scene.book)) == "strict":
            return replace(mended, confidence="low", reason=why)
    if relation.scope == "sentence" or told.is_whole_of_many(relation):
        return relation
    away.sort(key=lambda one: one[:2])
    sure = sum(not last for last, _, _ in away)
    tries = (one for _, _, one in away[: max(sure, _so_many(leads[-1]))])
    return None if any(agreement(one, scales(scene.book)) == "strict" for one in tries) else relation


def _is_prior(scene: Scene, claim: int) -> bool:
    return "prior" in scene.roles(claim, "growth")


def _may_stand_for(other: Claim, here: Claim) -> bool:
    return {other.figure.kind, here.figure.kind} <= _AMOUNTS or other.figure.kind == here.figure.kind


def _of_other_pairs(
    scene: Scene, relation: Relation, places: Mapping[str, int], told: Told
) -> Iterator[tuple[bool, int, Relation]]:
    """A comparison of two others of the figures that stand with its own: `471, against 489 last year and 612 in 2017.
    That makes a fall of 3.8%`; not of two that are compared already: `9,146, up 13.4% from 8,062, and revenue rose from
    228 to 271, also up 13.4%`."""
    compared = [n for n, o in enumerate(relation.operands) if o.role in ("level", "prior")]
    if len(compared) != _PAIR:
        return
    first, second = (scene.claims[places[relation.operands[n].ref]] for n in compared)
    if first.sentence == second.sentence:
        row = [c for n in scene.by_sentence[first.sentence] if countable(c := scene.claims[n], first)]
        # Its own two turned round would agree with the opposite of what is said.
        for one, other in (pair for pair in permutations(row, 2) if {c.claim_id for c in pair} - places.keys()):
            pair = zip((relation.operands[n].role for n in compared), (one, other), strict=True)
            if not all(told.has(relation.kind, role, claim.claim_id) for role, claim in pair):
                yield False, 0, with_claim(with_claim(relation, compared[0], one), compared[1], other)


def _of_pairs_at_home(
    scene: Scene, relation: Relation, places: Mapping[str, int], leads: Sequence[Operand], told: Told
) -> list[Relation]:
    """What leads, of two other figures of its sentence: `copper 108.7 against 98.4 and steel 612 against 701, growth of
    10.5%`. Where two figures lead, one of them alone may be: `royalty came 856 lower (3,264 after 4,120), and the total
    fell 8.1% to 11,862 from 12,908`."""
    if relation.scope != "sentence":
        return []
    home = scene.sentence_at(leads[-1].start)
    found = []
    for lead in leads:
        rest = tuple(o for o in relation.operands if o.role in ("level", "prior") or o is lead)
        pairs = [one for _, _, one in _of_other_pairs(scene, replace(relation, operands=rest), places, told)]
        # Where they stand in turn, words bind them to some of these pairs, and no chance does.
        if len(pairs) > _AT_HAND * _so_many(lead) and not scene.says(home, "respectively"):
            continue
        if len(leads) == 1:
            found += pairs
        elif any(agreement(one, scales(scene.book)) == "strict" for one in pairs):
            found.append(replace(relation, operands=tuple(o for o in relation.operands if o is not lead)))
    return found


def _so_many(lead: Operand) -> int:
    """How many other figures may be tried before one is likely to agree by chance: few for 8%, many for 77.4%."""
    number = lead.figure.number if lead.figure is not None else None
    if number is None or not number.value or not number.step:
        return _REACH
    return int(_CHANCE * abs(number.value) / number.step)


def _of_several(scene: Scene, relation: Relation, places: Mapping[str, int]) -> Iterator[Relation]:
    """A share of the figure that is its part together with those that stand before it: `51 in B, 84 in C and 45 in D.
    Thus 60.8% were in the two lowest`."""
    part = next((o for o in relation.operands if o.role == "part"), None)
    if relation.kind != "share" or part is None or part.figure is None:
        return
    yield from _of_all(scene, relation, places)
    yield from _of_it(scene, relation, places)
    last = places[part.ref]
    # `164 posts, of which 139 are filled, so that the vacancy rate is 15.2%`: of what is left of the whole.
    if relation.rule in RATE_RULES and len(relation.operands) == _SHARE:
        yield from _of_what_is_left(relation)
    # `984.1 thousand employed and 28.3 unemployed, an unemployment rate of 2.8%`: a rate may be one of both together.
    if relation.rule in RATE_RULES:
        yield replace(relation, operands=(*relation.operands, operand("whole", scene.claims[last])))
    together = relation
    for n in range(last - 1, max(-1, last - _TOGETHER), -1):
        other = scene.claims[n]
        same = other.sentence == scene.claims[last].sentence and other.claim_id not in places
        if not same or not countable(other, scene.claims[last]):
            return
        together = replace(together, operands=(*together.operands, operand("part", other)))
        yield together


def _of_what_is_left(relation: Relation) -> Iterator[Relation]:
    sizes = {o.role: o.figure for o in relation.operands if o.figure is not None}
    part, whole = sizes.get("part"), sizes.get("whole")
    if part is None or whole is None or whole.number.value <= part.number.value:
        return
    rest = replace(part.number, value=whole.number.value - part.number.value)
    yield replace(
        relation,
        operands=tuple(
            replace(o, figure=replace(part, number=rest)) if o.role == "part" else o for o in relation.operands
        ),
    )


def _of_all(scene: Scene, relation: Relation, places: Mapping[str, int]) -> Iterator[Relation]:
    """A share of what is taken for its whole, of a larger figure or of all that its list makes: `12 tons made; capacity
    is 17, so 70% is used`; `building took 1,163, fitting 215 and the rest 468; building thus made up 63%`."""
    place = next((n for n, o in enumerate(relation.operands) if o.role == "whole"), None)
    if place is None or len(relation.operands) != _SHARE or _is_told_behind(relation):
        return
    whole = scene.claims[places[relation.operands[place].ref]]
    row = [c for n in scene.by_sentence[whole.sentence] if countable(c := scene.claims[n], whole)]
    percent = tuple(o for o in relation.operands if o.role == "percent")
    for other in row:
        if other.figure.number.value > whole.figure.number.value:
            yield replace(relation, operands=(operand("part", whole), operand("whole", other), *percent))
    # `Urban pupils numbered 18,420 and rural pupils 31,560, so that these made up 63.1% of all`
    second = bisect_left(scene.starts, row[-1].figure.start)
    if (
        len(row) == _PAIR
        and " and " in scene.between(second - 1, second)
        and whole.sentence == scene.claims[places[percent[0].ref]].sentence
    ):
        for one in row:
            yield replace(relation, operands=(operand("part", one), *(operand("whole", c) for c in row), *percent))
    if len(row) > _PAIR:
        all_of_it = tuple(operand("whole", c) for c in row)
        yield replace(relation, operands=(operand("part", whole), *all_of_it, *percent))


def _of_it(scene: Scene, relation: Relation, places: Mapping[str, int]) -> Iterator[Relation]:
    """A share that all of a list has together: `The budget was 42.6 billion. They received 85.0% of it: 20.26 from the
    state, 9.80 from the fund and 6.15 of their own.`"""
    part = scene.claims[places[relation.operands[0].ref]]
    row = [c for n in scene.by_sentence[part.sentence] if countable(c := scene.claims[n], part)]
    percent = tuple(o for o in relation.operands if o.role == "percent")
    if not part.sentence or len(row) <= _PAIR or not percent or percent[0].start > row[0].figure.start:
        return
    for over in (scene.claims[n] for n in scene.by_sentence[part.sentence - 1]):
        if countable(over, part):
            yield replace(relation, operands=(*(operand("part", c) for c in row), operand("whole", over), *percent))


def _near(scene: Scene, relation: Relation, at: int, home: int) -> list[int]:
    """What may stand for a figure, as indexes: of its unit, near it or near the figure that leads, for the whole of a
    share in any section; and what stands just before the figure that leads under another noun."""
    here, alike = scene.claims[at], scene.by_unit.get(scene.claims[at].figure.unit, ())
    leading = scene.by_sentence[home].start
    sections = {here.section, scene.claims[leading].section}
    found: set[int] = set()
    for middle in (bisect_left(alike, at), bisect_left(alike, leading)):
        near = alike[max(0, middle - _REACH) : middle + 1 + _REACH]
        found.update(n for n in near if relation.kind == "share" or scene.claims[n].section in sections)
    for sentence in range(max(0, home - _SENTENCES), home + 1):
        found.update(n for n in scene.by_sentence[sentence] if countable(scene.claims[n], here))
    return sorted(found)


def _turned(scene: Scene, relation: Relation) -> Iterator[Relation]:
    """A relation with other roles: part and whole have changed places, the level is the change, or the change is what
    was before (`28,311 against 26,987, or 4.9 percent more`) or is now (`$79 million, or 6.1% below the estimate`).
    Where all are told, what is taken for the level is what was before (`the second quarter had 133.7 and the third
    quarter of last year 126.9, so the improvement on the year was 11.3, or 8.9%`). Not where the whole of a share
    stands behind it: `84% of the $12.5 million`."""
    roles: Mapping[str, str] = _TURNED.get(relation.kind, {})
    if _is_told_behind(relation):
        return
    if relation.kind == "growth" and not _is_right_behind(scene, relation):
        roles = {}
    starts = {o.role: o.start for o in relation.operands}
    if {"level", "prior", "change", "percent"} <= starts.keys():
        pair = replace(relation, operands=tuple(o for o in relation.operands if o.role != "percent"))
        # Where only the word of direction speaks against them, they belong together.
        other_way = replace(pair, direction=-pair.direction)
        if all(agreement(one, scales(scene.book)) == "none" for one in (pair, other_way)):
            others = tuple(o for o in relation.operands if o.role != "prior")
            yield _with_roles(replace(relation, operands=others), {"level": "prior"})
        return
    if "change" in starts and relation.kind == "target" and "level" not in starts:
        roles = {"change": "level"}
    elif "change" in starts and relation.kind == "growth":
        roles = {"change": "level"} if "prior" in starts else {"change": "prior"}
        roles = {} if {"level", "prior"} <= starts.keys() else roles
        # `Births were 230,028, a decrease of 19,158 (7.7%)`: what is told first is the level.
        if "level" not in starts and "percent" in starts:
            yield _with_roles(relation, {"prior": "level"})
    yield _with_roles(relation, roles)


def _with_what_is_now(scene: Scene, relation: Relation) -> Iterator[Relation]:
    """A level, a change and a percentage, of which the level is what was before, told behind what is now: `Revenue was
    87.3 million. In 2019 it was 91.2 million, a decrease of 3.9 million or 4.3%`."""
    level = next((o for o in relation.operands if o.role == "level"), None)
    if relation.kind != "growth" or level is None or {o.role for o in relation.operands} != _LEVEL_ALONE:
        return
    place = bisect_left(scene.starts, level.start)
    here = scene.claims[place]
    for other in scene.claims[max(0, place - _BEFORE) : place]:
        if other.section == here.section and here.sentence - other.sentence <= 1 and countable(other, here):
            turned = _with_roles(relation, {"level": "prior"})
            yield replace(turned, operands=(operand("level", other), *turned.operands))


def _is_right_behind(scene: Scene, relation: Relation) -> bool:
    """Whether a percentage is right behind the level, which may then be the change: `$134, or 5.8%, above $2,328`."""
    places = {o.role: bisect_left(scene.starts, o.start) for o in relation.operands}
    level, percent = places.get("level", -1), places.get("percent", -1)
    return level >= 0 and percent == level + 1 and scene.between(level, percent).strip() in _BEHIND


def _is_told_behind(relation: Relation) -> bool:
    """Whether the whole of a share stands behind it: `84% of the $12.5 million`."""
    starts = {o.role: o.start for o in relation.operands}
    return starts.get("whole", -1) > starts.get("percent", 0)


def _with_roles(relation: Relation, roles: Mapping[str, str]) -> Relation:
    return replace(relation, operands=tuple(replace(o, role=roles.get(o.role, o.role)) for o in relation.operands))
