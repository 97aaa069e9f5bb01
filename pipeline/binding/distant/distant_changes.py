"""A change told of one level, `fell by 12.8% from 112,700`, the other named far off → growth, points.

The words that a change is said of lead to the level or the prior that its own sentence leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.binding.names import Names, Phrase, keys, named, sole, subjects
from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.binding.slipped import one_slip_away
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Considered, Cue, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_SHARE_OF = lazy(r"^\W*+(?:the|a|an|its|their)?\s*+(?:share|proportion|percentage|rate|level|number|part) of\b")
_IN_YEAR = lazy(r"^\W*(?:in|for|during) (?:the year )?(?:19|20)\d\d(?:[/–-]\d+)?\W+")
_THAN_THEN = lazy(
    r"[^.;]{0,30}?\bthan (?:in|that of|that in|those of|benefited in|for) the "
    r"(?:(?:reporting|previous|past|last|current|base) )?(?:year|period|season)\b"
)
_SO = lazy(r"[,;–] (?:and )?(?:so|thus|therefore|hence|which means|which gives|meaning|making|giving)\b")
_ENOUGH, _FEWEST_WORDS, _SIZE = 4, 2, 3
_TELLING = Fraction(1, 8)


def bind(scene: Scene, names: Names, held: frozenset[str]) -> Iterator[Relation | Considered]:
    """The growths whose level or prior a phrase names. `held` are the refs of changes that are bound already."""
    for n, claim in enumerate(scene.claims):
        if claim.claim_id in held:
            continue
        cue = next((c for r, c in scene.cues_of.get(n, ()) if c.kind == "growth" and r in ("percent", "change")), None)
        if (
            cue is None
            or not cue.direction
            or claim.figure.number.manner != "digits"
            or claim.figure.upper is not None
            or claim.figure.modifier
        ):
            continue
        found = _bound(scene, names, n, cue)
        if found is not None:
            yield found


def _bound(scene: Scene, names: Names, n: int, cue: Cue) -> Relation | Considered | None:
    """The growth that agrees, best named first; else the one that words name outright and a slip explains."""
    near = _stated(scene, n)
    if near is None:
        return None
    role, stated = near
    figure, sizes = scene.claims[n].figure, scales(scene.book)
    for phrase in _phrases(scene, n, stated):
        if figure.kind == "points" and len(phrase.keys) < _FEWEST_WORDS:
            continue
        found = names.find(phrase, n, lambda m: _fits(scene, n, role, stated, m))
        if not found:
            continue
        best = sole(scene, found)
        just_before = [f.claim for f in found if scene.claims[f.claim].sentence == scene.claims[n].sentence - 1]
        for one in found[:_ENOUGH]:
            pair = {role: stated, "prior" if role == "level" else "level": one.claim}
            kind = "points" if figure.kind == "points" else "growth"
            lead = "percent" if figure.kind == "percent" else "change"
            operands = (
                operand("level", scene.claims[pair["level"]]),
                operand("prior", scene.claims[pair["prior"]]),
                operand(lead, scene.claims[n]),
            )
            drawn = role == "prior" and just_before == [one.claim] and _is_drawn(scene, n, stated, one.claim, phrase)
            certain = one.claim == best or drawn
            scope = scene.scope_of(n, *pair.values())
            reason = "what a change is said of names the level far off"
            confidence = "high" if certain else "medium"
            relation = Relation(kind, operands, scope, confidence, cue.rule, reason, cue.direction)  # type: ignore[arg-type]
            agreed = agreement(relation, sizes)
            slipped = certain and agreed == "none" and (drawn or one_slip_away(relation, sizes, least=_TELLING))
            if agreed == "strict" or slipped:
                return relation
        return Considered("growth", figure.start, figure.end, "what is named far off does not agree", cue.rule)
    return None


def _is_drawn(scene: Scene, n: int, prior: int, level: int, phrase: Phrase) -> bool:
    """`… of which 31.4 billion was released. Releases in 2018 had been 26.2 billion, so there was an increase of 20%`:
    a sentence of a prior and the percent drawn from it, right behind the one figure that its subject names."""
    here, there = scene.claims[n], scene.claims[level]
    if here.figure.kind != "percent" or list(scene.by_sentence[here.sentence]) != [prior, n]:
        return False
    if there.section != here.section:
        return False
    start = scene.sentences[here.sentence].start
    lead = scene.report.view[start : scene.claims[prior].figure.start].lower()
    if not keys(lead) <= phrase.keys:
        return False  # `inspections of mills` are not all of them
    first, second = (scene.claims[m].figure.number.value for m in (level, prior))
    cue = next(c for r, c in scene.cues_of[n] if c.kind == "growth" and r == "percent")
    told = abs(first - second) / second * 100
    said = here.figure.number.value
    of_one_size = said <= told * _SIZE and told <= said * _SIZE
    return of_one_size and (first > second) == (cue.direction > 0) and _SO.search(scene.between(prior, n)) is not None


def _stated(scene: Scene, n: int) -> tuple[str, int] | None:
    """The one level of a change's sentence, and whether it is the level or what it was before."""
    figure = scene.claims[n].figure
    kinds = ("percent",) if figure.kind == "points" else ("absolute",)
    told = []
    for m in scene.by_sentence[scene.claims[n].sentence]:
        other = scene.claims[m].figure
        if m == n or other.kind not in kinds or other.upper is not None or other.modifier:
            continue
        roles = set(scene.roles(m, "growth"))
        if roles & {"change", "percent"} or abs(m - n) > 1:
            continue
        if "prior" in roles and m < n and not _was_before(scene, m):
            continue  # what another change is set against
        told.append(("prior" if "prior" in roles or _was_before(scene, m) else "level", m))
    before = [one for one in told if one[1] < n]
    told = before if len(before) == 1 else told
    return told[0] if len(told) == 1 else None


def _was_before(scene: Scene, m: int) -> bool:
    start = scene.claims[m].figure.start
    return (
        re.search(r"\bhad (?:been|fed|had)\b|\bfrom\s+$", scene.report.view[max(0, start - 60) : start].lower())
        is not None
    )


def _phrases(scene: Scene, n: int, stated: int) -> Iterator[Phrase]:
    """What a change is said of: the words before its clause's verb, then those that name the stated level."""
    sentence = scene.sentences[scene.claims[n].sentence]
    lead = scene.report.view[sentence.start : scene.claims[n].figure.start].lower()
    yield from subjects(_SHARE_OF.sub("", _IN_YEAR.sub("", lead)))
    figure = scene.claims[stated].figure
    noun = scene.report.view[figure.number_end : figure.end]
    if figure.dimension == "count" and noun.strip():
        yield named(noun)


def _fits(scene: Scene, n: int, role: str, stated: int, m: int) -> bool:
    """Whether a figure may be the other level: of one unit, and of another time where it is the earlier one."""
    first, other = scene.claims[stated], scene.claims[m]
    a, b = first.figure, other.figure
    bare = not a.unit or not b.unit
    if (not bare and a.unit != b.unit) or a.per != b.per or not same_measure(first, other):
        return False
    if b.number.manner != "digits" or (bare and {a.dimension, b.dimension} - {"count", ""}):
        return False
    low, high = sorted((abs(a.number.value), abs(b.number.value)))
    # `2.42 million` in the highlights is `2,418,600` below.
    again = abs(a.number.value - b.number.value) <= max(a.number.step, b.number.step) / 2
    if again or b.modifier or high > _SIZE * low:
        return False
    if role == "prior":
        return "prior" not in scene.roles(m, "growth") and (not first.period or other.period != first.period)
    if not other.period and first.period:
        # `20% more than in the year under review`
        return _THAN_THEN.match(scene.after(n)) is not None
    return bool(other.period) and other.period != first.period
