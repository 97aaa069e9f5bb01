"""Values that a report implies: worked out, told, and held against what it states elsewhere."""

from __future__ import annotations

import json
import re

import pytest

from pipeline import api
from pipeline.explain import at_place
from pipeline.rulebook import Rulebook
from pipeline.rulebook.scales import scales
from pipeline.wording.implied import worth

LEVEL = "In 2009, more than 490 million yuan of social relief funds was issued, 80 million yuan more than that in 2008."


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (LEVEL, ["more than 410 million yuan in 2008: more than 490 million yuan less 80 million yuan"]),
        (
            "In 2014, road repair funds came to $84.0 million, $6.5 million less than that in 2013.",
            ["$90.4–90.6 million in 2013: $84.0 million plus $6.5 million"],
        ),
        ("In 2014, road repair funds came to $84.0 million.", []),
        ("In 2014, the town had 84 schools, and 80 million yuan more than that in 2013.", []),
    ],
    ids=["a-bound", "a-fall", "no-change", "two-measures"],
)
def test_a_level_and_its_change_imply_what_it_was(book: Rulebook, text: str, wanted: list[str]) -> None:
    reading = api.check(text, rules=book)
    found = worth(reading.claims, reading.cues, text, scales(book))
    assert [f"{one.value}: {one.how}" for one in found] == wanted


def test_what_is_implied_is_told_at_its_place(book: Rulebook) -> None:
    lines = at_place(api.check(LEVEL, rules=book), LEVEL.index("490"), book)
    assert "implied   more than 410 million yuan in 2008: more than 490 million yuan less 80 million yuan" in lines


TOLD = " The work went on in every county. In 2008, social relief funds came to {} million yuan."


@pytest.mark.parametrize(
    ("text", "stated", "verdict"),
    [
        (
            "In 2009, 490 million yuan of social relief funds was issued, 80 million yuan more than that in 2008.",
            410,
            "",
        ),
        (
            "In 2009, 490 million yuan of social relief funds was issued, 80 million yuan more than that in 2008.",
            387,
            "warning",
        ),
        (LEVEL, 455, ""),
    ],
    ids=["agrees", "contradicts", "a-bound-leaves-it-open"],
)
def test_what_is_implied_and_what_is_stated(book: Rulebook, text: str, stated: int, verdict: str) -> None:
    reading = api.check(text + TOLD.format(stated), rules=book)
    held = [c for c in reading.checks if "stated and implied" in c.relation.reason]
    assert [c.relation.confidence for c in held] == ["medium"]
    assert [f.severity for f in reading.findings if f.check in held] == [verdict] * bool(verdict)
    for finding in reading.findings:
        assert "80 million yuan more" in finding.quote and "387 million" in finding.quote  # both statements


@pytest.mark.parametrize(
    "other",
    [
        " In 2008, social relief funds of the towns came to 387 million yuan.",
        " In 2007, social relief funds came to 387 million yuan.",
        " In 2008, social relief funds came to 387 million dollars.",
        " In 2008, social relief funds came to about 387 million yuan.",
        " In 2008, the planned social relief funds were 387 million yuan.",
    ],
    ids=["another-measure", "another-year", "another-unit", "about", "a-plan"],
)
def test_what_may_be_another_thing_is_not_held_against_it(book: Rulebook, other: str) -> None:
    text = "In 2009, 490 million yuan of social relief funds was issued, 80 million yuan more than that in 2008."
    checks = api.check(text + " The work went on in every county." + other, rules=book).checks
    assert not [c for c in checks if c.verdict == "inconsistent" or "stated and implied" in c.relation.reason]


def test_several_statements_of_the_period_are_considered_and_not_built(book: Rulebook) -> None:
    text = "In 2009, 490 million yuan of social relief funds was issued, 80 million yuan more than that in 2008."
    reading = api.check(text + TOLD.format(410) + TOLD.format(399), rules=book)
    assert "the report states several figures of 2008" in {one.reason for one in reading.considered}


def test_a_figure_that_nothing_speaks_of_is_said_to_be_alone(book: Rulebook) -> None:
    text = "The mill stands on 40 acres of meadow."
    lines = at_place(api.check(text, rules=book), text.index("40"), book)
    assert lines[-1] == "not bound “40 acres” (19–27): no words near it give it a role, and no other needs it"


def test_the_page_tells_what_a_figure_implies(tmp_path: object, book: Rulebook) -> None:
    from pipeline.writers.page.document import _data
    from pipeline.writers.page.places import places

    reading = api.check(LEVEL, rules=book)
    rows = [dict.fromkeys("value low high modifier role unit per subject period place compared_with rule".split(), "")]
    data = json.loads(_data(reading, rows * len(reading.claims), places(reading), scales(book)))
    assert data["about"][-2] == "implies"
    assert re.fullmatch(r"more than 410 million yuan in 2008 \(.*\)", data["claims"][0][-2])
