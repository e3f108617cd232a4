"""Allow for many comparisons: the more differences are looked at, the more look clear by chance."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

F64 = npt.NDArray[np.float64]


def paired_p_values(mean: npt.NDArray[Any], sd: npt.NDArray[Any], n: npt.NDArray[Any]) -> F64:
    """Return the two-sided p-value of the paired t test from mean, standard deviation (ddof 1) and pairs.

    NaN where nothing can be tested: one pair, or no difference at all in any pair. A difference that is the
    same in every pair gives 0.
    """
    mean, sd, n = (np.asarray(one, np.float64) for one in (mean, sd, n))
    found = np.full(len(mean), np.nan)
    many = n > 1
    fixed = many & (sd == 0.0) & (mean != 0.0)
    found[fixed] = 0.0
    spread = many & (sd > 0.0)
    t = mean[spread] / (sd[spread] / np.sqrt(n[spread]))
    found[spread] = 2.0 * stats.t.sf(np.abs(t), n[spread] - 1)
    return found


def adjust_within(p_values: npt.NDArray[Any], family: npt.NDArray[Any]) -> F64:
    """Return p-values adjusted by Benjamini and Hochberg (1995) within each family; NaN stays NaN.

    Calling those below 0.05 clear keeps the expected share of false alarms among them at most 0.05.
    """
    p_values = np.asarray(p_values, np.float64)
    adjusted = np.full(len(p_values), np.nan)
    for one in np.unique(family):
        tested = (family == one) & np.isfinite(p_values)
        if tested.any():
            adjusted[tested] = stats.false_discovery_control(p_values[tested], method="bh")
    return adjusted
