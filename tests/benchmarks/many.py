"""What many reports cost: the memory of a process that reads them all, and how much sooner two processes are done.

    python tests/benchmarks/many.py [FOLDER] [--reports 20000] [--mb 10] [--rounds 3]

FOLDER is searched for .txt files, which are read again and again with other digits; without it the reports of raw/.
Memory is told at each tenth of the reports: it should be flat from the second on, and 400 MB at most. Two processes
should be 1.7 times as fast as one, by the clock: nothing else may run meanwhile.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

from pipeline import __version__, engine, rulebook
from pipeline.inputs import Input

sys.path.insert(0, str(Path(__file__).parent))

from speed import ROOT, changed

MOST, FASTER = 400, 1.7


def found_in(folder: Path) -> list[str]:
    """The texts of a folder."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]
    if not texts:
        raise SystemExit(f"{folder}: no .txt file to read")
    return texts


def resident() -> float:
    """The memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def memory(texts: list[str], reports: int) -> list[float]:
    """MB at each tenth of so many reports, read one after the other in this process with their tables written."""
    told = []
    with tempfile.TemporaryDirectory() as folder:
        path, settings = Path(folder, "report.txt"), engine.Settings(rulebook.load(), __version__, out=Path(folder))
        for number in range(reports):
            path.write_text(changed(texts[number % len(texts)], number // len(texts)), encoding="utf-8")
            assert not engine.outcome(settings, Input(str(path), "report")).error
            if (number + 1) * 10 % reports < 10:
                told.append(resident())
    return told


def times(texts: list[str], megabytes: float, rounds: int) -> tuple[float, float]:
    """Seconds that a run takes with one process and with two, the best of some rounds."""
    with tempfile.TemporaryDirectory() as folder:
        size, reports = 0, Path(folder, "reports")
        reports.mkdir()
        for number in count():
            if size >= megabytes * 1e6:
                break
            text = changed(texts[number % len(texts)], number // len(texts))
            size += (reports / f"{number}.txt").write_text(text, encoding="utf-8")
        taken: dict[int, list[float]] = {1: [], 2: []}
        for number in range(2 * rounds):
            jobs = 1 + number % 2
            command = [sys.executable, "-m", "pipeline", "run", str(reports), "--layout", "corpus", "--quiet"]
            began = time.perf_counter()
            subprocess.run(
                [*command, "--jobs", str(jobs), "--out", f"{folder}/out-{number}"],
                check=True,
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
            )
            taken[jobs].append(time.perf_counter() - began)
    return min(taken[1]), min(taken[2])


def main() -> None:
    """Print the memory and the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "raw")
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--mb", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts = found_in(options.folder)
    one, two = times(texts, options.mb, options.rounds)
    print(f"{options.mb:g} MB: one process {one:.1f} s, two {two:.1f} s")
    print(f"two are {one / two:.2f} times as fast (wanted: {FASTER} or more)")
    told = memory(texts, options.reports)
    print(f"{options.reports:,} reports in one process: {', '.join(f'{mb:.0f}' for mb in told)} MB at each tenth")
    print(f"grew by {told[-1] / told[1] - 1:.1%} from the second tenth on (wanted: 10% or less, {MOST} MB or less)")


if __name__ == "__main__":
    main()
