"""The ends of a range, told again or worked with → growth, ratio, range, repeat.

`Fares lie between £3.60 and £17.20. The dearest thus costs £13.60 more than the cheapest`; `lowest in Accra (2.9) and
highest in North East (6.6). The distance between them, 3.7`; `the mid-point, 810,000 oz`; `the worst reading, 3.7 mg`.
And a range beside the list that it is of: `extended by 62 to 418 days. The extensions were 62, 135, 240 and 418 days.`
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.binding.lines import lists_of_lines
from pipeline.binding.scene import SET, Outcome, Scene, operand
from pipeline.binding.slipped import one_slip_away
from pipeline.binding.sums.slipped_rows import gives_some
from pipeline.binding.words import stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Cue, Operand, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# How many sentences before each may be told of.
_BACK = {"width": 2, "middle": 4, "factor": 1, "top": 2, "bottom": 2, "mean": 1}
_NEAR = Fraction(1, 2)
_TELLING = Fraction(1, 2)
_SOME = lazy(
    r"\b(?:most|some|many|several|including|such as|others?|mainly|mostly|for example|among them|typical\w*)\b"
)
_JOINT, _FEWEST = lazy(r"[^;:.()]{0,40}?(?:,|\band\b)[^;:.()]{0,40}"), 3
# A mean that lies so many times outside a range is one of something else.
_FAR_OUT = 2


@dataclass(frozen=True, slots=True)
class _Span:
    """A range: the claims of its low and its high end, which may be one."""

    low: int
    high: int

    def ends(self, scene: Scene) -> tuple[Operand, Operand]:
        """The operands of both ends, in the roles `low` and `high`."""
        a, b = scene.claims[self.low], scene.claims[self.high]
        if self.low == self.high:
            return operand("low", a, "low"), operand("high", b, "high")
        return operand("low", a), operand("high", b)


def bind(scene: Scene) -> Outcome:
    """All that is said of the ends of a range beside it."""
    spans = _spans(scene)
    if not spans:
        return [], []
    relations: list[Relation] = []
    for cue in scene.cues:
        if cue.kind == "range" and len(cue.roles) == 1 and cue.roles[0][0] in _BACK and cue.roles[0][1] >= 0:
            role, claim = cue.roles[0]
            if role in ("top", "bottom") and "width" in scene.roles(claim, "range"):
                continue
            span = _span(scene, spans, claim, role)
            relation = _told(scene, span, role, claim, cue) if span is not None else None
            relations.extend([relation] if relation is not None else [])
    for number, some in spans.items():
        if len(some) == 1:
            relations.extend(_of_a_list(scene, number, some[0]))
    return relations, []


def _of_a_list(scene: Scene, number: int, span: _Span) -> Iterator[Relation]:
    """A range of which one end is that of the list beside it, and the other is not."""
    low, high = span.ends(scene)
    for row in _lists(scene, number, span):
        sizes = {scene.claims[n].figure.number.value: n for n in row}
        ends = (low, min(sizes)), (high, max(sizes))
        met = [_value(end) == size for end, size in ends]
        if sum(met) != 1:
            continue
        end, size = next(pair for pair, same in zip(ends, met, strict=True) if not same)
        other = operand("mention", scene.claims[sizes[size]])
        why = "one end of the range is that of the list, and the other is not"
        scope = scene.scope_of(span.low, span.high, *row)
        yield Relation("repeat", (replace(end, role="mention"), other), scope, "high", "range.of-a-list", why)


def _lists(scene: Scene, number: int, span: _Span) -> Iterator[Sequence[int]]:
    """The lists of a range's measure in the sentence behind it, or in lines right before it, that tell of the same."""
    sentence, first = scene.sentences[number], scene.claims[span.low]
    said = stems(scene.report.view[sentence.start : sentence.end].lower())
    after = number + 1
    if after < len(scene.sentences) and scene.sentences[after].paragraph == sentence.paragraph:
        row = [n for n in scene.by_sentence[after] if _is_item(scene, n, first)]
        while len(row) > _FEWEST and not _JOINT.fullmatch(scene.between(*row[-2:])):
            row.pop()  # `an average of 214 days`
        told = scene.report.view[scene.sentences[after].start : scene.sentences[after].end].lower()
        joined = all(_JOINT.fullmatch(scene.between(a, b)) for a, b in pairwise(row))
        whole = len(row) >= _FEWEST and _SOME.search(told) is None and not gives_some(scene, row)
        if whole and joined and said & stems(told):
            yield row
    for lines in lists_of_lines(scene):
        last = scene.claims[lines.claims[-1]]
        if 0 < number - last.sentence <= 1 and scene.sentences[last.sentence].section == sentence.section:
            items = range(lines.claims[0], scene.by_sentence[number].start)
            row = [n for n in items if _is_item(scene, n, first)]
            if len(row) == len(lines.claims) and said & stems(lines.names[0]):
                yield row


def _is_item(scene: Scene, n: int, one: Claim) -> bool:
    figure = scene.claims[n].figure
    plain = figure.upper is None and not figure.modifier and not scene.roles(n, "growth", "target")
    alike = figure.unit == one.figure.unit or (not figure.unit and figure.dimension == "")
    return plain and alike and figure.kind == one.figure.kind


def _value(end: Operand) -> Fraction:
    assert end.figure is not None
    figure = end.figure
    return (figure.upper if end.side == "high" and figure.upper is not None else figure.number).value


def _spans(scene: Scene) -> dict[int, list[_Span]]:
    """The ranges of each sentence: `between 3 and 7`, `from 3 in town to 7 in the north`, a lowest and a highest."""
    found: dict[int, list[_Span]] = {}
    for n, claim in enumerate(scene.claims):
        if claim.figure.upper is not None and claim.figure.upper.value > 0 < claim.figure.number.value:
            found.setdefault(claim.sentence, []).append(_Span(n, n))
    for cue in scene.cues:
        roles = dict(cue.roles)
        if cue.kind != "range" or not {"low", "high"} <= set(roles) or min(roles.values()) < 0:
            continue
        low, high = (scene.claims[roles[role]] for role in ("low", "high"))
        span = _Span(roles["low"], roles["high"])
        ordered = _alike(low, high) and low.figure.number.value < high.figure.number.value
        if ordered and span not in found.setdefault(low.sentence, []):
            found[low.sentence].append(span)
    return found


def _span(scene: Scene, spans: dict[int, list[_Span]], claim: int, role: str) -> _Span | None:
    """The only range of a figure's measure in its sentence, or else in the nearest of the few before."""
    number = scene.claims[claim].sentence
    for n in range(number, max(number - _BACK[role], 0) - 1, -1):
        if scene.sentences[n].section != scene.sentences[number].section:
            return None
        held = [s for s in spans.get(n, ()) if claim not in (s.low, s.high)]
        fits = [s for s in held if role == "factor" or _alike(scene.claims[s.low], scene.claims[claim])]
        if role == "middle":
            fits = [s for s in fits if scene.claims[s.high].figure.unit == scene.claims[claim].figure.unit]
        if fits:
            return fits[0] if len(fits) == 1 and (role != "factor" or len(held) == 1) else None
    return None


def _alike(one: Claim, other: Claim) -> bool:
    a, b = one.figure, other.figure
    kinds = {"rate": "absolute", "points": "percent"}
    if kinds.get(a.kind, a.kind) != kinds.get(b.kind, b.kind):
        return False
    return a.unit == b.unit or "points" in (a.kind, b.kind) or not b.unit or (not a.unit and a.dimension == "")


def _told(scene: Scene, span: _Span, role: str, claim: int, cue: Cue) -> Relation | None:
    figure = scene.claims[claim].figure
    if figure.upper is not None or figure.modifier not in ("", "~"):
        return None
    if role == "mean" and any(cue.mode == SET for cue in scene.roles(claim, "growth").values()):
        return None  # `It went from 46% to 48% and is still below the national average of 50%.`
    low, high = span.ends(scene)
    first = scene.claims[span.low].figure
    if role != "middle" and first.upper is not None and first.upper.value <= first.number.value:
        return None  # a range told from the top
    told: tuple[Operand, ...]
    said = operand(role, scene.claims[claim])
    if role == "width":
        kind = "points" if figure.kind == "points" else "growth"
        told = (replace(high, role="level"), replace(low, role="prior"), replace(said, role="change"))
    elif role == "factor":
        kind, bare = "ratio", replace(figure, kind="factor" if figure.kind == "absolute" else figure.kind)
        told = (replace(high, role="level"), replace(low, role="prior"), replace(said, figure=bare))
    elif role in ("middle", "mean"):
        kind, told = "range", (low, high, replace(said, role="average"))
    else:
        kind, told = "repeat", (replace(high if role == "top" else low, role="mention"), replace(said, role="mention"))
    words = f"“{' '.join(scene.report.text[cue.start : cue.end].split())}”"
    scope = scene.scope_of(span.low, span.high, claim)
    direction, mode = (1, "of") if kind == "ratio" else (int(kind in ("growth", "points")), "")
    mode = "middle" if role == "middle" else mode
    relation = Relation(kind, told, scope, "high", cue.rule, words, direction, mode)
    if agreement(relation, scales(scene.book)) != "none":
        return relation
    sure = _is_close(low, high, role, figure.number.value)
    return relation if sure or one_slip_away(relation, scales(scene.book), least=_TELLING) else None


def _is_close(low: Operand, high: Operand, role: str, said: Fraction) -> bool:
    """Whether a figure is about what the ends of a range make of it."""
    assert low.figure is not None and high.figure is not None
    a = low.figure.number.value
    b = (high.figure.upper or high.figure.number).value if high.side else high.figure.number.value
    if role == "mean":
        return a <= said * _FAR_OUT and said <= b * _FAR_OUT
    wanted = {"width": b - a, "middle": (a + b) / 2, "factor": b / a if a else b, "top": b, "bottom": a}[role]
    near = _NEAR if role in ("width", "factor") else _NEAR / 4 if role == "middle" else Fraction(0)
    return abs(said - wanted) <= wanted * near
