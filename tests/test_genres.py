"""True sentences of many genres: filings, audits, government prose, censuses, health, schools, farms: no finding."""

from __future__ import annotations

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

RIGHT = [
    (
        "Total operating revenue for the year was $1,284.6 million, an increase of $96.4 million, or 8.1%, over "
        "the prior year."
    ),
    "Cost of sales rose to $742.3 million from $688.9 million, representing 57.8% of revenue of $1,284.6 million.",
    "Selling expenses were $212.5 million (2017: $198.1 million), up 7.3%.",
    "We repurchased 1.6 million shares at an average price of $42.50 per share for a total of $68.0 million.",
    (
        "As of December 31, 2018, we had 4,820 employees, of whom 3,110 worked in North America, 1,240 in Europe "
        "and 470 in Asia."
    ),
    "Gross margin decreased 120 basis points to 42.2% from 43.4% in fiscal 2017.",
    (
        "The effective tax rate was 24.5%, as income tax expense was $31.4 million on income before taxes of "
        "$128.2 million."
    ),
    "Net debt fell from €412 million to €365 million, a reduction of €47 million.",
    "Diluted earnings per share were $3.12, compared with $2.85 in the previous year, an increase of 9.5%.",
    "Backlog stood at $2.46 billion at year end, 1.2 times annual revenue of $2.05 billion.",
    (
        "The audit covered 1,250 transactions with a value of R 86.4 million; exceptions were found in 175 of "
        "them, or 14%."
    ),
    (
        "Of the 48 recommendations made in the previous report, 31 had been implemented, 12 were in progress and "
        "5 had not been started."
    ),
    (
        "Irregular expenditure increased from R 1.24 billion in 2016-17 to R 1.61 billion in 2017-18, an increase"
        " of 29.8%."
    ),
    "The Department spent R 412.6 million, or 94.2%, of its budget of R 438.0 million.",
    (
        "Unspent balances of R 25.4 million, being the difference between the budget of R 438.0 million and "
        "expenditure of R 412.6 million, were surrendered."
    ),
    "The municipality collected only 62% of the property rates billed, Rs 18.6 crore out of Rs 30.0 crore.",
    (
        "During 2015-16, 2,350 km of rural roads were completed against a target of 2,800 km, an achievement of "
        "83.9 per cent."
    ),
    (
        "The total outlay of Rs 5,600 crore comprises Rs 3,360 crore from the Centre and Rs 2,240 crore from the "
        "State, in the ratio of 60:40."
    ),
    (
        "Food grain production rose by 4.6 per cent to 275.1 million tonnes in 2016-17 from 263.0 million tonnes "
        "in the preceding year."
    ),
    "Under the scheme, 12.4 lakh houses were sanctioned and 9.3 lakh, or 75 per cent, were completed.",
    (
        "Per capita income at current prices was Rs 1,03,219, 9.7 per cent higher than the Rs 94,130 of the "
        "previous year."
    ),
    (
        "The literacy rate increased from 64.8 per cent in 2001 to 74.0 per cent in 2011, a gain of 9.2 "
        "percentage points."
    ),
    (
        "The population of the district was 1,845,200 in the 2010 census, of whom 942,600 were women and 902,600 "
        "were men."
    ),
    (
        "Between the two censuses the population grew from 1.62 million to 1.85 million, an average annual growth"
        " rate of 1.3 percent over ten years."
    ),
    (
        "There were 386,400 households with an average of 4.8 persons per household, giving a household "
        "population of 1,854,720."
    ),
    "The urban population accounted for 32.5 percent of the total of 1,845,200, or 599,690 people.",
    (
        "Some 21.4 percent of the population were under 10, 46.1 percent were between 10 and 39 and the remaining"
        " 32.5 percent were 40 or older."
    ),
    "The hospital admitted 18,420 patients in 2014, 1,340 more than in 2013, a rise of 7.8%.",
    "The average length of stay fell from 6.4 days to 5.8 days, a reduction of 0.6 days.",
    "Of the 2,640 births recorded, 2,112 (80%) were attended by skilled personnel and 528 (20%) were not.",
    "Vaccination coverage rose by 6.3 percentage points, from 82.4% to 88.7%.",
    "The ministry distributed 1.2 million bed nets at a cost of $4.20 each, a total of $5.04 million.",
    "Under-five mortality declined from 96 to 72 deaths per 1,000 live births, a fall of 25 percent.",
    "The number of doctors doubled from 1,240 in 2000 to 2,480 in 2015.",
    "Enrolment in secondary schools was 412,300, comprising 216,800 boys and 195,500 girls.",
    "The pupil-teacher ratio improved from 48.2 to 41.6 as 9,910 teachers taught 412,300 pupils.",
    "Of the 31,500 candidates who sat the examination, 22,680 passed, giving a pass rate of 72%.",
    "The budget for textbooks was increased by 15% from Shs 2.4 billion to Shs 2.76 billion.",
    "Three regions, namely Ashanti, Volta and Eastern, received 1,260 of the 2,100 new classrooms, or 60%.",
    (
        "The district has 112 primary schools, 34 junior high schools and 8 senior high schools, making a total "
        "of 154 schools."
    ),
    "Maize was planted on 84,500 hectares and yielded 2.4 tonnes per hectare, for a harvest of 202,800 tonnes.",
    "Rice production of 1.36 million tonnes was 12% below the target of 1.545 million tonnes.",
    "The area under cotton shrank by one third, from 96,000 hectares to 64,000 hectares.",
    "Cattle numbered 1.42 million, sheep 2.18 million and goats 3.05 million, a total of 6.65 million head.",
    "The fund lent 46.8 million pesos to 1,170 farmers, an average of 40,000 pesos each.",
    "Fertilizer prices rose from $310 to $403 per tonne, or by 30%.",
    "Irrigated land covers 18,600 hectares, equal to 46,000 acres.",
    "Exports of coffee brought in $284 million and exports of tea $116 million, together $400 million.",
    "Imports exceeded exports by $1.24 billion: imports were $3.86 billion and exports $2.62 billion.",
    "GDP grew by 5.2 percent in 2013, 0.8 percentage points faster than the 4.4 percent of 2012.",
    "Agriculture contributed 28.4 percent of GDP, industry 25.1 percent and services 46.5 percent.",
    "Inflation averaged 7.4 percent, down from 9.1 percent a year earlier, a decline of 1.7 percentage points.",
    "Public debt rose from 41.2 percent of GDP to 45.8 percent of GDP, an increase of 4.6 percentage points.",
    "Tourist arrivals reached 1.38 million, up 15% from 1.20 million in 2011.",
    "The programme runs for five years from 2014 to 2018 with a budget of €64 million, or €12.8 million a year.",
    (
        "Grant funding of £24.5 million was matched by £10.5 million from local authorities, bringing the total "
        "to £35.0 million."
    ),
    "The number of unemployed fell by 12,400 to 143,600; a year earlier it had been 156,000.",
    "The survey reached 3,480 households, a response rate of 87% of the 4,000 sampled.",
    "Water losses were cut from 38% to 31% of supply, that is by 7 percentage points.",
    "The Council received 640 applications, approved 416 and rejected the remaining 224.",
    "Rents ranged from £480 to £1,150 a month and averaged £730.",
    "The two towns of 84,300 and 61,900 inhabitants have a combined population of 146,200.",
    "The first phase cost $18.4 million and the second $23.1 million. The two phases together cost $41.5 million.",
    "The agency employed 1,320 people at the end of 2015. A year later it employed 1,452, an increase of 10%.",
    "In 2012 the factory made 64,000 vehicles. In 2013 output was 73,600 vehicles, 15% more.",
    "The grant was $7.2 million. Of this, $4.5 million went to schools and $2.7 million to clinics.",
    "Revenue reached $96.0 million. This was $12.0 million more than the $84.0 million of the year before.",
    (
        "The province harvested 3.2 million tonnes of wheat and 1.4 million tonnes of barley. The combined "
        "harvest of 4.6 million tonnes was a record."
    ),
    "A total of 420 wells were planned. By the end of the year 357 had been completed, 85 percent of the plan.",
    "The company has 52 stores. The stores have an average of 1,850 square metres, 96,200 square metres in all.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_true_figures_are_no_finding(book: Rulebook, text: str) -> None:
    assert not [f.check.explanation for f in api.check(text, rules=book).findings]
