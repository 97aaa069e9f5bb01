"""Two figures of a row that is told year by year, or month by month, by the two times that a change names.

`Sales were 9,420 in 2019, 6,180 in 2020 and 16,950 in 2021. Sales in 2020 were 34.4% lower than in 2019`: of all the
row the change is of the 6,180 and the 9,420, as no other figure of its measure is of these years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.binding.comparisons.two_times import Told, is_like, is_plain
from pipeline.binding.scene import Scene
from pipeline.binding.slipped import STRONG, slips
from pipeline.binding.words import stems
from pipeline.formulas import agreement
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_MONTHS = "january february march april may june july august september october november december".split()
_WHEN = rf"(?:(?:19|20)\d\d(?:[-–/]\d\d(?:\d\d)?)?|{'|'.join(_MONTHS)})(?![\w%])"
_TIME = lazy(rf"(?<![\w.,])(?P<when>{_WHEN})")
_BEHIND = lazy(
    rf"[ ,]*\(?(?:(?:in|for|during|of|by|at the end of|at) )?(?:(?:fiscal|financial|the) )?(?:year )?(?P<when>{_WHEN})"
)
_AHEAD = lazy(
    rf"(?<![\w.,])(?P<when>{_WHEN})(?:[:,(]| (?:it|there|they))?"
    r"(?: (?:was|were|with|to|had|of|about|some|came to))*[ ]?\W?$"
)
# What a change is set against stands behind such words; what is told from one time to another stands in its order.
_AGAINST = lazy(
    r"\b(?:than|of|from|on|over|against|below|above|compared (?:with|to)|relative to)"
    r"(?: (?:in|that|those|the|of|for|level|figure|number|total))*$"
)
_SPAN = lazy(r"\b(?:between|from)(?: [a-z]+)?$")
_YEAR_BEFORE = lazy(
    r"\b(?:than|on|over|from|against|compared (?:with|to)) (?:in )?"
    r"(?:the (?:year before|previous year|preceding year|prior year)|a year (?:earlier|before))\b"
)
_IT = lazy(r"\b(?:it|they|this|these|that|the (?:number|figure|total|rate|level|amount))\b")
_BACK, _FAR, _PAIR = 2, 24, 2


def two(scene: Scene, number: int, head: int) -> Told | None:
    """The figures of the two times that the clause of a change names; None where others may be meant."""
    kind, times = scene.claims[head].figure.kind, _named(scene, head)
    percents, like = kind == "points", None if kind == "percent" else head
    if times is None:
        return None
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for claim in _row(scene, number, head):
        figure = scene.claims[claim].figure
        fits = (figure.kind == "percent") == percents and (like is None or is_like(scene, like, claim))
        if fits and is_plain(scene, claim) and (when := _time_of(scene, claim)) in times:
            found[figure.unit][when].append(claim)
    whole = [row for row in found.values() if len(row) == _PAIR]
    if len(whole) != 1 or any(len(claims) != 1 for claims in whole[0].values()):
        return None
    prior, level = (whole[0][when][0] for when in times)
    return Told(prior, level, True)


def is_told(scene: Scene, relation: Relation, head: int) -> bool:
    """Whether a change speaks of the row; one that names its thing by a word of its own may be of another, unless it
    agrees or a slip of the pen explains why it does not."""
    start = scene.clause_of(head)[0]
    said = scene.report.view[start : scene.claims[head].figure.start].lower()
    row = scene.sentences[scene.sentence_at(min(o.start for o in relation.operands))]
    before = scene.report.view[row.start : min(row.end, start)].lower()
    if _IT.search(said) is not None or stems(said) & stems(before):
        return True
    sizes = scales(scene.book)
    return agreement(relation, sizes) != "none" or bool(slips(relation, sizes, STRONG))


def _row(scene: Scene, number: int, head: int) -> Iterator[int]:
    """The figures of the sentences before a change, and of its own up to its clause."""
    start = scene.clause_of(head)[0]
    for sentence in range(max(0, number - _BACK), number + 1):
        if scene.sentences[sentence].paragraph == scene.sentences[number].paragraph:
            yield from (n for n in scene.by_sentence[sentence] if scene.claims[n].figure.end <= start)


def _time_of(scene: Scene, claim: int) -> str:
    """The year or month that stands right behind a figure, or right before it; empty if none does."""
    figure, view = scene.claims[claim].figure, scene.report.view
    behind = _BEHIND.match(view[figure.end : figure.end + _FAR].lower())
    if behind is not None:
        return behind["when"]
    ahead = _AHEAD.search(view[max(0, figure.start - _FAR) : figure.start].lower())
    return ahead["when"] if ahead is not None else ""


def _named(scene: Scene, head: int) -> tuple[str, str] | None:
    """What was before and what is then, by the two times in the clause of a change that holds no other figure."""
    start, end = scene.clause_of(head)
    here = (scene.claims[n].figure for n in scene.by_sentence[scene.claims[head].sentence] if n != head)
    if any(start <= figure.start < end and figure.dimension != "time" for figure in here):
        return None
    said = scene.report.view[start:end].lower()
    times = list(_TIME.finditer(said))
    if len(times) == 1 and times[0]["when"].isdigit() and _YEAR_BEFORE.search(said) is not None:
        return str(int(times[0]["when"]) - 1), times[0]["when"]
    if len({time["when"] for time in times}) != _PAIR or len(times) != _PAIR:
        return None
    first, second = times
    if _SPAN.search(said[: first.start()].rstrip()):
        return first["when"], second["when"]
    for against, other in ((second, first), (first, second)):
        if _AGAINST.search(said[: against.start()].rstrip()):
            return against["when"], other["when"]
    return None
