"""A file, bytes or a string → one Report; what cannot be read is a ReadError of one clear line.

Nothing is guessed and nothing is cleaned: the text is what the bytes say, and all offsets index it.
A new format is a file here with its function, and one line in READERS.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.model import Report
from pipeline.readers import text
from pipeline.readers.text import ReadError
from pipeline.readers.view import same_length_view

__all__ = ["LARGEST", "READERS", "ReadError", "read_bytes", "read_path", "read_string"]

LARGEST = 50_000_000  # bytes; a file is measured before it is read

# suffix → its reader: bytes and the report's name (for messages) → text
READERS: Mapping[str, Callable[[bytes, str], str]] = {
    ".txt": text.decode,
    ".text": text.decode,
    ".md": text.decode,
    ".markdown": text.decode,
}


def read_path(path: Path, name: str, largest: int = LARGEST) -> Report:
    """The report in this file. Raises ReadError, also for a file that is missing or over `largest` bytes."""
    try:
        if path.exists() and not path.is_file():
            raise ReadError(f"{name}: not a file; name a file, or a folder of files on the command line")
        size = path.stat().st_size
        if size > largest:
            raise ReadError(f"{name}: {size:,} bytes, the limit is {largest:,}; split the report or raise the limit")
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{name}: cannot be opened: {error.strerror or error}") from None
    return read_bytes(data, name, path.suffix, largest)


def read_bytes(data: bytes, name: str, suffix: str = ".txt", largest: int = LARGEST) -> Report:
    """The report in these bytes. A suffix without a reader is read as text, which refuses what is none."""
    if len(data) > largest:
        raise ReadError(f"{name}: {len(data):,} bytes, the limit is {largest:,}; split the report or raise the limit")
    decoded = READERS.get(suffix.lower(), text.decode)(data, name)
    return Report(name, decoded, same_length_view(decoded), hashlib.sha256(data).hexdigest())


def read_string(text: str, name: str = "text") -> Report:
    """The report in a string; any string will do, lone surrogates too. Its sha256 is that of its UTF-8 bytes."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(name, text, same_length_view(text), digest)
