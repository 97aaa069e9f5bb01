"""Whatever is given to a function that takes what others wrote, it answers, or says in one line what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline
from pipeline import api, decisions, exact, readers, rulebook, sections, sentences
from pipeline.decisions import ledger
from pipeline.language import Language
from pipeline.model import Report
from pipeline.readers import READERS, ReadError
from pipeline.readers.view import same_length_view
from pipeline.rulebook import RuleError
from pipeline.tables.cells import disarmed, rearmed
from pipeline.tables.load import load_rows, load_table
from pipeline.tables.schema import Column, Table
from pipeline.writers import csvfile
from pipeline.writers.page.visible import escaped, visible

BOOK = rulebook.load()
LANGUAGE = Language()
WORDS = (
    "605 million Yuan", "22%", "120 million more than that in 2008", "of which", "A and B, totalling 7", "2/3", "$",
    "1,422,000 people", "respectively", "3.5–4.2%", "(", ")", "【1】", ";", ":", "\n", "\r\n", "\t", " ", "\u200b",
    "\u202e", "\ufeff", "\0", "٣٤", "１２", "½", "²", "half", "twenty-", "1e9", "9" * 40, "https://a.b/1", "No. 28",
    "|", "# A", "**", "<b>", "</b>", "<script>", "&#x31;", "<!--", "```", "====", ".. table::", "\ud800", "%",
    "=1", '"', ",",
)  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS), max_size=8).map("".join) | st.text(max_size=20)
BYTES = st.binary(max_size=40) | TEXT.map(lambda text: text.encode("utf-8", "replace"))
TOML_LINES = (
    "[[skip]]", "[skip]", "[[unit]]", "[[a.b]]", 'name = "a"', "name = 1", 'reason = "year"', 'pattern = "(a"',
    "pattern = 'a'", "examples = []", "x = 1.5", "words = [1]", "=", '"', "\ufeff",
)  # fmt: skip
TOML = st.lists(st.sampled_from(TOML_LINES)).map("\n".join)
CELLS = ("finding_id", "decision", "F-0123456789abcdef", "fixed", ",", "\n", '"', "\r", "\0", "\xff", "'=")
CSV = st.lists(st.sampled_from(CELLS)).map("".join)
RATIONAL = st.fractions(max_denominator=10**6)


def report(text: str) -> Report:
    return Report("report", text, same_length_view(text), "")


def one_line(call: Callable[[], Any], *errors: type[Exception]) -> Any:
    """What comes of a call; an error of these kinds must say something, in one line."""
    try:
        return call()
    except errors as error:
        assert str(error).strip() and "\n" not in str(error) and "Traceback" not in str(error)
        return None


def check_text(text: str) -> None:
    reading = api.check(text, rules=BOOK, strict=True)
    assert reading.report.text == text
    assert all(text[claim.figure.start : claim.figure.end].strip() for claim in reading.claims)


def read_text_or_path(text: str) -> None:
    assert api.read(f"{text}\n", rules=BOOK).report.text == f"{text}\n"


def read_path(data: bytes, here: Path) -> None:
    path = here / "report.txt"
    path.write_bytes(data)
    one_line(lambda: api.read(path, rules=BOOK), ReadError)


def split(text: str) -> None:
    whole = report(text)
    parts = sections.split(whole, BOOK)
    assert "".join(text[part.start : part.end] for part in parts) == text
    for said in sentences.split(whole, parts, BOOK, LANGUAGE):
        assert text[said.start : said.end].strip() == text[said.start : said.end] != ""


def view(text: str) -> None:
    seen = same_length_view(text)
    assert len(seen) == len(text) and same_length_view(seen) == seen


def shown(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert "<script" not in escaped(text) and "\u202e" not in escaped(text)
    assert rearmed(disarmed(text)) == text


def table(text: str, here: Path) -> None:
    """A table whose names and cells are any text comes back as written, but for what no file can hold."""
    text = text.encode("utf-8", "ignore").decode()
    made = Table("any", "", (Column("a", ""), Column(f"{text}b", "")), ())
    row = {"a": text, f"{text}b": f"{text}c"}
    csvfile.write(here / "any.csv", made, [row])
    assert load_rows(here / "any.csv") == [row]
    assert load_table(here / "any.csv").to_dict("records") == [row]


def own_rules(source: str, here: Path) -> None:
    (here / "skips.toml").write_text(source, encoding="utf-8")
    one_line(lambda: rulebook.load(here), RuleError)


def own_ledger(source: str, here: Path) -> None:
    (here / "decisions.csv").write_bytes(source.encode("latin-1"))
    one_line(lambda: ledger.load(here / "decisions.csv"), ValueError)
    one_line(lambda: decisions.load_baseline(here / "decisions.csv"), ValueError)


def plain(value: Fraction) -> None:
    said = exact.plain(value)
    assert set(said) <= set("-0123456789.") and abs(Fraction(said) - value) <= Fraction(1, 10**exact.PLACES)


CASES: dict[str, tuple[st.SearchStrategy[Any], Callable[..., None]]] = {
    "check": (TEXT, check_text),
    "read": (TEXT, read_text_or_path),
    "read of a path": (BYTES, read_path),
    "load_table": (TEXT, table),
    "sections and sentences": (TEXT, split),
    "the view": (TEXT, view),
    "what is shown": (TEXT, shown),
    "rules of one's own": (TOML, own_rules),
    "the ledger and the baseline": (CSV, own_ledger),
    "plain decimals": (RATIONAL, plain),
}
few = settings(
    max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], database=None
)


@pytest.mark.parametrize("name", CASES)
def test_a_function_answers_whatever_it_is_given(name: str, tmp_path: Path) -> None:
    strategy, holds = CASES[name]

    @few
    @given(strategy)
    def tried(given_: Any) -> None:
        holds(given_, tmp_path) if "here" in holds.__annotations__ else holds(given_)

    tried()


# One suffix a reader; that of PDF files is a process of its own, tried in test_read_pdf.py.
SUFFIXES = sorted({module: suffix for suffix, module in READERS.items() if module != "pdf"}.values())


@pytest.mark.parametrize("suffix", SUFFIXES)
@few
@given(data=BYTES)
def test_a_reader_gives_a_report_or_says_why_not(suffix: str, data: bytes) -> None:
    found = one_line(lambda: readers.read_bytes(data, "noise", suffix), ReadError)
    if found is not None:
        assert len(found.view) == len(found.text)
        assert all(0 <= mark.start < mark.end <= len(found.text) for mark in found.marks)


def test_each_function_that_the_package_offers_is_tried() -> None:
    offered = {name for name in pipeline.__all__ if not isinstance(getattr(pipeline, name), type | str)}
    assert offered <= set(CASES)
