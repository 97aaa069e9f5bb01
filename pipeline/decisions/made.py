"""What a person says of a finding → the ledger with it: who, when, and on which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from pipeline.decisions.ledger import Ledger
from pipeline.decisions.standing import evidence
from pipeline.tables import schema
from pipeline.tables.rows import Row

_SEEN = ("decision", "note", "reviewer", "decided_at")


@dataclass(frozen=True, slots=True)
class Said:
    """A decision, why, and whose it is."""

    decision: str
    note: str = ""
    reviewer: str = ""


def with_decision(ledger: Ledger, finding_id: str, found: Row | None, said: Said) -> Ledger:
    """The ledger with a decision made now, on the words that the finding has now; `found` is its row, if it is there.

    Columns that the reviewers added keep what they hold.
    """
    row = dict.fromkeys(schema.DECISIONS.header, "") | ledger.get(finding_id, {})
    row |= {"finding_id": finding_id, "decision": said.decision, "note": said.note, "reviewer": said.reviewer}
    row |= {"decided_at": datetime.now(UTC).isoformat(timespec="seconds")}
    if found:
        row["evidence"] = evidence(found["report"], found["kind"], found["quote"])
    return {**ledger, finding_id: row}


def without(ledger: Ledger, finding_id: str) -> Ledger:
    """The ledger without what was decided of a finding."""
    return {key: row for key, row in ledger.items() if key != finding_id}


def revision(ledger: Ledger, finding_id: str) -> str:
    """A fingerprint of what the ledger says of a finding, empty if nothing: it tells whether somebody else decided."""
    row = ledger.get(finding_id)
    if row is None:
        return ""
    return sha256("\0".join(row.get(name, "") for name in _SEEN).encode("utf-8", "surrogatepass")).hexdigest()[:16]
