"""A finding, a check, a kind, or a place in a report → the lines that explain it. It judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from pipeline import exact
from pipeline.model import Cue, Reading, Relation
from pipeline.patterns import lazy
from pipeline.rulebook import Rulebook
from pipeline.rulebook.scales import scales
from pipeline.rulebook.shapes import CheckRule, CueRule
from pipeline.tables import schema
from pipeline.tables.load import load_rows
from pipeline.tables.rows import Row
from pipeline.wording.implied import worth

_LINE_END = lazy(r"\r\n?|\n")


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def recorded(identifier: str, out: Path) -> list[str]:
    """What the tables of a run say of a finding or a check; nothing if they do not know it."""
    lines: list[str] = []
    for folder in sorted(path.parent for path in out.glob(f"*/{schema.SUMMARY.file}")):
        findings = _rows(folder / schema.FINDINGS.file)
        found = {row["check_id"]: row for row in findings if identifier in (row["finding_id"], row["check_id"])}
        for check in _rows(folder / schema.CHECKS.file):
            if check["check_id"] in found or check["check_id"] == identifier:
                claims = {row["claim_id"]: row for row in _rows(folder / schema.CLAIMS.file)}
                lines += [*_recorded(check, found.get(check["check_id"]), claims), ""]
    return lines[:-1]


def kind(name: str, book: Rulebook) -> list[str]:
    """What the rules say of a kind of relation; nothing if there is none of this name."""
    return [line for rule in book.of(CheckRule) if rule.name == name for line in _kind(rule, book)]


def offset_of(text: str, at: str) -> int | None:
    """The code point that `at` names: an offset, or line:column counted from 1; None if it is not in the text."""
    if re.fullmatch(r"[0-9]{1,12}", at):
        offset = int(at)
    elif place := re.fullmatch(r"([0-9]{1,9}):([0-9]{1,9})", at):
        begins = [0, *(end.end() for end in _LINE_END.finditer(text))]
        line, column = int(place[1]), int(place[2])
        if not 1 <= line <= len(begins) or column < 1:
            return None
        offset = begins[line - 1] + column - 1
    else:
        return None
    return offset if offset < len(text) else None


def at_place(reading: Reading, offset: int, book: Rulebook) -> list[str]:
    """What was seen at a place: section, sentence, the figures there, their cues, what was built and what not.

    Also what the figures there imply: `more than 410 million Yuan in 2008` of a level and its change.
    """
    section = next(part for part in reading.sections if part.start <= offset < part.end)
    said = next((sentence for sentence in reading.sentences if sentence.start <= offset < sentence.end), None)
    lines = [f"section   {section.heading or '(no heading)'} ({section.kind}, {section.start}–{section.end})"]
    if said is None:
        lines.append("sentence  none: headings, blanks and furniture have no sentences")
    start, end = (said.start, said.end) if said else (section.start, section.end)
    if said:
        lines.append(f"sentence  {_span(reading, said)}")
    here = [n for n, claim in enumerate(reading.claims) if start <= claim.figure.start < end]
    under = [n for n in here if reading.claims[n].figure.start <= offset < reading.claims[n].figure.end]
    chosen = under or here
    lines += [line for n in chosen for line in _claim(reading, n)]
    lines += [
        f"skip      {_span(reading, skip)} is no claim: {skip.reason} [{skip.rule}]"
        for skip in reading.skips
        if (skip.start <= offset < skip.end) or (not under and start <= skip.start < end)
    ]
    lines += [_cue(reading, cue) for cue in reading.cues if any(index in chosen for _, index in cue.roles)]
    refs = {reading.claims[n].claim_id for n in chosen}
    built = [line for n, relation in enumerate(reading.relations) for line in _relation(reading, n, relation, refs)]
    lines += built or ["relation  none here"]
    lines += [
        f"implied   {one.value}: {one.how}"
        for one in worth(reading.claims, reading.cues, reading.report.text, scales(book))
        if one.level in chosen or one.change in chosen
    ]
    unbuilt = [one for one in reading.considered if one.start < end and start < one.end]
    lines += [f"not built {one.kind} over {_span(reading, one)}: {one.reason} [{one.rule}]" for one in unbuilt]
    bound = {operand.ref for relation in reading.relations for operand in relation.operands}
    spoken = {index for cue in reading.cues for _, index in cue.roles}
    for n in chosen:
        figure = reading.claims[n].figure
        looked_at = any(one.start < figure.end and figure.start < one.end for one in unbuilt)
        if reading.claims[n].claim_id not in bound and n not in spoken and not looked_at:
            lines.append(f"not bound {_span(reading, figure)}: no words near it give it a role, and no other needs it")
    return lines


def _kind(rule: CheckRule, book: Rulebook) -> Iterator[str]:
    yield f"{rule.title} ({rule.address})"
    yield f"holds when   {rule.holds}"
    yield f"roles        {', '.join(rule.roles)}"
    yield f"looked for   in one {', one '.join(rule.scopes)}"
    for label, texts in (("computed as", rule.formula), ("if not", rule.inconsistent)):
        for n, said in enumerate(dict.fromkeys(texts.values())):
            yield f"{'' if n else label:<12} {said}"
    for example in rule.examples:
        yield f"for example  {example.text}"
        yield from (f"             {line}" for line in example.finds)
    yield from (f"but not      {refusal.text}" for refusal in rule.refuses)
    if cues := [cue.rule_id for cue in book.of(CueRule) if cue.kind == rule.name]:
        yield f"cues         {', '.join(cues)}"


def _rows(path: Path) -> list[Row]:
    return load_rows(path) if path.is_file() else []


def _recorded(check: Row, finding: Row | None, claims: dict[str, Row]) -> Iterator[str]:
    if finding:
        decided = f" · {finding['decision']} {finding['note']}".rstrip() if finding["decision"] else ""
        yield f"{finding['finding_id']} · {finding['severity']} · {finding['report']}{decided}"
        yield f"quote        “{' '.join(finding['quote'].split())}”"
    yield f"check        {check['check_id']} · {check['kind']} · {check['verdict']} · confidence {check['confidence']}"
    for operand in check["claims"].split(";"):
        role, _, ref = operand.partition("=")
        claim = claims.get(ref)
        if claim is None:
            yield f"  {role:<10} {ref}"
            continue
        stands = claim["value"] or f"{claim['low']} to {claim['high']}"
        read_as = ", ".join(filter(None, (f"{stands} {claim['unit']}".strip(), claim["period"])))
        yield f"  {role:<10} {claim['text']} = {read_as} ({claim['start']}–{claim['end']}, {ref})"
    for name in ("formula", "stated", "computed", "gap", "explanation", "suggestion", "scope", "section", "rule"):
        if check[name]:
            yield f"{name:<12} {check[name]}"


def _span(reading: Reading, span: _Spanned) -> str:
    """A piece of the text with its offsets."""
    words = " ".join(reading.report.text[span.start : span.end].split())
    return f"“{words if len(words) <= 300 else words[:299] + '…'}” ({span.start}–{span.end})"


def _claim(reading: Reading, index: int) -> Iterator[str]:
    claim = reading.claims[index]
    figure = claim.figure
    value = exact.plain(figure.number.value) + (f" to {exact.plain(figure.upper.value)}" if figure.upper else "")
    read_as = " ".join(filter(None, (figure.modifier, value, figure.unit, f"per {figure.per}" if figure.per else "")))
    rules = ", ".join(dict.fromkeys(filter(None, (figure.rule, claim.rule))))
    yield f"claim     {_span(reading, figure)} = {read_as} [{rules}]"
    for name in ("role", "subject", "period", "place", "compared_with"):
        if said := getattr(claim, name):
            yield f"          {name}: {said}"


def _cue(reading: Reading, cue: Cue) -> str:
    roles = "; ".join(f"{role} = {_at(reading, index)}" for role, index in cue.roles)
    return f"cue       {_span(reading, cue)} says {cue.kind}: {roles} [{cue.rule}]"


def _at(reading: Reading, index: int) -> str:
    span = reading.claims[index].figure if index >= 0 else reading.skips[-1 - index]
    return reading.report.text[span.start : span.end]


def _relation(reading: Reading, number: int, relation: Relation, refs: set[str]) -> Iterator[str]:
    if refs.isdisjoint(operand.ref for operand in relation.operands):
        return
    check = reading.checks[number] if number < len(reading.checks) else None
    text = reading.report.text
    roles = "; ".join(f"{operand.role} = {text[operand.start : operand.end]}" for operand in relation.operands)
    verdict = f" {check.verdict}" if check else ""
    ties = f"{relation.confidence} confidence, {relation.scope}"
    yield f"relation  {relation.kind}{verdict} ({ties}): {roles} [{relation.rule}]"
    if relation.reason:
        yield f"          because {relation.reason}"
    if check:
        yield f"          {check.explanation}"
