"""What stands around a number that was read → the draft of a figure: currency, multiplier, unit, counted noun."""

from __future__ import annotations

from pipeline.figures import nouns, units
from pipeline.figures.page import Draft, Page
from pipeline.figures.vocabulary import Measure
from pipeline.patterns import lazy

_BEFORE_MANNER = frozenset(" \n+-")
_SIZES = frozenset(("money", "mass", "area", "volume", "length", "energy"))
_M = lazy(r"[ ]?M(?![^\W_])")
_WORD = lazy(r"[ \n](?P<word>[^\W\d_]++)")
_HYPHENED = lazy(r"-(?P<word>[^\W\d_]{2,}+)(?![-\w])")


def behind(page: Page, draft: Draft, stop: int, *, one: bool = False) -> None:
    """Take up what stands behind a number: multiplier, then unit, else the noun that it counts."""
    units.multiply(page, draft, stop)
    if draft.multiplier == 1 and (draft.manner == "digits" or page.low.startswith(" grand", draft.end)):
        units.multiply_glued(page, draft, stop)
    if draft.prefixed:
        return
    if _by_power(page, draft, stop):
        return
    found = units.unit_behind(page, draft.end, stop) or _of_unit(page, draft, stop) or _molar(page, draft, stop)
    if found:
        take_unit(draft, *found)
        return
    if draft.end < stop and page.low[draft.end] in _BEFORE_MANNER and _bridged(page, draft, stop):
        return
    hyphened = _HYPHENED.match(page.low, draft.end, stop) if draft.end < stop and page.low[draft.end] == "-" else None
    if hyphened:
        if is_manner(page, draft.end, stop):
            return
        sign = page.sign(page.view[hyphened.start("word") : hyphened.end()])
        if sign:  # `a 1,200-MW plant`
            take_unit(draft, hyphened.end(), sign)
            return
        if draft.manner == "digits":  # `a 12-member board`
            draft.end, draft.unit, draft.dimension, draft.noun = hyphened.end(), hyphened["word"], "count", True
        return
    if draft.end < stop and page.low[draft.end] in " \n":
        digit = (
            draft.digits == "1" and draft.multiplier == 1 and not draft.exponent and page.view[draft.end + 1].islower()
        )
        whole = not draft.decimals or draft.multiplier > 1
        counted = nouns.counted(page, draft.end, stop, one=one or digit, whole=whole)
        if counted and not (digit and _goes_on(page, counted.end, stop)):
            take_noun(page, draft, counted)


def _goes_on(page: Page, end: int, stop: int) -> bool:
    """Whether a noun goes on behind the one that a 1 seems to count: `expansion 1 capital charges`."""
    word = _WORD.match(page.low, end, stop)
    return word is not None and word["word"] not in page.words.stops


def _by_power(page: Page, draft: Draft, stop: int) -> bool:
    """`3.2 × 10−4 s−1`: a number of nothing per second."""
    if draft.end + 3 > stop or page.view[draft.end] != " ":
        return False
    _, per = units.powers(page, draft.end, stop)
    if not per:
        return False
    draft.per = per
    draft.rules.append(page.words.decided["power-of-a-unit"].rule_id)
    return True


def _of_unit(page: Page, draft: Draft, stop: int) -> tuple[int, Measure] | None:
    """`half a million of dollars`, `5 thousand of tons`: the unit of a round number behind `of`."""
    large = draft.multiplier > 1 or (draft.said is not None and draft.said.value >= 1000)
    if not large or not page.low.startswith(" of ", draft.end, stop):
        return None
    found = units.unit_behind(page, draft.end + 3, stop)
    return found if found and found[1].dimension in _SIZES else None


def _molar(page: Page, draft: Draft, stop: int) -> tuple[int, Measure] | None:
    """The M of `5 × 10^-4 M`, which only a concentration can be."""
    found = _M.match(page.view, draft.end, stop) if draft.exponent < 0 else None
    molar = page.words.doubtful_symbols.get("M", ()) if found else ()
    return (found.end(), molar[0][1]) if found and molar else None


def _bridged(page: Page, draft: Draft, stop: int) -> bool:
    """`three or more children`, `40-odd letters`, `8+ hours`: what is counted stands behind the words that bound it."""
    manner = page.words.after.match(page.low, draft.end, stop)
    if manner is None or manner.end() >= stop or page.low[manner.end()] not in " \n":
        return False
    found = units.unit_behind(page, manner.end(), stop)
    if found:
        take_unit(draft, *found)
        return True
    counted = nouns.counted(page, manner.end(), stop)
    if counted and counted.noun:
        take_noun(page, draft, counted)
    return draft.noun


def take_unit(draft: Draft, end: int, measure: Measure) -> None:
    """Give a draft its unit, which ends at `end`."""
    draft.end, draft.unit, draft.dimension, draft.per = end, measure.unit, measure.dimension, measure.per
    draft.rules.insert(0, measure.rule)


def take_noun(page: Page, draft: Draft, counted: nouns.Counted) -> None:
    """Give a draft the noun it counts; a noun that is the name of a unit (`three consecutive years`) is that unit."""
    draft.rules.extend(counted.rules)
    if not counted.noun or (counted.noun in page.words.around["forecasters"] and _is_large(draft)):
        return  # `the 357,938 analysts had expected`
    draft.end = counted.end
    measure = page.unit(counted.noun)
    if measure and measure.dimension == "time":
        draft.unit, draft.dimension = measure.unit, measure.dimension
        draft.rules.insert(0, measure.rule)
        return
    draft.unit, draft.dimension, draft.noun = counted.noun, "count", True


def _is_large(draft: Draft) -> bool:
    return draft.grouped or draft.multiplier > 1 or bool(draft.decimals)


def undo_noun(draft: Draft) -> None:
    """Take the noun away again: of `6 out of 10 farms` the six tenths are no farms."""
    if draft.noun:
        draft.unit, draft.dimension, draft.noun, draft.end = "", "", False, draft.number_end


def is_manner(page: Page, end: int, stop: int) -> bool:
    """Whether a hyphened word behind a number says how it is meant, not what it counts: `10,000-odd`, `200-strong`."""
    hyphened = _HYPHENED.match(page.low, end, stop)
    return hyphened is not None and (hyphened["word"] in page.words.stops or hyphened.group() in page.words.afters)
