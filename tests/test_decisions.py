"""The ledger: decided, taken in, counted, cleared; kept over runs and edits elsewhere; shared by several processes."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from conftest import RIGHT, WRONG
from pipeline import api, decisions
from pipeline.model import Reading
from pipeline.rulebook import Rulebook
from pipeline.tables import schema
from pipeline.tables.load import load_rows
from pipeline.tables.rows import Row
from pipeline.writers import csvfile

Tieout = Callable[..., Result]

ROOT = Path(__file__).parent.parent
LEDGER = Path("extracted/decisions.csv")
FINDINGS = Path("extracted/findings.csv")

TWO = f"""{WRONG}
The harbour board spent 96 million dollars on quays, made up of 70 million dollars for stone and 36 million for sand.
"""


def run(tieout: Tieout, text: str = WRONG) -> list[Row]:
    """The findings of a run over one report."""
    Path("raw/right.txt").unlink(missing_ok=True)
    Path("raw/wrong.txt").write_text(text, encoding="utf-8")
    assert tieout("run", "--no-page").exit_code == 0
    return load_rows(FINDINGS)


def ledger() -> dict[str, str]:
    return {row["finding_id"]: row["decision"] for row in load_rows(LEDGER)}


# --- decide


def test_a_decision_is_written_with_who_when_and_on_what(here: Path, tieout: Tieout) -> None:
    (finding,) = run(tieout)
    result = tieout("decide", finding["finding_id"], "confirmed", "--note", "=1+1, “so”", "--reviewer", "Li")
    assert result.exit_code == 0 and result.stdout == f"{finding['finding_id']}: confirmed\n"
    (row,) = load_rows(LEDGER)
    assert (row["decision"], row["note"], row["reviewer"]) == ("confirmed", "=1+1, “so”", "Li")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", row["decided_at"])
    assert row["evidence"] == decisions.evidence("wrong", "growth", finding["quote"])
    (finding,) = run(tieout)
    assert (finding["decision"], finding["note"]) == ("confirmed", "=1+1, “so”")


def test_several_findings_are_decided_at_once_and_again(here: Path, tieout: Tieout) -> None:
    ids = [row["finding_id"] for row in run(tieout, TWO)]
    assert tieout("decide", *ids, "confirmed").exit_code == 0
    assert ledger() == dict.fromkeys(ids, "confirmed") and len(ids) == 2
    assert "fixed (was confirmed)" in tieout("decide", ids[0], "fixed").stdout
    assert ledger() == {ids[0]: "fixed", ids[1]: "confirmed"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("F-0000000000000000", "fixed"), "no such finding"), (("F-0000000000000000", "wrong"), "'wrong' is not one of")],
    ids=["finding", "decision"],
)
def test_what_cannot_be_decided_changes_nothing(
    here: Path, tieout: Tieout, arguments: tuple[str, ...], said: str
) -> None:
    run(tieout)
    before = LEDGER.read_bytes()
    result = tieout("decide", *arguments)
    assert result.exit_code == 2 and said in result.stderr and LEDGER.read_bytes() == before


@pytest.mark.parametrize("command", [("decide", "F-1", "fixed"), ("decisions", "stats"), ("decisions", "prune")])
def test_without_tables_there_is_nothing_to_decide(here: Path, tieout: Tieout, command: tuple[str, ...]) -> None:
    result = tieout(*command)
    assert result.exit_code == 2 and "extracted: no such folder; `tieout run` makes it" in result.stderr


# --- what stands, and what is stale


def test_a_decision_stands_whatever_happens_elsewhere(here: Path, tieout: Tieout) -> None:
    (finding,) = run(tieout)
    tieout("decide", finding["finding_id"], "intended")
    for text in (f"Preface of 2012.\n\n{WRONG}", WRONG.replace("120 million more", "120 million\nmore"), TWO):
        found = {row["finding_id"]: row for row in run(tieout, text)}[finding["finding_id"]]
        assert (found["decision"], found["stale"]) == ("intended", "")


@pytest.mark.parametrize(
    "text",
    [WRONG.replace("605", "606"), WRONG.replace("120 million", "121 million"), WRONG.replace("relief was", "aid was")],
    ids=["level", "change", "word"],
)
def test_a_finding_whose_words_changed_is_open_and_its_decision_stale(here: Path, tieout: Tieout, text: str) -> None:
    (finding,) = run(tieout)
    tieout("decide", finding["finding_id"], "intended", "--note", "as agreed")
    (found,) = run(tieout, text)
    assert (found["decision"], found["note"], found["stale"]) == ("", "", "intended: as agreed")
    assert tieout("check", "raw").exit_code == 1
    assert "= was decided: intended: as agreed" in tieout("check", "raw").stdout
    (line,) = [line for line in tieout("decisions", "stats").stdout.splitlines() if line.startswith("growth")]
    assert line.split()[-7:] == ["1", "1", "0", "0", "0", "0", "1"]
    tieout("decide", found["finding_id"], "intended")
    (found,) = run(tieout, text)
    assert (found["decision"], found["stale"]) == ("intended", "")


def test_the_same_words_in_another_report_are_not_decided(here: Path, tieout: Tieout) -> None:
    (finding,) = run(tieout)
    tieout("decide", finding["finding_id"], "intended")
    Path("raw/other.txt").write_text(WRONG.replace("605", "606"), encoding="utf-8")
    tieout("run", "--no-page")
    assert {row["report"]: row["decision"] + row["stale"] for row in load_rows(FINDINGS)} == {
        "wrong": "intended",
        "other": "",
    }


@given(st.lists(st.sampled_from(["rose", "5.2%", "to", "1,200", "…"]), min_size=1), st.data())
def test_blanks_are_no_evidence_and_figures_are(words: list[str], data: st.DataObject) -> None:
    blanks = st.sampled_from([" ", "\n", "  ", "\u3000"])
    quote = "".join(word + data.draw(blanks) for word in words)
    plain = decisions.evidence("report", "growth", " ".join(words))
    assert decisions.evidence("report", "growth", quote) == plain
    other = decisions.evidence("report", "growth", " ".join(words).replace("5.2", "5.3"))
    assert (other == plain) == ("5.2%" not in words)
    assert other.partition("-")[2] == plain.partition("-")[2]


# --- edits: fifty of the shipped reports together

RAW = sorted((ROOT / "raw").glob("*.txt"))
NEW = "The library lent 4,200 books, and 31 readers joined it.\n"


def ids_of(text: str, name: str, book: Rulebook) -> dict[str, tuple[str, ...]]:
    """The findings of a report, with the texts of their figures."""
    reading = read(text, name, book)
    return {
        one.finding_id: tuple(text[operand.start : operand.end] for operand in one.check.relation.operands)
        for one in reading.findings
    }


def read(text: str, name: str, book: Rulebook) -> Reading:
    from pipeline import readers
    from pipeline import run as stages

    return stages.read(readers.read_string(text, name), book, strict=True)


def edited(lines: list[str], free: list[int], chance: random.Random) -> list[str]:
    """The lines with one inserted, moved or deleted; no line of a finding, and no heading, is taken away."""
    changed, at = list(lines), chance.choice(free)
    match chance.choice(("insert", "move", "delete")):
        case "insert":
            changed.insert(at, NEW)
        case "move":
            changed.insert(chance.choice(free), changed.pop(at))
        case "delete":
            del changed[at]
    return changed


@pytest.mark.parametrize("path", RAW, ids=[path.name for path in RAW])
def test_findings_keep_their_ids_over_fifty_edits_elsewhere(path: Path, book: Rulebook) -> None:
    text = path.read_text(encoding="utf-8")
    reading = read(text, path.stem, book)
    held = {text.count("\n", 0, o.start) for one in reading.findings for o in one.check.relation.operands}
    lines = text.splitlines(keepends=True)
    free = [n for n, line in enumerate(lines) if n not in held and line.strip().endswith(".")]
    before = {one.finding_id for one in reading.findings}
    chance, kept, asked = random.Random(path.name), 0, 0
    for _ in range(-(-50 // len(RAW))):
        after = ids_of("".join(edited(lines, free, chance)), path.stem, book)
        kept, asked = kept + len(before & after.keys()), asked + len(before)
    assert kept >= asked * 95 // 100, f"{kept} of {asked}"


@pytest.mark.parametrize("path", RAW, ids=[path.name for path in RAW])
def test_a_changed_figure_opens_its_finding(path: Path, book: Rulebook) -> None:
    text = path.read_text(encoding="utf-8")
    reading = read(text, path.stem, book)
    rows = {
        one.finding_id: {
            "decision": "intended",
            "note": "",
            "evidence": decisions.evidence(path.stem, one.check.relation.kind, one.quote),
        }
        for one in reading.findings
    }
    for finding in reading.findings:
        for operand in finding.check.relation.operands:
            printed = text[operand.start : operand.end]
            changed = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), printed, count=1)
            if changed == printed:  # a number in words, or a listed thing
                continue
            after = read(text[: operand.start] + changed + text[operand.end :], path.stem, book)
            settled = {one.finding_id for one in decisions.decided(after.findings, path.stem, rows) if one.decision}
            assert finding.finding_id not in settled, f"{finding.check.explanation}: {printed} → {changed}"


def test_there_are_findings_to_edit_around(book: Rulebook) -> None:
    assert sum(len(read(path.read_text(encoding="utf-8"), path.stem, book).findings) for path in RAW) >= 5


# --- stats and prune


def test_decisions_are_counted_by_rule(here: Path, tieout: Tieout) -> None:
    found = {row["kind"]: row["finding_id"] for row in run(tieout, TWO)}
    tieout("decide", found["growth"], "misread")
    rows = {line.split()[0]: line.split()[-7:] for line in tieout("decisions", "stats").stdout.splitlines()[1:3]}
    assert rows == {"growth": ["1", "0", "0", "0", "1", "0", "0"], "sum": ["1", "1", "0", "0", "0", "0", "0"]}
    run(tieout, RIGHT)
    assert "1 decision(s) on findings that are no more: 1 misread" in tieout("decisions", "stats").stdout


def test_decisions_on_what_is_no_more_are_pruned_and_told(here: Path, tieout: Tieout) -> None:
    found = {row["kind"]: row["finding_id"] for row in run(tieout, TWO)}
    tieout("decide", *found.values(), "confirmed", "--note", "as told")
    run(tieout)
    before = LEDGER.read_bytes()
    assert tieout("decisions", "prune", "--dry-run").stdout == f"{found['sum']}: confirmed: as told\n"
    assert LEDGER.read_bytes() == before
    result = tieout("decisions", "prune")
    assert result.stdout == f"{found['sum']}: confirmed: as told\n" and "1 of 2" in result.stderr
    assert ledger() == {found["growth"]: "confirmed"}


def test_nothing_is_pruned_while_a_report_cannot_be_read(here: Path, tieout: Tieout) -> None:
    (finding,) = run(tieout)
    tieout("decide", finding["finding_id"], "confirmed")
    Path("raw/wrong.txt").write_bytes(b"")
    tieout("run", "--no-page")
    result = tieout("decisions", "prune")
    assert result.exit_code == 2 and "wrong: could not be read" in result.stderr and len(ledger()) == 1


# --- take


def saved(*rows: dict[str, str]) -> str:
    """A file of decisions as a page saves it."""
    whole = [dict.fromkeys(schema.DECISIONS.header, "") | row for row in rows]
    csvfile.write(Path("saved.csv"), schema.DECISIONS, whole)
    return "saved.csv"


def test_decisions_saved_from_a_page_are_taken(here: Path, tieout: Tieout) -> None:
    (finding,) = run(tieout)
    proof = decisions.evidence("wrong", "growth", finding["quote"])
    row = {"decision": "misread", "note": "ditto", "reviewer": "Wu", "decided_at": "2012-01-01T00:00:00Z"}
    row |= {"finding_id": finding["finding_id"], "evidence": proof}
    result = tieout("decisions", "take", saved(row))
    assert result.exit_code == 0 and "1 decision(s) taken from saved.csv" in result.stderr
    assert load_rows(LEDGER) == [row]
    before = LEDGER.read_bytes()
    assert "0 decision(s) taken" in tieout("decisions", "take", saved(row)).stderr and LEDGER.read_bytes() == before


def test_a_page_takes_along_the_words_that_are_decided_on(here: Path, tieout: Tieout) -> None:
    (finding,) = run(tieout)
    tieout("run", "--page")
    page = Path("extracted/wrong/report.html").read_text(encoding="utf-8")
    assert f'data-evidence="{decisions.evidence("wrong", "growth", finding["quote"])}"' in page


def test_the_ledger_goes_before_what_is_taken_unless_told_otherwise(here: Path, tieout: Tieout) -> None:
    (finding,) = run(tieout)
    tieout("decide", finding["finding_id"], "confirmed", "--reviewer", "Li")
    file = saved({"finding_id": finding["finding_id"], "decision": "misread", "reviewer": "Wu"})
    result = tieout("decisions", "take", file)
    assert result.exit_code == 1 and "'misread', but 'confirmed' in decisions.csv, which stays" in result.stderr
    assert ledger() == {finding["finding_id"]: "confirmed"}
    assert tieout("decisions", "take", file, "--replace").exit_code == 0
    (row,) = load_rows(LEDGER)
    assert (row["decision"], row["reviewer"], row["decided_at"]) == ("misread", "Wu", "")


def test_what_cannot_be_taken_is_told_and_the_rest_is_taken(here: Path, tieout: Tieout) -> None:
    first, second = (row["finding_id"] for row in run(tieout, TWO))
    rows = [(first, "fixed"), (first, "misread"), (second, "wrong"), ("F-0000000000000000", "fixed"), ("", "fixed")]
    result = tieout("decisions", "take", saved(*({"finding_id": a, "decision": b} for a, b in rows)))
    said = result.stderr.splitlines()
    assert result.exit_code == 1 and len(said) == 5 and "1 decision(s) taken" in said[-1]
    assert "decided twice" in said[0] and "'wrong'" in said[1] and "no such finding" in said[2] + said[3]
    assert ledger() == {first: "fixed"}


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", bytes(range(256)), b"\xff\xfeab"], ids=range(4))
def test_a_damaged_file_is_told_and_nothing_is_taken(here: Path, tieout: Tieout, content: bytes) -> None:
    run(tieout)
    before = LEDGER.read_bytes()
    Path("saved.csv").write_bytes(content)
    result = tieout("decisions", "take", "saved.csv")
    assert result.exit_code == 2 and "saved.csv: " in result.stderr and LEDGER.read_bytes() == before


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("hello\n", "has no columns finding_id, decision"),
        ("finding_id,decision\n<<<<<<< HEAD,\n", "row 2: '<<<<<<< HEAD' is no id of a finding"),
        ("finding_id,decision\nF-0123456789abcdef,wrong\n", "row 2: 'wrong' is no decision"),
        ("finding_id,decision\nF-0123456789abcdef,fixed\nF-0123456789abcdef,misread\n", "row 3: F-0123456789abcdef is"),
    ],
    ids=["no-table", "merge", "word", "twice"],
)
@pytest.mark.parametrize("command", ["run --no-page", "check raw", "decisions stats", "decide F-0 fixed"])
def test_a_damaged_ledger_is_told_and_never_overwritten(
    here: Path, tieout: Tieout, rows: str, said: str, command: str
) -> None:
    run(tieout)
    LEDGER.write_text(rows, encoding="utf-8")
    result = tieout(*command.split())
    assert result.exit_code == 2 and f"decisions.csv: {said}" in result.stderr
    assert LEDGER.read_text(encoding="utf-8") == rows


def test_columns_that_reviewers_added_are_kept(here: Path, tieout: Tieout) -> None:
    first, second = (row["finding_id"] for row in run(tieout, TWO))
    LEDGER.write_text(f"finding_id,decision,ticket\n{first},fixed,T-7\n", encoding="utf-8")
    tieout("decide", second, "misread")
    assert {row["finding_id"]: row["ticket"] for row in load_rows(LEDGER)} == {first: "T-7", second: ""}


def test_each_returned_file_that_could_not_be_taken_is_kept(here: Path, tieout: Tieout) -> None:
    for decision in ("perhaps", "maybe", "perhaps"):
        (row,) = run(tieout)
        csvfile.write(FINDINGS, schema.FINDINGS, [row | {"decision": decision}])
        assert "is kept as extracted/findings-returned" in tieout("run", "--no-page").stderr
    names = sorted(path.name for path in Path("extracted").glob("findings-*"))
    assert names == ["findings-returned-2.csv", "findings-returned.csv"]


# --- several at once

WRITER = """
import sys
from pathlib import Path
from pipeline import decisions
who, out = sys.argv[1], Path("extracted")
for number in range(20):
    with decisions.locked(out):
        ledger = dict(decisions.load(out / "decisions.csv"))
        name = f"F-{who}{number:015x}"
        row = {"finding_id": name, "decision": "fixed", "note": "", "evidence": ""}
        decisions.save(out / "decisions.csv", ledger | {name: row})
"""


def test_processes_do_not_lose_each_others_decisions(here: Path, tieout: Tieout) -> None:
    run(tieout)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WRITER]
    running = [subprocess.Popen([*command, who], env=environment) for who in "abcd"]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert len(ledger()) == 80
    assert sorted(path.name for path in Path("extracted").glob(".*")) == []


def test_a_process_that_died_does_not_keep_the_ledger(here: Path, tieout: Tieout) -> None:
    (finding,) = run(tieout)
    Path("extracted/.decisions.lock").write_bytes(b"")
    assert tieout("decide", finding["finding_id"], "fixed").exit_code == 0


# --- a real spreadsheet

SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice (soffice)")
def test_libreoffice_saves_decisions_and_nothing_else_comes_back(here: Path, tieout: Tieout) -> None:
    assert SOFFICE
    rows = run(tieout, TWO.replace("The harbour", "=The harbour"))
    before = {path: path.read_bytes() for path in Path("extracted").rglob("*.csv")}
    notes = ["=SUM(A1), “so”; 1/2\nand 1,422,000", "'007 注释"]
    filled_in = [row | {"decision": "Misread", "note": note} for row, note in zip(rows, notes, strict=True)]
    csvfile.write(FINDINGS, schema.FINDINGS, filled_in)
    profile = f"-env:UserInstallation=file://{here / 'profile'}"
    utf8 = "Text - txt - csv (StarCalc):44,34,76,1"  # as its window opens a file with this mark at the beginning
    command = [SOFFICE, profile, "--headless", f"--infilter={utf8}", "--convert-to", f"csv:{utf8}"]
    command += ["--outdir", "saved", str(FINDINGS)]
    subprocess.run(command, check=True, capture_output=True)
    assert Path("saved/findings.csv").read_bytes() != FINDINGS.read_bytes()
    shutil.copyfile("saved/findings.csv", FINDINGS)
    result = tieout("run", "--no-page")
    assert "2 decision(s) taken" in result.stderr and "not taken" not in result.stderr
    found = {row["finding_id"]: row for row in load_rows(LEDGER)}
    assert [found[row["finding_id"]]["decision"] for row in rows] == ["misread", "misread"]
    assert [found[row["finding_id"]]["note"] for row in rows] == notes
    for path, content in before.items():
        if path.name not in ("findings.csv", "decisions.csv"):
            assert path.read_bytes() == content, path
    said = {"decision": "misread", "note": ""}
    assert [row | said for row in load_rows(FINDINGS)] == [row | said for row in rows]


def test_the_api_needs_no_ledger(book: Rulebook) -> None:
    assert [finding.decision for finding in api.check(WRONG, rules=book).findings] == [""]
