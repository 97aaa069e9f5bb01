"""A percent that names one part of what was shared out before it → share of all of that, agreeing or not.

`Non-residents accounted for 11.37 million of the 19.08 million nights and residents for 7.71 million. The share of
residents was thus 40.4%`: the parts make the total as printed, so that they are all of it, or words take them out of
it (`1,284 officials, including 423 women`), and the words about the percent name one of them and none of the others:
by its own name, or by that of its share (`the urbanization rate`). And a percent right behind an amount (`57.6 billion
kWh, or 33.6% of the total`) is of the total that the sentence before shares out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.binding import listed
from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.binding.shares.by_name import is_called
from pipeline.binding.words import stem, stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_JOINT = lazy(r"[,;:.()–—]|\b(?:and|while|whereas|but|against|compared|versus)\b")
# What tells that a percent is a share, before or behind it.
_SHARES = lazy(
    r"\b(?:share|proportion|percentage|part|account(?:s|ed|ing)?(?: for)?|made up|makes? up|making up|contribut\w+"
    r"|represent\w*|constitut\w+|compris\w+|form\w*|took|takes?|provid\w+|suppl\w+|in other words|that is)\b"
)
_OF_WHAT = lazy(
    r"\s*of (?:the |all |our |its |their |these |those |all our |all the )*(?P<what>[a-z]+(?: [a-z]+){0,3})"
)
# The employment rate is no share of the labour force.
_RATE = lazy(r"\b(?:rates?|ratio|margin|yield)\b")
# `Females were thus 44 percent of those registered`
_ARE = lazy(r"\b(?:is|are|was|were|being)\b(?: [a-z]+){0,2} $")
_OF_THE_ONE_BEFORE = lazy(r"[^.;:]{0,12}(?:,|\(|\bor\b)[^.;:,]{0,25}")
_OF_THE_TOTAL = lazy(r"\s*of (?:the|this|that) (?:total|whole|sum|amount|number)\s*(?:[.,;)]|and\b|$)")
_OF_THEM_ALL = lazy(r"\W*(?:out )?of (?:the|this|that) (?:total|whole|sum|number),? \W?")
_ITS_SHARE = lazy(
    r"(?: [a-z’'-]+){0,10} ?(?:\(|,? or |,? (?:that is|i\.e\.|which is),? |,? (?:accounting for|representing|making up"
    r"|equal to|equivalent to|corresponding to|constituting) )(?:a share of |about )?"
)
_YEAR = lazy(r"(?<![\d,.])(?:19|20)\d\d\b")
_SAID = frozenset(
    stem(word)
    for word in "accounted made contributed represented constituted comprised formed took provided supplied amounted "
    "came stood totalled reached numbered share proportion percentage part rate other words whole total thus hence "
    "therefore gross overall respectively make take account represent contribute coming being category categories "
    "group segment class sector branch region type kind element component part side".split()
)
_COMPARED = {"percent", "change", "prior"}
# The percent stands in the sentence of the last part or one of the next two, the total no further before it.
# `China Mobile's share` is that of China Mobile.
_WHOSE = lazy(r"(?<=[a-z])['’]s\b|(?<=s)['’](?= )")
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
    for parts, total, in_full in _shared_out(scene, bound):
        for percent in _percents(scene, (total, *parts)):
            if scene.claims[percent].claim_id in held:
                continue
            part = _named(scene, percent, parts, total) if in_full or _is_next(scene, percent, parts) else None
            if part is not None:
                found[percent].append(_share(scene, part, total, percent))
            elif in_full and (part := _right_before(scene, percent, parts, total)) is not None:
                found[percent].append(replace(_share(scene, part, total, percent), rule="share.of-the-total"))
    for relation in bound:
        if relation.rule == "subset.of-these" and relation.confidence == "high":
            part, whole = (
                numbers[next(o.ref for o in relation.operands if o.role == role)] for role in ("part", "whole")
            )
            percent = part + 1
            if "prior" in scene.roles(whole, "growth"):
                continue  # `It turned 2.72 million tons of logs into 1.36 million of boards. Of this output …`
            if _is_its_share(scene, part, percent) and scene.claims[percent].claim_id not in held:
                found[percent].append(replace(_share(scene, part, whole, percent), rule="share.of-this"))
    for told in found.values():
        # Of two that are shared out, capacity and what it made, the one that agrees is meant, or the nearer one.
        yield next((one for one in told if agreement(one, scales(scene.book)) != "none"), told[0])


def takes_the_place_of(relation: Relation, other: Relation) -> bool:
    """Whether another share has the percent of one that words conclude, and words are less sure of it."""
    percents = [{o.ref for o in one.operands if o.role == "percent"} for one in (relation, other)]
    return other.kind == "share" and other.confidence != "high" and percents[0] == percents[1]


def _shared_out(scene: Scene, bound: Sequence[Relation]) -> Iterator[tuple[list[int], int, bool]]:
    """Parts and what they are parts of, those told last first, and whether they are all of it."""
    numbers = {claim.claim_id: n for n, claim in enumerate(scene.claims)}
    taken_out: dict[int, set[int]] = defaultdict(set)
    for relation in sorted(bound, key=lambda r: -max(o.start for o in r.operands)):
        roles = [o.role for o in relation.operands]
        places = [numbers.get(o.ref, -1) for o in relation.operands]
        if min(places) < 0 or agreement(relation, scales(scene.book)) != "strict":
            continue
        if relation.kind == "sum" and set(roles) == {"total", "part"} and roles.count("total") == 1:
            parts = [n for n, role in zip(places, roles, strict=True) if role == "part"]
            if len(parts) >= _REACH:
                yield parts, places[roles.index("total")], True
        elif relation.kind == "subset" and sorted(roles) == ["part", "whole"] and relation.confidence != "low":
            taken_out[places[roles.index("whole")]].add(places[roles.index("part")])
    for whole, some in taken_out.items():
        yield sorted(some), whole, False


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


def _is_next(scene: Scene, percent: int, parts: Sequence[int]) -> bool:
    """Whether a percent is the first figure of the sentence behind parts."""
    number = scene.claims[percent].sentence
    return number - scene.claims[max(parts)].sentence == 1 and percent == scene.by_sentence[number].start


def _named(scene: Scene, percent: int, parts: Sequence[int], total: int) -> int | None:
    """The one part that the words about a percent name, where they are words of a share of this total."""
    before, behind = _about(scene, percent)
    what = _OF_WHAT.match(scene.after(percent))
    is_share = _SHARES.search(f"{before} {behind}") is not None or (
        what is not None and _ARE.search(before) is not None
    )
    if _YEAR.search(f"{before} {behind}") is not None:
        return None
    if _RATE.search(before) is not None:
        return _of_rate(scene, percent, parts, total)
    if not is_share:
        return None
    names = {part: stems(" ".join(_about(scene, part))) - _SAID for part in parts}
    of = stems(" ".join(_about(scene, total))) | {stem(scene.claims[total].figure.unit)}
    own = stems(f"{before} {behind}") - of
    row = scene.by_sentence[scene.claims[percent].sentence]
    if percent - 1 in row and _OF_THE_ONE_BEFORE.fullmatch(scene.between(percent - 1, percent)) is not None:
        return None  # `9,640 tons, that is 68.0% of the farmed production`
    whole = listed.collective(scene.book).sub(" ", what["what"]) if what is not None else ""
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
    return found[0] if _is_about(scene, found[0], total, percent) else None


def _of_rate(scene: Scene, percent: int, parts: Sequence[int], total: int) -> int | None:
    """The one part that a share with a name is of: `The urbanization rate`."""
    for names, part, whole in listed.proportions(scene.book):
        if is_called(scene, percent, names, whole) and whole.search(" ".join(_about(scene, total))):
            found = [n for n in parts if part.search(" ".join(_about(scene, n)))]
            return found[0] if len(found) == 1 and _is_about(scene, found[0], total, percent) else None
    return None


def _right_before(scene: Scene, percent: int, parts: Sequence[int], total: int) -> int | None:
    """The amount that a percent of the total stands right behind, alone in the sentence after its parts."""
    row = scene.by_sentence[scene.claims[percent].sentence]
    part = percent - 1
    if part != row.start or scene.claims[percent].sentence - scene.claims[max(parts)].sentence != 1:
        return None
    one, over = scene.claims[part], scene.claims[total]
    joint = _OF_THE_ONE_BEFORE.fullmatch(scene.between(part, percent)) is not None
    opening = scene.report.view[scene.sentences[one.sentence].start : one.figure.start].lower()
    of_all = _OF_THE_TOTAL.match(scene.after(percent)) is not None or _OF_THEM_ALL.fullmatch(opening) is not None
    if not joint or not of_all or one.figure.kind != "absolute":
        return None
    fits = same_measure(one, over) and one.figure.number.value < over.figure.number.value and not one.figure.modifier
    return part if fits and _is_about(scene, part, total, percent) else None


def _is_its_share(scene: Scene, part: int, percent: int) -> bool:
    """Whether a percent is that of an amount right before it, and of what words point back at: `Of this, 6.65 billion
    came from the budget, accounting for 84.6% of the total`."""
    if percent not in scene.by_sentence[scene.claims[part].sentence]:
        return False
    figure, what = scene.claims[percent].figure, _OF_WHAT.match(scene.after(percent))
    of_it = what is None or listed.collective(scene.book).match(what["what"]) is not None
    plain = figure.unit == "%" and figure.kind == "percent" and figure.upper is None and not figure.modifier
    return plain and of_it and _ITS_SHARE.fullmatch(scene.between(part, percent)) is not None


def _is_about(scene: Scene, part: int, total: int, percent: int) -> bool:
    """Whether a percent may be meant for what a part and a total make: it is no more than twice as far off."""
    size = scene.claims[part].figure.number.value / scene.claims[total].figure.number.value
    meant = scene.claims[percent].figure.number.value / _HUNDRED
    return meant / _WILD <= size <= meant * _WILD


def _ahead(scene: Scene, percent: int) -> str:
    """All that a sentence says before a percent, from the figure before it on, in lower case."""
    start = scene.sentences[scene.claims[percent].sentence].start
    if percent and scene.claims[percent - 1].figure.end > start:
        start = scene.claims[percent - 1].figure.end
    return _WHOSE.sub("", scene.report.view[start : scene.claims[percent].figure.start].lower())


def _about(scene: Scene, claim: int) -> tuple[str, str]:
    """The words before a figure and behind it that are said of no other, up to the next joint, in lower case."""
    sentence, figure = scene.sentences[scene.claims[claim].sentence], scene.claims[claim].figure
    row, view = scene.by_sentence[scene.claims[claim].sentence], scene.report.view
    start = scene.claims[claim - 1].figure.end if claim - 1 in row else sentence.start
    end = scene.claims[claim + 1].figure.start if claim + 1 in row else sentence.end
    before = _JOINT.split(_WHOSE.sub("", view[start : figure.start].lower()))[-1]
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
