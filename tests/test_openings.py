"""What a report opens with, and what its body calls so: repeat, where the body's figure agrees with others."""

from __future__ import annotations

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

_HARVEST = """The valley board met in spring and thanks all who helped.

{opening}

Fields

The sown area was 41,260 hectares. The output of barley was 249,210 tonnes, up 1.5 percent over the 245,500 tonnes of
2012.

Roads

The board mended 31 bridges. It gave 14 of them new rails. Lorries of up to 20 tons may use them.

People

There were 412 births in the valley. The school took in 96 pupils. Its roof was mended in May.
"""
_SEEKERS = """Labour in the islands, third quarter

{opening}

Work

The labour force counted 104.8 thousand persons, made up of 66.0 thousand in employment and 38.8 thousand unemployed.
Most of those at work were in services. Many farms hired by the day.

Pay

Wages averaged 2,411 crowns. Fishers earned the most, with 3,302 crowns. Cooks earned the least.

Notes

The survey is sent to 7,000 homes. Of these 71% answer it. It is not adjusted for the season.
"""


@pytest.mark.parametrize(
    ("report", "opening"),
    [
        pytest.param(_HARVEST, "In all, 294,200 tonnes of barley were brought in.", id="rounded-and-swapped"),
        pytest.param(_HARVEST, "Farms brought in 249,710 tonnes of barley.", id="one-digit"),
        pytest.param(_SEEKERS, "In all, 38,300 persons were unemployed.", id="another-unit"),
    ],
)
def test_an_opening_that_the_body_belies_is_an_error(book: Rulebook, report: str, opening: str) -> None:
    findings = api.check(report.format(opening=opening), rules=book).findings
    assert [(f.severity, f.check.relation.kind) for f in findings] == [("error", "repeat")]


@pytest.mark.parametrize(
    ("report", "opening"),
    [
        pytest.param(_HARVEST, "In all, 249,200 tonnes of barley were brought in.", id="rounded"),
        pytest.param(_HARVEST, "In all, 294,200 tonnes of hay were brought in.", id="another-thing"),
        pytest.param(_HARVEST, "The plan was to bring in 294,200 tonnes of barley.", id="a-plan"),
        pytest.param(_HARVEST, "In 2011 farms brought in 294,200 tonnes of barley.", id="another-year"),
        pytest.param(_SEEKERS, "In all, 38,800 persons were unemployed.", id="agrees"),
        pytest.param(_SEEKERS, "In all, 52,100 persons were unemployed.", id="no-slip"),
    ],
)
def test_an_opening_of_another_thing_is_no_finding(book: Rulebook, report: str, opening: str) -> None:
    assert not api.check(report.format(opening=opening), rules=book).findings
