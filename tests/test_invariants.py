"""What holds of every text whatsoever: of written reports, of pieces of them, of noise."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import RIGHT, WRONG
from pipeline import api, readers, rulebook, run
from pipeline.model import Reading, SkipReason
from pipeline.rulebook.scales import scales
from pipeline.tables import rows, schema

ROOT = Path(__file__).parent.parent
BOOK = rulebook.load()

# Words and signs that mean something to some stage; joined at random they make every kind of half-sense.
PIECES = (
    "605 million Yuan|120 million more than that in 2008|a growth of 22%|266 poor villages|"
    "500,000 Yuan for each village|10–15%|between 3 and 5 km|from 2 to 4|two-thirds|half a million|"
    "three counties: A, B and C|First, |Secondly, |of which |including |a total of |respectively|accounting for |"
    "doubled|1,422,000|934 000|12,34,567|Rs 500 crore|US$1.2bn|€3m|５．９％|【Overview】|1.Heading.|# Title|"
    "TOTALS\n|---\n|No. 28|[28]|+86-10-5550100|1/2|2/3 of |12:30|1 May 2009|FY2008-09|1st|more than |about |"
    "nearly |at least |per capita|percentage points|basis points|‰|-5|−7|(3.4)|9|0|0.0|,|.|;|；|。|\n|\n\n|\r\n|"
    "\t|\u00a0|\u2009| | | |and |or |to |the |in 2009|people|households|km2|mu|“|”|'|\"|(|)|:|%|$|three|"
    "twenty-one|a hundred|lakh|万|亿|扫码|Copyright 2009|Home | | About|e\u0301|\u202e|\x1b|٣|²|½|①|\ud800|"
    "\U0001d7d9"
).split("|")
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.text(max_size=200),
    st.text("0123456789 ,.-–/%$()\n", max_size=60),
)


def reports() -> Iterator[tuple[str, str]]:
    yield "wrong", WRONG
    yield "right", RIGHT
    for path in sorted((ROOT / "raw").glob("*.txt")):
        yield path.stem, path.read_bytes().decode("utf-8-sig")


REPORTS = dict(reports())


def whole(text: str) -> Reading:
    return api.check(text, rules=BOOK, strict=True)


def holds(reading: Reading) -> None:
    """All that must hold of one Reading."""
    for check in (
        spans_are_texts,
        sections_tile,
        digits_are_taken_once,
        values_are_exact,
        ids_resolve,
        cells_are_typed,
    ):
        check(reading)


def spans_are_texts(reading: Reading) -> None:
    text = reading.report.text
    assert len(reading.report.view) == len(text)
    figures = [claim.figure for claim in reading.claims]
    clauses = [clause for sentence in reading.sentences for clause in sentence.clauses]
    for span in (*reading.sentences, *clauses, *figures, *reading.skips, *reading.cues, *reading.checks):
        piece = text[span.start : span.end]
        assert 0 <= span.start < span.end <= len(text), span
        assert piece == piece.strip(), span
    for before, after in pairwise(figures):
        assert before.end <= after.start, (before, after)
    for before, after in pairwise(reading.sentences):
        assert before.end <= after.start, (before, after)
    for sentence in reading.sentences:
        section = reading.sections[sentence.section]
        assert section.start <= sentence.start and sentence.end <= section.end, sentence
        assert section.kind == "body", sentence
        for clause in sentence.clauses:
            assert sentence.start <= clause.start and clause.end <= sentence.end, clause
    for claim in reading.claims:
        figure, sentence = claim.figure, reading.sentences[claim.sentence]
        assert claim.section == sentence.section, claim
        assert any(c.start <= figure.start and figure.end <= c.end for c in sentence.clauses), (claim, sentence)
        assert figure.start < figure.number_end <= figure.end, figure


def sections_tile(reading: Reading) -> None:
    text = reading.report.text
    assert "".join(text[section.start : section.end] for section in reading.sections) == text
    assert [section.start for section in reading.sections] == sorted(section.start for section in reading.sections)
    assert all(section.start <= section.body <= section.end for section in reading.sections)


def digits_are_taken_once(reading: Reading) -> None:
    owners: Counter[int] = Counter()
    for span in (*(claim.figure for claim in reading.claims), *reading.skips):
        owners.update(range(span.start, span.end))
    wrong = [at for at, sign in enumerate(reading.report.text) if sign.isdigit() and owners[at] != 1]
    assert not wrong, [(at, reading.report.text[max(0, at - 20) : at + 20], owners[at]) for at in wrong]
    assert all(count == 1 for count in owners.values()), "a claim or skip overlaps another"
    for section in reading.sections:
        if section.kind == "furniture":
            assert not any(section.start <= claim.figure.start < section.end for claim in reading.claims), section
    assert all(skip.reason in get_args(SkipReason) for skip in reading.skips)


def values_are_exact(reading: Reading) -> None:
    assert not list(floats_in(reading, set()))


def floats_in(value: Any, seen: set[int]) -> Iterator[Any]:
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, float):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from floats_in(getattr(value, field.name), seen)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from floats_in(inner, seen)
    elif isinstance(value, dict):
        for inner in (*value.keys(), *value.values()):
            yield from floats_in(inner, seen)


def ids_resolve(reading: Reading) -> None:
    claims = {claim.claim_id: claim for claim in reading.claims}
    assert len(claims) == len(reading.claims)
    assert len({section.section_id for section in reading.sections}) == len(reading.sections)
    assert len({check.check_id for check in reading.checks}) == len(reading.checks)
    assert len({finding.finding_id for finding in reading.findings}) == len(reading.findings)
    assert all(claim.figure.rule for claim in reading.claims) and all(skip.rule for skip in reading.skips)
    assert [check.relation for check in reading.checks] == list(reading.relations)
    for check in reading.checks:
        assert check.relation.rule and check.relation.operands, check
        for operand in check.relation.operands:
            place = re.fullmatch(r"@(\d+)-(\d+)", operand.ref)
            if place:
                assert (operand.start, operand.end) == (int(place[1]), int(place[2])), operand
            else:
                figure = claims[operand.ref].figure
                assert (operand.start, operand.end) == (figure.start, figure.end), operand
                assert operand.figure and operand.figure.number == figure.number, operand  # its unit may be borrowed
    assert all(finding.check in reading.checks for finding in reading.findings)
    for cue in reading.cues:
        for _, index in cue.roles:
            assert -len(reading.skips) <= index < len(reading.claims), cue


def cells_are_typed(reading: Reading) -> None:
    tables = rows.of_report(reading, scales(BOOK)) | {"summary": [rows.summary(reading, BOOK.sha256, "0")]}
    by_name = {table.name: table for table in schema.TABLES}
    patterns = {"integer": r"\d+", "number": r"-?\d+(\.\d+)?", "string": r"(?s).*"}
    for name, table_rows in tables.items():
        table = by_name[name]
        keys = Counter(tuple(row[part] for part in table.key) for row in table_rows)
        assert all(count == 1 for count in keys.values()), (name, keys.most_common(1))
        for row in table_rows:
            assert tuple(row) == table.header, name
            for column in table.columns:
                cell = row[column.name]
                assert cell or not column.required, (name, column.name, row)
                assert not cell or re.fullmatch(patterns[column.type], cell), (name, column.name, cell)
                assert not cell or not column.enum or cell in column.enum, (name, column.name, cell)


@pytest.mark.parametrize("name", REPORTS)
def test_all_holds_of_a_written_report(name: str) -> None:
    holds(whole(REPORTS[name]))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("line_end", ["\r\n", "\r"], ids=["crlf", "cr"])
def test_all_holds_whatever_ends_the_lines(name: str, line_end: str) -> None:
    holds(whole(REPORTS[name].replace("\n", line_end)))


@settings(max_examples=400)
@given(TEXTS)
@example("")
@example("\ud8005 of 6")
@example("5\n\n6%\r\n７")
@example("three counties: A, B and C1,422,000\ud800")
@example("There were 11 carts per 10 households in spring.")
@example("They met twice, the first one in May with 5 people.")
@example("Sales of the three fiscal years 2019, 2018 and 2017 fell.")
def test_all_holds_of_any_text(text: str) -> None:
    holds(whole(text))


@settings(max_examples=100)
@given(st.data())
def test_all_holds_of_a_piece_of_a_report(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(sorted(REPORTS.values())))
    start = data.draw(st.integers(0, len(text)))
    holds(whole(text[start : start + data.draw(st.integers(0, 600))]))


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=200), TEXTS.map(lambda text: text.encode("utf-16", "replace"))))
def test_any_bytes_are_a_report_or_one_clear_line(data: bytes) -> None:
    try:
        report = readers.read_bytes(data, "noise")
    except readers.ReadError as error:
        assert str(error).startswith("noise: ") and "\n" not in str(error)
        return
    holds(run.read(report, BOOK, strict=True))


# --- rules and code


def test_no_rule_holds_a_float() -> None:
    seen: set[int] = set()
    for rule in BOOK:
        assert not list(floats_in(rule, seen)), rule.address


def test_only_checks_makes_a_verdict() -> None:
    makers = {
        path.stem
        for path in (ROOT / "pipeline").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Check", "Finding")
    }
    assert makers == {"checks"}


def test_the_text_is_what_was_decoded() -> None:
    data = b"\xef\xbb\xbf" + WRONG.replace("\n", "\r\n").encode()
    assert readers.read_bytes(data, "x").text.encode() == data[3:]


# --- a rule more renames nothing

MORE = {
    "units.toml": '[[unit]]\nname = "jin"\ndimension = "mass"\nnames = ["jin"]\n',
    "skips.toml": '[[skip]]\nname = "flight"\nreason = "identifier"\npattern = "flight {N}"\n',
    "cues.toml": '[[cue]]\nname = "beyond"\nkind = "growth"\npatterns = ["[change:QTY] beyond"]\n',
}


@pytest.mark.parametrize("file", ["units.toml", "cues.toml"])
@pytest.mark.parametrize("name", REPORTS)
def test_a_rule_more_renames_nothing(tmp_path: Path, file: str, name: str) -> None:
    (tmp_path / file).write_text(MORE[file], encoding="utf-8")
    wider = rulebook.load(rulebook.shipped_rules(), tmp_path)
    plain, more = whole(REPORTS[name]), api.check(REPORTS[name], rules=wider, strict=True)
    assert wider.sha256 != BOOK.sha256
    assert more == replace(plain, report=more.report)


def test_a_new_unit_renames_no_other_claim(tmp_path: Path) -> None:
    (tmp_path / "units.toml").write_text(MORE["units.toml"], encoding="utf-8")
    wider = rulebook.load(rulebook.shipped_rules(), tmp_path)
    text = f"They sold 300 jin of tea. {WRONG}"
    plain, more = whole(text), api.check(text, rules=wider, strict=True)
    assert [claim.claim_id for claim in plain.claims] == [claim.claim_id for claim in more.claims]
    assert [finding.finding_id for finding in plain.findings] == [finding.finding_id for finding in more.findings]


def test_a_finding_survives_an_edit_elsewhere() -> None:
    edited = WRONG.replace("Relief work in Hill County", "On relief work in Hill County, once more")
    assert [f.finding_id for f in whole(WRONG).findings] == [f.finding_id for f in whole(edited).findings]


def test_a_changed_figure_makes_a_new_finding() -> None:
    changed = WRONG.replace("120 million", "130 million")
    assert {f.finding_id for f in whole(WRONG).findings}.isdisjoint(f.finding_id for f in whole(changed).findings)


# --- same text and rules, same bytes

ROUNDS: dict[str, tuple[list[str], dict[str, str]]] = {
    "two processes with a hash seed of their own": (["--jobs", "2"], {"PYTHONHASHSEED": "random"}),
    "another locale, time zone and hash seed": ([], {"LC_ALL": "C", "TZ": "Asia/Chongqing", "PYTHONHASHSEED": "1"}),
}


def tables(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run_in(here: Path, inputs: list[str], out: Path, environment: dict[str, str]) -> dict[str, bytes]:
    """The tables that a run in a process of its own writes; one of its inputs cannot be read."""
    command = [sys.executable, "-m", "pipeline", "run", *inputs, "--out", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", **environment}
    assert subprocess.run(command, cwd=here, env=environment, capture_output=True, check=False).returncode == 3
    return tables(out)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("bytes")
    for name, text in REPORTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    (folder / "bad.txt").write_bytes(b"\x00\x01")
    return folder, run_in(ROOT, [str(folder)], tmp_path_factory.mktemp("out"), {})


@pytest.mark.parametrize("case", ROUNDS)
def test_the_same_bytes_come_out(once: tuple[Path, dict[str, bytes]], tmp_path: Path, case: str) -> None:
    folder, expected = once
    options, environment = ROUNDS[case]
    names = sorted((path.name for path in folder.glob("*.txt")), reverse=True)
    assert run_in(folder, [*names, *options], tmp_path / "out", environment) == expected


def test_no_table_holds_a_path_of_this_machine(once: tuple[Path, dict[str, bytes]]) -> None:
    folder, expected = once
    assert not [name for name, content in expected.items() if str(folder).encode() in content]


# --- what is shipped


@pytest.mark.skipif(not (ROOT / "extracted").is_dir(), reason="a copy without the shipped tables")
def test_the_shipped_tables_are_what_the_pipeline_makes_of_raw(tmp_path: Path) -> None:
    ledger = ROOT / "extracted" / "decisions.csv"
    (tmp_path / "decisions.csv").write_bytes(ledger.read_bytes())
    command = [sys.executable, "-m", "pipeline", "run", "raw", "--no-page", "--out", str(tmp_path)]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    shipped, made = tables(ROOT / "extracted"), tables(tmp_path)
    shipped = {name: content for name, content in shipped.items() if not name.endswith(".html")}
    assert sorted(shipped) == sorted(made), "run `tieout run` and look at the difference"
    old = [name for name in shipped if shipped[name] != made[name]]
    assert not old, f"run `tieout run` and look at the difference of extracted/: {', '.join(old)}"
