"""One figure said twice, once with a slip of the pen, is an error; two figures a slip apart are none."""

from __future__ import annotations

import pytest

from pipeline import readers, run
from pipeline.rulebook import Rulebook

BETWEEN = (
    "The year was a mild one. Staff worked hard.\n\nOther matters\n\nThe roof was mended. A fence was painted.\n\n"
)

ONE_FIGURE = {
    "said in other words": (
        "The museum welcomed 284,600 visitors, of whom 61,300 came with schools.",
        "We are proud that 248,600 visitors came through our doors.",
    ),
    "an act and its name": (
        "The programme built 263 primary schools.",
        "In its conclusion the ministry notes that 236 primary schools were built.",
    ),
    "of and the word before": (
        "Landings of cod amounted to 23,870 tonnes.",
        "Cod landings, at 23,780 tonnes, were low.",
    ),
    "a digit moved": (
        "The camps sheltered 136,900 refugees from the north.",
        "Food was given to all of the 169,300 refugees sheltered in the camps.",
    ),
    "a power of ten": (
        "Dredging removed 246,000 cubic metres of silt.",
        "The 24,600 cubic metres of silt removed by dredging keep the channel open.",
    ),
    "one digit of a long number": (
        "Sales of electricity amounted to 612,480 MWh.",
        "Electricity sales of 617,480 MWh earned $41 million.",
    ),
    "a percentage": (
        "Occupancy of the hotels was 68.4 per cent.",
        "With hotels at an occupancy of 64.8 per cent, no new ones are planned.",
    ),
    "two names of one thing": (
        "Officers recorded 7,346 burglaries, a fall of 8%.",
        "Burglary, with 7,436 offences recorded, remains the first care of the force.",
    ),
    "this year's, which next year's exceeds": (
        "Outlay on roads has been stepped up from $15,210 million to $18,640 million.",
        "Outlay on roads will exceed the $18,460 million of the year now closing by 20.2 per cent.",
    ),
    "no word in common, and a growth that only one of them fits": (
        "Gross debtors stood at $742.8 million, 13.4% more than the $655.2 million of the year before.",
        "Households, firms and organs of state together owed $724.8 million.",
    ),
    "few words, and a percentage that only one of them fits": (
        "Actual expenditure amounted to $8.56 billion, or 87.0 per cent of the budget of $9.84 billion.",
        "Total expenditure of $8.65 billion will be surpassed in the coming months.",
    ),
}

TWO_FIGURES = {
    "two years": ("The museum welcomed 284,600 visitors in 2022.", "In 2021 it had welcomed 248,600 visitors."),
    "last year": ("The museum welcomed 284,600 visitors.", "Last year 248,600 visitors came."),
    "women and men": ("The college enrolled 14,820 women.", "The college enrolled 18,420 men."),
    "done and planned": ("It built 263 primary schools.", "It had planned to build 236 primary schools."),
    "two acts": ("It built 263 primary schools.", "It also repaired 236 primary schools."),
    "two fish": ("Landings of cod were 23,870 tonnes.", "Landings of haddock were 23,780 tonnes."),
    "two kinds of one thing": ("It runs 1,482 primary schools.", "It runs 1,428 secondary schools."),
    "two adjectives": (
        "Recurrent expenditure was $8.56 billion.",
        "Development expenditure was $8.65 billion.",
    ),
    "two budgets": (
        "The original budget of the loan was $1,264.8 million.",
        "The revised budget of the loan was $1,246.8 million.",
    ),
    "two towns": ("In Orley it recorded 7,346 thefts.", "In Mexborough it recorded 7,436 thefts."),
    "this year's and all": (
        "It planted 17,340 hectares of pine this year.",
        "Since the start of the scheme 71,340 hectares of pine have been planted.",
    ),
    "two months": ("It answered 83,700 calls in March.", "It answered 87,300 calls in April."),
    "two who act": ("Food reached 683,000 people.", "Water reached 638,000 people."),
    "two owners": ("The hospitals of the region have 3,814 beds.", "The clinics of the region have 3,184 beds."),
    "two needs": ("An estimated 1.86 million people need food.", "An estimated 1.68 million people need shelter."),
    "before and after tax": ("Profit before tax was $385 million.", "Profit after tax was $358 million."),
    "at first and at last": (
        "At the beginning of the year the fund held $1,482 million.",
        "At the end of the year the fund held $1,428 million.",
    ),
    "a percentage of winter": (
        "Occupancy of the hotels was 68.4 per cent in summer.",
        "In winter occupancy of the hotels was 64.8 per cent.",
    ),
    "a tenth for something else": (
        "Grants to rural clinics came to $18.4 million.",
        "Grants to rural libraries came to $1.84 million.",
    ),
    "told apart in one sentence": (
        "Visitors numbered 284,600 in the west and 248,600 in the east.",
        "In the east they saw the 248,600 visitors as a blessing.",
    ),
    "what can be and what was": ("The plant can make 5,917 engines.", "The plant made 5,197 engines."),
    "to two kinds of people": ("It lent $412.6 million to farms.", "It lent $421.6 million to firms."),
    "all and those since a year": (
        "The agency employs 2,738 inspectors.",
        "Of the 2,378 inspectors hired since 2010 most are young.",
    ),
    "no word in common, and nothing that tells": (
        "Gross debtors stood at $742.8 million.",
        "Salaries came to $724.8 million.",
    ),
    "a tenth, as words say": (
        "A total of 78,650 deaths were registered in 2022.",
        "Respiratory disease came third with 7,865 deaths, one tenth of the total.",
    ),
    "a part with the first digits of its whole": (
        "For 2023 as a whole, completions numbered 15,764.",
        "In the West, 1,576 homes were completed, while the three other regions together contributed 2,523.",
    ),
    "both right by other figures": (
        "Sales were $52.4 million, 4.8% above the $50.0 million of 2020.",
        "After rebates sales were $54.2 million, which is 8.4% above $50.0 million.",
    ),
}


def _errors(said: tuple[str, str], book: Rulebook) -> list[str]:
    text = f"Review\n\nOverview\n\n{said[0]} {BETWEEN}Conclusion\n\nThe board met. {said[1]} We thank our friends.\n"
    reading = run.read(readers.read_bytes(text.encode(), "review"), book)
    return [f.check.relation.kind for f in reading.findings if f.severity == "error"]


@pytest.mark.parametrize("said", ONE_FIGURE.values(), ids=ONE_FIGURE.keys())
def test_a_figure_said_again_with_a_slip_is_an_error(said: tuple[str, str], book: Rulebook) -> None:
    assert "repeat" in _errors(said, book)


@pytest.mark.parametrize("said", TWO_FIGURES.values(), ids=TWO_FIGURES.keys())
def test_two_figures_that_words_set_apart_are_no_repeat(said: tuple[str, str], book: Rulebook) -> None:
    assert _errors(said, book) == []


def test_a_nought_that_was_lost_and_a_word_that_is_shared_break_nothing(book: Rulebook) -> None:
    text = (
        "The utility supplied 412,600 people in nine towns. Water production was 48.6 million cubic metres, 6.1% more "
        "than the 45.8 million cubic metres of 2017. Water sold came to 345 million cubic metres, so that 14.1 million "
        "cubic metres, or 29.0% of production, was lost.\n\n"
        "Finance\n\nSales of water brought in 55.2 million euros, or 89.9% of operating revenue. At an "
        "average tariff of 1.60 euros per cubic metre, the 34.5 million cubic metres "
        "sold are worth 55.2 million euros."
    )
    assert run.read(readers.read_bytes(text.encode(), "report"), book).report.text == text
