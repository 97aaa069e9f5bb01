"""A few kills, full disks, hostile texts and odd surroundings of `.ci/long`, so that the long versions stay whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")
@pytest.mark.parametrize(
    ("tool", "options"),
    [
        ("attack.py", ("--texts", "40", "--mutations", "5")),
        ("faults.py", ("--kills", "1", "--full", "1", "--disks", "0", "--copies", "1", "--jobs", "1")),
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
