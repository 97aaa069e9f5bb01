"""The records that the stages hand on: what a report is made of, from its text to its findings.

Records hold, they do not compute: reading a figure is `exact`, judging a relation is `checks`.
All offsets are code points into `Report.text`, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.fraction import Fraction
from pipeline.frozen import frozen

Modifier = Literal["", ">", "<", ">=", "<=", "~"]
FigureKind = Literal["absolute", "percent", "points", "factor", "rate"]
Manner = Literal["digits", "words", "fraction"]
Certainty = Literal["given", "certain", "declared", "likely"]
Scope = Literal["sentence", "neighbour", "section", "document"]
Confidence = Literal["high", "medium", "low"]
Verdict = Literal["consistent", "borderline", "inconsistent", "undecided"]
Severity = Literal["error", "warning", "note"]
SectionKind = Literal["body", "furniture"]
SkipReason = Literal[
    "year",
    "date",
    "time",
    "ordinal",
    "identifier",
    "name-part",
    "phone",
    "list-number",
    "unit-word",
    "furniture",
    "other",
]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What the source itself says of a piece of the text: a heading of this level, or furniture."""

    start: int
    end: int
    kind: Literal["heading", "furniture"]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a piece of the text stands in the source; what a format does not have is None or empty.

    `part` is a file in the source, `paragraph` and `page` count from 1, `character` from 0 (in the source's text, or
    on the page); `box` is left, top, right and bottom in points from the page's top left corner.
    """

    start: int
    end: int
    part: str = ""
    paragraph: int | None = None
    page: int | None = None
    character: int | None = None
    box: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One input document.

    `text` is what was decoded, never altered. `view` has the same length and is for matching only: full-width
    digits and signs, no-break and thin spaces stand there as their ASCII kin (`readers.view`).
    `sha256` is that of the input bytes. `marks`, in order and apart, are the structure that the source has beside its
    words; `anchors` tell where the text of a format that is not plain text stands in it. `not_read` says what of the
    source could not be read, such as a page that is a picture.
    """

    name: str
    text: str
    view: str
    sha256: str
    encoding: str = ""
    certainty: Certainty | Literal[""] = ""
    marks: tuple[Mark, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    not_read: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its body; sections tile the text. `body` is where the heading with its marks ends."""

    section_id: str
    level: int
    kind: SectionKind
    heading: str
    start: int
    end: int
    body: int
    rule: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its outer blanks, with its clauses; `section` and `paragraph` are indexes that count up."""

    start: int
    end: int
    section: int
    paragraph: int
    clauses: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed, with its multiplier: `1.42 million` is value 1420000, step 10000, coarse 10000.

    `step` is one unit of the last printed digit, `coarse` one unit of the last non-zero digit, both times the
    multiplier (`120 million`: step 1000000, coarse 10000000). `manner` is how it was written: in digits, as a plain
    number word (`six`), or as a word of loose size (`half`, `two-thirds`, `doubled`, `half a million`). `multiplier` is
    what stands behind the digits, 1 where nothing does.
    """

    value: Fraction
    step: Fraction
    coarse: Fraction
    manner: Manner = "digits"
    multiplier: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed, with its multiplier and unit.

    `number` is the printed number; of a range in one sense it is the first end and `upper` the second, otherwise
    `upper` is None. `number_end` is where number and multiplier end and the unit or noun may begin (for `$48.2
    million` it equals `end`). `discrete` says that a printed integer counts things one by one (266 villages).
    """

    start: int
    end: int
    number_end: int
    number: Printed
    upper: Printed | None
    unit: str
    dimension: str
    modifier: Modifier
    kind: FigureKind
    discrete: bool
    per: str
    rule: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that asserts a quantity, with its context. `section` and `sentence` are indexes into the Reading.

    `scale` is what the report says its printed figures are counted in (`in thousands`), 1 where it says nothing or the
    figure has a multiplier of its own; the figure stays as printed.
    """

    claim_id: str
    figure: Figure
    section: int
    sentence: int
    role: str = ""
    subject: str = ""
    period: str = ""
    place: str = ""
    compared_with: str = ""
    rule: str = ""
    scale: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Skip:
    """A number-bearing expression that is not a claim, with the reason."""

    start: int
    end: int
    reason: SkipReason
    rule: str


@frozen
class Cue:
    """Words that give figures their roles.

    `roles` pairs a role with the index of a claim in the Reading, or with -1 - i for skip number i (a year).
    `direction` is +1 up, -1 down, 0 unsaid. `base` names what is compared with: `period`, `target`, `other` or
    nothing; `mode` tells apart readings of one kind. `start`, `end` are the words themselves; `frame` says that the
    roles belong together.
    """

    start: int
    end: int
    kind: str
    roles: tuple[tuple[str, int], ...]
    direction: int
    base: str
    mode: str
    frame: bool
    rule: str


@frozen
class Operand:
    """One place in a relation: a role, the ref that fills it, and the number read there.

    `ref` is a claim_id, or `@start-end` for what is no claim (a year, a listed item). `side` tells which end of a
    range claim is meant (`low`, `high`, or nothing for the whole). `figure` is None for a ref that is no claim;
    then `value` holds a year's number, or None for a listed item. `compared_with` and `scale` are those of the claim.
    """

    role: str
    ref: str
    start: int
    end: int
    figure: Figure | None = None
    side: str = ""
    value: Fraction | None = None
    compared_with: str = ""
    scale: Fraction = Fraction(1)

    def __hash__(self) -> int:
        # Binders ask of relations again and again; a figure is told by where it stands.
        return hash((self.role, self.ref, self.side, self.start))


@dataclass(frozen=True, slots=True)
class Relation:
    """Claims bound together by roles under one kind.

    `direction` is +1 or -1 where the words say up or down (falls are printed unsigned), else 0. `mode` tells apart
    readings of one kind (`excess` or `of` for target, `more` or `of` for ratio). `reason` says in words what tied the
    claims, `rule` which rule did. `notes` quote the report's own notes that change the reading.
    """

    kind: str
    operands: tuple[Operand, ...]
    scope: Scope
    confidence: Confidence
    rule: str
    reason: str = ""
    direction: int = 0
    mode: str = ""
    notes: tuple[str, ...] = ()


@frozen
class Considered:
    """A relation that was looked at and not built, with the reason: for `explain FILE --at OFFSET`."""

    kind: str
    start: int
    end: int
    reason: str
    rule: str


@dataclass(frozen=True, slots=True)
class Check:
    """A relation, judged. `stated`, `computed` are printed forms, `gap` a plain decimal in the stated figure's unit."""

    check_id: str
    relation: Relation
    verdict: Verdict
    stated: str
    computed: str
    gap: str
    formula: str
    explanation: str
    suggestion: str
    section: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that a person should look at. `stale` is a decision that was made on other words or other figures."""

    finding_id: str
    severity: Severity
    check: Check
    quote: str
    decision: str = ""
    note: str = ""
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything about one report. `backend` names what found the subjects: the rules, or a trained model too.

    `not_read` tells of numbers that a limit kept from being read.
    """

    report: Report
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    skips: tuple[Skip, ...]
    cues: tuple[Cue, ...]
    relations: tuple[Relation, ...]
    considered: tuple[Considered, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    backend: str = "rules"
    not_read: str = ""
