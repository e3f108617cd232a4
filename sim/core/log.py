"""Append what happens as columns; nothing is ever changed afterwards."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.core.tables import TABLES, Column

Columns = dict[str, npt.NDArray[Any]]

_SMALLEST = 1024
_GROWTH = 1.25


class Table:
    """Collect rows of one log table, as whole blocks of arrays or one row at a time.

    Blocks go straight into columns that grow as needed: while a block is fresh in the processor's cache, and so
    that nothing is held twice.
    """

    __slots__ = ("_arrays", "_capacity", "_columns", "_count", "_rows", "name")

    def __init__(self, name: str, columns: dict[str, Column]) -> None:
        self.name = name
        self._columns = columns
        self._start_anew()

    def _start_anew(self) -> None:
        self._arrays = [np.empty(0, column.dtype) for column in self._columns.values()]
        self._capacity = self._count = 0
        self._rows: list[tuple[Any, ...]] = []

    def block(self, *columns: Any) -> None:
        """Append a block: one array per column in declared order; scalars are repeated.

        The first array-valued column gives the length. Arrays are copied.
        """
        start = self._count
        end = start + next(len(values) for values in columns if isinstance(values, np.ndarray))
        if end > self._capacity:
            self._resize(max(end, _SMALLEST, int(self._capacity * _GROWTH)))
        for array, values in zip(self._arrays, columns, strict=True):
            array[start:end] = values
        self._count = end

    def row(self, *values: Any) -> None:
        """Append one row, values in declared order."""
        self._rows.append(values)

    def _resize(self, capacity: int) -> None:
        # In place: nobody else holds these arrays yet, and large ones are moved by the system without being copied.
        for array in self._arrays:
            array.resize(capacity, refcheck=False)
        self._capacity = capacity

    def columns(self) -> Columns:
        """Return all rows as one array per column, in order of time; the table is empty afterwards."""
        blocks, rows, arrays = self._count, self._rows, self._arrays
        self._resize(blocks + len(rows))
        if rows:
            for array, values in zip(arrays, zip(*rows, strict=True), strict=True):
                array[blocks:] = values
        self._start_anew()
        whole = dict(zip(self._columns, arrays, strict=True))
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
    short_term_stays: Table
    stays_elsewhere: Table
    pushes: Table
    deaths: Table
    health: Table
    payments: Table
    enrolments: Table

    def tables(self) -> dict[str, Columns]:
        """Return every table as columns sorted by time; the log is empty afterwards."""
        return {name: getattr(self, name).columns() for name in TABLES}
