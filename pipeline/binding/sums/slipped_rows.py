"""Lists that one slip of the pen keeps from the total they are set under → sum.

Words, a colon or the layout set a list under its total: `of which`, `namely`, figures that fill the sentence behind the
one that names their sum. A list that misses its total in any other way is left alone: it may not be given whole. So is
one whose parts make another total.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.binding.listed import are_two_kinds
from pipeline.binding.scene import Scene, counted_alike, operand
from pipeline.binding.slipped import ANY, STRONG, How, fineness, slips
from pipeline.binding.sums import heads, in_full
from pipeline.binding.sums.pointing import OF_NAMED, called
from pipeline.binding.sums.runs import Row, aimed, are_in_brackets, is_head, joined, run_after
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales
from pipeline.slips.found import transposed

_OPENED = lazy(
    r"[:;]|\b(?:including|of which|of whom|among which|among them|of these|of them|namely|comprising|consisting of|"
    r"made up of|divided into|split into|financed by|funded by|shared (?:by|between|among)|received)\b|"
    r"\bwith(?: (?!the\b)[a-z]+)?\s*$"
)
# `1,845,200 people, of whom 942,600 were women and 902,600 men`: all of them.
_WHOLLY = lazy(r"\b(?:of which|of whom|comprising|consisting of|made up of|divided into|split into)\b")
_NAMELY = lazy(
    r":|\b(?:namely|of (?:which|whom|these|them)|comprising|consisting of|made up of|(?:divided|split) into)\b"
)
_OF_IT = lazy(r"[^,;:.]{0,20}?\b(?:of (?:it|them|this|these|those|which|whom|the total|the sum)|thereof)\b")
_UNDER_IT = lazy(
    r"\W*(?:(?:of|among) (?:this|it|these|those|them|which|whom|the (?:total|sum))\b|"
    r"(?:it|this|they|these|that|the (?:sum|total|amount))\b[^.;:]{0,30}"
    r"\b(?:compris\w+|consist\w+|made up|composed|divided|split|broken down|includ\w+)\b)"
)
_WHOLLY_UNDER_IT = lazy(
    r"\W*(?:it|this|they|these|that|the (?:sum|total|amount)|(?:these|this) [a-z]+)\b(?: [a-z]+){0,2}? "
    r"(?:compris\w+|consist\w+|(?:is|was|are|were) (?:made up|composed|broken down)|broke down|breaks? down)\b"
)
_YEARS = lazy(r"\b(?:19|20)\d\d\b")
_FALLS_DUE = lazy(r"\b(?:as follows|thereafter|fall(?:s|ing)? due|matur\w+|repayable)\b")
_LAST = lazy(r"[;,]?\s*\b(?:and|while|with|whereas|plus)\b|[;；]|\bthe (?:remaining|rest|other|balance)\b")
# Words that give only some of the parts, or set one against another.
_NOT_ALL = lazy(
    r"\b(?:such as|for example|for instance|e\.g|notably|mainly|mostly|most|chiefly|primarily|"
    r"principally|partly|largest|biggest|greatest|highest|"
    r"followed by|led by|top|(?<![0-9] )main|further|in particular|especially|among others|offset|net of|total|alone)\b"
)
_MAINLY = lazy(r"\b(?:mainly|mostly|chiefly|primarily|principally|partly|in part) (?:of|in|from|by|to|for)\b[^.;:\d]*$")
# `Most of the 900 staff work in Leeds (410) and York (330).`
_SOME_OF = lazy(
    r"\b(?:most|many|much|majority|half|some|part|all but [a-z]+|one|any|few|several|including) (?:of )?"
    r"(?:(?:the|its|their|our|these)\b )?"
    r"(?:[\w.-]+(?: [\w.-]+)?['’]s? )?$"
)
_THE_REST = lazy(r"\W*(?:the|its|their) (?:rest|remainder|others?|balance|remaining)\b")
_WITH = lazy(r"\b[a-z]+ with (?:about |some |around )?$")
_OWN_WITH = lazy(r"\b(?:an?|the) (?:[a-z]+ ){1,4}with (?:about |some |around )?$")
_LEAD = 60
# So many steps of its last digit the finest figure of a list must have for a digit to tell something.
_FINE, _FINER = 100, 10_000
_SURE: tuple[How, ...] = ("transposed", "scale")
_FEW_HEADS = 3
_BEHIND, _NOUN = 15, 25

Taken = Mapping[str, Collection[str]]


def bind(scene: Scene, row: Row, taken: Taken) -> Iterator[Relation]:
    """The sums of a row that one slip keeps from agreeing. `taken` are parts of sums that agree, with their totals."""
    claims = tuple(c for c in row.claims if not aimed(scene, c))
    kept = Row(row.sentence, claims)
    if len(claims) < 2 or gives_some(scene, claims):
        return
    whole = next((n for n in range(len(claims) - 2) if is_head(scene, claims[n])), None)
    for n in range(len(claims) - 2) if whole is None else (whole,):
        some = claims[n : _to_a_semicolon(scene, claims, n, run_after(scene, kept, n))]
        if len(some) >= 3 and stands_with(scene, some):
            continue
        if len(some) < 3 or not _set_under(scene, some) or not _free(scene, some, _here(scene, row, taken)):
            continue
        if _in_years(scene, scene.claims[some[1]].figure.start, scene.claims[some[-1]].figure.end):
            continue
        relation = _slipped(scene, some[0], some[1:], "sum.slip-in-a-list", "words set the list under its total")
        if relation is not None:
            yield relation
            return
    # `… drawn down by £2.5m and stood at £14.6m, while reserves fell from £31.2m to £27.8m`: no list.
    if len(claims) == len(row.claims) and _fills_its_sentence(scene, kept) and not _is_the_rest(scene, row):
        above = called(scene, list(heads.heads(scene, kept)), claims[0])
        pointed = _pointed(scene, above, claims)
        if pointed is not None:
            yield pointed
            return
        named = _is_called(scene, claims)
        for total in above:
            # `Output of pork, beef and poultry was 239 tons. Pork gave 93, beef 146 and poultry 24`: all that is named.
            all_named = heads.lists_its_names(scene, total, claims)
            if not (all_named or _free(scene, (total, *claims), taken)) or heads.goes_on(scene, total, claims):
                continue
            if heads.are_other_things(scene, total, claims):
                continue
            why = "the list fills the sentence behind its total"
            own = heads.side(scene, total, claims) == "own"
            relation = _slipped(scene, total, claims, "sum.slip-under-a-total", why, own=own, named=named)
            if relation is not None:
                yield relation
                return


def _to_a_semicolon(scene: Scene, claims: Sequence[int], n: int, end: int) -> int:
    """Where a list ends whose items commas join: at what a semicolon sets apart."""
    if end - n < _FEW_HEADS or ";" in scene.between(claims[n + 1], claims[n + 2]):
        return end
    return next((k for k in range(n + 3, end) if ";" in scene.between(claims[k - 1], claims[k])), end)


def _pointed(scene: Scene, above: Sequence[int], parts: Sequence[int]) -> Relation | None:
    """`Costs rose to 53.6 million. They comprise wages of 24.1, rents of 14.9 and …`: all of what was told last."""
    start = scene.sentences[scene.claims[parts[0]].sentence].start
    before = scene.report.view[start : scene.claims[parts[0]].figure.start].lower()
    if not above or len(parts) < _FEW_HEADS or _WHOLLY_UNDER_IT.match(before) is None or _NOT_ALL.search(before):
        return None
    why = "words say that the list is all of what the sentence before tells"
    told = [
        Relation(
            "sum",
            (
                operand("total", scene.claims[total]),
                *(operand("part", counted_alike(scene.claims[total], scene.claims[p])) for p in parts),
            ),
            scene.scope_of(total, *parts),
            "high",
            "sum.they-comprise",
            why,
        )
        for total in above
    ]
    last = scene.claims[above[0]].sentence == scene.claims[parts[0]].sentence - 1
    near = last and _is_near(scene.claims[above[0]], [scene.claims[p] for p in parts])
    return told[0] if near and all(_disagrees(scene, one) for one in told) else None


def _is_called(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether a list names what it takes its parts out of: `Among the notified cases, 2,060 were men …`."""
    start = scene.sentences[scene.claims[claims[0]].sentence].start
    return OF_NAMED.match(scene.report.view[start : scene.claims[claims[0]].figure.start].lower()) is not None


def _is_the_rest(scene: Scene, row: Row) -> bool:
    """Whether a sentence lists what is left of a whole: `Of 1,312 cases 214 were of flu. The rest included 38 of …`."""
    start = scene.sentences[row.sentence].start
    return _THE_REST.match(scene.report.view[start : start + _LEAD].lower()) is not None


def taken_by(sums: Collection[Relation]) -> dict[str, set[str]]:
    """Which totals each part of these sums makes."""
    found: dict[str, set[str]] = {}
    for relation in sums:
        totals = {o.ref for o in relation.operands if o.role == "total"}
        for operand_ in relation.operands:
            if operand_.role != "total":
                found.setdefault(operand_.ref, set()).update(totals)
    return found


def _here(scene: Scene, row: Row, taken: Taken) -> Taken:
    """What is taken by totals of this sentence: a list that words open belongs to none farther off."""
    here = {scene.claims[c].claim_id for c in row.claims}
    return {ref: found for ref, totals in taken.items() if ref in here and (found := here.intersection(totals))}


def _free(scene: Scene, claims: Sequence[int], taken: Taken) -> bool:
    """Whether no part makes another total already, and the total is no part beside one of them."""
    refs = [scene.claims[c].claim_id for c in claims]
    held = [set(taken.get(ref, ())) for ref in refs]
    return not any(held[1:]) and not held[0] & {r for h in held[1:] for r in h} and not _is_made(refs, taken)


def _is_made(refs: Sequence[str], taken: Taken) -> bool:
    """Whether some of the parts make the total already."""
    return any(refs[0] in taken.get(ref, ()) for ref in refs[1:])


def _disagrees(scene: Scene, relation: Relation) -> bool:
    return agreement(relation, scales(scene.book)) == "none"


def _is_transposed(relation: Relation) -> bool:
    """Whether two digits of one figure in their right order would make the parts the total to the last digit."""
    figures = [o.figure for o in relation.operands if o.figure is not None]
    over = figures[0].number.value - sum((f.number.value for f in figures[1:]), Fraction(0))
    for n, figure in enumerate(figures):
        value, step = figure.number.value, figure.number.step
        wanted = value - over if n == 0 else value + over
        if step and (value / step).denominator == 1 and wanted > 0:
            made = transposed(str(int(value / step)))
            if any(changed * step == wanted for changed in made):
                return True
    return False


def _slipped(
    scene: Scene, total: int, parts: Sequence[int], rule: str, why: str, *, own: bool = False, named: bool = False
) -> Relation | None:
    over = scene.claims[total]
    claims = [counted_alike(over, scene.claims[p]) for p in parts]
    if any(c.figure.modifier for c in (over, *claims)) or is_some_of(scene, total):
        return None
    bare = any(c.figure.dimension for c in claims) and not (named and over.figure.number.step == 1)
    # `Staff numbered 388, comprising 214 loan officers, 96 tellers and 78 others`
    bare = bare and not (
        len(parts) > 2 and over.figure.number.step == 1 and _WHOLLY.search(scene.between(total, parts[0]))
    )
    if not over.figure.dimension and (over.figure.number.step < 1 or bare):
        return None
    if any(c.figure.number.value == over.figure.number.value for c in claims):
        return None  # said again, it is no part of itself
    if any(scene.report.view[c.figure.number_end : c.figure.number_end + 1] == "-" for c in claims):
        return None  # a 7-member board is none of 16 judges
    operands = (operand("total", over), *(operand("part", c) for c in claims))
    reason = f"{why}, and it misses it by a slip of the pen"
    relation = Relation("sum", operands, scene.scope_of(total, *parts), "high", rule, reason)
    # Two of a whole may leave some of it, or overlap, unless their words leave no third: `640 were late and 530 dear`.
    enough = _FINE if len(parts) > 2 or are_halves(scene, parts) else _FINER
    kinds: tuple[How, ...] = ANY if max(fineness(o) for o in operands) >= enough else STRONG
    if rule == "sum.slip-under-a-total" and over.figure.number.manner == "words":
        return None
    opened = _NAMELY.search(scene.between(total, parts[0])) is not None
    if rule == "sum.slip-in-a-list" and not opened and max(fineness(o) for o in operands) < _FINE:
        kinds = ()  # 21 entered, 7 left, five of these: of a few things, 12 is found by chance
    if rule == "sum.slip-under-a-total" and not _is_near(over, claims):
        kinds = _SURE  # any digit may be anything: words do not say that the list is of this total
    wholly = len(parts) == 2 and _WHOLLY.search(scene.between(total, parts[0])) is not None
    told = wholly and are_halves(scene, parts) and in_full.holds(scene, total, parts)
    told = told or (own and len(parts) > 2 and _disagrees(scene, relation) and _is_transposed(relation))
    if rule == "sum.slip-under-a-total" and _is_near(over, claims) and _disagrees(scene, relation):
        told = told or heads.lists_its_names(scene, total, parts) or heads.are_all_of_it(scene, total, parts)
    return relation if told or slips(relation, scales(scene.book), kinds) else None


# --- words and layout ------------------------------------------------------------------------------------------------


def _is_near(total: Claim, parts: Sequence[Claim]) -> bool:
    """Whether parts miss a total by less than a quarter of it."""
    wanted = abs(total.figure.number.value)
    return abs(sum((abs(p.figure.number.value) for p in parts), -wanted)) <= wanted / 4


def _set_under(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether words or a colon set a list under the total before it."""
    view = scene.report.view
    units = {scene.claims[c].figure.unit for c in claims}
    joints = [scene.between(a, b).strip() for a, b in pairwise(claims)]
    # `Housing 21.7 million; Roads 34.9 million; Services 18.3 million`: items, all of them.
    if len(joints) > 1 and all(joint.startswith(";") for joint in joints):
        return False
    if _OPENED.search(scene.between(claims[0], claims[1])) or (len(units) == 1 and are_in_brackets(scene, claims)):
        return True
    if named_alone(scene, claims) or _OF_IT.match(
        view[scene.claims[claims[1]].figure.number_end : scene.claims[claims[1]].figure.end + 40].lower()
    ):
        return True
    return is_head(scene, claims[0])


def named_alone(scene: Scene, claims: Sequence[int]) -> bool:
    """A counted total, then bare numbers with nouns of none: `2,400 farms, 1,200 here and 1,200 there`."""
    total, *parts = (scene.claims[c].figure for c in claims)
    return total.dimension == "count" and total.end > total.number_end and all(_is_bare(p) for p in parts)


def _is_bare(figure: Figure) -> bool:
    return not figure.dimension or (figure.dimension == "count" and figure.end == figure.number_end)


def _in_years(scene: Scene, start: int, end: int) -> bool:
    """Whether figures are of several years in turn, and no parts of one thing; what falls due in several years is."""
    stretch = scene.report.view[start : end + _BEHIND]
    return len(set(_YEARS.findall(stretch))) > 1 and _FALLS_DUE.search(stretch.lower()) is None


def gives_some(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether words among a list, or right before it, say that it is not all of it."""
    start = scene.claims[claims[0]].figure.start
    if _MAINLY.search(scene.report.view[max(0, start - _LEAD) : start].lower()):
        return True
    end = min(scene.claims[claims[-1]].figure.end + _NOUN, scene.sentences[scene.claims[claims[-1]].sentence].end)
    return _NOT_ALL.search(scene.report.view[start:end].lower()) is not None


def _fills_its_sentence(scene: Scene, row: Row) -> bool:
    """Whether all figures of a sentence's measure are one list, closed by `and`: three, or two that words call all."""
    claims, view = row.claims, scene.report.view
    if len(claims) < 2 or not all(joined(scene, a, b) for a, b in pairwise(claims)):
        return False
    if not _LAST.search(scene.between(claims[-2], claims[-1])):
        return False
    sentence = scene.sentences[row.sentence]
    if _in_years(scene, sentence.start, sentence.end - _BEHIND):
        return False
    before = view[sentence.start : scene.claims[claims[0]].figure.start].lower()
    if (
        _UNDER_IT.match(before)
        or OF_NAMED.match(before)
        or _OF_IT.match(view[scene.claims[claims[0]].figure.number_end : sentence.end].lower())
    ):
        return True
    return len(claims) > 2 or are_halves(scene, claims)


def are_halves(scene: Scene, pair: Sequence[int]) -> bool:
    """`Urban residents numbered … and rural residents …`: each figure has its own of two words that leave no third."""
    start = scene.sentences[scene.claims[pair[0]].sentence].start
    ends = [scene.claims[claim].figure.end for claim in pair]
    about = [scene.report.view[a : b + _NOUN].lower() for a, b in zip((start, ends[0]), ends, strict=True)]
    return are_two_kinds(scene.book, about[0], about[1])


def stands_with(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether each figure of a list has its `with` or `of`, the first too: `an army with 40,000 troops, a navy with
    6,000 and an air force with 4,000`."""
    start = scene.sentences[scene.claims[claims[0]].sentence].start
    first = scene.claims[claims[0]].figure.start
    before = [scene.report.view[max(start, first - _LEAD) : first].lower()]
    before += [scene.between(a, b) for a, b in pairwise(claims)]
    return _OWN_WITH.search(before[0]) is not None and all(_WITH.search(text) is not None for text in before[1:])


def is_some_of(scene: Scene, total: int) -> bool:
    """Whether words take only some out of a whole: `most of the 900 staff`."""
    start = scene.claims[total].figure.start
    return _SOME_OF.search(scene.report.view[max(0, start - _LEAD) : start].lower()) is not None
