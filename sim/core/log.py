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
        """Return all rows as one array per column, in order of time; the table is empty afterwards."""
        lengths = [next(len(v) for v in block if isinstance(v, np.ndarray)) for block in self._blocks]
        total = sum(lengths) + len(self._rows)
        by_row = list(zip(*self._rows, strict=True)) if self._rows else None
        whole: Columns = {}
        for i, (name, column) in enumerate(self._columns.items()):
            whole[name] = values = np.empty(total, column.dtype)
            parts = [block[i] for block in self._blocks]
            if not any(isinstance(part, np.ndarray) for part in parts):
                values[: total - len(self._rows)] = np.repeat(np.array(parts, column.dtype), lengths)
            else:
                start = 0
                for part, length in zip(parts, lengths, strict=True):
                    values[start : start + length] = part
                    start += length
            if by_row is not None:
                values[total - len(self._rows) :] = by_row[i]
        # Given back at once: a run's memory peaks here.
        self._blocks, self._rows = [], []
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
