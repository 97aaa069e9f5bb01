"""A figure said again in another section with two of its digits swapped, in any scale → repeat.

`Exports of R$1.28 billion` in the foreword, and `exports, at R$1,820 million` below. Over three million words of real
reports no two amounts of one unit, of one time and with a word in common, each said once and in sections of their own,
have three digits or more of which two are swapped: it takes few words to tell that they are one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.binding.distant.matter import Matters
from pipeline.binding.repeats.contrast import Contrast
from pipeline.binding.repeats.sameness import is_crowded, mentionable, printed_unit, repeat, significant
from pipeline.binding.scene import Scene
from pipeline.binding.words import stems
from pipeline.exact import ratio
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

# `the 42.8 kt`, `the full disbursement of US$52.6 million`, `of the 509 people`
_KNOWN = lazy(
    r"\b(?:the|that|this|these|those|said)(?: (?!other|next|last|first|remaining|previous|planned)[a-z]+(?: [a-z]+)? of"
    r"| (?:full|total|whole|entire|same|above|said))? $"
)
_FEWEST_DIGITS, _SWAPPED, _MANY_ALIKE = 3, 2, 12
_LAST_YEAR = frozenset(("behind",))
# What can be is not what is, and of a sum tax is taken or not.
_TWO_SUMS = frozenset(("possible", "before tax", "after tax"))
_TEN, _BEFORE = 10, 40
# So well words must tie a figure that is said more than once.
_WELL = 2
_COMPARED = frozenset(("prior", "target", "change", "percent"))


def bind(scene: Scene, matters: Matters, bound: Sequence[Relation]) -> Iterator[Relation]:
    """The figures that are one another's swap; `bound` are the relations that nearer words bind."""
    contrast = scene.once(Contrast)
    said = Counter(scene.claims[n].figure.number.value for numbers in scene.by_sentence for n in numbers)
    paired = frozenset((a.ref, b.ref) for r in bound if r.kind != "repeat" for a in r.operands for b in r.operands)
    for mentions in _kin(scene).values():
        for first, second in combinations(mentions, 2) if len(mentions) <= _MANY_ALIKE else ():
            a, b = scene.claims[first], scene.claims[second]
            if max(len(significant(claim.figure.number)) for claim in (a, b)) < _FEWEST_DIGITS:
                continue
            if a.section == b.section or (a.claim_id, b.claim_id) in paired or not _are_swapped(scene, first, second):
                continue
            tie = matters.tie(first, second)
            own = _own(scene, contrast, first, second) | _own(scene, contrast, second, first)
            bare = sum(not printed_unit(claim.figure) for claim in (a, b))
            named = bool(own) and len(significant(a.figure.number)) > _FEWEST_DIGITS
            if (bare > 1 and not named) or (bare == 1 and tie <= _WELL):
                continue
            if tie < 2 * _WELL and not named and _is_compared(scene, first, second):
                continue
            known = _is_known(scene, second)
            once = said[a.figure.number.value] == said[b.figure.number.value] == 1
            said_well = tie >= _WELL or bool(own) or not is_crowded(scene, first, second)
            sure = (once and said_well and (tie or known or (own and bare != 1))) or (
                tie >= _WELL and _once(said, scene, first, second)
            )
            # `Last year our farmers exported` in a foreword tells of the year of the report.
            opens = scene.claims[first].section == _body(scene)
            but = contrast.wording(first).marks & _LAST_YEAR if opens else frozenset[str]()
            one_sided = contrast.wording(first).marks ^ contrast.wording(second).marks
            if not sure or one_sided & _TWO_SUMS or contrast.apart(first, second, surely=False, but=but):
                continue
            if known or not contrast.differ(first, second):
                reason = "words in common, and two digits swapped"
                yield repeat(scene, (first, second), "high", "repeat.swapped-afar", reason)


def _kin(scene: Scene) -> dict[tuple[str, str], list[int]]:
    """Amounts and counts of the same digits in any order."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for numbers in scene.by_sentence:
        for n in numbers:
            figure = scene.claims[n].figure
            number, digits = figure.number, significant(figure.number)
            if (
                len(digits) < _FEWEST_DIGITS - 1
                or not number.step
                or number.manner != "digits"
                or figure.kind not in ("absolute", "rate")
            ):
                continue
            if figure.dimension not in ("time", "data") and mentionable(scene, n):
                found[figure.dimension or "count", "".join(sorted(digits.replace("0", "")))].append(n)
    return found


def _are_swapped(scene: Scene, first: int, second: int) -> bool:
    """Whether two figures of one unit, or of units a power of ten apart, have the same digits but for two; one of two
    counts may have borrowed no noun: `the 23,700 who learned to read`."""
    a, b = (scene.claims[n].figure for n in (first, second))
    bare = not printed_unit(a) or not printed_unit(b)
    size = Fraction(1) if bare or a.unit == b.unit else ratio(a.unit, b.unit, scales(scene.book))
    if size is None or a.per != b.per:
        return False
    for n, twin in ((first, b), (second, a)):
        # `With 2,540 in stock, and 5,240 handed out`: what one sentence tells apart are two things.
        row = scene.by_sentence[scene.claims[n].sentence]
        if any(scene.claims[m].figure.number.value == twin.number.value for m in row):
            return False
    times = a.number.value * size / b.number.value
    step = min(a.number.step * size, b.number.step)
    one, other = (str(int(abs(value) / step)) for value in (a.number.value * size, b.number.value))
    if len(one) != len(other) or not Fraction(1, _TEN) < times < _TEN:
        return False
    apart = [(x, y) for x, y in zip(one, other, strict=True) if x != y]
    return len(apart) == _SWAPPED and apart[0] == apart[1][::-1]


def _body(scene: Scene) -> int:
    """The first section that has figures."""
    return min((claim.section for claim in scene.claims), default=0)


def _own(scene: Scene, contrast: Contrast, n: int, other: int) -> frozenset[str]:
    """The telling words that lead to a figure and stand about another, however many figures of the report have them;
    not those of its unit."""
    figure = scene.claims[n].figure
    noun = stems(scene.report.view[figure.number_end : figure.end].lower())
    return contrast.wording(n).leading & contrast.wording(other).stems - noun


def _is_compared(scene: Scene, *claims: int) -> bool:
    return any(_COMPARED & scene.roles(n, "growth", "target").keys() for n in claims)


def _is_known(scene: Scene, n: int) -> bool:
    """Whether a figure is spoken of as one that the reader has met."""
    start = scene.claims[n].figure.start
    return _KNOWN.search(scene.report.view[max(0, start - _BEFORE) : start].lower()) is not None


def _once(said: Counter[Fraction], scene: Scene, *claims: int) -> bool:
    """Whether one of two figures is said but once."""
    return min(said[scene.claims[n].figure.number.value] for n in claims) == 1
