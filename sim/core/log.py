"""Append what happens as columns; nothing is ever changed afterwards."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.core.tables import TABLES, Column

Columns = dict[str, npt.NDArray[Any]]


class Table:
    """Collect rows of one log table, as whole blocks of arrays or one row at a time."""

    __slots__ = ("_blocks", "_columns", "_rows", "name")

    def __init__(self, name: str, columns: dict[str, Column]) -> None:
        self.name = name
        self._columns = columns
        self._blocks: list[tuple[Any, ...]] = []
        self._rows: list[tuple[Any, ...]] = []

    def block(self, *columns: Any) -> None:
        """Append a block: one array per column in declared order; scalars are repeated.

        The first array-valued column gives the length. Arrays are kept, not copied: the caller must not
        write to them afterwards.
        """
        self._blocks.append(columns)

    def row(self, *values: Any) -> None:
        """Append one row, values in declared order."""
        self._rows.append(values)

    def columns(self) -> Columns:
        """Return all rows as one array per column, in order of time."""
        dtypes = {name: np.dtype(column.dtype) for name, column in self._columns.items()}
        parts: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in dtypes}
        for block in self._blocks:
            length = next(len(values) for values in block if isinstance(values, np.ndarray))
            for (name, dtype), values in zip(dtypes.items(), block, strict=True):
                is_array = isinstance(values, np.ndarray)
                parts[name].append(values if is_array else np.full(length, values, dtype))
        for name, values in zip(dtypes, zip(*self._rows, strict=True), strict=False):
            parts[name].append(np.asarray(values, dtypes[name]))
        whole = {
            name: np.concatenate(parts[name], dtype=dtype, casting="unsafe")
            if parts[name]
            else np.empty(0, dtype)
            for name, dtype in dtypes.items()
        }
        times = whole["time_days"]
        if (times[1:] >= times[:-1]).all():
            return whole
        order = np.argsort(times, kind="stable")
        return {name: values[order] for name, values in whole.items()}


class Log:
    """All tables of one run."""

    def __init__(self) -> None:
        for name, columns in TABLES.items():
            setattr(self, name, Table(name, columns))

    contacts: Table
    visits: Table
    work: Table
    relatives: Table
    handovers: Table
    episodes: Table
    acute_turns: Table
    ed_arrivals: Table
    ed_departures: Table
    stays: Table
    deaths: Table
    health: Table
    payments: Table
    enrolments: Table

    def tables(self) -> dict[str, Columns]:
        """Return every table as columns sorted by time."""
        return {name: getattr(self, name).columns() for name in TABLES}
