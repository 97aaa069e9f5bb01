"""`tieout check`: reports → findings on stdout, as a linter; it writes nothing but a baseline that is asked for."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import work
from pipeline.options import FORMATS, SEVERITIES

if TYPE_CHECKING:
    from pipeline.decisions import Ledger
    from pipeline.options import Options
    from pipeline.rulebook import Rulebook
    from pipeline.tables.outcome import Outcome

BASELINE = "in the baseline"


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...", type=click.Path())
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), help="How findings are written.  [default: text]")
@click.option("--select", multiple=True, metavar="KIND", help="Only findings of this kind; may be given often.")
@click.option("--ignore", multiple=True, metavar="KIND", help="No findings of this kind; may be given often.")
@click.option("--min-level", type=click.Choice(SEVERITIES), help="Only findings this bad.  [default: note]")
@click.option("--fail-on", type=click.Choice(SEVERITIES), help="Exit 1 from this severity up.  [default: error]")
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found.")
@click.option("--strict", is_flag=True, default=None, help="Make notes of what agrees only when rounded coarsely.")
@click.option("--decisions", metavar="FILE", type=click.Path(), help="The ledger.  [default: extracted/decisions.csv]")
@click.option("--baseline", metavar="FILE", type=click.Path(), help="Let pass the findings that stand in this file.")
@click.option("--write-baseline", metavar="FILE", type=click.Path(), help="Write the findings of today to this file.")
@click.option("--stdin-filename", metavar="NAME", type=click.Path(), help="What the report read from - is called.")
@click.option("--rules", metavar="FOLDER", type=click.Path(), help="Rules of your own, laid over the shipped ones.")
@work.jobs_option
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
@work.reading_options
@work.context_options
def check(
    paths: tuple[str, ...],
    form: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_level: str | None,
    fail_on: str | None,
    exit_zero: bool,
    strict: bool | None,
    decisions: str | None,
    baseline: str | None,
    write_baseline: str | None,
    stdin_filename: str | None,
    rules: str | None,
    jobs: int | None,
    quiet: bool,
    **said: Any,
) -> None:
    """Print the findings of reports, and write nothing.

    PATHS are files, folders, patterns, or - for stdin. Findings decided as intended or misread, and those of a
    baseline, are set aside: they fail nothing. Exit code: 0 nothing that fails, 1 findings, 2 usage or a path that is
    not there, 3 some reports could not be read.
    """
    from pipeline import __version__, engine, inputs, rulebook
    from pipeline.decisions import load_baseline, save_baseline
    from pipeline.tables.outcome import standing

    if stdin_filename and inputs.STDIN not in paths:
        raise click.UsageError("--stdin-filename names the report read from -, and - is not among the PATHS")
    options = work.options()
    book = rulebook.load(*work.rule_folders(rules or options.rules))
    kinds = _kinds(book, select or options.select, ignore or options.ignore)
    ledger = _ledger(decisions, options)
    baseline = "" if write_baseline else baseline or options.baseline  # a new one is made of all that stands
    known = load_baseline(Path(baseline)) if baseline else frozenset()
    reading, limits = work.reading(options, said), work.limits(options, said)
    found = inputs.gather(paths, stdin_name=stdin_filename or "", options=reading)
    work.say_what_is_not_there(found)
    strict = options.strict if strict is None else strict
    settings = engine.Settings(
        book=book, version=__version__, strict=strict, ledger=ledger, reading=reading, limits=limits
    )
    settings = work.in_context(settings, options, said)
    results = work.outcomes(settings, found.found, work.By(options.jobs if jobs is None else jobs), quiet)
    done = [_narrowed(outcome, kinds, min_level or options.min_level, known) for outcome in results]
    _show(form or options.format, done, book)
    code = work.exit_code(found, sum(bool(outcome.error) for outcome in done))
    if write_baseline and not code:
        left = [finding.row for _, finding in standing(done)]
        save_baseline(Path(write_baseline), left)
        click.echo(f"{write_baseline}: {len(left)} finding(s) that --baseline lets pass", err=True)
    elif not code:
        code = work.FOUND if _fails(done, fail_on or options.fail_on) else work.DONE
    raise click.exceptions.Exit(0 if exit_zero and code == work.FOUND else code)


def _show(form: str, done: Sequence[Outcome], book: Rulebook) -> None:
    from pipeline import writers
    from pipeline.writers import console
    from pipeline.writers.text import closing, lines

    if form == "text":
        console.show(lines(done, width=console.width()))
        return
    if form in writers.FOR_PROGRAMS and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    for line in writers.writer(form).write(done, book):
        click.echo(line)
    if form in writers.FOR_PROGRAMS:
        click.echo(closing(done), err=True)


def _kinds(book: Rulebook, select: Sequence[str], ignore: Sequence[str]) -> Collection[str]:
    """The kinds to tell of: those selected, or all, without those ignored. Several may stand in one, with commas."""
    from pipeline.cli.rules import near
    from pipeline.rulebook.shapes import CheckRule

    known = [rule.name for rule in book.of(CheckRule)]
    wanted, unwanted = set(_split(select)), set(_split(ignore))
    for kind in sorted((wanted | unwanted) - set(known)):
        hint = near(kind, known) or f"; known: {', '.join(known)}"
        raise click.UsageError(f"{kind!r} is no kind of relation{hint}")
    return (wanted or set(known)) - unwanted


def _split(given: Sequence[str]) -> Iterator[str]:
    for one in given:
        yield from filter(None, (kind.strip() for kind in one.split(",")))


def _ledger(named: str | None, options: Options) -> Ledger:
    """The decisions in the file that was named, which must be there, or in that of the tables, if there is one."""
    from pipeline.decisions import load
    from pipeline.tables import schema

    path = Path(named or options.decisions or Path(options.out, schema.DECISIONS.file))
    if (named or options.decisions) and not path.exists():
        raise click.UsageError(f"{path}: no such file of decisions")
    return load(path)


def _narrowed(outcome: Outcome, kinds: Collection[str], min_level: str, baseline: Collection[str]) -> Outcome:
    """The outcome with the findings of these kinds that are bad enough; those of the baseline are set aside."""
    levels = SEVERITIES[: SEVERITIES.index(min_level) + 1]
    kept = [one for one in outcome.findings if one.row["kind"] in kinds and one.row["severity"] in levels]
    aside = [
        replace(one, set_aside=BASELINE) if not one.set_aside and one.row["finding_id"] in baseline else one
        for one in kept
    ]
    counts = {f"{level}s": str(sum(one.row["severity"] == level for one in aside)) for level in SEVERITIES}
    summary = outcome.summary if outcome.error else outcome.summary | counts
    return replace(outcome, summary=summary, findings=tuple(aside))


def _fails(done: Sequence[Outcome], fail_on: str) -> bool:
    from pipeline.tables.outcome import standing

    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(finding.row["severity"] in failing for _, finding in standing(done))
