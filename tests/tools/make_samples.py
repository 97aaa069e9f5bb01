"""The shipped reports, written out anew by other programs, for tests/test_read_alike.py.

    python tests/tools/make_samples.py [REPORT…]

It needs pandoc, LibreOffice (`soffice`), Chromium and iconv; the tests do not. Each sample is named after its report
and the program that made it: `tests/samples/pdf/lakeside-county-2012-libreoffice.pdf`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "samples"


def call(*command: str | Path) -> None:
    """Run a program; its chatter is not shown."""
    subprocess.run([*map(str, command)], check=True, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def office(source: Path, suffix: str, here: Path, *options: str) -> Path:
    """The file as LibreOffice saves it."""
    call("soffice", "--headless", *options, "--convert-to", suffix, "--outdir", here, source)
    return here / f"{source.stem}.{suffix}"


def browser(source: Path, here: Path) -> Path:
    """The page as Chromium prints it."""
    made = here / "printed.pdf"
    call("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={made}", source.as_uri())
    return made


def keep(made: Path, report: str, program: str) -> None:
    """Put a sample into the folder of its format."""
    folder = SAMPLES / made.suffix[1:]
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, folder / f"{report}-{program}{made.suffix}")


def main() -> None:
    """Make all samples of the reports that are named, or of all."""
    for source in sorted((ROOT / "raw").glob("*.txt")):
        report = source.stem
        if sys.argv[1:] and report not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder)
            if source.read_text(encoding="utf-8").startswith("# "):  # it is written in Markdown
                document, page, marked = here / "d.docx", here / "d.html", here / "wrapped.md"
                call("pandoc", "-f", "gfm", "-o", document, source)
                call("pandoc", "-f", "gfm", "-s", "--metadata", "title= ", "-o", page, source)
                call("pandoc", "-f", "gfm", "-t", "gfm", "--columns=72", "-o", marked, source)
                keep(document, report, "pandoc")
                keep(page, report, "pandoc")
            else:
                plain = "--infilter=Text (encoded):UTF8,LF,,,"
                document, page, marked = office(source, "docx", here, plain), here / "d.html", here / "wrapped.md"
                call("pandoc", "-s", "--metadata", "title= ", "-o", page, document)
                call("pandoc", "-t", "gfm", "--columns=72", "-o", marked, document)
                keep(document, report, "libreoffice")
                keep(office(source, "html", here, plain), report, "libreoffice")
            rested = here / "wrapped.rst"
            call("pandoc", "-f", "gfm", "-t", "rst", "--columns=72", "-o", rested, marked)
            keep(marked, report, "pandoc")
            keep(rested, report, "pandoc")
            keep(office(document, "pdf", here), report, "libreoffice")
            keep(browser(page, here), report, "chromium")
            for encoding in ("UTF-16", "GB18030"):
                written = here / f"{encoding}.txt"
                call("iconv", "-f", "UTF-8", "-t", encoding, "-o", written, source)
                keep(written, report, encoding.lower())


if __name__ == "__main__":
    main()
