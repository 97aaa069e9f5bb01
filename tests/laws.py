"""What holds of each function that takes what others wrote, whatever it is given: a strategy and a law for each.

`tests/test_any_input.py` tries them on some hundred inputs each, `tests/long/laws.py` on thousands. A law fails by an
assertion, or by any error that is not said in one line.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import invariants
from drawn import BYTES, CSV, ENCODINGS, NAMES, NOTATION, OPTIONS, PARAGRAPH, RATIONAL, ROWS, TEXT, TOML
from pipeline import (
    api,
    context,
    decisions,
    exact,
    explain,
    inputs,
    options,
    places,
    readers,
    rulebook,
    sections,
    sentences,
)
from pipeline.context import Defaults
from pipeline.cues.notation import NotationError, compile_pattern
from pipeline.decisions import ledger
from pipeline.language import Language
from pipeline.model import Report
from pipeline.readers import READERS, ReadError, ReadOptions, containers
from pipeline.readers.encodings import decode
from pipeline.readers.view import same_length_view
from pipeline.rulebook import RuleError
from pipeline.tables.cells import disarmed, rearmed
from pipeline.tables.load import load_rows, load_table
from pipeline.tables.schema import Column, Table
from pipeline.writers import csvfile
from pipeline.writers.page.visible import escaped, visible

Law = Callable[..., None]

BOOK = invariants.BOOK
LANGUAGE = Language()
LOSSLESS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# Of the first and the last line of a report, and of what stands beside them, more is asked than of the rest.
AROUND = ("It rained for long in the hills of the county, and the roads were wet.\n\n", "\n\nIt rained for long again.")


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


def whole(text: str) -> None:
    """All that must hold of a Reading: spans, sections, digits, exact values, references, cells of the tables."""
    invariants.holds(api.check(text, rules=BOOK, strict=True))


def read_as(suffix: str, data: bytes) -> None:
    found = one_line(lambda: readers.read_bytes(data, "noise", suffix), ReadError)
    if found is not None:
        assert len(found.view) == len(found.text)
        assert all(0 <= mark.start < mark.end <= len(found.text) for mark in found.marks)
        assert all(0 <= one.start <= one.end <= len(found.text) for one in found.anchors)


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


def encoded(given_: tuple[str, str]) -> None:
    """A text comes back from every encoding that it may be saved in, if that is named or has its mark."""
    text, encoding = given_
    data = text.encode(encoding, "replace")
    wanted = data.decode(encoding)
    assert decode(data, "noise", given=encoding).text in (wanted, wanted.removeprefix("\ufeff"))
    # The mark of UTF-16 and a NUL behind it are the mark of UTF-32.
    if encoding in ("utf-16", "utf-8-sig") and not text.startswith("\0"):
        assert decode(data, "noise").text == wanted


def decoded(data: bytes) -> None:
    """What is read without a word of the user's is all of the bytes, and nothing else."""
    found = one_line(lambda: decode(data, "noise"), ReadError)
    if found is not None and found.encoding in LOSSLESS:
        assert found.text.encode(found.encoding, "surrogatepass") == data[found.mark :]


def contained(given_: tuple[str, bytes], here: Path) -> None:
    suffix, data = given_
    path = here / f"many{suffix}"
    path.write_bytes(data)
    options = ReadOptions(text_column="a", id_column="b")
    held = one_line(lambda: containers.held(path, options), ReadError)
    for one in held or ():
        assert one.place and (one.error or isinstance(one.data, bytes) or suffix == ".zip")


def any_table(data: bytes, here: Path) -> None:
    (here / "findings.csv").write_bytes(data)
    one_line(lambda: load_rows(here / "findings.csv"), ValueError)
    one_line(lambda: decisions.take_returned(here / "findings.csv", {}, {}), ValueError)


def options_file(source: str, here: Path) -> None:
    (here / "pyproject.toml").write_text(source, encoding="utf-8")
    one_line(lambda: options.load(here), options.OptionError)


def place_named(name: str) -> None:
    one_line(lambda: places.place(name), places.PlaceError)


def names_of_inputs(names: list[str], here: Path) -> None:
    """Whatever files are called, each report has a folder of its own, within the output folder."""
    inside = here / "many"
    shutil.rmtree(inside, ignore_errors=True)
    for number, name in enumerate(names):
        (inside / str(number)).mkdir(parents=True)
        (inside / str(number) / f"{name}.txt").write_bytes(b"5")
    found = [one.name for one in inputs.gather([str(inside)]).found] if names else []
    assert len({name.casefold() for name in found}) == len(found) == len([n for n in names if not n.startswith(".")])
    for name in found:
        assert 0 < len(name.encode()) <= 200 and not name.startswith(".") and not set(name) & set('<>:"/\\|?*\0\n')
        assert (here / name).resolve().parent == here.resolve()


def explained(text: str) -> None:
    """Every place of a text can be asked about, by offset and by line and column."""
    reading = api.check(text, rules=BOOK)
    assert explain.offset_of(text, str(len(text))) is None and explain.offset_of(text, "1:0") is None
    for at in range(0, len(text), 7):
        assert explain.offset_of(text, str(at)) == at
        assert explain.at_place(reading, at, BOOK)


def said_of_all(said: str) -> None:
    for defaults in (Defaults(currency=said), Defaults(scale=said), Defaults(period=said)):
        problem = one_line(lambda d=defaults: context.problem_of(d, BOOK))
        assert not problem or "\n" not in problem


def notation(pattern: str) -> None:
    macros = {"UP": "more|up", "ROUND": "(ROUND)"}
    found = one_line(lambda: compile_pattern(pattern, macros), NotationError)
    if found is not None:
        assert found.triggers and len(found.roles) == found.regex.groups


def apart(text: str) -> None:
    """A paragraph before and one behind change no figure, cue or skip of what stands between them."""
    alone, among = (api.check(f"{before}{text}{behind}", rules=BOOK) for before, behind in (("", ""), AROUND))
    shift = len(AROUND[0])
    for kind in (lambda r: [c.figure for c in r.claims], lambda r: r.skips):
        wanted = [(one.start + shift, one.end + shift) for one in kind(alone)]
        assert [(one.start, one.end) for one in kind(among)] == wanted


def plain(value: Fraction) -> None:
    said = exact.plain(value)
    assert set(said) <= set("-0123456789.") and abs(Fraction(said) - value) <= Fraction(1, 10**exact.PLACES)


# One suffix a reader; that of PDF files is a process of its own, tried in test_read_pdf.py.
SUFFIXES = sorted({module: suffix for suffix, module in READERS.items() if module != "pdf"}.values())

CASES: dict[str, tuple[st.SearchStrategy[Any], Law]] = {
    "check": (TEXT, check_text),
    "a whole reading": (invariants.TEXTS, whole),
    "read": (TEXT, read_text_or_path),
    "read of a path": (BYTES, read_path),
    "load_table": (TEXT, table),
    "sections and sentences": (TEXT, split),
    "the view": (TEXT, view),
    "what is shown": (TEXT, shown),
    "rules of one's own": (TOML, own_rules),
    "the ledger and the baseline": (CSV, own_ledger),
    "plain decimals": (RATIONAL, plain),
    "encodings": (st.tuples(TEXT, st.sampled_from(ENCODINGS)), encoded),
    "bytes without a word of their encoding": (BYTES, decoded),
    "zips and tables": (st.tuples(st.sampled_from((".zip", ".csv", ".tsv", ".jsonl")), BYTES | ROWS), contained),
    "a table that came back": (BYTES | ROWS, any_table),
    "options": (OPTIONS, options_file),
    "places": (TEXT | st.sampled_from(("s3://", "nowhere://a", "file:///a", "memory://a/b", "://")), place_named),
    "names of files": (st.lists(NAMES, max_size=4), names_of_inputs),
    "explain": (TEXT, explained),
    "defaults": (TEXT, said_of_all),
    "the notation of cues": (NOTATION, notation),
    "paragraphs": (PARAGRAPH, apart),
}
CASES |= {f"the reader of {suffix}": (BYTES, partial(read_as, suffix)) for suffix in SUFFIXES}


def hold(law: Law, given: Any, here: Path) -> None:
    """Try a law; some need a folder to work in."""
    if "here" in getattr(law, "__annotations__", {}):
        law(given, here)
    else:
        law(given)


def takes_bytes(name: str) -> bool:
    """Whether a law is about byte strings or files, which take longer to try."""
    law = CASES[name][1] if name in CASES else None
    return name.startswith("the reader of ") or "here" in getattr(law, "__annotations__", {}) or law is decoded
