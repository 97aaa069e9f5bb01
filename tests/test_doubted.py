"""Relations across sentences that do not agree make no error where another figure of the report would mend them."""

from __future__ import annotations

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

ELSEWHERE = {
    "money": (
        "The works are paid from a county loan of USD 41.2 million and a road board grant of USD 7.0 million.",
        "Drawings on the loan were USD 20.6 million as at 30 May 2024, equal to 50 per cent of the allocation. The "
        "road board grant has drawn much less, at USD 2.8 million or 40 per cent. The county has paid USD 1.1 million.",
    ),
    "land": (
        "The forest has 5,400 hectares of pine and 2,200 hectares of oak.",
        "Felling of pine covered 2,700 hectares as at 30 May 2024, equal to 50 per cent of the stand. The oak has been "
        "felled much less, at 792 hectares or 36 per cent. Birch was left alone.",
    ),
}


@pytest.mark.parametrize("told", ELSEWHERE)
def test_only_what_no_other_figure_would_mend_is_an_error(book: Rulebook, told: str) -> None:
    whole, share = ELSEWHERE[told]

    def errors(text: str) -> int:
        return sum(one.severity == "error" for one in api.check(text, rules=book).findings)

    assert errors(share) == 1
    assert errors(f"{whole}\n\nB. Progress\n\n{share}") == 0
