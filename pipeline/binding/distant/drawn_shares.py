"""A percent that a sentence draws from the part and the whole told right before it → share, agreeing or not.

`The fleet has 2,400 lorries. We found that 312 of them had not moved. That is 13 per cent of the fleet.` Words of the
rules (`that is`, `in other words`, `coverage thus stood at`) draw it; the part is tied to its whole by words (`of
them`), or both stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.binding.ledger import plain, stems
from pipeline.binding.names import Names, phrases, sole
from pipeline.binding.scene import Scene, counted_alike, flat, operand, same_measure
from pipeline.binding.shares import of_another, shares_told, standing
from pipeline.binding.shares.slipped_shares import near
from pipeline.binding.slipped import one_slip_away
from pipeline.binding.sums import runs
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Considered, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_COMPARED = frozenset(("percent", "change", "level", "prior"))
_OF_THEM = lazy(
    r"(?:\s+[a-z]+){0,2}\s+(?:of|among|out of) (?:them|these|those|that|it|this|which|whom)\b"
    r"(?! (?:year|month|week|day))"
)
_OF_THESE = lazy(r"\W*(?:out )?(?:of|among) (?:them|these|those|that|it|this)(?: [a-z]+)?,? (?:[a-z]+ ){0,3}$")
# `We surveyed 4,820 homes. 1,735 had a well`: a bare number that does something is some of what was told.
_DID = lazy(r"\s+(?:had|have|were|are|did|could|can)\b")
# `31 per cent of the 5,000 of the region`, `of GDP`: what has a whole of its own.
_OWN_WHOLE = lazy(r"\W{0,3}(?:of|out of) (?:[a-z]+ ){0,3}?[\d$£€¥₹]")
_ODDS = lazy(r"[ -](?:certain|confiden\w+|sure|likel\w+|probab\w+|chance|interval)\b")
_ACRONYM = lazy(r"\W{0,3}of (?:the )?(?:[A-Z]{2,}|[A-Z][a-z]+'s|[a-z]+['’]s)\b")
_SHARE_OF = lazy(
    r"\b(?:share|proportion|percentage|part) of (?:the |all |these |those |its |their )?"
    r"(?P<what>[a-z-]+(?: [a-z-]+){0,2}?) (?:was|is|were|are|stood|reached|came|amounted|thus|therefore|at|among|in)\b"
)
_WILD, _HUNDRED = Fraction(2), 100
_BACK, _LEAST, _BEHIND = 2, Fraction(1, 4), 40
# Of a whole that is told beside other things, a part is at least so much.
_SMALLEST = Fraction(1, 1000)


def bind(scene: Scene, names: Names, held: frozenset[str]) -> Iterator[Relation | Considered]:
    """All such shares of a report. `held` are the refs of percents that have a relation already."""
    for cue in scene.cues:
        if cue.kind != "drawn":
            continue
        percent, beside = cue.roles[-1][1], cue.roles[0][1]
        if scene.claims[percent].claim_id in held or not _is_share(scene, percent):
            continue
        if of_another.A_BAR.search(scene.report.view[cue.start : scene.claims[percent].figure.start].lower()):
            continue
        tied = False
        if beside != percent:
            pair = _beside(scene, beside, percent)
            tied = pair is not None and _points_back(scene, beside)
        elif _may_lead(scene, percent):
            pair = _tied(scene, percent)
            tied = pair is not None
            pair = pair or _alone(scene, percent)
        else:
            continue
        if (
            pair is None
            or not of_another.may_be_of(scene, percent, pair[1])
            or _names_another(scene, names, percent, pair[1])
            or _is_of_others(scene, percent)
        ):
            continue
        part, whole = pair
        operands = (
            operand("part", counted_alike(scene.claims[whole], scene.claims[part])),
            operand("whole", scene.claims[whole]),
            near(scene, percent),
        )
        reason = "the percentage is drawn from the part and the whole told right before"
        relation = Relation("share", operands, scene.scope_of(part, whole, percent), "high", cue.rule, reason)
        outright = tied and _is_about(scene, part, whole, percent)
        off = agreement(relation, scales(scene.book)) == "none"
        if not off or outright or one_slip_away(relation, scales(scene.book), least=_LEAST * (1 + tied)):
            yield relation
        else:
            figure = scene.claims[percent].figure
            why = "it does not agree with the part and whole told before, and one slip explains nothing"
            yield Considered("share", figure.start, figure.end, why, cue.rule)


def _is_about(scene: Scene, part: int, whole: int, percent: int) -> bool:
    """Whether a percent may be meant for what a part and a whole make: it is no more than twice as far off."""
    figures = [scene.claims[n].figure for n in (part, whole, percent)]
    said = figures[2].number.value / (_HUNDRED if figures[2].kind == "percent" else 1)
    made = figures[0].number.value / figures[1].number.value
    return bool(said) and 1 / _WILD <= made / said <= _WILD


def _may_lead(scene: Scene, percent: int) -> bool:
    """Whether a percent or fraction stands alone at the head of its sentence."""
    claims = scene.by_sentence[scene.claims[percent].sentence]
    return all(scene.claims[n].figure.dimension == "time" for n in claims if n < percent)


def _is_share(scene: Scene, percent: int) -> bool:
    """Whether a figure is a percent or fraction that words neither call another nor give a whole of its own."""
    figure = scene.claims[percent].figure
    if (
        figure.upper is not None
        or percent not in scene.by_sentence[scene.claims[percent].sentence]
        or figure.unit not in ("%", "")
    ):
        return False
    if figure.kind != "percent" and not (figure.kind == "factor" and figure.number.value < 1):
        return False
    if set(scene.roles(percent, "growth", "target", "annual", "real", "points")) & _COMPARED:
        return False
    if shares_told.INTEREST.search(scene.report.view[slice(*scene.clause_of(percent))].lower()):
        return False
    behind = flat(scene.report.view[figure.end : figure.end + _BEHIND])
    if _ODDS.match(behind.lower()):
        return False
    return _OWN_WHOLE.match(behind.lower()) is None and _ACRONYM.match(behind) is None


def _names_another(scene: Scene, names: Names, percent: int, whole: int) -> bool:
    """Whether the words behind a percent name another amount of the whole's measure: `31 per cent of the payroll`."""
    after = flat(scene.after(percent)) + " "
    if not after.lstrip().startswith("of "):
        return False
    for phrase in phrases(after.lstrip()[3:]):
        found = names.find(phrase, percent, lambda n: same_measure(scene.claims[n], scene.claims[whole]))
        if found and all(one.claim != whole for one in found):
            return sole(scene, found) is not None
    return False


def _is_of_others(scene: Scene, percent: int) -> bool:
    """Whether `the share of women` is of what the sentences before do not name: `351 of 491 cases were
    approved`."""
    number = scene.claims[percent].sentence
    start = scene.sentences[number].start
    named = _SHARE_OF.search(scene.report.view[start : scene.claims[percent].figure.start].lower())
    if named is None:
        return False
    before = scene.report.view[scene.sentences[max(0, number - _BACK)].start : start].lower()
    return not stems(named["what"]) & stems(before)


def _amounts(scene: Scene, percent: int) -> list[int]:
    """The amounts of the two sentences before, in their order."""
    number = scene.claims[percent].sentence
    found = []
    for at in range(max(0, number - _BACK), number):
        if scene.sentences[at].section == scene.sentences[number].section:
            found += [n for n in scene.by_sentence[at] if plain(scene, n) and not scene.claims[n].figure.per]
    return found


def _may_be_pair(scene: Scene, part: int, whole: int) -> bool:
    first, second = scene.claims[part].figure, scene.claims[whole].figure
    if first.modifier not in ("", "~") or second.modifier not in ("", "~") or "prior" in scene.roles(part, "growth"):
        return False
    if second.dimension == "money" != first.dimension or standing.is_a_share(scene, whole):
        return False
    size = first.number.value / second.number.value
    return _SMALLEST < size < 1 and same_measure(scene.claims[part], scene.claims[whole])


def _beside(scene: Scene, part: int, percent: int) -> tuple[int, int] | None:
    """`It employs 12,400 people. Women number 4,960, or 40 per cent`: the part beside a percent, first in its sentence,
    and the only amount of its measure in the sentence before."""
    number = scene.claims[part].sentence
    if (
        percent != part + 1
        or part != scene.by_sentence[number].start
        or not number
        or not plain(scene, part, part=True)
    ):
        return None
    if scene.sentences[number - 1].section != scene.sentences[number].section:
        return None
    before = [n for n in scene.by_sentence[number - 1] if scene.claims[n].figure.kind == "absolute"]
    alike = [n for n in before if same_measure(scene.claims[n], scene.claims[part])]
    if len(alike) > 1:  # `17,240 plots, enough for 5 years. Of these plots 12,930 …`
        ahead = stems(scene.report.view[scene.sentences[number].start : scene.claims[part].figure.start])
        alike = [n for n in alike if (unit := scene.claims[n].figure.unit) and stems(unit) & ahead]
    if len(alike) != 1 or not plain(scene, alike[0]) or scene.claims[alike[0]].figure.per:
        return None
    return (part, alike[0]) if _may_be_pair(scene, part, alike[0]) else None


def _tied(scene: Scene, percent: int) -> tuple[int, int] | None:
    """The one part of the sentence before that words take out of a whole, and this whole."""
    amounts = _amounts(scene, percent)
    last = [n for n in amounts if scene.claims[n].sentence == scene.claims[percent].sentence - 1]
    found = []
    for part in last:
        wholes = {w for w in _named_wholes(scene, part) if _may_be_pair(scene, part, w)}
        if not wholes and _points_back(scene, part):
            wholes = {n for n in amounts if n < part and _may_be_pair(scene, part, n)}
        if len(wholes) == 1:
            found.append((part, wholes.pop()))
    if len(found) != 1 or any(_is_another(scene, n, *found[0]) for n in last):
        return None
    return found[0]


def _is_another(scene: Scene, n: int, part: int, whole: int) -> bool:
    """Whether an amount is one more part beside a part, and not what is left: the percent may be that of either."""
    rest = any(cue.kind == "sum" and cue.mode == "rest" for role, cue in scene.cues_of.get(n, ()) if role == "part")
    return n not in (part, whole) and not rest and same_measure(scene.claims[n], scene.claims[part])


def _named_wholes(scene: Scene, part: int) -> Iterator[int]:
    """The wholes that words take a figure out of: `of the 1,150 homes, 966 were visited`."""
    first = scene.by_sentence[scene.claims[part].sentence].start
    if first == part - 1 and runs.is_head(scene, first):
        yield first
    for role, cue in scene.cues_of.get(part, ()):
        if cue.kind in ("subset", "share") and role == "part":
            yield from (ref for other, ref in cue.roles if other == "whole" and ref >= 0)


def _points_back(scene: Scene, part: int) -> bool:
    """Whether a figure is some of what was told before it: `312 of them`, `of these, 312`."""
    figure = scene.claims[part].figure
    behind = (scene.report.view[at : at + _BEHIND].lower() for at in (figure.number_end, figure.end))
    if any(_OF_THEM.match(flat(text)) for text in behind):
        return True
    start = scene.sentences[scene.claims[part].sentence].start
    if start == figure.start and not figure.unit and _DID.match(scene.after(part)):
        return True
    return _OF_THESE.fullmatch(flat(scene.report.view[start : figure.start].lower())) is not None


def _alone(scene: Scene, percent: int) -> tuple[int, int] | None:
    """The only two amounts of one measure in the sentences before, the whole first and the part right before."""
    amounts = _amounts(scene, percent)
    last = [n for n in amounts if scene.claims[n].sentence == scene.claims[percent].sentence - 1]
    if not last:
        return None
    part = last[-1]
    alike = [n for n in amounts if n != part and same_measure(scene.claims[n], scene.claims[part])]
    return (part, alike[0]) if len(alike) == 1 and alike[0] < part and _may_be_pair(scene, part, alike[0]) else None
