"""spaCy behind one question: after which of these words does a sentence end?

A sentencizer looks at a full stop and the token that holds it, never further. So spaCy is shown each such word once,
with a neutral word behind it, and not the whole text: the answers are the same and take a tenth of the time. The
words are cut short, so that its tokenizer, which is quadratic on long runs without white space, never sees one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from pipeline.patterns import lazy

LONGEST_WORD = 40  # characters; spaCy is shown the end of a longer word
_BATCH = 2000  # words in one text: it stays far below spaCy's limit of a million characters
_REMEMBERED = 100_000  # words; then it forgets all and begins anew
_NEUTRAL = " x "
_UNSHOWABLE = lazy("[\ud800-\udfff\\s]")
# spaCy parts the full stop from every plain word that is not on its list of abbreviations, and from none that is: it
# need not be asked. Of reports it is asked by one in a hundred, and the others need not load it.
PLAIN = lazy(
    r"[(\"“]?(?:(?:[A-Za-z]++|[0-9]++(?:[.,][0-9]++)*+)[-—/])*+"
    r"((?:[0-9.]++\*)?+[A-Za-z]{2,})\.[\"”)]?"
)
_KEEPS = lazy(r"[a-z][A-Z]$")  # `IoT.`: here the full stop stays
LISTED = frozenset(
    "Adm Ak Ala Apr Ariz Ark Aug Bros Calif Co Colo Conn Corp Dec Del Dr Feb Fla Ga Gen Gov Ia Id Ill Inc Ind Jan Jr"
    " Jul Jun Kan Kans Ky La Ltd Mar Mass Md Messrs Mich Minn Miss Mo Mont Mr Mrs Ms Mt Neb Nebr Nev Nov Oct Okla Ore"
    " Pa Prof Rep Rev Sen Sep Sept St Tenn Va Wash Wis co vs".split()
)


class Language:
    """English as spaCy's blank pipeline knows it. It keeps the answers, since reports share their words.

    spaCy is loaded when it is first asked: most reports have no word that only it can tell.
    """

    def __init__(self) -> None:
        self._known: dict[str, bool] = {}

    @cached_property
    def _pipeline(self) -> tuple[Any, list[int]]:
        import spacy
        from spacy.attrs import IDX, SENT_START

        nlp = spacy.blank("en")
        nlp.add_pipe("sentencizer")
        return nlp, [IDX, SENT_START]

    def ends_after(self, word: str) -> bool:
        """Whether a sentence ends after this word, with its full stop and closing quotes."""
        if plain := PLAIN.fullmatch(word):
            return plain[1] not in LISTED and not _KEEPS.search(plain[1])
        known = self._known.get(word)
        return self.ends((word,))[word] if known is None else known

    def ends(self, words: Iterable[str]) -> dict[str, bool]:
        """For each word, with its full stop and closing quotes, whether a sentence ends after it."""
        asked = {word: word[-LONGEST_WORD:] for word in words}
        unknown = sorted({word for word in asked.values() if word not in self._known})
        if len(self._known) + len(unknown) > _REMEMBERED:
            self._known.clear()
            unknown = sorted(set(asked.values()))
        for n in range(0, len(unknown), _BATCH):
            self._learn(unknown[n : n + _BATCH])
        return {word: self._known[short] for word, short in asked.items()}

    def _learn(self, words: list[str]) -> None:
        shown = [_UNSHOWABLE.sub("x", word) for word in words]  # a lone surrogate is no character to spaCy
        nlp, attributes = self._pipeline
        with nlp.memory_zone():  # or its store of strings would grow with every report
            table = nlp(_NEUTRAL.join([*shown, ""])).to_array(attributes)
            starts = {int(at) for at, start in table.tolist() if start == 1}
        at = 0
        for word, text in zip(words, shown, strict=True):
            at += len(text) + len(_NEUTRAL)
            self._known[word] = at - 2 in starts
