"""No cell of any table is a formula once a spreadsheet has opened it: every text column and header, every trigger."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.tables import schema
from pipeline.tables.schema import Column, Table
from pipeline.writers import csvfile

TRIGGERS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "\r=1+1", "\n=1+1", "\r\n=1+1", "＝1+1", "＋1+1", "－1+1",
    "＠SUM(1,1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://127.0.0.1/?"&A1,"see")', '=WEBSERVICE("http://127.0.0.1")',
    "=DDE(1;2;3)", '=IMPORTXML("http://127.0.0.1","//a")', '=1+1"', '"=1+1', '","=1+1', 'a","=1+1', "a\r\n=1+1",
    ";=1+1", ';"=1+1', "''=1+1", "'=1+1", "==1+1", "=\t1+1", "+@SUM(1,1)", "{=1+1}", "=\u00a01+1", " =1+1",
    "=SUM(1;1)", "=-+1",
)  # fmt: skip
FORMULA = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}formula"
FILTER = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"  # comma, quote, UTF-8


def hostile(table: Table) -> tuple[Table, list[dict[str, str]]]:
    """The table with a trigger for the name of every other column and one row a trigger, which fills all its texts."""
    columns = [
        item
        for n, column in enumerate(table.columns)
        for item in (column, Column(TRIGGERS[n % len(TRIGGERS)] + f"+{n}", ""))
    ]
    wide = replace(table, columns=tuple(columns))
    rows = [
        {column.name: trigger if column.type == "string" else str(n) for column in wide.columns}
        for n, trigger in enumerate(TRIGGERS, 1)
    ]
    return wide, rows


def formulas(folder: Path, files: list[Path]) -> Iterator[str]:
    """What LibreOffice holds for a formula in these files, opened as a person would."""
    home = f"-env:UserInstallation={(folder / 'home').absolute().as_uri()}"
    command = ["soffice", home, "--headless", f"--infilter={FILTER}", "--convert-to", "fods"]
    done = subprocess.run(
        [*command, "--outdir", str(folder), *map(str, files)], check=True, capture_output=True, text=True, timeout=300
    )
    for file in files:
        opened = folder / f"{file.stem}.fods"
        assert opened.is_file(), done.stderr
        for cell in ElementTree.parse(opened).iter():
            if FORMULA in cell.attrib:
                yield f"{file.name}: {cell.attrib[FORMULA]}"


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice")
def test_no_cell_or_header_of_any_table_becomes_a_formula(tmp_path: Path) -> None:
    files = []
    for table in schema.TABLES:
        files.append(tmp_path / table.file)
        csvfile.write(files[-1], *hostile(table))
    bare = tmp_path / "bare.csv"
    bare.write_text('\ufeff"=1+1","text"\r\n', encoding="utf-8")
    found = list(formulas(tmp_path, [*files, bare]))
    assert found == ["bare.csv: of:=1+1"], "only what was written without this program is a formula"
