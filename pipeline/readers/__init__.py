"""A file, bytes or a string → one Report; what cannot be read is a ReadError of one clear line.

Nothing is guessed and nothing is cleaned: all offsets index the text, and `anchors` lead back from it to the source.
A new format is a file here with its function `read`, one line in READERS, and a sample in tests/samples/.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from pipeline.model import Report
from pipeline.readers.source import Reader, ReadError, ReadOptions, Source
from pipeline.readers.view import same_length_view

__all__ = ["READERS", "ReadError", "ReadOptions", "Source", "read_bytes", "read_path", "read_string"]

_USUAL = ReadOptions()

# suffix → the module here that reads it
READERS: Mapping[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".rst": "rst",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
}


def read_path(path: Path, name: str, options: ReadOptions = _USUAL) -> Report:
    """The report in this file. Raises ReadError, also for a file that is missing or too large."""
    try:
        if path.exists() and not path.is_file():
            raise ReadError(f"{name}: not a file; name a file, or a folder of files on the command line")
        _measured(path.stat().st_size, name, options)
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{name}: cannot be opened: {error.strerror or error}") from None
    return read_bytes(data, name, path.suffix, options)


def read_bytes(data: bytes, name: str, suffix: str = ".txt", options: ReadOptions = _USUAL) -> Report:
    """The report in these bytes. A suffix without a reader is read as text, which refuses what is none."""
    _measured(len(data), name, options)
    source = reader(suffix)(data, name, options)
    view = same_length_view(source.text, source.hidden)
    digest = hashlib.sha256(data).hexdigest()
    return Report(
        name,
        source.text,
        view,
        digest,
        source.encoding,
        source.certainty,
        source.marks,
        source.anchors,
        source.not_read,
    )


def read_string(text: str, name: str = "text") -> Report:
    """The report in a string; any string will do, lone surrogates too. Its sha256 is that of its UTF-8 bytes."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(name, text, same_length_view(text), digest)


def reader(suffix: str) -> Reader:
    """The reader of files with this suffix; it is loaded when it is first needed."""
    module = import_module(f"pipeline.readers.{READERS.get(suffix.lower(), 'text')}")
    read: Reader = module.read
    return read


def _measured(size: int, name: str, options: ReadOptions) -> None:
    if size > options.largest:
        limit = f"{size:,} bytes, the limit is {options.largest:,}"
        raise ReadError(f"{name}: {limit}; split the report or raise largest-mb in [tool.tieout]")
