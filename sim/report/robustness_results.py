"""Read the tables of `mellanrum robustness` back."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.report.results import Results, results_without_tables
from sim.report.sensitivity_results import CRITERION, Decision
from sim.report.sources import Source, at
from sim.report.tables import Row, read_manifest, read_table, records, where

_TABLES = ("discovery", "regret", "satisficing", "futures")
_TEXTS = (
    *("criterion", "unit", "group_by", "group", "scenario", "against", "verdict", "parameter", "requirement"),
    *("pays", "unclear"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One choice beside what it is set against: in which futures it does not pay."""

    decision: Decision
    scenario: str
    against: str
    facts: Row
    """The columns of discovery.csv that are about the choice as a whole."""
    parameters: tuple[Row, ...]
    """Its rows: limits of the region first, then parameters without a limit; empty ends are NaN."""

    @property
    def verdict(self) -> str:
        """Return whether there is a region, or why not."""
        return str(self.facts["verdict"])

    @property
    def limits(self) -> tuple[Row, ...]:
        """Return the parameters that the region limits."""
        return tuple(one for one in self.parameters if not (math.isnan(one["low"]) and math.isnan(one["high"])))


@dataclass(frozen=True, slots=True, kw_only=True)
class RobustnessRead:
    """The tables of one `mellanrum robustness`, columns as in docs/data_dictionary.md; absent ones are empty."""

    results: Results
    about: Mapping[str, Any]
    """What the receipt says of the analysis."""
    discovery: pd.DataFrame
    regret: pd.DataFrame
    satisficing: pd.DataFrame
    futures: pd.DataFrame

    @property
    def choices(self) -> list[str]:
        """Return the scenarios one chooses between, what they are set against first."""
        return [str(one) for one in self.about["choices"]]

    @property
    def looked(self) -> list[Looked]:
        """Return every choice in every group, in order."""
        if self.discovery.empty:
            return []
        found = []
        for _, rows in self.discovery.groupby([*CRITERION, "scenario", "against"], sort=False):
            kept = records(rows)
            found.append(
                Looked(
                    decision=_decision(kept[0]), scenario=str(kept[0]["scenario"]), against=str(kept[0]["against"]),
                    facts=kept[0], parameters=tuple(kept),
                )
            )  # fmt: skip
        return found

    @property
    def decisions(self) -> list[Decision]:
        """Return every criterion by which choices are regretted, in order."""
        if self.regret.empty:
            return []
        return [_decision(row) for row in records(self.regret[list(CRITERION)].drop_duplicates())]

    def regrets(self, decision: Decision) -> dict[str, Row]:
        """Return the row of each choice by one criterion."""
        return {str(row["scenario"]): row for row in records(where(self.regret, **asdict(decision)))}

    def of_group(self, decision: Decision) -> pd.DataFrame:
        """Return the futures as they were for the group of a criterion."""
        return where(self.futures, group_by=decision.group_by, group=decision.group)

    def enough(self) -> Iterator[tuple[str, str, dict[str, dict[str, Row]]]]:
        """Yield group_by, group and by requirement ("" = all together) and choice in what share it is met."""
        if self.satisficing.empty:
            return
        for (group_by, group), rows in self.satisficing.groupby(["group_by", "group"], sort=False):
            found: dict[str, dict[str, Row]] = {}
            for row in records(rows):
                found.setdefault(str(row["requirement"]), {})[str(row["scenario"])] = row
            yield str(group_by), str(group), found

    def parameter(self, name: str) -> Row:
        """Return what the receipt says of a parameter that moves."""
        return next(one for one in self.about["parameters"] if one["name"] == name)


def _decision(row: Row) -> Decision:
    return Decision(**{name: str(row[name]) for name in CRITERION})


def discovery_source(row: Row, *numbers: str) -> Source:
    """Return where numbers of a row of discovery.csv stand."""
    return at("discovery.csv", row, (*CRITERION, "scenario", "against", "parameter"), *numbers)


def regret_source(row: Row, *numbers: str) -> Source:
    """Return where numbers of a row of regret.csv stand."""
    return at("regret.csv", row, (*CRITERION, "scenario"), *numbers)


def enough_source(row: Row, *numbers: str) -> Source:
    """Return where numbers of a row of satisficing.csv stand."""
    return at("satisficing.csv", row, ("group_by", "group", "scenario", "requirement"), *numbers)


def read_robustness(folder: Path) -> RobustnessRead:
    """Read the tables of a folder; the large table of all runs is left alone. Raises FileNotFoundError."""
    manifest = read_manifest(folder)
    if "robustness" not in manifest:
        raise ValueError("its manifest.json is not one of `mellanrum robustness`")
    return RobustnessRead(
        results=results_without_tables(manifest),
        about=manifest["robustness"],
        **{name: _read(folder / f"{name}.csv") for name in _TABLES},
    )


def _read(path: Path) -> pd.DataFrame:
    if not path.exists():
        return pd.DataFrame()
    # What is unclear is a word in one table, a count in another.
    return read_table(path, [name for name in _TEXTS if (name, path.stem) != ("unclear", "discovery")])
