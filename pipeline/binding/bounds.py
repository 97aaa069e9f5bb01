"""A bound and a figure that is said to keep to it, or not to → limit.

`The ratio must stay at or under 0.85; the audited ratio, 0.82, was thus compliant`: a figure is called a bound by the
words of a rule, and words of compliance stand with the one other figure of its measure. `In no county did it dip under
40; Leitrim, at 41.3, was lowest`: what is said of all holds of the last of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.binding.listed import keeping
from pipeline.binding.scene import Outcome, Scene, countable, operand
from pipeline.model import Cue, Relation
from pipeline.patterns import lazy

_AT_LEAST = {">": 1, ">=": 1, "<": -1, "<=": -1}
_STRICT = (">", "<")
_DENIED = lazy(r"\b(?:not|never|cannot|n[’']t)\b[^,]{0,40}$")
_NOT = lazy(r"\b(?:no|not|none|never|neither|nor|nowhere|without|cannot)\b|n[’']t\b")
# What stands behind a figure that is a distance from something, or one of another time.
_APART = lazy(
    r"\s*(?:[a-z]+ ){0,2}?(?:points?|more|less|fewer|higher|lower|above|below|over|under|short|inside|beyond|off)\b"
)
_IN_BRACKETS = lazy(r"(?: [^\W\d][\w'’-]*){0,8} \((?:[a-z]+:? ){0,2}")
# What is only meant, or asked for: `the goal is to meet it`; but what was `found to meet it` does.
_MEANT = lazy(
    r"\b(?:will|would|should|shall|must|may|might|can|could|if|whether|unless|until|when"
    r"|(?<!found )(?<!able )(?<!continued )(?<!managed )(?<!failed )(?<!seen )(?<!deemed )(?<!held )to)(?: [a-z]+ly)? $"
)
# `was satisfied with a ratio of less than 1 to 1`: what stands there is what is held against a bound.
_WITH = lazy(r"\s*(?:with|at|by)\b[^.;:0-9]{0,40}")
_VALUED = lazy(r"\b(?:better|worse)\b")
_CLAUSES = lazy(r"[,;:.]")
_JOINTS = lazy(r"[;:.]")
_NEAR, _LEAD, _BEHIND, _BACK = 70, 60, 30, 1
_COMPARED = frozenset(("change", "prior"))


def bind(scene: Scene) -> Outcome:
    """All figures that are set against a bound."""
    relations: dict[tuple[str, str], Relation] = {}
    for n in range(len(scene.claims)):
        bound = _bound(scene, n)
        if bound is None:
            continue
        for relation in (*_ruled(scene, bound), *_of_all(scene, bound)):
            relations.setdefault((relation.operands[0].ref, relation.operands[1].ref), relation)
    for relation in (*_bracketed(scene), *_set(scene)):
        relations.setdefault((relation.operands[0].ref, relation.operands[1].ref), relation)
    return list(relations.values()), []


@dataclass(frozen=True, slots=True)
class _Bound:
    """A claim that bounds others: a least (1) or a most (-1), and whether it may be reached itself."""

    claim: int
    way: int
    strict: bool

    def turned(self) -> _Bound:
        """What breaks it: `at most 5` is broken by more than 5, `under 5` by 5."""
        return _Bound(self.claim, -self.way, not self.strict)


def _bound(scene: Scene, n: int) -> _Bound | None:
    """A figure as a bound, by its modifier or by the noun that it has."""
    figure, view = scene.claims[n].figure, scene.report.view
    if figure.upper is not None or figure.kind not in ("absolute", "percent", "rate", "factor"):
        return None
    if figure.modifier in _AT_LEAST:
        found = _Bound(n, _AT_LEAST[figure.modifier], figure.modifier in _STRICT)
        start = scene.sentences[scene.claims[n].sentence].start
        clause = _JOINTS.split(view[start : figure.start].lower())[-1]
        denied = keeping(scene.book)["none"].search(clause) or _DENIED.search(clause)
        # `No candidate may spend more than 25,000`; `no customer exceeded 10%` is read as at most so much.
        return found.turned() if denied and found.strict else found
    cue = _named(scene, n)
    return _Bound(n, cue.direction, False) if cue is not None and cue.direction and not figure.modifier else None


def _named(scene: Scene, n: int) -> Cue | None:
    """The words that call a figure a bound; those that set another against it tell of that one's side."""
    said = [(role, cue) for role, cue in scene.cues_of.get(n, ()) if cue.kind == "limit"]
    if any(role == "value" for role, _ in said):
        return None  # `attrition of 9.4% kept us inside the ceiling of 12%`
    return next((cue for role, cue in said if role == "bound" and cue.mode != "side"), None)


def _ruled(scene: Scene, bound: _Bound) -> Iterator[Relation]:
    """The one figure that words of compliance stand with, in the sentence of a rule or the next."""
    words = keeping(scene.book)
    claim = scene.claims[bound.claim]
    span, view = scene.sentences[claim.sentence], scene.report.view
    before = view[span.start : claim.figure.start].lower()
    named = _named(scene, bound.claim) is not None
    behind = view[claim.figure.end : min(span.end, claim.figure.end + _BEHIND)].lower()
    if not named and words["rule"].search(before) is None and words["rule"].search(behind) is None:
        return
    for number in range(claim.sentence, min(claim.sentence + _BACK + 1, len(scene.sentences))):
        sentence = scene.sentences[number]
        if sentence.section != span.section or (number > claim.sentence and sentence.paragraph > span.paragraph + 1):
            return
        text = view[sentence.start : sentence.end].lower()
        for at, keeps, said in sorted(_verdicts(words, text, bound.way), key=lambda v: v[:2]):
            start, end = sentence.start + at, sentence.start + said.end()
            value = _value(scene, bound.claim, number, start, end)
            ahead = view[max(sentence.start, start - _LEAD) : start].lower()
            told = number == claim.sentence and _WITH.fullmatch(view[end : claim.figure.start].lower())
            if value is None or _MEANT.search(ahead) or told:
                continue
            kept = keeps is not (_NOT.search(_CLAUSES.split(ahead)[-1]) is not None)
            yield _limit(scene, value, bound if kept else bound.turned(), said[0])
            return


def _verdicts(words: dict[str, re.Pattern[str]], text: str, way: int) -> Iterator[tuple[int, bool, re.Match[str]]]:
    """Words in a text that say whether a bound is kept, with where they stand."""
    for says, keeps in (("kept", True), ("broken", False), ("above", way > 0), ("below", way < 0)):
        for said in words[says].finditer(text):
            yield said.start(), keeps, said


def _value(scene: Scene, bound: int, number: int, start: int, end: int) -> int | None:
    """The one figure of the bound's measure in the clause of the words from `start` to `end`."""
    found = [n for n in scene.by_sentence[number] if n != bound and _may_be(scene, n, bound)]
    near = [n for n in found if _in_reach(scene, n, start, end, bound)]
    return near[0] if len(near) == 1 == len(found) else None


def _in_reach(scene: Scene, n: int, start: int, end: int, bound: int) -> bool:
    """Whether a figure and words stand close, with no joint between them."""
    figure, other = scene.claims[n].figure, scene.claims[bound].figure
    a, b = (figure.end, start) if figure.end <= start else (end, figure.start)
    between = scene.report.view[a:b] if a <= b else ""
    if a <= other.start < b or (figure.end > start and figure.start < end):
        return False
    return len(between) <= _NEAR * 2 and _JOINTS.search(between) is None


def _may_be(scene: Scene, n: int, bound: int, *, told: bool = False) -> bool:
    a, b = scene.claims[n].figure, scene.claims[bound].figure
    majority = a.kind == "percent" and b.kind == "factor"
    alike = majority or (
        countable(scene.claims[n], scene.claims[bound]) and (a.dimension not in ("count", "money") or a.unit == b.unit)
    )
    if not a.dimension and b.dimension not in ("", "count", "time"):
        return False
    if (a.dimension not in ("", "count") and not b.dimension) or (a.dimension == "time" and a.unit != b.unit):
        return False
    return (
        alike
        and a.modifier in ("", "~")
        and a.upper is None
        and (told or not _COMPARED & set(scene.roles(n, "growth", "target")))
        and (told or _APART.match(scene.after(n)) is None)
    )


def _of_all(scene: Scene, bound: _Bound) -> Iterator[Relation]:
    """`No county was under 40; Leitrim, at 41.3, was lowest`: what is said of all holds of the last of them."""
    claim, view, words = scene.claims[bound.claim], scene.report.view, keeping(scene.book)
    span = scene.sentences[claim.sentence]
    clause = _JOINTS.split(view[span.start : claim.figure.start].lower())[-1]
    if words["none"].search(clause) is None and words["all"].search(clause) is None:
        return
    for m in scene.by_sentence[claim.sentence]:
        if m <= bound.claim or not _may_be(scene, m, bound.claim):
            continue
        between = view[claim.figure.end : scene.claims[m].figure.start].lower()
        last = words["highest" if bound.way < 0 else "lowest"]
        if words["unless"].search(between) is None and last.search(_around(scene, m)) is not None:
            yield _limit(scene, m, bound, view[claim.figure.start : claim.figure.end])


def _around(scene: Scene, n: int) -> str:
    """The words about a figure, from the figure or joint before it to the next."""
    view, figure = scene.report.view, scene.claims[n].figure
    numbers = scene.by_sentence[scene.claims[n].sentence]
    start = scene.claims[n - 1].figure.end if n > numbers.start else scene.sentences[scene.claims[n].sentence].start
    end = scene.claims[n + 1].figure.start if n + 1 in numbers else scene.sentences[scene.claims[n].sentence].end
    ahead = re.split(r"[;.]", view[max(start, figure.start - _NEAR) : figure.start])[-1]
    behind = re.split(r"[;.]| and | while ", view[figure.end : min(end, figure.end + _LEAD // 2)])[0]
    return f"{ahead} {behind}".lower()


def _set(scene: Scene) -> Iterator[Relation]:
    """`51 per cent, comfortably above the minimum of 60 per cent`"""
    for cue in scene.cues:
        roles = dict(cue.roles)
        bound = roles.get("prior", roles.get("target", -1))
        told = cue.kind == "limit"
        bound, value = (roles["bound"], roles.get("value", -1)) if told else (bound, roles.get("level", -1))
        if cue.mode not in ("set", "side") or not cue.direction or min(bound, value) < 0:
            continue
        # `better than the target of no more than 290` does not say which way is better.
        said = scene.report.view[cue.start : cue.end].lower()
        bounded = told or (scene.claims[bound].figure.modifier in _AT_LEAST and _VALUED.search(said) is None)
        if bounded and _may_be(scene, value, bound, told=True):
            yield _limit(scene, value, _Bound(bound, cue.direction, False), scene.report.view[cue.start : cue.end])


def _bracketed(scene: Scene) -> Iterator[Relation]:
    """`Fewer than half of those eligible voted (turnout: 47.3%)`"""
    for n in scene.by_unit.get("%", ()):
        first = scene.claims[n - 1].figure if n else scene.claims[n].figure
        if first.kind != "factor" or first.modifier not in _AT_LEAST or first.number.manner != "fraction":
            continue
        alone = scene.claims[n].figure.kind == "percent" and scene.claims[n].figure.modifier == ""
        if alone and scene.after(n).startswith(")") and _IN_BRACKETS.fullmatch(scene.between(n - 1, n)):
            bound = _Bound(n - 1, _AT_LEAST[first.modifier], first.modifier in _STRICT)
            yield _limit(scene, n, bound, scene.report.view[first.start : first.end])


def _limit(scene: Scene, value: int, bound: _Bound, words: str) -> Relation:
    held = operand("bound", scene.claims[bound.claim])
    plain = replace(held, figure=replace(scene.claims[bound.claim].figure, modifier=""))
    operands = (operand("value", scene.claims[value]), plain)
    scope = scene.scope_of(value, bound.claim)
    reason = f"“{' '.join(words.split())}”"
    mode = "strict" if bound.strict else ""
    return Relation("limit", operands, scope, "high", "limit.bound", reason, bound.way, mode)
