"""`tieout doctor`: what is installed, how text is read and written here, and whether the program works."""

from __future__ import annotations

import locale
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

import click

from pipeline.patterns import lazy

# Two texts of which it is known what is to be found.
_KNOWN = {
    "Grants came to 483 million yuan, up 26% from 412 million yuan.": "inconsistent",
    "Grants came to 480 million yuan, up 20% from 400 million yuan.": "consistent",
}
_CORE = ("spacy", "regex", "pandas", "click", "rich", "filelock", "jinja2", "charset-normalizer")
_EXTRA = lazy(r"(?P<name>[\w.-]+)[^;]*;.*\bextra == ['\"](?P<extra>\w+)['\"]")
_SAMPLE = "≠ ± – 约 €"


@click.command()
def doctor() -> None:
    """Tell versions, extras, encodings; test the program.

    Exit code: 0 all is well, 1 something is not; what, and how to mend it, is said.
    """
    ailing = False
    for ok, about, told in _told():
        ailing |= not ok
        click.echo(f"{about:<12} {told}" if ok else f"{about:<12} NOT WELL: {told}")
    raise click.exceptions.Exit(int(ailing))


def _told() -> Iterator[tuple[bool, str, str]]:
    """Each line: whether all is well, what it is about, what is told."""
    from pipeline import __version__
    from pipeline.cli import work

    yield True, "tieout", __version__
    yield True, "python", f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    lacking = [name for name in _CORE if not _version(name)]
    there = ", ".join(f"{name} {_version(name)}" for name in _CORE if name not in lacking)
    yield not lacking, "packages", f"{', '.join(lacking)}: not installed; install tieout again" if lacking else there
    for extra, packages in (_extras() or work.EXTRAS).items():
        gone = [name for name in packages if not _version(name)]
        how = f"{', '.join(gone)}: not installed; pip install {' '.join(gone)}"
        yield True, f"[{extra}]", how if gone else ", ".join(f"{name} {_version(name)}" for name in packages)
    yield _encodings()
    yield _options()
    yield from _works()


def _encodings() -> tuple[bool, str, str]:
    out = getattr(sys.stdout, "encoding", None) or "unknown"
    told = f"terminal {out}, files {sys.getfilesystemencoding()}, locale {locale.getpreferredencoding(False)}"
    try:
        _SAMPLE.encode(out)
    except (UnicodeEncodeError, LookupError):
        return True, "encodings", f"{told}; signs that the terminal lacks are shown as \\u…; PYTHONUTF8=1 helps"
    return True, "encodings", told


def _options() -> tuple[bool, str, str]:
    from pipeline.cli import work
    from pipeline.options import OptionError

    try:
        options = work.options()
    except OptionError as error:
        return False, "options", str(error)
    return (
        True,
        "options",
        f"reports {', '.join(options.paths)}; tables {options.out}; rules {options.rules or 'shipped'}",
    )


def _works() -> Iterator[tuple[bool, str, str]]:
    """The rules load, and what is known to be found is found."""
    from pipeline import api, rulebook
    from pipeline.cli import work
    from pipeline.options import OptionError

    try:
        book = rulebook.load(*work.rule_folders(work.options().rules))
    except (rulebook.RuleError, OptionError) as error:
        yield False, "rules", str(error)
        book = rulebook.load()
    else:
        rules = list(book)
        yield True, "rules", f"{len(rules):,} rules, {sum(len(one.examples) for one in rules):,} examples"
    found = {text: {check.verdict for check in api.check(text, rules=book).checks} for text in _KNOWN}
    wrong = [text for text, verdict in _KNOWN.items() if found[text] != {verdict}]
    told = f"{len(_KNOWN)} texts read and compared as they should be"
    yield (
        not wrong,
        "self-test",
        f"{wrong[0]!r} is not {_KNOWN[wrong[0]]}; are rules of your own at work?" if wrong else told,
    )


def _extras() -> dict[str, list[str]]:
    """The packages of each extra, as our own package declares them; none where only its source is here."""
    found: dict[str, list[str]] = {}
    try:
        declared = requires("tieout") or []
    except PackageNotFoundError:
        return found
    for line in declared:
        if (part := _EXTRA.match(line)) and part["extra"] != "test":
            found.setdefault(part["extra"], []).append(part["name"])
    return found


def _version(package: str) -> str:
    """The version that is installed, empty if none is."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
