"""A run on a cluster, with real processes: the same bytes as here, whoever dies; and places that are URLs.

Skipped where the extra `cluster` is not installed.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from click.testing import Result

import tasks
from pipeline import places
from pipeline.engine import batches

pytest.importorskip("distributed", reason="needs the extra `cluster`")
upath = pytest.importorskip("upath", reason="needs the extra `cluster`")

Tieout = Callable[..., Result]
ROOT = Path(__file__).parent.parent
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__GIL__ENABLED": "false",
}


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


class Cluster:
    """A scheduler and its workers, each a process of its own that can be killed."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self, *more: str) -> None:
        options = ["--nthreads", "1", "--no-dashboard", "--death-timeout", "20", *(more or ["--no-nanny"])]
        self.workers.append(self._start("worker", self.address, *options))

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    started = Cluster()
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def standing() -> Iterator[Cluster]:
    """A cluster that several tests share. Its worker stands under a nanny, as `dask worker` starts them."""
    started = Cluster()
    started.add_worker("--nanny")  # such workers are daemons, which may have no processes, and come back if they die
    try:
        yield started
    finally:
        started.stop()


IN_BATCHES = """
import sys
from pipeline.__main__ import main
from pipeline.engine import cluster
cluster.SIZE = int(sys.argv.pop(1))
sys.exit(main())
"""


def start_run(cluster: Cluster, *options: str, batch: int = 200) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", IN_BATCHES, str(batch), "run", "--no-page", "--scheduler", cluster.address]
    command += options
    return subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_until(there: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_a_run_survives_its_workers_and_goes_on_after_its_scheduler(
    here: Path, tieout: Tieout, cluster: Cluster, standing: Cluster
) -> None:
    for number in range(150):
        Path(f"raw/{number:03}.txt").write_text("Of the 40 boats, 23 are old, or 57.5%.\n", encoding="utf-8")
    done = Path("cut")
    cluster.add_worker()
    cluster.add_worker()
    running = start_run(cluster, "--out", "cut", batch=5)
    tieout("run", "--out", "serial", "--jobs", "1", "--no-page", "--quiet")
    wait_until(lambda: len(list(done.glob("*/summary.csv"))) > 10)
    cluster.workers[0].kill()
    seen = len(list(done.glob("*/summary.csv")))
    wait_until(lambda: len(list(done.glob("*/summary.csv"))) > seen + 10 or running.poll() is not None)
    assert running.poll() is None, running.communicate()
    cluster.scheduler.kill()
    said = running.communicate(timeout=60)[1]
    assert running.returncode == 2 and "--resume does the rest" in said and "Traceback" not in said
    left = len(list(done.glob("*/summary.csv")))
    assert 20 < left < 152 and not (done / "summary.csv").exists()
    resumed = start_run(standing, "--out", "cut", "--resume")
    resumed.communicate(timeout=120)
    assert resumed.returncode == 0
    assert files(done) == files(Path("serial"))


@pytest.mark.parametrize(
    ("task", "size"),
    [(tasks.die_of_three, 4), (tasks.kill_the_worker_of_three, 1)],
    ids=["dies in its process", "kills its worker"],
)
def test_a_bad_report_is_found_and_costs_only_itself(standing: Cluster, task: Callable[[int], int], size: int) -> None:
    from pipeline.engine import cluster as on_cluster

    results = on_cluster.each(standing.address, task, range(6), tasks.lost, size=size)
    assert list(results) == [0, 1, 2, -3, 4, 5]


def test_a_report_that_hangs_costs_only_itself(standing: Cluster) -> None:
    from pipeline.engine import cluster as on_cluster

    for seconds in tasks.PATIENCE:
        results = list(on_cluster.each(standing.address, tasks.hang_on_three, range(6), tasks.lost, seconds, size=4))
        if results == [0, 1, 2, -3, 4, 5]:
            break
    assert results == [0, 1, 2, -3, 4, 5]


def test_a_scheduler_that_is_not_there_is_said_in_one_line(
    here: Path, tieout: Tieout, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.engine import cluster as on_cluster

    monkeypatch.setattr(on_cluster, "_PATIENCE", 0.2)
    said = tieout("run", "--scheduler", "tcp://127.0.0.1:9")
    assert said.exit_code == 2 and "no Dask scheduler answers there" in said.stderr
    # One that dies in the middle of an answer is told of by these too, with a traceback, unless they are quiet.
    loud = [name for name in ("tornado.application", "asyncio") if logging.getLogger(name).isEnabledFor(logging.ERROR)]
    assert not loud


class Recorded:
    """An executor that works at once, and loses each batch that holds one of the deadly items."""

    exact = True

    def __init__(self, size: int, ahead: int, *deadly: int) -> None:
        self.size, self.ahead, self.deadly = size, ahead, deadly
        self.batches: list[list[int]] = []

    def submit(self, batch: list[int]) -> Future[list[int]]:
        self.batches.append(list(batch))
        future: Future[list[int]] = Future()
        if set(batch) & set(self.deadly):
            future.set_exception(MemoryError())
        else:
            future.set_result([number * 2 for number in batch])
        return future

    def loss(self, error: BaseException) -> batches.Lost | None:
        return batches.Lost("gone") if isinstance(error, MemoryError) else None


@pytest.mark.parametrize("size", [1, 3, 16, 100])
@pytest.mark.parametrize("deadly", [(), (0,), (5, 6), (15,), tuple(range(16))], ids=str)
def test_batches_are_halved_until_the_deadly_item_is_alone(size: int, deadly: tuple[int, ...]) -> None:
    executor = Recorded(size, 2, *deadly)
    results = list(batches.each(range(16), executor, tasks.lost))
    assert results == [-number if number in deadly else number * 2 for number in range(16)]
    assert {batch[0] for batch in executor.batches if len(batch) == 1} >= set(deadly)


class Suspicious(Recorded):
    """One that takes every other batch for lost that is out beside a deadly one."""

    exact = False

    def submit(self, batch: list[int]) -> Future[list[int]]:
        future = super().submit(batch)
        if len(self.batches) < 4:
            future = Future()
            future.set_exception(MemoryError())
        return future


def test_an_item_that_was_only_beside_a_deadly_one_is_not_lost() -> None:
    assert list(batches.each(range(6), Suspicious(1, 3, 1), tasks.lost)) == [0, -1, 4, 6, 8, 10]


def test_no_more_batches_are_out_than_asked_for() -> None:
    taken = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = batches.each(items(), Recorded(5, 3), tasks.lost)
    assert next(results) == 0
    assert len(taken) <= 20


def test_tables_go_to_any_file_system(here: Path, tieout: Tieout) -> None:
    tieout("run", "--out", "local", "--jobs", "1")
    for url in ("memory://tables/run", (here / "as-url").as_uri()):
        assert tieout("run", "--out", url, "--jobs", "1").exit_code == 0
    stored = upath.UPath("memory://tables/run")
    there = {path.relative_to(stored).as_posix(): path.read_bytes() for path in stored.rglob("*") if path.is_file()}
    assert there == files(here / "local") == files(here / "as-url")
    Path("raw/wrong.txt").unlink()
    assert "2 reports" not in tieout("run", "--out", "memory://tables/run", "--jobs", "1", "--resume").output


def test_reports_come_from_any_file_system(here: Path, tieout: Tieout) -> None:
    source = upath.UPath("memory://reports/2009")
    source.mkdir(parents=True, exist_ok=True)
    for path in Path("raw").iterdir():
        (source / path.name).write_bytes(path.read_bytes())
    tieout("run", "--out", "local", "--jobs", "1", "--no-page", "--quiet")
    tieout("run", "memory://reports", "--out", "remote", "--jobs", "1", "--no-page", "--quiet")
    assert files(here / "remote") == files(here / "local")
    assert tieout("run", "memory://nothing", "--out", "none").exit_code == 2


def test_a_url_of_no_file_system_is_said_in_one_line(here: Path, tieout: Tieout) -> None:
    said = tieout("run", "--out", "nowhere://x")
    assert said.exit_code == 2 and "nowhere" in said.stderr


def test_a_url_with_a_line_break_is_said_in_one_line() -> None:
    pytest.importorskip("upath")
    with pytest.raises(places.PlaceError) as told:
        places.place("nosuch://a\nb")
    assert "\n" not in str(told.value)
