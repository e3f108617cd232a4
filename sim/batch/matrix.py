"""Hold the outcomes of many runs as numbers, runs by cells: a thousand runs take megabytes, not gigabytes.

A cell is one outcome of one group of people. As a long table every number carries seven words and numbers beside
it; here they stand once, however many runs there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

F64 = npt.NDArray[np.float64]

CELL = ("group_by", "group", "outcome")
LABELS = ("scenario", "replication", "parameter_set")
"""What may name a run; runs without an ensemble have no parameter set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The outcomes of many runs."""

    runs: pd.DataFrame
    """One row per run: scenario, replication, and parameter_set where there is one."""
    cells: pd.DataFrame
    """One row per cell: group_by, group, outcome, unit."""
    values: F64
    """Shape (runs, cells); NaN where a run has no value."""

    def of(self, scenario: str) -> Matrix:
        """Return the runs of one scenario, by replication."""
        rows = np.flatnonzero((self.runs["scenario"] == scenario).to_numpy())
        rows = rows[np.argsort(self.runs["replication"].to_numpy()[rows], kind="stable")]
        return replace(self, runs=self.runs.iloc[rows].reset_index(drop=True), values=self.values[rows])

    def where(self, **words: str) -> Matrix:
        """Return the cells with these words, e.g. `group_by="all"`, in the order they stand in."""
        chosen = np.ones(len(self.cells), dtype=np.bool_)
        for column, word in words.items():
            chosen &= (self.cells[column] == word).to_numpy()
        return self.take(np.flatnonzero(chosen))

    def take(self, places: npt.NDArray[np.intp]) -> Matrix:
        """Return some of the cells, in the order of their places."""
        return replace(self, cells=self.cells.iloc[places].reset_index(drop=True), values=self.values[:, places])

    def by_outcome(self, names: Iterable[str]) -> Matrix:
        """Return the cells in the order of outcomes as named, then by group. Raises KeyError for another outcome."""
        position = {name: rank for rank, name in enumerate(names)}
        ranked = self.cells.assign(rank=[position[name] for name in self.cells["outcome"]])
        return self.take(ranked.sort_values(["rank", "group_by", "group"]).index.to_numpy())

    def long(self) -> pd.DataFrame:
        """Return one row per value: what names the run, group_by, group, outcome, unit, value; run by run."""
        run, cell = np.nonzero(~np.isnan(self.values))
        named = (self.runs.iloc[run].reset_index(drop=True), self.cells.iloc[cell].reset_index(drop=True))
        return pd.concat(named, axis=1).assign(value=self.values[run, cell])


def compact(table: pd.DataFrame | Matrix) -> Matrix:
    """Return a long table of runs as a matrix; a matrix as it is.

    `table` has the columns scenario, replication, group_by, group, outcome, unit, value, and parameter_set where
    runs have one. Raises ValueError when a run has two values of the same cell.
    """
    if isinstance(table, Matrix):
        return table
    labels = [name for name in LABELS if name in table]
    return gather(table.groupby(labels, sort=False), labels)


def gather(runs: Iterable[tuple[Sequence[object], pd.DataFrame]], labels: Sequence[str]) -> Matrix:
    """Return the outcomes of runs as a matrix, from the labels and the table of each, one in memory at a time."""
    places, units = dict[tuple[str, ...], int](), list[str]()
    named, found = [], list[tuple[npt.NDArray[np.intp], F64]]()
    for label, table in runs:
        own = _own_places(table, places, units)
        if found and np.array_equal(own, found[-1][0]):
            own = found[-1][0]  # nearly all runs have the same cells: keep their places once
        named.append(label)
        found.append((own, table["value"].to_numpy(np.float64, copy=True)))
    values = np.full((len(found), len(places)), np.nan)
    for row, (own, numbers) in zip(values, found, strict=True):
        row[own] = numbers
    cells = pd.DataFrame(list(places), columns=list(CELL)).assign(unit=units)
    return Matrix(runs=pd.DataFrame(named, columns=list(labels)), cells=cells, values=values)


def _own_places(table: pd.DataFrame, places: dict[tuple[str, ...], int], units: list[str]) -> npt.NDArray[np.intp]:
    """Return the place of each row's cell; cells not met before get the next ones."""
    words = zip(*(table[column].tolist() for column in CELL), strict=True)
    own = np.array([places.setdefault(cell, len(places)) for cell in words], dtype=np.intp)
    if len(np.unique(own)) != len(own):
        raise ValueError("a run has two values of the same outcome and group")
    if len(places) > len(units):
        units.extend(table["unit"].to_numpy()[own >= len(units)].tolist())
    return own


def cell_by_cell(values: F64) -> tuple[F64, npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the numbers of a (runs, cells) table cell by cell, without NaN.

    Returned are the numbers, for each the number of its cell among those that have any, and which cells these are.
    """
    there = ~np.isnan(values.T)
    count = there.sum(axis=1)
    held = np.flatnonzero(count)
    return values.T[there], np.repeat(np.arange(len(held)), count[held]), held
