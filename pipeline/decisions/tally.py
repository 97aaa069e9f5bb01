"""The findings of a folder and its ledger → how often each rule was right and how often misread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.decisions.ledger import Ledger, table_rows
from pipeline.decisions.standing import decided_rows
from pipeline.tables import schema
from pipeline.tables.rows import Row

OPEN, STALE = "open", "stale"


@dataclass(frozen=True, slots=True)
class Tally:
    """What was decided of the findings of one rule: how many of each decision, how many are open, how many stale.

    A stale one is open too: its words changed after the decision.
    """

    kind: str
    rule: str
    counts: Mapping[str, int]


def tally(out: Path, findings: Iterable[Row], ledger: Ledger) -> list[Tally]:
    """The tallies of all rules that found something, by kind and rule."""
    of_report: dict[str, list[Row]] = {}
    for row in findings:
        of_report.setdefault(row["report"], []).append(row)
    counts: dict[tuple[str, str], Counter[str]] = {}
    for report, rows in of_report.items():
        rules = _rules(out / report / schema.CHECKS.file)
        for row in decided_rows(rows, ledger):
            of_rule = counts.setdefault((row["kind"], rules.get(row["check_id"], "")), Counter())
            of_rule[row["decision"] or OPEN] += 1
            of_rule[STALE] += bool(row["stale"])
    return [Tally(kind, rule, counts[kind, rule]) for kind, rule in sorted(counts)]


def _rules(path: Path) -> dict[str, str]:
    """The rule of each check of a report."""
    if not path.is_file():
        return {}
    return {row["check_id"]: row["rule"] for row in table_rows(path, ("check_id", "rule"))}
