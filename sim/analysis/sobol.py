"""Share out the variance of an output among parameters: first, second and total order indices (Sobol 2001).

Design and indices are SALib's (Saltelli et al. 2010), behind a door that refuses what SALib would turn into 0.
"""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt
import pandas as pd
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sampling

F64 = npt.NDArray[np.float64]

COLUMNS = ("order", "dimension", "second", "value", "half_width")
"""`order` is first, total or second; `second` is the other dimension of a pair, -1 elsewhere."""
_CONFIDENCE, _RESAMPLES = 0.95, 100


def _problem(dimensions: int) -> dict[str, object]:
    names = [str(dimension) for dimension in range(dimensions)]
    return {"num_vars": dimensions, "names": names, "bounds": [[0.0, 1.0]] * dimensions}


def sobol_design(dimensions: int, base: int, *, second_order: bool, seed: int) -> F64:
    """Return points of the unit cube in Saltelli's order, shape (base * (k + 2), k), or (base * (2 k + 2), k).

    `base` must be a power of 2: only then are the points evenly spread. Raises ValueError otherwise.
    """
    if dimensions < 1 or base < 2 or base & (base - 1):
        raise ValueError(f"at least 1 dimension and a power of 2, found {dimensions} and {base}")
    points = sampling.sample(_problem(dimensions), base, calc_second_order=second_order, seed=seed)
    return np.asarray(points, np.float64)


def independent_points(points: F64, *, second_order: bool) -> npt.NDArray[np.intp]:
    """Return which points of a design are a plain sample of the cube: the two that each block is made of."""
    block = (2 if second_order else 1) * points.shape[1] + 2
    first = np.arange(0, len(points), block)
    return np.sort(np.concatenate([first, first + block - 1]))


def sobol_indices(values: npt.ArrayLike, dimensions: int, *, second_order: bool, seed: int = 1) -> pd.DataFrame:
    """Return the indices of one output simulated at a `sobol_design` in its order; columns `COLUMNS`.

    `half_width` is that of the 95 % interval over resamples of the design. Raises ValueError for values that are
    not finite, that do not fit a design, or that are all the same: then there is no variance to share out.
    """
    y = np.asarray(values, np.float64)
    block = (2 if second_order else 1) * dimensions + 2
    if y.ndim != 1 or len(y) < 2 * block or len(y) % block:
        raise ValueError(f"expected values of whole blocks of {block} points, at least 2, found shape {y.shape}")
    if not np.isfinite(y).all():
        raise ValueError(f"values must be finite; {np.count_nonzero(~np.isfinite(y))} of {len(y)} are not")
    if y.std() <= 1e-12 * max(1.0, abs(float(y.mean()))):
        raise ValueError("all values are the same: there is no variance to share out")
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)  # a division by nothing must not pass in silence
        found = analysis.analyze(
            _problem(dimensions), y, calc_second_order=second_order, num_resamples=_RESAMPLES,
            conf_level=_CONFIDENCE, seed=seed,
        )  # fmt: skip
    tables = [_of_each("first", found["S1"], found["S1_conf"]), _of_each("total", found["ST"], found["ST_conf"])]
    if second_order:
        tables.append(_of_pairs(found["S2"], found["S2_conf"], dimensions))
    return pd.concat(tables, ignore_index=True)[list(COLUMNS)]


def _of_each(order: str, values: F64, half: F64) -> pd.DataFrame:
    dimension = np.arange(len(values))
    return pd.DataFrame({"order": order, "dimension": dimension, "second": -1, "value": values, "half_width": half})


def _of_pairs(values: F64, half: F64, dimensions: int) -> pd.DataFrame:
    one, other = np.triu_indices(dimensions, 1)
    pairs = {"dimension": one, "second": other, "value": values[one, other], "half_width": half[one, other]}
    return pd.DataFrame({"order": "second", **pairs})
