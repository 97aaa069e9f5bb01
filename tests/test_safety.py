"""What an auditor's tool must not do: reach for the network, run what it reads, or be hung by a rule or a folder."""

from __future__ import annotations

import ast
import csv
import os
import re
import socket
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result

import pipeline
from pipeline import api, pumping, rulebook, selftest
from pipeline.model import Reading
from pipeline.rulebook import Rulebook
from pipeline.writers import atomic

PACKAGE = Path(pipeline.__file__).parent
ROOT = PACKAGE.parent

# What can reach out, run what is read, or start what is not this program; and the rooms that may, each for its reason.
FORBIDDEN = {
    "socket": ("review",),  # the review server, bound to 127.0.0.1
    "ssl": (),
    "http": (),
    "urllib.request": (),
    "ftplib": (),
    "smtplib": (),
    "xmlrpc": (),
    "webbrowser": ("cli/review",),  # opens the page on this machine, if asked to
    "subprocess": ("engine", "readers/apart"),  # a reader that is run apart, with limits of memory and time
    "pickle": (),
    "marshal": (),
    "shelve": (),
    "dill": (),
    "yaml": (),
    "ctypes": ("readers/pdf",),  # how pypdfium2 is called
}
CALLS = ("eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv", "os.spawnv", "pty.spawn")


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def reaches(tree: ast.Module) -> Iterator[str]:
    """The modules that a file imports and the calls it makes, by their full names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def broken_promises(where: str, tree: ast.Module) -> list[str]:
    found = []
    for name in reaches(tree):
        for module, rooms in FORBIDDEN.items():
            if (name == module or name.startswith(f"{module}.")) and not where.startswith(rooms or "\0"):
                found.append(f"{where}: {name}")
        if name in CALLS:
            found.append(f"{where}: {name}()")
    return found


def test_nothing_reaches_out_or_runs_what_it_reads() -> None:
    assert not [line for where, tree in sources() for line in broken_promises(where, tree)]


@pytest.mark.parametrize(
    "code",
    ["import socket", "from urllib import request", "import pickle as p", "eval('1')", "import os; os.system('ls')"],
)
def test_the_scan_sees_what_it_looks_for(code: str) -> None:
    assert broken_promises("figures/scan.py", ast.parse(code))


BLOCKED = """
import socket, sys
def refused(*_, **__): raise AssertionError("the network was asked")
for name in ("connect", "connect_ex", "bind", "sendto"): setattr(socket.socket, name, refused)
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refused
from pipeline.__main__ import main
sys.argv = ["tieout", "run", *sys.argv[1:]]
sys.exit(main())
"""


def test_a_run_asks_for_no_network(here: Path) -> None:
    """All sockets raise, and no proxy or host is named."""
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, "raw", "--jobs", "1", "--quiet"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (here / "extracted" / "findings.csv").is_file()
    assert socket.socket.connect is not None


# --- names

NAMES = [
    *(
        "../escaped",
        "../../escaped",
        "a/../../escaped",
        "..",
        ".",
        "/absolute",
        "//host/share",
        "~/home",
        "~root/x",
        "$HOME/x",
    ),
    *("..\\escaped", "C:\\windows", "C:x", "a:b", "CON", "nul", "aux.b", "com1", "con ", "lpt1.txt"),
    *("x" * 300, "é" * 300, "三" * 300, "a\nb", "a\rb", "a\tb", "a\0b", "\x1b[2J", "\u202etxt.exe", "a\u2028b"),
    *("summary.csv", "findings.csv", "decisions.csv", "index.html", "datapackage.json", ".run.lock", ".tmp-1-x"),
    *(" ", "-rf", "--out", "%2e%2e%2fup", "*", "?", "<b>", "|", '"', "'", "&&", ";", "`", "a/b/c"),
]


@pytest.mark.parametrize("container", ["zip", "csv"])
def test_no_name_leads_out_of_the_output_folder(here: Path, tieout: Callable[..., Result], container: str) -> None:
    """Names of files in a zip, and names that a table gives to its rows."""
    if container == "zip":
        with zipfile.ZipFile("raw/z.zip", "w") as file:
            for name in NAMES:
                file.writestr(f"{name}.txt", "It sold 5 tons.")
    else:
        with Path("raw/t.csv").open("w", encoding="utf-8", newline="") as table:
            csv.writer(table).writerows(
                [("id", "body"), *((name, "It sold 5 tons.") for name in NAMES if "\0" not in name)]
            )
    before = {path for path in here.rglob("*") if "extracted" not in path.parts}
    assert tieout("run", "raw", "--jobs", "1", "--text-column", "body", "--id-column", "id").exit_code in (0, 3)
    assert {path for path in here.rglob("*") if "extracted" not in path.parts} == before
    assert not [path for path in here.parent.glob("*escaped*")]
    folders = [path.name for path in (here / "extracted").iterdir() if path.is_dir()]
    assert len(folders) > 30 and len({name.casefold() for name in folders}) == len(folders)
    plain = re.compile(r"[^\x00-\x1f<>:\"/\\|?*\u2028\u202e]+")
    assert not [name for name in folders if not plain.fullmatch(name) or len(name.encode()) > 200]
    assert not [path for path in (here / "extracted").rglob("*") if len(path.relative_to(here).parts) > 3]


@pytest.mark.skipif(os.name != "posix", reason="links need a right elsewhere")
@pytest.mark.parametrize(
    ("link", "layout"),
    [("extracted/wrong", "folders"), ("extracted/claims", "corpus"), ("extracted/reports", "corpus")],
    ids=["a report", "a table", "the marks"],
)
def test_no_link_leads_out_of_the_output_folder(
    here: Path, tieout: Callable[..., Result], link: str, layout: str
) -> None:
    """Nor are files taken away there that look like what a killed run left."""
    (here / "mine").mkdir()
    (here / "mine/.tmp-1-x").write_text("mine", encoding="utf-8")
    (here / "extracted").mkdir()
    (here / link).symlink_to(here / "mine")
    result = tieout("run", "raw", "--jobs", "1", "--layout", layout)
    assert result.exit_code == 2 and f"{link}: a link in the way" in result.stderr
    assert [path.name for path in (here / "mine").iterdir()] == [".tmp-1-x"]


@pytest.mark.skipif(os.name != "posix", reason="links need a right elsewhere")
@pytest.mark.parametrize("name", ["extracted/wrong/claims.csv", "extracted/summary.csv", "extracted/.run.lock"])
def test_a_link_in_the_place_of_a_file_is_not_followed(here: Path, tieout: Callable[..., Result], name: str) -> None:
    (here / "mine.txt").write_text("mine", encoding="utf-8")
    (here / name).parent.mkdir(parents=True)
    (here / name).symlink_to(here / "mine.txt")
    result = tieout("run", "raw", "--jobs", "1")
    assert result.exit_code in (0, 2) and (here / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert name.endswith(".lock") or not (here / name).is_symlink()


def test_a_temporary_file_is_made_anew(here: Path) -> None:
    (here / "mine.txt").write_text("mine", encoding="utf-8")
    (here / f".tmp-{os.getpid()}-a.csv").symlink_to(here / "mine.txt")
    atomic.write(here / "a.csv", b"ours")
    assert (here / "mine.txt").read_text(encoding="utf-8") == "mine" and (here / "a.csv").read_bytes() == b"ours"


# --- a user's own rules

SKIP = """[[skip]]
name = "docket"
reason = "identifier"
pattern = '''{}'''
examples = [{{ text = "See docket 12-34x today.", finds = ["docket 12-34x skip identifier"] }}]
refuses = ["See the 40 boats."]
"""


@pytest.mark.parametrize(
    ("pattern", "pump"),
    [
        (r"docket\s(?:[0-9]+-?)+x", "1"),
        (r"docket\s(?:[0-9-]*)*x", "1"),
        (r"(?:\w+\s?)+x", None),
        (r"docket\s*,?\s+[0-9-]+x", " "),
        (r"docket\s[0-9-]+x", ""),
        (r"docket\s(?:[0-9]{1,4}-?){1,9}+x", ""),
    ],
)
def test_a_pattern_that_could_hang_a_run_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, pump: str | None
) -> None:
    monkeypatch.setattr(pumping, "_LONG", 0.2)  # seconds; what hangs is given up sooner than on a user's machine
    (tmp_path / "skips.toml").write_text(SKIP.format(pattern), encoding="utf-8")
    book = rulebook.load(rulebook.shipped_rules(), tmp_path)
    (rule,) = (rule for rule in book if rule.rule_id == "skips.docket")
    tried: list[str] = []
    said = [line for line in selftest.failures(rule, book, partial(_noted, tried)) if "takes far longer" in line]
    assert len(said) == (pump != "")
    assert not pump or f"takes far longer on {pump!r}" in said[0]
    assert bool(tried) == (not said), "a slow pattern is not tried on its examples"


@pytest.mark.parametrize(
    ("rule", "slow"),
    [
        ("[[modifier]]\nname = 'mine'\nsign = '>'\nfar = '''(?:[a-z]+[ ]?)+[0-9x]'''", True),
        ("[[modifier]]\nname = 'mine'\nsign = '>'\nfar = '''zork[ ](?:[a-z]{1,9}[ ]){0,9}'''", False),
        ("[[rate]]\nname = 'mine'\nper = 'day'\nafter = '''(?:[a-z]+[ ]?)+[0-9x]'''", True),
    ],
    ids=["a modifier far off", "one that is bounded", "what a rate stands behind"],
)
def test_a_pattern_under_another_key_is_tried_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: str, slow: bool
) -> None:
    monkeypatch.setattr(pumping, "_LONG", 0.2)
    (tmp_path / "modifiers.toml").write_text(f"{rule}\nexamples = []\nrefuses = []\n", encoding="utf-8")
    book = rulebook.load(rulebook.shipped_rules(), tmp_path)
    (mine,) = (one for one in book if one.name == "mine")
    assert bool(pumping.slow(mine, book)) == slow


def _noted(tried: list[str], text: str, book: Rulebook) -> Reading:
    tried.append(text)
    return api.check(text, rules=book)


def test_no_shipped_pattern_can_hang_a_run(book: Rulebook) -> None:
    assert not [(rule.rule_id, pump) for rule in book if (pump := pumping.slow(rule, book))]


def test_security_is_told_of() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in ("subprocess", "pickle", "eval", "127.0.0.1"))


# --- what it stands on

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)["project"]
EXTRAS = ["cluster", "parquet", "review", "excel", "pdf"]


def test_every_dependency_names_its_licence() -> None:
    command = [sys.executable, "tests/tools/licences.py", "--extras", ",".join(EXTRAS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    told = {line.split()[0] for line in done.stdout.splitlines()}
    wanted = [*PROJECT["dependencies"], *(one for extra in EXTRAS for one in PROJECT["optional-dependencies"][extra])]
    assert done.returncode == 0, done.stdout
    assert {re.split("[<>=]", one)[0] for one in wanted} <= told and len(told) > len(wanted)


@pytest.mark.parametrize(
    "line", [line for line in PYPROJECT.splitlines() if re.search(r'"[\w-]+[^"#]*[<=]=?[0-9]', line)]
)
def test_a_dependency_that_may_not_be_newer_says_why(line: str) -> None:
    required = line.partition("#")[0]
    assert not re.search(r"(?<!>)(?:<|==)[0-9]", required) or len(line.partition("#")[2]) > 20, line
