"""Put a 95 % interval around a share of futures."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import norm

from sim.analysis.interval import CONFIDENCE


def share_interval(count: float, of: int) -> tuple[float, float]:
    """Return the interval of Wilson (1927), which stays within 0 to 1 and has width at both ends; NaN of nothing.

    Counts need not be whole: where several choices are best, each has its part.
    """
    if of == 0:
        return math.nan, math.nan
    z, share = float(norm.ppf(0.5 + CONFIDENCE / 2)), count / of
    middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
    half = z / (1 + z**2 / of) * math.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    return float(np.clip(middle - half, 0.0, share)), float(np.clip(middle + half, share, 1.0))
