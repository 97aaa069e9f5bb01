"""A run over very many reports that is killed halfway and resumed: it gets to the end, in memory that does not grow.

    python tests/long/large.py FOLDER [--mb 1000] [--jobs 2] [--whole]

FOLDER is searched for .txt files, which are read again and again with other digits. The tables are one set
(`--layout corpus`). With --whole an undisturbed run follows, and all bytes are compared: it takes as long again. A core
does about half a megabyte a second. Exit code 1 where anything fails.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MOST = 400  # MB a process


def reports_into(folder: Path, texts: list[str], megabytes: float) -> int:
    """Write so many megabytes of reports, a thousand a folder; tells how many they are."""
    size = 0
    for number in count():
        if size >= megabytes * 1e6:
            return number
        times = number // len(texts)
        text = re.sub(r"\d", lambda digit, by=times: str((int(digit[0]) + by) % 10 or 1), texts[number % len(texts)])
        path = folder / f"{number // 1000:04}" / f"report-{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_text(text, encoding="utf-8")
    return 0


def started(here: Path, out: str, jobs: int, *more: str) -> subprocess.Popen[bytes]:
    """A run, in a session of its own."""
    command = [sys.executable, "-m", "pipeline", "run", "reports", "--out", out, "--layout", "corpus", "--quiet"]
    return subprocess.Popen(
        [*command, "--jobs", str(jobs), *more],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )


def members(session: int) -> Iterator[float]:
    """The memory of each process of a session, in MB."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(fields[3]) == session:
            yield int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def watched(running: subprocess.Popen[bytes], told: list[float]) -> threading.Thread:
    """Add the most memory of any process of a run to `told` every second, until it ends."""

    def watch() -> None:
        while running.poll() is None:
            told.append(max(members(running.pid), default=0.0))
            time.sleep(1)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def tables(folder: Path) -> dict[str, bytes]:
    """Every file of an output folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def main() -> None:
    """Run, kill, resume, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mb", type=float, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(options.folder.rglob("*.txt"))]
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        reports = reports_into(here / "reports", texts, options.mb)
        print(f"{options.mb:g} MB in {reports:,} reports", flush=True)
        memory: list[float] = []
        began = time.monotonic()
        running = started(here, "cut", options.jobs)
        watch = watched(running, memory)
        parts = -(-reports // 500)
        while running.poll() is None and len([*(here / "cut").glob("reports/part-*.csv")]) < parts / 2:
            time.sleep(0.2)
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        watch.join()
        kept, first = len([*(here / "cut").glob("reports/part-*.csv")]), time.monotonic() - began
        print(f"killed after {first:.0f} s with {kept} of {parts} parts whole", flush=True)
        if not 0 < kept < parts:
            wrong.append(f"the kill came with {kept} of {parts} parts: it cut nothing off")
        running = started(here, "cut", options.jobs, "--resume")
        watch = watched(running, memory)
        if running.wait() != 0:
            wrong.append(f"--resume ended with {running.returncode}")
        watch.join()
        took = time.monotonic() - began
        print(f"resumed to the end after {took - first:.0f} s more: {options.mb / took:.2f} MB a second in all")
        rows = (here / "cut" / "summary.csv").read_bytes().count(b"\r\n") - 1
        if rows != reports:
            wrong.append(f"{rows:,} rows in summary.csv for {reports:,} reports")
        early, late = max(memory[: len(memory) // 2]), max(memory[len(memory) // 2 :])
        print(f"memory of the largest process: {early:.0f} MB in the first half, {late:.0f} MB in the second")
        if late > MOST:
            wrong.append(f"a process took {late:.0f} MB, more than {MOST}")
        if options.whole:
            if started(here, "whole", options.jobs).wait() != 0:
                wrong.append("the undisturbed run failed")
            cut, whole = tables(here / "cut"), tables(here / "whole")
            wrong += [
                f"{name} differs" for name in sorted(cut.keys() | whole.keys()) if cut.get(name) != whole.get(name)
            ]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(wrong)} faults")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
