"""What `run` and `check` share: paths → outcomes of all reports, with what went wrong said on stderr."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pipeline.limits import MOST_DIGITS, MOST_EXPONENT, Limits
from pipeline.options import MOST

if TYPE_CHECKING:
    from pipeline.engine import Settings
    from pipeline.inputs import Input, Inputs
    from pipeline.options import Options
    from pipeline.readers import ReadOptions
    from pipeline.tables.outcome import Outcome

DONE, FOUND, MISSING, UNREAD = 0, 1, 2, 3
TIME_LIMIT = 600.0  # seconds a report
ABOUT_TIME_LIMIT = f"Give a report up after so long.  [default: {TIME_LIMIT:.0f}; with one process: none]"


class _Jobs(click.ParamType):  # type: ignore[type-arg]
    """A number of processes, or `all` (0): as many as there are cores and work for."""

    name = "jobs"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        if value == "all":
            return 0
        if not re.fullmatch(r"[0-9]{1,7}", str(value)) or not 1 <= int(value) <= MOST:
            self.fail(f"{value!r} is neither 'all' nor a whole number from 1 to {MOST:,}.", param, ctx)
        return int(value)


def bounded(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """A number of seconds that a clock can count; `nan` and `inf` are none."""
    if value is not None and not 0 < value <= MOST:
        raise click.BadParameter(f"{value:g} is not between 0 and {MOST:,} seconds.", ctx, param)
    return value


def jobs_option(command: Callable[..., None]) -> Callable[..., None]:
    """The option that tells how many processes work."""
    about = "Processes to work with: a number, or all that the machine has cores and the work needs.  [default: all]"
    return click.option("--jobs", "-j", type=_Jobs(), metavar="N", help=about)(command)


def options() -> Options:
    """The options of [tool.tieout] for the folder we work in."""
    from pipeline import options

    return options.load(Path.cwd())


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that tell how inputs are read."""
    for name, most, about in (
        ("--exponent", MOST_EXPONENT, "Power of ten that a number is written with.  [default: 30]"),
        ("--digits", MOST_DIGITS, "Digits of a number.  [default: 30]"),
        ("--depth", MOST, "Elements within one another in a Word document.  [default: 256]"),
        ("--parts", MOST, "Parts of a Word document.  [default: 5000]"),
        ("--members", MOST, "Files in a zip.  [default: 100000]"),
        ("--memory-mb", MOST, "Memory for a process that reads a PDF.  [default: 1000]"),
        ("--seconds", MOST, "Time for reading one report.  [default: 30]"),
        ("--largest-mb", MOST, "Size of the largest file that is read.  [default: 50]"),
    ):
        command = click.option(name, type=click.IntRange(1, most), metavar="N", help=about)(command)
    for name, about in (
        ("--id-column", "The column that names the reports of a .csv or .jsonl.  [default: numbers]"),
        ("--text-column", "The column of a .csv or .jsonl that has a report in each row."),
        ("--encoding", "The encoding of the text files.  [default: found out]"),
    ):
        command = click.option(name, metavar="NAME", help=about)(command)
    return command


def reading(options: Options, said: dict[str, Any]) -> ReadOptions:
    """How inputs are read, by the command line and the options; what was said of it is taken out of `said`."""
    from pipeline.readers import ReadOptions

    limits = ("largest_mb", "seconds", "memory_mb", "members", "parts", "depth")
    names = ("encoding", "text_column", "id_column", *limits)
    told = {name: said.pop(name, None) for name in names}
    told = {name: getattr(options, name) if value is None else value for name, value in told.items()}
    million = 1_000_000
    return ReadOptions(
        encoding=told["encoding"],
        largest=told["largest_mb"] * million,
        seconds=told["seconds"],
        memory=told["memory_mb"] * million,
        text_column=told["text_column"],
        id_column=told["id_column"],
        members=told["members"],
        parts=told["parts"],
        depth=told["depth"],
    )


def limits(options: Options, said: dict[str, Any]) -> Limits:
    """How long a number may be, by the command line and the options; what was said of it is taken out of `said`."""
    told = {name: said.pop(name, None) for name in ("digits", "exponent")}
    return Limits(**{name: getattr(options, name) if value is None else value for name, value in told.items()})


def context_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that tell what holds where a report does not say."""
    for name, metavar, about in (
        ("--model", "NAME", "Ask this trained spaCy model for subjects too, such as en_core_web_sm."),
        ("--period", "PERIOD", "The period that the reports are of, where they name none: 2009, 2009-Q3, FY2009."),
        ("--scale", "WORD", "What money is counted in where it has no multiplier, such as thousand."),
        ("--currency", "CODE", "The currency that a shared sign such as $ stands for, by ISO 4217."),
    ):
        command = click.option(name, metavar=metavar, help=about)(command)
    return command


def in_context(settings: Settings, options: Options, said: Mapping[str, Any]) -> Settings:
    """The settings with what the command line or the options say of all reports. Raises click.UsageError."""
    from pipeline import context, run

    told = {name: getattr(options, name) if value is None else value for name, value in said.items()}
    model = told.pop("model")
    defaults = context.Defaults(**told)
    if problem := context.problem_of(defaults, settings.book):
        raise click.UsageError(problem)
    backend = run.parser(model).backend if model else settings.backend
    return replace(settings, defaults=defaults, model=model, backend=backend)


# An extra → the packages that it brings, by which it is known to be there.
EXTRAS = {
    "review": ("starlette", "uvicorn"),
    "excel": ("openpyxl",),
}


def lacking(extra: str) -> str:
    """What an extra lacks and how to install it; empty if all of it is there."""
    from importlib.util import find_spec

    gone = [name for name in EXTRAS[extra] if find_spec(name) is None]
    return f"{', '.join(gone)}: not installed; pip install {' '.join(gone)}" if gone else ""


def need(extra: str) -> None:
    """End with how to install it if what an extra brings is not there."""
    if said := lacking(extra):
        raise click.UsageError(said)


def rule_folders(folder: str) -> tuple[Path, ...]:
    """The shipped rules, and a folder laid over them if one is named."""
    from pipeline import rulebook

    return (rulebook.shipped_rules(), Path(folder)) if folder else (rulebook.shipped_rules(),)


class By(NamedTuple):
    """What works: `jobs` processes (0: as many as are worth starting), each report so long at most; or a cluster."""

    jobs: int
    seconds: float | None = None
    scheduler: str = ""


def outcomes(settings: Settings, found: Sequence[Input], by: By, quiet: bool) -> Iterator[Outcome]:
    """The outcome of each input as it comes, with progress on a terminal; the unreadable ones are named on stderr."""
    from pipeline.writers import console
    from pipeline.writers.text import visible

    results = _results(settings, found, by)
    errors = []
    for outcome in console.watched(results, len(found), quiet):
        if outcome.error:
            errors.append(visible(f"{outcome.path}: {outcome.error}"))
        elif not_read := outcome.summary["not_read"]:
            errors.append(visible(f"{outcome.path}: {not_read}; the rest was read"))
        yield outcome
    for error in errors:  # now that no progress bar is in the way
        click.echo(error, err=True)


def _results(settings: Settings, found: Sequence[Input], by: By) -> Iterator[Outcome]:
    from pipeline import engine

    task, lost = partial(engine.outcome, settings), partial(engine.unread, settings)
    seconds = by.seconds or TIME_LIMIT
    if by.scheduler:
        return engine.each_on_cluster(by.scheduler, task, found, lost, seconds)
    used = engine.processes((engine.size(one) for one in found), by.jobs, engine.cores())
    return engine.each(task, found, used, lost, seconds)


def say_what_is_not_there(inputs: Inputs) -> None:
    """Name the missing paths and the folders without a report on stderr."""
    from pipeline.readers import READERS
    from pipeline.writers.text import visible

    for path in inputs.missing:
        click.echo(visible(f"{path}: no such file or folder"), err=True)
    for path in inputs.empty:
        click.echo(visible(f"{path}: no report in this folder ({', '.join(READERS)})"), err=True)


def exit_code(inputs: Inputs, unread: int) -> int:
    """0 done, 2 a path was not there, 3 some reports could not be read."""
    if inputs.missing:
        return MISSING
    return UNREAD if unread else DONE
