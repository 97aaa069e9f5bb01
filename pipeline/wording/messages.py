"""A judged relation → what is said of it: the formula with its figures, the explanation, the suggestion.

The sentences stand in rules/checks/KIND.toml; their blanks are the roles (`{level}` as printed, `{level.computed}`
what it would have to be, `{level.range}` in brackets where that is not one number) and the words below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.exact import is_counted
from pipeline.formulas import Posed, Solved
from pipeline.fraction import Fraction
from pipeline.interval import Interval
from pipeline.model import Operand, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.shapes import CheckRule
from pipeline.rulebook.toml import RuleError
from pipeline.wording.numbers import Manner, manner, show, show_range

# Words that turn with the direction: up, down, unsaid.
_TURNING = {
    "more": ("more", "less", "more"),
    "rise": ("rise", "fall", "change"),
    "fall": ("fall", "rise", "change"),
    "up": ("up", "down", "from"),
    "rose": ("rose", "fell", "changed"),
    "risen": ("risen", "fallen", "changed"),
    "higher": ("higher", "lower", "different"),
    "above": ("above", "below", "above"),
    "below": ("below", "above", "below"),
    "plus": ("+", "−", "+"),
    "minus": ("−", "+", "−"),
}
# How a slip of the pen is named behind a proposal.
SLIPS = {
    "transposed": "two digits transposed",
    "base": "worked out on the later figure",
    "scale": "a power of ten",
    "lost": "a digit lost",
    "added": "a digit too many",
    "pasted": "the same percentage stands just before",
    "digit": "one digit",
    "": "",
}
_MODIFIERS = {">": "more than ", "<": "less than ", ">=": "at least ", "<=": "at most ", "~": "about "}
_WHOLE = "100%"
_YEAR = lazy(r"(?:FY)?\d{4}(?:-[QH]\d)?")
_MOST_DECIMALS = 4
_LIST_ENDS = " and "


class Blank:
    """A role in a sentence: what is printed for it, joined if there are several, and what it would have to be.

    What it would have to be is worked out only if the sentence asks for it.
    """

    def __init__(self, role: str, posed: Posed, text: str, place: int) -> None:
        operands = posed.relation.operands
        self._places = [n for n, operand in enumerate(operands) if operand.role == role]
        self._role, self._posed, self._text = role, posed, text
        self._place = place if place in self._places else self._places[0] if self._places else -1
        self.printed = tuple(_printed(operands[n], text) for n in self._places)

    @cached_property
    def _found(self) -> tuple[Solved | None, Manner]:
        if self._places:
            operand, found = self._posed.relation.operands[self._place], self._posed.computed(self._place)
            return found, told_manner(operand, manner(operand, self._text), found)
        kind = self._posed.kind
        company = next((group for group in (*kind.groups, kind.percents) if self._role in group), ())
        beside = (o for o in self._posed.relation.operands if o.role in company and o.figure is not None)
        nearest = next(beside, None)
        found = self._posed.missing(self._role)
        return found, Manner() if nearest is None else told_manner(nearest, manner(nearest, self._text), found)

    @property
    def computed(self) -> str:
        """The number that it would have to be."""
        return _point(*self._found)

    @property
    def range(self) -> str:
        """The range of it in brackets, or nothing where that prints as one number."""
        return _bracket(*self._found)

    def __str__(self) -> str:
        """The printed figures as a list; of a role that is not stated, what it would be."""
        return _listed(self.printed) if self.printed else self.computed

    @property
    def sum(self) -> str:
        """The printed figures with plus signs."""
        return " + ".join(self.printed)

    @property
    def group(self) -> str:
        """The same, in brackets if there are several."""
        return f"({self.sum})" if len(self.printed) > 1 else self.sum

    @property
    def minus(self) -> str:
        """The printed figures with minus signs."""
        return " − ".join(self.printed)

    @property
    def times(self) -> str:
        """The printed figures with multiplication signs."""
        return " × ".join(self.printed)

    @property
    def each(self) -> str:
        """The printed figures with commas."""
        return ", ".join(self.printed)

    @property
    def apart(self) -> str:
        """The printed figures with semicolons."""
        return "; ".join(self.printed)

    @property
    def others(self) -> str:
        """Those that the one in question is set against."""
        return _listed([p for n, p in zip(self._places, self.printed, strict=True) if n != self._place])

    @property
    def number(self) -> str:
        """The one in question."""
        return self.printed[self._places.index(self._place)] if self.printed else ""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.printed)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a relation, and the range that was computed for the figure it is set against."""

    stated: str
    computed: str
    formula: str
    explanation: str


def tell(posed: Posed, place: int, verdict: str, rule: CheckRule, text: str, turned: bool) -> Told:
    """All that is said of a relation whose operand number `place` is set against the others."""
    relation, operand = posed.relation, posed.relation.operands[place]
    found, role, how = posed.computed(place), operand.role, manner(operand, text)
    stated = " ".join(text[operand.start : operand.end].split())
    if relation.kind == "shares" and all(o.role != "total" for o in relation.operands):
        found, role, how, stated = posed.missing("total"), "total", manner(relation.operands[0], text), _WHOLE
    worked_out = _range(found, told_manner(operand, how, found))
    blanks = _Blanks(posed, place, rule, text)
    blanks["stated"], blanks["computed"] = stated, worked_out
    formula = _fill(_said(rule.formula, role, relation), blanks, rule)
    blanks["formula"] = formula
    template = {"consistent": rule.consistent, "borderline": rule.borderline, "undecided": rule.undecided}.get(verdict)
    sentence = _fill(_said(rule.inconsistent, role, relation) if template is None else template, blanks, rule)
    if turned and rule.turned:
        sentence += " " + _fill(rule.turned, blanks, rule)
    for note in relation.notes:
        sentence += f" The report notes: “{' '.join(note.split())}”"
    sentence = sentence[:1].upper() + sentence[1:]
    return Told(stated, worked_out, formula if verdict != "undecided" else "", sentence)


class _Blanks(dict[str, object]):
    """The blanks of a sentence, each made when it is asked for."""

    def __init__(self, posed: Posed, place: int, rule: CheckRule, text: str) -> None:
        self.posed, self.place, self.rule, self.text = posed, place, rule, text
        self.sign = posed.relation.direction or _said_by_figures(posed.relation)
        super().__init__(
            {name: words[1 if self.sign < 0 else 0 if self.sign else 2] for name, words in _TURNING.items()}
        )
        self["before"], self["earlier"] = _before(posed.relation)

    def __missing__(self, name: str) -> object:
        roles = self.rule.roles
        if name in ("larger", "smaller") and "level" in roles:
            base = "target" if "target" in roles else "prior"
            name = "level" if (name == "larger") == (self.sign >= 0) else base
        if name not in roles:
            raise KeyError(name)
        self[name] = Blank(name, self.posed, self.text, self.place)
        return self[name]


def _before(relation: Relation) -> tuple[str, str]:
    """When the change is set against, and the figure of then: `in 2008` and `the 2008 figure`, if the text says it."""
    periods = {o.compared_with for o in relation.operands if o.role in ("change", "percent") and o.compared_with}
    said = next(iter(periods)) if len(periods) == 1 else ""
    if not _YEAR.fullmatch(said):
        return "before", "the earlier figure"
    return f"in {said}", f"the {said} figure"


def _listed(printed: Sequence[str]) -> str:
    return ", ".join(printed[:-1]) + (_LIST_ENDS if len(printed) > 1 else "") + printed[-1] if printed else ""


def _printed(operand: Operand, text: str) -> str:
    """A figure as it stands, with the words for its modifier; of a range the end that is meant."""
    figure = operand.figure
    printed = " ".join(text[operand.start : operand.end].split())
    if figure is None:
        return printed
    if operand.side and figure.upper is not None:
        end = figure.upper if operand.side == "high" else figure.number
        printed = show(end.value, manner(operand, text))
    return _MODIFIERS.get(figure.modifier, "") + printed


def told_manner(operand: Operand, how: Manner, found: Solved | None) -> Manner:
    """The manner for a computed number: as fine as it needs to be to be told from the printed one.

    A whole percentage gets a decimal, and so does a number that is printed without decimals and has lost digits.
    """
    figure = operand.figure
    if how.form != "digits" or figure is None or found is None or found.point is None or how.decimals:
        return how
    if figure.kind == "percent":
        return how.finer()
    if is_counted(figure.number, figure, average=operand.role == "rate"):
        return how
    wanted = _digits(abs(figure.number.value), how)
    while _digits(abs(found.point), how) < wanted and how.decimals < _MOST_DECIMALS:
        if (found.point / how.step).denominator == 1:
            break
        how = how.finer()
    return how


def _digits(value: Fraction, how: Manner) -> int:
    return len(str(int(value / how.step + Fraction(1, 2)))) if value >= how.step else 0


def _point(found: Solved | None, how: Manner) -> str:
    if found is None:
        return ""
    return show(found.point, how) if found.point is not None else show_range(found.said, how)


def _range(found: Solved | None, how: Manner) -> str:
    if found is None:
        return ""
    return show_range(found.interval if found.interval.is_bounded else found.said, how)


def _bracket(found: Solved | None, how: Manner) -> str:
    """` (24.6–24.9%)`, or nothing where the range prints as one number."""
    if found is None or found.point is None or not found.interval.is_bounded:
        return ""
    several = show_range(found.interval, how) != show_range(Interval.point(found.point), how)
    told = show_range(found.interval, how, unit=False)
    return f" ({told})" if several and ("–" in told or " to " in told) else ""


def _said(sentences: Mapping[str, str], role: str, relation: Relation) -> str:
    """The first sentence for this role (and mode) that needs only roles which are stated: `percent: level, change`."""
    stated = {operand.role for operand in relation.operands}
    for key, sentence in sentences.items():
        head, _, needed = key.partition(":")
        computed_role, _, mode = head.strip().partition(" ")
        fits = computed_role in (role, "any") and mode in ("", relation.mode)
        if fits and {name.strip() for name in needed.split(",") if name.strip()} <= stated:
            return sentence
    return ""


def _fill(sentence: str, blanks: Mapping[str, object], rule: CheckRule) -> str:
    try:
        filled = sentence.format_map(blanks)
    except (AttributeError, IndexError, KeyError, ValueError) as mistake:
        raise RuleError(
            f"{rule.address}: a blank of {sentence!r} is not known: {mistake}; see rules/README.md"
        ) from None
    return filled


def _said_by_figures(relation: Relation) -> int:
    """The direction that level and base show, where the words say none."""
    values: dict[str, Fraction] = {o.role: o.figure.number.value for o in relation.operands if o.figure is not None}
    level, base = values.get("level"), values.get("prior", values.get("target"))
    if level is None or base is None or level == base:
        return 1
    return 1 if level > base else -1
