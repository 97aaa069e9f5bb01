"""A number that announces things, and a line for each of them: count."""

from __future__ import annotations

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

_KITCHENS = "\n\n  Halifax – 412,000\n  Moncton – 305,000\n  Saint John – 248,000\n  Sydney – 132,000\n\nMoncton grew."
_BERTHS = "\n• North quay\n• South quay\n• Oil jetty\n• Fish dock\n\nAll were dredged."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("We work from six kitchens. Here is how many meals each one sent out:" + _KITCHENS, id="each-one"),
        pytest.param("The port has five berths. These are:" + _BERTHS, id="these-are"),
        pytest.param(
            "The audit made five recommendations:\n\n- mend it\n- train us\n- close it\n\nWe agreed.", id="colon"
        ),
    ],
)
def test_a_number_that_its_lines_belie_is_an_error(book: Rulebook, text: str) -> None:
    assert [f.check.relation.kind for f in api.check(text, rules=book).findings] == ["count"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("We work from four kitchens. Here is how many meals each one sent out:" + _KITCHENS, id="agrees"),
        pytest.param("Of the seven berths, three have new cranes. These are:" + _BERTHS, id="some-of-them"),
        pytest.param("The plan names six goals, including the following:" + _BERTHS, id="including"),
        pytest.param(
            "The port has five berths:" + _BERTHS.replace("\n\nAll", "\n\nPage 4\n\n• Grain pier\n\nAll"), id="cut"
        ),
        pytest.param(
            "It is told at three levels:\n- large areas\n- counties\n- towns\n"
            "- Some of the areas appear at more than one level, as the north does.\n\nSo be it.",
            id="a-remark-among-them",
        ),
    ],
)
def test_lines_that_need_not_be_all_are_no_finding(book: Rulebook, text: str) -> None:
    assert not api.check(text, rules=book).findings
