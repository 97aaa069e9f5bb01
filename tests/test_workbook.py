"""review.xlsx: text only, easy to read and to decide in, the same bytes each time, and its decisions taken."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from pipeline.tables import schema
from pipeline.tables.load import load_rows
from pipeline.tables.workbook import sheets
from pipeline.writers import workbook

openpyxl = pytest.importorskip("openpyxl", reason="the extra `excel` is not installed")

Tieout = Callable[..., Result]
BOOK = Path("extracted/review.xlsx")
NAMES = ["findings", "summary", "claims", "checks", "skips", "sections", "decisions"]


@pytest.fixture
def made(here: Path, tieout: Tieout) -> Path:
    """The workbook of a run over two reports, one of them with a finding and a cell that would be a formula."""
    path = here / "raw/wrong.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("a growth", "=1+1 \u200b a growth"), encoding="utf-8")
    assert tieout("run", "--no-page", "--xlsx").exit_code == 0
    return here / BOOK


def decide(**said: str) -> None:
    """Fill in the first finding, as a person does who opens the workbook."""
    book = openpyxl.load_workbook(BOOK)
    sheet = book["findings"]
    heads = [cell.value for cell in sheet[1]]
    for name, value in said.items():
        sheet.cell(2, heads.index(name) + 1).value = value
    book.save(BOOK)


def ledger() -> dict[str, tuple[str, str]]:
    return {row["finding_id"]: (row["decision"], row["note"]) for row in load_rows("extracted/decisions.csv")}


def test_each_table_has_its_sheet_with_all_its_rows_and_cells(made: Path) -> None:
    found = dict(sheets(made))
    assert list(found) == NAMES
    for table in schema.TABLES:
        if table.name not in found:
            continue
        files = [Path("extracted", table.file)]
        if table not in schema.OF_A_RUN:
            files = [Path("extracted", report, table.file) for report in ("right", "wrong")]
        rows = [row for file in files for row in load_rows(file)]
        assert len(found[table.name]) == len(rows)
        for shown, row in zip(found[table.name], rows, strict=True):
            assert {name: cell.replace("⟨U+200B⟩", "\u200b") for name, cell in shown.items()} == row


def test_every_cell_is_text_whatever_it_looks_like(made: Path) -> None:
    book = openpyxl.load_workbook(made)
    cells = [cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert {(cell.data_type, cell.number_format) for cell in cells if cell.value} == {("s", "@")}
    assert any(cell.value == "605000000" for cell in cells)


def test_a_cell_that_begins_like_a_formula_is_none(made: Path, tieout: Tieout) -> None:
    (finding,) = load_rows("extracted/findings.csv")
    tieout("decide", finding["finding_id"], "misread", "--note", "=1+1")
    tieout("run", "--no-page")
    book = openpyxl.load_workbook(BOOK)
    names = ("findings", "decisions")
    cells = [cell for name in names for row in book[name].iter_rows() for cell in row if cell.value == "=1+1"]
    assert len(cells) == 2 and all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


@pytest.mark.parametrize("name", NAMES)
def test_the_header_stays_in_view_and_columns_can_be_filtered_and_read(made: Path, name: str) -> None:
    sheet: Any = openpyxl.load_workbook(made)[name]
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref.startswith("A1:")
    for place, cell in enumerate(sheet[1], 1):
        width = sheet.column_dimensions[openpyxl.utils.get_column_letter(place)].width
        assert len(cell.value) + 2 <= width <= 65


def test_a_decision_is_chosen_from_a_list_beside_the_finding(made: Path) -> None:
    sheet = openpyxl.load_workbook(made)["findings"]
    assert [cell.value for cell in sheet[1]][:3] == ["finding_id", "decision", "note"]
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"confirmed,intended,misread,fixed"' and str(choice.sqref).startswith("B2")


def test_text_that_excel_would_take_for_a_code_stays_text(made: Path, tieout: Tieout) -> None:
    (finding,) = load_rows("extracted/findings.csv")
    tieout("decide", finding["finding_id"], "misread", "--note", "_x0041_")
    tieout("run", "--no-page")
    with zipfile.ZipFile(made) as parts:
        assert any(b"_x005F_x0041_" in parts.read(name) for name in parts.namelist())
    assert dict(sheets(BOOK))["findings"][0]["note"] == "_x0041_"


def test_what_was_filled_in_is_taken_by_the_next_run_and_shown(made: Path, tieout: Tieout) -> None:
    decide(decision="misread", note="see “so”, p. 3", explanation="gone", start="=1+1")
    result = tieout("run", "--no-page")
    assert "1 decision(s) taken from extracted/review.xlsx" in result.stderr
    assert list(ledger().values()) == [("misread", "see “so”, p. 3")]
    found = dict(sheets(BOOK))
    assert found["findings"][0]["decision"] == "misread" and found["findings"][0]["explanation"] != "gone"
    assert found["decisions"][0]["note"] == "see “so”, p. 3"
    assert "taken" not in tieout("run", "--no-page").stderr


def test_what_the_ledger_says_otherwise_stays_and_the_workbook_is_kept(made: Path, tieout: Tieout) -> None:
    (finding,) = load_rows("extracted/findings.csv")
    decide(decision="misread")
    tieout("decide", finding["finding_id"], "fixed")
    result = tieout("run", "--no-page")
    assert "but 'fixed' in decisions.csv, which stays" in result.stderr
    assert ledger()[finding["finding_id"]][0] == "fixed" and Path("extracted/review-returned.xlsx").is_file()


def test_a_workbook_that_was_sent_is_taken_by_name(made: Path, tieout: Tieout) -> None:
    decide(decision="intended", note="so it was")
    BOOK.rename("sent.xlsx")
    assert tieout("decisions", "take", "sent.xlsx").exit_code == 0
    assert list(ledger().values()) == [("intended", "so it was")]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not really", b"finding_id,decision\r\n"], ids=["none", "zip", "csv"]
)
def test_what_is_no_workbook_is_told_and_left_alone(made: Path, tieout: Tieout, content: bytes) -> None:
    made.write_bytes(content)
    result = tieout("run", "--no-page")
    assert result.exit_code == 2 and "review.xlsx: cannot be read as a workbook" in result.stderr
    assert made.read_bytes() == content
    assert tieout("run", "--no-page", "--no-xlsx").exit_code == 0 and made.read_bytes() == content


def test_without_the_extra_it_is_left_as_it_is(made: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made.read_bytes()
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    result = tieout("run", "--no-page")
    assert result.exit_code == 0 and "left as it is: openpyxl: not installed" in result.stderr
    assert made.read_bytes() == before
    result = tieout("run", "--no-page", "--xlsx")
    assert result.exit_code == 2 and "pip install openpyxl" in result.stderr


def test_the_same_tables_give_the_same_bytes(made: Path, tieout: Tieout) -> None:
    before = made.read_bytes()
    made.unlink()
    tieout("run", "--no-page", "--xlsx")
    assert made.read_bytes() == before


def test_more_rows_than_a_sheet_takes_go_on_in_another(made: Path, tieout: Tieout, monkeypatch: Any) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    monkeypatch.setattr(workbook, "_LOOKED_AT", 2)
    tieout("run", "--no-page")
    names = [name for name, _ in sheets(BOOK) if name.startswith("claims")]
    rows = [row for name, found in sheets(BOOK) if name.startswith("claims") for row in found]
    assert names[:2] == ["claims", "claims 2"] and all(len(found) <= 4 for _, found in sheets(BOOK))
    assert len(rows) == sum(len(load_rows(f"extracted/{report}/claims.csv")) for report in ("right", "wrong"))


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice")
def test_libreoffice_saves_it_with_its_decisions_and_changes_nothing_else(made: Path, tieout: Tieout) -> None:
    before = dict(sheets(made))
    decide(decision="confirmed", note="1/2, 007")
    Path("saved").mkdir()
    home = f"-env:UserInstallation={Path('home').absolute().as_uri()}"
    convert = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", "saved", str(BOOK)]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    after = dict(sheets(Path("saved/review.xlsx")))
    assert after["findings"][0] == before["findings"][0] | {"decision": "confirmed", "note": "1/2, 007"}
    assert {name: rows for name, rows in after.items() if name != "findings"} == {
        name: rows for name, rows in before.items() if name != "findings"
    }
    shutil.copyfile("saved/review.xlsx", BOOK)
    tieout("run", "--no-page")
    assert list(ledger().values()) == [("confirmed", "1/2, 007")]
