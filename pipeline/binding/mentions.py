"""The same figure said again: mentions of one measure in different sentences → repeat.

Words decide what is the same thing. Mentions of one value are taken together; two values are held against each other
only where the text itself refers back (`as stated above`), or where swapped digits lead from one to the other and
words, years and names say that one thing is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from pipeline.binding.scene import Outcome, Scene, operand
from pipeline.binding.words import Words
from pipeline.formulas import agreement
from pipeline.model import Claim, Confidence, Figure, Printed, Relation, Scope
from pipeline.rulebook.scales import scales
from pipeline.slips import explained

_BACK = re.compile(
    r"\bas (?:was |already |has been |were |is )?(?:mentioned|stated|noted|said|reported|shown|given|described|seen)"
    r"\b[^.;]{0,20}?\b(?:above|earlier|before|at the beginning|"
    r"in (?:the |our )?(?:overview|introduction|summary|preceding|first|previous|opening))\b"
    r"|\bas (?:the |our )?(?:overview|introduction|summary)[^.;]{0,20}? (?:shows|says|states|notes|reports)\b"
    r"|\b(?:above-mentioned|aforementioned|the said)\b"
)
_NAME = re.compile(r"(?<![.!?:;•] )(?<!^)(?<![\w“\"'])[A-Z][a-z]{2,}")
_JOINT = re.compile(r"[,;:.]")
_NAME_WITHIN = 60
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_MOVE = re.compile(r"[^.;,]*?\b(?:increas|decreas|declin|rise|rose|fell|fall|grew|growth|drop|reduc|gain|loss)")
_ROW = re.compile(r"\s*+(?:,\s*+(?:(?:and|or|to)\b)?|and\b|or\b|to\b)\s*+")
_MOVE_BEFORE, _MOVE_AFTER = 25, 20
# How many digits make a value that is known again without words, with one word, with two.
_BY_ITSELF, _BY_A_WORD = 4, 3
_CLOSE = 3
_THE = re.compile(r"\b(?:the|these|those|this|all|both|its|their)\s+$")
_LATEST = 8
# What it takes to call two values one: a point a digit, two a shared word, three a rare one.
_ENOUGH, _WORTH, _RARE = 6, 2, 3
_FEWEST_DIGITS = 3
_MANY_ALIKE = 12


def bind(scene: Scene) -> Outcome:
    """All repeats of a report."""
    words = Words(scene)
    groups = _groups(scene, words)
    relations = [_same_value(scene, group) for group in groups]
    grouped = {n: group for group in groups for n in group}
    relations += _referring(scene, words, grouped)
    relations += _swapped(scene, words, grouped)
    return relations, []


def _mentionable(scene: Scene, n: int) -> bool:
    """Whether a figure can be a mention: a plain number, no change and no range."""
    figure = scene.claims[n].figure
    if figure.upper is not None or figure.number.manner == "fraction" or figure.kind in ("factor", "points"):
        return False
    if abs(figure.number.value) == 1:
        return False
    return "change" not in scene.roles(n, "growth")


def _digits(number: Printed) -> str:
    """The significant digits of a printed number: `30,000` is 3, `1.80` is 18."""
    return str(abs(int(number.value / number.step))).rstrip("0") if number.step else ""


def _groups(scene: Scene, words: Words) -> list[list[int]]:
    """Mentions of one value that are of one measure, in different sentences."""
    by_value: dict[tuple[Fraction, bool], list[int]] = defaultdict(list)
    for numbers in scene.by_sentence:
        for n in numbers:
            if _mentionable(scene, n):
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
    for (value, percent), mentions in by_value.items():
        number = scene.claims[mentions[0]].figure.number
        digits = len(_digits(number))
        for kept in range(_BY_A_WORD, digits if not percent else 0):
            step = number.step * Fraction(10) ** (len(str(abs(int(value / number.step)))) - kept)
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
        home = next((g for g in groups if any(_same_thing(scene, words, m, n) for m in g[-_LATEST:])), None)
        if home is None:
            groups.append([n])
        elif scene.claims[home[-1]].sentence != scene.claims[n].sentence:
            home.append(n)
    return groups


def _same_thing(scene: Scene, words: Words, first: int, second: int) -> bool:
    """Whether two figures of one value are said of one thing: the fewer digits, the more words they must share."""
    a, b = scene.claims[first].figure, scene.claims[second].figure
    if not _one_unit(a, b):
        return False
    bare = not a.unit or not b.unit
    digits = max(len(_digits(a.number)), len(_digits(b.number)))
    if digits >= _BY_ITSELF and not bare and a.kind != "percent":
        return True
    if (
        digits >= 2
        and a.kind != "percent"
        and (a.unit or digits >= _BY_A_WORD)
        and _is_near(scene, first, second, digits)
    ):
        return True
    shared = len(words.shared(first, second))
    if digits >= _BY_A_WORD and a.kind != "percent":
        return shared >= 1
    big = abs(a.number.value) >= 20 or a.dimension == "money"
    if not big and a.kind != "percent":  # the small numbers come again by chance
        return not bare and shared >= 2
    return shared >= (1 if not bare and a.kind != "percent" else 2)


def _is_near(scene: Scene, first: int, second: int, digits: int) -> bool:
    """Whether the second stands close behind the first, and is called the known one or is too long to be a chance."""
    a, b = scene.claims[first], scene.claims[second]
    if b.sentence - a.sentence > _CLOSE:
        return False
    before = scene.report.view[max(0, b.figure.start - 12) : b.figure.start].lower()
    return (digits >= _BY_A_WORD and a.section == b.section) or _THE.search(before) is not None


def _one_unit(a: Figure, b: Figure) -> bool:
    if a.per and b.per and a.per != b.per:
        return False
    if a.unit == b.unit:
        return True
    return (not a.unit and b.dimension == "count") or (not b.unit and a.dimension == "count")


def _same_value(scene: Scene, group: Sequence[int]) -> Relation:
    return _relation(scene, group, "medium", "repeat.same-words", "the same value and unit with words in common")


def _relation(scene: Scene, group: Sequence[int], confidence: Confidence, rule: str, reason: str) -> Relation:
    operands = tuple(operand("mention", scene.claims[n]) for n in group)
    return Relation("repeat", operands, _scope(scene, group), confidence, rule, reason)


def _scope(scene: Scene, group: Sequence[int]) -> Scope:
    first, last = scene.claims[group[0]], scene.claims[group[-1]]
    if first.section != last.section:
        return "document"
    return "neighbour" if last.sentence - first.sentence <= 1 else "section"


def _referring(scene: Scene, words: Words, grouped: Mapping[int, Sequence[int]]) -> Iterator[Relation]:
    """`As stated above, GDP reached …`: the figure of the same measure before it whose words are most alike."""
    for number, sentence in enumerate(scene.sentences):
        if not scene.by_sentence[number]:
            continue
        back = _BACK.search(scene.report.view[sentence.start : sentence.end].lower())
        if back is None:
            continue
        reason = f"“{' '.join(back.group().split())}”"
        for here in scene.by_sentence[number]:
            if (
                here not in grouped
                and _mentionable(scene, here)
                and (found := _most_alike(scene, words, here)) is not None
            ):
                yield _relation(scene, (found, here), "high", "repeat.referring-back", reason)


def _most_alike(scene: Scene, words: Words, here: int) -> int | None:
    """The figure before that a slip of the pen leads to, with most words in common."""
    figure = scene.claims[here].figure
    best, most = None, 0
    for n in [*scene.by_unit.get(figure.unit, ()), *([] if figure.unit else _counted(scene))]:
        other = scene.claims[n].figure
        if n >= here or scene.claims[n].sentence == scene.claims[here].sentence or not _mentionable(scene, n):
            continue
        if (
            not _one_unit(other, figure)
            or not Fraction(1, 2) <= abs(other.number.value) / max(abs(figure.number.value), Fraction(1, 10**9)) <= 2
        ):
            continue
        shared = len(words.shared(n, here))
        if shared > most and _meant_alike(scene, n, here):
            best, most = n, shared
    return best


def _meant_alike(scene: Scene, first: int, second: int) -> bool:
    """Whether two figures agree, or a slip of the pen leads from one to the other."""
    pair, sizes = _relation(scene, (first, second), "low", "", ""), scales(scene.book)
    return agreement(pair, sizes) != "none" or explained(pair, sizes)


def _counted(scene: Scene) -> list[int]:
    return [n for numbers in scene.by_sentence for n in numbers if scene.claims[n].figure.dimension == "count"]


def _swapped(scene: Scene, words: Words, groups: Mapping[int, Sequence[int]]) -> Iterator[Relation]:
    """Two values between which two digits were swapped, said of one thing: one of them is a slip of the pen."""
    by_digits: dict[tuple[Fraction, str], list[int]] = defaultdict(list)
    for numbers in scene.by_sentence:
        for n in numbers:
            figure = scene.claims[n].figure
            if not _mentionable(scene, n) or not _may_be_mistyped(scene, n):
                continue
            printed = str(abs(int(figure.number.value / figure.number.step)))
            if len(printed.rstrip("0")) >= _FEWEST_DIGITS - 1 and len(printed) >= _FEWEST_DIGITS:
                by_digits[figure.number.step, "".join(sorted(printed))].append(n)
    for mentions in by_digits.values():
        if 2 <= len(mentions) <= _MANY_ALIKE:
            yield from _swapped_among(scene, words, mentions, groups)


def _may_be_mistyped(scene: Scene, n: int) -> bool:
    """Whether a figure is a level said in digits: not a share, a size of a file, a change or what is compared with."""
    figure = scene.claims[n].figure
    if (
        figure.kind == "percent"
        or figure.dimension == "data"
        or not figure.number.step
        or "prior" in scene.roles(n, "growth")
    ):
        return False
    if _in_row(scene, n):
        return False
    start = max(figure.start - _MOVE_BEFORE, scene.sentences[scene.claims[n].sentence].start)
    before, after = (
        scene.report.view[start : figure.start].lower(),
        scene.report.view[figure.end : figure.end + _MOVE_AFTER].lower(),
    )
    return _MOVE.search(before) is None and _MOVE.match(after) is None


def _in_row(scene: Scene, n: int) -> bool:
    """Whether a figure is one of a row, whose members have their names elsewhere: `3.1, 29.4 and 39.2 million`."""
    for other in (n - 1, n + 1):
        if not 0 <= other < len(scene.claims) or scene.claims[other].sentence != scene.claims[n].sentence:
            continue
        if scene.claims[other].figure.unit == scene.claims[n].figure.unit and _ROW.fullmatch(scene.between(n, other)):
            return True
    return False


def _swapped_among(
    scene: Scene, words: Words, mentions: Sequence[int], groups: Mapping[int, Sequence[int]]
) -> Iterator[Relation]:
    for place, first in enumerate(mentions):
        for second in mentions[place + 1 :]:
            a, b = scene.claims[first], scene.claims[second]
            if a.figure.number.value == b.figure.number.value or not _one_unit(a.figure, b.figure):
                continue
            # Values that both come again are two things.
            if b.sentence - a.sentence < 2 or (first in groups and second in groups):
                continue
            if max(len(_digits(claim.figure.number)) for claim in (a, b)) < _FEWEST_DIGITS:
                continue
            if _told_apart(scene, words, first, second) or not _two_swapped(a.figure.number, b.figure.number):
                continue
            if _evidence(scene, words, first, second) >= _ENOUGH:
                said = sorted({*groups.get(first, ()), *groups.get(second, ()), first, second})
                yield _relation(scene, said, "high", "repeat.swapped-digits", "the same words, and two digits swapped")


def _two_swapped(a: Printed, b: Printed) -> bool:
    """Whether exactly two digits have changed places."""
    first, second = (str(abs(int(n.value / n.step))) for n in (a, b))
    return len(first) == len(second) and sum(x != y for x, y in zip(first, second, strict=True)) == 2


def _told_apart(scene: Scene, words: Words, first: int, second: int) -> bool:
    """Whether years, names or words such as `planned` say that two figures are of two things."""
    a, b = scene.claims[first], scene.claims[second]
    if words.marks(first) != words.marks(second) or (a.figure.modifier or b.figure.modifier):
        return True
    years, names = (_years(scene, a), _years(scene, b)), (_names(scene, a), _names(scene, b))
    return (all(years) and years[0] != years[1]) or (all(names) and not names[0] & names[1])


def _years(scene: Scene, claim: Claim) -> frozenset[str]:
    sentence = scene.sentences[claim.sentence]
    return frozenset(_YEAR.findall(scene.report.view, sentence.start, sentence.end))


def _names(scene: Scene, claim: Claim) -> frozenset[str]:
    """The proper names between the commas around a figure."""
    figure, sentence, view = claim.figure, scene.sentences[claim.sentence], scene.report.view
    before = _JOINT.split(view[max(sentence.start, figure.start - _NAME_WITHIN) : figure.start])[-1]
    after = _JOINT.split(view[figure.end : min(sentence.end, figure.end + _NAME_WITHIN)])[0]
    return frozenset(_NAME.findall(before)) | frozenset(_NAME.findall(after))


def _evidence(scene: Scene, words: Words, first: int, second: int) -> int:
    """How much speaks for one thing: each digit, each word, and a rare word more."""
    shared = words.shared(first, second)
    return max(len(_digits(scene.claims[n].figure.number)) for n in (first, second)) + sum(
        _RARE if w in words.rare else 1 if w in words.common else _WORTH for w in shared
    )
