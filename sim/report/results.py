"""Hold the result tables of one comparison and answer what the report asks of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from sim.analysis.equity import COLUMNS as EQUITY_COLUMNS
from sim.analysis.parameter_correlations import COLUMNS as CORRELATION_COLUMNS
from sim.analysis.twins import COLUMNS as TWIN_COLUMNS
from sim.report.facts import Facts, read_facts
from sim.report.tables import read_manifest
from sim.report.value_results import ValueResults, read_value
from sim.report.verdict import Verdict, judge

Key = tuple[str, str, str, str]
"""(scenario, group_by, group, outcome)."""

OUTCOME_COLUMNS = ("scenario", "replication", "group_by", "group", "outcome", "unit", "value")
DIFFERENCE_COLUMNS = (
    *("scenario", "baseline", "group_by", "group", "outcome", "unit", "aim", "better"),
    *("mean", "low", "high", "n", "baseline_mean"),
)
TEST_COLUMNS = ("low_t", "high_t", "low_bootstrap", "high_bootstrap", "p_value", "p_adjusted", "smallest")
"""Columns of differences.csv that tables of earlier versions lack: then they are empty."""
DISTRIBUTION_COLUMNS = ("scenario", "replication", "distribution", "group", "x", "value")
VALIDATION_COLUMNS = (
    *("target", "outcome", "group_by", "group", "unit", "published", "low", "high"),
    *("simulated", "sim_low", "sim_high", "inside", "range", "used_for", "source", "note"),
)
EVIDENCE_COLUMNS = (
    *("scenario", "means", "covers", "outcome", "strength", "verified", "type", "unit"),
    *("published", "published_low", "published_high", "cites"),
)
_NUMBER_COLUMNS = (
    *("x", "value", "mean", "low", "high", "baseline_mean"),
    *("published", "published_low", "published_high", "simulated", "sim_low", "sim_high"),
    *TEST_COLUMNS,
    *("rank_correlation", "p_value"),
    *("slope", "slope_low", "slope_high", "surplus_low", "surplus_high"),
)
_TEXT_COLUMNS = (
    *("scenario", "baseline", "group_by", "group", "outcome", "unit", "aim", "better", "distribution"),
    *("most_group", "least_group"),
    *("target", "inside", "range", "used_for", "source", "note"),
    *("means", "covers", "strength", "verified", "type", "cites", "parameter"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One scenario against the baseline in one outcome and group; `low`, `high` are NaN without interval."""

    scenario: str
    group_by: str
    group: str
    outcome: str
    unit: str
    aim: str
    better: str
    mean: float
    low: float
    high: float
    n: int
    baseline_mean: float
    p_adjusted: float = math.nan
    """p-value allowing for many comparisons; NaN where nothing was tested."""
    smallest: float = math.nan
    """Smallest difference worth mentioning, in the outcome's unit; NaN when not declared."""

    @property
    def verdict(self) -> Verdict:
        """What may be said about it."""
        return judge(
            self.low,
            self.high,
            self.better,
            mean=self.mean,
            p_adjusted=self.p_adjusted,
            smallest=self.smallest,
        )

    def relative(self, value: float) -> float:
        """Return `value` as a share of the baseline level; NaN when the level is zero."""
        return value / abs(self.baseline_mean) if self.baseline_mean else math.nan

    @property
    def has_interval(self) -> bool:
        """Whether there were enough replications for an interval."""
        return math.isfinite(self.low) and math.isfinite(self.high)


@dataclass(frozen=True, kw_only=True)
class Results:
    """The tables of one output folder, columns as in docs/data_dictionary.md."""

    outcomes: pd.DataFrame
    differences: pd.DataFrame
    distributions: pd.DataFrame
    facts: Facts
    validation: pd.DataFrame | None = None
    twins: pd.DataFrame | None = None
    equity: pd.DataFrame | None = None
    value: ValueResults | None = None
    """Tables on money and value; None when there are none."""
    evidence: pd.DataFrame | None = None
    """Published effects of the compared scenarios' means; None where an earlier version left no such table."""

    correlations: pd.DataFrame | None = None
    """Rank correlations of differences with parameters; None when no parameters varied."""

    @cached_property
    def _differences(self) -> dict[Key, Difference]:
        known = [*DIFFERENCE_COLUMNS, "p_adjusted", "smallest"]
        columns = [column for column in known if column != "baseline" and column in self.differences]
        values = (self.differences[column].tolist() for column in columns)
        found = (Difference(**dict(zip(columns, row, strict=True))) for row in zip(*values, strict=True))
        return {(row.scenario, row.group_by, row.group, row.outcome): row for row in found}

    @cached_property
    def _levels(self) -> dict[Key, float]:
        found: dict[Key, float] = {}
        # One scenario at a time: grouping takes far more room than the table itself.
        for scenario, own in self.outcomes.groupby("scenario", sort=False, observed=True):
            means = own.groupby(["group_by", "group", "outcome"], sort=False, observed=True)["value"].mean()
            found |= {(str(scenario), *cell): value for cell, value in zip(means.index, means.tolist(), strict=True)}
        return found

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """The scenarios that are compared with the baseline, in the order of the run."""
        found = dict.fromkeys(map(str, self.differences["scenario"]))
        first = [scenario for scenario in self.facts.scenarios if scenario in found]
        return tuple(dict.fromkeys([*first, *found]))

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The baseline, then the compared scenarios."""
        return (self.facts.baseline, *self.compared)

    @cached_property
    def replications(self) -> int:
        """How many paired replications the differences rest on; the smallest when scenarios differ.

        A group that is empty in some replications has fewer pairs in its own row: that is no lack of runs.
        """
        pairs = self.differences.groupby("scenario")["n"].max()
        return int(pairs.min()) if len(pairs) else 0

    def difference(self, scenario: str, outcome: str, group_by: str = "all", group: str = "all") -> Difference | None:
        """Return one difference, or None when the table does not hold it."""
        return self._differences.get((scenario, group_by, group, outcome))

    def every_difference(self, outcome: str, group_by: str) -> list[Difference]:
        """Return all differences of an outcome by a grouping, in the order of the table."""
        return [row for key, row in self._differences.items() if key[1] == group_by and key[3] == outcome]

    def level(self, scenario: str, outcome: str, group_by: str = "all", group: str = "all") -> float:
        """Return the mean level over replications; NaN when the table does not hold it."""
        return self._levels.get((scenario, group_by, group, outcome), math.nan)

    def groups(self, outcome: str, group_by: str) -> tuple[str, ...]:
        """Return the groups of an outcome, in the order of the table."""
        return tuple(dict.fromkeys(key[2] for key in self._levels if key[1] == group_by and key[3] == outcome))

    def distribution(self, name: str) -> pd.DataFrame:
        """Return the rows of one distribution; empty when there is none."""
        return self.distributions[self.distributions["distribution"] == name]

    def scenario_title(self, scenario: str, lang: str) -> str:
        """Return what a reader calls a scenario."""
        return _title(self.facts.scenarios, scenario, lang)

    def group_title(self, group: str, lang: str) -> str:
        """Return what a reader calls a principal or municipality."""
        return _title(self.facts.groups, group, lang)


def _title(titles: Mapping[str, Mapping[str, str]], key: str, lang: str) -> str:
    return titles.get(key, {}).get(lang) or key.replace("_", " ").capitalize()


def _read_table(path: Path, columns: tuple[str, ...], texts: Literal["str", "category"] = "str") -> pd.DataFrame:
    """Read a CSV table with exact numbers; ValueError names a missing column.

    As `category` a text that stands in many rows is held once: so the tables that grow with every run stay small.
    """
    table = pd.read_csv(
        path,
        dtype={**dict.fromkeys(_TEXT_COLUMNS, texts), "replication": "int32"},
        keep_default_na=False,
        na_values={column: ["", "nan", "NaN"] for column in _NUMBER_COLUMNS},
    )
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ValueError(f"{path}: column {', '.join(missing)} is missing")
    return table


def _read_optional(path: Path, columns: tuple[str, ...], texts: Literal["str", "category"] = "str") -> pd.DataFrame:
    """Read a table, or return an empty one with its columns when there is no file."""
    return _read_table(path, columns, texts) if path.exists() else pd.DataFrame(columns=list(columns))


def results_without_tables(manifest: Mapping[str, Any]) -> Results:
    """Return what a page needs of a command that compares no scenarios: the facts of its receipt."""
    names = (OUTCOME_COLUMNS, DIFFERENCE_COLUMNS, DISTRIBUTION_COLUMNS)
    outcomes, differences, distributions = (pd.DataFrame(columns=list(columns)) for columns in names)
    facts = read_facts(manifest)
    return Results(outcomes=outcomes, differences=differences, distributions=distributions, facts=facts)


def read_results(folder: Path) -> Results:
    """Read the tables and the manifest of an output folder.

    All other tables may be absent: then nothing was compared, drawn or validated.
    Raises FileNotFoundError for an absent outcomes.csv or manifest.json.
    """
    manifest = read_manifest(folder)
    names = ("validation", "twins", "equity", "evidence", "parameter_correlations")
    validation, twins, equity, evidence, correlations = (folder / f"{name}.csv" for name in names)
    return Results(
        outcomes=_read_table(folder / "outcomes.csv", OUTCOME_COLUMNS, "category"),
        differences=_read_optional(folder / "differences.csv", DIFFERENCE_COLUMNS),
        distributions=_read_optional(folder / "distributions.csv", DISTRIBUTION_COLUMNS, "category"),
        facts=read_facts(manifest),
        validation=_read_table(validation, VALIDATION_COLUMNS) if validation.exists() else None,
        twins=_read_table(twins, TWIN_COLUMNS) if twins.exists() else None,
        equity=_read_table(equity, EQUITY_COLUMNS) if equity.exists() else None,
        value=read_value(folder, str((manifest.get("value") or {}).get("perspective", "both"))),
        evidence=_read_table(evidence, EVIDENCE_COLUMNS) if evidence.exists() else None,
        correlations=_read_table(correlations, CORRELATION_COLUMNS) if correlations.exists() else None,
    )
