"""Whatever is given to a function that takes what others wrote, it answers, or says in one line what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import laws
import laws_of_numbers
import laws_of_stages
import pipeline
import targets

CASES = laws.CASES | laws_of_numbers.CASES | laws_of_stages.CASES

# What reads pieces of whole reports takes longer; every function by itself has its 500.
EXAMPLES = {"a whole reading": 100}


def tried_alike() -> list[list[str]]:
    """The laws by what they are tried on: to draw the inputs takes longer than to try them, and is done once for each.

    Each law is still tried on all of them; what it is given does not hang on the others.
    """
    alike: dict[tuple[int, int], list[str]] = {}
    for name, (strategy, _) in CASES.items():
        alike.setdefault((id(strategy), EXAMPLES.get(name, 500)), []).append(name)
    return list(alike.values())


@pytest.mark.parametrize("names", tried_alike(), ids=", ".join)
def test_laws_hold_whatever_is_given(names: list[str], tmp_path: Path) -> None:
    strategy = CASES[names[0]][0]
    folders = {name: tmp_path / str(number) for number, name in enumerate(names)}
    for folder in folders.values():
        folder.mkdir()
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]

    @settings(max_examples=EXAMPLES.get(names[0], 500), suppress_health_check=checks, database=None)
    @given(strategy)
    def tried(given_: Any) -> None:
        for name, folder in folders.items():
            try:
                laws.hold(CASES[name][1], given_, folder)
            except Exception as error:
                error.add_note(f"the law that is broken: {name}")
                raise

    tried()


INPUTS = [(target, path) for target in targets.TARGETS for path in sorted((targets.CORPUS / target).iterdir())]


@pytest.mark.parametrize(("target", "path"), INPUTS, ids=[f"{target}/{path.name}" for target, path in INPUTS])
def test_what_a_fuzzer_reached_is_answered(target: str, path: Path) -> None:
    targets.TARGETS[target](path.read_bytes())


def test_every_target_has_a_corpus() -> None:
    assert {target for target, _ in INPUTS} == set(targets.TARGETS)


def test_each_function_that_the_package_offers_is_tried() -> None:
    offered = {name for name in pipeline.__all__ if not isinstance(getattr(pipeline, name), type | str)}
    assert offered <= set(CASES)
