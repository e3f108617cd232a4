"""Say which option is best in how many parameter sets, and which parameters change that."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]


def share_best(values: F64) -> F64:
    """Return in what share of sets each option is best, from `values[set, option]`, more is better; ties are shared."""
    best = values == values.max(axis=1, keepdims=True)
    return np.asarray((best / best.sum(axis=1, keepdims=True)).mean(axis=0))


def share_best_by_third(values: F64, parameter: F64) -> tuple[F64, F64]:
    """Return the same among the third of the sets with the lowest, and that with the highest, parameter values."""
    order = np.argsort(parameter, kind="stable")
    third = max(len(order) // 3, 1)
    return share_best(values[order[:third]]), share_best(values[order[-third:]])
