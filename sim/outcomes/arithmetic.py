"""Divide and add up by code, always as float64."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.outcomes.outcome import Values


def share(part: npt.NDArray[Any], whole: npt.NDArray[Any]) -> Values:
    """Divide element by element; 0 where the whole is 0."""
    return np.asarray(np.divide(part, whole, out=np.zeros(len(whole)), where=whole != 0), dtype=np.float64)


def sum_by(codes: npt.NDArray[Any], count: int, weights: npt.NDArray[Any] | None = None) -> Values:
    """Sum `weights` (or count rows) for each code from 0 to `count` - 1."""
    return np.bincount(codes, weights, minlength=count).astype(np.float64, copy=False)
