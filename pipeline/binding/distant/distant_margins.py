"""A margin and the profit and sales that its name calls for, `The operating margin was 13.0%` → part and whole."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.binding.names import Named, Names, named, sole
from pipeline.binding.scene import Scene
from pipeline.patterns import lazy

# `an operating margin of 12.0%`: operating profit to net sales, by whichever name they go.
_MARGIN = lazy(
    r"\b(?P<of>gross|operating|net|profit|ebitda|ebit|pre-tax)(?: profit)? margin\b(?: of (?P<whose>[a-z]+))?"
)
_PROFITS = ("profit", "income", "earnings", "result", "")
SALES = ("net sales", "sales", "net revenue", "revenue", "revenues", "turnover")
_ENOUGH = 4


# `Operating margin reached 14.1% versus 12.9%`: the second is the margin of what was before.
_VERSUS = lazy(r",? ?(?:versus|vs\.?|compared (?:with|to)|against|(?:up |down )?from) ?")

Margin = tuple[Sequence[tuple[int, bool]], Sequence[tuple[Named, bool]]]


def margin(scene: Scene, names: Names, percent: int) -> Margin:
    """`The operating margin of Connectors was 13.0%`: the profit that it is named for, and the sales."""
    if is_margin_before(scene, percent):
        parts, wholes = _named(scene, names, percent - 1)
        then = [(prior, sure) for n, sure in parts[:1] if (prior := _before(scene, n)) is not None]
        over = [(prior, sure) for one, sure in wholes[:1] if (prior := _before(scene, one.claim)) is not None]
        return (then, [(Named(n, 0, False), sure) for n, sure in over]) if then and over else ((), ())
    return _named(scene, names, percent)


def is_margin_before(scene: Scene, percent: int) -> bool:
    """Whether a percentage is what another, right before it, was: `14.1% versus 12.9%`."""
    before = percent - 1
    if before < 0 or not scene.claims[before].figure.kind == scene.claims[percent].figure.kind == "percent":
        return False
    return _VERSUS.fullmatch(scene.between(before, percent)) is not None


def _before(scene: Scene, level: int) -> int | None:
    """What an amount was before, told behind it in its sentence."""
    behind = level + 1
    while behind in scene.by_sentence[scene.claims[level].sentence] and scene.claims[behind].figure.kind != "absolute":
        behind += 1
    told = behind in scene.by_sentence[scene.claims[level].sentence] and "prior" in scene.roles(behind, "growth")
    return behind if told else None


def _named(scene: Scene, names: Names, percent: int) -> Margin:
    """`The operating margin of Connectors was 13.0%`: the profit that it is named for, and the sales."""
    start, end = scene.clause_of(percent)[0], scene.claims[percent].figure.start
    margin = _MARGIN.search(scene.report.view[start:end].lower())
    if margin is None or (percent and scene.claims[percent - 1].figure.start >= start + margin.end()):
        return (), ()
    whose = margin["whose"] or ""
    kind = "operating" if margin["of"] in ("ebit",) else margin["of"]

    def money(n: int) -> bool:
        figure = scene.claims[n].figure
        return figure.kind == "absolute" and not figure.per and figure.dimension in ("money", "")

    found: list[list[Named]] = []
    for nouns in ([f"{kind} {noun}" for noun in _PROFITS if noun or kind == "ebitda"], SALES):
        tried = [names.find(named(f"{whose} {noun}"), percent, money, here=True) for noun in nouns]
        # What this section calls sales comes before what another does.
        near = ([one for one in some if scene.same_section(one.claim, percent)] for some in tried)
        found.append(next((some for some in near if some), []) or next((some for some in tried if some), []))
    if not all(found):
        return (), ()
    parts, wholes = ([(one, one.claim == sole(scene, some)) for one in some[:_ENOUGH]] for some in found)
    return [(one.claim, best) for one, best in parts], wholes
