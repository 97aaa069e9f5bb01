"""PDF files: their text in the order in which it is read; what is hostile or damaged is refused in one line."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pdf_by_hand import Said, bomb, column, content, file, pdf
from pipeline.model import Report
from pipeline.readers import ReadError, ReadOptions, apart, read_bytes
from pipeline.tables.load import load_rows

pytest.importorskip("pypdfium2")

USUAL = ReadOptions()


def read(data: bytes, options: ReadOptions = USUAL) -> Report:
    return read_bytes(data, "trade", ".pdf", options)


PROSE = (
    "Exports rose by 5% in the year, to 605",
    "million Yuan, and imports fell to 420",
    "million Yuan, which is less than in any",
    "year before. The ports handled 12,400",
    "ships, of which 3,100 came from abroad",
    "and 9,300 from other ports of the land.",
)
OTHER = (
    "Freight by rail grew to 86,000 tons, for",
    "the new line to the coast was opened. The",
    "fares were raised by 2.5% in April, and",
    "since then the number of passengers has",
    "gone down by 12,000 to 3,480,000, much",
    "as the board of the railway had foretold.",
)


def said(*texts: tuple[str, ...]) -> str:
    return " ".join(line for text in texts for line in text)


APART = f"{said(PROSE)}\n\n{said(OTHER)}"
TABLE = (("Port", "Ships", "Tons"), ("North", "4,410", "142.0"), ("South", "812", "27.2"))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        pytest.param(column(50, 50, PROSE), said(PROSE), id="lines of a paragraph"),
        pytest.param(
            column(50, 50, PROSE) + column(50, 132, OTHER), f"{said(PROSE)}\n\n{said(OTHER)}", id="paragraphs apart"
        ),
        pytest.param(
            [(65, 50, 10, PROSE[0]), *column(50, 62, PROSE[1:]), (65, 122, 10, OTHER[0]), *column(50, 134, OTHER[1:])],
            f"{said(PROSE)}\n\n{said(OTHER)}",
            id="paragraphs indented",
        ),
        pytest.param(column(50, 50, PROSE) + column(300, 50, OTHER), APART, id="two columns"),
        pytest.param(
            [part for pair in zip(column(50, 50, PROSE), column(300, 50, OTHER), strict=True) for part in pair],
            APART,
            id="two columns, written across",
        ),
        pytest.param(column(300, 50, OTHER) + column(50, 56, PROSE), APART, id="two columns, not level"),
        pytest.param(
            column(50, 50, (*OTHER, *PROSE[:3])) + column(300, 50, (*PROSE[3:], *OTHER)),
            f"{said(OTHER)} {said(PROSE)} {said(OTHER)}",
            id="a sentence that goes on in the next column",
        ),
        pytest.param(
            [(50, 30, 18, "A title that runs across both columns"), *column(50, 60, PROSE), *column(300, 60, OTHER)],
            "A title that runs across both columns\n\n" + APART,
            id="a title above two columns",
        ),
        pytest.param(
            [
                *column(50, 50, PROSE),
                *((x, y, 10, cell) for y, row in zip((140, 154, 168), TABLE, strict=True)
                  for x, cell in zip((50, 150, 210), row, strict=True)),
                *column(50, 200, OTHER),
            ],
            APART.replace("\n", "\n\n| Port | Ships | Tons |\n| North | 4,410 | 142.0 |\n| South | 812 | 27.2 |\n", 1),
            id="a table between paragraphs",
        ),
        pytest.param(
            [(50, 50, 10, "1."), (70, 50, 10, "coal: 5 tons"), (50, 62, 10, "2."), (70, 62, 10, "ore: 6 tons"),
             (50, 74, 10, "3."), (70, 74, 10, "tin: 7 tons")],
            "1. coal: 5 tons\n2. ore: 6 tons\n3. tin: 7 tons",
            id="a list is no table",
        ),
        pytest.param([(50, 50, 10, "The #gures are of#cial.", "F3")], "The figures are official.", id="joined letters"),
        pytest.param(
            column(50, 50, ["The exports of the country were 605 mil-", "lion Yuan in 2009."]),
            "The exports of the country were 605 million Yuan in 2009.",
            id="a word divided at the end of a line",
        ),
        pytest.param(
            column(50, 50, ["It is a matter of the long-", "term plans for all five ports."]),
            "It is a matter of the long-term plans for all five ports.",
            id="a hyphen of its own at the end of a line",
        ),
        pytest.param(
            [(50, 50, 10, "It covers 84,000 m"), (132.3, 46, 6, "2"), (135.6, 50, 10, ", or 1,422"),
             (177.9, 46, 6, "3"), (181.2, 50, 10, " acres.")],
            "It covers 84,000 m², or 1,422³ acres.",
            id="raised digits",
        ),
        pytest.param(
            column(50, 50, (*PROSE[:-1], "and 9,300 ships.", *OTHER)),
            f"{said(PROSE[:-1])} and 9,300 ships.\n\n{said(OTHER)}",
            id="a paragraph whose last line is short",
        ),
        pytest.param(
            [
                *column(50, 50, PROSE),
                (50, 140, 10, "All ports, in million euros and tons", "F2"),
                *((x, y, 10, cell) for y, row in zip((154, 168, 182), TABLE, strict=True)
                  for x, cell in zip((50, 150, 210), row, strict=True)),
            ],
            f"{said(PROSE)}\n\n| All ports, in million euros and tons |\n| Port | Ships | Tons |\n"
            "| North | 4,410 | 142.0 |\n| South | 812 | 27.2 |",
            id="a bold line right above a table",
        ),
        pytest.param(
            [
                *((x, y, 10, cell) for y, row in zip((50, 64, 78), TABLE, strict=True)
                  for x, cell in zip((50, 150, 210), row, strict=True)),
                *column(50, 100, ("It was so.", "It is so.", "Be it so.", "So be it."), pitch=20),
                *((x, y, 10, cell) for y, row in zip((180, 194, 208), TABLE, strict=True)
                  for x, cell in zip((50, 150, 210), row, strict=True)),
            ],
            "| Port | Ships | Tons |\n| North | 4,410 | 142.0 |\n| South | 812 | 27.2 |\n\n"
            "It was so. It is so. Be it so. So be it.\n\n"
            "| Port | Ships | Tons |\n| North | 4,410 | 142.0 |\n| South | 812 | 27.2 |",
            id="short lines between two tables",
        ),
        pytest.param(
            [*column(50, 50, PROSE), (560, 400, 10, "a note of the printer's")],
            said(PROSE) + "\n\na note of the printer's",
            id="what runs over the edge of the page",
        ),
    ],
)  # fmt: skip
def test_a_page_is_the_text_in_the_order_in_which_it_is_read(page: list[Said], text: str) -> None:
    assert read(pdf(page)).text == text + "\n"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_is_read_as_it_is_shown(rotate: int) -> None:
    turns = {
        0: (1, 0, 0, 1, 0, 0),
        90: (0, 1, -1, 0, 800, 0),
        180: (-1, 0, 0, -1, 800, 800),
        270: (0, -1, 1, 0, 0, 800),
    }
    matrix = " ".join(map(str, turns[rotate]))
    drawn = content(column(50, 50, PROSE))
    report = read(file([f"q {matrix} cm\n".encode() + drawn + b"\nQ"], rotate=rotate, width=800))
    assert report.text == said(PROSE) + "\n"
    assert report.anchors[0].box and report.anchors[0].box[:2] == (50, pytest.approx(41, abs=3))


def test_headings_are_larger_or_bold_lines_with_a_level_by_their_size() -> None:
    page = [
        (50, 30, 20, "Trade in 2009"),
        (50, 60, 14, "1. Ports"),
        *column(50, 80, PROSE),
        (50, 170, 10, "Rail", "F2"),
        *column(50, 184, OTHER),
    ]
    report = read(pdf(page))
    found = [(report.text[mark.start : mark.end], mark.kind, mark.level) for mark in report.marks]
    assert found == [("Trade in 2009", "heading", 1), ("1. Ports", "heading", 2), ("Rail", "heading", 3)]


def test_running_heads_and_page_numbers_are_furniture_and_break_no_sentence() -> None:
    pages = [
        [(50, 20, 10, "The Trade of 2009"), *column(50, 50, text), (300, 780, 10, f"{n} of 2")]
        for n, text in enumerate((PROSE[:2], PROSE[2:]), 1)
    ]
    report = read(pdf(*pages))
    assert report.text.startswith(said(PROSE) + "\n\n")
    (mark,) = report.marks
    assert mark.kind == "furniture"
    assert report.text[mark.start : mark.end].split("\n\n") == [
        "The Trade of 2009",
        "1 of 2",
        "The Trade of 2009",
        "2 of 2",
    ]


def test_a_note_at_the_foot_of_a_page_breaks_no_sentence() -> None:
    report = read(pdf([*column(50, 50, PROSE[:3]), (50, 700, 7, "1 As of May.")], column(50, 50, PROSE[3:])))
    assert report.text == said(PROSE) + "\n\n1 As of May.\n"


def test_each_piece_has_its_page_its_place_and_its_box() -> None:
    report = read(pdf([(50, 50, 10, "One.")], [(50, 50, 10, "Exports rose"), (300, 90, 10, "by 605.")]))
    found = [(report.text[one.start : one.end], one.page, one.character, one.box) for one in report.anchors]
    assert [one[:2] for one in found] == [("One.", 1), ("Exports rose", 2), ("by 605.", 2)]
    assert [one[2] for one in found] == [0, 0, 14]
    left, top, right, bottom = found[2][3] or (0, 0, 0, 0)
    assert (left, right) == (300, pytest.approx(334, abs=3))
    assert top < 85
    assert bottom >= 90


def test_a_page_without_text_is_told_of(here: Path, tieout: Callable[..., Result]) -> None:
    Path("raw/trade.pdf").write_bytes(pdf([], column(50, 50, PROSE), [], []))
    Path("raw/scan.pdf").write_bytes(pdf([]))
    result = tieout("run", "raw", "--no-page")
    assert "raw/trade.pdf: pages 1, 3–4 hold no text, perhaps a picture; the rest was read" in result.stderr
    assert "raw/scan.pdf: its pages hold no text, they are pictures" in result.stderr
    rows = {row["report"]: row for row in load_rows("extracted/summary.csv")}
    assert rows["trade"]["not_read"] == "pages 1, 3–4 hold no text, perhaps a picture"
    assert (rows["scan"]["status"], rows["wrong"]["status"], rows["wrong"]["not_read"]) == ("error", "ok", "")


LOCK = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<01> <01>]".format("5a" * 32)
GOOD = pdf(column(50, 50, PROSE))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"<html>", "no PDF file", id="another format"),
        pytest.param(GOOD[:-200], "the PDF is cut off", id="cut off"),
        pytest.param(b"%PDF-1.4\n" + b"x" * 500 + b"\n%%EOF", "damaged or cut off", id="damaged"),
        pytest.param(pdf(column(50, 50, PROSE), extra=LOCK), "locked with a password", id="with a password"),
        pytest.param(pdf([]), "its pages hold no text", id="pictures only"),
    ],
)
def test_a_damaged_or_locked_file_is_one_clear_line(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=f"trade: .*{message}") as raised:
        read(data)
    assert "\n" not in str(raised.value)


def test_without_pypdfium2_the_reader_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.readers.pdf.find_spec", lambda name: None)
    with pytest.raises(ReadError, match=r"trade: PDF files need pypdfium2: pip install 'tieout\[pdf\]'"):
        read(GOOD)


def test_a_file_that_needs_too_much_memory_is_ended_and_the_next_one_is_read() -> None:
    with pytest.raises(ReadError, match=r"trade: needs more than 600 MB to be read.*raise memory-mb"):
        read(bomb(800), ReadOptions(memory=600_000_000))
    assert read(GOOD, ReadOptions(memory=600_000_000)).text == said(PROSE) + "\n"


def test_a_file_that_takes_too_long_is_ended_and_the_next_one_is_read() -> None:
    slow = file([b"BT /F1 10 Tf " + b"(5) Tj " * 1_000_000 + b"ET"])
    with pytest.raises(ReadError, match=r"trade: not read within 1 seconds; .*raise seconds"):
        read(slow, ReadOptions(seconds=1))
    assert read(GOOD, ReadOptions(seconds=30)).text == said(PROSE) + "\n"


def test_a_process_that_died_meanwhile_is_started_again() -> None:
    read(GOOD)
    process = apart._process("pipeline.readers.pdf.document", USUAL.memory, os.getpid()).running
    assert process
    process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    process.wait()
    assert read(GOOD).text == said(PROSE) + "\n"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc to see other processes")
def test_the_process_ends_with_the_one_that_asked(tmp_path: Path) -> None:
    import subprocess
    import sys

    (tmp_path / "good.pdf").write_bytes(GOOD)
    code = f"""
import os
from pathlib import Path
from pipeline.readers import ReadOptions, apart, read_path
read_path(Path({str(tmp_path / "good.pdf")!r}), "good")
print(apart._process("pipeline.readers.pdf.document", ReadOptions().memory, os.getpid()).running.pid, flush=True)
os.kill(os.getpid(), 9)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent
    )
    pid = int(done.stdout)
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2]:
            return
        time.sleep(0.05)
    os.kill(pid, 9)
    pytest.fail("the reading process was left over")
