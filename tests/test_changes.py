"""Changes of a report that must change no verdict, over the shipped reports and the examples of every kind."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from changes import money_a_thousandfold, places_renamed, said_within_sentences, sections_turned_round, verdicts
from pipeline import api, rulebook
from pipeline.model import Reading
from pipeline.rulebook.shapes import CheckRule

ROOT = Path(__file__).parent.parent
BOOK = rulebook.load()
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


def test_the_comparison_sees_a_change() -> None:
    reading = api.check("Sales rose 12.5% to $91.8 million from $81.6 million.", rules=BOOK)
    other = api.check("Sales rose 15.2% to $91.8 million from $81.6 million.", rules=BOOK)
    assert verdicts(reading) != verdicts(other) and verdicts(reading)
