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
    pytest.param(
        "The mission fed 61,400 pupils: 22,700 in the north, 18,900 in the hills and 91,800 on the coast.",
        "sum inconsistent: total=61,400 pupils; part=22,700; part=18,900; part=91,800",
        id="a list behind a colon, one figure wildly off",
    ),
    pytest.param(
        "The port moved 3.471 million tonnes in the year. Ore made up 2.018 million tonnes, timber 814,000 tonnes and "
        "grain 693,000 tonnes.",
        "sum inconsistent: total=3.471 million tonnes; part=2.018 million tonnes; part=814,000 tonnes; "
        "part=693,000 tonnes",
        id="a list that fills the sentence behind its total",
    ),
    pytest.param(
        "At the year end the district had 412,600 inhabitants. Of them 157,300 lived in urban and 255,300 in rural "
        "parishes. The herd stood at 88,410 head. Urban owners kept 9,120 head and rural owners 97,290 head.",
        "sum inconsistent: total=88,410 head; part=9,120 head; part=97,290 head",
        id="two words that leave no third",
    ),
    pytest.param(
        "The bridge cost £64.8 million, financed by a loan (£40.0 million), a grant (£16.9 million) and tolls (£9.7 "
        "million).",
        "sum inconsistent: total=£64.8 million; part=£40.0 million; part=£16.9 million; part=£9.7 million",
        id="who paid for it, in brackets",
    ),
    pytest.param(
        "The board approached 2,600 firms, 1,300 in the zone and 130 outside it for comparison.",
        "sum inconsistent: total=2,600 firms; part=1,300; part=130",
        id="a counted total and bare numbers",
    ),
    pytest.param(
        "Wells were sunk as follows: 7,254 from 1991 to 1998, 823 in 1999 and 894 in 2000, 8,791 in all.",
        "sum inconsistent: total=8,791; part=7,254; part=823; part=894",
        id="a closed list of years",
    ),
    pytest.param(
        "Rents brought in £61.7 million in the quarter and repairs took £18.5 million, so free cash was £34.2 million.",
        "sum inconsistent: total=£34.2 million; part=£61.7 million; less=£18.5 million",
        id="what is worked out of two figures",
    ),
    pytest.param(
        "The hill wards cost 342,000 rupees. The river wards cost 93,000 rupees. Together, 381,000 rupees were a third "
        "of the budget.",
        "sum inconsistent: total=381,000 rupees; part=342,000 rupees; part=93,000 rupees",
        id="two sentences and what they come to together",
    ),
    pytest.param(
        "The club has 52 branches with some 7,500 members, 644 each on average.",
        "product inconsistent: rate=644; count=52 branches; total=7,500 members",
        id="a bare rate on average, one digit wrong",
    ),
    pytest.param(
        "Power came to 27,900 homes in 930 hamlets, an average of 35 homes to a hamlet.",
        "product inconsistent: rate=35 homes; count=930 hamlets; total=27,900 homes",
        id="the nouns of rate, count and total leave no choice",
    ),
    pytest.param(
        "27,300 people in 5,690 households were moved, 4.8 persons to a household. 591.1 million crowns were spent, "
        "7,000 crowns per person.",
        "product inconsistent: rate=7,000 crowns; count=27,300 people; total=591.1 million crowns",
        id="a count that is the total of another product",
    ),
    pytest.param(
        "Loans grew to £3.18 billion. Loans to homes accounted for 60.7% (£1.39 billion) and loans to mills were few.",
        "share inconsistent: part=£1.39 billion; whole=£3.18 billion; percent=60.7%",
        id="a share in brackets of the total before",
    ),
    pytest.param(
        "Sales were $416.2 million. Gross profit was $144.4 million. Selling cost $71.9 million, or 17.4% of sales.",
        "share inconsistent: part=$71.9 million; whole=$416.2 million; percent=17.4%",
        id="the whole is the one that is named",
    ),
    pytest.param(
        "Revenue reached 0.8634 billion yen, an increase of 12.1 percent; taxes made up 69.3 percent of it, or 5.983 "
        "billion yen.",
        "share inconsistent: part=5.983 billion yen; whole=0.8634 billion yen; percent=69.3 percent",
        id="a whole that has lost its size",
    ),
    pytest.param(
        "Sales were up 6.4%. Volume contributed 41 percentage points and prices 3.0 percentage points, partly offset "
        "by 0.7 percentage points from rates.",
        "sum inconsistent: total=6.4%; part=41 percentage points; part=3.0 percentage points; "
        "less=0.7 percentage points",
        id="what contributed to a growth",
    ),
    pytest.param(
        "The 1,240 refugees are spread as follows: camp 31.2%, town 42.5%, farms 19.1%, port 6.1% and others 5.6%.",
        "shares inconsistent: part=31.2%; part=42.5%; part=19.1%; part=6.1%; part=5.6%",
        id="shares laid out under a colon",
    ),
    pytest.param(
        "The mills turned from a loss of 214 million crowns in 1998 into a gain of 331 million crowns, an improvement "
        "of 554 million crowns.",
        "sum inconsistent: total=554 million crowns; part=214 million crowns; part=331 million crowns",
        id="from a loss to a gain",
    ),
    pytest.param(
        "Grain came to 1,686,200 tons: 412,600 tons of summer grain and 1,268,600 tons of autumn grain. From 2010 to "
        "2012 grain output was 1.523, 1.602 and 1.681 million tons in turn.",
        "sum inconsistent: total=1,686,200 tons; part=412,600 tons; part=1,268,600 tons",
        id="a list behind a colon is of that total, whatever else it makes",
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
    pytest.param(
        "Spending came to €106.5 billion. France led with €22.3 billion, followed by Spain at €17.5 billion, Italy at "
        "€15.6 billion and Malta at €10.0 billion.",
        id="a list of the largest only",
    ),
    pytest.param(
        "The vested shares were worth $12.4 million. The charge was $20.8 million, $19.1 million and $12.6 million in "
        "2019, 2018 and 2017.",
        id="years in turn behind another figure",
    ),
    pytest.param(
        "Outlays were S$344 million. Capital spending was S$1.72 billion, comprising S$587 million for towers and "
        "S$1.13 billion for cables.",
        id="parts that make another total",
    ),
    pytest.param(
        "Of that, $13 billion goes to transit; $2.5 billion to cars; and $1 billion to research.",
        id="figures too coarse for a slip to tell",
    ),
    pytest.param("Of the Navy: killed, 17; wounded, 67; lost, 1; sent home, 6; total, 91.", id="the total is the last"),
    pytest.param(
        "Depreciation in 2006, 2005 and 2004 was $25.4 million, $26.3 million and $28.4 million, respectively. The net "
        "loss on sales was $10,000.",
        id="a net loss is not what is left of years in turn",
    ),
    pytest.param(
        "Use of petrol fell by 11.7 tons (42.8%) to 15.6 tons. Use of coal grew by 11.5 tons (97.3%) to 23.3 tons.",
        id="a fall in brackets is no share",
    ),
    pytest.param(
        "Four in five were well (81 per cent, 45.5 million). Most prayed (33.2 million) and 25 per cent (14.1 million) "
        "did not.",
        id="an amount with a percent of its own is no whole",
    ),
    pytest.param(
        "A total of 1.47 million were women and 1.35 million men. For every 100 women there were 92 men.",
        id="so many to every hundred of others",
    ),
    pytest.param(
        "Interest of 5.0% is paid in two instalments, and the other side pays in four instalments.",
        id="a percent that no words call a share",
    ),
    pytest.param(
        "Trade employed 4.2 million. The tables are KS605 (418 Kb), KS606 (418.5 Kb) and KS607 (415 Kb).",
        id="sizes of files under a number of people",
    ),
    pytest.param(
        "In 2019 four customers took 15%, 14%, 14% and 14% of revenue. In 2018 five customers took 25%, 14%, 14%, 13% "
        "and 12% of revenue.",
        id="a few customers are no part of fewer",
    ),
    pytest.param(
        "Output was 96.42 billion yen. Value added in farming was 14.17 billion yen, in industry 42.83 billion yen and "
        "in tertiary industry 39.42 billion yen. Rain fell. Investment was 71.83 billion yen, with 3.12 billion yen in "
        "farming, 29.47 billion yen in industry and 39.24 billion yen in tertiary industry.",
        id="two values that both agree with others are two things",
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
