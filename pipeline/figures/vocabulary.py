"""The rule book → what the search for figures looks words up in, compiled once for each book."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.figures.tries import either
from pipeline.fraction import Fraction
from pipeline.model import Skip
from pipeline.patterns import compiled, lazy
from pipeline.rulebook import Rulebook, metric
from pipeline.rulebook.shapes import (
    AroundWords,
    AttributeWords,
    Ending,
    Further,
    Idiom,
    Irregular,
    ModifierRule,
    Multiple,
    Multiplier,
    NamedBy,
    Noun,
    NumberForm,
    NumberWords,
    Piece,
    Places,
    RateRule,
    SkipRule,
    StopWords,
    Unit,
)
from pipeline.rulebook.sound import filled, pieces_of

_AROUND = (
    *("ranging", "moving", "hedging", "behind-a-part", "before-half", "before-halves", "before-zero", "of-a-year"),
    *(
        "aged-persons",
        "behind-an-age",
        "behind-a-spell",
        "in-millions",
        "ranging-in",
        "forecasters",
        "in-places",
        "counted-in",
    ),
)
_SINGLE = frozenset(("time", "length", "area", "mass", "volume", "money", "points"))  # `at least a year`
_SIZED = r"(?:deep|long|wide|high|tall|thick|old|away)"  # `25 m deep at most`
_END = r"(?![^\W_])"
_OPENERS = r"\s(\[{\"'“‘«《【】》>/.,:;*•·–—-"  # one stands before each word: so the scan for them is twice as fast
_NOUN_PHRASE = r"[^\W\d_][\w'-]*+(?:[ \n][^\W\d_][\w'-]*+){0,3}+"


@dataclass(frozen=True, slots=True)
class Scale:
    """A multiplier and the rule that names it."""

    value: int
    rule: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as figures carry it; one that is a rate by itself has its `per`."""

    unit: str
    dimension: str
    rule: str
    per: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """A phrase that, straight before a number, makes a skip of it or bounds it."""

    phrase: str
    skip: tuple[SkipRule, re.Pattern[str]] | None = None
    modifier: ModifierRule | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """A rule for rates, compiled."""

    rule: RateRule
    after: re.Pattern[str] | None
    before: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words and patterns of the search, in lower case but for symbols, prefixes and rules with `case`."""

    spoken: re.Pattern[str]
    spoken_first: re.Pattern[str]
    forms: re.Pattern[str]
    comma_forms: re.Pattern[str]
    raised_forms: re.Pattern[str]
    form_rules: tuple[NumberForm, ...]
    number_phrase: re.Pattern[str]
    number_words: Mapping[str, tuple[str, int, str]]
    ordinals: Mapping[str, int]
    multiples: Mapping[str, tuple[Fraction, Multiple]]
    around: Mapping[str, frozenset[str]]
    multiplier: re.Pattern[str]
    multipliers: Mapping[str, Scale]
    glued: Mapping[str, Scale]
    unit_names: re.Pattern[str]
    units_by_name: Mapping[str, Measure]
    unit_symbols: re.Pattern[str]
    units_by_symbol: Mapping[str, Measure]
    doubtful: Mapping[str, tuple[tuple[Unit, Measure], ...]]
    near: Mapping[str, tuple[frozenset[str], Measure]]
    doubtful_symbols: Mapping[str, tuple[tuple[Unit, Measure], ...]]
    behind: Mapping[tuple[str, str], int]
    prefixes: Mapping[str, Measure]
    letters: Mapping[str, tuple[tuple[Unit, Measure], ...]]
    prefix_ends: frozenset[str]
    units_before: Mapping[str, Measure]
    stops: Mapping[str, str]
    nouns: Mapping[str, tuple[str, str]]
    endings: tuple[Ending, ...]
    attributes: Mapping[str, str]
    further: Mapping[str, str]
    named: Mapping[str, tuple[str, str]]
    places: Mapping[str, str]
    more_places: re.Pattern[str]
    skip_line: re.Pattern[str]
    skip_start: re.Pattern[str]
    skips: tuple[SkipRule, ...]
    decided: Mapping[str, SkipRule]
    year_words: frozenset[str]
    idioms: tuple[tuple[re.Pattern[str], Idiom], ...]
    before: Mapping[str, tuple[Before, ...]]
    after: re.Pattern[str]
    afters: Mapping[str, ModifierRule]
    fars: tuple[tuple[re.Pattern[str], ModifierRule], ...]
    rates: tuple[Rate, ...]

    def skip(self, name: str, start: int, end: int) -> Skip:
        """A skip by one of the rules that the code decides."""
        rule = self.decided[name]
        return Skip(start, end, rule.reason, rule.rule_id)


@functools.lru_cache(maxsize=4)
def vocabulary(book: Rulebook) -> Vocabulary:
    """The vocabulary of a rule book."""
    forms = book.of(NumberForm)
    all_units = metric.units(book)
    words = {
        word: (rule.sort, value, rule.rule_id)
        for rule in book.of(NumberWords)
        if rule.sort != "single"  # `a` is a number only before a unit
        for word, value in rule.values.items()
    }
    ordinals = {word: value for word, (sort, value, _) in words.items() if sort == "ordinal"}
    around = {rule.name: frozenset(rule.words) for rule in book.of(AroundWords)}
    adverbs = {word for word in ordinals if word.endswith("ly")}
    parts = {word + "s": words[word] for word, value in ordinals.items() if value != 2 and word not in adverbs}
    sayable = {**{word: said for word, said in words.items() if word not in adverbs}, **parts}
    multiples = {name: (Fraction(rule.value), rule) for rule in book.of(Multiple) for name in rule.names}
    multipliers = {name: Scale(rule.value, rule.rule_id) for rule in book.of(Multiplier) for name in rule.names}
    word, hit = either(sayable), either([*words, *multiples])
    sure = {name: measure for unit in all_units for name, measure in _named(unit, unit.names)}
    doubtful: dict[str, tuple[tuple[Unit, Measure], ...]] = {}
    signs: dict[str, tuple[tuple[Unit, Measure], ...]] = {}
    for unit in all_units:
        for name, measure in _named(unit, unit.doubtful):
            doubtful[name] = (*doubtful.get(name, ()), (unit, measure))
        for sign in unit.doubtful_symbols:
            signs[sign] = (*signs.get(sign, ()), (unit, _measure(unit)))
    letters: dict[str, tuple[tuple[Unit, Measure], ...]] = {}
    for unit in all_units:
        for letter in unit.letters:
            letters[letter] = (*letters.get(letter, ()), (unit, _measure(unit)))
    symbols = {symbol: _measure(unit) for unit in all_units for symbol in unit.symbols}
    prefixes = {prefix: _measure(unit) for unit in all_units for prefix in unit.prefixes}
    places = {place: rule.rule_id for rule in book.of(Places) for place in rule.words}
    skips, pieces = book.of(SkipRule), pieces_of(book.of(Piece))
    at_line = [(n, rule) for n, rule in enumerate(skips) if rule.pattern and rule.line]
    at_start = [(n, rule) for n, rule in enumerate(skips) if rule.pattern and not rule.line and not rule.words]
    afters = {word: rule for rule in book.of(ModifierRule) for word in rule.after}
    and_a = r"and[ \n]{1,6}(?:an?[ \n]{1,6})?"
    joint = rf"(?:-and-(?:an?-)?|[ ]?-[ ]?|[ \n]{{1,6}}(?:{and_a}|(?:of[ ])?an?[ \n]{{1,6}}|point[ \n]{{1,6}})?)"
    single = either(name for unit in all_units if unit.dimension in _SINGLE for name in unit.names)
    return Vocabulary(
        spoken=compiled(rf"[{_OPENERS}](?P<word>{hit}|an?(?=[ \n]{single}{_END}))(?![^\W\d_])"),
        spoken_first=compiled(rf"(?P<word>{hit})(?![^\W\d_])"),
        forms=_alternatives((f"f{n}", rule.pattern) for n, rule in enumerate(forms) if not rule.needs),
        comma_forms=_alternatives(
            (f"f{n}", rule.pattern)
            for n, rule in sorted(enumerate(forms), key=lambda pair: pair[1].needs != "comma")
            if rule.decimal == "," or rule.name in ("plain", "apostrophe-groups")
        ),
        raised_forms=_alternatives((f"f{n}", rule.pattern) for n, rule in enumerate(forms) if rule.needs != "comma"),
        form_rules=forms,
        number_phrase=compiled(rf"{word}{_END}(?:{joint}{word}{_END}){{0,40}}+"),
        number_words=sayable,
        ordinals=ordinals,
        multiples=multiples,
        around={name: around.get(name, frozenset()) for name in _AROUND},
        multiplier=compiled(rf"(?:[ \n]{{1,6}}|-)?(?P<name>{either(multipliers)}){_END}"),
        multipliers=multipliers,
        glued={name: Scale(rule.value, rule.rule_id) for rule in book.of(Multiplier) for name in rule.glued},
        unit_names=compiled(rf"(?:[ \n]{{1,6}}|[ ]?-[ ]?)?(?P<name>{either({*sure, *doubtful}, hyphen=True)}){_END}"),
        units_by_name=sure,
        unit_symbols=_symbols({*symbols, *signs}),
        units_by_symbol=symbols,
        doubtful=doubtful,
        near={
            name: (frozenset(unit.near), measure)
            for unit in all_units
            if unit.near
            for name, measure in _named(unit, unit.doubtful)
        },
        doubtful_symbols=signs,
        behind={(large, _measure(unit).unit): many for unit in all_units for large, many in unit.behind.items()},
        prefixes=prefixes,
        letters=letters,
        units_before={word: _measure(unit) for unit in all_units for word in unit.before},
        prefix_ends=frozenset(
            prefix[-2:] if prefix[-1].isalpha() and prefix[-1].isascii() else prefix[-1] for prefix in prefixes
        ),
        stops={word: rule.rule_id for rule in book.of(StopWords) for word in rule.words},
        nouns=_nouns(book),
        endings=book.of(Ending),
        attributes={word: rule.rule_id for rule in book.of(AttributeWords) for word in rule.words},
        further={word: rule.rule_id for rule in book.of(Further) for word in rule.words},
        named={word: (rule.singular, rule.rule_id) for rule in book.of(NamedBy) for word in rule.words},
        places=places,
        more_places=_more(f"(?:{either(places)}){_END}"),
        skip_line=_alternatives((f"s{n}", _flagged(rule, pieces)) for n, rule in at_line),
        skip_start=_alternatives((f"s{n}", _flagged(rule, pieces)) for n, rule in at_start),
        skips=skips,
        year_words=frozenset(word for rule in skips if rule.name == "year" for word in rule.words),
        decided={rule.name: rule for rule in skips},
        idioms=tuple((lazy(rule.pattern, re.VERBOSE), rule) for rule in book.of(Idiom)),
        before=_before(book, pieces),
        after=compiled(rf"(?:[ \n]{_SIZED})?+[ \n]?(?P<words>{either(afters)})(?![\w]|[ ]?[0-9$€£¥])"),
        afters=afters,
        fars=tuple((lazy(rule.far, re.VERBOSE), rule) for rule in book.of(ModifierRule) if rule.far),
        rates=tuple(_rate(rule) for rule in book.of(RateRule)),
    )


def _measure(unit: Unit) -> Measure:
    return Measure(unit.name if unit.symbol is None else unit.symbol, unit.dimension, unit.rule_id, unit.per)


def _named(unit: Unit, names: Iterable[str]) -> Iterator[tuple[str, Measure]]:
    """Each name in lower case and, where it is longer than an abbreviation, its plural."""
    measure = _measure(unit)
    for name in names:
        low = name.lower()
        yield low, measure
        if len(low) > 3 and low[-1].isalpha() and not low.endswith(("s", "x", "z")):
            yield low + "s", measure


def _lettered(symbol: str) -> bool:
    """Whether a symbol ends as a word does, so that a letter behind it would go on with it."""
    return symbol[-1].isascii() and symbol[-1].isalnum()


def _symbols(symbols: Iterable[str]) -> re.Pattern[str]:
    lettered, signs = [one for one in symbols if _lettered(one)], [one for one in symbols if not _lettered(one)]
    return compiled(rf"(?:[ \n]|-(?=[mhg][ ]))?(?P<name>(?:{either(lettered)}){_END}|{either(signs)})")


def _more(place: str) -> re.Pattern[str]:
    """What may stand behind a division of a country: `and prefectures`, `, cities and towns`, `(cities, districts)`."""
    joined = rf"(?P<several>(?:,[ \n]{place})++)?,?[ \n]and[ \n](?P<last>{place})(?![ ][a-z]+s\b)"
    return compiled(rf"{joined}|[ ]?\({place}(?:(?:,[ ]?|[ ]and[ ]|[ ]or[ ]){place})*+\)")


def _alternatives(named: Iterable[tuple[str, str]]) -> re.Pattern[str]:
    return compiled("|".join(f"(?P<{name}>{pattern})" for name, pattern in named) or "(?!)", re.VERBOSE)


def _flagged(rule: SkipRule, pieces: Mapping[str, str]) -> str:
    return f"(?{'' if rule.case else 'i'}:{filled(rule.pattern, pieces)})"


def _before(book: Rulebook, pieces: Mapping[str, str]) -> dict[str, tuple[Before, ...]]:
    """The phrases by their last word, the longest first; skips before modifiers."""
    entries: dict[str, list[Before]] = {}
    for skip in book.of(SkipRule):
        if not skip.words or not skip.pattern:
            continue
        shape = lazy(_flagged(skip, pieces), re.VERBOSE)
        for words in skip.words:
            entries.setdefault(words.lower().split()[-1], []).append(
                Before(words.lower() if not skip.case else words, skip=(skip, shape))
            )
    for modifier in book.of(ModifierRule):
        for words in modifier.before:
            entries.setdefault(words.split()[-1], []).append(Before(words, modifier=modifier))
    return {
        last: tuple(sorted(found, key=lambda one: (one.skip is None, -len(one.phrase))))
        for last, found in entries.items()
    }


def _nouns(book: Rulebook) -> dict[str, tuple[str, str]]:
    nouns = {
        plural: (singular, rule.rule_id) for rule in book.of(Irregular) for plural, singular in rule.singulars.items()
    }
    nouns.update({form: (noun.name, noun.rule_id) for noun in book.of(Noun) for form in noun.forms})
    return nouns


def _rate(rule: RateRule) -> Rate:
    def shaped(pattern: str) -> re.Pattern[str] | None:
        return lazy(pattern.replace("WORDS", _NOUN_PHRASE), re.VERBOSE) if pattern else None

    return Rate(rule, shaped(rule.after), shaped(rule.before))
