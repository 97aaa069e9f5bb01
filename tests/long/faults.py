"""Runs that are killed or find no room on the disk: never a half-written table, and all is made good.

    python tests/long/faults.py [--kills 200] [--full 20] [--disks 10] [--jobs 2] [--forked] [--signs N] [--seed 1]

Each run is a process of its own over the shipped reports, many times over. After a kill, `--resume` must give the bytes
of an undisturbed run; after a disk that is full, every table that is there must be whole, the message must be one line,
and a plain run must make all good. No temporary file may be left by what makes it good. Exit code 1 where any fails.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from pipeline import api, rulebook
from pipeline.cli import program

ROOT = Path(__file__).parent.parent.parent
RUN = [sys.executable, "-m", "pipeline", "run", "raw", "--no-page", "--quiet", "--jobs"]


def tables(folder: Path) -> dict[str, bytes]:
    """Every file of an output folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


class Done(NamedTuple):
    """How a run ended, and what it said."""

    code: int
    said: str


def run(here: Path, *more: str, limit: int = 0) -> Done:
    """A run in this folder, in a process of its own; `limit` is the size in bytes that no file may grow beyond."""

    def limited() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [*RUN, *more],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=False,
    )
    return Done(done.returncode, done.stderr)


def killed(here: Path, after: float) -> None:
    """A run that is killed with all its processes after so many seconds."""
    running = subprocess.Popen(
        [*RUN, "--out", "cut"],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after)
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def forked(here: Path, *more: str, limit: int = 0, after: float | None = None) -> Done:
    """A run in a fork of this process, which has all loaded already, so that a kill `after` so long meets the work."""
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            os.chdir(here)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(said.fileno(), 2)
            if limit:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            try:
                program([*RUN[3:], *more], prog_name="tieout")
            except SystemExit as ended:
                os._exit(ended.code if isinstance(ended.code, int) else 1)
            finally:
                os._exit(70)
        if after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said.seek(0)
        return Done(code, said.read().decode("utf-8", "replace"))


# In a namespace of its own a small disk is mounted, filled by a run, kept as `left`, made larger, and run upon again.
DISK = """mkdir -p cut left made && mount -t tmpfs -o size="$1"k none cut || exit 99
shift
"$@" --out cut; code=$?
cp -r cut/. left; mount -o remount,size=64m none cut
"$@" --out cut && cp -r cut/. made
exit $code"""


def disk(here: Path, kilobytes: int) -> subprocess.CompletedProcess[str] | None:
    """A run onto a disk of this size, then a plain one onto the same disk grown; None where none can be mounted."""
    if not shutil.which("unshare"):
        return None
    for name in ("cut", "left", "made"):
        shutil.rmtree(here / name, ignore_errors=True)
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", DISK, "sh", str(kilobytes), *RUN],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done if (here / "made").exists() and done.returncode != 99 else None


def disks(here: Path, times: int, whole: dict[str, bytes], chance: random.Random) -> tuple[int, list[str]]:
    """How many of so many runs filled their disk, and what went wrong."""
    filled, wrong = 0, []
    for n in range(times):
        size = chance.randrange(8, max(9, sum(map(len, whole.values())) // 1024))
        onto = disk(here, size)
        if onto is None:
            print("no disk can be mounted here")
            break
        left = tables(here / "left")
        filled += onto.returncode != 0
        if onto.returncode == 0 and left != whole:
            wrong.append(f"disk {n} ({size} KB): exit code 0 with tables missing")
        if "Traceback" in onto.stderr:
            wrong.append(f"disk {n} ({size} KB): a traceback: {onto.stderr[-300:]}")
        wrong += [f"disk {n} ({size} KB): {name} is not whole" for name, data in left.items() if _half(name, data)]
        if tables(here / "made") != whole:
            wrong.append(f"disk {n} ({size} KB): a plain run does not make it good")
    return filled, wrong


def kills(here: Path, times: int, whole: dict[str, bytes], chance: random.Random, warm: bool) -> tuple[int, list[str]]:
    """How many of so many kills cut a run off, and what went wrong."""
    again = forked if warm else run
    begun = time.monotonic()
    again(here, "--out", "again")
    takes, cut, wrong = time.monotonic() - begun, 0, []
    for n in range(times):
        shutil.rmtree(here / "cut", ignore_errors=True)
        after = takes * chance.random()
        if warm:
            forked(here, "--out", "cut", after=after)
        else:
            killed(here, after)
        left = tables(here / "cut")
        cut += left != whole
        wrong += [f"kill {n}: {name} is not whole" for name, data in left.items() if _half(name, data)]
        code = again(here, "--out", "cut", *(["--resume"] if n % 2 else [])).code
        if code or tables(here / "cut") != whole:
            wrong.append(f"kill {n}: what was made good differs {sorted(set(tables(here / 'cut')) ^ set(whole))}")
    return cut, wrong


def limits(here: Path, times: int, whole: dict[str, bytes], chance: random.Random, warm: bool) -> list[str]:
    """What went wrong in so many runs whose files may not grow beyond a size."""
    again, wrong = forked if warm else run, []
    for n in range(times):
        shutil.rmtree(here / "cut", ignore_errors=True)
        limit = chance.randrange(1, max(map(len, whole.values())))
        done = again(here, "--out", "cut", limit=limit)
        left = tables(here / "cut")
        if done.code == 0:
            wrong.append(f"full {n} ({limit} bytes): exit code 0 although a table has no room")
        if "Traceback" in done.said:
            wrong.append(f"full {n} ({limit} bytes): a traceback: {done.said[-300:]}")
        wrong += [f"full {n} ({limit} bytes): {name} is not whole" for name, data in left.items() if _half(name, data)]
        again(here, "--out", "cut")
        if tables(here / "cut") != whole:
            wrong.append(f"full {n} ({limit} bytes): a plain run does not make it good")
    return wrong


def load(reports: Path) -> None:
    """Load and compile all that a run over these reports needs, for every fork of this process."""
    book = rulebook.load()
    rulebook.load = lambda *_: book
    for report in reports.iterdir():
        api.read(report, rules=book)


def main() -> None:
    """Disturb, make good, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--full", type=int, default=20)
    parser.add_argument("--disks", type=int, default=10)
    parser.add_argument("--forked", action="store_true", help="disturb forks of one process, with --jobs 1")
    parser.add_argument("--copies", type=int, default=4, help="how many copies of each shipped report are read")
    parser.add_argument("--jobs", default="2", help="how many processes a run works with")
    parser.add_argument("--signs", type=int, help="read no more than so many characters of each shipped report")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    RUN.append("1" if options.forked else options.jobs)
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "raw").mkdir()
        for path in (ROOT / "raw").glob("*.txt"):
            text = path.read_text(encoding="utf-8-sig")[: options.signs]
            for copy in range(options.copies):
                (here / "raw" / f"{path.stem}-{copy}.txt").write_text(text, encoding="utf-8", newline="")
        if options.forked:
            load(here / "raw")
        assert (forked if options.forked else run)(here, "--out", "whole").code == 0
        whole = tables(here / "whole")
        cut, wrong = kills(here, options.kills, whole, chance, options.forked) if options.kills else (0, [])
        wrong += limits(here, options.full, whole, chance, options.forked)
        filled, missed = disks(here, options.disks, whole, chance)
        wrong += missed
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(
        f"{options.kills} kills ({cut} cut a run off), {options.full} limits on a file's size, "
        f"{filled} full disks, {len(wrong)} faults"
    )
    sys.exit(1 if wrong else 0)


def _half(name: str, data: bytes) -> bool:
    """Whether a table breaks off: every row ends its line and has as many cells as the head. Temporary files may."""
    return name.endswith(".csv") and not Path(name).name.startswith(".") and not data.endswith(b'"\r\n')


if __name__ == "__main__":
    main()
