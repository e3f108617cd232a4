"""Estimate an interrupted time series: level and slope of a rate before, and how both change when a means starts.

Segmented regression on the logarithm of the rate of each period (Wagner et al. 2002), by least squares. Neighbouring
periods are alike, so errors are those of Newey and West (1987) with small-sample correction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from calibration.estimators import Estimate, Values

FEWEST_PERIODS = 4
"""Before and after, each: two numbers are fitted to either side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmented:
    """A fitted series; all changes are of the logarithm of the rate."""

    level_change: float
    """At the moment of the start."""
    slope_change: float
    """Per period."""
    mean_change: float
    """Mean over the periods after, against the line before drawn on: what is reported."""
    mean_error: float
    freedom: int
    """Degrees of freedom of the errors."""

    def interval(self) -> Estimate:
        """Return the mean change with its 95 % interval, on the scale of logarithms."""
        half = float(student.ppf(0.975, self.freedom)) * self.mean_error
        return Estimate(self.mean_change, self.mean_change - half, self.mean_change + half)


def segmented(time: Values, rate: Values) -> Segmented | None:
    """Fit one line before and one after the start, which is at time 0; None with too few periods or a rate of 0.

    `time` is the beginning of each period, in periods from the start; those below 0 are before.
    """
    after = (time >= 0).astype(np.float64)
    if min(after.sum(), (1 - after).sum()) < FEWEST_PERIODS or not (rate > 0).all():
        return None
    x = np.column_stack([np.ones(len(time)), time, after, after * time])
    fitted, *_ = np.linalg.lstsq(x, np.log(rate), rcond=None)
    covariance = newey_west(x, np.log(rate) - x @ fitted)
    # The lines part by level + slope x time; their mean distance is that at the mean time after.
    to_mean = np.array([0.0, 0.0, 1.0, float(time[time >= 0].mean())])
    return Segmented(
        level_change=float(fitted[2]),
        slope_change=float(fitted[3]),
        mean_change=float(to_mean @ fitted),
        mean_error=float(np.sqrt(max(to_mean @ covariance @ to_mean, 0.0))),
        freedom=len(time) - x.shape[1],
    )


def newey_west(x: Values, residual: Values) -> Values:
    """Return the covariance of least-squares coefficients when neighbouring errors are alike.

    Bartlett weights up to floor(4 (n / 100)^(2 / 9)) periods apart; scaled by n / (n - k).
    """
    count, columns = x.shape
    furthest = int(4 * (count / 100) ** (2 / 9))
    moved = x * residual[:, None]
    middle = moved.T @ moved
    for apart in range(1, furthest + 1):
        pair = moved[apart:].T @ moved[:-apart]
        middle += (1 - apart / (furthest + 1)) * (pair + pair.T)
    bread = np.linalg.inv(x.T @ x)
    return np.asarray(bread @ middle @ bread * count / (count - columns))
