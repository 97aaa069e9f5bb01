"""The percents, changes and factors that words make lead a comparison, grouped where two of them speak of one.

What they are compared with is found by `comparison`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.binding.names import keys
from pipeline.binding.scene import Scene, kept
from pipeline.model import Cue
from pipeline.patterns import lazy


@dataclass(frozen=True, slots=True)
class Family:
    """Comparisons that are bound in one way: the kind of their cues, the roles that lead, the role compared with,
    and the kinds of the cues that name level and base."""

    kind: str
    heads: tuple[str, ...]
    base: str
    said: tuple[str, ...]


FAMILIES = (
    Family("growth", ("percent", "change"), "prior", ("growth",)),
    Family("target", ("percent", "change"), "target", ("target",)),
    Family("ratio", ("factor",), "prior", ("ratio", "growth")),
)
# Words that begin another matter: a comparison does not reach across them.
BREAK = lazy(
    r";|；|\b(?:while|whereas|meanwhile|of which|of whom|including|due to|because of|driven by|offset by|reflecting"
    r"|excluding|but|so that|in an? (?:[a-z]+ )?(?:market|sector|industry|environment))\b"
)
_NEW_SUBJECT = lazy(r",\s*(?:and|but|while|whereas)\s+(?:the|that|those|its|their|our|a|an)\b")
# `Wages fell by 4,300 from 61,000, and rents by a third`: the verb is left out, the subject is another.
_ELIDED = lazy(
    r",?\s*(?:and|but)\s+(?!(?:thus|therefore|so|hence|then|again|also|further|even|another|by)\b)(?:[a-z'-]+\s+){1,4}by\b"
)
_DASH = lazy(r"\s[–—]\s|—")
_APPOSED = lazy(r"\s*,\s*")
_MORE_THAN = lazy(r"\s*(?:more|less|fewer|higher|lower|greater)\b[^.;,]{0,20}?\bthan\b")
# `17.1% more than in 2011; the growth was 1.7 percentage points faster than …`: what it is told of went before.
THE_GROWTH = lazy(r"[;.,]\s*(?:and )?(?:the|this|that) (?:growth|rise|increase|growth rate) (?:is|was) $")
_THAN_THE_GROWTH = lazy(
    r"\s*(?:[a-z]+ )?(?:than|over|from|above|below|on|under) (?:the |its |that |a )?(?:[a-z]+ )?"
    r"(?:growth|rise|increase|gain|decline|fall|drop|decrease|rate)(?: rate)? (?:of|in|at) (?:[a-z]+ ){0,2}"
)
# Words behind a change that make it the outcome of what was said before.
SO = lazy(
    r"\s*(?:have|has|had|were|was|are|is) (?:thus|therefore|so|hence|accordingly)\b"
    r"|\s*(?:[a-z]+ )?(?:were|was) (?:thus )?(?:lost|gained|added|saved|shed|cut)\b"
)
# `The rise of 35 per cent in towns`: of some of what was told; no year and no period narrows it.
_SOME = lazy(
    r" ?(?!(?:at|in|for|within) (?:current|nominal|market|money|cash|all|total|just|under|only|less|value|real"
    r"|[a-z]+ (?:years?|months?|weeks?))\b)"
    r"(?:in(?! (?:the|that|this) (?:year|period|quarter|month)s?\b| (?:19|20)\d\d)|among|for|at|between|within|from)"
    r" (?:the |its |our |their )?(?P<whose>[a-z-]+)"
)
AMBIENT = "growth.words-unknown"
_AMBIENT_HEADS = {"percent": "percent", "points": "change", "factor": "factor"}
_SIGNED = "growth.signed-in-brackets"
# A sign behind a bracket or a comma: `(+7.0 percent)`, `i.e. +7.0 percent`.
_SIGN = lazy(r"(?:[(:;=]|,(?: (?:or|so|i\.e\.|that is,?))?|\bor|\bi\.e\.|\bthat is,?) ?(?P<sign>[+−–-])\d")
_TOLD_OTHERWISE = ("growth", "target", "points", "none", "limit")
_OVER = lazy(r"\s*(?:higher |lower |more |less )?(?:from|over|on|than|against|compared (?:with|to)) (?:the |its )?")
_MAX_WORDS, _OF_A_FIGURE = 14, 3
_LEAD = 10


@dataclass(slots=True)
class Group:
    """The percent and change, or the factor, that speak of one comparison, with the first and the last of them."""

    family: Family
    heads: dict[str, int]
    cues: dict[str, Cue]
    first: int
    last: int

    @property
    def mode(self) -> str:
        """How the cue reads the figure: `of` the target or in `excess` of it."""
        return next((c.mode for c in self.cues.values() if c.mode), "")

    @property
    def direction(self) -> int:
        signs = {c.direction for c in self.cues.values() if c.direction}
        return signs.pop() if len(signs) == 1 else 0


def groups(scene: Scene, claims: range) -> Iterator[tuple[Group, int, int]]:
    """The groups of a sentence, each with the first and last claim that may belong to it."""
    found: list[Group] = []
    for claim in claims:
        leading = leads(scene, claim)
        if leading is None:
            continue
        family, head, cue = leading
        group = found[-1] if found else None
        if group is not None and group.family is family and _joins(scene, group, claim, head, cue):
            group.heads[head], group.cues[head], group.last = claim, cue, claim
        else:
            found.append(Group(family, {head: claim}, {head: cue}, claim, claim))
    for n, group in enumerate(found):
        left = found[n - 1].last + 1 if n else claims.start
        if n and left == group.first and is_told_of(scene, group):
            left -= 1
        if n and THE_GROWTH.search(scene.between(group.first - 1, group.first)) is not None:
            left = found[n - 1].first
        if n and _is_of_rates(scene, group) and found[n - 1].heads.keys() == {"percent"}:
            left = min(left, found[n - 1].first if found[n - 1].family.base == "target" else left)
        if SO.match(scene.after(group.last)) is not None:
            left = claims.start  # `fell from 61.2 to 48.7 per cent, or by a fifth; 12.5 points have thus been gained`
        following = found[n + 1] if n + 1 < len(found) else None
        right = claims.stop - 1 if following is None else following.first - 1
        # `0.7 points higher than the growth of 5.8 percent of the year before`
        if (
            following is not None
            and _is_of_rates(scene, group)
            and _THAN_THE_GROWTH.fullmatch(scene.between(right, right + 1))
        ):
            right = following.last
        yield group, left, right


def is_of_some(scene: Scene, change: int, first: int) -> bool:
    """Whether the words behind a change say what it is of, and the sentences from `first` on do not name it before."""
    some = _SOME.match(scene.after(change))
    if some is None:
        return False
    last = scene.sentences[scene.claims[change].sentence]
    return not keys(some["whose"]) <= keys(scene.report.view[scene.sentences[first].start : last.start].lower())


def _is_of_rates(scene: Scene, group: Group) -> bool:
    """Whether what leads is in points: `an achievement of 77.2%, after 76.5% last year, so it moved up 0.7 points`."""
    return all(scene.claims[head].figure.kind == "points" for head in group.heads.values())


def is_told_of(scene: Scene, group: Group) -> bool:
    """Whether what leads is told of the change right before it: `grew by 9.4%, 1.2 points faster than the 8.2% of the
    villages`, `were extended by 6,318 km, 702 km more than in 2011`."""
    if _APPOSED.fullmatch(scene.between(group.first - 1, group.first)) is None:
        return False
    return _is_of_rates(scene, group) or (
        group.heads.get("change") == group.first and _MORE_THAN.match(scene.after(group.first)) is not None
    )


def is_set_aside(scene: Scene, group: Group, claim: int) -> bool:
    """`4,300 farmers – 2,600 men and 1,700 women – 86% of the target`: between dashes, and what leads is not."""
    start = scene.sentences[scene.claims[claim].sentence].start
    ahead = scene.report.view[start : scene.claims[claim].figure.start]
    behind = scene.report.view[scene.claims[claim].figure.end : scene.claims[group.first].figure.start]
    return len(_DASH.findall(ahead)) % 2 == 1 and len(_DASH.findall(behind)) % 2 == 1


@kept
def leads(scene: Scene, claim: int) -> tuple[Family, str, Cue] | None:
    """The family and the role under which words make this figure lead a comparison; a real growth, or one a year, leads
    none."""
    said = scene.cues_of.get(claim, ())
    if any(cue.kind == "real" or (cue.kind == "annual" and role == "percent") for role, cue in said):
        return None
    for family in reversed(FAMILIES if said else ()):
        roles = scene.roles(claim, family.kind)
        for head in family.heads:
            if head in roles and _can_be(scene, claim, head):
                return family, head, roles[head]
    return _signed(scene, claim)


def _signed(scene: Scene, claim: int) -> tuple[Family, str, Cue] | None:
    """`98.7 million after 92.2 million (+7.0 percent)`: a percent in brackets whose sign tells which way it went."""
    figure = scene.claims[claim].figure
    sign = _SIGN.search(scene.report.view, max(0, figure.start - _LEAD), figure.number_end)
    if sign is None or figure.kind != "percent" or figure.upper is not None or scene.roles(claim, *_TOLD_OTHERWISE):
        return None
    # A number below nought tells the way itself.
    way = -1 if sign["sign"] != "+" and figure.number.value > 0 else 1
    cue = Cue(figure.start, figure.end, "growth", (("percent", claim),), way, "", "", False, _SIGNED)
    return FAMILIES[0], "percent", cue


def ambient(scene: Scene, claims: range) -> Iterator[tuple[Group, int, int]]:
    """Percents, points and factors of which no words are known: what they compare is taken only where it agrees."""
    for claim in claims:
        figure = scene.claims[claim].figure
        if scene.cues_of.get(claim) or figure.upper is not None or figure.kind not in _AMBIENT_HEADS:
            continue
        head = _AMBIENT_HEADS[figure.kind]
        family = FAMILIES[2] if head == "factor" else FAMILIES[0]
        cue = Cue(figure.start, figure.end, family.kind, ((head, claim),), 0, "", "", False, AMBIENT)
        yield Group(family, {head: claim}, {head: cue}, claim, claim), claims.start, claims.stop - 1


def _can_be(scene: Scene, claim: int, head: str) -> bool:
    figure = scene.claims[claim].figure
    kind = figure.kind
    if head == "factor" and kind == "absolute":
        # `a factor of 1.8`: a bare number.
        return not figure.unit and not figure.dimension and not figure.discrete
    allowed = {
        "percent": ("percent", "factor"),
        "factor": ("factor", "percent"),
        "change": ("absolute", "points", "rate"),
    }
    return kind in allowed[head]


def _joins(scene: Scene, group: Group, claim: int, head: str, cue: Cue) -> bool:
    """Whether a percent and a change are two ways of saying one comparison."""
    if head in group.heads or (group.direction and cue.direction and group.direction != cue.direction):
        return False
    between = scene.between(group.last, claim)
    inner = range(group.last + 1, claim)
    if BREAK.search(between) or len(between.split()) > _MAX_WORDS + _OF_A_FIGURE * len(inner):
        return False
    kinds = {scene.claims[c].figure.kind for c in (*group.heads.values(), claim)}
    if "points" in kinds:
        return False
    # `up 0.9 from 44.2 in the quarter before and up 5.1% from 42.9 a year ago`: each has a prior of its own.
    if any(group.family.base in scene.roles(c, group.family.kind) for c in inner) and _has_its_prior(scene, claim):
        return False
    # A figure of its own between them is another level, unless words call it the prior.
    anew = _NEW_SUBJECT.search(between) or _ELIDED.search(between)
    return all(_is_compared(scene, group, c) for c in inner) and not anew


def _has_its_prior(scene: Scene, claim: int) -> bool:
    """Whether a percent is said straight over another figure."""
    own = claim + 1 < len(scene.claims) and scene.claims[claim + 1].sentence == scene.claims[claim].sentence
    return own and _OVER.fullmatch(scene.between(claim, claim + 1)) is not None


def _is_compared(scene: Scene, group: Group, claim: int) -> bool:
    """Whether words make a figure the prior; or, with one, the level: `by 340, from 5,760 to 5,420, a fall of 5.9%`."""
    roles = scene.roles(claim, group.family.kind)
    level = roles.get("level")
    framed = level is not None and level.frame and any(role == group.family.base for role, _ in level.roles)
    # `fell by 4,300 to 34,900, a drop of 11.0%`
    beside = level is not None and scene.between(group.last, claim).strip() == "to"
    return group.family.base in roles or framed or beside
