"""A returned findings.csv, or decisions saved from a page → the ledger with what was decided in them.

Of a table that comes back from a spreadsheet only finding_id, decision and note are read. What cannot be taken is told;
where the ledger says otherwise, it stays.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.decisions.ledger import Ledger
from pipeline.decisions.standing import evidence
from pipeline.places import known_file
from pipeline.tables import schema, workbook
from pipeline.tables.cells import rearmed
from pipeline.tables.rows import Row

_NOTHING = {"decision": "", "note": ""}
_OWN = ("reviewer", "decided_at", "evidence")  # what a table of decisions says beside the decision

_WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Taken:
    """The ledger with what was taken, how many decisions that were, and what could not be taken, in words."""

    ledger: Ledger
    count: int
    complaints: tuple[str, ...]


def take_returned(path: Path, findings: Mapping[str, Row], ledger: Ledger) -> Taken:
    """Take what was filled in in the top findings.csv since it was written.

    `findings` are those of the reports' own tables, which hold what was written: a cell that differs was filled in.
    """
    if not known_file(path):
        return Taken(ledger, 0, ())
    filled_in = []
    for row in _rows(path, ("finding_id", "decision", "note")):
        written = findings.get(row["finding_id"], _NOTHING)
        if _said(row) not in (_said(written), ("", "")):
            filled_in.append({name: row[name] for name in ("finding_id", "decision", "note")})
    return _taken(filled_in, findings, ledger, replace=False, returned=True)


def take_file(path: Path, findings: Mapping[str, Row], ledger: Ledger, *, replace: bool = False) -> Taken:
    """Take the decisions of any table with finding_id and decision; `replace` lets them go before the ledger's."""
    rows = [row for row in _rows(path, ("finding_id", "decision")) if _said(row) != ("", "")]
    return _taken(rows, findings, ledger, replace=replace, returned=False)


def _taken(rows: list[Row], findings: Mapping[str, Row], ledger: Ledger, *, replace: bool, returned: bool) -> Taken:
    merged, complaints = dict(ledger), []
    first: dict[str, tuple[str, str]] = {}
    for row in rows:
        finding_id = row["finding_id"]
        found, stands = findings.get(finding_id), ledger.get(finding_id, _NOTHING)
        said, before = _said(row), _said(stands)
        problem = _problem(finding_id, row["decision"], known=bool(found) or finding_id in ledger)
        if not problem and first.setdefault(finding_id, said) != said:
            problem = f"{finding_id}: decided twice, {first[finding_id][0]!r} and {said[0]!r}; the first is taken"
        # Of a returned findings.csv the ledger is in the way only if it says something else than was written there.
        changed = before != _said(found or _NOTHING) if returned else before != ("", "")
        if not problem and changed and said != before and not replace:
            problem = f"{finding_id}: {said[0]!r}, but {before[0]!r} in {schema.DECISIONS.file}, which stays"
        if problem:
            complaints.append(problem)
        elif said != before:
            merged[finding_id] = _row(row, found, ledger.get(finding_id, {}))
    count = sum(row is not ledger.get(finding_id) for finding_id, row in merged.items())
    return Taken(merged, count, tuple(complaints))


def _row(row: Row, found: Row | None, before: Row) -> Row:
    """The ledger's row of a decision, made on the words that the finding has now unless it says otherwise."""
    own = {name: row[name] for name in _OWN if row.get(name)}
    if found and "evidence" not in own:
        own["evidence"] = evidence(found["report"], found["kind"], found["quote"])
    said = {name: row.get(name, "") for name in ("finding_id", "decision", "note")}
    return dict.fromkeys(schema.DECISIONS.header, "") | before | dict.fromkeys(_OWN[:2], "") | said | own


def _said(row: Row) -> tuple[str, str]:
    """Decision and note, whatever a spreadsheet did to blanks and line ends."""
    return row["decision"], " ".join(row.get("note", "").split())


def _problem(finding_id: str, decision: str, known: bool) -> str:
    if not known:
        return f"{finding_id or '(no finding_id)'}: no such finding"
    if decision not in schema.DECISIONS_MADE:
        said = repr(decision) if decision else "a note without a decision"
        return f"{finding_id}: {said}; a decision is one of {', '.join(schema.DECISIONS_MADE)}"
    return ""


def _rows(path: Path, wanted: tuple[str, ...]) -> list[Row]:
    """The rows of a table with these columns, however a spreadsheet encoded and separated them."""
    if path.suffix.lower() in _WORKBOOKS:
        return _sheet_rows(path, wanted)
    data = path.read_bytes()
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    try:
        for delimiter in ",;\t":
            lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")
            if set(wanted) <= {rearmed(name) for name in lines.fieldnames or ()}:
                return [_cleaned(line) for line in lines]
    except csv.Error as error:
        raise ValueError(f"{path}: no table: {error}; move it away, or save it again as CSV") from None
    raise _no_columns(path, wanted)


def _sheet_rows(path: Path, wanted: tuple[str, ...]) -> list[Row]:
    """The rows of all sheets of a workbook that have these columns, but for the copy of the ledger in ours."""
    found = [
        rows
        for name, rows in workbook.sheets(path)
        if name != schema.DECISIONS.name and (not rows or set(wanted) <= {rearmed(name) for name in rows[0]})
    ]
    if not found:
        raise _no_columns(path, wanted)
    return [_cleaned(row) for rows in found for row in rows]


def _no_columns(path: Path, wanted: tuple[str, ...]) -> ValueError:
    columns = f"{', '.join(wanted[:-1])} and {wanted[-1]}"
    return ValueError(f"{path}: has no columns {columns}; move it away, or write them back")


def _cleaned(line: Mapping[str, str]) -> Row:
    row = {rearmed(name): rearmed(cell) for name, cell in line.items() if name}
    return row | {"finding_id": row["finding_id"].strip(), "decision": row["decision"].strip().lower()}
