"""A whole, some of it in the next sentence, and `the remaining` in the one after → sum, with the shares told there.

`We track 48 indicators. At the end of March 27 were green (56%) and 13 amber. The remaining eight were red.` All the
numbers of the middle sentence are such parts: none has a noun of another thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.scene import Scene, counted_alike, operand
from pipeline.binding.slipped import slips
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_REST = lazy(r"\W*(?:the|its|our|their) (?:remaining|other|rest,|remainder,|balance of)(?: of| were| was)? $")
_ALL = lazy(r"\W*(?:all|each of) (?:of )?(?:the |our |its |these )?")
_OF_THEM = lazy(r" of (?:which|whom|them|these|those)\b")
_OF_WHICH = lazy(r"\b(?:of which|of whom|of these|of them|of those)\b[^.;:]{0,20}$")
_THE_REMAINING = lazy(r"\b(?:the|its|our|their) (?:remaining|balance of|remainder of|remainder,|rest,) \W?$")
_ANOTHER = lazy(r"\b(?:another|a further|an additional|a second) $")
_FEWEST, _NEAR_AMOUNT = 3, Fraction(1, 10)
_BACK, _MOST = 3, 5
_LEAD = 30
_NEAR = Fraction(1, 4)


def bind(scene: Scene) -> Iterator[Relation]:
    """All such wholes of a report, agreeing or nearly."""
    for number in scene.holding(1, first=1):
        claims = scene.by_sentence[number]
        yield from _of_an_amount(scene, number)
        if not claims or not _is_rest(scene, number, claims.start):
            continue
        parts = _parts(scene, number - 1)
        if parts and _ANOTHER.search(_ahead(scene, number - 1, parts[0])) is not None:
            continue  # `6,210 homes are let. Another 3,145 are kept for the old`: what stands before is such a part too
        if parts and _are_taken_out(scene, parts):  # `36 sites, on 11 of which work is over. The remaining 25 …`
            yield from _sum(scene, parts[0], (*parts[1:], claims.start))
            continue
        total = _total(scene, number - 2, parts) if parts and number > 1 else None
        if total is not None and scene.claims[claims.start].figure.unit in ("", scene.claims[total].figure.unit):
            yield from _sum(scene, total, (*parts, claims.start))


def _of_an_amount(scene: Scene, number: int) -> Iterator[Relation]:
    """`The budget was 4.86 million. The State gave 2.43 million, the canton 0.60 and donors 0.51. The trust met the
    remaining 1.32 million.`: all amounts from the first on are parts of it."""
    here = scene.by_sentence[number]
    rest = next((c for c in here if _THE_REMAINING.search(_ahead(scene, number, c)) is not None), None)
    if rest is None or scene.claims[rest].figure.dimension in ("count", "", "time") or number == 0:
        return
    found = [rest]
    for claim in range(rest - 1, -1, -1):
        figure, at = scene.claims[claim].figure, scene.claims[claim].sentence
        if at < number - _BACK or scene.sentences[at].paragraph != scene.sentences[number].paragraph:
            break
        if figure.kind != "absolute" or figure.unit != scene.claims[rest].figure.unit:
            continue
        told = {"prior", "change"} & set(scene.roles(claim, "growth", "target"))
        if told or figure.upper is not None or figure.modifier not in ("", "~") or figure.per:
            return
        found.append(claim)
    total, *parts = reversed(found)
    if not parts:
        return
    made = sum((scene.claims[p].figure.number.value for p in parts), Fraction(0))
    value = scene.claims[total].figure.number.value
    # `Crops account for 58, livestock for 38 and forestry for the remaining 8`: the total stands further off.
    apart = scene.claims[total].sentence < scene.claims[parts[0]].sentence
    if apart and _FEWEST <= len(parts) <= _MOST and abs(made - value) <= value * _NEAR_AMOUNT:
        yield from (one for one in _sum(scene, total, parts) if slips(one, scales(scene.book)) or made == value)


def _ahead(scene: Scene, number: int, claim: int) -> str:
    """The words of a sentence before a figure, in lower case, with one blank between them."""
    start = scene.sentences[number].start
    return " ".join(scene.report.view[start : scene.claims[claim].figure.start].lower().split()) + " "


def _is_rest(scene: Scene, number: int, claim: int) -> bool:
    start = scene.sentences[number].start
    ahead = scene.report.view[start : scene.claims[claim].figure.start].lower()
    return len(ahead) < _LEAD and _REST.fullmatch(ahead) is not None and _is_count(scene.claims[claim].figure)


def _parts(scene: Scene, number: int) -> list[int]:
    """The counts of a sentence, if all are of one thing, or bare."""
    found = [c for c in scene.by_sentence[number] if scene.claims[c].figure.kind == "absolute"]
    figures = [scene.claims[c].figure for c in found]
    units = {f.unit for f in figures} - {""}
    return found if found and len(found) <= _MOST and all(map(_is_count, figures)) and len(units) <= 1 else []


def _are_taken_out(scene: Scene, counts: Sequence[int]) -> bool:
    """Whether a sentence opens with a number of things, and all its other numbers are said to be of these."""
    whole, *some = (scene.claims[c].figure for c in counts)
    if not some or not _is_whole(whole, whole.unit, max(f.number.value for f in some)) or any(f.unit for f in some):
        return False
    if not scene.same_section(counts[0], counts[-1]) or not whole.unit:
        return False
    return all(_OF_THEM.match(scene.after(c)) is not None for c in counts[1:]) or (
        _OF_WHICH.search(scene.between(counts[0], counts[1])) is not None
    )


def _total(scene: Scene, number: int, parts: Sequence[int]) -> int | None:
    """The number of the things that the parts are of: the only one before, or the only one with their noun."""
    unit = next((u for c in parts if (u := scene.claims[c].figure.unit)), "")
    largest = max(scene.claims[c].figure.number.value for c in parts)
    for at in range(number, max(number - _BACK, -1), -1):
        if scene.sentences[at].section != scene.sentences[number].section:
            return None
        found = [c for c in scene.by_sentence[at] if _is_whole(scene.claims[c].figure, unit, largest)]
        if not found and at == number:  # `64 voices. 38 were women and 20 men.`
            found = [c for c in scene.by_sentence[at] if _is_whole(scene.claims[c].figure, "", largest)]
        if found:
            return found[0] if len(found) == 1 else None
        opened = _all_of(scene, at, largest)
        if opened is not None:
            return opened
        if not unit:
            return None  # without a noun only the sentence right before can tell of what they are
    return None


def _all_of(scene: Scene, number: int, largest: Fraction) -> int | None:
    """`All eleven mills were rated.`: a sentence that speaks of all of them opens with their number."""
    claims, start = scene.by_sentence[number], scene.sentences[number].start
    if not claims or not _is_whole(scene.claims[claims.start].figure, "", largest):
        return None
    ahead = scene.report.view[start : scene.claims[claims.start].figure.start].lower()
    return claims.start if _ALL.fullmatch(ahead) else None


def _is_whole(figure: Figure, unit: str, largest: Fraction) -> bool:
    named = figure.unit == unit if unit else figure.dimension == "count"
    return named and _is_count(figure) and figure.discrete and figure.number.value > largest


def _is_count(figure: Figure) -> bool:
    counted = figure.dimension in ("count", "") and figure.kind == "absolute" and figure.number.step == 1
    return counted and figure.upper is None and not figure.modifier and not figure.per


def _sum(scene: Scene, total: int, parts: Sequence[int]) -> Iterator[Relation]:
    over = scene.claims[total]
    operands = (operand("total", over), *(operand("part", counted_alike(over, scene.claims[p])) for p in parts))
    why = "words close the list of what all of them are"
    relation = Relation("sum", operands, scene.scope_of(total, *parts), "high", "sum.rest-behind", why)
    made = sum((scene.claims[p].figure.number.value for p in parts), Fraction(0))
    near = abs(made - over.figure.number.value) <= over.figure.number.value * _NEAR
    if near or agreement(relation, scales(scene.book)) != "none" or slips(relation, scales(scene.book)):
        yield relation
