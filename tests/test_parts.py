"""Parts and wholes, rates and repeats at every distance: what is bound, what is shown as a slip, what is left alone."""

from __future__ import annotations

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook
from pipeline.selftest import rendered

BOUND = [
    pytest.param(
        "Sales of the year were $640.0 million. The shops were painted.\n\nStaff\n\nWith 8,100 clerks, sales per clerk "
        "were about $78,000.",
        "product borderline: rate=$78,000; count=8,100 clerks; total=$640.0 million",
        id="a hedged rate agrees as a round figure",
    ),
    pytest.param(
        "The mill took in 41.20 lakh tonnes of cane. The price of cane is Rs 2,750 per quintal. At this price the "
        "growers are owed Rs 11,330 crore.",
        "product consistent: rate=Rs 2,750; count=41.20 lakh tonnes; total=Rs 11,330 crore",
        id="a price per quintal and a count in tonnes",
    ),
    pytest.param(
        "The flood had struck 1,190 farms. The plan reckons with 2 million dollars for each of the struck farms and "
        "2.38 billion dollars in all.",
        "product consistent: rate=2 million dollars; count=1,190 farms; total=2.38 billion dollars",
        id="a coarse rate that agrees as printed",
    ),
    pytest.param(
        "Net income was $39.9 million in the year.\n\nCash\n\nFree cash flow was $43.2 million, a conversion of 108% "
        "of net income.",
        "share consistent: part=$43.2 million; whole=$39.9 million; percent=108%",
        id="a share of more than all, its whole in another section",
    ),
    pytest.param(
        "The fund paid out $268.5 million. Upkeep ($43.6 million) and wages ($15.8 million) are the largest items. "
        "Rain was heavy. The roads held. Wages took 5.9 percent of all that the fund paid out.",
        "share consistent: part=$15.8 million; whole=$268.5 million; percent=5.9 percent",
        id="a share whose part and whole are named by their words",
    ),
    pytest.param(
        "The trust had gifts of £9.8m. Shops took £5.3m. The sea was calm. Nobody was hurt.\n\nWithin the gifts, wills "
        "yielded £4.4m, fairs £2.7m, regular givers £1.9m and funds £0.8m.",
        "sum consistent: total=£9.8m; part=£4.4m; part=£2.7m; part=£1.9m; part=£0.8m",
        id="a list whose words name a total far before it",
    ),
    pytest.param(
        "The audit had 19 findings. Of these, 12 were mended, 4 in part and 3 not at all.",
        "sum consistent: total=19 findings; part=12; part=4; part=3",
        id="what became of the things just counted",
    ),
    pytest.param(
        "Since the start 486,000 people have been served.\n\nClosing words\n\nNearly half a million people have been "
        "served since the start.",
        "repeat borderline: mention=486,000 people; mention=half a million people",
        id="a loose number repeats an exact one",
    ),
    pytest.param(
        "In 2009 poverty was cut by 420,000, and much was left to do.\n\nClosing words\n\nAs the Overview shows, "
        "420,000 people left poverty.",
        "repeat consistent: mention=420,000; mention=420,000 people",
        id="a change that a later section refers back to",
    ),
]

SLIPS = [
    pytest.param(
        "At the census 1,570,228 residents had a second home. Rents rose. Boats were sold. All in all, 1,570,224 "
        "residents had a second home.",
        "repeat inconsistent: mention=1,570,228 residents; mention=1,570,224 residents",
        id="a long figure again with one digit changed",
    ),
    pytest.param(
        "Receipts were $26,346,790.37, of which customs gave $23,747,864.66, land $2,498,335.20, and fees $100,570.51.",
        "sum inconsistent: total=$26,346,790.37; part=$23,747,864.66; part=$2,498,335.20; part=$100,570.51",
        id="one digit keeps an opened list from its total",
    ),
    pytest.param(
        "The office has 58 posts, and 51 are filled. Women hold 29 of the filled posts, or 65.9 per cent.",
        "share inconsistent: part=29; whole=51; percent=65.9 per cent",
        id="swapped digits in a share of counted things",
    ),
    pytest.param(
        "So far 14.2 million dollars has been pledged, leaving a gap of 8.3 million dollars. It rained in May. The "
        "Board is asked to find the missing 3.8 million dollars.",
        "repeat inconsistent: mention=8.3 million dollars; mention=3.8 million dollars",
        id="the known figure with its digits swapped",
    ),
]

LEFT_ALONE = [
    pytest.param(
        "Pay was highest in the city, at £658. Rain fell. Frost came. Pay of women was highest at the port, at £655.",
        id="two short figures one digit apart",
    ),
    pytest.param(
        "In 2010 the survey counted 12,450 farms in the hills. Rain fell. In 2011 "
        "the survey counted 12,350 farms in the hills.",
        id="two years",
    ),
    pytest.param(
        "Of the 83.0 tons the homes burnt 79.9 tons, with the mills at 45.7 tons, the ships at 32.3 "
        "tons and the shops at 11.9 tons.",
        id="a list after another group",
    ),
    pytest.param(
        "Receipts were $701,372,374.99 and outlays amounted to $654,137,907-89, leaving a surplus of $47,234,377.10.",
        id="cents set apart from their dollars",
    ),
    pytest.param(
        "Of the debt $13,000,000 falls due this year. Bonds were sold. The whole $31,000,000 may be paid "
        "in four years.",
        id="the whole is no second mention of a part",
    ),
    pytest.param(
        "The council met with 12 guests. Of the halls, 7 were open and 4 were shut.", id="a list of other things"
    ),
    pytest.param(
        "The firm bought 410 boats for $36.0 million, at $87,800 a boat, and has $114.0 million of "
        "$150.0 million left for boats.",
        id="what is lost in the rounding is no part",
    ),
]


@pytest.mark.parametrize(("text", "line"), BOUND + SLIPS)
def test_is_bound(text: str, line: str, book: Rulebook) -> None:
    assert line in {found.line for found in rendered(api.check(text, rules=book))}


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_is_never_shown_as_an_error(text: str, book: Rulebook) -> None:
    errors = [f.check.explanation for f in api.check(text, rules=book).findings if f.severity == "error"]
    assert not errors


def test_what_is_lost_in_the_rounding_is_no_part(book: Rulebook) -> None:
    text = "The firm spent $36.0 million on boats, at $87,800 a boat, and $114.0 million of its $150.0 million is left."
    lines = [found.line for found in rendered(api.check(text, rules=book))]
    assert not [line for line in lines if line.startswith("sum") and "$87,800" in line]
