"""Compare scenarios with the baseline, run by run on the same people with the same luck."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.analysis.interval import mean_with_interval
from sim.outcomes.outcome import Outcome, all_outcomes

COLUMNS = (
    "scenario",
    "baseline",
    "group_by",
    "group",
    "outcome",
    "unit",
    "aim",
    "better",
    "mean",
    "low",
    "high",
    "n",
    "baseline_mean",
)
_CELL = ["group_by", "group", "outcome"]

BETTER = "better"
WORSE = "worse"
HIGHER = "higher"
LOWER = "lower"
UNCHANGED = "unchanged"
UNCLEAR = "no clear difference"
ONE_RUN = "one run only, no interval"


def paired_differences(
    table: pd.DataFrame, baseline: str = "baseline", outcomes: Mapping[str, Outcome] | None = None
) -> pd.DataFrame:
    """Return scenario minus baseline per group and outcome, with a 95 % t interval over replications.

    `table` is long with columns scenario, replication, group_by, group, outcome, unit, value. Only
    replications in which both have a value count (`n`); with one of them `low` and `high` are NaN (empty in a
    file). `baseline_mean` is over the same replications. Rows are ordered by scenario, then as the outcomes
    are declared, then by group, whatever the order of `table`. Raises KeyError for an unknown baseline or
    outcome.
    """
    registry = all_outcomes() if outcomes is None else outcomes
    if not (table["scenario"] == baseline).any():
        raise KeyError(f"no rows of the baseline {baseline!r}")
    pairs = _pairs(table, baseline)
    position = {name: rank for rank, name in enumerate(registry)}
    pairs["rank"] = [position[name] for name in pairs["outcome"]]
    pairs = pairs.sort_values(["scenario", "rank", "group_by", "group", "replication"], ignore_index=True)
    cell = pairs.groupby(["scenario", "rank", "group_by", "group"], sort=False).ngroup().to_numpy()
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    difference = (pairs["value"] - pairs["baseline_value"]).to_numpy(dtype=np.float64)
    mean, half, n = mean_with_interval(difference, cell, len(first))
    baseline_mean, _, _ = mean_with_interval(pairs["baseline_value"].to_numpy(), cell, len(first))
    found = pairs.loc[first, ["scenario", *_CELL, "unit"]].reset_index(drop=True)
    return found.assign(
        baseline=baseline,
        aim=[registry[name].aim for name in found["outcome"]],
        better=[registry[name].better for name in found["outcome"]],
        mean=mean,
        low=mean - half,
        high=mean + half,
        n=n,
        baseline_mean=baseline_mean,
    )[list(COLUMNS)]


def _pairs(table: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Return the rows of all other scenarios beside the baseline's value of the same run."""
    is_baseline = table["scenario"] == baseline
    reference = table.loc[is_baseline, [*_CELL, "replication", "value"]]
    reference = reference.rename(columns={"value": "baseline_value"})
    return table[~is_baseline].merge(reference, on=[*_CELL, "replication"], how="inner", validate="many_to_one")


def verdict(better: str, low: float, high: float) -> str:
    """Say in words what an interval of a difference shows, given which way is better.

    For outcomes where neither way is better it says `higher` or `lower`.
    """
    if math.isnan(low) or math.isnan(high):
        return ONE_RUN
    if low == 0.0 and high == 0.0:
        return UNCHANGED
    if low <= 0.0 <= high:
        return UNCLEAR
    direction = HIGHER if low > 0.0 else LOWER
    if better == "neither":
        return direction
    return BETTER if better == direction else WORSE
