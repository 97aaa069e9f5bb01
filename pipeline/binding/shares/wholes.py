"""Percents that make one whole → shares: a list of them in one sentence, or a ratio written with colons.

A list is flagged only where words close it (`the remaining 19%`) or where it is of one thing and makes more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.binding.scene import Scene, operand
from pipeline.binding.shares import wholes_told
from pipeline.binding.slipped import STRONG, slips
from pipeline.binding.sums import in_full
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Confidence, Operand, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_YEARS_IN_TURN = lazy(r"\b(?:19|20)\d\d\b[^.;]{0,40}\b(?:19|20)\d\d\b")
_OF_ONE = lazy(r"\s*of (?:(?:these|those|the|all|its|this|that|total)\b|[^.;,]{2,30} respectively\b)")
_ANSWERS = lazy(
    r"\b(?:respondents?|answer\w*|surveyed|firms?|participants?|people|persons?|households?|women|men|farmers|employers)\b"
)
_MADE_OF = lazy(
    r"\b(?:divided|shared|apportioned|allocated|proportions?|shares?|structure|composition|split|weights?|percentages?)\b"
)
_FOLLOWS = lazy(
    r"\b(?:spread|distributed|divided|split|broken down|made up|composed|shared out)\b[^.;]{0,60}(?:as follows|:)|"
    r"\b(?:shares?|breakdown|distribution|composition|structure|split)\b[^.;]{0,60}(?:as follows|:)"
)
_THE_REST = lazy(
    r"the (?:remaining|rest|remainder|balance)\b(?! of (?!(?:the )?(?:total|sum|whole)))|"
    r"(?:of )?others (?:at |were )?\d"
)
_ONE_MORE = lazy(
    r"(?:\s?\([^()]{0,200}\))?\s*,\s(?!(?:while|whereas|compared|against|up|down|from|and|or|with|of)\b)"
    r"(?:[^.;:()\d]|\([^()\d]{0,30}\)){0,50}"
)
_AND_ONE = lazy(
    r",? and (?!(?:up|down|rose|fell|was|were|is|are|grew|had|has|have|by|in)\b)[a-z][a-z'-]*(?: [a-z'-]+){0,2} "
)
# `Figures may not total 100% due to what is not allocated`
_NOT_A_WHOLE = lazy(r"\b(?:not|n't) (?:[a-z]+ )?(?:total|add|sum)\b")
_RANKED = lazy(r"\b(?:lowest|highest|top|bottom|richest|poorest|wealthiest) $")
_LABEL = 12
_COLON = lazy(r"\s?[:：]\s?")
# A closed list of shares that misses a hundred by more than this is no whole: `a further 8.7% … the remaining 2.6%`.
_NEAR_MISS, _NEAR_IN_FULL = 8, 12
_NEAR_RATIO = 12
_MOST_WORDS = 14
_WHOLE = Fraction(100)


def bind(scene: Scene) -> Iterator[Relation]:
    """All lists of shares of a report."""
    for number in scene.holding(2):
        found = next(_said(scene, number), None) or wholes_told.told(scene, number) or _unsaid(scene, number)
        if found is not None:
            yield found
        for run in colon_ratios(scene, number):
            ratio = _ratio(scene, run)
            if ratio is not None:
                yield ratio


# --- percents in one sentence ----------------------------------------------------------------------------------------


def _said(scene: Scene, number: int) -> Iterator[Relation]:
    """Percents that words call the shares of one whole."""
    claims = [c for c in scene.by_sentence[number] if scene.claims[c].figure.unit == "%" and _is_share(scene, c)]
    rest = [
        c
        for c in claims
        if any(cue.kind == "shares" and role == "part" and cue.mode == "rest" for role, cue in scene.cues_of.get(c, ()))
    ]
    named = [c for c in claims if "percent" in scene.roles(c, "share", "shares") or "part" in scene.roles(c, "shares")]
    if len(claims) < 2 or not (named or _laid_out(scene, claims)) or (len(claims) == 2 and not rest):
        return
    if _years_in_turn(scene, number) and not rest:
        return
    goes_on = False
    if rest:
        listed = _to_its_end(scene, claims, rest[-1])
        goes_on = any(scene.claims[c].figure.kind == "percent" for c in scene.by_sentence[number] if c > listed[-1])
        goes_on = goes_on and len(listed) > len([c for c in claims if c <= rest[-1]])
        claims = listed
    # `Of the 8% who …, 41%, 38%, 17% and the remaining 3%`: the first may be the whole: ends are tried too.
    lists = [claims[n:] for n in range(max(1, len(claims) - 1))]
    relations = [_one_whole(scene, some, bool(rest)) for some in lists]
    agreeing = next((r for r in relations if agreement(r, scales(scene.book)) in ("strict", "coarse", "open")), None)
    if agreeing is not None:
        yield agreeing
    elif _NOT_A_WHOLE.search(scene.report.view, scene.sentences[number].start, scene.sentences[number].end):
        return
    elif (rest and not goes_on) or _laid_out(scene, claims):
        made = sum(scene.claims[c].figure.number.value for c in claims)
        told = sum(1 for c in scene.by_sentence[number] if scene.claims[c].figure.kind == "percent")
        near = abs(made - _WHOLE) <= (_NEAR_IN_FULL if told == len(claims) else _NEAR_MISS) or _closed_in_full(
            scene, claims, rest
        )
        if near or slips(relations[0], scales(scene.book), STRONG):
            yield replace(relations[0], confidence="high")


def _to_its_end(scene: Scene, claims: Sequence[int], rest: int) -> list[int]:
    """The list with what follows the rest in commas: `… other 2.7%, unspecified 0.9%`."""
    listed = [c for c in claims if c <= rest]
    for claim in (c for c in claims if c > rest):
        if claim != listed[-1] + 1 or not _goes_on(scene.between(listed[-1], claim)):
            break
        listed.append(claim)
    return listed


def _goes_on(between: str) -> bool:
    """Whether a list goes on behind its rest: `, unspecified 0.9%`; `and self-pay 2.9%`."""
    return _ONE_MORE.fullmatch(between) is not None or _AND_ONE.fullmatch(between.lower()) is not None


def _closed_in_full(scene: Scene, claims: Sequence[int], rest: Sequence[int]) -> bool:
    """`Coal supplied 57%, gas 31% and the remaining 12%`, of no other figure; `other gases 2%` are only some."""
    cues = [cue for last in rest[-1:] for _, cue in scene.cues_of.get(last, ()) if cue.mode == "rest"]
    named = any(_THE_REST.match(scene.report.view[cue.start : cue.end].lower()) for cue in cues)
    return named and in_full.tells_shares(scene, claims)


def _laid_out(scene: Scene, claims: Sequence[int]) -> bool:
    """`are spread as follows: …`: words that promise the whole list."""
    start = scene.sentences[scene.claims[claims[0]].sentence].start
    return (
        len(claims) > 2 and _FOLLOWS.search(scene.report.view[start : scene.claims[claims[0]].figure.start]) is not None
    )


def _unsaid(scene: Scene, number: int) -> Relation | None:
    """Percents in a row, no words calling them shares: where they make a hundred, or as a bare list more."""
    for run in _rows(scene, number):
        for size in range(len(run), 1, -1):
            for first in range(len(run) - size + 1):
                some = run[first : first + size]
                if _makes_a_hundred(scene, some) and (size > 2 or _both_said(scene, some)):
                    return _one_whole(scene, some, False)
        if len(run) > 2 and _too_much(scene, run):
            return replace(
                _one_whole(scene, run, True), rule="shares.bare-list", reason="the percentages are a list of one whole"
            )
    return None


def _rows(scene: Scene, number: int) -> Iterator[list[int]]:
    """The percents that stand near each other in a sentence, up to a word of change."""
    if _years_in_turn(scene, number):
        return
    run: list[int] = []
    for claim in scene.by_sentence[number]:
        figure = scene.claims[claim].figure
        if figure.kind != "percent":
            continue
        if (
            figure.unit != "%"
            or figure.upper is not None
            or figure.modifier not in ("", "~")
            or not _is_share(scene, claim)
        ):
            continue
        if run and scene.words_between(run[-1], claim) > _MOST_WORDS:
            yield run
            run = []
        run.append(claim)
    if len(run) > 1:
        yield run


def _makes_a_hundred(scene: Scene, run: Sequence[int]) -> bool:
    numbers = [scene.claims[c].figure.number for c in run]
    # Whole percents make a hundred by rounding at times, by chance more often: they must do it to the point when few.
    slack = sum((n.step for n in numbers), Fraction(0)) / 2 if len(run) > 3 or numbers[0].step < 1 else Fraction(0)
    return abs(sum((n.value for n in numbers), Fraction(0)) - _WHOLE) <= slack


def _both_said(scene: Scene, pair: Sequence[int]) -> bool:
    return any("percent" in scene.roles(c, "share", "shares") for c in pair)


def _too_much(scene: Scene, run: Sequence[int]) -> bool:
    """A bare list (`38.5%, 21.0%, 24.5% and 19.0% of these funds`) above a hundred: parts of one thing cannot be."""
    joints = [scene.between(a, b).strip() for a, b in pairwise(run)]
    if any(j != "," for j in joints[:-1]) or joints[-1] not in ("and", ", and"):
        return False
    end = scene.claims[run[-1]].figure.end
    after = scene.report.view[end : end + 80].lower()
    numbers = [scene.claims[c].figure.number for c in run]
    over = sum((n.value for n in numbers), Fraction(0)) - _WHOLE
    slack = sum((n.step for n in numbers), Fraction(0)) / 2
    return _OF_ONE.match(after) is not None and not _ANSWERS.search(after) and slack < over <= _NEAR_MISS


def _years_in_turn(scene: Scene, number: int) -> bool:
    sentence = scene.sentences[number]
    return _YEARS_IN_TURN.search(scene.report.view[sentence.start : sentence.end]) is not None


def _one_whole(scene: Scene, claims: Sequence[int], closed: bool) -> Relation:
    operands = tuple(operand("part", scene.claims[c]) for c in claims)
    rule = "shares.rest" if closed else "shares.list"
    confidence: Confidence = "high" if closed else "medium"
    return Relation("shares", operands, "sentence", confidence, rule, "the percentages are shares of one whole")


def _is_share(scene: Scene, claim: int) -> bool:
    if scene.claims[claim].figure.number.value == _WHOLE:
        return False  # `figures may not total 100%`
    if scene.claims[claim].figure.unit == "%" and scene.after(claim).startswith(":"):
        return False  # `highest 10%: 27.7%`
    start = scene.claims[claim].figure.start
    if _RANKED.search(scene.report.view[max(0, start - _LABEL) : start].lower()):
        return False
    return not scene.roles(claim, "growth", "target", "annual") and not any(
        c.kind == "real" for _, c in scene.cues_of.get(claim, ())
    )


# --- ratios ----------------------------------------------------------------------------------------------------------


def colon_ratios(scene: Scene, number: int) -> Iterator[tuple[int, ...]]:
    """`60:40`, `14.0:46.0:40.0`: bare numbers with a colon between them."""
    run: list[int] = []
    for claim in scene.by_sentence[number]:
        figure = scene.claims[claim].figure
        bare = figure.kind == "absolute" and not figure.dimension and figure.upper is None
        if run and bare and run[-1] == claim - 1 and _COLON.fullmatch(scene.between(run[-1], claim)):
            run.append(claim)
            continue
        if len(run) > 1:
            yield tuple(run)
        run = [claim] if bare else []
    if len(run) > 1:
        yield tuple(run)


def as_percent(role: str, claim: Claim) -> Operand:
    """A number of a ratio, read as a percent."""
    figure = replace(claim.figure, kind="percent", unit="%", dimension="percent", discrete=False)
    return operand(role, replace(claim, figure=figure))


def _ratio(scene: Scene, run: Sequence[int]) -> Relation | None:
    """A ratio that makes a hundred, or nearly does where words call it the shares of something."""
    numbers = [scene.claims[c].figure.number for c in run]
    off = abs(sum((n.value for n in numbers), Fraction(0)) - _WHOLE)
    slack = sum((n.step for n in numbers), Fraction(0)) / 2
    sentence = scene.sentences[scene.claims[run[0]].sentence]
    before = scene.report.view[
        max(sentence.start, scene.claims[run[0]].figure.start - 80) : scene.claims[run[0]].figure.start
    ].lower()
    said = _MADE_OF.search(before) is not None and len(run) > 2
    if off > slack and not (said and off <= _NEAR_RATIO):
        return None
    operands = tuple(as_percent("part", scene.claims[c]) for c in run)
    return Relation(
        "shares", operands, "sentence", "high" if said else "medium", "shares.ratio", "a ratio of parts in a hundred"
    )
