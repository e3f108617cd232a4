"""Summarise the level of every outcome per scenario, with an interval over replications."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.analysis.interval import mean_with_interval
from sim.batch.matrix import Matrix, cell_by_cell, compact
from sim.outcomes.outcome import Outcome, all_outcomes

COLUMNS = ("scenario", "group_by", "group", "outcome", "unit", "mean", "low", "high", "n")


def scenario_means(table: pd.DataFrame | Matrix, outcomes: Mapping[str, Outcome] | None = None) -> pd.DataFrame:
    """Return mean, 95 % t interval and number of runs per scenario, group and outcome.

    `table` is a matrix of runs, or long with columns scenario, replication, group_by, group, outcome, unit, value.
    With one run `low` and `high` are NaN. The order of rows does not depend on the order of `table`.
    Raises KeyError for an unknown outcome.
    """
    matrix = compact(table).by_outcome(all_outcomes() if outcomes is None else outcomes)
    parts = []
    for scenario in sorted(set(matrix.runs["scenario"])):
        values, cell, held = cell_by_cell(matrix.of(scenario).values)
        mean, half, n = mean_with_interval(values, cell, len(held))
        found = matrix.cells.iloc[held].assign(scenario=scenario)
        parts.append(found.assign(mean=mean, low=mean - half, high=mean + half, n=n)[list(COLUMNS)])
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
