"""Shares: a percent or fraction that words call a part of something → share; percents that make one whole → shares.

The percent leads. Part and whole come by its words, as the nearest figures of one measure, or, only where they agree,
from farther off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.binding.charity import choose, unbuilt
from pipeline.binding.ledger import Ledger
from pipeline.binding.scene import Candidate, Outcome, Scene, same_measure
from pipeline.binding.shares import (
    by_name,
    in_turn,
    itemized_shares,
    limits,
    of_another,
    of_those_before,
    rest_after,
    shares_told,
    slipped_shares,
    told_alone,
    wholes,
)
from pipeline.binding.shares.candidates import candidate, candidates_of
from pipeline.formulas import agreement
from pipeline.model import Considered, Cue, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_AGAINST = lazy(r"\s*+(?:(?:,\s*+)?(?:against|versus|compared (?:with|to)|from|up from|down from|after)\s+)(?:the\s+)?")
_AMBIENT = slipped_shares.AMBIENT
_SIGNS = ("+", "-", "−", "–")
_ON = lazy(r"[,;)]|\band\b")


def bind(scene: Scene) -> Outcome:
    """All shares of a report, with the limits of what is a share of something unsaid."""
    relations: list[Relation] = []
    considered: list[Considered] = []
    ledger = scene.once(Ledger)
    before: Relation | None = None
    for claim in range(len(scene.claims)):
        cue = _leading(scene, claim)
        if cue is None:
            continue
        candidates = list(candidates_of(scene, ledger, claim, cue))
        if before is not None:
            candidates = _going_on(scene, claim, cue, candidates, before)
        relation = choose(candidates, scene.book)
        if relation is not None and (
            not _is_said(scene, relation, cue) or of_another.is_of_another(scene, ledger, claim, cue, relation)
        ):
            relation = None
        if relation is None or (relation.confidence != "high" and agreement(relation, scales(scene.book)) == "none"):
            slipped = slipped_shares.meant(scene, ledger, claim, cue, candidates)
            if slipped is not None and of_another.is_of_another(scene, ledger, claim, cue, slipped):
                slipped = None
            relation = slipped or relation
        if relation is None:
            relation = limits.of_share(scene, claim, cue)
        again = before is not None and relation is not None and _company(relation) == _company(before)
        if again and _share_cue(scene, claim) is None:
            relation = None  # `the rate works out to 25.1%, against 25.6% a year before`
        before = relation if relation is not None and relation.kind == "share" else None
        if relation is not None:
            relations.append(relation)
        else:
            figure = scene.claims[claim].figure
            considered.append(
                Considered("share", figure.start, figure.end, "no part and whole of one measure are named", cue.rule)
            )
            considered.extend(unbuilt(candidates, scene.report.text))
    relations = _without_taken_parts(scene, relations)
    relations.extend(limits.bind(scene))
    relations.extend(in_turn.bind(scene, ledger))
    relations.extend(wholes.bind(scene))
    relations.extend(itemized_shares.bind(scene))
    relations.extend(rest_after.bind(scene))
    relations.extend(by_name.bind(scene, relations))
    relations.extend(told_alone.bind(scene, relations))
    held = frozenset(o.ref for r in relations if r.kind == "share" for o in r.operands if o.role == "percent")
    relations.extend(of_those_before.bind(scene, held))
    return relations, considered


def _going_on(
    scene: Scene, percent: int, cue: Cue, candidates: Sequence[Candidate], before: Relation
) -> list[Candidate]:
    """The candidates of a percent behind another: `26 million, or 17% of the total of 158 million, and 11, or 7%` is
    said of the same whole, and never of the part that has a percent of its own."""
    part = next((ref for role, ref in cue.roles if role == "part" and ref >= 0), None)
    whole = next((o for o in before.operands if o.role == "whole"), None)
    if part is None or whole is None or agreement(before, scales(scene.book)) == "none":
        return list(candidates)
    kept = [
        c for c in candidates if not {o.ref for o in before.operands if o.role == "part"} & _refs(c.relation, "part")
    ]
    number = scene.claims[percent].sentence
    near = range(scene.by_sentence[max(0, number - 1)].start, part)
    shared = next((c for c in near if scene.claims[c].claim_id == whole.ref), None)
    first = scene.claims[part].figure
    if (
        shared is None
        or any(role == "whole" for role, _ in cue.roles)
        or not same_measure(scene.claims[shared], scene.claims[part])
        or first.number.value >= scene.claims[shared].figure.number.value
        or any(shares_told.NAMES_A_WHOLE.match(scene.after(claim)) for claim in (part, percent))
        or not _ON.search(scene.between(part - 1, part))
    ):
        return kept
    return [candidate(scene, (part,), shared, percent, cue, 0), *kept]


def _refs(relation: Relation, role: str) -> set[str]:
    return {o.ref for o in relation.operands if o.role == role}


def _without_taken_parts(scene: Scene, relations: list[Relation]) -> list[Relation]:
    """Without those that do not agree and borrow the part and the whole of one that does: `84 of the 350 seats (24%),
    and 28% of the councillors`."""
    sizes = scales(scene.book)
    agree = [r.kind == "share" and agreement(r, sizes) != "none" for r in relations]
    taken = {_company(r) for r, fine in zip(relations, agree, strict=True) if fine and not _is_loose(r)}
    return [
        r for r, fine in zip(relations, agree, strict=True) if fine or r.kind != "share" or _company(r) not in taken
    ]


def _is_loose(relation: Relation) -> bool:
    """Whether a share is told in loose words: `nearly three in ten (1,134 of 3,938, or 28.8%)` is told again."""
    return any(o.role == "percent" and o.figure is not None and o.figure.kind == "factor" for o in relation.operands)


def _company(relation: Relation) -> frozenset[tuple[str, str]]:
    return frozenset((o.role, o.ref) for o in relation.operands if o.role != "percent")


def _is_said(scene: Scene, relation: Relation, cue: Cue) -> bool:
    """Whether a share may be shown: it agrees, or words call the percent a share and its part no change."""
    if agreement(relation, scales(scene.book)) != "none":
        return True
    changes = {
        scene.claims[ref].claim_id for _, ref in cue.roles if ref >= 0 and "change" in scene.roles(ref, "growth")
    }
    return cue.rule != _AMBIENT and not any(o.ref in changes for o in relation.operands)


def _leading(scene: Scene, claim: int) -> Cue | None:
    """The words that call a percent a share; unknown words where they call it nothing else."""
    figure = scene.claims[claim].figure
    if scene.report.view.startswith(_SIGNS, figure.start):
        return None  # `98.7 million after 92.2 million (+7.0 percent)`
    if (
        figure.kind not in ("percent", "factor")
        or figure.upper is not None
        or ("percent" in scene.roles(claim, "target") and not _is_named_in_full(scene, claim))
    ):
        return None
    cue = _share_cue(scene, claim) or _inherited(scene, claim)
    if cue is not None:
        return cue
    if set(scene.roles(claim, "growth", "target", "annual", "real", "ratio")) & {"percent", "factor"}:
        return None
    return Cue(figure.start, figure.end, "share", (("percent", claim),), 0, "", "", False, _AMBIENT)


def _is_named_in_full(scene: Scene, percent: int) -> bool:
    """`With 5,212 of 8,150 plots surveyed, completion was 64%`: one phrase names part, whole and percent."""
    return any(role == "percent" and cue.kind == "share" and cue.frame for role, cue in scene.cues_of[percent])


def _share_cue(scene: Scene, claim: int) -> Cue | None:
    """Of the words that call a percent a share, those that name most of its company, with whom others name beside."""
    cues = [cue for role, cue in scene.cues_of.get(claim, ()) if cue.kind == "share" and role == "percent"]
    # What one phrase names is taken whole, or not at all.
    cues = [replace(cue, roles=(("percent", claim),)) if cue.frame else cue for cue in cues]
    best = max(cues, key=lambda cue: len(cue.roles), default=None)
    for cue in cues:
        # `3.2 million hectares, or 46% of` and `46% of the total area of 6.4 million hectares`
        if best is not None and cue.start < best.end and best.start < cue.end:
            told = {role for role, _ in best.roles}
            best = replace(best, roles=(*best.roles, *((role, ref) for role, ref in cue.roles if role not in told)))
    return best


def _inherited(scene: Scene, claim: int) -> Cue | None:
    """The cue of the percent before, where this one is only set against it: `margin reached 14.1% versus 12.9%`."""
    if (
        claim == 0
        or scene.claims[claim - 1].figure.kind != "percent"
        or not _AGAINST.fullmatch(scene.between(claim - 1, claim))
    ):
        return None
    before = _share_cue(scene, claim - 1)
    return replace(before, roles=(("percent", claim),)) if before is not None else None
