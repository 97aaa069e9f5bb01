"""A Reading → the rows of its tables, each a mapping from column to cell text. It judges nothing and writes no file."""

from __future__ import annotations

from collections import Counter

from pipeline import exact
from pipeline.checks import claims_column
from pipeline.exact import Scales
from pipeline.model import Anchor, Check, Claim, Finding, Reading, Section, Skip
from pipeline.tables import schema

Row = dict[str, str]


def of_report(reading: Reading, scales: Scales) -> dict[str, list[Row]]:
    """The rows of each table of one report, by the table's name. `scales` tells how far a loose word may stray."""
    tables = {
        schema.SECTIONS.name: [_section(section, reading) for section in reading.sections],
        schema.CLAIMS.name: [_claim(claim, reading, scales) for claim in reading.claims],
        schema.SKIPS.name: [_skip(skip, reading) for skip in reading.skips],
        schema.CHECKS.name: [_check(check, reading) for check in reading.checks],
        schema.FINDINGS.name: findings(reading),
    }
    if anchors := reading.report.anchors:
        tables[schema.ANCHORS.name] = [_anchor(anchor, reading) for anchor in anchors]
    return tables


def findings(reading: Reading) -> list[Row]:
    """The rows of findings.csv of one report, worst first."""
    return [_finding(finding, reading) for finding in reading.findings]


def summary(reading: Reading, rules_sha256: str, version: str) -> Row:
    """The row of summary.csv of a report that was read."""
    verdicts = Counter(check.verdict for check in reading.checks)
    severities = Counter(finding.severity for finding in reading.findings)
    known = {claim.claim_id for claim in reading.claims}
    bound = {operand.ref for relation in reading.relations for operand in relation.operands} & known
    counts = {
        "sections": len(reading.sections),
        "claims": len(reading.claims),
        "skips": len(reading.skips),
        "cues_seen": sum(cue.kind != "none" for cue in reading.cues),
        "relations_built": len(reading.relations),
        "compared": len(reading.checks) - verdicts["undecided"],
        **{verdict: verdicts[verdict] for verdict in ("consistent", "borderline", "inconsistent", "undecided")},
        "errors": severities["error"],
        "warnings": severities["warning"],
        "notes": severities["note"],
        "figures_in_relation": len(bound),
    }
    row = {
        "report": reading.report.name,
        "status": "ok",
        "error": "",
        "input_sha256": reading.report.sha256,
        "rules_sha256": rules_sha256,
        "version": version,
    }
    encoding = {"encoding": reading.report.encoding, "certainty": reading.report.certainty, "backend": reading.backend}
    read = encoding | {"not_read": "; ".join(filter(None, (reading.report.not_read, reading.not_read)))}
    return row | {name: str(count) for name, count in counts.items()} | read


def error_summary(report: str, error: str, input_sha256: str, rules_sha256: str, version: str) -> Row:
    """The row of summary.csv of a report that could not be read; its counts stay empty."""
    row = dict.fromkeys(schema.SUMMARY.header, "")
    return row | {
        "report": report,
        "status": "error",
        "error": error,
        "input_sha256": input_sha256,
        "rules_sha256": rules_sha256,
        "version": version,
    }


def _anchor(anchor: Anchor, reading: Reading) -> Row:
    places = {"paragraph": anchor.paragraph, "page": anchor.page, "character": anchor.character}
    return {
        "report": reading.report.name,
        "start": str(anchor.start),
        "end": str(anchor.end),
        "part": anchor.part,
        **{name: "" if place is None else str(place) for name, place in places.items()},
        "box": " ".join(map(str, anchor.box or ())),
    }


def _section(section: Section, reading: Reading) -> Row:
    return {
        "section_id": section.section_id,
        "report": reading.report.name,
        "level": str(section.level),
        "kind": section.kind,
        "heading": section.heading,
        "start": str(section.start),
        "end": str(section.end),
        "rule": section.rule,
    }


def _claim(claim: Claim, reading: Reading, scales: Scales) -> Row:
    figure = claim.figure
    section = reading.sections[claim.section]
    sentence = reading.sentences[claim.sentence]
    ranged = figure.upper is not None
    low, high = exact.printed_ends(figure, scales)
    return {
        "claim_id": claim.claim_id,
        "report": reading.report.name,
        "section_id": section.section_id,
        "section": section.heading,
        "sentence_start": str(sentence.start),
        "sentence_end": str(sentence.end),
        "start": str(figure.start),
        "end": str(figure.end),
        "text": reading.report.text[figure.start : figure.end],
        "value": "" if ranged else exact.plain(figure.number.value),
        "low": exact.plain(low),
        "high": exact.plain(high),
        "unit": figure.unit,
        "dimension": figure.dimension,
        "modifier": figure.modifier,
        "kind": figure.kind,
        "role": claim.role,
        "subject": claim.subject,
        "period": claim.period,
        "place": claim.place,
        "compared_with": claim.compared_with,
        "per": figure.per,
        "rule": " ".join(dict.fromkeys(f"{figure.rule} {claim.rule}".split())),
        "scale": "" if claim.scale == 1 else exact.plain(claim.scale),
    }


def _skip(skip: Skip, reading: Reading) -> Row:
    return {
        "report": reading.report.name,
        "start": str(skip.start),
        "end": str(skip.end),
        "text": reading.report.text[skip.start : skip.end],
        "reason": skip.reason,
        "rule": skip.rule,
    }


def _check(check: Check, reading: Reading) -> Row:
    relation = check.relation
    return {
        "check_id": check.check_id,
        "report": reading.report.name,
        "kind": relation.kind,
        "verdict": check.verdict,
        "claims": claims_column(relation),
        "stated": check.stated,
        "computed": check.computed,
        "gap": check.gap,
        "formula": check.formula,
        "explanation": check.explanation,
        "suggestion": check.suggestion,
        "scope": relation.scope,
        "confidence": relation.confidence,
        "section": check.section,
        "start": str(check.start),
        "end": str(check.end),
        "rule": relation.rule,
    }


def _finding(finding: Finding, reading: Reading) -> Row:
    check = finding.check
    return {
        "finding_id": finding.finding_id,
        "report": reading.report.name,
        "severity": finding.severity,
        "kind": check.relation.kind,
        "explanation": check.explanation,
        "suggestion": check.suggestion,
        "quote": finding.quote,
        "section": check.section,
        "start": str(check.start),
        "end": str(check.end),
        "stated": check.stated,
        "computed": check.computed,
        "decision": finding.decision,
        "note": finding.note,
        "check_id": check.check_id,
        "stale": finding.stale,
    }
