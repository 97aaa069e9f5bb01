"""What a report may hold and be: at each limit it is read, beyond it is refused in a line that names what to raise."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import Result

from pipeline import api
from pipeline.rulebook import Rulebook

Tieout = Callable[..., Result]
MEGABYTE = 1_000_000
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(**files: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return file.getvalue()


def document(within: int = 0, beside: int = 0) -> bytes:
    """A Word document with a text in so many elements, and so many parts that nothing refers to."""
    body = f"{'<w:sdt>' * within}<w:p><w:r><w:t>It sold 5 tons.</w:t></w:r></w:p>{'</w:sdt>' * within}"
    parts = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    return packed(**parts, **{f"word/{n}.xml": "" for n in range(beside)})


TEXT = "It sold 5 tons.".ljust(MEGABYTE)

# By option: its value, what is read with it, what is one more than that, and what is said of it.
LIMITS: Mapping[str, tuple[int, str, bytes, bytes, str]] = {
    "largest-mb": (1, "a.txt", TEXT.encode(), f"{TEXT} ".encode(), "1,000,001 bytes, the limit is 1,000,000"),
    "largest-mb unpacked": (
        1,
        "a.zip",
        packed(**{"a.txt": TEXT}),
        packed(**{"a.txt": TEXT + " "}),
        "a.txt: unpacks to 1,0",
    ),
    "members": (2, "a.zip", packed(**dict.fromkeys(("a.txt", "b.txt"), "5")), packed(a="", b="", c=""), "3 files in"),
    "parts": (3, "a.docx", document(beside=2), document(beside=3), "4 parts in the file, the limit is 3"),
    "depth": (12, "a.docx", document(7), document(8), "has more than 12 elements within one another"),
}


@pytest.mark.parametrize("where", ["command line", "pyproject.toml"])
@pytest.mark.parametrize("limit", LIMITS)
def test_a_report_is_read_up_to_its_limit_and_refused_in_a_line_beyond_it(
    here: Path, tieout: Tieout, limit: str, where: str
) -> None:
    value, name, most, more, message = LIMITS[limit]
    option = limit.split(maxsplit=1)[0]
    if where == "pyproject.toml":
        (here / "pyproject.toml").write_text(f"[tool.tieout]\n{option} = {value}\n", encoding="utf-8")
    said = (f"--{option}", str(value)) if where == "command line" else ()
    (here / name).write_bytes(most)
    assert tieout("check", name, *said).exit_code == 0
    (here / name).write_bytes(more)
    result = tieout("check", name, *said)
    (line,) = [one for one in result.stderr.splitlines() if message in one]
    assert result.exit_code == 3 and line.startswith("a") and f"raise {option}" in line


@pytest.mark.parametrize(
    ("most", "more"),
    [("9" * 30, "9" * 31), ("1e30", "1e31"), ("1e-30", "1e-31"), ("1" + "0" * 29 + ".5", "1" + "0" * 40 + ".5")],
    ids=["digits", "power", "power below nothing", "decimals"],
)
def test_a_number_beyond_its_limit_is_skipped_and_told(book: Rulebook, most: str, more: str) -> None:
    (claim,) = api.check(f"It made {most} tons.", rules=book).claims
    assert claim.figure.number.value
    reading = api.check(f"It made {more} tons.", rules=book)
    assert not reading.claims and [reading.report.text[one.start : one.end] for one in reading.skips] == [more]
