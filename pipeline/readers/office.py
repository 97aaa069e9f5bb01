"""A zip of XML parts → the events of one part, within limits; nothing outside the file is ever opened.

Document types, and with them all entities, are refused: no office program writes them.
"""

from __future__ import annotations

import time
import zipfile
import zlib
from io import BytesIO
from typing import IO, Protocol
from xml.parsers import expat

from pipeline.readers.source import ReadError, ReadOptions

_CHUNK = 65_536  # bytes


class Handler(Protocol):
    """What takes the events of a part: names without their namespace, attributes likewise."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters within an element."""


class Package:
    """An open zip of parts; a class because its limits count over all parts that are read."""

    def __init__(self, data: bytes, name: str, options: ReadOptions) -> None:
        self.name = name
        self.left = self.largest = options.largest
        self.depth = options.depth
        self.until = time.monotonic() + options.seconds
        try:
            self.zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            raise ReadError(f"{name}: a damaged or cut-off file: it is no zip of parts; save it again") from None
        self.parts = {info.filename: info for info in self.zip.infolist()}
        if (count := len(self.parts)) > options.parts:
            raise ReadError(
                f"{name}: {count:,} parts in the file, the limit is {options.parts:,}; save it again, or raise parts"
            )

    def walk(self, part: str, handler: Handler) -> None:
        """Give the events of a part to the handler; a part that is not there has none."""
        info = self.parts.get(part)
        if not info:
            return
        if info.flag_bits & 1:
            raise ReadError(f"{self.name}: {part} is locked with a password; save it without one")
        if info.file_size > self.left:
            limit = f"{info.file_size:,} bytes, the limit is {self.largest:,}"
            raise ReadError(f"{self.name}: {part} unpacks to {limit}; split it or raise largest-mb")
        try:
            with self.zip.open(info) as file:
                self._feed(file, part, handler)
        except expat.ExpatError as error:
            raise ReadError(f"{self.name}: {part} is damaged: {error}; save the document again") from None
        # zipfile tells a packing that it lacks by NotImplementedError.
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error) as error:
            if isinstance(error, ReadError):
                raise
            raise ReadError(f"{self.name}: {part} is damaged or cut off; save the document again") from None

    def _feed(self, file: IO[bytes], part: str, handler: Handler) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        depth = 0
        known: dict[str, str] = {}

        def plain(name: str) -> str:
            if (short := known.get(name)) is None:
                short = known[name] = name.rpartition(" ")[2]
            return short

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > self.depth:
                limit = f"more than {self.depth:,} elements within one another"
                raise ReadError(f"{self.name}: {part} has {limit}; save it again, or raise depth")
            handler.start(plain(name), {plain(key): value for key, value in attributes.items()})

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            handler.end(plain(name))

        def refuse(*_: object) -> None:
            raise ReadError(f"{self.name}: {part} declares a document type, which no office program does; not read")

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = refuse
        while chunk := file.read(_CHUNK):
            self.left -= len(chunk)
            if self.left < 0:
                limit = f"more than {self.largest:,} bytes, the limit"
                raise ReadError(f"{self.name}: the parts unpack to {limit}; split it or raise largest-mb")
            if time.monotonic() > self.until:
                raise ReadError(
                    f"{self.name}: not read in the time that `seconds` allows; raise it or split the report"
                )
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
