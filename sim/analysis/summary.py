"""Summarise the level of every outcome per scenario, with an interval over replications."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.analysis.interval import mean_with_interval
from sim.outcomes.outcome import Outcome, all_outcomes

COLUMNS = ("scenario", "group_by", "group", "outcome", "unit", "mean", "low", "high", "n")


def scenario_means(table: pd.DataFrame, outcomes: Mapping[str, Outcome] | None = None) -> pd.DataFrame:
    """Return mean, 95 % t interval and number of runs per scenario, group and outcome.

    `table` is long with columns scenario, replication, group_by, group, outcome, unit, value. With one run
    `low` and `high` are NaN. The order of rows does not depend on the order of `table`.
    Raises KeyError for an unknown outcome.
    """
    registry = all_outcomes() if outcomes is None else outcomes
    position = {name: rank for rank, name in enumerate(registry)}
    ranked = table.assign(rank=[position[name] for name in table["outcome"]])
    keys = ["scenario", "rank", "group_by", "group"]
    ranked = ranked.sort_values([*keys, "replication"], ignore_index=True)
    cell = ranked.groupby(keys, sort=False).ngroup().to_numpy()
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    mean, half, n = mean_with_interval(ranked["value"].to_numpy(dtype=np.float64), cell, len(first))
    found = ranked.loc[first, ["scenario", "group_by", "group", "outcome", "unit"]].reset_index(drop=True)
    return found.assign(mean=mean, low=mean - half, high=mean + half, n=n)[list(COLUMNS)]
