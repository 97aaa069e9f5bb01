"""The search for cues: the patterns of rules/cues.toml over the skeletons of the sentences that hold figures.

Where two cues give one figure different roles and the words of one lie within the words of the other, the longer wins:
`25% higher than the target` is no growth though `25% higher than` might be.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from pipeline.cues.notation import NotationError, Pattern, Two, compile_pattern
from pipeline.cues.skeleton import Skeleton, build
from pipeline.model import Cue, Figure, Report, Sentence, Skip
from pipeline.rulebook import Rulebook, RuleError
from pipeline.rulebook.shapes import CueRule, Macro
from pipeline.rulebook.ways import Ways, ways

T = TypeVar("T")
_NO_ROLE, _DRAWN = "none", "drawn"
# A figure may be a whole under several of these at once.
_PART_WHOLE = frozenset(("sum", "subset", "share", "shares"))
# What is said again has its own role beside.
_AGAIN = "repeat"
# Bounds, and the ends of a range, are told beside other comparisons: they take no role away.
_BESIDE = frozenset(("limit", "range"))


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word tells of the patterns: those that it triggers, and the bits of the sets of words that it is in.

    `firsts` and `seconds` are the bits of the pairs that it may begin and end, `befores` and `behinds` those of orders.
    """

    triggers: tuple[int, ...] = ()
    sets: int = 0
    firsts: int = 0
    seconds: int = 0
    befores: int = 0
    behinds: int = 0


@dataclass(frozen=True, slots=True)
class _Sought:
    """A pattern of a rule, and the bits of the pairs and orders of words without which it matches nowhere."""

    rule: CueRule
    pattern: Pattern
    pairs: int
    orders: int


@dataclass(frozen=True, eq=False)
class _Book:
    """The cues of a rulebook, compiled, with the words that say up or down.

    `needs` has for each pattern the bits of the sets of words of which it needs one each: they rule out the most.
    """

    patterns: tuple[_Sought, ...]
    needs: tuple[int, ...]
    words: dict[str, _Word]
    ways: Ways
    hedges: re.Pattern[str]


def find(
    report: Report, sentences: Sequence[Sentence], figures: Sequence[Figure], skips: Sequence[Skip], book: Rulebook
) -> tuple[Cue, ...]:
    """All cues of a report, in the order of their sentences; figures and skips are named by their index."""
    compiled = _compiled(book)
    figure_starts = [f.start for f in figures]
    skip_starts = [s.start for s in skips]
    cues: list[Cue] = []
    for sentence in sentences:
        first, last = bisect_left(figure_starts, sentence.start), bisect_left(figure_starts, sentence.end)
        if first == last:
            continue
        first_skip, last_skip = bisect_left(skip_starts, sentence.start), bisect_left(skip_starts, sentence.end)
        skeleton = build(
            report.view, sentence, figures[first:last], first, skips[first_skip:last_skip], first_skip, compiled.hedges
        )
        cues.extend(_in_skeleton(skeleton, compiled))
    return tuple(cues)


def _in_skeleton(skeleton: Skeleton, compiled: _Book) -> list[Cue]:
    triggered: set[int] = set()
    met = leading = side_by_side = passed = in_order = 0
    for word in map(compiled.words.get, skeleton.words):
        if word is None:
            leading = 0
            continue
        triggered.update(word.triggers)
        met |= word.sets
        side_by_side |= leading & word.seconds
        in_order |= passed & word.behinds
        leading = word.firsts
        passed |= word.befores
    missed, needs = ~met, compiled.needs
    found: list[Cue] = []
    for n in sorted([n for n in triggered if not needs[n] & missed]):
        one = compiled.patterns[n]
        if one.pairs & side_by_side == one.pairs and one.orders & in_order == one.orders:
            rule, pattern = one.rule, one.pattern
            at = 0
            while (match := pattern.regex.search(skeleton.text, at)) is not None:
                found.append(_cue(match, rule, pattern, skeleton, compiled))
                # The next match may use the figure that ends this one: `from 3 to 5 to 7` is read twice.
                at = match.start() + 1
    return _longest(found)


def _cue(match: re.Match[str], rule: CueRule, pattern: Pattern, skeleton: Skeleton, compiled: _Book) -> Cue:
    roles = []
    for group, role in enumerate(pattern.roles, 1):
        if match.group(group) is not None:
            roles.append((role, skeleton.marks[match.start(group)]))
    first, last = skeleton.token_at(match.start() + 1), skeleton.token_at(match.end()) - 1
    direction = {"up": 1, "down": -1}.get(rule.direction, 0)
    if rule.direction == "words":
        direction = compiled.ways.of(match.group())
    return Cue(
        start=skeleton.starts[first],
        end=skeleton.ends[last],
        kind=rule.kind,
        roles=tuple(roles),
        direction=direction,
        base=rule.base,
        mode=rule.mode,
        frame=rule.frame,
        rule=rule.rule_id,
    )


def _longest(cues: list[Cue]) -> list[Cue]:
    """Without the cues that a longer one outvotes or `none` takes away; `none` itself stays, to tell why."""
    by_figure: dict[int, list[Cue]] = {}
    for cue in cues:
        for _, ref in cue.roles:
            by_figure.setdefault(ref, []).append(cue)
    kept = []
    for cue in cues:
        rivals = (other for _, ref in cue.roles for other in by_figure[ref] if other is not cue)
        if not any(_outvotes(other, cue) or _frames(other, cue) for other in rivals):
            kept.append(cue)
    unique = {(c.rule, c.start, c.end, c.roles): c for c in kept}
    return sorted(unique.values(), key=lambda c: (c.start, c.end, c.rule))


def _outvotes(other: Cue, cue: Cue) -> bool:
    """Whether another cue's words hold this one's, or take its role away."""
    if _is_a_change(other, cue) or _is_a_change(cue, other):
        return cue.kind == "target"
    if other.kind == cue.kind or {other.kind, cue.kind} <= _PART_WHOLE or _AGAIN in (other.kind, cue.kind):
        return False
    if other.kind == "share" and other.frame:
        return False  # nor does a phrase that names a whole share, which may be `58 million short of the 1,560 million`
    if other.kind == _DRAWN or (cue.kind == _DRAWN and other.kind != _NO_ROLE):
        return False  # that a percentage follows from what was said before tells nothing of what kind it is
    if cue.kind in _BESIDE and other.kind == _NO_ROLE:
        return False
    if other.kind in _BESIDE and not any(role in ("average", "span") for role, _ in other.roles):
        return False
    if other.kind == "subset" and cue.kind == "growth" and not cue.direction:
        # `of whom 2,428 were saved`: a part that no word of more or less makes a change.
        return any(role == "change" and ("part", ref) in other.roles for role, ref in cue.roles)
    if cue.kind == _NO_ROLE or (cue.frame and other.kind == "product"):
        return False  # `the cost per pupil went down from 4,310 to 4,120 dollars`
    if other.kind == _NO_ROLE:
        held = cue.start <= other.start and other.end < cue.end
        return not held and other.start < cue.end and cue.start < other.end
    holds = other.start <= cue.start and cue.end <= other.end
    return holds and (other.end - other.start) > (cue.end - cue.start)


def _is_a_change(growth: Cue, target: Cue) -> bool:
    """Whether what is taken for the outcome of a plan is called the change of what is taken for the plan: `the revenue
    of the budget was 8.6 billion, an increase of 870 million or 11.2 percent`."""
    if growth.kind != "growth" or target.kind != "target" or not growth.direction:
        return False
    roles = dict(target.roles)
    level, plan = roles.get("level", -1), roles.get("target", -1)
    return plan >= 0 and level == plan + 1 and ("change", level) in growth.roles


def _frames(other: Cue, cue: Cue) -> bool:
    """Whether another cue names the change of this one as a level or prior of its frame, as the 70 of
    `fell from 90 to 70 over the same period`; or holds its words and names its prior as the level."""
    if not other.frame or cue.frame or other.kind != cue.kind:
        return False
    framed = {ref: role for role, ref in other.roles if role in ("level", "prior")}
    holds = other.start <= cue.start and cue.end <= other.end
    return any(
        ref in framed and (role == "change" or (holds and {role, framed[ref]} == {"level", "prior"}))
        for role, ref in cue.roles
    )


@lru_cache(maxsize=4)
def _compiled(book: Rulebook) -> _Book:
    return _made_of(book.of(Macro), book.of(CueRule))


@lru_cache(maxsize=4)  # of the rule books that lack one rule, as `rules test` makes many, most have the same cues
def _made_of(named: tuple[Macro, ...], rules: tuple[CueRule, ...]) -> _Book:
    macros = {m.name: m.pattern for m in named}
    patterns: list[_Sought] = []
    needs: list[int] = []
    triggers: dict[str, list[int]] = {}
    sets: dict[frozenset[str], int] = {}
    pairs: dict[Two, int] = {}
    orders: dict[Two, int] = {}
    for rule in rules:
        for notation in rule.patterns:
            try:
                pattern = compile_pattern(notation, macros)
            except NotationError as error:
                raise RuleError(f"{rule.address}: [[cue]] patterns: {error}") from None
            for word in pattern.triggers:
                triggers.setdefault(word, []).append(len(patterns))
            needs.append(_bits(pattern.needs, sets))
            patterns.append(_Sought(rule, pattern, _bits(pattern.pairs, pairs), _bits(pattern.orders, orders)))
    told = (
        _by_word(sets.items()),
        _by_word((first, bit) for (first, _), bit in pairs.items()),
        _by_word((second, bit) for (_, second), bit in pairs.items()),
        _by_word((first, bit) for (first, _), bit in orders.items()),
        _by_word((second, bit) for (_, second), bit in orders.items()),
    )
    hedge = compile_pattern("HEDGE", macros).source if "HEDGE" in macros else " (?!)"
    words = {
        word: _Word(tuple(triggers.get(word, ())), *(bits.get(word, 0) for bits in told))
        for word in set(triggers).union(*told)
    }
    said = ways(Rulebook({Macro: named}, ""))
    return _Book(tuple(patterns), tuple(needs), words, said, re.compile(f"(?:{hedge})$"))


def _bits(wanted: Iterable[T], known: dict[T, int]) -> int:
    """The bits of all that is wanted; what is new gets the next."""
    return sum(known.setdefault(one, 1 << len(known)) for one in frozenset(wanted))


def _by_word(sets: Iterable[tuple[frozenset[str], int]]) -> dict[str, int]:
    """For each word the bits of the sets that it is in."""
    found: dict[str, int] = {}
    for words, bit in sets:
        for word in words:
            found[word] = found.get(word, 0) | bit
    return found
