"""Slips of the pen, made and counted: the floors of each kind of relation, and the table of docs/slips.md."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from invariants import BOOK
from pipeline import api, mutate
from pipeline.model import Reading
from pipeline.rulebook import Rulebook
from pipeline.rulebook.shapes import CheckRule, CueRule
from pipeline.slips import MADE, slipped

ROOT = Path(__file__).parent.parent
FLOORS = tomllib.loads((ROOT / "tests" / "slips_caught.toml").read_text(encoding="utf-8"))
KINDS = sorted(path.stem for path in (ROOT / "rules" / "checks").glob("*.toml"))


def read(text: str, book: Rulebook) -> Reading:
    return api.check(text, rules=book, strict=True)


@cache
def counted(kind: str) -> mutate.Tally:
    return next(mutate.tally(rule, BOOK, read) for rule in BOOK.of(CheckRule) if rule.name == kind)


def test_each_kind_catches_its_part_of_the_slips_in_its_examples_as_the_docs_tell() -> None:
    """One test for all kinds: counting takes long, and of several tests each process would count anew."""
    tallies = {rule.name: counted(rule.name) for rule in BOOK.of(CheckRule)}
    silent = [kind for kind, found in tallies.items() if found.share is None]
    assert not silent, f"no slip shows in the consistent examples of rules/checks: {', '.join(silent)}"
    below = [k for k, found in tallies.items() if found.share is None or found.share * 100 < FLOORS["caught"][k]]
    assert not below, f"see `tieout rules test --mutate --missed`: {', '.join(below)}"
    assert not [kind for kind, found in tallies.items() if found.beside > FLOORS["beside"].get(kind, 0)]
    page = (ROOT / "docs" / "slips.md").read_text(encoding="utf-8").splitlines()
    table = "\n".join(mutate.table(tallies.values()))
    head = table.splitlines()[0]
    assert head in page and "\n".join(page[page.index(head) :]) == table, (
        f"the last table of docs/slips.md is not what `tieout rules test --mutate` prints; put in its place:\n{table}"
    )


def test_every_kind_has_a_floor() -> None:
    assert sorted(FLOORS["caught"]) == KINDS == sorted(rule.name for rule in BOOK.of(CheckRule))


@pytest.mark.parametrize(
    ("printed", "slip", "made"),
    [
        ("1,450", "digit", ["6,450", "1,950", "1,410", "1,455"]),
        ("1,450", "transposed", ["4,150", "1,540", "1,405"]),
        ("1,450", "dropped", ["450", "150", "140", "145"]),
        ("1,450", "scale", ["14,500", "1,450,000"]),
        ("12.5", "scale", ["125", "1.25", "12,500"]),
        ("2008", "digit", ["7008", "2508", "2058", "2004"]),
        ("20", "transposed", []),
        ("0.05", "scale", ["0.005", "50"]),
        ("4,12,650", "scale", ["41,26,500", "41,26,50,000"]),
        ("Six", "digit", ["Five", "Seven"]),
        ("17.1", "pasted", ["3.2"]),
        ("3.2", "pasted", []),
        ("a dozen", "digit", []),
    ],
)
def test_each_slip_is_made_in_the_manner_of_the_number(printed: str, slip: str, made: list[str]) -> None:
    assert [new for why, new in slipped(printed, pasted=["3.2"]) if why == slip] == made


def test_a_rule_that_ties_nothing_catches_nothing(book: Rulebook) -> None:
    """The counting can fail: with the cues taken away no slip in a target is caught."""
    target = next(rule for rule in book.of(CheckRule) if rule.name == "target")
    blind = Rulebook({shape: () if shape is CueRule else rules for shape, rules in book.rules.items()}, "")
    assert counted("target").share
    assert not mutate.tally(target, book, lambda text, _: read(text, blind)).caught


def test_the_names_of_the_slips_are_those_of_the_table() -> None:
    assert all(f"| {slip} |" in (ROOT / "docs" / "slips.md").read_text(encoding="utf-8") for slip in MADE)
