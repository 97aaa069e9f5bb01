"""Laws of the figures, for any text: every digit once, nothing overlaps, no value is guessed, no text takes long."""

from __future__ import annotations

import time
from fractions import Fraction
from numbers import Rational

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invariants import BOOK
from pipeline import figures, sections, sentences
from pipeline.figures import Figures
from pipeline.language import Language
from pipeline.model import Report, Sentence
from pipeline.readers.view import same_length_view
from pipeline.rulebook import Rulebook

LANGUAGE = Language()
PIECES = [
    *"0123456789.,-–/:()%$€½²①٣\"' \n;",
    *(" million", " Yuan", "one ", "twenty-", "half ", "third ", " of ", " a ", " and ", " to ", " per ", "more than "),
    *("2009", "1,234", "3.5", "No. ", "Table ", "March ", "poor ", "villages", "km", "percent", "【1】", "x10^", "e9"),
]


def read(text: str, book: Rulebook = BOOK) -> tuple[Figures, tuple[Sentence, ...]]:
    report = Report("report", text, same_length_view(text), "")
    parts = sections.split(report, book)
    said = sentences.split(report, parts, book, LANGUAGE)
    return figures.find(report, parts, said, book), said


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60))
def test_every_digit_stands_in_one_figure_or_skip(text: str) -> None:
    found, said = read(text)
    owners = [0] * len(text)
    for one in (*found.figures, *found.skips):
        assert text[one.start : one.end].strip() == text[one.start : one.end] != ""
        for at in range(one.start, one.end):
            owners[at] += 1
    assert max(owners, default=0) <= 1
    assert all(owners[at] == 1 for at, char in enumerate(text) if char.isdigit())
    for figure in found.figures:
        assert any(sentence.start <= figure.start and figure.end <= sentence.end for sentence in said)
        assert figure.start < figure.number_end <= figure.end
        assert figure.rule
    starts = [figure.start for figure in found.figures], [skip.start for skip in found.skips]
    assert all(list(ordered) == sorted(ordered) for ordered in starts)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_the_same_text_gives_the_same(text: str) -> None:
    assert read(text)[0] == read(text)[0]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_number_is_a_float(text: str) -> None:
    for figure in read(text)[0].figures:
        for printed in (figure.number, figure.upper):
            sizes = (printed.value, printed.step, printed.coarse) if printed else ()
            assert all(isinstance(size, Rational) for size in sizes)


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def in_lakhs(number: int) -> str:
    head, tail = divmod(number, 1000)
    if not head:
        return str(tail)
    pairs = []
    while head:
        head, pair = divmod(head, 100)
        pairs.append(f"{pair:02}" if head else str(pair))
    return ",".join([*reversed(pairs), f"{tail:03}"])


@given(st.integers(0, 10**15), st.sampled_from([",", "'", "\u00a0", "\u2009"]))
def test_a_grouped_number_is_read_as_written(number: int, mark: str) -> None:
    found, _ = read(f"It is {grouped(number, mark)} km long.")
    assert [figure.number.value for figure in found.figures] == [number]


@given(st.integers(0, 10**12))
def test_a_number_in_lakhs_is_read_as_written(number: int) -> None:
    found, _ = read(f"It is {in_lakhs(number)} km long.")
    assert [figure.number.value for figure in found.figures] == [number]


@given(st.integers(0, 10**12), st.integers(0, 6), st.sampled_from([("", 1), (" million", 10**6), (" crore", 10**7)]))
def test_decimals_and_multipliers_are_exact(number: int, places: int, multiplier: tuple[str, int]) -> None:
    digits = str(number).rjust(places + 1, "0")
    written = f"{digits[: len(digits) - places]}.{digits[len(digits) - places :]}".rstrip(".")
    found, _ = read(f"It got {written}{multiplier[0]} Yuan.")
    (figure,) = found.figures
    assert figure.number.value == Fraction(number * multiplier[1], 10**places)
    assert figure.number.step == Fraction(multiplier[1], 10**places)


SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = [(10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")]


def spelled(number: int) -> str:
    """A speller of our own, for the round trip."""
    for scale, name in SCALES:
        if number >= scale:
            head, tail = divmod(number, scale)
            joint = " and " if 0 < tail < 100 else " "
            return f"{spelled(head)} {name}{joint if tail else ''}{spelled(tail) if tail else ''}"
    if number < 20:
        return SMALL[number]
    return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")


@given(st.integers(1, 10**15 - 1))
def test_a_number_in_words_says_what_it_says(number: int) -> None:
    found, _ = read(f"It is {spelled(number)} km long.")
    assert [figure.number.value for figure in found.figures] == [number]
    assert found.figures[0].unit == "km"


@given(st.integers(0, 999), st.integers(1, 999), st.sampled_from(["-", "–", " to "]))
def test_a_range_has_two_ends_in_order(low: int, more: int, joint: str) -> None:
    found, _ = read(f"It weighs {low}{joint}{low + more} kg.")
    (figure,) = found.figures
    assert figure.upper is not None
    assert (figure.number.value, figure.upper.value) == (low, low + more)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        "1e" + "9" * 100_000,
        "1" + ",234" * 25_000,
        "1," * 50_000,
        "1\u0663" * 25_000,
        "(" * 50_000 + "5",
        "5%" * 10_000,
        "5 km " * 5_000,
        "one hundred and " * 5_000,
        "1 million million " * 2_500,
        "5 poor " * 2_500,
        "5-" * 10_000,
        "a1" * 25_000,
        "$" * 50_000 + "5",
        "http://a.b/1 " * 2_500,
        "per capita " * 5_000 + "5 Yuan",
        "3\u200b" * 25_000,
        "3" + "\u200b" * 50_000,
        "a\u00ad" * 25_000,
        "\u202e1" * 25_000,
        "$" + "1," * 50_000 + "\u0430",
        "\u0430" * 50_000 + "5",
        "five mil\u00adlion " * 2_500,
    ],
    ids=lambda text: text[:16],
)
def test_no_text_takes_long(text: str, book: Rulebook) -> None:
    report = Report("report", text, same_length_view(text), "")
    parts = sections.split(report, book)
    said = (Sentence(0, len(text.rstrip()), 0, 0, ()),)
    started = time.process_time()
    figures.find(report, parts, said, book)
    assert time.process_time() - started < 4
