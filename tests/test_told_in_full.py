"""Sentences that tie their figures by words alone: a wrong one is found however far off; what is left open is not."""

from __future__ import annotations

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

WRONG = {
    "a factor in one phrase with its figures": "Enrolment doubled from 3,100 pupils to 6,200,000 pupils.",
    "a multiple of what is named": "Debt of $36,000 million was 1.5 times the $24 million of a year before.",
    "a percent of a target of the same things": "The clinic treated 4,410 patients, 105% of the planned 200 patients.",
    "a plan told first": "The plan was to plant 12,000 trees; in the end 31,800 were planted, 15% beyond the plan.",
    "points between two growths": "Town sales grew by 4.9%, 1.2 percentage points faster than the 8.2% of villages.",
    "rows in step but for two": (
        "Sales in Asia, Europe and Africa were $31.2 million, $48.4 million and $12.6 million, compared with $21.0 "
        "million, $40.0 million and $10.5 million. That is growth of 30%, 31% and 20%."
    ),
    "a list that the rest closes": "Of the 640 lambs, 10 were sold and the remaining 230 were kept.",
    "a list under its total": "The fleet consists of 18 ships: 21 tankers, 29 freighters and 8 tugs.",
    "a total of two": "Donors gave 2.4 million euros and members 1.1 million euros, totalling 8.5 million euros.",
    "percents that the rest closes": "Coal supplied 17% of the heat, gas 31% and the remaining 12% came from wood.",
    "sectors of one output": "Farming, industry and services made up 10.6%, 64.8% and 42.6% of output respectively.",
    "sectors named in turn": "Agriculture contributed 24% of GDP, industry 31% and services 55%.",
    "two halves": "Women made up 54% of the staff and men 36%.",
    "uses of one sum": "Grants went to schools (41.5%), clinics (38.2%) and roads (25.3%).",
    "an average of all": "A total of 1,260 nurses work in 42 wards, an average of 80 nurses per ward.",
    "a price for all": "The company sold 40,000 shares at $12.50 per share for $5.125 million.",
    "an average far outside its range": "Rents range from $620 to $910, with an average of $7450.",
    "one area in two units": "The estate covers 300 hectares (41 acres).",
    "a part of a gross amount": "Revenue was $18.2 million, including $34 million of licence fees.",
    "a duration": "In the five years from 2006 to 2009 the canal was dug.",
    "years that run backward": "In the four years from 2006 to 2001 the canal was dug.",
    "a programme that ran": "The four-year programme ran from 2015 to 2017.",
    "a yearly growth": "Sales rose from $50.0 million in 2012 to $73,200 million in 2016, an average of 10% a year.",
}

RIGHT = {
    "a list that is not closed": "Of the 640 lambs, 210 were sold and 230 were sheared.",
    "a part of a list": "The fleet consists of 58 ships: mainly tankers (21) and tugs (8).",
    "parts that overlap": "Of the 640 lambs, 410 were vaccinated and the remaining lambs, 230 of them ewes, were not.",
    "percents of two wholes": "Women made up 54% of the nurses and men 70% of the doctors.",
    "rates of two halves": "Literacy was 54% for women and 74% for men.",
    "shares of those who answered": "Farmers named drought (41.5%), floods (38.2%) and pests (25.3%) in their answers.",
    "some of the rest": "Methane represented 10.2%, nitrous oxide 6.6% and other greenhouse gases represented 1.9%.",
    "the rest of the world": "Some 8% of firms had orders from Europe and 7% from the rest of the world.",
    "a norm": "The 42 wards have 1,260 nurses in total, against a norm of 40 nurses per ward.",
    "a loss that holds a larger cost": "The loss was $987 million, including $1.5 billion of amortization costs.",
    "an age": "Aged 45 to 52, with an average of 30 cows, they were the oldest farmers.",
    "some five years": "Output fell over a five-year period between 1990 and 2010.",
    "years left out": "Data for the 3 years from 2010 to 2014 exclude 2011 and 2013.",
    "two measures": "The farm of 300 hectares (3 km from the road) was sold.",
    "a target of another": "The district has 300 schools, and enrolment was 5% above the target of 52,000 pupils.",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_wrong_figure_is_an_error_however_far_off(book: Rulebook, text: str) -> None:
    assert "error" in {f.severity for f in api.check(text, rules=book).findings}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_words_leave_open_is_no_finding(book: Rulebook, text: str) -> None:
    assert not [f.check.explanation for f in api.check(text, rules=book).findings]
