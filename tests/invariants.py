"""What must hold of every Reading, and the texts that it is tried on: written half-sense and noise.

`tests/test_invariants.py` tries the shipped reports and pieces of them, the laws of `tests/laws.py` any text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, get_args

from hypothesis import strategies as st

from pipeline import rulebook
from pipeline.model import Figure, Operand, Printed, Reading, SkipReason
from pipeline.rulebook.scales import scales
from pipeline.tables import rows, schema

BOOK = rulebook.load()

# Words and signs that mean something to some stage; joined at random they make every kind of half-sense.
PIECES = (
    "605 million Yuan|120 million more than that in 2008|a growth of 22%|266 poor villages|"
    "500,000 Yuan for each village|10–15%|between 3 and 5 km|from 2 to 4|two-thirds|half a million|"
    "three counties: A, B and C|First, |Secondly, |of which |including |a total of |respectively|accounting for |"
    "doubled|1,422,000|934 000|12,34,567|Rs 500 crore|US$1.2bn|€3m|５．９％|【Overview】|1.Heading.|# Title|"
    "TOTALS\n|---\n|No. 28|[28]|+86-10-5550100|1/2|2/3 of |12:30|1 May 2009|FY2008-09|1st|more than |about |"
    "nearly |at least |per capita|percentage points|basis points|‰|-5|−7|(3.4)|9|0|0.0|,|.|;|；|。|\n|\n\n|\r\n|"
    "\t|\u00a0|\u2009| | | |and |or |to |the |in 2009|people|households|km2|mu|“|”|'|\"|(|)|:|%|$|three|"
    "twenty-one|a hundred|lakh|万|亿|扫码|Copyright 2009|Home | | About|e\u0301|\u202e|\x1b|٣|²|½|①|\ud800|"
    "\U0001d7d9"
).split("|")
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.text(max_size=200),
    st.text("0123456789 ,.-–/%$()\n", max_size=60),
)


def holds(reading: Reading) -> None:
    """All that must hold of one Reading."""
    for check in (
        spans_are_texts,
        sections_tile,
        digits_are_taken_once,
        values_are_exact,
        ids_resolve,
        cells_are_typed,
    ):
        check(reading)


def spans_are_texts(reading: Reading) -> None:
    text = reading.report.text
    assert len(reading.report.view) == len(text)
    figures = [claim.figure for claim in reading.claims]
    clauses = [clause for sentence in reading.sentences for clause in sentence.clauses]
    for span in (*reading.sentences, *clauses, *figures, *reading.skips, *reading.cues, *reading.checks):
        piece = text[span.start : span.end]
        assert 0 <= span.start < span.end <= len(text), span
        assert piece == piece.strip(), span
    for before, after in pairwise(figures):
        assert before.end <= after.start, (before, after)
    for before, after in pairwise(reading.sentences):
        assert before.end <= after.start, (before, after)
    for sentence in reading.sentences:
        section = reading.sections[sentence.section]
        assert section.start <= sentence.start and sentence.end <= section.end, sentence
        assert section.kind == "body", sentence
        for clause in sentence.clauses:
            assert sentence.start <= clause.start and clause.end <= sentence.end, clause
    for claim in reading.claims:
        figure, sentence = claim.figure, reading.sentences[claim.sentence]
        assert claim.section == sentence.section, claim
        assert any(c.start <= figure.start and figure.end <= c.end for c in sentence.clauses), (claim, sentence)
        assert figure.start < figure.number_end <= figure.end, figure


def sections_tile(reading: Reading) -> None:
    text = reading.report.text
    assert "".join(text[section.start : section.end] for section in reading.sections) == text
    assert [section.start for section in reading.sections] == sorted(section.start for section in reading.sections)
    assert all(section.start <= section.body <= section.end for section in reading.sections)


def digits_are_taken_once(reading: Reading) -> None:
    owners: Counter[int] = Counter()
    for span in (*(claim.figure for claim in reading.claims), *reading.skips):
        owners.update(range(span.start, span.end))
    wrong = [at for at, sign in enumerate(reading.report.text) if sign.isdigit() and owners[at] != 1]
    assert not wrong, [(at, reading.report.text[max(0, at - 20) : at + 20], owners[at]) for at in wrong]
    assert all(count == 1 for count in owners.values()), "a claim or skip overlaps another"
    for section in reading.sections:
        if section.kind == "furniture":
            assert not any(section.start <= claim.figure.start < section.end for claim in reading.claims), section
    assert all(skip.reason in get_args(SkipReason) for skip in reading.skips)


# They hold no float, nor anything else.
_PLAIN = frozenset((str, int, bool, type(None), bytes))


def values_are_exact(reading: Reading) -> None:
    assert not list(floats_in(reading, set()))


def floats_in(value: Any, seen: set[int]) -> Iterator[Any]:
    """The floats in a value, however deep; what was `seen` is not looked into again."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if type(one) in _PLAIN or id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, float):
            yield one
        elif is_dataclass(one) and not isinstance(one, type):
            waiting += [getattr(one, name) for name in _names_of(type(one))]
        elif isinstance(one, tuple | list):
            waiting += one
        elif isinstance(one, dict):
            waiting += [*one.keys(), *one.values()]


@cache
def _names_of(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def lent(figure: Figure, operand: Operand) -> Printed:
    """The number of a figure without a multiplier in that of its operand."""
    assert operand.figure
    number, by = figure.number, operand.figure.number.multiplier
    if number.multiplier != 1:
        return number
    return replace(number, value=number.value * by, step=number.step * by, coarse=number.coarse * by, multiplier=by)


def ids_resolve(reading: Reading) -> None:
    claims = {claim.claim_id: claim for claim in reading.claims}
    assert len(claims) == len(reading.claims)
    assert len({section.section_id for section in reading.sections}) == len(reading.sections)
    assert len({check.check_id for check in reading.checks}) == len(reading.checks)
    assert len({finding.finding_id for finding in reading.findings}) == len(reading.findings)
    assert all(claim.figure.rule for claim in reading.claims) and all(skip.rule for skip in reading.skips)
    assert [check.relation for check in reading.checks] == list(reading.relations)
    for check in reading.checks:
        assert check.relation.rule and check.relation.operands, check
        for operand in check.relation.operands:
            place = re.fullmatch(r"@(\d+)-(\d+)", operand.ref)
            if place:
                assert (operand.start, operand.end) == (int(place[1]), int(place[2])), operand
            else:
                figure = claims[operand.ref].figure
                assert (operand.start, operand.end) == (figure.start, figure.end), operand
                # Its unit may be borrowed, and the multiplier of what it is set against: `rose 1 million, from 2 to 4`.
                assert operand.figure and operand.figure.number in (figure.number, lent(figure, operand)), operand
    assert all(finding.check in reading.checks for finding in reading.findings)
    for cue in reading.cues:
        for _, index in cue.roles:
            assert -len(reading.skips) <= index < len(reading.claims), cue


def cells_are_typed(reading: Reading) -> None:
    tables = rows.of_report(reading, scales(BOOK)) | {"summary": [rows.summary(reading, BOOK.sha256, "0")]}
    by_name = {table.name: table for table in schema.TABLES}
    patterns = {"integer": r"\d+", "number": r"-?\d+(\.\d+)?", "string": r"(?s).*"}
    for name, table_rows in tables.items():
        table = by_name[name]
        keys = Counter(tuple(row[part] for part in table.key) for row in table_rows)
        assert all(count == 1 for count in keys.values()), (name, keys.most_common(1))
        for row in table_rows:
            assert tuple(row) == table.header, name
            for column in table.columns:
                cell = row[column.name]
                assert cell or not column.required, (name, column.name, row)
                assert not cell or re.fullmatch(patterns[column.type], cell), (name, column.name, cell)
                assert not cell or not column.enum or cell in column.enum, (name, column.name, cell)
