"""How fast the page of a long report is: a million characters with 7,000 claims, written and then opened in Chromium.

    python tests/benchmarks/page.py

It prints the time to make the page beside that to read the report, the time until the opened page is ready (its script
has run and it is drawn), and the time from choosing a finding until its figures are lit and drawn.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from pipeline import __version__, api, rulebook
from pipeline.rulebook.scales import scales
from pipeline.tables import rows
from pipeline.writers import page

CHROMIUM = "/usr/bin/chromium"
TALK = (
    "The work went on through the year in all parts of the county, and all those who had a part in it were glad of it. "
)


def long_report() -> str:
    """A text of a million characters in 125 sections, with 1,750 statements of four claims, one in 30 of them wrong."""
    pieces = []
    for n in range(1750):
        if n % 14 == 0:
            pieces.append(f"\n{n // 14 + 1}. The work of a district\n\n")
        level, change = 200 + n * 7 % 700, 20 + n * 3 % 90
        percent = round(100 * change / (level - change) + (9 if n % 30 == 0 else 0), 1)
        pieces.append(
            f"Grants came to {level} million yuan, {change} million yuan more than in 2008, a growth of {percent}%. "
            f"{TALK * 4}They went to {12 + n % 80} villages.\n"
        )
    return "".join(pieces)


def main() -> None:
    text = long_report()
    began = time.perf_counter()
    book = rulebook.load()
    reading = api.check(text, rules=book)
    tables = rows.of_report(reading, scales(book))
    read = time.perf_counter() - began
    summary = rows.summary(reading, book.sha256, __version__)
    evidence = {finding.finding_id: finding.finding_id for finding in reading.findings}
    began = time.perf_counter()
    content = page.content(reading, tables, summary, scales(book), evidence)
    made = time.perf_counter() - began
    print(f"{len(text):,} characters, {len(reading.claims):,} claims, {len(reading.findings):,} findings")
    print(f"read and judged in {read:.2f} s; the page made in {made:.2f} s ({made / read:.1%}), {len(content):,} bytes")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.html")
        path.write_bytes(content)
        opened(path.as_uri())


DRAWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"


def opened(address: str) -> None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sys.exit("playwright is not installed: pip install playwright")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        ready = []
        for _ in range(3):
            tab = browser.new_page(viewport={"width": 1280, "height": 800})
            tab.goto(address)
            ready.append(tab.evaluate(DRAWN) / 1000)
        chosen = []
        for _ in range(20):
            began = time.perf_counter()
            tab.keyboard.press("j")
            tab.evaluate(DRAWN)
            chosen.append(time.perf_counter() - began)
        browser.close()
    print(f"ready in {median(ready):.2f} s (worst {max(ready):.2f} s), wanted 2.5 s")
    print(f"a finding chosen in {median(chosen):.3f} s (worst {max(chosen):.3f} s), wanted 0.2 s")


if __name__ == "__main__":
    main()
