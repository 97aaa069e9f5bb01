"""A folder of reports, each changed in ways that must change no verdict: how often one does.

    python tests/long/unchanged.py FOLDER [--most 100]

The changes are those of tests/changes.py. What differs is printed with both verdicts. Exit code 1 where anything does.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from changes import money_a_thousandfold, places_renamed, said_within_sentences, sections_turned_round, verdicts
from pipeline import api, readers, rulebook


def main() -> None:
    """Change, compare, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=100)
    options = parser.parse_args()
    book, counts = rulebook.load(), Counter[str]()
    paths = sorted(options.folder.rglob("*.txt"))
    random.Random(1).shuffle(paths)
    for path in paths[: options.most]:
        try:
            reading = api.read(path, rules=book)
        except readers.ReadError:
            continue
        for name, change, told in (
            ("money", money_a_thousandfold, verdicts),
            ("places", places_renamed, verdicts),
            ("sections", sections_turned_round, said_within_sentences),
        ):
            text = change(reading)
            if text is None or text == reading.report.text:
                continue
            before, after = told(reading), told(api.check(text, rules=book))
            counts[f"{name} {'same' if before == after else 'other'}"] += 1
            if before != after:
                print(f"{path.name} {name}: {[*(before - after)][:2]} became {[*(after - before)][:2]}", flush=True)
    for name in ("money", "places", "sections"):
        print(f"{name}: {counts[f'{name} same']} reports with the same verdicts, {counts[f'{name} other']} with others")
    sys.exit(1 if any(key.endswith("other") for key in counts) else 0)


if __name__ == "__main__":
    main()
