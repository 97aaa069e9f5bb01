"""The smallest set of figures whose change makes all relations agree that quarrel over them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from by_hand import SCALES, relation
from pipeline import api
from pipeline.formulas import Posed, agreement_of
from pipeline.mends import Mend, mends, said
from pipeline.model import Relation
from pipeline.repair import repairs
from pipeline.rulebook import Rulebook


def posed(*said_of: tuple[str, str, int]) -> tuple[str, list[Posed]]:
    """Relations by hand; figures that print alike are one figure."""
    text, made = "", []
    for kind, roles, direction in said_of:
        written, one = relation(kind, roles, direction, offset=len(text))
        text += written[len(text) :]
        made.append(one)
    refs: dict[str, str] = {}

    def named(one: Relation) -> Relation:
        operands = (replace(o, ref=refs.setdefault(text[o.start : o.end], o.ref)) for o in one.operands)
        return replace(one, operands=tuple(operands))

    return text, [Posed(named(one), SCALES) for one in made]


def mended(*said_of: tuple[str, str, int]) -> tuple[dict[int, Mend], list[str]]:
    text, problems = posed(*said_of)
    agreements = [agreement_of(problem) for problem in problems]
    proposed = {n: repairs(p, text) for n, p in enumerate(problems) if agreements[n] == "none"}
    found = mends(problems, agreements, proposed, text)
    first = next(iter(found.values()), None)
    return found, [f"{c.printed} → {c.proposed}" for c in first.changes] if first else []


GROWTH = ("growth", "level=$98.1 million; prior=$81.6 million; percent=12.5%", 1)


@pytest.mark.parametrize(
    ("relations", "wanted"),
    [
        pytest.param(
            [GROWTH, ("sum", "total=$98.1 million; part=$50.1 million; part=$41.7 million", 0)],
            ["$98.1 million → $91.7–91.9 million"],
            id="one-figure-in-both",
        ),
        pytest.param(
            [
                GROWTH,
                ("sum", "total=$98.1 million; part=$50.1 million; part=$41.7 million", 0),
                ("sum", "total=$98.1 million; part=$60.0 million; part=$38.1 million", 0),
            ],
            ["12.5% → 20.1–20.4%", "$41.7 million → $47.9–48.1 million"],
            id="the-shared-figure-agrees-elsewhere",
        ),
        pytest.param(
            [GROWTH, ("sum", "total=$73.3 million; part=$50.1 million; part=$41.7 million", 0)], [], id="none-is-shared"
        ),
        pytest.param(
            [
                ("sum", "total=90 tons; part=40 tons; part=60 tons", 0),
                ("sum", "total=90 tons; part=30 tons; part=50 tons", 0),
            ],
            ["40 tons → 30 tons", "30 tons → 40 tons"],
            id="two-where-one-would-have-to-be-two-numbers",
        ),
    ],
)
def test_the_fewest_figures_that_mend_all(relations: list[tuple[str, str, int]], wanted: list[str]) -> None:
    found, changes = mended(*relations)
    assert sorted(changes) == sorted(wanted)
    assert all(f"{len(m.changes)} together" in said(m) or "One figure" in said(m) for m in found.values())


def test_a_number_that_is_said_again_is_one_figure(book: Rulebook) -> None:
    text = (
        "Net sales rose 12.5% to $98.1 million from $81.6 million in the prior-year quarter. "
        "Sales of $98.1 million consisted of $50.1 million in Asia and $41.7 million in Europe."
    )
    wrong = [check for check in api.check(text, rules=book).checks if check.verdict == "inconsistent"]
    assert [check.relation.kind for check in wrong] == ["growth", "sum"]
    for check in wrong:
        assert check.explanation.endswith(
            " One figure changed would mend this and 1 other relation that does not agree: "
            "$98.1 million → $91.7–91.9 million."
        )
        assert check.suggestion.startswith("$98.1 million → $91.8 million (two digits transposed); ")


def test_the_slip_that_mends_both_is_told_with_its_decimals(book: Rulebook) -> None:
    text = (
        "The budget of US$ 61.2 million (91.8 million tavals at the rate of 15.0 tavals to the dollar) was spent. "
        "In all 25,500 households received US$ 240 each, US$ 61.2 million in total."
    )
    wrong = [check for check in api.check(text, rules=book).checks if check.verdict == "inconsistent"]
    assert all("61.2 million → US$ 6.12 million (a power of ten)" in check.suggestion for check in wrong)


def test_a_tangle_of_relations_costs_a_bounded_time() -> None:
    """Thirty sums of a ring of figures: each shares one with the next, none agrees."""
    ring = [
        ("sum", f"total={900 + n} km; part={100 + n} km; part={101 + (n + 1) % 30} km; part={300 + n} km", 0)
        for n in range(30)
    ]
    text, problems = posed(*ring)
    calls = 0
    for problem in problems:
        solve = problem.solved

        def counted(place: int, solve=solve) -> object:  # type: ignore[no-untyped-def]
            nonlocal calls
            calls += 1
            return solve(place)

        problem.solved = counted  # type: ignore[method-assign, assignment]
    mends(problems, ["none"] * 30, {}, text)
    assert calls < 100_000
