"""Compute Sobol indices on an emulator of the simulation, if the emulator is good enough to stand in for it.

The rule: of the variance that parameters make, leaving out one run at a time must predict at least `LEAST_Q2`; below
`GOOD_Q2`, with too few errors within two standard deviations, or where luck is more than `MOST_LUCK` of all variance,
the indices come with a warning. What parameters make is the variance of the values less that of the simulation's
luck; where luck is most of it, that rest is the difference of two rough numbers, and a q2 near 1 may be chance; where
luck is nearly all of it, nothing can be told from so few runs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.gaussian_process import GaussianProcessRegressor
from threadpoolctl import ThreadpoolController

from sim.analysis.emulator import Emulator
from sim.analysis.emulator_check import sum_up
from sim.analysis.sobol import sobol_design, sobol_indices

F64 = npt.NDArray[np.float64]
LEAST_Q2, GOOD_Q2 = 0.7, 0.9
LEAST_R2 = 0.2
"""Less than this of all variance predicted: luck hides what parameters do."""
MOST_LUCK = 0.5
"""Beyond this share of the variance q2 is too rough to call an emulator good."""
LEAST_WITHIN_2 = 0.85
"""Share of standardised errors within 2; 0.95 is right."""
_FOLDS = 10
"""Groups of runs that are left out in turn, to see how far the indices hang on the runs."""
_Z = 1.96
_THREADS = ThreadpoolController()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How well an emulator predicts runs that it has not seen."""

    runs: int
    r2: float
    """Share of the variance of all values that is predicted."""
    q2: float
    """Share of the variance that parameters make that is predicted; NaN when luck is all."""
    noise_share: float
    """Share of the variance of all values that is the simulation's luck."""
    within_2: float
    verdict: Literal["good", "poor", "refused"]


def quality(emulator: Emulator, noise_variance: float | None = None) -> Quality:
    """Judge an emulator by leaving out one run at a time.

    `noise_variance` is the variance of one value given the parameters where it was measured on replications of the
    same set; else the emulator's own estimate is taken.
    """
    found = sum_up(emulator)
    variance = float(emulator.values.var())
    noise = emulator.noise_variance if noise_variance is None else noise_variance
    share = min(noise / variance, 1.0) if variance > 0.0 else 1.0
    q2 = min(found.r2 / (1.0 - share), 1.0) if share < 1.0 else math.nan
    if not (q2 >= LEAST_Q2 and found.r2 >= LEAST_R2):
        verdict: Literal["good", "poor", "refused"] = "refused"
    else:
        is_good = q2 >= GOOD_Q2 and share <= MOST_LUCK and found.within_2 >= LEAST_WITHIN_2
        verdict = "good" if is_good else "poor"
    return Quality(runs=found.points, r2=found.r2, q2=q2, noise_share=share, within_2=found.within_2, verdict=verdict)


def noise_of_means(values: F64) -> float | None:
    """Return the variance of a mean over replications from `values[set, replication]`; None with one of them."""
    replications = values.shape[1]
    return float(values.var(axis=1, ddof=1).mean()) / replications if replications > 1 else None


def emulated_indices(emulator: Emulator, base: int, *, second_order: bool, seed: int) -> pd.DataFrame:
    """Return Sobol indices of the expected output over the unit cube; columns as `sobol_indices`.

    `half_width` joins two things: what SALib's resampling says of the design, and how the indices change when a
    tenth of the runs is left out in turn (delete-group jackknife, the kernel as fitted to all). Luck takes no part.
    """
    dimensions = emulator.points.shape[1]
    points = sobol_design(dimensions, base, second_order=second_order, seed=seed)
    table = sobol_indices(emulator.predict(points)[0], dimensions, second_order=second_order, seed=seed)
    values = np.array(
        [_values(_without(emulator, fold), points, dimensions, second_order=second_order) for fold in range(_FOLDS)]
    )
    spread = np.sqrt((_FOLDS - 1) / _FOLDS * ((values - values.mean(axis=0)) ** 2).sum(axis=0))
    return table.assign(half_width=np.hypot(table["half_width"], _Z * spread))


def _without(emulator: Emulator, fold: int) -> Emulator:
    """Return the emulator without every tenth run, counted from `fold`."""
    kept = np.arange(len(emulator.values)) % _FOLDS != fold
    process = emulator.process
    with _THREADS.limit(limits=1):
        again = GaussianProcessRegressor(process.kernel_, alpha=process.alpha, optimizer=None)
        again.fit(process.X_train_[kept], process.y_train_[kept])
    return Emulator(
        points=emulator.points[kept],
        values=emulator.values[kept],
        noise_variance=emulator.noise_variance,
        relevance=emulator.relevance,
        process=again,
        low=emulator.low,
        high=emulator.high,
        centre=emulator.centre,
        scale=emulator.scale,
    )


def _values(emulator: Emulator, points: F64, dimensions: int, *, second_order: bool) -> F64:
    """Return the indices alone, in the order of `sobol_indices`, by the same estimators."""
    predicted = emulator.predict(points)[0]
    block = (2 if second_order else 1) * dimensions + 2
    shaped = predicted.reshape(-1, block)
    shaped = (shaped - shaped.mean()) / shaped.std()
    a, b, ab = shaped[:, 0], shaped[:, -1], shaped[:, 1 : dimensions + 1]
    variance = np.concatenate([a, b]).var()
    first = (b[:, None] * (ab - a[:, None])).mean(axis=0) / variance
    total = 0.5 * ((a[:, None] - ab) ** 2).mean(axis=0) / variance
    if not second_order:
        return np.concatenate([first, total])
    ba = shaped[:, dimensions + 1 : -1]
    one, other = np.triu_indices(dimensions, 1)
    joint = (ba[:, one] * ab[:, other] - (a * b)[:, None]).mean(axis=0) / variance
    return np.concatenate([first, total, joint - first[one] - first[other]])
