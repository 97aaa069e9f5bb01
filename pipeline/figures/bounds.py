"""The words around a figure that open or widen it, and what it is counted by."""

from __future__ import annotations

import itertools
import re
from typing import cast

from pipeline.figures import nouns, units
from pipeline.figures.page import Draft, Page
from pipeline.model import Modifier
from pipeline.patterns import lazy
from pipeline.rulebook.shapes import ModifierRule

_MAY_BE_RATED = lazy(
    r"[,]?[ \n](?:per|an?|each|every|apiece|(?:for|to|in|of|from|at|by|with)[ \n](?:each|every|an?)|"
    r"annually|yearly|monthly|daily|p\.a|pcm|pw|p\.c\.m|p\.w)(?![^\W_])|[ ]?/|-an?-"
)
_SUBSTANCE = lazy(
    r"[ ](?:of|in)(?:[ ][^\W\d_][\w'-]*+){1,3}?"
    r"(?=[ ](?:(?:(?:for|to|in)[ ](?:each|every)|per)[ ]|an?[ ](?:year|month|week|day|hour|minute|second)(?![\w-])"
    r"|(?:annually|yearly|daily)(?![\w-])))"
)
_PRODUCT = lazy(r"[ ]?/[ ]?\((?P<units>[^\W\d_]{1,4}(?:[·⋅. ][^\W\d_]{1,4}){1,2})\)")  # `4.2 J/(g·K)`
_ELEMENT = lazy(r"[ ][A-Z][A-Za-z0-9₀-₉-]{0,9}(?=/[a-z])")  # `12 kg N/ha`
_NUMBER_OF_THINGS = lazy(
    r"(?:[ \n](?:per|(?:in|of|for|from|to)[ \n]every)[ \n](?:an?[ \n])?"
    r"|/(?=1(?:0{2,6}|0{0,2}(?:[, ]000){1,2})(?![0-9])))"
    r"(?P<number>[0-9]++(?:[,.][0-9]++)*+(?:[ \n](?:hundred|thousand|million|billion|lakh))?(?![^\W_])(?<![,.])"
    r"|(?:hundred[ \n]|ten[ \n])?(?:hundred|thousand|million|billion|lakh)(?![\w-]))"
)
_RAISED = lazy(r"(?P<unit>[^\W\d_]{1,4})(?P<power>[²³])(?!\w)")
_WORD = lazy(r"[ \n](?P<word>[^\W\d_]++)")
_FAR = 130  # characters before a figure in which words bound it from afar
_CLAUSE = 90  # characters behind a figure in which its verb stands
_SIZES = frozenset(("length", "area", "volume", "mass", "energy"))
_COMPARING = frozenset("<>=≤≥⩽⩾~≈")
_ADDED = ("additional", "another", "extra", "further")
_ARTICLE = lazy(r"[ \n]an?\Z")
_SURE = ("nearly", "almost", "roughly", "approximately", "close to", "some")
_ONE_MORE = lazy(r"[ \n](?:(?:an?[ ])?(?:additional|extra|further)|another)\Z")
_SHORT = {"d": "day", "y": "year", "yr": "year"}
_OF_SUBSTANCE = frozenset(("money", "mass", "volume", "energy", "time", "count"))
_OF_SIZE = frozenset(("area", "mass", "volume", "length"))
_NO_THINGS = frozenset(("percent", "points", "factor", "share"))
_BEHIND = frozenset(" \n,/·⋅.-")
_LINKS = frozenset((" to ", " from ", ", from ", " to\n", " and ", "-", "–"))


def bound(page: Page, draft: Draft, floor: int, previous_end: int) -> None:
    """Give a draft the modifier that its words say, if any."""
    low = page.low
    start = draft.start
    at = start - 1 if start > floor and low[start - 1] in " \n" else start
    left = low[max(floor, at - 28) : at].replace("\n", " ")  # `not\nless than 51 pct`
    if left.endswith(_ADDED) and (added := _ONE_MORE.search(left)):  # `up to an additional $200 million`
        at -= len(left) - added.start()
        left = left[: added.start()]
    article = _ARTICLE.search(left)
    if article:  # `about a 45 percent rise`
        at -= len(left) - article.start()
        left = left[: article.start()]
    for entry in page.words.before.get(_last_word(left), ()):
        rule = entry.modifier
        if rule is None or not left.endswith(entry.phrase):
            continue
        first = at - len(entry.phrase)
        if first > floor and low[first - 1].isalnum() and entry.phrase[0].isalpha():
            continue
        if article and not _passes_article(low, rule, first, floor):
            continue
        if rule.compares and previous_end and previous_end >= first - 2 and low[previous_end:first].strip() == "":
            continue
        if not _means_else(page, draft, rule, first, floor):
            draft.modifier = cast(Modifier, rule.sign)
            draft.rules.append(rule.rule_id)
            if page.fars and rule.sign == ">":
                _bound_from_afar(page, draft, floor)
            return
    _bound_behind(page, draft, draft.end)
    if not draft.modifier and draft.end != draft.number_end:  # `three or more children`
        _bound_behind(page, draft, draft.number_end)
    if page.fars and not draft.modifier:
        _bound_from_afar(page, draft, floor)


def _last_word(left: str) -> str:
    """The last word before a figure: of `p<` the sign, of `EPA-estimated` what is said by it."""
    word = left[left.rfind(" ") + 1 :].lstrip("(\"'[")
    if word[-1:] in _COMPARING:
        return word[-2:] if word[-2:-1] in _COMPARING else word[-1]
    return "estimated" if word.endswith("-estimated") else word


def _means_else(page: Page, draft: Draft, rule: ModifierRule, first: int, floor: int) -> bool:
    """Whether the words of a modifier say something else of this figure: `added up to`, `over three years`."""
    if (rule.only and draft.dimension not in rule.only) or draft.dimension in rule.unless:
        return True
    if not rule.few_words and draft.said and draft.noun and draft.said.sort == "small":
        return True
    if rule.not_after and _word_before(page.low, first, floor) in rule.not_after:
        return True
    if not rule.opening or not page.view[first].isupper():
        return False
    behind = page.low[draft.end : min(draft.stop, draft.end + _CLAUSE)].split()
    return set(rule.opening).isdisjoint(behind)  # `As many as 88 water points were completed`


def _bound_from_afar(page: Page, draft: Draft, floor: int) -> None:
    """`It is estimated that some day 40 boats …`: the words that open the clause bound its first figure.

    Of a figure that is bound already, `no customer exceeded 10 percent` turns the bound.
    """
    for pattern, rule in page.fars:
        if (rule.only and draft.dimension not in rule.only) or (draft.modifier and rule.sign != "<="):
            continue
        for found in pattern.finditer(page.low, max(floor, draft.start - _FAR), draft.start):
            if found.end() == draft.start:
                draft.modifier = cast(Modifier, rule.sign)
                draft.rules.append(rule.rule_id)
                return


def _passes_article(low: str, rule: ModifierRule, first: int, floor: int) -> bool:
    """Whether a modifier before `a 45 percent rise` is one of it: `concerns about a 10% tariff` do not bound it."""
    if not rule.article:
        return False
    return (
        not rule.article_after or low.startswith(_SURE, first) or _word_before(low, first, floor) in rule.article_after
    )


def _word_before(low: str, at: int, floor: int) -> str:
    left = low[max(floor, at - 20) : at].split()
    return left[-1] if left else ""


def rate(page: Page, draft: Draft, floor: int, next_start: int) -> None:
    """Give a draft what it is counted by, if its words say."""
    stop = min(draft.stop, next_start)
    if not draft.per and draft.end < stop and page.low[draft.end] in _BEHIND:
        _rate_behind(page, draft, stop)
    if page.befores and not draft.per:
        _rate_before(page, draft, floor)
    if draft.per and draft.dimension == "factor":  # `3 times a year` multiplies nothing
        draft.unit, draft.dimension, draft.kind = "time", "count", "absolute"


def _bound_behind(page: Page, draft: Draft, at: int) -> None:
    """`$120 a barrel and above`, `5 farms or more`."""
    found = page.words.after.match(page.low, at, draft.stop) if at < draft.stop else None
    if found:
        rule = page.words.afters[" ".join(found["words"].split())]
        draft.modifier = cast(Modifier, rule.sign)
        draft.rules.append(rule.rule_id)


def _rate_behind(page: Page, draft: Draft, stop: int) -> None:
    low, at = page.low, draft.end
    _, per = units.powers(page, at, draft.stop, of=True) if draft.dimension and not draft.noun else (at, "")
    if per:
        draft.per = per
        draft.rules.append(page.words.decided["power-of-a-unit"].rule_id)
        return
    if product := _PRODUCT.match(page.view, at, stop):
        units_of = [units.power_unit(page, name) for name in re.split(r"[·⋅. ]", product["units"])]
        if all(units_of):
            draft.per = " per ".join(units_of)
            draft.rules.append(page.words.decided["power-of-a-unit"].rule_id)
            return
    if not _MAY_BE_RATED.match(low, at, draft.stop):
        substance = _SUBSTANCE.match(low, at, stop) if draft.dimension in _OF_SUBSTANCE else None
        if substance is None and draft.dimension == "mass":
            substance = _ELEMENT.match(page.view, at, stop)
        if substance is None:
            return
        at = substance.end()
    counted = _NUMBER_OF_THINGS.match(low, at, draft.stop)
    if counted:
        draft.per = " ".join((*counted["number"].split(), *_things(page, counted.end(), draft.stop)))
        return
    for one in page.words.rates:
        if one.after is None or (one.rule.of and draft.dimension not in one.rule.of):
            continue
        found = one.after.match(low, at, stop)
        thing = _thing(page, found, one.rule.per) if found else ""
        if thing:
            draft.per = thing
            draft.rules.append(one.rule.rule_id)
            if found and not draft.modifier:
                name = next(iter(found.re.groupindex), "")
                thing = found[name] if name and not one.rule.per else ""
                _bound_behind(page, draft, found.start(name) + len(thing.split()[0]) if thing else found.end())
            return


def _rate_before(page: Page, draft: Draft, floor: int) -> None:
    for one in page.befores:
        if one.before is None or (one.rule.of and draft.dimension not in one.rule.of):
            continue
        for found in one.before.finditer(page.low, max(floor, draft.start - 110), draft.start):
            if found.end() == draft.start:
                what = "" if one.rule.per else found["what"]
                size = page.unit(what) if what else None
                size = size if size and size.dimension in _OF_SIZE else None
                draft.per = one.rule.per or (size.unit if size else nouns.singular(page.words, what)[0] or what)
                draft.rules.append(one.rule.rule_id)


def share_rates(page: Page, drafts: list[Draft]) -> None:
    """`from 600 to 800 Yuan a head`: figures of one unit that a word links are counted by the same thing."""
    pairs = list(itertools.pairwise(drafts))
    for first, last in pairs:
        if first.per and not last.per and _are_linked(page, first, last):
            last.per = first.per
    for first, last in reversed(pairs):
        if last.per and not first.per and _are_linked(page, first, last):
            first.per = last.per


def _are_linked(page: Page, first: Draft, last: Draft) -> bool:
    gap = page.low[first.end : last.start] if last.start - first.end < 8 else ""
    if first.unit != last.unit or (not first.owned and gap == ", "):
        return first.unit == last.unit and gap == ", " and bool(first.unit)
    return gap in _LINKS and (bool(first.unit) or gap == " to ")


def _things(page: Page, start: int, stop: int) -> tuple[str, ...]:
    """What a rate has many of: `square kilometres` are km2, of `live births granted` the births."""
    unit = units.unit_behind(page, start, stop)
    if unit and unit[1].dimension not in _NO_THINGS:
        return (unit[1].unit,)
    counted = nouns.counted(page, start, stop)
    if counted and counted.noun:
        return tuple(page.low[start : counted.end].split())
    word = _WORD.match(page.low, start, stop)  # `per 100,000 population`
    return () if word is None or word["word"] in page.words.stops else (word["word"],)


def _thing(page: Page, found: re.Match[str], per: str) -> str:
    """The unit or the noun that a rule found: `sq km` is km2, `diluted share of` is share, `mu rose` is mu."""
    if per:
        return per
    sized = "unit" in found.re.groupindex
    start, stop = found.span("unit" if sized else "what")
    power = page.view[stop : stop + 1] == "^"  # `J/m^2`
    raised = _RAISED.match(page.view, start, stop)  # `m/s²`
    if raised and (name := units.power_unit(page, raised["unit"])):
        return name + units.RAISED[raised["power"]]
    unit = units.unit_behind(page, start, stop + 2 if power else stop)
    if sized:  # `a metre`, but no `a metre-long rod`
        return unit[1].unit if unit and unit[1].dimension in _SIZES and page.low[unit[0] : unit[0] + 1] != "-" else ""
    if unit and unit[1].dimension not in _NO_THINGS:
        return unit[1].unit
    taken: list[str] = []
    if page.low.startswith("second", start) and not page.low[start + 6 : start + 7].isalpha():
        return "second"  # of time: behind `per` it counts no order
    for word in page.low[start:stop].split():
        if word in page.words.stops or len(taken) == 3:
            break
        taken.append(word)
    while len(taken) > 1 and taken[-1].endswith(("ed", "ing", "ly")):
        taken.pop()
    if not taken:
        return ""
    return nouns.singular(page.words, taken[-1])[0] or _SHORT.get(taken[-1], taken[-1])
