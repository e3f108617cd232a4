"""Read the tables of a sensitivity analysis back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.report.facts import read_facts
from sim.report.results import (
    DIFFERENCE_COLUMNS,
    DISTRIBUTION_COLUMNS,
    OUTCOME_COLUMNS,
    Results,
)

Row = Mapping[str, Any]
TORNADO, MORRIS, SOBOL, INFORMATION = "tornado", "morris", "sobol", "information"
KEY = ("scenario", "against", "group_by", "group", "outcome", "unit", "better")
CRITERION = ("criterion", "unit", "group_by", "group")
_TABLES = ("sensitivity", "emulator_quality", "ranking", "information")
_TEXTS = (
    *("scenario", "against", "group_by", "group", "outcome", "unit", "aim", "better", "parameter", "second"),
    *("measure", "criterion", "where", "verdict"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One outcome, or one difference, of a group of people."""

    scenario: str
    against: str
    group_by: str
    group: str
    outcome: str
    unit: str
    better: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One criterion by which scenarios are ranked."""

    criterion: str
    unit: str
    group_by: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityRead:
    """The tables of one `mellanrum sensitivity`, columns as in docs/data_dictionary.md; absent ones are empty."""

    results: Results
    about: Mapping[str, Any]
    """What the receipt says of the analysis."""
    sensitivity: pd.DataFrame
    emulator_quality: pd.DataFrame
    ranking: pd.DataFrame
    information: pd.DataFrame

    @property
    def method(self) -> str:
        """Return tornado, morris, sobol or information."""
        return str(self.about["method"])

    @property
    def panels(self) -> list[Panel]:
        """Return every outcome or difference that was followed, in order."""
        if self.sensitivity.empty:
            return []
        keys = self.sensitivity[list(KEY)].drop_duplicates()
        return [Panel(**{str(name): str(value) for name, value in row.items()}) for row in keys.to_dict("records")]

    @property
    def decisions(self) -> list[Decision]:
        """Return every criterion by which scenarios were ranked, in order."""
        table = self.ranking if len(self.ranking) else self.information
        if table.empty:
            return []
        keys = table[list(CRITERION)].drop_duplicates()
        return [Decision(**{str(name): str(value) for name, value in row.items()}) for row in keys.to_dict("records")]

    def by_parameter(self, panel: Panel, measure: str) -> dict[str, Row]:
        """Return the rows of one measure by parameter."""
        table = self.sensitivity
        kept = (table["measure"] == measure) & _is(table, panel, KEY)
        return {str(row["parameter"]): row for row in _records(table[kept])}

    def pairs(self, panel: Panel) -> list[Row]:
        """Return second order indices, the largest first."""
        table = self.sensitivity
        kept = table[(table["measure"] == "second") & _is(table, panel, KEY)]
        return sorted(_records(kept), key=lambda row: -float(row["value"]))

    def emulator(self, panel: Panel) -> Row | None:
        """Return how good the emulator of one outcome or difference is; None where there was none."""
        if self.emulator_quality.empty:
            return None
        return next(iter(_records(self.emulator_quality[_is(self.emulator_quality, panel, KEY)])), None)

    def shares(self, decision: Decision, where: str) -> dict[str, dict[str, float]]:
        """Return by parameter ("" = all) and scenario the share of sets in which it is best."""
        table = self.ranking
        kept = table[(table["where"] == where) & _is(table, decision, CRITERION)] if len(table) else table
        found: dict[str, dict[str, float]] = {}
        for row in _records(kept):
            found.setdefault(str(row["parameter"]), {})[str(row["scenario"])] = float(row["share"])
        return found

    def worth(self, decision: Decision) -> dict[str, Row]:
        """Return what knowing each parameter would be worth ("" = everything), in the order of the table."""
        table = self.information
        if table.empty:
            return {}
        return {str(row["parameter"]): row for row in _records(table[_is(table, decision, CRITERION)])}

    def ranked(self, panel: Panel) -> list[str]:
        """Return the parameters of one outcome or difference, the strongest first."""
        if self.method == TORNADO:
            low, high = (self.by_parameter(panel, end) for end in ("at_low", "at_high"))
            sizes = {
                name: max(0.0, float(row["value"]), float(high[name]["value"]))
                - min(0.0, float(row["value"]), float(high[name]["value"]))
                for name, row in low.items()
            }
        else:
            rows = self.by_parameter(panel, "mu_star" if self.method == MORRIS else "total")
            sizes = {name: float(row["value"]) for name, row in rows.items()}
        return sorted(sizes, key=lambda name: -sizes[name])


def _is(table: pd.DataFrame, what: Panel | Decision, columns: Sequence[str]) -> pd.Series:
    kept = pd.Series(True, index=table.index)
    for column in columns:
        kept &= table[column] == getattr(what, column)
    return kept


def _records(table: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def read_sensitivity(folder: Path) -> SensitivityRead:
    """Read the tables of a folder; the large table of all runs is left alone. Raises FileNotFoundError."""
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if "sensitivity" not in manifest:
        raise ValueError("its manifest.json is not one of `mellanrum sensitivity`")
    empty = (pd.DataFrame(columns=list(names)) for names in (OUTCOME_COLUMNS, DIFFERENCE_COLUMNS, DISTRIBUTION_COLUMNS))
    outcomes, differences, distributions = empty
    facts = read_facts(manifest)
    return SensitivityRead(
        results=Results(outcomes=outcomes, differences=differences, distributions=distributions, facts=facts),
        about=manifest["sensitivity"],
        **{name: _read(folder / f"{name}.csv") for name in _TABLES},
    )


def _read(path: Path) -> pd.DataFrame:
    if not path.exists():
        return pd.DataFrame()
    numbers = ("value", "low", "high", "floor", "share", "r2", "q2", "noise_share", "within_2")
    missing = {name: ["", "nan", "NaN"] for name in numbers}
    return pd.read_csv(path, dtype=dict.fromkeys(_TEXTS, "str"), keep_default_na=False, na_values=missing)
