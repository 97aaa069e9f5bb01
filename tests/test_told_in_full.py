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
    "a change right behind a level": "Roads were extended by 6,318 km, 702 km more than in 2011, up 32.5%.",
    "each figure with its role": "The share fell by 5.6 percentage points to 21.7%, against 23.3% the year before.",
    "the last of a row": (
        "In 2010, 2011 and 2012 the transfers numbered 44,300, 48,600 and 5,250 respectively, 3,900 more in the "
        "last year "
        "than in the year before."
    ),
    "a sentence that leads back": (
        "The number of the poor fell from 10.14 million in 2011 to 8.04 million in 2012. That is a fall of 2.7 million."
    ),
    "another subject behind a semicolon": (
        "Income in these counties rose by 17% to 3,798 yuan from 3,246 yuan; that of the whole province was 414 "
        "yuan, a "
        "nominal growth of 19.4% over the 3,472 yuan of 2010."
    ),
    "points thus gained": "Poverty fell from 61.2% to 4.87%; 12.5 percentage points have thus been gained.",
    "half of them": "Some training reached 405,000 people; 52,500, half of them, found work.",
    "a part of those before": "The plan lists 430 wells. Of these 25 (15%) are dry; 210 of them (70%) are deep.",
    "parts, percents and wholes in turn": (
        "There are 926 key towns and 8,825 key villages, respectively 59.9% and 49.3% of the 5,146 towns and 17,901 "
        "villages of the province."
    ),
    "parts that the rest closes, a sentence on": (
        "The 98 new villages were chosen by bidding. 412 of them lie in the hills, 298 in the plain and the remaining "
        "274 by the sea."
    ),
    "contributions that an offset closes": (
        "Net sales were up 6.4%. Volume contributed 4.1 percentage points and prices 3.3 percentage points, offset by "
        "0.7 percentage points from currency."
    ),
    "a turn to the better": (
        "It turned from a loss of $0.14 billion into a gain of $0.31 billion, a swing of $0.43 billion."
    ),
    "an outcome that a slip turned round": (
        "Operations brought $61.7 million and capital expenditures were $98.5 million, so free cash flow was $43.2 "
        "million."
    ),
    "what each holds": (
        "In all 84,000 cellars were dug, each holding 25 cubic meters, with a storage of 9.1 million cubic meters."
    ),
    "others at the end": "The share of coal was 16.2 per cent, of gas 43.9 per cent and of others 49.9 per cent.",
    "a target of the same houses": (
        "Against the target of 6.25 lakh houses for the year, 5.50 lakh houses have been completed, which works out to "
        "40 per cent."
    ),
    "a percent worked out on the later figure": (
        "Tax revenue was 8.634 billion yuan, an increase of 870 million yuan or 10.1 percent."
    ),
    "a year earlier, behind a semicolon": (
        "The unemployed fell by 12,400 to 643,600; a year earlier there had been 156,000."
    ),
    "a share and the one figure beside it": (
        "Under the scheme 12.4 lakh houses were sanctioned and 9.3 lakh, or 25 per cent, were completed."
    ),
    "a combined total": "The two towns of 84,300 and 61,900 inhabitants have a combined population of 246,200.",
    "an area that is equal to another": "Irrigated land covers 18,600 hectares, equal to 4,600 acres.",
    "what is named again": (
        "In 2011 the tasks of 291 towns and 1,242 villages were completed; the villages were 774 more than the "
        "568 of 2010."
    ),
    "a level told first and pointed at": (
        "Funds of 3.86 billion yuan were arranged. This was 830 million yuan above the 3.83 billion yuan of 2010."
    ),
    "a part larger than its whole": "Of 214,300 people reached 1,179,000 (55%) were women.",
    "a difference of two": (
        "Balances of R 52.4 million, being the difference between the budget of R 438.0 million and costs of R "
        "412.6 million, lapsed."
    ),
    "what exceeds another": (
        "Imports exceeded exports by $4.12 billion: imports were $3.86 billion and exports $2.62 billion."
    ),
    "two years, a sentence each": (
        "The agency employed 1,320 people in 2015. A year later it employed 1,452, an increase of 40%."
    ),
    "a plan and what became of it": (
        "A total of 420 wells were planned. By June 537 had been completed, 85 percent of the plan."
    ),
    "two that are added up a sentence on": (
        "The province harvested 3.2 million tonnes of wheat and 4.1 million tonnes of barley. The combined "
        "harvest was 4.6 million tonnes."
    ),
    "a target right behind its level": (
        "In all 2,350 km were built against a target of 28,000 km, an achievement of 83.9 per cent."
    ),
    "all of them by two kinds": "The district had 845,200 people, of whom 942,600 were women and 902,600 were men.",
    "a budget and a part of it": "The Department spent $412.6 million, or 94.2%, of its budget of $43.8 million.",
    "a change, its frame and a percent": "Headcount fell by 340, from 5,760 to 5,420, a decrease of 9.5%.",
    "what exceeds another by": "Remittances of $1.2 billion exceeded investment of $1.6 billion by $0.5 billion.",
    "one less another": (
        "Free cash flow was £16.2 million, being cash from operations of £98.7 million less outlays of £37.5 million."
    ),
    "two phases together": (
        "The first phase cost $18.4 million and the second $23.1 million. The two phases together cost $51.4 million."
    ),
    "three that come to": (
        "Sales of the three divisions were $120 million, $85 million and $45 million. Together they came to $520 "
        "million."
    ),
    "a rate and so many of so many": "Bed occupancy was 28% as an average of 1,148 of the 1,400 beds were in use.",
    "these and the rest": (
        "The library has 84,000 books. Of these, 50,400 are in English and the remaining 36,600 in French."
    ),
    "what a sentence opens with": "Of total advances of Rs 84.5 crore, Rs 50.7 crore (20 per cent) remained open.",
    "a measure named again": "Tuition was 4,450 dollars in the college. The tuition of 4,850 dollars includes meals.",
    "ports in a row": "The line calls at four ports: Genoa, Bari, Patras, Izmir and Haifa.",
    "each of those before": (
        "In all 4,200 villages joined. Each received a subsidy of 15,000 yuan, and 630 million yuan was needed in"
        " total."
    ),
    "the growth just told": (
        "Income came to 4,749 yuan, 17.1% more than in 2011; the growth was 7.1 percentage points faster than the"
        " 15.4% of the province."
    ),
    "lines closed by their total": (
        "The fund paid for:\n\n- Wages: $38.4 million\n- Goods: $36.9 million\n- Roads: $14.8 million\n"
        "- Total: $91.0 million\n"
    ),
    "lines under what they come to": (
        "Actual spending was $72.3 million, 94% of the estimate.\n\nActual spending was as follows:\n"
        "- Dams: $41.5 million (planned: $44.0 million)\n- Roads: $15.9 million ($17.2 million)\n"
        "- Titles: $4.8 million ($9.1 million)\n- Staff: $6.5 million ($6.4 million)\n"
    ),
}

RIGHT = {
    "a list between dashes": "It trained 4,300 farmers – 2,600 men and 1,700 women – 86% of the target of 5,000.",
    "with and without": "Excluding the sale, revenue grew 3%, from $410 million to $471 million including it.",
    "a total that consists of more": (
        "The $81.6 million of 2011 consisted of $40.0 million of grants and $41.6 million of loans."
    ),
    "a committee of two names": "They set up two committees: Audit, Finance and Safety.",
    "a state of two names": "Three states, namely Punjab, Haryana, Jammu and Kashmir, took part.",
    "a measure of another year": (
        "Tuition was 4,450 dollars in 2010. The tuition of 4,850 dollars in 2011 includes meals."
    ),
    "litres a day and a year": (
        "Milk output was 4.6 million litres a day; with 365 days that is 1,679 million litres a year."
    ),
    "a difference that is no range": "It is the difference between R 438.0 million and R 412.6 million.",
    "some of them by two kinds": (
        "In all 1,860 km were rebuilt, including 940 km of national roads and 560 km of provincial roads."
    ),
    "two heads and a figure of another": (
        "The tower is 84 m high. A year later it was closed for 12 days, 10% more than planned."
    ),
    "two regions and a mean": (
        "The mean was £16,034. The range was largest in London (between £16,426 in the north and £32,823 in the west)."
    ),
    "a growth to a level": (
        "Exports grew by an unparalleled $35 billion, reaching a level of $180 billion. This was 25% more."
    ),
    "a base of before and a share": (
        "The town had 3.06 million people, 18,000 more than in 2013; 46% of the total are young."
    ),
    "shares of a part": "Of 412 wells 298 are deep, 25% of the total of 1,192 wells in the province.",
    "a contribution among others": (
        "Sales were up 6.4%. Volume contributed 4.1 percentage points and prices 3.3 points."
    ),
    "a buyback that remains": (
        "The facility can grow to $1,750 million. We have further lines of $84.1 million and a programme of $1.25"
        " billion. "
        "Approximately $211.1 million remains authorized."
    ),
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
    "lines of which some are told": (
        "Spending was $72.3 million. The largest items were:\n- Dams: $31.5 million\n- Roads: $15.9 million\n"
        "- Titles: $8.4 million\n"
    ),
    "lines of another year": (
        "Spending was $72.3 million in 2012. In 2013 it was as follows:\n- Dams: $41.5 million\n"
        "- Roads: $15.1 million\n- Titles: $8.4 million\n- Staff: $6.5 million\n"
    ),
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_wrong_figure_is_an_error_however_far_off(book: Rulebook, text: str) -> None:
    assert "error" in {f.severity for f in api.check(text, rules=book).findings}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_what_words_leave_open_is_no_finding(book: Rulebook, text: str) -> None:
    assert not [f.check.explanation for f in api.check(text, rules=book).findings]
