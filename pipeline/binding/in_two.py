"""What two sentences tell in full, and nothing beside it → sum, share, points, growth, whether it agrees or not.

`Exports were 8.4 billion. Imports were 9.7 billion, a deficit of 1.3.` The second sentence goes on about the first by
its words, and all amounts of the two are the relation's: such figures belong together however far off they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.binding import pairs, pairs_in_time
from pipeline.binding.scene import Outcome, Scene, countable, counted_alike, operand, same_measure
from pipeline.binding.shares import of_another
from pipeline.binding.shares.of_another import is_left_out
from pipeline.binding.slipped import STRONG, slips
from pipeline.binding.sums.balances import opposites
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Claim, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_TOTAL = lazy(
    r"\b(?:together|in all|in total|altogether|combined|the total"
    r"|(?:that|this) (?:makes|made|gives|gave)|(?:was|were|is|are) (?:thus|therefore|hence)"
    r"|(?:thus|therefore|hence) (?:came|comes|amounted|amounts) to)\b"
)
_TOTAL_OPENS = lazy(
    r"\W*(?:the |its |our |their )?(?:total|overall|aggregate|combined)(?: [a-z]+){1,3}?"
    r"(?: (?:in|for|of|over) (?:the |that |this )?(?:[a-z]+ )?(?:year|period|quarter|month|programme|project))? "
    r"(?:was|were|is|are|came|amounted|reached|stood|comes|amounts)\b"
)
_WITH = lazy(r"^\W*(?:with|adding|including|together with|counting)\b.*\b(?:total|in all|altogether|now)\b")
_MAKING = lazy(r", (?:making|giving|bringing|for) (?:an?|the) (?:[a-z]+ )?(?:aggregate|total|sum)(?: of| to)?$")
_ANOTHER = lazy(r"\b(?:another|an? (?:further|additional)|the (?:other|remaining|rest))\b[^.;]*$")
_LEAD = 30
_OF_THEM = lazy(r" ?(?:of (?:them|it|these|those|this|the total|the whole)\b|full\b|(?!\)? ?of\b))")
_OF_ALL = lazy(r"\s*of (?:them|these|those|the (?:total|whole))\b")
_THAT_IS = lazy(
    r"\W*(?:(?:that|this|which) (?:is|was|means|makes|gives|represents|amounts to|corresponds to)|in other words"
    r"|(?:their|its) share (?:has|is|was|had)? ?(?:thus|therefore)"
    r"|[a-z]+ (?:thus|therefore) (?:make|makes|made|form|forms))\b"
)
_OF_IT = lazy(r" ?(?:of (?:the|all|all the|this|that|our|its) [a-z]+ ?)?(?:[.,;]|$|from\b)")
_SINCE = lazy(
    r"\W*(?:it|this|(?:the|their|its) (?:rate|figure|share|number)|they) "
    r"(?:has |had |have )?(?:since |now |then |thus )*"
    r"(?P<way>rise|risen|rose|grown|grew|increased|climbed|fallen|fell|dropped|declined|decreased) by\b"
)
# What then was: `reduced by 2,100, so that 10,300 remained`; `grew by 6.1 million, which brings the balance to 54.3`.
_SO_NOW = lazy(
    r"[^.;:]{0,40}?(?:\bso(?: that)?\b|, (?:bringing|taking|leaving|putting)\b"
    r"|\b(?:which|and) (?:now )?(?:brings|brought|takes|took|leaves|left|puts)\b|\bto\b|,? and\b)[^.;:]{0,40}"
)
_NOW = lazy(
    r"[^.;:,]{0,30}\b(?:left|remain(?:s|ed|ing)?|now|today|still|outstanding|in all|in total|altogether|at the end)\b"
)
_GOES_ON = lazy(
    r"\W{0,5}+(?:[^.;:]{0,40}\b(?:it|they|this|that|these|those)|the (?:number|total|figure|sum|balance|stock))\b"
)
_UP = ("rise", "risen", "rose", "grown", "grew", "increased", "climbed")
_THEN = lazy(
    r"\W*(?:a|one|the) (?:year|month|quarter|decade) (?:earlier|before|ago),?"
    r" it (?:was|had been|stood at|had stood at)\b"
)
_LEAVING = lazy(r"\b(?:leaving|leaves|left)$")
_STILL_WANTED = lazy(
    r"[^.;:]{0,40}\b(?:so(?: that)?|thus|therefore|hence|which means|meaning)(?: that)?,? (?:about |some |a )*"
    r"\|[^.;:]{0,25}\b(?:needed|wanted|missing|lacking|required|outstanding|to (?:go|come|find|raise|be found)"
    r"|remain(?:s|ed)?|still|left|short)\b.*"
)
_IT_GREW = lazy(
    r"\b(?:it|they|this|that)\b[^.;]*\b(?:rise|rose|risen|grew|grown|growth|fell|fall|fallen|increase\w*)\b"
)
_PART = lazy(r"\b(?:of|out of|of (?:the|these|those|all|our|its|their))$")
_OF_NAME = lazy(r" ?of (?:the |its |all )?([a-z]+(?: [a-z]+){0,3})(?=[.,;]|$)")
_JOINED = lazy(
    r"(?:of (?:them|it|these|those|this|the total),? ?)?(?:full,? ?)?,? ?(?:or|with|\(|i\.e\.|that is,?"
    r"|accounting for|representing|equal to|equivalent to|which is)"
)
# A total so far from its parts is one of something else.
_NEAR = Fraction(1, 8)
# How many times what is left by two amounts the stated one may be, for it to be meant.
_TIMES = 15
_NEARER = Fraction(1, 3)
_MOST, _PAIR = 6, 2


def bind(scene: Scene) -> Outcome:
    """The relations of all pairs of sentences that tell one in full."""
    return [*_relations(scene)], []


def _relations(scene: Scene) -> Iterator[Relation]:
    for number in scene.holding(1, first=1):
        if scene.sentences[number].section != scene.sentences[number - 1].section:
            continue
        before, here = _amounts(scene, number - 1), _amounts(scene, number)
        if before is None or here is None or not before or not here or len(before) + len(here) > _MOST:
            continue
        sentence = scene.sentences[number]
        said = _words(scene.report.view[sentence.start : sentence.end].lower())
        found = (way(scene, before, here, said) for way in _WAYS)
        relation = next((one for one in found if one is not None), None)
        if relation is not None:
            yield relation


def _amounts(scene: Scene, number: int) -> list[int] | None:
    """The amounts of a sentence, in order; None where one is open, a range, or set against a plan."""
    found = []
    for claim in scene.by_sentence[number]:
        figure = scene.claims[claim].figure
        if figure.dimension == "time":
            continue
        if figure.upper is not None or figure.modifier in ("<", ">", "<=", ">=") or figure.kind in ("factor", "rate"):
            return None
        if "target" in scene.roles(claim, "target"):
            return None
        found.append(claim)
    return found


def _words(text: str) -> str:
    """A text with one blank between its words."""
    return " ".join(text.split())


def _kinds(scene: Scene, claims: Sequence[int]) -> list[str]:
    return [scene.claims[c].figure.kind for c in claims]


def _relation(scene: Scene, kind: str, roles: Sequence[tuple[str, Claim]], rule: str, direction: int = 0) -> Relation:
    operands = tuple(operand(role, claim) for role, claim in roles)
    why = "two sentences tell it in full, and of nothing beside it"
    return Relation(kind, operands, "neighbour", "high", rule, why, direction)


def _together(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """Parts in one sentence and their total in the next; or a part before, one more, and what they are together."""
    before, beside = ([c for c in some if not _is_share(scene, c)] for some in (before, here))
    # `The treasury thus gave 66% of the total income of 63.07 million`: what has a share may be of more than this.
    shared, here = len(beside) < len(here), beside
    if not before or set(_kinds(scene, (*before, *here))) != {"absolute"}:
        return None
    if len(here) == 1 and len(before) > 1 and (_TOTAL.search(said) or _TOTAL_OPENS.match(said)):
        parts, total = list(before), here[0]
    elif len(here) == 2 and len(before) == 1 and (_WITH.match(said) or _MAKING.search(_words(scene.between(*here)))):
        parts, total = [before[0], here[0]], here[1]
    else:
        return None
    over = scene.claims[total]
    made = sum((scene.claims[p].figure.number.value for p in parts), Fraction(0))
    alike = all(countable(over, scene.claims[p]) and not scene.claims[p].figure.per for p in parts)
    if not alike or abs(made - over.figure.number.value) > made * _NEAR:
        return None
    roles = [("total", over), *(("part", counted_alike(over, scene.claims[p])) for p in parts)]
    relation = _relation(scene, "sum", roles, "sum.in-two-sentences")
    sizes = scales(scene.book)
    told = not shared or agreement(relation, sizes) != "none" or bool(slips(relation, sizes, STRONG))
    return relation if told else None


def _is_share(scene: Scene, claim: int) -> bool:
    return scene.claims[claim].figure.unit == "%" and bool(scene.roles(claim, "share"))


def _balance(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`Exports were 8.4 billion. Imports were 9.7 billion, giving a deficit of 1.3 billion.`; or the balance first:
    `Net interest income was 34.7 million. Interest income was 91.5 million and interest expense 56.8 million.`"""
    now = [c for c in before if not set(scene.roles(c, "growth")) & {"prior", "change", "percent"}]
    if len(now) == 1 and len(here) == _PAIR and set(_kinds(scene, (*now, *here))) == {"absolute"}:
        pair = opposites(scene, now[0], here, apart=True)
        if pair is not None and all(same_measure(scene.claims[now[0]], scene.claims[c]) for c in here):
            roles = zip(("total", "part", "less"), (now[0], *pair), strict=True)
            named = [(role, scene.claims[c]) for role, c in roles]
            return _relation(scene, "sum", named, "sum.balance-of-two-sentences")
    if (len(before), len(here)) not in ((1, 2), (2, 1)) or set(_kinds(scene, (*before, *here))) != {"absolute"}:
        return None
    first, second, total = (scene.claims[c] for c in (*before, *here))
    counts = all(c.figure.dimension in ("count", "") for c in (first, second, total))
    if not (counts or (same_measure(first, second) and same_measure(second, total))):
        return None
    if len(here) == 1:
        if opposites(scene, here[0], before, apart=True) is None:
            return None
    elif _LEAVING.search(_words(scene.between(*here))) and same_measure(first, second) and same_measure(first, total):
        # `The budget was 62.4 million. It spent 58.9 million, leaving 3.5 million.`
        left = first.figure.number.value - second.figure.number.value
        if not left / _TIMES <= total.figure.number.value <= left * _TIMES:
            return None
        return _relation(scene, "sum", [("total", first), ("part", second), ("part", total)], "sum.what-is-left")
    elif (
        not scene.roles(here[0], "growth")
        and _STILL_WANTED.fullmatch(_words(scene.between(*here)) + " | " + _words(scene.after(here[1])))
        and same_measure(first, total)
    ):
        # `The forecast is 2.6 million. In nine months 1.94 million came, so that 0.66 million are needed.`
        left = first.figure.number.value - second.figure.number.value
        if not left / _TIMES <= total.figure.number.value <= left * _TIMES:
            return None
        return _relation(scene, "sum", [("total", first), ("part", second), ("part", total)], "sum.what-is-left")
    elif opposites(scene, here[1], (before[0], here[0]), apart=True) is None:
        return None
    more, less = sorted((first, second), key=lambda c: -c.figure.number.value)
    return _relation(scene, "sum", [("total", total), ("part", more), ("less", less)], "sum.balance-of-two-sentences")


def _of_them(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`It has 1.26 million inhabitants. About 30% of them, or 378,000, live in huts.`"""
    if len(before) != 1 or len(here) != 2 or sorted(_kinds(scene, here)) != ["absolute", "percent"]:
        return None
    if _JOINED.fullmatch(_words(scene.between(*here))) is None:
        return None
    part, percent = sorted(here, key=lambda c: scene.claims[c].figure.kind)
    whole = scene.claims[before[0]]
    if whole.figure.kind != "absolute" or whole.figure.per or scene.claims[percent].figure.unit != "%":
        return None
    if _ANOTHER.search(_words(scene.report.view[: scene.claims[here[0]].figure.start][-_LEAD:].lower())):
        return None  # `on 3,870 of those occasions; for another 12 per cent (677)`: of the same whole as the 3,870
    # `Girls made up 4.6 million of the total (49 per cent)`: whatever its size, words make it a part.
    said_part = _OF_ALL.match(scene.between(*here)) is not None
    fits = said_part or _could_be_part(scene.claims[part], whole)
    fits = fits and not scene.roles(percent, "growth", "target")
    fits = fits and not is_left_out(scene, scene.claims[part].figure.start)
    if not fits or (_OF_THEM.match(scene.after(percent)) is None and not _of_its_name(scene, percent, before[0])):
        return None
    roles = [("part", counted_alike(whole, scene.claims[part])), ("whole", whole), ("percent", scene.claims[percent])]
    return _relation(scene, "share", roles, "share.of-the-sentence-before")


def _of_its_name(scene: Scene, percent: int, whole: int) -> bool:
    """Whether a percent is said of what a figure is called: `Gross exports were …. … 7.4% of gross exports`."""
    name = _OF_NAME.match(scene.after(percent))
    start = scene.sentences[scene.claims[whole].sentence].start
    about = scene.report.view[start : scene.claims[whole].figure.start].lower()
    return name is not None and re.search(rf"\b{name.group(1)}\b", about) is not None


def _could_be_part(part: Claim, whole: Claim) -> bool:
    """Whether one figure may be some of another: smaller, and of its unit, or a bare number of what is counted."""
    a, b = part.figure, whole.figure
    # `84 million litres. On 1 August it held 31 million, or 37% of that`
    alike = a.unit == b.unit or (not a.dimension and (b.dimension == "count" or a.number.step == b.number.step))
    return alike and a.number.value < b.number.value


def _that_is(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`Of 360 firms 144 export. That is 40% of the sample.`"""
    if _kinds(scene, before) != ["absolute", "absolute"] or not here or set(_kinds(scene, here)) != {"percent"}:
        return None
    if _THAT_IS.match(said) is None or _OF_IT.match(scene.after(here[0])) is None or of_another.A_BAR.search(said):
        return None
    first, last = (scene.claims[c] for c in before)
    start = scene.sentences[first.sentence].start
    opened = _PART.search(_words(scene.report.view[start : first.figure.start].lower())) is not None
    inner = _PART.search(_words(scene.between(*before))) is not None
    taken = any(cue.kind == "subset" and role == "part" for role, cue in scene.cues_of.get(before[1], ()))
    whole, part = (first, last) if opened or taken else (last, first) if inner else (None, None)
    if whole is None or part is None or part.figure.number.value >= whole.figure.number.value:
        return None
    roles = [("part", counted_alike(whole, part)), ("whole", whole), ("percent", scene.claims[here[0]])]
    return _relation(scene, "share", roles, "share.of-the-sentence-before")


def _since(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`It stood at 8.4% in 2014. It has since fallen by 2.3 points to 6.1%.`"""
    match = _SINCE.match(said)
    if match is None or len(before) != 1 or len(here) != 2 or scene.between(*here).strip() != "to":
        return None
    prior, change, level = (scene.claims[c] for c in (*before, *here))
    kinds = prior.figure.kind, change.figure.kind, level.figure.kind
    if kinds not in (("percent", "points", "percent"), ("absolute", "absolute", "absolute")):
        return None
    if kinds[0] == "absolute" and not (same_measure(prior, level) and same_measure(change, level)):
        return None
    direction = 1 if match["way"] in _UP else -1
    roles = [("level", level), ("prior", prior), ("change", change)]
    return _relation(scene, "points" if kinds[0] == "percent" else "growth", roles, "growth.since-then", direction)


def _so_now(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`The backlog was 12,400 cases. During the year it was reduced by 2,100, so that 10,300 remained.`"""
    if len(before) != 1 or len(here) != 2 or set(_kinds(scene, (*before, *here))) != {"absolute"}:
        return None
    prior, change, level = (scene.claims[c] for c in (*before, *here))
    cue = scene.roles(here[0], "growth").get("change")
    joined = _words(scene.between(*here))
    if cue is None or not cue.direction or _SO_NOW.fullmatch(joined) is None:
        return None
    if joined.startswith(("and", ", and")) and _NOW.match(scene.after(here[1])) is None:
        return None
    if not (same_measure(prior, level) and same_measure(prior, change)) or prior.figure.per:
        return None
    was, by, now = (c.figure.number.value for c in (prior, change, level))
    made = was + cue.direction * by
    # Further off, only the words of a sentence that goes on about the one before it tie them.
    near = _NEAR if _GOES_ON.match(said) is None else _NEARER
    if by >= was or abs(made - now) > made * near:
        return None
    roles = [("level", level), ("prior", prior), ("change", change)]
    return _relation(scene, "growth", roles, "growth.so-now", cue.direction)


def _then(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`The price went up by 14% to 32 pesos. A year earlier it had been 28 pesos.`"""
    if len(here) != 1 or _THEN.match(said) is None or sorted(_kinds(scene, before)) != ["absolute", "percent"]:
        return None
    level, percent = sorted(before, key=lambda c: scene.claims[c].figure.kind)
    cue = scene.roles(percent, "growth").get("percent")
    prior = scene.claims[here[0]]
    if cue is None or prior.figure.kind != "absolute" or not same_measure(prior, scene.claims[level]):
        return None
    roles = [("level", scene.claims[level]), ("prior", prior), ("percent", scene.claims[percent])]
    return _relation(scene, "growth", roles, "growth.a-year-earlier", cue.direction)


def _grew(scene: Scene, before: Sequence[int], here: Sequence[int], said: str) -> Relation | None:
    """`It rose from 1.8 million in 2010 to 2.4 million in 2014. Over the four years it grew by 33%.`"""
    if _kinds(scene, before) != ["absolute", "absolute"] or _kinds(scene, here) != ["percent"]:
        return None
    named = {role: c for c in before for role, cue in scene.roles(c, "growth").items() if cue.frame}
    cue = scene.roles(here[0], "growth").get("percent")
    if (
        cue is None
        or {"prior", "level"} - set(named)
        or _IT_GREW.search(said) is None
        or scene.roles(here[0], "annual")
    ):
        return None
    level, prior = scene.claims[named["level"]], scene.claims[named["prior"]]
    if cue.direction != (1 if level.figure.number.value > prior.figure.number.value else -1):
        return None  # `It rose from 911 to 995. This is due to prices, with a 7% fall in volume.`
    roles = [("level", level), ("prior", prior)]
    return _relation(scene, "growth", [*roles, ("percent", scene.claims[here[0]])], "growth.told-again", cue.direction)


_WAYS: tuple[Callable[[Scene, Sequence[int], Sequence[int], str], Relation | None], ...] = (
    _together,
    _balance,
    _of_them,
    _that_is,
    _since,
    _so_now,
    _then,
    _grew,
    *pairs.WAYS,
    *pairs_in_time.WAYS,
)
