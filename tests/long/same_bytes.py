"""One folder of reports read in many surroundings: every table has one sha256, whatever they are.

    python tests/long/same_bytes.py [--cells 24]

The surroundings are processes × hash seed × locale × time zone × order of the files × working directory, the cells of
that table taken far apart from one another, with the very first for the one to compare with. Exit code 1 where any
file differs.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent


class Cell(NamedTuple):
    """The surroundings of one run."""

    jobs: str
    hash_seed: str
    locale: str
    zone: str
    order: str
    folder: str


WAYS = (
    ("1", "2", "3"),
    ("0", "1", "4294967295", "random"),
    ("C.UTF-8", "C", "POSIX"),
    ("UTC", "Asia/Chongqing", "America/St_Johns", "Pacific/Kiritimati"),
    ("sorted", "turned round", "shuffled"),
    ("there", "elsewhere", "beside"),
)


def cells(count: int) -> Iterator[Cell]:
    """So many cells; the first `sorted`, alone, in plain surroundings, and each way of each column among the next."""
    yield Cell(*(ways[0] for ways in WAYS))
    chance = random.Random(1)
    columns = [itertools.cycle(chance.sample(ways, len(ways))) for ways in WAYS]
    seen = set()
    while len(seen) < count - 1:
        cell = Cell(*(next(column) for column in columns))
        if cell in seen:
            cell = Cell(*(chance.choice(ways) for ways in WAYS))
        if cell not in seen:
            seen.add(cell)
            yield cell


def run(reports: Path, out: Path, cell: Cell) -> Mapping[str, str]:
    """The sha256 of each file that a run in these surroundings writes."""
    paths = sorted(reports.iterdir())
    if cell.order == "turned round":
        paths.reverse()
    elif cell.order == "shuffled":
        random.Random(2).shuffle(paths)
    here = {"there": reports, "elsewhere": out.parent, "beside": reports.parent}[cell.folder]
    out.parent.mkdir(parents=True)
    names = [os.path.relpath(path, here) if cell.folder != "elsewhere" else str(path) for path in paths]
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run", *names, "--out", str(out), "--jobs", cell.jobs, "--quiet"],
        cwd=here,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("LC_")},
            "PYTHONPATH": str(ROOT),
            "PYTHONHASHSEED": cell.hash_seed,
            "LC_ALL": cell.locale,
            "LANG": cell.locale,
            "TZ": cell.zone,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def main() -> None:
    """Run, compare, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=int, default=24)
    parser.add_argument("--reports", type=int, default=1000, help="how many of the shipped reports are read")
    options = parser.parse_args()
    wrong, tried, wanted = [], 0, {}
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder, "raw")
        reports.mkdir()
        for path in sorted((ROOT / "raw").glob("*.txt"))[: options.reports]:
            (reports / path.name).write_bytes(path.read_bytes())
        (reports / "Überblick.txt").write_text("Of the 40 boats, 23 are old, or 57.5%.\n", encoding="utf-8")
        for tried, cell in enumerate(cells(options.cells), 1):
            found = run(reports, Path(folder, "out", str(tried), "extracted"), cell)
            wanted = wanted or found
            other = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
            wrong += [f"{cell}: {name} differs" for name in other]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{tried} surroundings, {len(wanted)} files each, {len(wrong)} differ")
    sys.exit(1 if wrong or not wanted else 0)


if __name__ == "__main__":
    main()
