"""What it costs to read a report in each format, beyond what it costs as plain text: CPU time for 15,000 characters.

    python tests/benchmarks/reading.py [--rounds 20]

Read are the samples that other programs made of the shipped reports; the best round counts. A .docx should cost 15 ms
at most and a .pdf 80 ms. PDF files are read here in the process itself; the way to the process that is kept for them
and back is measured by the clock and shown by itself.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.readers import ReadOptions, apart, reader
from pipeline.readers.pdf import document

SAMPLES = Path(__file__).parents[1] / "samples"
CHARACTERS = 15_000
MOST = {"docx": 15, "pdf": 80}  # milliseconds
OPTIONS = ReadOptions()


def best(work: Callable[[], object], rounds: int, clock: Callable[[], float]) -> float:
    """The least time that some rounds took, in milliseconds."""
    times = []
    for _ in range(rounds):
        began = clock()
        work()
        times.append(clock() - began)
    return 1000 * min(times)


def cost(path: Path, rounds: int) -> tuple[float, int]:
    """Milliseconds for a sample, and how many characters its text has."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        size = len(document.told(data, "sample", OPTIONS)["text"])
        return best(lambda: document.told(data, "sample", OPTIONS), rounds, time.process_time), size
    read = reader(path.suffix)
    size = len(read(data, "sample", OPTIONS).text)
    return best(lambda: read(data, "sample", OPTIONS), rounds, time.process_time), size


def main() -> None:
    """Print the cost of each format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    found = {}
    for suffix in ("txt", "md", "rst", "html", "docx", "pdf"):
        costs = [cost(path, rounds) for path in sorted((SAMPLES / suffix).glob(f"*.{suffix}"))]
        found[suffix] = CHARACTERS * sum(each for each, _ in costs) / sum(size for _, size in costs)
    for suffix, milliseconds in found.items():
        beyond = milliseconds - found["txt"]
        wanted = f"   (wanted: {MOST[suffix]} or less)" if suffix in MOST else ""
        print(f"{suffix:5} {milliseconds:6.1f} ms, {beyond:6.1f} ms beyond plain text{wanted}")
    data = (SAMPLES / "pdf" / "harbours-libreoffice.pdf").read_bytes()
    apart.ask(document.__name__, data, "sample", OPTIONS)
    way = best(lambda: apart.ask(document.__name__, data, "sample", OPTIONS), rounds, time.perf_counter)
    here = best(lambda: document.told(data, "sample", OPTIONS), rounds, time.perf_counter)
    print(f"to the process that reads PDF files and back: {way - here:.1f} ms")


if __name__ == "__main__":
    main()
