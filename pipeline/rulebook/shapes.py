"""What the tables of rules/*.toml may hold: one frozen record for each table, a field for each key.

Shapes hold data; what the words mean is in the stage that reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from pipeline.model import SkipReason


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what is found in it. `line` is where it stands in its file."""

    text: str
    finds: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every rule has: a name, its examples, the texts it must refuse, and its address (`rules/units.toml:18`)."""

    name: str
    examples: tuple[Example, ...] = ()
    refuses: tuple[Example, ...] = ()
    address: str
    file: str

    @property
    def rule_id(self) -> str:
        """The rule's name in tables and messages: `units.CNY`."""
        return f"{self.file}.{self.name}"


# cues.toml ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro(Rule):
    """A name for words or patterns that many cues use (`RISEV`); `direction` is said of the words in it."""

    pattern: str
    direction: Literal["up", "down", ""] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueRule(Rule):
    """Ways of saying that give figures their roles under one kind; kind `none` takes a tempting role away.

    `direction` is the one the words say; `words` means that of the rising or falling word in the match.
    """

    kind: str
    patterns: tuple[str, ...]
    direction: Literal["up", "down", "words", ""] = "words"
    base: Literal["period", "target", "other", ""] = ""
    mode: str = ""
    frame: bool = False


# sections.toml, sentences.toml -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingForm(Rule):
    """A form of heading. `pattern` is verbose and matches from the first sign of a line; group `title` is the heading.

    `place`: `first` is the report's first line; `line` fills its line, `apart` stands between blank lines with prose
    below; `run-in` begins a line and text follows; `within` may stand anywhere in a line. A title has at most `words`
    words, none of them among `not_words` (a question may have them). A group `number` of `1.2.3` makes the heading
    deeper by its dots. With `joins`, lines of this form right below each other are one heading.
    """

    pattern: str
    place: Literal["first", "line", "apart", "run-in", "within"]
    words: int = 14
    not_words: tuple[str, ...] = ()
    joins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureForm(Rule):
    """A line that is not part of the report's prose. `pattern` is verbose, knows no case, and matches the whole line.

    With `parts`, it is found in the line at least that often (a group `sure` at least once), and at most `others` other
    words stand around the parts.
    `needs` are texts in small letters, one of which every such line holds; they spare all other lines the pattern.
    """

    pattern: str
    needs: tuple[str, ...] = ()
    parts: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation(Rule):
    """Words written with a full stop that is not the end of a sentence, without that stop.

    `ends`: `never`, or `maybe` where one of the sentence's `openers` may follow (`the U.S. The`), or `unless-number`
    for words that are abbreviations before a figure only (`No. 7`).
    """

    words: tuple[str, ...]
    ends: Literal["never", "maybe", "unless-number"] = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener(Rule):
    """Words that, with a capital, begin a sentence after an abbreviation that may end one."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint(Rule):
    """A strong joint between the clauses of a sentence; `pattern` is verbose and is no part of either clause."""

    pattern: str


# numbers.toml, units.toml, nouns.toml --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberForm(Rule):
    """A printed form of a number in digits: its verbose pattern, the marks in it without meaning, its decimal mark."""

    pattern: str
    drop: str = ""
    decimal: Literal[".", ",", "·"] = "."
    needs: Literal["comma", "raised", ""] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords(Rule):
    """Number words of one sort, with what each says (of a part or an ordinal: the place counted, third = 3)."""

    sort: Literal["small", "ten", "hundred", "scale", "part", "ordinal", "single"]
    values: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiplier(Rule):
    """What stands behind digits and multiplies them; `glued` forms need money before or a unit behind."""

    names: tuple[str, ...]
    value: int
    glued: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple(Rule):
    """Words that are a factor by themselves (`doubled`); with `followed`, only before one of these words."""

    names: tuple[str, ...]
    value: str
    followed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AroundWords(Rule):
    """Words beside numbers that tell how they are meant; the name says which of them."""

    SYNONYMS: ClassVar[bool] = True

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Rule):
    """A unit: what stands for it behind and before a number. `factor` is its size in base units, exact, or empty.

    `symbol` is what the column `unit` says; it is `name` where no symbol is given. A doubtful name or symbol counts
    where the report holds a word of `evidence`; a symbol also straight before a word of `followed`, a name near one of
    `near`. A letter of `letters` stands before sums only (`R48.2 billion`): it may begin a name; one that several units
    have takes `evidence`. `per` is what a unit that is a rate by itself (`bpd`) is counted by. `behind` tells of which
    units it says the rest (`7 feet 10 inches`), and how many of it one of those is. `metric`: prefixes for it.
    """

    dimension: str
    symbol: str | None = None
    names: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    doubtful_symbols: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    per: str = ""
    factor: str = ""
    behind: dict[str, int] = field(default_factory=dict)
    metric: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix(Rule):
    """A metric prefix: its name is written before a unit's names, `symbol` and `signs` before its symbols."""

    symbol: str
    factor: str
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StopWords(Rule):
    """Words at which the phrase behind a number ends."""

    SYNONYMS: ClassVar[bool] = True

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun(Rule):
    """A counted noun with its plurals."""

    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Irregular(Rule):
    """Plurals that are not just the singular with -s, each with its singular."""

    singulars: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending(Rule):
    """How plurals of one ending have their singular (`-men` → `-man`); words that end in one of `unless` do not."""

    plural: str
    singular: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeWords(Rule):
    """Plural-looking words that stand before the noun proper (`sports clubs`)."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Further(Rule):
    """Stop words that do not end the phrase straight behind a number (`12 more farms`)."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBy(Rule):
    """Adjectives that are the noun themselves at the end of a phrase (`rural poor`), and what they then name."""

    words: tuple[str, ...]
    singular: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Places(Rule):
    """Plurals of which several are counted together (`14 cities and prefectures`)."""

    words: tuple[str, ...]


# skips.toml, modifiers.toml -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Rule):
    """A part of a pattern with a name, for the patterns of skips (`{MONTH}`)."""

    SYNONYMS: ClassVar[bool] = True

    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipRule(Rule):
    """A number-bearing expression that is no claim. Without a pattern it names what the code decides."""

    reason: SkipReason
    pattern: str = ""
    words: tuple[str, ...] = ()
    apart: bool = False
    line: bool = False
    case: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Idiom(Rule):
    """Number words that count nothing, with the words around them."""

    reason: SkipReason
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifierRule(Rule):
    """Words before or behind a figure that bound or widen it.

    With `compares` they do not, behind another figure, nor behind a word of `not_after` (`added up to`). They hold not
    for the dimensions in `unless`, and if `only` is given, for those in it alone; and where `few_words` is false, not
    for small number words that count things. `far` is a pattern that ends at the figure, for words that stand apart.
    With `article` an article may stand between (`about a 45 percent rise`), behind a word of `article_after` if given.
    Where `opening` is given, words that open a sentence bound a figure only if one of these stands behind it.
    """

    sign: Literal[">", "<", ">=", "<=", "~"]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    compares: bool = False
    not_after: tuple[str, ...] = ()
    few_words: bool = True
    only: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    far: str = ""
    article: bool = False
    article_after: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRule(Rule):
    """What ties a figure to the thing it is counted by; `of` lists the dimensions it holds for (none: all)."""

    after: str = ""
    before: str = ""
    per: str = ""
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Width(Rule):
    """How far a loose word may stray from its number, as a part of it."""

    SYNONYMS: ClassVar[bool] = True

    value: Decimal


# checks/KIND.toml ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRule(Rule):
    """The words of one kind of relation, which its name is: what it is called, what must hold, how a check is told.

    `formula` and `inconsistent` are said by what is computed and from what: `percent: level, change`; of the keys that
    fit the stated figures the first is taken. The blanks of all texts are explained in rules/README.md.
    """

    title: str
    holds: str
    roles: tuple[str, ...]
    scopes: tuple[str, ...]
    formula: dict[str, str]
    inconsistent: dict[str, str]
    consistent: str
    borderline: str
    undecided: str
    turned: str = ""


# One table, one shape: file name → table name → shape. Each stage's shapes stand together below and in `FILES`.
FILES: dict[str, dict[str, type[Rule]]] = {
    "numbers.toml": {
        "form": NumberForm,
        "words": NumberWords,
        "multiplier": Multiplier,
        "multiple": Multiple,
        "around": AroundWords,
    },
    "units.toml": {"unit": Unit, "prefix": Prefix},
    "nouns.toml": {
        "stop": StopWords,
        "noun": Noun,
        "irregular": Irregular,
        "ending": Ending,
        "attribute": AttributeWords,
        "further": Further,
        "named": NamedBy,
        "place": Places,
    },
    "skips.toml": {"piece": Piece, "skip": SkipRule, "idiom": Idiom},
    "modifiers.toml": {"modifier": ModifierRule, "rate": RateRule, "width": Width},
    "sections.toml": {"heading": HeadingForm, "furniture": FurnitureForm},
    "sentences.toml": {"abbreviation": Abbreviation, "opener": Opener, "joint": Joint},
    "cues.toml": {"macro": Macro, "cue": CueRule},
    "checks/*.toml": {"check": CheckRule},
}
