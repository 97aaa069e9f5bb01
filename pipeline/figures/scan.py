"""One walk over the text, digits and number words first: each is a skip or the draft of a figure."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.figures import digits as printed_digits
from pipeline.figures import drafts, glued, skips, units
from pipeline.figures.ages import tells_age
from pipeline.figures.page import Draft, Found, Page
from pipeline.figures.quiet import Quiet
from pipeline.figures.spoken import word_hit
from pipeline.figures.vocabulary import Measure
from pipeline.figures.years import is_year, year_alone
from pipeline.limits import BeyondLimit
from pipeline.model import Sentence, Skip
from pipeline.patterns import lazy

# What must be skipped together where it cannot be read: `12,34,56`, `1e999`, `8x2^10`.
_NUMBER_LIKE = lazy(
    r"\d(?:[\d⁰¹²³⁴-⁹.,:'/-]*[\d⁰¹²³⁴-⁹])?(?:[eE][+-]?\d++|[ ]?[×xX*·][ ]?\d++(?:\^[-+]?\d++)?|\^[-+]?\d++)?"
)
_RATIO = lazy(r":(?P<second>[0-9]{1,5}(?:\.[0-9]++)?)(?![\d:])")
_TO_ONE = lazy(r"[ ]to[ ](?P<second>1(?:\.0{1,2})?)(?![0-9.,]*[0-9]|[ ]?[%$€£]|[ ](?:percent|per cent|[mbt]illion)\b)")
_HYPHENED_TO = lazy(r"-to-[$€£¥]?[0-9]")
_HYPHENED_TO_ONE = lazy(r"-to-(?P<second>1)(?![\w.,-]*[0-9])")
_FAR = 120  # characters: how far before `3 to 1` a ratio is spoken of
_MINUS = lazy(r"(?<![0-9%][ ])(?<![^\W_])(?<!plus or )(?:minus|Minus|negative)[ ]\Z")
_MINUS_MONEY = lazy(r"(?<![^\s(\[:])(?<![0-9%][ ])(?P<sign>[-−–])\Z")
_BASE = lazy(r"1(?:0{2,6}|0{0,2}(?:[, ]000){1,2})(?![0-9,.]*[0-9]|[ ]?[%$€£])")  # `51.8/100,000`
_IN_MILLIONS = lazy(r"[mM](?![\w-])")
_CODES = frozenset((" through ", " to ", " and ", ", ", "-", "–"))
_RANGED = frozenset(("-", "–", " to ", " - ", " – "))
_NOTE = lazy(r"[1-9][0-9]?+(?=[.,;:]?(?:\s++[A-Z\"“(]|\s*+\Z)|[.,;:]\s)")
_AT_STOP = lazy(r"(?<![^\W_])(?!approx\b)[a-z]{5,}[.;]\Z")
_TAIL = lazy(r"-[0-9]{1,2}(?![0-9]|[.,][0-9]|[ ]?%)")
_BRACKETED = lazy(
    r"[0-9][0-9,.]{0,20}\)[ ]?"
    r"(?:%|(?:percent|per[ ]cent|percentage[ ]points|million|billion|thousand|trillion|crore|lakh)\b)"
)
_CHAIN = lazy(r"[0-9]{1,4}/[0-9]{1,4}/[0-9]")  # `1/2/3`, what is no date
_LIST_LETTER = lazy(r"\((?:[a-z]|[ivx]{2,4})\)(?=\s)")
_POWER_BEFORE = lazy(r"(?<![^\W_])(?P<unit>[^\W\d_]{1,4})(?:\^?[({]?[-−–]|\^)\Z")
_SUBSTANCE = 12  # characters: `200 µmol photons m−2`
_DECIMALS = lazy(r"[.,][0-9]|[ ]?[%$€£]")
_DIGITS = frozenset("0123456789")  # no empty string among them
_SIGNS = frozenset("-−–+")
_BEFORE_SIGN = frozenset(" \n(\"'$£€¥[~<>=")
_CLOSING = frozenset('"”»')
_TITLED = lazy(r"[\"“«][A-Z][^\"“”«»\n]*\w[ ]\Z")
_BEFORE_NOTE = frozenset(".,;:)”!?")
_LONG = 8  # digits
_BEFORE_POINT = frozenset(" (\n$£€-")


class _Left(NamedTuple):
    """What stands before the first digit of a number.

    The figure begins at `start`, the number itself at `number` (the point of `.77` belongs to it). `signed` says that
    a plus or minus was taken up, `bracketed` that the number stands in brackets behind a currency.
    """

    start: int
    number: int
    signed: bool
    negative: bool
    bracketed: bool
    currency: Measure | None


def scan(page: Page, sentences: tuple[Sentence, ...], quiet: Quiet) -> Found:
    """The drafts and skips of a report, in order. Outside sentences nothing is scanned."""
    found = Found()
    starts, spoken = list(page.starts), page.spoken
    n, count = 0, len(starts)
    for sentence in sentences:
        at, stop = sentence.start, sentence.end
        while n < count and starts[n] < stop:
            start = starts[n]
            n += 1
            if start < at:
                continue
            if address := quiet.address(start):
                at = max(start + 1, min(address.end, stop))
                found.skip(Skip(max(address.start, sentence.start), at, address.rule.reason, address.rule.rule_id))
            elif start in spoken:
                at = word_hit(page, found, quiet, spoken[start], start, sentence)
            else:
                at = _digit_hit(page, found, start, sentence)
                if at < stop and page.view[at] in _DIGITS and page.view[at - 1] in _DIGITS:
                    n -= 1
                    starts[n] = at  # the rest of a run of digits is a hit of its own
    return found


def list_letters(page: Page) -> list[Skip]:
    """The letters that number a list: `(a) food; (b) water`."""
    rule = page.words.decided["list-letter"]
    return [
        Skip(item.start(), item.end(), rule.reason, rule.rule_id)
        for item in _LIST_LETTER.finditer(page.low)
        if item.start() == 0 or page.view[item.start() - 1] in " \n;,:."
    ]


def _digit_hit(page: Page, found: Found, start: int, sentence: Sentence) -> int:
    """Take up the number whose first digit stands here; returns where the search goes on."""
    floor, stop = sentence.start, sentence.end
    taken = found.drafts[-1].end if found.drafts else -1
    follows = taken == start - 1
    if follows and page.view[start - 1] == "/" and (base := _BASE.match(page.view, start, stop)):
        return found.skip(page.words.skip("base-of-a-rate", start, base.end()))
    # A sign of money within what was skipped is no sign of this number: `a@Rs 5`.
    left = _left(page, start, max(floor, taken, found.skips[-1].end if found.skips else -1), follows)
    weak, word = None, ""
    if page.view[start] in "123" and page.view[start - 1] in "-−–^" and (power := _power(page, found, start, stop)):
        return found.skip(power)
    if (left.currency is None and not left.bracketed) or page.view.startswith("000", start):
        word = skips.last_word(page, left.start, floor)
        if not follows and glued.is_glued(page.view, start, floor):
            named = skips.named_before(page, skips.last_word(page, start, floor), start, floor, stop)
            return (
                found.skip(named.skip()) if named and not named.rule.weak else glued.mixed(page, found, start, sentence)
            )
        hit = _skip_here(page, word, start, floor, stop)
        if hit and not hit.rule.weak:
            return found.skip(hit.skip())
        weak = hit or (_note(page, start, floor, stop) if page.view[start - 1] in _BEFORE_NOTE else None)
        if (
            weak
            and not weak.rule.weak
            and (_NOTE.match(page.view, start, stop) or _AT_STOP.search(page.view, max(floor, start - 20), start))
        ):
            return found.skip(weak.skip())
        if not left.signed and (year := year_alone(page, start, stop)):
            return found.skip(page.words.skip("year", start, year))
    unread, end = "unreadable-number", start + 1
    try:
        draft = _read(page, left.number, stop)
    except BeyondLimit as beyond:
        draft, unread, end = None, beyond.skip, beyond.end
    if draft is None:
        like = _NUMBER_LIKE.match(page.view, start, stop)
        return found.skip(page.words.skip(unread, start, max(end, like.end() if like else end)))
    _take_left(page, draft, left, word, floor)
    _take_money(page, found, draft)
    number_end = draft.end
    drafts.behind(page, draft, stop)
    if left.bracketed and not draft.negative and page.view[draft.end : draft.end + 1] == ")":  # `£(8.1m)`
        draft.negative, draft.end, draft.number_end = True, draft.end + 1, draft.end + 1
    if (
        draft.multiplier > 1
        and draft.end == draft.number_end
        and (more := page.words.multiplier.match(page.low, draft.number_end, stop))
    ):
        return found.skip(page.words.skip("unreadable-number", draft.start, more.end()))  # `5 million million million`
    return _settle(page, found, draft, number_end, word, weak, sentence)


def _ends_title(page: Page, start: int, end: int, sentence: Sentence) -> skips.Hit | None:
    """The number of a title in quotation marks: `the “Maestro 7” competition`."""
    if page.view[end : end + 1] not in _CLOSING or not _TITLED.search(
        page.view, max(sentence.start, start - 80), start
    ):
        return None
    return skips.Hit(start, end, page.words.decided["series-name"])


def _power(page: Page, found: Found, start: int, stop: int) -> Skip | None:
    """The power of a unit behind a figure: the `ha−1` of `6.4 t ha−1`, the `m^2` of `20 J/m^2`."""
    named = _POWER_BEFORE.search(page.view, max(found.end - 3, start - 8), start)
    if named is None or not units.power_unit(page, named["unit"]):
        return None
    end = start + 1
    if page.view[end : end + 1] and (
        page.view[end : min(end + 1, stop)].isalnum() or _DECIMALS.match(page.view, end, stop)
    ):
        return None
    if not found.end or found.end < named.start() - _SUBSTANCE:
        return None
    return page.words.skip("power-of-a-unit", named.start("unit"), end)


def _note(page: Page, start: int, floor: int, stop: int) -> skips.Hit | None:
    """The mark of a footnote that stands close behind a word or bracket: `grew.4 It`, `(at prices)2.`"""
    left = page.view[max(floor, start - 3) : start]
    if len(left) < 3 or not (left[-1] in ")”" or left[-2] in "%)”" or left[:-1].isalpha()):
        return None
    end = start + 2 if page.view[start + 1 : start + 2] in _DIGITS else start + 1
    if page.view[end : end + 1] in _DIGITS:
        return None
    return skips.Hit(start, min(end, stop), page.words.decided["footnote"])


def _left(page: Page, start: int, floor: int, follows: bool) -> _Left:
    view = page.view
    left = view[start - 1] if start > floor else " "
    number = start
    if left == "." and not follows and (start - 2 < floor or view[start - 2] in _BEFORE_POINT):
        number = start - 1  # `.77`
    sign = view[number - 1] if number > floor else " "
    first = number
    signed = sign in _SIGNS and not follows and (first - 2 < floor or view[first - 2] in _BEFORE_SIGN)
    if signed:
        first -= 1
    currency = units.prefix_before(page, first, floor)
    bracketed = left == "(" and _BRACKETED.match(view, number) is not None  # `(28) million`, `(2.5)%`
    if currency is None and left == "(":
        currency = units.prefix_before(page, start - 1, floor)
        bracketed = bracketed or currency is not None  # `$ (28) million`
    if currency:
        start, measure = currency
        minus = _MINUS_MONEY.search(view, max(floor, start - 2), start)
        if minus:  # `-$35m`
            return _Left(minus.start("sign"), number, True, True, bracketed, measure)
        return _Left(start, number, signed, signed and sign != "+", bracketed, measure)
    return _Left(first - bracketed, number, signed, signed and sign != "+", bracketed, None)


def _skip_here(page: Page, word: str, start: int, floor: int, stop: int) -> skips.Hit | None:
    """The skip that stands here; a weak one only where there is no other."""
    bracket = skips.at_line(page, start, floor, stop) if page.view[start - 1 : start] in ("(", "（") else None
    if bracket:
        return bracket
    named = skips.named_before(page, word, start, floor, stop) if word in page.words.before else None
    if named and not named.rule.weak:
        return named
    return skips.at_line(page, start, floor, stop) or skips.at_start(page, start, stop) or named


def _take_left(page: Page, draft: Draft, left: _Left, word: str, floor: int) -> None:
    """Give a draft its sign and currency."""
    said = None
    if left.currency and page.low.endswith(("minus ", "negative "), floor, left.start):
        said = _MINUS.search(page.view, max(floor, left.start - 10), left.start)  # `a negative NOK 140 million`
    elif word in ("minus", "negative"):
        said = _MINUS.search(page.view, max(floor, left.number - 10), left.number)
    draft.start = said.start() if said else left.start
    draft.negative = left.negative or said is not None
    if left.bracketed and page.view[draft.end : draft.end + 1] == ")":
        draft.negative = True
        draft.end = draft.number_end = draft.end + 1
    if left.currency:
        draft.unit, draft.dimension, draft.prefixed = left.currency.unit, left.currency.dimension, True
        draft.rules.insert(0, left.currency.rule)


def _take_money(page: Page, found: Found, draft: Draft) -> None:
    """Of `$5-6m` the 6 is money too, or its m would be metres."""
    last = found.drafts[-1] if found.drafts else None
    if last is None or not last.prefixed or draft.prefixed or page.view[last.end : draft.start] not in _RANGED:
        return
    if _IN_MILLIONS.match(page.view, draft.end):
        draft.unit, draft.dimension, draft.prefixed = last.unit, last.dimension, True
        draft.rules.insert(0, last.rules[0])


def _settle(
    page: Page, found: Found, draft: Draft, number_end: int, word: str, weak: skips.Hit | None, sentence: Sentence
) -> int:
    """Keep the draft, unless it turns out a year, a name, the number of a list or a weak skip."""
    view, start = page.view, draft.start
    if draft.value is not None and draft.value < 1:
        drafts.undo_noun(draft)
        if not draft.dimension:
            draft.kind, draft.dimension = "factor", "factor"
    plain = draft.multiplier == 1 and not draft.prefixed and draft.manner == "digits"
    tail = (
        _TAIL.match(view, number_end, sentence.end)
        if draft.grouped and view[number_end : number_end + 1] == "-"
        else None
    )
    if tail:
        return found.skip(page.words.skip("number-with-tail", start, tail.end()))
    whole = plain and not (draft.decimals or draft.grouped or draft.negative)
    if whole and is_year(page, found, draft, word, number_end):
        return found.skip(page.words.skip("year", start, number_end))
    code = _is_code(found, view, draft) if whole and not draft.exponent else ""
    if code and draft.noun:
        return found.skip(page.words.skip(code, start, number_end))
    if not plain or draft.dimension:
        found.drafts.append(draft)
        return draft.end
    weak = weak or _ends_title(page, start, number_end, sentence)
    if weak:
        return found.skip(weak.skip())
    if tells_age(page, draft, number_end, word, sentence):
        word = "aged"
    if measure := page.words.units_before.get(word):  # `aged 16`, `aged from 16`
        draft.unit, draft.dimension, draft.from_before = measure.unit, measure.dimension, True
        draft.rules.insert(0, measure.rule)
    after = view[number_end : number_end + 2] if number_end < sentence.end else ""
    if after[:1] == ")" and len(draft.digits) < 3 and _unopened(view, sentence.start, start):
        return found.skip(page.words.skip("number-before-bracket", start, number_end + 1))
    if after and _runs_on(page, after, number_end, sentence.end):
        return glued.mixed(page, found, start, sentence)
    if code:
        return found.skip(page.words.skip(code, start, number_end))
    found.drafts.append(draft)
    ratio = _ratio_behind(page, draft, number_end, word, sentence)
    return _ratio(found, draft, ratio) if ratio else draft.end


def _ratio_behind(page: Page, draft: Draft, end: int, word: str, sentence: Sentence) -> re.Match[str] | None:
    """`2.72:1` and, where a ratio is spoken of or decimals are printed, `3.5 to 1`."""
    if page.view[end : end + 1] == ":":
        return _RATIO.match(page.view, end, sentence.end)
    if page.view[end : end + 1] == "-":
        return _HYPHENED_TO_ONE.match(page.view, end, sentence.end)
    if word in ("from", "between"):
        return None
    found = _TO_ONE.match(page.view, end, sentence.end)
    spoken_of = found and "ratio" in page.low[max(sentence.start, draft.start - _FAR) : draft.start]
    return found if spoken_of or draft.decimals else None


def _is_code(found: Found, view: str, draft: Draft) -> str:
    """The skip for digits that nobody counts with: `01`, and eight of them without marks where nothing is counted."""
    if draft.digits[0] == "0" and len(draft.digits) > 1:
        return "leading-zero"
    last = found.skips[-1] if found.skips else None
    if (
        last
        and last.rule == "skips.leading-zero"
        and last.end - last.start == len(draft.digits)
        and view[last.end : draft.start] in _CODES
    ):
        return "leading-zero"  # `01 through 15`
    return "long-number" if len(draft.digits) >= _LONG and not draft.noun else ""


def _runs_on(page: Page, after: str, end: int, stop: int) -> bool:
    """Whether letters stand close behind a number that are no unit: `10b5-1`; but `10,000-odd` is a number."""
    if (after[0].isascii() and after[0].isalpha()) or after[0] in "_\\":
        return True
    if _HYPHENED_TO.match(page.view, end, stop):
        return False
    if after[0] not in "-/" or not after[1:].isalpha() or not after[1:].isascii():
        return False
    return not drafts.is_manner(page, end, stop)


def _unopened(view: str, floor: int, start: int) -> bool:
    """Whether a bracket that closes here was never opened: `1) time and 2) money`."""
    floor = max(floor, start - 200)
    return view.count("(", floor, start) <= view.count(")", floor, start)


def _ratio(found: Found, draft: Draft, ratio: re.Match[str]) -> int:
    """`2.72:1` is a factor of 2.72; the two of `60:40` are shares of a hundred; those of `3:2` are two numbers."""
    second = ratio["second"]
    if second in ("1", "1.0", "1.00"):
        draft.end = draft.number_end = ratio.end()
        draft.dimension, draft.kind = "factor", "factor"
        return draft.end
    if draft.decimals or not second.isdigit() or int(draft.digits) + int(second) != 100:
        return draft.end
    start, end = ratio.span("second")
    rest = Draft(start, end, end, second, 0, False, "digits", ["numbers.plain"], draft.stop)
    found.drafts.append(rest)
    draft.unit = rest.unit = "%"
    draft.dimension = rest.dimension = "percent"
    return end


def _read(page: Page, start: int, stop: int) -> Draft | None:
    if _CHAIN.match(page.view, start, stop):
        return None
    number = printed_digits.fraction(page, start, stop) or printed_digits.read(page, start, stop)
    if number is None:
        return None
    return Draft(
        start=start,
        end=number.end,
        number_end=number.end,
        digits=number.digits,
        decimals=number.decimals,
        negative=False,
        manner="fraction" if number.value is not None else "digits",
        rules=[number.rule],
        stop=stop,
        exponent=number.exponent,
        value=number.value,
        grouped=number.grouped,
    )
