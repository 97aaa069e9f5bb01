"""How fast figures and their context are read, as a ratio to spaCy's blank tokenizer with its sentencizer.

    python tests/benchmarks/context_speed.py [FOLDER] [--rounds 5] [--profile]

FOLDER is searched for .txt files; without it the small reports of raw/ are read, many times over. Both sides read the
same text in the same run, in turns, and CPU time counts; the best round of each is compared. Measured are the stages
from text to claims: sections, sentences, figures, cues, context. The ratio should be 0.35 or more.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from pipeline import context, cues, figures, readers, rulebook, sections, sentences
from pipeline.language import Language
from pipeline.model import Report

LEAST = 0.35
CHARACTERS = 600_000
RAW = Path(__file__).parents[2] / "raw"


def texts(folder: Path) -> list[str]:
    """The texts of a folder, as many as there are characters to read; a small folder is read again and again."""
    found = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.txt"))]
    if not found:
        raise SystemExit(f"{folder}: no .txt file to read")
    step = max(1, sum(map(len, found)) // CHARACTERS)
    taken = found[::step]
    return taken * max(1, CHARACTERS // sum(map(len, taken)))


def best(work: Callable[[], None], rounds: int) -> float:
    """The least CPU time of some rounds."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def main() -> None:
    """Print the two speeds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=RAW)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="also print where the time goes")
    arguments = parser.parse_args()
    book, language = rulebook.load(), Language()
    reports: list[Report] = [readers.read_string(text) for text in texts(arguments.folder)]
    size = sum(len(report.text.encode()) for report in reports) / 1e6
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    blank.max_length = 10_000_000

    spent: dict[str, float] = {}

    def ours() -> None:
        clock = time.process_time
        for report in reports:
            at = [clock()]
            parts = sections.split(report, book)
            at.append(clock())
            said = sentences.split(report, parts, book, language)
            at.append(clock())
            found = figures.find(report, parts, said, book)
            at.append(clock())
            hints = cues.find(report, said, found.figures, found.skips, book)
            at.append(clock())
            context.fill(report, parts, said, found.figures, found.skips, hints, book)
            at.append(clock())
            for name, begin, end in zip(
                ("sections", "sentences", "figures", "cues", "context"), at, at[1:], strict=False
            ):
                spent[name] = spent.get(name, 0.0) + end - begin

    def theirs() -> None:
        for report in reports:
            blank(report.text)

    ours(), theirs()  # what is compiled and cached once is not what is measured
    spent.clear()
    mine, other = best(ours, arguments.rounds), best(theirs, arguments.rounds)
    print(f"{size:.1f} MB, best of {arguments.rounds} rounds, CPU time")
    print(f"figures and context      {size / mine:6.2f} MB/s")
    print(f"spaCy blank, sentencizer {size / other:6.2f} MB/s")
    print(f"ratio                    {other / mine:6.2f}   (wanted: {LEAST} or more)")
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {name:10} {100 * seconds / sum(spent.values()):5.1f} %")
    if arguments.profile:
        profile = cProfile.Profile()
        profile.runcall(ours)
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main()
