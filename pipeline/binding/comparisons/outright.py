"""Whether words name all figures of a comparison, so that it stands whether they agree or not.

One phrase holds them; or a sentence holds nothing else and gives each its role; or one that says `that is a growth
of …` leads back to the two that the sentence before compares.
"""

from __future__ import annotations

import re

from pipeline.binding.comparisons.in_order import in_order
from pipeline.binding.comparisons.leading import Group
from pipeline.binding.comparisons.sought import Choice
from pipeline.binding.scene import Scene
from pipeline.patterns import lazy

_AGAINST = lazy(
    r"\b(?:than|over|above|below|beyond|against|compared (?:with|to)|versus)\b|^\s*on (?:the |a |an )?$"
    r"|^\s*(?:increase|rise|growth|gain|decrease|decline|drop|fall|reduction) from (?:the |a |an )?$"
)
# What may stand between a level and the percent told of it.
_RIGHT_BEFORE = lazy(
    r"\W*(?:(?:(?:which|that|this|it) )?(?:is|was|are|were)|or|being|i\.e\.)?\W*(?:an?|some|about)?\s*"
)
_RISEN_BY = lazy(
    r"\s*,\s*(?:which (?:is|was) )?(?:an?|up|down|representing an?)\s+(?:\w+\s+)?"
    r"(?:(?:increase|rise|growth|gain|decrease|decline|drop|fall|reduction)\s+)?(?:of|by)?\s*"
)
_AGAINST_IT = lazy(r"\b(?:against|versus|compared (?:with|to)|out of) (?:a |an |the |its )?")
_BY = lazy(r" (?:was|were|has been|have been|had been|is|are)(?: [a-z]+ly)? [a-z]+ by (?:another |a further |some )?")
_TO = lazy(r" to (?:about |some |a total of )?")
# What tells that a sentence goes on in time from the one before.
_LATER = lazy(
    r"\W*(?:(?:a|one|two|three|four|five|ten) (?:years?|months?|quarters?|decades?) later|"
    r"(?:in |by )?the (?:following|next) (?:year|quarter|month|season))\b"
)
_IN_YEAR = lazy(r"\b(?:in|by|at the end of|during|for|of) ((?:19|20)\d\d)\b")
_THIS = lazy(r"\W*(?:this|that|it|which)\b[^,;:.]{0,40}$")
_OPENS = 15
_APPOSED = lazy(r"\s*,\s*")


def outright(scene: Scene, group: Group, level: Choice, prior: Choice, said: int) -> bool:
    """Whether words alone bind a level and a prior to what leads; `said` is how well they license it."""
    number = scene.claims[group.first].sentence
    if level.claim is None:
        return False
    if prior.claim is None:
        return said == 0 and _is_chain(scene, group, level.claim)
    if level.pointed and prior.pointed:
        return _leads_back(scene, number, group, level.claim, prior.claim)
    if _is_what_was_done(scene, number, group, level, prior):
        return True
    if level.pointed and any(_is_against(scene, head, prior.claim) for head in group.heads.values()):
        return _is_alone(scene, number - 1, level.claim)
    if prior.scope_back and not level.scope_back and _in_succession(scene, number, group, level.claim, prior.claim):
        return True
    if said:
        return _is_raised(scene, group, level.claim, prior.claim) or in_order(scene, group, level.claim, prior.claim)
    return (
        any(_is_against(scene, head, prior.claim) for head in group.heads.values())
        or prior.in_series
        or in_one_frame(scene, group, level, prior)
        or _in_one_phrase(scene, group, level.claim, prior.claim)
        or _is_all(scene, number, group, level.claim, prior.claim)
        or in_order(scene, group, level.claim, prior.claim)
    )


def _is_what_was_done(scene: Scene, number: int, group: Group, level: Choice, prior: Choice) -> bool:
    """`… rebuilt 640 hectares of land. This is 80 percent of the 800 hectares planned.`: one phrase names what was
    planned, in a measure that one figure of the sentence before has."""
    if level.claim is None or prior.claim is None or group.family.base != "target" or not level.scope_back:
        return False
    cues = [cue for head in group.heads.values() for _, cue in scene.cues_of.get(head, ()) if cue.kind == "target"]
    one_phrase = prior.claim == group.last + 1 and any(dict(cue.roles).get("target") == prior.claim for cue in cues)
    a, b = (scene.claims[n].figure for n in (level.claim, prior.claim))
    span = scene.sentences[number]
    points = _THIS.match(scene.report.view[span.start : scene.claims[group.first].figure.start].lower())
    if not one_phrase or points is None or a.modifier or b.modifier or a.unit != b.unit:
        return False
    return group.first == scene.by_sentence[number].start and _is_alone(scene, number - 1, level.claim)


def _is_against(scene: Scene, head: int, prior: int) -> bool:
    """`An increase of 1,550 over the 12,450 of this year`: what leads is said straight against the prior."""
    return prior == head + 1 and _AGAINST.search(scene.between(head, prior)) is not None


def in_one_frame(scene: Scene, group: Group, level: Choice, prior: Choice) -> bool:
    """Whether one phrase names level and prior and holds what leads: `by 14,000, from 86,000 to 100,000`."""
    if level.claim is None or prior.claim is None or not _are_framed(scene, group, level.claim, prior.claim):
        return False
    frame = scene.roles(prior.claim, *group.family.said)[group.family.base]
    heads = [scene.claims[head].figure for head in group.heads.values()]
    within = all(frame.start <= head.start < frame.end for head in heads)
    # `doubled from 3,100 to 6,200`: the frame follows right behind what leads.
    before = len(heads) == 1 and heads[0].end <= frame.start
    return within or (before and not scene.report.view[heads[0].end : frame.start].strip())


def _are_framed(scene: Scene, group: Group, level: int, prior: int) -> bool:
    """Whether one phrase names two figures as level and prior."""
    frame = scene.roles(prior, *group.family.said).get(group.family.base)
    return frame is not None and frame.frame and ("level", level) in frame.roles


def _in_one_phrase(scene: Scene, group: Group, level: int, prior: int) -> bool:
    """`built 5,500 wells, 10% above the target of 5,000 wells`: the words that make the percent lead name its base, and
    the level, in the same things, stands right before them. `The plan was 90 wells; 96 were dug, 7% beyond the plan`
    names its base in the same sentence, which tells of no other figure."""
    base, kind = group.family.base, group.family.kind
    a, b = (scene.claims[n].figure for n in (level, prior))
    if a.modifier or b.modifier or a.kind != "absolute" or b.kind != "absolute":
        return False
    if level == prior - 1 == group.first - 2 and base in scene.roles(prior, kind) and a.unit == b.unit != "":
        # `2,350 km against a target of 2,800 km, an achievement of 83.9 per cent`
        return kind == "target" and _AGAINST_IT.search(scene.between(level, prior)) is not None
    if level != group.first - 1:
        return False
    cues = [cue for head in group.heads.values() for _, cue in scene.cues_of.get(head, ()) if cue.kind == kind]
    if a.unit == b.unit != "" and any(dict(cue.roles).get(base) == prior for cue in cues):
        return _RIGHT_BEFORE.fullmatch(scene.between(level, group.first)) is not None
    opens = prior == scene.by_sentence[scene.claims[level].sentence].start and group.last == prior + 2 == level + 1
    alone = opens and (
        group.last + 1 not in scene.by_sentence[scene.claims[level].sentence] or _ends(scene, group.last)
    )
    return alone and kind == "target" and base in scene.roles(prior, kind)


def _is_raised(scene: Scene, group: Group, level: int, prior: int) -> bool:
    """`The term of 48 months was extended by 12 months to 60 months`, and no other figure."""
    told = [prior, group.first, level]
    if group.family.kind != "growth" or told != list(scene.by_sentence[scene.claims[level].sentence]):
        return False
    unit, *others = (scene.claims[c].figure.unit for c in told)
    same = unit and unit in others and {*others} <= {"", unit}
    by, to = scene.between(prior, group.first), scene.between(group.first, level)
    return bool(same) and _BY.fullmatch(by) is not None and _TO.fullmatch(to) is not None


def _ends(scene: Scene, claim: int) -> bool:
    """Whether a clause ends behind a figure, before the next one."""
    return re.search(r"[;:]", scene.between(claim, claim + 1)) is not None


def _is_all(scene: Scene, number: int, group: Group, level: int, prior: int) -> bool:
    """`fell by 5.6 points to 21.7%, the figure for the year before being 27.3%`: each has its role, none is beside."""
    told = sorted((level, prior, *group.heads.values()))
    named = "level" in scene.roles(level, *group.family.said) and group.family.base in scene.roles(
        prior, *group.family.said
    )
    times = scene.claims[level].figure.dimension == "time"
    return named and told == [
        c for c in scene.by_sentence[number] if times or scene.claims[c].figure.dimension != "time"
    ]


def _is_chain(scene: Scene, group: Group, level: int) -> bool:
    """`6,318 km, 702 km more than in 2011, up 12.5%`: a change and a percent right behind a level."""
    if set(group.heads) != {"change", "percent"} or level != group.first - 1 or group.last != group.first + 1:
        return False
    a, b = (scene.claims[n].figure for n in (level, group.heads["change"]))
    between = scene.between(level, group.first)
    return a.unit == b.unit != "" and (_APPOSED.fullmatch(between) or _RISEN_BY.fullmatch(between)) is not None


def _is_alone(scene: Scene, number: int, claim: int) -> bool:
    """`Funds of 3.86 billion were arranged. This was 830 million above the 3.03 billion of the year before.`"""
    unit = scene.claims[claim].figure.unit
    # `24.6 million children were seen; 3.1 million of them …`: a bare amount may be what is meant as well.
    figures = [(n, scene.claims[n].figure) for n in scene.by_sentence[number]]
    alike = [n for n, f in figures if f.unit == unit or (f.kind == "absolute" and not f.dimension)]
    return unit != "" and alike == [claim]


def _in_succession(scene: Scene, number: int, group: Group, level: int, prior: int) -> bool:
    """`It employed 1,320 people at the end of 2015. A year later it employed 1,452, an increase of 10%.`, or `420 wells
    were planned. By June 357 had been dug, 85 percent of the plan.`: sentences of one figure each and what leads."""
    before = scene.by_sentence[number - 1]
    if list(before) != [prior] or list(scene.by_sentence[number]) != sorted((level, *group.heads.values())):
        return False
    a, b = (scene.claims[n].figure for n in (level, prior))
    if a.modifier or b.modifier or level > group.first or not b.unit or (a.dimension and a.unit != b.unit):
        return False
    if group.family.base == "target":
        return "target" in scene.roles(prior, "target")
    spans = [scene.sentences[n] for n in (number - 1, number)]
    texts = [scene.report.view[s.start : s.end].lower() for s in spans]
    if _LATER.match(texts[1]) is not None:
        return True
    years = [_IN_YEAR.search(text) for text in texts]
    return years[0] is not None and years[1] is not None and years[0][1] < years[1][1] and years[1].start() <= _OPENS


def _leads_back(scene: Scene, number: int, group: Group, level: int, prior: int) -> bool:
    """`… fell from 10.14 to 8.04 million. That is a decrease of 2.1 million, or 20.7%.`: the sentence is of nothing
    else, and the one before compares two figures and no others of their measure."""
    if sorted(group.heads.values()) != list(scene.by_sentence[number]):
        return False
    if _are_framed(scene, group, level, prior):
        return True
    a, b = (scene.claims[n] for n in (level, prior))
    alike = [n for n in scene.by_sentence[number - 1] if scene.claims[n].figure.unit == a.figure.unit]
    roles = scene.roles(prior, *group.family.said)
    named = group.family.base in roles and "level" not in roles
    return named and a.figure.unit == b.figure.unit != "" and sorted(alike) == sorted((level, prior))
