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
    (
        "Net sales in the second quarter increased 6.2% to $318.6 million, compared to $300.0 million in the same"
        " quarter of the prior year."
    ),
    "Operating income was $42.8 million, or 13.4% of net sales of $318.6 million.",
    "Interest expense declined by $1.8 million to $14.2 million, from $16.0 million, reflecting lower debt.",
    "The company paid dividends of $0.36 per share on 125.0 million shares, a total of $45.0 million.",
    (
        "Total assets of €2,840 million consisted of current assets of €1,130 million and non-current assets of "
        "€1,710 million."
    ),
    "Headcount fell by 340, from 5,760 to 5,420, a decrease of 5.9%.",
    (
        "Free cash flow was £61.2 million, being cash from operations of £98.7 million less capital expenditure "
        "of £37.5 million."
    ),
    "Research costs rose from 4.2% to 4.8% of sales, up 60 basis points.",
    "Order intake of SEK 1,920 million was 8% below the SEK 2,087 million booked a year ago.",
    "The loss narrowed from $18.4 million to $11.9 million, an improvement of $6.5 million.",
    "We tested 320 invoices and found errors in 48 of them (15 per cent).",
    "Of total advances of Rs 84.5 crore, Rs 50.7 crore (60 per cent) remained unadjusted for more than two years.",
    "Against the sanctioned strength of 1,240 posts, 930 were filled, leaving 310 vacant.",
    "The State Government released Rs 412 crore of the Rs 515 crore approved, that is 80 per cent.",
    (
        "The excess expenditure of Rs 36 crore was the difference between actual spending of Rs 196 crore and the"
        " grant of Rs 160 crore."
    ),
    "Capital outlay decreased by 12 per cent from Rs 2,150 crore in 2013-14 to Rs 1,892 crore in 2014-15.",
    "The Board approved 18 projects worth UA 642 million, an average of UA 35.7 million per project.",
    "Revenue collection reached KSh 1.38 trillion, 97.2 percent of the target of KSh 1.42 trillion.",
    "The wage bill stood at GH¢ 14.8 billion, GH¢ 1.3 billion more than the GH¢ 13.5 billion of 2015.",
    "Debt service took 31.5 percent of revenue, up from 27.8 percent, an increase of 3.7 percentage points.",
    "The country has 10 regions, 216 districts and 275 constituencies.",
    "The number of households rose from 3.70 million in 2000 to 5.47 million in 2010, an increase of 47.8 percent.",
    "Males numbered 12,024,845 and females 12,633,978, giving a total population of 24,658,823.",
    "The average household size declined from 5.1 persons to 4.4 persons.",
    "In rural areas 2.42 million households, or 44.2 percent of the 5.47 million households, had no toilet.",
    (
        "Persons aged 65 and over made up 4.7 percent of the population, those aged 15 to 64 57.0 percent and "
        "children under 15 38.3 percent."
    ),
    "The infant mortality rate dropped by 11 points, from 64 to 53 per 1,000 live births.",
    "A total of 846 health workers were trained: 412 nurses, 298 midwives and 136 laboratory technicians.",
    "Outpatient visits increased by 18% over the previous year, from 1.50 million to 1.77 million.",
    "Bed occupancy was 82% as an average of 1,148 of the 1,400 beds were in use.",
    "The campaign reached 2.85 million of the 3.00 million children targeted, a coverage of 95%.",
    "Antenatal clinics tested 186,000 women, of whom 9,300, or 5%, were HIV positive.",
    "There were 1,260 schools in the district in 2016, 84 more than the 1,176 of 2015.",
    "Girls made up 48.5 percent of enrolment, or 203,700 of 420,000 pupils.",
    "The ministry recruited 2,400 teachers in 2014 and 3,100 in 2015, a total of 5,500 in the two years.",
    "Each school received a grant of $1,200; with 850 schools the total came to $1.02 million.",
    "The completion rate improved from 71.3% to 76.8%, a gain of 5.5 percentage points in four years.",
    "Of every 100 pupils who enter grade one, 62 reach grade six.",
    (
        "The crop was sown on 1.24 million hectares, 6 per cent more than the 1.17 million hectares of the "
        "previous season."
    ),
    "Average yields rose from 1.8 to 2.1 tonnes per hectare, an increase of 17 percent.",
    "Milk output was 4.6 million litres a day; with 365 days that is 1,679 million litres a year.",
    "The cooperative bought 3,600 tonnes of cocoa at $2,150 a tonne, paying $7.74 million.",
    "Of the 9,200 hectares planted, 6,440 hectares (70%) survived and 2,760 hectares (30%) died.",
    "Exports of cut flowers grew nearly threefold, from $42 million to $124 million.",
    "The dam holds 380 million cubic metres when full and was at 266 million cubic metres, or 70% of capacity.",
    "GDP was $38.6 billion and the population 24.66 million, so that GDP per capita was $1,565.",
    "The current account deficit narrowed to $1.9 billion, or 4.9 percent of GDP of $38.6 billion.",
    "Remittances of $2.1 billion exceeded foreign direct investment of $1.6 billion by $0.5 billion.",
    "The three largest banks hold 24%, 19% and 15% of deposits, 58% in all.",
    "Unemployment was 9.6 per cent among women and 7.2 per cent among men, a gap of 2.4 percentage points.",
    "The fund has committed €180 million, of which €126 million (70%) has been disbursed.",
    "In 2017 the port handled 22.4 million tonnes. In 2018 it handled 24.2 million tonnes, an increase of 8%.",
    "The bridge cost $46.8 million. That is $5.2 million more than the $41.6 million estimated.",
    "The library has 84,000 books. Of these, 50,400 are in English and the remaining 33,600 in French.",
    "The survey covered 2,500 firms. Some 1,650 of them, 66%, replied.",
    (
        "Sales of the three divisions were $120 million, $85 million and $45 million. Together they came to $250 "
        "million."
    ),
    "The scheme has 64,000 members. Each pays $15 a month, which brings in $960,000 a month.",
    "Power generation was 8,640 GWh, of which hydro 5,616 GWh (65%) and thermal 3,024 GWh (35%).",
    "The city needs 240,000 cubic metres of water a day but gets 180,000, a shortfall of 60,000.",
    "Arrears were reduced from R 84 million to R 63 million, i.e. by a quarter.",
    (
        "The company has two segments, with revenue of $84.2 million and $51.6 million; corporate costs of $12.4 "
        "million brought operating profit to $18.9 million."
    ),
    "In 2014 the fund supported 120 projects. In 2015 it supported 96, and a further 40 were under review.",
    "The plan set a target of 500 classrooms. By June, 320 had been started, 64 of them financed by donors.",
    "A total of 1,200 farmers attended, 40% of them women, and 300 received seed at 12 kg each.",
    "The two dams hold 84 million and 126 million cubic metres. Together they irrigate 32,000 hectares.",
    "Revenue was $96.0 million. This was helped by $12.0 million from the sale of land.",
    "The combined budget of the three ministries rose by 8% to $412 million.",
    "The gap between the highest score of 84 and the lowest of 37 has not changed since 2010.",
    "Costs exceeded the estimate of $40 million by 12%.",
    "Of the 480 pupils, 120 walked for more than an hour and 95 came by bus.",
    "Some 62% of women and 71% of men were employed, and 8% of the employed worked part time.",
    "Of the respondents 45% named cost, 38% quality and 32% distance.",
    "Services made up 54% of exports, and tourism made up 31% of services.",
    "The grant of $4.5 million covers 60% of the cost, the remaining 40% being borne by the states.",
    "In the five years to 2015 spending rose by 22%, or 4% a year.",
    "The three-year contract, signed in 2012, was extended to 2019.",
    "In the ten years from 1990 to 2001 the census was not taken; the next was in 2011.",
    "Net income was $31 million, including a gain of $46 million on the sale of a subsidiary.",
    "The fleet consists of ships of 58 types: 21 tankers and 8 tugs are the largest groups.",
    "The fund lent $4.2 million to 1,400 women at an average rate of 12%; loans averaged $3,000.",
    "The average farm of 2.4 hectares yields 3.1 tonnes per hectare, against 4.0 tonnes on the 120 model farms.",
    "Sales rose 8% in the north, 3% in the south and 11% in the east, or 6% in all.",
    "Prices rose by 4.2%, 1.1 points more than wages, which rose by 3.1%.",
    (
        "The share of the young fell from 34% to 31% and that of the old rose from 9% to 12%, a difference of 3 "
        "points each."
    ),
    "Unit costs fell by a third, from $12 to $8, and volumes doubled to 640,000 from 320,000.",
    "The budget was cut by 10% to $90 million in May and by another 10% to $81 million in July.",
    "The bank has 420 branches, 84 more than its nearest rival, which closed 12 last year.",
    "Exports reached $2.4 billion, 12% above the target set in 2013 and 18% above the level of 2012.",
    "The number of beds per 1,000 people rose from 1.2 to 1.5, while the number of beds rose from 24,000 to 33,000.",
    "Grants of $18 million, loans of $26 million and fees of $3 million made up most of the income of $52 million.",
    "The town has 18,400 people; the 4,300 pupils of its schools come from 12 villages as well.",
    "Only 120 of the 300 wells work: 95 were never equipped and 85 have run dry.",
    "The agency inspected 1,450 sites, issued 230 warnings and closed 18 plants, 12 more than the year before.",
    (
        "Two of the three bridges, at a cost of $14 million and $9 million, were finished; the third will cost "
        "$21 million."
    ),
    "The scheme reached 52,000 households, or 260,000 people, 5 to a household.",
    "From 2010 to 2014 output grew by 6.1% a year, from 3.2 million to 4.0 million tonnes, and in 2015 by 2%.",
    "In 2012 there were 64 clinics. By 2016 another 18 had opened and 4 had closed.",
    "The tax yielded $38 million in the first half and $41 million in the second, 5% more than planned.",
    "The excess of revenue over expenditure was $3.2 million, compared with $2.8 million a year earlier.",
    (
        "The county spent 24% of its funds on roads, 31% on schools and 12% on health, and saved the remaining "
        "8%, having paid a quarter in interest."
    ),
]


@pytest.mark.parametrize("text", RIGHT)
def test_true_figures_are_no_finding(book: Rulebook, text: str) -> None:
    assert not [f.check.explanation for f in api.check(text, rules=book).findings]
