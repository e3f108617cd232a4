"""Hold the tables on money and value of one comparison, as seen from one perspective."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sim.analysis.value import POINT_COLUMNS
from sim.analysis.value_budget import BUDGET_COLUMNS, PAYBACK_COLUMNS
from sim.analysis.value_payers import PAYER_COLUMNS, TIME_COLUMNS
from sim.analysis.value_settings import PERSPECTIVES
from sim.analysis.value_tables import CURVE_COLUMNS, VALUE_COLUMNS
from sim.report.tables import read_table

TABLES: Mapping[str, tuple[str, ...]] = {
    "value": VALUE_COLUMNS,
    "value_points": POINT_COLUMNS,
    "acceptability": CURVE_COLUMNS,
    "payback": PAYBACK_COLUMNS,
    "budget_impact": BUDGET_COLUMNS,
    "who_pays": PAYER_COLUMNS,
    "time_freed": TIME_COLUMNS,
}
"""Columns of each table, by the name of its file."""
_TEXTS = (
    *("scenario", "baseline", "perspective", "cost_kind", "effect", "unit", "finding", "certain", "status"),
    *("compared_with", "basis", "part", "principal", "profession", "on_frontier"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean with its 95 % interval; NaN ends without interval."""

    mean: float
    low: float
    high: float

    @property
    def has_interval(self) -> bool:
        """Whether there were enough replications for an interval."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    def times(self, factor: float) -> Estimate:
        """Return it in another unit."""
        low, high = sorted((self.low * factor, self.high * factor)) if self.has_interval else (self.low, self.high)
        return Estimate(mean=self.mean * factor, low=low, high=high)


@dataclass(frozen=True, kw_only=True)
class ValueResults:
    """The tables, and whose money counts."""

    tables: Mapping[str, pd.DataFrame]
    perspective: str

    @property
    def perspectives(self) -> tuple[str, ...]:
        """The perspectives that could be told."""
        held = set(self.tables["value"]["perspective"])
        return tuple(one for one in PERSPECTIVES if one in held)

    @property
    def seen_from(self) -> str:
        """The perspective asked for, or both when that one could not be told."""
        return self.perspective if self.perspective in self.perspectives else "both"

    def rows(self, table: str, kind: str, scenario: str | None = None) -> pd.DataFrame:
        """Return the rows of a kind of cost, from the perspective where the table has several."""
        found = self.tables[table]
        found = found[found["cost_kind"] == kind]
        if "perspective" in found:
            found = found[found["perspective"] == self.seen_from]
        return found if scenario is None else found[found["scenario"] == scenario]

    def option(self, scenario: str, kind: str) -> pd.Series | None:
        """Return the row of value.csv of one scenario; None when there is none."""
        found = self.rows("value", kind, scenario)
        return found.iloc[0] if len(found) else None

    def all_payers(self, scenario: str, kind: str, perspective: str = "both") -> pd.Series | None:
        """Return the row of value.csv from one perspective, whatever was asked for; None when it was not told."""
        found = self.tables["value"]
        kept = (found["scenario"] == scenario) & (found["cost_kind"] == kind) & (found["perspective"] == perspective)
        return found[kept].iloc[0] if kept.any() else None

    def payer(self, scenario: str, kind: str, part: str, principal: str = "") -> Estimate | None:
        """Return one part of who pays, SEK a year; None when the table does not hold it."""
        found = self.rows("who_pays", kind, scenario)
        found = found[(found["part"] == part) & (found["principal"] == principal)]
        return estimate(found.iloc[0]) if len(found) else None

    @property
    def principals(self) -> tuple[str, ...]:
        """The principals in the order of the place."""
        found = self.tables["who_pays"]
        return tuple(dict.fromkeys(found.loc[found["principal"] != "", "principal"]))

    def freed(self, scenario: str, profession: str) -> Estimate | None:
        """Return the hours a year freed in a profession, or in `all`."""
        found = self.tables["time_freed"]
        found = found[(found["scenario"] == scenario) & (found["profession"] == profession)]
        return estimate(found.iloc[0], "freed_hours") if len(found) else None


def estimate(row: pd.Series, mean: str = "mean", low: str = "low", high: str = "high") -> Estimate:
    """Return the numbers of a row."""
    return Estimate(mean=float(row[mean]), low=float(row[low]), high=float(row[high]))


def read_value(folder: Path, perspective: str) -> ValueResults | None:
    """Read the tables on money and value; None when there are none. ValueError names a missing column or table."""
    if not (folder / "value.csv").is_file():
        return None
    return ValueResults(
        tables={name: _read(folder / f"{name}.csv", columns) for name, columns in TABLES.items()},
        perspective=perspective,
    )


def _read(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    if not path.is_file():
        raise ValueError(f"{path}: is missing; give --effect to make the tables on money again")
    return read_table(path, _TEXTS, needed=columns)
