"""A percent `of operating costs` whose part or whole is named by a phrase, wherever in the report it stands → share.

The phrase leads to the amount that is called so; the part stands beside the percent, or is what the sentence speaks
of. Whether they agree plays no part in whom the words name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence, Set

from pipeline.binding.distant.distant_margins import SALES, is_margin_before, margin
from pipeline.binding.distant.nearby import (
    is_dated_apart,
    is_short_of_total,
    may_be_meant,
    measured,
    percents_before,
    told_close,
)
from pipeline.binding.names import Named, Names, Phrase, key, keys, named, next_word, phrases, sole, subjects
from pipeline.binding.scene import Scene, countable, same_measure
from pipeline.binding.shares.slipped_shares import share
from pipeline.binding.slipped import one_slip_away
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Considered, Cue, Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_OF = lazy(
    r"\s*(?:of|out of)\b(?!\s+(?:it|them|this|that|these|which|whom)\b)(?!\s+those\s*[,.;)])(?!\s+(?:the\s+)?\d)"
)
_APPOSED = lazy(
    r"\s*+(?:[a-z]++\b\s*+)?(?:of [^,;.()\d]{2,45})?"
    r"(?:,?\s*+(?:or|i\.e\.?,?|that is,?|which is|which was|namely|making|or about)|[(,]"
    r"|,?\s*+account\w++ for|,?\s*+represent\w++|,?\s*+(?:which\s++)?(?:made|makes) up|,?\s*+equal to"
    r"|,?\s*+correspond\w++ to|, an? [a-z]++(?: rate| ratio)? of"
    r"|,?\s(?:with|at|giving|for) an? (?:[a-z]++\s){0,2}margin of)\s*+(?:a |an )?"
)
_THOSE = lazy(r"\s*(?:those|(?P<all>all|the total|the whole)\b(?=\s*(?:[,.;)]|and\b)))")
_THE_TOTAL = lazy(r"\s*of the (?:total|whole)\s*(?:[,.;)]|and\b|$)")
_POINTS_BACK = lazy(r"\W*(?:it|this|that|which)\b")
_IN_BRACKETS = lazy(r"[^,;.()]{0,45}\($")
_ASIDE = lazy(r"[^,;:.]{3,60}(?P<aside>, (?:which|who|whose) [^;:.]{3,120}?,)[^,;:.]{3,40}$")
_AND_IS = lazy(
    r"\s*,?(?: \([^()]*\))? and (?:now |thus |therefore |already )?(?:accounts?|accounted) for (?:about |some )?|"
    r"\s*,?(?: \([^()]*\))? and (?:now |thus |therefore |already )?(?:represent\w*|made up|makes? up) (?:about |some )?"
)
_AGED = lazy(r"\b(?:under|over|aged|above|below|between)\s+$")
_HOUSE = keys("group company consolidated corporate")
_ALL_OF_IT = keys("sales revenue revenues turnover income costs expenses expenditure")
_HUNDRED = 100
_ENOUGH = 4
_SMALL = 12
# How often a slip may meet what agrees by chance, in one section and beyond it.
_TELLING, _TELLING_FAR = Fraction(1, 2), Fraction(1, 16)
Parts = Sequence[tuple[int, bool]]
Wholes = Sequence[tuple[Named, bool]]


def bind(
    scene: Scene, names: Names, held: frozenset[str], added: Collection[Relation] = ()
) -> Iterator[Relation | Considered]:
    """The shares of amounts that phrases name. `held` are the refs of percents that agree already, `added` sums that
    do: of what a part is added up to, it is a share outright."""
    made = {(o.ref, next(t.ref for t in r.operands if t.role == "total")) for r in added for o in r.operands}
    before: tuple[int, Wholes] = -1, ()
    for percent, claim in enumerate(scene.claims):
        if not _may_lead(scene, percent) and not is_margin_before(scene, percent):
            continue
        parts, wholes = margin(scene, names, percent)
        if not parts:
            said = _said(scene, percent)
            # `by 687,600 households (39 percent of all) and piped water by 899,100 (51 percent)`
            again = not said and claim.sentence == before[0] and _is_in_brackets(scene, percent)
            wholes = before[1] if again else ()
            total = not said and _THE_TOTAL.match(scene.after(percent)) is not None
            parts = list(_parts(scene, names, percent, said)) if said or wholes or total else []
            if (said or total) and parts:
                wholes = _wholes(scene, names, percent, parts, said)
        before = claim.sentence, wholes
        if wholes and claim.claim_id not in held:
            yield _judged(scene, percent, parts, wholes, made)


def _may_lead(scene: Scene, percent: int) -> bool:
    figure = scene.claims[percent].figure
    if figure.kind != "percent" and not (figure.kind == "factor" and figure.number.value <= 1):
        return False
    if (
        figure.upper is not None
        or figure.unit not in ("%", "")
        or percent not in scene.by_sentence[scene.claims[percent].sentence]
    ):
        return False
    said = scene.roles(percent, "growth", "target", "annual", "points", "real")
    return not set(said) & {"percent", "level", "prior", "change"} or bool(scene.roles(percent, "share"))


# --- what it is a part of --------------------------------------------------------------------------------------------


def _said(scene: Scene, percent: int) -> list[Phrase]:
    """The phrases that tell what a percent is of: behind it, or behind the part beside it."""
    after = scene.after(percent) + " "
    of = _OF.match(after)
    beside = _beside(scene, percent)
    if of is None and beside is not None:
        # `in 23 of the schools visited (36 per cent)`
        after = scene.report.view[scene.claims[beside].figure.number_end :][:120].lower()
        of = _OF.match(after)
    if of is None:
        return []
    rest = after[of.end() :]
    those = _THOSE.match(rest)
    if those is None:
        return list(phrases(rest))
    # `15% of those selected`, `39 percent of all`: of the things that the part counts.
    noun = next_word(scene, beside) if beside is not None else ""
    if not keys(noun):
        return []
    behind = next(phrases(rest[those.end() :]), None) if not those["all"] else None
    things = named(noun)
    return [Phrase(things.keys | behind.keys, things.head, behind.complete)] if behind else [things]


def _wholes(scene: Scene, names: Names, percent: int, parts: Parts, said: Sequence[Phrase]) -> Wholes:
    """The amounts that phrases name, and whether they name but one."""
    sure = [part for part, certain in parts if certain] or [part for part, _ in parts]

    def fits(n: int) -> bool:
        figure = scene.claims[n].figure
        if figure.kind != "absolute" or figure.dimension == "time" or figure.per:
            return False
        if figure.number.manner != "digits" and figure.number.value <= _SMALL:
            return False
        return any(n != part and countable(scene.claims[n], scene.claims[part]) for part in sure)

    if not said:  # `of the total`
        alike = _of_its_name(scene, names, percent, lambda n: fits(n) and _above(scene, n, sure[0], percent))
        if alike is not None:
            return [(Named(alike, 0, False), True)]
        first = _opening(scene, percent, fits)
        return [(Named(first, 0, False, outright=False), True)] if first is not None else ()
    for phrase in (*_of_the_house(said), *said):
        found = names.find(phrase, percent, fits)
        larger = [one for one in found if _above(scene, one.claim, sure[0], percent)]
        if found:
            best = sole(scene, larger or found)
            if best is not None and is_short_of_total(scene, best, percent, [one.claim for one in found]):
                best = None
            return [
                (
                    one,
                    one.claim == best
                    and not is_dated_apart(scene, one.claim, percent)
                    and not _is_of_some(phrase, one),
                )
                for one in (larger or found)[:_ENOUGH]
            ]
    length = measured(scene, percent, said[0], fits)
    return [(Named(length, 0, False), True)] if length is not None else ()


def _is_of_some(phrase: Phrase, one: Named) -> bool:
    """Whether a report's `sales` are looked for and an amount is that of `memory sales` alone."""
    return one.extra > 0 and phrase.keys == {phrase.head} and phrase.head in _ALL_OF_IT


def _of_the_house(said: Sequence[Phrase]) -> Iterator[Phrase]:
    """`Group sales`, `company revenue`: what a report calls net sales or revenue where it tells their figure."""
    for phrase in said:
        rest = phrase.keys - _HOUSE
        if rest != phrase.keys and len(rest) == 1 and phrase.head in rest:
            yield from (named(name) for name in SALES if named(name).head == phrase.head and named(name).keys != rest)


def _of_its_name(scene: Scene, names: Names, percent: int, fits: Callable[[int], bool]) -> int | None:
    """What `the total` is where a sentence speaks of some of it, by its name: `The balance on the oldest awards`."""
    start, end = scene.clause_of(percent)[0], scene.claims[percent].figure.start

    def may(n: int) -> bool:
        return n < percent and scene.same_section(n, percent) and fits(n)

    for phrase in subjects(scene.report.view[start:end].lower()):
        if len(phrase.keys) > 1 and (found := names.find(phrase, percent, may)):
            return sole(scene, found)
    return None


def _opening(scene: Scene, percent: int, fits: Callable[[int], bool]) -> int | None:
    """What `the total` is in a paragraph or section that opens with an amount of its measure: `Investment totalled`."""
    claim = scene.claims[percent]
    paragraph, of_paragraph, of_section = scene.sentences[claim.sentence].paragraph, None, None
    for n in range(percent - 1, -1, -1):
        other = scene.claims[n]
        if other.section != claim.section:
            break
        if n in scene.by_sentence[other.sentence] and other.sentence != claim.sentence:
            of_section = n
            of_paragraph = n if scene.sentences[other.sentence].paragraph == paragraph else of_paragraph
    for opening in (of_paragraph, of_section):
        if opening is not None and fits(opening) and not scene.claims[opening].figure.modifier:
            return opening
    return None


def _above(scene: Scene, whole: int, part: int, percent: int) -> bool:
    """Whether a whole is above its part, or below it where the percent is above a hundred."""
    over = scene.claims[whole].figure.number.value > scene.claims[part].figure.number.value
    figure = scene.claims[percent].figure
    return over == (figure.number.value <= (_HUNDRED if figure.kind == "percent" else 1))


# --- the part --------------------------------------------------------------------------------------------------------


def _beside(scene: Scene, percent: int) -> int | None:
    """The amount that a percent is told of right behind it: `138 tonnes, or 7.5 per cent`."""
    before = percent - 1
    if before < 0 or scene.claims[before].sentence != scene.claims[percent].sentence:
        return None
    figure = scene.claims[before].figure
    if figure.kind != "absolute" or not _APPOSED.fullmatch(scene.between(before, percent)):
        return None
    return before


def _is_in_brackets(scene: Scene, percent: int) -> bool:
    beside = _beside(scene, percent)
    return beside is not None and _IN_BRACKETS.match(scene.between(beside, percent)) is not None


def _parts(scene: Scene, names: Names, percent: int, said: Sequence[Phrase]) -> Iterator[tuple[int, bool]]:
    """The amounts that may be the part, with whether words leave no other."""
    number = scene.claims[percent].sentence
    aside = _aside(scene, percent)
    before = [
        n
        for n in range(scene.by_sentence[number].start, percent)
        if _is_amount(scene, n) and not (aside and aside[0] <= scene.claims[n].figure.start < aside[1])
    ]
    of_noun = [n for n in before if said and key_of(scene, n) in said[0].keys]
    beside = _beside(scene, percent)
    if beside is not None and (not of_noun or beside in of_noun):
        yield beside, True
        return
    if len(of_noun) == 1 and beside is not None:
        # `64 schools in eight counties, or 5.5 per cent of the schools`
        yield of_noun[0], True
        return
    cued = {
        ref
        for role, cue in scene.cues_of.get(percent, ())
        if cue.kind == "share" and role == "percent"
        for other, ref in cue.roles
        if other == "part" and ref >= 0
    }
    yield from ((n, True) for n in sorted(cued))
    said_so = bool(scene.roles(percent, "share"))
    plain = [n for n in before if not scene.roles(n, "growth").keys() & {"change", "prior"}]
    yield from ((n, [n] == plain and said_so) for n in reversed(before) if n not in cued)
    start, end = scene.clause_of(percent)[0], scene.claims[percent].figure.start
    if aside:
        start, end = scene.sentences[number].start, aside[0]
    if not before and percent and start <= scene.claims[percent - 1].figure.start < end:
        # `Services grew by 7.8 percent and now accounts for 17.3 percent of sales`: one subject has both verbs.
        grown = scene.claims[percent - 1].figure
        if scene.roles(percent - 1, "growth").keys() & {"percent", "change"} and _AND_IS.fullmatch(
            scene.between(percent - 1, percent)
        ):
            end = grown.start
    if before or (percent and start <= scene.claims[percent - 1].figure.start < end):
        return
    lead = scene.report.view[start:end].lower()
    if _POINTS_BACK.match(lead):
        # `It corresponds to 38% of the budget`: what the sentence before told the level of.
        yield from ((n, True) for n in _told_before(scene, number))
        return
    for size, phrase in enumerate(subjects(lead)):
        found = names.find(phrase, percent, lambda n: _is_amount(scene, n))
        if found:
            # `Aboriginal people make up 5.8%` are not those of the most common aboriginal language.
            best = sole(scene, found) if not size or len(phrase.keys) > 1 else None
            yield from ((one.claim, one.claim == best) for one in found[:_ENOUGH])
            return


def _aside(scene: Scene, percent: int) -> tuple[int, int] | None:
    """What is put in commas between what a sentence speaks of and its verb: `The works, which cost 3, were 40% of`."""
    start, end = scene.sentences[scene.claims[percent].sentence].start, scene.claims[percent].figure.start
    found = _ASIDE.match(scene.report.view, start, end)
    return found.span("aside") if found else None


def key_of(scene: Scene, n: int) -> str:
    """The key of the noun that a figure counts."""
    noun = next_word(scene, n).split()
    return key(noun[-1]) if noun and scene.claims[n].figure.dimension in ("count", "") else ""


def _is_amount(scene: Scene, n: int) -> bool:
    figure = scene.claims[n].figure
    if figure.kind != "absolute" or figure.dimension == "time":
        return False
    return bool(figure.unit) or not _AGED.search(scene.report.view[max(0, figure.start - 12) : figure.start].lower())


def _told_before(scene: Scene, number: int) -> list[int]:
    """The one level that the sentence before tells."""
    if not number or scene.sentences[number].section != scene.sentences[number - 1].section:
        return []
    told = [
        n
        for n in scene.by_sentence[number - 1]
        if _is_amount(scene, n) and not set(scene.roles(n, "growth")) & {"prior", "change"}
    ]
    # `Investment was 71.8, with 3.1 in farms and 68.7 in towns. It was …`: a sentence is about what is largest in it.
    over = [scene.claims[n].figure.number.value for n in told]
    return told[:1] if over and over[0] == max(over) else []


# --- which is meant --------------------------------------------------------------------------------------------------


def _judged(
    scene: Scene, percent: int, parts: Parts, wholes: Wholes, made: Set[tuple[str, str]]
) -> Relation | Considered:
    """The share that agrees, best named first; else the one that words name outright and a slip explains."""
    cue = next((c for r, c in scene.cues_of.get(percent, ()) if c.kind == "share" and r == "percent"), None)
    figure = scene.claims[percent].figure
    cue = cue or Cue(figure.start, figure.end, "share", (), 0, "", "", False, "share.of-what-is-named")
    sizes = scales(scene.book)
    outright: Relation | None = None
    by_name, over = False, figure.kind == "percent" and figure.number.value > _HUNDRED
    for part, sure in parts:
        for whole, one in wholes:
            first, second = scene.claims[whole.claim], scene.claims[part]
            if part in (whole.claim, percent) or not countable(first, second):
                continue
            certain = sure and one and same_measure(first, second) and _may_be_part(second.figure, first.figure, over)
            relation = share(scene, (part,), whole.claim, percent, cue, "high" if certain else "medium")
            agreed = agreement(relation, sizes)
            if agreed == "strict" or (certain and agreed != "none"):
                return relation
            if certain and outright is None:
                outright, by_name = relation, whole.outright or (second.claim_id, first.claim_id) in made
    pasted = percents_before(scene, percent)
    if outright is not None:
        near = outright.scope != "document"
        if one_slip_away(outright, sizes, least=_TELLING if near else _TELLING_FAR, pasted=pasted if near else ()):
            return outright
    added = outright is not None and bool({(o.ref, t.ref) for o in outright.operands for t in outright.operands} & made)
    if outright is not None and by_name and _is_told_in_full(scene, percent, outright, added=added):
        return outright
    why = "no share agrees and one slip explains none" if outright else "its part and whole are not named outright"
    return Considered("share", figure.start, figure.end, why, cue.rule)


def _may_be_part(part: Figure, whole: Figure, over: bool) -> bool:
    """Whether a figure may be a part of one far off, whatever they make: the smaller, or larger (`over`) where more
    than all is told; and no money of a bare number."""
    fits = over or abs(part.number.value) < abs(whole.number.value)
    return fits and (part.dimension != "money" or whole.dimension == "money")


def _is_told_in_full(scene: Scene, percent: int, relation: Relation, *, added: bool) -> bool:
    """`with a population of 11.8 million … 1.77 million people, or 15 percent of the population`: the part stands right
    before the percent, or alone in the sentences before, and the whole in one section with them; `added`: as their sum.
    """
    figures = {o.role: o.figure for o in relation.operands}
    part, whole, said = (figures[role] for role in ("part", "whole", "percent"))
    beside = _beside(scene, percent)
    if part is None or whole is None or said is None or said.kind != "percent":
        return False
    if beside is None:  # `Mortgages made up 57.8 per cent of the total.`
        beside = next((n for n in told_close(scene, percent) if scene.claims[n].figure.start == part.start), None)
    of = _OF.match(scene.after(percent))
    if not added and of is not None and _THOSE.match(scene.after(percent)[of.end() :]) and _said(scene, percent):
        return False  # `101,824 households, or 86.0% of the total`: the total of households may be none that is told
    over = (
        None
        if beside is None
        else next((n for n in range(beside) if scene.claims[n].figure.start == whole.start), None)
    )
    if (
        beside is None
        or over is None
        or not scene.same_section(over, percent)
        or scene.claims[beside].figure.start != part.start
    ):
        return False
    return may_be_meant(scene, over, beside, percent)
