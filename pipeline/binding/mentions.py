"""The same figure said again: mentions with one unit, one value and words in common → repeat.

Words decide what is the same thing; a value that differs is followed only where the text itself refers back
(`as stated above`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from pipeline.binding.scene import Outcome, Scene, operand
from pipeline.model import Considered, Relation, Scope
from pipeline.rulebook.scales import scales
from pipeline.slips import explained

_WORD = re.compile(r"[a-z][a-z'-]{2,}")
_STOP = frozenset(
    "the and for with that this from was were are has have had been its their our his her they which who will would than more less "
    "about over under into out all each per not but also year years end total number amount million billion thousand percent "
    "there these those such other some any one two three made make during according well only most both same new used use".split()
)
_BACK = re.compile(r"\bas (?:was |already |has been |were )?(?:mentioned|stated|noted|said|reported|shown|given|described)\b[^.;]{0,20}?\b(?:above|earlier|before|at the beginning|in the overview)\b|\b(?:above-mentioned|aforementioned|the said)\b")
_WINDOW = 70


def bind(scene: Scene) -> Outcome:
    """All repeats of a report."""
    words = [_words_around(scene, n) for n in range(len(scene.claims))]
    relations = [r for group in _groups(scene, words) if (r := _relation(scene, group)) is not None]
    considered: list[Considered] = []
    relations += _referring(scene, words)
    return relations, considered


def _words_around(scene: Scene, claim: int) -> frozenset[str]:
    """The stems of the words that stand with a figure in its clause."""
    figure = scene.claims[claim].figure
    start, end = scene.clause_of(claim)
    view = scene.report.view
    near = view[max(start, figure.start - _WINDOW) : min(end, figure.end + _WINDOW)].lower()
    return frozenset(_stem(w) for w in _WORD.findall(near) if w not in _STOP)


def _stem(word: str) -> str:
    """A word without its commonest endings, so that `relocated` meets `relocation`."""
    for ending in ("ations", "ation", "ings", "ing", "ions", "ion", "ies", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _telling(value: Fraction) -> bool:
    """Whether a value is particular enough to be known again: not 2 or 10, but 266 or 30,000."""
    return value >= 20 and value != 100


def _groups(scene: Scene, words: Sequence[frozenset[str]]) -> list[list[int]]:
    """Mentions of one value in one unit that share words, in different sentences."""
    by_value: dict[tuple[Fraction, str, str], list[int]] = defaultdict(list)
    for n, claim in enumerate(scene.claims):
        figure = claim.figure
        if figure.kind not in ("absolute", "rate") or figure.upper is not None or figure.number.manner == "fraction":
            continue
        if not figure.unit or not _telling(abs(figure.number.value)) or set(scene.roles(n, "growth")) & {"change"}:
            continue
        by_value[abs(figure.number.value), figure.unit, figure.per].append(n)
    groups = []
    for mentions in by_value.values():
        group = [mentions[0]]
        for n in mentions[1:]:
            apart = scene.claims[n].sentence != scene.claims[group[-1]].sentence
            if apart and any(words[n] & words[m] for m in group):
                group.append(n)
        if len(group) > 1:
            groups.append(group)
    return groups


def _relation(scene: Scene, group: Sequence[int]) -> Relation | None:
    operands = tuple(operand("mention", scene.claims[n]) for n in group)
    return Relation("repeat", operands, _scope(scene, group), "medium", "repeat.same-words", "the same value and unit with words in common")


def _scope(scene: Scene, group: Sequence[int]) -> Scope:
    first, last = scene.claims[group[0]], scene.claims[group[-1]]
    if first.section != last.section:
        return "document"
    return "neighbour" if last.sentence - first.sentence <= 1 else "section"


def _referring(scene: Scene, words: Sequence[frozenset[str]]) -> list[Relation]:
    """`As stated above, GDP reached …`: the figure of the same measure before it whose words are most alike."""
    relations = []
    for number, sentence in enumerate(scene.sentences):
        back = _BACK.search(scene.report.view[sentence.start : sentence.end].lower())
        if back is None:
            continue
        at = sentence.start + back.start()
        here = min(
            (n for n in scene.by_sentence[number] if scene.claims[n].figure.kind == "absolute"),
            key=lambda n: abs(scene.claims[n].figure.start - at),
            default=None,
        )
        if here is None or any(here in g for g in _groups(scene, words)):
            continue
        found = _most_alike(scene, words, here)
        if found is not None:
            reason = f"“{' '.join(back.group().split())}”"
            group = (found, here)
            operands = tuple(operand("mention", scene.claims[n]) for n in group)
            relations.append(Relation("repeat", operands, _scope(scene, group), "high", "repeat.referring-back", reason))
    return relations


def _most_alike(scene: Scene, words: Sequence[frozenset[str]], here: int) -> int | None:
    figure = scene.claims[here].figure
    best, most = None, 1
    for n in range(here - 1, -1, -1):
        other = scene.claims[n].figure
        if scene.claims[n].sentence == scene.claims[here].sentence or other.kind != "absolute" or other.upper is not None:
            continue
        if other.unit != figure.unit or other.per != figure.per or not figure.unit:
            continue
        if not Fraction(1, 2) <= abs(other.number.value) / max(abs(figure.number.value), Fraction(1, 10**9)) <= 2:
            continue
        shared = len(words[n] & words[here])
        # A slip of the pen between them says that the same figure is meant.
        pair = Relation("repeat", (operand("mention", scene.claims[n]), operand("mention", scene.claims[here])), "document", "low", "")
        shared += 3 if shared and explained(pair, scales(scene.book)) else 0
        if shared > most:
            best, most = n, shared
    return best
