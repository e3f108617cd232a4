"""Read the tables of a league back: what each system has, what it does, and what it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.report.results import Results, read_results
from sim.report.tables import Row, read_manifest, read_table, records, where

_TEXTS = (
    *("scenario", "report", "kind", "outcome", "unit", "aim", "better", "means", "value", "lean"),
    *("certainly_better_than", "certainly_worse_than"),
)


@dataclass(frozen=True, kw_only=True)
class League:
    """The tables of one `mellanrum league`, columns as in docs/data_dictionary.md."""

    results: Results
    table: pd.DataFrame
    matrix: pd.DataFrame
    stands_for: Mapping[str, Mapping[str, Any]]
    """What systems stand for, as their files say it."""

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems in the order of the library, the baseline first."""
        return tuple(dict.fromkeys(map(str, self.table["scenario"])))

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that were looked at, in order."""
        return tuple(dict.fromkeys(map(str, self.table["outcome"])))

    @property
    def columns(self) -> tuple[str, ...]:
        """The means of the matrix: the seventeen, then others."""
        return tuple(dict.fromkeys(map(str, self.matrix["means"])))

    def row(self, system: str, outcome: str) -> Row:
        """Return one row of the league table."""
        return self._rows[system, outcome]

    @cached_property
    def _rows(self) -> dict[tuple[str, str], Row]:
        return {(one["scenario"], one["outcome"]): one for one in records(self.table)}

    def cells(self, system: str) -> dict[str, str]:
        """Return the sign of each means: what the source says, or for other means whether the model has it on."""
        return {str(row["means"]): _sign(row) for row in records(where(self.matrix, scenario=system))}


def _sign(row: Row) -> str:
    """Return yes, partial, unclear or no as the source says; where it says nothing, what the model has on."""
    if row["value"]:
        return str(row["value"])
    if pd.isna(row["coverage"]) or row["coverage"] == 0.0:
        return ""
    return "yes" if row["coverage"] == 1.0 else "partial"


def read_league(folder: Path) -> League:
    """Read the tables of a folder. Raises FileNotFoundError for an absent table or manifest."""
    manifest = read_manifest(folder)
    return League(
        results=read_results(folder),
        table=read_table(folder / "league.csv", _TEXTS),
        matrix=read_table(folder / "matrix.csv", _TEXTS),
        stands_for=manifest.get("stands_for") or {},
    )
