"""Bytes of a text file → its text: UTF-8 or UTF-16, decoded strictly; anything else is a ReadError.

A byte order mark is no part of the text, line ends stay as they are. No other encoding is guessed: a wrong guess
changes figures without a word, and saving the file as UTF-8 takes its owner a minute.
"""

from __future__ import annotations

import codecs
import re


class ReadError(ValueError):
    """What is wrong with an input, where, and how to repair it, in one line."""


# The first bytes of files that are often taken for text → what to do with them.
_KNOWN = {
    b"%PDF-": "a PDF file; save its text as a UTF-8 .txt file",
    b"PK\x03\x04": "a zip file or an office document; save it as a UTF-8 .txt file",
    b"\xd0\xcf\x11\xe0": "an old office document; save it as a UTF-8 .txt file",
    b"{\\rtf": "an RTF document; save it as a UTF-8 .txt file",
    b"\x1f\x8b": "a gzip file; unpack it first",
    b"\xff\xfe\x00\x00": "UTF-32 text; save it as UTF-8",
    b"\x00\x00\xfe\xff": "UTF-32 text; save it as UTF-8",
}
# A NUL has no place in text; nor have the other control characters, but for white space, backspace and escape.
_CONTROL = re.compile("[\x00-\x07\x0e-\x1a]")
_PROBE = 4096


def decode(data: bytes, name: str) -> str:
    """The text of these bytes. `name` is the report's, for messages."""
    if not data:
        raise ReadError(f"{name}: the file is empty")
    for mark, kind in _KNOWN.items():
        if data.startswith(mark):
            raise ReadError(f"{name}: {kind}")
    encoding, mark = _encoding(data)
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + len(mark)
        wrong = data[at : at + 1].hex()
        kind = encoding[:6].upper()
        raise ReadError(f"{name}: not {kind} text: byte {wrong} at offset {at}; save the file as UTF-8") from None
    if control := _CONTROL.search(text):
        code, at = ord(control[0]), control.start()
        raise ReadError(
            f"{name}: a binary file? control character U+{code:04X} at character {at}; save the report as UTF-8 text"
        )
    if not text.strip():
        raise ReadError(f"{name}: the file holds nothing but white space")
    return text


def _encoding(data: bytes) -> tuple[str, bytes]:
    """The encoding by its byte order mark, or by where the NULs of UTF-16 stand; and that mark."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return encoding, mark
    # Western text in UTF-16 has a NUL in every second byte; Chinese reports still have it in figures and line ends.
    probe = data[:_PROBE]
    even, odd = probe[0::2].count(0), probe[1::2].count(0)
    if odd > 8 * even and odd * 20 >= len(probe):
        return "utf-16-le", b""
    if even > 8 * odd and even * 20 >= len(probe):
        return "utf-16-be", b""
    return "utf-8", b""
