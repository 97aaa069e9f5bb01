"""A part, its whole and a percent that one sentence tells, and nothing else → share, where a slip keeps them apart.

`7,304 robberies, which represents 36.9% of the total of 18,432 offences`, `women accounting for 932 of them, or 57.8%`:
the words share something out, and no other figure of that kind is told, so the three belong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.ledger import plain
from pipeline.binding.scene import Scene, countable, same_measure
from pipeline.binding.shares.shares_told import INTEREST
from pipeline.binding.shares.slipped_shares import is_slip_apart, share
from pipeline.formulas import agreement
from pipeline.model import Cue, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_RULE = "share.told-alone"
_THREE = 3
# Behind a percent, up to the figure that it is of: `of the total of`, `of all`, `of total income, which reached`.
_OF = lazy(
    r"(?: \([^()\d]{0,20}\))? of (?:[a-z'’-]+ ){0,5}?(?:[a-z'’-]+,? (?:which|that) (?:was|were|reached|came to"
    r"|amounted to|stood at|totalled|totaled|numbered) )?(?:\()?"
)
# Between a part and its whole: `932 of the 1,482 planned`, `412 out of a total of 984`.
_OUT_OF = lazy(
    r"(?: [a-z-]+){0,2} (?:of|out of|among) (?:(?:the|its|their|all|these|those|a|total|of|some) ){0,4}"
    r"(?:[a-z-]+ ){0,2}"
)
_ALL_OUT_OF = lazy(r"(?: [a-z-]+){0,4} out of (?:the |a total of |all )?(?:[a-z-]+ ){0,1}")
# A whole opens the sentence; the words that take a part out of it.
_TAKES_OUT = lazy(
    r"\b(?:of (?:whom|which|them|these|those)|accounting for|accounted for|including|among (?:them|whom|which)|made up"
    r"|making up|contributed|contributing|represented|representing|took up|taking up|takes up|went to|comprising)\b"
)
_SHARED = lazy(
    r"\b(?:share|proportion|percentage|rate|ratio|part|represent\w*|account\w*|mak(?:es?|ing) up|made up|constitut\w*"
    r"|compris\w*|equal\w*|equivalent|correspond\w*|takes? up|taking up|took up|form(?:s|ed|ing)?|contribut\w*|or)\b"
    r"|\(|\bi\.e\."
)
_BESIDE = lazy(r"[^.;()\d]{0,20}?(?:,? or |,? i\.e\. |,? that is,? | ?\(|, )(?:about |some |nearly |only |just )?")
_CHANGING = lazy(
    r"\b(?:increas|decreas|declin|grow|grew|ris(?:e|en|es|ing)\b|rose|fell|fall|drop|reduc|higher|lower|up|down|more"
    r"|less|gain|lost|loss|compar|against|than|from|previous|last year|earlier|annual|target|each|every|average)\w*"
    r"|\bper(?! ?cent)\b"
)
# `It took 31% of all spending`: the percent names another whole.
_OF_ITS_OWN = lazy(r"\W{0,2} of\b")


def bind(scene: Scene, found: Sequence[Relation]) -> Iterator[Relation]:
    """The shares of sentences with nothing else to tell, where one slip of the pen keeps the three apart."""
    held = {
        o.ref for r in found for o in r.operands if o.role == "percent" and agreement(r, scales(scene.book)) != "none"
    }
    for number in scene.holding(_THREE):
        row = list(scene.by_sentence[number])
        for percent in row:
            claim = scene.claims[percent]
            if claim.figure.unit != "%" or claim.claim_id in held or not _may_share(scene, percent):
                continue
            pair = _out_of(scene, percent) or _alone(scene, row, percent)
            if pair is None:
                continue
            cue = Cue(claim.figure.start, claim.figure.end, "share", (), 0, "", "", False, _RULE)
            relation = share(scene, pair[:1], pair[1], percent, cue, "high")
            if agreement(relation, scales(scene.book)) == "none" and is_slip_apart(scene, relation, percent):
                yield relation


def _out_of(scene: Scene, percent: int) -> tuple[int, int] | None:
    """`318 days of good air out of 365, or 87.1%`: a part, its whole and a percent one right behind the other."""
    part, whole = percent - 2, percent - 1
    if part not in scene.by_sentence[scene.claims[percent].sentence]:
        return None
    a, b = scene.claims[part].figure, scene.claims[whole].figure
    plain_ = all(f.kind == "absolute" and f.upper is None and f.modifier in ("", "~") and not f.per for f in (a, b))
    alike = a.unit == b.unit or not b.unit
    told = _ALL_OUT_OF.fullmatch(_flat_between(scene, part, whole)) and _BESIDE.fullmatch(scene.between(whole, percent))
    return (part, whole) if plain_ and alike and told and a.number.value < b.number.value else None


def _alone(scene: Scene, row: Sequence[int], percent: int) -> tuple[int, int] | None:
    """The part and the whole of a percent where a sentence tells nothing else but lengths of time."""
    row = [c for c in row if scene.claims[c].figure.dimension != "time"]
    if len(row) != _THREE or sum(scene.claims[c].figure.unit == "%" for c in row) != 1:
        return None
    one, other = (c for c in row if c != percent)
    if not (plain(scene, one, part=True) and plain(scene, other, part=True)) or _CHANGING.search(_said(scene, percent)):
        return None
    if any(scene.claims[c].figure.modifier not in ("", "~") or scene.claims[c].figure.per for c in row):
        return None
    return _told(scene, one, other, percent)


def _said(scene: Scene, claim: int) -> str:
    sentence = scene.sentences[scene.claims[claim].sentence]
    return scene.low[sentence.start : sentence.end]


def _may_share(scene: Scene, percent: int) -> bool:
    """Whether a percent may be one of a whole: no interest, no growth."""
    figure = scene.claims[percent].figure
    if figure.kind != "percent" or figure.upper is not None or figure.number.manner != "digits":
        return False
    if set(scene.roles(percent, "growth", "annual", "points")) or scene.report.view[figure.start] in "+-−–":
        return False
    return not INTEREST.search(_said(scene, percent))


def _told(scene: Scene, one: int, other: int, percent: int) -> tuple[int, int] | None:
    """Which of two amounts is the part and which the whole, by their order and the words between the three."""
    alike = same_measure(scene.claims[one], scene.claims[other])
    if not alike and not countable(scene.claims[one], scene.claims[other]):
        return None
    if one < percent < other and _OF.fullmatch(_flat_between(scene, percent, other)):
        return (one, other) if _SHARED.search(scene.between(one, percent)) else None
    if _OF_ITS_OWN.match(scene.after(percent)) is not None:
        return None  # `though it took 31% of all spending, explains 2.1 million of the 4.8 million left`
    first, second = (scene.claims[c].figure.number.value for c in (one, other))
    if other == one + 1 and _OUT_OF.fullmatch(_flat_between(scene, one, other)):
        shared = percent < one or _SHARED.search(scene.between(other, percent)) is not None
        return (one, other) if first < second and shared else None
    if percent == other + 1 and alike and first > second and _BESIDE.fullmatch(scene.between(other, percent)):
        return (other, one) if _TAKES_OUT.search(scene.between(one, other)) else None
    return None


def _flat_between(scene: Scene, first: int, second: int) -> str:
    """What stands between two figures, in lower case, each run of blanks as one."""
    return " ".join(["", *scene.between(first, second).lower().split(), ""])
