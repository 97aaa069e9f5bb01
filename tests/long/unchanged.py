"""A folder of reports, each changed in ways that must change no verdict: how often one does.

    python tests/long/unchanged.py FOLDER [--most 100]

The changes are those of tests/changes.py. A report counts as turned where a check is called inconsistent on one side
alone: it is printed. Relations that agree, found on one side alone, are counted. Exit code 1 where a report is turned.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from changes import (
    money_a_thousandfold,
    money_tenfold,
    places_renamed,
    said_within_sentences,
    sections_turned_round,
    sentences_turned_round,
    units_exchanged,
    verdicts,
)
from pipeline import api, readers, rulebook


def main() -> None:
    """Change, compare, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=100)
    options = parser.parse_args()
    book, counts, names = rulebook.load(), Counter[str](), dict[str, None]()
    paths = sorted(options.folder.rglob("*.txt"))
    random.Random(1).shuffle(paths)
    for path in paths[: options.most]:
        try:
            reading = api.read(path, rules=book)
        except readers.ReadError:
            continue
        for name, change, told in (
            ("money a thousandfold", money_a_thousandfold, verdicts),
            ("money tenfold", money_tenfold, verdicts),
            ("places", places_renamed, verdicts),
            ("units", units_exchanged, verdicts),
            ("sections", sections_turned_round, said_within_sentences),
            ("sentences", sentences_turned_round, said_within_sentences),
        ):
            names[name] = None
            text = change(reading)
            if text is None or text == reading.report.text:
                continue
            before, after = told(reading), told(api.check(text, rules=book))
            lost, gained = before - after, after - before
            turned = any(verdict == "inconsistent" for _, verdict, _ in (*lost, *gained))
            counts[f"{name} {'turned' if turned else 'fewer or more' if lost or gained else 'same'}"] += 1
            if turned:
                print(f"{path.name} {name}: {[*lost][:3]} became {[*gained][:3]}", flush=True)
    for name in names:
        same, other, turned = (counts[f"{name} {how}"] for how in ("same", "fewer or more", "turned"))
        print(
            f"{name}: {same} reports with the same checks, {other} with others that agree, {turned} with other errors"
        )
    sys.exit(1 if any(key.endswith("turned") for key in counts) else 0)


if __name__ == "__main__":
    main()
