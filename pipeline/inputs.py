"""Paths as a user gives them → the inputs to read, each with its report's name. It opens no file but stdin.

Inputs are sorted by name, so that the order of the paths changes nothing in the tables.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.readers import READERS
from pipeline.writers.folder import TAKEN

STDIN = "-"

# What some file system or shell would trip over; a lone surrogate is a byte of a file name that is no UTF-8.
_UNSAFE = re.compile(r"[<>:\"/\\|?*\x00-\x1f\x7f\ud800-\udfff]")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")  # devices on Windows, with any suffix
_LONGEST_NAME = 200  # bytes; file systems stop at 255


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read; `data` holds what came from stdin. `path` is as the user gave it."""

    path: str
    name: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the paths came to; `missing` are the paths that are not there, `empty` the folders with no report."""

    found: tuple[Input, ...]
    missing: tuple[str, ...]
    empty: tuple[str, ...]


def gather(paths: Sequence[str], leave_out: Path | None = None, stdin_name: str = "") -> Inputs:
    """The files among these paths and in their folders; `leave_out` is a folder that is not searched.

    `stdin_name` is the path of the file that stdin stands for: its report is named as that of the file would be.
    """
    files: dict[str, str] = {}  # absolute path → path as given: a file that is named twice is read once
    missing, empty = [], []
    data = None
    for path in paths:
        if path == STDIN:
            data = sys.stdin.buffer.read()
        elif os.path.isdir(path):
            inside = list(_reports_in(path, leave_out))
            files.update((os.path.abspath(file), file) for file in inside)
            if not inside:
                empty.append(path)
        elif os.path.exists(path):
            files[os.path.abspath(path)] = path
        else:
            missing.append(path)
    stdin = _safe(Path(stdin_name).stem) if stdin_name else "stdin"
    names = _names(sorted(files), stdin if data is not None else None)
    found = [Input(files[file], name) for file, name in names.items() if file in files]
    if data is not None:
        found.append(Input(stdin_name or STDIN, stdin, data))
    return Inputs(tuple(sorted(found, key=lambda one: one.name)), tuple(missing), tuple(empty))


def _reports_in(folder: str, leave_out: Path | None) -> Iterator[str]:
    """The readable files in a folder and below, hidden ones left aside."""
    forbidden = os.path.realpath(leave_out) if leave_out else None
    for here, folders, files in os.walk(folder):
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith(".") and os.path.realpath(os.path.join(here, name)) != forbidden
        ]
        for name in sorted(files):
            if not name.startswith(".") and os.path.splitext(name)[1].lower() in READERS:
                yield os.path.join(here, name)


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
