"""The workers of a Dask cluster: batches of reports go out, and come back as those of one process would.

The rules and settings go to each worker once. It reads reports in processes of its own, so that one that dies of its
report, or takes too long, costs no more than that. A batch whose worker dies goes to another; one that kills every
worker it goes to is halved until the report that does it stands alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from functools import partial
from multiprocessing import current_process
from typing import Any, TypeVar
from uuid import uuid4

from distributed import Client, KilledWorker, WorkerPlugin

from pipeline import __version__
from pipeline.engine import batches
from pipeline.engine.batches import Lost
from pipeline.engine.pool import Processes

Item = TypeVar("Item")
Result = TypeVar("Result")

# Reports in a batch, and batches handed out for each thread of the cluster, so that none waits for work.
SIZE = 200
_AHEAD = 3
# Who logs that a scheduler is gone: asyncio and tornado too, of an answer that nobody waits for any more.
_TALKATIVE = (
    *("distributed", "distributed.client", "distributed.core", "distributed.utils"),
    *("tornado", "tornado.application", "asyncio"),
)
_PATIENCE = 30  # seconds to wait for the scheduler, and for a first worker


class ClusterError(ValueError):
    """The cluster cannot be reached or was lost, in words for the person who named it."""


def each(
    scheduler: str,
    task: Callable[[Item], Result],
    items: Sequence[Item],
    lost: Callable[[Item, str], Result],
    seconds: float | None = None,
    size: int | None = None,
) -> Iterator[Result]:
    """The task's result for each item, in order, `lost` where it dies or takes more than `seconds`; `size` items
    go out together, or SIZE.

    Raises ClusterError if there is no scheduler, or no more.
    """
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what they log we say in one line
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"{scheduler}: no Dask scheduler answers there: {error}") from None
    try:
        workers = _workers(client, scheduler)
        given = _Given(task, lost, seconds)
        client.register_plugin(given, name=given.name)
        try:
            yield from batches.each(items, _Workers(client, given.name, workers, size or SIZE), lost)
        except CancelledError:
            raise ClusterError(f"{scheduler}: the scheduler is gone; --resume does the rest") from None
        finally:
            if client.status == "running":
                client.unregister_worker_plugin(given.name)
    finally:
        client.close(timeout=1)


def _workers(client: Client, scheduler: str) -> int:
    """How many threads the cluster has, once it has any."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise ClusterError(f"{scheduler}: no worker came in {_PATIENCE} seconds; start `dask worker`") from None
    return sum(client.nthreads().values())


class _Workers:
    """A cluster as an executor of batches. A scheduler suspects all that a worker had when it died."""

    exact = False

    def __init__(self, client: Client, name: str, workers: int, size: int) -> None:
        self.size = size
        self.ahead = workers * _AHEAD
        self._executor = client.get_executor(pure=False)
        self._perform = partial(_perform, name)

    def submit(self, batch: Sequence[Any]) -> Future[Sequence[Any]]:
        future: Future[Sequence[Any]] = self._executor.submit(self._perform, batch)
        return future

    def loss(self, error: BaseException) -> Lost | None:
        if not isinstance(error, KilledWorker):
            return None
        return Lost("every worker that read it died, perhaps for want of memory")


class _Given(WorkerPlugin):
    """What each worker is given once, also one that comes later: the task, with the rules in it, and who does it."""

    def __init__(self, task: Callable[[Any], Any], lost: Callable[[Any, str], Any], seconds: float | None) -> None:
        self.name = f"tieout-{uuid4().hex}"
        self._task, self._lost, self._seconds = task, lost, seconds
        self._version = __version__

    def setup(self, worker: Any) -> None:
        """Start the processes that do the task. Raises ClusterError in a worker with another tieout."""
        if self._version != __version__:
            raise ClusterError(f"a worker has tieout {__version__}, not {self._version}: other bytes may come out")
        current_process().daemon = False  # a nanny makes its worker one, and those may not start processes
        processes = Processes(self._task, worker.state.nthreads, self._seconds)
        _given[self.name] = processes, self._lost

    def teardown(self, worker: Any) -> None:
        """End the processes."""
        processes, _ = _given.pop(self.name)
        processes.stop()


# What does the tasks of this worker, by the run that gave them, and what tells of a lost report.
_given: dict[str, tuple[Processes, Callable[[Any, str], Any]]] = {}


def _perform(name: str, batch: Sequence[Any]) -> list[Any]:
    processes, lost = _given[name]
    return list(batches.each(batch, processes, lost))
