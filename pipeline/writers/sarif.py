"""Outcomes → a SARIF 2.1.0 log, which code scanning services read: one run, a result for each finding.

A finding that is set aside is a suppressed result. No fix is offered: a stated figure is never corrected.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from pipeline import __version__
from pipeline.rulebook import Rulebook
from pipeline.rulebook.shapes import CheckRule
from pipeline.tables.outcome import Located, Outcome, Place, totals, worst_first
from pipeline.writers.text import compared, visible

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(outcomes: Sequence[Outcome], book: Rulebook) -> Iterator[str]:
    """The lines of the format."""
    kinds = [rule.name for rule in book.of(CheckRule)]
    run = {
        "tool": {
            "driver": {
                "name": "tieout",
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in book.of(CheckRule)],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(outcomes)],
        "results": [_result(outcome, finding, kinds) for outcome, finding in worst_first(outcomes)],
        "properties": totals(outcomes) | {"told": compared(totals(outcomes))},
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, ensure_ascii=False, indent=2)


def _rule(rule: CheckRule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.holds},
    }


def _invocation(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    unread = [outcome for outcome in outcomes if outcome.error]
    notifications = [
        {
            "level": "error",
            "message": {"text": visible(outcome.error)},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(outcome.path)}}}],
        }
        for outcome in unread
    ]
    return {"executionSuccessful": not unread, "toolExecutionNotifications": notifications}


def _result(outcome: Outcome, finding: Located, kinds: Sequence[str]) -> dict[str, Any]:
    row = finding.row
    first = min(finding.places, key=lambda place: (place.line, place.column))
    said = [row["explanation"], f"Would agree: {row['suggestion']}." if row["suggestion"] else ""]
    return {
        "ruleId": row["kind"],
        "ruleIndex": kinds.index(row["kind"]),
        "level": row["severity"],
        "message": {"text": visible(" ".join(filter(None, said)))},
        "locations": [_location(outcome, first)],
        "relatedLocations": [
            {"id": n, **_location(outcome, place), "message": {"text": f"{place.role}: {visible(place.text)}"}}
            for n, place in enumerate(finding.places)
        ],
        "partialFingerprints": {"finding/v1": row["finding_id"]},
        "suppressions": [_suppression(finding)] if finding.set_aside else [],
        "properties": {name: row[name] for name in ("stated", "computed", "decision", "note", "stale")},
    }


def _suppression(finding: Located) -> dict[str, Any]:
    why = finding.row["note"] if finding.set_aside == finding.row["decision"] else ""
    told = f"{finding.set_aside}: {visible(why)}" if why else finding.set_aside
    return {"kind": "external", "status": "accepted", "justification": told}


def _location(outcome: Outcome, place: Place) -> dict[str, Any]:
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(outcome.path)}, "region": region}}


def _uri(path: str) -> str:
    """The path as a URI: relative as it was given, or that of the file."""
    if path == "-":
        return "stdin"
    pure = PurePath(path)
    whole = quote(os.fsencode(pure.as_posix()))
    if pure.is_absolute():
        return f"file://{whole}" if whole.startswith("/") else f"file:///{whole}"
    # A first part with a colon would be taken for a scheme, which quote() has seen to.
    return whole
