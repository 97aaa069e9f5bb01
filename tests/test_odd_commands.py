"""Command lines that nobody should write: each ends in a line that says what, where and how to repair; none hangs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import Result

Tieout = Callable[..., Result]
ROOT = Path(__file__).parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}

SKIP = """[[skip]]
name = "docket"
reason = "identifier"
pattern = '{}'
examples = ["docket 12"]
refuses = ["40 boats"]
"""
CUE = """[[cue]]
name = "mine"
kind = "{}"
patterns = ["{}"]
examples = ["a 5 tons"]
refuses = ["40 boats"]
"""
APART = """[[apart]]
name = "mine"
kinds = ["{}"]
at = "{}"
pattern = "{}"
examples = ["5 tons"]
refuses = ["40 boats"]
"""
DEEP = "( " * 3000 + "a" + " )" * 3000
SCALE = """[[scale]]
name = "mine"
pattern = 'in tens'
examples = ["in tens"]
refuses = ["in all"]
"""


def rules(file: str, source: str) -> Mapping[str, str | None]:
    return {f"r/{file}": source}


def apart(*said: str) -> Mapping[str, str | None]:
    return rules("apart.toml", APART.format(*said))


# A command line, the files beside raw/wrong.txt and raw/right.txt (None: a folder), the exit code, what is said.
ODD: Mapping[str, tuple[str, Mapping[str, str | None], int, str]] = {
    "no-such-file": ("run nothing.txt", {}, 2, "nothing.txt: no such file or folder"),
    "below-a-file": ("run raw/wrong.txt/x", {}, 2, "raw/wrong.txt/x: no such file or folder"),
    "no-name": ("run ''", {}, 2, ": no such file or folder"),
    "no-match": ("check raw/*.md", {}, 2, "raw/*.md: no such file or folder"),
    "name-with-a-newline": ("check 'raw/a\nb.txt'", {"raw/a\nb.txt": "5 tons"}, 0, ""),
    "name-like-an-option": ("check -- -x.txt", {"-x.txt": "5 tons"}, 0, ""),
    "out-is-a-file": ("run raw --out raw/wrong.txt", {}, 2, "raw/wrong.txt: "),
    "out-is-read": ("run raw --out raw", {}, 2, "--out raw: it is read too"),
    "out-is-read-under-another-name": ("run . --out raw/..", {}, 2, "it is read too"),
    "folder-for-a-table": ("run raw", {"extracted/wrong/claims.csv": None}, 2, "extracted/wrong/claims.csv: a folder"),
    "folder-for-the-summary": ("run raw", {"extracted/summary.csv": None}, 2, "extracted/summary.csv: a folder"),
    "file-for-a-folder": ("run raw", {"extracted/wrong": "x"}, 2, "extracted/wrong: "),
    "folder-like-a-leftover": ("run raw --quiet", {"extracted/.tmp-1-x": None}, 0, ""),
    "ledger-is-none": ("run raw", {"extracted/decisions.csv": "x,y\n"}, 2, "extracted/decisions.csv: "),
    "workbook-is-none": ("run raw --xlsx", {"extracted/review.xlsx": "x"}, 2, "extracted/review.xlsx: "),
    "no-rules": ("check raw --rules nope", {}, 2, "nope: no such folder of rules"),
    "rules-are-a-file": ("check raw --rules raw/wrong.txt", {}, 2, "no such folder of rules"),
    "rules-are-no-toml": ("check raw --rules r", rules("skips.toml", "[[skip"), 2, "r/skips.toml: not valid TOML"),
    "rules-with-a-long-number": ("check raw --rules r", rules("units.toml", f"x = {'1' * 5000}"), 2, "r/units.toml: "),
    "rule-file-unknown": ("check raw --rules r", rules("other.toml", "a = 1"), 2, "r/other.toml: unknown rule file"),
    "pattern-broken": ("check raw --rules r", rules("skips.toml", SKIP.format("(a")), 2, "r/skips.toml:1: 'docket'"),
    "pattern-of-the-other-library": ("check raw --rules r", rules("skips.toml", SKIP.format(r"\p{L}")), 2, "pattern"),
    "pattern-with-a-named-group": ("check raw --rules r", rules("skips.toml", SKIP.format("(?P<a>b)")), 2, "(?:…)"),
    "pattern-without-its-group": ("check raw --rules r", rules("context.toml", SCALE), 2, "lacks the group 'scale'"),
    "pattern-broken-under-test": ("rules test r", rules("skips.toml", SKIP.format("(a")), 2, "r/skips.toml:1: "),
    "apart-of-no-kind": ("check raw --rules r", apart("grwth", "before", "a"), 2, "'grwth'"),
    "apart-of-no-figures": ("check raw --rules r", apart("sum", "between", "a"), 2, "roles"),
    "apart-broken": ("check raw --rules r", apart("sum", "before", "(a"), 2, "r/apart.toml:1"),
    "rules-of-many-brackets": ("check raw --rules r", rules("skips.toml", f"x = {'[' * 5000}"), 2, "too deep to read"),
    "pattern-of-many-brackets": ("check raw --rules r", rules("skips.toml", SKIP.format(DEEP)), 2, "too deep to read"),
    "pattern-with-flags": ("check raw --rules r", rules("skips.toml", SKIP.format("(?i)docket")), 2, "write (?i:…)"),
    "pattern-too-often": ("check raw --rules r", rules("skips.toml", SKIP.format("a{99999999999}")), 2, "'docket'"),
    "cue-of-many-brackets": ("check raw --rules r", rules("cues.toml", CUE.format("growth", DEEP)), 2, "too deep"),
    "cue-of-no-kind": ("check raw --rules r", rules("cues.toml", CUE.format("grow", "a [change:QTY]")), 2, "'grow'"),
    "options-of-many-brackets": ("check raw", {"pyproject.toml": f"a = {'[' * 5000}"}, 2, "too deep to read"),
    "options-of-many-brackets-to-begin-with": ("init", {"pyproject.toml": f"a = {'[' * 5000}"}, 2, "repair it first"),
    "no-encoding": ("check raw --encoding nope", {}, 3, "there is no encoding 'nope'"),
    "an-encoding-of-hosts": ("check raw --encoding punycode", {}, 3, "there is no encoding 'punycode'"),
    "declared-as-no-encoding": ("check a.html", {"a.html": '<meta charset="punycode"><p>5 tons é'}, 0, ""),
    "no-processes": ("run raw --jobs 0", {}, 2, "whole number from 1"),
    "too-many-processes": ("run raw --jobs 99999999999", {}, 2, "to 1,000,000"),
    "no-time": ("run raw --time-limit nan", {}, 2, "nan is not between"),
    "endless-time": ("run raw --time-limit inf", {}, 2, "inf is not between"),
    "beyond-all-clocks": ("check raw --seconds 99999999999999999999", {}, 2, "not in the range"),
    "beyond-all-memory": ("check raw --memory-mb 99999999999999999999", {}, 2, "not in the range"),
    "no-scale": (f"check raw --scale {'9' * 5000}", {}, 2, "is not known; give a word such as"),
    "no-period": ("check raw --period x", {}, 2, "period 'x' is not known"),
    "no-scheduler": ("run raw --scheduler x", {}, 2, "no Dask scheduler answers there"),
    "no-file-system": ("run nope://x", {}, 2, "nope://x: "),
    "options-are-no-table": ("check raw", {"pyproject.toml": "[tool]\ntieout = 1"}, 2, "must be a table"),
    "options-with-a-long-number": ("check raw", {"pyproject.toml": f"a = {'1' * 5000}"}, 2, "pyproject.toml: "),
    "no-place": ("explain raw/wrong.txt --at 99:99", {}, 2, "--at 99:99: no place in raw/wrong.txt"),
    "no-finding": ("decide F-0123456789abcdef fixed", {}, 2, "extracted: no such folder"),
    "no-form": ("check raw -f nope", {}, 2, "'nope' is not one of"),
    "a-baseline-that-is-a-folder": ("check raw --baseline raw", {}, 2, "raw: "),
    "cut-off-zip": ("check z.zip", {"z.zip": "PK"}, 3, "z.zip: a damaged or cut-off zip"),
    "cut-off-docx": ("check z.docx", {"z.docx": "PK"}, 3, "z.docx: a damaged or cut-off file"),
    "long-number-of-a-scale": ("check s.txt", {"s.txt": f"(in {'9' * 5000})\n\nWe sold 5 tons."}, 0, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_an_odd_command_line_is_answered_in_a_line(here: Path, tieout: Tieout, name: str) -> None:
    line, files, code, said = ODD[name]
    for file, content in files.items():
        (here / file).parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            (here / file).mkdir()
        else:
            (here / file).write_text(content, encoding="utf-8")
    result = tieout(*(one.strip("'") for one in re.findall(r"'[^']*'|\S+", line)))
    assert result.exit_code == code, result.output
    assert said in " ".join(result.stderr.split())
    assert "unexpected" not in result.output.replace("unexpected extra argument", "")
    kept = {here / file for file in files}
    assert not [path for path in here.rglob(".tmp-*") if path not in kept]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_among_the_reports_is_not_waited_for(here: Path, tieout: Tieout) -> None:
    os.mkfifo("raw/pipe.txt")
    result = tieout("run", "raw", "--jobs", "1")
    assert result.exit_code == 3 and "raw/pipe.txt: not a file" in result.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
@pytest.mark.parametrize(
    ("pipe", "line", "code"),
    [
        ("raw/pipe.zip", "check raw", 3),
        ("raw/pipe.csv", "check raw --text-column body", 3),
        ("r/skips.toml", "check raw --rules r", 2),
        ("extracted/decisions.csv", "run raw", 2),
        ("extracted/findings.csv", "run raw", 2),
        ("extracted/review.xlsx", "run raw --xlsx", 2),
    ],
)
def test_a_pipe_where_a_file_should_be_is_told_and_not_waited_for(
    here: Path, tieout: Tieout, pipe: str, line: str, code: int
) -> None:
    (here / pipe).parent.mkdir(exist_ok=True)
    os.mkfifo(pipe)
    result = tieout(*line.split())
    (said,) = [one for one in result.stderr.splitlines() if "not a file" in one]
    assert result.exit_code == code and pipe in said


@pytest.mark.skipif(os.name != "posix", reason="needs sh")
@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        pytest.param("check raw >&-", 1, "", id="no-stdout"),
        pytest.param("check - <&-", 3, "-: the file is empty", id="no-stdin"),
        pytest.param("check nothing 2>&-", 2, "", id="no-stderr"),
    ],
)
def test_a_stream_that_is_closed_is_done_without(here: Path, line: str, code: int, said: str) -> None:
    command = f'exec "{sys.executable}" -m pipeline {line}'
    done = subprocess.run(["sh", "-c", command], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == code and said in done.stderr and "unexpected" not in done.stderr
