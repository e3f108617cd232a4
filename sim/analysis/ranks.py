"""Rank systems only as far as their paired differences tell them apart.

All pairs of systems are compared on the same people with the same luck; Holm's (1979) correction keeps the chance
that any of the orders called certain is wrong at 5 % per outcome. A system's rank then lies between one more than
the systems that are certainly better, and all but those that are certainly worse: these intervals hold together
for all systems with at least 95 % (Mohamad, Goeman and van Zwet 2019).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from sim.analysis.interval import CONFIDENCE, spread_of

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """Places of systems, 1 = best."""

    position: I64
    """By the mean alone: the order in which to write them, nothing more."""
    low: I64
    """Best rank that the runs leave open."""
    high: I64
    """Worst rank that the runs leave open."""
    beats: Bools
    """`beats[i, j]`: system i is certainly better than system j."""


def rank_systems(values: F64, better: str, *, of_next_run: bool = False) -> Ranks:
    """Return ranks from `values[system, replication]`, every column on the same luck; `better` is lower or higher.

    With `of_next_run` an order is certain only if it would be that of one more column too. With one replication nothing
    is certain: every rank is left open.
    """
    gain = -values if better == "lower" else values
    mean = gain.mean(axis=1)
    beats = (_adjusted_p(gain, of_next_run) < 1.0 - CONFIDENCE) & (mean[:, None] > mean[None, :])
    order = np.argsort(-mean, kind="stable")
    position = np.empty(len(values), np.int64)
    position[order] = np.arange(1, len(values) + 1)
    return Ranks(position=position, low=1 + beats.sum(axis=0), high=len(values) - beats.sum(axis=1), beats=beats)


def _adjusted_p(gain: F64, of_next_run: bool) -> F64:
    """Return Holm-adjusted p-values of all paired t tests, symmetric; 1 where nothing can be tested."""
    first, second = np.triu_indices(len(gain), 1)
    difference = gain[first] - gain[second]
    adjusted = np.ones((len(gain), len(gain)))
    if len(first) == 0 or gain.shape[1] < 2:
        return adjusted
    p_values = holm(paired_p(difference, of_next_run=of_next_run))
    adjusted[first, second] = adjusted[second, first] = p_values
    return adjusted


def paired_p(difference: F64, *, of_next_run: bool = False) -> F64:
    """Return the two-sided p-value of the t test that each row's mean is zero.

    With `of_next_run` it is below 0.05 where the 95 % interval for one more column leaves out zero. A row that is all
    zero gives 1, one that is the same throughout but not zero gives 0.
    """
    n = difference.shape[1]
    mean, error = difference.mean(axis=1), difference.std(axis=1, ddof=1) / np.sqrt(n)
    if of_next_run:
        error = error * spread_of(np.array([n]))
    found = np.where(np.abs(mean) > 0.0, 0.0, 1.0)
    # A spread that is rounding only is none.
    spread = error > 1e-12 * np.abs(mean)
    found[spread] = 2.0 * stats.t.sf(np.abs(mean[spread]) / error[spread], n - 1)
    return found


def holm(p_values: F64) -> F64:
    """Return p-values adjusted for their number by Holm's step-down rule, in the same order."""
    order = np.argsort(p_values, kind="stable")
    steps = np.arange(len(p_values), 0, -1)
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.minimum(np.maximum.accumulate(steps * p_values[order]), 1.0)
    return adjusted
