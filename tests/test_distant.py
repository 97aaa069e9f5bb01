"""Figures of distant places that a phrase ties: `26.9% of operating costs`, and the costs three sections before."""

from __future__ import annotations

import pytest

from pipeline import readers, run
from pipeline.explain import at_place
from pipeline.model import Reading
from pipeline.rulebook import Rulebook

FILLER = "The council met in spring. It heard the teachers and went home."

SHARES = {
    "the whole by its name": (
        "Operating costs were $70.2 million.\n\n{}\n\nEnergy took $18.9 million, or 26.9% of operating costs.",
        ("18.9", "19.8"),
    ),
    "part and whole by their names": (
        "The sale of water brought $71.5 million. Operating revenue was $92.4 million.\n\n{}\n\n"
        "The sale of water thus made up 77.4% of operating revenue.",
        ("77.4", "74.7"),
    ),
    "things that were visited": (
        "We visited 64 schools and 9 offices.\n\n{}\n\n"
        "In 23 of the schools that we visited (36 per cent) stores were bare.",
        ("23", "32"),
    ),
    "all of the things counted": (
        "There were 1,763,000 households.\n\n{}\n\nLight was used by 687,600 households, which is 39 percent of all.",
        ("687,600", "867,600"),
    ),
    "those selected": (
        "The board selected 1,246 operations.\n\n{}\n\nChecks covered 187 operations, or 15.0% of those selected.",
        ("1,246", "1,426"),
    ),
    "a margin on sales": (
        "Net sales increased by 11.2% to $2,847 million.\n\n{}\n\n"
        "Gross profit was $911 million, a gross margin of 32.0%.",
        ("911", "119"),
    ),
    "what was received": (
        "The district received $6,840 million for health.\n\n{}\n\n"
        "The block grant brought $3,762 million. The block grant was 55.0% of what the district received.",
        ("3,762", "3,672"),
    ),
    "the total of a section": (
        "Investment totalled 71.83 billion yuan.\n\n{} Mines took 9.42 billion yuan.\n\nThe weather was fair. "
        "Housing alone absorbed 9.86 billion yuan and made up 13.7 percent of the total.",
        ("13.7", "17.3"),
    ),
    "a percent pasted from the one before": (
        "Production was 61.2 million cubic metres of water.\n\n{}\n\nRain was 4.9% above the mean. "
        "Water lost came to 16.5 million cubic metres, 27.0% of all water produced.",
        ("27.0%", "4.9%"),
    ),
}


def _read(text: str, book: Rulebook) -> Reading:
    return run.read(readers.read_bytes(text.encode(), "report"), book)


def _told(reading: Reading, kind: str) -> list[tuple[str, str]]:
    return [(c.verdict, c.relation.confidence) for c in reading.checks if c.relation.kind == kind]


@pytest.mark.parametrize(("text", "slip"), SHARES.values(), ids=SHARES)
def test_a_share_is_bound_by_what_a_phrase_names(text: str, slip: tuple[str, str], book: Rulebook) -> None:
    sound = text.format(FILLER)
    reading = _read(sound, book)
    assert "consistent" in {verdict for verdict, _ in _told(reading, "share")}
    assert not reading.findings


@pytest.mark.parametrize(("text", "slip"), SHARES.values(), ids=SHARES)
def test_a_slip_in_a_distant_share_is_an_error(text: str, slip: tuple[str, str], book: Rulebook) -> None:
    before, behind = text.format(FILLER).rsplit(slip[0], 1)
    assert ("inconsistent", "high") in _told(_read(before + slip[1] + behind, book), "share")


CHANGES = {
    "a level that the change is said of": (
        "Malaria remained the first cause of death with 98,300 cases.\n\n{}\n\n"
        "The number of malaria cases fell by 12.8% from 112,700 in 2015.",
        ("112,700", "121,700"),
    ),
    "what had been before": (
        "The Programme fed 428,500 pupils and paid the cooks.\n\n{}\n\n"
        "In 2017 the Programme had fed 401,200 pupils, so that their number grew by 6.8 per cent.",
        ("401,200", "410,200"),
    ),
    "the year under review": (
        "Capital expenditure was $31.6 million.\n\n{}\n\n"
        "In 2022/23 capital expenditure of $38.0 million is planned, 20.3% more than in the year under review.",
        ("38.0", "83.0"),
    ),
}

SUMS = {
    "a list taken out of what a phrase names": (
        "In facilities 11,870 births were counted.\n\n{}\n\nOf the births in facilities 5,240 were in hospitals, "
        "4,180 in health centres and 2,450 in dispensaries.",
        ("4,180", "4,810"),
    ),
    "a measure of several sellers": (
        "Net sales increased by 11.2% to $2,847 million.\n\n{}\n\nConnectors had net sales of $1,424 million, Sensors "
        "$911 million and Services $512 million.",
        ("911", "191"),
    ),
    "the others": (
        "The Company served 186,400 connections in the towns.\n\n{}\n\nDomestic connections numbered 171,900; "
        "the other 14,500 were public.",
        ("14,500", "15,400"),
    ),
    "parallel paragraphs": (
        "The Authority chose 1,233 operations for support.\n\n{}\n\n"
        "Axis 1: Research. Here 318 operations were chosen in spring.\n\n"
        "Axis 2: Firms. The 841 operations chosen are in the towns.\n\n"
        "Axis 3: Energy. The chosen operations number 74 and save coal.",
        ("318", "381"),
    ),
}

RATIOS = {
    "times the funds": (
        "Relief funds of 1.408 billion yuan were spent.\n\n{}\n\n"
        "The 28.2 billion yuan brought home equals 20.0 times the relief funds.",
        ("28.2", "82.2"),
    ),
    "twice the grant": (
        "The block grant was $4.12 million.\n\n{}\n\nFees brought $10.3 million, 2.5 times the block grant.",
        ("10.3", "13.0"),
    ),
}

PRODUCTS = {
    "the shares": (
        "The number of shares was 80.0 million.\n\n{}\n\nA dividend of $4.50 per share, in all $360 million, was paid.",
        ("4.50", "5.40"),
    ),
    "the measure before per": (
        "Net sales increased by 11.2% to $2,847 million. The Group had 6,940 employees.\n\n{}\n\n"
        "Net sales per employee were $410,200 in the quarter.",
        ("410,200", "401,200"),
    ),
}

KNOWN = {
    "the surplus": (
        "Fares left a surplus of $22.2 million.\n\n{}\n\nThe surplus of $22.2 million buys buses.",
        ("22.2", "25.2"),
    ),
    "the operations": (
        "The board chose 1,246 operations.\n\n{}\n\nIn all, the 1,246 operations help the towns.",
        ("1,246", "1,426"),
    ),
    "the cost of the works": (
        "Repairs to the quay cost 418,000 euros.\n\n{}\n\nThe quay repairs of 418,000 euros were paid in May.",
        ("418,000", "481,000"),
    ),
}


@pytest.mark.parametrize(("text", "slip"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_bound_to_the_level_it_is_said_of(text: str, slip: tuple[str, str], book: Rulebook) -> None:
    sound = text.format(FILLER)
    reading = _read(sound, book)
    assert ("consistent", "high") in _told(reading, "growth")
    assert not reading.findings
    before, behind = sound.rsplit(slip[0], 1)
    assert ("inconsistent", "high") in _told(_read(before + slip[1] + behind, book), "growth")


@pytest.mark.parametrize(("text", "slip"), SUMS.values(), ids=SUMS)
def test_a_list_is_set_against_the_total_that_a_phrase_names(text: str, slip: tuple[str, str], book: Rulebook) -> None:
    sound = text.format(FILLER)
    reading = _read(sound, book)
    assert {verdict for verdict, _ in _told(reading, "sum")} == {"consistent"}
    assert not reading.findings
    before, behind = sound.rsplit(slip[0], 1)
    assert ("inconsistent", "high") in _told(_read(before + slip[1] + behind, book), "sum")


@pytest.mark.parametrize(("text", "slip"), RATIOS.values(), ids=RATIOS)
def test_a_ratio_is_bound_to_what_a_phrase_names(text: str, slip: tuple[str, str], book: Rulebook) -> None:
    sound = text.format(FILLER)
    assert ("consistent", "high") in _told(_read(sound, book), "ratio")
    before, behind = sound.rsplit(slip[0], 1)
    assert ("inconsistent", "high") in _told(_read(before + slip[1] + behind, book), "ratio")


@pytest.mark.parametrize(("text", "slip"), PRODUCTS.values(), ids=PRODUCTS)
def test_a_rate_is_bound_to_the_count_and_total_it_names(text: str, slip: tuple[str, str], book: Rulebook) -> None:
    sound = text.format(FILLER)
    reading = _read(sound, book)
    assert "consistent" in {verdict for verdict, _ in _told(reading, "product")}
    assert not reading.findings
    before, behind = sound.rsplit(slip[0], 1)
    assert ("inconsistent", "high") in _told(_read(before + slip[1] + behind, book), "product")


@pytest.mark.parametrize(("text", "slip"), KNOWN.values(), ids=KNOWN)
def test_a_slip_in_an_amount_spoken_of_as_known_is_an_error(text: str, slip: tuple[str, str], book: Rulebook) -> None:
    sound = text.format(FILLER)
    assert not _read(sound, book).findings
    before, behind = sound.rsplit(slip[0], 1)
    assert ("inconsistent", "high") in _told(_read(before + slip[1] + behind, book), "repeat")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The forests cover 3.1 million hectares, 13.1% of the total area of Britain.\n\n{}\n\n"
            "Firs stand on 1.6 million hectares, 6.8% of the total area of Britain.",
            id="what a percent is of does not name the amount beside it",
        ),
        pytest.param(
            "Total woodland area was 3,138 thousand hectares.\n\n{}\n\n"
            "Wheat took 1,361 thousand hectares, 14.6% of the area.",
            id="a narrower name",
        ),
        pytest.param(
            "Road tax revenue was $5.9 billion.\n\n{}\n\n"
            "Other charges brought $4.5 billion, 8.1% of revenue from all taxes.",
            id="a phrase that goes on",
        ),
        pytest.param(
            "Planned costs were $70.2 million.\n\n{}\n\nEnergy took $19.8 million, or 26.9% of costs.",
            id="a plan is not its outcome",
        ),
        pytest.param(
            "In 2011 operating costs were $70.2 million.\n\n{}\n\n"
            "In 2012 energy took $19.8 million, or 26.9% of operating costs.",
            id="another year",
        ),
        pytest.param(
            "Costs of the north were $70.2 million. Costs of the south were $61.3 million.\n\n{}\n\n"
            "Energy took $19.8 million, or 26.9% of costs.",
            id="two amounts of one name",
        ),
        pytest.param(
            "Fares left a surplus of $22.2 million in 2011.\n\n{}\n\nIn 2012 the surplus of $25.2 million was lent.",
            id="the same of another year",
        ),
        pytest.param(
            "Visas issued were 35,872, a fall of 4.2% on the year before (37,455).\n\n{}\n\n"
            "Visas issued were 35,872; a decrease of 4% compared with 2013 (37,455), and "
            "of 51% compared with the peak of 2007 (72,894).",
            id="what another change is set against",
        ),
        pytest.param(
            "The new tax law brought $2.4 billion to income.\n\n{}\n\n"
            "Closing the mills led to a decrease of income, cash and taxes "
            "of $306 million, $243 million and $42 million.",
            id="a list of changes",
        ),
        pytest.param(
            "The number of shares was 80.0 million. The number of bonds was 30.0 million.\n\n{}\n\n"
            "A levy of $5.40 for each paper, in all $360 million, was paid.",
            id="a rate by what is counted nowhere",
        ),
        pytest.param(
            "The schools received 1,840 tonnes of maize. {} Of it they tell too little.\n\n"
            "Schools in the hills received 1,840 tonnes of maize in the year. "
            "Ledgers accounted for 1,702 tonnes; 138 tonnes, or 7.5 per cent, could not be traced.",
            id="two parts of what the sentence before tells",
        ),
        pytest.param(
            "The notes had a discount of $2 million.\n\n{}\n\n"
            "Repaid were the 2.4% $500 million notes, the 1.2% $650 million notes and the 1.9% $750 million notes.",
            id="a list of amounts that a noun alone ties",
        ),
    ],
)
def test_words_that_name_another_amount_bind_none(text: str, book: Rulebook) -> None:
    assert not _read(text.format(FILLER), book).findings


def test_a_place_tells_of_the_bindings_that_were_not_built(book: Rulebook) -> None:
    text = "Sales were $90 million. Costs were $70 million. Grants were $36 million. Aid made up 31 percent."
    said = "\n".join(at_place(_read(text, book), text.index("31"), book))
    assert "part = $36 million; whole = $70 million; percent = 31 percent: words allow it, and do not say it" in said


def test_a_place_tells_why_what_is_named_far_off_was_not_bound(book: Rulebook) -> None:
    text = f"Operating costs were $70.2 million.\n\n{FILLER}\n\nEnergy took $51.3 million, or 26.9% of operating costs."
    said = "\n".join(at_place(_read(text, book), text.index("26.9"), book))
    assert "no share agrees and one slip explains none" in said


FAR = {
    "more than was planned elsewhere": (
        "The plan for wells was 240 wells. It rained. In all 264 wells were dug, 24 more than planned.",
        "target",
        ("24 ", "42 "),
    ),
    "after these costs": (
        "Revenue from water was $92.4 million. Pumping cost $38.2 million and staff $21.7 million. After these "
        "costs the "
        "surplus was $32.5 million.",
        "sum",
        ("32.5", "35.2"),
    ),
    "what was left": (
        "The surplus was $32.5 million. It was a dry year. Interest of $4.1 million left a net surplus of $28.4 "
        "million.",
        "sum",
        ("28.4", "24.8"),
    ),
    "less what is named": (
        "Deposits were $61.3 million. Rates were low. Loans of $204.5 million, less deposits, gave net debt of $143.2 "
        "million.",
        "sum",
        ("61.3", "16.3"),
    ),
    "points of a growth in turn": (
        "Output of the county grew by 7.4 percent. Farms, mills and shops pulled up the growth of output by "
        "1.1, 3.9 and "
        "2.4 percentage points respectively.",
        "sum",
        ("7.4", "4.7"),
    ),
}

FAR |= {
    "a conversion of what is named": (
        "Net income was $49.8 million. It rained. Cash was $61.7 million, a conversion of 124% of net income.",
        "share",
        ("124", "142"),
    ),
    "it, which the sentence before is about": (
        "The school budget was $96.42 million. It rained. Meals came to $71.83 million, with $3.12 million for "
        "milk. It was "
        "equal to 74.5 percent of the school budget.",
        "share",
        ("74.5", "47.5"),
    ),
    "the total of a paragraph": (
        "Fees were $51.7 million.\n\nMeals cost $84.2 million in the year. Transport alone took $9.86 million "
        "and made up "
        "11.7 percent of the total.",
        "share",
        ("11.7", "17.1"),
    ),
    "of one and to another": (
        "The sick numbered 11.49 million, equal to 33.4% of the villagers of 34.4 million and to 9.4% of the "
        "122.38 million "
        "in the whole land.",
        "share",
        ("122.38", "212.38"),
    ),
    "half of them": (
        "There came 41,200 visitors, and 20,600, half of them, stayed a night.",
        "share",
        ("20,600", "26,000"),
    ),
    "the margin of the year before": (
        "Operating income was $58.1 million, compared with $50.0 million. Net sales were $412.6 million, up 6.4% from "
        "$387.8 million. It rained. Operating margin reached 14.1% versus 12.9%.",
        "share",
        ("12.9", "19.2"),
    ),
}

FAR |= {
    "a row less what it cost": (
        "Income was $58.1 million. It rained. Regional income was $40.7 million, $13.6 million and $12.4 million, "
        "respectively, and head office costs were $8.6 million.",
        "sum",
        ("58.1", "85.1"),
    ),
    "so much for each unit": (
        "In all 318 km of pipe were laid. The works cost $95.4 million, or $300,000 per km.",
        "product",
        ("300,000", "30,000"),
    ),
}

FAR |= {
    "a rise told behind a semicolon": (
        "Visits numbered 468,000, a good many. In 2015 there had been 431,300 visits; the growth is thus 8.5%.",
        "growth",
        ("8.5", "5.8"),
    ),
    "a name with one word more": (
        "Water production was 48.6 million tons. It rained. In all 14.1 million tons, or 29.0% of production, "
        "was lost.",
        "share",
        ("29.0", "92.0"),
    ),
    "what fell from one to another": (
        "Visits numbered 468,000. Malaria cases fell from 61,400 to 52,190. Malaria thus made up 11.2% of visits.",
        "share",
        ("11.2", "12.1"),
    ),
}

FAR |= {
    "the population that is counted first": (
        "The census counted 2,416,000 persons. It rained.\n\nWork\n\nThose of working age were 1,353,000, or "
        "56.0 percent "
        "of the population.",
        "share",
        ("56.0", "65.0"),
    ),
}

FAR |= {}

NO_FAR = {
    "a target of the same sentence": (
        "The designated public network measures 15,451 km. Main roads account for 3,357 km, secondary roads for 3,125 "
        "km, tertiary roads for 4,121 km, district roads for 3,500 km and urban roads for the remaining 1,348 km. Just "
        "4,312 km of this is paved, or 27.9 per cent.\n\nWorks delivered\n\nRoutine maintenance had been planned on "
        "9,800 km, and 88.0 per cent of that target was met. Grading was carried out over 5,210 km, vegetation control "
        "over 2,506 km and pothole patching over 908 km. Spending per kilometre of routine work averaged K2.19 million."
    ),
    "one for so many of other things": (
        "Some 38,214 calls were registered. Ferries and other passenger ships were responsible for 24,760 of them, "
        "nearly two thirds.\n\nFerry lines carried 13.94 million persons. Accompanied cars numbered 3.02 million, i.e. "
        "one for every 4.6 ferry passengers."
    ),
    "a cost for each of some kind": (
        "For measles, 584,200 children (91.0%) had the first dose and 481,500 (75.0%) the second.\n\nExpenditure by "
        "year-end was US$35.7 million, which represents 93% of the budget and works out at US$65 per fully immunised "
        "child."
    ),
    "two gaps": (
        "The north has a gap of $8.3 million and the south a gap of $4.1 million.\n\nThe board gave the missing "
        "$12.4 million."
    ),
    "shares of a list that has its own total": (
        "The budget was 84.0 million birr, of which 79.8 million birr, or 95%, was spent. Salaries took 47.9 "
        "million birr "
        "(60%), drugs 19.9 million birr (25%) and running costs 12.0 million birr (15%)."
    ),
    "what is used by so many": (
        "There were 503,300 homes. Lamps were used by 327,100 homes (65.0 percent) and taps by 251,700 (50.0 percent)."
    ),
    "a number of other things": (
        "In 2015 some 9,240 pupils had no desk. In 2018 the number of teachers was cut by 310, so that 1,604 were left."
    ),
    "a row with its own total before it": (
        "Sales were $236.9 million, $118.4 million and $57.3 million, compared with $219.2 million, $115.1 "
        "million and $53.5 "
        "million. Costs were $40.7 million, $63.6 million and $12.4 million."
    ),
    "offices of another list": (
        "Of the $19.6 million spent, teachers took $16.2 million and offices $3.4 million. Attendance stood at "
        "71.3 per cent."
    ),
    "half of others": "There came 41,200 visitors and 620 guides; 210, half of them women, stayed a night.",
    "a rise of some of them": (
        "It laid 86.4 km of mains; in 2016 the figure was 72.0 km. The rise of 35 per cent in towns is new."
    ),
    "other costs stand between": (
        "Revenue was $92.4 million. Rain fell. Pumping cost $38.2 million. After these words the mayor gave "
        "$9.5 million."
    ),
    "the remaining of another whole": (
        "Grants of $48.6 million came in. The larger part, $31.9 million, went to mains.\n\nLoans\n\nThe "
        "remaining $9.7 "
        "million went to wells."
    ),
    "a plan of other things": (
        "The plan for pumps was 240 pumps. It rained. In all 264 wells were dug, 42 more than planned."
    ),
    "a rate of others": "Meals went to 84,300 pupils and 96,100 nurses. At $32 a year the cost is $9.6976 million.",
    "a ratio that is named twice": (
        "There were 18,600 pupils in towns and 9,400 pupils in villages. There were 620 teachers. The ratio of "
        "pupils to "
        "teachers was 45."
    ),
}


@pytest.mark.parametrize(("text", "kind", "slip"), FAR.values(), ids=FAR)
def test_what_words_lead_to_is_bound(text: str, kind: str, slip: tuple[str, str], book: Rulebook) -> None:
    reading = _read(text, book)
    assert "consistent" in {verdict for verdict, _ in _told(reading, kind)}
    assert not reading.findings


@pytest.mark.parametrize(("text", "kind", "slip"), FAR.values(), ids=FAR)
def test_a_slip_in_what_words_lead_to_is_an_error(text: str, kind: str, slip: tuple[str, str], book: Rulebook) -> None:
    before, behind = text.rsplit(slip[0], 1)
    assert ("inconsistent", "high") in _told(_read(before + slip[1] + behind, book), kind)


@pytest.mark.parametrize("text", NO_FAR.values(), ids=NO_FAR)
def test_words_that_lead_elsewhere_bind_nothing_that_is_wrong(text: str, book: Rulebook) -> None:
    assert not [f for f in _read(text, book).findings if f.severity == "error"]


@pytest.mark.parametrize(("margin", "off"), [("32.3%", True), ("31.6%", False)])
def test_a_margin_of_the_highlights_is_one_of_what_they_call_revenue(book: Rulebook, margin: str, off: bool) -> None:
    text = (
        "Highlights\n\n- Net revenue of $3,456.6 million, up 9.3%\n"
        f"- Gross profit of $1,092.3 million, with a gross margin of {margin}\n\n"
        "Markets\n\nNet sales of drugstores were $412.8 million, and their gross profit was $98.1 million.\n"
    )
    found = run.read(readers.read_string(text), book).findings
    assert bool([f for f in found if f.severity == "error"]) is off
