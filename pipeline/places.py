"""A path or a URL → the place that is read or written: a local path, or one in any file system that fsspec knows.

Both answer to the names of `pathlib.Path`, so that what reads and writes need not tell them apart.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import cast


class PlaceError(ValueError):
    """A URL that cannot be used, with what to do about it."""


def is_url(name: str) -> bool:
    """Whether this names a place in a file system of its own: `s3://bucket/reports`."""
    scheme, mark, _ = name.partition("://")
    return bool(mark) and scheme.replace("+", "").isalnum()


def place(name: str, base: str = "") -> Path:
    """The place of a path or URL; a relative path starts from `base`. Raises PlaceError if nothing can open the URL."""
    if not is_url(name):
        return Path(os.path.join(base, name))
    try:
        from upath import UPath
    except ImportError:
        raise PlaceError(f"{_told(name)}: URLs need the extra: pip install 'tieout[cluster]'") from None
    try:
        found = UPath(name)
        assert found.fs is not None  # what a file system lacks is told when it is asked for
    except (ImportError, ValueError) as error:
        raise PlaceError(f"{_told(name)}: {error}") from None
    return Path(found.path) if found.protocol in ("", "file", "local") else cast(Path, found)


def _told(name: str) -> str:
    """A name in one line of a message."""
    return name if name.isprintable() else ascii(name)


def known_file(path: Path) -> bool:
    """Whether there is a file, or a folder in its way. Raises OSError for a pipe or a device: we would wait for it."""
    if path.is_file() or not path.exists():
        return path.is_file()
    if not path.is_dir():
        raise OSError(errno.EINVAL, "not a file; move it away", str(path))
    return True


def is_local(path: Path) -> bool:
    """Whether a place is on this machine, where names can be changed at once and files be locked."""
    return isinstance(path, Path)
