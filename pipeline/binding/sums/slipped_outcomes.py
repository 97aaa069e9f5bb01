"""What figures come to by the words, and miss by a slip of the pen → sum: `so free cash flow was`, `in all`, `leaving`.

The figures right before an outcome make it: two or three that are added up, or of which one is taken off. Nothing else
is tried: among many figures something is always a slip away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.binding.scene import Scene
from pipeline.binding.slipped import ANY, STRONG, fineness, slips
from pipeline.binding.sums.balances import figures_before, is_points, signed_sum
from pipeline.binding.sums.slipped_rows import Taken
from pipeline.model import Cue, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# Words by which an author works something out of what was said before.
_WORKED_OUT = lazy(
    r"\b(?:leav\w+|left|so(?: that)?|therefore|thus|hence|after (?:these|this|that|deducting)|less|surplus|deficit|gap|"
    r"improvement|turnaround|swing|balance|carried (?:forward|over)|remain\w*|unspent|outstanding|not yet)\b"
)
_CHANGE = lazy(r"\b(?:increase|decrease|rise|decline|growth|reduction|drop|fall|difference|mainly)\b")
_YEARS = lazy(r"\b(?:19|20)\d\d\b")
_BETTER = lazy(r"\b(?:improvement|turnaround|swing)\b")
_ENDS = (
    lazy(r"\bfrom an? (?:net )?(?:operating )?(?:loss|deficit|shortfall) of $"),
    lazy(r"\b(?:to|into) an? (?:net )?(?:operating )?(?:gain|profit|surplus) of $"),
)
_BETTERED = lazy(r",\s*an? (?:improvement|turnaround|swing) of $")
_WAYS: dict[int, tuple[tuple[int, ...], ...]] = {2: ((1, -1), (-1, 1)), 3: ((1, -1, -1),)}
_CONTRIBUTED = lazy(r"\b(?:contribut\w+|added|accounted for|pulled up|drove|lifted|pushed up)\b")
_OFFSET = lazy(r"\b(?:offset|less|minus|subtract\w*|took away|drag\w*)\b")
_MOST = 5
_BY, _JUST_BEFORE = lazy(r"\bby (?:about |some |nearly |another |a further )?$"), 24
_FINE = 100
_AROUND = 60


def bind(scene: Scene, eligible: Callable[[int], bool], taken: Taken) -> Iterator[Relation]:
    """The outcomes of a report that one slip keeps from what makes them. `taken` are parts of sums that agree."""
    totals = {ref for made in taken.values() for ref in made}
    for total, claim in enumerate(scene.claims):
        cues = {c.mode: c for role, c in scene.cues_of.get(total, ()) if c.kind == "sum" and role in ("total", "part")}
        cue = cues.get("outcome") or cues.get("close")
        figure = claim.figure
        if cue is None or claim.claim_id in totals or figure.kind != "absolute" or figure.upper is not None:
            continue
        if figure.per or figure.modifier or figure.dimension == "time" or not _is_worked_out(scene, total, cue):
            continue
        if _follows_a_rate(scene, total):
            continue
        found = next(_slipped(scene, total, cue, eligible, taken), None)
        if found is not None:
            yield found
    for number in scene.holding(2):
        yield from _contributions(scene, number, taken)


def _contributions(scene: Scene, number: int, taken: Taken) -> Iterator[Relation]:
    """`Up 6.4% … volume contributed 4.1 points and prices 3.0 points, offset by 0.7 points`, with one slip."""
    points = [c for c in scene.by_sentence[number] if is_points(scene.claims[c].figure)]
    if not _MOST >= len(points) >= 2 or any(scene.claims[c].claim_id in taken for c in points):
        return
    sentence = scene.sentences[number]
    if not _CONTRIBUTED.search(scene.report.view[sentence.start : scene.claims[points[-1]].figure.start].lower()):
        return
    growth = [c for c in range(points[0] - 1, scene.by_sentence[max(0, number - 1)].start - 1, -1) if _grew(scene, c)]
    # What takes off again closes the list: `… contributed 4.1 points and … 3.0 points, partly offset by 0.7 points`.
    closed = len(growth) == 1 and _is_closed(scene, number, points)
    offset = [n for n in range(1, len(points)) if _OFFSET.search(scene.between(points[n - 1], points[n]))]
    signs = tuple(-1 if offset and n >= offset[0] else 1 for n in range(len(points)))
    for total in growth[:1]:
        cue = Cue(0, 0, "sum", (), 0, "", "", False, "sum.contributions")
        relation = signed_sum(scene, total, points, signs, cue, 0).relation
        if scene.same_section(total, points[0]) and (closed or slips(relation, scales(scene.book), STRONG)):
            yield relation


def _is_closed(scene: Scene, number: int, points: Sequence[int]) -> bool:
    """Whether a sentence tells of three contributions or more and nothing else, the last of them taken off."""
    alone = list(scene.by_sentence[number]) == list(points) and len(points) > 2
    bare = all(not scene.claims[c].figure.modifier and scene.claims[c].figure.upper is None for c in points)
    return alone and bare and _OFFSET.search(scene.between(points[-2], points[-1])) is not None


def _grew(scene: Scene, claim: int) -> bool:
    figure = scene.claims[claim].figure
    return figure.kind == "percent" and figure.unit == "%" and "percent" in scene.roles(claim, "growth")


def _is_worked_out(scene: Scene, total: int, cue: Cue) -> bool:
    if cue.mode == "close":
        return True
    end, opens = scene.claims[total].figure.end, scene.sentences[scene.claims[total].sentence].start
    said = scene.report.view[max(opens, min(cue.start, end) - _AROUND) : max(cue.end, end)].lower()
    return _WORKED_OUT.search(said) is not None and not _CHANGE.search(scene.report.view[cue.start : cue.end].lower())


def _follows_a_rate(scene: Scene, total: int) -> bool:
    """`… and the tax rate was 27.8%, so that net income came to …`: more goes into it than the amounts before."""
    before = total - 1
    if before not in scene.by_sentence[scene.claims[total].sentence] or scene.claims[before].figure.kind != "percent":
        return False
    return ")" not in scene.between(before, total) and not scene.roles(before, "growth")


def _slipped(scene: Scene, total: int, cue: Cue, eligible: Callable[[int], bool], taken: Taken) -> Iterator[Relation]:
    for priors in (False, True):
        better = priors and _BETTER.search(scene.report.view[cue.start : cue.end].lower()) is not None
        company = figures_before(scene, total, _is_amount(scene) if better else eligible, priors=priors)
        company = [
            c for c in company if _paragraph(scene, c) == _paragraph(scene, total) and _may_make(scene, c, total)
        ]
        if priors:  # `turned from a loss of 12 into a gain of 31, an improvement of 43`
            company = [c for c in company if scene.claims[c].sentence == scene.claims[total].sentence]
        for size in (2,) if priors else (2, 3):
            run = company[-size:]
            if (
                len(run) < size
                or _in_years(scene, (*run, total))
                or any(scene.claims[c].claim_id in taken for c in run)
            ):
                continue
            if any(scene.claims[c].figure.number.value == scene.claims[total].figure.number.value for c in run):
                continue  # said again, it is no part of itself
            for signs in _ways(scene, cue, size):
                # A slip may have made of what is taken off the larger of the two.
                for turning in (True, False):
                    relation = signed_sum(scene, total, run, signs, cue, 0, turning=turning).relation
                    fine = max(fineness(o) for o in relation.operands) >= _FINE
                    told = _is_told(scene, run, total)
                    if told or slips(relation, scales(scene.book), ANY if fine else STRONG):
                        yield relation


def _may_make(scene: Scene, part: int, total: int) -> bool:
    """Whether a figure may make an outcome: money of money, and no amount by which something moved."""
    a, b = scene.claims[part].figure, scene.claims[total].figure
    if b.dimension == "money" and a.unit != b.unit:
        return False  # `staff fell to 2,970 … Net debt is 6.2 billion`
    return _BY.search(scene.report.view[max(0, a.start - _JUST_BEFORE) : a.start].lower()) is None


def _paragraph(scene: Scene, claim: int) -> int:
    return scene.sentences[scene.claims[claim].sentence].paragraph


def _is_told(scene: Scene, run: Sequence[int], total: int) -> bool:
    """`Turned from a loss of 12 into a gain of 31, an improvement of 43`: the words say how the three make one sum."""
    if len(run) != len(_ENDS) or total != run[-1] + 1:
        return False
    start = scene.sentences[scene.claims[total].sentence].start
    said = [
        scene.report.view[max(start, scene.claims[c].figure.start - _AROUND) : scene.claims[c].figure.start].lower()
        for c in (*run, total)
    ]
    return all(words.search(text) is not None for words, text in zip((*_ENDS, _BETTERED), said, strict=True))


def _is_amount(scene: Scene) -> Callable[[int], bool]:
    """A loss or gain is an amount here, though elsewhere it would be a change."""
    return lambda claim: scene.claims[claim].figure.kind == "absolute" and scene.claims[claim].figure.upper is None


def _ways(scene: Scene, cue: Cue, size: int) -> tuple[tuple[int, ...], ...]:
    """How figures come to an outcome: added up, or one taken off another."""
    if cue.mode == "close" or _BETTER.search(scene.report.view[cue.start : cue.end].lower()):
        return ((1,) * size,)
    return _WAYS[size]


def _in_years(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether figures are of several years, or things, in turn."""
    if any(scene.says(scene.claims[c].sentence, "respectively") for c in claims):
        return True
    start, end = scene.claims[claims[0]].figure.start, scene.claims[claims[-1]].figure.end
    return len(set(_YEARS.findall(scene.report.view[start:end]))) > 2
