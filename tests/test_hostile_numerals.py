"""Numerals that were made to be misread: the value that a reader sees, or a skip with its reason; no other value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

# What is printed → the numbers that a reader sees there; none where it must be skipped.
NUMERALS: dict[str, list[int | str]] = {
    # digits of other scripts, and signs that hold a number
    "３４５": [345],
    "３,４５６": [3456],
    "٣٤٥": [],
    "۳۴۵": [],
    "३४५": [],
    "৩৪৫": [],
    "๓๔๕": [],
    "𝟑𝟒𝟓": [],
    "3٤5": [],
    "34٥": [],
    "٣45": [],
    "①": [],
    "34₅": [],
    "²": [],
    "3½": ["7/2"],
    "10²": [100],
    "3万": [],
    "3百": [],
    "3만": [],
    # format signs: no width, turned round, shown elsewhere
    "3\u200b45": [],
    "3\u200c45": [],
    "3\u200d45": [],
    "3\u2060\u200b45": [],
    "3\ufeff45": [],
    "3\u00ad45": [],
    "3\u200e45": [],
    "3\u200f45": [],
    "3\u180e45": [],
    "3,\u200b456": [],
    "3\u200b,456": [],
    "3.\u200b5": [],
    "\u202e543\u202c": [],
    "3\u202e54\u202c": [],
    "\u202e3,456 and 7,890\u202c": [],
    "\u2066345\u2069": [345],
    "\u202a345\u202c": [345],
    "345\u200b": [345],
    "\ufeff345": [345],
    "34\U000e0035": [34],
    "34\ufe0f": [34],
    "3\ufe0f45": [],
    # marks upon a digit: struck out, in a box, accented
    "3\u03364\u03365\u0336": [],
    "3\u030145": [],
    "345\u0301": [],
    "34\u20de": [],
    "3\ufe0f\u20e3": [],
    # signs that are no text
    "3\x0045": [],
    "3\x1b45": [],
    "3\x7f45": [],
    "3\x9f45": [],
    f"3{chr(0xD800)}45": [],  # half of a pair
    f"3{chr(0xDC00)}45": [],
    "3\ufffd45": [],
    "3\ue00045": [],
    "3\u316445": [],
    "3\u280045": [],
    # letters that look like digits
    "3О5": [],
    "3O5": [],
    "l05": [],
    "З45": [],
    "3ο5": [],
    "3ⲟ5": [],
    # marks that look like a point or comma, or mean one elsewhere
    "3\u066b5": [],
    "3\u066c456": [],
    "3·5": [],
    "3⸱5": [],
    "3´456": [],
    "3，456": [3456],
    "3．5": ["7/2"],
    "3\u201a456": [3456],
    "3\u202f456": [3456],
    "3,45": [],
    "34,5678": [],
    "3.4.5": [],
    "3_456": [],
    # what is too large, or written for machines
    "3e9999": [],
    "3" * 5000: [],
    "3" + ",456" * 60: [],
    "0x345": [],
    # parts of a hundred and of ten thousand
    "5٪": [],
    "5‱": [],
    "5％": [5],
    "5﹪": [5],
    # number words with what nobody sees in them
    "six\u200bteen": [],
    "five mil\u00adlion": [],
    "5 mil\u00adlion": [],
    "twenty\u200b-five": [],
    "twenty-\u200bfive": [],
    "twеnty-five": [],
    "twenty-fіve": [],
    "5 mіllion": [],
    "3\u200b45 million": [],
    "sixty-\u200bfive thousand": [],
}


@pytest.mark.parametrize("printed", NUMERALS, ids=lambda printed: ascii(printed)[1:25])
@pytest.mark.parametrize("said", ["In spring it sold {} boats.", "It rose by {}.", "Costs were €{} in May."])
def test_a_hostile_numeral_has_the_value_that_is_seen_or_none(book: Rulebook, printed: str, said: str) -> None:
    text = said.format(printed)
    reading = api.check(text, rules=book)
    values = [claim.figure.number.value for claim in reading.claims]
    assert values in ([], [Fraction(value) for value in NUMERALS[printed]]), [
        text[s.start : s.end] for s in reading.skips
    ]
    taken = {at for one in [*reading.skips, *(c.figure for c in reading.claims)] for at in range(one.start, one.end)}
    assert taken >= {at for at, sign in enumerate(text) if sign.isdigit()}
    assert all(skip.reason and skip.rule for skip in reading.skips)


def test_what_can_be_read_is_read(book: Rulebook) -> None:
    """A reader that skips everything would pass the test above."""
    unread = [
        printed
        for printed, values in NUMERALS.items()
        if values and not api.check(f"In spring it sold {printed} boats.", rules=book).claims
    ]
    assert not unread and sum(map(bool, NUMERALS.values())) > 12
