"""Findings and the ledger → what has been decided of each, and what was decided but no longer stands.

A decision stands as long as the words that it was made on do: one made on other words, or on other figures in the
same words, is stale, and its finding is open again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from pipeline.decisions.ledger import Ledger
from pipeline.model import Finding
from pipeline.patterns import lazy
from pipeline.tables.rows import Row

_NUMBER = lazy(r"\d(?:[.,]?\d)*+")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger says of a finding. `stale` is a decision that was made on other words, with its note."""

    decision: str = ""
    note: str = ""
    stale: str = ""


def evidence(report: str, kind: str, quote: str) -> str:
    """A fingerprint of the words a decision is made on; then one of what they are whatever their figures.

    Line breaks, blanks, and what stands between two quoted sentences do not count.
    """
    words = " ".join(word for word in quote.split() if word != "…")
    return f"{_hash(words)}-{_sketch(report, kind, words)}"


def standing(finding_id: str, proof: str, ledger: Ledger) -> Standing:
    """What the ledger says of a finding with this evidence. A decision without evidence stands."""
    row = ledger.get(finding_id)
    if row is None:
        return Standing()
    if not row["evidence"] or row["evidence"].partition("-")[0] == proof.partition("-")[0]:
        return Standing(row["decision"], row["note"])
    return Standing(stale=_told(row))


def decided(findings: Sequence[Finding], report: str, ledger: Ledger) -> tuple[Finding, ...]:
    """The findings of a report with what the ledger says of them."""
    asked = [(one.finding_id, evidence(report, one.check.relation.kind, one.quote)) for one in findings]
    return tuple(
        replace(finding, decision=said.decision, note=said.note, stale=said.stale)
        for finding, said in zip(findings, _standings(asked, ledger), strict=True)
    )


def decided_rows(rows: Sequence[Row], ledger: Ledger) -> list[Row]:
    """Rows of a report's findings.csv with what the ledger says of them now."""
    asked = [(row["finding_id"], evidence(row["report"], row["kind"], row["quote"])) for row in rows]
    return [
        row | {"decision": said.decision, "note": said.note, "stale": said.stale}
        for row, said in zip(rows, _standings(asked, ledger), strict=True)
    ]


def _standings(asked: Sequence[tuple[str, str]], ledger: Ledger) -> Iterable[Standing]:
    """What the ledger says of each finding of a report, given as its id and evidence."""
    if not ledger or not asked:
        return [Standing()] * len(asked)
    # A changed figure makes a new finding: the decision of the old one is found by the words around the figures.
    here = {finding_id for finding_id, _ in asked}
    left = {row["evidence"].partition("-")[2]: row for finding_id, row in ledger.items() if finding_id not in here}
    left.pop("", None)
    return [
        Standing(stale=_told(left[sketch]))
        if finding_id not in ledger and (sketch := proof.partition("-")[2]) in left
        else standing(finding_id, proof, ledger)
        for finding_id, proof in asked
    ]


def _told(row: Row) -> str:
    return f"{row['decision']}: {row['note']}" if row["note"] else row["decision"]


def _sketch(report: str, kind: str, words: str) -> str:
    return _hash("\0".join((report, kind, _NUMBER.sub("#", words))))


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
