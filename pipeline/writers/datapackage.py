"""The names of the reports of a run → datapackage.json: what each table holds, as a Data Package with Table Schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.tables import schema
from pipeline.tables.schema import Column, Table

_CSV: Mapping[str, Any] = {
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
    "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
}
_PARQUET: Mapping[str, Any] = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}


def content(reports: Sequence[str], anchored: Sequence[str] = ()) -> bytes:
    """The bytes of datapackage.json; a kind of table that no report has is left out. `anchored` have anchors.csv."""
    return package(
        {table: _paths(table, anchored if table in schema.OF_SOME_REPORTS else reports) for table in schema.TABLES}
    )


def package(paths: Mapping[Table, Sequence[str]]) -> bytes:
    """The same of tables whose files are named, in CSV or Parquet."""
    described = {
        "profile": "tabular-data-package",
        "name": "tieout",
        "title": "Numeric claims of reports, and which of them cannot all be true",
        "resources": [_resource(table, paths[table]) for table in schema.TABLES if paths.get(table)],
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _paths(table: Table, reports: Sequence[str]) -> list[str]:
    if table in schema.OF_A_RUN:
        return [table.file]
    return [f"{report}/{table.file}" for report in reports]


def _resource(table: Table, paths: Sequence[str]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "description": table.about,
        "path": paths,
        **(_PARQUET if paths[0].endswith(".parquet") else _CSV),
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
            **_foreign_keys(table),
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.enum:
        constraints["enum"] = list(column.enum)
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.about}
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_keys(table: Table) -> dict[str, Any]:
    keys = [
        {"fields": ["report", field], "reference": {"resource": resource, "fields": ["report", key]}}
        for field, resource, key in table.refers
    ]
    return {"foreignKeys": keys} if keys else {}
