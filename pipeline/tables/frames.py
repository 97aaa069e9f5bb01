"""Rows of a table → a pandas DataFrame whose columns have the types that the schema names.

Text stays text, whole numbers are integers that may be missing, exact numbers are `decimal.Decimal`: a float would not
hold them. A column with few allowed values is a category of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.tables.rows import Row
from pipeline.tables.schema import Column, Table

if TYPE_CHECKING:
    import pandas


def frame(table: Table, rows: Sequence[Row]) -> pandas.DataFrame:
    """The rows as a DataFrame. An empty number is missing (`pandas.NA`, or None for a Decimal), empty text is ''."""
    import pandas

    columns = {column.name: _series(column, [row[column.name] for row in rows]) for column in table.columns}
    return pandas.DataFrame(columns, columns=pandas.Index(table.header))


def _series(column: Column, cells: Sequence[str]) -> pandas.Series:
    import pandas

    if column.type == "integer":
        return pandas.Series([int(cell) if cell else None for cell in cells], dtype="Int64")
    if column.type == "number":
        return pandas.Series([Decimal(cell) if cell else None for cell in cells], dtype="object")
    if column.enum:
        known = column.enum if column.required else ("", *column.enum)
        return pandas.Series(cells, dtype=pandas.CategoricalDtype(list(known)))
    return pandas.Series(cells, dtype="str")
