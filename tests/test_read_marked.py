"""Markdown and reStructuredText: the text stays as it is; its marks tell headings and furniture, and are no words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invariants import BOOK
from pipeline import run
from pipeline.model import Report
from pipeline.readers import ReadError, read_bytes

REST = "\n\nExports rose by 5% to 605 million Yuan.\n"


def marks(source: str, suffix: str) -> list[tuple[str, int, str]]:
    report = read_bytes(source.encode(), "trade", suffix)
    assert report.text == source
    return [(mark.kind, mark.level, report.text[mark.start : mark.end]) for mark in report.marks]


@pytest.mark.parametrize(
    ("source", "kind", "level", "text"),
    [
        pytest.param("# Trade #", "heading", 1, "Trade", id="number signs"),
        pytest.param("### 1.2 Trade", "heading", 3, "1.2 Trade", id="a third level with a number"),
        pytest.param("Trade\n=====", "heading", 1, "Trade", id="underlined"),
        pytest.param("Trade of\nthe year\n--------", "heading", 2, "Trade of\nthe year", id="underlined, two lines"),
        pytest.param("> ## Trade", "heading", 2, "Trade", id="in a quotation"),
        pytest.param("---\ndate: 2014\n---", "furniture", 0, "---\ndate: 2014\n---", id="front matter"),
        pytest.param("```\nx = 5\n```", "furniture", 0, "```\nx = 5\n```", id="code"),
        pytest.param("<!-- of 2014 -->", "furniture", 0, "<!-- of 2014 -->", id="comment"),
    ],
)
def test_markdown_says_what_is_a_heading_and_what_is_furniture(source: str, kind: str, level: int, text: str) -> None:
    assert marks(source + REST, ".md") == [(kind, level, text)]


@pytest.mark.parametrize(
    "source",
    [
        "#5 of the ports",
        "    # no heading",
        "```\n# no heading\n```",
        "5 tons\n\n---",
        "- # of ports: 5",
        "\\# 5 ports",
    ],
)
def test_markdown_says_what_is_no_heading(source: str) -> None:
    assert not any(kind == "heading" for kind, _, _ in marks(source + REST, ".md"))


@pytest.mark.parametrize(
    ("source", "kind", "level", "text"),
    [
        pytest.param("Trade\n=====", "heading", 1, "Trade", id="underlined"),
        pytest.param("*******\n Trade\n*******", "heading", 1, "Trade", id="between two lines"),
        pytest.param(".. note of 2014\n   goes on", "furniture", 0, ".. note of 2014\n   goes on", id="comment"),
        pytest.param(".. image:: 5.png\n   :width: 50", "furniture", 0, ".. image:: 5.png\n   :width: 50", id="image"),
        pytest.param(":Date: 2014-05-01", "furniture", 0, ":Date: 2014-05-01", id="fields"),
    ],
)  # fmt: skip
def test_restructured_text_says_so_too(source: str, kind: str, level: int, text: str) -> None:
    assert marks(source + REST, ".rst") == [(kind, level, text)]


def test_levels_of_restructured_text_come_in_the_order_of_their_lines() -> None:
    source = "====\nA\n====\n\nB\n====\n\nC\n----\n\nD\n====\n"
    assert [(level, text) for _, level, text in marks(source, ".rst")] == [(1, "A"), (2, "B"), (3, "C"), (2, "D")]


def test_what_is_no_heading_of_restructured_text() -> None:
    assert (
        marks("5 tons.\n\n====\n\n=====  =====\nPort   Ships\n=====  =====\nNorth  4,410\n=====  =====\n", ".rst") == []
    )


def read(source: str, suffix: str) -> Report:
    return read_bytes(source.encode(), "trade", suffix)


@pytest.mark.parametrize("suffix", [".md", ".rst"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_line_break_within_a_wrapped_paragraph_is_a_blank_of_the_view(suffix: str, end: str) -> None:
    source = end.join(
        [
            "The exports of the province rose by 5% in the year, to 605",
            "million Yuan, and the imports fell to no more than 420 million",
            "Yuan, less than ever.",
            "",
            "Port of the North",
            "Port of the South",
            "",
        ]
    )
    report = read(source, suffix)
    assert report.text == source
    prose, ports = report.view[: source.index("ever.")], report.view[source.index("Port") :]
    assert "\n" not in prose
    assert ports.count("\n") == 2
    claims = run.read(report, BOOK).claims
    assert [str(claim.figure.number.value) for claim in claims] == ["5", "605000000", "420000000"]


WIDE = "\n".join(
    f"| {port:30} | {ships:20} |" for port, ships in (("Port", "Ships"), ("North", "4,410"), ("South", "812"))
)


@pytest.mark.parametrize(
    ("source", "view"),
    [
        pytest.param("It rose **5** % to *6* tons.", "It rose   5   % to  6  tons.", id="emphasis"),
        pytest.param("5 * 6 = 30 * 1, and snake_case_5", "5 * 6 = 30 * 1, and snake_case_5", id="no emphasis"),
        pytest.param("It rose 5\\% in 2014\\.", "It rose 5 % in 2014 .", id="backslashes"),
        pytest.param("1. coal\n2. ore", "1. coal\n2. ore", id="a list"),
        pytest.param("| a | 5 |\n|---|---|\n| b | 6 |", "| a | 5 |\n|---|---|\n| b | 6 |", id="a table"),
        pytest.param(WIDE, WIDE, id="a table whose rows are as wide as lines are"),
        pytest.param("coal, 5 tons  \nore, 6 tons", "coal, 5 tons  \nore, 6 tons", id="line breaks that are meant"),
    ],
)
def test_marks_within_markdown_are_blanks_of_the_view(source: str, view: str) -> None:
    assert read(source, ".md").view == view


@pytest.mark.parametrize("suffix", [".md", ".rst"])
@pytest.mark.parametrize(
    "pump",
    ["# ", "> ", "*", "_a", "- ", "`", "```\n", "[", "====\n", ".. \n", "a\n", "|a", "<!--", "\\", ":a: ", ".. a\n\n"],
)
def test_no_text_takes_more_than_its_length(suffix: str, pump: str) -> None:
    with_pump = read("5 tons.\n\n" + pump * 20_000, suffix)
    assert len(with_pump.view) == len(with_pump.text)


def test_a_table_of_many_columns_and_rows_takes_no_time() -> None:
    wide = "|a" * 20_000 + "\n" + "|-" * 20_000 + "\n" + "|\n" * 2_000  # 40 million cells, if they were filled in
    assert read(wide, ".md").text == wide


@pytest.mark.parametrize("suffix", [".md", ".rst"])
@given(source=st.text(st.sampled_from(list("#*_`>-=+.:|\\ \r\n\t5a。")), max_size=80))
def test_any_text_is_read_and_its_marks_are_in_order(suffix: str, source: str) -> None:
    try:
        report = read(source, suffix)
    except ReadError:
        return
    assert report.text == source
    assert len(report.view) == len(source)
    assert [sign for sign in report.view if sign.isdigit()] == [sign for sign in source if sign.isdigit()]
    ends = [place for mark in report.marks for place in (mark.start, mark.end)]
    assert ends == sorted(ends)
    assert all(source[mark.start : mark.end].strip() for mark in report.marks)
