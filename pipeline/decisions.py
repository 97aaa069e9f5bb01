"""The reviewers' ledger, decisions.csv: what was decided of each finding, filled in beside the findings.

It takes over what somebody filled in in a returned findings.csv, and never undoes a decision that stands.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.model import Finding
from pipeline.tables import schema
from pipeline.tables.cells import rearmed
from pipeline.tables.load import load_rows
from pipeline.tables.rows import Row
from pipeline.tables.schema import Column
from pipeline.writers import csvfile

Ledger = Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Returned:
    """What a returned findings.csv adds to the ledger, and what in it could not be taken, in words."""

    ledger: Ledger
    taken: int
    complaints: tuple[str, ...]


def load(out: Path) -> Ledger:
    """The ledger of a run's folder, by finding; empty if there is none. Raises ValueError if it is no such table."""
    path = out / schema.DECISIONS.file
    if not path.exists():
        return {}
    try:
        rows = load_rows(path)
    except (UnicodeDecodeError, csv.Error):
        raise ValueError(f"{path}: not a CSV file in UTF-8; repair it or move it away") from None
    if rows and not {"finding_id", "decision"} <= rows[0].keys():
        raise ValueError(f"{path}: has no columns finding_id and decision; repair it or move it away")
    return {row["finding_id"]: dict.fromkeys(schema.DECISIONS.header, "") | row for row in rows}


def save(out: Path, ledger: Ledger, *, durable: bool = False) -> None:
    """Write the ledger, sorted by finding; columns that the reviewers added stay."""
    extra = sorted({name for row in ledger.values() for name in row} - set(schema.DECISIONS.header))
    columns = schema.DECISIONS.columns + tuple(Column(name, "") for name in extra)
    rows = [dict.fromkeys(extra, "") | ledger[finding_id] for finding_id in sorted(ledger)]
    csvfile.write(out / schema.DECISIONS.file, replace(schema.DECISIONS, columns=columns), rows, durable=durable)


def decided(findings: Iterable[Finding], ledger: Ledger) -> tuple[Finding, ...]:
    """The findings with what the ledger says of them."""
    return tuple(
        replace(finding, decision=row["decision"], note=row["note"])
        if (row := ledger.get(finding.finding_id))
        else finding
        for finding in findings
    )


def decided_rows(rows: Iterable[Row], ledger: Ledger) -> list[Row]:
    """Rows of a findings.csv of an earlier run with what the ledger says of them now."""
    empty = {"decision": "", "note": ""}
    return [row | {key: ledger.get(row["finding_id"], empty)[key] for key in empty} for row in rows]


def evidence(quote: str) -> str:
    """A fingerprint of the words a decision was made on; blanks do not count."""
    return hashlib.sha256(" ".join(quote.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def take_returned(out: Path, ledger: Ledger) -> Returned:
    """The ledger with what was filled in in the top findings.csv since it was written.

    Only finding_id, decision and note are read of it: a spreadsheet spoils the rest. What it held when it was written
    stands in the reports' own tables; a cell that differs from that was filled in by somebody. Where the ledger was
    changed too, and otherwise, the ledger stays and the complaint says so.
    """
    path = out / schema.FINDINGS.file
    if not path.exists():
        return Returned(ledger, 0, ())
    written = _written(out)
    merged, taken, complaints = dict(ledger), 0, []
    for row in _returned_rows(path):
        finding_id, note = row["finding_id"].strip(), row["note"]
        decision = row["decision"].strip().lower()
        before = written.get(finding_id)
        stands = ledger.get(finding_id, {"decision": "", "note": ""})
        was = before or {"decision": "", "note": "", "quote": ""}
        if (decision, note) in ((was["decision"], was["note"]), (stands["decision"], stands["note"])):
            continue
        if not decision and not note:
            continue
        problem = _problem(finding_id, decision, known=bool(before) or finding_id in ledger)
        if not problem and (stands["decision"], stands["note"]) != (was["decision"], was["note"]):
            problem = f"{finding_id}: {decision!r}, but {stands['decision']!r} in {schema.DECISIONS.file}, which stays"
        if problem:
            complaints.append(problem)
            continue
        filled_in = {"finding_id": finding_id, "decision": decision, "note": note, "evidence": evidence(was["quote"])}
        merged[finding_id] = dict.fromkeys(schema.DECISIONS.header, "") | ledger.get(finding_id, {}) | filled_in
        taken += 1
    return Returned(merged, taken, tuple(complaints))


def _problem(finding_id: str, decision: str, known: bool) -> str:
    if not known:
        return f"{finding_id or '(no finding_id)'}: no such finding"
    if decision not in schema.DECISIONS_MADE:
        said = repr(decision) if decision else "a note without a decision"
        return f"{finding_id}: {said}; a decision is one of {', '.join(schema.DECISIONS_MADE)}"
    return ""


def _written(out: Path) -> dict[str, Row]:
    """The findings as the last run wrote them, from the reports' own tables."""
    tables = sorted(out.glob(f"*/{schema.FINDINGS.file}"))
    return {row["finding_id"]: row for table in tables for row in load_rows(table)}


def _returned_rows(path: Path) -> Sequence[Row]:
    """finding_id, decision and note of each row, however the spreadsheet encoded and separated them."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    for delimiter in ",;\t":
        lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        wanted = ("finding_id", "decision", "note")
        if set(wanted) <= set(lines.fieldnames or ()):
            return [{name: rearmed(line[name] or "") for name in wanted} for line in lines]
    raise ValueError(f"{path}: has no columns finding_id, decision and note; move it away, or write them back")
