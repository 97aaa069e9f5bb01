"""What figures come to across sentences and with signs: `opening, receipts, less disbursements, carried over` → sum.

Words name the outcome (a surplus, what is left, a total); the figures that make it are those before it, taken only
where they agree to the printed digits. Points that contribute to a percentage are a sum too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise, product

from pipeline.binding import listed
from pipeline.binding.charity import UNSAID
from pipeline.binding.ledger import Ledger
from pipeline.binding.scene import Candidate, Scene, countable, counted_alike, operand, same_measure
from pipeline.binding.slipped import STRONG, slips
from pipeline.binding.sums.runs import was_before
from pipeline.exact import lent
from pipeline.fraction import Fraction
from pipeline.model import Claim, Confidence, Cue, Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_OFFSET = lazy(
    r"\b(?:offset|less|minus|while|but|restored|took away|taking away|subtract\w*|drag\w*|reduc\w*|against|lost|cost|"
    r"partly|partially|although)\b"
)
# What an outcome is made of follows so.
_TOLD_BEHIND = lazy(
    r"\s*+(?:,|:|–|—|\()?+\s*+(?:with|as|since|because|given|the difference between|exports|imports|births|receipts"
    r"|revenues?|income)\b[^;.]*$"
)
# Words that conclude from what was told before.
_CONCLUDES = lazy(r"\b(?:therefore|thus|hence|so|accordingly|consequently|leav\w+|result\w*|giv\w+)\b")
_COST = lazy(r"\b(?:costs?|expenses?|unallocated|eliminations?|charges?|deductions?)\b")
_NEAREST = 7
# So far before a figure stand the words that call it an export, an import; and the name of an outcome.
_LEAD, _NAME = 60, 60
_BACK_SENTENCES = 4
_LONGEST = 5
# An outcome this fine or finer says something when the figures before it happen to make it.
_TELLING = 25
_TELLING_HERE = 10
_FAR_TELLING = 200
_NOTHING = Fraction(0)


def candidates(scene: Scene, eligible: Callable[[int], bool]) -> Iterator[Candidate]:
    """The sums that words give an outcome, a closing total or a rest. `eligible` tells what may be a part."""
    for total in range(len(scene.claims)):
        cues = {
            cue.mode: cue
            for role, cue in scene.cues_of.get(total, ())
            if cue.kind == "sum" and role in ("total", "part")
        }
        cue = cues.get("outcome") or cues.get("close")
        if cue is not None:
            yield from _outcome(scene, total, cue, eligible)
        rest = cues.get("rest")
        if rest is not None and eligible(total):
            yield from _rest(scene, total, rest, eligible)
    for number in scene.holding(2):
        yield from _contributions(scene, number)


def _outcome(scene: Scene, total: int, cue: Cue, eligible: Callable[[int], bool]) -> Iterator[Candidate]:
    figure = scene.claims[total].figure
    if (
        figure.upper is not None
        or figure.kind not in ("absolute", "percent")
        or figure.per
        or figure.dimension == "time"
    ):
        return
    before = figures_before(scene, total, eligible)
    # Births and deaths are counted by nouns of their own; their balance is one of people.
    counted = figures_before(scene, total, eligible, alike=countable)
    said = (
        opposites(scene, total, before)
        or opposites(scene, total, counted)
        or opposites(scene, total, _right_after(scene, total, eligible))
    )
    if said is None:  # `planned spending was £5.4m`: what is planned is set against what was done
        said = opposites(scene, total, figures_before(scene, total, eligible, priors=True), planned=True)
    if said is not None:
        yield signed_sum(scene, total, said, (1, -1), cue, 0)
    wide = opposites(scene, total, figures_before(scene, total, eligible, back=8, most=30), apart=True)
    if said is None and wide is not None:
        apart = signed_sum(scene, total, wide, (1, -1), cue, UNSAID)
        if _makes(scene, total, wide, (1, -1)):
            yield apart
        elif _CONCLUDES.search(_lead(scene, total)) and slips(apart.relation, scales(scene.book), STRONG):
            yield signed_sum(scene, total, wide, (1, -1), cue, 0)
    made = _closing if cue.mode == "close" else _signed
    for company in dict.fromkeys((tuple(before), tuple(figures_before(scene, total, eligible, priors=True)))):
        for parts, signs in made(scene, total, company):
            if _telling(scene, total, parts):
                yield signed_sum(scene, total, parts, signs, cue, UNSAID)


def _telling(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """Whether an outcome is fine enough, the more so where its parts stand in other sentences."""
    number = scene.claims[total].figure.number
    here = all(scene.claims[p].sentence == scene.claims[total].sentence for p in parts)
    return abs(number.value) >= number.step * (_TELLING_HERE if here else _TELLING)


def figures_before(
    scene: Scene,
    total: int,
    eligible: Callable[[int], bool],
    *,
    back: int = _BACK_SENTENCES,
    most: int = _NEAREST,
    priors: bool = False,
    alike: Callable[[Claim, Claim], bool] = same_measure,
) -> list[int]:
    """The nearest figures of one measure before an outcome, in order; `priors` are what they were a year before."""
    number = scene.claims[total].sentence
    first = scene.by_sentence[max(0, number - back)].start
    without = set() if priors else {"prior", "target"}
    percent = scene.claims[total].figure.kind == "percent"
    found: list[int] = []
    for claim in range(total - 1, first - 1, -1):
        if not scene.same_section(claim, total) or len(found) == most:
            break
        if not alike(scene.claims[claim], scene.claims[total]) or set(scene.roles(claim, "growth", "target")) & without:
            continue
        if was_before(scene, claim):
            continue
        if eligible(claim) or (
            percent and scene.claims[claim].figure.unit == "‰" and scene.claims[claim].sentence == number
        ):
            found.append(claim)
    return found[::-1]


def _lead(scene: Scene, claim: int) -> str:
    """What a sentence says before a figure, in lower case."""
    start = scene.sentences[scene.claims[claim].sentence].start
    return scene.report.view[start : scene.claims[claim].figure.start].lower()


def _right_after(scene: Scene, total: int, eligible: Callable[[int], bool]) -> list[int]:
    """The two figures behind an outcome that tell what it is made of: `a deficit of 30, with exports at 70 and …`."""
    after = [c for c in (total + 1, total + 2) if c in scene.by_sentence[scene.claims[total].sentence]]
    if len(after) < 2 or _TOLD_BEHIND.match(scene.between(total, after[0])) is None:
        return []
    return after if all(same_measure(scene.claims[c], scene.claims[total]) and eligible(c) for c in after) else []


def opposites(
    scene: Scene, total: int, before: Sequence[int], *, apart: bool = False, planned: bool = False
) -> tuple[int, int] | None:
    """`Exports were X and imports Y, with a surplus of T`: the two that are named, here or sentences `apart`.

    `planned`: one of the two is a target.
    """
    here = [c for c in before if apart or scene.claims[c].sentence == scene.claims[total].sentence]
    if planned and not any("target" in scene.roles(c, "growth", "target") for c in here):
        return None
    start = scene.claims[total].figure.start
    # `free cash flow of 33.6 million funded dividends of 13.5`: what is said of the figure before is not said of this.
    floor = scene.claims[total - 1].figure.end if total else 0
    words = scene.report.view[max(floor, start - _NAME) : start].lower()
    for more, less, outcome in listed.opposites(scene.book) if len(here) > 1 else ():
        if not outcome.search(words):
            continue
        found = [[c for c in here if _called(scene, c, word)] for word in (more, less)]
        if all(len(named) == 1 for named in found) and found[0] != found[1]:
            pair = found[0][0], found[1][0]
            first, second = pair if _is_larger(scene, *pair) else pair[::-1]
            # `receipts of 48 and payments of 31, a surplus of 17 that raised the cash surplus to 52`
            between = range(max(first, second) + 1, total)
            return None if any(_called(scene, c, outcome) for c in between) else (first, second)
    return None


def _is_larger(scene: Scene, one: int, other: int) -> bool:
    """Whether one of two figures is the larger, a bare one read in the multiplier of the other."""
    a, b = scene.claims[one].figure, scene.claims[other].figure
    return abs(lent(a, b).number.value) >= abs(lent(b, a).number.value)


def _called(scene: Scene, claim: int, word: re.Pattern[str]) -> bool:
    """Whether a word stands with a figure: in its noun, or right before it."""
    figure = scene.claims[claim].figure
    if word.match(figure.unit) or word.search(scene.report.view[figure.number_end : figure.end].lower()):
        return True
    start = max(figure.start - _LEAD, scene.claims[claim - 1].figure.end if claim else 0)
    start = max(start, scene.sentences[scene.claims[claim].sentence].start)
    return word.search(scene.report.view[start : figure.start].lower()) is not None


def _signed(scene: Scene, total: int, before: Sequence[int]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The runs of figures right before an outcome that make it, each added or taken off."""
    for size in range(2, min(len(before), _LONGEST) + 1):
        for first in range(len(before) - size, max(-1, len(before) - size - 3), -1):
            run = tuple(before[first : first + size])
            for tail in product((1, -1), repeat=size - 1):
                if _makes(scene, total, run, (1, *tail)):
                    yield run, (1, *tail)


def _closing(scene: Scene, total: int, before: Sequence[int]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Two or three of the figures before a total that make it."""
    for size in (2, 3, 4):
        for run in combinations(before, size):
            if _makes(scene, total, run, (1,) * size):
                yield run, (1,) * size


def _makes(scene: Scene, total: int, parts: Sequence[int], signs: Sequence[int]) -> bool:
    """Whether the printed numbers make the total, within half a step of each."""
    whole = scene.claims[total].figure.number
    numbers = [scene.claims[p].figure.number for p in parts]
    slack, made = whole.step, _NOTHING
    for number, sign in zip(numbers, signs, strict=True):
        slack += number.step
        made += number.value * sign
    slack /= 2
    # What is lost in the rounding is no part, nor what they come to.
    return abs(abs(made) - abs(whole.value)) <= slack and all(abs(n.value) >= slack for n in (whole, *numbers))


def _rest(scene: Scene, rest: int, cue: Cue, eligible: Callable[[int], bool]) -> Iterator[Candidate]:
    """`The larger part, 1.095 billion … The remaining 313 million …`: a total and parts in the sentences before."""
    before = figures_before(scene, rest, eligible)
    for n, total in enumerate(before):
        whole = scene.claims[total].figure.number
        if whole.step and abs(whole.value) < whole.step * _TELLING:
            continue
        for size in (1, 2):
            for some in combinations(before[n + 1 :], size):
                parts = (*some, rest)
                if _makes(scene, total, parts, (1,) * len(parts)):
                    yield signed_sum(scene, total, parts, (1,) * len(parts), cue, UNSAID)


def _contributions(scene: Scene, number: int) -> Iterator[Candidate]:
    """`Up 6.4% … volume added 4.1 points and prices 3.0 points, offset by 0.7 points`."""
    points = [c for c in scene.by_sentence[number] if is_points(scene.claims[c].figure)]
    if not 2 <= len(points) <= _LONGEST or all(scene.claims[c].figure.kind != "points" for c in points):
        return
    first = scene.by_sentence[max(0, number - 3)].start
    totals = [
        c
        for c in range(points[0] - 1, first - 1, -1)
        if scene.claims[c].figure.kind == "percent"
        and scene.claims[c].figure.unit == "%"
        and scene.same_section(c, points[0])
        and "percent" in scene.roles(c, "growth")
    ]
    offset = any(_OFFSET.search(scene.between(a, b)) for a, b in pairwise(points))
    for total in totals[:4]:
        for tail in product((1, -1), repeat=len(points) - 1):
            signs = (1, *tail)
            if (offset or -1 not in signs) and _makes(scene, total, points, signs):
                cue = Cue(0, 0, "sum", (), 0, "", "", False, "sum.contributions")
                yield signed_sum(scene, total, points, signs, cue, UNSAID)


def is_points(figure: Figure) -> bool:
    """Whether a figure is in percentage points: `6.2 percentage points and 0.9 points`."""
    return figure.upper is None and (figure.kind == "points" or figure.unit == "point")


def _as_points(claim: Claim) -> Claim:
    figure = claim.figure
    if figure.unit != "point":
        return claim
    return replace(claim, figure=replace(figure, kind="points", unit="pp", dimension="points", discrete=False))


def signed_sum(
    scene: Scene,
    total: int,
    parts: Sequence[int],
    signs: Sequence[int],
    cue: Cue,
    tier: int,
    *,
    turning: bool = True,
) -> Candidate:
    """A sum with what is taken off as `less`; where all of it is below nought (a deficit) the signs are turned, and
    where the total is printed with a minus (`natural growth was minus 1.8 per thousand`) the other way."""
    over = scene.claims[total]
    terms = [counted_alike(over, _as_points(scene.claims[p])) for p in parts]
    sizes = [lent(term.figure, over.figure).number.value for term in terms]
    made = sum((size * sign for size, sign in zip(sizes, signs, strict=True)), Fraction(0))
    turned = turning and (made < 0) != (over.figure.number.value < 0)
    roles = ["part" if (sign > 0) != turned else "less" for sign in signs]
    operands = (
        operand("total", over),
        *(operand(role, term) for role, term in zip(roles, terms, strict=True)),
    )
    confidence: Confidence = "high" if tier == 0 else "low"
    words = " ".join(scene.report.text[cue.start : cue.end].split())
    reason = f"“{words}”" if words else "the figures make one that stands before them"
    relation = Relation("sum", operands, scene.scope_of(total, *parts), confidence, cue.rule, reason)
    return Candidate(relation, tier, tuple(sorted((total, *parts))))


def far_totals(scene: Scene, ledger: Ledger, parts: Sequence[int]) -> Iterator[Candidate]:
    """A bare list whose sum is a figure of the report before it: `sales of A, B and C were x, y and z`.

    Where the list's words name that figure (`Within voluntary giving, …`) it need not be printed so finely. The last of
    a list may be a cost that stands for no part of its own (`… and unallocated corporate cost was $8.6 million`).
    """
    numbers = [scene.claims[p].figure.number for p in parts]
    slack = sum((n.step for n in numbers), Fraction(0)) / 2
    about = ledger.subject(parts[0])
    last = scene.between(parts[-2], parts[-1])
    for sign in (1, -1) if _COST.search(last) else (1,):
        signs = (1,) * (len(parts) - 1) + (sign,)
        made = sum((n.value * s for n, s in zip(numbers, signs, strict=True)), Fraction(0))
        for total in ledger.between(made - slack, made + slack):
            whole = scene.claims[total].figure
            if total >= parts[0] or not same_measure(scene.claims[total], scene.claims[parts[0]]) or whole.per:
                continue
            named = bool(about & ledger.named(total))
            fine = _TELLING if named and len(parts) > 2 else _FAR_TELLING
            if abs(whole.number.value) < whole.number.step * (fine if whole.number.step else 0):
                continue
            if len(parts) < 3 and not scene.same_section(total, parts[0]):
                continue
            cue = Cue(0, 0, "sum", (), 0, "", "", False, "sum.list-of-a-total-before")
            yield signed_sum(scene, total, parts, signs, cue, UNSAID)
