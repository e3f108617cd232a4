"""Stand in for the simulation: a Gaussian process that predicts one output from the parameters, with its uncertainty.

The output is a linear trend plus a smooth remainder (Matern 5/2, a length scale per dimension) plus the noise of the
simulation, whose variance is estimated (Sacks et al. 1989; Rasmussen and Williams 2006; Andrianakis et al. 2015 for
simulations with luck). The slopes of the trend have a normal prior inside the process, so that predictions and
leave-one-out errors include what is not known about them. The mathematics is scikit-learn's.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.linalg import solve_triangular
from scipy.optimize import minimize
from scipy.spatial.distance import cdist
from scipy.stats import qmc
from sklearn.exceptions import ConvergenceWarning
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, DotProduct, Kernel, Matern, WhiteKernel
from sklearn.utils.random import sample_without_replacement
from threadpoolctl import ThreadpoolController

F64 = npt.NDArray[np.float64]
Search = Callable[[Callable[..., Any], F64, F64], tuple[F64, float]]

SUBSET = 150
"""Points on which the first search for the kernel runs; its cost grows with the cube of their number."""
_STEPS_ON_SUBSET, _STEPS_ON_ALL = 60, 15
_AT_ONCE = 1_000
"""Points predicted at a time: what keeps the matrices in the cache."""
_BASE_POINTS = 256
"""Points from which relevance is computed, times the number of dimensions plus one."""
_SHORTEST, _LONGEST = 0.1, 100.0
"""Length scales allowed, where the box of the points is 2 wide; the longest is a straight line."""
_THREADS = ThreadpoolController()


@dataclass(frozen=True, slots=True, kw_only=True)
class Emulator:
    """A fitted Gaussian process of one output."""

    points: F64
    """Where the simulation ran, shape (n, k), in the unit cube."""
    values: F64
    """What it gave, shape (n,)."""
    noise_variance: float
    """Variance of one of the values given the parameters: the simulation's own luck."""
    relevance: F64
    """Share of the output's variance over the box of the points in which each dimension has a part, shape (k,).

    Total effect of the mean prediction (Jansen 1999): shares add up to more than 1 where dimensions interact.
    """
    process: GaussianProcessRegressor
    """Of the standardised values, on the scaled points; the noise stands on its diagonal."""
    low: F64
    high: F64
    centre: float
    scale: float

    def predict(self, points: npt.ArrayLike) -> tuple[F64, F64]:
        """Return mean and variance of the *expected* output at points of shape (m, k), each of shape (m,).

        The variance is the emulator's own uncertainty; what one run scatters around it is `noise_variance`.
        Raises ValueError for points of another number of dimensions and for those that are not finite.
        """
        asked = _scaled(_checked_points(points, self.points.shape[1]), self.low, self.high)
        mean, variance = np.empty(len(asked)), np.empty(len(asked))
        with _THREADS.limit(limits=1):
            for first in range(0, len(asked), _AT_ONCE):
                part = slice(first, first + _AT_ONCE)
                mean[part], variance[part] = _predicted(self.process, asked[part])
        return self.centre + self.scale * mean, self.scale**2 * variance


def fit_emulator(points: npt.ArrayLike, values: npt.ArrayLike, *, seed: int, subset: int = SUBSET) -> Emulator:
    """Fit an emulator to the values of one output, shape (n,), at points of the unit cube, shape (n, k).

    The kernel is found by the marginal likelihood, first on a random subset drawn with `seed`, then in a few steps on
    all points. Same bytes on the same machine whatever the number of threads. Raises ValueError for shapes that do
    not agree, fewer points than dimensions + 3, and for values that are not finite.
    """
    x = _checked_points(points, None)
    y = _checked_values(values, x)
    low, high = x.min(axis=0), x.max(axis=0)
    centre, scale = float(y.mean()), float(y.std()) or 1.0
    scaled, standard = _scaled(x, low, high), (y - centre) / scale
    with _THREADS.limit(limits=1):
        signal, noise = _found_kernel(scaled, standard, seed, subset)
        process = GaussianProcessRegressor(signal, alpha=noise, optimizer=None).fit(scaled, standard)
        return Emulator(
            points=x,
            values=y,
            noise_variance=noise * scale**2,
            relevance=_total_effects(process, x.shape[1]),
            process=process,
            low=low,
            high=high,
            centre=centre,
            scale=scale,
        )


def _checked_points(points: npt.ArrayLike, dimensions: int | None) -> F64:
    x = np.array(points, np.float64)
    if x.ndim != 2 or (dimensions is not None and x.shape[1] != dimensions):
        wanted = "(n, k)" if dimensions is None else f"(n, {dimensions})"
        raise ValueError(f"points must have the shape {wanted}, found {x.shape}")
    if not np.isfinite(x).all():
        raise ValueError(f"points must be finite; row {np.flatnonzero(~np.isfinite(x).all(axis=1))[0]} is not")
    return x


def _checked_values(values: npt.ArrayLike, points: F64) -> F64:
    y = np.array(values, np.float64)
    if y.shape != (len(points),):
        raise ValueError(f"values must be one a point, shape ({len(points)},), found {y.shape}")
    if not np.isfinite(y).all():
        raise ValueError(f"values must be finite; value {np.flatnonzero(~np.isfinite(y))[0]} is not")
    fewest = points.shape[1] + 3
    if len(y) < fewest:
        raise ValueError(f"{points.shape[1]} dimensions need at least {fewest} points, found {len(y)}")
    return y


def _scaled(points: F64, low: F64, high: F64) -> F64:
    """Return the points with the box of the design as -1 to 1, so that later waves in a small box fit as well."""
    width = np.where(high > low, high - low, 1.0)
    return 2.0 * (points - low) / width - 1.0


def _start_kernel(dimensions: int) -> Kernel:
    level = ConstantKernel(1.0, "fixed")
    trend = ConstantKernel(1.0 / dimensions, (1e-5, 1e2)) * DotProduct(0.0, "fixed")
    remainder = ConstantKernel(0.3, (1e-5, 1e2)) * Matern(np.full(dimensions, 3.0), (_SHORTEST, _LONGEST), nu=2.5)
    return level + trend + remainder + WhiteKernel(0.1, (1e-6, 2.0))


def _predicted(process: GaussianProcessRegressor, points: F64) -> tuple[F64, F64]:
    """Return what `process.predict` returns, variances for standard deviations, without its checks of every call.

    They take ten times as long as the arithmetic when few points are asked at a time, as samplers do.
    """
    level, trend, remainder = process.kernel_.k1.k1, process.kernel_.k1.k2.k1, process.kernel_.k2
    amplitude, lengths, known = remainder.k1.constant_value, remainder.k2.length_scale, process.X_train_
    apart = np.sqrt(5.0) * cdist(points / lengths, known / lengths)
    with_known = amplitude * (1.0 + apart + apart**2 / 3.0) * np.exp(-apart)
    with_known += level.constant_value + trend.constant_value * (points @ known.T)
    prior = level.constant_value + amplitude + trend.constant_value * (points**2).sum(axis=1)
    told = solve_triangular(process.L_, with_known.T, lower=True, check_finite=False)
    # Rounding can go below zero where everything is known.
    return with_known @ process.alpha_, np.maximum(prior - (told**2).sum(axis=0), 0.0)


def _found_kernel(points: F64, values: F64, seed: int, subset: int) -> tuple[Kernel, float]:
    """Return the kernel of the expected output and the variance of the noise that explain the values best."""
    kernel = _start_kernel(points.shape[1])
    rounds = [(np.arange(len(points)), _STEPS_ON_SUBSET)]
    if len(points) > subset:
        chosen = np.sort(sample_without_replacement(len(points), subset, random_state=seed))
        rounds = [(chosen, _STEPS_ON_SUBSET), (rounds[0][0], _STEPS_ON_ALL)]
    for rows, steps in rounds:
        with warnings.catch_warnings():
            # A dimension without effect has the longest length there is.
            warnings.simplefilter("ignore", ConvergenceWarning)
            process = GaussianProcessRegressor(kernel, alpha=0.0, optimizer=_search(kernel, steps))
            kernel = process.fit(points[rows], values[rows]).kernel_
    return kernel.k1, float(kernel.k2.noise_level)


def _search(kernel: Kernel, steps: int) -> Search:
    """Return a search for the likeliest kernel in so many steps from where the given one stands.

    One over the length scale has a half-normal prior (sd 1, where the box is 2 wide): without it some dimensions that
    do nothing get short lengths by luck when there are many dimensions and few points.
    """
    free = [part for part in kernel.hyperparameters if not part.fixed]
    names = [part.name for part in free for _ in range(part.n_elements)]
    lengths = np.array([name.endswith("length_scale") for name in names])

    def cost(theta: F64, likelihood: Callable[..., Any]) -> tuple[float, F64]:
        value, gradient = likelihood(theta)
        roughness = np.where(lengths, np.exp(-2.0 * theta), 0.0)
        return value + 0.5 * roughness.sum(), gradient - roughness

    def search(likelihood: Callable[..., Any], start: F64, bounds: F64) -> tuple[F64, float]:
        inside = np.clip(start, bounds[:, 0], bounds[:, 1])
        found = minimize(
            cost, inside, (likelihood,), "L-BFGS-B", jac=True, bounds=bounds.tolist(), options={"maxiter": steps}
        )
        return np.asarray(found.x), float(found.fun)

    return search


def _total_effects(process: GaussianProcessRegressor, dimensions: int) -> F64:
    """Return the share of the variance of the mean prediction in which each dimension has a part."""
    base = 2.0 * qmc.Sobol(2 * dimensions, scramble=False).random(2 * _BASE_POINTS)[_BASE_POINTS:] - 1.0
    first, second = base[:, :dimensions], base[:, dimensions:]
    here = process.predict(first)
    variance = float(here.var())
    if variance < 1e-12:
        return np.zeros(dimensions)
    shares = np.empty(dimensions)
    for dimension in range(dimensions):
        moved = first.copy()
        moved[:, dimension] = second[:, dimension]
        shares[dimension] = 0.5 * np.mean((here - process.predict(moved)) ** 2) / variance
    return shares
