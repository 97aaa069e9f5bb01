"""Draw the pictures of docs/: the page of a report, and the review's list, as the program makes them of raw/.

    python tests/tools/draw_docs.py

It needs Playwright and Debian's chromium.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent.parent
SIZE = {"width": 1180, "height": 720}


def main() -> None:
    """Run over raw/, open what was made, and take the pictures."""
    with tempfile.TemporaryDirectory() as out, sync_playwright() as play:
        tieout = [sys.executable, "-m", "pipeline"]
        subprocess.run(
            [*tieout, "run", "raw", "--out", out, "--quiet"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page(viewport=SIZE)
        tab.goto((Path(out) / "chongqing-2009" / "report.html").as_uri())
        tab.screenshot(path=ROOT / "docs" / "page.png")
        review = subprocess.Popen([*tieout, "review", out, "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert review.stdout
        tab.goto(review.stdout.readline().strip())
        tab.locator("tbody tr").first.wait_for()
        tab.screenshot(path=ROOT / "docs" / "review.png", clip={"x": 0, "y": 0, "width": SIZE["width"], "height": 270})
        review.terminate()
        review.wait()
        browser.close()


if __name__ == "__main__":
    main()
