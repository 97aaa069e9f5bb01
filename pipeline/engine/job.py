"""One input → its outcome: read it, run the stages, fill in the decisions, write its tables.

Whatever is wrong with the report becomes its error row; what is wrong with the rules or the disk is raised.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from pipeline import decisions, inputs, readers, run
from pipeline.context import Defaults
from pipeline.inputs import Input
from pipeline.limits import Limits
from pipeline.model import Reading, Report
from pipeline.rulebook import Rulebook, RuleError
from pipeline.rulebook.scales import scales
from pipeline.tables import rows, schema
from pipeline.tables.load import load_rows
from pipeline.tables.outcome import Outcome, figures_of, located
from pipeline.writers import corpus, csvfile, folder, page

Layout = Literal["folders", "corpus", "corpus-parquet"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How reports are worked on. `out` None writes nothing; `page` adds a page; `ledger` are the decisions to fill in.
    `layout` tells whether a report's tables are written where it is read, into a folder of its own, or go with its
    outcome into those of all.

    It travels to other processes with the rules in it, so that all work by the same rules, whatever changes on disk.
    """

    book: Rulebook
    version: str
    out: Path | None = None
    strict: bool = False
    durable: bool = False
    resume: bool = False
    page: bool = False
    ledger: Mapping[str, rows.Row] = field(default_factory=dict)
    reading: readers.ReadOptions = field(default_factory=readers.ReadOptions)
    defaults: Defaults = field(default_factory=Defaults)
    limits: Limits = field(default_factory=Limits)
    model: str = ""
    backend: str = "rules"
    layout: Layout = "folders"

    @property
    def rules_sha256(self) -> str:
        """That of the rules, and of the defaults and limits that are others than ours: all change what is read."""
        others = "|".join(filter(None, (str(self.defaults), str(self.limits))))
        return hashlib.sha256(f"{self.book.sha256}|{others}".encode()).hexdigest() if others else self.book.sha256


def outcome(settings: Settings, one: Input) -> Outcome:
    """Work on one report."""
    if settings.resume and settings.out and settings.layout == "folders" and (kept := _kept(settings, one)):
        return kept
    try:
        reading = run.read(
            _read(settings, one),
            settings.book,
            strict=settings.strict,
            defaults=settings.defaults,
            model=settings.model,
            limits=settings.limits,
        )
        reading = replace(reading, findings=decisions.decided(reading.findings, one.name, settings.ledger))
        summary = rows.summary(reading, settings.rules_sha256, settings.version)
        tables = rows.of_report(reading, scales(settings.book)) if settings.out else {}
        shown = _page(settings, reading, tables, summary) if settings.page and settings.out else None
    except readers.ReadError as error:
        return unread(settings, one, str(error).removeprefix(f"{one.name}: "))
    except RuleError:  # found when a stage first uses the rule: it concerns all reports
        raise
    except Exception as error:  # a report must never cost the run
        return unread(settings, one, _unexpected(error))
    if settings.out and settings.layout == "folders":
        text = reading.report.text if reading.report.anchors else ""
        folder.write_report(settings.out / one.name, tables, summary, text=text, shown=shown, durable=settings.durable)
    operands = [finding.check.relation.operands for finding in reading.findings]
    figures = [[(operand.role, operand.start, operand.end) for operand in each] for each in operands]
    found = located(rows.findings(reading), figures, reading.report.text)
    lines = {} if settings.layout == "folders" else corpus.encoded(tables)
    return Outcome(one.path, summary, found, bool(reading.report.anchors), lines)


def unread(settings: Settings, one: Input, error: str) -> Outcome:
    """The outcome of a report that could not be read, with its error row written."""
    summary = rows.error_summary(one.name, error, _sha256(settings, one), settings.rules_sha256, settings.version)
    if settings.out and settings.layout == "folders":
        folder.write_report(settings.out / one.name, {}, summary, durable=settings.durable)
    return Outcome(one.path, summary)


def size(one: Input) -> int:
    """How much there is to read, in bytes; 0 where that cannot be told."""
    if one.data is not None:
        return len(one.data)
    try:
        return one.file.stat().st_size
    except OSError:
        return 0


def _page(settings: Settings, reading: Reading, tables: Mapping[str, list[rows.Row]], summary: rows.Row) -> bytes:
    """The page of the report."""
    evidence = {
        one.finding_id: decisions.evidence(reading.report.name, one.check.relation.kind, one.quote)
        for one in reading.findings
    }
    return page.content(reading, tables, summary, scales(settings.book), evidence)


def _read(settings: Settings, one: Input) -> Report:
    return inputs.read(one, settings.reading)


def _kept(settings: Settings, one: Input) -> Outcome | None:
    """The outcome that an earlier run left complete, if it is that of the same input and rules."""
    assert settings.out is not None
    here = settings.out / one.name
    files = [here / table.file for table in (schema.SUMMARY, *schema.OF_A_REPORT)]
    if not all(file.is_file() for file in files) or settings.page != (here / page.FILE).is_file():
        return None
    try:
        (summary,) = load_rows(files[0])
        found = load_rows(here / schema.FINDINGS.file)
        if not _is_current(summary, settings, _sha256(settings, one)):
            return None
        decided = decisions.decided_rows(found, settings.ledger)
        text = _read(settings, one).text if found else ""
        figures = figures_of(decided, load_rows(here / schema.CHECKS.file), load_rows(here / schema.CLAIMS.file))
    except (ValueError, KeyError, readers.ReadError):
        return None  # not a summary row of ours, or not of this version's columns: do it again
    if decided != found and settings.page:
        return None  # the page shows decisions too
    if decided != found:
        csvfile.write(here / schema.FINDINGS.file, schema.FINDINGS, decided, durable=settings.durable)
    anchored = (here / schema.ANCHORS.file).is_file()
    return Outcome(one.path, summary, located(decided, figures, text), anchored)


def kept_parts(settings: Settings, inputs: Sequence[Input]) -> Iterator[list[Outcome]]:
    """The outcomes of the parts of a set of tables that an earlier run left complete, up to the first that is not."""
    for number in range(-(-len(inputs) // corpus.REPORTS)):
        part = inputs[number * corpus.REPORTS : (number + 1) * corpus.REPORTS]
        try:
            found = _kept_part(settings, part, number)
        except (OSError, ValueError, KeyError, readers.ReadError):
            return  # not parts of ours: do them again
        if found is None:
            return
        yield found


def _kept_part(settings: Settings, inputs: Sequence[Input], number: int) -> list[Outcome] | None:
    assert settings.out is not None
    summaries = corpus.summaries_of_part(settings.out, number, parquet=settings.layout == "corpus-parquet")
    if [row["report"] for row in summaries] != [one.name for one in inputs]:
        return None
    if not all(_is_current(row, settings, _sha256(settings, one)) for row, one in zip(summaries, inputs, strict=True)):
        return None
    findings, checks, claims = (
        _by_report(corpus.rows_of_part(settings.out, table, number))
        for table in (schema.FINDINGS, schema.CHECKS, schema.CLAIMS)
    )
    outcomes = []
    for summary, one in zip(summaries, inputs, strict=True):
        found = findings.get(one.name, [])
        if decisions.decided_rows(found, settings.ledger) != found:
            return None
        figures = figures_of(found, checks.get(one.name, []), claims.get(one.name, []))
        outcomes.append(Outcome(one.path, summary, located(found, figures, _read(settings, one).text if found else "")))
    return outcomes


def _by_report(table: Sequence[rows.Row]) -> dict[str, list[rows.Row]]:
    found: dict[str, list[rows.Row]] = {}
    for row in table:
        found.setdefault(row["report"], []).append(row)
    return found


def _is_current(summary: rows.Row, settings: Settings, sha256: str) -> bool:
    # Borderline checks are findings only if the run was strict; the counts tell whether that one was.
    notes = summary["borderline"] if settings.strict else "0"
    wanted = ("ok", sha256, settings.rules_sha256, settings.version, notes)
    if summary["backend"] != settings.backend:
        return False
    if (summary["certainty"] == "given") != bool(settings.reading.encoding):
        return False
    return wanted == tuple(summary[name] for name in ("status", "input_sha256", "rules_sha256", "version", "notes"))


def _sha256(settings: Settings, one: Input) -> str:
    try:
        if one.data is not None or one.member:
            return hashlib.sha256(inputs.bytes_of(one, settings.reading)).hexdigest()
        if not one.file.is_file():
            return ""  # a pipe would keep us waiting for what nobody writes
        with one.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, readers.ReadError):
        return ""


def _unexpected(error: Exception) -> str:
    """One line on an exception that is a fault of ours: what, and where in the package."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "pipeline" in Path(frame.filename).parts]
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    said = " ".join(str(error).split())
    return f"unexpected {type(error).__name__}{where}{f': {said}' if said else ''}; please report this with the file"
