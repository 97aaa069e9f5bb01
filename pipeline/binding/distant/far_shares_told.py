"""Shares of what was told before, not by its name: `Management stood at 17.3%`, `68 of the holders, 96%` → share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pipeline.binding.distant.leads import Lead
from pipeline.binding.names import named, subjects
from pipeline.binding.scene import countable
from pipeline.fraction import Fraction
from pipeline.model import Relation

_OF = re.compile(r"\W*(?:out )?of (?:the|this|these|those|its|all)?\W*$")
_NAMES_ON = re.compile(r" ?(?:of|higher|lower|more|less|up|down|above the (?:\w+ )?(?:year|level)|in (?:19|20)\d\d)\b")
_ABOUT = Fraction(1, 3)
_HUNDRED, _SIZE = 100, 3


def _stood_at(lead: Lead) -> Relation | None:
    """`Of the 19.6 million disbursed, farms took 6.4 million and management 3.4. Management stood at 17.3 per cent.`"""
    percent = lead.claim("percent")
    scene, claims = lead.scene, lead.scene.claims
    number = lead.sentence - 1
    told = lead.told(number)
    if not lead.opens or lead.ahead.strip() or _NAMES_ON.match(lead.behind) or len(told) < 2:
        return None
    whole, start = told[0], scene.sentences[number].start
    if _OF.search(lead.text(start, claims[whole].figure.start)) is None:
        return None
    over = claims[whole].figure.number.value
    for phrase in subjects(lead.text(lead.cue.start, claims[percent].figure.start)):
        called = [n for n in told[1:] if phrase.keys <= lead.names.leading(n)]
        if (
            len(called) == 1
            and countable(claims[whole], claims[called[0]])
            and claims[called[0]].figure.number.value < over
        ):
            return lead.relation("share", ("part", called[0]), ("whole", whole), ("percent", percent))
    return None


def _of_the_former(lead: Lead) -> Relation | None:
    """`71,280 passed and got certificates; 68,429 of the holders, 96.0%, had found jobs.`"""
    part, percent = lead.claim("part"), lead.claim("percent")
    scene, claims = lead.scene, lead.scene.claims
    noun = re.sub(
        r"\W*(?:of the|of these|of those)\b", "", lead.text(claims[part].figure.end, claims[percent].figure.start)
    )
    phrase = named(noun)
    if percent != part + 1 or not phrase.keys or lead.names.find(phrase, part, lead.is_level):
        return None
    before = [
        n
        for n in range(scene.by_sentence[lead.sentence].start, part)
        if lead.is_level(n) and claims[n].figure.dimension in ("count", "")
    ]
    if not before or any(phrase.keys & lead.names.of(n) for n in before):
        return None
    return lead.relation("share", ("part", part), ("whole", before[-1]), ("percent", percent))


def _and_to(lead: Lead) -> Relation | None:
    """`The poor numbered 11.49 million, equal to 33.4% of the 34.4 million in villages and to 9.4% of the 122.38
    million in the country`: both are shares of one part."""
    percents, wholes = lead.claims("percent"), lead.claims("whole")
    scene, claims = lead.scene, lead.scene.claims
    part = percents[0] - 1
    if part < scene.by_sentence[lead.sentence].start or not lead.is_level(part):
        return None
    if any(not countable(claims[n], claims[part]) for n in wholes):
        return None
    first, over, said = (claims[n].figure.number.value for n in (part, wholes[0], percents[0]))
    if not said or (abs(first / over * _HUNDRED / said - 1) > _ABOUT and first < over):
        return None
    return lead.relation("share", ("part", part), ("whole", wholes[-1]), ("percent", percents[-1]))


def _of_them(lead: Lead) -> Relation | None:
    """`105,000 people were trained and 52,500, half of them, found work.`"""
    part, percent = lead.claim("part"), lead.claim("percent")
    claims = lead.scene.claims
    whole = part - 1
    if whole < lead.scene.by_sentence[lead.sentence].start or percent != part + 1 or not lead.is_level(whole):
        return None
    if not countable(claims[whole], claims[part]) or claims[whole].figure.dimension not in ("count", ""):
        return None
    return lead.relation("share", ("part", part), ("whole", whole), ("percent", percent))


def _of_this(lead: Lead) -> Relation | None:
    """`12,450 crore had been provided. Of this, 11,205 crore had been spent, i.e. about 90 per cent.`"""
    part, percent = lead.claim("part"), lead.claim("percent")
    claims = lead.scene.claims
    whole = next((n for n in lead.levels(lead.sentence - 1, part)), None)
    if whole is None or not lead.opens or lead.ahead.strip():
        return None
    first, over, said = (claims[n].figure.number.value for n in (part, whole, percent))
    made = first / over * _HUNDRED
    lead.in_full = first < over and said <= made * _SIZE and made <= said * _SIZE
    return lead.relation("share", ("part", part), ("whole", whole), ("percent", percent))


def _are_of(lead: Lead) -> Relation | None:
    """`The 412,600 people served are 82.5% of the 500,100 inhabitants of the nine towns.`"""
    part, percent, whole = lead.claim("part"), lead.claim("percent"), lead.claim("whole")
    claims = lead.scene.claims
    if not countable(claims[whole], claims[part]) or not lead.is_level(part) or not lead.is_level(whole):
        return None
    first, over, said = (claims[n].figure.number.value for n in (part, whole, percent))
    made = first / over * _HUNDRED
    lead.in_full = first < over and said <= made * _SIZE and made <= said * _SIZE
    return lead.relation("share", ("part", part), ("whole", whole), ("percent", percent))


WAYS: Mapping[str, Callable[[Lead], Relation | None]] = {
    "stood-at": _stood_at,
    "of-the-former": _of_the_former,
    "and-to": _and_to,
    "are-of": _are_of,
    "of-them": _of_them,
    "of-this": _of_this,
}
