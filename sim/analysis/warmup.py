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
from sim.core.calendar import DAYS_PER_YEAR
from sim.outcomes.series import SERIES, STEADY, WEEK_DAYS

F64 = npt.NDArray[np.float64]

RULE = "MSER-5"
BATCH = 5
FEWEST_BATCHES = 10
"""With fewer the rule finds noise."""
_WEEKS_PER_YEAR = DAYS_PER_YEAR / WEEK_DAYS
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
    """Return one row per series of `STEADY` with columns `COLUMNS`.

    `table` is long with columns replication, series, week, value of one scenario. `level` is the mean after the
    warm-up, `level_after` that after the truncation, where later; `excess_share` is by how much the first is
    above the second. A series is stationary unless that is more than the declared share, or it has not settled
    and drifts by more than the declared share a year, and this can be told from chance. None in `stationary` =
    the run is too short to tell. Drift is the slope after the warm-up.
    """
    rows = []
    for name in STEADY:
        own = table[table["series"] == name]
        runs = own.pivot_table(index="replication", columns="week", values="value", dropna=False)
        rows.append((name, SERIES[name], *_checked(runs.to_numpy(dtype=np.float64), warmup_days)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _checked(runs: F64, warmup_days: float) -> tuple[object, ...]:
    """Return the columns of one series after its unit; `runs` has shape (replications, weeks)."""
    first = int(np.ceil(warmup_days / WEEK_DAYS - 1e-9))
    window = runs[:, first:]
    cut = mser5(runs.mean(axis=0)) if len(runs) else None
    if cut is None or window.shape[1] < BATCH:
        return np.nan, None, np.nan, np.nan, np.nan, np.nan, len(runs), None
    after = runs[:, max(first, cut.observations) :].mean(axis=1)
    level = float(after.mean())
    years = np.arange(window.shape[1]) / _WEEKS_PER_YEAR
    excess = _share(window.mean(axis=1) - after, level)
    drift = _share(np.polyfit(years, window.T, 1)[0], level)
    moving = excess.is_more_than(judgement().settled_share) or (
        not cut.settled and drift.is_more_than(judgement().drift_share_per_year)
    )
    days = cut.observations * WEEK_DAYS
    return days, cut.settled, float(window.mean()), level, excess.mean, drift.mean, len(runs), not moving


class _Share(NamedTuple):
    mean: float
    half_width: float

    def is_more_than(self, tolerated: float) -> bool:
        """Tell whether it is too much and told from chance; with one replication the size alone decides."""
        return abs(self.mean) > tolerated and not abs(self.mean) <= self.half_width


def _share(values: F64, level: float) -> _Share:
    """Return the mean over replications as a share of the level."""
    if not level:
        return _Share(0.0, 0.0)
    mean, half, _ = mean_with_interval(values / abs(level), np.zeros(len(values), dtype=np.int64), 1)
    return _Share(float(mean[0]), float(half[0]))
