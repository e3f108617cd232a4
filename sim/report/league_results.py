"""Read the tables of a league back: what each system has, what it does, and what it stands for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.report.results import Results, read_results

_TEXTS = ("scenario", "report", "kind", "outcome", "unit", "aim", "better", "means", "value", "lean")
_NAMED = ("certainly_better_than", "certainly_worse_than")


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

    def row(self, system: str, outcome: str) -> Mapping[str, Any]:
        """Return one row of the league table."""
        return self._rows[system, outcome]

    @cached_property
    def _rows(self) -> dict[tuple[str, str], dict[str, Any]]:
        records = ({str(key): value for key, value in one.items()} for one in self.table.to_dict("records"))
        return {(one["scenario"], one["outcome"]): one for one in records}

    def cells(self, system: str) -> dict[str, str]:
        """Return the sign of each means: what the source says, or for other means whether the model has it on."""
        rows = self.matrix[self.matrix["scenario"] == system].to_dict("records")
        return {str(row["means"]): _sign(row) for row in rows}


def _sign(row: Mapping[Any, Any]) -> str:
    """Return yes, partial, unclear or no as the source says; where it says nothing, what the model has on."""
    if row["value"]:
        return str(row["value"])
    if pd.isna(row["coverage"]) or row["coverage"] == 0.0:
        return ""
    return "yes" if row["coverage"] == 1.0 else "partial"


def read_league(folder: Path) -> League:
    """Read the tables of a folder. Raises FileNotFoundError for an absent table or manifest."""
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return League(
        results=read_results(folder),
        table=_read(folder / "league.csv"),
        matrix=_read(folder / "matrix.csv"),
        stands_for=manifest.get("stands_for") or {},
    )


def _read(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=dict.fromkeys((*_TEXTS, *_NAMED), "str"), keep_default_na=False, na_values=[""])
    texts = [column for column in (*_TEXTS, *_NAMED) if column in table.columns]
    return table.assign(**{column: table[column].fillna("") for column in texts})
