"""Parts and totals: figures of one measure that words add up or take out of a whole → sum and subset.

A list is whole where words say so (`consisting of`, `the remaining`, `in all`), or where bare numbers follow a counted
total (`86 bridges, 52 under …, 27 from … and 17 with …`). Other rows of figures count only where they agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.binding.charity import UNSAID, choose
from pipeline.binding.ledger import Ledger
from pipeline.binding.listed import are_two_kinds
from pipeline.binding.scene import Candidate, Outcome, Scene
from pipeline.binding.slipped import ANY, slips
from pipeline.binding.sums import (
    balances,
    by_form,
    enclosed,
    framed,
    in_full,
    left_over,
    slipped_outcomes,
    slipped_rows,
    so_many_kinds,
    stock_and_flow,
)
from pipeline.binding.sums.agreeing import rows_that_agree
from pipeline.binding.sums.leaning import taken_at_their_word
from pipeline.binding.sums.lists import figures_of, made_of, sum_of, words_of
from pipeline.binding.sums.runs import (
    Row,
    aimed,
    are_in_brackets,
    counts_parts,
    eligible,
    has_one_more,
    is_taken_out_of,
    outgrown,
    rows_of,
    run_after,
    run_before,
    runs,
    taken_alike,
    taken_in_turn,
    without_other_things,
)
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Considered, Cue, Relation, Scope
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_OF_THE_TOTAL = lazy(r"(?:%|cent|percent|share|half|third|quarter) of (?:the |its |our |their )?(?:total|whole|all)\b")
_REST_UNTOLD = lazy(r"[^.;]{0,160}?\b(?:the (?:remaining|rest|balance)|the others?)\b")
_LAST_JOINT = lazy(r"\band\b|\bthe (?:remaining|other|rest|balance)\b|\)\s*,?\s*(?:and\b)?|,\s*the\b")
_OF_ALL = lazy(r"\bof (?:the|this|that|all|its|our)(?: (?:total|whole|sum|full))?(?: of)?\s*$")
_OUT_OF_THEM = lazy(r"\s*+(?:[a-z]+ )?(?:of|out of|among) ")
_OF_THEM = lazy(r"\b(?:of|among) (?:them|these|those|whom|which)\b")
_OF_WHICH = lazy(r"\b(?:of|among) (?:which|whom|these|them|those)\b|\bincluding\b")
# What things do they may do side by side.
_DOES = lazy(
    r"\s+(?:had|have|has|owns?|owned|sells?|sold|uses?|used|grows?|grew|keeps?|kept|said|reported|offers?|received"
    r"|speaks?|spoke|knows?|knew|likes?|liked|wants?|wanted|plays?|played|cited|mentioned|named|attended|visited)\b"
)
_APPOSED = lazy(
    r"[,:(–—]|(?:[,:(–—]\s*)?(?:with|of whom|of which|comprising|being|made up of|namely|consisting of|i\.e\.)"
)
_PAIR = 2
_NEAR = 30
_SHORT = 4
# A list that words do not call whole is flagged only when it misses its total by less than this part of it.
_NEAR_MISS = Fraction(1, 8)
# That parts make too much, no part left untold explains.
_TOO_MANY = Fraction(1, 4)


def bind(scene: Scene) -> Outcome:
    """All sums and subsets of a report."""
    relations: list[Relation] = [*stock_and_flow.bind(scene), *left_over.bind(scene), *framed.bind(scene)]
    considered: list[Considered] = []
    rows = {number: rows_of(scene, number) for number in scene.holding(1)}
    for some in rows.values():
        for row in some:
            for candidates in _said(scene, row):
                relation = choose(candidates, scene.book)
                if relation is not None:
                    relations.append(relation)
                elif candidates:
                    considered.append(_not_built(candidates[0].relation))
            for candidate in rows_that_agree(scene, row):
                relation = choose([candidate], scene.book)
                if relation is not None:
                    relations.append(relation)
    ledger = scene.once(Ledger)
    for candidate in (*balances.candidates(scene, lambda claim: eligible(scene, claim)), *_far(scene, ledger, rows)):
        relation = choose([candidate], scene.book)
        if relation is not None:
            relations.append(relation)
    agreeing = slipped_rows.taken_by([r for r in relations if agreement(r, scales(scene.book)) != "none"])
    for some in rows.values():
        for row in some:
            relations.extend(slipped_rows.bind(scene, row, agreeing))
    relations.extend(slipped_outcomes.bind(scene, lambda claim: eligible(scene, claim), agreeing))
    relations.extend(by_form.bind(scene))
    relations.extend(so_many_kinds.bind(scene))
    return list(taken_at_their_word(scene, _without_repeats(_to_the_rest(relations)))), considered


def _to_the_rest(relations: Sequence[Relation]) -> list[Relation]:
    """The relations without lists of a total of which words tell one part more, that makes up the balance."""
    closed = [({o.ref for o in r.operands}, _total_of(r)) for r in relations if r.rule == "sum.rest-behind"]
    return [
        r
        for r in relations
        if r.kind != "sum"
        or not any(_total_of(r) == total and {o.ref for o in r.operands} < refs for refs, total in closed)
    ]


def _total_of(relation: Relation) -> str:
    return next((o.ref for o in relation.operands if o.role == "total"), "")


def _not_built(relation: Relation) -> Considered:
    start, end = min(o.start for o in relation.operands), max(o.end for o in relation.operands)
    return Considered("sum", start, end, "no words say that the list is whole", relation.rule)


def _without_repeats(relations: Iterable[Relation]) -> list[Relation]:
    """One relation for each set of figures: what words are sure of, else the best-licensed, which comes first."""
    kept: dict[tuple[str, frozenset[str]], Relation] = {}
    for relation in relations:
        held = kept.setdefault((relation.kind, frozenset(o.ref for o in relation.operands)), relation)
        if relation.confidence == "high" != held.confidence:
            kept[relation.kind, frozenset(o.ref for o in relation.operands)] = relation
    return list(kept.values())


def _cue(scene: Scene, claim: int, role: str, *modes: str) -> Cue | None:
    for found, cue in scene.cues_of.get(claim, ()):
        if found == role and cue.kind == "sum" and cue.mode in modes:
            return cue
    return None


# --- what words say --------------------------------------------------------------------------------------------------


def _said(scene: Scene, row: Row) -> Iterator[list[Candidate]]:
    """For each total that words name, and each list that words close, the candidates."""
    claims = row.claims
    rest = next((n for n, c in enumerate(claims) if _cue(scene, c, "part", "rest")), None)
    for n, total in enumerate(claims):
        end = run_after(scene, row, n)
        # `54 members from five parties: 21 …`: what opens the list is the number of its parts.
        numbers = (k for k in range(total + 1, claims[n + 1] if end > n + 1 else 0) if k not in claims)
        opens = (_cue(scene, k, "total", "open") for k in numbers if scene.claims[k].figure.number.value == end - n - 1)
        opener = _cue(scene, total, "total", "open", "inclusive") or next(filter(None, opens), None)
        if counts_parts(scene, total, claims[n + 1 : end]) or slipped_rows.is_some_of(scene, total):
            continue
        if outgrown(scene, total, claims[n + 1 : n + 2]):
            continue
        if opener is not None and end - n > 2:
            # `bridges numbering 86, 52 under …, 27 from … and 17 with …`: the bare numbers say that the list is whole.
            listed = claims[n:end]
            bare = opener.mode == "inclusive" and (_elliptic(scene, listed, named=True) or _apposed(scene, listed))
            yield list(_opened(scene, row, n, end, None if bare else opener, rest))
        elif (apart := enclosed.end_of(scene, claims, n)) > 0:
            named = (
                enclosed.is_named(scene, total, claims[n + 1 : apart])
                or slipped_rows.named_alone(scene, claims[n:apart])
                or enclosed.is_of_one_money(scene, claims[n:apart])
            )
            yield [_apart(scene, claims[n:apart], 0 if named else 1)]
        elif end - n > _PAIR and (_elliptic(scene, claims[n:end], named=False) or _apposed(scene, claims[n:end])):
            yield list(_opened(scene, row, n, end, None, rest))
        closer = _cue(scene, total, "total", "close")
        if closer is not None and n >= 2:
            first = run_before(scene, row, n)
            yield [_closed(scene, total, claims[k:n], closer, min(k - first, 2)) for k in range(first, n - 1)]
    if len(claims) == 2 and _complements(scene, row):
        start, end = scene.claims[claims[0]].figure.start, scene.claims[claims[1]].figure.end
        halves = Cue(start, end, "sum", (), 0, "", "", False, "sum.two-halves")
        wholes = [t for t in figures_of(scene, row, -1) if _near_miss(scene, t, claims) and not aimed(scene, t)]
        yield [_closing(scene, t, claims, halves, n, "neighbour") for n, t in enumerate(wholes)]
    if rest is not None and rest >= 1:
        closing = _cue(scene, claims[rest], "part", "rest")
        assert closing is not None
        yield list(_with_rest(scene, row, rest, closing))


def _apart(scene: Scene, claims: Sequence[int], tier: int) -> Candidate:
    """A list set apart behind its total; one far from it is no list of its parts."""
    near = _near_miss(scene, claims[0], claims[1:])
    rule, reason = "sum.set-apart", "the list is set apart right behind its total"
    return sum_of(scene, claims[0], claims[1:], rule, reason, tier if near else UNSAID + tier, "sentence")


def _complements(scene: Scene, row: Row) -> bool:
    """`117,900 of them were women and 94,600 men`: two kinds that leave no third."""
    first, second = (scene.claims[c].figure for c in row.claims)
    view, sentence = scene.report.view, scene.sentences[row.sentence]
    if not _OF_THEM.search(view[sentence.start : second.start].lower()) or first.kind != "absolute":
        return False
    after = [view[f.number_end : f.end + 30].lower() for f in (first, second)]
    return are_two_kinds(scene.book, after[0], after[1], always=True)


def _closed(scene: Scene, total: int, parts: Sequence[int], cue: Cue, order: int) -> Candidate:
    """A total behind its parts; one far from what they make is the total of something else."""
    said = sum_of(scene, total, parts, cue.rule, words_of(scene, cue), order, "sentence")
    told = order == 0 and (in_full.tells(scene, total, parts) or bool(slips(said.relation, scales(scene.book))))
    if _near_miss(scene, total, parts) or told:
        return said
    return sum_of(scene, total, parts, cue.rule, words_of(scene, cue), UNSAID + order, "sentence")


def _elliptic(scene: Scene, claims: Sequence[int], *, named: bool) -> bool:
    """A named total, then bare numbers, the last behind `and` or all in brackets: they are its parts."""
    total, *parts = (scene.claims[c].figure for c in claims)
    if (total.dimension not in ("count", "money") and not named) or any(
        p.dimension == "count" or p.number.value >= total.number.value for p in parts
    ):
        return False
    bare = all(not p.dimension for p in parts)
    if bare and not named and _opens_a_list(scene, claims[0]):
        return False  # `The exceptions were: 13 vouchers paid late, 9 without documents and 5 charged wrongly`
    if bare and _OF_THE_TOTAL.search(scene.between(claims[0], claims[1])):
        return False  # `A had 7.6 million, or 36.9% of the total, B 5.2 million and C 1.6 million`
    if bare and _REST_UNTOLD.match(scene.report.view, parts[-1].end):  # `…, and the remaining unit is ours`
        return False
    return (
        bare
        and len(parts) >= 2
        and (_LAST_JOINT.search(scene.between(claims[-2], claims[-1])) is not None or are_in_brackets(scene, claims))
    )


def _opens_a_list(scene: Scene, claim: int) -> bool:
    start = scene.claims[claim].figure.start
    return scene.report.view[max(0, start - _SHORT) : start].rstrip().endswith(":")


def _apposed(scene: Scene, claims: Sequence[int]) -> bool:
    """`2,400 respondents, 1,260 men and 1,240 women`: right behind a count, two kinds that leave no third."""
    if len(claims) != _PAIR + 1:
        return False
    joints = scene.between(claims[0], claims[1]).strip(), scene.between(claims[1], claims[2]).strip()
    apposed = _APPOSED.fullmatch(joints[0]) is not None and joints[1] in ("and", ", and", "plus")
    apposed = apposed or (joints[1] == "," and are_in_brackets(scene, claims))
    return apposed and slipped_rows.are_halves(scene, claims[1:])


def _opened(scene: Scene, row: Row, n: int, end: int, cue: Cue | None, rest: int | None) -> Iterator[Candidate]:
    """A total with its parts behind it: to the end of the list, or to where it agrees."""
    claims = row.claims
    rule, reason = (
        (cue.rule, words_of(scene, cue))
        if cue
        else ("sum.bare-numbers-after-total", "bare numbers follow a named total")
    )
    whole = (cue is not None and cue.mode == "open") or (rest is not None and rest > n)
    for order, stop in enumerate(range(end, n + 2, -1)):
        parts = claims[n + 1 : stop]
        near = _near_miss(
            scene,
            claims[n],
            parts,
            over=_TOO_MANY if order == 0 and _is_right_behind(scene, claims[n], parts) else _NEAR_MISS,
        )
        # Words that open a list do not promise that it is given whole: a sum far off is another thing.
        near = near or (order == 0 and cue is not None and in_full.tells(scene, claims[n], parts))
        near = near and not _more_to_take_off(scene, row, parts[-1]) and not has_one_more(scene, claims[n], parts)
        given = whole or (cue is None and not order and not (len(parts) == _PAIR and is_taken_out_of(scene, claims[n])))
        tier = (0 if given and near else UNSAID) + min(order, 2)
        some = cue is None and _OF_WHICH.search(scene.between(claims[n], claims[n + 1])) is not None
        if tier < UNSAID and (some or any(_DOES.match(scene.after(part)) for part in parts)):
            # `1,284 complaints, of which 642 were late, 321 …`, `196 farms: 120 had cows and 90 had goats`: some of
            # them, or some twice; a slip of the pen tells.
            listed = sum_of(scene, claims[n], parts, rule, reason, tier, "sentence")
            tier += 0 if slips(listed.relation, scales(scene.book), ANY) else UNSAID
        if not order and near and in_full.are_too_many(scene, claims[n], parts):
            tier = 0
        yield sum_of(scene, claims[n], parts, rule, reason, tier, "sentence")
        for k in range(n - 1, max(-1, n - 3), -1):
            # `disbursed 42,720, which is 89% of the goal of 48,000: crop loans …`: the list is of the first.
            yield sum_of(scene, claims[k], parts, rule, reason, tier + n - k, "sentence")


def _is_right_behind(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """`64 beds, 22 for men, 24 for women and 28 for children`, and not `five died in May, three in June …`"""
    return len(parts) > _PAIR and scene.between(total, parts[0]).strip() in (",", ":", "(", "–", "—")


def _near_miss(scene: Scene, total: int, parts: Sequence[int], *, over: Fraction = _NEAR_MISS) -> bool:
    """Whether parts make less than their total, or `over` it, by no more than such a part of it."""
    wanted = scene.claims[total].figure.number.value
    made = made_of(scene, parts)
    return -abs(wanted) * _NEAR_MISS <= made - wanted <= abs(wanted) * over


def _with_rest(scene: Scene, row: Row, rest: int, cue: Cue) -> Iterator[Candidate]:
    """A list that `the remaining` closes: its total stands before it, here or in the sentence before."""
    claims = without_other_things(scene, row.claims, rest)
    rest = claims.index(row.claims[rest])
    if rest == 0:
        return
    ahead = (scene.sentences[row.sentence].start, scene.claims[claims[0]].figure.number_end)
    opened = any(_OF_THEM.match(scene.report.view[at : at + _NEAR].lower().lstrip()) for at in ahead)
    if opened:
        # `412 of them lie in the hills, 298 in the plain and the remaining 274 by the sea`: all are parts.
        totals = list(figures_of(scene, row, -1))
        told = len(totals) == 1 and rest == len(claims) - 1 and in_full.tells_parts(scene, claims)
        for total in totals[:1] if told else ():
            yield sum_of(scene, total, claims, cue.rule, words_of(scene, cue), 0, "neighbour")
    if rest + 1 < len(claims) and _OF_ALL.search(scene.between(claims[rest], claims[rest + 1])):
        yield _closing(scene, claims[rest + 1], claims[: rest + 1], cue, 0, "sentence")
        return
    said = scene.report.view[cue.start : cue.end].lower()
    # `Schools take £9.4m, roads £5.1m and everything else £3.8m`: else than all that were named.
    opened = opened or taken_alike(scene, claims[: rest + 1]) or " else" in said
    opened = opened or (taken_in_turn(scene, claims[: rest + 1]) and not _near_miss(scene, claims[0], claims[1:]))
    for first in range(1, 1 if opened else rest):
        tier = first - 1 if first == 1 else UNSAID + first
        yield _closing(scene, claims[first - 1], claims[first : rest + 1], cue, tier, "sentence")
    # The nearest figure before that the list nearly makes is its total, if nothing in the sentence is.
    units = {scene.claims[c].figure.unit for c in claims[: rest + 1]}
    nearby = [
        c
        for c in figures_of(scene, row, -1)
        if ("" in units or units <= {"", scene.claims[c].figure.unit})
        and _near_miss(scene, c, claims[: rest + 1])
        and (
            not aimed(scene, c) or _makes(scene, c, claims[: rest + 1]) or len(scene.by_sentence[row.sentence - 1]) == 1
        )
    ]
    alone = len(nearby) == 1 and rest > 1 and (said.startswith("the ") or " else" in said)
    for tier, total in enumerate(nearby):
        yield _closing(scene, total, claims[: rest + 1], cue, tier if alone else 1 + tier, "neighbour")


def _makes(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    relation = sum_of(scene, total, parts, "", "", UNSAID, "neighbour").relation
    return agreement(relation, scales(scene.book)) == "strict"


def _closing(scene: Scene, total: int, parts: Sequence[int], cue: Cue, tier: int, scope: Scope) -> Candidate:
    # `1,240 of the 3,000 cases and some more, leaving 1,720`: the first is itself a part.
    part = _OUT_OF_THEM.match(scene.between(total, parts[0])) is not None
    near = _near_miss(scene, total, parts) or (tier == 0 and not part and in_full.tells(scene, total, parts))
    return sum_of(scene, total, parts, cue.rule, words_of(scene, cue), tier if near else UNSAID + tier, scope)


def _far(scene: Scene, ledger: Ledger, rows: Mapping[int, Sequence[Row]]) -> Iterator[Candidate]:
    """Lists whose total stands farther off than the neighbouring sentences."""
    for some in rows.values():
        for row in some:
            for run in runs(scene, row):
                yield from balances.far_totals(scene, ledger, run)


def _more_to_take_off(scene: Scene, row: Row, last: int) -> bool:
    """Whether the sentence goes on to take off what is no figure: `minus one that closed`."""
    view, end = scene.report.view, scene.sentences[row.sentence].end
    return (
        re.search(r"\b(?:minus|less|net of|deducting)\b", view[scene.claims[last].figure.end : end].lower()) is not None
    )
