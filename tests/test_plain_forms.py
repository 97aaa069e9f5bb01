"""Plain forms of telling, each filled with right figures and with wrong ones.

They stand in tests/samples/forms.toml: forms with blanks, what is right in them, and what is wrong in some of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

FORMS = tomllib.loads((Path(__file__).parent / "samples" / "forms.toml").read_text(encoding="utf-8"))["forms"]
Fills = Mapping[str, str]


def cases() -> Iterator[Any]:
    """Each form with its fills, named for its kind, its group and its place in it."""
    for group in FORMS:
        for n, form in enumerate(group["texts"], 1):
            wrong = [fills for fills in group["wrong"] if changes(form, fills)]
            yield pytest.param(form, group["right"], wrong, id=f"{group['kind']}-{group['name']}-{n}")


def changes(form: str, fills: Fills) -> bool:
    """Whether a form has one of these blanks."""
    blanks = {name for _, name, _, _ in Formatter().parse(form) if name is not None}
    return not blanks.isdisjoint(fills)


def filled(form: str, fills: Fills) -> str:
    """A form with its blanks filled, beginning with a capital; `{s}` is `{S}` within a sentence."""
    subject = fills.get("S", "")
    text = form.format_map({"s": subject[:1].lower() + subject[1:], **fills})
    return text[:1].upper() + text[1:]


@pytest.mark.parametrize(("form", "right", "wrong"), list(cases()))
def test_a_form_is_clean_with_right_figures(book: Rulebook, form: str, right: Fills, wrong: list[Fills]) -> None:
    told = [one.check.explanation for one in api.check(filled(form, right), rules=book).findings]
    assert not told, "\n".join(told)


@pytest.mark.parametrize(("form", "right", "wrong"), list(cases()))
def test_a_form_is_an_error_with_wrong_figures(book: Rulebook, form: str, right: Fills, wrong: list[Fills]) -> None:
    texts = [filled(form, {**right, **fills}) for fills in wrong]
    assert texts, "no blank of this form is ever wrong"
    found = {text: {one.severity for one in api.check(text, rules=book).findings} for text in texts}
    assert not [text for text in texts if "error" not in found[text]]
