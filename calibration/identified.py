"""Say what an ensemble of parameter sets knows: which parameters are identified and which cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from calibration.implausibility import F64

IDENTIFIED_BELOW = 0.5
"""Standard deviation left, as a share of that of the whole range, below which a parameter is called identified."""
NOT_TOLD_APART_ABOVE = 0.7
"""Rank correlation, plus or minus, above which two parameters cannot be told apart."""
_PRIOR_SD = float(np.sqrt(1.0 / 12.0))


def parameter_summary(
    points: F64, names: Sequence[str] | None = None, *, identified_below: float = IDENTIFIED_BELOW
) -> pd.DataFrame:
    """Return what is known of each parameter from equally weighted sets of shape (n, k) in the unit cube.

    Columns: `parameter`, `mean`, `low` and `high` (5 and 95 %), `sd_ratio` (to the uniform prior) and `identified`.
    """
    ratio = points.std(axis=0, ddof=1) / _PRIOR_SD
    return pd.DataFrame(
        {
            "parameter": _names(points, names),
            "mean": points.mean(axis=0),
            "low": np.quantile(points, 0.05, axis=0),
            "high": np.quantile(points, 0.95, axis=0),
            "sd_ratio": ratio,
            "identified": ratio < identified_below,
        }
    )


def not_told_apart(
    points: F64, names: Sequence[str] | None = None, *, above: float = NOT_TOLD_APART_ABOVE
) -> pd.DataFrame:
    """Return the pairs whose rank correlation is above a limit, strongest first: `first`, `second`, `correlation`.

    The data fix a combination of the two only; declaring one of them fixes the other.
    """
    called = _names(points, names)
    ranks = np.atleast_2d(np.asarray(spearmanr(points).statistic)) if points.shape[1] > 2 else _two(points)
    rows = [
        {"first": called[i], "second": called[j], "correlation": float(ranks[i, j])}
        for i, j in combinations(range(points.shape[1]), 2)
        if abs(ranks[i, j]) > above
    ]
    table = pd.DataFrame(rows, columns=["first", "second", "correlation"])
    return table.sort_values("correlation", key=lambda column: -column.abs(), ignore_index=True)


def _two(points: F64) -> F64:
    """Return the matrix that scipy gives as one number when there are two columns."""
    if points.shape[1] < 2:
        return np.ones((1, 1))
    one = float(spearmanr(points).statistic)
    return np.array([[1.0, one], [one, 1.0]])


def _names(points: F64, names: Sequence[str] | None) -> list[str]:
    if names is None:
        return [str(dimension) for dimension in range(points.shape[1])]
    if len(names) != points.shape[1]:
        raise ValueError(f"expected {points.shape[1]} names, found {len(names)}")
    return list(names)
