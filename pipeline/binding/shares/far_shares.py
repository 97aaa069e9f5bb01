"""A percent, and its part or whole beyond the neighbouring sentences → pairs of figures that may be them.

Words name what the percent is of (`of net income`, a margin on sales) and whose it is (`Administration took 5.9 percent
of all disbursements`). Whether the pairs agree is for others to tell: what stands far off counts only if it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from pipeline.binding.ledger import Ledger, plain, stems
from pipeline.binding.scene import Scene, same_measure
from pipeline.fraction import Fraction
from pipeline.model import Cue
from pipeline.patterns import lazy

_OF = lazy(r"\W{0,3}of ((?:(?:the|its|our|their|all|total|this|that|these|those)\s+)?[a-z][a-z' -]{2,50})")
_MEASURED_AGAINST = lazy(
    r"\b(?:measured|set|put|seen|taken) against (?:the )?([a-z][a-z' -]{2,30}?)(?:,| it\b| this\b|$)"
)
_SAID_WITHIN = 60
_MARGIN = lazy(r"\b(?:margin|profitability|return on sales)\b")
_SALES = frozenset(("sal", "sale", "revenue", "turnover", "income", "turned"))
_BACK_SENTENCES = 2
# A percent printed to fewer than this many steps finds something that fits in any long report.
_TELLING_STEPS = 100
_FAR_SENTENCES = 15
_HUNDRED = 100
# So many figures of the right size are looked at: in a long report a coarse percent would fit them all.
_MOST = 300


def of_amounts(scene: Scene, ledger: Ledger, percent: int, cue: Cue) -> Iterator[tuple[int, int]]:
    """Parts and wholes of which one stands beyond the neighbouring sentences."""
    figure = scene.claims[percent].figure
    half = figure.number.step / 2
    rate = Fraction(1) if figure.kind == "factor" else Fraction(1, 1000) if figure.unit == "‰" else Fraction(1, 100)
    low, high = (figure.number.value - half) * rate, (figure.number.value + half) * rate
    if figure.number.manner == "fraction":
        low, high = figure.number.value * Fraction(39, 40), figure.number.value * Fraction(41, 40)
    if not 0 < low < high or figure.modifier not in ("", "~"):
        return
    telling = figure.number.step > 0 and figure.number.value >= figure.number.step * _TELLING_STEPS
    words = meant(scene, percent, cue)
    number = scene.claims[percent].sentence
    sentence = scene.by_sentence[number]
    near = [
        c
        for c in (*range(sentence.start, percent)[::-1][:4], *range(percent + 1, sentence.stop)[:1])
        if plain(scene, c)
    ]
    if not near and number:
        near = [c for c in scene.by_sentence[number - 1] if plain(scene, c) and scene.same_section(c, percent)]
    if words:
        near += [c for c in ledger.called(ledger.subject(percent)) if c not in near]
    for claim in near:
        value, slack = abs(scene.claims[claim].figure.number.value), scene.claims[claim].figure.number.step / 2
        for whole in islice(ledger.between((value - slack) / high, (value + slack) / low), _MOST):
            if _may(scene, ledger, claim, whole, percent, telling, words):
                yield claim, whole
        if telling:
            for part in islice(ledger.between((value - slack) * low, (value + slack) * high), _MOST):
                if scene.same_section(part, percent) and _may(
                    scene, ledger, part, claim, percent, telling, frozenset()
                ):
                    yield part, claim


def meant(scene: Scene, percent: int, cue: Cue) -> frozenset[str]:
    """The stems of what a percent is a part of: `of net income`, `measured against output`, sales for a margin."""
    figure = scene.claims[percent].figure
    before = scene.report.view[max(scene.clause_of(percent)[0], figure.start - _SAID_WITHIN) : figure.start].lower()
    of = _OF.match(scene.after(percent)) or _MEASURED_AGAINST.search(before)
    part = next((ref for role, ref in cue.roles if role == "part" and ref >= 0), None)
    if of is None and part is not None:
        of = _OF.match(scene.after(part))  # `4.07 lakh of the houses completed, or 74 per cent`
    words = stems(of.group(1)) if of else frozenset[str]()
    return words | _SALES if _MARGIN.search(before) else words


def of_subject(scene: Scene, ledger: Ledger, percent: int) -> Iterator[tuple[int, int]]:
    """A fine percent without words for shares, of the subject of a figure before: `Crop loans claim 74.0%`."""
    figure = scene.claims[percent].figure
    number = scene.claims[percent].sentence
    if figure.kind != "percent" or figure.number.value < figure.number.step * _TELLING_STEPS or not number:
        return
    subject = ledger.subject(percent)
    first = scene.by_sentence[max(0, number - _BACK_SENTENCES)].start
    near = [c for c in range(first, percent) if plain(scene, c) and scene.same_section(c, percent)] if subject else []
    for part in near:
        if scene.claims[part].sentence == number or not subject & ledger.subject(part):
            continue
        for whole in near:
            if scene.claims[whole].figure.number.value > scene.claims[part].figure.number.value and same_measure(
                scene.claims[whole], scene.claims[part]
            ):
                yield part, whole


def _may(
    scene: Scene, ledger: Ledger, part: int, whole: int, percent: int, telling: bool, words: frozenset[str]
) -> bool:
    """Whether figures far apart may belong together: by the words after `of`, or a fine percent in one section."""
    a, b = scene.claims[part], scene.claims[whole]
    if (
        part == whole
        or max(part, whole) > percent + 2
        or not same_measure(a, b)
        or (a.figure.number.value > b.figure.number.value) != (scene.claims[percent].figure.number.value > _HUNDRED)
    ):
        return False
    if words & ledger.named(whole):
        return True
    apart = scene.claims[percent].sentence - min(a.sentence, b.sentence)
    return (
        telling and scene.same_section(part, percent) and scene.same_section(whole, percent) and apart <= _FAR_SENTENCES
    )
