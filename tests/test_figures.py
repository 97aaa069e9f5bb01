"""What is a figure and what is a skip: a sentence, and the lines for what is found in it."""

from __future__ import annotations

import pytest

from pipeline import exact, figures
from pipeline.figures import Figures
from pipeline.model import Report, Section, Sentence, Span
from pipeline.readers.view import same_length_view
from pipeline.rulebook import Rulebook


def find(text: str, book: Rulebook) -> Figures:
    """The figures and skips of a text that is one sentence."""
    lead, end = len(text) - len(text.lstrip()), len(text.rstrip())
    report = Report("report", text, same_length_view(text), "")
    sections = (Section("s1", 0, "body", "", 0, len(text), 0, ""),)
    sentences = (Sentence(lead, end, 0, 0, (Span(lead, end),)),) if lead < end else ()
    return figures.find(report, sections, sentences, book)


def claims(text: str, book: Rulebook) -> list[str]:
    """A line for each figure: `more than 30,000 children` gives `30,000 children = 30000 child >`."""
    lines = []
    for figure in find(text, book).figures:
        value = exact.plain(figure.number.value)
        if figure.upper:
            value += f"..{exact.plain(figure.upper.value)}"
        per = f"per {figure.per}" if figure.per else ""
        printed = text[figure.start : figure.end]
        lines.append(" ".join(filter(None, (printed, "=", value, figure.unit, per, figure.modifier))))
    return lines


def skipped(text: str, book: Rulebook) -> list[str]:
    return [f"{text[skip.start : skip.end]} {skip.reason}" for skip in find(text, book).skips]


NUMBERS = {
    "thousands by comma": ("It sold 1,422,000 lamps.", ["1,422,000 lamps = 1422000 lamp"]),
    "a count, then a time before": (
        "It fell from 6,100 twelve months before.",
        ["6,100 = 6100", "twelve months = 12 month"],
    ),
    "lakhs by comma": ("It sold 12,34,567 lamps.", ["12,34,567 lamps = 1234567 lamp"]),
    "thousands by blank": ("It sold 934 000 lamps.", ["934 000 lamps = 934000 lamp"]),
    "thousands by thin space": ("It sold 934\u2009000 lamps.", ["934\u2009000 lamps = 934000 lamp"]),
    "thousands by apostrophe": ("It sold 1'250'000 lamps.", ["1'250'000 lamps = 1250000 lamp"]),
    "full-width digits": ("It cost ５,０００ Yuan.", ["５,０００ Yuan = 5000 CNY"]),
    "no digit before the point": ("It grew .77 percent.", [".77 percent = 0.77 %"]),
    "decimal comma where the report writes so": (
        "Prices rose 2,4 %, rents 3,1 % and wages 1,25 %.",
        ["2,4 % = 2.4 %", "3,1 % = 3.1 %", "1,25 % = 1.25 %"],
    ),
    "scientific": (
        "It is 6.02e23 and 1.5 × 10^6 t.",
        ["6.02e23 = 602000000000000000000000 t", "1.5 × 10^6 t = 1500000 t"],
    ),
    "superscript lost, sign kept": ("A factor of 2.48×10−5 was met.", ["2.48×10−5 = 0.0000248"]),
    "minus": ("It fell to -5.2%.", ["-5.2% = -5.2 %"]),
    "minus in words": ("It fell to minus 5 percent.", ["minus 5 percent = -5 %"]),
    "negative in brackets": ("The result was $ (28) million.", ["$ (28) million = -28000000 USD"]),
    "the mark of a footnote behind": ("It sold 1,422³ in all.", ["1,422 = 1422"]),
    "a power of ten alone": ("It has 10^6 cells in 10⁻³ l.", ["10^6 cells = 1000000 cell", "10⁻³ l = 0.001 l"]),
    "a power": ("It has 2^10 bits.", ["2^10 bits = 1024 bit"]),
    "a fraction at the end": ("It lost 1/3.", ["1/3 = 0.333333333333"]),
    "a fraction before a dash": ("Some 1/3-- the best-- grew.", ["1/3 = 0.333333333333 ~"]),
    "percent in brackets": ("It fell (2.5)% and (28) million.", ["(2.5)% = -2.5 %", "(28) million = -28000000"]),
    "small words without a noun": (
        "Nine of the 40 farms grew, four were sold, in three equal parts.",
        ["Nine = 9", "40 farms = 40 farm", "four = 4", "three equal parts = 3 part"],
    ),
    "zero as a level": ("It fell to zero.", ["zero = 0"]),
    "two numbers joined by and": (
        "It has five hundred and five hundred, two thousand and three million.",
        ["five hundred = 500", "five hundred = 500", "two thousand = 2000", "three million = 3000000"],
    ),
    "out of words of many": ("It is two out of five hundred.", ["two out of five hundred = 0.004"]),
    "quarters of a year": ("In the first three quarters it grew.", ["three quarters = 3 quarter"]),
    "several multipliers": (
        "It has 2 crore 50 lakh people and 3 hundred and 21 farms, or 2 thousand and 15%.",
        [
            "2 crore 50 lakh people = 25000000 person",
            "3 hundred and 21 farms = 321 farm",
            "2 thousand = 2000",
            "15% = 15 %",
        ],
    ),
    "ages": ("They were aged from 16 to 24.", ["16 to 24 = 16..24 year"]),
    "two multipliers": ("A plan of Rs 3 lakh crore.", ["Rs 3 lakh crore = 3000000000000 INR"]),
    "million glued to money": ("It paid $5m and £1.2bn.", ["$5m = 5000000 USD", "£1.2bn = 1200000000 GBP"]),
    "m that is a length": ("It is 5m wide.", ["5m = 5 m"]),
    "m that is a million": ("It sold 5m shares.", ["5m shares = 5000000 share"]),
    "half million": ("Half a million people came.", ["Half a million people = 500000 person"]),
    "and a half": ("It took one and a half years.", ["one and a half years = 1.5 year"]),
    "million and a half": ("It cost 3 million and a half.", ["3 million and a half = 3500000"]),
    "hundreds in words": ("Two hundred and sixty-six farms grew.", ["Two hundred and sixty-six farms = 266 farm"]),
    "point in words": ("It grew two point five percent.", ["two point five percent = 2.5 %"]),
    "dozen": ("It sold 3 dozen lamps and a dozen chairs.", ["3 dozen lamps = 36 lamp", "a dozen chairs = 12 chair"]),
    "fractions": (
        "Half, two-thirds, ½ and 1/4 of it.",
        ["Half = 0.5", "two-thirds = 0.666666666667", "½ = 0.5", "1/4 = 0.25"],
    ),
    "mixed fraction": ("It took 2 1/2 hours.", ["2 1/2 hours = 2.5 hour"]),
    "part of a unit": ("It took half an hour.", ["half an hour = 0.5 hour"]),
    "a sign of money that was skipped is none": ("They read 0a.Aaa0<Rs 9 times.", ["9 times = 9"]),
    "one in four": ("One in four and 9 out of 10 agreed.", ["One in four = 0.25", "9 out of 10 = 0.9"]),
    "said twice": ("It is due in thirty (30) days.", ["thirty (30) days = 30 day"]),
    "ratio to one": ("The ratio was 2.72:1.", ["2.72:1 = 2.72"]),
    "shares as ratio": ("They share 60:40.", ["60 = 60 %", "40 = 40 %"]),
    "tolerance": ("It weighs 5.2 ± 0.3 kg.", ["5.2 ± 0.3 kg = 5.2 kg"]),
}

UNITS = {
    "money behind": ("It got 605 million Yuan.", ["605 million Yuan = 605000000 CNY"]),
    "money before": ("It got US$ 84.6 million.", ["US$ 84.6 million = 84600000 USD"]),
    "percent in all forms": (
        "By 22%, 22 percent, 22 per cent, 22％.",
        ["22% = 22 %", "22 percent = 22 %", "22 per cent = 22 %", "22％ = 22 %"],
    ),
    "points": ("By 1.1 percentage points and 25 bps.", ["1.1 percentage points = 1.1 pp", "25 bps = 25 bp"]),
    "points beside percent": ("It rose 2 points to 45%.", ["2 points = 2 pp", "45% = 45 %"]),
    "points of an index": ("The index rose 45 points, or 2%.", ["45 points = 45 point", "2% = 2 %"]),
    "areas": ("On 12 mu, 5,000 sq. km and 30 km².", ["12 mu = 12 mu", "5,000 sq. km = 5000 km2", "30 km² = 30 km2"]),
    "hyphenated": ("A 5-year plan for a 12-member board.", ["5-year = 5 year", "12-member = 12 member"]),
    "doubtful without evidence": ("Of the teams, 12 won medals.", ["12 = 12"]),
    "doubtful with evidence": ("In Korea it is 500 won.", ["500 won = 500 KRW"]),
    "letter without evidence": ("It lists 20 C, no more.", ["20 = 20"]),
    "letter with evidence": (
        "It cost 40p, a few pence; it was 20 C, or -3C by the Celsius scale.",
        ["40p = 40 penny", "20 C = 20 °C", "-3C = -3 °C"],
    ),
    "large units are no small ones": (
        "It used 3.9 Mtoe and 5 MMBtu, let out 12 MtCO2e and made 3 Mt; 5,000 MT came by sea.",
        ["3.9 Mtoe = 3.9 Mtoe", "5 MMBtu = 5 MMBTU", "12 MtCO2e = 12 MtCO2e", "3 Mt = 3 Mt", "5,000 MT = 5000 t"],
    ),
    "a word of time that goes on": ("It lost 97,000 and 158,000 year by year.", ["97,000 = 97000", "158,000 = 158000"]),
    "a name that begins like a unit": ("It has 22 Gram Panchayats.", ["22 Gram Panchayats = 22 panchayat"]),
    "age": ("Those aged 16 to 24 came.", ["16 to 24 = 16..24 year"]),
}

NOUNS = {
    "adjectives bridged": ("It has 266 very poor villages.", ["266 very poor villages = 266 village"]),
    "long phrase": (
        "It has 30 WIFI wireless network transponder antennas.",
        ["30 WIFI wireless network transponder antennas = 30 antenna"],
    ),
    "persons": ("It has 40 people.", ["40 people = 40 person"]),
    "two adjectives joined": (
        "It has 87 manufacturing and processing facilities.",
        ["87 manufacturing and processing facilities = 87 facility"],
    ),
    "two clauses are not": ("It sold 12 locally and exports rose.", ["12 = 12"]),
    "initials": ("It gave 2.6 million RSUs to 30 NGOs.", ["2.6 million RSUs = 2600000 rsu", "30 NGOs = 30 ngo"]),
    "irregular endings": ("It has 12 midwives and 40 bonuses.", ["12 midwives = 12 midwife", "40 bonuses = 40 bonus"]),
    "poor as a noun": ("It has 3.5 million rural poor.", ["3.5 million rural poor = 3500000 person"]),
    "first part plural": ("It has 12 sports clubs.", ["12 sports clubs = 12 club"]),
    "divisions together": ("It has 14 cities and prefectures.", ["14 cities and prefectures = 14 prefecture"]),
    "divisions in brackets": (
        "It has 86 counties (cities, districts).",
        ["86 counties (cities, districts) = 86 county"],
    ),
    "more of them": ("It has 314 more villages.", ["314 more villages = 314 village"]),
    "no noun before a stop word": ("A fall of 150,000 in the rural poor.", ["150,000 = 150000"]),
    "no noun before a verb": ("Of them 60,900 found jobs.", ["60,900 = 60900"]),
    "one": ("It has one municipal key county.", ["one municipal key county = 1 county"]),
    "singular adjective": ("It has 12 Texas counties.", ["12 Texas counties = 12 county"]),
}

TOGETHER = {
    "range by dash": ("By 10–15%.", ["10–15% = 10..15 %"]),
    "range by to": ("By 3 to 5 million people.", ["3 to 5 million people = 3000000..5000000 person"]),
    "range of money": ("Between $3 and $5 million.", ["$3 and $5 million = 3000000..5000000 USD"]),
    "range from to": ("It ranged from 3% to 5%.", ["3% to 5% = 3..5 %"]),
    "suspended": ("A 5- to 10-year note.", ["5- to 10-year = 5..10 year"]),
    "change from to": ("It rose from 3 to 5 million.", ["3 = 3000000", "5 million = 5000000"]),
    "change by to": ("It fell by 24 tons to 318 tons.", ["24 tons = 24 t", "318 tons = 318 t"]),
    "list lends": (
        "In turn 3, 4 and 5 million Yuan.",
        ["3 = 3000000 CNY", "4 = 4000000 CNY", "5 million Yuan = 5000000 CNY"],
    ),
    "said twice in two ways": ("By 265 or 12.6%.", ["265 = 265", "12.6% = 12.6 %"]),
    "said twice behind a comma": ("All 186, or 77.5 per cent.", ["186 = 186", "77.5 per cent = 77.5 %"]),
    "neighbours are one number": ("By 5 or 6 percent.", ["5 or 6 percent = 5..6 %"]),
    "from to where nothing moves": (
        "Towns of from 100 to 900 houses. From 3 to 5 million grew.",
        ["100 to 900 houses = 100..900 house", "3 to 5 million = 3000000..5000000"],
    ),
    "a hedged second end": ("Between 2 g and about 7 g.", ["2 g and about 7 g = 2..7 g"]),
    "a sign before the last alone": (
        "It cost 5 million, $10 million.",
        ["5 million = 5000000", "$10 million = 10000000 USD"],
    ),
    "points again": ("By 5 percentage points, then 0.9 points.", ["5 percentage points = 5 pp", "0.9 points = 0.9 pp"]),
    "too large to be lent to": ("It grew from 600 to 1.2 million.", ["600 = 600", "1.2 million = 1200000"]),
}

BOUNDS = {
    "more than": ("More than 30 farms grew.", ["30 farms = 30 farm >"]),
    "at least": ("At least 30 farms, 40% or more.", ["30 farms = 30 farm >=", "40% = 40 % >="]),
    "less than": ("Less than 2%, under 9 weeks.", ["2% = 2 % <", "9 weeks = 9 week <"]),
    "up to": ("Up to 60 farms grew.", ["60 farms = 60 farm <="]),
    "added up to": ("They added up to 60 farms.", ["60 farms = 60 farm"]),
    "about": ("Some 90 farms, nearly $5.", ["90 farms = 90 farm ~", "$5 = 5 USD ~"]),
    "turned over": ("It turned over 60 tons and took over 9 farms.", ["60 tons = 60 t", "9 farms = 9 farm"]),
    "took over so long": ("It took over 3 years.", ["3 years = 3 year >"]),
    "as many as": ("It cut as many as 60 jobs.", ["60 jobs = 60 job <="]),
    "twice as many as": ("It is twice as many as 60 jobs.", ["twice = 2", "60 jobs = 60 job"]),
    "as low as": ("It fell as low as 93 cents.", ["93 cents = 93 cent >="]),
    "behind the rate": ("At $120 a barrel and above.", ["$120 = 120 USD per bbl >="]),
    "a comparison": ("It is 120 million more than that in 2008.", ["120 million = 120000000"]),
    "a comparison of figures": ("It is 20% more than 500.", ["20% = 20 %", "500 = 500"]),
    "a period": ("It grew over the past 3 years.", ["3 years = 3 year"]),
    "under a scheme": ("It is paid under one scheme.", ["one scheme = 1 scheme"]),
}

RATES = {
    "for each": ("It paid 500,000 Yuan of aid for each village.", ["500,000 Yuan = 500000 CNY per village"]),
    "per": (
        "At 2.2 tons per hectare and $1.18 per diluted share.",
        ["2.2 tons = 2.2 t per ha", "$1.18 = 1.18 USD per share"],
    ),
    "slash": ("At 10 kg/mu.", ["10 kg = 10 kg per mu"]),
    "a head": ("At 6,000 Yuan a head and 20 a month.", ["6,000 Yuan = 6000 CNY per person", "20 = 20 per month"]),
    "a year earlier is no rate": ("It was 4.31 million a year earlier.", ["4.31 million = 4310000"]),
    "per capita before": ("Per capita income was 3,486 Yuan.", ["3,486 Yuan = 3486 CNY per person"]),
    "per thousand": ("There are 16 per 1,000 residents.", ["16 = 16 per 1,000 residents"]),
    "per thousand in words": ("There are 5.4 per thousand residents.", ["5.4 = 5.4 per thousand residents"]),
    "per many, bridged": ("It had 8.1 per 1,000 live births.", ["8.1 = 8.1 per 1,000 live births"]),
    "per many of a unit": ("It has 12 clinics per 100 square kilometres.", ["12 clinics = 12 clinic per 100 km2"]),
    "for every many": ("It has 98 men for every 100 women.", ["98 men = 98 man per 100 women"]),
    "unit of two words": ("It has 142 persons per sq km.", ["142 persons = 142 person per km2"]),
    "a measure": ("At $12 a square metre and $3 a foot.", ["$12 = 12 USD per m2", "$3 = 3 USD per ft"]),
    "an apposition is no rate": ("It cost $2.6 million, a unit cost.", ["$2.6 million = 2600000 USD"]),
    "per annum": ("It pays 4% per annum.", ["4% = 4 % per year"]),
    "both ends": (
        "It rose from 600 Yuan to 800 Yuan a head.",
        ["600 Yuan = 600 CNY per person", "800 Yuan = 800 CNY per person"],
    ),
    "how often": ("They met 3 times a year.", ["3 times = 3 time per year"]),
}

SKIPS = {
    "years": ("In 2008 and 2009 it grew.", ["2008 year", "2009 year"]),
    "joined years": ("In 2001-2010 and 2008-09.", ["2001-2010 year", "2008-09 year"]),
    "decades": ("In the 1980s and the '90s.", ["1980s date", "'90s date"]),
    "dates": (
        "On 12 March 2015, May 14, 2010 and 2009-10-01.",
        ["12 March 2015 date", "May 14, 2010 date", "2009-10-01 date"],
    ),
    "times": ("At 8:30 a.m. and 17:45.", ["8:30 a.m. time", "17:45 time"]),
    "fiscal years": ("In FY2009 and fiscal 2018.", ["FY2009 year", "fiscal 2018 year"]),
    "ordinals": (
        "The 21st, the third and the twenty-second.",
        ["21st ordinal", "third ordinal", "twenty-second ordinal"],
    ),
    "lists": ("(1) Food. (2) Water.", ["(1) list-number", "(2) list-number"]),
    "letters of a list": ("It asks for (a) food and (b) water.", ["(a) list-number", "(b) list-number"]),
    "references": ("See Table 3.2 and Notes 4 and 5.", ["Table 3.2 identifier", "Notes 4 and 5 identifier"]),
    "documents": (
        "Under No. [28], Form 10-Q, resolution 70/1.",
        ["No. [28] identifier", "Form 10-Q identifier", "resolution 70/1 identifier"],
    ),
    "phones": ("Call +86-10-84410000 or 0755-2550000.", ["+86-10-84410000 phone", "0755-2550000 phone"]),
    "addresses on the net": ("See https://example.org/a?x=305.", ["https://example.org/a?x=305. identifier"]),
    "names": (
        "The A320, the S&P 500, CO2 and 5G.",
        ["A320 name-part", "S&P 500 name-part", "CO2 name-part", "5G name-part"],
    ),
    "slogans": ('They kept the "four gates and five doors".', ["four gates name-part", "five doors name-part"]),
    "idioms": ("No one but one of the mills.", ["No one name-part", "one name-part"]),
    "plans": ("It is in the Five-Year Plan.", ["Five-Year name-part"]),
    "the first half": ("In the first half it grew.", ["first ordinal", "half date"]),
    "footnotes": (
        "It grew.4 It fell (at prices)2, and rose.3 in all.",
        ["4 identifier", "2 identifier", "3 identifier"],
    ),
    "digits that count nothing": ("See 20142007 and 01.", ["20142007 identifier", "01 identifier"]),
    "a number with a tail": ("It is $654,137,907-89.", ["$654,137,907-89 identifier"]),
    "numbers of a series": ("Chapter Three is on type two.", ["Three identifier", "two identifier"]),
    "levels of a year": ("Over 2007 levels; 2012 data are new.", ["2007 year", "2012 year"]),
    "cut in two": ("It was cut in two.", ["two other"]),
    "chains of slashes": ("See 1/2/3.", ["1/2/3 other"]),
    "a note in a number": ("It is 1²3.", ["1²3 other"]),
    "lists out of form": ("The codes 1,2,3 and 12,34,56.", ["1,2,3 other", "12,34,56 other"]),
    "too many digits": (f"It is {'9' * 31}.", [f"{'9' * 31} other"]),
    "too large a power": ("It is 1e999999.", ["1e999999 other"]),
    "two scripts": ("It is １2٣.", ["１2٣ other"]),
    "a product of powers": ("It is 8x2^10.", ["8x2^10 other"]),
    "raised marks": ("The area¹ grew.", ["¹ other"]),
}

COUNTS_NOT_YEARS = {
    "villages": ("It has 2000 poor villages.", ["2000 poor villages = 2000 village"]),
    "verb": ("The posts number 46, they number 12.", ["46 = 46", "12 = 12"]),
    "money": ("It costs 2010 Yuan.", ["2010 Yuan = 2010 CNY"]),
    "households": ("There were 2010 households.", ["2010 households = 2010 household"]),
}

FOUND = {
    f"{group}: {name}": case
    for group, cases in {
        "numbers": NUMBERS,
        "units": UNITS,
        "nouns": NOUNS,
        "together": TOGETHER,
        "bounds": BOUNDS,
        "rates": RATES,
        "counts": COUNTS_NOT_YEARS,
    }.items()
    for name, case in cases.items()
}


@pytest.mark.parametrize(("text", "lines"), FOUND.values(), ids=FOUND)
def test_figures_are_found(text: str, lines: list[str], book: Rulebook) -> None:
    assert claims(text, book) == lines


@pytest.mark.parametrize(("text", "lines"), SKIPS.values(), ids=SKIPS)
def test_what_is_no_claim_is_skipped_with_its_reason(text: str, lines: list[str], book: Rulebook) -> None:
    assert skipped(text, book) == lines
    assert claims(text, book) == []


@pytest.mark.parametrize(
    ("text", "kind", "dimension"),
    [
        ("It grew 22%.", "percent", "percent"),
        ("It grew 1.1 percentage points.", "points", "points"),
        ("It grew 25 basis points.", "points", "points"),
        ("It doubled.", "factor", "factor"),
        ("It is 2.5 times the sum.", "factor", "factor"),
        ("It got 5 Yuan per head.", "rate", "money"),
        ("It got 5 Yuan.", "absolute", "money"),
        ("It has 5 farms.", "absolute", "count"),
        ("It was 4.31 million.", "absolute", ""),
    ],
)
def test_a_figure_has_a_kind_and_a_dimension(text: str, kind: str, dimension: str, book: Rulebook) -> None:
    (figure,) = find(text, book).figures
    assert (figure.kind, figure.dimension) == (kind, dimension)


@pytest.mark.parametrize(
    ("text", "step", "coarse", "manner", "discrete"),
    [
        ("It got 605 million Yuan.", "1000000", "1000000", "digits", False),
        ("It got 120 million Yuan.", "1000000", "10000000", "digits", False),
        ("It got 43.50 million Yuan.", "10000", "10000", "digits", False),
        ("It has 266 farms.", "1", "1", "digits", True),
        ("It has 30,000 farms.", "1", "10000", "digits", True),
        ("It has six farms.", "1", "1", "words", True),
        ("It has 21.3 farms.", "0.1", "0.1", "digits", False),
        ("It grew by two-thirds.", "0", "0", "fraction", False),
        ("It doubled.", "0", "0", "fraction", False),
        ("It weighs 5.2 ± 0.3 kg.", "0.6", "0.6", "digits", False),
    ],
)
def test_a_printed_number_says_how_fine_it_is(
    text: str, step: str, coarse: str, manner: str, discrete: bool, book: Rulebook
) -> None:
    (figure,) = find(text, book).figures
    printed = figure.number
    assert (exact.plain(printed.step), exact.plain(printed.coarse)) == (step, coarse)
    assert (printed.manner, figure.discrete) == (manner, discrete)


def test_number_end_stands_before_unit_and_noun(book: Rulebook) -> None:
    text = "It gave 605 million Yuan, $48.2 million, 266 poor farms."
    ends = [text[figure.start : figure.number_end] for figure in find(text, book).figures]
    assert ends == ["605 million", "$48.2 million", "266"]


def test_a_report_without_decimal_commas_refuses_them(book: Rulebook) -> None:
    assert skipped("Prices rose 2.4%, and 3,1 of it.", book) == ["3,1 other"]


def test_a_report_that_groups_thousands_writes_no_count_like_a_year(book: Rulebook) -> None:
    assert skipped("It has 1,250 cows and 2012 horses.", book) == ["2012 year"]


HOSTILE = {
    "a million digits": "9" * 1_000_000,
    "a million groups": "1" + ",234" * 250_000,
    "a million decimals": "1." + "3" * 1_000_000,
    "a huge exponent": "1e999999",
    "a huge power": "2^999999",
    "a huge power of ten": "10^999999",
    "digits of two scripts": "12٣4",
    "multipliers in a row": "5 " + " ".join(["million"] * 5_000),
    "slashes": "1/2/3/" * 5_000 + "4",
    "brackets": "(" * 5_000 + "28" + ")" * 5_000,
}


@pytest.mark.parametrize("number", HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_read_is_one_skip_and_never_a_value(number: str, book: Rulebook) -> None:
    text = f"It has {number} of it."
    found = find(text, book)
    assert found.figures == ()
    assert len(found.skips) == 1


@pytest.mark.parametrize("piece", ["kg ", "% ", "Yuan ", "of ", "ha-1 ", "or more ", "of million "], ids=str.strip)
def test_units_in_a_row_change_no_value(piece: str, book: Rulebook) -> None:
    (figure,) = find("It has 5 " + piece * 5_000, book).figures
    assert figure.number.value == 5


def test_digits_in_furniture_are_skips(book: Rulebook) -> None:
    text = "版权所有 第12页 2009"
    report = Report("report", text, text, "")
    found = figures.find(report, (Section("s1", 0, "furniture", "", 0, len(text), 0, ""),), (), book)
    assert not found.figures
    assert [(text[skip.start : skip.end], skip.reason) for skip in found.skips] == [
        ("12", "furniture"),
        ("2009", "year"),
    ]
