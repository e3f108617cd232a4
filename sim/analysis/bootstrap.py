"""Put a studentised bootstrap interval around means over replications.

Each resample's mean is divided by its own standard error, so that the interval leans the way the values lean
(Efron and Tibshirani 1993, section 12.5). Percentile and BCa intervals, which `scipy.stats.bootstrap` offers,
cover far less than 95 % with the few replications of a comparison: see `benchmarks/interval_coverage.py`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.analysis.interval import CONFIDENCE
from sim.core.luck import Luck
from sim.core.purposes import Purpose

F64 = npt.NDArray[np.float64]

RESAMPLES = 999
FEWEST = 5
"""With fewer values too many resamples hold one value only."""
_SEED = 1
_MOST_AT_ONCE = 500_000
"""Resampled means held in memory at a time."""


@cache
def resample_counts(n: int) -> F64:
    """Return how often each of `n` values is drawn, shape (RESAMPLES, n): the same for every outcome."""
    drawn = np.arange(RESAMPLES * n)
    luck = Luck(_SEED, Purpose).uniform(Purpose.RESAMPLE, drawn // n, drawn % n)
    flat = drawn // n * n + (luck * n).astype(np.int64)
    return np.bincount(flat, minlength=RESAMPLES * n).reshape(RESAMPLES, n).astype(np.float64)


def studentised_interval(values: npt.NDArray[Any]) -> tuple[F64, F64]:
    """Return the 95 % interval of the mean of each row; shape of `values` (rows, replications).

    NaN with fewer than `FEWEST` replications; equal values give no width.
    """
    rows, n = values.shape
    if n < FEWEST:
        return np.full(rows, np.nan), np.full(rows, np.nan)
    step = max(1, _MOST_AT_ONCE // RESAMPLES)
    parts = [_interval(np.asarray(values[first : first + step], np.float64)) for first in range(0, rows, step)]
    if not parts:
        return np.zeros(0), np.zeros(0)
    low, high = zip(*parts, strict=True)
    return np.concatenate(low), np.concatenate(high)


def _interval(values: F64) -> tuple[F64, F64]:
    n = values.shape[1]
    weights = resample_counts(n).T / n
    # Around the first value, so that equal values leave no rounding behind.
    centre = (values - values[:, :1]).mean(axis=1) + values[:, 0]
    away = values - centre[:, None]
    spread = away.std(axis=1, ddof=1)
    means = _weighted(away, weights)
    errors = np.sqrt(np.maximum(_weighted(away**2, weights) - means**2, 0.0) / (n - 1))
    # A resample of one value has no spread of its own and says nothing.
    told = errors > 1e-9 * spread[:, None]
    scaled = np.divide(means, errors, out=np.full_like(means, np.nan), where=told)
    scaled.sort(axis=1)
    count = told.sum(axis=1)
    error = spread / np.sqrt(n)
    low = centre - _quantile(scaled, count, 0.5 + CONFIDENCE / 2) * error
    high = centre - _quantile(scaled, count, 0.5 - CONFIDENCE / 2) * error
    same = spread == 0.0
    return np.where(same, centre, low), np.where(same, centre, high)


def _weighted(values: F64, weights: F64) -> F64:
    """Return `values @ weights`, each number by the same additions whatever else is in the table."""
    total = np.zeros((len(values), weights.shape[1]))
    for place, weight in enumerate(weights):
        total += values[:, place : place + 1] * weight
    return total


def _quantile(ordered: F64, count: npt.NDArray[np.int64], level: float) -> F64:
    """Return a quantile of the first `count` numbers of each ordered row; 0 for an empty row."""
    place = level * np.maximum(count - 1, 0)
    below = place.astype(np.int64)
    each = np.arange(len(ordered))
    lower = ordered[each, below]
    upper = ordered[each, np.minimum(below + 1, np.maximum(count - 1, 0))]
    return np.where(count > 0, lower + (place - below) * (upper - lower), 0.0)
