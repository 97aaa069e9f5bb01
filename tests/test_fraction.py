"""The exact number: as the standard library's, with which it mixes, and harmless to the interpreter."""

from __future__ import annotations

import fractions
import operator
import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fraction import Fraction

ANY = st.fractions(max_denominator=10**6) | st.fractions()
OPERATIONS: list[Callable[[Any, Any], Any]] = [
    operator.add,
    operator.sub,
    operator.mul,
    operator.lt,
    operator.eq,
    lambda a, b: a / b if b else None,
    lambda a, b: a // b if b else None,
    lambda a, b: (round(a), abs(b), int(a), bool(b), str(a), hash(b)),
    lambda a, b: (a**3, b.numerator, b.denominator),
]


@pytest.mark.parametrize("operation", OPERATIONS, ids=range(len(OPERATIONS)))
@given(ANY, ANY)
def test_it_computes_as_the_standard_library(
    operation: Callable[[Any, Any], Any], a: fractions.Fraction, b: fractions.Fraction
) -> None:
    expected = operation(a, b)
    assert operation(Fraction(a), Fraction(b)) == operation(Fraction(a), b) == operation(a, Fraction(b)) == expected


@pytest.mark.parametrize("given", ["5", "1.25", "-3/4", "1e3", 7, Decimal("0.5"), fractions.Fraction(1, 3)], ids=repr)
def test_it_is_made_of_what_the_standard_library_takes(given: Any) -> None:
    assert Fraction(given) == fractions.Fraction(given)
    assert isinstance(Fraction(given), Fraction)
    assert pickle.loads(pickle.dumps(Fraction(given))) == Fraction(given)


@pytest.mark.parametrize("text", ["x", "", "1/0"])
def test_it_refuses_what_the_standard_library_refuses(text: str) -> None:
    with pytest.raises((ValueError, ZeroDivisionError)):
        Fraction(text)


def test_reading_text_changes_no_bytes_that_others_hold() -> None:
    for text in ("5", "10", "0.5", "605000000"):
        Fraction(text)
    assert [chr(code).encode("latin-1")[0] for code in range(256)] == list(range(256))
