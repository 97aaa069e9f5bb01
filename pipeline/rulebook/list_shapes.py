"""What the tables of rules/lists.toml may hold: words that tell how figures of a list or comparison belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.rulebook.shapes import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Half(Rule):
    """Two kinds that leave no third: words, or small patterns of words, for the one and for the other.

    `always`: also where no list under a total says so.
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    always: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping(Rule):
    """Words about a bound, in lower case.

    They make a figure one (`rule`), or say of a figure that it is on the right side of it (`kept`) or not (`broken`),
    above it or below. What is said of `all` or of `none` holds of the one that is called `highest`, or `lowest`, where
    no words between are those of `unless`.
    """

    says: Literal["rule", "kept", "broken", "above", "below", "all", "none", "highest", "lowest"]
    pattern: str
    unless: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun(Rule):
    """Words, in lower case, before a date at which something began."""

    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside(Rule):
    """Words behind a percentage that set it apart from the two levels beside it, in lower case."""

    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Rule):
    """Words before a fraction by which it is a little more or less than told: `just over half`."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collective(Rule):
    """Words for a whole of things told before, in lower case: `of the fleet`."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposite(Rule):
    """Two amounts whose difference has a name of its own: words, or small patterns of words, for each of the two, and
    for what is left of the one by the other. Of these, `over` are said only where the one is the larger, `short` only
    where the other is."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    outcome: tuple[str, ...]
    over: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion(Rule):
    """A share with a name of its own: words, or small patterns of words, for its `names`, its part and its whole."""

    names: tuple[str, ...]
    part: tuple[str, ...]
    whole: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued(Rule):
    """Words, or small patterns of words, for what is the better the `more` of it there is, or the `less`."""

    better: Literal["more", "less"]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing(Rule):
    """Words, or small patterns of words, by which percentages share one whole out: words that open their list, words
    `within` a sentence of shares or `before` them, the name of an item that leaves nothing out; and words against."""

    opens: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment(Rule):
    """Words, or small patterns of words, that say of a figure that it is of `then`, of `last` time, or of `now`."""

    time: Literal["then", "last", "now"]
    words: tuple[str, ...]


TABLES: dict[str, type[Rule]] = {
    "half": Half,
    "keeping": Keeping,
    "begun": Begun,
    "aside": Aside,
    "close": Close,
    "collective": Collective,
    "opposite": Opposite,
    "proportion": Proportion,
    "valued": Valued,
    "sharing": Sharing,
    "moment": Moment,
}
