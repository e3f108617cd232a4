"""Compare scenarios with the baseline, run by run on the same people with the same luck."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.bootstrap import studentised_interval
from sim.analysis.interval import mean_with_interval
from sim.analysis.judgement import judgement
from sim.analysis.many import adjust_within, paired_p_values
from sim.outcomes.outcome import Outcome, all_outcomes

F64 = npt.NDArray[np.float64]

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
    "low_t",
    "high_t",
    "low_bootstrap",
    "high_bootstrap",
    "p_value",
    "p_adjusted",
    "smallest",
)
_CELL = ["group_by", "group", "outcome"]

BETTER = "better"
WORSE = "worse"
HIGHER = "higher"
LOWER = "lower"
UNCHANGED = "unchanged"
UNCLEAR = "no clear difference"
NEGLIGIBLE = "next to nothing"
ONE_RUN = "one run only, no interval"


def paired_differences(
    table: pd.DataFrame, baseline: str = "baseline", outcomes: Mapping[str, Outcome] | None = None
) -> pd.DataFrame:
    """Return scenario minus baseline per group and outcome, with 95 % intervals over replications.

    `table` is long with columns scenario, replication, group_by, group, outcome, unit, value. Only
    replications in which both have a value count (`n`); with one of them there is no interval (NaN, empty in a
    file). `low` and `high` are at each end the wider of the paired t and the studentised bootstrap interval.
    `p_adjusted` allows for all comparisons of the same grouping, headline outcomes apart from the others.
    `smallest` is the smallest difference worth mentioning. `baseline_mean` is over the same replications.
    Rows are ordered by scenario, then as the outcomes are declared, then by group, whatever the order of
    `table`. Raises KeyError for an unknown baseline or outcome.
    """
    registry = all_outcomes() if outcomes is None else outcomes
    if not (table["scenario"] == baseline).any():
        raise KeyError(f"no rows of the baseline {baseline!r}")
    pairs = pair_with_baseline(table, baseline)
    position = {name: rank for rank, name in enumerate(registry)}
    pairs["rank"] = [position[name] for name in pairs["outcome"]]
    pairs = pairs.sort_values(["scenario", "rank", "group_by", "group", "replication"], ignore_index=True)
    cell = pairs.groupby(["scenario", "rank", "group_by", "group"], sort=False).ngroup().to_numpy()
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    difference = (pairs["value"] - pairs["baseline_value"]).to_numpy(dtype=np.float64)
    baseline_mean, _, _ = mean_with_interval(pairs["baseline_value"].to_numpy(), cell, len(first))
    found = pairs.loc[first, ["scenario", *_CELL, "unit"]].reset_index(drop=True)
    names = found["outcome"].tolist()
    headline = np.array([registry[name].headline for name in names], dtype=np.bool_)
    numbers = _tested(difference, cell, first, found["group_by"].to_numpy(), headline)
    smallest = np.array([judgement().smallest_share(name) for name in names]) * np.abs(baseline_mean)
    return found.assign(
        baseline=baseline,
        aim=[registry[name].aim for name in names],
        better=[registry[name].better for name in names],
        baseline_mean=baseline_mean,
        smallest=smallest,
        **numbers,
    )[list(COLUMNS)]


def _tested(
    difference: F64,
    cell: npt.NDArray[Any],
    first: npt.NDArray[Any],
    group_by: npt.NDArray[np.object_],
    headline: npt.NDArray[np.bool_],
) -> dict[str, npt.NDArray[Any]]:
    """Return mean, intervals and p-values of each cell; rows of a cell stand together from `first` on."""
    mean, half, n = mean_with_interval(difference, cell, len(first))
    squares = np.bincount(cell, (difference - mean[cell]) ** 2, minlength=len(first))
    sd = np.sqrt(squares / np.maximum(n - 1, 1))
    low_bootstrap, high_bootstrap = np.full(len(first), np.nan), np.full(len(first), np.nan)
    for size in np.unique(n):
        here = np.flatnonzero(n == size)
        values = difference[first[here][:, None] + np.arange(size)]
        low_bootstrap[here], high_bootstrap[here] = studentised_interval(values)
    p_value = paired_p_values(mean, sd, n)
    family = np.array([f"{by} {main}" for by, main in zip(group_by, headline, strict=True)], dtype=object)
    return {
        "mean": mean,
        # With too few pairs for the bootstrap the t interval stands alone.
        "low": np.fmin(mean - half, low_bootstrap),
        "high": np.fmax(mean + half, high_bootstrap),
        "n": n,
        "low_t": mean - half,
        "high_t": mean + half,
        "low_bootstrap": low_bootstrap,
        "high_bootstrap": high_bootstrap,
        "p_value": p_value,
        "p_adjusted": adjust_within(p_value, family),
    }


def pair_with_baseline(table: pd.DataFrame, baseline: str) -> pd.DataFrame:
    """Return the rows of all other scenarios beside the baseline's value of the same run."""
    is_baseline = table["scenario"] == baseline
    reference = table.loc[is_baseline, [*_CELL, "replication", "value"]]
    reference = reference.rename(columns={"value": "baseline_value"})
    return table[~is_baseline].merge(reference, on=[*_CELL, "replication"], how="inner", validate="many_to_one")


def verdict(
    better: str,
    low: float,
    high: float,
    *,
    mean: float = math.nan,
    p_adjusted: float = math.nan,
    smallest: float = 0.0,
) -> str:
    """Say in words what an interval of a difference shows, given which way is better.

    Clear is what the interval and, where given, the adjusted test both tell from zero. A difference is next to
    nothing when its whole interval, or the mean of a clear one, is within `smallest`. For outcomes where
    neither way is better it says `higher` or `lower`.
    """
    if math.isnan(low) or math.isnan(high):
        return ONE_RUN
    if low == 0.0 and high == 0.0:
        return UNCHANGED
    if max(-low, high) < smallest:
        return NEGLIGIBLE
    if low <= 0.0 <= high or p_adjusted >= judgement().clear_level:
        return UNCLEAR
    if abs(mean) < smallest:
        return NEGLIGIBLE
    direction = HIGHER if low > 0.0 else LOWER
    if better == "neither":
        return direction
    return BETTER if better == direction else WORSE
