"""What stands around a number and says of what it is: multiplier and unit behind it, currency before it."""

from __future__ import annotations

import re

from pipeline.figures.page import Draft, Page
from pipeline.figures.vocabulary import Measure
from pipeline.fraction import Fraction
from pipeline.patterns import lazy

_NOTHING_BEHIND = lazy(r"[.,;:!?)](?![\w])|[ ](?:to|from|in|by|and|or|for|at|on|over|of|a|per|last|this)\b|\Z")
_M_AND_MORE = 4  # characters: ` m ` and a unit of two letters at least
_DOZEN = 12
_THOUSANDS = frozenset(("k", "K", "grand"))
_CLAUSE = 70  # characters before `231m` in which it is said what is counted
_TO_A_NUMBER = frozenset(
    "to by from of at than reached about nearly around over was were totalled had has some".split()
)
# A sum of money by its looks.
_SUM = lazy(r"\d{1,3}(?:[ ,]\d{3})+\b|\d+(?:[.,]\d+)? ?(?:million|billion|trillion|bn|mn|m)\b|\d+\.\d\d\b")
_LONGEST_PREFIX = 12
_GLUED = lazy(r"(?P<name>MM|mill?|tr|[kKmMbBT])(?![^\W_])")
_APART = lazy(r"[ ](?P<name>mill\.(?=[ ])|MM|mill?|grand|[kKmMbBT])(?![\w-]|['’/])")
_AND_A_PART = lazy(r"[ ]and[ ]a[ ](?P<part>half|quarter|third)(?![\w-])")
_PARTS = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3)}
_AGAIN = lazy(r"[ \n-](?:by|on|over|after)[ \n-]")
_POWER = lazy(
    r"(?:(?P<of>[ ][A-Za-z][A-Za-z0-9₀-₉]{0,9}(?:-[A-Za-z]{1,5})?)(?=[ ·⋅]))?[ ·⋅.]?(?P<unit>[^\W\d_]{1,4})"
    r"(?:\^?[({]?[-−–](?P<n>[1-3])[)}]?|⁻(?P<r>[¹²³]))(?!\w|[.,]\d|[ ]?[%$€£])"
)
_OF_TIME = {"d": "day", "a": "year", "y": "year"}
RAISED = {"¹": "1", "²": "2", "³": "3"}
_PER_UNIT = lazy(r"/(?P<unit>[^\W\d_]{1,4})(?![^\W_])")
_NEXT_WORD = lazy(r"[ \n](?P<word>[^\W\d_]++)")
_BEHIND_GLUED = lazy(r"[ \n](?=[^\W\d_])")


def multiply(page: Page, draft: Draft, stop: int) -> None:
    """Take up the multipliers behind a number: `1.2 million`, `3 thousand million`."""
    low, words = page.low, page.words
    if draft.end >= stop or low[draft.end] in ".,;:%)":
        return
    for _ in range(2):
        found = words.multiplier.match(low, draft.end, stop)
        if found is None:
            return
        scale = words.multipliers[_plain(found["name"])]
        if scale.value == _DOZEN < draft.multiplier:
            return  # `1.2 million dozen` are counted by the dozen
        if draft.multiplier * scale.value > 10**24:
            return
        draft.multiplier *= scale.value
        draft.rules.append(scale.rule)
        draft.end = draft.number_end = found.end()
        more = _AND_A_PART.match(low, draft.end, stop) if draft.manner == "digits" else None
        if more:  # `3 million and a half`
            draft.value = Fraction(int(draft.digits), 10**draft.decimals) + _PARTS[more["part"]]
            draft.manner = "fraction"
            draft.end = draft.number_end = more.end()
            return


def multiply_glued(page: Page, draft: Draft, stop: int) -> None:
    """`$5m` is 5 million dollars and `5m shares` 5 million shares, but `5m` alone is a length."""
    if draft.exponent and not draft.prefixed:
        return  # `5 × 10^-4 M`
    found = _GLUED.match(page.view, draft.end, stop)
    if found is None and (draft.prefixed or _is_apart(page, draft, stop)):  # `US$ 25 m`, `1.2 m ha`
        found = _APART.match(page.view, draft.end, stop)
    if found is None:
        return
    letter = found["name"]
    scale = page.words.glued.get(letter)
    if scale is None:
        return
    end = found.end()
    if not draft.prefixed and draft.decimals > 1 and letter == "K":
        return  # `573.15K` is a temperature
    if not draft.prefixed and _is_followed(page, letter, end, stop):
        return  # `0.1M NaCl`
    if letter == "m" and not draft.prefixed and _is_in_millions(page, draft, end, stop):
        draft.multiplier *= scale.value
        draft.rules.append(scale.rule)
        draft.end = draft.number_end = end
        return
    large = letter in "MB" or (letter == "b" and draft.decimals > 0)
    alone = large and draft.digits != "3" and _NOTHING_BEHIND.match(page.low, end, stop)  # but 3M is a name
    if not draft.prefixed and letter not in _THOUSANDS and not (draft.decimals and letter in "MB") and not alone:
        behind = _BEHIND_GLUED.match(page.view, end, stop)
        if behind is None or not (unit_behind(page, end, stop) or _counts(page, behind.end(), stop)):
            return
    draft.multiplier *= scale.value
    draft.rules.append(scale.rule)
    draft.end = draft.number_end = end


def _is_in_millions(page: Page, draft: Draft, end: int, stop: int) -> bool:
    """`Subscribers rose by 2.6m to 231m`: an m close behind the number of what is counted in millions."""
    if page.view[draft.number_end] != "m" or not _NOTHING_BEHIND.match(page.low, end, stop):
        return False
    left = re.split(r"[.;!?] ", page.low[max(0, draft.start - _CLAUSE) : draft.start])[-1].split()
    to_it = bool(left) and (left[-1] in _TO_A_NUMBER or left[-1].endswith(":") or "between" in left[-3:])
    return to_it and not page.words.around["in-millions"].isdisjoint(word.rstrip(":,") for word in left)


def _is_apart(page: Page, draft: Draft, stop: int) -> bool:
    """Whether a letter behind a blank multiplies: in `1.2 m ha` the m is a million; `2.33 k`, `1,674 M`."""
    end = draft.end
    if page.low.startswith(" grand", end):
        return _NOTHING_BEHIND.match(page.low, end + 6, stop) is not None
    if (draft.grouped and page.view.startswith(" M", end)) or (draft.decimals and page.view.startswith(" k", end)):
        return _NOTHING_BEHIND.match(page.low, end + 2, stop) is not None
    if page.view.startswith((" mil ", " mill ", " mill. "), end):
        behind = unit_behind(page, page.view.index(" ", end + 1), stop)
        return behind is not None and behind[1].dimension == "money"
    if not page.view.startswith(" m ", end, stop):
        return False
    behind = unit_behind(page, end + 2, stop)
    return behind is not None and behind[0] - end > _M_AND_MORE and behind[1].dimension in ("mass", "area", "energy")


def _counts(page: Page, start: int, stop: int) -> bool:
    """Whether a plural noun begins here."""
    word = re.compile(r"[^\W\d_]++").match(page.low, start, stop)
    return (
        word is not None
        and word.group() not in page.words.stops
        and (word.group().endswith("s") or word.group() in page.words.nouns)
    )


def unit_behind(page: Page, end: int, stop: int) -> tuple[int, Measure] | None:
    """The unit that begins straight behind a number, and where it ends."""
    if end >= stop:
        return None
    named = page.words.unit_names.match(page.low, end, stop)
    measure = (_by_words_near(page, named) or _measure(page, named["name"])) if named else None
    if named and measure and "-" in named.group():
        # `a five-point plan` counts nothing, `12-crown-4` is no money
        in_name = measure.dimension == "money" and page.view.startswith("-", named.end())
        measure = None if measure.dimension == "count" or in_name else measure
    if named and measure and not _is_name(page, named, measure, stop) and not _goes_on(page, named, stop):
        return named.end(), measure
    symbol = page.words.unit_symbols.match(page.view, end, stop)
    measure = (page.sign(symbol["name"]) or _is_followed(page, symbol["name"], symbol.end(), stop)) if symbol else None
    return (
        None if symbol is None or measure is None or _is_next(page, symbol, measure, stop) else (symbol.end(), measure)
    )


def _by_words_near(page: Page, named: re.Match[str]) -> Measure | None:
    """The doubtful unit of a name that a word shortly before bears out: `a flat costs 2,300 pounds a month`."""
    near = page.words.near.get(named["name"])
    if near is None or page.low.startswith(" of ", named.end()):
        return None
    left = re.split(r"[.;:!?] ", page.low[max(0, named.start() - _CLAUSE) : named.start()])[-1].split()
    return None if near[0].isdisjoint(left) else near[1]


def _is_followed(page: Page, sign: str, end: int, stop: int) -> Measure | None:
    """The doubtful unit of a sign that what follows bears out: `5 in thick`, `5 K/min`, `10 A g−1`."""
    doubtful = page.words.doubtful_symbols.get(sign, ())
    if not doubtful:
        return None
    if len(sign) == 1 and sign.isupper():
        per = _PER_UNIT.match(page.view, end, stop)
        if powers(page, end, stop)[1] or (per and power_unit(page, per["unit"])):
            return doubtful[0][1]
    word = _NEXT_WORD.match(page.low, end, stop)
    return next((measure for unit, measure in doubtful if word and word["word"] in unit.followed), None)


def power_unit(page: Page, name: str) -> str:
    """The unit of a name that carries a power; `d−1` and `a−1` are per day and year."""
    measure = page.sign(name) or page.unit(_OF_TIME.get(name, name.lower()))
    if measure is None:  # a letter with a power is borne out by it: the K of `401 W m−1 K−1`
        measure = next((measure for _, measure in page.words.doubtful_symbols.get(name, ())), None)
    return measure.unit if measure else ""


def powers(page: Page, at: int, stop: int, *, of: bool = False) -> tuple[int, str]:
    """Units of negative power behind a figure, and where they end: `6.4 t ha−1` is per ha, `3 W m−2` per m2.

    `of`: a word may stand before them that says of what (`0.6 Pg C yr−1`).
    """
    things: list[str] = []
    while at < stop and len(things) < 3 and (found := _POWER.match(page.view, at, stop)):
        unit = power_unit(page, found["unit"])
        if not unit or (found["of"] and not of):
            break
        power = found["n"] or RAISED[found["r"]]
        things.append(unit + (power if power != "1" else ""))
        at = found.end()
    return at, " per ".join(things)


def _is_next(page: Page, symbol: re.Match[str], measure: Measure, stop: int) -> bool:
    """Whether a sign belongs to the number behind it: `2018 $2.0 million`, `0.034 x 100`."""
    behind = page.view[symbol.end() : min(symbol.end() + 2, stop)]
    if symbol["name"] in page.words.prefixes:
        return behind[:1].isdigit()
    apart = symbol.group()[0] in " \n"
    return apart and measure.dimension == "factor" and behind.strip()[:1].isdigit()


def _is_name(page: Page, named: re.Match[str], measure: Measure, stop: int) -> bool:
    """`22,812 Gram Panchayats`: a unit with a capital before another capital is part of a name; money is written so."""
    view, end = page.view, named.end()
    return (
        measure.dimension != "money"
        and view[named.start("name")].isupper()
        and end + 1 < stop
        and view[end] == " "
        and view[end + 1].isupper()
    )


# So many days no stay lasts: it is the things behind that are counted.
_MANY = lazy(r"(?:[0-9]{4}|[0-9],[0-9]{3})\Z")
_SPELLS = frozenset(("day", "night", "week", "hour", "year"))
_OF_A_SPELL = lazy(r"-(?P<word>[a-z]+)(?P<things>(?<=-long) [a-z]+s\b(?!'))?")
_CASES = lazy(r" [a-z]+s\b(?!')")


def _goes_on(page: Page, named: re.Match[str], stop: int) -> bool:
    """Whether the name is part of more words: `158,000 year by year`, `5.4 per thousand residents`."""
    low, name = page.low, named["name"]
    again = _AGAIN.match(low, named.end(), stop)
    if again and low.startswith(name, again.end()):
        return True
    if (
        name in _SPELLS
        and _MANY.search(low, max(0, named.start() - 6), named.start())
        and _CASES.match(low, named.end(), stop)
    ):
        return True  # `58,920 day cases`
    hyphened = _OF_A_SPELL.match(low, named.end(), stop) if name in _SPELLS or name == "month" else None
    if hyphened and (hyphened["word"] in page.words.around["behind-a-spell"] or hyphened["things"]):
        return True  # `four day-care centres`, `six week-long courses`
    if name.split()[-1] not in page.words.multipliers:
        return False
    word = _NEXT_WORD.match(low, named.end(), stop)
    return word is not None and word["word"] not in page.words.stops


def prefix_before(page: Page, start: int, floor: int) -> tuple[int, Measure] | None:
    """The currency sign or code that stands before a number, and where it begins."""
    view, words = page.view, page.words
    end = start
    while end > floor and view[end - 1] in " \n" and start - end < 2:
        end -= 1
    letter = page.letter(view[end - 1]) if end > floor and view[end - 1] in words.letters else None
    if letter is not None and (end - 1 == floor or not view[end - 2].isalnum()) and _SUM.match(view, start):
        return end - 1, letter
    if end <= floor or (view[end - 1] not in words.prefix_ends and view[end - 2 : end] not in words.prefix_ends):
        return None
    for length in range(min(_LONGEST_PREFIX, end - floor), 0, -1):
        first = end - length
        measure = words.prefixes.get(view[first:end])
        if measure is None:
            continue
        if measure.dimension == "percent" and (end < start or (first > floor and view[first - 1] not in " \n(")):
            continue  # `rose 4% 30 days later`
        if view[first].isalnum() and first > floor and view[first - 1].isalnum() and view[first].isascii():
            continue
        return first, measure
    return None


def _measure(page: Page, name: str) -> Measure | None:
    name = _plain(name)
    return page.unit(name) or (page.unit(name.replace("-", " ")) if "-" in name else None)


def _plain(name: str) -> str:
    return " ".join(name.split()) if "\n" in name or "  " in name else name
