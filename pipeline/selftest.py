"""A rule's examples and refusals → what does not hold, in words for the person who wrote the rule.

The Reading of an example is rendered as lines, one for each thing found; an example names the lines it expects. A rule
whose id no record carries (an abbreviation, a stop word) is tested by taking it away: then its example must fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline import exact, pumping
from pipeline.model import Check, Claim, Reading
from pipeline.rulebook import Example, Rule, Rulebook, RuleError
from pipeline.rulebook.shapes import CueRule, Macro

Read = Callable[[str, Rulebook], Reading]


@dataclass(frozen=True, slots=True)
class Found:
    """A line for one thing that was found, and the ids of the rules that found it."""

    line: str
    rules: frozenset[str]


def failures(rule: Rule, book: Rulebook, read: Read) -> Iterator[str]:
    """What does not hold of a rule: a line each, beginning with the address of the rule or the example."""
    yield from lacking(rule)
    if pump := pumping.slow(rule, book):
        yield (
            f"{rule.address}: {rule.rule_id} has a pattern that takes far longer on {pump!r} said again and again; "
            "let no two repeated parts match the same text, as in (?:\\w+ ?)+, or bound them: {1,40}"
        )
        return
    for example in rule.examples:
        yield from example_failures(rule, example, book, read)
    for refusal in rule.refuses:
        yield from refusal_failures(rule, refusal, book, read)


def lacking(rule: Rule) -> Iterator[str]:
    """The examples and refusals that a rule should have and has not."""
    if not rule.examples:
        yield f"{rule.address}: {rule.rule_id} has no example; add examples = [{{ text = …, finds = […] }}]"
    if not rule.refuses and not is_synonym(rule):
        yield f'{rule.address}: {rule.rule_id} has no refusal; add refuses = ["a text that it must leave alone"]'


def is_synonym(rule: Rule) -> bool:
    """Whether the rule's shape is a plain table of synonyms, which has nothing to refuse."""
    return bool(getattr(type(rule), "SYNONYMS", False))


def example_failures(rule: Rule, example: Example, book: Rulebook, read: Read) -> Iterator[str]:
    """What does not hold of an example: each expected line is found, and this rule has a part in it."""
    where = f"{address(rule, example)}: {rule.rule_id}"
    if not example.finds:
        yield f"{where}: {example.text!r} says nothing of what is found; add finds = […]"
    found = tuple(rendered(read(example.text, book)))
    for expected in missing(example, found):
        seen = "".join(f"\n    {one.line}   [{' '.join(sorted(one.rules))}]" for one in found)
        yield f"{where}: {example.text!r} does not find\n    {expected}\n  but{seen}"
    if not any(rule.rule_id in one.rules for one in found) and not _differs(rule, example, book, read):
        yield f"{where}: {example.text!r} is found by other rules alone"


def refusal_failures(rule: Rule, refusal: Example, book: Rulebook, read: Read) -> Iterator[str]:
    """What does not hold of a refusal: nothing that is found carries the rule's id."""
    for one in rendered(read(refusal.text, book)):
        if rule.rule_id in one.rules:
            yield f"{address(rule, refusal)}: {rule.rule_id} must leave {refusal.text!r} alone, and finds {one.line}"


def missing(example: Example, found: tuple[Found, ...]) -> list[str]:
    """The lines that an example expects and that were not found."""
    lines = {one.line for one in found}
    return [expected for expected in example.finds if expected not in lines]


def address(rule: Rule, example: Example) -> str:
    """Where an example stands: `rules/checks/growth.toml:18`."""
    return f"{rule.address.rpartition(':')[0]}:{example.line}"


def rendered(reading: Reading) -> Iterator[Found]:
    """Everything that was found, a line each."""
    text = reading.report.text
    for section in reading.sections:
        yield _found(f"{section.heading} section {section.kind}", section.rule)
    for sentence in reading.sentences:
        yield _found(f"{text[sentence.start : sentence.end]} sentence")
        for clause in sentence.clauses:
            yield _found(f"{text[clause.start : clause.end]} clause")
    for claim in reading.claims:
        yield _found(_claim(claim, text), claim.figure.rule, claim.rule)
        said = (("subject", claim.subject), ("place", claim.place), ("scale", exact.plain(claim.scale)))
        yield from (_found(f"{_at_figure(claim, text)} {name} {value}".strip()) for name, value in said)
    for skip in reading.skips:
        yield _found(f"{text[skip.start : skip.end]} skip {skip.reason}", skip.rule)
    for cue in reading.cues:
        for role, index in cue.roles:
            yield _found(f"{_at(reading, index)} {role} {cue.kind}", cue.rule)
    for check in reading.checks:
        kind = check.relation.kind
        yield _found(check_line(check, text), check.relation.rule, f"{kind}.{kind}")
    for one in reading.considered:
        yield _found(f"{one.kind} left alone", one.rule)


def _differs(rule: Rule, example: Example, book: Rulebook, read: Read) -> bool:
    """Whether the example fails when the rule is taken away."""
    if isinstance(rule, Macro) and _cues_name(rule.name, book):  # none of them could be read, which takes long to see
        return True
    others = {shape: tuple(one for one in rules if one is not rule) for shape, rules in book.rules.items()}
    try:
        found = tuple(rendered(read(example.text, Rulebook(others, ""))))
    except RuleError:  # other rules are made of it
        return True
    return bool(missing(example, found))


def _cues_name(macro: str, book: Rulebook) -> bool:
    """Whether a cue has a macro in it, by a name that can be no word."""
    named = re.compile(rf"(?<![\w:]){re.escape(macro)}(?!\w)")
    cues = (notation for rule in book.of(CueRule) for notation in rule.patterns)
    return len(macro) > 1 and macro.isupper() and macro.isalpha() and any(map(named.search, cues))


def _found(line: str, *rules: str) -> Found:
    return Found(line, frozenset(" ".join(rules).split()))


def _at_figure(claim: Claim, text: str) -> str:
    return text[claim.figure.start : claim.figure.end]


def _claim(claim: Claim, text: str) -> str:
    figure = claim.figure
    value = exact.plain(figure.number.value)
    if figure.upper is not None:
        value = f"{value}..{exact.plain(figure.upper.value)}"
    per = f"per {figure.per}" if figure.per else ""
    return " ".join(filter(None, (_at_figure(claim, text), "=", value, figure.unit, per, figure.modifier)))


def _at(reading: Reading, index: int) -> str:
    span = reading.claims[index].figure if index >= 0 else reading.skips[-1 - index]
    return reading.report.text[span.start : span.end]


def check_line(check: Check, text: str) -> str:
    """A check as an example names it: `growth inconsistent: level=605 million Yuan; percent=22%`."""
    roles = "; ".join(f"{operand.role}={text[operand.start : operand.end]}" for operand in check.relation.operands)
    return f"{check.relation.kind} {check.verdict}: {roles}"
