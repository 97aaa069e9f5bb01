"""The processes of this machine: each report goes to one that can be killed, and is given up after a time.

A process that dies or is killed costs only the report it worked on; another takes its place.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, TimeoutError
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.engine.batches import Lost
from pipeline.engine.batches import each as each_by

if TYPE_CHECKING:
    from pebble import ProcessPool

Item = TypeVar("Item")
Result = TypeVar("Result")

# Reports handed out for each process: while one takes long, the others go on with as many behind it.
_AHEAD = 64
# A process takes a second to start: it is worth that for so many bytes of reports.
_WORTH = 500_000
# A process is replaced after so many reports: whatever a library holds on to, memory stays what it was.
_REPORTS = 5_000


def each(
    task: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int,
    lost: Callable[[Item, str], Result],
    seconds: float | None = None,
) -> Iterator[Result]:
    """The task's result for each item, in order, made by `jobs` processes, or in this one if that is 1.

    `lost` makes the result of an item whose process died or took more than `seconds`; in this process there is no such
    limit. Task, items and results must be picklable. An exception of the task ends the iteration.
    """
    if jobs == 1:
        yield from map(task, items)
        return
    processes = Processes(task, jobs, seconds)
    try:
        yield from each_by(items, processes, lost)
    except BaseException:
        processes.stop()  # whoever presses Ctrl-C is not to wait; what was written is whole or absent
        raise
    processes.close()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def processes(sizes: Iterable[int], asked: int, cores: int) -> int:
    """How many processes to work with: as many as were asked for, or (0) as many as there are cores and work for.

    `sizes` are those of the items, in bytes; no more of them are looked at than it takes to know.
    """
    most = asked or cores
    worth, read = 0, 0
    for number, size in enumerate(sizes, 1):
        read += size
        worth = number if asked else min(number, 1 + read // _WORTH)
        if worth >= most:
            break
    return max(1, min(worth, most))


class Processes:
    """Processes that stay for a task, as an executor of batches; each is one item, so that its time is one report's.

    They take `seconds` for an item at most, and are there until they are told to `close`, or to `stop` at once.
    """

    size = 1
    exact = True

    def __init__(self, task: Callable[[Any], Any], jobs: int, seconds: float | None) -> None:
        self.ahead = jobs * _AHEAD
        self._pool = _pool(task, jobs)
        self._seconds = seconds
        with _deaf_children():
            assert self._pool.active  # asking is what starts it

    def close(self) -> None:
        """End them when all is done."""
        with _deaf():
            self._pool.close()
            self._pool.join()

    def stop(self) -> None:
        """End them, done or not."""
        with _deaf():
            self._pool.stop()
            self._pool.join()

    def submit(self, batch: Sequence[Any]) -> Future[Sequence[Any]]:
        future: Future[Sequence[Any]] = self._pool.schedule(_perform, args=(batch,), timeout=self._seconds)
        return future

    def loss(self, error: BaseException) -> Lost | None:
        from pebble import ProcessExpired

        if isinstance(error, TimeoutError) and error.args[:1] == ("Task timeout",):
            return Lost(f"it took more than {self._seconds:g} seconds (--time-limit)")
        return Lost("its process died, perhaps for want of memory") if isinstance(error, ProcessExpired) else None


def _pool(task: Callable[[Any], Any], jobs: int) -> ProcessPool:
    from pebble import ProcessPool

    # A spawned process shares no locks and no threads with this one, and is the same on every system.
    return ProcessPool(jobs, max_tasks=_REPORTS, initializer=_start, initargs=(task,), context=get_context("spawn"))


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Threads and processes started meanwhile, and theirs, do not hear Ctrl-C: it is for this process alone."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _deaf() -> Iterator[None]:
    """Ignore Ctrl-C for a while, so that a second one does not leave processes behind."""
    from threading import current_thread, main_thread

    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# The task of this worker process: sent once when it starts, not with every item (it carries the ledger).
_task: Callable[[Any], Any] | None = None


def _start(task: Callable[[Any], Any]) -> None:
    global _task  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _task = task


def _perform(batch: Sequence[Any]) -> list[Any]:
    assert _task is not None
    return [_task(item) for item in batch]
