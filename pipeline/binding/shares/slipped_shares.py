"""A part, a whole and a percent that words tie and one slip of the pen keeps apart → share.

The part is the one that words name, or the nearest amount before the percent; the whole is named by words (`of net
sales`, `of the total`), or the nearest larger amount of its measure. The nearest such pair is tried, then a few others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pipeline.binding import listed
from pipeline.binding.ledger import Ledger, plain
from pipeline.binding.scene import Candidate, Scene, counted_alike, flat, operand, same_measure
from pipeline.binding.shares import far_shares
from pipeline.binding.shares.of_another import PRONOUNS
from pipeline.binding.slipped import ANY, STRONG, fineness, slips
from pipeline.fraction import Fraction
from pipeline.model import Confidence, Cue, Figure, Operand, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

AMBIENT = "share.words-unknown"
_FEW = 6
# So many steps of its last digit a percent must have, and its company, before any digit of them is looked at.
_FINE_PERCENT, _FINE = 100, 30
_COARSEST = 10
_ALONGSIDE = lazy(r",? and (?!(?:the |a |its |their )?(?:total|whole|all|overall|entire)\b)[a-z][a-z' -]{0,40} ")
_OF_TOTAL = lazy(r"\s*of (?:the|this|that|all|its|their) (?:total|whole|sum|number)\b")
_PAIR, _ALL = 2, 100
_WITHIN, _REACH = 60, 60
# … or `19.2 million as at 30 April, equal to 50 per cent of the allocation`
_IN_BRACKETS = lazy(
    r"\s*[,;]\s*|[^,;.()]{0,40}\(\s*|[^,;.()]{0,40}, (?:or|equal to|equivalent to|representing|corresponding to|i\.e\."
    r"|that is|which is|being) (?:about |some |nearly |only |just )?"
)
# `69.3 percent of it, or 5.983 billion`
_OR = lazy(r"[^.;]{0,30}(?:,|\(|\bor\b|\bi\.e\.|\bthat is\b)\s*(?:or|that is|i\.e\.)?[ ,]*")
_CLOSE_WITHIN, _FIVE_POINTS = 30, Fraction(1, 20)
_PLANNED = lazy(r"\b(plan|budget|target|expect|forecast)\w*\b[^.;]*$")
_YEAR = lazy(r"(?<![\d,.])(?:1[89]|20)\d\d(?![\d,.]\d)(?!\d)")
_CHANGING = lazy(r"\b(?:increas|decreas|declin|grow|grew|ris(?:e|en|ing)|rose|fell|fall|drop|reduc|higher|lower)\w*")


def meant(scene: Scene, ledger: Ledger, percent: int, cue: Cue, candidates: Sequence[Candidate]) -> Relation | None:
    """The nearest share that words allow and a slip explains."""
    figure = scene.claims[percent].figure
    if cue.rule == AMBIENT or figure.number.manner != "digits" or figure.modifier or not _is_fine(figure, _COARSEST):
        return None
    if _is_change(scene, percent):
        return None
    named = {scene.claims[ref].claim_id for role, ref in cue.roles if role == "part" and ref >= 0}
    tried = [c.relation for c in sorted(candidates, key=lambda c: _apart(c, percent)) if _near(c.relation)]
    pairs = (*_by_name(scene, ledger, percent, cue), *_of_the_sentence(scene, percent, cue))
    tried += [share(scene, (part,), whole, percent, cue, "low") for part, whole in pairs]
    # Of what stands farther off, phrases decide: `distant_shares`.
    tried = [r for r in tried if r.scope in ("sentence", "neighbour")]
    words = far_shares.meant(scene, percent, cue)
    if words and not words & PRONOUNS:
        tried = [r for r in tried if _is_whole_named(scene, ledger, r, words, cue)]
    for relation in [r for r in tried if not named or _part_of(r) in named][:_FEW]:
        if any(o.figure is not None and o.figure.modifier for o in relation.operands):
            continue
        if _may_be(scene, relation, percent) and is_slip_apart(scene, relation, percent):
            return replace(relation, confidence="high", reason=f"{relation.reason}; a slip of the pen would explain it")
    return None


def is_slip_apart(scene: Scene, relation: Relation, percent: int) -> bool:
    """Whether one slip of the pen explains a share that does not agree: any where its figures are fine, else a strong
    one."""
    posed = _of_counts(relation)
    finest = min(fineness(o) for o in posed.operands)
    fine = _is_fine(scene.claims[percent].figure, _FINE_PERCENT) and finest >= _FINE
    return finest >= _COARSEST and bool(slips(posed, scales(scene.book), ANY if fine else STRONG))


def _is_change(scene: Scene, percent: int) -> bool:
    """Whether a percent may be one of growth: `petrol fell by 11.7 tons (42.8%)`."""
    figure = scene.claims[percent].figure
    start = max(scene.clause_of(percent)[0], figure.start - _WITHIN)
    for before in range(percent - 1, max(-1, percent - 4), -1):
        if scene.claims[before].figure.kind == "percent":
            start = max(start, scene.claims[before].figure.end)
            break
    said = scene.report.view[start : figure.start].lower()
    return "percent" in scene.roles(percent, "growth") or _CHANGING.search(said) is not None


def _may_be(scene: Scene, relation: Relation, percent: int) -> bool:
    """Whether figures may be a part and its whole: the one stands beside the percent, the other has none of its own."""
    claims = {scene.claims[c].claim_id: c for c in range(max(0, percent - _REACH), min(len(scene.claims), percent + 3))}
    found = [(o.role, claims.get(o.ref)) for o in relation.operands if o.role != "percent"]
    for role, claim in found:
        if claim is None:
            continue
        if "prior" in scene.roles(claim, "growth"):
            return False  # `120,400, against 115,900 a year earlier; the rate was 4.3%`
        other = "part" if role == "whole" else "whole"
        if role == "whole" and _OF_TOTAL.match(scene.after(claim)) is not None:
            return False  # `First applications made up 41,596 of the total`
        if any(r == other and c.kind == "share" for r, c in scene.cues_of.get(claim, ())):
            return False
        if role == "whole" and any(_has_its_own(scene, claim, other) for other in (claim - 1, claim + 1)):
            return False
        if role == "part" and scene.claims[claim].sentence != scene.claims[percent].sentence:
            return False
    if relation.scope != "sentence" and _is_above_its_whole(scene, relation):
        return False
    ends = [claim for _, claim in found if claim is not None]
    # `Savings accounts made up 110.7 billion and term deposits 139.2 billion`: two of a row are no part and whole.
    row = len(ends) == _PAIR and ends[1] == ends[0] + 1 and _ALONGSIDE.fullmatch(scene.between(*ends).lower())
    return not row


def _is_above_its_whole(scene: Scene, relation: Relation) -> bool:
    """Whether a part is larger than its whole, one of several figures of a sentence, and the percentage tells of less
    than all."""
    whole = next(o for o in relation.operands if o.role == "whole")
    row = scene.by_sentence[scene.sentence_at(whole.start)]
    if sum(scene.claims[n].figure.kind == "absolute" for n in row) < _PAIR:
        return False
    figures = {o.role: o.figure for o in relation.operands if o.figure is not None}
    above = figures["part"].number.value > figures["whole"].number.value
    return above and figures["percent"].kind == "percent" and figures["percent"].number.value < _ALL


def _has_its_own(scene: Scene, claim: int, other: int) -> bool:
    """Whether an amount and the percent beside it are one in brackets: `(81 per cent, 45.5 million)`."""
    if not 0 <= other < len(scene.claims) or scene.claims[other].figure.kind != "percent":
        return False
    return _IN_BRACKETS.fullmatch(scene.between(claim, other)) is not None


def share(scene: Scene, parts: Sequence[int], whole: int, percent: int, cue: Cue, confidence: Confidence) -> Relation:
    """The share of a whole that one or more parts are."""
    over = scene.claims[whole]
    operands = (
        *(operand("part", counted_alike(over, scene.claims[p])) for p in parts),
        operand("whole", over),
        near(scene, percent),
    )
    words = " ".join(scene.report.text[cue.start : cue.end].split())
    return Relation("share", operands, scene.scope_of(*parts, whole, percent), confidence, cue.rule, f"“{words}”")


def near(scene: Scene, percent: int) -> Operand:
    """A percent or fraction; one that is `just over half` lies within a tenth of it, or five points."""
    figure = scene.claims[percent].figure
    said = operand("percent", scene.claims[percent])
    if figure.number.manner != "fraction" or figure.modifier not in ("<", ">"):
        return said
    start = max(scene.sentences[scene.claims[percent].sentence].start, figure.start - _CLOSE_WITHIN)
    if not listed.close(scene.book).search(flat(scene.report.view[start : figure.start].lower())):
        return said
    slack = max(figure.number.value / 10, _FIVE_POINTS)
    number = replace(figure.number, manner="digits", step=2 * slack, coarse=2 * slack)
    return replace(said, figure=replace(figure, modifier="", number=number))


def _by_name(scene: Scene, ledger: Ledger, percent: int, cue: Cue) -> Iterator[tuple[int, int]]:
    """The nearest amount before a percent, and the wholes before it that bear the name of what it is a part of."""
    words = far_shares.meant(scene, percent, cue)
    part = next((ref for role, ref in cue.roles if role == "part" and ref >= 0), None)
    if part is None:
        part = next(iter(_before(scene, percent)), None)
    if part is None or not words:
        return
    for whole in reversed(ledger.called(words)):
        if whole not in (part, percent) and whole < percent and same_measure(scene.claims[whole], scene.claims[part]):
            yield part, whole


def _of_the_sentence(scene: Scene, percent: int, cue: Cue) -> Iterator[tuple[int, int]]:
    """A part beside a percent and the nearest amounts before both, however small: a nought may be lost."""
    named = [ref for role, ref in cue.roles if role == "part" and ref >= 0]
    before = list(islice(_before(scene, percent), _FEW))
    behind = percent + 1
    if not named and behind in scene.by_sentence[scene.claims[percent].sentence] and plain(scene, behind, part=True):
        named = [behind] if _OR.fullmatch(scene.between(percent, behind)) else []
    wholes = list(islice(_before(scene, percent, part=False), _FEW))
    for part in (named or before)[:1]:
        for whole in wholes:
            if whole != part and same_measure(scene.claims[whole], scene.claims[part]):
                yield part, whole


def _is_whole_named(scene: Scene, ledger: Ledger, relation: Relation, words: frozenset[str], cue: Cue) -> bool:
    """Whether the whole has the words that say what the percent is of, or is the figure that they name."""
    whole = next(o.ref for o in relation.operands if o.role == "whole")
    if any(scene.claims[ref].claim_id == whole for role, ref in cue.roles if role == "whole" and ref >= 0):
        return True
    return any(
        scene.claims[c].claim_id == whole and words & ledger.named(c) and not _is_of_another(scene, c, relation)
        for c in _near_claims(scene, relation)
    )


def _is_of_another(scene: Scene, whole: int, relation: Relation) -> bool:
    """Whether a whole is one of another year, or a plan where the percent is of no plan: `planned costs of 70.2`."""
    start = scene.claims[whole].figure.start
    percent = next(o for o in relation.operands if o.role == "percent")
    said = scene.report.view[max(0, percent.start - _WITHIN) : percent.end + _WITHIN].lower()
    years = [_years(scene, scene.sentence_at(at)) for at in (start, percent.start)]
    if all(years) and years[0].isdisjoint(years[1]):
        return True
    planned = _PLANNED.search(scene.report.view[max(0, start - _WITHIN // 2) : start].lower())
    return planned is not None and planned.group(1) not in said


def _years(scene: Scene, number: int) -> frozenset[str]:
    sentence = scene.sentences[number]
    return frozenset(_YEAR.findall(scene.report.view, sentence.start, sentence.end))


def _near_claims(scene: Scene, relation: Relation) -> Iterator[int]:
    """The claims from the first to the last of a relation."""
    start, end = min(o.start for o in relation.operands), max(o.end for o in relation.operands)
    yield from range(bisect_left(scene.starts, start), bisect_left(scene.starts, end))


def _before(scene: Scene, percent: int, *, part: bool = True) -> Iterator[int]:
    """The amounts before a percent, nearest first, in its sentence and the one before."""
    number = scene.claims[percent].sentence
    first = scene.by_sentence[max(0, number - 1)].start
    for claim in range(percent - 1, first - 1, -1):
        if plain(scene, claim, part=part) and scene.same_section(claim, percent):
            yield claim


def _near(relation: Relation) -> bool:
    return len(relation.operands) == 3 and relation.scope in ("sentence", "neighbour")


def _apart(candidate: Candidate, percent: int) -> tuple[int, int]:
    """How well words license a share, then how far its figures stand apart."""
    return candidate.tier, sum(abs(claim - percent) for claim in candidate.claims)


def _part_of(relation: Relation) -> str:
    return next((o.ref for o in relation.operands if o.role == "part"), "")


def _of_counts(relation: Relation) -> Relation:
    """The relation with its bare whole numbers taken for counts: `29 of the 51`."""
    operands = (
        replace(o, figure=replace(o.figure, discrete=True)) if o.figure is not None and _counted(o.figure) else o
        for o in relation.operands
    )
    return replace(relation, operands=tuple(operands))


def _counted(figure: Figure) -> bool:
    return figure.discrete or (not figure.dimension and figure.number.step == 1)


def _is_fine(figure: Figure, steps: int) -> bool:
    return abs(figure.number.value) >= figure.number.step * steps
