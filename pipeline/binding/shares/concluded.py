"""A percent that names one part of what was shared out before it → share of all of that, agreeing or not.

`Non-residents accounted for 11.37 million of the 19.08 million nights and residents for 7.71 million. The share of
residents was thus 40.4%`: the parts make the total as printed, so that they are all of it, and the words about the
percent name one of them and none of the others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.binding.listed import collective
from pipeline.binding.scene import Scene, operand
from pipeline.binding.words import stem, stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.rulebook.scales import scales

_JOINT = re.compile(r"[,;:.()–—]|\b(?:and|while|whereas|but|against|compared|versus)\b")
# What tells that a percent is a share, before or behind it.
_SHARES = re.compile(
    r"\b(?:share|proportion|percentage|part|accounted|accounts|accounting|made up|makes? up|making up|contribut\w+"
    r"|represent\w*|constitut\w+|compris\w+|form\w*|took|takes?|provid\w+|suppl\w+|in other words|that is)\b"
)
_OF_WHAT = re.compile(
    r"\s*of (?:the |all |our |its |their |these |those |all our |all the )*(?P<what>[a-z]+(?: [a-z]+){0,3})"
)
# The employment rate is no share of the labour force.
_RATE = re.compile(r"\b(?:rates?|ratio|margin|yield)\b")
_OF_THE_ONE_BEFORE = re.compile(r"[^.;:]{0,12}(?:,|\(|\bor\b)[^.;:,]{0,25}")
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d\b")
_SAID = frozenset(
    stem(word)
    for word in "accounted made contributed represented constituted comprised formed took provided supplied amounted "
    "came stood totalled reached numbered share proportion percentage part rate other words whole total thus hence "
    "therefore gross overall respectively make take account represent contribute coming being".split()
)
_COMPARED = {"percent", "change", "prior"}
# The percent stands in the sentence of the last part or one of the next two, the total no further before it.
_REACH, _AROUND = 2, 70
_HUNDRED, _WILD = 100, Fraction(2)


def bind(scene: Scene, bound: Sequence[Relation]) -> Iterator[Relation]:
    """All such shares; none where a percent has a share that agrees or that words tell."""
    held = {
        o.ref
        for r in bound
        if r.kind in ("share", "growth", "target", "points", "annual", "shares")
        and (r.confidence == "high" or (agreement(r, scales(scene.book)) == "strict" and r.kind != "share"))
        for o in r.operands
        if o.role == "percent" or r.kind in ("shares", "points")
    }
    numbers = {claim.claim_id: n for n, claim in enumerate(scene.claims)}
    found: dict[int, list[Relation]] = defaultdict(list)
    for relation in sorted(bound, key=lambda r: -max(o.start for o in r.operands)):
        roles = [o.role for o in relation.operands]
        if (
            relation.kind != "sum"
            or set(roles) != {"total", "part"}
            or agreement(relation, scales(scene.book)) != "strict"
        ):
            continue
        places = [numbers.get(o.ref, -1) for o in relation.operands]
        total = places[roles.index("total")]
        parts = [n for n, role in zip(places, roles, strict=True) if role == "part"]
        if min(places) < 0 or len(parts) < _REACH or roles.count("total") != 1:
            continue
        for percent in _percents(scene, places):
            if scene.claims[percent].claim_id not in held:
                part = _named(scene, percent, parts, total)
                if part is not None:
                    found[percent].append(_share(scene, part, total, percent))
    for told in found.values():
        # Of two that are shared out, capacity and what it made, the one that agrees is meant, or the nearer one.
        yield next((one for one in told if agreement(one, scales(scene.book)) != "none"), told[0])


def _percents(scene: Scene, places: Sequence[int]) -> Iterator[int]:
    """The percents behind figures, near them and in their section, that no words make a change."""
    last = max(places)
    end = min(len(scene.sentences), scene.claims[last].sentence + _REACH + 1)
    for claim in range(last + 1, scene.by_sentence[end - 1].stop):
        figure = scene.claims[claim].figure
        if (
            figure.unit == "%"
            and figure.kind == "percent"
            and figure.upper is None
            and figure.modifier in ("", "~")
            and scene.same_section(claim, last)
            and not set(scene.roles(claim, "growth", "target", "annual")) & _COMPARED
        ):
            yield claim


def _named(scene: Scene, percent: int, parts: Sequence[int], total: int) -> int | None:
    """The one part that the words about a percent name, where they are words of a share of this total."""
    before, behind = _about(scene, percent)
    if (
        _SHARES.search(f"{before} {behind}") is None
        or _RATE.search(before) is not None
        or _YEAR.search(f"{before} {behind}") is not None
    ):
        return None
    names = {part: stems(" ".join(_about(scene, part))) - _SAID for part in parts}
    of = stems(" ".join(_about(scene, total))) | {stem(scene.claims[total].figure.unit)}
    own = stems(f"{before} {behind}") - of
    row = scene.by_sentence[scene.claims[percent].sentence]
    if percent - 1 in row and _OF_THE_ONE_BEFORE.fullmatch(scene.between(percent - 1, percent)) is not None:
        return None  # `9,640 tons, that is 68.0% of the farmed production`
    what = _OF_WHAT.match(scene.after(percent))
    whole = collective(scene.book).sub(" ", what["what"]) if what is not None else ""
    first = min(scene.claims[c].sentence for c in (total, *parts))
    end = max(scene.claims[max(parts)].figure.end, scene.sentences[scene.claims[percent].sentence].start)
    told = scene.report.view[scene.sentences[first].start : end].lower()
    said = (stems(_ahead(scene, percent)) | stems(whole)) - stems(told) - _SAID
    if any(re.search(rf"\b{re.escape(word.removesuffix('s'))}", told) is None for word in said):
        return None  # `In the capital residents accounted for …`
    others = {part: frozenset[str]().union(*(names[p] for p in parts if p != part)) for part in parts}
    if any(stems(whole) & (names[part] - others[part] - of) for part in parts):
        return None
    found = [part for part in parts if own & (names[part] - others[part] - of)]
    if len(found) != 1:
        return None
    size = scene.claims[found[0]].figure.number.value / scene.claims[total].figure.number.value
    meant = scene.claims[percent].figure.number.value / _HUNDRED
    return found[0] if meant / _WILD <= size <= meant * _WILD else None


def _ahead(scene: Scene, percent: int) -> str:
    """All that a sentence says before a percent, from the figure before it on, in lower case."""
    start = scene.sentences[scene.claims[percent].sentence].start
    if percent and scene.claims[percent - 1].figure.end > start:
        start = scene.claims[percent - 1].figure.end
    return scene.report.view[start : scene.claims[percent].figure.start].lower()


def _about(scene: Scene, claim: int) -> tuple[str, str]:
    """The words before a figure and behind it that are said of no other, up to the next joint, in lower case."""
    sentence, figure = scene.sentences[scene.claims[claim].sentence], scene.claims[claim].figure
    row, view = scene.by_sentence[scene.claims[claim].sentence], scene.report.view
    start = scene.claims[claim - 1].figure.end if claim - 1 in row else sentence.start
    end = scene.claims[claim + 1].figure.start if claim + 1 in row else sentence.end
    before = _JOINT.split(view[start : figure.start].lower())[-1]
    behind = _JOINT.split(view[figure.end : min(end, figure.end + _AROUND)].lower())[0]
    return before, f"{view[figure.number_end : figure.end].lower()} {behind}"


def _share(scene: Scene, part: int, total: int, percent: int) -> Relation:
    operands = (
        operand("part", scene.claims[part]),
        operand("whole", scene.claims[total]),
        operand("percent", scene.claims[percent]),
    )
    why = "words name one of the parts that make the total"
    return Relation("share", operands, scene.scope_of(part, total, percent), "high", "share.concluded", why)
