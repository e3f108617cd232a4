"""Read tables of results back, and take rows out of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

Row = Mapping[str, Any]
"""One row of a table, by column."""

_NO_NUMBER = ["", "nan", "NaN"]


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the receipt of an output folder. Raises FileNotFoundError."""
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def read_table(path: Path, texts: Collection[str], needed: Collection[str] = ()) -> pd.DataFrame:
    """Read a CSV table: columns named in `texts` as they are written, empty or not; elsewhere an empty cell is NaN.

    `texts` may name columns that the table does not have; ValueError names a column of `needed` that it lacks.
    """
    columns = pd.read_csv(path, nrows=0).columns
    missing = [name for name in needed if name not in columns]
    if missing:
        raise ValueError(f"{path}: column {', '.join(missing)} is missing")
    no_number = {name: _NO_NUMBER for name in columns if name not in texts}
    return pd.read_csv(path, dtype=dict.fromkeys(texts, "str"), keep_default_na=False, na_values=no_number)


def records(table: pd.DataFrame) -> list[Row]:
    """Return the rows of a table, in its order."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def first(table: pd.DataFrame) -> Row | None:
    """Return the first row of a table; None when it is empty."""
    return next(iter(records(table[:1])), None)


def where(table: pd.DataFrame, **values: object) -> pd.DataFrame:
    """Return the rows that hold a value in each of the columns named."""
    kept = pd.Series(True, index=table.index)
    for column, value in values.items():
        kept &= table[column] == value
    return table[kept]
