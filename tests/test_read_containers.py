"""Zips and tables of texts: each report in them is read by itself; one that cannot be costs its own row."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import RIGHT, WRONG
from pipeline import inputs
from pipeline.readers import ReadError, ReadOptions
from pipeline.tables.load import load_rows

SAMPLES = Path(__file__).parent / "samples"
COLUMNS = ReadOptions(text_column="body", id_column="id")

Tieout = Callable[..., Result]


def read(path: str, options: ReadOptions = COLUMNS) -> dict[str, str]:
    """Of each report in a container its text, or what is wrong with it, by its name."""
    said = {}
    for one in inputs.gather([path], options=options).found:
        try:
            said[one.name] = inputs.read(one, options).text
        except ReadError as error:
            said[one.name] = str(error)
    return said


def test_a_table_of_a_spreadsheet_is_a_report_a_row() -> None:
    found = read(str(SAMPLES / "csv" / "reports-libreoffice.csv"))
    assert list(found) == ["north", "south"]
    assert found["north"].splitlines()[1] == (
        'The ports handled 12,400 ships, of which 3,100 came from abroad; "most" were small.'
    )
    assert found["south"].endswith("– a rise of 7.5%.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_in_its_encoding_and_with_its_delimiter(here: Path, encoding: str, delimiter: str) -> None:
    rows = [
        ["id", "year", "body"],
        ["a", "2013", "出口增长5％，进口下降。"],
        ["b", "2014", "进口为1,422吨，全年下降。"],
    ]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    Path("t.csv").write_bytes(text.encode(encoding))
    assert read("t.csv") == {"a": rows[1][2], "b": rows[2][2]}


def test_the_user_names_the_encoding_of_a_table(here: Path) -> None:
    Path("t.csv").write_bytes("id,body\na,Příjmy: 5\n".encode("cp1250"))
    options = ReadOptions("cp1250", text_column="body", id_column="id")
    assert read("t.csv", options) == {"a": "Příjmy: 5"}


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
def test_lines_of_json_are_a_report_each(here: Path, break_: str) -> None:
    lines = [json.dumps({"id": 7, "body": "Five\n\u2028tons."}), "", json.dumps({"id": "x", "body": "出口。"})]
    Path("t.jsonl").write_bytes(break_.join(lines).encode())
    assert read("t.jsonl") == {"t-7": "Five\n\u2028tons.", "x": "出口。"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("t.csv", "id,text\na,b\n", {"t": "t: no column 'body'; it has 'id', 'text'"}, id="no such column"),
        pytest.param(
            "t.csv", "\r!", {"t": "t: no column 'body' and 'id'; it has "}, id="a first line without an end of its own"
        ),
        pytest.param("t.csv", "", {"t": "t: the file is empty"}, id="empty"),
        pytest.param("t.csv", "id,body\na\n", {"a": "a: no text in 'body'"}, id="a short row"),
        pytest.param("t.csv", "id,body\na,\n", {"a": "a: the file is empty"}, id="an empty cell"),
        pytest.param("t.csv", "id,body\na,1\na,2\n", {"a": "1", "a-2": "2"}, id="an id twice"),
        pytest.param("t.csv", "id,body\n../../x,1\n", {"_._.._x": "1"}, id="an id that is a path"),
        pytest.param("t.jsonl", '{"body": 5}', {"t-1": "t-1: no text in 'body'"}, id="no text"),
        pytest.param("t.jsonl", "[5]", {"t-1": "t-1: no JSON object with named values"}, id="no object"),
        pytest.param("t.jsonl", "[" * 100_000, {"t-1": "t-1: no JSON: "}, id="100,000 lists in one another"),
        pytest.param("t.jsonl", '{"body": "\\ud800"}', {"t-1": "t-1: a character in it"}, id="half a character"),
        pytest.param("t.zip", "PK\3\4cut off", {"t": "t: a damaged or cut-off zip; pack it again"}, id="no zip"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(here: Path, name: str, content: str, said: dict[str, str]) -> None:
    Path(name).write_bytes(content.encode())
    found = read(name)
    assert found.keys() == said.keys()
    for (_, text), wanted in zip(found.items(), said.values(), strict=True):
        assert text.startswith(wanted)
        assert "\n" not in text


def test_a_table_is_not_read_without_the_name_of_its_column(here: Path, tieout: Tieout) -> None:
    Path("raw/t.csv").write_text("id,body\na,5 tons\n")
    assert tieout("run", "raw", "--no-page").exit_code == 0  # a folder may hold other tables
    result = tieout("run", "raw/t.csv", "--no-page")
    assert result.exit_code == 3
    assert "raw/t.csv: a table; name its column of texts with --text-column" in result.stderr


def zipped(path: str, **files: str | bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)


def test_a_zip_is_a_report_a_file(here: Path, tieout: Tieout) -> None:
    document = (SAMPLES / "docx" / "harbours.docx").read_bytes()
    zipped("raw/z.zip", **{"a/r.txt": WRONG, "b/r.txt": RIGHT, "h.docx": document, "x.bin": "5", ".r.txt": "5"})
    result = tieout("run", "raw/z.zip", "--no-page")
    assert result.exit_code == 0
    assert sorted(path.name for path in Path("extracted").iterdir() if path.is_dir()) == ["a-r", "b-r", "h"]
    assert "raw/z.zip/a/r.txt:3:" in tieout("check", "raw/z.zip", "-f", "concise").stdout
    assert Path("extracted/h/anchors.csv").is_file()
    before = Path("extracted/a-r/claims.csv").stat().st_mtime_ns
    assert tieout("run", "raw/z.zip", "--no-page", "--resume").exit_code == 0
    assert Path("extracted/a-r/claims.csv").stat().st_mtime_ns == before


def test_what_a_zip_unpacks_to_is_limited(here: Path) -> None:
    zipped("z.zip", **{"a.txt": "5 tons", "bomb.txt": " " * 2_000_000})
    found = read("z.zip", ReadOptions(largest=1_000_000))
    assert found == {
        "a": "5 tons",
        "bomb": "bomb: unpacks to 2,000,000 bytes, the limit is 1,000,000; split it or raise largest-mb",
    }


def test_a_locked_or_damaged_file_in_a_zip_costs_its_own_row(here: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a.txt", "5 tons")
        file.writestr("b.txt", "6 tons")
        file.writestr("c.txt", "7 tons")
    data = bytearray(packed.getvalue())
    data[data.index(b"6 tons")] ^= 1
    entry = data.index(b"PK\1\2", data.index(b"PK\1\2", data.index(b"PK\1\2") + 1) + 1)
    data[entry + 8] |= 1  # the flag that says: encrypted
    Path("z.zip").write_bytes(data)
    found = read("z.zip")
    assert found["a"] == "5 tons"
    assert found["b"] == "b: damaged in z.zip; pack the zip again"
    assert found["c"].startswith("c: locked with a password")


def test_patterns_are_expanded_where_no_file_is_called_so(here: Path) -> None:
    for name in ("a/1.txt", "a/b/2.txt", "a/[x].txt", "a/3.docx"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("5 tons")

    def names(*paths: str) -> list[str]:
        return [one.name for one in inputs.gather(paths).found]

    assert names("a/*.txt") == ["1", "[x]"]
    assert names("a/**/*.txt") == ["1", "2", "[x]"]
    assert names("a/[x].txt") == ["[x]"]
    assert inputs.gather(["b/*.txt"]).missing == ("b/*.txt",)


def test_limits_are_options(here: Path, tieout: Tieout) -> None:
    Path("raw/large.txt").write_text("5 tons" + " " * 1_400_000)
    alone = ("--jobs", "1")
    said = tieout("check", "raw", "--largest-mb", "1", *alone).stderr
    assert "large.txt: 1,400,006 bytes, the limit is 1,000,000" in said
    Path("pyproject.toml").write_text("[tool.tieout]\nlargest-mb = 1\ntext-column = 'body'\n")
    result = tieout("run", "raw", "--no-page", *alone)
    assert result.exit_code == 3
    assert [row["status"] for row in load_rows("extracted/summary.csv")] == ["error", "ok", "ok"]
    assert tieout("check", "raw", "--largest-mb", "2", "--exit-zero", *alone).exit_code == 0
