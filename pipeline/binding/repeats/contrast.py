"""What sets two figures of one name apart: `landings of cod` and `of haddock`, plan and outcome, men and women.

Only the words between a figure and its neighbours are looked at, so that what is said of another figure parts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.binding.listed import set_apart
from pipeline.binding.repeats.sameness import apart_by_name
from pipeline.binding.scene import Scene
from pipeline.binding.words import telling
from pipeline.patterns import lazy

_WINDOW = 90
_TOKEN = lazy(r"[a-z][a-z'’-]*|#|[^\w\s]")
_OF = frozenset(("of", "in", "for", "on", "from", "to"))
_ARTICLES = frozenset("the a an its their our all any some".split())
# Adjectives that part nothing: the actual expenditure is the total expenditure.
_NEUTRAL = frozenset(
    "actual total overall aggregate combined annual yearly present current entire whole full own main help aid support "
    "assistance sum level period time place reached recorded registered reported counted numbered totalled amounted "
    "stood hit exceeded basis group group's group’s company company's company’s".split()
)
# Verbs that end a name, beside those in -ed.
_VERBS = frozenset("rose fell grew came stood went took sank made make makes saw hit had have has cost".split())
_PHRASE = 3
# What is said behind these is said of another figure, or of the figure in another light.
_TURN = lazy(
    r"\b(?:against|compared|versus|out of(?= (?:the|a|all|every|some|its|their|these|those)\b)|than"
    r"|from|while|whereas|although|but|with)\b|; "
)
_BREAK = lazy(r"[,:;(–—]")
_SAID = lazy(r"^.*\b(?:that|whether)\b")
# `Lower than in the third quarter, when turnover reached #`: what is compared is said before.
_WHEN_IT = lazy(r"\bthan [^,]*, when\b")
_AS_SAID = lazy(
    r"\b(?:said|noted|stated|mentioned|reported|shown|given|described)\s+(?:\w+\s+)?(?:above|before|earlier)\b"
)
_YEAR = lazy(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_WHEN = lazy(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|spring|summer|autumn|winter)\b"
)
_MONTH = lazy(r"((?:1[89]|20)\d\d)-([01]\d|[HQ]\d)")
# Each of these alone makes a figure another one; they stand before it or right behind it.
_RIGHT_BEHIND = 30
_MARKS: dict[str, re.Pattern[str]] = {
    "ahead": lazy(
        r"\b(?:expect\w*|plan(?:s|ning)?(?! period)|(?<!had been )planned"
        r"|aim(?:s|ed|ing)?|hop(?:es|ed|ing)|intend\w*|forecast\w*|goals?"
        r"|projected|projections?|budgeted|will(?! be (?:surpass|exceed))|would|next|target(?:ed)?"
        r"|required|needs? to|(?:was|were|is|are) to)\b"
        r"(?![^#]*\b(?:exceed\w*|surpass\w*|beyond|above|below|over|present|current|its)\b[^#]*#)"
    ),
    "behind": lazy(
        r"\b(?:prior|previous\w*|earlier|formerly|last|before(?!,? (?:income )?tax)|ago|preceding)\b"
    ),
    "so far": lazy(r"\b(?:cumulative\w*|so far|since|to date)\b"),
    "rest": lazy(
        r"\b(?:remaining|the others?|the rest|neighbou?ring)\b|# *[a-z]* *(?:[a-z]+ )?(?:remain\w*|left)\b(?! the\b)"
    ),
    "more": lazy(r"\b(?:new|newly|additional|extra|further|another)\b(?=[^#]{0,24}#)"),
    "at first": lazy(r"\b(?:first estimates?|originally|initially|revised)\b"),
    "possible": lazy(r"\b(?:can|could|capacity)\b"),
    "begin": lazy(
        r"\b(?:beginning|start|opening)\b|\bwhen (?:it|they) (?:was |were )?(?:founded|opened|began|started|set up)\b"
    ),
    "season": lazy(
        r"\b(?:in|during|at) (?:the )?(?:summer|winter|spring|autumn|(?:rainy|dry|wet|high|low|peak) season|peak"
        r"|weekends?|holidays)\b"
    ),
    "later": lazy(r"\b(?:the year after|[a-z]+ years? later|following year)\b"),
    "rank": lazy(r"\b(?:second|third|fourth|fifth)[- ](?:largest|biggest|highest|most)\b"),
    "before tax": lazy(r"\bbefore (?:income )?tax"),
    "after tax": lazy(r"\bafter (?:income )?tax"),
    "men": lazy(r"\b(?:male|males|men|boys)\b"),
    "women": lazy(r"\b(?:female|females|women|girls)\b"),
    "urban": lazy(r"\burban\b"),
    "rural": lazy(r"\brural\b"),
    "gross": lazy(r"\bgross\b"),
    "net": lazy(r"\bnet\b"),
    "adjusted": lazy(r"\b(?:adjusted|excluding|underlying)\b"),
    "average": lazy(r"\b(?:average|mean|median|maximum|minimum)\b"),
    "diluted": lazy(r"\bdiluted\b"),
    "operating": lazy(r"\b(?:operating|continuing)\b"),
    "imports": lazy(r"\bimport\w*\b"),
    "exports": lazy(r"\bexport\w*\b"),
    "first": lazy(r"\bfirst (?:half|quarter|phase|stage|round|year|month|nine)\b"),
    "second": lazy(r"\bsecond (?:half|quarter|phase|stage|round|year|month)\b"),
    "third": lazy(r"\bthird (?:quarter|phase|stage|round|year|month)\b"),
    "fourth": lazy(r"\bfourth (?:quarter|phase|stage|round|year|month)\b"),
}  # fmt: skip
# These say nothing of counted things: `the net income of farmers in the 36 counties`.
_OF_MONEY = frozenset(("gross", "net", "adjusted", "diluted", "operating", "average"))
# What is planned, over or yet to come is near in size to what is; all else that is said of only one of two long figures
# parts them less surely than digits that are the other's join them.
_NEAR_IN_SIZE = frozenset(("ahead", "behind", "so far", "rest", "more", "at first", "begin", "later", "season"))
_KINDS = tuple(
    frozenset(kind.split()) for kind in ("men women", "urban rural", "imports exports", "first second third fourth")
)
# A year that is told from the year of the report.
_PAST_YEAR = lazy(r"\bpast year\b")
# What was done with the things counted: those of one act are not those of another.
_ACTS = tuple(
    frozenset(act.split())
    for act in (
        "built constructed completed finished opened erected",
        "repaired restored rehabilitated mended renovated upgraded refurbished",
        "approved granted accepted",
        "rejected refused declined",
        "received submitted filed",
        "closed demolished cancelled",
        "bought purchased acquired imported",
        "sold exported sales turnover",
        "borrowed",
        "lent",
        "hired recruited appointed",
        "dismissed resigned retired",
        "admitted",
        "discharged",
        "born births",
        "died dead killed deaths",
        "injured wounded",
        "destroyed",
        "damaged",
        "displaced",
        "graduated",
        "ordered orders",
        "delivered",
        "decided",
        "available",
        "arrived",
        "departed",
        "spent disbursed paid",
        "earned raised",
    )
)

# Two words of one line part two figures.
_SIDES = tuple(
    frozenset(side.split())
    for side in (
        "first second third fourth fifth",
        "north northern south southern east eastern west western",
        "home abroad domestic domestically foreign overseas",
        "day night",
        "upper lower",
        "large small",
    )
)


@dataclass(frozen=True, slots=True)
class Slot:
    """What tells a word from its like: its adjectives, what it is of or has for its object, and what is of it."""

    ahead: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()

    def with_more(self, other: Slot) -> Slot:
        """Both together."""
        return Slot(self.ahead | other.ahead, self.behind | other.behind, self.over | other.over)

    def facing(self, other: Slot) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
        """The words of two slots that answer each other: `cod landings` answers `landings of haddock`."""
        yield self.over, other.over
        yield self.ahead, other.ahead
        yield self.behind, other.behind
        if not (self.ahead and other.ahead) and not (self.behind and other.behind):
            yield self.ahead | self.behind, other.ahead | other.behind


@dataclass(frozen=True, eq=False)
class Wording:
    """The words that stand between a figure and its neighbours, in lower case; the figure is `#`."""

    text: str

    @cached_property
    def tokens(self) -> list[str]:
        """Words and signs, in their order."""
        return _TOKEN.findall(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the telling words."""
        return frozenset(filter(None, map(telling, self.tokens)))

    @cached_property
    def leading(self) -> frozenset[str]:
        """The stems of what is said right before the figure: of whom or what it is."""
        before = _BREAK.split(self.text.partition("#")[0])[-1]
        return frozenset(
            filter(
                None,
                (
                    telling(word)
                    for word in _TOKEN.findall(before)
                    if word not in _NEUTRAL and not _WHEN.fullmatch(word) and not word.endswith("ed")
                ),
            )
        )

    @cached_property
    def slots(self) -> dict[str, Slot]:
        """For each telling word what tells it from its like; the figure itself is the word `#`."""
        found: dict[str, Slot] = {}
        for at, token in enumerate(self.tokens):
            word = "#" if token == "#" else telling(token)
            if word:
                slot = Slot(self._ahead(at), self._behind(at), self._over(at))
                found[word] = found.get(word, Slot()).with_more(slot)
        return found

    def _ahead(self, at: int) -> frozenset[str]:
        """The adjective of a word: of an act it would be who did it."""
        if self.tokens[at] == "#" or self.tokens[at].endswith(("ed", "ing")) or self.tokens[at - 1] in _ARTICLES:
            return frozenset()
        return self._phrase(at - 1, 1)

    def _behind(self, at: int) -> frozenset[str]:
        """What a word is of: `landings of cod`; of a figure what is measured, behind its unit."""
        tokens, behind = self.tokens, at + 1
        if tokens[at] == "#":
            behind = next((n for n in range(behind, min(at + 4, len(tokens))) if tokens[n] in _OF), len(tokens))
            if behind < len(tokens) and tokens[behind] not in ("of", "to", "for"):
                return frozenset()
        elif "#" in tokens[: at - 1] and (behind >= len(tokens) or tokens[behind] not in _OF):
            return self._phrase(behind, _PHRASE)  # `# people need food`
        if behind >= len(tokens) or tokens[behind] not in _OF:
            return frozenset()
        return self._phrase(behind + 1, _PHRASE)

    def _over(self, at: int) -> frozenset[str]:
        """What is of a word: `the hospitals of the region`."""
        of = at - 1
        while of > 0 and self.tokens[of] in _ARTICLES:
            of -= 1
        return self._phrase(of - 1, 1) if of > 0 and self.tokens[of] == "of" else frozenset()

    def _phrase(self, start: int, most: int) -> frozenset[str]:
        """The stems of the words from a place on, as long as they tell something and are no verbs."""
        found: set[str] = set()
        for word in self.tokens[max(start, 0) :] if start >= 0 else ():
            if word in _ARTICLES:
                continue
            stem = telling(word)
            verb = word in _VERBS or (bool(found) and word.endswith("ed"))
            if not stem or word in _NEUTRAL or verb or len(found) == most:
                break
            found.add(stem)
        return frozenset(found)

    @cached_property
    def marks(self) -> frozenset[str]:
        """What the words say of the standing of a figure."""
        before, _, after = self.text.partition("#")
        near = f"{before}#{_BREAK.split(after)[0][:_RIGHT_BEHIND]}"
        return frozenset(mark for mark, words in _MARKS.items() if words.search(near))

    @cached_property
    def acts(self) -> frozenset[int]:
        """The acts that the words name, by number."""
        return frozenset(n for n, act in enumerate(_ACTS) if not act.isdisjoint(self.tokens))

    @cached_property
    def sides(self) -> tuple[frozenset[str], ...]:
        """On which side of each line the words stand: north or south, at home or abroad."""
        return tuple(side.intersection(self.tokens) for side in _SIDES)

    @cached_property
    def is_of_past_year(self) -> bool:
        """Whether it is told from the year after its own."""
        return _PAST_YEAR.search(self.text) is not None

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that are said."""
        return frozenset() if self.is_of_past_year else frozenset(_YEAR.findall(self.text))

    @cached_property
    def months(self) -> frozenset[str]:
        """The months and seasons that are said."""
        return frozenset(_WHEN.findall(self.text))


class Contrast:
    """Which figures of one report words set apart; each figure's words are looked up once: that is all its state."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._wordings: dict[int, Wording] = {}

    def wording(self, claim: int) -> Wording:
        """The words of a figure's own."""
        if claim not in self._wordings:
            self._wordings[claim] = Wording(self._own(claim))
        return self._wordings[claim]

    def apart(self, first: int, second: int, *, surely: bool = True, but: frozenset[str] = frozenset()) -> bool:
        """Whether years, months, names or words such as `planned` say that two figures are of two things.

        With `surely` False kinds of money, men, places and the like part them only where both are so called. The marks
        `but` part none.
        """
        a, b = self.wording(first), self.wording(second)
        marks = a.marks ^ b.marks
        if self._scene.claims[first].figure.dimension == "count":
            marks -= _OF_MONEY
        if not surely:
            both = (kind for kind in (*_KINDS, _OF_MONEY) if a.marks & kind and b.marks & kind)
            marks &= _NEAR_IN_SIZE.union(*both)
        if marks - but or any(
            one and other and not one & other
            for one, other in (
                (a.acts, b.acts),
                (a.years, b.years),
                (a.months, b.months),
                *zip(a.sides, b.sides, strict=True),
            )
        ):
            return True
        if set_apart(self._scene.book, a.text, b.text):
            return True
        return self._apart_in_time(first, second) or apart_by_name(self._scene, first, second)

    def differ(self, first: int, second: int) -> bool:
        """Whether alike phrases have other words in one place: the landings of cod, the landings of haddock.

        What is said elsewhere about the other figure sets none apart: a sewage network, the pipes of the sewage works.
        """
        a, b = self.wording(first), self.wording(second)
        if a.leading and b.leading and a.leading.isdisjoint(b.stems) and b.leading.isdisjoint(a.stems):
            return not any("prior" in self._scene.roles(claim, "growth") for claim in (first, second))
        return any(
            one - b.stems and other - a.stems and not (one - other) & b.stems and not (other - one) & a.stems
            for word in a.slots.keys() & b.slots.keys()
            for one, other in a.slots[word].facing(b.slots[word])
        )

    def _apart_in_time(self, first: int, second: int) -> bool:
        a, b = (
            "" if self.wording(claim).is_of_past_year else self._scene.claims[claim].period for claim in (first, second)
        )
        years = frozenset(_YEAR.findall(a)), frozenset(_YEAR.findall(b))
        if all(years) and not years[0] & years[1]:
            return True
        months = _MONTH.search(a), _MONTH.search(b)
        return months[0] is not None and months[1] is not None and months[0].groups() != months[1].groups()

    def _own(self, claim: int) -> str:
        scene, view = self._scene, self._scene.report.view
        figure = scene.claims[claim].figure
        start, end = scene.clause_of(claim)
        start, end = max(start, figure.start - _WINDOW), min(end, figure.end + _WINDOW)
        if claim and scene.claims[claim - 1].figure.end > start:
            start = scene.claims[claim - 1].figure.end
        if claim + 1 < len(scene.claims):
            end = max(figure.end, min(end, scene.claims[claim + 1].figure.start))
        before = _SAID.sub("", " ".join(view[start : figure.start].lower().split()))
        before = _WHEN_IT.split(before)[-1]
        after = _TURN.split(" ".join(view[figure.end : end].lower().split()), maxsplit=1)[0]
        name = view[figure.number_end : figure.end].lower()
        return _AS_SAID.sub("", f"{before} # {name} {after}")
