"""A figure and the words around it → what it measures, where they stand in a plain form; else nothing.

`NP reached 5 tons`, `NP of $5 million`, `an increase of 5% in NP`, `605 million Yuan of NP`, `266 poor villages`.
Without a parser other forms are guessed right less than one time in three.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.context.periods import Period
from pipeline.context.words import Words
from pipeline.model import Figure
from pipeline.patterns import lazy

_REACH = 70  # characters before a figure in which the words before it are sought
_MOST_WORDS = 12
_COUNTED = lazy(r"^[\s-]*(?P<phrase>[^\d\W][\w'’ ,()-]*?)\W*$")
_FURTHER = lazy(r"^(?:more|fewer|other|additional|further|such|odd|plus|strong)\s+")
_WORD = lazy(r"[^\W\d_][\w'’.&/-]*|\d{4}(?![\d,.])")
_LINKS = frozenset(
    "of for in on from per and or the a an its their our net under within between other all outstanding available "
    "effective related high low long following each overall total same average among to with one two three"
    " first second prior previous preceding corresponding comparable current "
    "cost costs work works increase increases decrease decreases decline drop rise needs".split()
)
# Words that a subject cannot begin or end with.
_LOOSE = frozenset(
    "of for in on from per and or under within between among to with that by as at the a an its their our".split()
)
_POINTING = frozenset("this these those it they that which who we he she there i you what".split())
_TRAILING = lazy(r" (?:and|or)$")
_ARTICLE = lazy(r"(?:the|an?|its|their|our|his|her|total of|\d{4}) ", re.IGNORECASE)
_OPENING = lazy(
    r"(?:(?:in|on|at|as of|by|during|for|over|from|since|to|of|among|according to|compared with|compared to"
    r"|with|under"
    r"|within|between|besides|meanwhile|however|moreover|overall|also|additionally|furthermore|in addition|similarly"
    r"|currently|nationwide|finally|thus|therefore|elsewhere|meantime|previously|\w+ly)\b[^,;:()]{0,80},\s+)+",
    re.IGNORECASE,
)
_IN = lazy(r"\s*(?:in|by|during|on|at the end of)?\s*(?:the )?(?:fiscal )?(?:year )?", re.IGNORECASE)
_JOINT = lazy(r"[^,;:()]{0,40},?\s{1,20}(?:and|while|whereas|but)\s+")
_DATED = lazy(
    r"\s*,?\s*(?:\b(?:in|for|at|as of|during|by|on|of|from|at the end of|at year-end)\s+)?"
    r"(?:the |fiscal |calendar |years? |year-end |ended |ending |end of |month of |same "
    r"|(?:first |second |third |fourth )?(?:half |quarter |(?:three |six |nine )?months )of )*$",
    re.IGNORECASE,
)
# An adjective's measure: `was 30% owned`, `is 5 years old`; these words may follow a figure that is not.
_FREE = lazy(
    r"\s*(?:$|[,;.:)(]|(?:in|of|for|at|as|and|to|or|on|with|over|above|below|from|during|per|than|compared|up"
    r"|down|but|while"
    r"|by|under|through|since|was|were|is|are|has|had|have|will|would|which"
    r"|higher|lower|more|less|better|worse|greater|a (?:year|month|day)|this|last|versus|respectively|because"
    r"|due|primarily|mainly)\b)",
    re.IGNORECASE,
)
_OF = lazy(
    r"\s+(?:worth )?of\s+(?:the\s+|its\s+|their\s+"
    r"|our\s+)?(?P<phrase>[^\W\d_][\w'’&/-]*(?:\s+[^\W\d_][\w'’&/-]*){0,6})"
)
_ENDS = lazy(
    r"\s+(?:was|were|is|are|has|have|had|been|will|would|can|could|may|to|for|in|on|at|by|from|with|but|that"
    r"|which|who|of|after|before|since|while|when|where|if|due"
    r"|as|than|into|under|over|during|per|each|more|less|went|came|put|used|issued|allocated|invested|held"
    r"|owed|made|paid|sold|bought|primarily"
    r"|[a-z]+ing(?= (?:an?|the|its|their)\b)"
    r"|[a-z]+ed(?= (?:to|by|in|for|from|on|at|with|the|an?|as|of|under|during|into|its|their|our)\b|$))\b.*$"
)
_OF_BEFORE = lazy(
    r" of(?: (?:about|approximately|around|roughly|nearly|over|more than|less than|up to|at least|only|some))?\s+"
    r"\(?(?:us|rmb|hk|a|c|nz)?$",
    re.IGNORECASE,
)
_PHRASE = lazy(r"[^\W\d_][\w'’&/-]*(?:\s+[^\W\d_][\w'’&/-]*){0,6}")
_NARROWED = lazy(r"\s(?:for|of)\b")
_BY_ARTICLE = frozenset("the a an its their our his her this these any no".split())
_BY_LINK = frozenset("with by including had has have was were is be".split())
_PERIOD = lazy(
    r"(?:H[12]|Q[1-4]|FY ?\d{2,4}|(?:early |mid-|late )?(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December))(?: \d{4})?"
)
_LISTED = lazy(r",\s+[\w'’-]+(?:\s+[\w'’-]+)?,?\s+(?:and|or)\b|,\s+[\w'’-]+,|\s+[-–—]\s")
_DETERMINERS = frozenset("the a an its their our".split())
_AND = lazy(r",? and |, ")
_EITHER = lazy(r"[a-z-]+ or [a-z-]+")
_NESTING = frozenset("of in for on to from at by".split())


def counted(text: str, figure: Figure) -> str:
    """The noun phrase that a count names: `266 poor villages`."""
    if figure.dimension != "count":
        return ""
    found = _COUNTED.match(text[figure.number_end : figure.end])
    return " ".join(_FURTHER.sub("", found["phrase"]).split()) if found else ""


def of_amount(view: str, figure: Figure, end: int, words: Words) -> str:
    """`605 million Yuan of anti-poverty funds`."""
    if figure.kind not in ("absolute", "rate") or figure.dimension not in (
        "money",
        "mass",
        "area",
        "volume",
        "energy",
        "length",
        "",
    ):
        return ""
    found = _OF.match(view, figure.end, end) if "modifiers.within" not in figure.rule else None  # `within 2 km of it`
    if found is None or (found.end() < end and view[found.end()] in "&/-'’\""):
        return ""
    if view[found.end() : found.end() + 1] == "." and view[found.end() + 1 : found.end() + 2].isalpha():  # `non-U.S.`
        return ""
    if _LISTED.match(view, found.end(), end):  # `$131 million of senior, mezzanine, and other loans`
        return ""
    phrase = _ENDS.sub("", " " + found["phrase"]).strip()
    return clean(phrase, words)


def measured(
    view: str, start: int, fresh: bool, figure: Figure, end: int, periods: Sequence[Period], words: Words
) -> str:
    """What stands before the words of measure: `the net income of farmers reached`. `start` is that of the sentence
    if `fresh`, else the end of the figure before."""
    near = max(start, figure.start - _REACH)
    if words.verbs.isdisjoint(view[near : figure.start].lower().split()):
        return ""
    verb = words.measure.search(view, near, figure.start)
    if verb is None or (verb["state"] and not _FREE.match(view, figure.end, end)):
        return ""
    phrase = _phrase(view, start, fresh, verb.start(), periods)
    return clean(phrase, words)


def _phrase(view: str, start: int, fresh: bool, end: int, periods: Sequence[Period]) -> str:
    """The words from where a clause begins to the words of measure, without dates and openings."""
    for period in reversed(periods):
        if start <= period.start and period.end <= end and not view[period.end : end].strip(" ,"):
            dated = _DATED.search(view, max(start, period.start - _REACH), period.start)
            end = dated.start() if dated else period.start
    at = start
    lead = view[start:end]
    if not fresh:
        joint = _JOINT.match(lead)
        if joint is None:
            return ""
        at += joint.end()
    if opening := _OPENING.match(view, at, end):
        at = opening.end()
        if _EITHER.fullmatch(view[at:end].strip()):  # `In Wales those using cars, motorcycles or taxis`
            return ""
    for period in periods:
        if period.start < at < period.end or (at <= period.start < end and _IN.fullmatch(view, at, period.start)):
            at = period.end
            break
    return view[at:end].strip()


def clean(phrase: str, words: Words) -> str:
    """A phrase without its article, if it is one noun phrase as far as its words tell; else nothing."""
    phrase = _TRAILING.sub("", " ".join(phrase.split()).lstrip(", "))
    while article := _ARTICLE.match(phrase):
        phrase = phrase[article.end() :]
    parts = phrase.split()
    lower = [part.lower() for part in parts]
    half = len(parts) // 2
    if half > 1 and lower[:half] == lower[half:]:  # `Selling expenses Selling expenses`: a heading before its text
        return " ".join(parts[half:])
    if not 0 < len(parts) <= _MOST_WORDS or not all(_WORD.fullmatch(part) for part in parts):
        return ""
    if (lower[0] in _LOOSE and lower[0] != "per") or lower[0] in _POINTING or lower[-1] in _LOOSE:
        return ""
    if lower[-1].endswith(("'s", "’s")):  # `3.8 million of the company's 10.1 million shares`
        return ""
    if any(word in words.stops and word not in _LINKS for word in lower):
        return ""
    if any(after in _DETERMINERS and word not in _LOOSE for word, after in pairwise(lower)):  # `regions the proportion`
        return ""
    if _PERIOD.fullmatch(phrase) or all(words.places.fullmatch(one) for one in _AND.split(phrase)):
        return ""  # where or when, not what
    if any(word.endswith("ed") and after in _LOOSE for word, after in pairwise(lower)):
        return ""
    head = lower[: next((n for n, word in enumerate(lower) if n and word in _LOOSE), len(lower))]
    alone = len(head) == len(lower) or lower[len(head)] != "of"
    if all(word in words.empty or word in _LINKS for word in head) and alone:
        return ""
    return phrase


def of_figure(view: str, start: int, fresh: bool, figure: Figure, end: int, words: Words) -> str:
    """`net gains of $7 million`; of a change what changes: `an increase of 5% in sales`, `a 5% decrease in fees`."""
    near = max(start, figure.start - _REACH)
    turn = " of" in view[near : figure.start] and words.turn_of.search(view, near, figure.start)
    after = words.turn_in.match(view, figure.end, end)
    if turn or (after and after.group().strip() not in ("in", "in the", "in its", "in their", "in our")):
        return _following(view, after.end(), end, words) if after else ""
    before = _OF_BEFORE.search(view, near, figure.start)
    if before is None or figure.kind not in ("absolute", "rate", "percent"):
        return ""
    # `the signing of 15 commercial, cultural treaties`, `the effects of 3% glutaraldehyde`
    if (not figure.unit or figure.kind == "percent") and not _FREE.match(view, figure.end, end):
        return ""
    parts = view[start : before.start()].split()
    phrase: list[str] = []
    for n, part in enumerate(reversed(parts)):
        word = part.lower()
        if word in _BY_ARTICLE or word in _BY_LINK:
            outer = parts[len(parts) - n - 2].lower() if n + 2 <= len(parts) else ""
            if word not in ("a", "an") and (outer in _NESTING or "and" in phrase):
                return ""
            break
        if (word in words.stops and word not in _LINKS) or not _WORD.fullmatch(part) or n > 5:
            return ""
        phrase.insert(0, part)
    else:
        if not fresh or not phrase:
            return ""
    if not phrase or (phrase[0].lower().endswith(("ed", "ing")) and not _after_article(parts, phrase)):
        return ""
    # `the result of fees of $5`, `in a reserve and of $5`: the noun is none that an amount is of.
    if phrase[-1].lower() in words.empty or phrase[0].lower() in words.empty or phrase[-1].lower() in _LOOSE:
        return ""
    # `under the tariff of 1846 of $8 million`, `the company recorded charges of $5`
    if "or" in phrase or any(part.isdigit() or (n and part.endswith("ed")) for n, part in enumerate(phrase)):
        return ""
    return clean(" ".join(phrase), words)


def _after_article(parts: Sequence[str], phrase: Sequence[str]) -> bool:
    before = parts[: len(parts) - len(phrase)]
    return bool(before) and before[-1].lower() in _BY_ARTICLE


def _following(view: str, start: int, end: int, words: Words) -> str:
    """The noun phrase that begins here, up to the first word that ends one."""
    found = _PHRASE.match(view, start, end)
    if found is None or (view[found.end() : end].isspace() and found.end() < end):  # `in the prior two-month period`
        return ""
    kept = _ENDS.sub("", " " + found.group())
    if _NARROWED.match(found.group(), len(kept) - 1):  # `the index for total services`: which one, is not all said
        return ""
    return clean(kept.strip(), words)
