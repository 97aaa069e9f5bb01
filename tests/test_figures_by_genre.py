"""Figures in the manner of newswire, journals, filings, price news and ranges: each sentence with all its claims."""

from __future__ import annotations

import pytest

from pipeline.rulebook import Rulebook
from test_figures import claims, skipped

NEWS = {
    "a phrase that is quoted once": (
        "The link of the two funds grew, and the “two funds” met.",
        ["two funds = 2 fund", "two funds = 2 fund"],
    ),
    "people of an age": ("Help went to the over 65s and under 5s.", []),
    "N to one with hyphens": ("It has a 10-to-1 ratio and 2.5-to-1 cover.", ["10-to-1 = 10", "2.5-to-1 = 2.5"]),
    "above the age of": (
        "Men above the age of 21 vote, at the age of 18 they do not.",
        ["21 = 21 year >", "18 = 18 year"],
    ),
    "the years of a thing": ("A sum of 21 was paid.", ["21 = 21"]),
    "ranging in something from": (
        "Halls ranging in space from about 2,500 to 8,000 square feet were let.",
        ["2,500 to 8,000 square feet = 2500..8000 ft2 ~"],
    ),
    "a verb behind a number": ("Code 26 refers to lamps, and a value of 100 allows for it.", ["100 = 100"]),
    "about an article": (
        "It saw nearly a 50 percent rise, then about a 45 percent one, by more than a 10% stake.",
        ["50 percent = 50 % ~", "45 percent = 45 % ~", "10% = 10 % >"],
    ),
    "concerns about an article": ("There are concerns about a 10% tariff.", ["10% = 10 %"]),
    "under an article": ("It was lent under a $500 million facility.", ["$500 million = 500000000 USD"]),
    "half of one percent": ("It was less than half of one per cent.", ["half of one per cent = 0.5 % <"]),
    "a phone behind a colon": ("Technical information: (202) 555-0142 by day.", []),
    "a unit in brackets": (
        "Revenue was 68,450 (10,000 yuan), and 12 prizes (10,000 yuan) were given.",
        ["68,450 (10,000 yuan) = 684500000 CNY", "12 prizes = 12 prize", "10,000 yuan = 10000 CNY"],
    ),
    "feet and inches": ("He is 7 feet 10 inches tall.", ["7 feet 10 inches = 94 inch"]),
    "years and months": ("She got two years and three months.", ["two years and three months = 27 month"]),
    "years and months apart": (
        "They got two years and three months, respectively.",
        ["two years = 2 year", "three months = 3 month"],
    ),
    "dollars and cents": ("It costs $20 and 43 cents.", ["$20 and 43 cents = 20.43 USD"]),
    "one of a unit with a bound": (
        "It lasts at least a year, or about a mile, for less than a dollar a day.",
        ["a year = 1 year >=", "a mile = 1 mi ~", "a dollar = 1 USD per day <"],
    ),
    "one of a unit without a bound": ("It lasts a year; he walked about a house in under a year-long tour.", []),
    "millions with a letter": ("Subscribers rose by 2.6m to 231m.", ["2.6m = 2600000", "231m = 231000000"]),
    "metres with a letter": ("Houses stood 25m from the road.", ["25m = 25 m"]),
    "one of a few behind that": ("They say that one in five mills is shut.", ["one in five = 0.2"]),
    "zero in a list": (
        "It has 15 rigs, against eight, zero and six.",
        ["15 rigs = 15 rig", "eight = 8", "zero = 0", "six = 6"],
    ),
    "a footnote at a stop": ("Output rests on growth.4 houses were built.", []),
    "a raised point": ("It was 3·5 per cent, then 4·25 per cent.", ["3·5 per cent = 3.5 %", "4·25 per cent = 4.25 %"]),
    "two raised points in one": ("It was 3·5 per cent, then 4·5·6 tons.", ["3·5 per cent = 3.5 %"]),
    "barrels of something a day": (
        "It pumps 1.2 million barrels of crude oil a day, or 55 million cubic metres of gas a year.",
        ["1.2 million barrels = 1200000 bbl per day", "55 million cubic metres = 55000000 m3 per year"],
    ),
    "one in many in words": (
        "Roughly one in 10,000 births, one in 8 adults.",
        ["one in 10,000 = 0.0001 ~", "one in 8 = 0.125"],
    ),
    "another range": (
        "It needs another $3 million to $4 million.",
        ["$3 million to $4 million = 3000000..4000000 USD"],
    ),
    "anything from": ("It rose by anything from 3 to 9 per cent.", ["3 to 9 per cent = 3..9 %"]),
    "more than but fewer than": (
        "More than 50 but fewer than 80 people came.",
        ["50 = 50 person >", "80 people = 80 person <"],
    ),
    "deep at most": ("The lake is 25 m deep at most.", ["25 m = 25 m <="]),
    "a level a month earlier is no rate": (
        "Unemployment edged up to 4.1% in June from 3.9% a month earlier.",
        ["4.1% = 4.1 %", "3.9% = 3.9 %"],
    ),
    "a part behind and": (
        "Half of the 12 shops and a quarter of the 80 mills will go.",
        ["Half = 0.5", "12 shops = 12 shop", "a quarter = 0.25", "80 mills = 80 mill"],
    ),
    "a person's age in commas": ("Ms Ruiz, 54, said so.", ["54 = 54 year"]),
    "the age of an unnamed person": ("The suspect, 19, faces trial.", ["19 = 19 year"]),
    "numbers in commas that are no ages": ("Medals went to Kenya, 12, and Cuba, 14.", ["12 = 12", "14 = 14"]),
    "a birthday": ("The king turned 74.", ["74 = 74 year"]),
    "barrels a day": (
        "It pumps 600,000 bpd, or 0.6 mb/d.",
        ["600,000 bpd = 600000 bbl per day", "0.6 mb/d = 0.6 Mbbl per day"],
    ),
    "a margin of error": ("It is good to plus or minus 3 points.", ["3 points = 3 point ~"]),
    "won behind a trillion": ("It earned 1.15 trillion won last year.", ["1.15 trillion won = 1150000000000 KRW"]),
    "an hour and a half": ("It took an hour and a half.", ["an hour and a half = 1.5 hour"]),
    "years and a half": ("It took 3 years and a half.", ["3 years and a half = 3.5 year"]),
    "in each of the next years": (
        "It pays 2.5% in each of the next two years.",
        ["2.5% = 2.5 %", "two years = 2 year"],
    ),
    "a capital M alone": ("It went from 8M to 10M.", ["8M = 8000000", "10M = 10000000"]),
    "points of an index said again": (
        "The index fell 2.3%, or 320 points.",
        ["2.3% = 2.3 %", "320 points = 320 point"],
    ),
    "torque": ("It gives 273 pound-feet.", ["273 pound-feet = 273 lb-ft"]),
    "a million dozen": (
        "It sold 1.2 million dozen and 3 dozen eggs.",
        ["1.2 million dozen = 1200000 dozen", "3 dozen eggs = 36 egg"],
    ),
    "a temperature without its sign": ("A 2.7C rise in temperature is near.", ["2.7C = 2.7 °C"]),
    "one point": ("It rose 0.7 point.", ["0.7 point = 0.7 point"]),
    "over a time": ("It spent 30 Yuan over 20 years.", ["30 Yuan = 30 CNY", "20 years = 20 year"]),
    "for over a time": ("It ran for over 20 years.", ["20 years = 20 year >"]),
    "an age with a bound": ("Women aged under 16 came.", ["16 = 16 year <"]),
    "ages in a list": ("Women aged under 20 and 20-24 came.", ["20 = 20 year <", "20-24 = 20..24 year"]),
    "and over": ("Persons aged 75 and over came.", ["75 = 75 year >="]),
    "a name with its year": ("Sales at the 2008 Summer Olympics rose.", []),
    "a blank that was lost": ("It gave up to11,600,000 shares.", ["11,600,000 shares = 11600000 share <="]),
    "groups set apart": ("It struck 40, 000, 000 coins.", ["40, 000, 000 coins = 40000000 coin"]),
    "what forecasters expected": ("It beat the 357,938 analysts had expected.", ["357,938 = 357938"]),
    "a few analysts": ("The 12 analysts met.", ["12 analysts = 12 analyst"]),
    "home and second things": (
        "It played 19 home games, sold 40 online courses and 7 second homes.",
        ["19 home games = 19 game", "40 online courses = 40 course", "7 second homes = 7 home"],
    ),
    "a plural that owns": (
        "The 312 water users’ associations met 350 guests' families.",
        ["312 water users’ associations = 312 association", "350 guests' families = 350 family"],
    ),
    "a plural that owns no plural": ("It lost 350 guests' luggage.", ["350 guests = 350 guest"]),
    "time of a thing in a time": (
        "It shows four to five minutes of ads an hour.",
        ["four to five minutes = 4..5 minute per hour"],
    ),
    "pounds of money near a price": (
        "The flat costs 2,300 pounds a month; the parcel weighs 12 pounds, and they paid for 30 pounds of rice.",
        ["2,300 pounds = 2300 GBP per month", "12 pounds = 12 lb", "30 pounds = 30 lb"],
    ),
    "a list that ends in one": (
        "Prices rose in 12 of the 16 towns, fell in three and were unchanged in one.",
        ["12 = 12", "16 towns = 16 town", "three = 3", "one = 1"],
    ),
    "one of several that are": (
        "Of the 12 mines, eight are open, three are shut and one is being built.",
        ["12 mines = 12 mine", "eight = 8", "three = 3", "one = 1"],
    ),
    "one in ten in both ways": (
        "1 in ten adults, not 1 in ten years.",
        ["1 in ten = 0.1", "1 = 1", "ten years = 10 year"],
    ),
    "two adjectives and another": (
        "The eight central and eastern European countries and the 20 most reported languages.",
        ["eight central and eastern European countries = 8 country", "20 most reported languages = 20 language"],
    ),
    "less of them": (
        "There were 300 less failures, 12 less than before.",
        ["300 less failures = 300 failure", "12 = 12"],
    ),
    "a digit and one thing": (
        "It had 1 death, 1 new case and 1 in the north; expansion 1 capital charges.",
        ["1 death = 1 death", "1 new case = 1 case", "1 = 1", "1 = 1"],
    ),
    "estimated by someone": ("It gets an EPA-estimated 303 miles of range.", ["303 miles = 303 mi ~"]),
    "buried under": (
        "He lay buried under two metres of snow for under 3 hours.",
        ["two metres = 2 m", "3 hours = 3 hour <"],
    ),
    "no part of a number is one": ("Maize sold at K18,500 and Q2,400.50 a bag.", []),
    "lives and votes": ("It took 12 lives and 218 votes.", ["12 lives = 12 life", "218 votes = 218 vote"]),
    "the first hour and a half": (
        "It burned 40 litres in its first hour and a half.",
        ["40 litres = 40 l", "hour and a half = 1.5 hour"],
    ),
    "a sum of six figures": ("His debts ran to six figures, or 9 figures with 2.", ["9 figures = 9 figure", "2 = 2"]),
    "a bound over a line's end": ("It asks for all, but not\nless than 51 pct.", ["51 pct = 51 % >="]),
    "one preposition for each": (
        "It found 14 studies on growth, five on health and one on death.",
        ["14 studies = 14 study", "five = 5", "one = 1"],
    ),
    "one or many": (
        "It had 11.91 migrant(s)/1,000 population and 5 day(s) off.",
        ["11.91 migrant(s) = 11.91 migrant per 1,000 population", "5 day = 5 day"],
    ),
}

SCIENCE = {
    "a variable without blanks": ("It was tested (n=2,014) with r=0.87.", ["2,014 = 2014", "0.87 = 0.87"]),
    "a code with a sign": ("The key is id=305 there.", []),
    "what is counted before a stroke": (
        "It reached 2 × 10^6 cells/mL and 40 teachers/trainers.",
        ["2 × 10^6 cells = 2000000 cell per ml", "40 teachers/trainers = 40 teachers/trainer"],
    ),
    "a second power of a doubtful letter": ("It is 401 W m−1 K−1.", ["401 W = 401 W per m per K"]),
    "a raised power behind a stroke": ("It fell at 9.81 m/s² there.", ["9.81 m = 9.81 m per second2"]),
    "a product behind a stroke": ("It is 4.18 J/(g·K) for water.", ["4.18 J = 4.18 J per g per K"]),
    "a unit to a negative power": ("The yield was 6.4 t ha−1.", ["6.4 t = 6.4 t per ha"]),
    "several powers": ("A flux of 20 µmol m−2 s−1 was met.", ["20 µmol = 20 µmol per m2 per second"]),
    "what is measured before the power": ("A flux of 0.6 Pg C yr−1 was met.", ["0.6 Pg = 0.6 Pg per year"]),
    "a number per second": ("The rate was 3.2 × 10−4 s−1 there.", ["3.2 × 10−4 = 0.00032 per second"]),
    "a substance before the power": (
        "A flux of 13 µmol CO2 m−2 s−1 and 5 mg nitrate L−1.",
        ["13 µmol = 13 µmol per m2 per second", "5 mg = 5 mg per l"],
    ),
    "a sign without a blank": ("It was so (P<0.001).", ["0.001 = 0.001 <"]),
    "molar": ("It was washed with 0.1M NaCl and 50 mM Tris.", ["0.1M = 0.1 M", "50 mM = 50 mM"]),
    "megabases": ("The genome has 4.6 Mb.", ["4.6 Mb = 4.6 megabase"]),
    "an element before the stroke": ("It used 12 kg N/ha.", ["12 kg = 12 kg per ha"]),
    "an m before another unit": ("It waters 1.2 m ha.", ["1.2 m ha = 1200000 ha"]),
    "per ten thousand": ("The rate was 3.4 per 10,000.", ["3.4 = 3.4 per 10,000"]),
    "doses in a list": (
        "Doses of 10, 20 and 40 mg/kg were given.",
        ["10 = 10 mg per kg", "20 = 20 mg per kg", "40 mg = 40 mg per kg"],
    ),
    "a power behind a stroke": ("They got 20 J/m^2 of light.", ["20 J = 20 J per m2"]),
    "raised powers": ("They got 20 mg kg⁻¹ of it.", ["20 mg = 20 mg per kg"]),
    "millimetres of mercury": ("It fell by 5.3 mm Hg.", ["5.3 mm Hg = 5.3 mmHg"]),
    "base pairs": ("The DNA gave 300 bp and 5 base pairs.", ["300 bp = 300 base pair", "5 base pairs = 5 base pair"]),
    "a temperature": ("At a temperature of 350 K it melts.", ["350 K = 350 K"]),
    "under a pressure": ("At 98% under 2 MPa it melts.", ["98% = 98 %", "2 MPa = 2 MPa"]),
    "one in many": ("It hits 1 in 21 children.", ["1 in 21 = 0.047619047619"]),
    "what a centrifuge does": (
        "It was spun at 12,000 × g for 10 min.",
        ["12,000 × g = 12000 × g", "10 min = 10 minute"],
    ),
    "a substance with a hyphen": ("It gave 2.4 kg N2O-N ha−1 yr−1.", ["2.4 kg = 2.4 kg per ha per year"]),
    "a letter borne out by its power": (
        "It ran at 10 A g−1, warmed at 5 K/min.",
        ["10 A = 10 A per g", "5 K = 5 K per minute"],
    ),
    "the top of a soil": ("It lies in the top 30 cm of the top 20 farms.", ["30 cm = 30 cm"]),
    "a period that is no base": ("It rounds it every 11.2 days.", ["11.2 days = 11.2 day"]),
    "pairs of pressures": (
        "It fell from 148/92 mmHg to 131/84 mmHg.",
        ["148 = 148 mmHg", "92 mmHg = 92 mmHg", "131 = 131 mmHg", "84 mmHg = 84 mmHg"],
    ),
    "multiples by their prefix": (
        "It took 9.3 petagrams, 40 μT, 350 µS/cm and 12 pCi/L.",
        ["9.3 petagrams = 9.3 Pg", "40 μT = 40 µT", "350 µS = 350 µS per cm", "12 pCi = 12 pCi per l"],
    ),
    "milli and mega": ("The cell holds 5 mWh, the town 5 MWh.", ["5 mWh = 5 mWh", "5 MWh = 5 MWh"]),
    "products of units": (
        "It has 2.5 mΩ cm, 4 Pa s and 3 N m.",
        ["2.5 mΩ cm = 2.5 mΩ·cm", "4 Pa s = 4 Pa·s", "3 N m = 3 N·m"],
    ),
    "per second": ("Water flowed at 30 litres per second through it.", ["30 litres = 30 l per second"]),
    "a second is no half": ("It ran 3 times a second.", ["3 times = 3 time per second"]),
    "parts that are counted": (
        "It is one one-hundredth of a percent, three one-thousandths of an inch.",
        ["one one-hundredth of a percent = 0.01 %", "three one-thousandths of an inch = 0.003 inch"],
    ),
    "a power without a caret": (
        "It was kept in 10−6 Torr over 10−15 km.",
        ["10−6 Torr = 0.000001 Torr", "10−15 km = 10..15 km"],
    ),
    "twenty-firsts": ("It took three twenty-firsts of it.", ["three twenty-firsts = 0.142857142857"]),
    "a count that looks like a year": (
        "It ended in 1861 adults (n = 1535), in 1861 in all.",
        ["1861 adults = 1861 adult", "1535 = 1535"],
    ),
    "ratios by their letters": (
        "It is high (HR=1.72; 95% CI: 1.30-2.27).",
        ["1.72 = 1.72", "95% = 95 %", "1.30-2.27 = 1.3..2.27"],
    ),
    "a hyphen behind a bracket": ("The interleukin (IL)-1β and IL-6 rose.", []),
    "a list of decimals": (
        "It took 0.06, 0.15, 0.30, 1.00 mM of it.",
        ["0.06 = 0.06 mM", "0.15 = 0.15 mM", "0.30 = 0.3 mM", "1.00 mM = 1 mM"],
    ),
    "one against another": ("It was 46.7 vs. 96.7 mg.", ["46.7 = 46.7 mg", "96.7 mg = 96.7 mg"]),
    "counts beside a size": (
        "Those below 6 cm had it, compared with 10 (71%) of 14 patients.",
        ["6 cm = 6 cm <", "10 = 10", "71% = 71 %", "14 patients = 14 patient"],
    ),
    "powers in brackets": (
        "It held 1.5 X 10(6) cells/ml in 5 x 10(-4)M of it.",
        ["1.5 X 10(6) cells = 1500000 cell per ml", "5 x 10(-4)M = 0.0005 M"],
    ),
    "a rate behind a stroke": (
        "It was 51.8/100,000 inhabitants, then 10.0/100,000 and 3/10000, with 15/108 (13.9%) of them.",
        [
            "51.8 = 51.8 per 100,000 inhabitants",
            "10.0 = 10 per 100,000",
            "3 = 3 per 10000",
            "15 = 15",
            "108 = 108",
            "13.9% = 13.9 %",
        ],
    ),
    "a charge": ("It crosses as CO(2), not as HCO(3-).", []),
    "barrels daily": ("It pumps 948,000 barrels of crude daily (bpd).", ["948,000 barrels = 948000 bbl per day"]),
    "things behind a stroke": (
        "It had 40 deaths/100,000 live births, 11.41 births/1,000 population (2025 est.).",
        ["40 deaths = 40 death per 100,000 live births", "11.41 births = 11.41 birth per 1,000 population"],
    ),
    "two tolerances": (
        "The ages were 10.1 ± 4.6 and 10.6 ± 4.3 years, the doses 46.7 ± 6.3 vs. 96.7 ± 11.9 mg.",
        ["10.1 ± 4.6 = 10.1 year", "10.6 ± 4.3 years = 10.6 year", "46.7 ± 6.3 = 46.7 mg", "96.7 ± 11.9 mg = 96.7 mg"],
    ),
}

FILINGS = {
    "notes with their year": ("The 2028 Debentures and our 2019 Warrants were sold.", []),
    "up to an additional sum": ("It may borrow up to an additional $200 million.", ["$200 million = 200000000 USD <="]),
    "a year's figure in brackets": ("It had 45 (2018: 38) lamps.", ["45 = 45", "38 = 38"]),
    "equal installments": (
        "It is due in 36 equal monthly installments.",
        ["36 equal monthly installments = 36 installment"],
    ),
    "by from one to the other": (
        "It would cut income by $12 to $15 million.",
        ["$12 to $15 million = 12000000..15000000 USD"],
    ),
    "a footnote behind a percent": ("Sales rose 5%.2 Costs fell.", ["5% = 5 %"]),
    "a letter apart from its sum": ("Aid worth US$ 25 m was paid.", ["US$ 25 m = 25000000 USD"]),
    "of dollars": ("It spent half a million of dollars.", ["half a million of dollars = 500000 USD"]),
    "equivalent employees": (
        "It had 12,400 full-time equivalent employees.",
        ["12,400 full-time equivalent employees = 12400 employee"],
    ),
    "none above": (
        "No customer exceeded 10 percent, none held more than 5% and no fewer than 12 paid more than $50.",
        ["10 percent = 10 % <=", "5% = 5 % <=", "12 = 12 >=", "$50 = 50 USD >"],
    ),
    "a negative sum": (
        "It paid NOK 87 mill. in tax, a negative NOK 140 million.",
        ["NOK 87 mill. = 87000000 NOK", "negative NOK 140 million = -140000000 NOK"],
    ),
    "letters that multiply": (
        "It had 1.2b, 1,674.5 M and 2.33 k.",
        ["1.2b = 1200000000", "1,674.5 M = 1674500000", "2.33 k = 2330"],
    ),
    "none, with an aside": (
        "No other country, outside of the United States, represented more than 10% of it.",
        ["10% = 10 % <="],
    ),
    "each based on": ("They got shares of £3,600 each based on the price.", ["£3,600 = 3600 GBP per each"]),
    "a head": ("Output per head was highest at £37,232.", ["£37,232 = 37232 GBP per person"]),
}

PRICES = {
    "a minus before money": (
        "EBIT was -$35m, cash (-£2 million) and $30-$35m.",
        ["-$35m = -35000000 USD", "-£2 million = -2000000 GBP", "$30-$35m = 30000000..35000000 USD"],
    ),
    "millions of a range": ("It pays $5-6m.", ["$5-6m = 5000000..6000000 USD"]),
    "millions of homes": (
        "It lit 1.5m-2m homes; 2m-3m deep.",
        ["1.5m-2m homes = 1500000..2000000 home", "2m-3m = 2..3 m"],
    ),
    "a quarter-point": (
        "A quarter-point cut follows a half-percentage-point rise.",
        ["A quarter-point = 0.25 pp", "a half-percentage-point = 0.5 pp"],
    ),
    "a sign with a hyphen": ("The 1,200-MW plant made a 9-mm nail.", ["1,200-MW = 1200 MW", "9-mm = 9 mm"]),
    "eighths of a cent": ("Corn was $4.88-3/4 a bushel.", ["$4.88-3/4 = 4.8875 USD per bushel"]),
    "dollars of a country by their sign": ("It cost Col$250 million.", ["Col$250 million = 250000000 COP"]),
    "pence of a dividend": ("The dividend was lifted 8% to 27.5p.", ["8% = 8 %", "27.5p = 27.5 penny"]),
    "a currency's name before the sum": (
        "It cost Naira 2 billion, Taka 500 and Rupees 40.",
        ["Naira 2 billion = 2000000000 NGN", "Taka 500 = 500 BDT", "Rupees 40 = 40 INR"],
    ),
    "N to one is a ratio": (
        "A leverage ratio of 3 to 1 and of 3.50 to 1.00 hold.",
        ["3 to 1 = 3", "3.50 to 1.00 = 3.5"],
    ),
    "from N to one is a fall": ("It fell from 3 to 1.", ["3 = 3", "1 = 1"]),
    "a loss in brackets with its letter": (
        "It was £1.7m (before: £(8.1m)).",
        ["£1.7m = 1700000 GBP", "£(8.1m) = -8100000 GBP"],
    ),
    "a word cut at the line's end": ("It came to $1926.8 mil- lion.", ["$1926.8 mil- lion = 1926800000 USD"]),
    "inches before their direction": ("The door is 2 1/2 in thick.", ["2 1/2 in = 2.5 inch"]),
    "lei": ("It costs 75 lei, or TL 40 million.", ["75 lei = 75 RON", "TL 40 million = 40000000 TRY"]),
    "rents": (
        "Rents of £700–£950 pcm, or £140 pw, are common.",
        ["£700–£950 = 700..950 GBP per month", "£140 = 140 GBP per week"],
    ),
    "small coins": (
        "It costs 10 kobo, 5 kopecks and 12.4p per share.",
        ["10 kobo = 10 kobo", "5 kopecks = 5 kopeck", "12.4p = 12.4 penny per share"],
    ),
    "grands": (
        "He took eleven grand, two grand pianos and 20 grand.",
        ["eleven grand = 11000", "two grand pianos = 2 piano", "20 grand = 20000"],
    ),
    "plus more of it": (
        "It was 85 million euros plus 15 million in fees.",
        ["85 million euros = 85000000 EUR", "15 million = 15000000 EUR"],
    ),
    "letters of money": (
        "It paid P1.2 billion and Sh4.5 million on page P2.",
        ["P1.2 billion = 1200000000 PHP", "Sh4.5 million = 4500000 KES"],
    ),
    "a citizen": ("It costs 70 cents a citizen.", ["70 cents = 70 cent per citizen"]),
}

RANGES = {
    "fractions between": ("Between a third and a half of them left.", ["a third and a half = 0.333333333333..0.5"]),
    "fractions to": ("About a half to two-thirds left.", ["a half to two-thirds = 0.5..0.666666666667 ~"]),
    "fractions that moved": ("It rose from a quarter to a third.", ["a quarter = 0.25", "a third = 0.333333333333"]),
    "to with hyphens": ("It is a 5-to-10-year plan.", ["5-to-10-year = 5..10 year"]),
    "inches with parts": ("It is 2 1/2 to 3 inches wide.", ["2 1/2 to 3 inches = 2.5..3 inch"]),
    "one number or the next": ("There were two or three witnesses.", ["two or three witnesses = 2..3 witness"]),
    "or more of them": ("It has three or more children.", ["three or more children = 3 child >="]),
    "a plus": ("It lasts 8+ hours.", ["8+ hours = 8 hour >="]),
    "odd": ("He wrote 40-odd letters.", ["40-odd letters = 40 letter ~"]),
    "a verb that could be a noun": ("Firms report 8 to 10 percent growth.", ["8 to 10 percent = 8..10 %"]),
    "a second move": (
        "It rose from 7 to 8 years for men and 9 to 10 years for women.",
        ["7 = 7 year", "8 years = 8 year", "9 = 9 year", "10 years = 10 year"],
    ),
    "nine in ten": ("Nine in 10 firms, 9 in 10 shops came.", ["Nine in 10 = 0.9", "9 in 10 = 0.9"]),
    "some in others": ("It built 3 in 12 towns.", ["3 = 3", "12 towns = 12 town"]),
    "two numbers said in a row": (
        "He said one million one million farms.",
        ["one million = 1000000", "one million farms = 1000000 farm"],
    ),
    "the same twice is no range": ("It lies between 4 km and 4 km of it.", ["4 km = 4 km", "4 km = 4 km"]),
    "several scales": (
        "It is one billion and three quarters million.",
        ["one billion and three quarters million = 1000750000"],
    ),
    "small may": ("Not more than 20 may stand on 20 May.", ["20 = 20 <="]),
    "up to and including": ("It holds up to and including 12 persons.", ["12 persons = 12 person <="]),
    "from, up to": ("Salaries run from $55,000 up to $90,000.", ["$55,000 up to $90,000 = 55000..90000 USD"]),
    "at least and at most": ("It needs at least 3 and at most 7 days.", ["3 = 3 day >=", "7 days = 7 day <="]),
    "millions between": ("Its population is somewhere between 1.1m and 1.3m.", ["1.1m and 1.3m = 1100000..1300000"]),
    "not below": (
        "The ratio must not fall below 10.5%, the lane is no wider than 9 m.",
        ["10.5% = 10.5 % >=", "9 m = 9 m <="],
    ),
    "words and a percentage": ("It came to twelve, and 99.3% agreed.", ["twelve = 12", "99.3% = 99.3 %"]),
    "a part and a scale": (
        "It takes five-and-a-half to six years for one-and-a-half to two million tons.",
        ["five-and-a-half to six years = 5.5..6 year", "one-and-a-half to two million tons = 1500000..2000000 t"],
    ),
    "shy of, at best": (
        "It came to just shy of $3 million, or 3% at best.",
        ["$3 million = 3000000 USD <", "3% = 3 % <="],
    ),
    "a minimum and a maximum": (
        "Allow a minimum of two and a maximum of four hours.",
        ["two = 2 hour >=", "four hours = 4 hour <="],
    ),
    "priced from": ("Tickets are priced from £15 to £45.", ["£15 to £45 = 15..45 GBP"]),
    "every so many to so many": ("It is done every 4 to 6 hours.", ["4 to 6 hours = 4..6 hour"]),
    "from so much each to so much each": (
        "It sells for anywhere from $3 a kilo to $5 a kilo.",
        ["$3 a kilo to $5 = 3..5 USD per kg"],
    ),
    "one in a million": ("The odds are less than one in a million.", ["one in a million = 0.000001 <"]),
}

GENRES = {"news": NEWS, "science": SCIENCE, "filings": FILINGS, "prices": PRICES, "ranges": RANGES}
SENTENCES = {f"{genre}: {name}": case for genre, cases in GENRES.items() for name, case in cases.items()}


@pytest.mark.parametrize(("text", "lines"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_gives_its_claims(text: str, lines: list[str], book: Rulebook) -> None:
    assert claims(text, book) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("The yield was 6.4 t ha−1.", ["ha−1 unit-word"]),
        (
            "See tables 5 and 6 respectively, Diagram 1 and level 1 and 2 for it.",
            ["tables 5 and 6 identifier", "Diagram 1 identifier", "level 1 and 2 identifier"],
        ),
        ("The groupings 01 through 15 are new.", ["01 identifier", "15 identifier"]),
        ("The 737 MAX and the 787-9 landed.", ["737 name-part", "787-9 name-part"]),
    ],
    ids=["power of a unit", "several at once", "codes with zeros", "aircraft"],
)
def test_what_only_looks_like_a_claim_is_skipped(text: str, lines: list[str], book: Rulebook) -> None:
    assert skipped(text, book) == lines
