"""Groups that are repeated possessively are matched alike by every Python."""

from __future__ import annotations

import pytest

from pipeline.patterns import compiled


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
