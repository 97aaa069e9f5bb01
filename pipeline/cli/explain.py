"""`tieout explain`: why a finding stands, what a kind of relation means, what was considered at a place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.options import Options


@click.command()
@click.argument("what", metavar="ID|KIND|FILE")
@click.option("--at", metavar="OFFSET", help="A place in FILE: a code point from 0, or line:column from 1.")
@click.option("--out", metavar="FOLDER", help="Where the tables are.  [default: extracted]")
@click.option("--rules", metavar="FOLDER", help="Rules of your own, laid over the shipped ones.")
def explain(what: str, at: str | None, out: str | None, rules: str | None) -> None:
    """Say why a finding stands, what a KIND means, or what was seen at a place of FILE.

    An ID is that of a finding (F-…) or a check, from the tables that `tieout run` wrote.
    """
    from pipeline.cli import work
    from pipeline.writers.text import visible

    options = work.options()
    if at is not None:
        told = _place(what, at, rules or options.rules, options)
    else:
        told = _recorded(what, Path(out or options.out)) or _kind(what, rules or options.rules)
    if not told:
        tables = out or options.out
        hint = "; for a place in a file, add --at OFFSET" if Path(what).is_file() else ""
        raise click.UsageError(f"{what!r} is no finding or check of {tables}/ and no kind of relation{hint}")
    for line in told:
        click.echo(visible(line))


def _recorded(identifier: str, out: Path) -> list[str]:
    """What the tables say of a finding or a check."""
    from pipeline.explain import recorded

    return recorded(identifier, out)


def _kind(name: str, rules: str) -> list[str]:
    """What the rules say of a kind, or of a rule by its name."""
    from pipeline import explain, rulebook
    from pipeline.cli import work
    from pipeline.cli.rules import told

    book = rulebook.load(*work.rule_folders(rules))
    return explain.kind(name, book) or [line for rule in book if name == rule.rule_id for line in told(rule)]


def _place(file: str, at: str, rules: str, options: Options) -> list[str]:
    """What was seen, built and not built at a place of a file, read as `tieout check` reads it."""
    from pipeline import readers, rulebook, run
    from pipeline.cli import work
    from pipeline.context import Defaults
    from pipeline.explain import at_place, offset_of

    book = rulebook.load(*work.rule_folders(rules))
    defaults = Defaults(options.currency, options.scale, options.period)
    path = Path(file)
    try:
        report = readers.read_path(path, path.stem, work.reading(options, {}))
        reading = run.read(report, book, defaults=defaults, limits=work.limits(options, {}))
    except readers.ReadError as error:
        raise click.ClickException(str(error)) from None
    offset = offset_of(reading.report.text, at)
    if offset is None:
        size = len(reading.report.text)
        raise click.UsageError(f"--at {at}: no place in {file} ({size:,} characters); give an offset, or line:column")
    return at_place(reading, offset, book)
