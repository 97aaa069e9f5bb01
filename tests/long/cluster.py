"""A cluster that loses a worker, then its scheduler: a run on another one ends with the bytes of a serial run.

    python tests/long/cluster.py FOLDER [--reports 2000]

FOLDER is searched for .txt files, which are read again and again with other digits. A scheduler and two workers are
processes of this machine; one worker is killed by its number after a third of the reports, the scheduler after two
thirds. A serial run to compare with follows. Exit code 1 where anything fails.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from test_cluster import ENVIRONMENT, Cluster, files, start_run


def done(folder: Path) -> int:
    """How many reports are complete."""
    return sum(1 for _ in folder.glob("*/summary.csv"))


def wait_for(folder: Path, reports: int, running: subprocess.Popen[str]) -> None:
    """Wait until so many reports are complete."""
    while done(folder) < reports:
        if running.poll() is not None:
            raise SystemExit(f"the run ended by itself with {done(folder)} reports: {running.communicate()}")
        time.sleep(0.2)


def cluster_of_two() -> Cluster:
    """A scheduler and two workers."""
    cluster = Cluster()
    cluster.add_worker()
    cluster.add_worker()
    return cluster


def main() -> None:
    """Run, kill, resume, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=2000)
    options = parser.parse_args()
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(options.folder.rglob("*.txt"))]
    began = time.monotonic()

    def told(what: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {what}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("raw").mkdir()
        for number in range(options.reports):
            by = number // len(texts)
            text = re.sub(r"\d", lambda digit, by=by: str((int(digit[0]) + by) % 10 or 1), texts[number % len(texts)])
            Path(f"raw/{number:06}.txt").write_text(text, encoding="utf-8")
        cut, cluster = Path("cut"), cluster_of_two()
        try:
            running = start_run(cluster, "--out", "cut")
            wait_for(cut, options.reports // 3, running)
            cluster.workers[0].kill()
            told(f"worker {cluster.workers[0].pid} killed, {done(cut)} reports complete")
            wait_for(cut, options.reports * 2 // 3, running)
            cluster.scheduler.kill()
            said = running.communicate()[1].strip()
            told(f"scheduler killed, {done(cut)} reports complete, exit code {running.returncode}: {said}")
        finally:
            cluster.stop()
        again = cluster_of_two()
        try:
            resumed = start_run(again, "--out", "cut", "--resume")
            resumed.communicate()
            told(f"the rest done on another cluster, exit code {resumed.returncode}")
        finally:
            again.stop()
        command = [sys.executable, "-m", "pipeline", "run", "--no-page", "--out", "serial", "--jobs", "1", "--quiet"]
        subprocess.run(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)
        told("the serial run done")
        ours, serial = files(cut), files(Path("serial"))
        other = sorted(name for name in ours.keys() | serial.keys() if ours.get(name) != serial.get(name))
        os.chdir("/")
    print(*other[:20], sep="\n", end="\n" if other else "")
    print(f"{len(serial)} files, {len(other)} differ")
    sys.exit(1 if other or running.returncode != 2 or resumed.returncode else 0)


if __name__ == "__main__":
    main()
