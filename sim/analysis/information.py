"""Say what it would be worth to know: expected value of perfect and of partial perfect information.

Options are valued over a sample of parameter sets. Knowing a parameter lets one choose the better option for each of
its values: EVPPI is the mean of the best expected value given the parameter, less the best mean. The expectation given
one parameter is a regression of the values on it (Strong, Oakley and Brennan 2014), here on splines of as many pieces
as the small-sample Akaike criterion asks for, none at all included; its interval comes from the normal distribution of
the coefficients. The simulation's luck is smoothed away: it is nothing that can be known beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.preprocessing import SplineTransformer

from sim.core.luck import Luck
from sim.core.purposes import Purpose

F64 = npt.NDArray[np.float64]

PIECES = (1, 2, 4)
"""Pieces of the cubic splines that are tried, beside a straight line and nothing at all."""
DRAWS = 500
SHUFFLES = 200
_ENDS = (2.5, 97.5)
_ROUNDING = 1e-9
"""Less than this share of how far the values spread is rounding."""
FEWEST = 20
"""Parameter sets that a regression needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What knowing something would be worth, in the unit of the values."""

    mean: float
    low: float
    high: float
    by_luck: F64
    """What it seemed worth when it was shuffled, `SHUFFLES` times."""


def value_of_choice(expected: F64) -> float:
    """Return the mean of the best option's value less the best mean, from `expected[set, option]`."""
    return float(expected.max(axis=1).mean() - expected.mean(axis=0).max())


def worth_of_knowing(values: npt.ArrayLike, parameter: npt.ArrayLike, *, seed: int = 1) -> Worth:
    """Return the EVPPI of one parameter from `values[set, option]`, more is better, and its value in every set.

    Raises ValueError for values that are not finite, for fewer than `FEWEST` sets, and for fewer than 2 options.
    """
    y, x = np.asarray(values, np.float64), np.asarray(parameter, np.float64)
    _check(y, x)
    # Only differences between options decide: without the first one's own ups and downs there is less to explain.
    gains = y[:, 1:] - y[:, :1]
    basis = _chosen_basis(x, gains)
    fitted, coefficients = _fit(basis, gains)
    drawn = _drawn_choices(basis, gains, coefficients, seed)
    found = value_of_choice(_with_first(fitted))
    if found < _ROUNDING * float(gains.std()):
        found = 0.0
    low, high = np.percentile(drawn, _ENDS)
    return Worth(mean=found, low=min(float(low), found), high=max(float(high), found), by_luck=_by_luck(x, gains, seed))


def luck_floor(worths: Sequence[Worth]) -> float:
    """Return what the best of so many parameters without any bearing would seem worth, in 19 of 20 cases at most."""
    pooled = np.concatenate([one.by_luck for one in worths])
    return float(np.quantile(pooled, 0.95 ** (1.0 / len(worths))))


def _check(values: F64, parameter: F64) -> None:
    if values.ndim != 2 or values.shape[1] < 2 or parameter.shape != (len(values),):
        raise ValueError(f"expected values (n, options) and a parameter (n,), found {values.shape}, {parameter.shape}")
    for name, numbers in (("values", values), ("parameter", parameter)):
        if not np.isfinite(numbers).all():
            raise ValueError(f"{name} must be finite; {np.count_nonzero(~np.isfinite(numbers))} are not")
    if len(values) < FEWEST:
        raise ValueError(f"at least {FEWEST} parameter sets are needed, found {len(values)}")


def _with_first(gains: F64) -> F64:
    return np.hstack([np.zeros((len(gains), 1)), gains])


def _bases(x: F64) -> list[F64]:
    """Return what a regression may rest on, simplest first: a constant, a line, splines."""
    constant = np.ones((len(x), 1))
    if np.ptp(x) == 0.0:
        return [constant]
    line = (x - x.mean()) / x.std()
    found = [constant, np.column_stack([constant, line])]
    for pieces in PIECES:
        knots = np.unique(np.quantile(x, np.linspace(0.0, 1.0, pieces + 1)))[:, None]
        if len(knots) == pieces + 1 and len(x) > 3 * (pieces + 3):
            found.append(np.asarray(SplineTransformer(knots=knots, degree=3).fit_transform(x[:, None]), np.float64))
    return found


def _fit(basis: F64, gains: F64) -> tuple[F64, F64]:
    """Return fitted values and coefficients by least squares."""
    coefficients = np.asarray(np.linalg.lstsq(basis, gains, rcond=None)[0], np.float64)
    return basis @ coefficients, coefficients


def _chosen_basis(x: F64, gains: F64) -> F64:
    """Return the basis with the least corrected Akaike criterion over all options together."""
    bases = _bases(x)
    return bases[int(np.argmin([_criterion(np.linalg.qr(basis)[0].T @ gains, gains) for basis in bases]))]


def _criterion(projected: F64, gains: F64) -> float:
    """Return the criterion of a regression from the gains' parts along an orthonormal basis, shape (terms, options)."""
    n, terms = len(gains), len(projected)
    scale = gains.var(axis=0)
    scale = np.where(scale > 0.0, scale, 1.0)
    left = ((gains**2).sum(axis=0) - (projected**2).sum(axis=0)) / n / scale
    size = terms + 1
    penalty = 2.0 * size + 2.0 * size * (size + 1) / max(n - size - 1, 1)
    return float((n * np.log(np.maximum(left, 1e-12)) + penalty).sum())


def _drawn_choices(basis: F64, gains: F64, coefficients: F64, seed: int) -> F64:
    """Return the value of choice for `DRAWS` draws of the coefficients, options moving together as residuals do."""
    n, terms = basis.shape
    residuals = gains - basis @ coefficients
    across = _root(residuals.T @ residuals / max(n - terms, 1))
    within = _root(np.asarray(np.linalg.pinv(basis.T @ basis), np.float64))
    count = DRAWS * terms * gains.shape[1]
    normal = Luck(seed, Purpose).normal(Purpose.RESAMPLE, np.arange(count)).reshape(DRAWS, terms, gains.shape[1])
    return np.array([value_of_choice(_with_first(basis @ (coefficients + within @ one @ across.T))) for one in normal])


def _root(matrix: F64) -> F64:
    """Return a square root of a matrix that has no negative directions but for rounding."""
    size, directions = np.linalg.eigh(matrix)
    return np.asarray(directions * np.sqrt(np.maximum(size, 0.0)))


def _by_luck(x: F64, gains: F64, seed: int) -> F64:
    """Return what the parameter seems worth when it is shuffled."""
    draws = Luck(seed, Purpose).uniform(Purpose.RESAMPLE, np.arange(SHUFFLES * len(x))).reshape(SHUFFLES, len(x))
    bases = _bases(x)
    projections = [np.linalg.qr(basis)[0] for basis in bases]
    return np.array([_shuffled_worth(projections, gains[np.argsort(one, kind="stable")]) for one in draws])


def _shuffled_worth(bases: list[F64], gains: F64) -> float:
    """Return what the best of some orthonormal bases makes of gains in another order."""
    projected = [basis.T @ gains for basis in bases]
    best = int(np.argmin([_criterion(one, gains) for one in projected]))
    return value_of_choice(_with_first(bases[best] @ projected[best]))
