"""`tieout run`: reports → tables, and what was found."""

from __future__ import annotations

import os
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli import work

if TYPE_CHECKING:
    from pipeline import decisions
    from pipeline.engine import Layout, Settings
    from pipeline.writers.folder import RunTables

SHOWN = 20


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--out", metavar="FOLDER", help="Where the tables go, a folder or a URL.  [default: extracted]")
@work.jobs_option
@click.option("--time-limit", type=float, callback=work.bounded, metavar="SECONDS", help=work.ABOUT_TIME_LIMIT)
@click.option(
    "--layout",
    type=click.Choice(["folders", "corpus", "corpus-parquet"]),
    default="folders",
    help="A folder of tables a report, or one set of tables for all of them, without pages.  [default: folders]",
)
@click.option("--scheduler", metavar="ADDRESS", help="Work on a Dask cluster: tcp://HOST:PORT.  [extra: cluster]")
@click.option("--resume", is_flag=True, help="Do only what is left of an earlier run.")
@click.option("--rules", metavar="FOLDER", help="Rules of your own, laid over the shipped ones.")
@click.option("--strict", is_flag=True, default=None, help="Make notes of what agrees only when rounded coarsely.")
@click.option("--durable", is_flag=True, default=None, help="Have the disk confirm each table before going on.")
@click.option("--page/--no-page", default=None, help="Write a page to look at with each report, or leave it out.")
@click.option("--xlsx/--no-xlsx", default=None, help="Write review.xlsx too, and take the decisions filled in in it.")
@click.option("--quiet", "-q", is_flag=True, help="Only the closing line.")
@work.reading_options
@work.context_options
def run(
    paths: tuple[str, ...],
    out: str | None,
    jobs: int | None,
    time_limit: float | None,
    layout: Layout,
    scheduler: str | None,
    resume: bool,
    rules: str | None,
    strict: bool | None,
    durable: bool | None,
    page: bool | None,
    xlsx: bool | None,
    quiet: bool,
    **said: Any,
) -> None:
    """Read reports, write their tables, and print what was found.

    PATHS are files, folders, patterns, or - for stdin; raw/ when none is given. Exit code: 0 done, 2 usage or a path
    that is not there, 3 done but some reports could not be read (each has its error row).
    """
    from pipeline import __version__, decisions, engine, inputs, rulebook
    from pipeline.places import place
    from pipeline.tables.outcome import Outcome, Tally
    from pipeline.writers import console, workbook
    from pipeline.writers.text import told

    options = work.options()
    target = place(out or options.out, os.getcwd() if scheduler else "")
    book = rulebook.load(*work.rule_folders(rules or options.rules))
    reading, limits = work.reading(options, said), work.limits(options, said)
    paths = paths or options.paths
    # A place on another file system is no folder of this one.
    local = os.path.realpath(target) if isinstance(target, os.PathLike) else ""
    if any(os.path.isdir(path) and os.path.realpath(path) == local for path in paths):
        raise click.UsageError(f"--out {target}: it is read too, and its pages would be reports; name another folder")
    found = inputs.gather(paths, leave_out=target, options=reading)
    work.say_what_is_not_there(found)
    if not found.found:
        raise click.exceptions.Exit(work.exit_code(found, 0))
    click.get_current_context().with_resource(decisions.alone(target))
    durable = options.durable if durable is None else durable
    page = layout == "folders" and (options.page if page is None else page)
    if layout != "folders" and xlsx:
        raise click.UsageError("--xlsx makes a workbook of the folders of reports: it goes with --layout folders")
    xlsx = layout == "folders" and _workbook(target, options.xlsx if xlsx is None else xlsx)
    settings = engine.Settings(
        book=book,
        version=__version__,
        out=target,
        strict=options.strict if strict is None else strict,
        durable=durable,
        resume=resume,
        page=page,
        ledger=_ledger(target, durable, xlsx),
        layout=layout,
        reading=reading,
        limits=limits,
    )
    settings = work.in_context(settings, options, said)
    tally = Tally(most=0 if quiet else SHOWN)
    listed: list[Outcome] = []  # for the workbook
    kept = list(engine.kept_parts(settings, found.found)) if resume and settings.layout != "folders" else []
    with _tables(settings, len(kept)) as tables:
        by = work.By(options.jobs if jobs is None else jobs, time_limit, scheduler or "")
        before = [outcome for part in kept for outcome in part]
        for outcome in chain(before, work.outcomes(settings, found.found[len(before) :], by, quiet)):
            tables.add(outcome)
            tally.add(outcome)
            listed.extend([outcome] if xlsx else [])
        with decisions.locked(target):  # what another process is about to rename is not to be cleared away
            tables.finish()
            if xlsx:
                workbook.write(target, listed, durable=durable)
    console.show(told(tally, where=f"{target}/findings.csv", width=console.width()))
    raise click.exceptions.Exit(work.exit_code(found, tally.unread))


def _tables(settings: Settings, done: int) -> RunTables:
    """What takes in the outcomes: the tables over folders of reports, or one set of tables with `done` parts."""
    from pipeline.writers import corpus, folder

    assert settings.out is not None
    if settings.layout == "folders":
        return folder.RunTables(settings.out, pages=settings.page, durable=settings.durable)
    parquet = settings.layout == "corpus-parquet"
    return corpus.CorpusTables(settings.out, parquet=parquet, durable=settings.durable, done=done)


def _workbook(out: Path, wanted: bool | None) -> bool:
    """Whether to keep a workbook: if it is asked for, or if there is one already and it is not declined."""
    from pipeline.tables.workbook import FILE

    path = out / FILE
    if wanted is None and path.is_file() and (lacking := work.lacking("excel")):
        click.echo(f"{path}: left as it is: {lacking}", err=True)
        return False
    if wanted:
        work.need("excel")
    return path.is_file() if wanted is None else wanted


def _ledger(out: Path, durable: bool, xlsx: bool) -> decisions.Ledger:
    """The ledger, with what was filled in in a returned findings.csv, and in a workbook if one is kept.

    It is made with its header if there is none.
    """
    from pipeline import decisions
    from pipeline.tables import schema, workbook

    out.mkdir(parents=True, exist_ok=True)
    path = out / schema.DECISIONS.file
    with decisions.locked(out):
        ledger = before = decisions.load(path)
        recorded = decisions.recorded(out)
        for returned in (out / schema.FINDINGS.file, *([out / workbook.FILE] if xlsx else [])):
            taken = decisions.take_returned(returned, recorded, ledger)
            ledger = taken.ledger
            if taken.count:
                click.echo(f"{taken.count} decision(s) taken from {returned}", err=True)
            for complaint in taken.complaints:
                click.echo(f"not taken from {returned.name}: {complaint}", err=True)
            if taken.complaints:
                click.echo(f"the file as it was filled in is kept as {_kept(returned)}", err=True)
        if ledger != before or not path.exists():
            decisions.save(path, ledger, durable=durable)
    return ledger


def _kept(returned: Path) -> Path:
    """A copy of a returned file, under a name that no other one has."""
    for number in count(1):
        name = f"{returned.stem}-returned{'' if number == 1 else f'-{number}'}{returned.suffix}"
        kept = returned.with_name(name)
        if not kept.exists() or kept.read_bytes() == returned.read_bytes():
            break
    kept.write_bytes(returned.read_bytes())
    return kept
