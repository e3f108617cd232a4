"""Append what happens as columns; nothing is ever changed afterwards."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.core.tables import TABLES, Column

Columns = dict[str, npt.NDArray[Any]]

_SMALLEST, _LARGEST = 1024, 65_536
"""Rows of a chunk."""


class Table:
    """Collect rows of one log table, as whole blocks of arrays or one row at a time.

    Blocks are written straight into chunks of columns of the final type: while a block is fresh in the processor's
    cache, and so that nothing is held twice.
    """

    __slots__ = ("_capacity", "_chunk", "_columns", "_count", "_filled", "_rows", "name")

    def __init__(self, name: str, columns: dict[str, Column]) -> None:
        self.name = name
        self._columns = columns
        self._start_anew()

    def _start_anew(self) -> None:
        self._filled: list[list[npt.NDArray[Any]]] = [[] for _ in self._columns]
        """For each column the parts that are full."""
        self._chunk: list[npt.NDArray[Any]] = []
        self._capacity = self._count = 0
        self._rows: list[tuple[Any, ...]] = []

    def block(self, *columns: Any) -> None:
        """Append a block: one array per column in declared order; scalars are repeated.

        The first array-valued column gives the length. Arrays are copied.
        """
        start = self._count
        end = start + next(len(values) for values in columns if isinstance(values, np.ndarray))
        if end == start:
            return
        if end > self._capacity:
            start, end = 0, end - start
            self._next_chunk(end)
        for part, values in zip(self._chunk, columns, strict=True):
            part[start:end] = values
        self._count = end

    def row(self, *values: Any) -> None:
        """Append one row, values in declared order."""
        self._rows.append(values)

    def _next_chunk(self, at_least: int) -> None:
        self._put_chunk_away()
        self._capacity = max(at_least, _SMALLEST, min(2 * self._capacity, _LARGEST))
        self._chunk = [np.empty(self._capacity, column.dtype) for column in self._columns.values()]

    def _put_chunk_away(self) -> None:
        for parts, part in zip(self._filled, self._chunk, strict=False):
            parts.append(part[: self._count])

    def columns(self) -> Columns:
        """Return all rows as one array per column, in order of time; the table is empty afterwards."""
        self._put_chunk_away()
        filled, by_row = self._filled, list(zip(*self._rows, strict=True))
        self._start_anew()
        whole: Columns = {}
        for i, (name, column) in enumerate(self._columns.items()):
            parts, filled[i] = filled[i], []  # given back column by column: a run's memory peaks here
            if by_row:
                parts.append(np.array(by_row[i], column.dtype))
            whole[name] = np.concatenate(parts) if parts else np.empty(0, column.dtype)
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
