"""What the readmes say is so: their commands and options exist, their rules hold, their Python runs."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from conftest import WRONG
from pipeline import options, rulebook
from pipeline.cli import program
from pipeline.tables.load import load_rows

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
RULES = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

Tieout = Callable[..., Result]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", blocks(README, "sh"))
def test_a_shell_reads_the_sh_blocks(block: str) -> None:
    subprocess.run(["sh", "-n"], input=block, text=True, check=True)


def test_the_first_block_runs_and_the_second_tests() -> None:
    first, second = blocks(README, "sh")[:2]
    assert "tieout run" in first and "pytest" in second


def test_the_finding_is_printed_as_the_readme_shows_it(
    tieout: Tieout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    (shown,) = blocks(README, "text")
    assert shown in tieout("run", "raw", "--out", str(tmp_path / "out")).output


def test_the_finding_of_the_readme_is_as_printed(tieout: Tieout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = tieout("check", "raw").stdout
    for block in blocks(README, "text"):
        assert block in printed


def test_the_decision_of_the_readme_can_be_made(
    tieout: Tieout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    (command,) = re.findall(r"^ +tieout (decide F-.*)$", README, re.MULTILINE)
    assert tieout("run", "raw", "--out", str(tmp_path), "--no-page").exit_code == 0
    assert tieout(*shlex.split(command), "--out", str(tmp_path)).exit_code == 0
    assert [row["decision"] for row in load_rows(tmp_path / "decisions.csv")] == ["confirmed"]


def test_the_checks_of_the_readme_run(here: Path, tieout: Tieout) -> None:
    commands = re.findall(r"^tieout (check reports.*)$", README, re.MULTILINE)
    assert len(commands) == 2
    Path("raw").rename("reports")
    tieout("run", "reports", "--no-page")
    assert tieout("check", "reports").exit_code == 1
    for command in commands:  # the first writes the baseline that the others let pass
        assert tieout(*shlex.split(command)).exit_code == 0, command


def test_the_editor_of_the_readme_is_answered(tieout: Tieout, here: Path) -> None:
    (command,) = re.findall(r"`tieout (check - [^`]*)`", README)
    assert tieout(*shlex.split(command), stdin=WRONG).stdout.startswith("report.txt:3:18: error: growth: ")


def test_the_rules_of_the_readme_hold(here: Path, tieout: Tieout) -> None:
    (block,) = [block for block in blocks(README, "toml") if "my-rules" in block.splitlines()[0]]
    Path("my-rules").mkdir()
    for name, content in re.findall(r"^# my-rules/(\S+)\n(.*?)(?=^# my-rules|\Z)", block, re.MULTILINE | re.DOTALL):
        Path("my-rules", name).write_text(content, encoding="utf-8")
    result = tieout("rules", "test", "my-rules")
    assert result.exit_code == 0, result.output


def test_the_rule_of_the_rules_readme_holds(here: Path, tieout: Tieout) -> None:
    Path("my-rules").mkdir()
    Path("my-rules/units.toml").write_text(blocks(RULES, "toml")[0], encoding="utf-8")
    result = tieout("rules", "test", "my-rules")
    assert result.exit_code == 0, result.output


def test_the_options_of_the_readme_are_known(here: Path) -> None:
    (block,) = [block for block in blocks(README, "toml") if "[tool.tieout]" in block]
    Path("pyproject.toml").write_text(block, encoding="utf-8")
    assert options.load(here).jobs == 4


def test_the_python_of_the_readme_runs(here: Path, tieout: Tieout) -> None:
    (here / "raw/report.txt").write_bytes((here / "raw/wrong.txt").read_bytes())
    tieout("run")
    for block in blocks(README, "python"):
        exec(compile(block, "README.md", "exec"), {})


@pytest.mark.parametrize("text", [README, RULES, CONTRIBUTING], ids=["README", "rules/README", "CONTRIBUTING"])
def test_commands_and_options_that_are_named_exist(text: str) -> None:
    assert isinstance(program, click.Group)
    for command, rest in re.findall(r"tieout ([a-z]+)([^`\n#]*)", text):
        known = program.commands.get(command)
        assert known, f"tieout {command}"
        names = {name for option in known.params for name in option.opts}
        for option in re.findall(r"(?<!\S)--[a-z-]+", rest):
            assert option in names, f"tieout {command} {option}"


def test_every_rule_file_is_told_of() -> None:
    for path in rulebook.shipped_rules().glob("*.toml"):
        assert f"`{path.name}`" in RULES


def test_every_room_of_the_house_is_told_of() -> None:
    for path in (ROOT / "pipeline").iterdir():
        if not path.name.startswith("_") and path.name != "shipped_rules":
            assert f"`{path.stem}`" in CONTRIBUTING, path.stem
