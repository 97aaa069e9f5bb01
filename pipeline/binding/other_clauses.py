"""Relations whose figures do not agree, and of which a clause or a sentence is of other things: of last year, of a part
of what is listed, of what something else came to.
"""

from __future__ import annotations

from bisect import bisect_left

from pipeline.binding.listed import moments
from pipeline.binding.scene import Scene
from pipeline.binding.words import stems
from pipeline.model import Operand, Relation
from pipeline.patterns import lazy

# `The remaining 2,682 million came from abroad, with A (871), B (502) and C (463) in the lead`
_SOME_OF_THEM = lazy(
    r"\b(?:in the lead|led by|headed by|among others|notably|foremost|in particular|for example|for instance|such as)\b"
)
_OF_THAT = lazy(r"\s*of (?:that|this) (?:target|plan|goal|budget|figure|number|amount)\b")
# Nominal figures tell nothing of what prices did, nor of what was made.
_REAL = lazy(r"\b(?:deflator|in real terms|real terms|in volume|volumes?|prices?|inflation|constant)\b")
_TERMS = lazy(r"\b(?:nominal|current prices|value terms)\b")
# `That is a gain of 12%, with capacity rising 9.4% to …`: what rises here is named here.
_WITH_ITS_OWN = lazy(
    r"\b(?:with|while|as) (?:the |its |their |our )?(?P<thing>(?:[a-z-]+ ){1,3})(?:[a-z]+ing|up|down|rose|fell|grew) "
    r"(?:by )?(?:about |some |nearly )?$"
)
# `In the six months before we came 2,214 men passed through`
_IN_THE = lazy(r"\b(?:in|over|during|within|for|throughout) (?:the|those|these|its|their|our) (?:[a-z]+ )?$")
# `645 of the 2,150 were upheld. The share was 33% in 2023 and 35% in 2022.`
_IN_A_YEAR = lazy(r" (?:in|for) (?P<year>(?:19|20)\d\d)\b")
# `Of this, a grant provided 3.92 million (57%). Admissions earned 0.98 million …`
_OF_THIS = lazy(r"\bof (?:this|that|these|it|which),? [^.;]{0,50}$")
_OWN_SHARE = lazy(r" ?\((?:about |some )?\d{1,2}(?:\.\d+)? ?(?:%|per ?cent)")
_AHEAD = 60


def _by_role(relation: Relation) -> dict[str, Operand]:
    return {operand.role: operand for operand in relation.operands}


def is_some_of_them(scene: Scene, relation: Relation) -> bool:
    """Whether words behind a total, or about its parts, say that they are only some."""
    parts = [o for o in relation.operands if o.role == "part"]
    total = _by_role(relation).get("total")
    if total is None or len(parts) < 2 or any(o.start < total.start for o in parts):
        return False
    home = scene.sentences[scene.sentence_at(parts[-1].start)]
    return _SOME_OF_THEM.search(scene.low, max(home.start, total.end), home.end) is not None


def is_of_what_comes_with_it(scene: Scene, relation: Relation) -> bool:
    """Whether a percentage and its level are of a thing that a clause of their own names, and the sentence of the prior
    does not."""
    roles = _by_role(relation)
    if not {"percent", "level", "prior"} <= roles.keys() or not roles["percent"].end <= roles["level"].start:
        return False
    here, before = (scene.sentences[scene.sentence_at(roles[role].start)] for role in ("percent", "prior"))
    own = _WITH_ITS_OWN.search(scene.low, here.start, roles["percent"].start)
    if own is None or here.start <= before.start:
        return False
    return stems(own["thing"]).isdisjoint(stems(scene.low[before.start : before.end]))


def is_of_that_target(scene: Scene, relation: Relation) -> bool:
    """Whether a percentage is of a target that its own sentence tells, and another is taken for it."""
    roles = _by_role(relation)
    if not {"percent", "target"} <= roles.keys():
        return False
    number = scene.sentence_at(roles["percent"].start)
    if roles["target"].start >= scene.sentences[number].start or not _OF_THAT.match(scene.low, roles["percent"].end):
        return False
    before = (scene.claims[n].figure for n in scene.by_sentence[number] if scene.starts[n] < roles["percent"].start)
    return any(figure.kind == "absolute" and figure.dimension != "time" for figure in before)


def is_of_another_moment(scene: Scene, relation: Relation) -> bool:
    """Whether a total is one of last time, as its sentence opens with: `a year ago it carried 2.65 million`."""
    roles = _by_role(relation)
    if not {"rate", "total"} <= roles.keys():
        return False
    home, here = (scene.sentence_at(roles[role].start) for role in ("total", "rate"))
    if home == here:
        return False
    then, last, _ = moments(scene.book)
    opens, own = (scene.low[(span := scene.sentences[n]).start : span.start + _AHEAD] for n in (home, here))
    return any(words.search(opens) and not words.search(own) for words in (then, last))


def is_of_prices(scene: Scene, relation: Relation) -> bool:
    """Whether nominal figures are held to what a sentence of its own says of prices: `the deflator rose by 2.5%`."""
    roles = _by_role(relation)
    if not {"percent", "level"} <= roles.keys() or "prior" not in roles:
        return False
    home, there = (scene.sentences[scene.sentence_at(roles[role].start)] for role in ("percent", "level"))
    if home.start == there.start:
        return False
    named = _TERMS.search(scene.low, there.start, there.end) is not None
    return named and _REAL.search(scene.low, home.start, roles["percent"].start) is not None


def is_of_others_each(scene: Scene, relation: Relation) -> bool:
    """Whether one is told for so many of other things than are counted: `one for every 4.6 ferry passengers`."""
    rate = _by_role(relation).get("rate")
    count = _by_role(relation).get("count")
    if rate is None or count is None or rate.figure is None or count.figure is None or relation.scope == "sentence":
        return False
    per = scene.claims[bisect_left(scene.starts, rate.start)].figure.per.split()
    return rate.figure.number.value == 1 and len(per) > 1 and per[0][:1].isdigit() and count.figure.unit not in per


def is_in_a_period(scene: Scene, relation: Relation) -> bool:
    """Whether what is taken for a total tells in what time the things were counted."""
    total = _by_role(relation).get("total")
    if total is None or total.figure is None or total.figure.dimension != "time":
        return False
    return _IN_THE.search(scene.low, max(0, total.start - _AHEAD), total.start) is not None


def is_of_a_year_of_its_own(scene: Scene, relation: Relation) -> bool:
    """Whether a percentage is told for a year that the sentence of its part and whole does not name."""
    percent = _by_role(relation).get("percent")
    told = _IN_A_YEAR.match(scene.low, percent.end) if percent is not None else None
    if percent is None or told is None:
        return False
    home = scene.sentence_at(percent.start)
    others = [scene.sentences[n] for o in relation.operands if (n := scene.sentence_at(o.start)) != home]
    return bool(others) and not any(told["year"] in scene.low[span.start : span.end] for span in others)


def is_a_part_itself(scene: Scene, relation: Relation) -> bool:
    """Whether what is taken for a total is the first part of one told before, with its share of that."""
    total = _by_role(relation).get("total")
    if total is None or relation.scope == "sentence":
        return False
    before = _OF_THIS.search(scene.low[max(0, total.start - _AHEAD) : total.start]) is not None
    return before and _OWN_SHARE.match(scene.low, total.end) is not None
