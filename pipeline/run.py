"""A report and the rules → the Reading: the stages, in their order, and nothing else."""

from __future__ import annotations

from functools import lru_cache

from pipeline import binding, checks, context, cues, figures, sections, sentences
from pipeline.context import Defaults
from pipeline.language import Language, Parser
from pipeline.limits import USUAL, Limits
from pipeline.model import Reading, Report
from pipeline.rulebook import Rulebook


def read(
    report: Report,
    book: Rulebook,
    *,
    strict: bool = False,
    defaults: Defaults | None = None,
    model: str = "",
    limits: Limits = USUAL,
) -> Reading:
    """Everything about one report. `strict` makes findings of borderline checks too.

    `defaults` hold where the report does not say; `model` names a trained spaCy model to ask for subjects;
    `limits` bound the numbers that are read.
    """
    namer = parser(model) if model else None
    parts = sections.split(report, book)
    said = sentences.split(report, parts, book, _language())
    found = figures.find(report, parts, said, book, limits)
    hints = cues.find(report, said, found.figures, found.skips, book)
    claims = context.fill(
        report,
        parts,
        said,
        found.figures,
        found.skips,
        hints,
        book,
        defaults or Defaults(),
        namer.subjects if namer else None,
    )
    bound = binding.bind(report, parts, said, claims, found.skips, hints, book)
    judged = checks.judge(bound.relations, report, parts, book, claims)
    return Reading(
        report=report,
        sections=parts,
        sentences=said,
        claims=claims,
        skips=found.skips,
        cues=hints,
        relations=bound.relations,
        considered=bound.considered,
        checks=judged,
        findings=checks.findings(judged, report, said, strict=strict),
        backend=namer.backend if namer else "rules",
        not_read=found.not_read,
    )


@lru_cache(maxsize=1)
def parser(model: str) -> Parser:
    """A trained model, loaded once a process. Raises language.ModelError if it is not there."""
    return Parser(model)


@lru_cache(maxsize=1)
def _language() -> Language:
    # It takes a second to make, and what it keeps changes no answer: one for all reports of a process.
    return Language()
