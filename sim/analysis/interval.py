"""Put a 95 % interval around a mean over replications."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

CONFIDENCE = 0.95


def t_half_width(
    sd: npt.NDArray[Any], n: npt.NDArray[Any], *, family: int = 1, of_next_run: bool = False
) -> npt.NDArray[np.float64]:
    """Return half the width of the t interval from standard deviations (ddof 1) and numbers of runs.

    Of a `family` of so many differences all intervals hold together (Bonferroni). With `of_next_run` it is the interval
    in which one more run lies, not the mean. One run says nothing about spread: its half width is NaN.
    """
    n = np.asarray(n, dtype=np.float64)
    width = np.full(len(n), np.nan)
    many = n > 1
    quantile = stats.t.ppf(1.0 - (0.5 - CONFIDENCE / 2) / family, n[many] - 1)
    width[many] = quantile * np.asarray(sd, dtype=np.float64)[many] / np.sqrt(n[many])
    return width * spread_of(n) if of_next_run else width


def spread_of(n: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Return how many times as uncertain as the mean of `n` runs one more run is.

    It differs from that mean by its own spread and by the mean's.
    """
    return np.sqrt(np.asarray(n, dtype=np.float64) + 1.0)


def mean_with_interval(
    values: npt.NDArray[Any], codes: npt.NDArray[Any], count: int, *, of_next_run: bool = False
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Return mean, half width and number of `values` for each code from 0 to `count` - 1.

    Every code occurs at least once. Values that are all the same give exactly that mean and no width. With
    `of_next_run` the width is that of one more value, not of the mean.
    """
    n = np.bincount(codes, minlength=count)
    # Around the first value of each code, so that equal values leave no rounding behind.
    first = np.zeros(count)
    first[codes[::-1]] = values[::-1]
    away = values - first[codes]
    mean = first + np.bincount(codes, away, minlength=count) / n
    squares = np.bincount(codes, (values - mean[codes]) ** 2, minlength=count)
    sd = np.sqrt(squares / np.maximum(n - 1, 1))
    return mean, t_half_width(sd, n, of_next_run=of_next_run), n


WIDEST = 3.0
"""How many times as wide as the t interval an end may lie at most. Where nearly all values are the same, resamples with
hardly any spread throw the bootstrap's ends far beyond every value; this bound costs no coverage (benchmark)."""


def wider_of(
    mean: npt.NDArray[Any], half: npt.NDArray[Any], low: npt.NDArray[Any], high: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return at each end the wider of mean -+ half and a bootstrap interval, up to `WIDEST` times `half`.

    Where the bootstrap is NaN (too few values) the first stands alone.
    """
    lowest, highest = mean - WIDEST * half, mean + WIDEST * half
    return np.fmax(np.fmin(mean - half, low), lowest), np.fmin(np.fmax(mean + half, high), highest)
