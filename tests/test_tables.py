"""The tables: their columns to the letter, cells that no spreadsheet spoils, files that are whole or not there."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import load_table
from pipeline.tables import cells, schema
from pipeline.tables.load import load_rows
from pipeline.tables.schema import Column, Table
from pipeline.writers import atomic, csvfile, datapackage

COLUMNS = {
    "sections": "section_id, report, level, kind, heading, start, end, rule",
    "claims": "claim_id, report, section_id, section, sentence_start, sentence_end, start, end, text, value, low, "
    "high, unit, dimension, modifier, kind, role, subject, period, place, compared_with, per, rule, scale",
    "skips": "report, start, end, text, reason, rule",
    "checks": "check_id, report, kind, verdict, claims, stated, computed, gap, formula, explanation, suggestion, "
    "scope, confidence, section, start, end, rule",
    "findings": "finding_id, report, severity, kind, explanation, suggestion, quote, section, start, end, stated, "
    "computed, decision, note, check_id, stale",
    "anchors": "report, start, end, part, paragraph, page, character, box",
    "decisions": "finding_id, decision, note, reviewer, decided_at, evidence",
    "summary": "report, status, error, input_sha256, rules_sha256, version, sections, claims, skips, cues_seen, "
    "relations_built, compared, consistent, borderline, inconsistent, undecided, errors, warnings, notes, "
    "figures_in_relation, encoding, certainty, backend, not_read",
}
TWO = Table("two", "", (Column("word", ""), Column("size", "", "number")), ("word",))
# Any text: an encoder takes all but lone surrogates, which no decoded report holds.
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)))


@pytest.mark.parametrize("table", schema.TABLES, ids=[table.name for table in schema.TABLES])
def test_columns_stand_in_their_order(table: Table) -> None:
    assert ", ".join(table.header) == COLUMNS[table.name]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"], ids=repr)
def test_a_cell_that_would_start_a_formula_is_disarmed(start: str) -> None:
    assert cells.disarmed(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "22%", "'quoted'", "a=1", "'", " =1"], ids=repr)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert cells.disarmed(text) == text


@given(st.text("'=+-@＝－\t\r\na1", max_size=8))
def test_disarming_is_undone(text: str) -> None:
    assert cells.rearmed(cells.disarmed(text)) == text


def test_a_file_is_utf8_with_bom_all_quoted_and_crlf(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    csvfile.write(path, TWO, [{"word": '=A1 "é"', "size": "-5.5"}])
    assert path.read_bytes() == '\ufeff"word","size"\r\n"\'=A1 ""é""","-5.5"\r\n'.encode()


def test_headers_are_disarmed_too() -> None:
    odd = Table("odd", "", (Column("=now()", ""),), ())
    assert csvfile.content(odd, []) == '\ufeff"\'=now()"\r\n'.encode()


@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
def test_text_comes_back_as_written(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    path = tmp_path_factory.mktemp("tables") / "two.csv"
    rows = [{"word": word, "size": "1"} for word in words]
    csvfile.write(path, TWO, rows)
    assert load_rows(path) == rows
    frame = load_table(path)
    assert frame["word"].tolist() == words and frame["size"].tolist() == ["1"] * len(words)


@pytest.mark.parametrize("word", ["NA", "None", "null", "", "nan", "007", "1e5", "2009-10", "True"], ids=repr)
def test_a_word_is_never_taken_for_something_else(tmp_path: Path, word: str) -> None:
    csvfile.write(tmp_path / "two.csv", TWO, [{"word": word, "size": ""}])
    assert load_table(tmp_path / "two.csv").iloc[0].tolist() == [word, ""]


def test_an_empty_table_keeps_its_columns(tmp_path: Path) -> None:
    csvfile.write(tmp_path / "two.csv", TWO, [])
    assert list(load_table(tmp_path / "two.csv").columns) == ["word", "size"]


def test_a_long_cell_is_loaded_whole(tmp_path: Path) -> None:
    csvfile.write(tmp_path / "two.csv", TWO, [{"word": "x" * 200_000, "size": "1"}])
    assert len(load_rows(tmp_path / "two.csv")[0]["word"]) == 200_000


def test_the_csv_module_reads_what_we_write(tmp_path: Path) -> None:
    csvfile.write(tmp_path / "two.csv", TWO, [{"word": "a\rb\nc", "size": "1"}])
    with open(tmp_path / "two.csv", encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["word", "size"], ["a\rb\nc", "1"]]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "two.csv"
    atomic.write(path, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        atomic.write(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_durable_writes_are_synced_before_the_name_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    sync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("sync"), sync(handle))[1])
    monkeypatch.setattr(os, "replace", lambda *names: (done.append("replace"), replace(*names))[1])
    atomic.write(tmp_path / "two.csv", b"new", durable=True)
    assert done[:2] == ["sync", "replace"]


def test_the_package_has_one_resource_a_kind_with_all_paths() -> None:
    package = json.loads(datapackage.content(["a", "b"], ["b"]))
    paths = {resource["name"]: resource["path"] for resource in package["resources"]}
    assert paths["claims"] == ["a/claims.csv", "b/claims.csv"]
    assert paths["anchors"] == ["b/anchors.csv"]
    assert paths["findings"] == ["findings.csv"]
    assert set(paths) == set(COLUMNS)


def test_the_package_describes_every_column() -> None:
    for resource in json.loads(datapackage.content(["a"], ["a"]))["resources"]:
        fields = resource["schema"]["fields"]
        assert ", ".join(field["name"] for field in fields) == COLUMNS[resource["name"]]
        assert all(field["description"] for field in fields)
        assert set(resource["schema"]["primaryKey"]) <= {field["name"] for field in fields}


def test_the_package_lists_no_table_that_is_not_there() -> None:
    names = {resource["name"] for resource in json.loads(datapackage.content([]))["resources"]}
    assert names == {"summary", "findings", "decisions"}
