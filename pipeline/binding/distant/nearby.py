"""What stands close before a share far from its figures: other percentages, and whether its whole is of another day."""

from __future__ import annotations

from collections.abc import Callable, Collection

from pipeline.binding.names import Phrase, key
from pipeline.binding.scene import Scene
from pipeline.fraction import Fraction
from pipeline.patterns import lazy

_CLOSE = 500
_TIMES, _WITHIN = ("year", "date"), 40
_ABOUT, _HUNDRED = Fraction(4, 5), 100
# Words that speak of a part of the place or people that the whole is told of: `in the east 60,000, or 40 per cent of`.
_ELSEWHERE = lazy(
    r"\b(?:in|among|amongst|across|within|at|here|there|where)\b(?! ?$)(?! (?:\w+ )?(?:19|20)\d\d\b| (?:total|all)\b"
    r"| (?:the )?(?:[a-z]+ )?(?:end|close|start|outset|beginning|year-end|year|period|half|quarter|month)\b)"
)
_OF_ALL = lazy(r"\W{0,3}of (?:the |its |our |their )?(?:total|overall|entire|whole|combined)\b")
_ON = lazy(r"\s+(?:on|as of|as at|at)\s+")

_POPULATION, _PEOPLE = frozenset((key("population"),)), ("person", "inhabitant", "resident")
_MEASURES = {key(noun): noun for noun in ("length", "area", "volume")}


def percents_before(scene: Scene, claim: int, but: Collection[int] = ()) -> set[Fraction]:
    """The percentages that stand close before a figure: one of them may have been written again. `but` not these."""
    start, found = scene.claims[claim].figure.start, set[Fraction]()
    for n in range(claim - 1, -1, -1):
        figure = scene.claims[n].figure
        if start - figure.start > _CLOSE:
            break
        if figure.kind == "percent" and n not in but:
            found.add(figure.number.value)
    return found


def is_dated_apart(scene: Scene, whole: int, percent: int) -> bool:
    """`The population was 4,858,979 on July 1, 2015. … 108,000 are foreign-born (2.4% of the population)`

    Of a day that another paragraph does not name, a figure may be of another time than what is said there.
    """
    figure, a = scene.claims[whole].figure, scene.sentences[scene.claims[whole].sentence]
    b = scene.sentences[scene.claims[percent].sentence]
    if a.paragraph == b.paragraph or any(s.reason in _TIMES for s in scene.skips_within(b.start, b.end)):
        return False
    return any(
        s.reason == "date" and _ON.fullmatch(scene.report.view[figure.end : s.start].lower())
        for s in scene.skips_within(figure.end, min(a.end, figure.end + _WITHIN))
    )


def is_short_of_total(scene: Scene, whole: int, percent: int, found: Collection[int]) -> bool:
    """`Parts 3 and 4 cost 11.5 million. … 7.1 percent of total cost`: of all, where a larger amount has that name."""
    size = scene.claims[whole].figure.number.value
    larger = any(scene.claims[n].figure.number.value > size for n in found)
    return larger and _OF_ALL.match(scene.after(percent)) is not None


def told_close(scene: Scene, percent: int) -> range:
    """The figures of the two sentences before one that tells of nothing but a percent."""
    number = scene.claims[percent].sentence
    here = scene.by_sentence[number]
    if any(scene.claims[n].figure.kind == "absolute" for n in here if n <= percent):
        return range(0)
    return range(scene.by_sentence[max(0, number - 2)].start, here.start)


def may_be_meant(scene: Scene, whole: int, part: int, percent: int) -> bool:
    """Whether a part and a whole are plain, told of one place, and make about what a percent says."""
    over, some, said = (scene.claims[n].figure for n in (whole, part, percent))
    if any(figure.modifier or figure.upper is not None for figure in (over, some, said)) or some.per or over.per:
        return False
    start = scene.sentences[scene.claims[percent].sentence].start
    places = {scene.claims[whole].place, scene.claims[part].place} - {""}
    if len(places) > 1 or _ELSEWHERE.search(scene.report.view[start : some.start].lower()):
        return False
    made = some.number.value / over.number.value * _HUNDRED
    return _ABOUT < made / said.number.value < 1 / _ABOUT


def measured(scene: Scene, percent: int, phrase: Phrase, fits: Callable[[int], bool]) -> int | None:
    """`The tariff covers 312 km of canals. … one-fourth of the length`: the one length that a section tells before."""
    if phrase.keys == _POPULATION:
        return _people(scene, percent, fits)
    dimension = _MEASURES.get(phrase.head) if len(phrase.keys) == 1 else None
    if dimension is None:
        return None
    told = []
    for n in range(percent - 1, -1, -1):
        claim = scene.claims[n]
        if claim.section != scene.claims[percent].section:
            break
        if claim.figure.dimension == dimension and claim.sentence != scene.claims[percent].sentence and fits(n):
            told.append(n)
    return told[0] if len(told) == 1 else None


def _people(scene: Scene, percent: int, fits: Callable[[int], bool]) -> int | None:
    """`The census counted 2,416,000 persons. … 56.0 percent of the population`: the most people, told first of all."""
    told = [n for unit in _PEOPLE for n in scene.by_unit.get(unit, ()) if n < percent and fits(n)]
    first = min(told, default=None)
    if first is None or scene.claims[first].figure.modifier:
        return None
    most = max(scene.claims[n].figure.number.value for n in told)
    return first if scene.claims[first].figure.number.value == most else None
