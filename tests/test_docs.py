"""What README.md and docs/ say is what the program does: every block of code in them is run, every table of examples.

A block is `sh` (commands), `python`, `toml` (options or rules), `yaml` (workflows) or `text` (what was printed). One
without a name holds commands too. Blocks of one document are run one after the other in one folder, as a reader would.
"""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import srsly
from click.testing import Result

from pipeline import api, options, spacy_component
from pipeline.cli import program
from pipeline.rulebook import Rulebook

Tieout = Callable[..., Result]

ROOT = Path(__file__).parent.parent
VERDICTS = ROOT / "docs" / "verdicts.md"
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

# Commands that a test cannot run: installing (.ci/run does), servers that wait, what needs a cluster or the reader.
_NOT_HERE = re.compile(r"python|pip |\. \.venv|cp ~|tieout review|eval |dask |tieout run.* (?:--scheduler|s3:)")


@dataclass(frozen=True)
class Block:
    """A block of code, and where it stands."""

    path: Path
    line: int
    language: str
    code: str

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT).as_posix()}:{self.line}"


def blocks(path: Path) -> list[Block]:
    text = path.read_text(encoding="utf-8")
    found = re.finditer(r"^( *)```(\w*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return [
        Block(path, text.count("\n", 0, one.start()) + 1, one[2], one[3].replace(f"\n{one[1]}", "\n")) for one in found
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shipped reports, and the files that the documents speak of."""
    shutil.copytree(ROOT / "raw", tmp_path / "raw")
    shutil.copytree(ROOT / "raw", tmp_path / "reports")
    shutil.copy(ROOT / "raw/chongqing-2009.txt", tmp_path / "raw/report.txt")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_block_of_code_runs(path: Path, folder: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = [tieout("run", "raw").output]
    for block in blocks(path):
        monkeypatch.chdir(folder)
        if block.language in ("sh", ""):
            printed += shell(block, tieout, monkeypatch)
        elif block.language == "python":
            assert spacy_component.NAME  # where tieout is not installed, spaCy finds the component by this import
            exec(compile(block.code, str(block), "exec"), {})
        elif block.language == "toml":
            toml(block, folder, tieout)
        elif block.language == "yaml":
            assert srsly.yaml_loads(block.code), block
        elif block.language == "text":
            assert any(block.code in one for one in printed), f"{block}: nothing printed this"
        else:
            raise AssertionError(f"{block}: nothing is known to run a block of {block.language}")


def shell(block: Block, tieout: Tieout, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run the commands; the output of each."""
    for line in block.code.splitlines():
        command = line.partition("#")[0].strip()
        if not command or _NOT_HERE.match(command):
            named(command)
            continue
        name, *arguments = shlex.split(command)
        if name == "mkdir":
            Path(*arguments).mkdir(exist_ok=True)
        elif name == "cd":
            monkeypatch.chdir(arguments[0])
        else:
            assert name == "tieout", f"{block}: {command}: nothing is known to run this"
            result = tieout(*arguments)
            allowed = (0, 1) if arguments[0] == "check" else (0,)
            # An empty folder of reports is the reader's to fill.
            assert result.exit_code in allowed or "no report in this folder" in result.output, (block, result.output)
            yield result.output


def named(command: str) -> None:
    """What is not run here at least has options that exist."""
    if command.startswith("tieout "):
        name, *arguments = shlex.split(command)[1:]
        program.commands[name].make_context(name, arguments)  # type: ignore[attr-defined]


def toml(block: Block, folder: Path, tieout: Tieout) -> None:
    """Options are known; rules, each file under its name, hold."""
    if "[tool.tieout]" in block.code:
        (folder / "elsewhere").mkdir()
        (folder / "elsewhere/pyproject.toml").write_text(block.code, encoding="utf-8")
        assert options.load(folder / "elsewhere").paths
        return
    files = re.findall(r"^# my-rules/(\S+)\n(.*?)(?=^# my-rules|\Z)", block.code, re.MULTILINE | re.DOTALL)
    assert files, f"{block}: neither [tool.tieout] nor files of my-rules/"
    (folder / "my-rules").mkdir(exist_ok=True)
    for name, content in files:
        (folder / "my-rules" / name).write_text(content, encoding="utf-8")
    result = tieout("rules", "test", str(folder / "my-rules"))
    assert result.exit_code == 0, (block, result.output)


def test_there_are_blocks_of_each_sort() -> None:
    assert {block.language for path in DOCUMENTS for block in blocks(path)} >= {"sh", "python", "toml", "yaml", "text"}


def test_the_reference_tells_every_command_option_column_and_kind() -> None:
    made = runpy.run_path(str(ROOT / "tests/tools/write_reference.py"))["content"]()
    told = "docs/reference.md is old: python tests/tools/write_reference.py"
    assert (ROOT / "docs/reference.md").read_text(encoding="utf-8") == made, told


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_document_shows_or_points_to_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for picture in re.findall(r"!\[[^]]+\]\(([^)]+)\)", text):
        assert (path.parent / picture).is_file(), picture
    for named in re.findall(r"`((?:docs|rules|tests)/[\w./-]+\.\w+)`", text):
        assert (ROOT / named).is_file(), named


# --- examples of verdicts


def rows() -> Iterator[tuple[int, str, str, str]]:
    """Line, text, kind and verdict of the table of examples."""
    for number, line in enumerate(VERDICTS.read_text(encoding="utf-8").splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and re.fullmatch(r"consistent|borderline|inconsistent|undecided", cells[2]):
            yield number, cells[0], cells[1], cells[2]


def test_there_are_examples() -> None:
    assert len(list(rows())) >= 10


@pytest.mark.parametrize(
    ("text", "kind", "verdict"), [row[1:] for row in rows()], ids=[f"docs/verdicts.md:{row[0]}" for row in rows()]
)
def test_the_examples_of_the_verdicts_hold(book: Rulebook, text: str, kind: str, verdict: str) -> None:
    found = {(check.relation.kind, check.verdict) for check in api.check(text, rules=book).checks}
    assert (kind, verdict) in found
