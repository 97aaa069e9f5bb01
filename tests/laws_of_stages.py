"""What holds of each stage by itself, also where the stage before it found less than it could have.

Texts are drawn, read up to a stage, and what that stage is given is thinned: sentences, figures, skips and cues are
left out by chance. Nothing may rest on what another stage happened to find.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import Any, get_args

from hypothesis import strategies as st

import invariants
from laws_of_numbers import RELATION
from pipeline import binding, checks, context, cues, figures, sections, sentences
from pipeline.figures.page import page_of
from pipeline.figures.quiet import quiet_in
from pipeline.figures.scan import scan
from pipeline.figures.vocabulary import vocabulary
from pipeline.formulas import agreement
from pipeline.language import Language
from pipeline.model import Claim, Cue, Figure, Relation, Report, Section, SectionKind, Sentence, Skip
from pipeline.readers.view import same_length_view
from pipeline.rulebook.scales import scales
from pipeline.rulebook.shapes import CheckRule

BOOK = invariants.BOOK
LANGUAGE = Language()
KINDS = {rule.name for rule in BOOK.of(CheckRule)}
SAID = (
    "605 million Yuan", "22%", "120 million more than that in 2008", "of which", "including", "2/3", "from 3 to 5 km",
    "1,422,000 people", "30 men and 12 women", "totalling 42", "rose 8% to $54 from $50", "the former", "respectively",
    "three counties: A, B and C", "in 2009", "in Ash County", "accounting for", "the remaining 40%", "doubled", "fell",
    "an average of 5 km", "for each village", "percentage points", "No. 28", "(", ")", ";", ",", ".", "\n", "\n\n",
    "【Funds】", "1.Roads.", "Tel: 55 01", "It", "The", "was", "and", "\u200b", "٣٤", "half of", "two-thirds", "a year",
)  # fmt: skip
PROSE = st.lists(st.sampled_from(SAID), min_size=1, max_size=24).map(" ".join)


@dataclass(frozen=True)
class Read:
    """A text as far as cues, each stage having been given what chance left of the stage before."""

    report: Report
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    figures: tuple[Figure, ...]
    skips: tuple[Skip, ...]
    cues: tuple[Cue, ...]


def thinned(some: Sequence[Any], chance: Random) -> tuple[Any, ...]:
    """Some of them, in their order; all of them every other time."""
    return tuple(some) if chance.random() < 0.5 else tuple(one for one in some if chance.random() < 0.7)


@lru_cache(maxsize=1)
def read(text: str, seed: int) -> Read:
    """What the laws of figures, cues, context and binding are given; they are tried on one input after the other."""
    chance = Random(seed)
    report = Report("report", text, same_length_view(text), "")
    parts = sections.split(report, BOOK)
    said = thinned(sentences.split(report, parts, BOOK, LANGUAGE), chance)
    found = figures.find(report, parts, said, BOOK)
    kept, skips = thinned(found.figures, chance), thinned(found.skips, chance)
    return Read(report, parts, said, kept, skips, thinned(cues.find(report, said, kept, skips, BOOK), chance))


def claims_of(one: Read) -> tuple[Claim, ...]:
    return context.fill(one.report, one.sections, one.sentences, one.figures, one.skips, one.cues, BOOK)


def of_sections(text: str) -> None:
    """Sections are of two kinds and tile the text; a body begins behind its heading."""
    report = Report("report", text, same_length_view(text), "")
    parts = sections.split(report, BOOK)
    at = 0
    for part in parts:
        assert (part.start, part.kind in get_args(SectionKind)) == (at, True) and part.start <= part.body <= part.end
        assert part.heading in " ".join(report.view[part.start : part.end].split()), part
        at = part.end
    assert at == len(text) and len({part.section_id for part in parts}) == len(parts)


def of_sentences(text: str) -> None:
    """Sentences and their clauses follow one another within the body of their section, and leave out only blanks."""
    report = Report("report", text, same_length_view(text), "")
    parts = sections.split(report, BOOK)
    said = sentences.split(report, parts, BOOK, LANGUAGE)
    for sentence in said:
        section = parts[sentence.section]
        assert section.kind == "body" and section.start <= sentence.start < sentence.end <= section.end
        spans = [(clause.start, clause.end) for clause in sentence.clauses]
        assert spans == sorted(spans) and all(a < b for a, b in spans)
    assert [s.start for s in said] == sorted(s.start for s in said)


def of_scan(given_: tuple[str, int]) -> None:
    """Drafts and skips lie in the sentences that were given, in order, and never over one another."""
    text, seed = given_
    report = Report("report", text, same_length_view(text), "")
    parts = sections.split(report, BOOK)
    said = thinned(sentences.split(report, parts, BOOK, LANGUAGE), Random(seed))
    page = page_of(report, vocabulary(BOOK))
    found = scan(page, said, quiet_in(page))
    for some in (found.drafts, found.skips):
        assert [one.start for one in some] == sorted(one.start for one in some)
    spans = sorted((one.start, one.end) for one in (*found.drafts, *found.skips))
    assert all(a < b for a, b in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    for start, _ in spans:
        assert any(sentence.start <= start < sentence.end for sentence in said), text[start:]


def of_figures(given_: tuple[str, int]) -> None:
    """Each digit has one owner, whatever sentences were given; outside them it is a skip."""
    one = read(*given_)
    found = figures.find(one.report, one.sections, one.sentences, BOOK)
    owners = [0] * len(one.report.text)
    for taken in (*found.figures, *found.skips):
        for at in range(taken.start, taken.end):
            owners[at] += 1
    for at, char in enumerate(one.report.text):
        assert owners[at] == 1 if char.isdigit() else owners[at] < 2, (at, one.report.text)
    for figure in found.figures:
        assert any(sentence.start <= figure.start < sentence.end for sentence in one.sentences)


def of_cues(given_: tuple[str, int]) -> None:
    """A cue names figures and skips that it was given, of its own sentence; other sentences change none of it."""
    one = read(*given_)
    found = cues.find(one.report, one.sentences, one.figures, one.skips, BOOK)
    for cue in found:
        assert cue.start < cue.end and cue.kind in KINDS | {""} | {c.kind for c in found} and cue.rule
        for _, index in cue.roles:
            named = one.figures[index] if index >= 0 else one.skips[-1 - index]
            assert any(s.start <= named.start < s.end and s.start <= cue.start < s.end for s in one.sentences), cue
    alone = [cue for s in one.sentences for cue in cues.find(one.report, (s,), one.figures, one.skips, BOOK)]
    assert alone == list(found)


def of_context(given_: tuple[str, int]) -> None:
    """A claim for each figure, in their order, with its figure as it was read."""
    one = read(*given_)
    claims = claims_of(one)
    assert [(c.figure.start, c.figure.number) for c in claims] == [(f.start, f.number) for f in one.figures]
    assert len({claim.claim_id for claim in claims}) == len(claims)
    for claim in claims:
        sentence = one.sentences[claim.sentence]
        assert claim.section == sentence.section and sentence.start <= claim.figure.start < sentence.end
        assert not any("\n" in said for said in (claim.subject, claim.period, claim.place)) and claim.scale > 0
    assert claims_of(one) == claims


def of_binding(given_: tuple[str, int]) -> None:
    """Relations are of known kinds, in order, once each; every operand is a claim that was given, or a place."""
    one = read(*given_)
    claims = {claim.claim_id: claim for claim in claims_of(one)}
    bound = binding.bind(one.report, one.sections, one.sentences, list(claims.values()), one.skips, one.cues, BOOK)
    keys = [(r.kind, tuple((o.role, o.ref) for o in r.operands)) for r in bound.relations]
    assert len(set(keys)) == len(keys) and {kind for kind, _ in keys} <= KINDS
    for relation in bound.relations:
        assert relation.rule and relation.confidence in ("high", "medium", "low") and len(relation.operands) > 0
        for operand in relation.operands:
            assert 0 <= operand.start < operand.end <= len(one.report.text)
            if operand.ref.startswith("@"):
                assert operand.ref == f"@{operand.start}-{operand.end}"
            else:
                figure = claims[operand.ref].figure
                assert (figure.start, figure.end) == (operand.start, operand.end)
    for left in bound.considered:
        assert left.reason and 0 <= left.start <= left.end <= len(one.report.text)
    judged = checks.judge(bound.relations, one.report, one.sections, BOOK, list(claims.values()))
    assert [check.relation for check in judged] == list(bound.relations)


def of_judging(given_: tuple[str, Relation]) -> None:
    """A verdict is what the arithmetic says; who is sure makes an error of it, who is not a warning."""
    text, made = given_
    report = Report("report", text, same_length_view(text), "")
    parts = sections.split(report, BOOK)
    (check,) = checks.judge([made], report, parts, BOOK)
    how = agreement(made, scales(BOOK))
    wanted = {"strict": "consistent", "open": "undecided", "coarse": "borderline", "none": "inconsistent"}
    assert check.verdict == wanted[how] and check.explanation and "\n" not in check.explanation
    assert (check.verdict == "inconsistent") or not check.suggestion
    found = checks.findings([check], report, (), strict=False)
    severity = {"high": "error"}.get(made.confidence, "warning")
    assert [one.severity for one in found] == ([severity] if how == "none" else [])
    assert checks.judge([made, made], report, parts, BOOK)[0].verdict == check.verdict
    assert bool(check.gap) <= (check.verdict == "inconsistent") or set(check.gap) <= set("-.0123456789")


WRITTEN = PROSE | invariants.TEXTS
THINNED = st.tuples(WRITTEN, st.integers(0, 99))
CASES: dict[str, tuple[st.SearchStrategy[Any], Callable[..., None]]] = {
    "sections": (WRITTEN, of_sections),
    "sentences": (WRITTEN, of_sentences),
    "the scan": (THINNED, of_scan),
    "figures": (THINNED, of_figures),
    "cues": (THINNED, of_cues),
    "context": (THINNED, of_context),
    "binding": (THINNED, of_binding),
    "judging": (RELATION, of_judging),
}
