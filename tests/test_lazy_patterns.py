"""Groups repeated possessively are matched alike by every Python; a pattern that waits is the one it stands for."""

from __future__ import annotations

import re

import pytest

from pipeline.patterns import Lazy, compiled, lazy


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"[a-z](?:[a-z']|(?<=b),(?=c))*+|[^\sa-z]", "its ab,c", ["its", "ab,c"]),
        (r"[0-9]{1,3}+(?:[ ][0-9]{3}(?![0-9]))++", "1 234 567 and 12 3456", ["1 234 567"]),
        (r"iso[ ](?:[0-9a-z]++(?:[./-][0-9a-z]++)*+)", "iso 9001, iso 9001-2", ["iso 9001", "iso 9001-2"]),
        (r"a(?:b|bc){1,2}+", "abbc abcb", ["abb", "ab"]),
    ],
    ids=["either", "ahead", "nested", "counted"],
)
def test_a_possessive_group_keeps_what_it_took(pattern: str, text: str, found: list[str]) -> None:
    assert [match.group() for match in compiled(pattern).finditer(text)] == found


def test_a_pattern_that_waits_is_compiled_once_and_matches_as_one_that_did_not() -> None:
    waits, text = lazy(r"\bA(\d+)", re.IGNORECASE), "a1, A22; b3"
    assert isinstance(waits, Lazy) and set(vars(waits)) == {"pattern", "flags"}
    made = re.compile(waits.pattern, waits.flags)
    assert waits.findall(text) == made.findall(text) == ["1", "22"]
    assert [m.span() for m in waits.finditer(text)] == [m.span() for m in made.finditer(text)]
    assert (waits.sub("", text), waits.split(text)) == (made.sub("", text), made.split(text))
    assert waits.search is waits.search and waits.groups == 1
    assert (waits.match(text, 1), waits.fullmatch(text)) == (None, None)


def test_a_wrong_pattern_is_told_when_it_is_needed() -> None:
    wrong = lazy("(")
    with pytest.raises(re.error, match="missing \\)"):
        wrong.search("(")
