"""A trained spaCy pipeline that the user has → the subjects of figures that no rule finds. Nobody needs one.

It is shown number-bearing sentences only. Of what it says, three forms are taken: the subject of a verb that a figure
completes (`sales were 5 tons`), a noun with `of` and a figure, a figure with `of` and a noun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.patterns import lazy

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LONGEST = 3000  # characters of a sentence
_LONG_RUN = lazy(r"\S{400}")  # spaCy's tokenizer is quadratic on those
_MOST_WORDS = 12
_WITHIN_FIGURE = frozenset({"nummod", "quantmod", "compound", "nmod"})
_COMPLETES = frozenset({"attr", "npadvmod", "acomp"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BY_HOW_MUCH = frozenset({"to", "by", "at", "from"})
_POINTING = frozenset({"PRON", "DET"})
_ARTICLE = lazy(r"(?:the|an?|its|their|our) ", re.IGNORECASE)


class ModelError(ValueError):
    """A model that cannot be used, in words for the person who named it."""


class Parser:
    """A trained pipeline by the name or folder it is installed under."""

    def __init__(self, name: str) -> None:
        import spacy
        from spacy.about import __version__

        try:
            self._nlp = spacy.load(name, exclude=["ner"])
        except OSError:
            raise ModelError(
                f"--model {name}: spaCy finds no model of this name; install it with: python -m spacy download {name}"
            ) from None
        except (ImportError, ValueError, KeyError, TypeError) as error:
            said = " ".join(str(error).split())[:200]
            raise ModelError(f"--model {name}: spaCy {__version__} cannot use it: {said}") from None
        meta = self._nlp.meta
        self.backend = f"{meta['lang']}_{meta['name']} {meta['version']}"

    def subjects(self, sentence: str, figures: Sequence[tuple[int, int]]) -> list[str]:
        """What each figure of a sentence measures; empty where the parse has none of the three forms."""
        if len(sentence) > _LONGEST or _LONG_RUN.search(sentence):
            return [""] * len(figures)
        with self._nlp.memory_zone():
            doc = self._nlp(sentence)
            return [_subject(doc, start, end) for start, end in figures]


def _subject(doc: Doc, start: int, end: int) -> str:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not doc.has_annotation("DEP"):
        return ""
    token = span.root
    for child in token.rights:
        if child.lower_ == "of" and child.idx >= end:
            return _phrase(next(child.rights, None))
    while token.dep_ in _WITHIN_FIGURE and token.head != token and span.start <= token.head.i < span.end:
        token = token.head
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.pos_ in ("NOUN", "PROPN"):
        return _phrase(token.head.head, until=token.head.i)
    if token.dep_ == "pobj" and token.head.lower_ in _BY_HOW_MUCH:
        return _phrase(_subject_of(token.head.head))
    return _phrase(_subject_of(token.head)) if token.dep_ in _COMPLETES else ""


def _subject_of(verb: Token) -> Token | None:
    return next((child for child in verb.lefts if child.dep_ in _SUBJECTS), None)


def _phrase(head: Token | None, until: int | None = None) -> str:
    """The words of a noun phrase without its article; empty for a pronoun or a long one."""
    if head is None or head.pos_ in _POINTING:
        return ""
    last = head.right_edge.i + 1 if until is None else until
    words: Span = head.doc[head.left_edge.i : last]
    if not 0 < len(words) <= _MOST_WORDS or any(word.like_num for word in words):
        return ""
    return _ARTICLE.sub("", " ".join(words.text.split()), count=1)
