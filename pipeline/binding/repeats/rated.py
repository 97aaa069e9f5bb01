"""One sum in two currencies at a rate told beside it → conversion; and what one unit is said to be in another.

`₦9.24 billion has been carried at US$12.0m using ₦770 to the dollar`, `(US$1 = UGX 3,700)`: a sentence, or two, hold
one amount of each currency and the rate. `One cubic yard is 0.765 m³` checks itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.binding.scene import Outcome, Scene, operand
from pipeline.binding.slipped import one_slip_away
from pipeline.exact import ratio
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_IS = lazy(
    r"\s*(?:=|≈|:|/|to|at|is|was|being|equals|equalled|equal to|buys|bought|per|for|makes|contains|weighs|weighing)\s*"
    r"(?:about |some |roughly |approximately |equal to )?"
)
_BACK = 1
# Two amounts that lie farther from the rate than this are not meant for one.
_TIMES = 3
_TELLING = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class _Rate:
    """A rate: its claim, the claim that says `1`, if any, and that one's currency."""

    claim: int
    one: int
    of: str


def bind(scene: Scene) -> Outcome:
    """All amounts that stand beside the rate between their currencies."""
    relations: list[Relation] = []
    for rate in _rates(scene):
        relation = _amounts(scene, rate)
        if relation is not None:
            relations.append(relation)
    return [*relations, *_definitions(scene)], []


def _rates(scene: Scene) -> Iterator[_Rate]:
    """The rates between two currencies: `US$1 = UGX 3,700`, `CNY 7.0 to the dollar`."""
    for n, claim in enumerate(scene.claims):
        figure = claim.figure
        if figure.dimension != "money" or figure.upper is not None or not figure.number.value:
            continue
        if n and _is_one(scene, n - 1) and _joined(scene, n - 1, n) and scene.claims[n - 1].figure.unit != figure.unit:
            yield _Rate(n, n - 1, scene.claims[n - 1].figure.unit)
        elif "rate" in scene.roles(n, "conversion") and figure.number.value < 10**6:
            yield _Rate(n, n, "")


def _is_one(scene: Scene, n: int) -> bool:
    figure = scene.claims[n].figure
    return figure.number.value == 1 and figure.upper is None and not figure.modifier


def _joined(scene: Scene, first: int, second: int) -> bool:
    same = scene.claims[first].sentence == scene.claims[second].sentence
    return same and _IS.fullmatch(scene.between(first, second)) is not None


def _amounts(scene: Scene, rate: _Rate) -> Relation | None:
    """The only two amounts near a rate, one in each of its currencies."""
    number = scene.claims[rate.claim].sentence
    unit = scene.claims[rate.claim].figure.unit
    for first in range(number, max(number - _BACK, 0) - 1, -1):
        if scene.sentences[first].section != scene.sentences[number].section:
            return None
        money = [n for s in range(first, number + 1) for n in scene.by_sentence[s] if _is_amount(scene, n, rate)]
        mine = [n for n in money if scene.claims[n].figure.unit == unit]
        others = [n for n in money if n not in mine and rate.of in ("", scene.claims[n].figure.unit)]
        if len(mine) > 1 or len(others) > 1:
            return None
        if mine and others:
            return _at(scene, sorted((*mine, *others)), rate) if len(money) == 2 else None
    return None


def _is_amount(scene: Scene, n: int, rate: _Rate) -> bool:
    figure = scene.claims[n].figure
    return figure.dimension == "money" and n not in (rate.claim, rate.one) and figure.kind in ("absolute", "rate")


def _at(scene: Scene, pair: Sequence[int], rate: _Rate) -> Relation | None:
    figures = [scene.claims[n].figure for n in pair]
    if any(
        figure.upper is not None or figure.modifier not in ("", "~") or not figure.number.value for figure in figures
    ):
        return None
    operands = (*(operand("mention", scene.claims[n]) for n in pair), operand("rate", scene.claims[rate.claim]))
    scope = scene.scope_of(*pair, rate.claim)
    why = "one amount of each currency stands beside the rate between them"
    relation = Relation("conversion", operands, scope, "high", "conversion.at-the-rate", why)
    if agreement(relation, scales(scene.book)) != "none":
        return relation
    times = scene.claims[rate.claim].figure.number.value
    a, b = (figure.number.value for figure in figures)
    apart = min(max(x, 1 / x) for x in (a / b / times, a / b * times))
    near = apart <= _TIMES and (scope == "sentence" or rate.one != rate.claim)
    return relation if near or one_slip_away(relation, scales(scene.book), least=_TELLING) else None


def _definitions(scene: Scene) -> Iterator[Relation]:
    """`one cubic yard is 0.765 m³`"""
    for n in range(1, len(scene.claims)):
        if not _is_one(scene, n - 1) or not _joined(scene, n - 1, n):
            continue
        a, b = (scene.claims[m].figure for m in (n - 1, n))
        if _is_measure(a, b) and ratio(a.unit, b.unit, scales(scene.book)):
            one = operand("mention", scene.claims[n - 1])
            operands = (replace(one, figure=replace(a, discrete=True)), operand("mention", scene.claims[n]))
            why = "one unit is told in another"
            yield Relation("conversion", operands, "sentence", "high", "conversion.one-is", why)


def _is_measure(a: Figure, b: Figure) -> bool:
    plain = not b.per and b.upper is None and b.kind == a.kind == "absolute"
    return plain and a.dimension == b.dimension not in ("money", "count", "time", "") and a.unit != b.unit
