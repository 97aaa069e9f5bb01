"""An amount spoken of as known, `the surplus of 22.2 million`, and the one amount that is called so before → repeat.

Only what a slip of the pen tells apart is bound here: what agrees is for `mentions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.binding.names import Names, named, next_word, sole
from pipeline.binding.repeats.contrast import Contrast
from pipeline.binding.repeats.sameness import is_narrowed, mentionable, repeat, significant
from pipeline.binding.scene import Scene
from pipeline.binding.slipped import one_slip_away
from pipeline.fraction import Fraction
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_THE_OF = lazy(r"\b(?:the|this|these|those)\s+((?!same\b|other\b|last\b|first\b)(?:[a-z][a-z-]+\s+){1,4}?)of\s+$")
_THE = lazy(r"\b(?:the|these|those|all)\s+$")
_FIRST = lazy(r"\s*(?:largest|biggest|smallest|best|worst|most|least|major|main|leading|or|to|and|,|%)")
_WITHIN = 60
_FEWEST_DIGITS = 3
_TELLING = Fraction(1, 2)


def bind(scene: Scene, names: Names, held: frozenset[str]) -> Iterator[Relation]:
    """Each known amount with its first mention. `held` are the refs of figures that agree with another."""
    contrast = scene.once(Contrast)
    for n, claim in enumerate(scene.claims):
        figure = claim.figure
        if claim.claim_id in held or not _may_be_known(scene, n):
            continue
        before = scene.report.view[max(0, figure.start - _WITHIN) : figure.start].lower()
        of, the = _THE_OF.search(before), _THE.search(before)
        noun = next_word(scene, n)
        phrase = named(of.group(1)) if of else named(noun) if the and noun and not _is_first(scene, figure) else None
        if phrase is None or not phrase.keys:
            continue

        def fits(m: int, figure: Figure = figure, n: int = n) -> bool:
            other = scene.claims[m].figure
            if other.unit != figure.unit or other.per != figure.per or other.kind != figure.kind:
                return False
            return m < n and mentionable(scene, m) and not other.modifier

        first = sole(scene, names.find(phrase, n, fits, fuller=True))
        if first is None or scene.claims[first].figure.number.value == figure.number.value:
            continue
        if contrast.apart(first, n) or (of is None and is_narrowed(scene, first, n)):
            continue
        relation = repeat(scene, (first, n), "high", "repeat.known-by-its-name", f"“the {' '.join(_words(of, noun))}”")
        if one_slip_away(relation, scales(scene.book), least=_TELLING):
            yield relation


def _words(of: re.Match[str] | None, noun: str) -> list[str]:
    return of.group(1).split() if of else noun.split()


def _may_be_known(scene: Scene, n: int) -> bool:
    figure = scene.claims[n].figure
    if figure.kind != "absolute" or figure.dimension == "time" or figure.modifier or not mentionable(scene, n):
        return False
    return len(significant(figure.number)) >= _FEWEST_DIGITS and figure.number.manner == "digits"


def _is_first(scene: Scene, figure: Figure) -> bool:
    """Whether a figure is met here for the first time: `the 400 largest firms`."""
    return _FIRST.match(scene.report.view, figure.number_end) is not None
