"""How fast reports become tables, beside what others do with the same text in the same run. README shows its table.

    python tests/benchmarks/speed.py [FOLDER] [--rounds 3] [--long-mb 8] [--write README.md]

FOLDER is searched for .txt files; without it the small reports of raw/ are read, many times over. CPU time of one
process counts, the sides take turns, and the best round of each is compared. tieout goes all the way: it reads files
and writes their tables, without pages. quantulum3 is asked only if it is installed, and for a part of the text.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import regex
import spacy

from pipeline import __version__, engine, rulebook
from pipeline.inputs import Input

ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- speed: made by tests/benchmarks/speed.py -->", "<!-- /speed -->"
CHARACTERS = 600_000
QUANTULUM_CHARACTERS = 15_000
NUMBER = regex.compile(r"\d++(?:[.,]\d++)*+")


def texts(folder: Path) -> list[str]:
    """The texts of a folder, as many as there are characters to read; a small folder is read again and again."""
    found = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]
    if not found:
        raise SystemExit(f"{folder}: no .txt file to read")
    taken = found[:: max(1, sum(map(len, found)) // CHARACTERS)]
    return taken * max(1, CHARACTERS // sum(map(len, taken)))


def changed(text: str, times: int) -> str:
    """The text with other digits: what is read again must be found again."""
    return re.sub(r"\d", lambda digit: str((int(digit[0]) + times) % 10 or 1), text)


def tables_of(said: Sequence[str], folder: Path) -> Callable[[], None]:
    """Reading these texts from files and writing their tables, as `tieout run --jobs 1 --no-page` does for each."""
    inputs = []
    for number, text in enumerate(said):
        path = folder / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        inputs.append(Input(str(path), str(number)))
    settings = engine.Settings(rulebook.load(), __version__, out=folder / "out")

    def work() -> None:
        for one in inputs:
            assert not engine.outcome(settings, one).error

    return work


def cpu(work: Callable[[], object]) -> float:
    """The CPU seconds of some work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def rivals(said: Sequence[str]) -> dict[str, tuple[Callable[[], object], int]]:
    """What is done beside: by name, the work and how many bytes it reads."""
    size = sum(len(text.encode()) for text in said)
    nlp = spacy.blank("en")
    nlp.max_length = 10**8
    nlp.add_pipe("sentencizer")
    found: dict[str, tuple[Callable[[], object], int]] = {
        "a bare scan for numbers (regex)": (lambda: [len(NUMBER.findall(text)) for text in said], size),
        "spaCy: tokenizer and sentencizer only": (lambda: [len(nlp(text)) for text in said], size),
    }
    if find_spec("quantulum3"):
        from quantulum3 import parser

        part = "\n".join(said)[:QUANTULUM_CHARACTERS]
        found["quantulum3: quantities only"] = (lambda: parser.parse(part), len(part.encode()))
    return found


def speeds(said: Sequence[str], rounds: int) -> dict[str, float]:
    """MB of text a second of CPU, by what reads it; the best of some rounds, taken in turns."""
    with tempfile.TemporaryDirectory() as folder:
        size = sum(len(text.encode()) for text in said)
        sides = {"**tieout**: from files to tables": (tables_of(said, Path(folder)), size), **rivals(said)}
        for work, _ in sides.values():
            work()  # compiled and loaded
        rounds_of = [{name: cpu(work) for name, (work, _) in sides.items()} for _ in range(rounds)]
        times = {name: min(times[name] for times in rounds_of) for name in sides}
    return {name: bytes_read / 1e6 / times[name] for name, (_, bytes_read) in sides.items()}


def growth(said: Sequence[str], megabytes: float) -> float:
    """How many times as long one long report takes as the same text in short ones: a report again and again."""
    one = sorted(said, key=len)[len(said) * 3 // 4]
    pieces = [changed(one, number) for number in range(max(1, round(megabytes * 1e6 / len(one))))]
    with tempfile.TemporaryDirectory() as short, tempfile.TemporaryDirectory() as long:
        return cpu(tables_of(["\n\n".join(pieces)], Path(long))) / cpu(tables_of(pieces, Path(short)))


def memory(folder: Path) -> int:
    """The most memory, in MB, of a process that runs over a folder."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "pipeline", "run", str(folder), "--out", out, "--jobs", "1", "--no-page", "-q"]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000


def table(folder: Path, rounds: int, long_mb: float) -> str:
    """The measures as Markdown."""
    said = texts(folder)
    found = speeds(said, rounds)
    ours = next(iter(found.values()))
    lines = ["| one process | MB of text a second | the first is |", "|---|---|---|"]
    for name, speed in found.items():
        times = ours / speed
        beside = "" if speed == ours else f"{times:.1f} times as fast" if times >= 1 else f"1/{1 / times:.1f} as fast"
        lines.append(f"| {name} | {float(f'{speed:.2g}'):g} | {beside} |")
    size = sum(len(text.encode()) for text in said) / 1e6
    lines += [
        "",
        f"Measured over {size:.1f} MB in {len(said)} reports, in CPU time. One report of {long_mb:g} MB takes"
        f" {growth(said, long_mb):.1f} times as long as the same",
        f"text in short reports. A process needs {memory(folder)} MB at most.",
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the table, or write it between its marks in a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "raw")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long-mb", type=float, default=8)
    parser.add_argument("--write", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    found = table(arguments.folder, arguments.rounds, arguments.long_mb)
    if arguments.write is None:
        print(found)
        return
    before, _, rest = arguments.write.read_text(encoding="utf-8").partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"{arguments.write}: has no {BEGIN} … {END} to write between")
    arguments.write.write_text(f"{before}{BEGIN}\n{found}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
