"""The tables that a run writes: every column, in order, with its type and what it holds.

It only describes; `rows` fills the columns, and `writers` put them into files. New columns go to the end of a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from pipeline.model import (
    Certainty,
    Confidence,
    FigureKind,
    Modifier,
    Scope,
    SectionKind,
    Severity,
    SkipReason,
    Verdict,
)

DECISIONS_MADE = ("confirmed", "intended", "misread", "fixed")
SET_ASIDE = ("intended", "misread")  # decisions that leave nothing to do: the finding fails no check any more
VERDICTS: tuple[str, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `enum` are the values it may have; an empty cell means "none" and is always allowed."""

    name: str
    about: str
    type: Literal["string", "integer", "number"] = "string"
    enum: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table. `refers` names a column and the table and column that it points into, within one report."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[str, str, str], ...] = ()

    @property
    def file(self) -> str:
        """The name of its file: `claims.csv`."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)


_REPORT = Column("report", "the report's name, which is that of its folder", required=True)
_SECTION = Column("section", "the heading of the section")
_RULE = Column("rule", "the rule that found it, as file.name", required=True)


def _start(what: str) -> Column:
    return Column("start", f"where {what} begins: code points into the report's text", "integer", required=True)


def _end(what: str) -> Column:
    return Column("end", f"where {what} ends, half-open", "integer", required=True)


def _count(name: str, about: str) -> Column:
    return Column(name, about, "integer")


SECTIONS = Table(
    "sections",
    "headings and their bodies; joined, they are the report's text",
    (
        Column("section_id", "key of the section", required=True),
        _REPORT,
        Column("level", "depth of the heading, 0 for what stands before the first", "integer", required=True),
        Column(
            "kind",
            "body is prose; furniture is footers, contact lines, navigation",
            "string",
            get_args(SectionKind),
            True,
        ),
        Column("heading", "the heading as printed, empty if there is none"),
        _start("the section"),
        _end("the section"),
        Column("rule", "the rule that recognised the heading or the furniture"),
    ),
    ("report", "section_id"),
)

CLAIMS = Table(
    "claims",
    "figures that assert a quantity, with their context",
    (
        Column("claim_id", "key of the claim within its report, made from its offset", required=True),
        _REPORT,
        Column("section_id", "the section it stands in", required=True),
        _SECTION,
        Column("sentence_start", "where its sentence begins", "integer", required=True),
        Column("sentence_end", "where its sentence ends, half-open", "integer", required=True),
        _start("the figure (number, multiplier, unit, counted noun)"),
        _end("the figure"),
        Column("text", "the figure as printed", required=True),
        Column("value", "with its multiplier (a percent is 22, a fall is unsigned); empty for a range", "number"),
        Column("low", "lowest value that the printed digits stand for, or the first end of a range", "number"),
        Column("high", "highest value that the printed digits stand for, or the second end of a range", "number"),
        Column("unit", "ISO 4217 for money, %, pp, bp, a unit symbol, or the singular noun counted"),
        Column("dimension", "what the unit measures: money, length, area, mass, count …"),
        Column("modifier", "empty: exact; > < >= <= ~", "string", tuple(word for word in get_args(Modifier) if word)),
        Column("kind", "how the figure speaks", "string", get_args(FigureKind), True),
        Column("role", "what the words make of it: level, prior, change, percent, part, total, rate, count, target …"),
        Column("subject", "what is measured"),
        Column("period", "the time it is said of"),
        Column("place", "the place it is said of"),
        Column("compared_with", "the period or thing it is compared with"),
        Column("per", "what a rate is counted by: village, person, ha"),
        _RULE,
        Column("scale", "what the report says its printed figures are counted in (1000: in thousands)", "number"),
    ),
    ("report", "claim_id"),
    (("section_id", "sections", "section_id"),),
)

SKIPS = Table(
    "skips",
    "expressions with digits that are not claims, with the reason",
    (
        _REPORT,
        _start("the expression"),
        _end("the expression"),
        Column("text", "the expression as printed", required=True),
        Column("reason", "why it is not a claim", "string", get_args(SkipReason), True),
        _RULE,
    ),
    ("report", "start"),
)

CHECKS = Table(
    "checks",
    "relations between claims, judged",
    (
        Column("check_id", "key of the check within its report, made from its kind and claims", required=True),
        _REPORT,
        Column("kind", "the kind of relation: growth, sum, product …", required=True),
        Column("verdict", "by the least loose reading of the figures that works", "string", VERDICTS, True),
        Column(
            "claims", "role=ref joined by ';'; a ref is a claim_id, or @start-end for what is no claim", required=True
        ),
        Column("stated", "what the report states, as printed"),
        Column("computed", "what the other figures give"),
        Column("gap", "distance from stated to computed, in the unit of the stated figure", "number"),
        Column("formula", "the computation, with the figures in it"),
        Column("explanation", "the verdict in plain words"),
        Column("suggestion", "single figures that would agree"),
        Column("scope", "how far apart the claims stand", "string", get_args(Scope), True),
        Column("confidence", "how strongly the words tie the claims", "string", get_args(Confidence), True),
        _SECTION,
        _start("the first figure"),
        _end("the last figure"),
        _RULE,
    ),
    ("report", "check_id"),
)

FINDINGS = Table(
    "findings",
    "checks that a person should look at; decision and note may be filled in here",
    (
        Column("finding_id", "key of the finding; it survives edits elsewhere in the report", required=True),
        _REPORT,
        Column("severity", "error, warning, or (with --strict) note", "string", get_args(Severity), True),
        Column("kind", "the kind of relation", required=True),
        Column("explanation", "what does not agree, in plain words"),
        Column("suggestion", "single figures that would agree"),
        Column("quote", "the sentence, as printed"),
        _SECTION,
        _start("the first figure"),
        _end("the last figure"),
        Column("stated", "what the report states, as printed"),
        Column("computed", "what the other figures give"),
        Column("decision", "what a person said of it", "string", DECISIONS_MADE),
        Column("note", "why"),
        Column("check_id", "the check behind it", required=True),
        Column("stale", "a decision that no longer stands: the words or a figure changed after it"),
    ),
    ("finding_id",),
)

DECISIONS = Table(
    "decisions",
    "the reviewers' ledger: what was decided of each finding",
    (
        Column("finding_id", "the finding decided on", required=True),
        Column("decision", "what a person said of it", "string", DECISIONS_MADE, True),
        Column("note", "why"),
        Column("reviewer", "who decided"),
        Column("decided_at", "when, ISO 8601"),
        Column("evidence", "fingerprints of the words the decision was made on, with and without their figures"),
    ),
    ("finding_id",),
)

ANCHORS = Table(
    "anchors",
    "where pieces of text.txt stand in a source that is not plain text",
    (
        _REPORT,
        _start("the piece"),
        _end("the piece"),
        Column("part", "the file within the source: word/document.xml"),
        Column("paragraph", "number of the paragraph in its part, from 1", "integer"),
        Column("page", "number of the page, from 1", "integer"),
        Column("character", "where it begins in the source's text, or on the page, from 0", "integer"),
        Column("box", "left, top, right, bottom in points from the page's top left corner"),
    ),
    ("report", "start"),
)

SUMMARY = Table(
    "summary",
    "one row for each report: what came of it",
    (
        _REPORT,
        Column("status", "ok, or error when the report could not be read", "string", ("ok", "error"), True),
        Column("error", "why it could not be read"),
        Column("input_sha256", "SHA-256 of the input bytes"),
        Column("rules_sha256", "SHA-256 of the rules, and of --currency, --scale and --period if given", required=True),
        Column("version", "version of tieout", required=True),
        _count("sections", "sections"),
        _count("claims", "claims"),
        _count("skips", "skips"),
        _count("cues_seen", "cues seen"),
        _count("relations_built", "relations built"),
        _count("compared", "relations compared: all but the undecided"),
        _count("consistent", "checks with this verdict"),
        _count("borderline", "checks with this verdict"),
        _count("inconsistent", "checks with this verdict"),
        _count("undecided", "checks with this verdict"),
        _count("errors", "findings that are errors"),
        _count("warnings", "findings that are warnings"),
        _count("notes", "findings that are notes"),
        _count("figures_in_relation", "claims that stand in a relation"),
        Column("encoding", "the encoding the text was in; empty for formats that name none"),
        Column(
            "certainty", "of the encoding: given by the user, certain, declared, likely", "string", get_args(Certainty)
        ),
        Column("backend", "what found the subjects of figures: rules, or also a trained model, by name and version"),
        Column("not_read", "what of the report could not be read, such as a page that is a picture"),
    ),
    ("report",),
)

OF_A_REPORT = (SECTIONS, CLAIMS, SKIPS, CHECKS, FINDINGS)
OF_SOME_REPORTS = (ANCHORS,)  # of those whose source is not plain text
OF_A_RUN = (SUMMARY, FINDINGS, DECISIONS)
TABLES = (SUMMARY, SECTIONS, CLAIMS, SKIPS, CHECKS, FINDINGS, ANCHORS, DECISIONS)
