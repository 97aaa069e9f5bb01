"""One walk over the text, digits and number words first: each is a skip or the draft of a figure."""

from __future__ import annotations

import re

from pipeline.figures import digits as printed_digits
from pipeline.figures import drafts, skips, units
from pipeline.figures.page import Draft, Found, Page
from pipeline.figures.quiet import Quiet
from pipeline.figures.spoken import word_hit
from pipeline.figures.years import is_year
from pipeline.model import Sentence, Skip

_NUMBER_LIKE = re.compile(r"\d(?:[\d.,:'/-]*\d)?(?:[eE][+-]?\d++|[ ]?[×xX*·][ ]?\d++(?:\^[-+]?\d++)?|\^[-+]?\d++)?")
_RATIO = re.compile(r":(?P<second>[0-9]{1,5}(?:\.[0-9]++)?)(?![\d:])")
_MINUS = re.compile(r"(?<![0-9%][ ])(?<![^\W_])(?:minus|Minus|negative)[ ]\Z")
_DIGITS = frozenset("0123456789")
_NAME = re.compile(r"[A-Z][A-Za-z]{0,9}[-–]?[0-9]{1,4}[a-zA-Z]?")
_LETTER = re.compile(r"\((?:[a-z]|[ivx]{2,4})\)(?=\s)")
_SIGNS = "-−–+"


def scan(page: Page, sentences: tuple[Sentence, ...], quiet: Quiet) -> Found:
    """The drafts and skips of a report, in order. Outside sentences nothing is scanned."""
    found = Found()
    letter = page.words.decided["list-letter"]
    found.skips.extend(
        Skip(item.start(), item.end(), letter.reason, letter.rule_id)
        for item in _LETTER.finditer(page.low)
        if page.view[item.start() - 1] in " \n;,:."
    )
    starts, spoken = list(page.starts), page.spoken
    n, count = 0, len(starts)
    for sentence in sentences:
        at, stop = sentence.start, sentence.end
        while n < count and starts[n] < stop:
            start = starts[n]
            n += 1
            if start < at:
                continue
            if start in spoken:
                at = word_hit(page, found, quiet, spoken[start], start, sentence)
            elif address := quiet.address(start):
                at = max(start + 1, min(address.end, stop))
                found.skips.append(
                    Skip(max(address.start, sentence.start), at, address.rule.reason, address.rule.rule_id)
                )
            else:
                at = _digits(page, found, start, sentence)
                if at < stop and page.view[at] in _DIGITS and page.view[at - 1] in _DIGITS:
                    n -= 1
                    starts[n] = at  # the rest of a run of digits is a hit of its own
    return found


def _digits(page: Page, found: Found, start: int, sentence: Sentence) -> int:
    """Take up the number whose first digit stands here; returns where the search goes on."""
    view, floor, stop = page.view, sentence.start, sentence.end
    left = view[start - 1] if start > floor else " "
    point = left == "." and (start - 2 < floor or view[start - 2] in " (\n$£€-")  # `.77`
    first = start - 1 if point else start
    follows = bool(found.drafts) and found.drafts[-1].end == start - 1
    sign = view[first - 1] if first > floor else " "
    signed = sign in _SIGNS and not follows and (first - 2 < floor or view[first - 2] in " \n(\"'$£€¥[~<>=")
    if signed:
        first -= 1
    currency = units.prefix_before(page, first, floor)
    bracket = False
    if currency is None and left == "(" and (currency := units.prefix_before(page, start - 1, floor)):
        bracket = True  # `$ (28) million`
    if currency is None and _glued(view, left, start, floor, follows):
        hit = skips.named_before(page, skips.last_word(page, start, floor), start, floor, stop)
        return _skipped(found, hit.skip()) if hit and not hit.rule.weak else _mixed(page, found, start, floor, stop)
    weak = None
    word = ""
    if currency is None or view.startswith("000", start):
        if left in "(（" and (hit := skips.at_line(page, start, floor, stop)):
            return _skipped(found, hit.skip())
        word = skips.last_word(page, first, floor)
        if (
            word in page.words.before
            and (weak := skips.named_before(page, word, start, floor, stop))
            and not weak.rule.weak
        ):
            return _skipped(found, weak.skip())
        hit = skips.at_line(page, start, floor, stop) or skips.at_start(page, start, stop)
        if hit:
            return _skipped(found, hit.skip())
    draft = _read(page, start - 1 if point else start, stop)
    if draft is None:
        return _unreadable(page, found, start, stop)
    minus = _MINUS.search(view, max(floor, start - 10), start) if word in ("minus", "negative") else None
    draft.start = minus.start() if minus else first
    draft.negative = bool(minus) or (signed and sign != "+") or bracket
    if bracket:
        if view[draft.end : draft.end + 1] == ")":
            draft.end += 1
            draft.number_end = draft.end
        else:
            draft.negative = False
    if currency:
        draft.start, measure = currency
        draft.unit, draft.dimension, draft.prefixed = measure.unit, measure.dimension, True
        draft.rules.insert(0, measure.rule)
    return _complete(page, found, draft, word, weak, sentence)


def _complete(page: Page, found: Found, draft: Draft, word: str, weak: skips.Hit | None, sentence: Sentence) -> int:
    """Give the draft its unit or noun, and keep it unless it turns out a year, a name or a weak skip."""
    view, floor, stop = page.view, sentence.start, sentence.end
    number_end, start = draft.end, draft.start
    drafts.behind(page, draft, stop)
    if draft.value is not None and draft.value < 1:
        drafts.undo_noun(draft)
        if not draft.dimension:
            draft.kind, draft.dimension = "factor", "factor"
    plain = draft.multiplier == 1 and not draft.prefixed and draft.manner == "digits"
    if (
        plain
        and not (draft.decimals or draft.grouped or draft.negative)
        and is_year(page, found, draft, word, number_end)
    ):
        rule = page.words.decided["year"]
        return _skipped(found, Skip(start, number_end, rule.reason, rule.rule_id))
    if plain and not draft.dimension:
        if weak:
            return _skipped(found, weak.skip())
        if measure := page.words.units_before.get(word):
            draft.unit, draft.dimension, draft.from_before = measure.unit, measure.dimension, True
            draft.rules.insert(0, measure.rule)
        if view[number_end : number_end + 1] == ")" and len(draft.digits) < 3 and _unopened(view, floor, start):
            rule = page.words.decided["number-before-bracket"]
            return _skipped(found, Skip(start, number_end + 1, rule.reason, rule.rule_id))
        after = view[number_end : number_end + 2] if number_end < stop else ""
        if after and _runs_on(page, after, number_end, stop):
            return _mixed(page, found, start, floor, stop)
        ratio = _RATIO.match(view, number_end, stop) if after[:1] == ":" else None
        if ratio:
            return _ratio(page, found, draft, ratio)
    found.drafts.append(draft)
    return draft.end


def _runs_on(page: Page, after: str, end: int, stop: int) -> bool:
    """Whether letters stand close behind a number that are no unit: `10b5-1`; but `10,000-odd` is a number."""
    if (after[0].isascii() and after[0].isalpha()) or after[0] in "_\\":
        return True
    if after[0] not in "-/" or not after[1:].isalpha() or not after[1:].isascii():
        return False
    return not drafts.is_manner(page, end, stop)


def _unopened(view: str, floor: int, start: int) -> bool:
    """Whether a bracket that closes here was never opened: `1) time and 2) money`."""
    floor = max(floor, start - 200)
    return view.count("(", floor, start) <= view.count(")", floor, start)


def _ratio(page: Page, found: Found, draft: Draft, ratio: re.Match[str]) -> int:
    """`2.72:1` is a factor of 2.72; the two of `60:40` are shares of a hundred; those of `3:2` are two numbers."""
    first, second = draft.digits, ratio["second"]
    found.drafts.append(draft)
    if second == "1":
        draft.end = draft.number_end = ratio.end()
        draft.dimension, draft.kind = "factor", "factor"
        return draft.end
    if not draft.decimals and second.isdigit() and int(first) + int(second) == 100:
        for share in (draft, bare(ratio.start("second"), ratio.end(), second, draft.stop)):
            share.unit, share.dimension = "%", "percent"
            if share is not draft:
                found.drafts.append(share)
        return ratio.end()
    return draft.end


def bare(start: int, end: int, digits: str, stop: int) -> Draft:
    """A whole number in plain digits."""
    return Draft(start, end, end, digits, 0, False, "digits", ["numbers.plain"], stop)


def _read(page: Page, start: int, stop: int) -> Draft | None:
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


def _glued(view: str, left: str, start: int, floor: int, follows: bool) -> bool:
    """Whether the digits stand inside a word or a code: `A320`, `COVID-19`, `TAV/2019`."""
    if follows or left in " \n(":
        return False
    if (left.isalpha() and left.isascii()) or left in "_/\\@=&%":
        return True
    before = view[start - 2] if start - 2 >= floor else " "
    return left in "-–.'" and before.isalnum() and before.isascii() and not (left == "." and not before.isdigit())


def _mixed(page: Page, found: Found, start: int, floor: int, stop: int) -> int:
    """A token of digits and letters: a name (`A320`) or a code."""
    first, end = skips.token(page, start, floor, stop)
    if found.drafts:
        first = max(first, min(start, found.drafts[-1].end))
    if found.skips:
        first = max(first, min(start, found.skips[-1].end))
    rule = page.words.decided["name-with-number" if _NAME.fullmatch(page.view, first, end) else "mixed-token"]
    return _skipped(found, Skip(first, end, rule.reason, rule.rule_id))


def _unreadable(page: Page, found: Found, start: int, stop: int) -> int:
    like = _NUMBER_LIKE.match(page.view, start, stop)
    rule = page.words.decided["unreadable-number"]
    return _skipped(found, Skip(start, like.end() if like else start + 1, rule.reason, rule.rule_id))


def _skipped(found: Found, skip: Skip) -> int:
    if found.drafts and skip.start < found.drafts[-1].end:
        skip = Skip(found.drafts[-1].end, skip.end, skip.reason, skip.rule)
    found.skips.append(skip)
    return skip.end
