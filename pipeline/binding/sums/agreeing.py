"""Rows of figures that make one of their company → sums, where they agree to the printed digits, whatever words say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.charity import UNSAID
from pipeline.binding.scene import Candidate, Scene
from pipeline.binding.sums.lists import figures_of, made_of, sum_of
from pipeline.binding.sums.runs import Row, aimed
from pipeline.fraction import Fraction
from pipeline.patterns import lazy

_YEARS_IN_TURN = lazy(r"\b(?:19|20)\d\d\b[^.;]{0,60}\b(?:19|20)\d\d\b")
# A total this fine or finer says something when a row of figures happens to make it.
_TELLING = 40


def rows_that_agree(scene: Scene, row: Row) -> Iterator[Candidate]:
    """Rows of figures that make one of their company: taken only where they agree to the printed digits."""
    yield from _in_a_row(scene, row)
    # What a figure was before, or should have been, is no part: `grew to 116 from 111, with 71 here and 45 there`.
    kept = tuple(c for c in row.claims if not aimed(scene, c))
    if 2 < len(kept) < len(row.claims):
        yield from _in_a_row(scene, Row(row.sentence, kept))


def _in_a_row(scene: Scene, row: Row) -> Iterator[Candidate]:
    claims = row.claims
    sentence = scene.sentences[row.sentence]
    if _YEARS_IN_TURN.search(scene.report.view[sentence.start : sentence.end]) and len(claims) > 3:
        return
    for n in range(len(claims)):
        for m in range(n + 3, len(claims) + 1):
            window = claims[n:m]
            for total in {window[0], window[-1], max(window, key=lambda c: abs(scene.claims[c].figure.number.value))}:
                parts = [c for c in window if c != total]
                if _makes(scene, total, parts):
                    yield sum_of(
                        scene, total, parts, "sum.row-of-figures", "the figures stand in one row", UNSAID, "sentence"
                    )
    if len(claims) < 2 or any(aimed(scene, c) for c in claims):
        return  # `18.3 against a budget of 18.5. For the full year …`: what was meant to be is added to nothing
    for step in (-1, 1):
        for other in figures_of(scene, row, step):
            for n in range(len(claims)):
                for m in range(n + 2, len(claims) + 1):
                    company = [*claims[n:m], other]
                    total = max(company, key=lambda c: abs(scene.claims[c].figure.number.value))
                    parts = [c for c in company if c != total]
                    if _makes(scene, total, parts):
                        yield sum_of(
                            scene, total, parts, "sum.row-of-figures", "the figures stand in a row", UNSAID, "neighbour"
                        )


def _makes(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """Whether parts may make a total fine enough for that to say something."""
    whole = scene.claims[total].figure.number
    numbers = [scene.claims[p].figure.number for p in parts]
    if any(not n.value for n in numbers) or (whole.step and abs(whole.value) < whole.step * _TELLING):
        return False
    slack = whole.step + sum((n.step for n in numbers), Fraction(0))
    if any(abs(n.value) < slack / 2 for n in numbers):
        return False  # `$36.0 million, at $87.80 a share`: what is lost in the rounding is no part
    return abs(made_of(scene, parts) - whole.value) <= slack
