"""Figures of one measure in a sentence → rows, and the lists within them that commas and `and` join.

It says what stands in a row; what the rows make is for `parts` and `slipped_rows`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.binding.counts.row import PLACES
from pipeline.binding.scene import Scene, countable, kept
from pipeline.frozen import frozen
from pipeline.model import Figure
from pipeline.patterns import lazy

_JOINT = lazy(r"[,;；:—–(]|\band\b|\bwhile\b|\bwith\b|\bplus\b|\bor\b|\bof which\b|\bof whom\b")
_ENDS = lazy(r"\b(?:average|averaging|as against|compared|respectively in|up from|down from)\b")
_OF_THEM = lazy(r"\s*of (?:them|these|those|whom|which)\b")
_RATIO = lazy(r"\d: | :\d")
# `crops account for 58,490 crore, … and forestry for the remaining 8,615 crore`: what all have before them.
_TAKEN_BY = lazy(r"\b(for|to|from|by|in|at|with)(?: the (?:remaining|other|rest|balance|remainder))?(?: of)?\s*$")
_GIVEN_TO = lazy(r"\s*(for|to|from|by|in|at|with) [a-z]")
# … and with a verb that the others leave out: `145 will mature in 2024, 230 in 2025 and the remaining 593 later`.
_DONE_TO = lazy(r"(?: [a-z]+){1,3}? (for|to|from|by|in|at|with|on|within|after|before|under|among|via) ")
_ALSO_TO = lazy(r" (for|to|from|by|in|at|with|on|within|after|before|under|among|via) ")
_OUT_OF = lazy(r"\b(?:of|among|out of)\s+(?:the|these|those|its|their|our|all|some)?\s*(?:\w+\s+)?$")
_ONE_MORE = lazy(r"(?:\bof|[:,(]|\band|\bwith|\bby) (?:its |the )?(?:an?|one) (?:[a-z-]+ ){0,2}[a-z-]+(?:,| and) ")
# `18.5 deaths/1,000 live births`
_PER_MANY = lazy(r"\s*[a-z()-]+/\d")
_STATISTIC = lazy(r"(?<![a-z])(?:p|r2|r|f|t|z|x|y|or|hr|ci|sd|se|β|α|χ2)\s?[=<>]\s?$")
_SIZE = lazy(r"\bn\s?=\s?$")
_AVERAGED = lazy(r"\b(?:mean|median|average)\b[^.;,:\d]{0,20}: $")
_AGED = lazy(
    r"\b(?:child(?:ren)?|persons?|people|those|adults|women|men|girls|boys|infants|patients|residents|workers|all) "
    r"(?:aged(?: over| under| between)?|under|over|above|below|older than|younger than)(?: the age of)? $"
)
_OF_THE = lazy(
    r"(?:^|[,;:.\n】)]\s*|\d\.\s)(?:out )?of (?:the|these|those|all|our|its|their|total|an? (?:[a-z]+ ){1,3}of)"
    r"(?: [a-z]+){0,4}\s*$|^\W{0,3}(?:out )?of\s*$"
)
_CLOSES_BRACKET = lazy(r"[^().;:\d]{0,40}\)")
_OPENS_BRACKET = lazy(r"[^,;:.()]{0,40}\([^()]*")
_BEFORE, _LABEL = 8, 32
_CITED_BEFORE = lazy(r"\((?:\d{1,3}[,–-] ?)*$")
_CITED_AFTER = lazy(r"(?:[,–-] ?\d{1,3})*\)")
_WITHIN_A_PART = lazy(r"\((?:of which|including|incl\.)(?: about)? $")
_MAX_WORDS = 26
_LONGEST_LIST = 14
# So many figures of two things, the one and the other again, stand in turn.
_TURNS, _PAIR = 4, 2
_HUNDRED = 100


@frozen
class Row:
    """Figures of one measure in one sentence, in their order."""

    sentence: int
    claims: tuple[int, ...]


@kept
def eligible(scene: Scene, claim: int) -> bool:
    figure = scene.claims[claim].figure
    if figure.kind == "percent" and figure.upper is None:
        return _in_opened_list(scene, claim)
    if (
        figure.kind not in ("absolute", "points")
        or figure.upper is not None
        or figure.per
        or figure.dimension == "time"
        or _is_of_ratio(scene, claim)
    ):
        return False
    if not figure.dimension and (_PER_MANY.match(scene.after(claim)) or _is_statistic(scene, claim)):
        return False
    if _AVERAGED.search(scene.report.view[max(0, figure.start - _LABEL) : figure.start].lower()):
        return False
    if not figure.dimension and (_is_reference(scene, claim) or is_age(scene, claim)):
        return False
    if any(
        role == "total" and cue.mode in ("open", "close")
        for role, cue in scene.cues_of.get(claim, ())
        if cue.kind == "sum"
    ):
        return True  # `The increase of 62.5 million consisted of …`; `adding 4,050 places in total`
    return not set(scene.roles(claim, "growth", "target")) & {"change", "percent"}


def _in_opened_list(scene: Scene, claim: int) -> bool:
    """`A ratio of 16.9%, consisting of 14.1% in shares, 0.6% in bonds and 2.2% in loans`: percents made of percents."""
    for total in scene.by_sentence[scene.claims[claim].sentence]:
        if total > claim:
            return False
        if scene.claims[total].figure.kind == "percent" and _opens_a_list(scene, total):
            return True
    return False


def _opens_a_list(scene: Scene, total: int) -> bool:
    """Whether words lead from a figure to its parts: `consisting of`, `split between`, a colon."""
    return any(
        role == "total" and cue.kind == "sum" and cue.mode == "open" for role, cue in scene.cues_of.get(total, ())
    )


def is_age(scene: Scene, claim: int) -> bool:
    """`children under five`, `those aged 65`"""
    start = scene.claims[claim].figure.start
    return _AGED.search(scene.report.view[max(0, start - _LABEL) : start].lower()) is not None


def _is_reference(scene: Scene, claim: int) -> bool:
    """`(251, 252)`: numbers of works referred to, in brackets of their own; none where a list of parts is opened."""
    figure, view = scene.claims[claim].figure, scene.report.view
    before = _CITED_BEFORE.search(view[max(0, figure.start - _LABEL) : figure.start])
    if before is None or _CITED_AFTER.match(view, figure.end) is None:
        return False
    return not any(_opens_a_list(scene, n) for n in range(scene.by_sentence[scene.claims[claim].sentence].start, claim))


def _is_statistic(scene: Scene, claim: int) -> bool:
    """`p = 0.0029`, `R2 = 0.952`"""
    start = scene.claims[claim].figure.start
    return _STATISTIC.search(scene.report.view[max(0, start - _BEFORE) : start].lower()) is not None


def is_head(scene: Scene, claim: int) -> bool:
    """`Of the 640 lambs …`: what follows is of this whole and no other."""
    figure, start = scene.claims[claim].figure, scene.sentences[scene.claims[claim].sentence].start
    return _OF_THE.search(scene.report.view[max(start, figure.start - 40) : figure.start].lower()) is not None


def outgrown(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """Whether things are more than the places that they would be parts of: `22 countries, with 164 wind farms`."""
    whole = scene.claims[total].figure
    return whole.unit in PLACES and any(
        figure.dimension == "count" and figure.unit != whole.unit and figure.number.value > whole.number.value
        for figure in (scene.claims[p].figure for p in parts)
    )


def _is_of_ratio(scene: Scene, claim: int) -> bool:
    """Whether a bare number is one of a ratio: `60:40`."""
    figure, view = scene.claims[claim].figure, scene.report.view
    around = view[max(0, figure.start - 2) : figure.start] + " " + view[figure.end : figure.end + 2]
    return not figure.dimension and _RATIO.search(around) is not None


def aimed(scene: Scene, claim: int) -> bool:
    """Whether a figure is a target or what something was before."""
    return bool(set(scene.roles(claim, "growth", "target")) & {"prior", "target"})


def _is_cents(scene: Scene, claim: int) -> bool:
    """Whether a bare number is the rest of the amount before it: `$654,137,907, 89`."""
    if not claim or scene.claims[claim - 1].figure.dimension != "money":
        return False
    cents = scene.claims[claim].figure.number.value < _HUNDRED <= scene.claims[claim - 1].figure.number.value
    return cents and not scene.between(claim - 1, claim).strip(" ,.-–")


def rows_of(scene: Scene, number: int) -> Sequence[Row]:
    """The figures of each measure in a sentence; none where an amount has lost its cents."""
    return scene.once(_all_rows).get(number, ())


def _all_rows(scene: Scene) -> dict[int, list[Row]]:
    return {number: list(_rows(scene, number)) for number in scene.holding(1)}


def _rows(scene: Scene, number: int) -> Iterator[Row]:
    if any(_is_cents(scene, claim) for claim in scene.by_sentence[number]):
        return
    rows: list[list[int]] = []
    sizes = [claim for claim in scene.by_sentence[number] if _is_size(scene, claim)]
    for claim in scene.by_sentence[number]:
        # `35 patients, who had 2 (n = 5), 1 (n = 26) or none (n = 4) of them`
        if len(sizes) > 1 and claim not in sizes and not scene.claims[claim].figure.dimension:
            continue
        if not eligible(scene, claim) or was_before(scene, claim) or _is_within_a_part(scene, claim):
            continue
        # A bare number is of what was told last: `the two mines raised 8.4 million tonnes, 5.1 million here`.
        bare = not scene.claims[claim].figure.dimension
        for row in sorted(rows, key=lambda row: -row[-1]) if bare else rows:
            if countable(scene.claims[row[-1]], scene.claims[claim]):
                row.append(claim)
                break
        else:
            rows.append([claim])
    for row in (list(one) for each in rows for named in _by_noun(scene, each) for one in _by_brackets(scene, named)):
        kept = _without_parts_of_parts(scene, _without_number_of_list(scene, row))
        yield Row(number, tuple(kept[:_LONGEST_LIST]))


def _by_noun(scene: Scene, row: Sequence[int]) -> list[Sequence[int]]:
    """A row for each of two things that are told in turn: `hotels: 157 units, 14,490 rooms; villas: 87 units, 1,380
    rooms`; else the row as it is."""
    units = [scene.claims[claim].figure.unit for claim in row]
    first = next((n for n in range(len(units) - 1) if units[n] != units[n + 1]), len(units))
    turns = units[first:]
    if len(turns) < _TURNS or "" in turns or any(unit != turns[n % 2] for n, unit in enumerate(turns)):
        return [row]
    return [[claim for claim, unit in zip(row, units, strict=True) if unit == noun] for noun in sorted(set(units))]


def _by_brackets(scene: Scene, row: Sequence[int]) -> Iterator[Sequence[int]]:
    """A row without the lists in brackets behind its parts, and each of these as a row of its own: `64.3 million: taxes
    46.8 (income tax 29.1, VAT 17.7) and grants 17.5`."""
    outer: list[int] = []
    n = 0
    while n < len(row):
        outer.append(row[n])
        end = _bracket_behind(scene, row, n) if n else n + 1
        if end > n + _PAIR:
            yield row[n:end]
            n = end - 1
        n += 1
    yield outer


def _bracket_behind(scene: Scene, row: Sequence[int], n: int) -> int:
    """Where the bracket ends that opens right behind place n of a row."""
    end = n + 1
    if end == len(row) or not _OPENS_BRACKET.fullmatch(scene.between(row[n], row[end])):
        return end
    while end + 1 < len(row) and ")" not in scene.between(row[end], row[end + 1]):
        end += 1
    return end + 1


def _is_within_a_part(scene: Scene, claim: int) -> bool:
    """`Angola 2,646 km (of which 225 km …); Burundi 236 km`: a part of a part."""
    start = scene.claims[claim].figure.start
    return _WITHIN_A_PART.search(scene.report.view[max(0, start - _LABEL) : start].lower()) is not None


def _is_size(scene: Scene, claim: int) -> bool:
    start = scene.claims[claim].figure.start
    return _SIZE.search(scene.report.view[max(0, start - _BEFORE) : start].lower()) is not None


def was_before(scene: Scene, claim: int) -> bool:
    """Whether a figure stands alone in brackets behind another of its measure: `16,420 people (15,880)`."""
    if not claim or scene.between(claim - 1, claim).strip() != "(" or not scene.after(claim).startswith(")"):
        return False
    return countable(scene.claims[claim - 1], scene.claims[claim])


def _without_number_of_list(scene: Scene, row: Sequence[int]) -> list[int]:
    """`The 54 members come from four parties: 21 …`: four tells how many parts follow, and is none of them."""
    for n in range(1, len(row) - 1):
        figure = scene.claims[row[n]].figure
        counts = figure.discrete and figure.number.value == len(row) - n - 1 > 1
        if counts and ":" in scene.between(row[n], row[n + 1]):
            return [*row[:n], *row[n + 1 :]]
    return list(row)


def _without_parts_of_parts(scene: Scene, row: Sequence[int]) -> list[int]:
    """`Of 18 planned, 15 were completed, two of them late, and 3 put off`: the two stand in no list with the 15."""
    pointed = [_OF_THEM.match(scene.after(claim)) is not None for claim in row]
    return [c for n, c in enumerate(row) if not pointed[n] or pointed[n - 1] or not _is_in_a_larger(scene, row[:n])]


def _is_in_a_larger(scene: Scene, before: Sequence[int]) -> bool:
    """Whether the last of these is a part: `410 people` behind `three sites` is none, `15` behind `18 planned` is."""
    if not before:
        return False
    last, value = scene.claims[before[-1]].figure, scene.claims[before[-1]].figure.number.value
    larger = [scene.claims[c].figure for c in before[:-1] if scene.claims[c].figure.number.value > value]
    return any(_is_bare(last) or figure.unit == last.unit for figure in larger)


def _is_bare(figure: Figure) -> bool:
    return not figure.dimension or figure.end == figure.number_end


def joined(scene: Scene, first: int, second: int) -> bool:
    between = scene.between(first, second)
    return len(between.split()) <= _MAX_WORDS and _JOINT.search(between) is not None and not _ENDS.search(between)


def run_after(scene: Scene, row: Row, n: int) -> int:
    """Where the list ends that begins behind place n of a row; one in brackets ends with them."""
    end = n + 1
    bracketed = end < len(row.claims) and scene.between(row.claims[n], row.claims[end]).lstrip().startswith("(")
    while end < len(row.claims) and (end == n + 1 or joined(scene, row.claims[end - 1], row.claims[end])):
        end += 1
        if bracketed and end < len(row.claims) and ")" in scene.between(row.claims[end - 1], row.claims[end]):
            break
    return end


def run_before(scene: Scene, row: Row, n: int) -> int:
    """Where the list begins that ends before place n of a row."""
    first = n - 1
    while first > 0 and joined(scene, row.claims[first - 1], row.claims[first]):
        first -= 1
    return first


def runs(scene: Scene, row: Row) -> Iterator[tuple[int, ...]]:
    """The lists of a row: figures joined by commas or `and`, each to its end."""
    first = 0
    for n in range(1, len(row.claims) + 1):
        if n == len(row.claims) or not joined(scene, row.claims[n - 1], row.claims[n]):
            if n - first > 1:
                yield row.claims[first:n]
            first = n


def taken_alike(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether one small word stands before each figure of a list, or behind it, the first too: then that is a part as
    the others."""
    start = scene.sentences[scene.claims[claims[0]].sentence].start
    before = [scene.report.view[start : scene.claims[claims[0]].figure.start].lower()]
    before += [scene.between(a, b) for a, b in pairwise(claims)]
    found = [_TAKEN_BY.search(text) for text in before]
    behind = [_GIVEN_TO.match(scene.after(claim)) for claim in claims]
    return any(len({m[1] if m else "" for m in row}) == 1 and row[0] is not None for row in (found, behind))


def taken_in_turn(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether the figures of a list before its rest are told one as the other, the verb only of the first."""
    found = [(_ALSO_TO if n else _DONE_TO).match(scene.after(claim)) for n, claim in enumerate(claims[:-1])]
    return len(found) > 1 and all(match is not None and found[0] and match[1] == found[0][1] for match in found)


def is_taken_out_of(scene: Scene, total: int) -> bool:
    """`Of the 3,400 candidates, 2,682 passed and 1,140 won prizes`: two that are named may leave some, or overlap."""
    start = scene.claims[total].figure.start
    return _OUT_OF.search(scene.report.view[max(0, start - 30) : start].lower()) is not None


def are_in_brackets(scene: Scene, claims: Sequence[int]) -> bool:
    """`37 settlements (Hill 12, Vale 11, Shore 14)`, `28 tons (12 from Hill, 16 from Vale)`"""
    opened = scene.between(claims[0], claims[1]).lstrip().startswith("(")
    end = scene.claims[claims[-1]].figure.end
    inside = scene.report.view[scene.claims[claims[0]].figure.end : end]
    return opened and ")" not in inside and _CLOSES_BRACKET.match(scene.report.view, end) is not None


def has_one_more(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """Whether a list names one thing without a number among the counted: `a chairman, five deputies and 23 others`."""
    if not scene.claims[total].figure.discrete:
        return False
    places = (total, *parts)
    return any(_ONE_MORE.search(scene.between(a, b)) is not None for a, b in pairwise(places))


def counts_parts(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """`Three projects were completed: 520 units here, 410 there and 220 elsewhere`: three tells how many are listed."""
    number = scene.claims[total].figure.number.value
    return number == len(parts) and all(scene.claims[n].figure.number.value > number for n in parts)


def without_other_things(scene: Scene, claims: Sequence[int], rest: int) -> tuple[int, ...]:
    """`Of these flats 52 have two bedrooms, and the rest, 34, three`: beside bare numbers that begin and end a list,
    what counts things of its own is no part of it."""
    figures = [scene.claims[c].figure for c in claims]
    # `6.85 tonnes, up on the 6.08 tonnes of 2020; inland fish made up 5.34 tonnes and marine fish the other 1.51`
    was = [c for n, c in enumerate(claims) if 0 < n < rest and scene.roles(c, "growth").get("prior")]
    if was:
        return without_other_things(scene, [c for c in claims if c not in was], rest - len(was))
    if rest < 1 or not (_is_bare(figures[0]) and _is_bare(figures[rest])):
        return tuple(claims)
    own = [f.discrete and f.dimension == "count" and f.end > f.number_end for f in figures]
    return tuple(c for n, c in enumerate(claims) if not (0 < n < rest and own[n]))
