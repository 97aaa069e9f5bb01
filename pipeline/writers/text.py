"""Outcomes → findings as a person reads them, worst first: what does not agree, the line with its figures marked.

`lines` gives each line with its style, for a terminal; `write` gives the plain text. The last line says what was
compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.patterns import lazy
from pipeline.rulebook import Rulebook
from pipeline.tables.outcome import Located, Outcome, Quoted, Tally

STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}
WIDTH = 120

_MOST_LINES = 8  # quoted lines of one finding; a sum may have fifty parts

# Control characters move the cursor, and marks of direction reorder a line: a report must do neither to a terminal.
_UNSEEN = lazy("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its style, as rich names it."""

    text: str
    style: str = ""


def write(outcomes: Sequence[Outcome], book: Rulebook) -> Iterator[str]:
    """The lines of the format."""
    return (line.text for line in lines(outcomes))


def lines(outcomes: Iterable[Outcome], most: int | None = None, where: str = "", width: int = WIDTH) -> Iterator[Line]:
    """The lines with their styles; no more than `most` findings, the rest being `where`."""
    return told(Tally(outcomes, most), where, width)


def told(tally: Tally, where: str = "", width: int = WIDTH) -> Iterator[Line]:
    """The same of outcomes that were added up; the findings that were not kept are `where`."""
    found = tally.worst()
    for outcome, finding in found:
        yield from _block(outcome, finding, width)
        yield Line("")
    if more := tally.standing - len(found):
        yield Line(f"{counted(more, 'more finding' if found else 'finding')} in {where}")
    yield Line(_closing(tally), "bold")


def closing(outcomes: Iterable[Outcome]) -> str:
    """What was found, over all reports, and what was compared: no errors in nothing is no news."""
    return _closing(Tally(outcomes, most=0))


def _closing(tally: Tally) -> str:
    sums = tally.sums
    found = [counted(sums["errors"], "error"), counted(sums["warnings"], "warning")]
    found += [counted(sums["notes"], "note")] if sums["notes"] else []
    aside = f" ({counted(sums['set_aside'], 'finding')} set aside)" if sums["set_aside"] else ""
    reports = counted(tally.reports, "report") + (f" ({tally.unread} not readable)" if tally.unread else "")
    return f"{reports}: {', '.join(found)}{aside}. {compared(sums)}"


def compared(sums: dict[str, int]) -> str:
    """How much was compared: `41 relations compared, 96 figures of 210 in one.`"""
    relations = counted(sums["compared"], "relation")
    return f"{relations} compared, {counted(sums['figures_in_relation'], 'figure')} of {sums['claims']:,} in one."


def counted(count: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def head(outcome: Outcome, finding: Located) -> str:
    """`path:line:column: severity: kind: what does not agree [F-…]`, as compilers write it."""
    row = finding.row
    place = f"{outcome.path}:{finding.line}:{finding.column}"
    return visible(f"{place}: {row['severity']}: {row['kind']}: {row['explanation']} [{row['finding_id']}]")


def visible(text: str) -> str:
    """The text with its control characters spelled out."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _block(outcome: Outcome, finding: Located, width: int) -> Iterator[Line]:
    row = finding.row
    style = STYLES[row["severity"]]
    gutter = max(len(str(quoted.line)) for quoted in finding.quoted) + 4
    yield Line(head(outcome, finding), style)
    for quoted in finding.quoted[:_MOST_LINES]:
        for number, shown, marks in _marked(quoted, width - gutter - 3):
            yield Line(f"{number:>{gutter}} | {shown}")
            if marks:
                yield Line(f"{'':>{gutter}} | {marks}", style)
    if len(finding.quoted) > _MOST_LINES:
        yield Line(f"{'':>{gutter}} | … and {len(finding.quoted) - _MOST_LINES} more lines")
    for name, told in (("would agree", row["suggestion"]), ("decided", _decided(row)), ("was decided", row["stale"])):
        if told:
            yield Line(f"{'':>{gutter}} = {name}: {visible(told)}", "green" if name == "would agree" else "")


def _decided(row: dict[str, str]) -> str:
    return f"{row['decision']}: {row['note']}" if row["note"] else row["decision"]


def _marked(quoted: Quoted, width: int) -> Iterator[tuple[str, str, str]]:
    """The rows of a quoted line: its number (at the first row), the text, the marks under its figures."""
    from rich.cells import cell_len

    marked = {at for start, end in quoted.marks for at in range(start, end)}
    cells = []  # each character as shown, its width on a terminal, whether it is marked
    for at, character in enumerate(quoted.text):
        shown = " " if character == "\t" else visible(character)
        cells.append((shown, cell_len(shown), at in marked))
    number = str(quoted.line)
    while cells:
        fits = _fitting(cells, width)
        row, cells = cells[:fits], cells[fits:]
        marks = "".join(("^" if mark else " ") * wide for _, wide, mark in row)
        yield number, "".join(shown for shown, _, _ in row).rstrip(), marks.rstrip()
        number = ""


def _fitting(cells: Sequence[tuple[str, int, bool]], width: int) -> int:
    """How many characters go into a row: up to the last blank that fits, or as many as fit."""
    used = 0
    for at, (_, wide, _) in enumerate(cells):
        used += wide
        if used > width:
            blank = next((n for n in range(at, at // 2, -1) if cells[n][0] == " "), None)
            return max(1, at if blank is None else blank + 1)
    return len(cells)
