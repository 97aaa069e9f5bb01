"""A file that holds many reports (a zip, a table of texts) → the reports in it, each with its bytes or what is wrong.

A .csv, .tsv or .jsonl has a report a row, in the column that the user names; a zip has a report a file.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.readers import READERS, text
from pipeline.readers.source import ReadError, ReadOptions

TABLES = frozenset((".csv", ".tsv", ".jsonl", ".ndjson"))
ZIP = ".zip"

_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Held:
    """A report in a container: `place` is its file or row there; `data` are its bytes, None if they are yet to be read.

    `error` says why it cannot be read.
    """

    place: str
    data: bytes | None = None
    error: str = ""


def is_container(path: str, options: ReadOptions) -> bool:
    """Whether a file holds many reports. A table does if the column of its texts was named."""
    suffix = os.path.splitext(path)[1].lower()
    return suffix == ZIP or (suffix in TABLES and bool(options.text_column))


def held(path: Path, options: ReadOptions) -> list[Held]:
    """The reports in a container, in its order. Raises ReadError where it cannot be opened at all."""
    name = path.name
    if path.exists() and not path.is_file():
        raise ReadError(f"{name}: not a file; name a file, or a folder of files on the command line")
    if path.suffix.lower() == ZIP:
        with _opened(path, name) as file:
            return list(_members(file, name, options))
    try:
        if (size := path.stat().st_size) > options.largest:
            raise ReadError(f"{name}: {size:,} bytes, the limit is {options.largest:,}; split it or raise largest-mb")
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{name}: cannot be opened: {error.strerror or error}") from None
    said = text.decode(data, name, options).text
    lined = path.suffix.lower() in (".jsonl", ".ndjson")
    return list(_objects(said, options) if lined else _rows(said, name, options))


def member(path: Path, place: str, name: str, options: ReadOptions) -> bytes:
    """The bytes of a file in a zip. Raises ReadError."""
    with _opened(path, name) as file:
        try:
            info = file.getinfo(place)
            if info.flag_bits & 1:
                raise ReadError(f"{name}: locked with a password; unpack the zip and name the folder")
            if info.file_size > options.largest:
                limit = f"{info.file_size:,} bytes, the limit is {options.largest:,}"
                raise ReadError(f"{name}: unpacks to {limit}; split it or raise largest-mb")
            with file.open(info) as opened:
                data = opened.read(options.largest + 1)
        except KeyError:
            raise ReadError(f"{name}: no longer in {path.name}") from None
        # zipfile tells a packing that it lacks by NotImplementedError, one that is locked by RuntimeError.
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error):
            raise ReadError(f"{name}: damaged in {path.name}; pack the zip again") from None
    if len(data) > options.largest:
        raise ReadError(f"{name}: unpacks to more than {options.largest:,} bytes, the limit; pack the zip again")
    return data


def _opened(path: Path, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise ReadError(f"{name}: a damaged or cut-off zip; pack it again") from None
    except OSError as error:
        raise ReadError(f"{name}: cannot be opened: {error.strerror or error}") from None


def _members(file: zipfile.ZipFile, name: str, options: ReadOptions) -> Iterator[Held]:
    infos = file.infolist()
    if len(infos) > options.members:
        limit = f"{len(infos):,} files in the zip, the limit is {options.members:,}"
        raise ReadError(f"{name}: {limit}; make several of it or raise members")
    seen = set()
    for info in infos:
        parts = info.filename.split("/")
        hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
        if hidden or info.is_dir() or os.path.splitext(parts[-1])[1].lower() not in READERS or info.filename in seen:
            continue
        seen.add(info.filename)
        yield Held(info.filename)
    if not seen:
        raise ReadError(f"{name}: no report in this zip ({', '.join(READERS)})")


def _rows(said: str, name: str, options: ReadOptions) -> Iterator[Held]:
    """The texts of a table with a header."""
    delimiter = _delimiter(said, name, options)
    # A cell may be as long as the file; the limit of the csv module is one for all who use it, so it is put back.
    before = csv.field_size_limit(max(len(said), 1))
    try:
        reader = csv.DictReader(io.StringIO(said, newline=""), delimiter=delimiter)
        for number, row in enumerate(reader, 1):
            yield _row(row, number, options)
    except csv.Error as error:
        raise ReadError(f"{name}: line {reader.line_num} is no row of a table: {error}; save it again") from None
    finally:
        csv.field_size_limit(before)


def _delimiter(said: str, name: str, options: ReadOptions) -> str:
    """What stands between the cells: what makes the named columns of the first line."""
    first = re.split(r"[\r\n]", said.lstrip("\ufeff"), maxsplit=1)[0]
    wanted = {options.text_column, *([options.id_column] if options.id_column else [])}
    headers = {}
    for delimiter in _DELIMITERS:
        headers[delimiter] = next(csv.reader([first], delimiter=delimiter), [])
        if wanted <= set(headers[delimiter]):
            return delimiter
    columns = max(headers.values(), key=len)
    missing = " and ".join(repr(column) for column in sorted(wanted - set(columns)))
    raise ReadError(f"{name}: no column {missing}; it has {', '.join(map(repr, columns[:20]))}")


def _objects(said: str, options: ReadOptions) -> Iterator[Held]:
    """The texts of a file of JSON objects, one a line."""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", said), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Held(str(number), error=f"no JSON: {error}")
            continue
        if isinstance(found, dict):
            yield _row(found, number, options)
        else:
            yield Held(str(number), error="no JSON object with named values")


def _row(row: Mapping[str, object], number: int, options: ReadOptions) -> Held:
    written = row.get(options.text_column)
    place = str(row.get(options.id_column) or number) if options.id_column else str(number)
    if not isinstance(written, str):
        return Held(place, error=f"no text in {options.text_column!r}")
    try:
        return Held(place, written.encode(options.encoding or "utf-8"))
    except UnicodeEncodeError:
        return Held(place, error=f"a character in it cannot be written in {options.encoding or 'UTF-8'}")
