"""What a report itself says of its figures that changes how they are read → notes of the relations concerned.

`Figures may not add up due to rounding` is said of every sum of the report; `excluding acquisitions`, `restated`, `at
constant prices` of the comparison they stand in. The check cites the note; a bound figure is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.binding.listed import asides
from pipeline.binding.scene import Scene
from pipeline.model import Relation, Sentence
from pipeline.patterns import lazy

_ROUND = lazy(r"round(?<=\bround)(?:ing|ed)\b")  # literal first: it is sought through the whole report
_NOT_ADD = lazy(r"\b(?:not|fail to)\s+(?:\w+\s+)?(?:add|sum|total|agree|equal|tally)\b")
_SUMS = ("sum", "shares")
_COMPARED = ("growth", "ratio", "annual")
_BEHIND, _ABOUT, _LONG = 60, 60, 300


def noted(scene: Scene, relations: Sequence[Relation]) -> Iterator[Relation]:
    """The relations, each with the notes that are said of it."""
    view = scene.low
    rounded = _of_rounding(scene, view)
    for relation in relations:
        note = rounded if relation.kind in _SUMS else _beside(scene, view, relation)
        yield replace(relation, notes=(*relation.notes, note)) if note else relation


def _of_rounding(scene: Scene, view: str) -> str:
    """The sentence that says that sums may be off by rounding."""
    for found in _ROUND.finditer(view):
        sentence = scene.sentences[scene.sentence_at(found.start())]
        said = _NOT_ADD.search(view, sentence.start, sentence.end)
        if said is not None:
            return _cited(scene.report.text, sentence, min(said.start(), found.start()), max(said.end(), found.end()))
    return ""


def _cited(text: str, sentence: Sentence, first: int, last: int) -> str:
    """The sentence; of a long one, as of a table read as one, only the words about the note."""
    if sentence.end - sentence.start <= _LONG:
        return text[sentence.start : sentence.end]
    start = text.rfind(" ", sentence.start, max(sentence.start, first - _ABOUT)) + 1 or sentence.start
    end = text.find(" ", min(sentence.end, last + _ABOUT), sentence.end)
    return f"…{text[start : end if end >= 0 else sentence.end]}…"


def _beside(scene: Scene, view: str, relation: Relation) -> str:
    """The words beside what leads a comparison that say it is not one of the levels as they stand."""
    if relation.kind not in _COMPARED:
        return ""
    for operand in relation.operands:
        if operand.role in ("percent", "change", "factor"):
            end = scene.sentences[scene.sentence_at(operand.start)].end
            found = asides(scene.book).search(view, operand.end, min(end, operand.end + _BEHIND))
            return scene.report.text[found.start() : found.end()] if found else ""
    return ""
