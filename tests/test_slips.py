"""Slips of the pen: how likely one would explain figures by chance."""

from __future__ import annotations

from fractions import Fraction

import pytest

from by_hand import SCALES, relation
from pipeline.slips import chance


def odds(kind: str, roles: str) -> Fraction | None:
    return chance(relation(kind, roles)[1], SCALES)


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        pytest.param("sum", "total=1,273,945 people; part=682,112 people; part=591,883 people", id="a-digit-of-seven"),
        pytest.param("sum", "total=41,827 people; part=22,614 people; part=19,123 people", id="two-digits-swapped"),
        pytest.param("growth", "level=46,213 km; prior=42,118 km; change=4,905 km", id="a-swapped-change"),
    ],
)
def test_a_slip_in_long_figures_is_hardly_chance(kind: str, roles: str) -> None:
    found = odds(kind, roles)
    assert found is not None and found < Fraction(1, 50)


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        pytest.param("sum", "total=94 people; part=31 people; part=43 people", id="short-counts"),
        pytest.param("share", "part=112 people; whole=340 people; percent=37%", id="a-percentage-of-two-digits"),
    ],
)
def test_a_slip_in_short_figures_may_be_chance(kind: str, roles: str) -> None:
    found = odds(kind, roles)
    assert found is None or found > Fraction(1, 50)


def test_figures_that_no_slip_explains_have_no_odds() -> None:
    assert odds("sum", "total=1,273,945 people; part=402,731 people; part=591,833 people") is None


def test_what_misses_by_the_last_digit_of_a_measure_is_no_slip() -> None:
    assert odds("growth", "level=46,213.4 km; prior=42,118.2 km; change=4,095.7 km") is None
