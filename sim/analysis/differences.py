"""Compare scenarios with the baseline, run by run on the same people with the same luck."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.bootstrap import studentised_interval
from sim.analysis.interval import mean_with_interval, spread_of, wider_of
from sim.analysis.judgement import judgement
from sim.analysis.many import adjust_within, paired_p_values
from sim.batch.matrix import Matrix, cell_by_cell, compact
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

BETTER = "better"
WORSE = "worse"
HIGHER = "higher"
LOWER = "lower"
UNCHANGED = "unchanged"
UNCLEAR = "no clear difference"
NEGLIGIBLE = "next to nothing"
ONE_RUN = "one run only, no interval"


def paired_differences(
    table: pd.DataFrame | Matrix,
    baseline: str = "baseline",
    outcomes: Mapping[str, Outcome] | None = None,
    *,
    of_next_run: bool = False,
) -> pd.DataFrame:
    """Return scenario minus baseline per group and outcome, with 95 % intervals over replications.

    `table` is a matrix of runs, or long with columns scenario, replication, group_by, group, outcome, unit, value.
    Only replications in which both have a value count (`n`); with one of them there is no interval (NaN, empty in a
    file). `low` and `high` are at each end the wider of the paired t and the studentised bootstrap interval of the
    mean. With `of_next_run` they are where the difference of one more run lies with 95 % probability, and the test
    asks whether it could as well be on the other side: for replications that differ in their parameters, so that
    more of them do not hide how far parameters leave the difference open (Geisser 1993, section 2.2).
    `p_adjusted` allows for all comparisons of the same grouping, headline outcomes apart from the others.
    `smallest` is the smallest difference worth mentioning. `baseline_mean` is over the same replications.
    Rows are ordered by scenario, then as the outcomes are declared, then by group, whatever the order of
    `table`. Raises KeyError for an unknown baseline or outcome.
    """
    registry = all_outcomes() if outcomes is None else outcomes
    parts = [
        _levels_and_tests(pairs, of_next_run).assign(scenario=pairs.scenario)
        for pairs in pair_with_baseline(compact(table).by_outcome(registry), baseline)
    ]
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    found = pd.concat(parts, ignore_index=True)
    names = found["outcome"].tolist()
    family = [f"{by} {registry[name].headline}" for by, name in zip(found["group_by"], names, strict=True)]
    shares = np.array([judgement().smallest_share(name) for name in names], dtype=np.float64)
    return found.assign(
        baseline=baseline,
        aim=[registry[name].aim for name in names],
        better=[registry[name].better for name in names],
        p_adjusted=adjust_within(found["p_value"].to_numpy(), np.array(family, dtype=object)),
        smallest=shares * np.abs(found["baseline_mean"].to_numpy()),
    )[list(COLUMNS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """A scenario beside the baseline, replication by replication."""

    scenario: str
    runs: pd.DataFrame
    """Those of the scenario that have a run of the baseline beside them, by replication."""
    cells: pd.DataFrame
    baseline_values: F64
    """Shape (runs, cells); NaN where one of the two has no value."""
    differences: F64


def pair_with_baseline(matrix: Matrix, baseline: str) -> Iterator[Pairs]:
    """Yield all other scenarios, by name, beside the baseline. Raises KeyError for an unknown baseline."""
    scenarios = set(matrix.runs["scenario"])
    if baseline not in scenarios:
        raise KeyError(f"no rows of the baseline {baseline!r}")
    today = matrix.of(baseline)
    for scenario in sorted(scenarios - {baseline}):
        then = matrix.of(scenario)
        first, second = (one.runs["replication"].to_numpy() for one in (today, then))
        _, of_today, of_then = np.intersect1d(first, second, assume_unique=True, return_indices=True)
        differences = then.values[of_then] - today.values[of_today]
        yield Pairs(
            scenario=scenario,
            runs=then.runs.iloc[of_then],
            cells=matrix.cells,
            baseline_values=np.where(np.isnan(differences), np.nan, today.values[of_today]),
            differences=differences,
        )


def _levels_and_tests(pairs: Pairs, of_next_run: bool) -> pd.DataFrame:
    """Return one row per cell with any pair: level of the baseline, difference, intervals, p-value."""
    levels, cell, held = cell_by_cell(pairs.baseline_values)
    baseline_mean, _, _ = mean_with_interval(levels, cell, len(held))
    differences, _, _ = cell_by_cell(pairs.differences)
    numbers = _tested(differences, cell, np.flatnonzero(np.diff(cell, prepend=-1)), of_next_run)
    return pairs.cells.iloc[held].reset_index(drop=True).assign(baseline_mean=baseline_mean, **numbers)


def intervals_of(values: F64, of_next_run: bool) -> tuple[F64, F64, F64]:
    """Return mean, low and high of each column of numbers, shape (replications, columns), as differences have them.

    NaN counts as no value; a column needs one.
    """
    numbers, column, _ = cell_by_cell(values)
    found = _tested(numbers, column, np.flatnonzero(np.diff(column, prepend=-1)), of_next_run)
    return found["mean"], found["low"], found["high"]


def _tested(
    difference: F64, cell: npt.NDArray[Any], first: npt.NDArray[Any], of_next_run: bool
) -> dict[str, npt.NDArray[Any]]:
    """Return mean, intervals and p-value of each cell; numbers of a cell stand together from `first` on."""
    mean, half, n = mean_with_interval(difference, cell, len(first))
    squares = np.bincount(cell, (difference - mean[cell]) ** 2, minlength=len(first))
    sd = np.sqrt(squares / np.maximum(n - 1, 1))
    low_bootstrap, high_bootstrap = np.full(len(first), np.nan), np.full(len(first), np.nan)
    for size in np.unique(n):
        here = np.flatnonzero(n == size)
        values = difference[first[here][:, None] + np.arange(size)]
        low_bootstrap[here], high_bootstrap[here] = studentised_interval(values)
    low_t, high_t = mean - half, mean + half
    low, high = wider_of(mean, half, low_bootstrap, high_bootstrap)
    if of_next_run:
        sd, half = sd * spread_of(n), half * spread_of(n)
        low, high = np.fmin(low, mean - half), np.fmax(high, mean + half)
    return {
        "mean": mean,
        "low": low,
        "high": high,
        "n": n,
        "low_t": low_t,
        "high_t": high_t,
        "low_bootstrap": low_bootstrap,
        "high_bootstrap": high_bootstrap,
        "p_value": paired_p_values(mean, sd, n),
    }


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
