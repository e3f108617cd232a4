"""Move one parameter at a time to the ends of its range, all others at their start values, on the same luck."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.factorial import with_interval

F64 = npt.NDArray[np.float64]
MEASURES = ("at_low", "at_high", "swing", "low_end", "high_end")
COLUMNS = ("dimension", "measure", "value", "low", "high")


def tornado_design(start: F64) -> F64:
    """Return points of the unit cube: the start values, then for each dimension its low and its high end."""
    dimensions = len(start)
    points = np.tile(start, (1 + 2 * dimensions, 1))
    for dimension in range(dimensions):
        points[1 + 2 * dimension, dimension], points[2 + 2 * dimension, dimension] = 0.0, 1.0
    return points


def tornado(values: F64) -> pd.DataFrame:
    """Return for each dimension the change of the output at both ends, the swing between them, and where they lie.

    `values[point, replication]` follow a `tornado_design`, every column on the same luck, so that changes are paired.
    Columns `COLUMNS`, with 95 % t intervals over replications (NaN with one). Raises ValueError for values that are
    not finite or fit no such design.
    """
    y = np.asarray(values, np.float64)
    if y.ndim != 2 or len(y) < 3 or len(y) % 2 == 0:
        raise ValueError(f"expected values (1 + 2 k, replications), found shape {y.shape}")
    if not np.isfinite(y).all():
        raise ValueError(f"values must be finite; {np.count_nonzero(~np.isfinite(y))} of {y.size} are not")
    at_low, at_high = y[1::2] - y[0], y[2::2] - y[0]
    tables = []
    for measure, found in zip(MEASURES, (at_low, at_high, at_high - at_low, y[1::2], y[2::2]), strict=True):
        mean, low, high = with_interval(found)
        part = {"dimension": np.arange(len(mean)), "measure": measure, "value": mean, "low": low, "high": high}
        tables.append(pd.DataFrame(part))
    return pd.concat(tables, ignore_index=True)[list(COLUMNS)]


def reach(table: pd.DataFrame) -> F64:
    """Return by dimension how far apart the largest and smallest of start, low and high end are: what to rank by.

    Where both ends lie on one side of the start it is more than the swing between them.
    """
    low, high = (table.loc[table["measure"] == name, "value"].to_numpy(np.float64) for name in MEASURES[:2])
    return np.asarray(np.maximum(np.maximum(low, high), 0.0) - np.minimum(np.minimum(low, high), 0.0))
