"""The folder of a run → what its reports, findings and decisions are now, and a decision → its ledger.

It believes nothing that it read before: a run in the background, another process or another tab may have written since.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import decisions
from pipeline.decisions import Ledger, Said
from pipeline.tables import schema
from pipeline.tables.load import load_rows
from pipeline.tables.rows import Row
from pipeline.writers import page
from pipeline.writers.page.visible import visible

LONGEST = 1000  # characters of a note or a name
_COUNTS = {"errors": "errors", "warnings": "warnings", "notes": "notes", "compared": "compared", "claims": "claims"}


class Refused(ValueError):
    """A decision that is not taken, in words for who made it. `state` says how things stand now."""

    def __init__(self, said: str, state: Mapping[str, Any] | None = None) -> None:
        super().__init__(said)
        self.state = state


@dataclass(frozen=True, slots=True)
class _Kept:
    """The tables of a report as they were when its files had this stamp."""

    stamp: str
    summary: Row
    findings: list[Row]


class Shelf:
    """The folder of a run. It keeps the tables of reports that have not changed: a folder may have thousands."""

    def __init__(self, out: Path, reviewer: str = "") -> None:
        self.out = out
        self.reviewer = reviewer
        self._kept: dict[str, _Kept] = {}
        self._guard = threading.Lock()

    def reports(self) -> list[dict[str, Any]]:
        """All reports with their counts, and how many of their findings are decided."""
        ledger = self._ledger()
        return [self._told(name, ledger) for name in self._names()]

    def page(self, report: str, token: str) -> bytes | None:
        """The page of a report with saving switched on; None if there is none by this version of the program."""
        path = self._folder(report) / page.FILE
        if not path.is_file():
            return None
        # The stamp first: if the file changes in between, the page will find itself to be old, and ask anew.
        stamp = _stamp(path)
        return page.served.report(path.read_bytes(), token, stamp, self.reviewer)

    def state(self, report: str) -> dict[str, Any]:
        """What the ledger says of each finding of a report, and the stamp of its page."""
        folder = self._folder(report)
        return _state(folder, decisions.recorded_of(folder), self._ledger())

    def decide(self, report: str, finding_id: str, said: Said, *, evidence: str, revision: str) -> dict[str, Any]:
        """Write a decision into the ledger, or take one out if `said.decision` is empty; how things stand then.

        `evidence` and `revision` are what the page knew: of the words of the finding, and of the decision on it.
        Raises Refused if either is not so any more, or if the finding is not there.
        """
        folder = self._folder(report)
        if said.decision not in ("", *schema.DECISIONS_MADE):
            raise Refused(f"a decision is one of {', '.join(schema.DECISIONS_MADE)}")
        with decisions.locked(self.out):
            ledger, findings = self._ledger(), decisions.recorded_of(folder)
            found = findings.get(finding_id)
            if found is None or decisions.evidence(found["report"], found["kind"], found["quote"]) != evidence:
                state = _state(folder, findings, ledger)
                raise Refused("Not saved: the report has been run again and the finding has changed", state)
            if decisions.revision(ledger, finding_id) != revision:
                state = _state(folder, findings, ledger)
                raise Refused("Not saved: somebody else has decided here meanwhile; see what they said", state)
            if said.decision:
                ledger = decisions.with_decision(ledger, finding_id, found, said)
            else:
                ledger = decisions.without(ledger, finding_id)
            decisions.save(self.out / schema.DECISIONS.file, ledger)
        return _state(folder, findings, ledger)

    def _names(self) -> list[str]:
        """The folders that a run has completed."""
        return sorted(path.parent.name for path in self.out.glob(f"*/{schema.SUMMARY.file}"))

    def _folder(self, report: str) -> Path:
        """The folder of a report. Raises KeyError if there is no such report: the name comes from outside."""
        if report in ("", ".", "..") or "/" in report or "\\" in report or "\0" in report:
            raise KeyError(report)
        folder = self.out / report
        if not (folder / schema.SUMMARY.file).is_file():
            raise KeyError(report)
        return folder

    def _ledger(self) -> Ledger:
        return decisions.load(self.out / schema.DECISIONS.file)

    def _told(self, name: str, ledger: Ledger) -> dict[str, Any]:
        kept = self._tables(name)
        counts = {key: int(kept.summary.get(column) or 0) for key, column in _COUNTS.items()}
        decided = sum(bool(row["decision"]) for row in decisions.decided_rows(kept.findings, ledger))
        words = (name, *(row["explanation"] for row in kept.findings), *(row["section"] for row in kept.findings))
        return {
            "report": name,
            "shown": visible(name),
            "error": visible(kept.summary.get("error", "")),
            "page": (self.out / name / page.FILE).is_file(),
            "findings": len(kept.findings),
            "decided": decided,
            "open": len(kept.findings) - decided,
            **counts,
            "bound": int(kept.summary.get("figures_in_relation") or 0),
            "words": " ".join(words).lower(),
        }

    def _tables(self, name: str) -> _Kept:
        folder = self.out / name
        summary, findings = folder / schema.SUMMARY.file, folder / schema.FINDINGS.file
        stamp = f"{_stamp(summary)} {_stamp(findings)}"
        with self._guard:
            kept = self._kept.get(name)
        if kept is None or kept.stamp != stamp:
            try:
                rows = load_rows(summary)
            except OSError:  # a run has just begun to write it anew
                rows = []
            found = list(decisions.recorded_of(folder).values())
            kept = _Kept(stamp, rows[0] if rows else {}, found)
            with self._guard:
                self._kept[name] = kept
        return kept


def _state(folder: Path, findings: Mapping[str, Row], ledger: Ledger) -> dict[str, Any]:
    said = {}
    for row in decisions.decided_rows(list(findings.values()), ledger):
        finding_id = row["finding_id"]
        made = ledger.get(finding_id, {})
        if made or row["stale"]:
            said[finding_id] = {
                **{name: row[name] for name in ("decision", "note", "stale")},
                **{name: made.get(name, "") for name in ("reviewer", "decided_at")},
                "revision": decisions.revision(ledger, finding_id),
            }
    return {"stamp": _stamp(folder / page.FILE), "decisions": said}


def _stamp(path: Path) -> str:
    """What tells a file from one that was written later in its place."""
    try:
        known = path.stat()
    except OSError:
        return ""
    return hashlib.sha256(f"{known.st_mtime_ns} {known.st_size} {known.st_ino}".encode()).hexdigest()[:16]
