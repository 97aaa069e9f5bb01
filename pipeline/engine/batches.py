"""A task and its items → the results in the order of the items, by any executor: in this process, in several, on a
cluster.

Items go out in batches. What a batch is lost with is found by halving it: only the item that kills its process is lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Lost(Exception):
    """A batch has no results, for want of the process that worked on it; the message says why, for its report."""


class Executor(Protocol):
    """What works on batches of `size`. `ahead` is how many it is given before the first of them must be done.

    `exact` says that a loss is that of the item worked on: else one that only waited beside it may be lost as well.
    """

    ahead: int
    size: int
    exact: bool

    def submit(self, batch: Sequence[Any], /) -> Future[Sequence[Any]]:
        """Work on a batch. Its future raises what `loss` knows if the process that worked on it is gone."""

    def loss(self, error: BaseException, /) -> Lost | None:
        """What an exception of a future says of a lost batch; None if it is one of the task itself."""


@dataclass(frozen=True, slots=True)
class _Flight(Generic[Item, Result]):
    items: Sequence[Item]
    future: Future[Sequence[Result]]


def each(items: Iterable[Item], executor: Executor, lost: Callable[[Item, str], Result]) -> Iterator[Result]:
    """The result of each item, in order; `lost` makes that of an item that its process was lost with, and why.

    An exception of the task ends the iteration. No more than `ahead` batches are out at a time, with their results.
    """
    waiting = _batches(iter(items), executor.size)
    flying: deque[_Flight[Item, Result]] = deque()
    for batch in islice(waiting, executor.ahead):
        flying.append(_Flight(batch, executor.submit(batch)))
    while flying:
        flight = flying.popleft()
        results, loss = _landed(flight.future, executor)
        if loss is not None and len(flight.items) > 1:
            half = len(flight.items) // 2
            halves = flight.items[:half], flight.items[half:]
            flying.extendleft(_Flight(part, executor.submit(part)) for part in reversed(halves))
            continue
        if loss is not None and not executor.exact:
            wait([other.future for other in flying])
            results, loss = _landed(executor.submit(flight.items), executor)  # with nothing beside it
        yield from results if loss is None else [lost(flight.items[0], str(loss))]
        flying.extend(_Flight(batch, executor.submit(batch)) for batch in islice(waiting, 1))


def _landed(future: Future[Sequence[Result]], executor: Executor) -> tuple[Sequence[Result], Lost | None]:
    """The results of a batch, or how it was lost."""
    try:
        return future.result(), None
    except BaseException as error:
        if (loss := executor.loss(error)) is None:
            raise
        return (), loss


def _batches(items: Iterator[Item], size: int) -> Iterator[Sequence[Item]]:
    while batch := list(islice(items, size)):
        yield batch
