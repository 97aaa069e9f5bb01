"""Words by which one sentence tells a part, its whole and the percent → what `shares` may take for said.

`45 of them, or 35 percent`; two figures and a percent alone; a rate and `1,148 of the 1,400 beds`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.binding.ledger import plain
from pipeline.binding.scene import Scene, same_measure
from pipeline.patterns import lazy

# `150 contracts; 45 of them, or 35 percent, …`: what they are taken out of was said right before.
OF_THEM = lazy(r"\s*of (?:them|these|those|which|whom)\b")
_OUT_OF = lazy(r"\s*(?:(?:out )?of (?:the|its|their|these|all)|out of an? (?:[a-z]+ ){1,3}of)\s*")
_RATED = lazy(
    r"\b(?:coverage|occupancy|proportion|share|completion|attendance|utili[sz]ation|achievement|"
    r"(?:response|pass|success|completion|coverage|survival|recovery|repayment|attendance|vacancy) rate)\b"
)
INTEREST = lazy(r"\binterest|\bat (?:an?|the) (?:[a-z]+ )?rate|\byield|\bcoupon")
NAMES_A_WHOLE = lazy(r"\W{0,3}of\b")


def points_back(scene: Scene, part: int, percent: int, whole: int) -> bool:
    """Whether a part is said of the things before it: `45 of them, or 35 percent`, `52,500, half of them`."""
    figure = scene.claims[whole].figure
    counted = figure.discrete and figure.dimension in ("count", scene.claims[part].figure.dimension)
    if not counted and (figure.dimension or figure.number.step != 1):
        return False
    said = scene.claims[whole].sentence == scene.claims[part].sentence and percent == part + 1
    if not said and _is_one_of_several(scene, part, whole):
        return False
    return OF_THEM.match(scene.after(part)) is not None or (said and OF_THEM.match(scene.after(percent)) is not None)


def _is_one_of_several(scene: Scene, part: int, whole: int) -> bool:
    """Whether a figure of a sentence before is one of several that a larger one leads: they all are spoken of.

    `Of the 1,268 firms 417 are here and 385 elsewhere. We rang 317 of them`
    """
    alike = [
        c for c in scene.by_sentence[scene.claims[whole].sentence] if same_measure(scene.claims[c], scene.claims[whole])
    ]
    larger = [c for c in alike if scene.claims[c].figure.number.value > scene.claims[whole].figure.number.value]
    return len(alike) > 2 and bool(larger) and larger[0] == alike[0] and whole < part


def is_alone(scene: Scene, part: int, percent: int, whole: int) -> bool:
    """`12.4 lakh houses were sanctioned and 9.3 lakh, or 75 per cent, were completed`: the sentence tells of no other
    figure, and names no whole behind the percent."""
    told = list(scene.by_sentence[scene.claims[percent].sentence]) == [whole, part, percent]
    a, b = scene.claims[whole].figure, scene.claims[part].figure
    alike = a.dimension == b.dimension != "" or (a.dimension == "count" and not b.dimension)
    plain_ = (
        not (a.modifier or b.modifier)
        and plain(scene, part, part=True)
        and scene.claims[percent].figure.kind == "percent"
    )
    named = NAMES_A_WHOLE.match(scene.after(percent)) is not None
    return told and alike and plain_ and not named and not _make_one_before(scene, whole, part)


def _make_one_before(scene: Scene, first: int, second: int) -> bool:
    """Whether two figures make one of the sentence before: `1,840 tonnes came. 1,702 were used; 138, or 7.5%, not`."""
    number = scene.claims[first].sentence - 1
    if number < 0 or scene.sentences[number].section != scene.sentences[number + 1].section:
        return False
    both = [scene.claims[n].figure.number for n in (first, second)]
    made, slack = sum(n.value for n in both), sum(n.step for n in both) / 2
    figures = (scene.claims[n].figure for n in scene.by_sentence[number])
    unit = scene.claims[first].figure.unit
    return any(f.unit == unit and abs(f.number.value - made) <= slack + f.number.step / 2 for f in figures)


def out_of(scene: Scene, percent: int) -> Iterator[tuple[int, int]]:
    """`Occupancy was 82% as 1,148 of the 1,400 beds were in use`: a rate, a part of a whole, and no other figure."""
    others = [c for c in scene.by_sentence[scene.claims[percent].sentence] if c != percent]
    if len(others) != 2 or others[1] != others[0] + 1 or not _OUT_OF.fullmatch(scene.between(*others)):
        return
    start, end = scene.clause_of(percent)
    said = scene.report.view[start:end].lower()
    if _RATED.search(said) and not INTEREST.search(said) and not any(scene.claims[c].figure.modifier for c in others):
        yield others[0], others[1]
