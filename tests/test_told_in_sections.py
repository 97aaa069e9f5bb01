"""Figures told in one section and told again, or counted with, in another: what ties them are the words about them."""

from __future__ import annotations

import pytest

from pipeline import readers, run
from pipeline.model import Reading
from pipeline.rulebook import Rulebook

FILLER = "Weather\n\nRain fell late. The council met in spring, heard the teachers and went home."

# A sound report, and the figure that is mistyped with what it becomes.
SAID_AGAIN = {
    "in another scale": (
        "Foreword\n\nLast year our growers exported fruit worth €1.28 billion.\n\n{}\n\n"
        "Trade\n\nExports, at €1,280 million, were ahead of imports.",
        ("1,280", "1,820"),
    ),
    "as the known amount": (
        "Highlights\n\nCopper in ore of 48,200 tonnes was a record.\n\n{}\n\n"
        "Outlook\n\nIn view of the 48.2 kt delivered we keep the plan of the year.",
        ("48.2", "42.8"),
    ),
    "with a word in common": (
        "Summary\n\nThe drains project disbursed $52.6 million and ended on time.\n\n{}\n\n"
        "Costs\n\nEach family cost $200 when the full disbursement of $52.6 million is counted.",
        ("52.6", "56.2"),
    ),
    "without its noun": (
        "Letter\n\nYou helped 27,300 children learn to read.\n\n{}\n\n"
        "Plans\n\nWe want to go beyond the 27,300 who learned to read.",
        ("27,300", "23,700"),
    ),
    "a length": (
        "In brief\n\nThe utility laid 1,364 km of water mains.\n\n{}\n\n"
        "Works\n\nLeaks fell along the 1,364 km of mains that were laid.",
        ("1,364", "1,634"),
    ),
    "words that the whole report uses": (
        "Summary\n\nThe number of the poor in March was 248.36 thousand, and 4,100 of the poor found work. Of the poor "
        "1,200 are old.\n\n{}\n\nResults\n\nThe number of the poor in March reached 248.36 thousand.",
        ("248.36", "284.36"),
    ),
    "a nought at the end": (
        "Summary\n\nThe province counted 1.110 million poor farmers.\n\n{}\n\n"
        "Plans\n\nOf the 1.110 million poor farmers most live in the hills.",
        ("1.110", "1.101"),
    ),
    "a count": (
        "Abstract\n\nThe courts disposed of 18,452 petitions.\n\n{}\n\n"
        "Method\n\nA clerk read each of the 18,452 petitions.",
        ("18,452", "18,542"),
    ),
}

CHANGED = {
    "two levels in one sentence": (
        "Main points\n\nThe amount spent online went up by 11.7% on the year.\n\n{}\n\n"
        "Online sales\n\nSpending averaged £2,384 million a week, against £2,134 million in the same month last year.",
        ("2,384", "2,834"),
    ),
    "what was before in another section": (
        "Dairy\n\nMilk intake at the centres was 18.5 million litres in 2020.\n\n{}\n\n"
        "Outlook\n\nAt 22.2 million litres, the 2021 milk intake was 20% higher than the year before.",
        ("18.5", "15.8"),
    ),
    "the beginning of the year": (
        "Users\n\nAt the balance sheet date the utility supplied 1,372,600 properties with water.\n\n{}\n\n"
        "Works\n\nGrowth in the number of properties supplied – 1,359,100 at the beginning of the year – was steady, "
        "and the net addition of 13,500 was near the plan.",
        ("13,500", "15,300"),
    ),
}

SHARED = {
    "the sum sanctioned": (
        "Capital programme\n\nThe Board approved a capital budget of $1,250 million for the year.\n\n{}\n\n"
        "Projects\n\nExpenditure incurred was $1,050 million, i.e. 84% of the sum sanctioned.",
        ("1,050", "1,150"),
    ),
    "an undertaking": (
        "Targets\n\nThe log frame commits the programme to reforesting 15,000 hectares.\n\n{}\n\n"
        "Concerns\n\nWith only 8,250 hectares planted, the programme stands at 55 per cent of its target.",
        ("55", "65"),
    ),
}

APART = {
    "a share of another amount": (
        "Targets\n\nThe log frame commits the programme to 15,000 hectares of forest and 9,000 hectares of pasture."
        "\n\n{}\n\nConcerns\n\nThe 6,250 hectares of orchards are 65 per cent of the orchards of the valley."
    ),
    "two years": "Trade\n\nExports were €1,280 million in 2019.\n\n{}\n\nOutlook\n\nThey were €1,820 million in 2021.",
    "a plan": "Trade\n\nExports were €1,280 million.\n\n{}\n\nOutlook\n\nThe plan expects exports of €1,820 million.",
    "two things": "Trade\n\nWool brought €1,280 million.\n\n{}\n\nOutlook\n\nRoads took €1,820 million.",
    "said twice each": (
        "Trade\n\nExports were €1,280 million and tax €1,820 million.\n\n{}\n\nOutlook\n\nTax of €1,820 million, "
        "and exports of €1,280 million, are to grow."
    ),
    "another matter's change": (
        "Main points\n\nBus fares went up by 11.7% on the year.\n\n{}\n\n"
        "Online sales\n\nSpending averaged £2,834 million a week, against £2,134 million in the same month last year."
    ),
}


def _read(text: str, book: Rulebook) -> Reading:
    return run.read(readers.read_bytes(text.format(FILLER).encode(), "report"), book)


def _errors(reading: Reading) -> list[str]:
    return [finding.check.explanation for finding in reading.findings if finding.severity == "error"]


@pytest.mark.parametrize(("text", "slip"), (SAID_AGAIN | CHANGED | SHARED).values(), ids=SAID_AGAIN | CHANGED | SHARED)
def test_a_slip_between_sections_is_an_error(text: str, slip: tuple[str, str], book: Rulebook) -> None:
    assert not _read(text, book).findings
    before, behind = text.rsplit(slip[0], 1)
    assert _errors(_read(before + slip[1] + behind, book))


@pytest.mark.parametrize("text", APART.values(), ids=APART)
def test_figures_of_two_things_in_two_sections_are_none(text: str, book: Rulebook) -> None:
    assert not _read(text, book).findings
