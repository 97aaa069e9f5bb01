"""A rate, a count and a total that words tell by their names and no other figure → product, agreeing or not.

`A total of 1,260 nurses work in 42 wards, an average of 30 nurses per ward`: the rate is in what the total counts, and
per what the count counts, and a word makes it an average of them or the total one of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.binding.products.rates import Rate, is_human, is_of_each
from pipeline.binding.scene import Scene, operand
from pipeline.binding.words import stem
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy

# Words that tie the three: an average, a whole, or what it comes to at so much each.
_TIED = lazy(r"\b(?:average|averag\w+|total|totalling|totaling|in all|altogether|worth|valued at)\b")
_FOR = lazy(r"\bfor (?:a total of )?$|\b(?:with|giving|making|for) an? (?:[a-z]+ ){1,2}of $")
_OPENS = lazy(r"\W*(?:each|the ([a-z]+)) ")
_PAYING = lazy(
    r",? (?:paying|costing|earning|raising|bringing in|"
    r"which (?:brings in|brought in|makes|made|comes to|came to|cost)) $"
)
# `14,640 pupils from 366 school groups – an average of 40 children a group`
_AMONG = lazy(
    r"\s*(?:[a-z]+ ){0,2}(?:from|in|at|across|over|among|by|for|to|on|between)(?: the| its| our| their| these| all)? "
)
_ON_AVERAGE = lazy(r"\W*(?:(?:that is|or|i\.e\.|giving|making|with|which is),? )?(?:an|the|on) average (?:of )?")
# `$33.6 million went on 12 engines at $2.8 million each`
_WENT_ON = lazy(
    r",? (?:(?:was|were|has been|had been|we|it|they) )?(?:went|spent|paid|used|invested|needed|bought|paid for|"
    r"covered|financed|funded)(?: (?:on|for|in|to buy|to build))?(?: the| its| our| their| some)? "
)
_AT_SO_MUCH = lazy(r"[^.;:,\d]{0,60},? (?:at|costing)(?: an average(?: price| cost)?(?: of)?| a (?:price|cost) of)? ")
# What things do with what they make: `saw`, `have sold`.
_DID = lazy(r" (?!of\b|and\b|or\b|with\b)[a-z]+(?: [a-z]+){0,2} (?:a total of |some |about )?\W{0,2}")
_EACH_ONE = lazy(r"\s*(?:[a-z]+ )?(?:each|apiece|per [a-z]+)\b")
_COUNT_AND_TOTAL, _FEW = 2, 12
_EACH = frozenset(("", "each", "unit"))
# Words by which a rate is wanted, allowed or past, and another than that of the figures beside it.
OTHER = lazy(
    r"\b(?:norm|standards?|targets?|should|must|planned|ceiling|limit|minimum|maximum|at least|at most|up to|compared|"
    r"against|from|than|previous|former|last year|national|state average|allowed|entitled|capacity|range|some of|"
    r"remaining|respectively|except|excluding|plus|also|another|further|additional|increas\w*|decreas\w*|rose|fell|grew|year)\b"
)


def told(scene: Scene, rate: Rate) -> Relation | None:
    """The product of a sentence that holds this rate, its count and its total, and no other figure.

    `4,200 villages entered the plan. Each received 150,000 Yuan, 630 million Yuan in total`: what `each` is counted by
    may be the one figure of the sentence before.
    """
    if (phrase := _in_one_phrase(scene, rate)) is not None:
        return phrase
    claim = scene.claims[rate.claim]
    others = [n for n in scene.by_sentence[claim.sentence] if n != rate.claim]
    if len(others) > _COUNT_AND_TOTAL:
        # `each person in the two camps`
        others = [n for n in others if n > rate.claim or not _is_few(scene.claims[n].figure)]
    span = scene.sentences[claim.sentence]
    said = scene.report.view[span.start : span.end].lower()
    if not rate.sure or len(rate.row) > 1 or OTHER.search(said):
        return None
    opened = _OPENS.match(said) if len(others) == 1 else None
    each = opened is not None and opened[1] is None
    if opened is not None:
        before = _alone_before(scene, claim.sentence)
        named = opened[1] is None or any(stem(opened[1]) == stem(scene.claims[n].figure.unit) for n in before)
        others = [*(before if named else ()), *others]
    if len(others) != _COUNT_AND_TOTAL:
        return None
    counts = [n for n in others if rate.per and is_counted(scene, n, rate)]
    if not counts and (each or rate.per in _EACH):
        counts = [n for n in others if n == rate.claim - 1 and scene.claims[n].figure.dimension == "count"]
    totals = [n for n in others if n not in counts and _is_in_its_unit(scene, n, rate)]
    if len(counts) != 1 or len(totals) != 1 or counts == totals:
        return None
    count, total = counts[0], totals[0]
    if is_of_each(scene, count):
        return None  # `40 hours each, which at $22 an hour` is what one of them gave
    if any(not _is_plain(scene.claims[n].figure, hedged=n == rate.claim) for n in (rate.claim, count, total)):
        return None
    if not _are_tied(scene, rate.claim, others, total):
        return None
    return _product(scene, rate, count, total)


def _product(scene: Scene, rate: Rate, count: int, total: int) -> Relation:
    operands = (
        replace(operand("rate", scene.claims[rate.claim]), figure=rate.figure),
        operand("count", scene.claims[count]),
        operand("total", scene.claims[total]),
    )
    reason = f"words tell a figure per {rate.per or 'thing'}, the number of them and what they make, and nothing else"
    return Relation("product", operands, scene.scope_of(rate.claim, count, total), "high", rate.rule, reason)


def _in_one_phrase(scene: Scene, rate: Rate) -> Relation | None:
    """A total in a number of things, and right behind it the average of just these: whatever else the sentence tells,
    no other figure is meant."""
    if (reversed_ := _count_first(scene, rate) or _spent_on(scene, rate)) is not None:
        return reversed_
    total, count = rate.claim - 2, rate.claim - 1
    if total not in scene.by_sentence[scene.claims[rate.claim].sentence] or not rate.sure:
        return None
    whole, things, one = (scene.claims[n].figure for n in (total, count, rate.claim))
    plain = all(_is_plain(figure, hedged=False) for figure in (whole, things))
    told = _AMONG.fullmatch(scene.between(total, count)) and _ON_AVERAGE.fullmatch(scene.between(count, rate.claim))
    alike = whole.unit == one.unit != "" or (is_human(whole.unit) and is_human(one.unit))
    if not plain or not _is_plain(one, hedged=True) or not told or not alike or whole.per or things.per:
        return None
    if things.unit not in (rate.per, rate.noun) and stem(things.unit) not in rate.words:
        return None
    return _product(scene, rate, count, total)


def _count_first(scene: Scene, rate: Rate) -> Relation | None:
    """`Our 14 clinics saw 98,000 patients, an average of 7,000 each.`"""
    count, total = rate.claim - 2, rate.claim - 1
    if count not in scene.by_sentence[scene.claims[rate.claim].sentence] or not rate.sure:
        return None
    things, whole, one = (scene.claims[n].figure for n in (count, total, rate.claim))
    plain = all(_is_plain(figure, hedged=False) for figure in (whole, things)) and _is_plain(one, hedged=True)
    told = _DID.fullmatch(scene.between(count, total)) and _ON_AVERAGE.fullmatch(scene.between(total, rate.claim))
    if not plain or not told or whole.per or things.per or things.dimension != "count" or whole.unit == things.unit:
        return None
    each = _EACH_ONE.match(scene.after(rate.claim)) is not None or stem(things.unit) in rate.words
    alike = one.unit == whole.unit or not one.dimension
    return _product(scene, rate, count, total) if each and alike else None


def _spent_on(scene: Scene, rate: Rate) -> Relation | None:
    """`$33.6 million went on twelve engines at $2.8 million each.`"""
    total, count = rate.claim - 2, rate.claim - 1
    if total not in scene.by_sentence[scene.claims[rate.claim].sentence] or not rate.sure:
        return None
    whole, things, one = (scene.claims[n].figure for n in (total, count, rate.claim))
    plain = all(_is_plain(figure, hedged=False) for figure in (whole, things)) and _is_plain(one, hedged=True)
    told = _WENT_ON.fullmatch(scene.between(total, count)) and _AT_SO_MUCH.fullmatch(scene.between(count, rate.claim))
    alike = things.dimension == "count" and whole.unit == one.unit != "" and not whole.per and not things.per
    return _product(scene, rate, count, total) if plain and told and alike else None


def _is_few(figure: Figure) -> bool:
    """Whether a figure is one of a few things, in words."""
    return figure.number.manner == "words" and figure.dimension == "count" and figure.number.value <= _FEW


def is_counted(scene: Scene, n: int, rate: Rate) -> bool:
    """Whether a figure counts what a rate is told by."""
    figure = scene.claims[n].figure
    return figure.unit in (rate.per, rate.noun) or (rate.noun == "person" and is_human(figure.unit))


def _is_in_its_unit(scene: Scene, n: int, rate: Rate) -> bool:
    """Whether a figure is in the unit of the rate; people may be a population, told as a bare number at the end."""
    figure = scene.claims[n].figure
    bare = not figure.dimension and rate.figure.unit == "person" and n > rate.claim and figure.number.step == 1
    return not figure.per and (figure.unit == rate.figure.unit != "" or bare)


def _alone_before(scene: Scene, number: int) -> range:
    """The figure of the sentence before, where it tells of one only."""
    alone = number > 0 and len(scene.by_sentence[number - 1]) == 1
    same = number > 0 and scene.sentences[number - 1].section == scene.sentences[number].section
    return scene.by_sentence[number - 1] if alone and same else range(0)


def _is_plain(figure: Figure, *, hedged: bool) -> bool:
    return figure.modifier in (("", "~") if hedged else ("",)) and figure.upper is None and figure.kind != "percent"


def _are_tied(scene: Scene, rate: int, others: Sequence[int], total: int) -> bool:
    """Whether a word makes the rate an average, or the total one of all; or the rate stands right behind the two."""
    span = scene.sentences[scene.claims[rate].sentence]
    said = scene.report.view[span.start : span.end].lower()
    if rate - 1 == max(others) and scene.between(rate - 1, rate).strip() == ",":
        return True
    behind = scene.between(rate, total) if total > rate else ""
    return any(words is not None for words in (_TIED.search(said), _FOR.search(behind), _PAYING.search(behind)))
