"""Starting to work: `tieout init` makes a folder that runs at once, `tieout doctor` says whether all is well."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import Result

from pipeline import __version__, options, rulebook
from pipeline.cli.work import EXTRAS
from pipeline.tables.load import load_rows

Tieout = Callable[..., Result]
DOCTOR = import_module("pipeline.cli.doctor")  # the command of that name stands before it
ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- init


def test_an_empty_folder_becomes_one_to_work_in(empty: Path, tieout: Tieout) -> None:
    assert tieout("init").exit_code == 0
    assert options.load(empty).rules == "my-rules"
    tested = tieout("rules", "test", "my-rules")
    assert tested.exit_code == 0 and tested.stdout.startswith("3 rules with 6 examples and refusals: 0 do not hold.")
    (empty / "raw/wood.txt").write_text(
        "They carried 300 headloads of firewood (see dossier 2041/7).", encoding="utf-8"
    )
    assert tieout("run").exit_code == 0
    (claim,) = load_rows("extracted/wood/claims.csv")
    assert (claim["value"], claim["unit"], claim["dimension"]) == ("300", "headload", "mass")


def test_each_rule_to_begin_from_is_of_a_shape_of_its_own_and_explained(empty: Path, tieout: Tieout) -> None:
    tieout("init")
    book = rulebook.load(Path("my-rules"))
    assert sorted(rule.file for rule in book) == ["cues", "skips", "units"]
    shipped = {rule.rule_id for rule in rulebook.load()}
    for rule in book:
        assert rule.examples and rule.refuses and rule.rule_id not in shipped
    for path in Path("my-rules").iterdir():
        assert path.read_text(encoding="utf-8").startswith("# ")


def test_what_is_there_stays(empty: Path, tieout: Tieout) -> None:
    Path("pyproject.toml").write_text('[project]\nname = "mine"')
    Path("my-rules").mkdir()
    Path("my-rules/units.toml").write_text("# mine\n")
    told = tieout("init").stdout
    assert Path("my-rules/units.toml").read_text() == "# mine\n" and "units.toml: is there, left as it is" in told
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["name"] == "mine" and project["tool"]["tieout"]["paths"] == ["raw"]
    before = Path("pyproject.toml").read_bytes()
    assert "has [tool.tieout], left as it is" in tieout("init").stdout
    assert Path("pyproject.toml").read_bytes() == before


def test_another_folder_can_be_named(empty: Path, tieout: Tieout) -> None:
    assert "cd there; tieout run" in tieout("init", "there").stdout
    assert Path("there/pyproject.toml").is_file() and not Path("pyproject.toml").exists()


def test_a_broken_pyproject_is_told_and_left_alone(empty: Path, tieout: Tieout) -> None:
    Path("pyproject.toml").write_text("[tool")
    result = tieout("init")
    assert (
        result.exit_code == 2 and "repair it first" in result.output and Path("pyproject.toml").read_text() == "[tool"
    )


def test_the_options_that_are_commented_out_exist(empty: Path, tieout: Tieout) -> None:
    tieout("init")
    path = Path("pyproject.toml")
    path.write_text(path.read_text(encoding="utf-8").replace("\n# ", "\n"), encoding="utf-8")
    assert options.load(empty).currency == "AUD"


# --- doctor


def test_the_doctor_tells_versions_extras_and_that_all_works(empty: Path, tieout: Tieout) -> None:
    result = tieout("doctor")
    assert result.exit_code == 0, result.output
    assert f"tieout       {__version__}" in result.stdout and f"spacy {version('spacy')}" in result.stdout
    for extra in EXTRAS:
        assert f"[{extra}]" in result.stdout
    assert "encodings" in result.stdout and "2 texts read and compared as they should be" in result.stdout


def test_the_doctor_tells_what_is_not_well_and_how_to_mend_it(
    empty: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("pyproject.toml").write_text("[tool.tieout]\njbos = 4\n")
    result = tieout("doctor")
    assert result.exit_code == 1 and "NOT WELL" in result.stdout and "did you mean 'jobs'?" in result.stdout
    Path("pyproject.toml").write_text('[tool.tieout]\nrules = "none"\n')
    assert "none: no such folder of rules" in tieout("doctor").stdout
    Path("pyproject.toml").unlink()
    monkeypatch.setattr(DOCTOR, "_version", lambda name: "" if name in ("openpyxl", "rich") else "1")
    result = tieout("doctor")
    assert result.exit_code == 1 and "NOT WELL: rich: not installed" in result.stdout
    assert "openpyxl: not installed; pip install openpyxl" in result.stdout


def test_the_doctor_finds_rules_that_break_what_is_known(empty: Path, tieout: Tieout) -> None:
    # A rule of one's own that takes all money for file numbers.
    tieout("init")
    Path("my-rules/skips.toml").write_text(
        '[[skip]]\nname = "all"\nreason = "other"\nwords = ["to", "up", "from"]\npattern = \'\'\'\\s[0-9]{1,9}\'\'\'\n'
        'examples = [{ text = "It came to 5.", finds = ["5 skip other"] }]\nrefuses = ["It came."]\n'
    )
    result = tieout("doctor")
    assert result.exit_code == 1 and "are rules of your own at work?" in result.stdout


def test_the_extras_are_those_that_the_package_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    declared = ["spacy>=3.8", "openpyxl>=3.1; extra == 'excel'", 'uvicorn; python_version > "3" and extra == "review"']
    monkeypatch.setattr(DOCTOR, "requires", lambda name: [*declared, "pytest>=8; extra == 'test'"])
    assert DOCTOR._extras() == {"excel": ["openpyxl"], "review": ["uvicorn"]}
    for extra, packages in EXTRAS.items():
        assert [one.partition(">")[0] for one in PROJECT["optional-dependencies"][extra]] == list(packages)


def test_the_wheel_holds_what_init_copies() -> None:
    assert shutil.which("tieout") is None or (ROOT / "pipeline/cli/starter/units.toml").is_file()
    assert all(path.suffix == ".toml" for path in (ROOT / "pipeline/cli/starter").iterdir())
