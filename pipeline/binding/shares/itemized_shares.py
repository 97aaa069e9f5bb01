"""Percentages that stand line by line, each behind its name, under words that share one whole out → shares.

`How each pound was spent: • schools – 41p …` promises a hundred, and so does a last line called `other` or `none`.
Where people may give several answers, or only the largest are told, nothing is promised.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.binding.lines import Lines, lists_of_lines
from pipeline.binding.listed import shared_out
from pipeline.binding.scene import Scene, operand
from pipeline.binding.shares.wholes import as_percent
from pipeline.binding.slipped import STRONG, slips
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales
from pipeline.slips.found import transposed

_HUNDREDTHS = ("penny", "cent", "pence", "paisa")
_IN_HUNDRED = lazy(r"\bper ?cent(?:ages?)?\b|%")
_MOST, _AHEAD = 12, 160
_WHOLE, _NEAR = Fraction(100), 12


def bind(scene: Scene) -> Iterator[Relation]:
    """All such lists of a report."""
    for lines in lists_of_lines(scene):
        if len(lines.claims) > _MOST or not _are_hundredths(scene, lines):
            continue
        operands = tuple(
            operand("part", scene.claims[c])
            if scene.claims[c].figure.kind == "percent"
            else as_percent("part", scene.claims[c])
            for c in lines.claims
        )
        why = "each line is a share of one whole"
        relation = Relation("shares", operands, scene.scope_of(*lines.claims), "high", "shares.line-by-line", why)
        if agreement(relation, scales(scene.book)) != "none" or (
            _is_promised(scene, lines) and _is_near(scene, relation)
        ):
            yield relation


def _are_hundredths(scene: Scene, lines: Lines) -> bool:
    """Whether all lines have a percentage, or pence of a pound, or bare numbers under `percentage of …`."""
    figures = [scene.claims[c].figure for c in lines.claims]
    if len({f.unit for f in figures}) != 1:
        return False
    if figures[0].unit == "%":
        return not any(scene.roles(c, "growth", "target", "annual") for c in lines.claims)
    if figures[0].unit in _HUNDREDTHS:
        return True
    bare = all(not f.dimension and f.kind == "absolute" for f in figures)
    return bare and _IN_HUNDRED.search(_opening(scene, lines)) is not None


def _opening(scene: Scene, lines: Lines) -> str:
    """The last words that open the lines, in lower case."""
    start, end = lines.opening
    return scene.report.view[max(start, end - _AHEAD) : end].lower()


def _is_promised(scene: Scene, lines: Lines) -> bool:
    """Whether the words that open the lines share one whole out, or a line leaves nothing out."""
    words, opening = shared_out(scene.book), _opening(scene, lines)
    if words.against.search(opening):
        return False
    return words.opens.search(opening) is not None or any(words.item.match(name) for name in lines.names)


def _is_near(scene: Scene, relation: Relation) -> bool:
    made = sum((o.figure.number.value for o in relation.operands if o.figure is not None), Fraction(0))
    return abs(made - _WHOLE) <= _NEAR or bool(slips(relation, scales(scene.book), STRONG)) or _is_turned(relation)


def _is_turned(relation: Relation) -> bool:
    """Whether two digits of one share in their right order would make a hundred: `41` for `14`."""
    figures = [o.figure.number for o in relation.operands if o.figure is not None]
    over = sum((number.value for number in figures), -_WHOLE)
    for number in figures:
        digits = str(int(number.value / number.step)) if number.step else ""
        if any(changed * number.step == number.value - over for changed in transposed(digits)):
            return True
    return False
