"""The same figure said again: mentions of one measure in different sentences → repeat.

Words decide what is the same thing. Mentions of one value are taken together; two values are held against each other
where the text itself refers back (`as stated above`); those that a slip tells apart are for `mistyped`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pipeline.binding.repeats import known, mistyped
from pipeline.binding.repeats.sameness import digits_of, loosely, mentionable, one_unit, repeat, significant
from pipeline.binding.scene import Outcome, Scene
from pipeline.binding.words import Words
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales
from pipeline.slips import explained

_BACK = lazy(
    r"\bas (?:was |already |has been |were |is )?(?:mentioned|stated|noted|said|reported|shown|given|described|seen)"
    r"\b[^.;]{0,20}?\b(?:above|earlier|before|at the beginning|"
    r"in (?:the |our )?(?:overview|introduction|summary|preceding|first|previous|opening))\b"
    r"|\bas (?:the |our )?(?:overview|introduction|summary)[^.;]{0,20}? (?:shows|says|states|notes|reports)\b"
    r"|\b(?:mentioned|named|described|given|listed) (?:above|earlier|in the (?:overview|introduction|summary))\b"
    r"|\b(?:above-mentioned|aforementioned|the said)\b"
)
_BACKWARD = (
    *("above", "earlier", "before", "beginning", "overview", "introduction", "summary"),
    *("preceding", "first", "previous", "opening", "aforementioned", "the said"),
)
# What stands between a figure and words that point back, and the other way about.
_STRAIGHT, _THEN = lazy(r"(?: [a-z'’-]+){0,2}[,( ]*"), lazy(r"[,)]? (?:[a-z'’-]+ ){0,6}\W?")
# How many digits make a value that is known again without words, with one word, with two.
_BY_ITSELF, _BY_A_WORD = 4, 3
_CLOSE = 3
_COUNTED = frozenset(("count", ""))
_THE = lazy(r"\b(?:the|these|those|this|all|both|its|their)\s+$")
# `In 2014 and 2015 they had been …`
_THEY = lazy(r"\b(?:they|it) (?:had|have|has) been\b")
_LEAD = lazy(r"[a-z]+\W+[a-z]+\W+[a-z]+\W*$")
_LEAD_WITHIN = 50
_BIG = 20
# Of the groups and mentions of one value so many are compared: the work stays in step with the length of the report.
_LATEST, _LATEST_GROUPS = 8, 40
# The figures that a report opens with, and as many right before, are looked at where it refers back.
_REACH = 200
# A loose number (half a million) may be so far from the figure that it stands for.
_LOOSE = Fraction(1, 10)


def bind(scene: Scene) -> Outcome:
    """All repeats of a report."""
    words = scene.once(Words)
    groups = _groups(scene, words)
    relations = [_same_value(scene, group) for group in groups]
    relations += [
        repeat(scene, pair, "low", "repeat.in-words", "the same words, once with a loose number")
        for pair in _loose(scene, words)
    ]
    grouped = {n: group for group in groups for n in group}
    relations += _referring(scene, words, grouped)
    relations += mistyped.bind(scene, words, grouped)
    relations += known.bind(scene, words, grouped)
    return relations, []


def _groups(scene: Scene, words: Words) -> list[list[int]]:
    """Mentions of one value that are of one measure, in different sentences."""
    by_value: dict[tuple[Fraction, bool], list[int]] = defaultdict(list)
    for numbers in scene.by_sentence:
        for n in numbers:
            if mentionable(scene, n, changes=True):
                figure = scene.claims[n].figure
                by_value[figure.number.value, figure.kind == "percent"].append(n)
    groups: list[list[int]] = []
    for mentions in by_value.values():
        groups += [group for group in _alike(scene, words, mentions) if len(group) > 1]
    return groups + [[*pair] for pair in _rounded(scene, words, by_value)]


def _rounded(
    scene: Scene, words: Words, by_value: Mapping[tuple[Fraction, bool], Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """A figure and the same one said with fewer digits: `1,681,200 tons`, and `1.681 million tons` elsewhere."""
    steps = {scene.claims[n].figure.number.step for mentions in by_value.values() for n in mentions}
    for (value, percent), mentions in by_value.items():
        number = scene.claims[mentions[0]].figure.number
        digits = digits_of(scene, mentions[0])
        for kept in range(_BY_A_WORD, digits if not percent else 0):
            step = number.step * Fraction(10) ** (len(str(abs(int(value / number.step)))) - kept)
            if step not in steps:
                continue
            short = [
                n
                for n in by_value.get((round(value / step) * step, False), ())
                if scene.claims[n].figure.number.step == step
            ]
            for n in mentions[:_LATEST]:
                twin = next(
                    (
                        m
                        for m in short[:_LATEST]
                        if scene.claims[m].sentence != scene.claims[n].sentence
                        and _same_thing(scene, words, *sorted((m, n)))
                    ),
                    None,
                )
                if twin is not None:
                    yield (min(n, twin), max(n, twin))


def _alike(scene: Scene, words: Words, mentions: Sequence[int]) -> list[list[int]]:
    """Mentions of one value, parted by what they are said of."""
    groups: list[list[int]] = []
    for n in mentions:
        home = next(
            (g for g in groups[-_LATEST_GROUPS:] if any(_same_thing(scene, words, m, n) for m in g[-_LATEST:])), None
        )
        if home is None:
            groups.append([n])
        elif scene.claims[home[-1]].sentence != scene.claims[n].sentence:
            home.append(n)
    return groups


def _same_thing(scene: Scene, words: Words, first: int, second: int) -> bool:
    """Whether two figures of one value are said of one thing: the fewer digits, the more words they must share."""
    a, b = scene.claims[first].figure, scene.claims[second].figure
    digits = max(digits_of(scene, first), digits_of(scene, second))
    if digits >= _BY_ITSELF and {a.dimension, b.dimension} <= _COUNTED:
        return True  # `6,842 staff`, and `we employed 6,842 people`
    if not one_unit(a, b):
        return False
    bare = not a.unit or not b.unit
    shared = len(words.shared(first, second))
    if a.kind == "percent":
        return shared >= 2 or (_digits_printed(a) >= _BY_A_WORD and bool(words.shared(first, second) - words.common))
    if not (mentionable(scene, first) and mentionable(scene, second)):
        return digits >= _BY_A_WORD and shared >= 2
    if digits >= _BY_ITSELF and not bare:
        return True
    if not bare and _digits_printed(a) >= _BY_A_WORD and _is_known(scene, second):
        return True  # `the €1,840 million`
    if digits >= 2 and (a.unit or digits >= _BY_A_WORD) and _is_near(scene, first, second, digits):
        return True
    if digits >= _BY_A_WORD:
        return shared >= 1 or (not bare and _in_one_matter(scene, words, first, second))
    if abs(a.number.value) >= _BIG or a.dimension == "money":
        return shared >= (2 if bare else 1)
    # The small numbers come again by chance.
    return not bare and shared >= (1 if _same_lead(scene, first, second) else 2)


def _digits_printed(figure: Figure) -> int:
    return len(str(abs(int(figure.number.value / figure.number.step)))) if figure.number.step else 0


def _in_one_matter(scene: Scene, words: Words, first: int, second: int) -> bool:
    """Whether the sentences of two figures have telling words in common: one where the second is `the` known one."""
    a, b = (words.of_sentence(scene.claims[n].sentence) - words.common for n in (first, second))
    return len(a & b) >= (1 if _is_known(scene, second) else 2)


def _same_lead(scene: Scene, first: int, second: int) -> bool:
    """Whether the same words lead to both figures: `linkage between the two systems`."""
    leads = [
        _LEAD.search(scene.report.view[max(0, n - _LEAD_WITHIN) : n].lower()) for n in _starts(scene, first, second)
    ]
    return all(leads) and len({" ".join(lead.group().split()) for lead in leads if lead is not None}) == 1


def _starts(scene: Scene, *claims: int) -> list[int]:
    return [scene.claims[n].figure.start for n in claims]


def _is_known(scene: Scene, claim: int) -> bool:
    """Whether a figure is spoken of as one that the reader has met: `the 1.16 billion yuan`."""
    start = scene.claims[claim].figure.start
    return _THE.search(scene.report.view[max(0, start - 12) : start].lower()) is not None


def _is_near(scene: Scene, first: int, second: int, digits: int) -> bool:
    """Whether the second stands close behind the first, and is called the known one or is too long to be a chance."""
    a, b = scene.claims[first], scene.claims[second]
    if b.sentence - a.sentence > _CLOSE:
        return False
    if (digits >= _BY_A_WORD and a.section == b.section) or _is_known(scene, second):
        return True
    start = scene.sentences[b.sentence].start
    return b.sentence - a.sentence == 1 and _THEY.search(scene.report.view[start : b.figure.start].lower()) is not None


def _loose(scene: Scene, words: Words) -> Iterator[tuple[int, int]]:
    """`486,000 people`, and `nearly half a million people` elsewhere: the figure with the most words in common."""
    for n in range(len(scene.claims)):
        figure = scene.claims[n].figure
        if (
            figure.number.manner != "fraction"
            or figure.kind != "absolute"
            or not figure.unit
            or figure.upper is not None
        ):
            continue
        found = [
            m
            for m in scene.by_unit.get(figure.unit, ())
            if scene.claims[m].sentence != scene.claims[n].sentence
            and mentionable(scene, m)
            and abs(scene.claims[m].figure.number.value / figure.number.value - 1) <= _LOOSE
            and len(words.shared(m, n)) >= 2
        ]
        if found:
            best = max(found, key=lambda m: (len(words.shared(m, n)), -abs(m - n)))
            yield min(best, n), max(best, n)


def _same_value(scene: Scene, group: Sequence[int]) -> Relation:
    return repeat(scene, group, "medium", "repeat.same-words", "the same value and unit with words in common")


def _referring(scene: Scene, words: Words, grouped: Mapping[int, Sequence[int]]) -> Iterator[Relation]:
    """`As stated above, GDP reached …`: the figure of the same measure before it whose words are most alike."""
    for number in scene.holding(1):
        sentence = scene.sentences[number]
        said = scene.report.view[sentence.start : sentence.end].lower()
        # Such a sentence has one of these words; that is seen in a tenth of the time.
        back = _BACK.search(said) if any(word in said for word in _BACKWARD) else None
        if back is None:
            continue
        reason = f"“{' '.join(back.group().split())}”"
        told = sentence.start + back.start(), sentence.start + back.end()
        for here in scene.by_sentence[number]:
            if here in grouped or not mentionable(scene, here) or not _is_told_of(scene, here, *told):
                continue
            found = _most_alike(scene, words, here)
            if found is not None:
                yield loosely(repeat(scene, (found, here), "high", "repeat.referring-back", reason))


def _is_told_of(scene: Scene, here: int, start: int, end: int) -> bool:
    """Whether words that point back, from `start` to `end`, are said of a figure, and of nothing that has none:
    `118 million, which is more than the net charge mentioned above`, `grants gave 71 million, rents being as stated
    above`."""
    figure, first = scene.claims[here].figure, scene.sentences[scene.claims[here].sentence].start
    if figure.end <= start:
        return _STRAIGHT.fullmatch(scene.low, figure.end, start) is not None
    opens = not scene.low[first:start].strip(" (\n\"'“‘")
    return opens or _THEN.fullmatch(scene.low, end, figure.start) is not None


def _most_alike(scene: Scene, words: Words, here: int) -> int | None:
    """The figure before that a slip of the pen leads to, with most words in common, those near it first."""
    figure = scene.claims[here].figure
    about = words.of_sentence(scene.claims[here].sentence)
    found: list[tuple[int, int]] = []
    counted = figure.dimension in ("count", "")
    alike = scene.counted if counted else scene.by_unit.get(figure.unit, ())
    before = alike[: bisect_left(alike, here)]
    for n in [*before[:_REACH], *before[_REACH:][-_REACH:]]:
        other = scene.claims[n].figure
        if scene.claims[n].sentence == scene.claims[here].sentence:
            continue
        if not mentionable(scene, n, changes=True) or not one_unit(other, figure):
            continue
        if not figure.number.value or not other.number.value:
            continue
        shared = 2 * len(words.shared(n, here)) + len(words.of_sentence(scene.claims[n].sentence) & about)
        if shared:
            found.append((-shared, n))
    return next((n for _, n in sorted(found) if _meant_alike(scene, n, here)), None)


def _meant_alike(scene: Scene, first: int, second: int) -> bool:
    """Whether two figures agree, or a slip of the pen leads from one to the other."""
    pair, sizes = loosely(repeat(scene, (first, second), "low", "", "")), scales(scene.book)
    units = {scene.claims[n].figure.unit for n in (first, second)}
    # A bare number, or one of a single digit, is a slip away from any other.
    named = len(units) == 1 and "" not in units
    digits = [len(significant(scene.claims[n].figure.number)) for n in (first, second)]
    # `1.24 million`, and `7.2 million`: what is round and of another size is no slip of the other.
    named = named and min(digits) > 1 and digits[0] == digits[1]
    return agreement(pair, sizes) != "none" or (named and explained(pair, sizes))
