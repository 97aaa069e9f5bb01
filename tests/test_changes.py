"""Changes of a report that must change no verdict, over the shipped reports and the examples of every kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from changes import (
    money_a_thousandfold,
    money_tenfold,
    places_renamed,
    said_within_sentences,
    sections_turned_round,
    sentences_turned_round,
    units_exchanged,
    verdicts,
)
from invariants import BOOK
from pipeline import api
from pipeline.model import Reading
from pipeline.rulebook.shapes import CheckRule

ROOT = Path(__file__).parent.parent
EXAMPLES = [(rule.name, example.text) for rule in BOOK.of(CheckRule) for example in rule.examples]
SHIPPED = sorted((ROOT / "raw").glob("*.txt"))


@cache
def shipped(path: Path) -> Reading:
    return api.read(path, rules=BOOK)


def test_a_thousandfold_of_all_money_changes_no_verdict() -> None:
    tried, wrong = 0, []
    for kind, text in EXAMPLES:
        reading = api.check(text, rules=BOOK)
        changed = money_a_thousandfold(reading)
        if changed is None or changed == text:
            continue
        tried += 1
        again = api.check(changed, rules=BOOK)
        if verdicts(again) != verdicts(reading):
            wrong.append(f"{kind}: {changed}")
    assert tried >= 20 and not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_other_names_of_places_change_no_verdict(path: Path) -> None:
    reading = shipped(path)
    assert verdicts(api.check(places_renamed(reading), rules=BOOK)) == verdicts(reading)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_order_of_sections_changes_nothing_within_a_sentence(path: Path) -> None:
    reading = shipped(path)
    turned = api.check(sections_turned_round(reading), rules=BOOK)
    assert said_within_sentences(turned) == said_within_sentences(reading)


TOLD = (
    "The road grew from 5.2 km to 7.8 km, a rise of 2.6 km. The mill took 3.5 million tonnes, up 40% from 2.5 million "
    "tonnes. Of the 40 boats, 23 are old, or 57.5%. Sales rose 15.2% to $91.8 million from $81.6 million."
)


@pytest.mark.parametrize(
    ("change", "told", "said"),
    [
        (money_tenfold, verdicts, "$918 million from $816 million"),
        (units_exchanged, verdicts, "from 5.2 thousand metres to 7.8 thousand metres"),
        (units_exchanged, verdicts, "3.5 billion kilograms"),
        (sentences_turned_round, said_within_sentences, "or 57.5%. The mill"),
    ],
)
def test_other_units_more_money_and_another_order_change_no_verdict(
    change: Callable[[Reading], str | None], told: Callable[[Reading], object], said: str
) -> None:
    reading = api.check(TOLD, rules=BOOK)
    assert {check.verdict for check in reading.checks} == {"consistent", "inconsistent"}
    changed = change(reading)
    assert changed and said in changed
    assert told(api.check(changed, rules=BOOK)) == told(reading)


def test_the_comparison_sees_a_change() -> None:
    reading = api.check("Sales rose 12.5% to $91.8 million from $81.6 million.", rules=BOOK)
    other = api.check("Sales rose 15.2% to $91.8 million from $81.6 million.", rules=BOOK)
    assert verdicts(reading) != verdicts(other) and verdicts(reading)
