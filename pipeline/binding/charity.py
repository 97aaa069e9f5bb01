"""Of several bindings that the words allow → the one to judge: the best-licensed that agrees, else the best-licensed.

It chooses, it names no verdict: that is for `checks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.binding.plausible import plausible
from pipeline.binding.scene import Candidate
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Considered, Operand, Relation
from pipeline.rulebook import Rulebook
from pipeline.rulebook.scales import scales
from pipeline.slips import chance, explained

# So many of the bindings that were not built are told of.
_SHOWN = 3
# How well the figures of a candidate agree, best first.
_ORDER = {"strict": 0, "open": 1, "coarse": 2, "none": 3}
# From this tier on words allow a binding but do not say it: it counts where it agrees and is never flagged.
UNSAID = 3
# Kinds whose company is settled by nouns and units, not by words of change.
_STRUCTURAL = frozenset(("product",))
_FEW, _THREE = 6, 3
# How likely it may be that a slip explains figures by chance, for bindings that words license well, less well, loosely;
# and for those that they only allow.
_TRUST = (Fraction(3, 2), Fraction(1, 2), Fraction(1, 4))
_COINCIDENCE = Fraction(1, 8)
# Roles whose figure must be printed to two digits or more if agreement is to say something.
_TELLING = frozenset(("percent", "factor", "change", "total", "rate"))


def choose(candidates: Sequence[Candidate], book: Rulebook) -> Relation | None:
    """The relation to judge, or None when nothing well enough licensed remains."""
    if not candidates:
        return None
    leading = min(candidates, key=lambda c: c.tier)
    # What words say outright is not explained away by what they only allow.
    reach = UNSAID if leading.tier == 0 else UNSAID * 4
    allowed = [c for c in candidates if c.tier < reach and _may(c, leading)]
    # Of equals the one that more figures take part in: what agrees is judged jointly.
    graded = [(agreement(c.relation, scales(book)), c) for c in allowed]
    best = min(graded, key=lambda g: (_ORDER[g[0]], g[1].tier, -len(g[1].relation.operands)), default=None)
    if best is not None and best[0] != "none":
        # What words name in one phrase is meant, whatever else happens to agree.
        named = not best[1].outright and any(c.outright for c in candidates)
        if not named and (best[1].tier < UNSAID or (best[0] == "strict" and _says(best[1].relation, book))):
            # A list that makes its total goes no further.
            fuller = [] if best[1].relation.kind == "sum" else _fuller(candidates, best[1])
            return _slipped(fuller, book) or best[1].relation
        meant = _slipped(candidates if named else _fuller(candidates, best[1]), book)
        if meant is not None:
            return meant
    else:
        meant = _slipped(candidates, book)
        if meant is not None:
            return meant
    if not allowed or leading.tier >= UNSAID:
        return None
    return _flagged(candidates, leading, book)


def unbuilt(candidates: Sequence[Candidate], text: str) -> Iterator[Considered]:
    """Of bindings of which none was built the best-licensed few, each with its figures and what spoke against it."""
    for candidate in sorted(candidates, key=lambda c: (c.by_words, -len(c.relation.operands)))[:_SHOWN]:
        relation = candidate.relation
        figures = "; ".join(f"{o.role} = {' '.join(text[o.start : o.end].split())}" for o in relation.operands)
        allowed = candidate.by_words >= UNSAID
        why = "words allow it, and do not say it" if allowed else "words leave it open, and it does not agree"
        start = min(o.start for o in relation.operands)
        yield Considered(
            relation.kind, start, max(o.end for o in relation.operands), f"{figures}: {why}", relation.rule
        )


def _may(candidate: Candidate, leading: Candidate) -> bool:
    """Whether a candidate is worth judging: as well licensed as any, or with numbers that can agree."""
    if candidate.tier == leading.tier < UNSAID:
        return True
    return plausible(candidate.relation.kind, candidate.relation.operands, bounds=candidate.tier < UNSAID)


def _fuller(candidates: Sequence[Candidate], chosen: Candidate) -> list[Candidate]:
    """The bindings, as well licensed as the one that agrees, of its figures and more that the words name."""
    held = {(o.role, o.ref) for o in chosen.relation.operands}
    return [c for c in candidates if c.by_words < UNSAID and held < {(o.role, o.ref) for o in c.relation.operands}]


def _slipped(candidates: Sequence[Candidate], book: Rulebook) -> Relation | None:
    """The binding that one slip of the pen makes agree; the better words license it, the more may be left to chance."""
    sizes = scales(book)
    found: list[tuple[Fraction, Candidate]] = []
    ranked = sorted(candidates, key=lambda c: (not c.outright, c.by_words, -len(c.relation.operands)))
    for candidate in ranked[:_FEW]:
        if agreement(candidate.relation, sizes) != "none":
            continue
        if candidate.outright:
            found.append((Fraction(0), candidate))
            continue
        if (
            candidate.by_words >= 2 * UNSAID
            or candidate.relation.kind in _STRUCTURAL
            or (candidate.relation.kind == "share" and candidate.by_words >= UNSAID)  # for `slipped_shares`
        ):
            continue
        odds = chance(candidate.relation, sizes)
        unsaid = candidate.by_words >= UNSAID
        trust = _COINCIDENCE / len(candidates) if unsaid else _TRUST[candidate.by_words]
        if odds is not None and odds <= trust:
            found.append((odds / trust, candidate))
    if not found:
        return None
    # What is told in full is judged in full.
    meant = min(found, key=lambda f: (-len(f[1].relation.operands), f[0]))[1].relation
    slip = "" if found[0][0] == 0 else "; one slip of the pen would explain it"
    return replace(meant, confidence="high", reason=meant.reason + slip)


def _flagged(candidates: Sequence[Candidate], leading: Candidate, book: Rulebook) -> Relation:
    """Of bindings that do not agree, the one to show: where a slip of the pen explains one, that one is meant."""
    relation = leading.relation
    if relation.kind in _STRUCTURAL:
        likely = sorted((c for c in candidates if c.tier <= 2), key=lambda c: c.tier)[:_FEW]
        meant = next((c for c in likely if explained(c.relation, scales(book), ("transposed", "scale"))), None)
        if meant is not None:
            reason = meant.relation.reason + "; a slip of the pen would explain it"
            return replace(meant.relation, confidence="high", reason=reason)
    if relation.confidence != "high" and _told_by_the_others(relation, book):
        return replace(relation, confidence="high", reason=f"{relation.reason}; its other three figures agree")
    rivals = [c for c in candidates if c.tier == leading.tier and c.claims != leading.claims]
    if rivals and relation.confidence == "high":
        # Two bindings are as good as each other and neither agrees: which one is meant is a guess.
        return replace(relation, confidence="medium", reason=relation.reason + "; another binding is as likely")
    return relation


def _told_by_the_others(relation: Relation, book: Rulebook) -> bool:
    """Whether level, base and change agree as printed, and only the percent beside them does not."""
    others = tuple(o for o in relation.operands if o.role != "percent")
    if len(others) != _THREE or len(others) == len(relation.operands) or relation.kind not in ("growth", "target"):
        return False
    rest = replace(relation, operands=others)
    return not _coarse(rest) and agreement(rest, scales(book)) == "strict"


def _says(relation: Relation, book: Rulebook) -> bool:
    """Whether agreement says something: the figures are fine, or agree as they are printed (2 million × 1,190)."""
    coarse = _coarse(relation)
    if not coarse:
        return True
    total = next((o for o in relation.operands if o.role == "total" and o not in coarse), None)
    if relation.kind != "product" or total is None:
        return False
    return agreement(_as_printed(relation, coarse), scales(book)) == "strict"


def _as_printed(relation: Relation, coarse: Sequence[Operand]) -> Relation:
    """The relation with its coarse figures taken for exact."""
    operands = tuple(_exact(o) if o in coarse else o for o in relation.operands)
    return replace(relation, operands=operands)


def _exact(operand: Operand) -> Operand:
    figure = operand.figure
    assert figure is not None
    number = replace(figure.number, step=Fraction(0), coarse=Fraction(0))
    return replace(operand, figure=replace(figure, number=number))


def _coarse(relation: Relation) -> list[Operand]:
    """The figures of telling roles that are printed to one digit: such a one agrees with too much by chance."""
    found = []
    for operand in relation.operands:
        number = operand.figure.number if operand.figure else None
        if (
            operand.role not in _TELLING
            or number is None
            or not number.value
            or (operand.figure and operand.figure.discrete)
        ):
            continue
        if number.step * 10 > abs(number.value):
            found.append(operand)
    return found
