"""What Atheris throws bytes at: a name and what is done with them. What must hold of the outcome are laws of `laws`.

`tests/test_any_input.py` tries each on its corpus in tests/corpus/, `tests/long/fuzz.py` for a minute and more.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import laws
from pipeline import api

CORPUS = Path(__file__).parent / "corpus"


def decoding(data: bytes) -> None:
    """The bytes as a file of text."""
    laws.decoded(data)
    laws.read_as(".txt", data)


def figures(data: bytes) -> None:
    """The bytes as UTF-8: each digit in one claim or skip."""
    text = data.decode("utf-8", "surrogateescape")
    reading = api.check(text, rules=laws.BOOK, strict=True)
    owners = [0] * len(text)
    for one in (*(claim.figure for claim in reading.claims), *reading.skips):
        assert text[one.start : one.end].strip() == text[one.start : one.end] != ""
        for at in range(one.start, one.end):
            owners[at] += 1
    assert all(count == 1 if char.isdigit() else count < 2 for count, char in zip(owners, text, strict=True))


def sections(data: bytes) -> None:
    """The bytes as UTF-8: the sections are the text, and no sentence leaves its own."""
    laws.split(data.decode("utf-8", "replace"))


def docx(data: bytes) -> None:
    """The bytes as the document of a sound package where they begin as XML; where they do not, as the whole file."""
    if data[:1] == b"<":
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as package:
            package.writestr("word/document.xml", data)
        data = file.getvalue()
    laws.read_as(".docx", data)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (decoding, figures, sections, docx)
}
