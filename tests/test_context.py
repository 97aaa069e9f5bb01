"""What a figure's words say of it: its period, what it is compared with, what it measures, the unit it is lent."""

from __future__ import annotations

import pytest

from pipeline import api
from pipeline.model import Claim
from pipeline.rulebook import Rulebook


def claim(text: str, figure: str, book: Rulebook) -> Claim:
    reading = api.check(text, rules=book)
    return next(c for c in reading.claims if reading.report.text[c.figure.start : c.figure.end] == figure)


@pytest.mark.parametrize(
    ("text", "figure", "period"),
    [
        ("In 2009 it spent 605 million Yuan.", "605 million Yuan", "2009"),
        ("It spent 5 million Yuan in 2008 and 6 million Yuan in 2009.", "5 million Yuan", "2008"),
        ("It spent 5 million Yuan in 2008 and 6 million Yuan in 2009.", "6 million Yuan", "2009"),
        ("On 31 October 2009 it had 266 poor villages.", "266 poor villages", "2009-10-31"),
        ("At the end of March 2015 there were 40 boats.", "40 boats", "2015-03"),
        ("Sales for the third quarter of 2023 were $5 million.", "$5 million", "2023-Q3"),
        ("FY2009 output was 3 tons.", "3 tons", "FY2009"),
        ("In 2006-2010 it sold 5 tons of tea.", "5 tons", "2006/2010"),
        ("In 2018-19 it spent Rs 40 crore.", "Rs 40 crore", "2018/2019"),
        ("It spent 40 dollars more than in 2008.", "40 dollars", ""),
        ("It spent 40 dollars.", "40 dollars", ""),
    ],
)
def test_the_period_of_a_figure(book: Rulebook, text: str, figure: str, period: str) -> None:
    assert claim(text, figure, book).period == period


def test_a_change_names_the_period_it_is_set_against(book: Rulebook) -> None:
    found = claim("In 2009 it spent 605 million Yuan, 120 million more than that in 2008.", "120 million", book)
    assert (found.period, found.compared_with) == ("2009", "2008")


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [
        (
            "605 million Yuan of financial anti-poverty funds was allocated.",
            "605 million Yuan",
            "financial anti-poverty funds",
        ),
        ("It chose 266 poor villages.", "266 poor villages", "poor villages"),
        ("It came to 40 million Yuan in all.", "40 million Yuan", ""),
        ("A rise of 5% was seen.", "5%", ""),
    ],
)
def test_the_subject_is_taken_from_plain_forms_only(book: Rulebook, text: str, figure: str, subject: str) -> None:
    assert claim(text, figure, book).subject == subject


@pytest.mark.parametrize(
    ("text", "figure", "unit"),
    [
        ("It spent 605 million Yuan, 120 million more than in 2008.", "120 million", "CNY"),
        ("The rate was 14.6 per cent, 3.3 points lower than 17.9 per cent.", "3.3 points", "pp"),
        ("The score for the 40 counties rose from 2 to 4.", "4", ""),
    ],
)
def test_a_bare_number_is_lent_a_unit_by_what_it_is_compared_with(
    book: Rulebook, text: str, figure: str, unit: str
) -> None:
    assert claim(text, figure, book).figure.unit == unit
