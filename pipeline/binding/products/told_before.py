"""A rate whose count and total, or total alone, the sentences before tell → product, agreeing or not.

`Our 64 branches employ 1,472 people. On average there are 23 to a branch`; `Visitors spent 412 million euros. Each of
the 1.6 million visitors spent 257.50 euros`: the two sentences tell these three amounts and no other. Where they tell
others too, what the rate is of or counted by is named: `They granted 8,460 loans for 101.5 million, against 94.0
million a year before. The average loan was 12,000.`
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.binding.products.places import counts_things
from pipeline.binding.products.rates import Rate
from pipeline.binding.scene import Scene, operand
from pipeline.binding.slipped import slips
from pipeline.binding.words import stems
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_OF_EACH = lazy(r"\b(?:average|averag\w+|each|every|per|a head|apiece)\b")
_BY_EACH = "cues.rate-by-each"
_OTHER = lazy(
    r"\b(?:norms?|standards?|targets?|should|must|planned|ceiling|limit|minimum|maximum|at least|at most|up to|compared"
    r"|against|than|previous|former|last year|national|allowed|range|some of|remaining|respectively|except|excluding"
    r"|plus|another|further|additional|from|rose|fell|grew|increas\w*|decreas\w*)\b"
)
# Words by which a rate is wanted, or that of others, in its own sentence.
_WANTED = lazy(
    r"\b(?:norms?|standards?|targets?|should|must|planned|ceiling|limit|minimum|maximum|at least|at most|up to"
    r"|national|allowed|range|some of|remaining|respectively|except|excluding|another|additional|would|will|forecast)\b"
)
_JOINT = lazy(r"[,;:()–—]|\b(?:and|while|whereas|with)\b")
# `The average loan of the big banks`: of other loans, if nothing was said of banks.
_NARROWED = lazy(r"\b(?:of|for|to|in|at|by|among|on|from) (?:the |a |an )?(?P<what>[a-z][a-z' -]{2,40})")
_GENERAL = stems("average mean each every whole year month overall total number cost earlier before")
_COMPARED = {"prior", "change", "target"}
_WILD = Fraction(3, 2)
_BACK = 2


def told(scene: Scene, rate: Rate) -> Relation | None:
    """The product, if the sentences hold nothing else or name its figures; one that is far off only where a slip
    explains it."""
    number = scene.claims[rate.claim].sentence
    if "prior" in scene.roles(rate.claim, "growth"):
        return None
    if not rate.sure or number == 0 or scene.sentences[number - 1].paragraph != scene.sentences[number].paragraph:
        return None
    span = scene.sentences[number]
    if _OF_EACH.search(scene.report.view[span.start : span.end].lower()) is None and rate.rule != _BY_EACH:
        return None
    pair = _alone(scene, rate) or _named(scene, rate)
    if pair is None:
        return None
    count, total = pair
    operands = (
        replace(operand("rate", scene.claims[rate.claim]), figure=replace(rate.figure, per="")),
        operand("count", scene.claims[count]),
        operand("total", scene.claims[total]),
    )
    why = f"sentences tell a figure per {rate.per or 'thing'}, the number of them and what they make, and no other"
    scope = scene.scope_of(rate.claim, count, total)
    relation = Relation("product", operands, scope, "high", "product.told-before", why)
    made = rate.figure.number.value * scene.claims[count].figure.number.value
    whole = scene.claims[total].figure.number.value
    near = bool(whole) and 1 / _WILD < made / whole < _WILD
    return relation if near or slips(relation, scales(scene.book)) else None


def _alone(scene: Scene, rate: Rate) -> tuple[int, int] | None:
    """The count and the total of two sentences that tell nothing else."""
    number = scene.claims[rate.claim].sentence
    said = scene.report.view[scene.sentences[number - 1].start : scene.sentences[number].end].lower()
    here = [n for n in scene.by_sentence[number] if n != rate.claim]
    before = list(scene.by_sentence[number - 1])
    if len(rate.row) > 1 or _OTHER.search(said) or len(here) + len(before) != 2 or not before:
        return None
    counts = [n for n in (*here, *before) if _is_count(scene, rate, n)]
    totals = [n for n in before if n not in counts and _is_total(scene.claims[n].figure, rate.figure)]
    return (counts[0], totals[0]) if len(counts) == len(totals) == 1 else None


def _named(scene: Scene, rate: Rate) -> tuple[int, int] | None:
    """The one count of what a rate is told by, and the one total in its unit, or the one that is told of these things;
    what they were before is neither."""
    words = rate.words - _GENERAL
    number = scene.claims[rate.claim].sentence
    if not words or not rate.figure.unit or is_of_others(scene, rate):
        return None
    span = scene.sentences[number]
    if _WANTED.search(scene.report.view[span.start : scene.claims[rate.claim].figure.start].lower()):
        return None
    near = list(_around(scene, rate, number))
    counts = [n for n in near if _counts_them(scene, rate, n, words)]
    named = [n for n in counts if rate.is_counted_by(scene.claims[n].figure, scene)]
    if rate.figure.dimension == "count":  # `With five people per household, 380,900 people gained access`
        named, counts = [n for n in named if scene.claims[n].figure.unit == rate.per and _is_alone(scene, n)], []
    counts = named or counts
    totals = [
        n
        for n in near
        if n not in counts
        and _is_total(scene.claims[n].figure, rate.figure)
        and scene.claims[n].figure.number.value > rate.figure.number.value
    ]
    if len(totals) > 1:
        totals = [n for n in totals if words & _about(scene, n)]
    if len(counts) != 1 or len(totals) != 1 or counts == totals:
        return None
    return counts[0], totals[0]


def _is_alone(scene: Scene, count: int) -> bool:
    """Whether a sentence counts nothing else: of `168 of the 240 schemes` either may be meant."""
    row = scene.by_sentence[scene.claims[count].sentence]
    return not any(n != count and scene.claims[n].figure.dimension in ("count", "") for n in row)


def _around(scene: Scene, rate: Rate, number: int) -> Iterator[int]:
    """The figures of a rate's sentence and two before it that are told for what is now."""
    paragraph = scene.sentences[number].paragraph
    for at in range(max(0, number - _BACK), number + 1):
        if scene.sentences[at].paragraph == paragraph:
            for n in scene.by_sentence[at]:
                compared = set(scene.roles(n, "growth", "target")) & _COMPARED
                if n not in rate.row and not compared and scene.claims[n].figure.modifier in ("", "~"):
                    yield n


def _counts_them(scene: Scene, rate: Rate, n: int, words: frozenset[str]) -> bool:
    figure = scene.claims[n].figure
    if figure.dimension == "time":
        return figure.unit == rate.per and figure.number.value > 1
    if not _is_plain(figure) or not counts_things(figure) or figure.number.value <= 1:
        return False
    if rate.is_counted_by(figure, scene):
        return figure.dimension == "count" or figure.unit == rate.per  # tonnes, and a price per kilogram
    return not figure.dimension and bool(words & _about(scene, n))


def is_of_others(scene: Scene, rate: Rate) -> bool:
    """Whether a rate's sentence narrows what it is of: `the average loan of the big banks`, where nothing was said of
    banks."""
    claim = scene.claims[rate.claim]
    start = scene.sentences[claim.sentence].start
    said = scene.report.view[start : claim.figure.start].lower()
    before = scene.report.view[scene.sentences[max(0, claim.sentence - _BACK)].start : start].lower()
    average = _OF_EACH.search(said)
    at = average.end() if average is not None else len(said)
    return any(
        not stems(found["what"]) <= stems(before + said[: found.start()]) for found in _NARROWED.finditer(said, at)
    )


def _about(scene: Scene, n: int) -> frozenset[str]:
    """The stems of the words that stand with a figure, up to the next joint or figure."""
    sentence, row = scene.sentences[scene.claims[n].sentence], scene.by_sentence[scene.claims[n].sentence]
    figure, view = scene.claims[n].figure, scene.report.view
    start = scene.claims[n - 1].figure.end if n - 1 in row else sentence.start
    end = scene.claims[n + 1].figure.start if n + 1 in row else sentence.end
    before = [piece for piece in _JOINT.split(view[start : figure.start].lower()) if piece.strip()]
    behind = _JOINT.split(view[figure.number_end : end].lower())[0]
    return stems(" ".join([*before[-1:], behind]))


def _is_count(scene: Scene, rate: Rate, n: int) -> bool:
    figure = scene.claims[n].figure
    return _is_plain(figure) and counts_things(figure) and rate.is_counted_by(figure, scene)


def _is_total(total: Figure, one: Figure) -> bool:
    bare = not one.dimension and total.dimension == "count"
    return _is_plain(total) and (total.unit == one.unit != "" or bare)


def _is_plain(figure: Figure) -> bool:
    return figure.kind == "absolute" and figure.upper is None and figure.modifier in ("", "~") and not figure.per
