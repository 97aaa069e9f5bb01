"""A judged relation → what is said of it: the formula with its figures, the explanation, the suggestion.

The sentences stand in rules/checks/KIND.toml; their blanks are the roles (`{level}` as printed, `{level.computed}`
what it would have to be, `{level.range}` in brackets where that is not one number) and the words below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pipeline.exact import Scales, is_counted
from pipeline.formulas import KINDS, Solved, computed, missing
from pipeline.interval import Interval
from pipeline.model import Operand, Relation
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
    "scale": "a power of ten",
    "pasted": "the same percentage stands just before",
    "digit": "one digit",
    "": "",
}
_MODIFIERS = {">": "more than ", "<": "less than ", ">=": "at least ", "<=": "at most ", "~": "about "}
_WHOLE = "100%"
_MOST_DECIMALS = 4
_LIST_ENDS = " and "


@dataclass(frozen=True, slots=True)
class Blank:
    """A role in a sentence: what is printed for it, joined if there are several, and what it would have to be."""

    printed: tuple[str, ...]
    computed: str
    range: str
    place: int = 0

    def __str__(self) -> str:
        """The printed figures as a list; of a role that is not stated, what it would be."""
        if not self.printed:
            return self.computed
        return ", ".join(self.printed[:-1]) + (_LIST_ENDS if len(self.printed) > 1 else "") + self.printed[-1]

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
        return str(replace(self, printed=tuple(p for n, p in enumerate(self.printed) if n != self.place)))

    @property
    def number(self) -> str:
        """The one in question."""
        return self.printed[self.place] if self.printed else ""

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


def tell(
    relation: Relation, place: int, verdict: str, rule: CheckRule, text: str, scales: Scales, turned: bool
) -> Told:
    """All that is said of a relation whose operand number `place` is set against the others."""
    operand = relation.operands[place]
    found = computed(relation, place, scales)
    role, manner_here = operand.role, manner(operand, text)
    if _is_unstated_total(relation):
        role, found, manner_here = "total", missing(relation, "total", scales), manner(relation.operands[0], text)
    stated = _WHOLE if _is_unstated_total(relation) else " ".join(text[operand.start : operand.end].split())
    blanks = _Blanks(relation, place, rule, text, scales)
    worked_out = _range(found, told_manner(operand, manner_here, found))
    blanks["stated"], blanks["computed"] = stated, worked_out
    formula = _fill(_said(rule.formula, role, relation), blanks, rule)
    blanks["formula"] = formula
    template = {"consistent": rule.consistent, "borderline": rule.borderline, "undecided": rule.undecided}.get(verdict)
    sentence = _fill(template if template is not None else _said(rule.inconsistent, role, relation), blanks, rule)
    if turned and rule.turned:
        sentence += " " + _fill(rule.turned, blanks, rule)
    for note in relation.notes:
        sentence += f" The report notes: “{' '.join(note.split())}”"
    return Told(stated, worked_out, formula if verdict != "undecided" else "", sentence)


class _Blanks(dict[str, object]):
    """The blanks of a sentence, each worked out when it is asked for."""

    def __init__(self, relation: Relation, place: int, rule: CheckRule, text: str, scales: Scales) -> None:
        self.relation, self.place, self.rule, self.text, self.scales = relation, place, rule, text, scales
        sign = relation.direction or _said_by_figures(relation)
        super().__init__({name: words[0 if sign > 0 else 1 if sign < 0 else 2] for name, words in _TURNING.items()})
        base = "target" if "target" in rule.roles else "prior"
        if "level" in rule.roles and base in rule.roles:
            self["larger"], self["smaller"] = (self[base], self["level"]) if sign < 0 else (self["level"], self[base])

    def __missing__(self, role: str) -> Blank:
        if role not in self.rule.roles:
            raise KeyError(role)
        places = [n for n, operand in enumerate(self.relation.operands) if operand.role == role]
        printed = tuple(_printed(self.relation.operands[n], self.text) for n in places)
        return _blank(self, role, places, printed)


def _blank(blanks: _Blanks, role: str, places: Sequence[int], printed: tuple[str, ...]) -> Blank:
    relation, text, scales = blanks.relation, blanks.text, blanks.scales
    if not places:
        found = missing(relation, role, scales)
        company = next((o for o in relation.operands if o.figure is not None and _beside(relation, role, o.role)), None)
        how = manner(company, text) if company is not None else Manner()
        return Blank((), _point(found, how), _bracket(found, how))
    n = blanks.place if blanks.place in places else places[0]
    found = computed(relation, n, scales)
    how = told_manner(relation.operands[n], manner(relation.operands[n], text), found)
    return Blank(printed, _point(found, how), _bracket(found, how), places.index(n))


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


def _beside(relation: Relation, role: str, other: str) -> bool:
    return any(
        role in group and other in group for group in (*KINDS[relation.kind].groups, KINDS[relation.kind].percents)
    )


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
    return filled[:1].upper() + filled[1:]


def _said_by_figures(relation: Relation) -> int:
    """The direction that level and base show, where the words say none."""
    values: dict[str, Fraction] = {o.role: o.figure.number.value for o in relation.operands if o.figure is not None}
    level, base = values.get("level"), values.get("prior", values.get("target"))
    if level is None or base is None or level == base:
        return 1
    return 1 if level > base else -1


def _is_unstated_total(relation: Relation) -> bool:
    return relation.kind == "shares" and all(operand.role != "total" for operand in relation.operands)
