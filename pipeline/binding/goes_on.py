"""What a sentence goes on to say of the amounts of the one before → growth, share, sum, whether it agrees or not.

`The herd numbered 4,260. By autumn it had shrunk to 3,834, a loss of 10%`; `Births thus exceeded deaths by 155`: the
amounts that it needs stand in the two sentences once each, called as the words call them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pipeline.binding.scene import Outcome, Scene, counted_alike, operand, same_measure
from pipeline.binding.slipped import slips
from pipeline.binding.words import stem, stems
from pipeline.fraction import Fraction
from pipeline.model import Claim, Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_MOVED_TO = lazy(
    r"\b(?:it|they|this|these|the (?:number|figure|total|level|sum|amount)|the (?P<who>[a-z]+))"
    r"(?:(?! (?:the|it|they|this|that|these) )[^.;,]){0,25}\b(?:risen|rose|grown|grew|climbed|increased|gone up"
    r"|swollen|shrunk|shrank|fallen|fell|dropped|declined|decreased|gone down|come down|came down|went up|went down"
    r"|recovered) to (?:about |some |only |just )?$"
)
_EFFECT = lazy(
    r"\W*(?:the|its|this|their|that) (?:net |estimated |overall |measured )?"
    r"(?:effect|impact|difference|gain|improvement|reduction|gap|contribution)\b"
)
_CONTROL = lazy(r"\b(?:control|comparison|untreated|unassisted|reference|non-[a-z]+|other|without|rest of)\b")
_APPOSED = lazy(r"[^.;]{0,25}, (?:which is |that is |i\.e\. |or |thus )?(?:an? |up |down )?[^.;,]{0,30}")
_EXCEEDED = lazy(
    r"\b(?P<more>[a-z]+) (?:thus |therefore |hence |in all )?(?:exceeded|outnumbered|outstripped|surpassed) "
    r"(?:the )?(?P<less>[a-z]+) by (?:about |some |just )?$"
)
_GIVES = lazy(r"\W*(?:at|with|given|assuming) (?:an? |the )?(?:average |mean |net )?(?:[a-z]+ ){1,3}(?:rate )?of $")
_THIS_GAVE = lazy(
    r"(?: per cent| percent)?,? (?:this|that|it|these|they|which) (?:gives|gave|makes|made|means|meant|yields|yielded"
    r"|comes to|came to|amounts to|amounted to|corresponds to|leaves|left)(?: us| them)? $"
)
_THAT_IS = lazy(
    r"\W*(?:that|this|which) (?:is|was|makes|made|means|meant|comes to|came to|amounts to|amounted to|corresponds to)"
    r"(?: about| some| roughly)? $"
)
_OF = lazy(r" of (?:the |its |our |their |all |these |those )*$")
_OUT_OF = lazy(r" (?:out )?of (?:the|its|our|their|all) ")
_SO_COVERED = lazy(
    r"\W*(?:it|they|this|we|that) (?:has |have |had )?(?:thus|therefore|hence|so|accordingly) (?:[a-z]+ ){1,2}"
    r"(?:only |just |about )?$"
)
_OF_THEM = lazy(r"\s*of (?:them|these|those|it|this|that)\b\s*[.,;]|\s*of (?:the|all) [a-z]+\s*(?:[.,;]|$)")
_LESS_THAN = lazy(
    r"\s*(?P<way>less|more|lower|higher|fewer|longer|shorter|cheaper|dearer) (?:[a-z]+ )?than "
    r"(?:the )?(?P<other>[a-z]+)\b"
)
_SAYS = lazy(r"\W*(?:the )?(?P<one>[a-z]+) (?:thus |therefore |hence |accordingly )(?:[a-z]+ ){1,3}$")
_UP = ("more", "higher", "longer", "dearer")
_BRINGING = lazy(
    r"[^.;]{0,60}, (?:bringing|raising|taking|making|for)[^.;,]{0,30}\btotal\b[^.;,]{0,30}(?:to|of|at|up to) $"
)
_ANOTHER = lazy(r"\W*(?:(?:[a-z]+ ){0,6}(?:another|a further|an additional|further)) $")
_SO_MOVED = lazy(
    r"\W*(?:it|they|this|the|their|its)\b[^.;,]{0,40}"
    r"\b(?:thus|therefore|hence|accordingly|consequently)\b[^.;,]{0,20}\bby $"
)
_CAME_TO = lazy(
    r"\W*(?:it|they|this|these) (?:now )?"
    r"(?:came to|come to|reached|stood at|stand at|stands at|was|were|totalled|amounted to)"
    r"(?: only| just| about)? $"
)
_AGAINST = lazy(
    r"[^.;,]{0,30},? ?(?:(?:as )?compared (?:with|to)|(?:as )?against|after|(?:up |down )?from|versus)"
    r"(?: some| about)? $"
)
_IN_ALL = lazy(
    r"\W*+(?:altogether|in all|together|in total|the two|(?:the |their |its )?(?:total|combined|overall)\b"
    r"|[^.;,]{0,40}\b(?:thus|therefore|hence|in all|altogether)\b)"
)
_MORE = lazy(r"\b(?:further|another|second|also|additional|as well|other|remaining|added)\b")
_OR = lazy(r"\W*(?:or|that is|i\.e\.|\()\W*(?:about |some )?")
_PLAN = lazy(r"\b(?:planned|targets? (?:of|was|were|is)|forecast|expected|should|respectively|at least|up to)\b")


def bind(scene: Scene) -> Outcome:
    """All that sentences go on to say of those before them."""
    relations: list[Relation] = []
    for number in scene.holding(1, first=1):
        before, here = scene.by_sentence[number - 1], scene.by_sentence[number]
        if not len(before) or len(before) + len(here) > _MOST:
            continue
        if scene.sentences[number].paragraph != scene.sentences[number - 1].paragraph:
            continue
        start, end = scene.sentences[number - 1].start, scene.sentences[number].end
        if _PLAN.search(scene.report.view[start:end].lower()):
            continue
        found = [way(scene, _plain(scene, before), _plain(scene, here)) for way in _WAYS]
        found.append(_running_total(scene, number))
        found.append(_net_effect(scene, number))
        relations.extend(relation for relation in found if relation is not None)
    return relations, []


_MOST = 5
_NEAR = Fraction(1, 8)


def _running_total(scene: Scene, number: int) -> Relation | None:
    """`Tickets brought in 1.84 million. Sponsors gave a further 0.66 million. Total income was thus 2.50 million.`"""
    if number < 2 or len({scene.sentences[n].paragraph for n in (number - 2, number - 1, number)}) > 1:
        return None
    rows = [_plain(scene, scene.by_sentence[n]) for n in (number - 2, number - 1, number)]
    if any(len(row) != 1 for row in rows):
        return None
    first, second, total = (scene.claims[row[0]] for row in rows)
    if not all(_is_amount(c.figure) and same_measure(c, total) for c in (first, second, total)):
        return None
    if any(scene.roles(row[0], "growth", "target") for row in rows) or not _IN_ALL.match(_ahead(scene, rows[2][0])):
        return None
    more = scene.sentences[number - 1]
    if not _MORE.search(scene.report.view[more.start : more.end].lower()):
        return None
    relation = _relation(scene, "sum", [("total", total), ("part", first), ("part", second)], "sum.running-total")
    made, whole = first.figure.number.value + second.figure.number.value, total.figure.number.value
    # One far from its parts has more of them, told elsewhere.
    near = abs(made - whole) <= abs(whole) * _NEAR
    return relation if near or slips(relation, scales(scene.book)) else None


def _net_effect(scene: Scene, number: int) -> Relation | None:
    """`In the treated group it fell 4.5 points. In the comparison group it fell 1.2 points. The effect of the programme
    is therefore 3.3 points.`"""
    if number < 2 or len({scene.sentences[n].paragraph for n in (number - 2, number - 1, number)}) > 1:
        return None
    head = next(iter(_plain(scene, scene.by_sentence[number])), None)
    rows = [[c for c in scene.by_sentence[n] if "change" in scene.roles(c, "growth")] for n in (number - 2, number - 1)]
    if head is None or any(len(row) != 1 for row in rows) or not _EFFECT.match(_ahead(scene, head)):
        return None
    first, second = rows[0][0], rows[1][0]
    claims = [scene.claims[c] for c in (head, first, second)]
    kinds = {c.figure.kind for c in claims}
    ways_ = {scene.roles(c, "growth")["change"].direction for c in (first, second)}
    start = scene.sentences[number - 2].start
    told = scene.report.view[start : scene.sentences[number].end].lower()
    if kinds != {"points"} or len(ways_) != 1 or 0 in ways_ or _CONTROL.search(told) is None:
        return None
    if any(c.figure.upper is not None or c.figure.modifier not in ("", "~") for c in claims):
        return None
    more, less = sorted(claims[1:], key=lambda c: -c.figure.number.value)
    return _relation(scene, "sum", [("total", claims[0]), ("part", more), ("less", less)], "sum.net-effect")


def _plain(scene: Scene, claims: Sequence[int]) -> list[int]:
    """The claims without lengths of time."""
    return [c for c in claims if scene.claims[c].figure.dimension != "time"]


def _ahead(scene: Scene, claim: int) -> str:
    """The words of a sentence before a figure, in lower case, with one blank between them."""
    start = scene.sentences[scene.claims[claim].sentence].start
    return " ".join(scene.report.view[start : scene.claims[claim].figure.start].lower().split()) + " "


def _is_amount(figure: Figure) -> bool:
    return figure.kind == "absolute" and figure.upper is None and figure.modifier in ("", "~") and not figure.per


def _relation(scene: Scene, kind: str, roles: Sequence[tuple[str, Claim]], rule: str, direction: int = 0) -> Relation:
    operands = tuple(operand(role, claim) for role, claim in roles)
    why = "the sentence goes on about the amounts of the one before, and of no others"
    return Relation(kind, operands, "neighbour", "high", rule, why, direction)


def _moved_to(scene: Scene, before: Sequence[int], here: Sequence[int]) -> Relation | None:
    """`The herd numbered 4,260. By autumn it had shrunk to 3,834, a loss of 10 per cent.`"""
    if len(before) != 1 or len(here) != 2:
        return None
    prior, level, head = (scene.claims[c] for c in (*before, *here))
    said = scene.roles(here[1], "growth")
    role = "percent" if head.figure.kind == "percent" else "change"
    if not (_is_amount(prior.figure) and _is_amount(level.figure)) or role not in said or not said[role].direction:
        return None
    alike = same_measure(prior, level) and (role == "percent" or same_measure(head, prior))
    moved = _MOVED_TO.search(_ahead(scene, here[0]))
    if not alike or moved is None or not _APPOSED.fullmatch(scene.between(*here)):
        return None
    if moved["who"] and stem(moved["who"]) not in stems(_ahead(scene, before[0])):
        return None  # `The herd numbered 4,260. By October the price had risen to …`
    roles = [("level", level), ("prior", prior), (role, head)]
    return _relation(scene, "growth", roles, "growth.moved-to", said[role].direction)


def _exceeded(scene: Scene, before: Sequence[int], here: Sequence[int]) -> Relation | None:
    """`There were 2,140 births and 1,985 deaths. Births thus exceeded deaths by 155.`"""
    if len(here) != 1 or len(before) != 2:
        return None
    said = _EXCEEDED.search(_ahead(scene, here[0]))
    figures = [scene.claims[c].figure for c in (*before, *here)]
    if said is None or not all(_is_amount(f) for f in figures):
        return None
    named = {word: [c for c in before if _called(scene, c, before, said[word])] for word in ("more", "less")}
    if any(len(found) != 1 for found in named.values()) or named["more"] == named["less"]:
        return None
    total, more, less = (scene.claims[c] for c in (here[0], named["more"][0], named["less"][0]))
    if not (same_measure(more, less) or {more.figure.dimension, less.figure.dimension} <= {"count", ""}):
        return None
    if total.figure.dimension and not same_measure(total, more):
        return None
    roles = [("total", counted_alike(more, total)), ("part", more), ("less", counted_alike(more, less))]
    return _relation(scene, "sum", roles, "sum.exceeded-by")


def _called(scene: Scene, claim: int, row: Sequence[int], word: str) -> bool:
    """Whether a word stands with a figure: in its noun or right behind, or before it, where no other figure is."""
    figure, sentence = scene.claims[claim].figure, scene.sentences[scene.claims[claim].sentence]
    place = row.index(claim)
    start = scene.claims[row[place - 1]].figure.end if place else sentence.start
    end = scene.claims[row[place + 1]].figure.start if place + 1 < len(row) else sentence.end
    view = scene.report.view
    behind = stems(re.split(r"[,;:.]|\band\b|\bwhile\b", view[figure.number_end : end].lower())[0])
    ahead = stems(re.split(r"[,;:]|\band\b|\bwhile\b", view[start : figure.start].lower())[-1])
    return stem(word) in behind or stem(word) in ahead


def _this_gave(scene: Scene, before: Sequence[int], here: Sequence[int]) -> Relation | None:
    """`The mill crushed 318,000 tonnes of cane. At a recovery of 11.2 per cent this gave 35,616 tonnes of sugar.`"""
    if len(before) != 1 or len(here) != 2:
        return None
    whole, percent, part = (scene.claims[c] for c in (*before, *here))
    if percent.figure.unit != "%" or scene.roles(here[0], "growth", "target"):
        return None
    told = _GIVES.fullmatch(_ahead(scene, here[0])) and _THIS_GAVE.fullmatch(scene.between(*here))
    return _share(scene, part, whole, percent) if told else None


def _that_is(scene: Scene, before: Sequence[int], here: Sequence[int]) -> Relation | None:
    """`Two thirds of the 5,400 members voted. That is 3,600 members.`"""
    if len(before) != 2 or len(here) != 1 or not _THAT_IS.fullmatch(_ahead(scene, here[0])):
        return None
    percent, whole, part = (scene.claims[c] for c in (*before, *here))
    if percent.figure.kind not in ("percent", "factor") or scene.roles(before[0], "growth", "target"):
        return None
    return _share(scene, part, whole, percent) if _OF.fullmatch(scene.between(*before)) else None


def _so_covered(scene: Scene, before: Sequence[int], here: Sequence[int]) -> Relation | None:
    """`The scheme reached 36 of the 48 target villages. It thus covered 75 per cent of them.`"""
    if len(before) != 2 or len(here) != 1 or not _SO_COVERED.fullmatch(_ahead(scene, here[0])):
        return None
    part, whole, percent = (scene.claims[c] for c in (*before, *here))
    if percent.figure.unit != "%" or not _OF_THEM.match(scene.after(here[0])):
        return None
    return _share(scene, part, whole, percent) if _OUT_OF.search(scene.between(*before)) else None


def _share(scene: Scene, part: Claim, whole: Claim, percent: Claim) -> Relation | None:
    a, b = part.figure, whole.figure
    alike = same_measure(part, whole) or (b.dimension == "count" and a.dimension in ("", "count"))
    if not (_is_amount(a) and _is_amount(b)) or not alike or a.number.value >= b.number.value:
        return None
    roles = [("part", counted_alike(whole, part)), ("whole", whole), ("percent", percent)]
    return _relation(scene, "share", roles, "share.goes-on")


def _less_than(scene: Scene, before: Sequence[int], here: Sequence[int]) -> Relation | None:
    """`Pay is 3,240 euros for men and 2,916 euros for women. Women thus earn 10 per cent less than men.`"""
    if len(before) != 2 or len(here) != 1 or scene.claims[here[0]].figure.kind not in ("percent", "absolute"):
        return None
    than, one = _LESS_THAN.match(scene.after(here[0])), _SAYS.fullmatch(_ahead(scene, here[0]))
    if than is None or one is None or not all(_is_amount(scene.claims[c].figure) for c in before):
        return None
    levels, priors = ([c for c in before if _called(scene, c, before, word)] for word in (one["one"], than["other"]))
    if len(levels) != 1 or len(priors) != 1 or levels == priors:
        return None
    level, prior, head = (scene.claims[c] for c in (levels[0], priors[0], here[0]))
    role = "percent" if head.figure.kind == "percent" else "change"
    if not same_measure(level, prior) or (role == "change" and not same_measure(head, level)):
        return None
    direction = 1 if than["way"] in _UP else -1
    return _relation(scene, "growth", [("level", level), ("prior", prior), (role, head)], "growth.less-than", direction)


def _bringing(scene: Scene, before: Sequence[int], here: Sequence[int]) -> Relation | None:
    """`Farms employ 2.4 million and factories 1.1. Another 3.5 million serve, bringing the total to 7.0 million.`"""
    if len(here) != 2 or not before:
        return None
    claims = [scene.claims[c] for c in (*before, *here)]
    *parts, total = claims
    if not all(_is_amount(c.figure) and same_measure(c, total) for c in claims) or not total.figure.number.value:
        return None
    if any(set(scene.roles(c, "growth")) & {"prior", "change"} for c in before):
        return None
    if not _ANOTHER.fullmatch(_ahead(scene, here[0])) or not _BRINGING.fullmatch(_words(scene.between(*here))):
        return None
    roles = [("total", total), *(("part", counted_alike(total, part)) for part in parts)]
    return _relation(scene, "sum", roles, "sum.bringing-to")


def _words(text: str) -> str:
    """A text with one blank between its words, and where it has one at its ends."""
    return re.sub(r"\s+", " ", text)


def _so_moved(scene: Scene, before: Sequence[int], here: Sequence[int]) -> Relation | None:
    """`We received 2,310 calls in March and 2,580 in April. The number of calls thus rose by 270.`"""
    if len(before) != 2 or len(here) != 1 or not _SO_MOVED.fullmatch(_ahead(scene, here[0])):
        return None
    prior, level, head = (scene.claims[c] for c in (*before, *here))
    said = scene.roles(here[0], "growth")
    role = "percent" if head.figure.kind == "percent" else "change"
    if (
        role not in said
        or not (_is_amount(prior.figure) and _is_amount(level.figure))
        or not same_measure(prior, level)
    ):
        return None
    up = level.figure.number.value > prior.figure.number.value
    if said[role].direction != (1 if up else -1) or (role == "change" and not same_measure(head, level)):
        return None
    return _relation(
        scene, "growth", [("level", level), ("prior", prior), (role, head)], "growth.so-moved", said[role].direction
    )


def _came_to(scene: Scene, before: Sequence[int], here: Sequence[int]) -> Relation | None:
    """`Donations were down by 12 per cent. They came to $2.64 million, compared with $3.00 million in 2016.`"""
    if len(before) != 1 or len(here) != 2 or not _CAME_TO.fullmatch(_ahead(scene, here[0])):
        return None
    head, level, prior = (scene.claims[c] for c in (*before, *here))
    said = scene.roles(before[0], "growth")
    role = "percent" if head.figure.kind == "percent" else "change"
    if role not in said or not said[role].direction or not _AGAINST.fullmatch(_words(scene.between(*here))):
        return None
    if not (_is_amount(prior.figure) and _is_amount(level.figure)) or not same_measure(prior, level):
        return None
    if role == "change" and not same_measure(head, level):
        return None
    return _relation(
        scene, "growth", [("level", level), ("prior", prior), (role, head)], "growth.came-to", said[role].direction
    )


def _another(scene: Scene, before: Sequence[int], here: Sequence[int]) -> Relation | None:
    """`Half of the 4,820 pupils walk. Another 1,446, or 30 per cent, cycle.`"""
    if len(here) != 2 or not before or not _ANOTHER.fullmatch(_ahead(scene, here[0])):
        return None
    cues = [cue for c in before for cue in scene.roles(c, "share").values()]
    wholes = {ref for cue in cues for role, ref in cue.roles if role == "whole"}
    part, percent = (scene.claims[c] for c in here)
    if len(wholes) != 1 or min(wholes) not in before or percent.figure.unit != "%":
        return None
    if not _OR.fullmatch(_words(scene.between(*here))) or scene.roles(here[1], "growth", "target"):
        return None
    return _share(scene, part, scene.claims[min(wholes)], percent)


_WAYS: tuple[Callable[[Scene, Sequence[int], Sequence[int]], Relation | None], ...] = (
    _moved_to,
    _exceeded,
    _this_gave,
    _that_is,
    _so_covered,
    _less_than,
    _bringing,
    _so_moved,
    _came_to,
    _another,
)
