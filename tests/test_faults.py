"""A few kills, full disks, hostile texts and odd surroundings of `.ci/long`, so that the long versions stay whole."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import BinaryIO

import pytest
from click.testing import Result

from pipeline import decisions
from pipeline.writers import atomic

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")
@pytest.mark.parametrize(
    ("tool", "options"),
    [
        ("attack.py", ("--texts", "40", "--mutations", "5")),
        ("faults.py", ("--kills", "20", "--forked", "--full", "1", "--disks", "0", "--copies", "1", "--signs", "900")),
        ("rounded.py", ("--cases", "300")),
        ("same_bytes.py", ("--cells", "2", "--reports", "1")),
    ],
)
def test_the_long_tests_hold_in_short(tool: str, options: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, f"tests/long/{tool}", *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("out", ["taken.txt", "taken.txt/deeper"])
def test_a_folder_that_cannot_be_made_is_told_in_one_line(here: Path, out: str) -> None:
    (here / "taken.txt").write_text("no folder", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run", "raw", "--out", out, "--jobs", "1"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0 and "Traceback" not in done.stderr and "taken.txt" in done.stderr
    assert (here / "taken.txt").read_text(encoding="utf-8") == "no folder"


# --- a disk that fails

FAILING = {"input/output": errno.EIO, "full": errno.ENOSPC, "read-only": errno.EROFS, "over quota": errno.EDQUOT}


class Failing:
    """What the n-th table written meets: a file that does not open, one that takes half of it, or no new name."""

    def __init__(self, way: str, error: int, nth: int) -> None:
        self.way, self.left = way, nth
        self.error = OSError(error, os.strerror(error))

    def due(self, way: str) -> bool:
        self.left -= way == self.way
        return way == self.way and self.left == 0

    def opened(self, path: Path, mode: str) -> BinaryIO:
        if self.due("open"):
            raise self.error
        file = open(path, mode)  # noqa: SIM115
        if self.due("write"):
            file.write(b'"half')
            file.close()
            raise self.error
        return file  # type: ignore[return-value]

    def renamed(self, old: Path, new: Path) -> None:
        if self.due("rename"):
            raise self.error
        Path(old).rename(new)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("nth", [2, 9, 17])
@pytest.mark.parametrize("error", FAILING)
@pytest.mark.parametrize("way", ["open", "write", "rename"])
def test_a_disk_that_fails_leaves_whole_tables_and_a_line(
    here: Path, tieout: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, way: str, error: str, nth: int
) -> None:
    assert tieout("run", "raw", "--jobs", "1", "--out", "whole").exit_code == 0
    whole = tables(here / "whole")
    failing = Failing(way, FAILING[error], nth)
    with monkeypatch.context() as patched:
        patched.setattr(atomic, "open", failing.opened, raising=False)
        patched.setattr(atomic, "os", SimpleNamespace(replace=failing.renamed, getpid=os.getpid, name=os.name))
        result = tieout("run", "raw", "--jobs", "1", "--out", "cut")
    assert failing.left <= 0 and result.exit_code == 2
    assert os.strerror(FAILING[error]) in result.stderr and len(result.stderr.strip().splitlines()) == 1
    left = tables(here / "cut")
    assert left.items() <= whole.items() and left.keys() < whole.keys()
    again = tieout("run", "raw", "--jobs", "1", "--out", "cut", *(["--resume"] if nth % 2 else []))
    assert again.exit_code == 0 and tables(here / "cut") == whole


# --- two runs at once


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_run_into_the_folder_of_another_is_refused(here: Path, tieout: Callable[..., Result]) -> None:
    for number in range(40):
        (here / f"raw/{number}.txt").write_text("Of the 40 boats, 23 are old, or 57.5%.\n", encoding="utf-8")
    assert tieout("run", "raw", "--jobs", "1", "--out", "whole", "--quiet").exit_code == 0
    command = [sys.executable, "-m", "pipeline", "run", "raw", "--jobs", "1", "--out", "one", "--quiet"]
    first = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    try:
        while not list((here / "one").glob("*/claims.csv")):
            assert first.poll() is None
            time.sleep(0.005)
        first.send_signal(signal.SIGSTOP)
        before = tables(here / "one")
        second = tieout("run", "raw", "--out", "one", "--currency", "AUD")
        assert second.exit_code == 2 and "Error: one: another run is writing its tables there" in second.stderr
        assert len(second.stderr.splitlines()) == 1 and tables(here / "one") == before != tables(here / "whole")
        assert tieout("run", "raw", "--out", "two", "--jobs", "1").exit_code == 0
        first.send_signal(signal.SIGCONT)
        assert first.wait() == 0 and tables(here / "one") == tables(here / "whole")
    finally:
        first.kill()
        first.wait()


@pytest.mark.parametrize("held", [True, False], ids=["held", "left by one that was killed"])
def test_a_lock_counts_while_its_run_lives(here: Path, tieout: Callable[..., Result], held: bool) -> None:
    (here / "extracted").mkdir()
    (here / "extracted/.run.lock").touch()
    with decisions.alone(here / "extracted") if held else nullcontext():
        assert tieout("run", "raw", "--jobs", "1").exit_code == (2 if held else 0)
    assert not (here / "extracted/.run.lock").exists()
