"""The commands as a user meets them: what they print, where, their exit codes, and bad input in one clear line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import RIGHT, WRONG
from pipeline import __version__
from pipeline.options import DECISIONS, FORMATS
from pipeline.tables import schema
from pipeline.tables.load import load_rows
from pipeline.writers import WRITERS

Tieout = Callable[..., Result]

COMPARED = "relation"
ROOT = Path(__file__).parent.parent


def program(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False, **options
    )  # type: ignore[call-overload,no-any-return]


# --- help


def test_help_names_the_commands(tieout: Tieout) -> None:
    result = tieout("--help")
    assert result.exit_code == 0
    assert all(command in result.output for command in ("run", "check", "explain", "rules"))


def test_help_loads_nothing_but_the_command_line() -> None:
    code = """
import sys
from pipeline.cli import program
program(["check", "--help"], standalone_mode=False)
print(sorted({name.split(".")[1] for name in sys.modules if name.startswith("pipeline.")}))
print([name for name in ("spacy", "pandas", "rich", "regex", "filelock", "fractions") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-2:] == ["['cli', 'limits', 'options', 'patterns']", "[]"]


def test_the_version(tieout: Tieout) -> None:
    assert tieout("--version").output == f"tieout {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [("chekc",), ("run", "--jbos", "2"), ("run", "--jobs", "0"), ("check",)], ids=" ".join
)
def test_a_mistake_in_the_command_line_is_exit_2(tieout: Tieout, arguments: tuple[str, ...]) -> None:
    assert tieout(*arguments).exit_code == 2


# --- run


def test_run_shows_what_it_found(here: Path, tieout: Tieout) -> None:
    result = tieout("run")
    assert result.exit_code == 0
    assert "raw/wrong.txt:3:18: error: growth" in result.stdout
    assert "24.7%" in result.stdout and "2 reports: 1 error" in result.stdout
    assert "relations compared, " in result.stdout and result.stderr == ""


def test_run_says_what_was_compared_when_nothing_is_wrong(here: Path, tieout: Tieout) -> None:
    result = tieout("run", "raw/right.txt")
    assert "1 report: 0 errors, 0 warnings. 1 relation compared, 3 figures of " in result.stdout


def test_run_reads_stdin(here: Path, tieout: Tieout) -> None:
    assert tieout("run", "-", "--out", "out", stdin=WRONG).exit_code == 0
    assert [row["report"] for row in load_rows("out/summary.csv")] == ["stdin"]


def test_run_is_quiet_when_asked(here: Path, tieout: Tieout) -> None:
    lines = tieout("run", "--quiet").stdout.splitlines()
    assert len(lines) == 2 and lines[0].endswith("in extracted/findings.csv")


def test_run_does_not_read_what_it_wrote(here: Path, tieout: Tieout) -> None:
    tieout("run", ".", "--out", "raw/out")
    Path("raw/out/wrong/text.txt").write_text("605", encoding="utf-8")
    tieout("run", ".", "--out", "raw/out")
    assert [row["report"] for row in load_rows("raw/out/summary.csv")] == ["right", "wrong"]


# --- check


def test_check_exits_1_on_an_error_and_writes_nothing(here: Path, tieout: Tieout) -> None:
    result = tieout("check", "raw")
    assert result.exit_code == 1 and "error: growth" in result.stdout
    assert sorted(path.name for path in here.iterdir()) == ["raw"]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_what_was_compared(here: Path, tieout: Tieout, form: str) -> None:
    result = tieout("check", "raw", "--format", form)
    assert result.exit_code == 1
    assert COMPARED in result.stdout + result.stderr and "compared" in result.stdout
    assert "F-" in result.stdout


def test_all_formats_and_decisions_are_offered() -> None:
    assert tuple(WRITERS) == FORMATS
    assert schema.DECISIONS_MADE == DECISIONS


@pytest.mark.parametrize(
    ("options", "code"),
    [((), 1), (("--exit-zero",), 0), (("--fail-on", "warning"), 1), (("--fail-on", "note"), 1)],
    ids=["default", "exit-zero", "warning", "note"],
)
def test_what_fails_a_check(here: Path, tieout: Tieout, options: tuple[str, ...], code: int) -> None:
    assert tieout("check", "raw/wrong.txt", *options).exit_code == code
    assert tieout("check", "raw/right.txt", *options).exit_code == 0


def test_json_holds_places_and_counts(here: Path, tieout: Tieout) -> None:
    whole = json.loads(tieout("check", "raw", "-f", "json").stdout)
    (finding,) = [one for one in whole["findings"] if one["severity"] == "error"]
    assert (finding["path"], finding["line"], finding["column"], finding["kind"]) == ("raw/wrong.txt", 3, 18, "growth")
    assert WRONG[finding["start"] : finding["end"]].startswith("605 million Yuan")
    assert [report["status"] for report in whole["reports"]] == ["ok", "ok"]
    assert whole["summary"]["compared"] == sum(report["compared"] for report in whole["reports"])


def test_jsonl_is_an_object_a_line(here: Path, tieout: Tieout) -> None:
    types = [json.loads(line)["type"] for line in tieout("check", "raw", "-f", "jsonl").stdout.splitlines()]
    assert types == ["finding"] * (len(types) - 3) + ["report", "report", "summary"]


def test_github_escapes_what_ends_a_command(here: Path, tieout: Tieout) -> None:
    line = next(
        line for line in tieout("check", "raw", "-f", "github").stdout.splitlines() if line.startswith("::error")
    )
    assert line.startswith("::error file=raw/wrong.txt,line=3,col=18,title=tieout growth F-")
    assert "%25" in line and "\r" not in line


def test_concise_is_a_line_a_finding(here: Path, tieout: Tieout) -> None:
    first = tieout("check", "raw", "-f", "concise").stdout.splitlines()[0]
    assert first.startswith("raw/wrong.txt:3:18: error: growth: ")


@pytest.mark.parametrize("form", ["text", "concise"])
def test_a_report_cannot_move_the_cursor(here: Path, tieout: Tieout, form: str) -> None:
    Path("raw/wrong.txt").write_text(WRONG.replace("relief", "re\x1b[J\u202e\u202clief"), encoding="utf-8")
    output = tieout("check", "raw", "--format", form).output
    assert "error: growth" in output and "\x1b" not in output and not {"\u202e", "\u202c"} & set(output)


def test_a_closed_pipe_is_no_mistake(here: Path) -> None:
    command = f"{sys.executable} -m pipeline check raw | head -n 1"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=environment, check=False)
    assert "raw/wrong.txt:3:18" in done.stdout and done.stderr == ""


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names that are any bytes")
@pytest.mark.parametrize("form", FORMATS)
def test_a_file_name_that_is_no_text_is_shown(here: Path, tieout: Tieout, form: str) -> None:
    Path(os.fsdecode(b"raw/\xff.txt")).write_text(WRONG, encoding="utf-8")
    done = tieout("check", "raw", "--format", form)
    shown = "raw/%FF.txt" if form == "sarif" else "raw/\\udcff.txt"  # a URI names any byte
    assert done.exit_code == 1 and shown in done.stdout.replace("%5C", "\\"), done.stderr
    assert tieout("run").exit_code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="needs file names that are any bytes")
def test_such_a_name_goes_to_a_real_stream(here: Path) -> None:
    Path(os.fsdecode(b"raw/\xff.txt")).write_text(WRONG, encoding="utf-8")
    done = program("check", "raw")
    assert done.returncode == 1 and "raw/\\udcff.txt" in done.stdout, done.stderr


def test_output_survives_a_narrow_encoding(here: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "pipeline", "check", "raw"]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 1 and b"error: growth" in done.stdout and done.stderr == b""


# --- bad input: one clear line, the other reports' results intact

BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "binary.txt": bytes(range(256)) * 20,
    "legacy.txt": "Příjmy: 605".encode("cp1250"),
    "office.md": b"PK\x03\x04" + b"\0" * 40,
    "utf16.txt": b"\xff\xfea",
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["run", "check"])
def test_an_unreadable_file_is_one_line_and_exit_3(here: Path, tieout: Tieout, command: str, name: str) -> None:
    Path("raw", name).write_bytes(BAD[name])
    result = tieout(command, "raw")
    assert result.exit_code == 3
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"raw/{name}: ") and len(line) < 200
    assert "3 reports (1 not readable): 1 error" in result.stdout


def test_an_unreadable_file_has_its_error_row(here: Path, tieout: Tieout) -> None:
    for name, content in BAD.items():
        Path("raw", name).write_bytes(content)
    tieout("run")
    rows = {row["report"]: row for row in load_rows("extracted/summary.csv")}
    assert {name for name, row in rows.items() if row["status"] == "error"} == {Path(name).stem for name in BAD}
    assert all(bool(row["error"]) == (row["status"] == "error") for row in rows.values())
    assert all(len(row["input_sha256"]) == 64 for row in rows.values())


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_path_that_is_not_there_is_one_line_and_exit_2(here: Path, tieout: Tieout, command: str) -> None:
    result = tieout(command, "raw/wrong.txt", "raw/gone.txt")
    assert result.exit_code == 2
    assert result.stderr == "raw/gone.txt: no such file or folder\n"
    assert "1 report: 1 error" in result.stdout


def test_no_raw_folder_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tieout: Tieout) -> None:
    monkeypatch.chdir(tmp_path)
    result = tieout("run")
    assert (result.exit_code, result.stderr) == (2, "raw: no such file or folder\n")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_reports_is_said(here: Path, tieout: Tieout) -> None:
    Path("void").mkdir()
    result = tieout("check", "void")
    assert "void: no report in this folder" in result.stderr and "0 relations compared" in result.stdout


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who may be refused")
def test_a_file_we_may_not_open_is_an_error_row(here: Path, tieout: Tieout) -> None:
    Path("raw/wrong.txt").chmod(0)
    assert tieout("run").exit_code == 3


RULES = {
    "broken": ("units.toml", "[[unit]\n", "not valid TOML"),
    "table": ("units.toml", '[[unti]]\nname = "x"\n', "unti"),
    "key": ("units.toml", '[[unit]]\nname = "x"\ndimension = "mass"\nnmaes = ["x"]\n', "did you mean 'names'?"),
    "file": ("unit.toml", "", "unknown rule file"),
    "encoding": ("units.toml", "# é", "not UTF-8"),
}


@pytest.mark.parametrize("case", RULES)
@pytest.mark.parametrize("command", [("run", "raw", "--rules", "mine"), ("rules", "test", "mine")], ids=["run", "test"])
def test_a_mistake_in_a_rule_file_is_one_line_and_exit_2(
    here: Path, tieout: Tieout, case: str, command: tuple[str, ...]
) -> None:
    file, content, said = RULES[case]
    Path("mine").mkdir()
    Path("mine", file).write_bytes(content.encode("latin-1"))
    result = tieout(*command)
    (line,) = result.stderr.splitlines()
    assert result.exit_code == 2 and line.startswith(f"Error: mine/{file}") and said in line
    assert not Path("extracted/summary.csv").exists()


def test_an_output_that_cannot_be_written_is_one_line(here: Path, tieout: Tieout) -> None:
    Path("taken").write_text("a file", encoding="utf-8")
    result = tieout("run", "--out", "taken")
    assert result.exit_code == 2 and "taken" in result.stderr and len(result.stderr.splitlines()) == 1


def test_no_findings_table_is_taken_for_one_it_is_not(here: Path, tieout: Tieout) -> None:
    tieout("run")
    Path("extracted/findings.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    result = tieout("run")
    assert result.exit_code == 2 and "finding_id, decision and note" in result.stderr


# --- options


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("jbos = 2", "unknown key 'jbos'; did you mean 'jobs'?"),
        ("jobs = 0", "must be a whole number from 1 to 1,000,000"),
        ("strict = 1", "must be true or false"),
        ('fail-on = "never"', "must be one of error, warning, note"),
        ('paths = "raw"', "must be a list of paths"),
        ("out = 1", "must be a path"),
    ],
)
def test_a_mistake_in_the_options_is_one_line_and_exit_2(here: Path, tieout: Tieout, line: str, said: str) -> None:
    Path("pyproject.toml").write_text(f"[tool.tieout]\n{line}\n", encoding="utf-8")
    result = tieout("run")
    assert result.exit_code == 2 and said in result.stderr


def test_options_stand_in_for_the_command_line(here: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch) -> None:
    options = '[tool.tieout]\npaths = ["raw/wrong.txt"]\nout = "tables"\nformat = "concise"\nfail-on = "note"\n'
    Path("pyproject.toml").write_text(options, encoding="utf-8")
    Path("deeper").mkdir()
    monkeypatch.chdir("deeper")
    tieout("run")
    assert [row["report"] for row in load_rows("../tables/summary.csv")] == ["wrong"]
    assert tieout("check", "../raw").stdout.startswith("../raw/wrong.txt:3:18: error: growth: ")
    assert tieout("run", "../raw/right.txt", "--out", "mine").exit_code == 0 and Path("mine/right").is_dir()


def test_a_project_without_options_is_none_of_ours(here: Path, tieout: Tieout) -> None:
    Path("pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert tieout("run").exit_code == 0


# --- explain


def test_explain_tells_a_finding(here: Path, tieout: Tieout) -> None:
    tieout("run")
    row = load_rows("extracted/wrong/findings.csv")[0]
    for identifier in (row["finding_id"], row["check_id"]):
        told = tieout("explain", identifier).stdout
        assert "605 million Yuan = 605000000 CNY" in told
        assert row["explanation"] in told and row["suggestion"] in told and "formula" in told


def test_explain_tells_a_kind(here: Path, tieout: Tieout) -> None:
    assert "growth" in tieout("explain", "growth").stdout


@pytest.mark.parametrize("what", ["F-0000000000000000", "grwoth", "raw/wrong.txt"])
def test_explain_knows_what_it_does_not_know(here: Path, tieout: Tieout, what: str) -> None:
    result = tieout("explain", what)
    assert result.exit_code == 2 and "no finding or check" in result.stderr


def test_explain_tells_a_place(here: Path, tieout: Tieout) -> None:
    for at in (str(WRONG.index("120 million")), "3:71"):
        told = tieout("explain", "raw/wrong.txt", "--at", at).stdout
        assert "Funds" in told and "120 million" in told and "relation  growth inconsistent" in told


def test_explain_tells_a_skip(here: Path, tieout: Tieout) -> None:
    assert "is no claim: year" in tieout("explain", "raw/wrong.txt", "--at", str(WRONG.index("2009"))).stdout


@pytest.mark.parametrize("at", [str(len(WRONG)), "99:1", "0:1", "-1", "x"])
def test_explain_refuses_a_place_that_is_not_there(here: Path, tieout: Tieout, at: str) -> None:
    assert tieout("explain", "raw/wrong.txt", f"--at={at}").exit_code == 2


# --- rules

MINE = """
[[unit]]
name = "jin"
dimension = "mass"
names = ["jin"]
examples = [{ text = "They sold 300 jin of tea.", finds = ["300 jin = 300 jin"] }]
refuses = ["They sold 300 jars of tea."]
"""


def test_rules_of_ones_own_are_tested(here: Path, tieout: Tieout) -> None:
    Path("mine").mkdir()
    Path("mine/units.toml").write_text(MINE, encoding="utf-8")
    result = tieout("rules", "test", "mine")
    assert result.exit_code == 0 and "1 rules with 2 examples and refusals: 0 do not hold" in result.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("= 300 jin", "= 300 kg", "does not find"),
        ("300 jars", "300 jin", "must leave"),
        ('refuses = ["They sold 300 jars of tea."]', "", "has no refusal"),
        ("examples = [{", 'refuses = ["x"]\n#', "has no example"),
    ],
)
def test_a_rule_that_does_not_hold_is_told_with_its_address(
    here: Path, tieout: Tieout, old: str, new: str, said: str
) -> None:
    Path("mine").mkdir()
    changed = MINE.replace(old, new)
    Path("mine/units.toml").write_text(
        changed.replace("\nrefuses", "\n#", changed.count("refuses") - 1), encoding="utf-8"
    )
    result = tieout("rules", "test", "mine")
    assert result.exit_code == 1 and said in result.stdout and result.stdout.startswith("mine/units.toml:")


def test_rules_of_ones_own_are_used(here: Path, tieout: Tieout) -> None:
    Path("mine").mkdir()
    Path("mine/units.toml").write_text(MINE, encoding="utf-8")
    Path("raw/right.txt").write_text("They sold 300 jin of tea.", encoding="utf-8")
    tieout("run", "--rules", "mine")
    assert [row["unit"] for row in load_rows("extracted/right/claims.csv")] == ["jin"]


def test_rules_are_listed_and_shown(here: Path, tieout: Tieout) -> None:
    assert "units.CNY" in tieout("rules", "list").stdout
    shown = tieout("rules", "show", "units.CNY").stdout
    assert "units.toml:" in shown and "example:" in shown
    assert "did you mean 'units.CNY'?" in tieout("rules", "show", "units.CNX").stderr


# --- the same program


def test_python_m_pipeline_is_the_program(here: Path) -> None:
    done = program("check", "raw", "--format", "concise")
    assert done.returncode == 1 and done.stdout.startswith("raw/wrong.txt:3:18: error: growth")


def test_from_python(here: Path) -> None:
    import pipeline

    by_path, by_text = pipeline.read("raw/wrong.txt"), pipeline.read(WRONG)
    assert by_path.report.name == "wrong" and by_path.claims == by_text.claims == pipeline.check(WRONG).claims
    assert [finding.severity for finding in by_path.findings] == ["error"]
    assert pipeline.read(Path("raw/right.txt")).findings == () and pipeline.read(RIGHT).claims
