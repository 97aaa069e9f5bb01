"""Bytes of a text file → its text, decoded strictly and never altered; what is no text is a ReadError.

A byte order mark is no part of the text, line ends stay as they are.
"""

from __future__ import annotations

from pipeline.patterns import lazy
from pipeline.readers import encodings
from pipeline.readers.source import ReadError, ReadOptions, Source

# The first bytes of files that are often taken for text → what to do with them.
_KNOWN = {
    b"%PDF-": "a PDF file; give it the suffix .pdf",
    b"PK\x03\x04": "a zip file or an office document; give it the suffix .docx, or save it as a UTF-8 .txt file",
    b"\xd0\xcf\x11\xe0": "an old office document, or one with a password; save it as .docx without password",
    b"{\\rtf": "an RTF document; save it as .docx",
    b"\x1f\x8b": "a gzip file; unpack it first",
}
# A NUL has no place in text; nor have the other control characters, but for white space, backspace and escape.
_CONTROL = lazy("[\x00-\x07\x0e-\x1a]")


def read(data: bytes, name: str, options: ReadOptions) -> Source:
    """The text of these bytes. `name` is the report's, for messages."""
    decoded = decode(data, name, options)
    return Source(decoded.text, decoded.encoding, decoded.certainty)


def decode(data: bytes, name: str, options: ReadOptions, declared: str = "") -> encodings.Decoded:
    """The text of these bytes with its encoding; `declared` is what the file says of it."""
    if not data:
        raise ReadError(f"{name}: the file is empty")
    for mark, kind in _KNOWN.items():
        if data.startswith(mark):
            raise ReadError(f"{name}: {kind}")
    decoded = encodings.decode(data, name, options.encoding, declared)
    if control := _CONTROL.search(decoded.text):
        code, at = ord(control[0]), control.start()
        raise ReadError(
            f"{name}: a binary file? control character U+{code:04X} at character {at}; save the report as UTF-8 text"
        )
    if not decoded.text.strip():
        raise ReadError(f"{name}: the file holds nothing but white space")
    return decoded
