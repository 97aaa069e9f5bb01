"""A word of change over two figures → direction: `increased from 4 to 2`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.binding import listed
from pipeline.binding.comparisons.leading import BREAK
from pipeline.binding.comparisons.soundness import is_of_speed, loss
from pipeline.binding.scene import SET, Scene, operand, same_measure
from pipeline.formulas import agreement
from pipeline.model import Claim, Cue, Operand, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_PARTED = lazy(r"[;:]|,(?! which)|\b(?:that|while|whereas|but|so|and)\b")
_IMPROVED = lazy(r"\b(?:improv|better|beat|outperform)")
VALUED = lazy(r"\b(?:better|worse)\b")
_WORSENED = lazy(r"\b(?:worse|deteriorat|miss|underperform)")
# `The plague killed, the town lost, from 30,000 to 50,000 people`: how many of them is not known, and nothing fell.
_RANGE_OF = lazy(r"(?:lost|shed|cut|gained|raised|lifted|saved|spread|cost) from\b")
# `A profit of 2.4 million, up from revenues of 85 million`, `from 25 months of losses to 28 months of growth`.
_NAMED = lazy(r"\b([a-z-]+) (?:of|at) \W*$")
_OF_WHAT = lazy(r"\s*+of ([a-z -]+?)(?= (?:to|in|at|by|from|over|during|for|and|as)\b|[^a-z -]|$)")
_OUT_OF = lazy(r"\d\S* (?:[a-z]+ )?of (?:the |all |its |[\w-]+(?: [\w-]+)?['’]s? )$")
_SLOWS = lazy(r"\b(?:slow\w*|moderat\w*|eas(?:e|es|ed|ing)|decelerat\w*|cool\w*|weak\w*|soft\w*|growth)\b")
_QUICKENED = lazy(r"\b(?:accelerat\w+|quicken\w*|picked up|speeded up|sped up)\b")
# The better the rank, the lower the number.
_RANK = lazy(r"\b(?:rank\w*|place|position|spot|league table|(?:in|on) the [a-z -]{0,40}\bindex)\b")
# Votes and scores are for and against: neither came first.
_VERSUS = lazy(r"\b(?:against|versus|vs)\b")
_CONTEST = lazy(
    r"\b(?:vot(?:e|es|ed|ing)|ballots?|motion|resolution|amendment|won|defeat\w*|match|scored?|game|innings|seats)\b"
)
# `An outlay of 486 crore was approved under the plan, against 441 before` sets nothing under anything.
_DONE_UNDER = lazy(
    r"\b(?!remained|stayed|ended|finished|closed|averaged|landed|turned)[a-z]{2,}ed (?:under|over|above) "
)
_THEN_AGAINST = lazy(r"\b(?:above|over|beyond|below|under|beneath)\b.*\b(?:against|versus|vs|compared)\b")
_NAME = 40
# The mode of cues that set the growth of what is paid against that of prices, by what became of it in volume.
_OUTGROWN = "outgrown"
_KINDS = ("growth", "target")
_ROLES = {"target": "prior"}
_BESIDE = 12
_WHEREAS = lazy(r"[^;]*?,? (?:whereas|while|when|where|although|though)\b[^;]*$")
_DENIES = lazy(
    r"\b(?:not|n't|cannot|never|no|nor|neither|without|hardly|(?:nearly|almost) (?:above|below|as)"
    r"|should|must|can|may (?:be|have|not|well)|might|could|would"
    r"|if|unless|until|will|shall|expected|forecast to|projected to|likely|either|whether)\b"
)
_PART = lazy(r"\s*(?:of|in) (?!gdp|capacity)")
_A_LOSS = lazy(r"[ -](?:[a-z]+ )?(?:loss|deficit|outflow|shortfall)\b")
_TO = lazy(
    r"\bto (?:(?:an?|the|its|their|only|just|some|about|around|nearly|almost|roughly|record|level|total|low|high"
    r"|average|of|approximately|over|under|below|above|more|less|than|well|a mere) )*\W*$"
)
_JOINS = lazy(r"\b(?:and|or|but|while|whereas|which|who|that (?:is|was|were|are|had|has))\b")
_A_BAR = lazy(r"\s*(?:threshold|limit|mark|line|cut-?off)\b")
# Figures so many times apart are of two things, or one of them is not read in full.
_UNLIKE = 1000
_BEFORE = 80


def after(scene: Scene, built: Sequence[Relation]) -> Iterator[Relation]:
    """`Increased from 4 to 2`: a word of change over two figures that no percent or change speaks of."""
    # `was above the 2.36 of last year, a swing of 26%`: what tells no way leaves it to the other words.
    told = [r for r in built if r.direction or agreement(r, scales(scene.book)) == "none"]
    spoken = {o.ref for r in told for o in r.operands if o.role in ("level", "prior")}
    for cue, prior_at, level_at in (*_framed(scene), *_moved(scene)):
        direction = _way(scene, cue, level_at)
        if not direction or _RANGE_OF.match(scene.report.view[cue.start : cue.end].lower()):
            continue
        prior, level = scene.claims[prior_at], scene.claims[level_at]
        pair = {prior.claim_id, level.claim_id}
        # `Enrolment decreased from 62,940 to 64,812, a rise of 3.0%`: the one word agrees, and the other does not.
        plain = cue.frame and cue.mode != SET and cue.direction == direction
        opposed = plain and any(r.direction == -direction and pair <= _pair(r) for r in told)
        if (pair & spoken and not opposed) or not same_measure(prior, level):
            continue
        if not may_be_compared(scene, prior_at, level_at) or _denied(scene, cue):
            continue
        if cue.mode != _OUTGROWN and not (_are_set if cue.mode == SET else are_one)(scene, prior_at, level_at):
            continue
        moved = direction > 0 and level.figure.kind == "percent" and cue.mode not in (SET, _OUTGROWN)
        if moved and _slows(scene, cue):
            continue
        spoken |= {prior.claim_id, level.claim_id}
        words = " ".join(scene.report.text[cue.start : cue.end].split())
        operands = (_finely(cue, "prior", prior), _finely(cue, "level", level))
        yield Relation("direction", operands, "sentence", "high", cue.rule, f"“{words}”", direction)


def _pair(relation: Relation) -> set[str]:
    return {o.ref for o in relation.operands if o.role in ("level", "prior")}


def _way(scene: Scene, cue: Cue, level: int) -> int:
    """Which way the words say that it went: what is quicker takes less time, and what is better may be more or less."""
    words = scene.report.view[cue.start : cue.end].lower()
    if not cue.direction or VALUED.search(words):
        return for_better(scene, cue)
    return -cue.direction if is_of_speed(scene, level, words) else cue.direction


def _finely(cue: Cue, role: str, claim: Claim) -> Operand:
    """Of two amounts in movement, `from 1,200 to 1,190`, one may be round; what is set against it is as printed."""
    moved = cue.mode != SET and claim.figure.kind != "percent"
    return operand(role, claim) if moved else as_finely(role, claim)


def as_finely(role: str, claim: Claim) -> Operand:
    """A figure as finely as it is printed: `8.8 percent exceeded the 10 percent` of a plan is no rounding."""
    figure = claim.figure
    number = replace(figure.number, coarse=figure.number.step)
    return replace(operand(role, claim), figure=replace(figure, number=number))


def _framed(scene: Scene) -> Iterator[tuple[Cue, int, int]]:
    """The cues that name a prior and a level in one phrase: `rose from 4 to 5`, `at 4, it is above the 3 of May`."""
    for cue in scene.cues:
        roles = {_ROLES.get(role, role): ref for role, ref in cue.roles if ref >= 0}
        if cue.kind in _KINDS and cue.frame and set(roles) == {"prior", "level"}:
            yield cue, roles["prior"], roles["level"]


def _moved(scene: Scene) -> Iterator[tuple[Cue, int, int]]:
    """The verbs that lead to a level next to which words name a prior: `slipped to 1.8 million (last year: 1.9)`."""
    for cue in scene.cues:
        if cue.kind != "growth" or cue.frame or [role for role, _ in cue.roles] != ["level"]:
            continue
        level = cue.roles[0][1]
        if _TO.search(scene.report.view[cue.start : scene.claims[level].figure.start].lower()) is None:
            continue
        for prior in (level + 1, level - 1):
            if not 0 <= prior < len(scene.claims) or scene.claims[prior].sentence != scene.claims[level].sentence:
                continue
            said = scene.roles(prior, "growth").get("prior")
            between = scene.between(prior, level)
            if said is None or said.frame or said.mode or "level" in scene.roles(prior, "growth"):
                continue
            if len(between.split()) > _BESIDE or (BREAK.search(between) and not _WHEREAS.match(between)):
                continue
            if scene.claims[prior].figure.unit == scene.claims[level].figure.unit or not (
                scene.claims[prior].figure.unit and scene.claims[level].figure.unit
            ):
                yield cue, prior, level
                break


def may_be_compared(scene: Scene, prior_at: int, level_at: int) -> bool:
    """Whether two figures may be one thing at two times, by their signs, sizes and names."""
    prior, level = scene.claims[prior_at], scene.claims[level_at]
    low, high = sorted((prior.figure.number.value, level.figure.number.value))
    if low < 0 or high > _UNLIKE * low > 0:
        return False
    joined = any(scene.report.view.startswith("-", one.figure.number_end) for one in (prior, level))
    if joined and level.figure.unit != prior.figure.unit:
        return False  # `1,530, below the five-year mean of 1,612`
    if prior.figure.dimension == "time" and scene.between(prior_at, level_at).strip() == "after":
        return False
    if _RANK.search(scene.report.view[slice(*scene.clause_of(level_at))].lower()):
        return False
    return not _is_whole(scene, level_at)


def _denied(scene: Scene, cue: Cue) -> bool:
    """Whether words near by take back what a comparison says: `should not be above`, `nearly up to`."""
    start = max(scene.sentences[scene.sentence_at(cue.start)].start, cue.start - _NAME)
    return _DENIES.search(scene.report.view[start : cue.end].lower()) is not None


def are_one(scene: Scene, prior: int, level: int) -> bool:
    """Whether what moved may be one thing: both or neither of the figures a loss, and under no two names; a share that
    is lost is no loss."""
    percents = scene.claims[level].figure.kind == "percent"
    return (percents or loss(scene, prior) == loss(scene, level)) and not _of_two_things(scene, prior, level)


def _are_set(scene: Scene, prior: int, level: int) -> bool:
    """Whether one figure is set against another of its own measure, both of them exact, neither a part of a whole."""
    a, b = scene.claims[prior].figure, scene.claims[level].figure
    if a.unit != b.unit or a.upper or b.upper or a.modifier or b.modifier:
        return False
    if not a.unit and (a.number.step != b.number.step):
        return False
    sentence = scene.sentences[scene.claims[level].sentence]
    if (
        _VERSUS.search(scene.between(level, prior))
        and _CONTEST.search(scene.report.view[sentence.start : sentence.end].lower()) is not None
    ):
        return False
    if _DONE_UNDER.search(scene.between(level, prior)) or _THEN_AGAINST.search(scene.between(level, prior)):
        return False
    if _JOINS.search(scene.between(level, prior)) is not None or "-" in scene.report.view[b.number_end : b.end]:
        return False  # `rates remained at 0.5% and inflation stayed above the 2% of …`; `in the 129-seat house`
    if (_A_LOSS.match(scene.after(prior)) or _A_LOSS.match(scene.after(level))) and not loss(scene, level):
        return False  # `a profit of 4 million was above the 6 million loss of 2019`
    return _PART.match(scene.after(level)) is None and _A_BAR.match(scene.after(prior)) is None


def _of_two_things(scene: Scene, prior: int, level: int) -> bool:
    """Whether words name another thing with each of two figures."""
    said, counted = [], []
    for claim in (prior, level):
        start = scene.claims[claim].figure.start
        before = _NAMED.search(scene.report.view[max(0, start - _NAME) : start].lower())
        behind = _OF_WHAT.match(scene.after(claim))
        said.append(before.group(1) if before else "")
        counted.append(behind.group(1).split()[-1] if behind and behind.group(1).split() else "")
    return any(all(names) and names[0] != names[1] for names in (said, counted))


def _is_whole(scene: Scene, level: int) -> bool:
    """Whether a figure is what another is taken out of: `33 of parliament's 150 seats, down from 41`."""
    start = scene.claims[level].figure.start
    return _OUT_OF.search(scene.report.view[max(0, start - _NAME) : start].lower()) is not None


def _slows(scene: Scene, cue: Cue) -> bool:
    """Whether a rate of growth falls: `a slight slowing in growth to 6.5 percent, from 6.7`."""
    if _QUICKENED.search(scene.report.view[cue.start : cue.end].lower()):
        return False
    start = max(scene.sentences[scene.sentence_at(cue.start)].start, cue.start - _NAME)
    first = min(scene.claims[ref].figure.start for _, ref in cue.roles if ref >= 0)
    return _SLOWS.search(scene.report.view[start:first].lower()) is not None


def for_better(scene: Scene, cue: Cue) -> int:
    """`Coverage improved to 23% from 29%`: up where more of it is better, down where less is; else 0."""
    start = max(scene.sentences[scene.claims[cue.roles[0][1]].sentence].start, cue.start - _BEFORE)
    said, about = scene.report.view[cue.start : cue.end].lower(), scene.report.view[start : cue.end].lower()
    # `Tight cost control meant that EBITDA improved`: it is the last that is named before the verb.
    subject = _PARTED.split(about[: len(about) - len(said)])[-1] + said
    more, less = (words.search(subject) is not None for words in listed.valued(scene.book))
    better = bool(_IMPROVED.search(said)) - bool(_WORSENED.search(said))
    return better * (more - less)
