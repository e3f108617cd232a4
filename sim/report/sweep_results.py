"""Read the tables of a sweep back: what was moved, and what followed at every point."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.report.facts import Titles, read_titles
from sim.report.results import Results, read_results
from sim.report.sources import Source, at
from sim.report.tables import Row, first, read_manifest, read_table, records, where

_DIFFERENCE = {"mean": "difference", "low": "difference_low", "high": "difference_high", "n": "difference_n"}
"""Columns of a difference, by the names that a level has."""
_KEY = ("point", "scenario", "group_by", "group", "outcome")
_TEXTS = ("scenario", "group_by", "group", "outcome", "unit", "aim", "better", "of")


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisRead:
    """One axis as the receipt holds it."""

    id: str
    title: Titles
    unit: Titles
    values: tuple[float, ...]
    labels: tuple[Titles, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One outcome of one group of people along the axes."""

    outcome: str
    group_by: str
    group: str
    unit: str
    better: str


@dataclass(frozen=True, kw_only=True)
class SweepRead:
    """The tables of one `mellanrum sweep`, columns as in docs/data_dictionary.md."""

    results: Results
    table: pd.DataFrame
    enough: pd.DataFrame | None
    """levels_off.csv; None along two axes."""
    about: Mapping[str, Any]
    """What the receipt says of the sweep."""

    @cached_property
    def axes(self) -> tuple[AxisRead, ...]:
        """The axes, the first one across."""
        return tuple(
            AxisRead(
                id=axis["id"],
                title=read_titles(axis["title"]),
                unit=read_titles(axis["unit"]),
                values=tuple(axis["values"]),
                labels=tuple(read_titles(label) for label in axis["labels"]),
            )
            for axis in self.about["axes"]
        )

    @property
    def scenario(self) -> str:
        """Id of the scenario that is swept."""
        return str(self.about["scenario"]["id"])

    @property
    def against(self) -> str | None:
        """Id of what it is compared with; None when it is followed alone."""
        beside = self.about["against"]
        return str(beside["id"]) if beside else None

    def title(self, which: str, lang: str) -> str:
        """Return what a reader calls the scenario (`scenario`) or what it is compared with (`against`)."""
        return read_titles(self.about[which]["title"])[lang]

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """The outcomes asked for in the groups asked for, as far as there are such values."""
        rows = self.table.drop_duplicates(["outcome", "group_by", "group"])
        known = {(row.outcome, row.group_by, row.group): row for row in rows.itertuples()}
        return tuple(
            Panel(outcome=outcome, group_by=by, group=group, unit=str(row.unit), better=str(row.better))
            for by, group in self.about["groups"]
            for outcome in self.about["outcomes"]
            if (row := known.get((outcome, by, group))) is not None
        )

    def rows(self, panel: Panel, scenario: str) -> list[Row]:
        """Return the rows of one panel and scenario, point by point."""
        return records(where(self.table, scenario=scenario, **_is(panel)))

    def source(self, row: Row, *numbers: str) -> Source:
        """Return where numbers of a row that is followed stand in sweep.csv, by their names in that row."""
        names = {} if self.against is None else {**_DIFFERENCE, "level": "mean"}
        there = (names.get(number, number) for number in numbers if math.isfinite(float(row[number])))
        return Source(table="sweep.csv", row={name: str(row[name]) for name in _KEY}, numbers=tuple(there))

    def followed(self, panel: Panel) -> list[Row]:
        """Return the rows that are followed: `mean`, `low`, `high` of the difference (then with `level`), or level."""
        rows = self.rows(panel, self.scenario)
        if self.against is None:
            return rows
        return [
            {**row, "level": row["mean"], **{name: row[column] for name, column in _DIFFERENCE.items()}} for row in rows
        ]

    def levels_off(self, panel: Panel) -> Row | None:
        """Return where more gives nothing more; None along two axes or with one replication."""
        if self.enough is None:
            return None
        return first(where(self.enough, **_is(panel)))

    def grid(self, panel: Panel, column: str) -> npt.NDArray[np.float64]:
        """Return a column over two axes: the second one down, from the lowest value; NaN where there is none."""
        across, down = self.axes
        found = np.full((len(down.values), len(across.values)), np.nan)
        for row in self.followed(panel):
            place, height = divmod(int(row["point"]), len(down.values))
            found[height, place] = float(row[column])
        return found


def _is(panel: Panel) -> dict[str, str]:
    return {name: getattr(panel, name) for name in ("group_by", "group", "outcome")}


def enough_source(row: Row, *numbers: str) -> Source:
    """Return where numbers of a row of levels_off.csv stand."""
    return at("levels_off.csv", row, ("of", "group_by", "group", "outcome"), *numbers)


def read_sweep_results(folder: Path) -> SweepRead:
    """Read the tables of a folder. Raises FileNotFoundError for an absent table or manifest."""
    manifest = read_manifest(folder)
    enough = folder / "levels_off.csv"
    return SweepRead(
        results=read_results(folder),
        table=read_table(folder / "sweep.csv", _TEXTS),
        enough=read_table(enough, _TEXTS) if enough.is_file() else None,
        about=manifest["sweep"],
    )
