"""One set of tables for many reports: the rows of the folders, in parts, in CSV and Parquet, resumed part by part."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from conftest import RIGHT, WRONG
from pipeline.tables import schema
from pipeline.tables.load import load_rows
from pipeline.writers import corpus, csvfile

Tieout = Callable[..., Result]
OF_A_REPORT = [table for table in schema.OF_A_REPORT if table is not schema.FINDINGS]


@pytest.fixture
def many(here: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with twelve reports; a part holds five."""
    monkeypatch.setattr(corpus, "REPORTS", 5)
    for number in range(10):
        Path(f"raw/{number}.txt").write_text((WRONG, RIGHT)[number % 2] * (number + 1), encoding="utf-8")
    yield here


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(tieout: Tieout, out: str, *options: str, layout: str = "corpus") -> Result:
    return tieout("run", "--out", out, "--layout", layout, "--quiet", "--jobs", "1", *options)


def all_rows(folder: Path, table: schema.Table) -> list[dict[str, str]]:
    return [row for number in range(3) for row in corpus.rows_of_part(folder, table, number)]


@pytest.mark.parametrize("layout", ["corpus", "corpus-parquet"])
def test_the_set_has_the_rows_of_the_folders(many: Path, tieout: Tieout, layout: str) -> None:
    if layout == "corpus-parquet":
        pytest.importorskip("pyarrow", reason="needs the extra `parquet`")
    run(tieout, "folders", "--no-page", layout="folders")
    run(tieout, "set", layout=layout)
    names = [row["report"] for row in load_rows("folders/summary.csv")]
    for table in OF_A_REPORT:
        expected = [row for name in names for row in load_rows(many / "folders" / name / table.file)]
        assert all_rows(many / "set", table) == expected != [], table.name
    for top in ("summary.csv", "findings.csv"):
        assert (many / "set" / top).read_bytes() == (many / "folders" / top).read_bytes()


def test_parts_are_named_in_the_data_package(many: Path, tieout: Tieout) -> None:
    run(tieout, "set")
    package = json.loads(Path("set/datapackage.json").read_text(encoding="utf-8"))
    paths = {resource["name"]: resource["path"] for resource in package["resources"]}
    assert paths["claims"] == [f"claims/part-0000{n}.csv" for n in range(3)]
    assert all((many / "set" / path).is_file() for some in paths.values() for path in some)


def test_two_processes_make_the_bytes_of_one(many: Path, tieout: Tieout) -> None:
    run(tieout, "one")
    tieout("run", "--out", "two", "--layout", "corpus", "--quiet", "--jobs", "2")
    assert files(many / "one") == files(many / "two")


@pytest.mark.parametrize("layout", ["corpus", "corpus-parquet"])
def test_parts_that_stand_are_not_done_again(
    many: Path, tieout: Tieout, layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.engine import job

    if layout == "corpus-parquet":
        pytest.importorskip("pyarrow", reason="needs the extra `parquet`")
    run(tieout, "whole", layout=layout)
    run(tieout, "set", layout=layout)
    for name in ("reports/part-00002.csv", "summary.csv", "findings.csv", "datapackage.json"):
        Path("set", name).unlink()
    done: list[str] = []
    read = job.run.read
    monkeypatch.setattr(job.run, "read", lambda report, *a, **k: done.append(report.name) or read(report, *a, **k))
    run(tieout, "set", "--resume", layout=layout)
    assert done == ["right", "wrong"]
    assert files(many / "set") == files(many / "whole")


@pytest.mark.parametrize("change", ["text", "fewer", "rules"])
def test_parts_that_no_longer_hold_are_done_again(many: Path, tieout: Tieout, change: str) -> None:
    run(tieout, "set")
    options = []
    if change == "text":
        Path("raw/7.txt").write_text(RIGHT, encoding="utf-8")
    elif change == "fewer":
        for name in ("3", "4", "5"):
            Path(f"raw/{name}.txt").unlink()
    else:
        options = ["--currency", "AUD"]
    run(tieout, "set", "--resume", *options)
    run(tieout, "new", *options)
    assert files(many / "set") == files(many / "new")


def test_decisions_come_back_from_the_findings_of_a_set(many: Path, tieout: Tieout) -> None:
    run(tieout, "set")
    rows = load_rows("set/findings.csv")
    rows[0]["decision"] = "misread"
    csvfile.write(Path("set/findings.csv"), schema.FINDINGS, rows)
    assert "1 decision" in run(tieout, "set", "--resume").stderr
    assert load_rows("set/findings.csv")[0]["decision"] == "misread"


def test_a_report_that_cannot_be_read_has_its_row(many: Path, tieout: Tieout) -> None:
    Path("raw/bad.txt").write_bytes(b"\x00\x01\x02")
    assert run(tieout, "set").exit_code == 3
    errors = [row["report"] for row in load_rows("set/summary.csv") if row["error"]]
    assert errors == ["bad"]


def test_a_set_is_one_header_and_rows(many: Path, tieout: Tieout) -> None:
    run(tieout, "set")
    lines = list(csv.reader(io.StringIO(Path("set/claims/part-00000.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert tuple(lines[0]) == schema.CLAIMS.header
    assert not any(line == lines[0] for line in lines[1:])
