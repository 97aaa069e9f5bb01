"""Totals whose parts stand about them: `made up of 896,300 and 77,900`, `the missing 8.3 million` → sum, repeat."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pipeline.binding.distant.leads import Lead
from pipeline.binding.names import keys, phrases
from pipeline.binding.scene import countable, same_measure
from pipeline.fraction import Fraction
from pipeline.model import Relation

_NEAR = Fraction(1, 3)
_OF_THE = re.compile(r" of (?P<what>(?:the|all|its|our|their) [a-z -]{3,60})")
_MADE = re.compile(r"\b(?:is|are|was|were|consists?|consisted|comprises?|comprised|divides?|divided)\b")


def _with_before(lead: Lead) -> Relation | None:
    """`It reached 19.6, against the 15.8 of 2018; with the 12.4 of 2017 the cumulative figure is 47.8.`"""
    part, total = lead.claim("part"), lead.claim("total")
    scene, claims = lead.scene, lead.scene.claims
    before = [
        n
        for n in range(scene.by_sentence[lead.sentence].start, part)
        if lead.is_level(n, bases=True) and same_measure(claims[n], claims[total])
    ]
    if not before or not same_measure(claims[part], claims[total]):
        return None
    made = sum((claims[n].figure.number.value for n in (*before, part)), Fraction(0))
    goal = claims[total].figure.number.value
    lead.in_full = abs(made - goal) <= goal * _NEAR
    return lead.relation("sum", ("total", total), *(("part", n) for n in (*before, part)))


def _yet_to(lead: Lead) -> Relation | None:
    """`3,786 villages are finished, or 42.9% of the villages on the list; another 5,039 have yet to be started.`"""
    percent, rest = lead.claim("percent"), lead.claim("part")
    scene, claims = lead.scene, lead.scene.claims
    done = percent - 1
    if done < scene.by_sentence[lead.sentence].start or not lead.is_level(done) or rest != percent + 1:
        return None
    of = _OF_THE.match(scene.after(percent))
    whole = next((one for one in map(lead.called, phrases(of["what"])) if one is not None), None) if of else None
    if whole is None or not countable(claims[whole], claims[done]) or whole in (done, rest):
        return None
    return lead.relation("sum", ("total", whole), ("part", done), ("part", rest))


def _other_rest(lead: Lead) -> Relation | None:
    """`Roads cost 7.36 million. The state paid 4.42 million, 60% of it, and towns the remaining 2.94 million.`"""
    rest = lead.claim("part")
    scene, claims = lead.scene, lead.scene.claims
    here = [n for n in lead.levels(lead.sentence, rest) if n < rest]
    if len(here) != 1 or scene.by_sentence[lead.sentence].start != here[0]:
        return None
    about = keys(lead.text(scene.sentences[lead.sentence].start, claims[rest].figure.start))
    named = [n for n in lead.levels(lead.sentence - 1, rest) if about & lead.names.of(n)]
    if len(named) != 1 or not same_measure(claims[here[0]], claims[named[0]]):
        return None
    return lead.relation("sum", ("total", named[0]), ("part", here[0]), ("part", rest))


def _made_up_of(lead: Lead) -> Relation | None:
    """`Of these 974,200 were active. The active were made up of 896,300 employed and 77,900 unemployed.`"""
    parts = lead.claims("part")
    claims = lead.scene.claims
    if not lead.opens:
        return None
    words = re.split(_MADE, lead.text(lead.cue.start, claims[parts[0]].figure.start))[0]
    total = lead.told_by(words, lead.sentence - 1, parts[0])
    if total is None:
        total = lead.named(words, unlike=parts)
    if total is None or any(not countable(claims[n], claims[total]) for n in parts):
        return None
    made = sum((claims[n].figure.number.value for n in parts), Fraction(0))
    goal = claims[total].figure.number.value
    lead.in_full = abs(made - goal) <= goal * _NEAR
    counted = [("part", n) for n in parts]
    return lead.relation("sum", ("total", total), *counted)


def _growth_parts(lead: Lead) -> Relation | None:
    """`Net sales were 286 million, up 10.0%. Organic growth was 7.2% and acquisitions added 2.8 percentage points.`"""
    parts = lead.claims("part")
    scene = lead.scene
    number = lead.sentence - 1
    if not lead.opens or scene.sentences[number].section != scene.sentences[lead.sentence].section:
        return None
    grown = [
        n
        for n in scene.by_sentence[number]
        if scene.claims[n].figure.kind == "percent" and "percent" in scene.roles(n, "growth")
    ]
    if len(grown) != 1:
        return None
    return lead.relation("sum", ("total", grown[0]), *(("part", n) for n in parts))


def _missing(lead: Lead) -> Relation | None:
    """`… leaving a gap of 8.3 million. … The board is asked for the missing 8.3 million`: the one gap that is told."""
    again = lead.claim("mention")
    claims = lead.scene.claims
    gaps = {n for n in lead.marked.get("gap", ()) if n < again and same_measure(claims[n], claims[again])}
    if len({claims[n].figure.number.value for n in gaps}) != 1 or claims[again].figure.modifier:
        return None
    lead.in_full = True
    return lead.relation("repeat", ("mention", min(gaps)), ("mention", again))


WAYS: Mapping[str, Callable[[Lead], Relation | None]] = {
    "with-before": _with_before,
    "other-rest": _other_rest,
    "yet-to": _yet_to,
    "missing": _missing,
    "made-up-of": _made_up_of,
    "growth-parts": _growth_parts,
}
