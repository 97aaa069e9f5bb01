"""Relations that do not agree are looked at once more: what the words may have misread makes no error."""

from __future__ import annotations

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

ELSEWHERE = {
    "money": (
        "The works are paid from a county loan of USD 41.2 million and a road board grant of USD 7.0 million.",
        "Drawings on the loan were USD 20.6 million as at 30 May 2024, equal to 50 per cent of the allocation. The "
        "road board grant has drawn much less, at USD 2.8 million or 40 per cent. The county has paid USD 1.1 million.",
    ),
    "land": (
        "The forest has 5,400 hectares of pine and 2,200 hectares of oak.",
        "Felling of pine covered 2,700 hectares as at 30 May 2024, equal to 50 per cent of the stand. The oak has been "
        "felled much less, at 792 hectares or 36 per cent. Birch was left alone.",
    ),
}


@pytest.mark.parametrize("told", ELSEWHERE)
def test_only_what_no_other_figure_would_mend_is_an_error(book: Rulebook, told: str) -> None:
    whole, share = ELSEWHERE[told]

    def errors(text: str) -> int:
        return sum(one.severity == "error" for one in api.check(text, rules=book).findings)

    assert errors(share) == 1
    assert errors(f"{whole}\n\nB. Progress\n\n{share}") == 0


MISREAD = {
    "target behind": "Maize yields rose from 1.8 to 2.6 tonnes at completion, an increase of 44.4 percent, against a "
    "target of 2.5.",
    "part and whole turned": "We dealt with 915 cases of noise and resolved 861, which is 94.1%.",
    "a percentage of each": "Data traffic grew 31% and data revenue rose to R9.8 billion from R9.1 billion, an "
    "increase of 7.7%.",
    "a level": "Incidents rose from 70,875 to 76,365 (7.7%) over the same period.",
    "what was before": "Hydel gave 28,311 GWh against 26,987, or 4.9 percent more.",
    "no total of other things": "Releases took place in two tranches: 5,417 people left in autumn and 4,666 in winter, "
    "10,083 in all.",
    "another year": "In 2019 the firm had 640 staff. In 2020 it hired 52, 12 more than in 2018.",
    "a rate of something else": "The 64-bunk hut had an average occupancy of 81% and was full on 97 of 213 nights.",
    "change before above": "The realised price was $134 per ounce, or 5.8%, above the second-quarter figure of $2,328.",
}


@pytest.mark.parametrize("told", MISREAD)
def test_what_another_reading_of_the_sentence_mends_is_no_finding(book: Rulebook, told: str) -> None:
    assert not api.check(MISREAD[told], rules=book).findings


FURTHER_OFF = {
    "of those that answered": "We wrote to all 118 councils and 96 answered, a response rate of 81%. Of these, "
    "62 (65%) said that the form was too long.",
    "of the year before": "Revenues were $10,742 million, compared with $10,118 million a year earlier. The operating "
    "result was $1,687 million, or 15.7% of revenues, against $1,542 million, or 15.2%.",
    "of what all others are of": "Registered unemployment at the end of 2023 was 58,412 people.\n\n3. Structure\n\n"
    "There were 31,542 women (54.0%). At the end of the year there were:\n– 14,019 people under 30 (24.0%),\n"
    "– 15,187 people over 50 (26.0%),\n– 28,622 long-term unemployed (49.0%),\n– 4,089 with disabilities (7.0%).",
    "of money": "In 2023, 512 classrooms out of the 640 planned were handed over, 7,864 teachers concluded the course, "
    "and execution stood at 89.2% of the revised budget.\n\n2. Teachers\n\nThe target was to train 8,000 "
    "teachers. By 30 November 7,864 had finished the course.",
    "a total beside its parts": "EBITDA by unit:\n- Networks: €148.2 million\n- Water: €118.3 million\n- Waste: €96.4 "
    "million\n\nNetworks benefited from the allowed return; the unit gained €14.7 million (+6.2%), of which 9.4 "
    "million in electricity and the other 5.3 million in gas.",
    "a growth in brackets": "Components: sales came to EUR 98.7 million after EUR 92.2 million (+7.0 percent). The "
    "share of the division was 31.4 percent.",
    "what both are set against": "Employees numbered 98.4 thousand persons at the end of September. There were 12.3 "
    "thousand firms. Compared with the end of August (98.9 thousand persons), the number fell by 0.5 thousand persons, "
    "and compared with September 2024 (99.8 thousand persons) by 1.4 thousand persons.",
    "a rate of the year before": "The labour force numbered 1,012.4 thousand persons in 2023. Employed persons were "
    "984.1 thousand and the unemployed 28.3 thousand, giving an unemployment rate of 2.8 per cent compared with 3.2 "
    "per cent in the preceding year.",
    "lines of one list": "Police and Fire take $184.1 million, or 55.5%. Elsewhere:\n\n* Debt service – $16.8 million\n"
    "* Library – $14.1 million\n* Contingency – $6.5 million, or 2.0% of the total\n\nIt rained.",
}


@pytest.mark.parametrize("told", FURTHER_OFF)
def test_what_a_figure_further_off_explains_is_no_finding(book: Rulebook, told: str) -> None:
    assert not api.check(FURTHER_OFF[told], rules=book).findings


def test_a_share_of_what_its_neighbours_are_of_is_of_no_other_whole(book: Rulebook) -> None:
    text = (
        "Revenue rose to EUR 1,284.6 million from EUR 1,217.0 million. By region it was as follows:\n"
        "- Germany EUR 398.2 million (31.0%)\n- Rest of Europe EUR 462.5 million ({}%)\n"
        "- America EUR 256.9 million (20.0%)\n- Asia EUR 167.0 million (13.0%)\n"
    )
    assert not api.check(text.format("36.0"), rules=book).findings
    assert any("38.0" in one.quote for one in api.check(text.format("38.0"), rules=book).findings)


OFF = {
    "beside a percentage of something else": "Poverty fell by 150,000, 25% higher than the target; 605 million Yuan "
    "was allocated, 120 million more than that in 2008, with a growth of 22%; 100,000 farmers were trained.",
    "by a slip in the level": "The yield rose from 1.8 to 26 tonnes, an increase of 44.4 percent.",
    "by a slip in the percentage": "The yield rose from 1.8 to 2.6 tonnes, an increase of 4.44 percent.",
    "by less than three times": "The yield rose from 1.8 to 2.6 tonnes, an increase of 31 percent.",
    "in rows": "Options of 585,000, 325,000 and 320,000 were granted at $7.47, $15.52 and $13.18 per share, or a total "
    "value of $2.4 million, $5.0 million and $4.3 million, respectively.",
}


@pytest.mark.parametrize("told", OFF)
def test_what_is_off_as_an_author_would_be_is_an_error(book: Rulebook, told: str) -> None:
    assert any(one.severity == "error" for one in api.check(OFF[told], rules=book).findings)


def test_what_is_not_built_for_its_size_is_told(book: Rulebook) -> None:
    text = "Withdrawals gave KES 83.2 billion, business payments KES 41.9 billion, and lending the remaining KES 23.5."
    reading = api.check(text, rules=book)
    assert not reading.findings
    assert any("no slip explains it" in one.reason for one in reading.considered)


def test_what_is_not_built_for_its_words_is_told(book: Rulebook) -> None:
    reading = api.check(MISREAD["another year"], rules=book)
    assert any("their words tell of another figure" in one.reason for one in reading.considered)


MULTIPLIED = {
    "a comparison": ("Revenue came to 58.62 billion yuan, up {} percent from 56.04.", "4.6", "6.6"),
    "a comparison in brackets": (
        "It harvested 38.5 thousand tonnes, {} thousand tonnes more than in the same quarter last year (36.2).",
        "2.3",
        "3.2",
    ),
    "a part": ("In all 287.5 thousand square metres were sold, of which dwellings 251.6 ({} percent).", "87.5", "78.5"),
}


@pytest.mark.parametrize("told", MULTIPLIED)
def test_a_bare_figure_is_of_the_size_of_what_it_is_set_against(book: Rulebook, told: str) -> None:
    form, right, wrong = MULTIPLIED[told]
    assert not api.check(form.format(right), rules=book).findings
    assert [f.severity for f in api.check(form.format(wrong), rules=book).findings] == ["error"]
