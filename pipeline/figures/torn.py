"""Numbers that do not say what they show: cut by signs that nobody sees, turned round, struck out, put together of
letters that look like digits. They are skipped, never read in part: `3` and `45` are not in a 345 with a blank of no
width in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from pipeline.figures.page import Page
from pipeline.patterns import lazy

# What has no width or no meaning: format signs, marks upon the sign before, controls that are no blank, halves of
# pairs, unassigned and private signs, fillers that look like a blank.
_HIDDEN = r"[[\p{C}\p{M}\uFFFD\u115F\u1160\u3164\uFFA0\u2800]--[\t\n\v\f\r\x85]]"
_UNSEEN = r"[[\p{Cf}\p{Cs}\uFFFD\p{Cc}]--[\t\n\v\f\r\x85]]"
_MARKS = r"[\p{M}--[\uFE00-\uFE0F]]"  # a variant of a digit's form is the digit
# Marks of decimals and groups that no rule reads, but for the `·10^6` of a power.
_POINTS = r"(?:[٫٬‧∙⸱ʼ´`]|[·⋅](?!10(?:\^|\*\*|[⁻⁺⁰¹²³⁴-⁹])))"
_FOREIGN = (
    r"[\p{L}--[\p{Script=Latin}\p{Script=Greek}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}"
    r"\p{Script=Common}]]"
)
_SIZES = "[十百千万亿萬億兆仟佰拾만억천백조]"  # of ten to a billion: `3万` is 30,000
_MONEY = r"(?:[a-df-wyzA-DF-WYZ_]|[xX](?!10)) \d (?<=[$€£¥]\d[\d.,]{0,30}..)"  # `$3O5`
_TORN = regex.compile(
    rf"""(?V1)
    (?<=\d) (?: [.,]? {_HIDDEN}++ [.,]? \d | {_POINTS} \d | [\p{{L}}--[a-zA-Z]] \d | \p{{C}}*+ \uFE0F?+ {_MARKS}
              | {_FOREIGN} | [ ]?{_SIZES} | [ ]?[‱٪] )
    | (?<=\d[.,]) {_UNSEEN}++ \d | (?<=[\p{{Nd}}--[0-9]]) [0-9] | {_MONEY}
    | {_FOREIGN} {_HIDDEN}*+ [\da-zA-Z]
    | (?<=[a-zA-Z]-?) (?: {_UNSEEN}++ -? [a-zA-Z] | {_FOREIGN} )
    """,
    regex.VERBOSE,
)
_ONE_POINT = regex.compile(r"(?<!·\d{1,9})·\d{1,9}(?![·\d])")
_TURNED = regex.compile(r"\u202e[^\u202c\n]*+")
_NUMBER = regex.compile(r"\d(?:[\d.,]*+(?<=\d))?")
# What belongs to such a number: a word, too, with the number before it (`5 mil-lion` with a hidden hyphen in it).
_RUN = regex.compile(rf"(?V1)(?:[\d.,a-zA-Z%-]|{_HIDDEN}|{_POINTS}|{_FOREIGN})++")
_LEFT = regex.compile(rf"(?V1)(?r)(?:[\d.,a-zA-Z-]|{_HIDDEN}|{_FOREIGN})++")
_NUMBER_BEFORE = regex.compile(r"(?r)(?<![\d.,])[\d.,]*\d[ -]?")
_WORD_BEFORE = regex.compile(r"(?r)(?<![a-zA-Z])[a-zA-Z]+[ -]")
_WORD_BEHIND = regex.compile(r"[ -](?P<word>[a-zA-Z]++)")
# Most reports hold none of this; their dashes and signs of money tear no number. Apart each is found several times as
# fast as either.
_STRANGE = lazy(r"[^\x09-\x0d\x20-\x7e–—£€¥•…°§©®™]")
_MONEY_AND_LETTER = lazy(r"[$€£¥](?=\d[\d.,]*+[a-zA-Z_]\d)")
_EDGE = ".,-%"
_MOST = 60  # characters to either side: no number is longer


def torn(page: Page) -> Iterator[tuple[int, int]]:
    """Where such numbers stand, in order and apart."""
    view = page.view
    spans = [
        _whole(page, found.start(), found.end())
        for start, end in sorted({*_lines_with(_STRANGE, view), *_lines_with(_MONEY_AND_LETTER, view)})
        for found in _TORN.finditer(view, start, end)
        if not (page.raised and _ONE_POINT.match(view, found.start()))
    ]
    turned = (found.span() for found in _TURNED.finditer(view))
    spans += [number.span() for start, end in turned for number in _NUMBER.finditer(view, start, end)]
    at = 0
    for start, end in sorted(spans):
        first = max(start, at)
        if first < end:
            yield first, end
            at = end


def _lines_with(sought: re.Pattern[str], view: str) -> Iterator[tuple[int, int]]:
    """Start and end of the lines that hold such a sign."""
    at = 0
    while sign := sought.search(view, at):
        start, end = view.rfind("\n", 0, sign.start()) + 1, view.find("\n", sign.end())
        at = end + 1 if end >= 0 else len(view)
        yield start, at


def _whole(page: Page, start: int, end: int) -> tuple[int, int]:
    """The number or word around the place where it is torn, with number words beside it, without outer marks."""
    view = page.view
    left = _LEFT.match(view, max(0, start - _MOST), start)
    start = left.start() if left else start
    if view[start].isalpha() and (number := _NUMBER_BEFORE.match(view, max(0, start - _MOST), start)):
        start = number.start()
    while (word := _WORD_BEFORE.match(view, max(0, start - _MOST), start)) and word.start() in page.spoken:
        start = word.start()
    right = _RUN.match(view, end, end + _MOST)
    end = right.end() if right else end
    while (word := _WORD_BEHIND.match(view, end)) and word.start("word") in page.spoken:
        end = word.end()
    while view[end - 1] in _EDGE or view[end - 1].isspace():
        end -= 1
    while view[start] in _EDGE or view[start].isspace():
        start += 1
    return start, end
