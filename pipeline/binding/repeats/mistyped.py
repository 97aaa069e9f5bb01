"""Two values of one thing, one of them a slip of the pen → repeat: swapped digits, one digit, a lost nought.

The digits lead, the words decide: what is said of two things, in two years or of two places is never held together, and
values that come again both are two things. Pairs are found by their digits, never by comparing all with all. The longer
a number, the fewer words it takes: over 600 reports no two figures of four digits are each other's swap by chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from pipeline.binding.repeats.contrast import Contrast
from pipeline.binding.repeats.sameness import (
    is_crowded,
    is_narrowed,
    may_be_a_tenth,
    mentionable,
    one_unit,
    repeat,
    significant,
    told_apart,
)
from pipeline.binding.scene import Scene, kept
from pipeline.binding.words import Words, stem, stems
from pipeline.model import Confidence, Figure, Printed, Relation
from pipeline.patterns import lazy

_MOVES = r"\b(?:increas|decreas|declin|rise|rose|fell|fall|grew|growth|drop|reduc|gains?\b|loss)"
_MOVE, _MOVE_AHEAD = lazy(_MOVES), lazy(rf"[^.;,]*?{_MOVES}")
# `Rose to 642.5 million` is a level.
_MOVED_TO = lazy(r"\bto (?:about |some |around |nearly )?\W{0,3}(?:[a-z]{2,3}\W{0,2})?$")
_ROSE_TO = lazy(
    r"\b(?:increas|decreas|declin|ris|rose|fell|fall|grew|grow|drop|reduc|climb|slip|advanc|improv)"
    r"[^.;,]{0,50}\bto (?:about )?$"
)
_ROSE_WITHIN = 70
# What another year is compared with is this year's, where words say so.
_IN_YEAR = lazy(r"\W*+(?:(?:in|of|for|during)\s++)?(?:the year )?((?:19|20)\d\d)\b")
_NOW = lazy(r"[^.;#]{0,40}?\b(?:now|present|current|this|closing|just ended|under review)\b")
_ROW = lazy(r"\s*+(?:,\s*+(?:(?:and|or|to)\b)?|and\b|or\b)\s*+")
_MOVE_BEFORE, _MOVE_AFTER = 25, 20
_FEWEST_DIGITS, _PAIR = 3, 2
# Slips that hardly come about by chance: it takes fewer words to tell that figures are one.
_RARER = {"swapped-digits": "two digits swapped", "moved-digit": "a digit moved", "lost-nought": "a power of ten"}
# Figures with one set of digits: more of them are a table or a code.
_MANY_ALIKE = 12
# One word that stands about both figures ties those of four digits that are each other's swap; it takes two for three.
_TIED = 2
_SAYS_NOTHING = frozenset(map(stem, ("percentage", "proportion", "share", "rate", "estimated", "increase", "decrease")))
# Of other slips: two points a shared word, three a rare one.
_WORTH, _RARE = 2, 3
# Nouns for much that is counted.
_ANY_THING = frozenset(map(stem, ("people", "persons", "individuals", "offences", "cases", "items", "units", "pieces")))
_NONE: frozenset[str] = frozenset()
_MEASURED = frozenset(("mass", "length", "area", "volume", "energy", "power"))
# One digit apart stand many short figures that are two things: they need the same words, a long one needs one.
_LONG, _SAME_WORDS, _SAME_PART = 4, 4, 3
_WORD = lazy(r"[^\W\d_]{2,}")
_FEW_WORDS = 5
_OF_WHAT = lazy(r"\s+of [^,.;:()\d]{1,40}")
_LARGEST = lazy(r"\b(?:largest|biggest|main|leading|highest|top|principal)\b")
# `Fortune 155 (1). Retrieved …`: the volume of a journal.
_VOLUME = lazy(r" \(\d{1,3}\)")


def bind(scene: Scene, words: Words, groups: Mapping[int, Sequence[int]]) -> Iterator[Relation]:
    """All pairs of mentions that a slip tells apart. `groups` are the mentions that agree."""
    seen: set[tuple[int, int]] = set()
    contrast = scene.once(Contrast)
    for mentions in _kin(scene):
        if not 2 <= len(mentions) <= _MANY_ALIKE:
            continue
        for first, second in combinations(mentions, 2):
            if (first, second) in seen or not _comparable(scene, words, first, second, groups):
                continue
            seen.add((first, second))
            slip = _slip(scene.claims[first].figure.number, scene.claims[second].figure.number)
            judge = _tied if slip in _RARER else _said
            sure = judge(scene, words, contrast, first, second, slip)
            if sure:
                said = sorted({*groups.get(first, ()), *groups.get(second, ()), first, second})
                told = "the same words" if sure == "high" else "another figure that fits only one of them"
                reason = f"{told}, and {_RARER.get(slip, 'a slip between the figures')}"
                yield repeat(scene, said, sure, f"repeat.{slip}", reason)


def _kin(scene: Scene) -> Iterator[list[int]]:
    """Figures that may be one another's slip: of the same digits in any order, or of the same digits but one."""
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for numbers in scene.by_sentence:
        for n in numbers:
            number = scene.claims[n].figure.number
            if not number.step or len(printed := _printed(number)) < _FEWEST_DIGITS - 1:
                continue
            if not mentionable(scene, n):
                continue
            found["".join(sorted(printed)), number.step].append(n)
            if len(digits := printed.rstrip("0")) >= _FEWEST_DIGITS:
                found[digits,].append(n)
                for place in range(len(printed)):
                    found[printed[:place], printed[place + 1 :], number.step].append(n)
                found["lost", printed, number.step].append(n)
                if len(printed) > _FEWEST_DIGITS:
                    found["lost", printed[:-1], number.step].append(n)
    for alike in found.values():
        # What nothing else is like need not be looked at any further.
        if len(alike) > 1:
            yield [n for n in alike if _may_be_mistyped(scene, n)]


def _printed(number: Printed) -> str:
    return str(abs(int(number.value / number.step)))


def _slip(a: Printed, b: Printed) -> str:
    """The name of the slip between two numbers."""
    first, second = _printed(a), _printed(b)
    if significant(a) == significant(b):
        return "lost-nought"
    if first[:-1] == second or second[:-1] == first:
        return "lost-digit"
    if len(first) != len(second):
        return ""
    apart = [n for n, (x, y) in enumerate(zip(first, second, strict=True)) if x != y]
    if len(apart) == 1:
        return "one-digit"
    if sorted(first) != sorted(second):
        return ""
    if len(apart) == _PAIR:
        return "swapped-digits"
    low, high = apart[0], apart[-1] + 1
    a_part, b_part = first[low:high], second[low:high]
    moved = a_part[1:] + a_part[0] == b_part or b_part[1:] + b_part[0] == a_part
    return "moved-digit" if moved and len(significant(a)) >= _LONG else ""


def _comparable(scene: Scene, words: Words, first: int, second: int, groups: Mapping[int, Sequence[int]]) -> bool:
    a, b = scene.claims[first], scene.claims[second]
    if a.figure.number.value == b.figure.number.value:
        return False
    if not one_unit(a.figure, b.figure) and not _counted(scene, words, first, second):
        return False
    if b.sentence <= a.sentence or (first in groups and second in groups):
        return False
    # `284,600 in July and 248,600 in August`: values that one sentence tells apart are two things.
    values = {a.figure.number.value, b.figure.number.value}
    return all(
        values - {scene.claims[n].figure.number.value for n in scene.by_sentence[claim.sentence]} for claim in (a, b)
    )


def _counted(scene: Scene, words: Words, first: int, second: int) -> bool:
    """Whether two long figures may count one thing: `7,346 burglaries`, and `burglary, with 7,436 offences`."""
    a, b = scene.claims[first].figure, scene.claims[second].figure
    if a.dimension != "count" or b.dimension != "count" or len(significant(a.number)) < _LONG:
        return False
    nouns = _noun(scene, first), _noun(scene, second)
    return not all(nouns) or bool(
        (nouns[0] | nouns[1]) & _ANY_THING or nouns[0] & words.near(second) or nouns[1] & words.near(first)
    )


def _noun(scene: Scene, n: int) -> frozenset[str]:
    figure = scene.claims[n].figure
    return stems(scene.report.view[figure.number_end : figure.end].lower()) if figure.dimension == "count" else _NONE


def _is_of_others(scene: Scene, first: int, shared: frozenset[str]) -> bool:
    """Whether the things counted beside a percentage are not those that are shared: `12,255 permits (86.0%)`."""
    if scene.claims[first].figure.kind != "percent":
        return False
    things = _NONE.union(*(_noun(scene, n) for n in scene.by_sentence[scene.claims[first].sentence]))
    return bool(things) and things.isdisjoint(shared)


def _tied(scene: Scene, words: Words, contrast: Contrast, first: int, second: int, slip: str) -> Confidence | None:
    """How sure words make it that two figures, one the other with two digits swapped, are of one thing."""
    a, b = scene.claims[first], scene.claims[second]
    if any(_is_compared(scene, n) and not _is_of_now(scene, n) for n in (first, second)):
        return None
    if slip == "lost-nought" and may_be_a_tenth(scene, first, second):
        return None
    digits = max(len(significant(scene.claims[n].figure.number)) for n in (first, second))
    if digits < (_FEWEST_DIGITS if b.sentence - a.sentence > 1 else _LONG):
        return None
    hardly = contrast.apart(first, second)
    if hardly and (digits < _LONG or contrast.apart(first, second, surely=False)):
        return None
    own = contrast.wording(first).stems & contrast.wording(second).stems
    shared = _telling(scene, words.shared(first, second) | own, first, second)
    own &= shared
    if _is_of_others(scene, first, shared):
        return None
    if contrast.differ(first, second):
        if own:
            return None
        shared = frozenset()
    needed = _TIED - (digits >= _LONG) + (slip == "moved-digit") + is_crowded(scene, first, second)
    if len(shared) >= needed and not hardly:
        return "high"
    if own and digits < _LONG and not hardly and _is_measured_alike(scene, contrast, first, second):
        return "high"
    if own and len(own) + 1 == needed and slip != "lost-nought":
        return "medium"
    if any(_LARGEST.search(scene.report.view, scene.sentences[c.sentence].start, c.figure.start) for c in (a, b)):
        return None  # `PAYE is the largest item, with 11.02 billion`
    # Without a word in common other figures decide, where not many are of this unit.
    alone = slip == "swapped-digits" and digits >= _LONG and not is_crowded(scene, first, second)
    # `Sales declined 5% to 1,102 million … income rose 13% to 1,012 million`: each has moved in its own way.
    alone = alone and not all(_has_moved(scene, n) for n in (first, second))
    return "medium" if alone and _side_by_side(a.figure, b.figure) else None


def _has_moved(scene: Scene, n: int) -> bool:
    """Whether words right before a figure tell that it rose or fell to it."""
    start = scene.claims[n].figure.start
    return (
        _ROSE_TO.search(scene.report.view[max(scene.clause_of(n)[0], start - _ROSE_WITHIN) : start].lower()) is not None
    )


def _is_measured_alike(scene: Scene, contrast: Contrast, first: int, second: int) -> bool:
    """Whether figures with neighbouring digits swapped measure, and what leads to one is all said of the other.

    Tons and kilometres stand fewer in a report than counts, money and percentages: chance makes few pairs of them.
    """
    a, b = scene.claims[first].figure, scene.claims[second].figure
    if a.dimension not in _MEASURED or a.unit != b.unit or not _side_by_side(a, b) or is_narrowed(scene, first, second):
        return False
    one, other = contrast.wording(first), contrast.wording(second)
    return one.leading <= other.stems or other.leading <= one.stems


def _side_by_side(a: Figure, b: Figure) -> bool:
    """Whether the two digits that are swapped between two figures stand side by side, and one has a unit."""
    first, second = _printed(a.number), _printed(b.number)
    if len(first) != len(second):
        return False  # a nought was lost
    apart = [n for n, (x, y) in enumerate(zip(first, second, strict=True)) if x != y]
    return bool(apart) and apart[-1] - apart[0] == 1 and bool(a.unit or b.unit)


def _telling(scene: Scene, shared: frozenset[str], first: int, second: int) -> frozenset[str]:
    """What the words that two figures share tell, without those of their units: `tons` say not what is weighed."""
    shared -= _SAYS_NOTHING
    for claim in (scene.claims[first], scene.claims[second]):
        if claim.figure.kind == "percent" and (of := _OF_WHAT.match(scene.report.view, claim.figure.end)):
            shared -= stems(of.group().lower())  # `17.3% of net sales` and 13.7% of them are of two things
        if claim.figure.dimension != "count":
            shared -= stems(scene.report.view[claim.figure.number_end : claim.figure.end].lower())
    return shared


def _is_compared(scene: Scene, n: int) -> bool:
    """Whether a figure is what another is compared with: most often that of the year before."""
    return "prior" in scene.roles(n, "growth")


def _is_of_now(scene: Scene, n: int) -> bool:
    """Whether words say that a figure is of the year that the report tells of."""
    after = scene.after(n)
    year = _IN_YEAR.match(after)
    return _NOW.match(after) is not None or (year is not None and year.group(1) == scene.main_year)


def _said(scene: Scene, words: Words, contrast: Contrast, first: int, second: int, slip: str) -> Confidence | None:
    """How sure words make it that two values with another slip between them are of one thing."""
    if not slip or scene.claims[second].sentence - scene.claims[first].sentence <= 1:
        return None
    digits = max(len(significant(scene.claims[n].figure.number)) for n in (first, second))
    # One digit apart stand many percentages.
    if any(_is_compared(scene, n) or scene.claims[n].figure.kind == "percent" for n in (first, second)):
        return None
    if contrast.apart(first, second) or contrast.differ(first, second):
        return None
    # A part of a tenth of its whole has its first digits by chance.
    if digits > _LONG and slip != "lost-digit" and _telling(scene, words.shared(first, second), first, second):
        return "high"
    if told_apart(scene, words, first, second):
        return None
    shared = words.shared(first, second)
    if _noun(scene, first) != _noun(scene, second):
        shared -= _ANY_THING  # `1,148 leavers – 1,099 young people`, and `1,145 people`
    if digits >= _LONG:
        alike = _weight(words, shared) >= _WORTH * (2 if slip == "lost-digit" else 1)
    else:
        fewer = min(len(words.near(first)), len(words.near(second)))
        alike = digits == _FEWEST_DIGITS and len(shared) >= _SAME_WORDS and len(shared) * 4 >= fewer * _SAME_PART
    return "high" if alike else None


def _weight(words: Words, shared: frozenset[str]) -> int:
    """How much the shared words say: a rare one the most."""
    return sum(_RARE if w in words.rare else 1 if w in words.common else _WORTH for w in shared)


def _is_field(scene: Scene, n: int) -> bool:
    """Whether hardly a word stands beside a figure: `Birth rate: 11.41 births/1,000`. Such lines are alike by form."""
    view, sentence, figure = scene.report.view, scene.sentences[scene.claims[n].sentence], scene.claims[n].figure
    start = max(sentence.start, view.rfind("\n", 0, figure.start) + 1)
    end = view.find("\n", figure.end, sentence.end)
    most = _FEW_WORDS + 2 * view[start : figure.start].rstrip().endswith(":")
    words: set[str] = set()
    for word in _WORD.finditer(view, start, end if end >= 0 else sentence.end):
        words.add(word.group())
        if len(words) >= most:
            return False
    return True


@kept
def _may_be_mistyped(scene: Scene, n: int) -> bool:
    """Whether a figure is a level said in digits: not a share, a size of a file, a change or what is compared with."""
    figure = scene.claims[n].figure
    number = figure.number
    if figure.kind == "percent" and ("percent" in scene.roles(n, "growth") or len(_printed(number)) < _FEWEST_DIGITS):
        return False
    if _VOLUME.match(scene.report.view, figure.end):
        return False
    if figure.dimension == "data" or not number.step or number.manner != "digits":
        return False
    if _in_row(scene, n) or (len(significant(number)) < _LONG and _is_field(scene, n)):
        return False
    start = max(figure.start - _MOVE_BEFORE, scene.sentences[scene.claims[n].sentence].start)
    before = scene.report.view[start : figure.start].lower()
    after = scene.report.view[figure.end : figure.end + _MOVE_AFTER].lower()
    moved = _MOVE.search(before) is not None and _MOVED_TO.search(before) is None
    return not moved and _MOVE_AHEAD.match(after) is None


def _in_row(scene: Scene, n: int) -> bool:
    """Whether a figure is one of a row, whose members have their names elsewhere: `3.1, 29.4 and 39.2 million`."""
    for other in (n - 1, n + 1):
        if not 0 <= other < len(scene.claims) or scene.claims[other].sentence != scene.claims[n].sentence:
            continue
        a, b = scene.claims[other].figure, scene.claims[n].figure
        if "change" in scene.roles(other, "growth"):
            continue
        if (a.unit, a.per) == (b.unit, b.per) and _ROW.fullmatch(scene.between(n, other)):
            return True
    return False
