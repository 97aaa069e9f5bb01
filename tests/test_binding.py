"""Binding: which figures words tie together, and the company that is never to be flagged."""

from __future__ import annotations

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook
from pipeline.selftest import rendered

BOUND = [
    (
        "Sales were $412 million, up 6.5% from $387 million, an increase of $25 million.",
        "growth consistent: level=$412 million; prior=$387 million; change=$25 million; percent=6.5%",
    ),
    (
        "Fees fell $3 million, or 12%, to $22 million.",
        "growth consistent: level=$22 million; change=$3 million; percent=12%",
    ),
    (
        "In 2014 it built 440 homes, so that there was an increase of 110 homes or 25%.",
        "growth consistent: prior=440 homes; change=110 homes; percent=25%",
    ),
    (
        "The rate eased to 14.6 per cent, 3.3 points lower than last year's 17.9 per cent.",
        "points consistent: level=14.6 per cent; prior=17.9 per cent; change=3.3 points",
    ),
    (
        "It visited five districts, including four rural districts and one town district.",
        "sum consistent: total=five districts; part=four rural districts; part=one town district",
    ),
    (
        "Profit was $51 million; tax took $12 million and net income was $39 million.",
        "sum consistent: total=$51 million; part=$12 million; part=$39 million",
    ),
    (
        "Every school received 6,000 yuan, and the 40 schools took 240,000 yuan in all.",
        "product consistent: rate=6,000 yuan; count=40 schools; total=240,000 yuan",
    ),
    (
        "Of 2,400 homes asked 2,268 answered, a response of 94.5%.",
        "share consistent: part=2,268; whole=2,400 homes; percent=94.5%",
    ),
]

LEFT_ALONE = [
    "Men earned £556 a week, up 1.8%, compared with £459 for women, up 2.2%.",
    "Net flows fell from an investment of £1.3 billion in 2011 to a disinvestment of £2.3 billion in 2012.",
    "Changes ranged from a 1 percent decrease to a 6 percent increase.",
    "In the north 13 rigs worked compared with one a year ago, and oil output was up 1 percent.",
    "Methane made a further 8.7%, nitrous oxide 4.2% and other gases the remaining 2.6%.",
    "There were 27,834 births to women aged under 18 compared with 31,051 in 2011, a decrease of 10%.",
    "Three of these four areas are in the south.",
    "The plan rests on two bills: the Work and Training Act and the Welfare Reform Act.",
    "They bought 1.8, 1.9 and 2.0 million shares at average prices of $64.20, $66.64 and $64.54 in three years.",
    "The pay gap widened to -5.7% compared with -5.5% in 2012.",
    "Output was 90 billion yuan, up 8.6 percent at comparable prices, against 85 billion yuan in 2013.",
    "Receipts rose from £8.0 million in 1993 to £5.4 billion in 2012, an increase of £0.4 billion in 2012 from 2011.",
    'The standard of "seven possessions, four accesses and three solutions" was met.',
    "The loss grew $63 million to $987 million, including $1.5 billion of amortization.",
    "The number of offices was 57,376, an increase of 6,124 in three years and of 2,219 for the last fiscal year.",
]


@pytest.mark.parametrize(("text", "check"), BOUND, ids=[check.split(":", maxsplit=1)[0] for _, check in BOUND])
def test_figures_are_bound_by_their_words(book: Rulebook, text: str, check: str) -> None:
    assert check in {found.line for found in rendered(api.check(text, rules=book))}


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_right_figures_are_left_alone(book: Rulebook, text: str) -> None:
    errors = [f.check.explanation for f in api.check(text, rules=book).findings if f.severity == "error"]
    assert not errors


def test_what_words_say_outright_is_not_explained_away(book: Rulebook) -> None:
    """133 of 605 is 22 %, and yet the 22 % is called a growth."""
    text = (
        "Funds came to 605 million Yuan, 120 million more than in 2008, a growth of 22%. Villages got 133 million Yuan."
    )
    (finding,) = api.check(text, rules=book).findings
    assert finding.severity == "error" and finding.check.relation.kind == "growth"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(
            "Receipts were $26,346,790.37, of which there was derived from customs $23,747,864.66, "
            "from sales of lands $2,498,335.20, and from other sources $100,570.51.",
            "sum",
            id="a-digit-of-ten",
        ),
        pytest.param(
            "The province has 1,570,224 students, of whom 188,837 are in cities, 165,095 in towns "
            "and 1,216,296 in villages.",
            "sum",
            id="a-digit-of-seven",
        ),
    ],
)
def test_a_slip_in_long_figures_is_found_where_words_only_allow_a_binding(book: Rulebook, text: str, kind: str) -> None:
    (finding,) = api.check(text, rules=book).findings
    assert (finding.severity, finding.check.relation.kind) == ("error", kind)


def test_a_miss_that_no_slip_explains_is_left_alone_where_words_only_allow_a_binding(book: Rulebook) -> None:
    text = "Receipts were $26,346,790.37, of which there was from customs $23,747,864.66, from lands $1,098,335.20."
    assert not api.check(text, rules=book).findings
