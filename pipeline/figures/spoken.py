"""A number word in the text → a figure, a skip, or nothing: small words are figures only where they count something."""

from __future__ import annotations

from pipeline.figures import drafts, nouns, numerals, skips, units
from pipeline.figures.page import Draft, Found, Page
from pipeline.figures.quiet import Quiet
from pipeline.fraction import Fraction
from pipeline.model import Sentence, Skip
from pipeline.patterns import lazy

_WORD_AFTER = lazy(r"[ \n]?(?P<word>[^\W\d_]++|[.,;:)!?\"'%]|-)")
_HYPHENED = lazy(r"-[^\W\d_][\w-]*+")
_SIZED = lazy(r"[ \n](?:of[ ])?(?:an?|(?<=of[ ])(?:one|1))(?=[ ])")
_HYPHENED_POINT = lazy(r"-(?:percentage[- ])?point(?![\w-])")
_EACH = lazy(
    r"[ \n](?:(?:for|to|in|per|at|from)[ ])?(?:each|every|apiece|per|a|of[ ](?:them|these|those|which|whom))\b"
)
_LISTED_BEFORE = lazy(r"(?:[0-9]|two|three|four|five|six|seven|eight|nine|ten)(?:, (?:and )?| and )\Z")
_REPEATED = lazy(r"[ ]?\((?P<digits>[0-9][0-9,.]*)\)")
_OUT_OF = lazy(r"[ ](?:in|out[ ]of)[ ](?:every[ ])?(?=[a-z])")
_OF_TEN = lazy(
    r"[ ](?:in|out[ ]of)[ ](?:every[ ])?(?P<of>10|100|1,?000|[1-9][0-9]{0,2}(?:,000){1,2})"
    r"(?![0-9.,]*[0-9]|[ ]?%|[ -](?:years?|months?|weeks?|days?|hours?|minutes?)\b)"
)
_ONE_OF = lazy(
    r"[ ](?:in|out[ ]of)[ ](?:every[ ])?(?P<of>[2-9]|[1-9][0-9]{1,2})"
    r"(?![0-9.,]*[0-9]|[ ]?%|[ -](?:percent|per|million|billion|thousand)\b"
    r"|[ -](?:years?|months?|weeks?|days?|hours?|minutes?)\b)"
)
_OF_TIME = lazy(r"[ -](?:years?|months?|weeks?|days?|hours?|minutes?|million|thousand|hundred)\b")
_ORDINAL_BEHIND = lazy(r"[- ](?P<word>[a-z]++)")
_MINUS = lazy(r"(?<![^\W_])(?<!plus or )(?:minus|negative)[ ]\Z")
_ONE_UNIT = lazy(r"(?<![^\W_])(?:an?[ ]|(?:first|last)[ ](?P<at>))(?P<unit>[a-z]++)\Z")
_UNIT_AND = lazy(r"(?<![^\W_])(?P<unit>[a-z]++)[ ]and[ ]\Z")
_SMALL = 12
_LIST = 60  # characters between two numbers of a list
_PREPOSITION = lazy(r"[ \n](?P<word>on|in|at|for|from|to|with|by|under)[ \n]")
_ENDS_LIST = lazy(
    r"[.,;:)]|\Z|[ ](?:and|on|in|at|for|from|to|with|by|under|was|is|has|had|were|are|remain(?:s|ed)?|did|came|went"
    r"|died|failed)\b"
)
_HAS_VERB = lazy(
    r"(?: [a-z-]+){0,3}? (?:are|were|have|had|remain|remained|is|was|died|did|will|came|went|voted|closed|failed)\b"
)
_GOES_ON = frozenset(("of", "equal", "more", "further", "other", "such"))
_OF_A_SERIES = frozenset(("reference", "step-of-a-series"))
_AND_MORE = (" and a half", " or two", " or so", " ago", " earlier", " before", " later")
_IDIOMATIC = frozenset(("half", "one", "two", "three", "six", "nine", "thousand", "zero", "ten"))


def word_hit(page: Page, found: Found, quiet: Quiet, word: str, start: int, sentence: Sentence) -> int:
    """Take up the number word that begins here; returns where the search goes on."""
    low, floor, stop = page.low, sentence.start, sentence.end
    end = start + len(word)
    if word in ("a", "an"):
        return _one_of_it(page, found, start, end, sentence)
    if word in page.words.multiples:
        return _multiple(page, found, word, start, sentence)
    article = (
        start - 2 >= floor
        and low[start - 2 : start] in ("a ", "a\n")
        and (start - 3 < floor or not low[start - 3].isalnum())
    )
    place = page.words.ordinals.get(word, 0)
    if place and not (place > 2 and article and _part_follows(page, end, stop)):  # `a second` is no half
        return _ordinal(page, found, start, end, sentence)
    said = numerals.read(page.words, low, start, stop, article=article)
    if said is None:
        return end
    ordinal = _ORDINAL_BEHIND.match(low, said.end, stop)
    place = page.words.ordinals.get(ordinal["word"], 0) if ordinal else 0
    if ordinal and place and (said.sort != "small" or low[said.end] == "-" or place >= 100):
        return _ordinal(page, found, start, ordinal.end(), sentence)
    if (
        said.sort == "part"
        and word == "half"
        and skips.last_word(page, start, floor) in page.words.around["before-half"]
    ):
        return found.skip(Skip(start, end, "date", "numbers.before-half"))
    said = _of_a_year(page, said, word, start, floor)
    if word == "half" and article and (joined := _and_a_half(page, found, start, end, sentence)):
        return joined
    if not _may_count(page, said, word, article, start, sentence):
        return said.end
    listed = said.sort == "small" and _is_listed(page, found, said, start, floor)
    idiom = _idiom(page, start, sentence) if word in _IDIOMATIC and said.sort and not listed else None
    if idiom:
        return found.skip(idiom)
    if _repeats(page, found, said, start, stop):
        return said.end + 1
    if quiet.slogan(start):
        counted = nouns.counted(page, said.end, stop) if low[said.end : said.end + 1] == " " else None
        return found.skip(page.words.skip("slogan", start, counted.end if counted and counted.noun else said.end))
    if said.sort == "small" and (part := _out_of(page, said, stop)):
        found.drafts.append(_loose(start, part[0], part[1], said.rules[0], stop))
        return part[0]
    first = (
        start - 2
        if article and (said.manner == "fraction" or page.words.number_words[word][0] in ("hundred", "scale"))
        else start
    )
    return _figure(page, found, said, first, sentence, listed=listed)


def _is_listed(page: Page, found: Found, said: numerals.Said, start: int, floor: int) -> bool:
    """`rose in 12 of the 16, fell in three and was unchanged in one`; `eight are open, three shut and one is new`."""
    last = found.drafts[-1] if found.drafts else None
    if last is None or last.start < floor or start - last.end > _LIST or last.dimension not in ("", "count"):
        return False
    if last.multiplier > 1 or last.decimals or last.prefixed or not _ENDS_LIST.match(page.low, said.end):
        return False
    if page.low.endswith(" in ", floor, start):
        return page.low[max(floor, start - 24) : start].split()[-2] in page.words.around["in-places"]
    if said.value != 1 or last.bare_word or not page.low.endswith((" and ", ", "), floor, start):
        return False
    return _HAS_VERB.match(page.low, last.end) is not None or _goes_on_alike(page, last.end, said.end)


def _goes_on_alike(page: Page, first: int, second: int) -> bool:
    """Whether one preposition follows two numbers: `five on aetiology and one on prognosis`."""
    one, other = _PREPOSITION.match(page.low, first), _PREPOSITION.match(page.low, second)
    return one is not None and other is not None and one["word"] == other["word"]


def _one_of_it(page: Page, found: Found, start: int, end: int, sentence: Sentence) -> int:
    """`at least a year`, `more than a mile`: one of a unit, where words bound it."""
    left = page.low[sentence.start : start - 1]
    bounds = page.words.before.get(left[left.rfind(" ") + 1 :].lstrip("(\"'"), ())
    bound = next((one for one in bounds if one.modifier and left.endswith(one.phrase)), None)
    if bound is None or bound.modifier is None or bound.modifier.unless:
        return end
    if left[: -len(bound.phrase)].rstrip().rpartition(" ")[2] in bound.modifier.not_after:
        return end  # `They spoke about a day in May`
    unit = units.unit_behind(page, end, sentence.end)
    if unit is None or page.view[unit[0] : unit[0] + 1] == "-" or page.low.startswith(_AND_MORE, unit[0]):
        return end
    draft = Draft(start, end, end, "1", 0, False, "words", ["numbers.single"], sentence.end)
    drafts.take_unit(draft, *unit)
    found.drafts.append(draft)
    return draft.end


def _and_a_half(page: Page, found: Found, start: int, end: int, sentence: Sentence) -> int:
    """`an hour and a half`, `3 years and a half`: half of the unit of time said before; tells where it ends, or 0."""
    at = start - len(" and a ")
    if at <= sentence.start or page.low[at:start] != " and a ":
        return 0
    last = found.drafts[-1] if found.drafts else None
    if last and last.end == at and last.dimension == "time" and not last.decimals and last.value is None:
        whole = last.said.value if last.said else Fraction(int(last.digits))
        last.value, last.said, last.manner, last.end = whole + Fraction(1, 2), None, "fraction", end
        return end
    one = _ONE_UNIT.search(page.low, max(sentence.start, at - 16), at)
    measure = page.unit(one["unit"]) if one else None
    if one is None or measure is None or measure.dimension != "time":
        return 0
    first = one.start() if one["at"] is None else one.start("unit")  # `its first hour and a half`
    draft = Draft(first, end, end, "1", 0, False, "fraction", [measure.rule], sentence.end, value=Fraction(3, 2))
    draft.unit, draft.dimension = measure.unit, measure.dimension
    found.drafts.append(draft)
    return end


def _repeats(page: Page, found: Found, said: numerals.Said, start: int, stop: int) -> bool:
    """`30 (thirty) days`: the words in brackets repeat the digits, and the unit stands behind them."""
    last = found.drafts[-1] if found.drafts else None
    if (
        last is None
        or page.view[last.end : start] != " ("
        or page.view[said.end : said.end + 1] != ")"
        or last.dimension
        or last.digits != str(said.value)
    ):
        return False
    last.end = last.number_end = said.end + 1
    last.rules.append(page.words.decided["repeated-number"].rule_id)
    drafts.behind(page, last, stop)
    return True


def _figure(
    page: Page, found: Found, said: numerals.Said, start: int, sentence: Sentence, *, listed: bool = False
) -> int:
    view, floor, stop = page.view, sentence.start, sentence.end
    sign = _MINUS.search(page.low, max(floor, start - 10), start)
    loose = said.manner == "fraction"
    draft = Draft(
        start=sign.start() if sign else start,
        end=said.end,
        number_end=said.end,
        digits="",
        decimals=0,
        negative=bool(sign),
        manner=said.manner,
        rules=list(said.rules),
        stop=stop,
        said=said,
    )
    if loose and said.value < 1:
        draft.kind, draft.dimension = "factor", "factor"
    repeated = _REPEATED.match(view, said.end, stop)
    if repeated and not (loose and repeated["digits"][0] != "0"):  # `thirty (30) days`; `a third (2,190) of the seats`
        draft.end = draft.number_end = repeated.end()
        draft.rules.append(page.words.decided["repeated-number"].rule_id)
    drafts.behind(page, draft, stop, one=said.manner == "words" and said.value == 1)
    if loose and said.value < 1:
        _size(page, draft, stop)
        _point(page, draft)
    if (draft.noun and _is_name(page, draft)) or _is_plan(page, draft, sentence):
        return found.skip(page.words.skip("number-in-name", start, draft.end))
    if draft.end == said.end and not repeated and (hyphened := _HYPHENED.match(view, said.end, stop)):
        return found.skip(page.words.skip("number-in-name", start, hyphened.end()))
    if not draft.dimension and (measure := page.words.units_before.get(skips.last_word(page, start, floor))):
        draft.unit, draft.dimension, draft.from_before = measure.unit, measure.dimension, True  # `aged three`
        draft.rules.insert(0, measure.rule)
    if not draft.dimension and said.sort == "small" and _is_numbered(page, start, floor):
        return found.skip(page.words.skip("number-in-series", start, draft.end))
    draft.bare_word = (
        said.sort == "small"
        and not listed
        and not _says_how_many(page, said, start, floor, stop)
        and not sign
        and not draft.dimension
        and not _EACH.match(page.low, draft.end, stop)
        and (start, draft.end) != (floor, stop)
    )
    if draft.dimension != "factor":
        draft.kind = "absolute"
    found.drafts.append(draft)
    return draft.end


def _of_a_year(page: Page, said: numerals.Said, word: str, start: int, floor: int) -> numerals.Said:
    """`the first three quarters of 1994` are nine months, no part: only the three is a number."""
    end = start + len(word)
    if said.manner != "fraction" or not page.low.endswith("quarters", start, said.end) or page.low[end] != " ":
        return said
    if skips.last_word(page, start, floor) not in page.words.around["before-half"]:
        return said
    return numerals.Said(end, Fraction(page.words.number_words[word][1]), "words", "small", said.rules)


def _is_numbered(page: Page, start: int, floor: int) -> bool:
    """`Chapter Three`, `type two`: the number of one thing in a row of them."""
    before = page.words.before.get(skips.last_word(page, start, floor), ())
    capital = page.view[start].isupper()
    return (
        any(
            one.skip is not None
            and (one.skip[0].name in _OF_A_SERIES or (capital and one.skip[0].reason == "identifier"))
            for one in before
        )
        and page.view[start - 1] == " "
    )


def _says_how_many(page: Page, said: numerals.Said, start: int, floor: int, stop: int) -> bool:
    """Whether a small word is a number though no noun follows: `nine of the 40`, `fell to zero`; `one` rarely is."""
    before = skips.last_word(page, start, floor)
    after = _WORD_AFTER.match(page.low, said.end, stop)
    if said.value == 0:
        listed = _LISTED_BEFORE.search(page.low, max(floor, start - 24), start)
        return (
            page.low.startswith("zero", start)
            and page.view[start].islower()
            and (before in page.words.around["before-zero"] or listed is not None)
        )
    if said.value == 1 or said.value > _SMALL:
        return said.value > 1
    return before not in page.words.around["before-halves"] or (after is not None and after["word"] in _GOES_ON)


def _size(page: Page, draft: Draft, stop: int) -> None:
    """`half an hour`, `a quarter of a mile`: a part of one unit. Other parts stay bare."""
    if draft.noun:
        drafts.undo_noun(draft)
        draft.dimension = "factor"
    if draft.unit or draft.end != draft.number_end:
        return
    of_one = _SIZED.match(page.low, draft.end, stop)
    found = units.unit_behind(page, of_one.end(), stop) if of_one else None
    if found:
        drafts.take_unit(draft, *found)


def _point(page: Page, draft: Draft) -> None:
    """`a quarter-point cut`, `half-percentage-point`: parts of a point are those of percent."""
    found = _HYPHENED_POINT.match(page.low, draft.number_end)
    measure = page.unit("percentage point") if found else None
    if found and measure:
        drafts.take_unit(draft, found.end(), measure)


def _multiple(page: Page, found: Found, word: str, start: int, sentence: Sentence) -> int:
    """`doubled`, `twice the sum`: a factor in one word."""
    value, rule = page.words.multiples[word]
    end = start + len(word)
    after = _WORD_AFTER.match(page.low, end, sentence.end)
    follows = after["word"] if after else "."
    if follows == "-" or (
        rule.followed and word in rule.followed and follows not in page.words.around["behind-a-part"]
    ):
        return end
    found.drafts.append(_loose(start, end, value, rule.rule_id, sentence.end))
    return end


def _loose(start: int, end: int, value: Fraction, rule: str, stop: int) -> Draft:
    said = numerals.Said(end, value, "fraction", "", (rule,))
    return Draft(start, end, end, "", 0, False, "fraction", [rule], stop, said=said, kind="factor", dimension="factor")


def _may_count(page: Page, said: numerals.Said, word: str, article: bool, start: int, sentence: Sentence) -> bool:
    """Whether this number word may stand for a number at all: not `millions of`, `the first half`, `last quarter`."""
    sort = said.sort
    if not sort:
        return True
    if sort in ("scale", "hundred"):
        return article
    if sort != "part":
        return True
    if _HYPHENED_POINT.match(page.low, said.end, sentence.end):
        return True
    if word == "half" and not article:
        return page.view[said.end : said.end + 1] != "-"
    joined = _UNIT_AND.search(page.low, max(sentence.start, start - 24), start - 2)  # `a year and a half`
    of_a_unit = joined is not None and page.unit(joined["unit"]) is not None
    return article and not of_a_unit and _part_follows(page, said.end, sentence.end)


def _out_of(page: Page, said: numerals.Said, stop: int) -> tuple[int, Fraction] | None:
    """`one in four`, `nine out of ten`: a part, where both are words; tells where it ends and its value."""
    digits = _OF_TEN.match(page.low, said.end, stop)  # `nine in 10 firms`
    one = _ONE_OF.match(page.low, said.end, stop) if said.value == 1 and digits is None else None
    if one:
        return one.end(), Fraction(1, int(one["of"]))
    if digits and said.value < (of := int(digits["of"].replace(",", ""))):
        return digits.end(), said.value / of
    found = _OUT_OF.match(page.low, said.end, stop)
    if found is None:
        return None
    article = page.low.startswith("a ", found.end())  # `one in a million`
    whole = numerals.read(page.words, page.low, found.end() + 2 * article, stop, article=article)
    if whole is None or whole.manner != "words" or not said.value < whole.value:
        return None
    if whole.sort in ("scale", "hundred") and not article:
        return None
    return None if _OF_TIME.match(page.low, whole.end, stop) else (whole.end, said.value / whole.value)


def _part_follows(page: Page, end: int, stop: int) -> bool:
    """Whether `a third` goes on like a part (`a third of`), not like an ordinal (`a third party`)."""
    after = _WORD_AFTER.match(page.low, end, stop)
    return after is None or after["word"] in page.words.around["behind-a-part"]


def _ordinal(page: Page, found: Found, start: int, end: int, sentence: Sentence) -> int:
    before = skips.last_word(page, start, sentence.start)
    if page.low[start:end] == "second" and before in ("per", "a", "each", "every"):
        return end
    return found.skip(page.words.skip("ordinal-word", start, end))


def _idiom(page: Page, start: int, sentence: Sentence) -> Skip | None:
    for pattern, rule in page.words.idioms:
        for match in pattern.finditer(page.low, max(sentence.start, start - 12), min(sentence.end, start + 40)):
            if match.start() <= start < match.end():
                return Skip(match.start(), match.end(), rule.reason, rule.rule_id)
            if match.start() > start:
                break
    return None


def _is_name(page: Page, draft: Draft) -> bool:
    """`Seven Hills` is a name, `Seven hills` and `seven Hills` are counts."""
    noun = page.view.rfind(" ", draft.number_end, draft.end) + 1 or draft.number_end + 1
    return (
        page.view[draft.start].isupper()
        and page.view[noun].isupper()
        and not page.view[draft.start : draft.end].isupper()
    )


def _is_plan(page: Page, draft: Draft, sentence: Sentence) -> bool:
    """`the Five-Year Plan` is a name, `a five-year plan` a time."""
    view, joint = page.view, draft.number_end
    return (
        draft.dimension == "time"
        and view[joint] == "-"
        and view[draft.start].isupper()
        and view[joint + 1].isupper()
        and draft.start > sentence.start
    )
