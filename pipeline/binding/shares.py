"""Shares: a percent or fraction that words call a part of something → share; percents that make one whole → shares.

The percent leads. The whole comes by its words or as an earlier figure of the part's measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.binding.charity import UNSAID, choose
from pipeline.binding.scene import Candidate, Outcome, Scene, operand, same_measure
from pipeline.formulas import agreement
from pipeline.model import Confidence, Considered, Cue, Relation, Scope
from pipeline.rulebook.scales import scales

_BREAK = re.compile(r"[;；]|\b(?:while|whereas)\b")
_YEARS_IN_TURN = re.compile(r"\b(?:19|20)\d\d\b[^.;]{0,40}\b(?:19|20)\d\d\b")
_OF_THE_WHOLE = re.compile(r"\W*of (?:the (?:total|whole|sum|amount|number)|it|them|this|these|all)\b")
_AMBIENT = "share.words-unknown"
# A closed list of shares that misses a hundred by more than this is no whole: `a further 8.7% … the remaining 2.6%`.
_NEAR_MISS = 8
_MAX_WORDS = 30
_BACK_SENTENCES = 2


def bind(scene: Scene) -> Outcome:
    """All shares of a report."""
    relations: list[Relation] = []
    considered: list[Considered] = []
    for claim in range(len(scene.claims)):
        figure = scene.claims[claim].figure
        if figure.kind not in ("percent", "factor") or figure.upper is not None:
            continue
        cue = scene.roles(claim, "share").get("percent")
        if "percent" in scene.roles(claim, "target"):
            continue
        if cue is None:
            if set(scene.roles(claim, "growth", "target", "annual", "real", "ratio")) & {"percent", "factor"}:
                continue
            cue = Cue(figure.start, figure.end, "share", (("percent", claim),), 0, "", "", False, _AMBIENT)
        candidates = list(_candidates(scene, claim, cue))
        relation = choose(candidates, scene.book)
        if relation is not None:
            relations.append(relation)
        else:
            considered.append(Considered("share", figure.start, figure.end, "no part and whole of one measure are named", cue.rule))
    for number in range(len(scene.sentences)):
        relations.extend(_wholes(scene, number))
    return relations, considered


def _free(scene: Scene, claim: int) -> bool:
    """Whether a figure may be a part or a whole: a plain amount that words do not call a change."""
    figure = scene.claims[claim].figure
    if figure.kind != "absolute" or figure.upper is not None:
        return False
    return not set(scene.roles(claim, "growth", "target")) & {"change", "target"}


def _candidates(scene: Scene, percent: int, cue: Cue) -> Iterator[Candidate]:
    for part, part_tier in _parts(scene, percent, cue):
        for whole, whole_tier, scope in _wholes_of(scene, percent, part, cue):
            tier = part_tier + whole_tier + (UNSAID if cue.rule == _AMBIENT else 0)
            confidence: Confidence = "high" if tier == 0 else "medium" if tier < UNSAID else "low"
            claims = {"part": part, "whole": whole, "percent": percent}
            operands = tuple(operand(role, scene.claims[c]) for role, c in claims.items())
            words = " ".join(scene.report.text[cue.start : cue.end].split())
            relation = Relation("share", operands, scope, confidence, cue.rule, f"“{words}”")
            yield Candidate(relation, tier, tuple(sorted(claims.values())))


def _parts(scene: Scene, percent: int, cue: Cue) -> Iterator[tuple[int, int]]:
    """The figures that may be the part: the one the cue names, else the nearest before, else the next one."""
    named = [ref for role, ref in cue.roles if role == "part" and ref >= 0]
    for claim in named:
        yield claim, 0
    rank = 1 if named else 0
    sentence = scene.by_sentence[scene.claims[percent].sentence]
    whole = {ref for role, ref in cue.roles if role == "whole"}
    for claim in range(percent - 1, sentence.start - 1, -1):
        if claim in named or claim in whole or not _free(scene, claim) or scene.words_between(claim, percent) > _MAX_WORDS:
            continue
        yield claim, rank
        rank += 1
        if rank > 2:
            break
    for claim in range(percent + 1, min(percent + 3, sentence.stop)):
        if claim not in named and claim not in whole and _free(scene, claim):
            yield claim, rank + 1
    if not named and rank == 0 and (number := scene.claims[percent].sentence) and scene.same_section(percent, percent - 1):
        for claim in reversed(scene.by_sentence[number - 1]):
            if _free(scene, claim):
                yield claim, rank + 2
                rank += 1


def _wholes_of(scene: Scene, percent: int, part: int, cue: Cue) -> Iterator[tuple[int, int, Scope]]:
    """The figures that may be the whole: the one the cue names, else larger ones of the same measure before."""
    named = [ref for role, ref in cue.roles if role == "whole" and ref >= 0]
    for claim in named:
        if claim != part and same_measure(scene.claims[claim], scene.claims[part]):
            yield claim, 0, "sentence"
    # A whole that no words name is taken only where it agrees, unless they say `of the total` or `of it`.
    rank = 1 if named or _OF_THE_WHOLE.search(_after(scene, percent)) else UNSAID
    number = scene.claims[percent].sentence
    value = abs(scene.claims[part].figure.number.value)
    first = max(0, number - _BACK_SENTENCES)
    seen = 0
    for claim in range(scene.by_sentence[number].stop - 1, scene.by_sentence[first].start - 1, -1):
        other = scene.claims[claim]
        if claim in (part, percent) or claim in named or not _free(scene, claim) or other.section != scene.claims[percent].section:
            continue
        if not same_measure(other, scene.claims[part]) or abs(other.figure.number.value) < value:
            continue
        back = number - other.sentence
        scope: Scope = "sentence" if back == 0 else "neighbour" if back == 1 else "section"
        yield claim, rank + min(seen, 2) + back, scope
        seen += 1
        if seen > 4:
            return


def _after(scene: Scene, claim: int) -> str:
    end = scene.claims[claim].figure.end
    return scene.report.view[end : end + 40].lower()


def _wholes(scene: Scene, number: int) -> Iterator[Relation]:
    """Percents of one sentence that words call the shares of one whole."""
    claims = [c for c in scene.by_sentence[number] if scene.claims[c].figure.kind == "percent" and _is_share(scene, c)]
    rest = [c for c in claims if any(cue.kind == "shares" and role == "part" and cue.mode == "rest" for role, cue in scene.cues_of.get(c, ()))]
    named = [c for c in claims if "percent" in scene.roles(c, "share", "shares") or "part" in scene.roles(c, "shares")]
    if len(claims) < 2 or not named or (len(claims) == 2 and not rest):
        return
    sentence = scene.sentences[number]
    if _YEARS_IN_TURN.search(scene.report.view[sentence.start : sentence.end]) and not rest:
        return
    if rest:
        claims = [c for c in claims if c <= rest[-1]]
    # `Of the 8% who …, 41%, 38%, 17% and the remaining 3%`: the first may be the whole, so ends of the list are tried too.
    lists = [claims[n:] for n in range(max(1, len(claims) - 1))]
    relations = [_one_whole(scene, some, bool(rest)) for some in lists]
    agreeing = next((r for r in relations if agreement(r, scales(scene.book)) in ("strict", "coarse", "open")), None)
    if agreeing is not None:
        yield agreeing
    elif rest and abs(sum(scene.claims[c].figure.number.value for c in claims) - 100) <= _NEAR_MISS:
        yield relations[0]


def _one_whole(scene: Scene, claims: list[int], closed: bool) -> Relation:
    operands = tuple(operand("part", scene.claims[c]) for c in claims)
    rule, confidence = ("shares.rest", "high") if closed else ("shares.list", "medium")
    return Relation("shares", operands, "sentence", confidence, rule, "the percentages are shares of one whole")  # type: ignore[arg-type]


def _is_share(scene: Scene, claim: int) -> bool:
    return not scene.roles(claim, "growth", "target", "annual") and not any(c.kind == "real" for _, c in scene.cues_of.get(claim, ()))
