"""Lines with styles → stdout: in colour on a terminal, plain otherwise. rich is imported only for a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from pipeline.writers.text import WIDTH, Line

T = TypeVar("T")


def width() -> int:
    """How wide lines may be: as wide as the terminal, and the same everywhere else."""
    return max(40, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH


def show(lines: Iterable[Line]) -> None:
    """Print the lines. The environment's NO_COLOR takes the colour away."""
    if not sys.stdout.isatty():
        for line in lines:
            print(line.text)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in lines:
        console.print(Text(line.text, style=line.style), soft_wrap=True)


def watched(results: Iterable[T], total: int, quiet: bool) -> Iterator[T]:
    """The results as they come, with a progress bar on stderr if that is a terminal."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft
    from rich.text import Text

    class Rate(ProgressColumn):
        """Reports a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.1f}/s" if task.speed else "")

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), Rate(), TimeLeft(compact=True))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=total)
        for result in results:
            progress.advance(task)
            yield result
