"""When two figures may be mentions of one thing: by unit, year, name and the words that set figures apart.

It binds nothing: `mentions` takes what is said again, `mistyped` what a slip of the pen tells apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.binding.names import keys, phrases
from pipeline.binding.scene import Scene, kept, operand
from pipeline.binding.words import Words
from pipeline.fraction import Fraction
from pipeline.model import Claim, Confidence, Figure, Printed, Relation, Scope
from pipeline.patterns import lazy

_NAME = lazy(
    r"(?<![.!?:;•] )(?<!^)(?<![\w“\"'])"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|Yuan|Table|Figure)\b)"
    r"[A-Z][a-z]{2,}"
)
_JOINT = lazy(r"[,;:.]")
_LABEL = lazy(
    r"\W*(?P<what>[A-Z][a-z]+(?: [a-z]+){0,2}) (?:[Nn]o\.? ?)?(?P<which>\d{1,2}|[IVX]{1,4}|[A-H])\b"
    r"(?=[,:.)–—-]|\s[A-Z(–—-])"
)
_NAME_WITHIN = 60
_YEAR = lazy(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
# `The 31,900 people of the town`: which people is said here.
_NARROWED = lazy(r"(?:\s+of\s+[a-z]+)?\s+(?:of|from|at|in(?= (?:the|its|our|their)\b))\s+")
_SAYS = lazy(
    r"\b(?:was|were|is|are|has|have|had|will|includes?|covers?|buys?|pays?|paid|costs?|helps?|stands?|went|goes|leaves?)\b"
)
_SAID_BEFORE = 300
# `2,000 yuan each` and `2,000 yuan to each family`: the first leaves open what it is counted by.
# What stands for one in ten, and what is so many times another.
_TENTH = lazy(r"\b(?:10(?:\.0)?(?:%| ?per ?cent)|ten per ?cent|(?:one|a)[ -]tenth|(?:one|1) in (?:ten|10))")
_NEARLY_TEN, _JUST_OVER_TEN = Fraction(19, 2), Fraction(21, 2)
_ANY = frozenset(("", "each", "unit"))


def mentionable(scene: Scene, n: int, *, changes: bool = False) -> bool:
    """Whether a figure can be a mention: a plain number and no range; a change only where `changes` allows it."""
    figure = scene.claims[n].figure
    if figure.upper is not None or figure.number.manner == "fraction" or figure.kind in ("factor", "points"):
        return False
    if abs(figure.number.value) == 1:
        return False
    return changes or "change" not in scene.roles(n, "growth")


def is_crowded(scene: Scene, first: int, second: int) -> bool:
    """Whether a report has so many figures of their unit that two of so many digits are each other's swap by chance."""
    digits = min(len(significant(scene.claims[n].figure.number)) for n in (first, second))
    alike = len(scene.by_unit.get(scene.claims[first].figure.unit, ()))
    return alike * alike * (digits - 1) > int("1" + "0" * digits)


def significant(number: Printed) -> str:
    """The significant digits of a printed number: `30,000` is 3, `1.80` is 18."""
    return str(abs(int(number.value / number.step))).rstrip("0") if number.step else ""


@kept
def digits_of(scene: Scene, n: int) -> int:
    """How many significant digits a figure has."""
    return len(significant(scene.claims[n].figure.number))


def one_unit(a: Figure, b: Figure) -> bool:
    """Whether two figures have one unit, or one of them is a bare count."""
    if a.per != b.per and a.per not in _ANY and b.per not in _ANY:
        return False
    units = printed_unit(a), printed_unit(b)
    if units[0] == units[1]:
        return True
    return (not units[0] and b.dimension in ("count", "")) or (not units[1] and a.dimension in ("count", ""))


def printed_unit(figure: Figure) -> str:
    """The unit of a figure; a count that borrowed its noun from the figure before it has none of its own."""
    return "" if figure.dimension == "count" and figure.end == figure.number_end else figure.unit


def repeat(scene: Scene, group: Sequence[int], confidence: Confidence, rule: str, reason: str) -> Relation:
    operands = tuple(operand("mention", scene.claims[n]) for n in group)
    return Relation("repeat", operands, _scope(scene, group), confidence, rule, reason)


def _scope(scene: Scene, group: Sequence[int]) -> Scope:
    first, last = scene.claims[group[0]], scene.claims[group[-1]]
    if first.section != last.section:
        return "document"
    return "neighbour" if last.sentence - first.sentence <= 1 else "section"


def told_apart(scene: Scene, words: Words, first: int, second: int) -> bool:
    """Whether years, names or words such as `planned` say that two figures are of two things."""
    a, b = scene.claims[first], scene.claims[second]
    if words.marks(first) != words.marks(second) or (a.figure.modifier or b.figure.modifier):
        return True
    labels = _label(scene, a), _label(scene, b)
    if labels[0] and labels[1] and labels[0][0] == labels[1][0] and labels[0] != labels[1]:
        return True
    years = _years(scene, a), _years(scene, b)
    return (all(years) and years[0] != years[1]) or apart_by_name(scene, first, second)


def _label(scene: Scene, claim: Claim) -> tuple[str, str] | None:
    """What a sentence opens with, or one before it in its paragraph, and its number: `Priority axis 5, Inclusion. 274
    operations …`."""
    paragraph, number = scene.sentences[claim.sentence].paragraph, claim.sentence
    while number >= 0 and scene.sentences[number].paragraph == paragraph:
        found = _LABEL.match(scene.report.view, scene.sentences[number].start, scene.sentences[number].end)
        if found is not None:
            return found["what"].lower(), found["which"]
        number -= 1
    return None


def apart_by_name(scene: Scene, first: int, second: int) -> bool:
    """Whether proper names say that two figures are of two things."""
    names = _names(scene, scene.claims[first]), _names(scene, scene.claims[second])
    return all(names) and not names[0] & names[1]


def _years(scene: Scene, claim: Claim) -> frozenset[str]:
    sentence = scene.sentences[claim.sentence]
    return frozenset(_YEAR.findall(scene.report.view, sentence.start, sentence.end))


def _names(scene: Scene, claim: Claim) -> frozenset[str]:
    """The proper names between the commas around a figure."""
    figure, sentence, view = claim.figure, scene.sentences[claim.sentence], scene.report.view
    before = _JOINT.split(view[max(sentence.start, figure.start - _NAME_WITHIN) : figure.start])[-1]
    after = _JOINT.split(view[figure.end : min(sentence.end, figure.end + _NAME_WITHIN)])[0]
    return frozenset(_NAME.findall(before)) | frozenset(_NAME.findall(after))


def may_be_a_tenth(scene: Scene, first: int, second: int) -> bool:
    """Whether a figure is ten times another, of which a sentence of the two says that it is a tenth."""
    sizes = sorted(abs(scene.claims[n].figure.number.value) for n in (first, second))
    if not sizes[0] or not _NEARLY_TEN < sizes[1] / sizes[0] < _JUST_OVER_TEN:
        return False
    spans = (scene.sentences[scene.claims[n].sentence] for n in (first, second))
    return any(_TENTH.search(scene.low, span.start, span.end) for span in spans)


def is_narrowed(scene: Scene, first: int, second: int) -> bool:
    """Whether a figure that seems known is of something not spoken of before: `the 31,900 people of the town`."""
    view, claim = scene.report.view, scene.claims[second]
    sentence, before = scene.sentences[claim.sentence], scene.sentences[scene.claims[first].sentence]
    behind = _NARROWED.match(view, claim.figure.end, sentence.end)
    # What is said of it is no part of its name: `of 4,850 dollars in the college includes meals`.
    phrase = next(phrases(_SAYS.split(view[behind.end() : sentence.end], maxsplit=1)[0]), None) if behind else None
    if phrase is None or not phrase.head:
        return False
    said = view[before.start : before.end], view[max(0, sentence.start - _SAID_BEFORE) : sentence.start]
    return phrase.head not in keys(" ".join(said).lower())


def as_rounded(relation: Relation) -> Relation:
    """With what is printed in full where noughts say that it was rounded: `294,200 tonnes` is good to a hundred."""
    operands = []
    for one in relation.operands:
        assert one.figure is not None
        number = one.figure.number
        figure = replace(one.figure, number=replace(number, step=max(number.step, number.coarse)), discrete=False)
        operands.append(replace(one, figure=figure))
    return replace(relation, operands=tuple(operands))


def loosely(relation: Relation) -> Relation:
    """With bounds taken for what they are near to: `just under a quarter of a million people (248,300)`."""
    return replace(
        relation,
        operands=tuple(
            replace(o, figure=replace(o.figure, modifier="~")) if o.figure and o.figure.modifier else o
            for o in relation.operands
        ),
    )
