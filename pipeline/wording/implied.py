"""What a report implies of another period → words: `more than 410 million Yuan in 2008`, and how it is worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.binding.implied import implied
from pipeline.exact import Scales
from pipeline.formulas import Posed
from pipeline.model import Claim, Cue
from pipeline.wording.numbers import manner, show, show_range

_OPEN = {">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most ", "~": "about "}


@dataclass(frozen=True, slots=True)
class Worth:
    """An implied value in words. `level` and `change` are the indexes of the claims that imply it."""

    level: int
    change: int
    value: str
    how: str


def worth(claims: Sequence[Claim], cues: Sequence[Cue], text: str, scales: Scales) -> Iterator[Worth]:
    """Every value that a level and its change imply, where it can be told."""
    for pair in implied(claims, cues):
        relation = pair.relation(claims)
        found = Posed(relation, scales).missing("prior")
        level, change = relation.operands
        assert level.figure is not None
        if found is None or found.interval.is_empty:
            continue
        how, opened = manner(level, text), _OPEN.get(level.figure.modifier, "")
        ends = [end for end in (found.said.low, found.said.high) if end is not None]
        if opened and ends and level.figure.modifier != "~":
            value = opened + show(ends[-1] if level.figure.modifier in ("<", "<=") else ends[0], how)
        else:
            value = opened + show_range(found.interval, how)
        printed = [" ".join(text[o.start : o.end].split()) for o in (level, change)]
        sign = "less" if pair.direction > 0 else "plus"
        if change.role == "percent":
            sign = "up" if pair.direction > 0 else "down"
        yield Worth(pair.level, pair.change, f"{value} in {pair.period}", f"{opened}{printed[0]} {sign} {printed[1]}")
