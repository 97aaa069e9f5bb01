"""Whether two figures may stand on the two sides of one comparison: by sign, year and kind, and by size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.binding.scene import Scene, same_measure
from pipeline.binding.words import stems
from pipeline.fraction import Fraction
from pipeline.model import Claim, Cue
from pipeline.patterns import lazy

_LOSS = lazy(
    r"\b(?:loss|losses|deficit|disinvestment|outflow|outflows|shortfall|minus|negative)\s+(?:(?!from\b|to\b)\w+\s+){0,3}$"
)
_AGAINST_YEAR = lazy(
    r"(?:\s+\w+){0,4}?\s+(?:from|than|than in|than that in|over|on|against|compared with|compared to|since)"
    r"\s+(?:in\s+|that\s+in\s+)?((?:19|20)\d\d)\b"
)
_THAN_THE = lazy(r"\b(?:than|from|against|below|above|over|under) the \W?$")
_IN_YEAR = lazy(r"(?:\s+\w+){0,2}?\s+(?:in|of|for|during)\s+((?:19|20)\d\d)\b")
_INCLUDING = lazy(r"\s*+,?\s*+(?:including|with|counting) (?:it|them|this|the|that)\b")
_SPEED = lazy(r"\b(?:faster|quicker|slower)\b")
_AHEAD = 60
# So many times an amount of money a bare number is none.
_NO_MONEY = 10_000
_BASIS, _TENTH = Fraction(1, 100), Fraction(1, 10)
# A figure is the level when it is so many times nearer to that than to the change.
_NEARER = 4
_A_LITTLE = Fraction(1, 50)
_POWERS = tuple(Fraction(10) ** k for k in (-3, -2, -1, 1, 2, 3))


def without_levels(scene: Scene) -> Iterator[Cue]:
    """The cues, without the change that a figure is called whose size says that it is the level: `costs amounted to
    $61.4 million, or 20.9% more than the $50.8 million of 2022`."""
    for cue in scene.cues:
        if cue.kind == "growth" and any(role == "change" and _is_a_level(scene, claim) for role, claim in cue.roles):
            roles = tuple((role, claim) for role, claim in cue.roles if role != "change")
            if roles:
                yield replace(cue, roles=roles)
        else:
            yield cue


def _is_a_level(scene: Scene, claim: int) -> bool:
    """Whether a figure with a percent and a prior right behind it is what that growth makes, and not the growth."""
    percent, prior = claim + 1, claim + 2
    if claim < 0 or prior not in scene.by_sentence[scene.claims[claim].sentence]:
        return False
    if "percent" not in scene.roles(percent, "growth") or "prior" not in scene.roles(prior, "growth"):
        return False
    if not same_measure(scene.claims[claim], scene.claims[prior]) or scene.claims[claim].figure.kind != "absolute":
        return False
    level, base, rate = (scene.claims[n].figure.number.value for n in (claim, prior, percent))
    grown = min(abs(level - base * (100 + sign * rate) / 100) for sign in (1, -1))
    return grown * _NEARER < abs(level - base * rate / 100)


def is_of_speed(scene: Scene, level: int, words: str) -> bool:
    """Whether words of speed are said of a time: what is faster takes less of it."""
    return scene.claims[level].figure.dimension == "time" and _SPEED.search(words) is not None


def sound(scene: Scene, kind: str, heads: Mapping[str, int], level: int, other: int | None) -> bool:
    """Whether a level may stand beside what it is compared with: of one sign and year, both named or bare."""
    compared = other if other is not None else heads.get("change")
    if compared is None:
        return True
    a, b = scene.claims[level].figure, scene.claims[compared].figure
    # `fell from 61.2 to 48.7 per cent, or by about one-fifth`
    part = "percent" in heads and scene.claims[heads["percent"]].figure.kind == "percent"
    if a.kind == "percent" and b.kind == "percent" and part:
        # `at 13.1%, down 5.2% from 18.3%`: points that are called percent.
        lost, finest = scene.claims[heads["percent"]].figure.number, max(a.number.step, b.number.step)
        points = abs(a.number.value - b.number.value) == lost.value and lost.step == finest
        return points and other is not None
    # `to build 120 schools; 96 were built, 80% of target`: what was planned names what was done.
    done = kind == "target" and b.dimension == "count" and a.number.step == 1
    done = done or (kind == "target" and level == min(heads.values()) - 1)
    # `At 3,412, it is 121 names longer than the 3,291 of May`: a noun not printed with a figure sets none apart.
    named = b.dimension and not (b.dimension == "count" and b.end == b.number_end)
    apart = not a.dimension and named and not done and "level" not in scene.roles(level, kind)
    if apart and not _is_named_ahead(scene, level, b.unit):
        return False
    if other is None:
        return True
    if _with_and_without(scene, level, other):
        return False
    # A share that is lost, `losses of 11.4% of the water`, is no loss of money.
    turned = a.kind != "percent" and loss(scene, level) != loss(scene, other) and not is_of_the_same(scene, other)
    if turned or min(a.number.value, b.number.value) <= 0:
        return False
    said, meant = _base_year(scene, max(heads.values())), _year_after(scene, other)
    return not said or not meant or said == meant


def _is_named_ahead(scene: Scene, level: int, unit: str) -> bool:
    """Whether the words before a bare number name what it counts: `Tourist arrivals numbered 1,913,702`."""
    sentence, figure = scene.sentences[scene.claims[level].sentence], scene.claims[level].figure
    said = scene.report.view[max(sentence.start, figure.start - _AHEAD) : figure.start].lower()
    return bool(stems(unit) & stems(said))


def _with_and_without(scene: Scene, first: int, second: int) -> bool:
    """`Excluding the acquisition, revenue grew 3%, from $410 million to $471 million including it`"""
    sentence = scene.sentences[scene.claims[first].sentence]
    said = scene.report.view[sentence.start : sentence.end].lower()
    after = any(_INCLUDING.match(scene.after(claim)) for claim in (first, second))
    return after and re.search(r"\b(?:excluding|without|before|organic)\b", said) is not None


def of_one_size(scene: Scene, heads: Mapping[str, int], first: int, second: int | None) -> bool:
    """Whether a level may be so many times what it is compared with: a growth of 1% does not lead from one rig to 13.

    A factor of ten is a slip of the pen, not another thing.
    """
    if second is None:
        return True
    level, other = (scene.claims[n].figure.number.value for n in (first, second))
    if min(level, other) <= 0:
        return False
    times = level / other
    percent, change = heads.get("percent"), heads.get("change")
    if change is not None:
        said = scene.claims[change].figure
        if not _about(abs(level - other), abs(said.number.value) * (_BASIS if said.unit == "bp" else 1)):
            return False
    if percent is None:
        return _BASIS <= times <= 100
    rate = abs(scene.claims[percent].figure.number.value) / 100
    most = rate * 10 + _TENTH
    if abs(times - 1) <= most and (times >= 1 or 1 / times - 1 <= most):
        return True
    grown, fallen = 1 + rate, 1 - rate
    slips = (times * power for power in _POWERS)
    return any(abs(slip - grown) <= _A_LITTLE or abs(slip - fallen) <= _A_LITTLE for slip in slips)


def _about(made: Fraction, said: Fraction) -> bool:
    """Whether a difference may be the one that is printed, perhaps a power of ten off."""
    if made * 3 >= said and said * 3 >= made:
        return True
    return any(abs(made * power - said) <= said * _A_LITTLE for power in _POWERS)


def loss(scene: Scene, claim: int) -> bool:
    """Whether words turn the sign of a figure: `a disinvestment of £2.3 billion`."""
    start = scene.claims[claim].figure.start
    return _LOSS.search(scene.report.view[max(0, start - 40) : start].lower()) is not None


def is_of_the_same(scene: Scene, claim: int) -> bool:
    """Whether a figure leaves out what it is of, as that was said: `a deficit of 6.2, 1.7 less than the 9.7`."""
    start = scene.claims[claim].figure.start
    return _THAN_THE.search(scene.low[max(0, start - 20) : start]) is not None


def _base_year(scene: Scene, claim: int) -> str:
    """The year that a change or percent is said to be against."""
    end = scene.claims[claim].figure.end
    match = _AGAINST_YEAR.match(scene.report.view[end : end + 60].lower())
    return match.group(1) if match else ""


def _year_after(scene: Scene, claim: int) -> str:
    """The year that stands right behind a figure: `£8.0 million in 1993`."""
    end = scene.claims[claim].figure.end
    match = _IN_YEAR.match(scene.report.view[end : end + 30].lower())
    return match.group(1) if match else ""


def may_change(change: Claim, claim: Claim) -> bool:
    """Whether a figure may be what a change is one of, by their units.

    `118 firms with a trade of over 100 million yuan, 15 more than the 103 of 2020`: fifteen are no money.
    """
    one, figure = change.figure, claim.figure
    if figure.dimension == "money" and not one.dimension and figure.number.value > _NO_MONEY * one.number.value:
        return False
    return same_measure(change, claim) and figure.kind != "percent"
