"""Choose where a warm-up should end, by MSER-5, and tell whether a run is stationary after its own.

The rule (White 1997; White, Cobb and Spratt 2000): means of five observations after each other, then the
truncation that minimises the squared standard error of what is left, looked for in the first half. Series
are averaged over replications first, as Welch advised.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.interval import mean_with_interval
from sim.analysis.judgement import judgement
from sim.outcomes.series import SERIES, WEEK_DAYS

F64 = npt.NDArray[np.float64]

RULE = "MSER-5"
BATCH = 5
FEWEST_BATCHES = 10
"""With fewer the rule finds noise."""
_WEEKS_PER_YEAR = 365.0 / WEEK_DAYS
COLUMNS = (
    "series",
    "unit",
    "truncation_days",
    "settled",
    "level",
    "level_after",
    "excess_share",
    "drift_share_per_year",
    "n",
    "stationary",
)


class Truncation(NamedTuple):
    """Where the rule cuts a series."""

    observations: int
    """How many to drop from the start."""
    settled: bool
    """False when the best cut is the last one allowed: then the series is still moving."""


def mser5(series: npt.NDArray[np.float64]) -> Truncation | None:
    """Return the truncation that MSER-5 chooses, or None when the series is too short or has gaps."""
    batches = len(series) // BATCH
    if batches < FEWEST_BATCHES or not np.isfinite(series).all():
        return None
    means = series[: batches * BATCH].reshape(batches, BATCH).mean(axis=1)
    last = batches // 2
    errors = [float(np.var(means[cut:])) / (batches - cut) for cut in range(last + 1)]
    best = int(np.argmin(errors))
    return Truncation(best * BATCH, best < last)


def check_warmup(table: pd.DataFrame, warmup_days: float) -> pd.DataFrame:
    """Return one row per series with columns `COLUMNS`.

    `table` is long with columns replication, series, week, value of one scenario. `level` is the mean after the
    warm-up, `level_after` that after the truncation, where later; `excess_share` is by how much the first is
    above the second. A series is stationary unless that is more than the declared share and told from chance.
    None in `stationary` = the run is too short to tell. Drift is the slope after the warm-up, share a year.
    """
    rows = []
    for name, unit in SERIES.items():
        own = table[table["series"] == name]
        runs = own.pivot_table(index="replication", columns="week", values="value", dropna=False)
        rows.append((name, unit, *_checked(runs.to_numpy(dtype=np.float64), warmup_days)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _checked(runs: F64, warmup_days: float) -> tuple[object, ...]:
    """Return the columns of one series after its unit; `runs` has shape (replications, weeks)."""
    first = int(np.ceil(warmup_days / WEEK_DAYS - 1e-9))
    window = runs[:, first:]
    cut = mser5(runs.mean(axis=0)) if len(runs) else None
    if cut is None or window.shape[1] < BATCH:
        return np.nan, None, np.nan, np.nan, np.nan, np.nan, len(runs), None
    after = runs[:, max(first, cut.observations) :].mean(axis=1)
    excess = window.mean(axis=1) - after
    level_after = float(after.mean())
    mean, half, _ = mean_with_interval(excess, np.zeros(len(excess), dtype=np.int64), 1)
    # One replication has no interval: then the size alone decides.
    told = not abs(mean[0]) <= half[0]
    share = float(mean[0]) / abs(level_after) if level_after else 0.0
    slope = np.polyfit(np.arange(window.shape[1]), window.mean(axis=0), 1)[0] * _WEEKS_PER_YEAR
    drift = float(slope) / abs(level_after) if level_after else 0.0
    moving = told and abs(share) > judgement().settled_share
    days = cut.observations * WEEK_DAYS
    return days, cut.settled, float(window.mean()), level_after, share, drift, len(runs), not moving
