"""Bytes → a file that is there whole or not at all: written under a temporary name in the same folder, then renamed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from pipeline import places

_TEMPORARY = ".tmp-"


def write(path: Path, content: bytes | Iterable[bytes], *, durable: bool = False) -> None:
    """Replace the file with the content or its pieces; `durable` has the disk confirm it before the name changes."""
    pieces = (content,) if isinstance(content, bytes) else content
    if not places.is_local(path):  # in an object store what is not closed is not there
        with path.open("wb") as file:
            file.writelines(pieces)
        return
    temporary = path.with_name(f"{_TEMPORARY}{os.getpid()}-{path.name}")
    try:
        with _anew(temporary) as file:
            file.writelines(pieces)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and path.is_dir():
            said = "a folder is in the way of this file; move it away"
            raise IsADirectoryError(errno.EISDIR, said, str(path)) from None
        raise
    if durable:
        _sync_folder(path.parent)


def _anew(path: Path) -> BinaryIO:
    """A file to write that was not there: a link of this name may lead anywhere."""
    try:
        return open(path, "xb")
    except FileExistsError:
        path.unlink()
        return open(path, "xb")


def make_folder(folder: Path) -> None:
    """Make a folder within that of a run."""
    refuse_link(folder)
    folder.mkdir(parents=True, exist_ok=True)


def refuse_link(folder: Path) -> None:
    """Raise OSError for a link in the place of a folder: it may lead anywhere, and files there would be taken away."""
    if places.is_local(folder) and folder.is_symlink():
        raise OSError(errno.ELOOP, "a link in the way of this folder; move it away", str(folder))


def remove_leftovers(folder: Path) -> None:
    """Take away temporary files that a killed run left in a folder."""
    for path in folder.glob(f"{_TEMPORARY}*") if places.is_local(folder) else ():
        if not path.is_dir():  # that one is none of ours
            path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder; there the rename is durable enough.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
