"""Whether a sentence tells a whole in full: it holds its parts, its total, and no figure beside them.

`The fleet consists of 58 ships: 21 tankers, 29 freighters and 8 tugs`; `of the 640 lambs 410 were sold and the
remaining 230 kept`. Words tie such figures whatever they add up to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.binding.scene import Scene, operand
from pipeline.binding.sums.runs import is_head
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.patterns import lazy

_YEAR = lazy(r"\b(?:1[89]|20)\d\d\b")
# Words by which parts are not all, overlap, are set against one another, or are told of a part only.
_OPEN = lazy(
    r"\b(?:such as|for example|for instance|e\.g|notably|mainly|mostly|most|largest|biggest|highest|followed by|led by|"
    r"including|includes?|of which|of whom|among (?:them|which|whom)|in particular|especially|among others|etc|"
    r"or more|offset|less|minus|net|excluding|except|compared|against|than|respectively|each|every|per(?! cent)|both|"
    r"some of|increas\w*|decreas\w*|rose|rise|fell|grew|growth|up|down|from \S*\d|another|further|additional|more|"
    r"other than|target|plan|planned|since|average|between|different|"
    r"exceed\w*|difference|gap|surplus|deficit|variance|margin|loss|change)\b"
)
# Percents of one whole may be of ages or sizes: `between 10 and 39`.
_OF_SIZES = lazy(r"\b(?:between|more than|less than|or more|over|under|than)\b")
# What flows is measured by the second, as a whole and in its parts.
_A_SECOND = lazy(r"\bper (?:second|minute|hour)\b")
_TOGETHER = lazy(
    r"^\W*(?:together|combined|in all|altogether|in total|jointly|the two|the three|both|the combined|taken)\b"
    r"[^.;]{0,60}$"
)
_LAST = lazy(r"\b(?:and|plus)\b|\bthe (?:remaining|rest|other|balance)\b")
_SOME_OF_IT = lazy(r"\b(?:of which|including|included|includes|comprising|comprised|of that|of this)\b")
_WAS_DONE = lazy(r" (?:was|were|is|are|has been|have been|went|goes|will be) [a-z]")
_SPENT_ON = lazy(
    r" (?:(?:was|were|is|are|has been) )?(?:(?:spent|used|earmarked|set aside|meant|allocated|paid) )?(for|on|to) "
)
_ANOTHER = lazy(
    r"(?:,|,? and|, and) (?:the |its |our )?(?!(?:for|to|in|on|from|with|by|at|of|another|a|an|further)\b)"
    r"(?:(?!(?:for|to|in|on|from|with|by|at|was|were|is|are)\b)[a-z'’-]+ ){1,5}"
)
_OF_WHICH = lazy(r"\b(?:of which|of whom)\b")
_ARE = lazy(r"\s+(?:are|were)\s+(?!in\b|at\b|on\b|from\b|of\b|also\b|[a-z]+ed\b|found\b)[a-z]")
_LONGEST = 6


def tells(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """Whether a sentence is of a total and these parts, the last of them behind `and`, and of nothing else."""
    return _holds(scene, (total, *parts), "absolute") and lists(scene, parts)


def holds(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """Whether a sentence holds a total and its parts and nothing beside them, however they are told."""
    return _holds(scene, (total, *parts), "absolute")


def tells_parts(scene: Scene, parts: Sequence[int]) -> bool:
    """Whether a sentence is of these parts, the last of them behind `and`, and of no other figure."""
    return _holds(scene, parts, "absolute") and lists(scene, parts)


def tells_shares(scene: Scene, parts: Sequence[int]) -> bool:
    """Whether a sentence is of these percents, the last of them behind `and`, and of no other figure."""
    return _holds(scene, parts, "percent") and lists(scene, parts, sizes=True)


def bind(scene: Scene) -> Iterator[Relation]:
    """`The first phase cost $18.4 million and the second $23.1 million. The two together cost $41.5 million.`"""
    for number in scene.holding(1, first=1):
        here, before = scene.by_sentence[number], list(scene.by_sentence[number - 1])
        if len(before) > 2 and _is_number_of(scene, before[0], before[1:]):
            before = before[1:]  # `Sales of the three divisions were …`
        if scene.sentences[number].section != scene.sentences[number - 1].section or len(before) < 2:
            continue
        totals = [c for c in here if scene.claims[c].figure.kind == "absolute" and not _is_number_of(scene, c, before)]
        if len(totals) != 1 or not _are_together(scene, totals[0]) or len(before) > _LONGEST:
            continue
        figures = [scene.claims[c].figure for c in (*totals, *before)]
        alike = all(f.unit == figures[0].unit and f.kind == "absolute" and not f.modifier for f in figures)
        rates = {f.per for f in figures if f.per}  # `340 bicycles a day and the second 285`
        flows = not rates or (len(rates) == 1 and bool(figures[0].per))
        if figures[0].unit and alike and flows and all(f.upper is None for f in figures) and lists(scene, before):
            parts = (operand("part", scene.claims[c]) for c in before)
            operands = (operand("total", scene.claims[totals[0]]), *parts)
            why = "words add up the figures of the sentence before"
            yield Relation("sum", operands, "neighbour", "high", "sum.together", why)


def are_too_many(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """`340 people, of whom 120 are engineers, 90 technicians, 80 clerks and 75 drivers`: nobody is two of these."""
    made = sum((scene.claims[p].figure.number.value for p in parts), Fraction(0))
    if scene.claims[total].figure.dimension == "money" and made > scene.claims[total].figure.number.value:
        return _are_spent_apart(scene, total, parts)
    if _OF_WHICH.search(scene.between(total, parts[0])) is None:
        return False
    verbs = [_ARE.match(scene.after(p)) is not None for p in parts]
    return len(parts) > 2 and made > scene.claims[total].figure.number.value and verbs[0] and not any(verbs[1:])


def _are_spent_apart(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """`$612 million, including 224 for ports, 270 for rails and 175 for roads`, `of which 14 was deferred and 5 was
    paid`: no money is spent on two things."""
    if is_head(scene, total) and len(parts) > 2:  # `Of the 19.6 million disbursed, schools took 9.8, roads 6.4 …`
        return _holds(scene, (total, *parts), "absolute")
    opened = _SOME_OF_IT.search(scene.between(total, parts[0])) is not None
    done = [_WAS_DONE.match(scene.after(p)) is not None for p in parts]
    ends = [found[1] if (found := _SPENT_ON.match(scene.after(p))) else "" for p in parts]
    alike = len(parts) > 2 and len(set(ends)) == 1 and bool(ends[0])
    # `of which the state paid 10.3 million, the towns 7.4 and the banks 9.2`: each is another payer.
    alike = alike or (len(parts) > 2 and all(_ANOTHER.fullmatch(scene.between(a, b)) for a, b in pairwise(parts)))
    pair = len(parts) == 2 and done[0] and (done[1] or (ends[0] == ends[1] != ""))
    return opened and (alike or pair) and _holds(scene, (total, *parts), "absolute")


def _is_number_of(scene: Scene, claim: int, parts: Sequence[int]) -> bool:
    figure = scene.claims[claim].figure
    return figure.discrete and figure.number.value == len(parts)


def _are_together(scene: Scene, total: int) -> bool:
    """Whether words before a figure make it what several come to."""
    start = scene.sentences[scene.claims[total].sentence].start
    return _TOGETHER.search(scene.report.view[start : scene.claims[total].figure.start].lower()) is not None


def _holds(scene: Scene, claims: Sequence[int], kind: str) -> bool:
    """Whether a sentence holds these plain figures, and no other of their kind but the number of them and ratios."""
    sentence = scene.by_sentence[scene.claims[claims[0]].sentence]
    figures = [scene.claims[c].figure for c in claims]
    hedges = ("", "~") if kind == "percent" else ("",)  # `Some 21.4 percent`
    plain = all(f.modifier in hedges and f.kind == kind and f.upper is None for f in figures)
    others = [c for c in sentence if c not in claims]
    plain = plain and all(c in sentence for c in claims)
    return plain and all(_is_aside(scene, c, claims, kind) for c in others)


def _is_aside(scene: Scene, claim: int, claims: Sequence[int], kind: str) -> bool:
    """`The two towns of …`, `… in the ratio of 60:40`, and ages beside percents."""
    figure = scene.claims[claim].figure
    if kind == "percent":
        return figure.kind == "absolute" and figure.dimension in ("", "time")
    counted = claim < min(claims) and figure.discrete and figure.number.value in (len(claims), len(claims) - 1)
    ratio = claim > max(claims) and not figure.dimension and ":" in scene.report.view[figure.start - 1 : figure.end + 1]
    return counted or ratio


def lists(scene: Scene, parts: Sequence[int], *, sizes: bool = False, since: int = 0) -> bool:
    """Whether figures are one list that `and` closes, in a sentence that leaves nothing out nor compares.

    Words of the sentence are read from `since` on.
    """
    if not 2 <= len(parts) <= _LONGEST or not all(_in_row(scene, a, b) for a, b in pairwise(parts)):
        return False
    span = scene.sentences[scene.claims[parts[0]].sentence]
    text = scene.report.view[max(span.start, since) : span.end]
    text = _OF_SIZES.sub(" ", text.lower()) if sizes else _A_SECOND.sub(" ", text.lower())
    closed = _LAST.search(scene.between(parts[-2], parts[-1])) is not None
    return closed and len(_YEAR.findall(text)) <= 1 and _OPEN.search(text) is None


def _in_row(scene: Scene, first: int, second: int) -> bool:
    """Whether a part follows another as in a list, and not in a clause of its own."""
    return not re.search(r"[;:.]", scene.between(first, second))
