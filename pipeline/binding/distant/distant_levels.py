"""A change whose level, or prior, or both are told far off, in words of its own → growth, points, annual.

`The amount spent online went up by 11.7%`, and below `Spending online averaged 2,384 million, against 2,134 million`.
Where `distant_changes` follows a phrase to the one figure that it names, here the words about three figures are weighed
together, with what says which of two levels is the earlier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.binding.comparisons.timing import year_of, years_operand
from pipeline.binding.distant.matter import Matters, Tied, settled
from pipeline.binding.scene import Scene, kept, operand
from pipeline.fraction import Fraction
from pipeline.model import Cue, Relation
from pipeline.rulebook.scales import scales

# Two levels of which the one is more than so many times the other are not of one thing.
_SIZE = 3
# A change that is so many times what two levels make is none of theirs, whatever slip was made.
_TIMES = 6
# Of the levels that share a word so many are paired, the nearest: the work stays in step with the report.
_MOST = 24
_COVERED, _TOGETHER = Fraction(1, 2), 3


def bind(scene: Scene, matters: Matters, held: frozenset[str], bound: Sequence[Relation]) -> Iterator[Relation]:
    """The changes that find their levels by what they are about. `held` are the refs of changes bound already, `bound`
    the relations: two levels that have their own change need no other."""
    paired = frozenset((a.ref, b.ref) for r in bound if r.kind != "repeat" for a in r.operands for b in r.operands)
    for n, claim in enumerate(scene.claims):
        figure = claim.figure
        if claim.claim_id in held or figure.upper is not None or figure.number.manner == "words":
            continue
        cue = _cue(scene, n)
        if cue is not None:
            relation = settled(list(_candidates(scene, matters, n, cue, paired)), scales(scene.book))
            if relation is not None:
                yield relation


def _cue(scene: Scene, n: int) -> Cue | None:
    """The cue that makes a figure a change, up or down."""
    kind = scene.claims[n].figure.kind
    if kind == "percent":
        annual = scene.roles(n, "annual").get("percent")
        if annual is not None:
            return annual
    # `14.5% more planned operations than in 2020` are set against a year.
    kinds = ("growth", "target") if scene.claims[n].compared_with else ("growth",)
    cues = (c for r, c in scene.cues_of.get(n, ()) if c.kind in kinds and r in ("percent", "change") and c.direction)
    return next(cues, None)


def _candidates(scene: Scene, matters: Matters, n: int, cue: Cue, paired: frozenset[tuple[str, str]]) -> Iterator[Tied]:
    sentence = scene.claims[n].sentence
    before = scene.by_sentence[sentence - 1] if sentence else ()
    near = {*matters.near(n), *scene.by_sentence[sentence], *before}
    levels = sorted(m for m in near if _may_be_level(scene, n, m))
    if len(levels) > _MOST:
        levels = sorted(sorted(levels, key=lambda m: abs(m - n))[:_MOST])
    alike: dict[int, list[int]] = defaultdict(list)
    for one, other in combinations(levels, 2):
        if _one_measure(scene, one, other):
            alike[one].append(other)
            alike[other].append(one)
    for prior in levels:
        if prior - 1 in levels and matters.is_earlier(prior - 1) and _in_one_sentence(scene, prior - 1, prior):
            continue  # `79,240 in the year before, after 80,105 the year before that`
        for level in alike[prior]:
            own = [m for m in (level, prior) if scene.claims[m].sentence == sentence]
            timed = _in_time(scene, matters, n, level, prior, own)
            if len(own) > 1 or not timed:
                continue
            if (scene.claims[level].claim_id, scene.claims[prior].claim_id) in paired:
                continue
            tied = [matters.tie(n, m) for m in (level, prior)]
            together = matters.tie(level, prior)
            framed = level + 1 == prior and _in_one_sentence(scene, level, prior)
            if own:
                if not all(tied) or not together or scene.same_section(level, prior):
                    continue
            elif not (framed or together >= _TOGETHER) or matters.cover(n, level, prior) < _COVERED:
                continue
            relation = _relation(scene, n, level, prior, cue) if _near_in_size(scene, n, level, prior, cue) else None
            if relation is not None:
                yield Tied(relation, sum(tied) + together + 4 * len(own) + 4 * framed)


def _in_one_sentence(scene: Scene, first: int, second: int) -> bool:
    return scene.claims[first].sentence == scene.claims[second].sentence


def _near_in_size(scene: Scene, n: int, level: int, prior: int, cue: Cue) -> bool:
    """Whether two levels are about as far apart as a change says: what is much farther off is of something else."""
    if cue.kind == "annual":
        return True
    figure = scene.claims[n].figure
    a, b = (scene.claims[m].figure.number.value for m in (level, prior))
    made = abs(a - b) * 100 / abs(b) if figure.kind == "percent" else abs(a - b)
    told = abs(figure.number.value)
    return made <= _TIMES * told and told <= _TIMES * made


@kept
def _is_amount(scene: Scene, m: int) -> bool:
    """Whether a figure is a plain one in digits that no words call a change."""
    figure = scene.claims[m].figure
    plain = figure.upper is None and figure.number.manner == "digits" and figure.modifier in ("", "~")
    if not plain or not figure.number.value or figure.dimension == "time":
        return False
    return scene.roles(m, "growth").keys().isdisjoint(("change", "percent"))


def _may_be_level(scene: Scene, n: int, m: int) -> bool:
    change, figure = scene.claims[n].figure, scene.claims[m].figure
    if m == n or not _is_amount(scene, m):
        return False
    if change.kind == "points":
        return figure.kind == "percent"
    if figure.kind not in ("absolute", "rate"):
        return False
    if change.kind == "absolute":
        return figure.unit == change.unit or (not change.unit and figure.dimension in ("count", ""))
    return True


def _one_measure(scene: Scene, level: int, prior: int) -> bool:
    a, b = scene.claims[level].figure, scene.claims[prior].figure
    bare = not a.unit or not b.unit
    if (
        a.number.value == b.number.value
        or (a.unit != b.unit and not bare)
        or (a.kind == "percent") != (b.kind == "percent")
    ):
        return False
    if bare and {a.dimension, b.dimension} - {"count", ""}:
        return False
    if a.per != b.per and a.per and b.per:
        return False
    first, second = abs(a.number.value), abs(b.number.value)
    return first <= _SIZE * second and second <= _SIZE * first


def _in_time(scene: Scene, matters: Matters, n: int, level: int, prior: int, own: list[int]) -> bool:
    """Whether words or years say that a figure is the earlier one."""
    years = matters.year(level), matters.year(prior)
    if all(years) and years[0] != years[1]:
        return years[1] < years[0]
    if matters.is_earlier(prior):
        return not matters.is_earlier(level)
    # `At 22.2 million it was 20% higher than the year before`: what its sentence does not tell is what was before.
    compared = scene.claims[n].compared_with
    return own == [level] and bool(compared) and compared in (scene.claims[prior].period, "period")


def _relation(scene: Scene, n: int, level: int, prior: int, cue: Cue) -> Relation | None:
    claim = scene.claims[n]
    kind = "annual" if cue.kind == "annual" else "points" if claim.figure.kind == "points" else "growth"
    lead = "percent" if claim.figure.kind == "percent" else "change"
    operands = [
        operand("level", scene.claims[level]),
        operand("prior", scene.claims[prior]),
        operand(lead, claim),
    ]
    if kind == "annual":
        years = [year_of(scene, m) for m in (prior, level)]
        if years[0] is None or years[1] is None:
            return None
        operands += [years_operand(scene, "years", year) for year in years if year is not None]
    reason = "a change, and the two levels that the same words are said of"
    scope = scene.scope_of(n, level, prior)
    return Relation(kind, tuple(operands), scope, "high", cue.rule, reason, cue.direction)
