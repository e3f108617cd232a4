"""Read the tables of a sensitivity analysis back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.report.results import Results, results_without_tables
from sim.report.sources import Source, at
from sim.report.tables import Row, first, read_manifest, read_table, records, where

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
        return [Panel(**row) for row in records(keys)]

    @property
    def decisions(self) -> list[Decision]:
        """Return every criterion by which scenarios were ranked, in order."""
        table = self.ranking if len(self.ranking) else self.information
        if table.empty:
            return []
        keys = table[list(CRITERION)].drop_duplicates()
        return [Decision(**row) for row in records(keys)]

    def by_parameter(self, panel: Panel, measure: str) -> dict[str, Row]:
        """Return the rows of one measure by parameter."""
        return {str(row["parameter"]): row for row in records(self._measured(panel, measure))}

    def pairs(self, panel: Panel) -> list[Row]:
        """Return second order indices, the largest first."""
        return sorted(records(self._measured(panel, "second")), key=lambda row: -float(row["value"]))

    def _measured(self, panel: Panel, measure: str) -> pd.DataFrame:
        return where(self.sensitivity, measure=measure, **asdict(panel))

    def emulator(self, panel: Panel) -> Row | None:
        """Return how good the emulator of one outcome or difference is; None where there was none."""
        if self.emulator_quality.empty:
            return None
        return first(where(self.emulator_quality, **asdict(panel)))

    def shares(self, decision: Decision, end: str) -> dict[str, dict[str, float]]:
        """Return by parameter ("" = all) and scenario the share of sets in which it is best."""
        kept = {} if self.ranking.empty else {"where": end, **asdict(decision)}
        found: dict[str, dict[str, float]] = {}
        for row in records(where(self.ranking, **kept)):
            found.setdefault(str(row["parameter"]), {})[str(row["scenario"])] = float(row["share"])
        return found

    def worth(self, decision: Decision) -> dict[str, Row]:
        """Return what knowing each parameter would be worth ("" = everything), in the order of the table."""
        if self.information.empty:
            return {}
        return {str(row["parameter"]): row for row in records(where(self.information, **asdict(decision)))}

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


def sensitivity_source(row: Row, *numbers: str) -> Source:
    """Return where numbers of a row of sensitivity.csv stand."""
    return at("sensitivity.csv", row, (*KEY, "parameter", "measure", "second"), *numbers)


def information_source(row: Row, *numbers: str) -> Source:
    """Return where numbers of a row of information.csv stand."""
    return at("information.csv", row, (*CRITERION, "parameter"), *numbers)


def ranking_source(decision: Decision, parameter: str, end: str, scenario: str) -> Source:
    """Return where the share of sets stands in which a scenario is best."""
    row = {"parameter": parameter, "where": end, "scenario": scenario}
    return Source(table="ranking.csv", row={**asdict(decision), **row}, numbers=("share",))


def emulator_source(judged: Row, *numbers: str) -> Source:
    """Return where numbers of a row of emulator_quality.csv stand."""
    return at("emulator_quality.csv", judged, KEY, *numbers)


def read_sensitivity(folder: Path) -> SensitivityRead:
    """Read the tables of a folder; the large table of all runs is left alone. Raises FileNotFoundError."""
    manifest = read_manifest(folder)
    if "sensitivity" not in manifest:
        raise ValueError("its manifest.json is not one of `mellanrum sensitivity`")
    tables = [folder / f"{name}.csv" for name in _TABLES]
    return SensitivityRead(
        results=results_without_tables(manifest),
        about=manifest["sensitivity"],
        **{path.stem: read_table(path, _TEXTS) if path.exists() else pd.DataFrame() for path in tables},
    )
