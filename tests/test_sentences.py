"""Sentences end where a reader ends them; their clauses, spans and paragraphs keep the laws."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import grows_no_faster_than
from pipeline import sections, sentences
from pipeline.language import Language
from pipeline.model import Sentence
from pipeline.readers import read_string
from pipeline.rulebook import Rule, Rulebook, load
from pipeline.rulebook.shapes import Abbreviation, Joint, Opener

BOOK = load()
LANGUAGE = Language()
SHAPES = (Abbreviation, Opener, Joint)


def read(text: str, book: Rulebook = BOOK) -> tuple[Sentence, ...]:
    report = read_string(text)
    return sentences.split(report, sections.split(report, book), book, LANGUAGE)


def split(text: str, book: Rulebook = BOOK) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in read(text, book)]


def clauses(text: str, book: Rulebook = BOOK) -> list[str]:
    return [text[clause.start : clause.end] for sentence in read(text, book) for clause in sentence.clauses]


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("Exports rose by 5.9% to 1,422.5 tons. |They fell in May.", id="decimals"),
        pytest.param("The rate was 5.9%。|In 2009 it rose.", id="Chinese full stop"),
        pytest.param("The rate was 5.9%。 |It rose.", id="Chinese full stop and space"),
        pytest.param("出口增长5%。|进口下降3%！|为什么？|没有变化。", id="Chinese text"),
        pytest.param("The notice (No. 7 of 2009) stands. |See Fig. 3 and p. 12.", id="references"),
        pytest.param("They said no. |Prices fell.", id="the word no"),
        pytest.param("Hill Inc. Reports were late. |Hill Inc. |The rest came.", id="companies"),
        pytest.param("It grew in the U.S. Virgin Islands. |It shrank in the U.S. |The rest was flat.", id="countries"),
        pytest.param("Mr. J. K. Lee paid Rs. 500, i.e. 7 dollars, vs. 8 before. |He left.", id="initials and money"),
        pytest.param("It was signed on Oct. 5, 2009. |Work began at 9 a.m. |It ended.", id="dates and times"),
        pytest.param("1. Exports rose. |2. Imports fell.", id="list numbers"),
        pytest.param("Table 3. Exports by port. |They rose.", id="captions"),
        pytest.param("“Exports rose.” |“Imports fell.” |(So they said.) |He left.", id="quotes and brackets close"),
        pytest.param('"Did exports rise?" he asked. |They did!', id="a question that goes on"),
        pytest.param("The form is the 10-K. |It was filed. |It cost $1m. |It was late.", id="digits before the stop"),
        pytest.param("Exports rose in the year.|Imports fell.", id="no blank behind"),
        pytest.param("Exports rose ... and fell. |They rose again… and fell.", id="dots"),
        pytest.param("They rose in 2009.[1] |They fell in 2010.² |They were flat.", id="notes"),
        pytest.param("The site is www.Bureau.example/trade. |It has 3 pages.", id="addresses"),
        pytest.param("  Exports rose.  |\tImports fell. \n", id="blanks outside"),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(marked: str) -> None:
    assert split(marked.replace("|", "")) == [sentence.strip() for sentence in marked.split("|")]


def test_wrapped_lines_are_one_sentence() -> None:
    text = (
        "Exports of the county rose by 5.9 percent in the course of the year and\n"
        "reached 1,422 tons. Imports fell by 3 percent, as was planned by the\n"
        "Ministry of Trade, and by 4 percent in the ports. In 2010 they will be\n"
        "12 tons.\n"
    )
    assert [" ".join(one.split()) for one in split(text)] == [
        "Exports of the county rose by 5.9 percent in the course of the year and reached 1,422 tons.",
        "Imports fell by 3 percent, as was planned by the Ministry of Trade, and by 4 percent in the ports.",
        "In 2010 they will be 12 tons.",
    ]


def test_short_lines_were_meant() -> None:
    text = "They were as follows.\nExports of the county\nTotal 12 tons\nImports 5 tons"
    assert split(text) == text.split("\n")


def test_bullets_are_paragraphs_of_their_own() -> None:
    lines = [
        "Three things were done:",
        "- roads were built;",
        "- water came;",
        "• 12 schools",
        "(a) taxes",
        "1. Rates fell.",
    ]
    text = "\n".join(lines)
    found = read(text)
    assert [text[one.start : one.end] for one in found] == lines
    assert [one.paragraph for one in found] == [0, 1, 2, 3, 4, 5]


def test_a_text_without_capitals_still_ends_its_sentences() -> None:
    text = (
        "exports of hill inc. rose by 5.9 percent. see note no. 3 for more.\nimports fell to 12 tons.\nrates were flat."
    )
    assert split(text) == [
        "exports of hill inc. rose by 5.9 percent.",
        "see note no. 3 for more.",
        "imports fell to 12 tons.",
        "rates were flat.",
    ]


def test_a_page_break_does_not_end_a_sentence() -> None:
    text = "Exports rose because the county was unable to\n\nkeep its grain at home. Imports fell."
    assert len(split(text)) == 2


def test_headings_and_furniture_hold_no_sentences() -> None:
    text = "Roads and Water\n\n【Roads】 Roads were built.\n\nPage 3 of 12\n\nWater came."
    assert split(text) == ["Roads were built.", "Water came."]


def test_a_heading_with_figures_is_a_sentence_of_its_own() -> None:
    text = "Sales up 6% to 412 million dollars\nNet sales were 412 million dollars in the year that ended in May."
    assert split(text) == text.split("\n")
    assert split("【The 12 gates】 Gates were built.") == ["The 12 gates", "Gates were built."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Exports rose; imports fell.", ["Exports rose", "imports fell."], id="semicolon"),
        pytest.param(
            "Exports rose；imports fell;rates did not.",
            ["Exports rose", "imports fell", "rates did not."],
            id="full width, and no blank",
        ),
        pytest.param(
            "Exports (tea; rice) rose; imports fell.",
            ["Exports (tea; rice) rose", "imports fell."],
            id="not in brackets",
        ),
        pytest.param("The “tea; rice” plan; the rest.", ["The “tea; rice” plan", "the rest."], id="not in quotes"),
        pytest.param("Exports rose;", ["Exports rose"], id="at the end"),
        pytest.param(";", [";"], id="nothing else"),
    ],
)
def test_clauses_stand_between_strong_joints(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


def test_sections_and_paragraphs_count_up() -> None:
    found = read("Roads and Water\n\n【Roads】 One. Two.\n\nThree.\n\n【Water】 Four.")
    assert [(one.section, one.paragraph) for one in found] == [(1, 0), (1, 0), (1, 1), (2, 2)]


PIECES = [
    "Exports rose",
    ".",
    "。",
    " ",
    "\n",
    "\n\n",
    "5.9%",
    "No. 7",
    "U.S.",
    ";",
    "(",
    ")",
    "“",
    "”",
    '"',
    "- ",
    "1. ",
    "Inc.",
    "?!",
    "…",
]
PIECES += ["【Water】", "Page 3 of 12\n", "the", "\r\n", "\u3000", "\ud800", "a", "²", "[1]", "\t", "IV. Trade\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_spans_keep_the_laws(pieces: list[str]) -> None:
    text = "".join(pieces)
    report = read_string(text)
    parts = sections.split(report, BOOK)
    end, paragraph, covered = 0, 0, set()
    for sentence in sentences.split(report, parts, BOOK, LANGUAGE):
        said = text[sentence.start : sentence.end]
        section = parts[sentence.section]
        assert said and said == said.strip()
        assert max(end, section.body) <= sentence.start < sentence.end <= section.end
        assert section.kind == "body"
        assert sentence.paragraph in (paragraph, paragraph + 1)
        assert sentence.clauses
        inner = sentence.start
        for clause in sentence.clauses:
            assert inner <= clause.start < clause.end <= sentence.end
            assert text[clause.start : clause.end] == text[clause.start : clause.end].strip()
            inner = clause.end
        end, paragraph = sentence.end, sentence.paragraph
        covered |= set(range(sentence.start, sentence.end))
    for section in parts:
        if section.kind == "body":
            assert all(at in covered or text[at].isspace() for at in range(section.body, section.end))


RULES = [rule for shape in SHAPES for rule in BOOK.of(shape)]


@pytest.mark.parametrize("rule", RULES, ids=[rule.address for rule in RULES])
def test_a_rule_has_no_hand_in_its_refusals(rule: Rule) -> None:
    # No record carries the id of such a rule, so that it is taken away to see what it does.
    shape = type(rule)
    without = replace(BOOK, rules={**BOOK.rules, shape: tuple(other for other in BOOK.of(shape) if other is not rule)})
    assert rule.refuses
    for refusal in rule.refuses:
        assert split(refusal.text, without) == split(refusal.text), refusal.line
        assert clauses(refusal.text, without) == clauses(refusal.text), refusal.line


@pytest.mark.parametrize(
    "pump", ["%", "(", "“", ";", ".", '."', "1. ", "a. ", "U.S. ", "x\n", ".\n", "x. ", "(;", "。", "\ud800. ", "\n"]
)
def test_time_grows_no_faster_than_the_text(pump: str) -> None:
    read("warm.")
    assert grows_no_faster_than(1, lambda text: read(f"{text}x"), pump * (40_000 // len(pump)), little=0.1)


@pytest.mark.parametrize(
    ("piece", "behind"),
    [("It sold 5 tons and 7 tons of wheat, ", ","), ("the 5 tons of rye ", "e"), ("5 tons ", "s"), ("4%- ", "-")],
    ids=["commas", "words", "figures", "signs"],
)
def test_what_is_longer_than_any_sentence_is_cut_behind_a_comma_or_a_word(piece: str, behind: str) -> None:
    text = (piece * 1000).strip()
    found = [(one.start, one.end) for one in read(text)]
    assert all(end - start <= 4000 for start, end in found) and all(text[end - 1] == behind for _, end in found[:-1])
    assert " ".join(text[start:end] for start, end in found) == text


@pytest.mark.parametrize("piece", ["934 000 ", "40, 000, 000, ", "5tons"], ids=["spaced", "set apart", "unbroken"])
def test_what_is_longer_than_any_sentence_is_not_cut_in_a_number(piece: str) -> None:
    text = "x " + (piece * 2000).strip()
    assert not [one for one in read(text)[:-1] if text[one.end :].lstrip().startswith(("000", "tons"))]


def test_what_is_longer_than_any_sentence_and_has_no_blank_is_cut_behind_a_sign() -> None:
    text = ">5" * 6000
    found = [(one.start, one.end) for one in read(text)]
    assert all(end - start <= 4000 for start, end in found) and all(text[end - 1] == ">" for _, end in found[:-1])
