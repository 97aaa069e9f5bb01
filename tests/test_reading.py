"""Bytes, files and strings become reports: decoded strictly, never altered, with a view of the same length."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers import READERS, ReadError, ReadOptions, read_bytes, read_path, read_string
from pipeline.readers.view import same_length_view

WEST = "Exports rose by 5.9% to 1,422 tons — a “record”.\r\nImports fell.\n"
EAST = "【贸易】出口增长５.９％。\n进口为1,422吨。\n"


@pytest.mark.parametrize("text", [WEST, EAST], ids=["western", "chinese"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        pytest.param("utf-8", b"", id="UTF-8"),
        pytest.param("utf-8", b"\xef\xbb\xbf", id="UTF-8 with BOM"),
        pytest.param("utf-16-le", b"\xff\xfe", id="UTF-16 LE with BOM"),
        pytest.param("utf-16-be", b"\xfe\xff", id="UTF-16 BE with BOM"),
        pytest.param("utf-16-le", b"", id="UTF-16 LE"),
        pytest.param("utf-16-be", b"", id="UTF-16 BE"),
        pytest.param("utf-32-le", b"\xff\xfe\x00\x00", id="UTF-32 LE with BOM"),
        pytest.param("utf-32-be", b"\x00\x00\xfe\xff", id="UTF-32 BE with BOM"),
        pytest.param("utf-32-le", b"", id="UTF-32 LE"),
        pytest.param("utf-32-be", b"", id="UTF-32 BE"),
    ],
)
def test_text_is_what_the_bytes_say_without_the_byte_order_mark(text: str, encoding: str, mark: bytes) -> None:
    data = mark + text.encode(encoding)
    report = read_bytes(data, "trade")
    assert report.text == text
    assert (report.encoding, report.certainty) == (encoding, "certain")
    assert report.sha256 == hashlib.sha256(data).hexdigest()
    assert report.name == "trade"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "trade: the file is empty", id="empty"),
        pytest.param(b" \r\n\t", "nothing but white space", id="blank"),
        pytest.param("Příjmy".encode("cp1250"), "not UTF-8 (byte f8 at offset 1), and the encoding", id="cp1250"),
        pytest.param(b"\xef\xbb\xbfab\xff", "not UTF-8 text: byte ff at offset 5", id="offset counts the BOM"),
        pytest.param(b"\xff\xfea\x00\x00\xd8", "not UTF-16 text", id="UTF-16 with half a surrogate pair"),
        pytest.param(b"\xff\xfea", "not UTF-16 text", id="UTF-16 cut in a character"),
        pytest.param(b"%PDF-1.7\n...", "a PDF file; give it the suffix .pdf", id="PDF"),
        pytest.param(b"PK\x03\x04....", "an office document", id="zip"),
        pytest.param(b"abc\x00\x01defg" * 9, "control character U+0000 at character 3", id="binary"),
        pytest.param(b"a\x00b\x00\x01\x00c\x00" * 9, "control character U+0001", id="binary in UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_in_one_clear_line(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as raised:
        read_bytes(data, "trade")
    assert message in str(raised.value)
    assert str(raised.value).startswith("trade: ")
    assert "\n" not in str(raised.value)


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "trade.txt"
    path.write_bytes(WEST.encode())
    assert read_path(path, "trade").text == WEST


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "trade.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(ReadError, match="trade: 11 bytes, the limit is 10; split the report or raise largest-mb"):
        read_path(path, "trade", ReadOptions(largest=10))
    with pytest.raises(ReadError, match="the limit is 10"):
        read_bytes(b"x" * 11, "trade", options=ReadOptions(largest=10))


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="trade: cannot be opened"):
        read_path(tmp_path / "none.txt", "trade")
    with pytest.raises(ReadError, match="trade: not a file"):
        read_path(tmp_path, "trade")


@pytest.mark.parametrize(
    "suffix", [*(suffix for suffix, reader in READERS.items() if reader == "text"), ".TXT", ".log", ""]
)
def test_every_suffix_of_text_is_read(suffix: str) -> None:
    assert read_bytes(b"Exports rose.", "trade", suffix).text == "Exports rose."


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_string_is_a_report(text: str) -> None:
    report = read_string(text)
    assert report.text == text
    assert len(report.view) == len(text)
    assert report.sha256 == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@given(st.binary(max_size=200))
def test_any_bytes_are_a_report_or_a_read_error(data: bytes) -> None:
    try:
        report = read_bytes(data, "any")
    except ReadError:
        return
    assert report.text.strip()


@pytest.mark.parametrize(
    ("text", "view"),
    [
        pytest.param("５.９％，（１，４２２）；", "5.9%,(1,422);", id="full-width digits and signs"),
        pytest.param("ＧＤＰ １０～１５ｋｍ", "GDP 10~15km", id="full-width letters"),
        pytest.param("1\u00a0422\u202f000\u2009t", "1 422 000 t", id="no-break and thin spaces"),
        pytest.param("\u22125 in\u2011store", "-5 in-store", id="minus and no-break hyphen"),
        pytest.param("“the people’s”", '"the people\'s"', id="curly quotes"),
        pytest.param("a\r\nb\rc\u2028d\x0ce", "a \nb\nc\nd\ne", id="line ends"),
        pytest.param("10–15 — 5² ½ 。、【】", "10–15 — 5² ½ 。、【】", id="what means something else stays"),
        pytest.param("12 bridges¹, 1,422³ tons, 2009¹²", "12 bridges , 1,422  tons, 2009  ", id="marks of notes"),
        pytest.param("5 km², 10⁶ m³, 7 miles², 10⁻³", "5 km², 10⁶ m³, 7 miles², 10⁻³", id="powers"),
        pytest.param("plain 5.9%", "plain 5.9%", id="ASCII is its own view"),
    ],
)
def test_the_view_writes_one_sign_in_one_way(text: str, view: str) -> None:
    assert same_length_view(text) == view


@given(st.text(alphabet=st.sampled_from("a5５¹％，\r\n\x0b\x0c\u2028\u3000“’−。é\ud800")))
def test_a_view_has_the_length_of_its_text_and_is_its_own_view(text: str) -> None:
    view = same_length_view(text)
    assert len(view) == len(text)
    assert same_length_view(view) == view


def test_an_ascii_text_is_not_copied() -> None:
    text = "Exports rose by 5.9%.\n" * 3
    assert same_length_view(text) is text
