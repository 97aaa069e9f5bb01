"""What holds of every text whatsoever: of written reports, of pieces of them, of noise."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import RIGHT, WRONG
from invariants import BOOK, TEXTS, floats_in, holds
from pipeline import api, readers, rulebook, run
from pipeline.model import Reading

ROOT = Path(__file__).parent.parent


def reports() -> Iterator[tuple[str, str]]:
    yield "wrong", WRONG
    yield "right", RIGHT
    for path in sorted((ROOT / "raw").glob("*.txt")):
        yield path.stem, path.read_bytes().decode("utf-8-sig")


REPORTS = dict(reports())


def whole(text: str) -> Reading:
    return api.check(text, rules=BOOK, strict=True)


@pytest.mark.parametrize("name", REPORTS)
def test_all_holds_of_a_written_report(name: str) -> None:
    holds(whole(REPORTS[name]))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("line_end", ["\r\n", "\r"], ids=["crlf", "cr"])
def test_all_holds_whatever_ends_the_lines(name: str, line_end: str) -> None:
    holds(whole(REPORTS[name].replace("\n", line_end)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ud8005 of 6",
        "5\n\n6%\r\n７",
        "three counties: A, B and C1,422,000\ud800",
        "There were 11 carts per 10 households in spring.",
        "They met twice, the first one in May with 5 people.",
        "Sales of the three fiscal years 2019, 2018 and 2017 fell.",
        "Sales rose 1 million from 2 to 4.",
    ],
)
def test_all_holds_of_a_text_that_once_broke_it(text: str) -> None:
    """Of any text it is a law of tests/laws.py."""
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
