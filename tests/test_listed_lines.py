"""A number that announces things, and a line for each of them: count."""

from __future__ import annotations

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

_KITCHENS = "\n\n  Halifax – 412,000\n  Moncton – 305,000\n  Saint John – 248,000\n  Sydney – 132,000\n\nMoncton grew."
_BERTHS = "\n• North quay\n• South quay\n• Oil jetty\n• Fish dock\n\nAll were dredged."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("We work from six kitchens. Here is how many meals each one sent out:" + _KITCHENS, id="each-one"),
        pytest.param("The port has five berths. These are:" + _BERTHS, id="these-are"),
        pytest.param(
            "The audit made five recommendations:\n\n- mend it\n- train us\n- close it\n\nWe agreed.", id="colon"
        ),
        pytest.param(
            "It has six aims:\n\n(a) to mend;\n(b) to train; and\n(c) to close it.\n\nSo be it.", id="letters"
        ),
        pytest.param(
            "Five roads were built. These were:\n  i. Ayr (18 km);\n  ii. Bute; and\n  iii. Crail.", id="numerals"
        ),
    ],
)
def test_a_number_that_its_lines_belie_is_an_error(book: Rulebook, text: str) -> None:
    assert [f.check.relation.kind for f in api.check(text, rules=book).findings] == ["count"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("We work from four kitchens. Here is how many meals each one sent out:" + _KITCHENS, id="agrees"),
        pytest.param("Of the seven berths, three have new cranes. These are:" + _BERTHS, id="some-of-them"),
        pytest.param("The plan names six goals, including the following:" + _BERTHS, id="including"),
        pytest.param(
            "The port has five berths:" + _BERTHS.replace("\n\nAll", "\n\nPage 4\n\n• Grain pier\n\nAll"), id="cut"
        ),
        pytest.param("It has six aims:\n(a) to mend;\n(b) to train;\n\nPage 4\n\n(c) to close it.", id="letters-cut"),
        pytest.param("It has five aims:\n(a) to mend;\n(i) roads;\n(ii) rails;\n(b) to train.", id="letters-within"),
        pytest.param(
            "It is told at three levels:\n- large areas\n- counties\n- towns\n"
            "- Some of the areas appear at more than one level, as the north does.\n\nSo be it.",
            id="a-remark-among-them",
        ),
    ],
)
def test_lines_that_need_not_be_all_are_no_finding(book: Rulebook, text: str) -> None:
    assert not api.check(text, rules=book).findings


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param(
            "sum",
            "The museum sold 412,600 tickets over the year, as follows:\n\n- adults: 218,400\n- children: 96,300\n"
            "- school groups: 71,500\n- members: 62,400\n\nThe café did well.",
            id="bare-numbers",
        ),
        pytest.param(
            "sum",
            "The fund paid out €84.2m in grants:\n\n• coastal towns, €31.5m\n• hill farms, €22.4m\n"
            "• forestry and game – the balance – €33.0m\n\nNo loans were made.",
            id="money",
        ),
        pytest.param(
            "sum",
            "Crews answered 9,840 calls. By type:\n\n(a) fires – 2,110\n(b) crashes – 3,450\n(c) floods – 1,280\n"
            "(d) false alarms – 3,900\n\nThe busiest month was July.",
            id="in-the-sentence-before",
        ),
        pytest.param(
            "sum",
            "The clinic saw 3,218 patients in the quarter:\n\n- 1,204 for vaccination\n- 964 for antenatal care\n"
            "- 710 for injuries\n- 430 for other reasons\n\nNone was turned away.",
            id="amounts-first",
        ),
        pytest.param(
            "shares",
            "Visitors by origin (percentage of bookings):\n\n1. Home market: 48.2\n2. Neighbouring states: 27.6\n"
            "3. Asia: 19.3\n4. Rest of the world: 8.9\n\nThe season was long.",
            id="bare-percentages",
        ),
        pytest.param(
            "shares",
            "Where each £1 of income went:\n\n- teaching – 58p\n- research – 27p\n- buildings – 12p\n"
            "- administration – 9p\n\nReserves are unchanged.",
            id="pence",
        ),
        pytest.param(
            "shares",
            "Breakdown of the herd by age:\n\n- calves: 24%\n- heifers: 31%\n- cows: 41%\n- bulls: 14%\n\nAll well.",
            id="percentages",
        ),
        pytest.param(
            "sum",
            "Cash flow was made up as follows:\n\n  Receipts: €168.2m\n  Wages paid: (€61.5m)\n  Tax paid: (€28.6m)\n"
            "  Cash left: €87.1m\n\nWe paid in June.",
            id="brackets-take-off",
        ),
        pytest.param(
            "sum",
            "Spending by lot is shown below.\n\nLot 1: $9.4 million of $17.3 million\n"
            "Lot 2 (roads): $13.1 million of $22.8 million\nLot 3: $5.1 million of $8.5 million\n"
            "Total: $26.6 million of $48.6 million\n\nWork goes on.",
            id="numbered-names",
        ),
        pytest.param(
            "sum",
            "Expenditure was executed at 45,173. By economic classification:\n\nwages and allowances - 13,462\n"
            "goods and services - 10,198\nsubsidies and grants - 7,245\ncapital expenditure - 12,106\n"
            "debt service - 1,442\n\nNothing was borrowed.",
            id="dashes-alone",
        ),
        pytest.param(
            "sum",
            "Two branches were opened, bringing the network to 23. They are distributed thus:\n\nNorth: 9\nWest: 6\n"
            "South: 8\nEast: 3\n\nMore will follow.",
            id="no-line-is-left-out",
        ),
        pytest.param(
            "sum",
            "Investment totalled EUR 68.4 million. The largest items were:\n\n- new trains, EUR 41.2 million;\n"
            "- signalling, EUR 27.5 million;\n- stations, EUR 12.9 million;\n- other works, EUR 4.8 million.\n\n"
            "The order goes on.",
            id="the-largest-and-the-others",
        ),
    ],
)
def test_lines_that_miss_what_opens_them_are_an_error(book: Rulebook, kind: str, text: str) -> None:
    found = api.check(text, rules=book).findings
    assert [(f.severity, f.check.relation.kind) for f in found] == [("error", kind)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The museum sold 412,600 tickets over the year, including:\n\n- adults: 218,400\n- children: 96,300\n"
            "- school groups: 71,500\n\nThe café did well.",
            id="only-some",
        ),
        pytest.param(
            "Investment totalled EUR 98.4 million. The largest items were:\n\n- new trains, EUR 41.2 million;\n"
            "- signalling, EUR 27.5 million;\n- stations, EUR 12.9 million.\n\nThe order goes on.",
            id="the-largest-alone",
        ),
        pytest.param(
            "Pass rates by type of school:\n\n- public: 48%\n- mission: 37%\n- private: 29%\n\nOthers did not sit.",
            id="rates",
        ),
        pytest.param(
            "Visitors could name several answers. By type:\n\n- trees: 48%\n- ponds: 37%\n- paths: 29%\n- other: 3%\n\n"
            "The season was long.",
            id="several-answers",
        ),
        pytest.param(
            "Tickets sold fell to 412,600, compared with the following:\n\n- 2019: 518,400\n- 2020: 396,300\n"
            "- 2021: 441,500\n\nThe café did well.",
            id="years",
        ),
        pytest.param(
            "Cash flow was made up as follows:\n\n  Receipts: €168.2m\n  Wages paid: (€61.5m)\n  Tax paid: (€28.6m)\n"
            "  Cash left: €78.1m\n\nWe paid in June.",
            id="brackets-take-off",
        ),
        pytest.param(
            "Our year in figures:\n\n  Sales: €168.2m\n  Result: (€6.5m)\n  Orders: €212.6m\n  Debt: €87.1m\n\n"
            "It rained.",
            id="no-waterfall",
        ),
        pytest.param(
            "A visit to 38 projects showed that:\n\na) 17 projects worth 402 million were complete;\n"
            "b) 6 projects worth 118 million were idle;\nc) 11 projects costing 271 million were late; and\n"
            "d) the remaining 4 projects, of 103 million, had stalled.\n\nIt rained.",
            id="the-remaining-line",
        ),
        pytest.param(
            "A visit to 38 projects showed that:\n\na) 17 projects worth 402 million were complete;\n"
            "b) 6 projects worth 118 million were idle;\nc) 11 projects costing 271 million were late; and\n"
            "d) as told to us, 4 projects of 103 million had stalled.\n\nIt rained.",
            id="a-line-of-another-form",
        ),
    ],
)
def test_lines_that_are_no_whole_are_no_finding(book: Rulebook, text: str) -> None:
    assert not api.check(text, rules=book).findings


_STEPS = "\n\nFindings\n\nThe mill is old and the road to it is narrow.\n\nRecommendations\n\nThe board should:\n"


@pytest.mark.parametrize(
    "announced",
    [
        pytest.param("We make {} recommendations.", id="we-make"),
        pytest.param("The evaluation makes {} recommendations, which are set out below.", id="set-out-below"),
    ],
)
@pytest.mark.parametrize(
    "listed",
    [
        pytest.param(_STEPS + "1. mend the roof;\n2. train the staff;\n3. widen the road.\n", id="numbers"),
        pytest.param(_STEPS + "a mend the roof;\nb train the staff; and\nc widen the road.\n", id="bare-letters"),
        pytest.param(
            "\n\nRecommendation 4.1. Mend the roof.\n\nIt leaks.\n\nRecommendation 4.2. Train the staff.\n\n"
            "Recommendation 4.3. Widen the road.\n",
            id="by-name-and-number",
        ),
    ],
)
def test_what_a_report_announces_is_held_to_the_list_of_that_name(book: Rulebook, announced: str, listed: str) -> None:
    def found(number: str) -> list[str]:
        text = "Summary\n\n" + announced.format(number) + listed
        return [f.check.relation.kind for f in api.check(text, rules=book).findings]

    assert found("four") == ["count"]
    assert found("three") == []


def test_a_section_with_two_lists_of_that_name_is_left_alone(book: Rulebook) -> None:
    more = "\nThe county should:\n1. sell the mill; and\n2. close the road.\n"
    text = "Summary\n\nWe make four recommendations." + _STEPS + "1. mend the roof;\n2. train the staff.\n" + more
    assert [f for f in api.check(text, rules=book).findings if f.severity == "error"] == []
