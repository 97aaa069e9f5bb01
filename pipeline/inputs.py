"""Paths as a user gives them → the inputs to read, each with its report's name. It opens stdin, zips and tables.

Inputs are sorted by name, so that the order of the paths changes nothing in the tables.
"""

from __future__ import annotations

import glob
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.model import Report
from pipeline.patterns import lazy
from pipeline.places import is_local, is_url, place
from pipeline.readers import READERS, ReadError, ReadOptions, containers, read_bytes, read_path
from pipeline.writers.folder import TAKEN

STDIN = "-"

# What some file system or shell would trip over, what breaks a line, and what turns a name round so that it reads as
# another; a lone surrogate is a byte of a file name that is no UTF-8.
_UNSAFE = lazy(r"[<>:\"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_RESERVED = lazy(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")  # devices on Windows, with any suffix
_LONGEST_NAME = 200  # bytes; file systems stop at 255


@dataclass(frozen=True, slots=True)
class Input:
    """One report to read. `path` is as the user gave it; of a report in a container, its place there stands behind.

    `data` holds what came from stdin or a row of a table, `member` names a file within the zip `path` begins with, and
    `error` says why it cannot be read. `base` is the folder a relative path starts from, where that is not the present.
    """

    path: str
    name: str
    data: bytes | None = None
    member: str = ""
    error: str = ""
    base: str = ""

    @property
    def file(self) -> Path:
        """The file that it is, or stands in."""
        return place(self.path[: -len(self.member) - 1] if self.member else self.path, self.base)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the paths came to; `missing` are the paths that are not there, `empty` the folders with no report."""

    found: tuple[Input, ...]
    missing: tuple[str, ...]
    empty: tuple[str, ...]


def gather(
    paths: Sequence[str],
    leave_out: Path | None = None,
    stdin_name: str = "",
    options: ReadOptions = ReadOptions(),  # noqa: B008
) -> Inputs:
    """The files among these paths, in their folders and in zips and tables; `leave_out` is a folder not searched.

    `stdin_name` is the path of the file that stdin stands for: its report is named as that of the file would be.
    """
    files: dict[str, Input] = {}  # absolute path → what it is: a file that is named twice is read once
    missing: list[str] = []
    empty: list[str] = []
    data = None
    for path in _expanded(paths):
        if path == STDIN:
            data = sys.stdin.buffer.read()
        elif is_url(path):
            inside = list(_reports_at(path))
            files.update((file, Input(file, "")) for file in inside)
            missing.extend([] if inside else [path])
        elif os.path.isdir(path):
            inside = list(_reports_in(path, leave_out, options))
            for file in inside:
                files.update(_held(file, options))
            if not inside:
                empty.append(path)
        elif os.path.exists(path):
            files.update(_held(path, options))
        else:
            missing.append(path)
    stdin = _safe(Path(stdin_name).stem) if stdin_name else "stdin"
    names = _names(sorted(files), stdin if data is not None else None)
    found = [replace(files[file], name=name) for file, name in names.items()]
    if data is not None:
        found.append(Input(stdin_name or STDIN, stdin, data))
    return Inputs(tuple(sorted(found, key=lambda one: one.name)), tuple(missing), tuple(empty))


def read(one: Input, options: ReadOptions) -> Report:
    """The report of an input. Raises readers.ReadError."""
    if one.error:
        raise ReadError(f"{one.name}: {one.error}")
    if one.data is not None or one.member:
        return read_bytes(bytes_of(one, options), one.name, Path(one.path).suffix, options)
    return read_path(one.file, one.name, options)


def bytes_of(one: Input, options: ReadOptions) -> bytes:
    """The bytes of an input. Raises readers.ReadError, or OSError for a file that cannot be opened."""
    if one.data is not None:
        return one.data
    return containers.member(one.file, one.member, one.name, options) if one.member else one.file.read_bytes()


def _expanded(paths: Sequence[str]) -> Iterator[str]:
    """The paths, with what each pattern such as `reports/*.docx` finds in its place; a file may be called so too."""
    for path in paths:
        if path == STDIN or is_url(path) or os.path.lexists(path) or not glob.has_magic(path):
            yield path
        else:
            yield from sorted(glob.glob(path, recursive=True)) or [path]


def _held(path: str, options: ReadOptions) -> Iterator[tuple[str, Input]]:
    """What a file is, under its absolute path: itself, or the reports in it under paths of their own."""
    whole = os.path.abspath(path)
    suffix = os.path.splitext(path)[1].lower()
    if suffix in containers.TABLES and not options.text_column:
        yield (
            whole,
            Input(path, "", error="a table; name its column of texts with --text-column, to read a report a row"),
        )
        return
    if not containers.is_container(path, options):
        yield whole, Input(path, "")
        return
    try:
        inside = containers.held(Path(path), options)
    except ReadError as error:
        yield whole, Input(path, "", error=str(error).removeprefix(f"{Path(path).name}: "))
        return
    stem = Path(path).stem
    width = len(str(len(inside)))
    seen: Counter[str] = Counter()
    for one in inside:
        within = one.place
        if suffix == containers.ZIP:
            yield f"{whole}/{within}", Input(f"{path}/{within}", "", member=within)
            continue
        seen[within] += 1
        own = within if options.id_column and not within.isdecimal() else f"{stem}-{within:0>{width}}"
        again = f"-{seen[within]}" if seen[within] > 1 else ""
        yield (
            f"{whole}/{_UNSAFE.sub('_', own)}{again}.txt",
            Input(f"{path}#{within}{again}", "", one.data, error=one.error),
        )


def _reports_in(folder: str, leave_out: Path | None, options: ReadOptions) -> Iterator[str]:
    """The readable files in a folder and below, hidden ones left aside."""
    forbidden = os.path.realpath(leave_out) if leave_out and is_local(leave_out) else None
    for here, folders, files in os.walk(folder):
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith(".") and os.path.realpath(os.path.join(here, name)) != forbidden
        ]
        for name in sorted(files):
            known = os.path.splitext(name)[1].lower() in READERS or containers.is_container(name, options)
            if known and not name.startswith("."):
                yield os.path.join(here, name)


def _reports_at(url: str) -> Iterator[str]:
    """The readable files at a URL and below it."""
    here = place(url)
    if here.is_file():
        yield url
        return
    for file in sorted(here.rglob("*"), key=str):
        parts = file.relative_to(here).parts
        if file.suffix.lower() in READERS and not any(part.startswith(".") for part in parts):
            yield str(file)


def _names(files: Sequence[str], taken: str | None) -> dict[str, str]:
    """A name for each file: its own without the suffix, with as much of its path before it as tells it from others."""
    wishes = {file: _wishes(Path(file)) for file in files}
    step = dict.fromkeys(files, 0)
    while True:
        names = {file: wishes[file][step[file]] for file in files}
        uses = Counter(name.casefold() for name in names.values())
        uses.update([taken] if taken else [])
        clashing = [file for file in files if uses[names[file].casefold()] > 1 and step[file] < len(wishes[file]) - 1]
        if not clashing:
            return names
        for file in clashing:
            step[file] += 1


def _wishes(file: Path) -> list[str]:
    """The names a file may have, in the order to try; the last is the only one of its kind."""
    stem, parents = file.stem, [parent.name for parent in file.parents if parent.name]
    suffix = f"-{file.suffix[1:]}" if file.suffix else ""
    wishes = [stem]
    before = stem
    for parent in parents:
        before = f"{parent}-{before}"
        wishes += [before, before + suffix]
    fingerprint = hashlib.sha256(os.fsencode(file)).hexdigest()[:8]
    return [_safe(wish) for wish in wishes] + [_safe(stem)[: _LONGEST_NAME - 9] + "-" + fingerprint]


def _safe(name: str) -> str:
    """The name as a folder's name that every file system takes and no table of the run has."""
    name = _UNSAFE.sub("_", name).rstrip(". ") or "_"
    if name.startswith("."):
        name = "_" + name[1:]
    if _RESERVED.match(name) or name.casefold() in TAKEN:
        name += "_"
    encoded = name.encode()
    if len(encoded) <= _LONGEST_NAME:
        return name
    fingerprint = hashlib.sha256(encoded).hexdigest()[:8]
    return f"{encoded[: _LONGEST_NAME - 9].decode(errors='ignore')}-{fingerprint}"
