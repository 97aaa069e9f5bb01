"""What other programs start tieout by: the hook of pre-commit, the GitHub Action, and the workflows in docs/."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import srsly
from click.testing import Result

from pipeline.cli import program
from pipeline.cli.check import check
from pipeline.readers import READERS

Tieout = Callable[..., Result]
ROOT = Path(__file__).parent.parent
HOOKS = srsly.yaml_loads((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = srsly.yaml_loads((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step.get("name", "set up"): step for step in ACTION["runs"]["steps"]}


def workflows() -> Iterator[Any]:
    """The YAML blocks of docs/in-a-build.md."""
    text = (ROOT / "docs/in-a-build.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield srsly.yaml_loads(block)


# --- pre-commit


def test_the_hook_runs_on_each_format_that_can_be_read() -> None:
    (hook,) = HOOKS
    assert {"id", "name", "entry", "language"} <= set(hook)
    for suffix in READERS:
        assert re.search(hook["files"], f"reports/a b{suffix}"), f"{suffix}: add it to .pre-commit-hooks.yaml"
    assert not re.search(hook["files"], "setup.py")


def test_the_hook_fails_on_a_report_with_an_error(here: Path, tieout: Tieout) -> None:
    command = shlex.split(HOOKS[0]["entry"])
    assert command[0] == "tieout"
    assert tieout(*command[1:], "raw/right.txt").exit_code == 0
    assert tieout(*command[1:], "raw/right.txt", "raw/wrong.txt").exit_code == 1


def test_the_configuration_in_the_docs_names_the_hook_and_its_options() -> None:
    (config,) = [one for one in workflows() if "repos" in one]
    (used,) = config["repos"][0]["hooks"]
    assert used["id"] == HOOKS[0]["id"]
    check.make_context("check", [*used["args"], "raw"])


# --- GitHub


@pytest.fixture
def step(here: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the last step of the action as GitHub does, with these inputs."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/tieout"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline "$@"\n')
    program.chmod(0o755)

    def run(**inputs: str) -> subprocess.CompletedProcess[str]:
        said = {name: one.get("default", "") for name, one in ACTION["inputs"].items()} | inputs
        here = STEPS["Check the reports"]
        given = {
            name: re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: said[found[1]], value)
            for name, value in here["env"].items()
        }
        path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", here["run"]]
        env = {**os.environ, **given, "PATH": path, "PYTHONPATH": str(ROOT)}
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    return run


@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="no bash")
def test_the_action_shows_findings_and_fails(step: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = step()
    assert done.returncode == 1 and "::error file=raw/wrong.txt,line=3" in done.stdout, done.stderr


@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="no bash")
def test_the_inputs_of_the_action_are_no_code(step: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    Path("raw/right.txt").rename("raw/a b; touch owned.txt")
    done = step(paths="raw/a b; touch owned.txt\n\n", options="--ignore=time\n--fail-on=warning\n")
    assert done.returncode == 0, done.stderr
    done = step(paths="$(touch owned)\n`touch owned`", options="--ignore=$(touch owned)")
    assert done.returncode == 2 and not Path("owned").exists()
    for one in ACTION["runs"]["steps"]:
        assert "${{" not in one.get("run", "")


def test_the_workflows_in_the_docs_use_inputs_and_options_that_exist() -> None:
    uses = [step for one in workflows() if "jobs" in one for step in one["jobs"]["figures"]["steps"]]
    (used,) = [step for step in uses if step["uses"].startswith("OWNER/tieout@")]
    assert set(used["with"]) <= set(ACTION["inputs"])
    check.make_context("check", [*used["with"]["options"].split(), used["with"]["paths"]])


def test_the_commands_in_the_workflows_exist() -> None:
    commands = [step["run"] for one in workflows() if isinstance(one, list) for step in one if "run" in step]
    assert commands
    for command in commands:
        name, *arguments = shlex.split(command.partition(" > ")[0])[1:]
        program.commands[name].make_context(name, arguments)  # type: ignore[attr-defined]
