"""Percents that are shares of one whole by the names of what has them, and do not make a hundred → shares.

Names that leave no third: `agriculture, industry and services`, `women … men`; and uses and sources of one sum, which
never pass a hundred: `grants went to schools (41.5%), clinics (33.2%) and roads (25.3%)`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.binding.listed import are_two_kinds, shared_out
from pipeline.binding.scene import Scene, operand
from pipeline.binding.slipped import ANY, STRONG, slips
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# The words by which each part of a whole is named, in the order in which it is told.
_PARTITIONS = tuple(
    tuple(lazy(rf"\b(?:{name})\b") for name in names)
    for names in (
        (r"agricultur\w*|farming|primary", r"industr\w*|secondary", r"services?|tertiary"),
        ("women|girls|females?", "men|boys|males?"),
        ("urban", "rural"),
        ("public", "private"),
    )
)
# Words that make percents shares of one thing; of two rates they say nothing: `54% for women and 74% for men`.
_SHARED = lazy(
    r"\b(?:made up|make up|makes up|making up|account\w* for|constitut\w+|compris\w+|represent\w+|contribut\w+|"
    r"composed|composition|structure|consist\w*|divided|split)\b|"
    r"(?:%|\bpercent|\bper cent)[^%.;]{0,4} of (?:gdp|gnp|output|the total|value added|employment|all)\b"
)
_GIVEN = lazy(
    r"\b(?:went to|goes to|go to|spent on|allocated to|distributed to|paid to|came from|comes from|derived from|"
    r"sent to|directed to|devoted to)\b"
)
# What is counted twice, rates, changes, and lists that are not whole.
_NOT_ONE = lazy(
    r"\b(?:for (?:women|men|girls|boys|males|females|urban|rural)|among|average|rates?|growth|grew|rose|fell|"
    r"increas\w*|decreas\w*|declin\w*|multiple|more than one|at least|both|either|such as|including|mainly|mostly|"
    r"largest|target|compared|against|from \S*\d|respondents|answer\w*|"
    r"of (?:the )?(?:women|men|girls|boys|males|females))\b"
)
_YEARS = lazy(r"\b(?:1[89]|20)\d\d\b")
_WHOLE = Fraction(100)
# `54% of the nurses and 70% of the doctors` are of two wholes.
_OF_WHAT = lazy(r"\s*of (?:the |all |its |their )*([a-z]+)")
_AHEAD = 30
_SIDE_BY_SIDE = lazy(r"\s[a-z]+(?: [a-z]+)?,? and (?:about |some )?")
_KIND = lazy(r"\s([a-z]+)\b")
_ENDS = lazy(r"\b(?:and|or)\b|&")
_FEWEST, _SLIP = 3, 12
_CLOSED = lazy(r"\b(?:and|while|whereas|with)\b")
# A list of shares that makes so much more than a hundred is of several things.
_MOST_OVER = Fraction(5)
# Kinds that overlap: one may be a woman and a graduate, and maize is sown with beans between.
_OVERLAPPING = lazy(
    r"\b(?:women|men|girls|boys|females?|males?|disab\w+|graduates?|aged|under|over|also|between|among|too|often|some)\b"
)


def told(scene: Scene, number: int) -> Relation | None:
    """The shares that names make one whole and figures do not."""
    claims = [c for c in scene.by_sentence[number] if not _was_before(scene, c)]
    figures = [scene.claims[c].figure for c in claims]
    if len(claims) < 2 or any(f.modifier or f.upper is not None or f.unit != "%" for f in figures):
        return None
    if any(scene.roles(c, "growth", "target", "annual") for c in claims):
        return None
    if any(not re.fullmatch(r"[^;.]*", scene.between(a, b)) for a, b in pairwise(claims)):
        return None
    span = scene.sentences[number]
    said = scene.report.view[span.start : span.end].lower()
    if len(set(_YEARS.findall(said))) > 1:
        return None
    outright = _is_shared_out(scene, claims, said)
    if not outright and _NOT_ONE.search(said) is not None:
        return None
    if outright or _are_of_two_kinds(scene, claims) or _are_given(scene, claims, said):
        return _of_one_whole(scene, claims, "words share one whole out among them")
    parts = tuple(operand("part", scene.claims[c]) for c in claims)
    made = sum((f.number.value for f in figures), Fraction(0))
    slipped = bool(slips(Relation("shares", parts, "sentence", "high", "", ""), scales(scene.book), STRONG))
    near = _WHOLE / 2 <= made <= _WHOLE * 3 / 2
    if (near or slipped) and _SHARED.search(said) is not None and _is_partition(scene, claims):
        why = "the names of the shares leave no other"
    elif len(claims) > 2 and _GIVEN.search(said) is not None and _in_brackets(scene, claims):
        why = "the shares are of one sum, which goes to each of them in part"
        if made <= _WHOLE and not slipped:
            return None
    elif len(claims) > 2 and made > _WHOLE and _SHARED.search(said) is not None and _is_closed(scene, claims):
        # `… constitute 42.7%, … 31.5% and … 24.3%, while … accounts for 2.5%`: less than all they may be, more never.
        why = "the shares are of one whole, and make more"
        parts_alike = Relation("shares", parts, "sentence", "high", "", "")
        overlapping = _OVERLAPPING.search(said) is not None
        if overlapping or made > _WHOLE + _MOST_OVER or not slips(parts_alike, scales(scene.book), ANY):
            return None
    else:
        return None
    return _of_one_whole(scene, claims, why)


def _was_before(scene: Scene, claim: int) -> bool:
    """Whether a figure tells in brackets what the one before it was: `78% (2019: 54%)`."""
    before = claim - 1
    if before < 0 or scene.claims[before].sentence != scene.claims[claim].sentence:
        return False
    told = scene.between(before, claim).lstrip().startswith("(") and scene.after(claim).startswith(")")
    return told and "prior" in scene.roles(claim, "growth")


def _of_one_whole(scene: Scene, claims: Sequence[int], why: str) -> Relation | None:
    """The shares, if they do not agree: those that do are found as a list."""
    parts = tuple(operand("part", scene.claims[c]) for c in claims)
    relation = Relation("shares", parts, "sentence", "high", "shares.of-one-whole", why)
    return relation if agreement(relation, scales(scene.book)) == "none" else None


def _is_shared_out(scene: Scene, claims: Sequence[int], said: str) -> bool:
    """Whether words share one whole out among three percents or more, in a list that is closed."""
    words, first = shared_out(scene.book), scene.claims[claims[0]].figure
    ahead = said[: max(0, first.start - scene.sentences[scene.claims[claims[0]].sentence].start)]
    told = words.within.search(said) is not None or words.before.search(ahead) is not None
    told = told or _are_choices(scene, claims)
    if len(claims) < _FEWEST or not told or words.against.search(said) is not None:
        return False
    made = sum((scene.claims[c].figure.number.value for c in claims), Fraction(0))
    last = scene.between(claims[-2], claims[-1])
    return abs(made - _WHOLE) <= _SLIP and _ENDS.search(last) is not None


def _are_of_two_kinds(scene: Scene, claims: Sequence[int]) -> bool:
    """`The sample was 54% female and 56% male.`"""
    if len(claims) != 2 or not _SIDE_BY_SIDE.fullmatch(scene.between(*claims)):
        return False
    kinds = [_KIND.match(scene.after(c)) for c in claims]
    first, second = (kind[1] if kind else "" for kind in kinds)
    made = sum((scene.claims[c].figure.number.value for c in claims), Fraction(0))
    return are_two_kinds(scene.book, first, second, always=True) and abs(made - _WHOLE) <= _SLIP


def _are_given(scene: Scene, claims: Sequence[int], said: str) -> bool:
    """`48.2% went to Alba, 33.4% to Corvo and 28.4% to Dorne`: nothing is given twice."""
    if (
        len(claims) < _FEWEST
        or _GIVEN.search(said) is None
        or _ENDS.search(scene.between(claims[-2], claims[-1])) is None
    ):
        return False
    made = sum((scene.claims[c].figure.number.value for c in claims), Fraction(0))
    several = _is_of_several([scene.after(c) for c in claims])
    return not several and _WHOLE < made <= _WHOLE + _SLIP


def _is_of_several(behind: Sequence[str]) -> bool:
    """Whether the words behind percents say that they are of more than one thing."""
    return len({found[1] for piece in behind if (found := _OF_WHAT.match(piece))}) > 1


def _is_closed(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether percents printed to tenths, of nothing that differs, are a list that `and` or `while` closes."""
    figures = [scene.claims[c].figure for c in claims]
    fine = all(f.number.step < 1 for f in figures)
    return (
        fine
        and not _is_of_several([scene.report.view[f.end : f.end + _AHEAD].lower() for f in figures])
        and _CLOSED.search(scene.between(claims[-2], claims[-1])) is not None
    )


def _is_partition(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether each percent has its own name of one partition: in its piece of the sentence, or all in a row before."""
    view, sentence = scene.report.view, scene.sentences[scene.claims[claims[0]].sentence]
    figures = [scene.claims[c].figure for c in claims]
    ends = [f.end for f in figures]
    before = [view[a:b].lower() for a, b in zip([sentence.start, *ends], ends, strict=False)]
    nexts = [*(f.start for f in figures[1:]), sentence.end]
    behind = [view[a : min(b, a + _AHEAD)].lower() for a, b in zip(ends, nexts, strict=True)]
    if _is_of_several(behind):
        return False
    for names in _PARTITIONS:
        if len(names) != len(claims):
            continue
        for order in (names, names[::-1]):
            if all(name.search(piece) for name, piece in zip(order, before, strict=True)):
                return True
            if all(name.search(piece) for name, piece in zip(order, behind, strict=True)):
                return True
        places = [name.search(before[0]) for name in names]
        in_row = all(re.fullmatch(r"\s*+,?\s*+(?:and)?\s*+", scene.between(a, b)) for a, b in pairwise(claims))
        if in_row and len(names) > 2 and all(places):
            return True
    return False


def _are_choices(scene: Scene, claims: Sequence[int]) -> bool:
    """`landfilled (61%), recycled (22%) or burnt (17%)`: one or the other, each in brackets."""
    view = scene.report.view
    figures = [scene.claims[c].figure for c in claims]
    each = all(view[f.start - 1 : f.start] == "(" and view[f.end : f.end + 1] == ")" for f in figures)
    return each and len(claims) >= _FEWEST and re.search(r"\bor\b", scene.between(claims[-2], claims[-1])) is not None


def _in_brackets(scene: Scene, claims: Sequence[int]) -> bool:
    """`schools (41.5%), clinics (33.2%) and roads (25.3%)`, the last behind `and`."""
    view = scene.report.view
    figures = [scene.claims[c].figure for c in claims]
    each = all(view[f.start - 1 : f.start] == "(" and view[f.end : f.end + 1] == ")" for f in figures)
    return each and re.search(r"\band\b", scene.between(claims[-2], claims[-1])) is not None
