"""A text → its view: the same length, for matching only, with the many forms of one sign written as one.

Every offset into the view is an offset into the text. Nothing is joined, dropped or decomposed: `5²` stays two
characters and never becomes 52.
"""

from __future__ import annotations

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


def same_length_view(text: str) -> str:
    """The view of a text. Line ends are all `\\n` there: of `\\r\\n` the first is a blank, a lone `\\r` is one."""
    view = text
    if "\r" in view:
        view = view.replace("\r\n", " \n").replace("\r", "\n")
    if view.isascii() and "\v" not in view and "\f" not in view:
        return view
    # Few of the forms occur in one report, and replacing each of those beats translating every character.
    for form in _KIN.keys() & set(view):
        view = view.replace(form, _KIN[form])
    return view
