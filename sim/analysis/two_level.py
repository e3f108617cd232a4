"""Keep the chance of the simulation apart from the uncertainty of parameters.

Runs come in parameter sets, each with its own replications: value = mean + set + chance. Variance components
are those of the one-way random-effects analysis of variance, for unequal numbers of replications as well
(Searle, Casella and McCulloch 1992, chapter 3).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from sim.analysis.differences import pair_with_baseline
from sim.analysis.interval import CONFIDENCE
from sim.batch.matrix import Matrix, compact
from sim.outcomes.outcome import all_outcomes

CELL = ["scenario", "group_by", "group", "outcome", "unit"]
COLUMNS = (
    *CELL,
    *("mean", "low", "high", "low_chance", "high_chance", "low_parameters", "high_parameters"),
    *("sd_parameters", "sd_chance", "parameter_share", "sets", "runs"),
)
F64 = npt.NDArray[np.float64]


def two_level(values: npt.NDArray[Any], parameter_set: npt.NDArray[Any]) -> dict[str, float]:
    """Analyse the values of one outcome, one per run, each with the number of its parameter set.

    `mean` is the mean of the set means; `low`, `high` its 95 % interval over both levels, `low_chance`,
    `high_chance` what the chance of the simulation alone leaves open. `low_parameters`, `high_parameters` are
    the middle 95 % of what the sets give, freed from chance: more runs do not make them narrower.
    `parameter_share` is the share of a run's variance that comes from the parameters. What one set or one
    replication per set cannot tell is NaN. Raises ValueError without values.
    """
    if not len(values):
        raise ValueError("no value to analyse")
    # Around the first value, so that equal values leave no rounding behind.
    first = float(values[0])
    values = np.asarray(values, np.float64) - first
    _, code = np.unique(parameter_set, return_inverse=True)
    number = np.bincount(code).astype(np.float64)
    sets, runs = len(number), len(values)
    means = np.bincount(code, values) / number
    mean = float(np.mean(means))
    within = float(np.sum((values - means[code]) ** 2)) / (runs - sets) if runs > sets else np.nan
    between = _between(means, number, within)
    half = _half_width(float(means.std(ddof=1)) / np.sqrt(sets), sets - 1) if sets > 1 else np.nan
    chance = _half_width(float(np.sqrt(within * np.sum(1.0 / number))) / sets, runs - sets)
    low_parameters, high_parameters = _freed_from_chance(means, number, mean, within, between)
    total = between + within
    return {
        "mean": first + mean,
        "low": first + mean - half,
        "high": first + mean + half,
        "low_chance": first + mean - chance,
        "high_chance": first + mean + chance,
        "low_parameters": first + low_parameters,
        "high_parameters": first + high_parameters,
        "sd_parameters": float(np.sqrt(between)),
        "sd_chance": float(np.sqrt(within)),
        "parameter_share": between / total if total > 0 else np.nan,
        "sets": sets,
        "runs": runs,
    }


def _between(means: F64, number: F64, within: float) -> float:
    """Return the variance between sets, never below 0; NaN when it cannot be told from chance."""
    sets, runs = len(means), float(number.sum())
    if sets < 2:
        return np.nan
    grand = float(np.sum(number * means)) / runs
    spread = float(np.sum(number * (means - grand) ** 2)) / (sets - 1)
    usual = (runs - float(np.sum(number**2)) / runs) / (sets - 1)
    return float(np.maximum(0.0, (spread - within) / usual))


def _half_width(error: float, freedom: float) -> float:
    return float(stats.t.ppf(0.5 + CONFIDENCE / 2, freedom)) * error if freedom >= 1 else np.nan


def _freed_from_chance(means: F64, number: F64, mean: float, within: float, between: float) -> tuple[float, float]:
    """Return the middle 95 % of the set means, drawn together so that their variance is that between sets."""
    if not np.isfinite(between):
        return np.nan, np.nan
    total = between + within / number
    kept = np.sqrt(np.divide(between, total, out=np.ones_like(total), where=total > 0))
    ends = np.quantile(mean + kept * (means - mean), [0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2])
    return float(ends[0]), float(ends[1])


def differences_over_sets(table: pd.DataFrame | Matrix, baseline: str = "baseline") -> pd.DataFrame:
    """Return the two-level analysis of every paired difference, with columns `COLUMNS`.

    `table` is a matrix of runs, or long with columns scenario, replication, parameter_set, group_by, group,
    outcome, unit, value; a replication number belongs to one set, and pairs are those of the same replication.
    """
    rows = []
    for pairs in pair_with_baseline(compact(table).by_outcome(all_outcomes()), baseline):
        parameter_set = pairs.runs["parameter_set"].to_numpy()
        for cell, values in zip(pairs.cells.to_dict("records"), pairs.differences.T, strict=True):
            paired = ~np.isnan(values)
            if paired.any():
                rows.append({"scenario": pairs.scenario} | cell | two_level(values[paired], parameter_set[paired]))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def sets_as_runs(matrix: Matrix) -> Matrix:
    """Return one run per parameter set, the mean over its replications, with the set's number as replication.

    The sets are independent of each other, which the replications of one set are not, so that intervals over
    them hold chance and parameters together.
    """
    keys = [matrix.runs["scenario"], matrix.runs["parameter_set"]]
    means = pd.DataFrame(matrix.values).groupby([key.to_numpy() for key in keys], sort=False).mean()
    runs = pd.DataFrame(list(means.index), columns=["scenario", "replication"])
    return replace(matrix, runs=runs, values=means.to_numpy())


def means_of_sets(table: pd.DataFrame) -> pd.DataFrame:
    """Return the long table with one value per parameter set, as `sets_as_runs` makes it."""
    return sets_as_runs(compact(table)).long()
