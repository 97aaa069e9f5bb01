"""Changes of what was told before: `The growth is thus 20 per cent`, `121.8% of this task` → growth, points, target."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from pipeline.binding.comparisons.leading import is_of_some
from pipeline.binding.distant.leads import Lead
from pipeline.binding.names import keys
from pipeline.binding.scene import same_measure
from pipeline.fraction import Fraction
from pipeline.model import Relation

_OF_OTHER = re.compile(r" ?(?:of|to|by|that|which|a year|per)\b")
_WITHIN, _OF_ONE_SIZE = 3, 3
_HUNDRED, _OPENING = 100, 12
_ABOUT = Fraction(1, 3)


def _so(lead: Lead) -> Relation | None:
    """`It was 804 in 2019. At the baseline it had been 612. The rise of 31.4 per cent …`"""
    heads = [(r, n) for r, n in lead.cue.roles if r in ("change", "percent")]
    if len(lead.ahead.split()) > _WITHIN and lead.opens:
        return None
    if _OF_OTHER.match(lead.behind) or any(lead.scene.claims[n].figure.modifier for _, n in heads):
        return None
    pair = _then_and_now(lead, *heads[0])
    if pair is None:
        return None
    level, prior = pair
    if is_of_some(lead.scene, heads[-1][1], lead.scene.claims[level].sentence):
        return None
    lead.in_full = all(_is_about(lead, r, n, level, prior) for r, n in heads)
    return lead.relation("growth", ("level", level), ("prior", prior), *heads, direction=lead.cue.direction)


def _then_and_now(lead: Lead, role: str, head: int) -> tuple[int, int] | None:
    """Level and prior: the amount that goes back in time, of this sentence or the one before, and the one before it."""
    number = lead.before(lead.sentence) if lead.opens else lead.sentence
    told = [n for n in lead.told(number, bases=True) if n < head]
    if role == "change":
        told = [n for n in told if same_measure(lead.scene.claims[n], lead.scene.claims[head])]
    if not told or (not lead.opens and len(told) > 1):
        return None
    prior = told[-1]
    if not lead.is_marked(prior, "then"):
        return None
    before = _alike(lead, told[:-1], prior)
    if not before and len(told) == 1:
        before = _alike(lead, lead.told(lead.before(number)), prior)
        # Of other things that stand beside it a sentence tells less: `780 nurses, one for every 400 people`.
        if len({lead.scene.claims[n].figure.unit for n in before}) == len(before):
            before = before[:1]
    return (before[0], prior) if len(before) == 1 else None


def _alike(lead: Lead, told: Sequence[int], prior: int) -> list[int]:
    """Those of some amounts that are of one measure with another; those by the same thing before others."""
    claims = lead.scene.claims
    alike = [n for n in told if same_measure(claims[n], claims[prior])]
    return [n for n in alike if claims[n].figure.per == claims[prior].figure.per] or alike


def _is_about(lead: Lead, role: str, head: int, level: int, prior: int) -> bool:
    """Whether two levels change about as much as is said, and the same way."""
    claims = lead.scene.claims
    first, second, said = (claims[n].figure.number.value for n in (level, prior, head))
    told = abs(first - second) / second * _HUNDRED if role == "percent" else abs(first - second)
    if (
        not said
        or not told
        or not lead.cue.direction
        or Fraction(1, _OF_ONE_SIZE) > told / said
        or told / said > _OF_ONE_SIZE
    ):
        return False
    return (first > second) == (lead.cue.direction > 0)


def _against_all(lead: Lead) -> Relation | None:
    """`Retail sales rose by 12.3 percent. Rural sales grew by 13.1 percent, 0.8 points faster than the total.`"""
    level, change = lead.claim("level"), lead.claim("change")
    number = lead.sentence - 1
    near = number >= 0 and lead.scene.sentences[number].section == lead.scene.sentences[lead.sentence].section
    grown = [n for n in lead.scene.by_sentence[number] if near and "percent" in lead.scene.roles(n, "growth")]
    if "percent" not in lead.scene.roles(level, "growth"):
        return None
    if len(grown) != 1 or not _same_thing(lead, level, grown[0]):
        grown = _opening_growth(lead, level)
    if not grown:
        return None
    return lead.relation(
        "points", ("level", level), ("prior", grown[0]), ("change", change), direction=lead.cue.direction
    )


def _opening_growth(lead: Lead, level: int) -> list[int]:
    """The first growth that a report tells, if it is of all that the subject of a percent is some of."""
    for n in range(min(level, _OPENING)):
        if "percent" in lead.scene.roles(n, "growth") and lead.scene.claims[n].figure.kind == "percent":
            return [n] if _same_thing(lead, level, n) else []
    return []


def _same_thing(lead: Lead, here: int, there: int) -> bool:
    """Whether the subject of one percent is some of what the other is said of: `rural sales`, `retail sales`."""
    first, second = (lead.scene.sentences[lead.scene.claims[n].sentence] for n in (here, there))
    said = keys(lead.text(second.start, lead.scene.claims[there].figure.start))
    ahead = lead.text(first.start, lead.scene.claims[here].figure.start)
    return bool(keys(re.split(r"[;,]", ahead)[-1]) & said)


def _plan(lead: Lead) -> Relation | None:
    """`60,900 digesters were dug. The plan for biogas had been 50,000 digesters, so that 121.8% of it was done.`"""
    target, percent = lead.claim("target"), lead.claim("percent")
    claims, figure = lead.scene.claims, lead.scene.claims[target].figure
    about = lead.text(lead.cue.start, figure.start)
    noun = lead.text(figure.number_end, figure.end)
    for words in (f"{_PLAN.sub('', about)} {noun}", noun):
        level = lead.named(words, unlike=(target,))
        if level is not None and same_measure(claims[level], claims[target]):
            made, plan, said = (claims[n].figure.number.value for n in (level, target, percent))
            lead.in_full = abs(made / plan * _HUNDRED / said - 1) <= _ABOUT
            return lead.relation("target", ("level", level), ("target", target), ("percent", percent), mode="of")
    return None


def _than_planned(lead: Lead) -> Relation | None:
    """`60,900 digesters were dug, 10,900 more than planned`, and the plan of 50,000 digesters elsewhere."""
    change = lead.claim("change")
    level = change - 1
    scene, claims = lead.scene, lead.scene.claims
    if level < scene.by_sentence[lead.sentence].start or not lead.is_level(level):
        return None
    figure = claims[level].figure
    noun = lead.text(figure.number_end, figure.end)
    if figure.dimension != "count" or not noun.strip() or not same_measure(claims[level], claims[change]):
        return None
    for word in ("plan", "target", "goal"):
        for words in (f"{word} {noun}", f"{word} {noun.split()[-1]}"):
            target = lead.named(words, unlike=(level, change), plans=True)
            if target is not None and same_measure(claims[level], claims[target]):
                direction = lead.cue.direction
                roles = (("level", level), ("target", target), ("change", change))
                return lead.relation("target", *roles, direction=direction)
    return None


def _drawn(lead: Lead) -> Relation | None:
    """`5.50 lakh houses were completed, … In 2017 the houses completed were 4.40 lakh, so that there was an increase of
    1.10 lakh or 25 per cent.`"""
    prior = lead.claim("prior")
    claims = lead.scene.claims
    if not lead.opens:
        return None
    about = _IN_YEAR.sub("", lead.text(lead.scene.sentences[lead.sentence].start, claims[prior].figure.start))
    level = lead.told_by(about, lead.sentence - 1, prior)
    if level is None:
        level = lead.named(about, unlike=(prior,))
    if level is None or not same_measure(claims[level], claims[prior]) or level > prior:
        return None
    heads = [(r, n) for r, n in lead.cue.roles if r != "prior"]
    lead.in_full = all(_is_about(lead, r, n, level, prior) for r, n in heads)
    return lead.relation("growth", ("level", level), ("prior", prior), *heads, direction=lead.cue.direction)


def _the_number(lead: Lead) -> Relation | None:
    """`4,424 families had no land. In 2009 the number was cut by 400, so that 4,024 were left.`"""
    change, level = lead.claim("change"), lead.claim("level")
    claims = lead.scene.claims
    told = [n for n in lead.told(lead.sentence - 1) if claims[n].figure.dimension in ("count", "")]
    if not lead.opens or not told or claims[change].figure.dimension not in ("count", ""):
        return None
    prior = told[0]
    if any(claims[n].figure.number.value > claims[prior].figure.number.value for n in told):
        return None
    roles = (("level", level), ("prior", prior), ("change", change))
    return lead.relation("growth", *roles, direction=lead.cue.direction)


def _gap(lead: Lead) -> Relation | None:
    """`The rise of 31.4 per cent compares with 12.0 per cent in the other group, a difference of 19.4 points.`"""
    roles = [(r, lead.claim(r)) for r in ("level", "prior", "change")]
    first, second, said = (lead.scene.claims[n].figure for _, n in roles)
    lead.in_full = (
        first.upper is None and second.upper is None and not (said.modifier or first.modifier or second.modifier)
    )
    return lead.relation("points", *roles)


def _rose_over(lead: Lead) -> Relation | None:
    """`… 1.024 billion from the central government. The central part rose by 28% over the 800 million of 2008.`"""
    prior, percent = lead.claim("prior"), lead.claim("percent")
    claims = lead.scene.claims
    about = _SHARE.sub("", lead.text(lead.cue.start, claims[percent].figure.start))
    words = re.split(_MOVED, about)[0]
    level = lead.named(words, unlike=(prior,))
    if level is None or not same_measure(claims[level], claims[prior]) or level > prior:
        return None
    lead.in_full = _is_about(lead, "percent", percent, level, prior)
    roles = (("level", level), ("prior", prior), ("percent", percent))
    return lead.relation("growth", *roles, direction=lead.cue.direction)


_MOVED = re.compile(
    r"\b(?:rose|fell|grew|increased|decreased|declined|climbed|dropped|went|was|were|has|had|have|by)\b"
)
_SHARE = re.compile(r"\b(?:part|share|portion|side)\b")
_IN_YEAR = re.compile(r"^\W*(?:in|for|during|at the end of) (?:the year )?(?:19|20)\d\d(?:[/–-]\d+)?\W+")
_PLAN = re.compile(r"\b(?:plans?|targets?|goals?|tasks?|quotas?|aims?|objectives?|for|was|is|been|had|the|of|set|at)\b")

WAYS: Mapping[str, Callable[[Lead], Relation | None]] = {
    "so": _so,
    "against-all": _against_all,
    "plan": _plan,
    "than-planned": _than_planned,
    "drawn": _drawn,
    "the-number": _the_number,
    "gap-of-rates": _gap,
    "rose-over": _rose_over,
}
