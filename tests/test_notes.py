"""A report's own notes change how its figures are read, and the check cites them."""

from __future__ import annotations

import pytest

from pipeline import api

SUM = "The fund dug 120 wells in the hills, 85 wells in the plain and 40 wells on the coast, totalling 241 wells."


@pytest.mark.parametrize(
    ("text", "kind", "verdict", "note"),
    [
        pytest.param(SUM, "sum", "inconsistent", "", id="no-note"),
        pytest.param(
            SUM.replace("241", "246") + " Figures may not add up due to rounding.",
            "sum",
            "borderline",
            "may not add up due to rounding",
            id="rounding",
        ),
        pytest.param(
            "Sales rose to $91.8 million from $81.6 million, up 15.2% excluding acquisitions.",
            "growth",
            "undecided",
            "excluding acquisitions",
            id="excluding",
        ),
        pytest.param(
            "Sales rose 15.2% on a comparable basis to $91.8 million from $81.6 million.",
            "growth",
            "undecided",
            "on a comparable basis",
            id="comparable",
        ),
        pytest.param(
            "Sales rose 15.2% to $91.8 million from $81.6 million. Costs exclude taxes.",
            "growth",
            "inconsistent",
            "",
            id="said-of-something-else",
        ),
    ],
)
def test_a_note_changes_the_reading_and_is_cited(text: str, kind: str, verdict: str, note: str) -> None:
    checks = [check for check in api.check(text).checks if check.relation.kind == kind]
    assert [check.verdict for check in checks] == [verdict]
    assert note in " ".join(checks[0].relation.notes)
    assert note in checks[0].explanation
