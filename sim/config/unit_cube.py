"""Lay ranges of parameters on the unit cube, straight or by factors: where designs and emulators work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]


class Range(Protocol):
    """A range, and where the start value lies in it."""

    @property
    def start(self) -> float:
        """Where one starts from, in the unit of the range."""

    @property
    def low(self) -> float:
        """Lower end."""

    @property
    def high(self) -> float:
        """Upper end."""

    @property
    def log(self) -> bool:
        """Whether it is gone through by factors; then both ends are above zero."""


def values_at(ranges: Sequence[Range], points: F64) -> F64:
    """Return values, shape (n, k), of points of the unit cube; those of a log range lie as far apart by factors."""
    low, high, log = _ends(ranges)
    safe_low, safe_high = np.where(log, low, 1.0), np.where(log, high, 1.0)
    return np.asarray(np.where(log, safe_low * (safe_high / safe_low) ** points, low + (high - low) * points))


def points_of(ranges: Sequence[Range], values: F64) -> F64:
    """Return points of the unit cube, shape (n, k), of values."""
    low, high, log = _ends(ranges)
    safe_low, safe_high = np.where(log, low, 1.0), np.where(log, high, np.e)
    by_factor = np.log(np.where(log, values, 1.0) / safe_low) / np.log(safe_high / safe_low)
    return np.asarray(np.where(log, by_factor, (values - low) / (high - low)))


def start_of(ranges: Sequence[Range]) -> F64:
    """Return where the start values lie in the unit cube, shape (k,)."""
    start = points_of(ranges, np.array([[one.start for one in ranges]]))[0]
    return np.asarray(np.clip(start, 0.0, 1.0))


def kept_inside(ranges: Sequence[Range], values: F64) -> F64:
    """Return values that rounding may have put outside their range at its ends."""
    low, high, _ = _ends(ranges)
    return np.asarray(np.clip(values, low, high))


def _ends(ranges: Sequence[Range]) -> tuple[F64, F64, npt.NDArray[np.bool_]]:
    ends = np.array([(one.low, one.high) for one in ranges])
    return ends[:, 0], ends[:, 1], np.array([one.log for one in ranges])
