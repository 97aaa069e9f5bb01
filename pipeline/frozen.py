"""Records that are made by the hundred thousand, in a fifth of the time that a frozen dataclass takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def frozen(record: type[T]) -> type[T]:
    """A dataclass with slots that nothing may change: the type checker holds it to that, and nothing does at run time.

    It is for what one stage makes and forgets, or makes many of for each that it hands on. The rest of what is handed
    on is frozen in earnest (`model`). A record may bring a hash of its own.
    """
    return dataclass(slots=True, unsafe_hash="__hash__" not in record.__dict__)(record)
