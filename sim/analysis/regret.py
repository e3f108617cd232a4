"""Say what each choice would be regretted by: in every future, what the best choice would have given more.

The best of several noisy values looks better than it is, so luck alone makes regret. It is taken out with the help of
the replications: what the choices' differences vary by between futures is split into parameters and luck (one-way
analysis of variance of several quantities together), and every future is drawn in towards the mean until only the
parameters' part is left, which keeps how far futures spread (Louis 1984; Ghosh 1992). It is done along the directions
in which the two parts can be told apart, so that neither the order of the choices nor which one is first matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.linalg import eigh

from sim.analysis.interval import CONFIDENCE
from sim.analysis.ranking import share_best
from sim.analysis.share import share_interval
from sim.core.luck import Luck
from sim.core.purposes import Purpose

F64 = npt.NDArray[np.float64]

REGRET_COLUMNS = (
    *("criterion", "unit", "group_by", "group", "scenario"),
    *("mean", "low", "high", "median", "p90", "max", "worst_future"),
    *("best_share", "best_low", "best_high"),
    *("least_mean", "least_mean_share", "least_max", "least_max_share"),
    *("mean_with_luck", "max_with_luck", "luck_share", "n"),
)
RESAMPLES = 999
_ROUNDING = 1e-9
"""Regret below this share of how far the values spread is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutLuck:
    """Values of choices, freed from luck where there are replications to tell it by."""

    values: F64
    """Shape (futures, choices), each future less its mean over the choices: only differences decide."""
    luck_share: float
    """Part of how the means over replications vary that is luck; NaN with one replication."""


def without_luck(values: F64) -> WithoutLuck:
    """Return values, from `values[future, replication, choice]`, with the spread that parameters alone would give.

    With one replication luck cannot be told from parameters, and the values stay as they are.
    """
    futures, replications, _ = values.shape
    apart = values - values.mean(axis=2, keepdims=True)
    means = apart.mean(axis=1)
    if replications < 2 or futures < 2:
        return WithoutLuck(values=means, luck_share=np.nan)
    middle = means.mean(axis=0)
    away = means - middle
    scatter = (apart - means[:, None, :]).reshape(-1, values.shape[2])
    luck = scatter.T @ scatter / (futures * (replications - 1)) / replications
    total = away.T @ away / (futures - 1)
    if not (whole := float(np.trace(total))):
        return WithoutLuck(values=means, luck_share=0.0)
    tiny = _ROUNDING * whole * np.eye(len(total))  # a direction without any luck must not divide by zero
    size, directions = eigh(total + tiny, luck + tiny)
    kept = np.sqrt(np.maximum(0.0, 1.0 - 1.0 / size))
    freed = ((away @ directions) * kept) @ directions.T @ (luck + tiny)
    return WithoutLuck(values=middle + freed, luck_share=min(float(np.trace(luck)) / whole, 1.0))


def regret(values: F64) -> F64:
    """Return what the best choice of each future gives more, from `values[future, choice]`, more is better."""
    found = values.max(axis=1, keepdims=True) - values
    spread = float(np.abs(values - values.mean()).max())
    return np.where(found > _ROUNDING * spread, found, 0.0)


def regret_rows(about: Mapping[str, str], options: Sequence[str], values: F64, seed: int) -> pd.DataFrame:
    """Return a row of regret for each choice, from `values[future, replication, choice]`, more is better."""
    freed = without_luck(values)
    found, with_luck = regret(freed.values), regret(values.mean(axis=1))
    means, most = _resampled(found, seed)
    low, high = np.quantile(means, (0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2), axis=0)
    n, best = len(found), share_best(-found)
    whole = {"mean": found.mean(axis=0), "max": found.max(axis=0)}
    least = {name: numbers == numbers.min() for name, numbers in whole.items()}
    rows = []
    for place, option in enumerate(options):
        best_low, best_high = share_interval(best[place] * n, n)
        own = found[:, place]
        rows.append({
            **about, "scenario": option,
            "mean": whole["mean"][place], "low": low[place], "high": high[place],
            "median": np.median(own), "p90": np.quantile(own, 0.9), "max": whole["max"][place],
            "worst_future": int(np.argmax(own)),
            "best_share": best[place], "best_low": best_low, "best_high": best_high,
            "least_mean": bool(least["mean"][place]), "least_mean_share": share_best(-means)[place],
            "least_max": bool(least["max"][place]), "least_max_share": share_best(-most)[place],
            "mean_with_luck": with_luck[:, place].mean(), "max_with_luck": with_luck[:, place].max(),
            "luck_share": freed.luck_share, "n": n,
        })  # fmt: skip
    return pd.DataFrame(rows, columns=list(REGRET_COLUMNS))


def _resampled(found: F64, seed: int) -> tuple[F64, F64]:
    """Return mean and largest regret of every choice in `RESAMPLES` samples of the futures, with replacement."""
    n = len(found)
    draws = Luck(seed, Purpose).uniform(Purpose.RESAMPLE, np.arange(RESAMPLES * n)).reshape(RESAMPLES, n)
    chosen = (draws * n).astype(np.int64)
    means = np.stack([found[:, place][chosen].mean(axis=1) for place in range(found.shape[1])], axis=1)
    most = np.stack([found[:, place][chosen].max(axis=1) for place in range(found.shape[1])], axis=1)
    return means, most
