"""A task and its items → the results in the order of the items, made in this process or in several.

A process that dies costs only the item it died of: items in flight are tried again one by one.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess
from threading import current_thread, main_thread
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 4  # items handed out for each process, so that none waits for work


def each(
    task: Callable[[Item], Result], items: Sequence[Item], jobs: int, lost: Callable[[Item], Result]
) -> Iterator[Result]:
    """The task's result for each item, in order; `lost` makes the result of an item that kills its process.

    Task, items and results must be picklable if `jobs` is over 1. An exception of the task ends the iteration.
    """
    if jobs == 1 or len(items) <= 1:
        yield from map(task, items)
        return
    done = 0
    others = active_children()
    while done < len(items):
        pool = _pool(task, min(jobs, len(items) - done))
        flying: deque[tuple[Item, Future[Result]]] = deque()
        waiting = iter(items[done:])
        try:
            with _deaf():
                _hand_out(pool, waiting, flying, jobs * _AHEAD)
            while flying:
                result = flying[0][1].result()
                flying.popleft()
                done += 1
                yield result
                _hand_out(pool, waiting, flying, 1)
        except BrokenProcessPool:
            yield from _one_by_one(task, flying, lost)  # which item it was is not known
            done += len(flying)
        except BaseException:
            with _deaf():
                _stop(others)
                pool.shutdown(cancel_futures=True)
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _pool(task: Callable[[Any], Any], processes: int) -> ProcessPoolExecutor:
    # A spawned process shares no locks and no threads with this one, and is the same on every system.
    return ProcessPoolExecutor(processes, get_context("spawn"), initializer=_start, initargs=(task,))


@contextmanager
def _deaf() -> Iterator[None]:
    """Ignore Ctrl-C for a while; a process that is started meanwhile ignores it for good, it is for this one alone."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _stop(others: Collection[BaseProcess]) -> None:
    """End our processes at once: whoever presses Ctrl-C is not to wait. What they wrote is whole or absent."""
    for child in active_children():
        if child not in others:
            child.kill()


def _hand_out(
    pool: ProcessPoolExecutor, waiting: Iterator[Item], flying: deque[tuple[Item, Future[Result]]], count: int
) -> None:
    for item in islice(waiting, count):
        flying.append((item, pool.submit(_perform, item)))


def _finished(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _one_by_one(
    task: Callable[[Item], Result],
    flying: Iterable[tuple[Item, Future[Result]]],
    lost: Callable[[Item], Result],
) -> Iterator[Result]:
    """The results of items that were in flight when a process died; another process goes on after each that dies."""
    pool = _pool(task, 1)
    try:
        for item, future in flying:
            if _finished(future):
                yield future.result()
                continue
            try:
                result: Result = pool.submit(_perform, item).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(task, 1)
                result = lost(item)
            yield result
    finally:
        pool.shutdown(cancel_futures=True)


# The task of this worker process: sent once when it starts, not with every item (it carries the ledger).
_task: Callable[[Any], Any] | None = None


def _start(task: Callable[[Any], Any]) -> None:
    global _task  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _task = task


def _perform(item: Any) -> Any:
    assert _task is not None
    return _task(item)
