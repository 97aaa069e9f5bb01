"""A figure said to be some `of our restaurants`, and the number of them told elsewhere in the report → subset.

It is built only where no figure that a report has for those things is as large: then either the part or the whole is
wrong. A phrase that narrows the things, `of the families in the hills`, is not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.binding.names import Names, Phrase, key, keys
from pipeline.binding.scene import Scene, countable, counted_alike, operand
from pipeline.binding.sums.pointing import could_be_slip
from pipeline.binding.words import stem
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy

_THE = r"(?:the|our|its|their|these|those|all the|all our|all its|all these)"
_LEADS = lazy(rf"\W*(?:[a-z]+ )?(?:of|among|amongst|out of) {_THE} (?P<what>[a-z' -]+?),?(?: [a-z]+){{0,2}}\s*$")
_BEHIND = lazy(rf"\s*(?:of|among|amongst|out of) {_THE} ")
# Things by their name, with what narrows it before; what follows may only say that they were dealt with.
_THINGS = lazy(
    r"(?P<kind>(?:[a-z-]+ ){0,3}?)(?P<things>people|persons|children|women|staff|[a-z]+[^su\W\d_]s)\b"
    r"(?! (?:[a-z]+(?:ed|en|ing) )?(?:of|in|for|from|by|on|with|to|under|among|at|that|who|which|whose|aged|without"
    r"|over|between|outside|inside|within|around|near|across)\b)"
)
_WITHIN = 110
_MORE = lazy(r"\s*(?:more|fewer|less|additional|extra|further|other|new)\b", re.IGNORECASE)
# Of a few things there may be more that are not counted: `the two bills`.
_FEWEST = 20


def bind(scene: Scene, names: Names) -> Iterator[Relation]:
    """All parts that are larger than the things that they are said to be of."""
    for part, claim in enumerate(scene.claims):
        if not _is_count(claim.figure) or claim.figure.modifier or part not in scene.by_sentence[claim.sentence]:
            continue
        things = _said(scene, part)
        phrase = None if things is None else _called(things)
        if things is None or phrase is None or (_noun(scene, part) and key(_noun(scene, part)) != phrase.head):
            continue  # `16 districts of the provinces`
        whole = _whole(scene, names, phrase, things["things"], part)
        if whole is not None:
            over = scene.claims[whole]
            operands = operand("part", counted_alike(over, claim)), operand("whole", over)
            why = "words take a figure out of things that are counted elsewhere, and nowhere as many"
            scope = scene.scope_of(part, whole)
            yield Relation("subset", operands, scope, "high", "subset.of-what-is-named", why)


def _is_count(figure: Figure) -> bool:
    return figure.kind == "absolute" and figure.dimension in ("count", "") and figure.upper is None and not figure.per


def _said(scene: Scene, part: int) -> re.Match[str] | None:
    """The things that a part is taken out of, named before it at the head of its sentence or right behind it."""
    claim = scene.claims[part]
    sentence = scene.sentences[claim.sentence]
    view = scene.report.view
    behind = _BEHIND.match(scene.after(part))
    leads = None
    if behind is None and part == scene.by_sentence[claim.sentence].start:
        leads = _LEADS.match(view[sentence.start : claim.figure.start].lower())
    start = claim.figure.end + behind.end() if behind is not None else 0
    said = leads["what"] if leads else view[start : min(sentence.end, start + _WITHIN)].lower() if behind else ""
    things = _THINGS.match(said)
    return things if things is not None and key(things["things"]) else None


def _called(things: re.Match[str]) -> Phrase:
    """The words by which things are looked for."""
    return Phrase(keys(things["kind"]) | {key(things["things"])}, key(things["things"]))


def _whole(scene: Scene, names: Names, phrase: Phrase, things: str, part: int) -> int | None:
    """The largest figure before that counts these things, if a part of them might have been written larger."""

    def fits(n: int) -> bool:
        figure = scene.claims[n].figure
        # `3.46 million more visits` are a change of them.
        if "change" in scene.roles(n, "growth") or _MORE.match(scene.report.view[figure.number_end : figure.end]):
            return False
        return _is_count(figure) and n < part and countable(scene.claims[n], scene.claims[part])

    found = [one.claim for one in names.find(phrase, part, fits) if _counts(scene, one.claim, things)]
    largest = max(found, key=lambda n: scene.claims[n].figure.number.value, default=None)
    if largest is None or not could_be_slip(scene, largest, part):
        return None
    # `61,200 houses were completed, a shortfall of 23,800 houses. Of the completed houses 44,064 …`
    alike, mine = scene.by_unit[scene.claims[largest].figure.unit], scene.claims[part].figure.number.value
    return None if any(scene.claims[n].figure.number.value >= mine for n in alike if n != part) else largest


def _counts(scene: Scene, claim: int, things: str) -> bool:
    """Whether a figure counts such things, and many of them; no library is a librarian."""
    noun = _noun(scene, claim)
    return noun != "" and stem(noun) == stem(things) and scene.claims[claim].figure.number.value >= _FEWEST


def _noun(scene: Scene, claim: int) -> str:
    figure = scene.claims[claim].figure
    return next(iter(scene.report.view[figure.number_end : figure.end].lower().split()[-1:]), "")
