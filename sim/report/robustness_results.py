"""Read the tables of `mellanrum robustness` back."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
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
from sim.report.sensitivity_results import CRITERION, Decision

Row = Mapping[str, Any]
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
            kept = _records(rows)
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
        return [_decision(row) for row in _records(self.regret[list(CRITERION)].drop_duplicates())]

    def regrets(self, decision: Decision) -> dict[str, Row]:
        """Return the row of each choice by one criterion."""
        kept = pd.Series(True, index=self.regret.index)
        for column in CRITERION:
            kept &= self.regret[column] == getattr(decision, column)
        return {str(row["scenario"]): row for row in _records(self.regret[kept])}

    def of_group(self, decision: Decision) -> pd.DataFrame:
        """Return the futures as they were for the group of a criterion."""
        table = self.futures
        return table[(table["group_by"] == decision.group_by) & (table["group"] == decision.group)]

    def enough(self) -> Iterator[tuple[str, str, dict[str, dict[str, Row]]]]:
        """Yield group_by, group and by requirement ("" = all together) and choice in what share it is met."""
        if self.satisficing.empty:
            return
        for (group_by, group), rows in self.satisficing.groupby(["group_by", "group"], sort=False):
            found: dict[str, dict[str, Row]] = {}
            for row in _records(rows):
                found.setdefault(str(row["requirement"]), {})[str(row["scenario"])] = row
            yield str(group_by), str(group), found

    def parameter(self, name: str) -> Row:
        """Return what the receipt says of a parameter that moves."""
        return next(one for one in self.about["parameters"] if one["name"] == name)


def _decision(row: Row) -> Decision:
    return Decision(**{name: str(row[name]) for name in CRITERION})


def _records(table: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def read_robustness(folder: Path) -> RobustnessRead:
    """Read the tables of a folder; the large table of all runs is left alone. Raises FileNotFoundError."""
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if "robustness" not in manifest:
        raise ValueError("its manifest.json is not one of `mellanrum robustness`")
    empty = (pd.DataFrame(columns=list(names)) for names in (OUTCOME_COLUMNS, DIFFERENCE_COLUMNS, DISTRIBUTION_COLUMNS))
    outcomes, differences, distributions = empty
    facts = read_facts(manifest)
    return RobustnessRead(
        results=Results(outcomes=outcomes, differences=differences, distributions=distributions, facts=facts),
        about=manifest["robustness"],
        **{name: _read(folder / f"{name}.csv") for name in _TABLES},
    )


def _read(path: Path) -> pd.DataFrame:
    if not path.exists():
        return pd.DataFrame()
    names = pd.read_csv(path, nrows=0).columns
    # Texts may be empty, numbers then are missing. What is unclear is a word in one table, a count in another.
    texts = [name for name in names if name in _TEXTS and not (name == "unclear" and path.stem == "discovery")]
    missing = {name: ["", "nan", "NaN"] for name in names if name not in texts}
    return pd.read_csv(path, dtype=dict.fromkeys(texts, "str"), keep_default_na=False, na_values=missing)
