"""What the amounts of a report are called, and which of them a phrase without a figure names: `of operating costs`.

A name is the words about a figure, back and on to the next figure, and the noun that it counts. Words decide alone:
what the numbers are is for those who ask.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.binding.scene import Scene
from pipeline.binding.words import Words, stem
from pipeline.patterns import lazy

_WORD = lazy(r"[a-z][a-z'-]+")
_TOKEN = lazy(r"[a-z][a-z'-]+|[(),;:]")
# Words that name nothing that is measured.
_EMPTY = frozenset(
    "the its their our all this that these those such said whole total entire full overall number numbers amount "
    "what of in to by at on as is it an or no up we be us do so if he my amounts sum money value alone and for "
    "with from was were are has have had been being came come went took will would thus therefore which who whom "
    "whose not than more less about over under only also per each every million billion thousand crore lakh "
    "percent cent yuan dollar dollars euro euros year years end first second third other others some any one two "
    "three four five during out into after before since until while where when between same increase increased "
    "increases rise rose risen grew grown fell fallen decline declined decreased reached stood stands amounted "
    "totalled totaled numbered counted comes brought made make makes given gave put got respectively compared "
    "against according both most further another still already there here now then ( ) , ; :".split()
)
# What ends the phrase that a preposition leads.
_ENDS = (
    r"was|were|is|are|be|been|had|has|have|having|came|comes|come|went|goes|took|takes|will|would|shall|should|can|could"
    r"|may|might|must|thus|therefore|and|or|but|nor|while|whereas|compared|against|by|at|on|onto|from|to|with|without"
    r"|which|that|who|whom|whose|into|as|than|so|if|when|where|during|over|under|after|before|not|it|they|only|also"
    r"|since|until|up|down|about|some|nearly|almost|more|less|did|does|do|live|lived|work|works|worked|reached|rose|fell"
)
_PHRASE = lazy(
    r"\s*+((?:(?:the|its|their|our|all|this|that|these|those|such|said)\s++)*"
    rf"(?!(?:{_ENDS}|in|for|of)\b)[a-z][a-z'’-]*(?:\s+(?!(?:{_ENDS}|in|for)\b)[a-z][a-z'’-]*){{0,6}})"
    rf"(\s+(?:in|for)(?:\s+(?!(?:{_ENDS}|in|for)\b)[a-z][a-z'’-]*){{1,4}})?"
)
# What goes on to narrow a phrase: `revenue from taxes`.
_GOES_ON = lazy(r"\s*(?:in|for|from|by|on|with|to|under|among|at|that|who|which)\b")
# Marks that a shorter name leaves out: an operating surplus is `the surplus` later.
_KINDS = frozenset(("operat", "net", "gross", "left"))
_KEY = 6
_BEFORE, _AHEAD, _PHRASE_WITHIN = 110, 70, 110
# `that we visited` says of schools what `visited` does.
_RELATIVE = lazy(r"\b(?:that|which|who)\s+(?:(?:we|they|it|he|she|were|was|are|is|have|has|had|been|could be)\s+)+")
# `Of the births in facilities 5,240 were in hospitals`: the words before are those of another figure.
_TAKEN_OUT = lazy(r"\b(?:of|among|amongst|out of) (?:the|these|those|all|its|their|our|them|which|whom)\b[^,;]*,?\s*$")
_OF_WHAT = lazy(r"\s*(?:of|out of) (?:the|these|those|all|its|their|our|them|which|whom|it)\b")
# `13.1% of the land, or 3.1 million hectares`: the land is not 3.1 million hectares.
_OF_BEFORE = lazy(r"\s*(?:of|out of)\b[^,;:()]*")
_NEXT = lazy(r" ([a-z]{3,})\b")
_JOINT = lazy(r"[,;:()]")
_MANY = lazy(r"[a-z-]*(?:[^s]s|ses)")
# A name that counts other things has so many words more.
_OTHER_NOUN, _FULLER = 2, 3
# Of the amounts that have a word so many are looked at: those a report opens with, and those nearest.
_OPENING, _NEAR = 40, 40


@dataclass(frozen=True, slots=True)
class Named:
    """An amount that a phrase names.

    `extra` counts the words that its own name has more; `apart` says that marks or its period set it apart from what is
    spoken of, and `narrower` that its noun does; `outright` that the phrase was told to its end.
    """

    claim: int
    extra: int
    apart: bool
    outright: bool = True
    narrower: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a phrase, with its noun, and whether they are all that narrows it."""

    keys: frozenset[str]
    head: str
    complete: bool = True


class Names:
    """The names of the amounts of one scene, each made once: that is all its state."""

    def __init__(self, scene: Scene, words: Words) -> None:
        self._scene, self._words = scene, words
        self._names: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        self._order: dict[int, list[str]] = {}
        self._leads: dict[int, str] = {}

    def of(self, claim: int) -> frozenset[str]:
        """All the words that an amount is called by."""
        leading, behind = self._name(claim)
        return leading | behind

    def leading(self, claim: int) -> frozenset[str]:
        """The words before an amount, and the noun that it counts."""
        return self._name(claim)[0]

    def _name(self, claim: int) -> tuple[frozenset[str], frozenset[str]]:
        if claim not in self._names:
            self._names[claim] = self._made(claim)
        return self._names[claim]

    def _made(self, claim: int) -> tuple[frozenset[str], frozenset[str]]:
        scene, figure = self._scene, self._scene.claims[claim].figure
        number, view = scene.claims[claim].sentence, scene.report.view
        sentence = scene.sentences[number]
        start, end = max(sentence.start, figure.start - _BEFORE), min(sentence.end, figure.end + _AHEAD)
        for before in range(claim - 1, max(claim - 4, -1), -1):
            # `Net sales increased by 11.2% to 2,847 million`: a change stands in the name of its level.
            if scene.claims[before].sentence != number or not (self._is_change(before) or self._was(before, claim)):
                start = max(start, scene.claims[before].figure.end if scene.claims[before].sentence == number else 0)
                break
        if claim + 1 < len(scene.claims) and scene.claims[claim + 1].sentence == number:
            end = min(end, scene.claims[claim + 1].figure.start)
        behind = _JOINT.split(view[figure.end : max(end, figure.end)].lower())[0]
        behind = "" if _OF_WHAT.match(behind) else behind
        noun = view[figure.number_end : figure.end].lower()
        lead = view[start : figure.start].lower()
        of = _OF_BEFORE.match(lead) if start != sentence.start else None
        lead = lead[of.end() :] if of else lead
        taken = _TAKEN_OUT.match(lead.lstrip()) if start == sentence.start else None
        # The number stands between the words before it and its noun.
        order = self._order[claim] = [
            *("" if taken else key(word) for word in _TOKEN.findall(lead)),
            "",
            *(key(word) for word in _WORD.findall(noun)),
        ]
        self._leads[claim] = lead
        return frozenset(filter(None, order)), keys(behind)

    def _is_change(self, n: int) -> bool:
        said = self._scene.roles(n, "growth", "points")
        return self._scene.claims[n].figure.kind in ("percent", "points") and bool({"percent", "change"} & set(said))

    def _was(self, before: int, n: int) -> bool:
        """Whether an amount fell from the one before it: `Malaria cases fell from 61,400 to 52,190`."""
        level = self._scene.roles(n, "growth").get("level")
        return level is not None and level.frame and self._scene.roles(before, "growth").get("prior") is level

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for numbers in self._scene.by_sentence:
            for n in numbers:
                if self._is_level(n):
                    for key in self.of(n):
                        found[key].append(n)
        return found

    def _is_level(self, n: int) -> bool:
        figure = self._scene.claims[n].figure
        if figure.kind in ("points", "factor") or figure.upper is not None or not figure.number.value:
            return False
        roles = set(self._scene.roles(n, "growth"))
        # `4,218 km of road were added` tells of a length, though it was added.
        return not roles & {"change", "percent"} or (roles == {"change"} and self._opens(n))

    def _opens(self, n: int) -> bool:
        start = self._scene.sentences[self._scene.claims[n].sentence].start
        return not self._scene.report.view[start : self._scene.claims[n].figure.start].strip()

    def find(
        self, phrase: Phrase, at: int, fits: Callable[[int], bool], *, here: bool = False, fuller: bool = False
    ) -> list[Named]:
        """The amounts whose names hold all of a phrase, the likeliest first.

        Without `here` only those of other sentences than that of the claim `at`, for whose sake they are sought. With
        `fuller` the phrase may shorten the name: an operating surplus is `the surplus` later.
        """
        query = phrase.keys
        lists = [self._index.get(key, []) for key in query]
        shortest = min(lists, key=len, default=[])
        if len(shortest) > _OPENING + _NEAR:
            nearest = sorted(shortest[_OPENING:], key=lambda n: abs(n - at))[:_NEAR]
            shortest = sorted({*shortest[:_OPENING], *nearest})
        held = self._scene.claims[at].sentence
        found = [
            Named(
                n,
                len(self.leading(n) - query) + _OTHER_NOUN * self._counts_other(n, phrase),
                self._is_apart(n, at, query | (_KINDS if fuller else frozenset())),
                phrase.complete or len(query) > 1,
                not fuller and self._is_narrower(n, phrase),
            )
            for n in shortest
            if (here or self._scene.claims[n].sentence != held) and n != at and query <= self.of(n) and fits(n)
        ]
        return sorted(
            found, key=lambda one: (one.apart or one.narrower, one.extra, one.claim > at, abs(one.claim - at))
        )

    def _is_narrower(self, n: int, phrase: Phrase) -> bool:
        """Whether its name narrows the noun of a phrase: `woodland area` where the area is spoken of."""
        order = self._order[n]
        if phrase.head not in order:
            return False
        at = len(order) - 1 - order[::-1].index(phrase.head)
        while at and order[at - 1] in phrase.keys:
            at -= 1  # `segment operating income` is narrower than operating income
        # `After these items operating income was`: what is many ends there.
        if at == 0 or not order[at - 1]:
            return False
        many = (word for word in _WORD.findall(self._leads[n]) if _MANY.fullmatch(word))
        return order[at - 1] not in map(key, many)

    def _counts_other(self, n: int, phrase: Phrase) -> bool:
        """Whether an amount counts other things than the noun of a phrase: `names` where schools are spoken of."""
        figure = self._scene.claims[n].figure
        if figure.dimension != "count":
            return False
        noun = keys(self._scene.report.view[figure.number_end : figure.end].lower())
        return bool(noun) and not noun & phrase.keys

    def _is_apart(self, n: int, at: int, query: frozenset[str]) -> bool:
        claim, asking = self._scene.claims[n], self._scene.claims[at]
        if "prior" in self._scene.roles(n, "growth", "points") or claim.figure.modifier:
            return True
        if claim.period and asking.period and claim.period != asking.period:
            return True
        view = self._scene.report.view
        noun = view[claim.figure.number_end : claim.figure.end].lower().split()
        said = self._words.marks(n) - self._words.marks(at) - {*noun, "first", "second", "third", "total", "both"}
        return any(key(mark) not in query for mark in said)


def sole(scene: Scene, found: Iterable[Named]) -> int | None:
    """The one amount that a phrase names; None where others are named as well by it."""
    some = list(found)
    near = [one for one in some if not one.apart and not one.narrower]
    if not near:
        # `29% of production`, where the production of water is all that is told of.
        near = [one for one in some if not one.apart and one.extra <= _FULLER] if len(some) == 1 else []
    if not near:
        return None
    best = near[0]
    number = scene.claims[best.claim].figure.number.value
    # A phrase that goes on may speak of less than the amount that is called by its noun alone.
    most = best.extra if best.outright else best.extra + 1
    if not best.outright and best.extra:
        return None
    rivals = [one for one in near if one.extra <= most and scene.claims[one.claim].figure.number.value != number]
    return None if rivals else best.claim


def phrases(text: str) -> Iterator[Phrase]:
    """The phrase that a text begins with, the fuller one first: `births in facilities`, `births`."""
    said = _RELATIVE.sub("", text[:_PHRASE_WITHIN].lower())
    found = _PHRASE.match(said)
    if found is None:
        return
    goes_on = _GOES_ON.match(said, found.end()) is not None
    short, added = _phrase(found.group(1), complete=not goes_on), keys(found.group(2) or "")
    if added and short.keys:
        yield Phrase(short.keys | added, short.head, not goes_on)
        yield Phrase(short.keys, short.head, False)
    elif short.keys:
        yield short


def subjects(text: str) -> Iterator[Phrase]:
    """What a clause speaks of, by as many words as stand before its verb, then fewer: `the Centre alone held`."""
    found = _PHRASE.match(text[:_PHRASE_WITHIN].lower())
    if found is None:
        return
    said = found.group(1).split()
    tried: set[frozenset[str]] = {frozenset()}
    for size in range(len(said), 0, -1):
        phrase = _phrase(" ".join(said[:size]))
        if phrase.keys not in tried:
            tried.add(phrase.keys)
            yield phrase


def next_word(scene: Scene, n: int) -> str:
    """The noun that a figure counts, or the word behind a bare number: `187 operations`."""
    figure, view = scene.claims[n].figure, scene.report.view
    own = view[figure.number_end : figure.end].lower() if figure.dimension == "count" else ""
    bare = _NEXT.match(view, figure.end) if not own and not figure.dimension else None
    return bare.group(1).lower() if bare else own


def named(words: str) -> Phrase:
    """A phrase of just these words, the last its noun."""
    return _phrase(words.lower())


def _phrase(text: str, *, complete: bool = True) -> Phrase:
    """The words of a phrase; its noun is the last before `of`: in `eligible costs of the operations`, costs."""
    lead = [word for word in _WORD.findall(re.split(r"\bof\b", text)[0]) if key(word)]
    return Phrase(keys(text), key(lead[-1]) if lead else "", complete)


def keys(text: str) -> frozenset[str]:
    """The telling words of a text in lower case, cut so that `production` meets `produced`."""
    return frozenset(found for word in _WORD.findall(text) if (found := key(word)))


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """A telling word cut short; nothing for one that tells nothing."""
    return "" if word in _EMPTY else stem(word)[:_KEY]
