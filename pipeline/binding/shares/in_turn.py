"""So many parts and as many percents in the same order → one share each: `30 good and 20 poor: 60 % and 40 %`.

They share one whole that stands before them or that the parts make. One pair that falls out of step is flagged, two say
that the rows do not belong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.binding.ledger import Ledger, plain
from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.binding.shares.wholes import as_percent, colon_ratios
from pipeline.fraction import Fraction
from pipeline.model import Confidence, Operand, Printed, Relation
from pipeline.patterns import lazy

_LIST = lazy(r"\W*(?:and|und|or|by)?\W*")
_OF = lazy(r"\s*+(?:respectively\s*+)?,?\s*+of (?:the|all|its|their)\b")
_LIST_OF = lazy(r"\s*+,?\s*+(?:and\s*+)?(?:the )?")
_HUNDRED = Fraction(100)
_FAR_SENTENCES, _CLOSE = 8, 80


def bind(scene: Scene, ledger: Ledger) -> Iterator[Relation]:
    """All shares of a report that two rows give in turn."""
    for number in scene.holding(2):
        for run in (*_percents(scene, number), *colon_ratios(scene, number)):
            yield from (list(_of_wholes(scene, run)) or _paired(scene, ledger, _parts(scene, run), run))
    for parts, run in _in_brackets(scene):
        yield from _paired(scene, ledger, parts, run)


def _in_brackets(scene: Scene) -> Iterator[tuple[list[int], tuple[int, ...]]]:
    """`Germany 398 million (31%), Spain 462 million (36%), …`, in a sentence or line by line: three pairs or more."""
    parts: list[int] = []
    for claim in range(len(scene.claims)):
        part, follows = claim - 1, bool(parts) and claim - 2 == parts[-1] + 1
        if parts and (part == parts[-1] + 1):
            continue  # the amount of the next pair
        if parts and not (follows and len(scene.between(claim - 2, part)) < _CLOSE):
            if len(parts) > 2:
                yield parts, tuple(p + 1 for p in parts)
            parts = []
        if _is_pair(scene, part, claim) and (not parts or same_measure(scene.claims[parts[0]], scene.claims[part])):
            parts.append(part)
    if len(parts) > 2:
        yield parts, tuple(p + 1 for p in parts)


def _is_pair(scene: Scene, part: int, percent: int) -> bool:
    if part < 0 or not plain(scene, part, part=True) or scene.claims[percent].figure.unit != "%":
        return False
    figure = scene.claims[percent].figure
    bare = figure.kind == "percent" and figure.upper is None and not figure.modifier
    told = scene.between(part, percent).strip() == "(" and scene.after(percent).startswith(")")
    return bare and told and scene.same_section(part, percent)


def _percents(scene: Scene, number: int) -> Iterator[tuple[int, ...]]:
    """Percents in a bare list."""
    run: list[int] = []
    for claim in scene.by_sentence[number]:
        figure = scene.claims[claim].figure
        fits = (
            figure.kind == "percent"
            and figure.upper is None
            and not figure.modifier
            and not scene.roles(claim, "growth", "target")
        )
        if run and fits and run[-1] == claim - 1 and _LIST.fullmatch(scene.between(run[-1], claim)):
            run.append(claim)
            continue
        if len(run) > 1:
            yield tuple(run)
        run = [claim] if fits else []
    if len(run) > 1:
        yield tuple(run)


def _of_wholes(scene: Scene, run: Sequence[int]) -> Iterator[Relation]:
    """`926 towns and 8,825 villages, respectively 59.9% and 49.3% of the 1,546 towns and 17,901 villages`: parts,
    percents and wholes in one sentence, as many of each, in the same things."""
    size, sentence = len(run), scene.by_sentence[scene.claims[run[0]].sentence]
    parts, wholes = range(run[0] - size, run[0]), range(run[-1] + 1, run[-1] + 1 + size)
    if (
        parts.start < sentence.start
        or wholes.stop > sentence.stop
        or not scene.says(scene.claims[run[0]].sentence, "respectively")
    ):
        return
    if not _OF.match(scene.between(run[-1], wholes.start)):
        return
    for row in (parts, wholes):
        if not all(plain(scene, c) and not scene.claims[c].figure.modifier for c in row):
            return
        if not all(_LIST_OF.fullmatch(scene.between(a, b)) for a, b in pairwise(row)):
            return
    if not all(
        scene.claims[p].figure.unit == scene.claims[w].figure.unit != "" for p, w in zip(parts, wholes, strict=True)
    ):
        return
    for part, whole, percent in zip(parts, wholes, run, strict=True):
        operands = (
            operand("part", scene.claims[part]),
            operand("whole", scene.claims[whole]),
            _percent(scene, percent),
        )
        reason = "as many parts, percentages and wholes, respectively"
        yield Relation("share", operands, "sentence", "high", "share.in-turn", reason)


def _paired(scene: Scene, ledger: Ledger, parts: Sequence[int] | None, run: Sequence[int]) -> Iterator[Relation]:
    if parts is None:
        return
    whole = _whole(scene, ledger, parts, run)
    if whole is None:
        return
    off = [n for n in range(len(run)) if not _fits(scene, parts[n], run[n], whole)]
    if len(off) > (1 if len(run) > 2 else 0):
        return
    confidence: Confidence = "high" if len(run) > 2 else "medium"
    for part, percent in zip(parts, run, strict=True):
        operands = (
            operand("part", scene.claims[part]),
            operand("whole", scene.claims[whole]),
            _percent(scene, percent),
        )
        scope = scene.scope_of(part, whole, percent)
        yield Relation(
            "share", operands, scope, confidence, "share.in-turn", "as many parts as percentages, in one order"
        )


def _percent(scene: Scene, claim: int) -> Operand:
    """A percent, or a number of a ratio taken for one."""
    return (
        operand("percent", scene.claims[claim])
        if scene.claims[claim].figure.kind == "percent"
        else as_percent("percent", scene.claims[claim])
    )


def _parts(scene: Scene, run: Sequence[int]) -> list[int] | None:
    """The last figures of one measure before the percents, as many as these; here or in the sentence before."""
    number = scene.claims[run[0]].sentence
    for sentence in (number, number - 1):
        if sentence < 0 or scene.sentences[sentence].section != scene.sentences[number].section:
            return None
        ratio = {c for found in colon_ratios(scene, sentence) for c in found}
        before = [
            c for c in scene.by_sentence[sentence] if c < run[0] and c not in ratio and plain(scene, c, part=True)
        ]
        parts = before[-len(run) :]
        if len(parts) == len(run) and all(same_measure(scene.claims[parts[0]], scene.claims[p]) for p in parts):
            return parts
    return None


def _whole(scene: Scene, ledger: Ledger, parts: Sequence[int], run: Sequence[int]) -> int | None:
    """The figure before the parts that most of them are the right share of; far off, what they add up to."""
    ends = [
        _needed(scene.claims[p].figure.number, scene.claims[r].figure.number) for p, r in zip(parts, run, strict=True)
    ]
    best, most = None, 0
    largest = max(scene.claims[p].figure.number.value for p in parts)
    for low, high in ends[: 2 if len(run) > 2 else 1]:
        if low <= 0:
            return None
        for claim in ledger.between(low, high):
            back = scene.claims[parts[0]].sentence - scene.claims[claim].sentence
            far = claim >= parts[0] or back > _FAR_SENTENCES or not scene.same_section(claim, parts[0])
            if far and not (len(run) > 2 and claim not in parts and _make(scene, parts, claim)):
                continue
            if not same_measure(scene.claims[claim], scene.claims[parts[0]]):
                continue
            if scene.claims[claim].figure.number.value < largest:
                continue  # `two persons … of types 1, 2 and 4 were 90%, 86% and 88%`
            fitting = sum(1 for p, r in zip(parts, run, strict=True) if _fits(scene, p, r, claim))
            if fitting > most:
                best, most = claim, fitting
    return best


def _make(scene: Scene, parts: Sequence[int], whole: int) -> bool:
    """Whether parts add up to a whole, as printed: then it is theirs wherever it stands."""
    numbers = [scene.claims[p].figure.number for p in parts]
    over = scene.claims[whole].figure.number
    slack = sum((n.step for n in numbers), over.step) / 2
    return abs(sum((n.value for n in numbers), Fraction(0)) - over.value) <= slack


def _needed(part: Printed, percent: Printed) -> tuple[Fraction, Fraction]:
    """The wholes of which a part may be a percentage."""
    low, high = percent.value - percent.step / 2, percent.value + percent.step / 2
    if low <= 0:
        return Fraction(0), Fraction(0)
    return (part.value - part.step / 2) * _HUNDRED / high, (part.value + part.step / 2) * _HUNDRED / low


def _fits(scene: Scene, part: int, percent: int, whole: int) -> bool:
    over = scene.claims[whole].figure.number
    low, high = _needed(scene.claims[part].figure.number, scene.claims[percent].figure.number)
    return low - over.step / 2 <= over.value <= high + over.step / 2
