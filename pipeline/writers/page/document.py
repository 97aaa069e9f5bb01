"""A Reading with its tables → the bytes of report.html. The same Reading gives the same bytes."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.exact import Scales
from pipeline.model import Check, Finding, Reading
from pipeline.tables import schema
from pipeline.tables.rows import Row
from pipeline.wording.implied import worth
from pipeline.writers.page import frame
from pipeline.writers.page.drawing import Drawing, drawing
from pipeline.writers.page.places import Places, places, text_html
from pipeline.writers.page.visible import visible

FILE = "report.html"

# What the list is divided into, the gravest first; the last two are shown only when they are asked for.
GROUPS = {
    "error": ("error", "errors", "≠"),
    "warning": ("warning", "warnings", "≠"),
    "borderline": ("borderline", "borderline", "≈"),
    "undecided": ("undecided", "undecided", "?"),
}
# What is told of a figure: columns of claims.csv, first those that hold no words of the report.
_NUMBERS = ("value", "low", "high", "modifier", "role")
_WORDS = ("unit", "per", "subject", "period", "place", "compared_with")


@dataclass(frozen=True, slots=True)
class _Figure:
    """An operand: its role, the number of its mark, what is printed, and its section."""

    role: str
    number: int
    printed: str
    section: str


@dataclass(frozen=True, slots=True)
class _Item:
    """One entry of the list: a finding, or a check that is none and that nobody decides on.

    `evidence` is the fingerprint of the words of a finding, which a decision made on the page takes along.
    """

    key: str
    group: str
    check: Check
    section: int
    figures: tuple[_Figure, ...]
    drawing: Drawing | None
    finding: Finding | None
    evidence: str

    @property
    def suggestions(self) -> list[str]:
        """Each single figure that would agree."""
        return [part for part in self.check.suggestion.split("; ") if part]

    @property
    def sign(self) -> str:
        """What stands between the stated figure and the computed one."""
        return GROUPS[self.group][2]

    @property
    def scattered(self) -> bool:
        """Whether the figures stand in several sections."""
        return len({figure.section for figure in self.figures}) > 1


@dataclass(frozen=True, slots=True)
class _Strip:
    """The report from left to right in thousandths: its sections, its figures, the entries of the list."""

    sections: tuple[tuple[float, float, str], ...]
    bound: str
    alone: str
    items: tuple[tuple[float, float, _Item], ...] = field(default=())


def content(
    reading: Reading,
    tables: Mapping[str, Sequence[Row]],
    summary: Row,
    scales: Scales,
    evidence: Mapping[str, str],
) -> bytes:
    """The page of one report; `evidence` is the fingerprint of the words of each of its findings."""
    marked = places(reading)
    items = tuple(_items(reading, marked, scales, evidence))
    counts = {group: sum(item.group == group for item in items) for group in GROUPS}
    data = _data(reading, tables[schema.CLAIMS.name], marked, scales)
    return frame.page(
        FILE,
        name=reading.report.name,
        summary={name: int(summary[name]) for name in ("compared", "claims", "figures_in_relation")},
        version=summary["version"],
        groups=GROUPS,
        counts=counts,
        kinds=sorted({item.check.relation.kind for item in items}),
        sections=[(n, reading.sections[n].heading) for n in sorted({item.section for item in items})],
        items=items,
        strip=_strip(reading, marked, items),
        text=frame.safe(text_html(reading, marked.all)),
        data=frame.safe(data),
        decisions=schema.DECISIONS_MADE,
    )


def _items(reading: Reading, marked: Places, scales: Scales, evidence: Mapping[str, str]) -> Iterator[_Item]:
    starts = [section.start for section in reading.sections]

    def item(key: str, group: str, check: Check, finding: Finding | None = None) -> _Item:
        figures = tuple(
            _Figure(
                operand.role,
                marked.number[operand.ref],
                " ".join(reading.report.text[operand.start : operand.end].split()),
                reading.sections[bisect_right(starts, operand.start) - 1].heading,
            )
            for operand in check.relation.operands
        )
        drawn = None if group == "undecided" else drawing(check, scales, reading.report.text)
        return _Item(
            key, group, check, bisect_right(starts, check.start) - 1, figures, drawn, finding, evidence.get(key, "")
        )

    for finding in reading.findings:
        yield item(finding.finding_id, _group(finding), finding.check, finding)
    found = {finding.check.check_id for finding in reading.findings}
    for verdict in ("borderline", "undecided"):
        for check in reading.checks:
            if check.verdict == verdict and check.check_id not in found:
                yield item(check.check_id, verdict, check)


def _group(finding: Finding) -> str:
    return "borderline" if finding.severity == "note" else finding.severity


def _strip(reading: Reading, marked: Places, items: Sequence[_Item]) -> _Strip:
    size = max(len(reading.report.text), 1)

    def along(offset: int) -> float:
        return round(1000 * offset / size, 1)

    def ticks(bound: bool) -> str:
        claims = marked.all[: len(reading.claims)]
        at = dict.fromkeys(1000 * place.start // size for place in claims if place.bound == bound)
        return "".join(f"M{x} 0v1" for x in at)

    sections = tuple((along(s.start), round(along(s.end) - along(s.start), 1), s.heading) for s in reading.sections)
    found = tuple((along(item.check.start), along(item.check.end), item) for item in reversed(items))
    return _Strip(sections, ticks(bound=True), ticks(bound=False), found)


def _data(reading: Reading, claims: Sequence[Row], marked: Places, scales: Scales) -> str:
    """What the script tells of a figure that is chosen: how it was read, what it implies, the relations that agree."""
    implied: dict[int, str] = {}
    for one in worth(reading.claims, reading.cues, reading.report.text, scales):
        for n in (one.level, one.change):
            implied.setdefault(n, f"{one.value} ({one.how})")
    agreeing = [check for check in reading.checks if check.verdict == "consistent"]
    data = {
        "report": visible(reading.report.name),
        "about": [column.replace("_", " ") for column in (*_NUMBERS, *_WORDS, "implies", "rule")],
        "claims": [
            [
                *[row[name] for name in _NUMBERS],
                *[visible(row[name]) for name in _WORDS],
                visible(implied.get(n, "")),
                row["rule"],
            ]
            for n, row in enumerate(claims)
        ],
        "agreeing": [
            [
                check.relation.kind,
                visible(check.formula or check.explanation),
                [[operand.role, marked.number[operand.ref]] for operand in check.relation.operands],
            ]
            for check in agreeing
        ],
    }
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return told.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
