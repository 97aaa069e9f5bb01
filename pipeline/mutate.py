"""The consistent examples of a kind of relation, each with one slip of the pen → how many of the slips are caught.

A slip counts if it shows: if the figures of the example, bound as before, no longer agree in any reading. It is caught
if an error names the figure that was changed. Nothing is random: the same rules give the same counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline import selftest
from pipeline.exact import Scales
from pipeline.formulas import Posed, agreement
from pipeline.fraction import Fraction
from pipeline.model import Check, Claim, Finding, Operand, Reading, Relation
from pipeline.patterns import lazy
from pipeline.rulebook import Rulebook
from pipeline.rulebook.scales import scales
from pipeline.rulebook.shapes import CheckRule
from pipeline.slips import MADE, Made, slipped

_NUMBER = lazy(r"\d(?:[\d,]*\d)?(?:\.\d+)?")
_WORD = lazy(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Slipped:
    """An example with one figure changed: operand number `place` is printed otherwise."""

    check: Check
    place: int
    slip: Made
    start: int
    old: str
    new: str
    text: str

    @property
    def end(self) -> int:
        """Where the changed number ends."""
        return self.start + len(self.new)

    @property
    def unslipped(self) -> str:
        """The example itself."""
        return self.text[: self.start] + self.old + self.text[self.end :]


@dataclass(frozen=True, slots=True)
class Tally:
    """The slips that show in the examples of one rule, by name; those caught; and what else was flagged.

    `warned` are flagged as a warning only. `beside` are slips with an error over other figures than the changed one,
    which the example itself had not.
    """

    rule: str
    shown: Mapping[Made, int]
    caught: Mapping[Made, int]
    warned: int
    beside: int
    missed: tuple[Slipped, ...]

    @property
    def share(self) -> Fraction | None:
        """The part of the slips that is caught; None where none shows."""
        return Fraction(sum(self.caught.values()), sum(self.shown.values())) if self.shown else None


def tally(rule: CheckRule, book: Rulebook, read: selftest.Read) -> Tally:
    """How many slips in the consistent examples of a rule are caught."""
    sizes = scales(book)
    shown: Counter[Made] = Counter()
    caught: Counter[Made] = Counter()
    warned = beside = 0
    missed = []
    known: dict[str, set[tuple[str, ...]]] = {}
    for copy in _copies(rule, book, read):
        reading = read(copy.text, book)
        if copy.unslipped not in known:
            known[copy.unslipped] = {_said(f, copy.unslipped) for f in read(copy.unslipped, book).findings}
        before = known[copy.unslipped]
        relation = _as_before(copy, reading)
        if relation is None or agreement(relation, sizes) != "none":
            continue
        shown[copy.slip] += 1
        errors = [finding for finding in reading.findings if finding.severity == "error"]
        if any(_names(finding, copy) for finding in errors):
            caught[copy.slip] += 1
        else:
            warned += any(_names(finding, copy) for finding in reading.findings)
            missed.append(copy)
        beside += any(not _names(finding, copy) and _said(finding, copy.text) not in before for finding in errors)
    return Tally(rule.name, shown, caught, warned, beside, tuple(missed))


def table(tallies: Iterable[Tally]) -> Iterator[str]:
    """The counts as the lines of a table in Markdown: by slip the caught of those that show."""
    yield f"| rule | {' | '.join(MADE)} | caught | warned only | error beside |"
    yield f"|---|{'---|' * len(MADE)}---|---|---|"
    for one in tallies:
        by_slip = (f"{one.caught.get(slip, 0)}/{one.shown[slip]}" if one.shown.get(slip) else "" for slip in MADE)
        share = "" if one.share is None else f"{round(one.share * 100)}%"
        yield f"| {one.rule} | {' | '.join(by_slip)} | {share} | {one.warned} | {one.beside} |"


def _copies(rule: CheckRule, book: Rulebook, read: selftest.Read) -> Iterator[Slipped]:
    """Each slip in each figure of each consistent example."""
    texts = [example.text for example in rule.examples]
    for example in rule.examples:
        wanted = [line for line in example.finds if line.startswith(f"{rule.name} consistent: ")]
        reading = read(example.text, book) if wanted else None
        for check in reading.checks if reading else ():
            if selftest.check_line(check, example.text) not in wanted:
                continue
            others = [text for text in texts if text != example.text]
            for place, operand in enumerate(check.relation.operands):
                yield from _slips(check, place, operand, example.text, others, scales(book))


def _slips(
    check: Check, place: int, operand: Operand, text: str, others: Iterable[str], sizes: Scales
) -> Iterator[Slipped]:
    numbers = [found for form in (_NUMBER, _WORD) for found in form.finditer(text, operand.start, operand.end)]
    if operand.side == "high":
        numbers = numbers[1:] or numbers
    if not numbers or (operand.figure is None and operand.value is None):
        return
    number = numbers[0]
    percent = operand.figure is not None and operand.figure.kind == "percent"
    pasted = _percents(others) if percent and operand.role == "percent" else ()
    bases = _bases(check.relation, operand, number.group(), sizes)
    for slip, new in slipped(number.group(), pasted, bases):
        if not _plausible(operand, slip, number.group(), new):
            continue
        changed = text[: number.start()] + new + text[number.end() :]
        yield Slipped(check, place, slip, number.start(), number.group(), new, changed)


def _plausible(operand: Operand, slip: Made, old: str, new: str) -> bool:
    """Whether a pen slips so: a year stays in its century, and what is counted one by one stays a whole number."""
    if operand.figure is None:
        return slip in ("digit", "transposed") and new[:2] == old[:2]
    return "." not in new or "." in old or not operand.figure.discrete


def _percents(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (found[1] for found in re.finditer(r"(?<![\d.,])(\d+(?:\.\d+)?)%", text))


def _bases(relation: Relation, operand: Operand, printed: str, sizes: Scales) -> Iterator[str]:
    """The percentage as it is where the change is divided by the later figure."""
    if operand.role != "percent" or relation.kind != "growth":
        return
    points = Posed(relation, sizes).points
    roles = points.roles if points else {}
    level, prior, change = (roles[role][0].low if role in roles else None for role in ("level", "prior", "change"))
    if level and (change is not None or prior is not None):
        moved = abs(change if change is not None else level - (prior or 0))
        decimals = len(printed.partition(".")[2])
        share = str(round(moved / abs(level) * 100 * 10**decimals)).rjust(decimals + 1, "0")
        yield f"{share[:-decimals]}.{share[-decimals:]}" if decimals else share


def _as_before(copy: Slipped, reading: Reading) -> Relation | None:
    """The example's relation over the figures of the copy; None where one of them is no figure any more."""
    operands = []
    for place, operand in enumerate(copy.check.relation.operands):
        start, end = _moved(operand.start, copy), _moved(operand.end, copy)
        if operand.figure is None:
            value = Fraction(copy.new.replace(",", "")) if place == copy.place else operand.value
            operands.append(replace(operand, start=start, end=end, value=value))
            continue
        claim = _claim_at(start, end, reading.claims)
        if claim is None or (claim.figure.upper is None) != (operand.figure.upper is None):
            return None
        operands.append(replace(operand, start=start, end=end, ref=claim.claim_id, figure=claim.figure))
    return replace(copy.check.relation, operands=tuple(operands))


def _claim_at(start: int, end: int, claims: Iterable[Claim]) -> Claim | None:
    return next((claim for claim in claims if claim.figure.start < end and start < claim.figure.end), None)


def _moved(offset: int, copy: Slipped) -> int:
    return offset + (len(copy.new) - len(copy.old) if offset > copy.start else 0)


def _said(finding: Finding, text: str) -> tuple[str, ...]:
    relation = finding.check.relation
    return relation.kind, *(text[operand.start : operand.end] for operand in relation.operands)


def _names(finding: Finding, copy: Slipped) -> bool:
    operands = finding.check.relation.operands
    return any(operand.start < copy.end and copy.start < operand.end for operand in operands)
