"""Say how gains are shared between groups: who gains most, who least, and whether those worst off gain more."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.interval import mean_with_interval
from sim.batch.matrix import Matrix, compact
from sim.outcomes.outcome import Outcome, all_outcomes

GROUPINGS = ("need_group", "municipality", "age")
COLUMNS = (
    *("scenario", "baseline", "group_by", "outcome", "unit", "better"),
    *("most_group", "most_gain", "least_group", "least_gain", "gain_range"),
    *("slope", "slope_low", "slope_high", "n"),
)
F64 = npt.NDArray[np.float64]


def equity(
    table: pd.DataFrame | Matrix,
    sizes: pd.DataFrame,
    baseline: str = "baseline",
    outcomes: Mapping[str, Outcome] | None = None,
) -> pd.DataFrame:
    """Return one row per scenario, grouping and headline outcome that has a good direction.

    `table` is a matrix of runs, or long with columns scenario, replication, group_by, group, outcome, unit, value;
    `sizes` has group_by, group, person_years. A gain is the paired difference, turned so that more is better.
    `slope` is the slope index of inequality (Mackenbach and Kunst 1997) of the gains: groups stand in the order of
    their baseline level, best off first, each as wide as its share of the people, and the slope is the gain of the
    worst end minus that of the best; above 0 those worst off gain more. Its 95 % t interval is over replications.
    Only groups that every replication has count; fewer than two give no row.
    """
    registry = all_outcomes() if outcomes is None else outcomes
    wanted = [name for name, one in registry.items() if one.headline and one.better != "neither"]
    weights = sizes.groupby(["group_by", "group"])["person_years"].mean()
    matrix = compact(table)
    reference = matrix.of(baseline)
    rows: list[tuple[object, ...]] = []
    for scenario in sorted(set(matrix.runs["scenario"]) - {baseline}):
        own = matrix.of(scenario)
        for name in wanted:
            for group_by in GROUPINGS:
                today, then = (one.where(outcome=name, group_by=group_by).long() for one in (reference, own))
                if today.empty or then.empty or group_by not in weights.index:
                    continue
                shared = _shared(today, then, weights[group_by], registry[name].better)
                if shared is not None:
                    unit, better = registry[name].unit, registry[name].better
                    rows.append((scenario, baseline, group_by, name, unit, better, *shared))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _shared(today: pd.DataFrame, then: pd.DataFrame, weights: pd.Series, better: str) -> tuple[object, ...] | None:
    """Return the columns from `most_group` on for one scenario, grouping and outcome."""
    levels, others = (one.pivot_table(index="replication", columns="group", values="value") for one in (today, then))
    pairs = levels.index.intersection(others.index)
    levels, others = levels.loc[pairs].dropna(axis=1), others.loc[pairs].dropna(axis=1)
    groups = [group for group in levels.columns if group in others.columns and weights.get(group, 0.0) > 0]
    if len(groups) < 2 or not len(pairs):
        return None
    sign = 1.0 if better == "higher" else -1.0
    gains = sign * (others[groups] - levels[groups]).to_numpy(np.float64)
    level = sign * levels[groups].mean().to_numpy(np.float64)
    slopes = slope_index(gains, level, weights.loc[groups].to_numpy(np.float64))
    mean, half, n = mean_with_interval(slopes, np.zeros(len(slopes), np.int64), 1)
    gain = gains.mean(axis=0)
    most, least = int(np.argmax(gain)), int(np.argmin(gain))
    extremes = (groups[most], gain[most], groups[least], gain[least], gain[most] - gain[least])
    return *extremes, mean[0], mean[0] - half[0], mean[0] + half[0], int(n[0])


def slope_index(gains: F64, level: F64, weights: F64) -> F64:
    """Return the slope of the gains over rank for each row of `gains`, shape (replications, groups).

    Groups are ranked by `level` (more is better), best off first, each at the middle of its share of `weights`;
    the slope is by weighted least squares and stands for the whole way from the best to the worst off.
    """
    order = np.argsort(-level, kind="stable")
    share = weights[order] / weights.sum()
    rank = np.cumsum(share) - share / 2.0
    away = rank - np.sum(share * rank)
    slopes: F64 = gains[:, order] @ (share * away) / np.sum(share * away**2)
    return slopes
