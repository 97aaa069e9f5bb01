"""`tieout decide` and `tieout decisions`: the reviewers' ledger, added to, counted, cleared of what is no more."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.options import DECISIONS

if TYPE_CHECKING:
    from pipeline.tables.rows import Row

NOT_ALL_TAKEN = 1
WIDE = 500  # of a table that no terminal folds

OUT = click.option("--out", metavar="FOLDER", type=click.Path(), help="Where the tables are.  [default: extracted]")
REVIEWER = click.option("--reviewer", envvar="TIEOUT_REVIEWER", default="", help="Who decides.  [env: TIEOUT_REVIEWER]")


def _completed(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """What a shell offers where a finding or, after the last one, the decision stands."""
    from pipeline import decisions

    try:
        known = (*DECISIONS, *decisions.recorded(_folder(ctx.params.get("out"))))
    except (OSError, ValueError, click.ClickException):
        known = DECISIONS
    return [one for one in known if one.startswith(incomplete)]


@click.command()
@click.argument("finding_ids", nargs=-1, required=True, metavar="F-...", shell_complete=_completed)
@click.argument("decision", type=click.Choice(DECISIONS))
@click.option("--note", default="", help="Why.")
@REVIEWER
@OUT
def decide(finding_ids: tuple[str, ...], decision: str, note: str, reviewer: str, out: str | None) -> None:
    """Write what you think of findings into decisions.csv.

    confirmed: it is wrong as written. intended: it is meant so. misread: the figures were read wrongly. fixed: it was
    wrong, and has been mended. The next run shows the decision beside the finding.
    """
    from pipeline import decisions
    from pipeline.tables import schema

    folder = _folder(out)
    said = decisions.Said(decision, note, reviewer)
    with decisions.locked(folder):
        ledger = decisions.load(folder / schema.DECISIONS.file)
        findings = decisions.recorded(folder)
        for finding_id in finding_ids:
            if finding_id not in findings and finding_id not in ledger:
                raise click.UsageError(_unknown(finding_id, folder, findings))
            before = ledger.get(finding_id, {}).get("decision", decision)
            ledger = decisions.with_decision(ledger, finding_id, findings.get(finding_id), said)
            click.echo(f"{finding_id}: {decision}{f' (was {before})' if before != decision else ''}")
        decisions.save(folder / schema.DECISIONS.file, ledger)


@click.group("decisions")
def decisions_group() -> None:
    """Count decisions, take some in, clear out old ones."""


@decisions_group.command()
@OUT
def stats(out: str | None) -> None:
    """Count what was decided, by kind and rule.

    A stale decision was made before the words or a figure changed: its finding is open again.
    """
    from rich.console import Console
    from rich.table import Column, Table

    from pipeline import decisions
    from pipeline.tables import schema

    folder = _folder(out)
    ledger, findings = decisions.load(folder / schema.DECISIONS.file), decisions.recorded(folder)
    columns = ("open", *DECISIONS, "stale")
    table = Table("kind", Column("rule", overflow="fold"), "findings", *columns, box=None, pad_edge=False)
    tallies = decisions.tally(folder, findings.values(), ledger)
    for one in tallies:
        found = sum(one.counts[name] for name in columns[:-1])
        table.add_row(one.kind, one.rule, str(found), *(str(one.counts[name]) for name in columns))
    sums = {name: sum(one.counts[name] for one in tallies) for name in columns}
    table.add_row("all", "", str(len(findings)), *(str(sums[name]) for name in columns))
    Console(highlight=False, width=None if sys.stdout.isatty() else WIDE).print(table)
    gone = [row["decision"] for finding_id, row in sorted(ledger.items()) if finding_id not in findings]
    if gone:
        told = ", ".join(f"{gone.count(name)} {name}" for name in DECISIONS if name in gone)
        click.echo(f"{len(gone)} decision(s) on findings that are no more: {told}")


@decisions_group.command()
@click.option("--dry-run", is_flag=True, help="Only tell what would go.")
@OUT
def prune(dry_run: bool, out: str | None) -> None:
    """Take decisions on findings that are no more out of the ledger, and print them.

    A finding is no more if no report in the folder has it. While a report cannot be read nothing is taken out.
    """
    from pipeline import decisions
    from pipeline.tables import schema

    folder = _folder(out)
    with decisions.locked(folder):
        ledger, findings = decisions.load(folder / schema.DECISIONS.file), decisions.recorded(folder)
        unread = [row["report"] for row in _summaries(folder) if row["status"] != "ok"]
        if unread:
            told = ", ".join(unread)
            raise click.UsageError(f"{told}: could not be read, so that its findings are not known; nothing taken out")
        gone = [row for finding_id, row in sorted(ledger.items()) if finding_id not in findings]
        for row in gone:
            click.echo(f"{row['finding_id']}: {row['decision']}{': ' if row['note'] else ''}{row['note']}")
        if gone and not dry_run:
            kept = {finding_id: row for finding_id, row in ledger.items() if finding_id in findings}
            decisions.save(folder / schema.DECISIONS.file, kept)
    click.echo(f"{len(gone)} of {len(ledger)} decision(s) {'would go' if dry_run else 'taken out'}", err=True)


@decisions_group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Where the ledger says otherwise, take what FILE says.")
@OUT
def take(file: str, replace: bool, out: str | None) -> None:
    """Take the decisions of FILE into the ledger: those saved from a page, another ledger, a findings.csv filled in.

    Exit code: 0 all taken, 1 some were not, each told in a line.
    """
    from pipeline import decisions
    from pipeline.tables import schema

    folder = _folder(out)
    with decisions.locked(folder):
        ledger = decisions.load(folder / schema.DECISIONS.file)
        taken = decisions.take_file(Path(file), decisions.recorded(folder), ledger, replace=replace)
        if taken.count:
            decisions.save(folder / schema.DECISIONS.file, taken.ledger)
    for complaint in taken.complaints:
        click.echo(f"not taken from {file}: {complaint}", err=True)
    click.echo(f"{taken.count} decision(s) taken from {file}", err=True)
    raise click.exceptions.Exit(NOT_ALL_TAKEN if taken.complaints else 0)


def _folder(out: str | None) -> Path:
    """The folder of the tables, which must be there."""
    from pipeline.cli import work

    folder = Path(out or work.options().out)
    if not folder.is_dir():
        raise click.UsageError(f"{folder}: no such folder; `tieout run` makes it")
    return folder


def _summaries(folder: Path) -> list[Row]:
    from pipeline.tables import schema
    from pipeline.tables.load import load_rows

    return [row for path in sorted(folder.glob(f"*/{schema.SUMMARY.file}")) for row in load_rows(path)]


def _unknown(finding_id: str, folder: Path, findings: dict[str, Row]) -> str:
    from pipeline.cli.rules import near

    return f"{finding_id}: no such finding in {folder}{near(finding_id, findings)}; `tieout run` makes them anew"
