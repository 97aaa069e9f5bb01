"""A text → its view: the same length, for matching only, with the many forms of one sign written as one.

Every offset into the view is an offset into the text. Nothing is joined, dropped or decomposed: `5²` stays two
characters and never becomes 52.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.patterns import lazy

# Full-width forms (！ to ～, with ０-９ ％ ，． ：； （） Ａ-Ｚ) have their ASCII kin at a fixed distance.
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_KIN = {
    **_FULL_WIDTH,
    **dict.fromkeys([*"\u00a0\u1680\u202f\u205f\u3000", *map(chr, range(0x2000, 0x200B))], " "),
    **dict.fromkeys("\u2010\u2011\u2212\ufe63", "-"),  # hyphens and minus; dashes mean something else and stay
    **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
    **dict(zip("﹐﹒﹔﹕﹖﹗﹙﹚﹢﹤﹥﹦﹩﹪", ",.;:?!()+<>=$%", strict=True)),
    **dict.fromkeys("\u2044\u2215", "/"),
    **dict(zip("￠￡￥", "¢£¥", strict=True)),
    "\u301c": "~",
    **dict.fromkeys("\v\f\x85\u2028\u2029", "\n"),
}

_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
# `12 bridges¹`, `1,422³ tons`: the mark of a note is no part of the word or number. `km²`, `10⁶` and `5²` are powers.
_NOTED = lazy(
    r"""(?P<marked> (?P<word>[^\W\d_⁰¹²³⁴-⁹]{4,}+) | \d[\d,.]*+(?<=\d\d)(?<!\b10) )
    (?P<mark>[⁰¹²³⁴-⁹]{1,2}+) (?![\w⁻])""",
    re.VERBOSE,
)
_LENGTH = lazy(r"(?i)(?:.*met(?:er|re)s?|miles?|feet|foot|inch(?:es)?|yards?)")


def same_length_view(text: str, hidden: Sequence[tuple[int, int]] = ()) -> str:
    """The view of a text. Line ends are all `\\n` there: of `\\r\\n` the first is a blank, a lone `\\r` is one.

    What is `hidden`, in order, are blanks there, and so are the marks of notes.
    """
    view = text
    if hidden:
        pieces, at = [], 0
        for start, end in hidden:
            pieces += [text[at:start], " " * (end - max(start, at))]
            at = max(at, end)
        view = "".join([*pieces, text[at:]])
    if "\r" in view:
        view = view.replace("\r\n", " \n").replace("\r", "\n")
    if view.isascii() and "\v" not in view and "\f" not in view:
        return view
    signs = set(view)
    if not _RAISED.isdisjoint(signs):
        view = _NOTED.sub(_without_mark, view)
    # Few of the forms occur in one report, and replacing each of those beats translating every character.
    for form in _KIN.keys() & signs:
        view = view.replace(form, _KIN[form])
    return view


def _without_mark(found: re.Match[str]) -> str:
    if found["word"] and _LENGTH.fullmatch(found["word"]):
        return found[0]
    return found["marked"] + " " * len(found["mark"])
