"""What the package offers to Python programs: a path or a text → its Reading; a table file → its DataFrame."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import model, readers, rulebook, run
from pipeline.rulebook import Rulebook
from pipeline.tables.load import load_table

if TYPE_CHECKING:
    import pandas

__all__ = ["Reading", "check", "load_table", "read"]


@dataclass(frozen=True, slots=True)
class Reading(model.Reading):
    """Everything about one report, by the rules of `book`: `.claims`, `.checks`, `.findings` … are tuples of records.

    `pipeline/model.py` says what the records hold. A notebook shows it as the text with its figures marked.
    """

    book: Rulebook = field(kw_only=True, repr=False, compare=False)

    def frames(self) -> dict[str, pandas.DataFrame]:
        """The tables of the report as DataFrames by name, with the columns of the files that `tieout run` writes.

        Exact numbers are `decimal.Decimal`, counts and offsets `Int64`; what is missing is None or NA.
        """
        from pipeline.rulebook.scales import scales
        from pipeline.tables import frames, rows, schema

        found = rows.of_report(self, scales(self.book))
        return {table.name: frames.frame(table, found[table.name]) for table in schema.TABLES if table.name in found}

    def _repr_html_(self) -> str:
        from pipeline.writers import notebook

        return notebook.html(self)


def read(source: str | Path, *, rules: Rulebook | str | Path | None = None, strict: bool = False) -> Reading:
    """Everything about one report: claims, skips, relations, checks, findings.

    `source` is a Path, or a string: the path of a file that is there, else the text itself. `rules` is a folder laid
    over the shipped rules, or a Rulebook. `strict` makes findings of borderline checks too.
    Raises readers.ReadError for a file that cannot be read, rulebook.RuleError for a mistake in the rules.
    """
    path = source if isinstance(source, Path) else _path_in(source)
    report = readers.read_path(path, path.stem) if path else readers.read_string(str(source))
    return _reading(report, rules, strict)


def check(text: str, *, rules: Rulebook | str | Path | None = None, strict: bool = False) -> Reading:
    """The Reading of a text, whatever files there are."""
    return _reading(readers.read_string(text), rules, strict)


def _reading(report: model.Report, rules: Rulebook | str | Path | None, strict: bool) -> Reading:
    book = rules if isinstance(rules, Rulebook) else _book(Path(rules) if rules else None)
    found = run.read(report, book, strict=strict)
    return Reading(**{one.name: getattr(found, one.name) for one in fields(found)}, book=book)


def _path_in(source: str) -> Path | None:
    """The path that a string names, if it is one line and the file is there."""
    if "\n" in source or "\0" in source or not source:
        return None
    try:
        path = Path(source)
        return path if path.is_file() else None
    except (OSError, ValueError):  # too long for a path, or not one at all
        return None


@lru_cache(maxsize=4)
def _book(folder: Path | None) -> Rulebook:
    shipped = rulebook.shipped_rules()
    return rulebook.load(shipped, folder) if folder else rulebook.load(shipped)
