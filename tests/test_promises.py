"""docs/promises.md: every promise names the tests that hold it, and what runs long is run in short by the suite."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/promises.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| promise")
]
LONG = sorted(path.name for path in (ROOT / "tests/long").glob("*.py"))
# What the suite does not run in short, and why it need not.
LEFT_OUT = {
    "laws.py": "test_any_input.py tries the same laws",
    "fuzz.py": "test_any_input.py tries its targets on their corpus",
    "large.py": "test_corpus.py resumes smaller sets of tables",
    "cluster.py": "test_cluster.py kills the same processes",
    "oracles.py": "the libraries that it asks are no part of the suite",
    "unchanged.py": "test_changes.py makes the same changes",
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_each_promise_names_tests_that_are_there_and_says_what_was_found(row: list[str]) -> None:
    promise, held_by, found = row
    files = re.findall(r"`(tests/[\w/]+\.py)`", held_by)
    assert promise and found and files
    assert not [file for file in files if not (ROOT / file).is_file()]
    assert [file for file in files if "/long/" not in file], "the suite holds no part of it"


@pytest.mark.parametrize("name", LONG)
def test_each_long_test_is_run_by_ci_long_and_told_of(name: str) -> None:
    assert f"tests/long/{name} " in (ROOT / ".ci/long").read_text(encoding="utf-8")
    assert any(f"`tests/long/{name}`" in row[1] for row in ROWS)
    assert (f'"{name}"' in (ROOT / "tests/test_faults.py").read_text(encoding="utf-8")) != (name in LEFT_OUT)


def test_there_are_promises() -> None:
    assert len(ROWS) > 12
