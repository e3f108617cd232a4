"""Say where a simulated level lies: over runs of one parameter set, or over the sets of a fitted ensemble."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.analysis.interval import CONFIDENCE, mean_with_interval

Values = npt.NDArray[np.float64]
Sets = npt.NDArray[np.int64]
ENOUGH_SETS = 40
"""So many that one lies beyond each end of their middle 95 %."""


@dataclass(frozen=True, slots=True)
class Level:
    """A mean, its 95 % interval (NaN where one run says nothing about spread) and how many runs or sets it rests on."""

    mean: float
    low: float
    high: float
    n: int


NOTHING = Level(np.nan, np.nan, np.nan, 0)


def level(values: Values, sets: Sets | None = None) -> Level:
    """Return the level of some runs, NaN left out: mean with t interval, or over parameter sets.

    With `sets`, the parameter set of each run, the interval is where one more set would lie with 95 % probability: it
    says how far parameters that are all compatible with the data disagree, and does not shrink with more sets. Of
    many sets it is their middle 95 %, of few a t interval of the next one (Geisser 1993, section 2.2).
    """
    there = np.isfinite(values)
    if not there.any():
        return NOTHING
    values = values[there]
    if sets is None:
        mean, half, n = mean_with_interval(values, np.zeros(len(values), dtype=np.intp), 1)
        return Level(float(mean[0]), float(mean[0] - half[0]), float(mean[0] + half[0]), int(n[0]))
    _, own = np.unique(sets[there], return_inverse=True)
    means = np.bincount(own, values) / np.bincount(own)
    if len(means) == 1:
        return Level(float(means[0]), np.nan, np.nan, 1)
    if len(means) < ENOUGH_SETS:
        mean, half, n = mean_with_interval(means, np.zeros(len(means), dtype=np.intp), 1)
        wide = float(half[0]) * np.sqrt(len(means) + 1.0)
        return Level(float(mean[0]), float(mean[0]) - wide, float(mean[0]) + wide, len(means))
    tail = (1.0 - CONFIDENCE) / 2.0
    low, high = np.quantile(means, [tail, 1.0 - tail])
    return Level(float(means.mean()), float(low), float(high), len(means))
