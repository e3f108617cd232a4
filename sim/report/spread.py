"""Read distributions: how values spread over people or hand-overs, with all replications side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """One distribution: `shares[replication, place]` is the share in the bin that starts at `x[place]`."""

    x: Array
    shares: Array

    @property
    def cumulative(self) -> Array:
        """Share at or below each x, one row per replication."""
        return np.cumsum(self.shares, axis=1)

    def quantile(self, level: float, width: float) -> Array:
        """Return the level's quantile per replication, values spread evenly over bins of `width` above x.

        The last bin has no width: it holds the largest possible value, or everything from there on.
        """
        reached = self.cumulative
        place = np.argmax(reached >= level - 1e-12, axis=1)
        each = np.arange(len(reached))
        inside = self.shares[each, place]
        before = reached[each, place] - inside
        part = np.divide(level - before, inside, out=np.zeros(len(inside)), where=inside > 0)
        quantiles: Array = np.minimum(self.x[place] + width * part, self.x[-1])
        return quantiles


def read_spread(rows: pd.DataFrame, scenario: str, group: str) -> Spread | None:
    """Read the counts or shares of one scenario and group as shares that sum to 1; None without rows."""
    own = rows[(rows["scenario"] == scenario) & (rows["group"] == group)]
    if own.empty:
        return None
    wide = own.pivot_table(index="replication", columns="x", values="value", aggfunc="sum", fill_value=0.0)
    counts = wide.to_numpy(dtype=np.float64)
    totals = counts.sum(axis=1, keepdims=True)
    kept = totals[:, 0] > 0
    if not kept.any():
        return None
    return Spread(x=wide.columns.to_numpy(dtype=np.float64), shares=counts[kept] / totals[kept])


def read_spreads(rows: pd.DataFrame, scenarios: Sequence[str], group: str, *, shift: float = 0.0) -> dict[str, Spread]:
    """Read one group of a distribution for every scenario that has it, bins moved by `shift`."""
    found = {scenario: read_spread(rows, scenario, group) for scenario in scenarios}
    return {
        scenario: Spread(x=spread.x + shift, shares=spread.shares)
        for scenario, spread in found.items()
        if spread is not None
    }


def read_curve(rows: pd.DataFrame, scenario: str, group: str) -> tuple[Array, Array] | None:
    """Read y over x of one scenario and group as (x, one row of y per replication); None without rows."""
    own = rows[(rows["scenario"] == scenario) & (rows["group"] == group)]
    if own.empty:
        return None
    wide = own.pivot_table(index="replication", columns="x", values="value")
    return wide.columns.to_numpy(dtype=np.float64), wide.to_numpy(dtype=np.float64)
