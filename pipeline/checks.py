"""Relations → checks, each with its verdict and what is said of it; checks → findings, what a person should look at.

The only place that names a verdict. A stated figure is never corrected: we report, the reader decides.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from pipeline.exact import Scales, plain
from pipeline.formulas import Agreement, Posed, agreement, agreement_of, agrees_turned, problem_of
from pipeline.fraction import Fraction
from pipeline.interval import Interval
from pipeline.mends import Mend, mends, said
from pipeline.model import (
    Check,
    Claim,
    Figure,
    Finding,
    Operand,
    Relation,
    Report,
    Section,
    Sentence,
    Severity,
    Verdict,
)
from pipeline.repair import Evidence, Repair, repairs
from pipeline.rulebook import Rulebook, RuleError
from pipeline.rulebook.scales import scales
from pipeline.rulebook.shapes import CheckRule
from pipeline.wording import tell
from pipeline.wording.messages import SLIPS

_VERDICTS: Mapping[Agreement, Verdict] = {
    "strict": "consistent",
    "open": "undecided",
    "coarse": "borderline",
    "none": "inconsistent",
}
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_CONFIDENCES = ("high", "medium", "low")
# A percentage that stands so near before, in code points, may have been taken from there.
_NEAR = 500
# A percentage that stands in many places says nothing of any of them.
_FEW = 2


def judge(
    relations: Sequence[Relation],
    report: Report,
    sections: Sequence[Section],
    book: Rulebook,
    claims: Sequence[Claim] = (),
) -> tuple[Check, ...]:
    """A check for each relation, in their order. What `claims` say elsewhere helps to tell which figure is wrong."""
    sizes, rules = scales(book), _rules(book)
    problems = [problem_of(relation, sizes) for relation in relations]
    agreements = [agreement(relation, sizes) for relation in relations]
    support = _Support.of(relations, agreements, claims)
    counted = [_counted_in(posed, agreed, sizes) for posed, agreed in zip(problems, agreements, strict=True)]
    starts = [section.start for section in sections]
    proposed = {
        n: repairs(posed, report.text, support.evidence(posed.relation))
        for n, (posed, agreed, _) in enumerate(counted)
        if agreed == "none"
    }
    mended = mends([posed for posed, _, _ in counted], [agreed for _, agreed, _ in counted], proposed, report.text)
    found = []
    for n, (posed, agreed, scale) in enumerate(counted):
        relation = posed.relation
        rule = rules.get(relation.kind)
        if rule is None:
            raise RuleError(
                f"checks/{relation.kind}.toml: no [check] tells of the kind {relation.kind!r}; add the file"
            )
        section = sections[_last_before(starts, relation.operands[0].start)].heading if sections else ""
        told = _Told(proposed.get(n, ()), mended.get(n), scale)
        found.append(_check(posed, _VERDICTS[agreed], rule, report.text, section, told))
    return tuple(found)


def _counted_in(posed: Posed, agreed: Agreement, sizes: Scales) -> tuple[Posed, Agreement, Fraction]:
    """The problem with bare figures read in the scale that the report says, where only that reading agrees."""
    operands = posed.relation.operands
    scales_said = {operand.scale for operand in operands}
    if agreed != "none" or len(scales_said) == 1:
        return posed, agreed, Fraction(1)
    scaled = Posed(replace(posed.relation, operands=tuple(_scaled(operand) for operand in operands)), sizes)
    again = agreement_of(scaled)
    return (posed, agreed, Fraction(1)) if again == "none" else (scaled, again, max(scales_said))


def _scaled(operand: Operand) -> Operand:
    figure, by = operand.figure, operand.scale
    if figure is None or by == 1:
        return operand
    ends = [
        end and replace(end, value=end.value * by, step=end.step * by, coarse=end.coarse * by)
        for end in (figure.number, figure.upper)
    ]
    assert ends[0] is not None
    return replace(operand, figure=replace(figure, number=ends[0], upper=ends[1]))


def findings(
    checks: Iterable[Check], report: Report, sentences: Sequence[Sentence], *, strict: bool = False
) -> tuple[Finding, ...]:
    """What a person should look at, worst first; borderline checks only if `strict`."""
    seen: Counter[tuple[str, ...]] = Counter()
    found: list[tuple[tuple[int, int, Fraction, int], Finding]] = []
    for check in checks:
        severity = _severity(check, strict)
        if severity is None:
            continue
        figures = tuple(" ".join(report.text[o.start : o.end].split()) for o in check.relation.operands)
        said = (check.relation.kind, report.name, *figures)
        seen[said] += 1
        finding = Finding(_id("F-", 16, *said, str(seen[said])), severity, check, quote(check, report.text, sentences))
        found.append((_badness(severity, check, report.text), finding))
    return tuple(finding for _, finding in sorted(found, key=lambda ranked: ranked[0]))


def claims_column(relation: Relation) -> str:
    """What the column `claims` says of a relation: `total=c81;part=c82;part=c85`."""
    return ";".join(f"{operand.role}={operand.ref}" for operand in relation.operands)


def quote(check: Check, text: str, sentences: Sequence[Sentence]) -> str:
    """The sentences that hold the operands, in one line; ` … ` stands for what is between them."""
    touched: set[int] = set()
    for operand in check.relation.operands:
        first = bisect_right(sentences, operand.start, key=lambda sentence: sentence.end)
        touched.update(range(first, bisect_left(sentences, operand.end, key=lambda sentence: sentence.start)))
    held = sorted(touched)
    pieces = []
    for before, n in zip([None, *held], held, strict=False):
        if before is not None:
            pieces.append(" " if n == before + 1 else " … ")
        pieces.append(" ".join(text[sentences[n].start : sentences[n].end].split()))
    return "".join(pieces) if pieces else " ".join(text[check.start : check.end].split())


@dataclass(frozen=True, slots=True)
class _Support:
    """What the rest of the report says of a figure: where it agrees, where it quarrels, where its number is said.

    `percents` and `amounts` are found by number and unit, the amounts with a lower bound (`floors`) by unit.
    """

    agreeing: frozenset[str]
    quarrels: Mapping[str, int]
    percents: Mapping[tuple[Fraction, str], tuple[tuple[int, str], ...]]
    amounts: Mapping[tuple[Fraction, str], Sequence[Figure]]
    floors: Mapping[str, Sequence[Figure]]

    @classmethod
    def of(cls, relations: Sequence[Relation], agreements: Sequence[Agreement], claims: Sequence[Claim]) -> _Support:
        judged = list(zip(relations, agreements, strict=True))
        agreeing = {o.ref for relation, agreed in judged if agreed == "strict" for o in relation.operands}
        quarrels = Counter(
            ref for relation, agreed in judged if agreed == "none" for ref in {o.ref for o in relation.operands}
        )
        percents: defaultdict[tuple[Fraction, str], set[tuple[int, str]]] = defaultdict(set)
        for claim in claims:
            if claim.figure.kind == "percent" and claim.role == "percent":
                percents[claim.figure.number.value, claim.figure.unit].add((claim.figure.start, claim.claim_id))
        for relation in relations:
            for operand in relation.operands:
                figure = operand.figure
                if figure is not None and figure.kind == "percent":
                    percents[figure.number.value, figure.unit].add((operand.start, operand.ref))
        said = {key: tuple(sorted(found)) for key, found in percents.items()}
        amounts: defaultdict[tuple[Fraction, str], list[Figure]] = defaultdict(list)
        floors: defaultdict[str, list[Figure]] = defaultdict(list)
        for figure in (claim.figure for claim in claims if claim.figure.upper is None):
            if figure.kind == "absolute" and figure.modifier in (">", ">="):
                floors[figure.unit].append(figure)
            elif figure.kind == "absolute" and not figure.modifier:
                amounts[figure.number.value, figure.unit].append(figure)
        return cls(frozenset(agreeing), quarrels, said, amounts, floors)

    def evidence(self, relation: Relation) -> Evidence:
        """What speaks for and against the figures of a relation that does not agree."""
        operands = [o for o in relation.operands if o.figure is not None]
        return Evidence(
            agreeing={o.ref for o in operands if o.ref in self.agreeing},
            repeated={o.ref for o in operands if self.repeated(o)},
            pasted={o.ref for o in operands if self.pasted(o)},
            quarrels={o.ref: self.quarrels[o.ref] - 1 for o in operands},
        )

    def repeated(self, operand: Operand) -> bool:
        """Whether the same number is said once or twice more, far from here."""
        figure = operand.figure
        if figure is None:
            return False
        value, unit = figure.number.value, figure.unit
        same: list[int] = []
        if figure.kind == "percent":
            same = [start for start, _ in self.percents.get((value, unit), ())]
        elif figure.kind == "absolute" and value >= 10 * figure.number.coarse:
            # 605 million again, or `more than 600 million`
            same = [other.start for other in self.amounts.get((value, unit), ())]
            floors = ((other.start, other.number) for other in self.floors.get(unit, ()))
            same += [start for start, floor in floors if floor.value < value < floor.value + floor.coarse]
        return 0 < sum(abs(start - operand.start) >= _NEAR for start in same) <= _FEW

    def pasted(self, operand: Operand) -> bool:
        """Whether the same percentage stands close before, and does not itself agree with this one as its repeat."""
        if operand.figure is None or operand.figure.kind != "percent" or operand.ref in self.agreeing:
            return False
        same = self.percents.get((operand.figure.number.value, operand.figure.unit), ())
        return any(ref != operand.ref and 0 < operand.start - start < _NEAR for start, ref in same)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a relation beside its verdict: repairs, what mends it with others, the scale it is read in."""

    proposed: Sequence[Repair]
    mend: Mend | None
    scale: Fraction


def _check(posed: Posed, verdict: Verdict, rule: CheckRule, text: str, section: str, beside: _Told) -> Check:
    relation = posed.relation
    place = posed.set_against(contradicted=verdict in ("inconsistent", "borderline"))
    turned = verdict == "inconsistent" and agrees_turned(posed)
    told = tell(posed, place, verdict, rule, text, turned)
    return Check(
        check_id=_id("C-", 12, relation.kind, claims_column(relation)),
        relation=relation,
        verdict=verdict,
        stated=told.stated,
        computed=told.computed,
        gap=_gap(posed, place, verdict),
        formula=told.formula,
        explanation=told.explanation + _counted(beside.scale) + said(beside.mend),
        suggestion="; ".join(_suggestions(relation, beside)),
        section=section,
        start=min(operand.start for operand in relation.operands),
        end=max(operand.end for operand in relation.operands),
    )


def _counted(scale: Fraction) -> str:
    if scale == 1:
        return ""
    return f" Figures without a multiplier are read as counted in units of {scale.numerator:,}, as the report says."


def _suggestions(relation: Relation, beside: _Told) -> list[str]:
    """What would agree, the likeliest first: before all what mends other relations too."""
    mend = {ref: change for change in beside.mend.changes for ref in change.refs} if beside.mend else {}
    first, rest = [], []
    for repair in beside.proposed:
        change = mend.get(relation.operands[repair.place].ref)
        if change is None:
            rest.append(_proposal(repair))
        elif repair.value is not None and not (Interval.point(repair.value) & change.wanted).is_empty:
            first.append(_proposal(repair))
        else:
            first.append(f"{change.printed} → {change.proposed}")
    return first + rest


def _proposal(repair: Repair) -> str:
    why = SLIPS[repair.slip]
    return f"{repair.printed} → {repair.proposed}" + (f" ({why})" if why else "")


def _gap(posed: Posed, place: int, verdict: Verdict) -> str:
    """How far the stated reading is from the computed range, in the stated unit, to a hundredth of its last digit."""
    figure, found = posed.relation.operands[place].figure, posed.computed(place)
    if verdict == "undecided" or found is None or found.interval.is_empty or figure is None:
        return ""
    gap = found.interval.gap(posed.printed(place))
    fine = figure.number.step / 100
    return plain(round(gap / fine) * fine if fine else gap)


def _severity(check: Check, strict: bool) -> Severity | None:
    if check.verdict == "inconsistent":
        return "error" if check.relation.confidence == "high" else "warning"
    return "note" if check.verdict == "borderline" and strict else None


def _badness(severity: Severity, check: Check, text: str) -> tuple[int, int, Fraction, int]:
    """Worst first: severity, confidence, the gap as a part of the stated figure, the place."""
    figures = [(o.figure, " ".join(text[o.start : o.end].split())) for o in check.relation.operands]
    size = next((abs(f.number.value) for f, printed in figures if f and printed == check.stated), Fraction(0))
    gap = Fraction(check.gap) / size if check.gap and size else Fraction(0)
    return _SEVERITIES.index(severity), _CONFIDENCES.index(check.relation.confidence), -gap, check.start


def _id(prefix: str, digits: int, *said: str) -> str:
    return prefix + sha256("\0".join(said).encode()).hexdigest()[:digits]


def _last_before(starts: Sequence[int], offset: int) -> int:
    return max(bisect_right(starts, offset) - 1, 0)


@lru_cache(maxsize=4)
def _rules(book: Rulebook) -> Mapping[str, CheckRule]:
    return {rule.name: rule for rule in book.of(CheckRule)}
