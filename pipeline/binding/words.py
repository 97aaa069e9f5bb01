"""The telling words around a claim: by them two figures are known to be said of one thing. They match, no more."""

from __future__ import annotations

import string
from functools import cached_property, lru_cache

from pipeline.binding.scene import Scene
from pipeline.patterns import lazy

_WORD = lazy(r"[a-z][a-z'-]{2,}")
_STOP = frozenset(
    "the and for with that this from was were are has have had been its their our his her they which who will "
    "would than more less about over under into out all each per not but also year years end total number "
    "amount million billion thousand percent there these those such other some any one two three made make "
    "during according well only most both same new used use cent crore lakh yuan dollar dollars rmb usd being "
    "came come went whom whose what when where while then them very just still after before since until "
    "between among amongst against within without through across around near nearly almost compared previous "
    "last first second third fourth now here can could may might must should did does upon every".split()
)
_IRREGULAR = {"feet": "foot", "children": "child", "men": "man", "women": "woman", "people": "person"}
# Words that reports use for one another.
_MEANING = {
    word: group[0]
    for group in (
        ("completed", "finished"),
        ("distributed", "distribution", "handed"),
        ("sales", "turnover"),
        ("employees", "staff", "personnel", "workforce"),
        ("built", "constructed", "construction"),
        ("bought", "purchased", "purchase"),
        ("repaired", "mended"),
        ("deaths", "died", "dead"),
        ("births", "born"),
        ("expenditure", "spending", "outlay"),
        ("time", "timescale"),
    )
    for word in group[1:]
}
_ENDING = lazy(r"(?<=\w{4})(?:ations|ation|ings|ing|ments|ment|ions|ion|ies|ed|es|s|y|e)$")
_WINDOW, _LETTERS = 70, string.ascii_letters
_COMMON = 8
_RARE = 4
# How far from a figure a word may stand that sets it apart.
_MARK_BEFORE, _MARK_AFTER = 40, 25
# Words that set two figures apart though all else is alike: a plan is not its outcome, an adjusted figure not the
# reported one.
_MARKS = lazy(
    r"\b(plan|planned|target|budget\w*|forecast|expected|outlook|goal|adjusted|excluding|reported|constant|"
    r"cumulative\w*|so far|since|new|newly|additional|extra|further|male|female|men|women|boys|girls|urban|rural|"
    r"gross(?! (?:domestic|national|regional|world|value)\b)|net|basic|diluted|imports?|exports?|minimum|maximum|"
    r"average|median|remaining|left|previous|prior|earlier|"
    r"formerly|last|before|first|second|third|fourth|half|quarter|nine months|year to date|beginning|opening|closing|"
    r"operating|continuing|total|both)\b"
)
# These say nothing of counted things: `the net income of farmers in the 36 counties`.
_OF_MONEY = frozenset(("gross", "net", "basic", "diluted", "adjusted", "operating"))


class Words:
    """The words around the claims of one report, each looked up once: that is all its state."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._stems: dict[int, frozenset[str]] = {}
        self._marks: dict[int, frozenset[str]] = {}
        self._sentences: dict[int, frozenset[str]] = {}

    def near(self, claim: int) -> frozenset[str]:
        """The stems of the telling words that stand with a figure in its clause."""
        if claim not in self._stems:
            before, after = self._around(claim)
            self._stems[claim] = stems(before + " " + after)
        return self._stems[claim]

    def marks(self, claim: int) -> frozenset[str]:
        """The words about a figure that set it apart from one of the same name."""
        if claim not in self._marks:
            before, after = self._around(claim)
            found = frozenset(_MARKS.findall(before[-_MARK_BEFORE:] + " " + after[:_MARK_AFTER]))
            counts = self._scene.claims[claim].figure.dimension == "count"
            self._marks[claim] = found - _OF_MONEY if counts else found
        return self._marks[claim]

    @cached_property
    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for claim in range(len(self._scene.claims)):
            for found in self.near(claim):
                counts[found] = counts.get(found, 0) + 1
        return counts

    @cached_property
    def common(self) -> frozenset[str]:
        """Stems that so many figures of the report have about them that they tell nothing."""
        most = max(_COMMON, len(self._scene.claims) // 8)
        return frozenset(found for found, n in self._counts.items() if n > most)

    @cached_property
    def rare(self) -> frozenset[str]:
        """Stems that only a few figures of the report have about them."""
        return frozenset(found for found, n in self._counts.items() if n <= _RARE)

    def of_sentence(self, sentence: int) -> frozenset[str]:
        """The stems of all telling words of a sentence."""
        if sentence not in self._sentences:
            span = self._scene.sentences[sentence]
            self._sentences[sentence] = stems(self._scene.report.view[span.start : span.end].lower())
        return self._sentences[sentence]

    def shared(self, first: int, second: int) -> frozenset[str]:
        """The telling stems that two figures have about them."""
        return self.near(first) & self.near(second)

    def _around(self, claim: int) -> tuple[str, str]:
        figure = self._scene.claims[claim].figure
        start, end = self._scene.clause_of(claim)
        view = self._scene.report.view
        before = view[max(start, figure.start - _WINDOW) : figure.start]
        after = view[figure.number_end : min(end, figure.end + _WINDOW)]
        # A word that the window cuts is none.
        before = before.lstrip(_LETTERS) if figure.start - _WINDOW > start else before
        after = after.rstrip(_LETTERS) if figure.end + _WINDOW < end else after
        return before.lower(), after.lower()


def stems(text: str) -> frozenset[str]:
    """The stems of the telling words of a text in lower case."""
    return frozenset(map(stem, {*_WORD.findall(text)} - _STOP))


def telling(word: str) -> str:
    """The stem of a word in lower case; empty if it tells nothing."""
    return stem(word) if word not in _STOP and _WORD.fullmatch(word) else ""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its commonest endings, so that `relocated` meets `relocation`."""
    word = _IRREGULAR.get(word) or _MEANING.get(word, word)
    found = _ENDING.sub("", word)
    while found != word:
        word, found = found, _ENDING.sub("", found)
    return word
