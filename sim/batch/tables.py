"""Write tables so that equal contents give equal bytes, and leave no half-written file behind."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def write_atomically(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a temporary file, push it to the disk, and rename it to `path`."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        write(temporary)
        flush(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Push a written file to the disk, so that a rename never promises more than is there."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def link_or_copy(source: Path, target: Path) -> None:
    """Show a file under a second name; a copy on a file system without hard links, or across two of them."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)
        flush(target)


def write_text(text: str, path: Path) -> None:
    """Write a text file: UTF-8, `\\n`."""
    write_atomically(path, lambda target: _fill(target, text))


def _fill(target: Path, text: str) -> None:
    target.write_text(text, encoding="utf-8", newline="\n")


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a CSV file: UTF-8, `\\n`, shortest decimals that read back exactly, empty = no value."""
    write_csv_parts([table], path)


def write_csv_parts(tables: Iterable[pd.DataFrame], path: Path) -> None:
    """Write tables of equal columns, one after the other, as one CSV file, with one of them in memory at a time."""

    def write(target: Path) -> None:
        with target.open("w", encoding="utf-8", newline="") as file:
            for number, table in enumerate(tables):
                doubles = {name: np.float64 for name in table.columns if table[name].dtype == np.float32}
                table.astype(doubles).to_csv(file, index=False, header=number == 0, lineterminator="\n")

    write_atomically(path, write)


def to_arrow(table: pd.DataFrame) -> pa.Table:
    """Return the table without traces of library versions, texts always as plain strings."""
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    fields = [field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field for field in arrow.schema]
    return arrow.cast(pa.schema(fields))


def write_parquet(tables: Iterable[pd.DataFrame], path: Path) -> None:
    """Write one or more tables of equal columns, one after the other, as one Parquet file."""

    def write(target: Path) -> None:
        writer: pq.ParquetWriter | None = None
        for table in tables:
            arrow = to_arrow(table)
            if writer is None:
                writer = pq.ParquetWriter(target, arrow.schema, compression="zstd")
            writer.write_table(arrow.cast(writer.schema))
        if writer is None:
            raise ValueError(f"{path.name}: no table to write")
        writer.close()

    write_atomically(path, write)


def read_parquet(path: Path, person: int | None = None) -> pd.DataFrame:
    """Read a Parquet file as a data frame: all of it, or the rows of one person."""
    rows = None if person is None else [("person", "==", person)]
    frame: pd.DataFrame = pq.read_table(path, filters=rows).to_pandas()
    return frame
