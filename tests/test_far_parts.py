"""Parts that stand far from their total, or from the things they are taken out of: sum and subset."""

from __future__ import annotations

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

_STATIONS = (
    "The four stations counted {} visitors last year.\n\nThe upper line\n\nGlen station saw 104,870 and Moor station "
    "61,390. A kiosk was opened.\n\nThe lower line\n\nAt Ford 83,240 people passed the gate, and at Mill 86,920. The "
    "bridge is being mended."
)
_CAMPS = (
    "Displaced families at the five camps totalled {} on Monday.\n\nFood is short.\n\nDetails of sites\n\n"
    "1. Aro: 12,480\n2. Bela: 9,170\n3. Coma: 8,250\n4. Dero: 6,540\n5. Elda: 4,280\n\nAll are dry."
)
_LOTS = (
    "Cabinet is asked to approve a roads programme of {}.\n\nLot A: the ring road\n\nCost £28.3m, with drains.\n\n"
    "Lot B: the bridge\n\nCost £21.7m, on new piers.\n\nLot C: signals\n\nCost £14.1m, in two towns."
)
_STORES = "By December we ran 318 stores in nine states.\n\nBread\n\nOf our stores{}, {} have their own bakery."


@pytest.mark.parametrize(
    ("kind", "wrong", "right"),
    [
        pytest.param("sum", _STATIONS.format("363,420"), _STATIONS.format("336,420"), id="in-prose"),
        pytest.param("sum", _CAMPS.format("41,260"), _CAMPS.format("40,720"), id="in-lines"),
        pytest.param("sum", _LOTS.format("£61.4m"), _LOTS.format("£64.1m"), id="in-sections"),
        pytest.param("subset", _STORES.format("", "831"), _STORES.format("", "183"), id="taken-out"),
    ],
)
def test_what_stands_far_off_is_held_against_its_whole(book: Rulebook, kind: str, wrong: str, right: str) -> None:
    found = api.check(wrong, rules=book).findings
    assert [(f.severity, f.check.relation.kind) for f in found] == [("error", kind)]
    assert not api.check(right, rules=book).findings


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_STATIONS.format("812,650"), id="another-total"),
        pytest.param(_LOTS.format("£92.6m"), id="other-lots-are-not-told"),
        pytest.param(_STORES.format(" in the region", "831"), id="narrower-things"),
        pytest.param(_STORES.format("", "831").replace("318", "two"), id="a-few-of-them"),
    ],
)
def test_what_need_not_be_of_a_whole_is_no_finding(book: Rulebook, text: str) -> None:
    assert not api.check(text, rules=book).findings
