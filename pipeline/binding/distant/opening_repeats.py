"""A figure that a report opens with, and the one amount that its body calls so, with a slip between them → repeat.

`38,300 persons were unemployed`, and below `38.8 thousand unemployed` with the figures that make them. The body's must
agree with others, the opening's with none: the one that stands alone is in doubt, whatever its digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.binding.names import Names, Phrase, named, phrases
from pipeline.binding.repeats.contrast import Contrast
from pipeline.binding.repeats.sameness import as_rounded, is_narrowed, mentionable, repeat, significant
from pipeline.binding.scene import Scene
from pipeline.binding.slipped import one_slip_away
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_OF = lazy(r"\s+of\s+")
_YEAR = lazy(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_WERE = lazy(r"\s+(?:were|was|are|is)\s+([a-z]{4,})\b")
# So many sentences open a report, if it has as many times more.
_OPENING, _TIMES, _APART = 12, 3, 3
_FEWEST_DIGITS = 3
_TELLING = Fraction(1, 2)
# So many words more than the phrase the name of an amount may have.
_MOST_EXTRA = 2
# Kinds in which a figure agrees with little.
_WEAK = frozenset(("repeat", "limit", "range", "direction", "subset"))


def bind(scene: Scene, names: Names, bound: Sequence[Relation]) -> Iterator[Relation]:
    """The repeats of a report's opening that a slip keeps from agreeing."""
    last = min(_OPENING, len(scene.sentences) // _TIMES)
    contrast, company = scene.once(Contrast), None
    for n in (n for number in range(last) for n in scene.by_sentence[number]):
        if not _may_open(scene, n) or not any(
            _is_named_behind(scene, names, n, phrase) for phrase in _phrases(scene, n)
        ):
            continue
        company = company or _Company.of(scene, bound)
        if scene.claims[n].claim_id not in company.agreed:
            relation = _repeated(scene, names, contrast, n, company)
            if relation is not None:
                yield relation


def _is_named_behind(scene: Scene, names: Names, n: int, phrase: Phrase) -> bool:
    """Whether a phrase names any amount of the measure of a figure behind it."""
    unit = scene.claims[n].figure.unit
    return bool(names.find(phrase, n, lambda m: m > n and scene.claims[m].figure.unit == unit, fuller=True))


@dataclass(frozen=True, slots=True)
class _Company:
    """The refs of figures that agree with others, of those that others work out, and of the totals of parts."""

    agreed: frozenset[str]
    worked_out: frozenset[str]
    totals: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, scene: Scene, bound: Sequence[Relation]) -> _Company:
        """What the relations that agree say of their figures."""
        sizes = scales(scene.book)
        fine = [(r, how) for r in bound if (how := agreement(r, sizes)) in ("strict", "coarse")]
        told = [r for r, how in fine if how == "strict" and r.kind not in _WEAK]
        totals: dict[str, set[str]] = {}
        for relation in told:
            wholes = {o.ref for o in relation.operands if o.role in ("total", "whole")}
            for one in relation.operands:
                if one.ref not in wholes:
                    totals.setdefault(one.ref, set()).update(wholes)
        return cls(
            frozenset(o.ref for r, _ in fine for o in r.operands),
            frozenset(o.ref for r in told for o in r.operands),
            {ref: frozenset(found) for ref, found in totals.items()},
        )


def _may_open(scene: Scene, n: int) -> bool:
    figure = scene.claims[n].figure
    plain = figure.kind == "absolute" and figure.dimension != "time" and not figure.modifier and not figure.per
    fine = figure.number.manner == "digits" and len(significant(figure.number)) >= _FEWEST_DIGITS
    compared = {"prior", "target"} & set(scene.roles(n, "growth", "target"))
    return plain and fine and mentionable(scene, n) and not compared


def _repeated(scene: Scene, names: Names, contrast: Contrast, n: int, company: _Company) -> Relation | None:
    for phrase in _phrases(scene, n):
        found = _sole(scene, names, contrast, n, phrase, company)
        if found is None:
            continue
        if scene.claims[found].claim_id not in company.worked_out or contrast.differ(n, found):
            return None
        why = "the body of the report calls one amount so, and other figures agree with it"
        relation = repeat(scene, (n, found), "high", "repeat.opening-and-body", why)
        sizes = scales(scene.book)
        if (
            agreement(relation, sizes) != "none"
            or is_narrowed(scene, n, found)
            or _is_of_an_earlier_year(scene, n, found)
        ):
            return None
        return relation if one_slip_away(as_rounded(relation), sizes, least=_TELLING) else None
    return None


def _sole(scene: Scene, names: Names, contrast: Contrast, n: int, phrase: Phrase, company: _Company) -> int | None:
    """The one amount of the body that a phrase names; parts of it that are called so too are none."""
    figure = scene.claims[n].figure

    def fits(m: int) -> bool:
        other = scene.claims[m].figure
        far = m > n and (scene.claims[m].sentence >= _APART + scene.claims[n].sentence or not scene.same_section(m, n))
        alike = other.unit == figure.unit and other.kind == figure.kind and not other.per and not other.modifier
        return far and alike and mentionable(scene, m) and "prior" not in scene.roles(m, "growth")

    found = [one for one in names.find(phrase, n, fits, fuller=True) if not contrast.apart(n, one.claim)]
    refs = {scene.claims[one.claim].claim_id for one in found}
    found = [one for one in found if not refs & company.totals.get(scene.claims[one.claim].claim_id, frozenset())]
    best = min(found, key=lambda one: one.extra, default=None)
    if best is None or best.extra > _MOST_EXTRA:
        return None
    value = scene.claims[best.claim].figure.number.value
    rivals = [o for o in found if o.extra <= best.extra + 1 and scene.claims[o.claim].figure.number.value != value]
    return None if rivals else best.claim


def _is_of_an_earlier_year(scene: Scene, n: int, found: int) -> bool:
    """Whether the opening names a year that is not the report's last, and the body does not name it."""
    span = scene.sentences[scene.claims[n].sentence]
    years: set[str] = set(_YEAR.findall(scene.report.view, span.start, span.end))
    if not years or years & set(_YEAR.findall(scene.claims[found].period)):
        return False
    last: str = max(_YEAR.findall(scene.report.view))
    return max(years) < last


def _phrases(scene: Scene, n: int) -> Iterator[Phrase]:
    """What a figure of the opening is called: `tonnes of grain`, `persons were unemployed`, `output was …`."""
    claim = scene.claims[n]
    after = scene.after(n)
    of = _OF.match(after)
    if of is not None:
        yield from phrases(after[of.end() :])
    were = _WERE.match(after)
    if were is not None:
        yield named(were[1])
    if claim.subject:
        found = named(claim.subject)
        if found.keys:
            yield found
