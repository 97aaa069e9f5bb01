"""`tieout check`: reports → findings on stdout, as a linter; it writes nothing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli import work
from pipeline.options import FORMATS, SEVERITIES

if TYPE_CHECKING:
    from pipeline.tables.outcome import Outcome


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), help="How findings are written.  [default: text]")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit 1 from this severity up.  [default: error]")
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Processes to work with.  [default: 1]")
@click.option("--rules", metavar="FOLDER", help="Rules of your own, laid over the shipped ones.")
@click.option("--strict", is_flag=True, default=None, help="Make notes of what agrees only when rounded coarsely.")
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
@work.encoding_option
def check(
    paths: tuple[str, ...],
    form: str | None,
    fail_on: str | None,
    exit_zero: bool,
    jobs: int | None,
    rules: str | None,
    strict: bool | None,
    quiet: bool,
    encoding: str | None,
) -> None:
    """Print the findings of reports, and write nothing.

    PATHS are files, folders, or - for stdin. Exit code: 0 nothing that fails, 1 findings, 2 usage or a path that is
    not there, 3 some reports could not be read.
    """
    from pipeline import __version__, engine, inputs, rulebook, writers
    from pipeline.writers import console
    from pipeline.writers.text import closing, lines

    options = work.options()
    form = form or options.format
    book = rulebook.load(*work.rule_folders(rules or options.rules))
    found = inputs.gather(paths)
    work.say_what_is_not_there(found)
    strict = options.strict if strict is None else strict
    settings = engine.Settings(book=book, version=__version__, strict=strict, reading=work.reading(options, encoding))
    done = work.outcomes(settings, found, jobs or options.jobs, quiet)
    if form == "text":
        console.show(lines(done))
    else:
        if form in writers.FOR_PROGRAMS and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        for line in writers.writer(form).write(done):
            click.echo(line)
        if form in writers.FOR_PROGRAMS:
            click.echo(closing(done), err=True)
    code = work.exit_code(found, done) or (work.FOUND if _fails(done, fail_on or options.fail_on) else work.DONE)
    raise click.exceptions.Exit(0 if exit_zero and code == work.FOUND else code)


def _fails(done: Sequence[Outcome], fail_on: str) -> bool:
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(finding.row["severity"] in failing for outcome in done for finding in outcome.findings)
