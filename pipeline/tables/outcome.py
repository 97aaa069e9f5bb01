"""What is left of a report when its tables are made: its summary row, and its findings with their places in its lines.

Small enough to travel between processes; the Reading is not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.patterns import lazy
from pipeline.tables import schema
from pipeline.tables.rows import Row

_LINE_END = lazy(r"\r\n?|\n")
_AROUND = 40  # characters of a line that are quoted before and after a figure
_LONGEST = 80  # characters of a figure that are quoted: a listed item may be a long one

# What a run adds up over its reports.
COUNTS = ("relations_built", "compared", "claims", "figures_in_relation")
Figure = tuple[str, int, int]  # of a finding: its role there, its start, its end

_SEVERITIES = {"error": "errors", "warning": "warnings", "note": "notes"}
SEVERITIES = tuple(_SEVERITIES)  # worst first


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of a finding with its role, and where it stands: lines and columns from 1, columns in code points."""

    role: str
    text: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """What is shown of a line that holds figures of a finding; `marks` are the figures' places in `text`."""

    line: int
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Located:
    """A row of findings.csv, the places of its figures, and their lines as they are quoted.

    `set_aside` says why it fails no check: a decision, or that it stands in a baseline.
    """

    row: Row
    line: int
    column: int
    places: tuple[Place, ...]
    quoted: tuple[Quoted, ...]
    set_aside: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One report's outcome. `path` is as the user gave it; of an unreadable report only the summary row is there.

    `anchored` says whether it has a table of anchors. `tables` are the lines of its tables, where another process is to
    write them.
    """

    path: str
    summary: Row
    findings: tuple[Located, ...] = field(default=())
    anchored: bool = False
    tables: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def error(self) -> str:
        """Why the report could not be read; empty if it could."""
        return self.summary["error"]


def located(findings: Sequence[Row], figures: Sequence[Sequence[Figure]], text: str) -> tuple[Located, ...]:
    """The findings of a report in its lines; `figures` are those of each finding."""
    if not findings:
        return ()
    begins = [0, *(end.end() for end in _LINE_END.finditer(text))]
    found = []
    for row, named in zip(findings, figures, strict=True):
        line, column = _line_column(begins, int(row["start"]))
        places = tuple(_place(role, start, end, begins, text) for role, start, end in named)
        quoted = tuple(_quoted(sorted({(start, end) for _, start, end in named}), begins, text))
        aside = row["decision"] if row["decision"] in schema.SET_ASIDE else ""
        found.append(Located(row, line, column, places, quoted, aside))
    return tuple(found)


def worst_first(outcomes: Iterable[Outcome]) -> list[tuple[Outcome, Located]]:
    """All findings of all reports: errors, warnings, notes; the reports in their order."""
    severities = list(_SEVERITIES)
    found = [(outcome, finding) for outcome in outcomes for finding in outcome.findings]
    return sorted(found, key=lambda pair: severities.index(pair[1].row["severity"]))


def standing(outcomes: Iterable[Outcome]) -> list[tuple[Outcome, Located]]:
    """The findings that are not set aside, worst first."""
    return [(outcome, finding) for outcome, finding in worst_first(outcomes) if not finding.set_aside]


class Tally:
    """What is told of all outcomes, added up as they come, so that a run of any size need not keep them.

    `sums` are the findings that stand, by severity, those set aside, and the counts of the summary rows.
    """

    def __init__(self, outcomes: Iterable[Outcome] = (), most: int | None = None) -> None:
        self.reports = 0
        self.unread = 0
        self.sums = dict.fromkeys([*_SEVERITIES.values(), "set_aside", *COUNTS], 0)
        self._most = most
        self._worst: dict[str, list[tuple[Outcome, Located]]] = {severity: [] for severity in _SEVERITIES}
        for outcome in outcomes:
            self.add(outcome)

    def add(self, outcome: Outcome) -> None:
        """Count one more outcome, and keep its findings if they are among the `most` worst."""
        self.reports += 1
        self.unread += bool(outcome.error)
        for name in COUNTS:
            self.sums[name] += int(outcome.summary[name] or 0)
        for finding in outcome.findings:
            severity = finding.row["severity"]
            self.sums["set_aside" if finding.set_aside else _SEVERITIES[severity]] += 1
            kept = self._worst[severity]
            if not finding.set_aside and (self._most is None or len(kept) < self._most):
                kept.append((replace(outcome, findings=(), tables={}), finding))

    @property
    def standing(self) -> int:
        """How many findings are not set aside."""
        return sum(self.sums[name] for name in _SEVERITIES.values())

    def worst(self) -> list[tuple[Outcome, Located]]:
        """The findings that were kept, worst first."""
        return [pair for pairs in self._worst.values() for pair in pairs][: self._most]


def totals(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """The findings that stand, by severity, those set aside, and the counts of the summary rows, added up."""
    return Tally(outcomes, most=0).sums


def figures_of(findings: Iterable[Row], checks: Iterable[Row], claims: Iterable[Row]) -> list[list[Figure]]:
    """The figures of each finding, from the rows of a report's tables."""
    named = {row["check_id"]: row["claims"] for row in checks}
    spans = {row["claim_id"]: (int(row["start"]), int(row["end"])) for row in claims}
    return [[_figure(part, spans) for part in named[row["check_id"]].split(";")] for row in findings]


def _figure(named: str, spans: Mapping[str, tuple[int, int]]) -> Figure:
    """What a part of the column `claims` of a check names: `total=c81`, `item=@300-322`."""
    role, _, ref = named.partition("=")
    if ref.startswith("@"):
        start, _, end = ref[1:].partition("-")
        return role, int(start), int(end)
    return role, *spans[ref]


def _line_column(begins: Sequence[int], offset: int) -> tuple[int, int]:
    line = bisect_right(begins, offset)
    return line, offset - begins[line - 1] + 1


def _place(role: str, start: int, end: int, begins: Sequence[int], text: str) -> Place:
    printed = " ".join(text[start:end].split())
    return Place(role, printed, *_line_column(begins, start), *_line_column(begins, end))


def _quoted(spans: Sequence[tuple[int, int]], begins: Sequence[int], text: str) -> Iterable[Quoted]:
    """Each line that holds one of the spans, as far as words around them go, with … for what is left out."""
    by_line: dict[int, list[tuple[int, int]]] = {}
    for start, end in spans:
        first, last = bisect_right(begins, start), bisect_right(begins, max(start, end - 1))
        for line in range(first, last + 1):
            line_end = begins[line] if line < len(begins) else len(text)
            by_line.setdefault(line, []).append((max(start, begins[line - 1]), min(end, line_end)))
    for line in sorted(by_line):
        begin = begins[line - 1]
        content = text[begin : begins[line] if line < len(begins) else len(text)].rstrip("\r\n")
        figures = [(start - begin, min(end - begin, len(content))) for start, end in by_line[line]]
        marks = [(start, min(end, start + _LONGEST)) for start, end in figures]
        yield _shortened(line, content, marks)


def _shortened(line: int, content: str, marks: Sequence[tuple[int, int]]) -> Quoted:
    windows: list[list[int]] = []
    for start, end in marks:
        window = [_word_start(content, start - _AROUND, start), _word_end(content, end, end + _AROUND)]
        if windows and window[0] <= windows[-1][1] + 1:
            windows[-1][1] = max(windows[-1][1], window[1])
        else:
            windows.append(window)
    shown, moved = "", []
    for n, (left, right) in enumerate(windows):
        shown += ("…" if n == 0 else " … ") if left > 0 else ""
        moved += [(len(shown) + a - left, len(shown) + b - left) for a, b in marks if left <= a < right]
        shown += content[left:right]
    shown += "…" if windows[-1][1] < len(content) else ""
    return Quoted(line, shown, tuple(moved))


def _word_start(content: str, wish: int, figure: int) -> int:
    """Where a word begins that is no further from the figure than wished; where none does, as wished."""
    if wish <= 0:
        return 0
    blank = content.find(" ", wish - 1, figure)
    return wish if blank < 0 else blank + 1


def _word_end(content: str, figure: int, wish: int) -> int:
    if wish >= len(content):
        return len(content)
    blank = content.rfind(" ", figure, wish + 1)
    return wish if blank < 0 else blank
