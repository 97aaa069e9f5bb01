"""Claims → the rates among them: figures said of each, of a hundred or on average, with what they are counted by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.binding.scene import Scene, kept
from pipeline.binding.words import stem, stems
from pipeline.fraction import Fraction
from pipeline.model import Figure
from pipeline.patterns import lazy

# Nouns for people: a figure per person may be counted by any of them.
_PEOPLE = frozenset(("head", "capita", "person", "inhabitant", "resident", "people", "everybody", "everyone"))
# What is said of each trainee may be counted in people.
_HUMAN = lazy(r"(?:er|ee|or|ist|ian|ant|ent|beneficiary|man|woman|child|pupil|youth|staff|girl|boy)$")
_ANY = frozenset(("", "each", "unit"))
_TIMES = frozenset(("year", "month", "week", "day", "hour", "quarter", "minute", "second"))
# What a rate is counted by where it is not said: earnings and dividends are told by the share.
_IMPLIED = (("eps", "share"), ("dividend", "share"))
_OFTEN = (("hourly", "hour"), ("daily", "day"), ("weekly", "week"), ("monthly", "month"), ("yearly", "year"))
_WORD = lazy(r"[a-z]{3,}")
_ONE = lazy(r"\s*(?:,\s*)?(?:for|to|in|per|under|by|at)(?:\s+(?:each|every))?\s*$")
_MULTIPLE = lazy(
    r"\s*(?:[a-z]+\s+){0,2}(?:per|for every|for each|to each|to the)\s+"
    r"(?P<many>hundred|thousand|lakh|million|1,?000,?000|1?00,?000|10,?000|1,?000|100)\b"
)
_SEVERAL = lazy(r"(?P<many>\d[\d,]*) (?P<noun>[a-z].*)")
_SIZES = {"hundred": 100, "thousand": 1000, "lakh": 100_000, "million": 1_000_000}
_KIN = lazy(r"\W*(?:[a-z]+\s+){0,4}?and(?:\s+[a-z]+){0,2}\s*$")
_PER_BEFORE = lazy(
    r"\bper (?:[a-z-]+ ){1,3}?(?:in (?:19|20)\d\d )?(?:was|were|is|are|of|at|to|averaged|reached)"
    r"(?: about| some| roughly| around)? $"
)
# `per capita output, on an average population of 3 million, reached 31,592 yuan`
_CAPITA_BEFORE = lazy(
    r"\bper capita (?:[a-z]+ ){0,3}[a-z]+,[^,;.]{0,70}(?:\.\d[^,;.]{0,30})?, (?:reached|was|came to|stood at) $"
)
_CAPITA_WITHIN = 140
_BESIDE = 50
_PER_NOUN = lazy(r"\b(?:per|each|every)\s+(?P<noun>(?!(?:hold|hav|serv|receiv|cost|gett|be)ing\b)[a-z-]{3,})")
# `on average 318 pupils in a school`
_IN_ONE = lazy(r"\b(?:in|to|at) (?:an?|one) (?P<noun>[a-z-]{3,})$")
_EVERY_HUNDRED = lazy(r"\b(?:for |in )?every (?:1,?000|100|hundred|thousand|ten|10)\b[^.;]{0,40}$")
_EACH_HAS = lazy(
    r"(?: [a-z]+){0,2} each(?! (?:to|for|from|in|on|at|of|by|and|or|per|a|an|the|was|were|is|are)\b)"
    r"(?: [a-z]+){0,3} \W?"
)
_EACH_BEHIND = lazy(r"\s*(?:each|apiece|a head|per head|per person|on average)\b")
_AVERAGE_BEFORE = lazy(r"\b(?:an|the|on) average (?:of )?(?:about |some |around |roughly )?$")
_WEAK = "weak"
# A rate that ought to be: `against a norm of 40 nurses per ward`.
_WANTED = lazy(r"\b(?:norm|target|ceiling|limit|minimum|maximum|requirement)s? of (?:about |at least )?$")
_WANTED_WITHIN = 30


def is_human(noun: str) -> bool:
    """Whether a counted noun is one for people."""
    return noun in _PEOPLE or _HUMAN.search(noun) is not None


@dataclass(frozen=True, slots=True)
class Rate:
    """A figure per something. `figure` is brought to one of them (`80.6 per hundred` is 0.806); `words` name the thing.

    `row` are the rates of its kind in its sentence, `turn` says which of them this is. `sure` is False where the words
    only hint at a rate.
    """

    claim: int
    figure: Figure
    per: str
    words: frozenset[str]
    sure: bool
    rule: str
    row: tuple[int, ...]

    @property
    def turn(self) -> tuple[int, int]:
        """Which of how many rates this is."""
        return self.row.index(self.claim), len(self.row)

    @property
    def noun(self) -> str:
        """The unit that the number of things has."""
        return "person" if self.per in _PEOPLE else self.per

    @property
    def takes_any(self) -> bool:
        """Whether the words leave open what is counted: `500 Yuan each`."""
        return self.per in _ANY or self.per in _PEOPLE or self.per in _TIMES

    @property
    def is_per_head(self) -> bool:
        """Whether people count it: `29,411 dollars per capita`."""
        return self.per in _PEOPLE

    def is_counted_by(self, figure: Figure, scene: Scene) -> bool:
        """Whether a figure's unit is what the rate is counted by."""
        if not figure.unit:
            return False
        if figure.unit in (self.per, self.noun) or stem(figure.unit) in self.words:
            return True
        if figure.unit in _PEOPLE:
            return self.per in _PEOPLE or _HUMAN.search(self.per) is not None
        printed = _WORD.findall(scene.report.view[figure.number_end : figure.end].lower())
        return figure.dimension != "count" and any(stem(word) in self.words for word in printed)

    def is_named_near(self, scene: Scene, claim: int) -> bool:
        """Whether the thing that the rate is counted by is named beside a bare figure."""
        return not self.words.isdisjoint(_stems_near(scene, claim))


@kept
def _stems_near(scene: Scene, claim: int) -> frozenset[str]:
    """The stems of the words right beside a figure, within its clause."""
    figure, (start, end) = scene.claims[claim].figure, scene.clause_of(claim)
    near = scene.low[max(start, figure.start - _BESIDE) : min(end, figure.end + _BESIDE)]
    return frozenset(map(stem, _WORD.findall(near)))


def rates(scene: Scene) -> Sequence[Rate]:
    """All rates of a report, those of one row numbered in their turn."""
    return scene.once(_rates)


def _rates(scene: Scene) -> list[Rate]:
    found = {rate.claim: rate for n in range(len(scene.claims)) if (rate := _rate(scene, n)) is not None}
    for n, rate in list(found.items()):
        after = _kin(scene, n)
        if after is not None and after not in found:
            found[after] = replace(rate, claim=after, figure=scene.claims[after].figure)
    rows: dict[tuple[int, str, str, bool], list[int]] = {}
    for n in sorted(found):
        kin = scene.claims[n].sentence, found[n].figure.unit, scene.claims[n].figure.per, found[n].sure
        rows.setdefault(kin, []).append(n)
    return [replace(found[n], row=tuple(row)) for row in rows.values() for n in row]


def _rate(scene: Scene, n: int) -> Rate | None:
    figure = _of_several(_plain(scene.claims[n].figure))
    if figure.kind not in ("rate", "absolute") or figure.upper is not None:
        return None
    said = _said(scene, n)
    if scene.roles(n, "growth").keys() & ({"change"} if said else {"change", "prior"}):
        return None
    view = scene.report.view
    if not figure.per and _has_each(scene, n):
        return None  # `two pumps each delivering 450 litres`: the litres are
    if not figure.per and _is_total(scene, n):
        return None  # `at $42.50 per share for a total of $68.0 million`
    before = view[max(0, figure.start - 60) : figure.start].lower()
    if "every" in before and _EVERY_HUNDRED.search(before):
        return None  # `for every 100 women there were 92 men`: a ratio, of which the report counts neither
    one = _of_one(scene, n)
    if one is not None:
        return Rate(n, figure, one, frozenset((stem(one),)), False, "product.of-one", (n,))
    cue = scene.roles(n, "product").get("rate")
    tail = view[figure.number_end : figure.number_end + 40].lower()
    many = _MULTIPLE.match(tail)
    if not figure.per and not said and not many:
        return None
    per = figure.per if not many else ""
    per = per or _counted_by(said, tail[many.end() :] if many else "")
    words = stems(said + " " + per) - ({stem(figure.unit)} if per and figure.unit != per else set())
    sure = bool(figure.per) or cue is None or _is_strong(scene, n)
    sure = sure and _WANTED.search(view[max(0, figure.start - _WANTED_WITHIN) : figure.start].lower()) is None
    return Rate(
        n,
        _one_of(figure, many),
        per,
        words | {stem(per)} if per else words,
        sure,
        cue.rule if cue else figure.rule,
        (n,),
    )


def _has_each(scene: Scene, n: int) -> bool:
    """Whether a figure counts the things of which each has the next figure."""
    if n + 1 >= len(scene.claims) or scene.claims[n + 1].sentence != scene.claims[n].sentence:
        return False
    between = scene.between(n, n + 1)
    return "each" in between and _EACH_HAS.fullmatch(between) is not None


def _is_total(scene: Scene, n: int) -> bool:
    return any(cue.kind == "sum" and cue.mode == "close" for role, cue in scene.cues_of.get(n, ()) if role == "total")


def _is_strong(scene: Scene, n: int) -> bool:
    """Whether some words that make a figure a rate do not merely hint at one."""
    return any(cue.kind == "product" and role == "rate" and cue.mode != _WEAK for role, cue in scene.cues_of.get(n, ()))


def is_of_each(scene: Scene, n: int) -> bool:
    """Whether an amount is that of one among many, as the words on both sides of it say: `40 hours each`."""
    start = scene.claims[n].figure.start
    before = scene.report.view[max(0, start - 30) : start].lower()
    return _EACH_BEHIND.match(scene.after(n)) is not None or _AVERAGE_BEFORE.search(before) is not None


def _said(scene: Scene, n: int) -> str:
    """The words that call a figure a rate, without the figure itself: those of cues, and `per share were` before it."""
    figure, view = scene.claims[n].figure, scene.report.view
    spans = [(cue.start, cue.end) for role, cue in scene.cues_of.get(n, ()) if cue.kind == "product" and role == "rate"]
    pieces = [
        view[start : min(end, figure.start)] + " " + view[max(start, figure.number_end) : end] for start, end in spans
    ]
    start = max(scene.sentences[scene.claims[n].sentence].start, figure.start - _CAPITA_WITHIN)
    lead = scene.low[start : figure.start]
    before = (_PER_BEFORE.search(lead) or _CAPITA_BEFORE.search(lead)) if "per " in lead else None
    return " ".join([*pieces, before.group() if before else ""]).strip().lower()


def _plain(figure: Figure) -> Figure:
    """`5.4 per thousand residents` is a number of beds, not a share."""
    return replace(figure, kind="rate", unit="", dimension="") if figure.unit == "‰" else figure


def _of_several(figure: Figure) -> Figure:
    """`One teacher for every 34 pupils` for one pupil: the several are rounded, and the one is not."""
    several = _SEVERAL.fullmatch(figure.per) if figure.number.value == 1 else None
    if several is None or not (many := Fraction(int(several["many"].replace(",", "")))):
        return figure
    one, noughts = figure.number.value / many, len(several["many"]) - len(several["many"].rstrip("0"))
    number = replace(figure.number, value=one, step=one / many, coarse=one / many * 10**noughts)
    per = re.sub(r"(?<=[a-rt-z])s$", "", several["noun"])  # `one clinic for every 15,000 inhabitants`
    return replace(figure, number=number, per=per, discrete=False)


def _counted_by(said: str, after: str) -> str:
    """The noun that the words of a cue count by: `each trainee was subsidized with`."""
    for sign, noun in _IMPLIED:
        if sign in said:
            return noun
    for sign, noun in _OFTEN:
        if sign in said:
            return noun
    if any(word in _PEOPLE for word in _WORD.findall(said)):
        return "person"
    follows = _WORD.search(after)
    if follows is not None:
        return follows.group().removesuffix("s")
    named = _PER_NOUN.search(said) or _IN_ONE.search(said)
    return named.group("noun") if named else ""


def _one_of(figure: Figure, many: re.Match[str] | None) -> Figure:
    """The figure for one thing: `118 km per 100 square kilometres` is 1.18 km for one."""
    if many is None:
        return figure
    size = Fraction(_SIZES.get(many.group("many")) or int(many.group("many").replace(",", "")))
    number = figure.number
    return replace(
        figure, number=replace(number, value=number.value / size, step=number.step / size, coarse=number.coarse / size)
    )


def _of_one(scene: Scene, n: int) -> str | None:
    """The noun of `15.0 pupils to one teacher`, `one latrine for every 72 girls`: the one thing beside the rate."""
    for other, pair in ((n + 1, (n, n + 1)), (n - 1, (n - 1, n))):
        if not 0 <= other < len(scene.claims) or scene.claims[other].sentence != scene.claims[n].sentence:
            continue
        thing, figure = scene.claims[other].figure, scene.claims[n].figure
        if (
            thing.number.value == 1
            and thing.dimension == "count"
            and thing.unit
            and figure.number.value != 1
            and _ONE.fullmatch(scene.between(*pair))
        ):
            return thing.unit
    return None


def _kin(scene: Scene, n: int) -> int | None:
    """The figure after a rate that is one like it: `1.20 lakh in the plains and 1.30 lakh in hilly blocks`."""
    other = n + 1
    if other >= len(scene.claims) or scene.claims[other].sentence != scene.claims[n].sentence:
        return None
    figure, rate = scene.claims[other].figure, scene.claims[n].figure
    alike = figure.unit == rate.unit and figure.kind == "absolute" and not figure.per and figure.upper is None
    near = rate.number.value and Fraction(1, 5) <= abs(figure.number.value / rate.number.value) <= 5
    return other if alike and near and _KIN.fullmatch(scene.between(n, other)) else None
