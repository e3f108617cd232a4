"""Screen parameters: which of them move an output at all, from few runs a parameter (Morris 1991).

Trajectories step through the unit cube, one dimension at a time; each step is an elementary effect: the change of the
output, scaled to the whole range of the dimension. `mu_star` is the mean of their absolute values (Campolongo,
Cariboni and Saltelli 2007). Design and effects are SALib's, behind a door that refuses what SALib would turn into 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from SALib.analyze import morris as analysis
from SALib.sample import morris as sampling

F64 = npt.NDArray[np.float64]

LEVELS = 4
"""Grid levels of a trajectory; a step is two thirds of the range."""
STEP = LEVELS / (2.0 * (LEVELS - 1.0))
_CONFIDENCE, _RESAMPLES = 0.95, 1000
_ABSOLUTE_NORMAL = float(np.sqrt(2.0 / np.pi))
"""Mean of the absolute value of a standard normal number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How far an output may be off, and how much of its movement is the simulation's own luck."""

    sd: float
    """Root of the observation and discrepancy variances of the target, on the scale of the output."""
    noise_variance: float = 0.0
    """Monte-Carlo variance of one value; half the variance of a difference when runs share their luck."""


def _problem(dimensions: int) -> dict[str, object]:
    names = [str(dimension) for dimension in range(dimensions)]
    return {"num_vars": dimensions, "names": names, "bounds": [[0.0, 1.0]] * dimensions}


def screening_design(dimensions: int, trajectories: int, *, seed: int) -> F64:
    """Return points of the unit cube to simulate, shape (trajectories * (dimensions + 1), dimensions), in order."""
    if dimensions < 1 or trajectories < 2:
        raise ValueError(f"at least 1 dimension and 2 trajectories, found {dimensions} and {trajectories}")
    points = sampling.sample(_problem(dimensions), trajectories, num_levels=LEVELS, seed=seed)
    return np.asarray(points, np.float64)


def elementary_effects(points: npt.ArrayLike, values: npt.ArrayLike, *, seed: int = 1) -> pd.DataFrame:
    """Return the effects of each dimension on one output, simulated at a screening design in its order.

    Columns: `dimension`, `mu`, `mu_star` with its 95 % interval over trajectories (`mu_star_low`, `mu_star_high`,
    bootstrap with `seed`) and `sigma` (spread: interactions and curvature, and the simulation's luck). Raises
    ValueError for values that are not finite and for points that are no screening design.
    """
    x, y = np.asarray(points, np.float64), np.asarray(values, np.float64)
    _check(x, y)
    found = analysis.analyze(
        _problem(x.shape[1]), x, y, num_levels=LEVELS, num_resamples=_RESAMPLES, conf_level=_CONFIDENCE, seed=seed
    )
    mu_star, half = np.asarray(found["mu_star"], np.float64), np.asarray(found["mu_star_conf"], np.float64)
    return pd.DataFrame(
        {
            "dimension": np.arange(x.shape[1]),
            "mu": np.asarray(found["mu"], np.float64),
            "mu_star": mu_star,
            "mu_star_low": np.maximum(mu_star - half, 0.0),
            "mu_star_high": mu_star + half,
            "sigma": np.asarray(found["sigma"], np.float64),
        }
    )


def _check(points: F64, values: F64) -> None:
    if points.ndim != 2 or values.shape != (len(points),):
        raise ValueError(f"expected points (n, k) and values (n,), found {points.shape} and {values.shape}")
    for name, numbers in (("points", points), ("values", values)):
        if not np.isfinite(numbers).all():
            raise ValueError(f"{name} must be finite; {np.count_nonzero(~np.isfinite(numbers))} are not")
    length = points.shape[1] + 1
    if len(points) % length or len(points) < 2 * length:
        raise ValueError(f"expected at least 2 whole trajectories of {length} points, found {len(points)} points")
    steps = np.diff(points.reshape(-1, length, length - 1), axis=1)
    moved = np.isclose(np.abs(steps), STEP)
    if not ((moved.sum(axis=2) == 1).all() and (moved.sum(axis=1) == 1).all() and np.allclose(steps[~moved], 0.0)):
        raise ValueError("expected the points of a screening design in order: one dimension moves at each step")


def matters(
    effects: Mapping[str, pd.DataFrame], tolerances: Mapping[str, Tolerance], *, least: float = 0.25
) -> pd.DataFrame:
    """Say of each target and dimension whether the dimension matters: clearly moves it by as much as counts.

    Columns: `target`, `dimension`, `mu_star`, `relative` (over the tolerance), `noise_floor` (what `mu_star` would be
    from luck alone), `matters` and `unclear`. It matters when the lower end of `mu_star` is above the noise floor and
    `mu_star` is at least `least` tolerances; it is unclear when luck hides whether it does: the noise floor
    itself is that high and the effect does not stand out from it. Raises ValueError for a target without tolerance.
    """
    missing = sorted(set(effects) - set(tolerances))
    if missing:
        raise ValueError(f"no tolerance for {', '.join(missing)}")
    tables = [_judged(target, table, tolerances[target], least) for target, table in effects.items()]
    return pd.concat(tables, ignore_index=True)


def _judged(target: str, table: pd.DataFrame, tolerance: Tolerance, least: float) -> pd.DataFrame:
    floor = _ABSOLUTE_NORMAL * np.sqrt(2.0 * tolerance.noise_variance) / STEP
    counts = table["mu_star"] >= least * tolerance.sd
    stands_out = table["mu_star_low"] > floor
    return pd.DataFrame(
        {
            "target": target,
            "dimension": table["dimension"],
            "mu_star": table["mu_star"],
            "relative": table["mu_star"] / tolerance.sd,
            "noise_floor": floor,
            "matters": counts & stands_out,
            "unclear": counts & ~stands_out,
        }
    )


def dimensions_that_matter(judged: pd.DataFrame, *, with_unclear: bool = True) -> list[int]:
    """Return the dimensions that matter for at least one target; by default also those that luck may hide."""
    kept = judged["matters"] | (judged["unclear"] & with_unclear)
    return sorted(int(dimension) for dimension in judged.loc[kept, "dimension"].unique())
