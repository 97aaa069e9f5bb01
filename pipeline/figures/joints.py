"""Figures that stand together: ranges become one figure, and lists lend unit and multiplier to their first."""

from __future__ import annotations

import itertools
import re

from pipeline.figures import digits as printed_digits
from pipeline.figures import rests
from pipeline.figures.page import Draft, Page
from pipeline.fraction import Fraction
from pipeline.model import Printed
from pipeline.patterns import lazy

# What may stand between two figures, a line break written as a blank.
_TIGHT = frozenset(("-", "–", "—", " - ", " – ", " — ", "~", " ~ "))
_DASHES = _TIGHT | {"- ", "– ", " -", " to ", "- to ", "-to ", "-to-", " through "}
_LISTS = frozenset((", ", ",", " , ", "-, "))
_ENDS = frozenset(
    (
        *(" and ", ", and ", " or ", ", or ", " & ", "- and ", "- or ", "-, and ", "-, or "),
        *(" to ", ", to ", " and to ", "- to ", "-to ", "-to-", "-", "–", " - ", " – ", " -", "- ", "– "),
        *(" from ", " and from ", " vs. ", " vs ", " versus "),
    )
)
_AND_FURTHER = frozenset((" plus ", " plus another ", " plus a further ", " and another ", " and a further "))
_EACH_TO = lazy(r" (?:an?|per) [a-z]{2,12} to ")  # `from $3 a kilo to $5 a kilo`
_JOINTS = _ENDS | _AND_FURTHER
_HEDGED_END = lazy(
    r",? (?:to|and|or|but) (?:as (?:much|many|high|low) as|more than|less than|fewer than|no more than|about|nearly|"
    r"around|over|almost|approximately|roughly|some|under|above|below|at least|at most|up to|"
    r"no fewer than|not more than|a minimum of|a maximum of) "
)
_AND_HEDGED = frozenset((" and about ", " and around ", " and nearly ", " and almost ", " and some ", " and over "))
_TO_A_LEVEL = frozenset((" to ", " from ", ", to ", " higher at ", " lower at "))
_SIDE_BY_SIDE = lazy(
    r"(?: of (?:the )?[a-z]+(?: [a-z]+)?)?,? (?:up|down|which is|that is|"
    r"(?:an? )?(?:increase|decrease|rise|fall|gain|drop|decline|improvement) of)?[ ]?|, ",
    re.IGNORECASE,
)
_PLUS_MINUS = lazy(r"[ ]?(?:±|\+/-|\+-|plus or minus)[ ]?")
_MORE_OF_IT = frozenset(("another", "additional", "further", "extra"))
_MILLION = 1_000_000
_STEPS = frozenset((100, 1_000, 100_000, 10_000_000))  # multipliers that more of a number may follow
_ADDED = frozenset(("", "count", "money", "mass", "area", "length"))
_IN_PAIRS = frozenset(("mmHg",))  # `a blood pressure of 148/92 mmHg`
_TONNES = ("tonnes", "tons")
_LONGEST_GAP = 24
_FAR_APART = 4
_WIDEST = 40  # `from 600 to 1.2 million`: 600 is no number of millions


def joined(page: Page, drafts: list[Draft]) -> list[Draft]:
    """The drafts of a report with their ranges closed and their units lent."""
    gaps = [_gap(page, first, last) for first, last in itertools.pairwise(drafts)]
    drafts, gaps = _compounds(page, drafts, gaps)
    drafts, gaps = rests.with_rest(page, drafts, gaps)
    drafts, gaps = _tolerances(drafts, gaps)
    _millions(page, drafts, gaps)
    _lend_back(drafts, gaps)
    _lend_on(drafts, gaps)
    _points(page, drafts, gaps)
    _points_again(page, drafts)
    _emissions_again(page, drafts)
    return _ranges(page, drafts, gaps)


def _millions(page: Page, drafts: list[Draft], gaps: list[str | None]) -> None:
    """Of `1.5m-2m homes` the first are millions too, no metres."""
    for gap, first, last in zip(gaps, drafts, drafts[1:], strict=False):
        lettered = page.view[first.number_end : first.end] == page.view[last.number_end - 1 : last.number_end] == "m"
        if gap in _DASHES and lettered and first.unit == "m" and last.multiplier == _MILLION:
            first.multiplier, first.number_end = _MILLION, first.end
            first.unit = first.dimension = ""
            first.rules = first.rules[1:]


def _gap(page: Page, first: Draft, last: Draft) -> str | None:
    """What stands between two figures of one sentence, if it is short."""
    if last.start - first.end > _LONGEST_GAP or first.stop != last.stop:
        return None
    return page.view[first.end : last.start].replace("\n", " ")


def _compounds(page: Page, drafts: list[Draft], gaps: list[str | None]) -> tuple[list[Draft], list[str | None]]:
    """`2 crore 50 lakh people`, `3 hundred and 21 yuan`: two figures that say one number."""
    if not any(first.multiplier in _STEPS for first in drafts):
        return drafts, gaps
    kept, between = drafts[:1], []
    for gap, draft in zip(gaps, drafts[1:], strict=True):
        if gap not in (" ", " and ") or not _continues(page, kept[-1], draft, gap) or not _added(kept[-1], draft):
            between.append(gap)
            kept.append(draft)
    return kept, between


def _continues(page: Page, first: Draft, last: Draft, gap: str) -> bool:
    if first.multiplier not in _STEPS or first.end != first.number_end or first.manner != "digits" or last.prefixed:
        return False
    if last.manner == "fraction" or last.negative or first.exponent or last.exponent or last.dimension not in _ADDED:
        return False
    if gap == " " and last.multiplier == 1 and first.multiplier != 100:
        return False
    between = page.low.rfind("between", max(0, first.start - 12), first.start) >= 0
    return not between and 0 < number_of(last).value < first.multiplier


def _added(first: Draft, last: Draft) -> bool:
    """Whether the last could be added to the first, with its unit."""
    total = (number_of(first).value + number_of(last).value) * 10**last.decimals / last.multiplier
    if total.denominator != 1:
        return False
    first.digits, first.decimals, first.multiplier = str(abs(total.numerator)), last.decimals, last.multiplier
    first.end, first.number_end = last.end, last.number_end
    if not first.prefixed:
        first.unit, first.dimension, first.noun = last.unit, last.dimension, last.noun
    first.rules = list(dict.fromkeys((*last.rules[:1], *first.rules, *last.rules)))
    return True


def _points(page: Page, drafts: list[Draft], gaps: list[str | None]) -> None:
    """`45%, up 2 points` and `up 2 points to 45%` mean points of percent; the points of an index do not stand so."""
    for gap, first, last in zip(gaps, drafts, drafts[1:], strict=False):
        if gap is None:
            continue
        if first.unit == "point" and last.unit == "%" and gap in _TO_A_LEVEL:
            _percentage_points(page, first)
        elif last.unit == "point" and first.unit == "%" and _SIDE_BY_SIDE.fullmatch(gap):
            _percentage_points(page, last)


def _points_again(page: Page, drafts: list[Draft]) -> None:
    """`3.2 percentage points, against 0.9 points in 2008`: said once in a sentence, `percentage` holds on."""
    stop = -1
    for draft in drafts:
        if draft.unit == "pp":
            stop = draft.stop
        elif draft.unit == "point" and draft.stop == stop:
            _percentage_points(page, draft)


def _emissions_again(page: Page, drafts: list[Draft]) -> None:
    """`471 tonnes CO2e in 2023, against 489 tonnes in 2022`: said once in a sentence, what is emitted holds on."""
    stop, measure = -1, page.unit("tonnes co2e")
    for draft in drafts:
        if draft.dimension == "emission":
            stop = draft.stop
        elif draft.stop == stop and measure and page.low[draft.number_end : draft.end].strip() in _TONNES:
            draft.unit, draft.dimension = measure.unit, measure.dimension
            draft.rules.insert(0, measure.rule)


def _percentage_points(page: Page, draft: Draft) -> None:
    measure = page.unit("percentage point")
    if measure and _plain(draft) < 50:
        draft.unit, draft.dimension, draft.noun = measure.unit, measure.dimension, False
        draft.rules.insert(0, measure.rule)


def _tolerances(drafts: list[Draft], gaps: list[str | None]) -> tuple[list[Draft], list[str | None]]:
    """`5.2 ± 0.3 kg` is one figure, good to 0.3 on both sides."""
    if not any(gap and _PLUS_MINUS.fullmatch(gap) for gap in gaps):
        return drafts, gaps
    kept, between = drafts[:1], []
    for gap, draft in zip(gaps, drafts[1:], strict=True):
        first = kept[-1]
        if gap and _PLUS_MINUS.fullmatch(gap) and first.manner == draft.manner == "digits" and first.step is None:
            if not first.dimension and draft.dimension:
                first.multiplier = draft.multiplier
                _lend_unit(first, draft)
            first.step = abs(number_of(draft).value) * 2
            first.end, first.number_end = draft.end, draft.number_end
            continue
        between.append(gap)
        kept.append(draft)
    return kept, between


def _lend_back(drafts: list[Draft], gaps: list[str | None]) -> None:
    """`3, 4 and 5 million Yuan`: from the right, over a chain whose last joint is `and`, `or`, `to`."""
    open_chain = False
    for n in range(len(gaps) - 1, -1, -1):
        gap = gaps[n]
        if gap is None:
            open_chain = False
        elif (
            gap in _ENDS or _HEDGED_END.fullmatch(gap) or (gap in _LISTS and open_chain) or _is_pair(drafts[n + 1], gap)
        ):
            open_chain = _lend(drafts[n], drafts[n + 1], gap)
        else:
            open_chain = gap == ", " and _are_alike(drafts[n], drafts[n + 1]) and _lend(drafts[n], drafts[n + 1], gap)


def _are_alike(first: Draft, last: Draft) -> bool:
    """`0.06, 0.15 and more, 0.30, 1.00 mM`: two numbers of as many decimals, the last with a measure of its own."""
    return first.decimals == last.decimals > 0 and last.dimension not in ("", "count", "money", "factor")


def _is_pair(last: Draft, gap: str) -> bool:
    return gap == "/" and last.unit in _IN_PAIRS


def _lend(first: Draft, last: Draft, gap: str) -> bool:
    """Lend the last one's unit and multiplier to the first, if the first has neither; tells whether they fit."""
    multiplier = last.said.scale if last.said else last.multiplier
    if _is_mixed(first) and not first.dimension and first.multiplier == 1 and gap in _DASHES:
        first.multiplier = multiplier
        return _lend_unit(first, last)  # `2 1/2 to 3 inches`, `one and a half to two million`
    if (first.end != first.number_end and not first.prefixed) or "fraction" in (first.manner, last.manner):
        return False
    if last.dimension == "factor" and gap not in _DASHES:
        return False
    if last.dimension == "percent" and first.said and not last.said and (gap == ", and " or gap not in _ENDS):
        return False  # `each share was split into five, and 99.3% agreed`; `5–10% off in six and above 10% in three`
    if (first.prefixed and first.unit != last.unit) or (last.prefixed and not first.prefixed and gap not in _DASHES):
        return False
    if first.multiplier != 1 or (first.said and first.said.scale != 1):
        return multiplier != 1 and _lend_unit(first, last)
    if (multiplier == 1 and not last.dimension) or (first.grouped and (multiplier != 1 or last.dimension == "percent")):
        return False
    if gap.endswith("or ") and last.dimension in ("percent", "points") and not _neighbours(first, last, gap):
        return False  # `265 or 12.6% more`, `186, or 77.5 per cent` say one thing twice
    if (multiplier != 1 and _plain(first) > _WIDEST * _plain(last)) or (
        last.dimension == "percent" and _plain(first) > 1000
    ):
        return False
    first.multiplier = multiplier
    return _lend_unit(first, last)


def _is_mixed(draft: Draft) -> bool:
    """Whether a number has a part: `2 1/2`, `one and a half`."""
    value = draft.value or (draft.said.value if draft.said and draft.said.manner == "fraction" else None)
    return value is not None and value > 1


def _neighbours(first: Draft, last: Draft, gap: str) -> bool:
    """Whether two numbers are near each other: `5 or 6 percent`."""
    return (
        gap in (" or ", "- or ", "-or ", ", or ")
        and first.decimals == last.decimals
        and _plain(first) < _plain(last) <= 2 * _plain(first) + 2
        and (gap != ", or " or _plain(last) <= 100)
    )


def _lend_unit(first: Draft, last: Draft) -> bool:
    if not first.prefixed and last.dimension:
        first.unit, first.dimension, first.noun, first.owned = last.unit, last.dimension, last.noun, False
        if last.rules[0].startswith("units."):
            first.rules = [last.rules[0], *first.rules]
    first.bare_word = False
    return True


def _lend_on(drafts: list[Draft], gaps: list[str | None]) -> None:
    """`$3 to 5 million`: the currency before the first holds for the next."""
    for n, gap in enumerate(gaps):
        first, last = drafts[n], drafts[n + 1]
        if gap is None or last.dimension or last.manner != "digits" or not (gap in _DASHES or gap in _JOINTS):
            continue
        if gap in _AND_FURTHER and first.dimension == "money" and last.multiplier > 1:
            last.unit, last.dimension = first.unit, first.dimension  # `85 million euros plus 15 million in bonuses`
            last.rules = [first.rules[0], *last.rules]
            continue
        if first.from_before and not last.dimension:  # `aged 16 to 24`
            last.unit, last.dimension, last.rules = first.unit, first.dimension, [first.rules[0], *last.rules]
            last.from_before = True  # `aged under 20 and 20-24`
            continue
        if not first.prefixed:
            continue
        if gap in _TIGHT or gap == " to " or last.multiplier != 1:
            last.unit, last.dimension, last.prefixed = first.unit, first.dimension, True
            last.rules = [first.rules[0], *last.rules]
            if first.multiplier == 1 and last.multiplier != 1 and not first.grouped:
                first.multiplier = last.multiplier


def _plain(draft: Draft) -> Fraction:
    return draft.said.value / draft.said.scale if draft.said else Fraction(int(draft.digits or "0"), 10**draft.decimals)


def _ranges(page: Page, drafts: list[Draft], gaps: list[str | None]) -> list[Draft]:
    out: list[Draft] = []
    moved: Draft | None = None
    n = 0
    while n < len(drafts):
        draft, gap = drafts[n], gaps[n] if n < len(gaps) else None
        if gap and _EACH_TO.fullmatch(gap):
            gap = " to "
        if gap is not None and _is_range(page, draft, drafts[n + 1], gap) and not _moves_too(page, moved, draft):
            out.append(_closed(draft, drafts[n + 1]))
            n += 1
        else:
            moved = draft if gap == " to " and page.low.endswith("from ", 0, draft.start) else moved
            out.append(draft)
        n += 1
    return out


def _moves_too(page: Page, moved: Draft | None, draft: Draft) -> bool:
    """`rose from 77.5 to 78.9 years for men and 81.7 to 82.7 years for women`: what rose once rises again."""
    alike = moved is not None and (moved.unit, moved.stop) == (draft.unit, draft.stop)
    return alike and page.low.endswith("and ", 0, draft.start)


def _is_range(page: Page, first: Draft, last: Draft, gap: str) -> bool:
    """Whether two figures are the ends of one: `10–15%`, `A to B`, `between A and B`, but not `rose from A to B`."""
    if (first.unit, first.dimension) != (last.unit, last.dimension) or (last.negative and gap in _TIGHT):
        return False
    if "fraction" in (first.manner, last.manner) and (gap in _TIGHT or not first.dimension):
        return gap in _TIGHT and first.dimension != ""
    left = [word.strip(",(\"'") for word in page.low[max(0, first.start - 48) : first.start].split()]
    if gap == " and " or gap in _AND_HEDGED:
        return "between" in left[-2:] and number_of(first).value != number_of(last).value
    if gap == " or ":
        return _either(first, last)
    if gap not in _DASHES or (last.unit in _IN_PAIRS and page.view.startswith("/", last.number_end)):
        # `run from $55,000 up to $90,000`, not `from 148/92 mmHg to 131/84 mmHg`
        ranging = not page.words.around["ranging"].isdisjoint(left[-2:-1])
        return gap == " up to " and left[-1:] == ["from"] and ranging
    rising = number_of(first).value < number_of(last).value
    if gap in _TIGHT:
        return rising
    while left and left[-1] in page.words.around["hedging"]:
        left.pop()
    if len(left) > 1 and left[-1] in _MORE_OF_IT and left[-2] not in page.words.around["moving"]:
        left.pop()  # `needs another $3 million to $4 million`
    if left and left[-1] == "from":
        ranges = (
            len(left) == 1
            or left[-2] in page.words.around["ranging"]
            or not page.words.around["ranging-in"].isdisjoint(left[-5:-2])
        )
        return rising and (ranges or left[-2][-1:] in ".!?:")
    if not rising:
        return False
    if first.prefixed and first.multiplier > 1 and not _ends_in_letters(page, first):
        return True  # `cut it by $12 to $15 million`
    own = first.prefixed or (first.owned and bool(first.dimension))  # its unit is printed, not lent
    if not own or first.dimension in ("percent", "points"):
        # `expanded by 310 to 4,872`
        return left[-1:] != ["by"] or number_of(last).value <= _FAR_APART * number_of(first).value
    return not left or left[-1] not in page.words.around["moving"]  # `fell by 24 tons to 318 tons`


def _ends_in_letters(page: Page, draft: Draft) -> bool:
    """Whether a multiplier is printed behind the number, not lent to it."""
    return page.view[draft.end - 1].isalpha()


def _either(first: Draft, last: Draft) -> bool:
    """`5 or 6 miles`, `two or three witnesses`, `20 or 30 people`: one number, not known better."""
    if first.owned or not last.dimension or first.decimals or last.decimals or first.negative:
        return False
    low, high = _plain(first), _plain(last)
    return high - low == 1 if high < 20 else (high - low == 10 and not high % 10 and not low % 10 and high <= 100)


def _closed(first: Draft, last: Draft) -> Draft:
    first.upper = number_of(last)
    first.end, first.number_end = last.end, last.number_end
    first.rules = list(dict.fromkeys((*first.rules, *last.rules)))
    first.bare_word = False
    first.noun = first.noun or last.noun
    return first


def number_of(draft: Draft) -> Printed:
    """The printed number of a draft, with its multiplier."""
    if draft.said:
        printed = draft.said.printed(negative=draft.negative)
        if draft.multiplier == 1:
            return printed
        by = draft.multiplier
        return Printed(printed.value * by, printed.step * by, printed.coarse * by, printed.manner)
    if draft.value is not None:
        value = draft.value * draft.multiplier
        return Printed(-value if draft.negative else value, Fraction(0), Fraction(0), "fraction")
    printed = printed_digits.printed(
        draft.digits, draft.decimals, draft.multiplier, draft.exponent, draft.negative, draft.manner
    )
    return printed if draft.step is None else Printed(printed.value, draft.step, draft.step, "digits")
