"""`tieout init`: a folder to work in: options to change, and rules of one's own to begin from."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

import click

REPORTS, RULES, OPTIONS = "raw", "my-rules", "pyproject.toml"
STARTERS = ("units.toml", "cues.toml", "skips.toml")


@click.command()
@click.argument("folder", default=".", metavar="[FOLDER]", type=click.Path(file_okay=False))
def init(folder: str) -> None:
    """Make a folder to work in.

    It gets options in pyproject.toml, and my-rules/ with a unit, a cue and a skip to begin from.

    What is there already stays as it is.
    """
    here = Path(folder)
    (here / RULES).mkdir(parents=True, exist_ok=True)
    (here / REPORTS).mkdir(exist_ok=True)
    _options(here / OPTIONS)
    for name in STARTERS:
        path = here / RULES / name
        if path.exists():
            click.echo(f"{path}: is there, left as it is")
        else:
            path.write_text(_starter(name), encoding="utf-8")
            click.echo(f"{path}: written")
    place = "" if folder == "." else f"cd {folder}; "
    click.echo(f"Put your reports into {here / REPORTS}/, then: {place}tieout run")
    click.echo(f"After a change of {RULES}/: {place}tieout rules test {RULES}")


def _options(path: Path) -> None:
    """Write [tool.tieout] into a pyproject.toml, behind what stands in it."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    try:
        there = "tieout" in tomllib.loads(before).get("tool", {})
    except (ValueError, RecursionError) as error:  # also of a number too long to be one, and of too many brackets
        raise click.UsageError(f"{path}: {error}; repair it first") from None
    if there:
        click.echo(f"{path}: has [tool.tieout], left as it is")
        return
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    path.write_text(before + gap + _starter("options.toml"), encoding="utf-8")
    click.echo(f"{path}: {'[tool.tieout] added' if before else 'written'}")


def _starter(name: str) -> str:
    return files("pipeline.cli").joinpath("starter", name).read_text(encoding="utf-8")
