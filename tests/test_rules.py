"""Every rule by its own examples and refusals: each is a test whose id is its address, rules/checks/growth.toml:18."""

from __future__ import annotations

from pathlib import Path

import pytest

from invariants import BOOK
from pipeline import api, rulebook, selftest
from pipeline.model import Reading
from pipeline.rulebook import Example, Rule, Rulebook
from pipeline.rulebook.shapes import CueRule, Macro

RULES = list(BOOK)
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]
REFUSALS = [(rule, refusal) for rule in RULES for refusal in rule.refuses]


def read(text: str, book: Rulebook) -> Reading:
    return api.check(text, rules=book, strict=True)


def addresses(cases: list[tuple[Rule, Example]]) -> list[str]:
    return [selftest.address(rule, example) for rule, example in cases]


def test_every_rule_has_an_example_and_a_refusal() -> None:
    lacking = [line for rule in RULES for line in selftest.lacking(rule)]
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=addresses(EXAMPLES))
def test_an_example_finds_what_it_says(rule: Rule, example: Example) -> None:
    failures = list(selftest.example_failures(rule, example, BOOK, read))
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize(("rule", "refusal"), REFUSALS, ids=addresses(REFUSALS))
def test_a_refusal_is_left_alone(rule: Rule, refusal: Example) -> None:
    failures = list(selftest.refusal_failures(rule, refusal, BOOK, read))
    assert not failures, "\n".join(failures)


def test_there_are_rules_of_every_file() -> None:
    shipped = {path.name for path in rulebook.shipped_rules().rglob("*.toml")}
    assert shipped == {Path(rule.address.rpartition(":")[0]).name for rule in RULES}
    assert len(EXAMPLES) > len(RULES) / 2 and REFUSALS


KINDS = [rule for rule in RULES if "/checks/" in rule.address]
FEWEST = 6


@pytest.mark.parametrize("rule", KINDS, ids=[rule.address for rule in KINDS])
def test_a_kind_has_six_examples_of_both_verdicts_and_six_refusals(rule: Rule) -> None:
    told = [line for example in rule.examples for line in example.finds]
    assert len(rule.examples) >= FEWEST and len(rule.refuses) >= FEWEST
    for verdict in ("consistent", "inconsistent"):
        assert any(line.startswith(f"{rule.name} {verdict}: ") for line in told), f"no example is {verdict}"


def test_names_are_unique_within_a_file() -> None:
    ids = [rule.rule_id for rule in RULES]
    assert not {one for one in ids if ids.count(one) > 1}


@pytest.mark.parametrize(("used", "told"), [(True, False), (False, True)], ids=["named by a cue", "named by none"])
def test_an_example_that_holds_without_its_rule_is_told(used: bool, told: bool) -> None:
    """Macros carry no id into what is found: whether a cue needs one is seen by taking it away."""
    example = Example("They paid 5 dollars.", ("5 dollars = 5 USD",), 1)
    macro = Macro(name="SPARE", examples=(example,), address="cues.toml:1", file="cues.toml", pattern="spare")
    cue = CueRule(
        name="spare", address="cues.toml:2", file="cues.toml", kind="growth", patterns=("SPARE by [change:QTY]",)
    )
    book = Rulebook(
        {**BOOK.rules, Macro: (*BOOK.of(Macro), macro), CueRule: (*BOOK.of(CueRule), *[cue] * used)}, BOOK.sha256
    )
    failures = list(selftest.example_failures(macro, example, book, read))
    assert [line for line in failures if "is found by other rules alone" in line] == failures
    assert bool(failures) is told
