"""What one report is searched in: its text, the view and the view in lower case, and what was found so far."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.figures.numerals import Said
from pipeline.figures.vocabulary import Measure, Rate, Vocabulary
from pipeline.fraction import Fraction
from pipeline.limits import USUAL, Limits
from pipeline.model import FigureKind, Manner, Modifier, Printed, Report, Skip
from pipeline.patterns import lazy
from pipeline.rulebook.shapes import ModifierRule, Unit

_ASCII_DIGITS = lazy(r"[0-9]+")
_DIGITS = lazy(r"[0-9½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒]+")
# A report that writes decimal commas shows it: two or more numbers like 3,5 before a sign or a word of size, and
# neither 3.5 nor 1,250 anywhere. The patterns begin at the mark, which is found fast.
_COMMA_DECIMAL = lazy(
    r",(?<=[0-9],)[0-9]{1,2}(?![0-9,])(?=\s?[%€°]|\s(?:Mrd|Mio|Mill|million|billion|trillion|Prozent|per ?cent|euro))"
)
_COMMA_GROUP = lazy(r",(?<=[0-9],)[0-9]{3}(?![0-9])")
_FOUR_GROUPED = lazy(r",(?<=[^0-9,][0-9],)[0-9]{3}(?![0-9,])")
_RAISED_POINT = lazy(r"·(?<=[0-9]·)[0-9]{1,3}(?![0-9^⁰¹²³⁴-⁹⁻·])")
_POINT_DECIMAL = lazy(r"\.(?<=[0-9]\.)[0-9]{1,2}(?![0-9.,])")


@dataclass(frozen=True, slots=True)
class Page:
    """A report as it is searched.

    `comma` says that it writes a decimal comma, `raised` a raised point (`3·5`), `groups` that it writes 1,250 with
    one. `starts` is where digits and number words begin, in order; `spoken` are the words among them. `befores` are
    the rates whose words stand before the figure and occur in this report, `fars` such modifiers. `limits` bound the
    numbers in digits. `asked` and `signs` keep the names and symbols of units asked for.
    """

    text: str
    view: str
    low: str
    words: Vocabulary
    comma: bool
    raised: bool
    groups: bool
    starts: tuple[int, ...]
    spoken: Mapping[int, str]
    befores: tuple[Rate, ...]
    fars: tuple[tuple[re.Pattern[str], ModifierRule], ...]
    limits: Limits = USUAL
    asked: dict[str, Measure | None] = field(default_factory=dict)
    signs: dict[str, Measure | None] = field(default_factory=dict)
    letters: dict[str, Measure | None] = field(default_factory=dict)

    def unit(self, name: str) -> Measure | None:
        """The unit of this name, a doubtful one only if the report bears it out (`won` where Korea is spoken of)."""
        if name not in self.asked:
            self.asked[name] = self._borne_out(self.words.doubtful.get(name, ())) or self.words.units_by_name.get(name)
        return self.asked[name]

    def sign(self, symbol: str) -> Measure | None:
        """The unit of this symbol, a doubtful one only if the report bears it out (`20 C` where there are degrees)."""
        if symbol not in self.signs:
            borne_out = self._borne_out(self.words.doubtful_symbols.get(symbol, ()))
            self.signs[symbol] = borne_out or self.words.units_by_symbol.get(symbol)
        return self.signs[symbol]

    def letter(self, letter: str) -> Measure | None:
        """The currency of a letter before sums, one that several have only if the report bears it out (`K20 million`
        where Zambia is spoken of)."""
        if letter not in self.letters:
            of_it = self.words.letters.get(letter, ())
            self.letters[letter] = of_it[0][1] if len(of_it) == 1 else self._borne_out(of_it)
        return self.letters[letter]

    def _borne_out(self, doubtful: tuple[tuple[Unit, Measure], ...]) -> Measure | None:
        found = (measure for unit, measure in doubtful if any(word in self.low for word in unit.evidence))
        return next(found, None)


@dataclass(slots=True)
class Draft:
    """A figure in the making: mutable, since its neighbours may lend it unit and multiplier.

    It begins at `start`, with its currency; `end` grows with unit and noun, and never beyond `stop`, the sentence's.
    `digits` is the number as printed without marks, `decimals` how many of them stand behind the point; a number in
    words is in `said`, one with a part (`2 1/2`) in `value`; `step` is a printed tolerance, doubled.
    `noun`: the unit is a counted noun; `prefixed`: a currency stands before; `owned`: the unit is its own, not lent;
    `from_before`: words before the number gave it (`aged`); `bare_word`: a small number word that counts nothing yet.
    """

    start: int
    end: int
    number_end: int
    digits: str
    decimals: int
    negative: bool
    manner: Manner
    rules: list[str]
    stop: int
    exponent: int = 0
    multiplier: int = 1
    value: Fraction | None = None
    said: Said | None = None
    step: Fraction | None = None
    unit: str = ""
    dimension: str = ""
    noun: bool = False
    prefixed: bool = False
    owned: bool = True
    modifier: Modifier = ""
    per: str = ""
    upper: Printed | None = None
    kind: FigureKind = "absolute"
    grouped: bool = False
    bare_word: bool = False
    from_before: bool = False


@dataclass(slots=True)
class Found:
    """What the scan has gathered: a class with state, since each hit must know what the hits before it took."""

    drafts: list[Draft] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)

    @property
    def end(self) -> int:
        """Where the last thing found ends."""
        return max(self.drafts[-1].end if self.drafts else 0, self.skips[-1].end if self.skips else 0)

    def skip(self, skip: Skip) -> int:
        """Keep a skip, without what is taken already; returns where the search goes on."""
        start = max(skip.start, self.end)
        if start < skip.end:
            self.skips.append(skip if start == skip.start else Skip(start, skip.end, skip.reason, skip.rule))
        return skip.end


def page_of(report: Report, words: Vocabulary, limits: Limits = USUAL) -> Page:
    """The page of a report."""
    view = report.view
    low = view.lower()
    if len(low) != len(view):  # İ and its like grow when lowered
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in view)
    befores = tuple(rate for rate in words.rates if rate.before and rate.before.search(low))
    fars = tuple(one for one in words.fars if one[0].search(low))
    spoken = {found.start("word"): found["word"] for found in words.spoken.finditer(low)}
    if first := words.spoken_first.match(low):
        spoken[0] = first["word"]
    digits = _ASCII_DIGITS if low.isascii() else _DIGITS
    starts = [found.start() for found in digits.finditer(low)]
    starts.extend(spoken)
    starts.sort()
    groups = _FOUR_GROUPED.search(view) is not None
    return Page(
        report.text,
        view,
        low,
        words,
        _writes_comma(view),
        _writes_raised(view),
        groups,
        tuple(starts),
        spoken,
        befores,
        fars,
        limits,
    )


def _writes_raised(view: str) -> bool:
    """Old reports do: two numbers or more like 3·5, and none like 3.5."""
    return "·" in view and len(_RAISED_POINT.findall(view)) > 1 and not _POINT_DECIMAL.search(view)


def _writes_comma(view: str) -> bool:
    if len(_COMMA_DECIMAL.findall(view)) < 2:
        return False
    return not _COMMA_GROUP.search(view) and not _POINT_DECIMAL.search(view)
