"""Run the checker over a folder of real reports; print each finding with its sentence, and what is new since last time.

    python tests/tools/read_errors.py FOLDER [--severity error] [--kind growth] [--kept FILE]

FOLDER is searched for .txt files. With --kept the findings are written to FILE, and only those that FILE did not hold
before (or no longer appear) are printed. Precision is what a person finds by reading: it is never computed here.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from pipeline import readers, rulebook, run


def findings(path: Path) -> tuple[list[dict[str, str]], Counter[str]]:
    """The findings of one report, and how many relations of each kind were built."""
    book = _book()
    reading = run.read(readers.read_path(path, path.stem), book)
    counts = Counter(f"{c.relation.kind} {c.verdict}" for c in reading.checks)
    counts["words"] = len(reading.report.text.split())
    found = []
    for f in reading.findings:
        operands = "; ".join(f"{o.role}={reading.report.text[o.start : o.end]}" for o in f.check.relation.operands)
        found.append(
            {
                "report": path.stem,
                "id": f.finding_id,
                "severity": f.severity,
                "kind": f.check.relation.kind,
                "operands": operands,
                "rule": f.check.relation.rule,
                "scope": f.check.relation.scope,
                "explanation": f.check.explanation,
                "quote": " ".join(f.quote.split()),
            }
        )
    return found, counts


_BOOKS: list[rulebook.Rulebook] = []


def _book() -> rulebook.Rulebook:
    if not _BOOKS:
        _BOOKS.append(rulebook.load())
    return _BOOKS[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--severity", default="error")
    parser.add_argument("--kind")
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    paths = sorted(options.folder.rglob("*.txt"))
    total: Counter[str] = Counter()
    found: list[dict[str, str]] = []
    with ProcessPoolExecutor(options.jobs) as pool:
        for some, counts in pool.map(findings, paths, chunksize=8):
            found += some
            total += counts
    shown = [f for f in found if f["severity"] == options.severity and options.kind in (None, f["kind"])]
    if options.kept:
        before = json.loads(options.kept.read_text(encoding="utf-8")) if options.kept.exists() else []
        known = {f["id"] for f in before}
        gone = {f["id"] for f in before} - {f["id"] for f in found}
        options.kept.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
        for f in before:
            if f["id"] in gone and f["severity"] == options.severity:
                print("GONE", f["report"], f["kind"], f["operands"])
        shown = [f for f in shown if f["id"] not in known]
    for n, f in enumerate(shown, 1):
        print(f"\n[{n}] {f['report']} {f['kind']} {f['scope']} ({f['rule']})")
        print(f"  {f['operands']}\n  {f['explanation']}\n  “{f['quote'][:600]}”")
    words = total.pop("words")
    severities = Counter(f["severity"] for f in found)
    per = {s: round(n * 100_000 / max(words, 1), 2) for s, n in severities.items()}
    print(f"\n{len(paths)} reports, {words} words; findings {dict(severities)}; per 100,000 words {per}")
    print("; ".join(f"{kind} {n}" for kind, n in sorted(total.items())))


if __name__ == "__main__":
    main()
