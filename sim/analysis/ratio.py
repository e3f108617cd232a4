"""Put an interval around a ratio of two means over the same replications (Fieller 1954)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

from sim.analysis.interval import CONFIDENCE

FEWEST = 2


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of means with its 95 % interval; NaN throughout where it cannot be told."""

    mean: float
    low: float
    high: float


UNTOLD = Ratio(np.nan, np.nan, np.nan)


def ratio_of_means(top: npt.NDArray[Any], bottom: npt.NDArray[Any]) -> Ratio:
    """Return mean(top) / mean(bottom) over replications, pairs of which hang together.

    The interval holds every ratio r for which a paired t test does not reject mean(top - r * bottom) = 0. Where the
    mean of `bottom` is not told from zero these are not bounded, and nothing is returned: dividing by what may be
    nothing says nothing. `top` and `bottom` have one value per replication, two at least.
    """
    n = len(top)
    if n < FEWEST:
        return UNTOLD
    a, b = float(np.mean(top)), float(np.mean(bottom))
    (aa, ab), (_, bb) = np.cov(top, bottom, ddof=1) / n
    squared = float(stats.t.ppf(0.5 + CONFIDENCE / 2, n - 1)) ** 2
    leading = b * b - squared * bb
    if leading <= 0.0:
        return UNTOLD
    middle = a * b - squared * ab
    root = max(middle * middle - leading * (a * a - squared * aa), 0.0) ** 0.5
    return Ratio(a / b, (middle - root) / leading, (middle + root) / leading)
