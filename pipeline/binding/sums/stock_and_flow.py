"""A stock at the beginning, what came and what went, and the stock at the end → sum, over a few sentences; or what
came, what went and the net of them.

`We began the year with 1,240 members. In the course of it 310 joined. Another 185 left. We closed with 1,365.` Words
say of each figure which of the four it is; a figure of that measure of which they say nothing ends the story. What has
another noun (calves, where cattle are counted) belongs to it only if all of it agrees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.comparisons.two_times import order
from pipeline.binding.scene import Scene, countable, counted_alike, operand, same_measure
from pipeline.binding.slipped import slips
from pipeline.binding.words import stems
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Cue, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_ROLES = {"came": "part", "went": "less"}
# The story is told within so many sentences, and moves so many figures.
_SENTENCES, _MOST = 5, 6
_NEAR = Fraction(1, 4)
# Two that moved, and the two stocks.
_FEWEST = 4
_TAKEN = lazy(
    r"\b(?:taking|took|takes|bringing|brought|grown|gone|risen|fallen|rose|fell|went)\b[^.;]{0,50} from (?:about )?$"
)
_TO = lazy(r" to (?:about )?")
_PEOPLE = "person"
# What came in a quarter does not lead from the stock of a year before.
_SHORTER, _A_YEAR = (
    lazy(r"\b(?:quarter|month|week|half|season|spring|summer|autumn|winter)\b"),
    lazy(r"\byear\b"),
)

# Words of a time: they name nothing that moved.
_A_TIME = lazy(
    r"\b(?:during|over|course|within|period|under|review|reporting|financial|fiscal|calendar|same|twelve|months?|that"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|newly|new|further|some)\b"
)


def bind(scene: Scene) -> Iterator[Relation]:
    """All such stories of a report, agreeing or nearly."""
    for cue in scene.cues:
        if cue.mode == "opening" and cue.kind == "sum":
            for _, opening in cue.roles:
                if opening in scene.by_sentence[scene.claims[opening].sentence]:
                    yield from _story(scene, opening)
        elif cue.mode == "net" and cue.kind == "sum" and cue.direction:
            yield from _net(scene, cue)
        elif cue.mode == "closing" and cue.kind == "sum":
            yield from _since_then(scene, cue.roles[0][1])
    for number in scene.holding(1, first=1):
        yield from _round(scene, number)
    for number in scene.holding(_FEWEST):
        yield from _taken_from(scene, number)


def _story(scene: Scene, opening: int) -> Iterator[Relation]:
    first = scene.claims[opening].sentence
    moves: list[tuple[int, str]] = []
    surely = True
    for claim in range(opening + 1, len(scene.claims)):
        if scene.claims[claim].sentence >= first + _SENTENCES or not scene.same_section(opening, claim):
            return
        figure = scene.claims[claim].figure
        if figure.kind == "percent" or not countable(scene.claims[opening], scene.claims[claim]):
            continue
        modes, own = _modes(scene, claim), same_measure(scene.claims[opening], scene.claims[claim])
        if not own and not set(modes) & set(_ROLES):
            continue
        surely = surely and own
        if "closing" in modes and moves:
            yield from _sum(scene, opening, moves, claim, surely=surely)
            return
        role = next((_ROLES[mode] for mode in modes if mode in _ROLES), None)
        if role is None or len(moves) == _MOST:
            return
        moves.append((claim, role))


def _since_then(scene: Scene, closing: int) -> Iterator[Relation]:
    """`We opened nine and closed three. There were 723 at the end of June, compared with 717 a year before.`"""
    opening = closing + 1
    here = scene.by_sentence[scene.claims[closing].sentence]
    if opening not in here or "prior" not in scene.roles(opening, "growth") or closing != here.start:
        return
    if not same_measure(scene.claims[opening], scene.claims[closing]):
        return
    moves = _moves_before(scene, closing)
    if {role for _, role in moves} != set(_ROLES.values()):
        return
    start, end = (scene.sentences[scene.claims[c].sentence] for c in (moves[0][0], closing))
    shorter = _SHORTER.search(scene.report.view[start.start : end.start].lower()) is not None
    if not (shorter and _A_YEAR.search(scene.after(opening)) is not None):
        yield from _sum(scene, opening, moves, closing, surely=True)


def _round(scene: Scene, number: int) -> Iterator[Relation]:
    """`The city had 396 firms, against 362 a year before. In the year 37 were newly included and three withdrew.`: what
    came and what went, and beside it the only two figures of that measure, of then and of now."""
    moves = _moves_of(scene, number)
    last = number
    if moves and {role for _, role in moves} != set(_ROLES.values()) and number + 1 < len(scene.sentences):
        moves, last = [*moves, *_moves_of(scene, number + 1)], number + 1
    if {role for _, role in moves} != set(_ROLES.values()) or len(moves) > _MOST:
        return
    stocks = _stocks(scene, number, last, [c for c, _ in moves])
    if stocks is None:
        return
    opening, closing = stocks
    first, end = scene.sentences[min(number, *(scene.claims[c].sentence for c in stocks))], scene.sentences[last]
    said = scene.report.view[first.start : end.end].lower()
    own = scene.report.view[scene.sentences[number].start : scene.sentences[last].end].lower()
    if _SHORTER.search(own) is not None and _A_YEAR.search(said) is not None:
        return
    yield from _sum(scene, opening, moves, closing, surely=True)


def _taken_from(scene: Scene, number: int) -> Iterator[Relation]:
    """`Eleven contracts started and four ended, taking the number from 156 to 163`, and nothing else."""
    row = [c for c in scene.by_sentence[number] if scene.claims[c].figure.dimension != "time"]
    if len(row) < _FEWEST:
        return
    *moved, opening, closing = row
    if scene.claims[opening].figure.kind == "percent" or _TAKEN.search(scene.between(moved[-1], opening)) is None:
        return
    if _TO.fullmatch(scene.between(opening, closing)) is None:
        return
    roles = [next((_ROLES[mode] for mode in _modes(scene, c) if mode in _ROLES), "") for c in moved]
    if set(roles) == set(_ROLES.values()) and all(countable(scene.claims[opening], scene.claims[c]) for c in moved):
        yield from _sum(scene, opening, list(zip(moved, roles, strict=True)), closing, surely=True)


def _moves_of(scene: Scene, number: int) -> list[tuple[int, str]]:
    """What came and what went in a sentence, where it tells of no other numbers, and of whom was told before."""
    moves: list[tuple[int, str]] = []
    for claim in scene.by_sentence[number]:
        figure = scene.claims[claim].figure
        if figure.dimension == "time" or figure.kind == "percent":
            continue
        role = next((_ROLES[mode] for mode in _modes(scene, claim) if mode in _ROLES), None)
        if role is None or figure.kind != "absolute":
            return []
        moves.append((claim, role))
    if not moves:
        return []
    start = scene.sentences[number].start
    begin = scene.claims[moves[0][0]].figure.start
    cue = min((q.start for _, q in scene.cues_of.get(moves[0][0], ()) if q.mode in _ROLES), default=begin)
    told = scene.sentences[max(0, number - 2)].start
    lead = stems(_A_TIME.sub(" ", scene.report.view[start : min(begin, cue)].lower()))
    return moves if lead <= stems(scene.report.view[told:start].lower()) else []


def _stocks(scene: Scene, number: int, last: int, moves: Sequence[int]) -> tuple[int, int] | None:
    """The only two figures of what moved in the sentences about, of then and of now."""
    unit = next((scene.claims[c].figure.unit for c in moves if scene.claims[c].figure.unit), "")
    for reach in ((number - 1,), (number - 2, number - 1), (number - 1, last + 1), (last + 1,)):
        rows = [scene.by_sentence[n] for n in reach if 0 <= n < len(scene.sentences)]
        found = [
            c
            for row in rows
            for c in row
            if scene.same_section(c, moves[0])
            and scene.claims[c].figure.kind == "absolute"
            and not {"change"} & set(scene.roles(c, "growth"))
            and all(_of_one_kind(scene, c, m) for m in moves)
            and (unit in ("", _PEOPLE) or scene.claims[c].figure.unit in ("", unit))
        ]
        if len(found) > len(_ROLES):
            return None
        if len(found) == len(_ROLES):
            priors = ["prior" in scene.roles(c, "growth") for c in found]
            way = priors[0] - priors[1] or order(scene, *found)
            return None if not way else (found[0], found[1]) if way > 0 else (found[1], found[0])
    return None


def _of_one_kind(scene: Scene, stock: int, move: int) -> bool:
    """Whether what moved is what is in stock; of employees it is people."""
    of_people = scene.claims[move].figure.unit == _PEOPLE and scene.claims[stock].figure.dimension == "count"
    return of_people or same_measure(scene.claims[stock], scene.claims[move])


def _moves_before(scene: Scene, total: int) -> list[tuple[int, str]]:
    """What came and what went, of the measure of a figure, right before it, here or in the sentence before."""
    over, moves = scene.claims[total], list[tuple[int, str]]()
    for claim in range(total - 1, max(-1, scene.by_sentence[max(0, over.sentence - 1)].start - 1), -1):
        if not same_measure(scene.claims[claim], over) or not scene.same_section(claim, total):
            continue
        role = next((_ROLES[mode] for mode in _modes(scene, claim) if mode in _ROLES), None)
        if role is None:
            break
        moves.append((claim, role))
    return moves[::-1] if len(moves) <= _MOST else []


def _net(scene: Scene, cue: Cue) -> Iterator[Relation]:
    """`Added 106 homes and bought 52, while 25 were demolished, so that the stock grew by a net 133`"""
    total = cue.roles[0][1]
    over = scene.claims[total]
    moves = _moves_before(scene, total)
    if {role for _, role in moves} != set(_ROLES.values()):
        return
    figures = [over.figure, *(scene.claims[c].figure for c, _ in moves)]
    if any(f.kind != "absolute" or f.upper is not None or f.modifier or f.per for f in figures):
        return
    grew = "part" if cue.direction > 0 else "less"
    operands = (
        operand("total", over),
        *(operand("part" if role == grew else "less", counted_alike(over, scene.claims[c])) for c, role in moves),
    )
    why = "words tell what came, what went, and the net of them"
    yield Relation("sum", operands, scene.scope_of(total, *(c for c, _ in moves)), "high", "sum.net-of-moves", why)


def _modes(scene: Scene, claim: int) -> list[str]:
    """The modes in which words tell of a figure, the longest phrase first."""
    cues = (cue for _, cue in scene.cues_of.get(claim, ()) if cue.kind == "sum")
    return [cue.mode for cue in sorted(cues, key=lambda cue: cue.start - cue.end)]


def _sum(
    scene: Scene, opening: int, moves: Sequence[tuple[int, str]], closing: int, *, surely: bool
) -> Iterator[Relation]:
    claims = [opening, *(claim for claim, _ in moves), closing]
    figures = [scene.claims[c].figure for c in claims]
    if any(f.kind != "absolute" or f.upper is not None or f.modifier or f.per for f in figures):
        return
    over = counted_alike(scene.claims[opening], scene.claims[closing])
    parts = [(opening, "part"), *moves]
    operands = (
        operand("total", over),
        *(operand(role, counted_alike(scene.claims[opening], scene.claims[c])) for c, role in parts),
    )
    why = "words tell the stock at the beginning, what came, what went, and the stock at the end"
    relation = Relation("sum", operands, scene.scope_of(*claims), "high", "sum.stock-and-flow", why)
    made = sum((scene.claims[c].figure.number.value * (1 if role == "part" else -1) for c, role in parts), Fraction(0))
    # Of one that only grew, or only shrank, the rest may go untold.
    both = {role for _, role in moves} == set(_ROLES.values())
    near = both and abs(made - over.figure.number.value) <= abs(over.figure.number.value) * _NEAR
    told = surely and (near or bool(slips(relation, scales(scene.book))))
    if told or agreement(relation, scales(scene.book)) != "none":
        yield relation
