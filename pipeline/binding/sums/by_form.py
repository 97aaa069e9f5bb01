"""The sums and subsets that a form of words of their own tells; of two for the same figures the first counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.binding.scene import Scene
from pipeline.binding.sums import (
    added_on,
    differences,
    elided,
    in_full,
    itemized,
    partitions,
    rest_behind,
    small_lists,
    subsets,
    twin_rows,
)
from pipeline.model import Relation

_FORMS: tuple[Callable[[Scene], Iterator[Relation]], ...] = (
    differences.bind,
    in_full.bind,
    elided.bind,
    added_on.bind,
    twin_rows.bind,
    subsets.bind,
    rest_behind.bind,
    small_lists.bind,
    itemized.bind,
    partitions.bind,
)


def bind(scene: Scene) -> Iterator[Relation]:
    """All of a report, form by form."""
    for form in _FORMS:
        yield from form(scene)
