"""Follow a disturbed world beside the calm one week by week: how far off, and how long until back to normal?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from sim.analysis.interval import t_half_width
from sim.analysis.stack import F64
from sim.config.parameter_file import load_parameter_file
from sim.core.parameter import read_group
from sim.outcomes.series import SERIES, WEEK_DAYS

RECOVERY_COLUMNS = (
    *("scenario", "disturbance", "series", "unit", "calm_level", "furthest_share", "furthest_week", "weeks_off"),
    *("ever_off", "days_until_normal", "n"),
)
WEEKLY_COLUMNS = (
    *("scenario", "disturbance", "series", "unit", "week", "day", "mean", "low", "high"),
    *("change", "change_low", "change_high", "n"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal:
    """The entries of `stress.yaml`: what counts as back to normal."""

    band_share: float
    weeks_in_a_row: float


@cache
def normal() -> Normal:
    """Read what counts as normal from the data file beside this module."""
    return read_group(Normal, "stress", load_parameter_file(Path(__file__).with_name("stress.yaml")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Courses:
    """Weekly series of one world; every series has the shape (replications, weeks), complete weeks measured only."""

    first_day: float
    """Of the first of these weeks, from the end of the warm-up."""
    series: Mapping[str, F64]


def courses(tables: list[pd.DataFrame], warmup_days: float) -> Courses:
    """Return the weeks after the warm-up of the tables that runs leave, one table per replication."""
    skipped = int(np.ceil(warmup_days / WEEK_DAYS - 1e-9))
    weeks = int(tables[0]["week"].max()) + 1
    found = {}
    for name in SERIES:
        rows = [table.loc[table["series"] == name, "value"].to_numpy(np.float64) for table in tables]
        found[name] = np.array(rows)[:, skipped:weeks]
    return Courses(first_day=skipped * WEEK_DAYS - warmup_days, series=found)


def weekly_rows(
    scenario: str, disturbance: str, world: Courses, calm: Courses | None = None
) -> list[dict[str, object]]:
    """Return one row per series and week: mean over replications with its 95 % interval.

    With the `calm` world, in the same order of replications, also the change from it, pair by pair.
    """
    rows: list[dict[str, object]] = []
    for name, values in world.series.items():
        mean, half, n = _mean_and_half(values)
        change = np.full_like(values, np.nan) if calm is None else values - calm.series[name]
        changed, half_change, _ = _mean_and_half(change)
        for week in range(values.shape[1]):
            rows.append(
                {
                    "scenario": scenario, "disturbance": disturbance, "series": name, "unit": SERIES[name],
                    "week": week, "day": world.first_day + week * WEEK_DAYS, "mean": mean[week],
                    "low": mean[week] - half[week], "high": mean[week] + half[week], "change": changed[week],
                    "change_low": changed[week] - half_change[week], "change_high": changed[week] + half_change[week],
                    "n": int(n[week]),
                }
            )  # fmt: skip
    return rows


def recovery_rows(
    scenario: str, disturbance: str, span: tuple[float, float], calm: Courses, struck: Courses
) -> list[dict[str, object]]:
    """Return one row per series: how far it goes off, for how long, and when it is normal again.

    A week is off when the mean difference of the pairs is beyond the band of `stress.yaml` and, with two replications
    or more, its 95 % interval leaves out zero: beside calm weeks with other luck chance alone would be off, too. Back
    to normal is the first of enough weeks in a row that are not off, counted from the end of the disturbance's last
    week; empty = not within the run.
    """
    rows = []
    for name, values in struck.series.items():
        usual = calm.series[name]
        level = _mean(usual)
        off = _off(values - usual, level)
        change = np.divide(_mean(values - usual), level, out=np.zeros_like(level), where=level != 0)
        since = round((span[0] - calm.first_day) / WEEK_DAYS)
        over = round((span[1] - calm.first_day) / WEEK_DAYS)
        furthest = since + int(np.abs(np.nan_to_num(change[since:])).argmax())
        back = _back(off, max(over, 0))
        rows.append(
            {
                "scenario": scenario, "disturbance": disturbance, "series": name, "unit": SERIES[name],
                "calm_level": float(np.nanmean(level[since:over])), "furthest_share": float(change[furthest]),
                "furthest_week": furthest - since + 1, "weeks_off": int(off[since:].sum()),
                "ever_off": bool(off[since:].any()),
                "days_until_normal": np.nan if back is None else (back - over) * WEEK_DAYS, "n": len(values),
            }
        )  # fmt: skip
    return rows


def _off(difference: F64, level: F64) -> np.ndarray:
    """Tell which weeks are off; `difference` has the shape (replications, weeks)."""
    mean, half, _ = _mean_and_half(difference)
    beyond = np.abs(mean) > normal().band_share * np.abs(level)
    return np.asarray(beyond & ~(np.abs(mean) <= half))


def _back(off: np.ndarray, over: int) -> int | None:
    """Return the first week from `over` on with which enough weeks in a row are not off, or None."""
    enough = int(normal().weeks_in_a_row)
    for week in range(over, len(off) - enough + 1):
        if not off[week : week + enough].any():
            return week
    return None


def _mean_and_half(values: F64) -> tuple[F64, F64, np.ndarray]:
    """Return mean, half the width of its 95 % interval, and replications with a value, week by week."""
    n, mean = (~np.isnan(values)).sum(axis=0), _mean(values)
    return mean, t_half_width(np.sqrt(_mean((values - mean) ** 2) * n / np.maximum(n - 1, 1)), n), n


def _mean(values: F64) -> F64:
    """Return the mean over replications, NaN where none has a value."""
    there = ~np.isnan(values)
    total = np.where(there, values, 0.0).sum(axis=0)
    count = there.sum(axis=0)
    return np.asarray(np.divide(total, count, out=np.full(values.shape[1], np.nan), where=count > 0))
