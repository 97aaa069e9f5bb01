"""Sentences as accounts, audits, surveys and programmes write them: with one wrong figure each, and with none."""

from __future__ import annotations

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

WRONG = [
    "Revenue for the year ended 31 March 2019 rose to £48.2 million from £41.7 million, an increase of 13.6%.",
    (
        "Operating expenses decreased by $3.4 million, or 8.1%, to $31.7 million in fiscal 2020 compared to "
        "$35.1 million in fiscal 2019."
    ),
    (
        "The Department spent $14.2 million in 2017, $15.6 million in 2018 and $17.1 million in 2019, for a "
        "total of $49.6 million over three years."
    ),
    "Of the 240 schools inspected, 168 (68 per cent) met the minimum standard.",
    (
        "Enrolment in primary schools increased from 1.24 million in 2010 to 1.49 million in 2015, a rise of "
        "25.2 per cent."
    ),
    "The audit sampled 150 contracts; 45 of them, or 35 percent, lacked supporting documents.",
    "The number of beneficiaries fell by 12 percent to 44,000, down from 52,000 the previous year.",
    "Each of the 320 villages received a grant of 25,000 shillings, for a total of 80 million shillings.",
    "Exports accounted for 38.5 percent of production: 77,000 tonnes out of 210,000 tonnes.",
    (
        "The unemployment rate declined to 6.1 percent in December from 6.8 percent a year earlier, a drop of "
        "0.5 percentage point."
    ),
    "Net interest income was $214 million, up $18 million, or 12%, from $196 million a year ago.",
    "The hospital has 412 beds: 210 in general medicine, 98 in surgery, 64 in maternity and 50 in paediatrics.",
    "Forest cover extends over 3.2 million hectares, or 46% of the province's total area of 6.4 million hectares.",
    "Gross margin improved to 42.3% from 39.8%, an increase of 350 basis points.",
    (
        "Capital expenditure for the quarter was €96 million, nearly double the €61 million spent in the same "
        "quarter of 2017."
    ),
    (
        "Wheat output reached 18.6 million tons, 1.2 million tons more than the previous year, an increase of "
        "9.6 percent."
    ),
    "The fund approved 64 loans worth $9.6 million, an average of $1.5 million per loan.",
    (
        "Sales in North America rose 7% to $1.62 billion, from $1.51 billion. Sales in Europe fell 4% to $820 "
        "million, from $894 million."
    ),
    (
        "A total of 1,860 kilometres of roads were rehabilitated, including 940 kilometres of national roads, "
        "560 kilometres of provincial roads and 460 kilometres of rural roads."
    ),
    (
        "The Commission received 1,120 complaints in 2014, of which 640 were resolved and 380 were still "
        "pending at the end of the year."
    ),
    "Total debt was $3.2 billion, consisting of $2.1 billion of senior notes and $0.9 billion of term loans.",
    "Passenger numbers rose to 23.4 million, up 6.8% on the 21.1 million carried in 2015.",
    "In 2016, 8,214 cases were registered, compared with 7,482 in 2015, an increase of 732 cases (8.8%).",
    "The project reached 18,500 farmers, 92.5 percent of the 22,000 planned.",
    "Earnings per share were $2.15 compared with $1.87, up 25%.",
    "The survey interviewed 2,400 respondents, 1,260 men and 1,240 women.",
    "Between 2005 and 2010 electricity consumption doubled from 14.2 to 21.6 TWh.",
    "Interest expense increased $6.2 million, or 31 percent, to $22.4 million.",
    (
        "The Ministry approved 420 projects in 2018. Of these, 310 were completed, 85 were in progress and 35 "
        "had not begun."
    ),
    "Gross written premiums were €1,284 million (2016: €1,196 million), an increase of 9.4%.",
    (
        "Total staff costs were £64.3 million, of which wages and salaries £52.1 million, social security "
        "costs £5.4 million and pension costs £7.8 million."
    ),
    "Diesel consumption fell from 4,180 litres to 3,720 litres, a saving of 460 litres or 14%.",
    "The clinic treated 12,400 patients in the year, 1,600 more than the 10,600 treated in 2013.",
    (
        "In the north, 1,240 households were electrified, and in the south 2,310 households, bringing the "
        "total to 3,450 households."
    ),
    "The Authority collected $214.6 million in fees, which is 107.3% of the budgeted $210 million.",
    "The dropout rate fell by 3.2 percentage points, from 14.6% to 11.2%.",
    (
        "Output of copper rose to 412,000 tonnes from 396,000 tonnes. Output of zinc was 168,000 tonnes, down "
        "8.2% from 193,000 tonnes."
    ),
    "The company operates 1,214 stores: 846 in the United States, 203 in Canada and 156 in Mexico.",
    "Average revenue per user was $42.10; with 3.2 million users, revenue came to $147.2 million.",
    "The number of visitors trebled from 140,000 to 520,000.",
    "The pass rate was 74.5%: 2,682 of the 3,400 candidates passed.",
    "Operating profit was $81.5 million, 12.7% of revenue of $612.0 million.",
    "The dam will irrigate 48,000 hectares, of which 29,000 in the first phase and 17,000 in the second.",
    "He drove 320 miles (415 km) in one day.",
    "Inflation averaged 5.6% in 2011, 0.8 percentage points higher than the 4.6% of 2010.",
    "The workforce numbered 5,320 at year end, compared to 5,070 a year earlier, an increase of 350.",
    "The recovery rate rose to 86% (2,150 of 2,400 cases).",
    "Rice yields doubled, from 2.1 tonnes to 3.4 tonnes per hectare.",
    "Administrative costs were 7.2% of expenditure: $3.1 million of $61.4 million.",
]

RIGHT = [
    "Revenue for the year ended 31 March 2019 rose to £48.2 million from £41.7 million, an increase of 15.6%.",
    (
        "Operating expenses decreased by $3.4 million, or 9.7%, to $31.7 million in fiscal 2020 compared to "
        "$35.1 million in fiscal 2019."
    ),
    (
        "The Department spent $14.2 million in 2017, $15.6 million in 2018 and $17.1 million in 2019, for a "
        "total of $46.9 million over three years."
    ),
    (
        "Of the 240 schools inspected, 168 (70 per cent) met the minimum standard, while 48 (20 per cent) "
        "failed on two counts."
    ),
    "Net sales rose 5% in constant currency to $1.62 billion from $1.58 billion.",
    "The fund approved 64 loans worth $9.6 million, and 12 grants of up to $50,000 each.",
    "Of the 1,120 complaints received, 640 were about delays and 530 about fees; some complaints covered both.",
    "The number of students rose to 4,200, of whom 1,900 were girls, up 12% on the previous year.",
    "Sales increased 10%, 12% and 8% in 2010, 2011 and 2012, respectively, after falling 3% in 2009.",
    "Profit before tax fell to €12 million (2018: €15 million) on revenue of €240 million (2018: €231 million).",
    (
        "Female labour force participation rose from 48 to 52 percent, while the male rate fell by 1 point to "
        "77 percent."
    ),
    (
        "The company repurchased 2.4 million shares for $96 million and 1.1 million shares for $52 million in "
        "the prior year."
    ),
    (
        "A total of 1,860 kilometres of roads were rehabilitated, including 940 kilometres of national roads "
        "and 560 kilometres of provincial roads."
    ),
    (
        "In the first quarter, 320 firms applied; by June the number had reached 910, an increase of 45% on "
        "the first half of 2015."
    ),
    "More than 60 percent of the 3,200 respondents, or over 1,900, were satisfied.",
    "The rate of return on assets was 1.2% in 2015, 1.4% in 2016 and 1.1% in 2017, against a target of 1.5%.",
    "About 30% of the 2,000 staff, some 640 people, work part time.",
    "The three northern counties received 40 percent of the funds and the five southern counties 35 percent.",
    (
        "Imports from China rose 20 percent to $45 billion; exports to China rose 8 percent to $20 billion; "
        "the deficit widened to $25 billion from $19 billion."
    ),
    (
        "The government plans to build 500 schools by 2020; 320 had been built by 2017 and 90 more are under "
        "construction."
    ),
    (
        "Output of cement was 12.4 million tons (up 6%), of steel 8.1 million tons (up 3%) and of coal 30.2 "
        "million tons (down 2%)."
    ),
    ("Interest rates were cut by 25 basis points in March and by a further 50 basis points in June, to 3.25 percent."),
    (
        "The 2015 budget of $120 million was raised to $135 million in July; spending by the end of the year "
        "was $128 million, or 95 percent."
    ),
    "The Ministry approved 420 projects in 2018. Of these, 310 were completed and 85 were in progress.",
    (
        "Gross written premiums were €1,284 million (2016: €1,196 million), an increase of 7.4%, or 9.1% at "
        "constant exchange rates."
    ),
    "The Board met nine times during the year. The ten directors attended 92% of the meetings.",
    "Of the 3,400 candidates, 2,682 passed and 1,140 won distinctions in at least one subject.",
    "The fund returned 6.2% against a benchmark of 5.8%, and 7.1% a year over five years.",
    "Sales fell 4% to $820 million, or 2% excluding currency effects.",
    "By December 1,240 households had been electrified, 310 of them in the last quarter and 420 in the third.",
    "The price rose from $42 in January to $58 in June before falling 20% to $46 in December.",
    "Loans grew 8% and deposits 6%, so that the ratio of loans to deposits rose from 84% to 86%.",
    "In the 2011 census the town had 48,200 people, in 2001 41,900; the district had 112,000 and 103,500.",
    "The average farm has 2.4 hectares and 5.1 family members; 62% of the farms have fewer than 2 hectares.",
    "Some 45% of men and 38% of women smoke, against 52% and 41% in 2003.",
    (
        "The project will cost $60 million, of which the Bank will lend $40 million; $12 million is to be "
        "spent in the first year."
    ),
    "Employment in industry grew by 12,000 to 148,000, while that in agriculture fell by 20,000.",
    "Income tax was $24 million, an effective rate of 31%, compared with $22 million and 34% in the prior year.",
    "Unit sales increased 5% and average prices rose 3%; revenue therefore grew 8%.",
    "The first phase covered 12 districts and the second 18, of which 5 had been in the first phase too.",
    (
        "Interest on the $300 million of 4.5% notes due 2024 was $13.5 million, and on the $200 million term "
        "loan $6.1 million."
    ),
    "The rate of poverty fell from 28.4% in 2005 to 21.6% in 2010, and extreme poverty from 12.1% to 8.3%.",
    "Women hold 36% of the 250 seats in the lower house and 22 of the 60 seats in the upper house.",
    (
        "Revenue was $1.2 billion in 2018, $1.3 billion in 2019 and $1.1 billion in 2020; net income was $140 "
        "million, $155 million and $92 million."
    ),
    "The plan called for 500 wells at a cost of $4,000 each; 430 were dug, at $4,600.",
    "Some 3,200 of the 12,000 applicants were interviewed, 900 were selected and 850 took up a place.",
    (
        "The province has 2.3 million people, 40% of them under 15, on 18,000 square kilometres, that is 128 "
        "people per square kilometre."
    ),
    "Exports to the EU were 54% of the total, those to the CIS 23% and those to China 11%.",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_figure_is_an_error(book: Rulebook, text: str) -> None:
    assert "error" in {f.severity for f in api.check(text, rules=book).findings}


@pytest.mark.parametrize("text", RIGHT)
def test_right_figures_are_no_finding(book: Rulebook, text: str) -> None:
    assert not [f.check.explanation for f in api.check(text, rules=book).findings]
