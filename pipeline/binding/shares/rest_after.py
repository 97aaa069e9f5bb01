"""Percentages of one whole over a few sentences, the last of which tells `the rest` → shares.

`Distance came first, cited by 37 per cent. Fees followed with 29 per cent, and marriage with 18. Everyone else (16 per
cent) spoke of danger.` All percentages from the first of them on are shares; none is a change or is set beside a plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.listed import shared_out
from pipeline.binding.scene import Scene, operand
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_REST = lazy(
    r"\W*(?:and |with |only |just )*(?:(?:the|its|their|our) (?:remaining|other|rest|remainder|balance|others)"
    r"|(?:everyone|everything|everybody|all|nothing) else|all (?:the )?others?|others)\b"
    r"[^.;:]{0,60}?(?:\((?:the (?:other|remaining) |some |about )?)?$"
)
_OF_REST = lazy(r"\s*of (?:the|these|those|them|which|whom)\b")
_BACK, _MOST = 4, 9
_WHOLE, _NEAR = Fraction(100), 12


def bind(scene: Scene) -> Iterator[Relation]:
    """All such lists of a report, agreeing or nearly."""
    for number in scene.holding(1, first=1):
        percents = _percents(scene, number)
        if percents is None or len(percents) != 1 or not _is_rest(scene, number, percents[0]):
            continue
        runs = list(_before(scene, number))
        relations = [_shares(scene, (*run, percents[0])) for run in runs]
        agreed = next((r for r in relations if agreement(r, scales(scene.book)) != "none"), None)
        if agreed is not None:
            yield agreed
        elif relations and _is_near(relations[-1]) and not _is_of_several(scene, number):
            yield relations[-1]


def _is_rest(scene: Scene, number: int, percent: int) -> bool:
    start = scene.sentences[number].start
    ahead = scene.report.view[start : scene.claims[percent].figure.start].lower()
    return _REST.fullmatch(ahead) is not None and _OF_REST.match(scene.after(percent)) is None


def _percents(scene: Scene, number: int) -> list[int] | None:
    """The percentages of a sentence; None where one is no plain share."""
    found = [c for c in scene.by_sentence[number] if scene.claims[c].figure.kind in ("percent", "points")]
    for claim in found:
        figure = scene.claims[claim].figure
        if figure.unit != "%" or figure.upper is not None or figure.modifier not in ("", "~"):
            return None
        if scene.roles(claim, "target", "annual", "points"):
            return None
        if any(cue.direction for cue in scene.roles(claim, "growth").values()):
            return None  # `cited by 37 per cent` is of no growth, though `by` may be
    return found


def _before(scene: Scene, number: int) -> Iterator[tuple[int, ...]]:
    """The percentages of the sentences right before, of ever more of them, two or more."""
    run: tuple[int, ...] = ()
    for back in range(number - 1, max(number - 1 - _BACK, -1), -1):
        found = _percents(scene, back)
        if scene.sentences[back].paragraph != scene.sentences[number].paragraph or not found:
            return
        run = (*found, *run)
        if len(run) > _MOST:
            return
        if len(run) > 1:
            yield run


def _shares(scene: Scene, claims: Sequence[int]) -> Relation:
    parts = tuple(operand("part", scene.claims[c]) for c in claims)
    why = "the last sentence tells what the shares before it leave"
    return Relation("shares", parts, scene.scope_of(*claims), "high", "shares.rest-after", why)


def _is_near(relation: Relation) -> bool:
    made = sum((o.figure.number.value for o in relation.operands if o.figure is not None), Fraction(0))
    return abs(made - _WHOLE) <= _NEAR


def _is_of_several(scene: Scene, number: int) -> bool:
    """Whether words before speak against shares of one whole."""
    against = shared_out(scene.book).against
    before = scene.sentences[number - 1]
    return against.search(scene.report.view[before.start : scene.sentences[number].end].lower()) is not None
