"""Match history in waves: rule out what is implausible, simulate in what is left, emulate better there, and again.

Craig et al. 1997; Vernon, Goldstein and Bower 2010; Andrianakis et al. 2015. Everything happens in the unit cube;
whoever knows the parameters translates. A wave's emulators hold inside what the waves before it left, so a point is
judged by all of them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist
from scipy.stats import qmc

from calibration.implausibility import F64, KEPT, Aim, B, Cutoffs, implausibility, over_cutoff
from calibration.levels import inside
from sim.analysis.emulator import Emulator, fit_emulator

SAMPLE = 2048
"""Points that stand for a space; a power of 2 for the balance of Sobol points."""
_POOL = 6
"""Points from which one is chosen for the next wave, on average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """What one wave of simulations says: an emulator for each aim."""

    number: int
    aims: tuple[Aim, ...]
    emulators: tuple[Emulator, ...]
    """One for each aim, in their order."""
    cutoffs: Cutoffs

    def implausibilities(self, points: F64) -> F64:
        """Return the implausibility of m points by each aim, shape (m, aims)."""
        columns = [_implausibility(points, *each) for each in zip(self.emulators, self.aims, strict=True)]
        return np.stack(columns, axis=1)

    def over(self, points: F64, limit: float = np.inf) -> F64:
        """Return how far m points are beyond the cutoffs, shape (m,); above 1 they are ruled out.

        Infinite beyond `limit`: points that are there are not asked about the remaining aims, which saves most of
        the time.
        """
        found = np.zeros(len(points))
        largest = np.zeros((len(points), 0))
        going = np.arange(len(points))
        for place in self._strictest_first():
            column = _implausibility(points[going], self.emulators[place], self.aims[place])
            largest = -np.sort(-np.column_stack([largest, column]), axis=1)[:, :3]
            found[going] = over_cutoff(largest, self.cutoffs)
            stays = found[going] <= limit
            found[going[~stays]] = np.inf
            going, largest = going[stays], largest[stays]
        return found

    def _strictest_first(self) -> list[int]:
        """Return the aims in the order of how far the outputs go in units of what is allowed."""

        def strictness(place: int) -> float:
            aim, emulator = self.aims[place], self.emulators[place]
            luck = aim.monte_carlo_factor * emulator.noise_variance
            allowed = aim.observation_variance + aim.discrepancy_variance + luck
            return float(np.mean((emulator.values - aim.value) ** 2) / max(allowed, np.finfo(float).tiny))

        return sorted(range(len(self.aims)), key=lambda place: -strictness(place))


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """What is left after some waves, as a uniform sample."""

    points: F64
    """Shape (sample, k)."""
    share: float
    """Of the unit cube."""
    relative_error: float
    """Standard error of the share as a part of it, of counting alone."""
    levels: int
    """How many steps inwards the last wave took; 1 when looking was enough."""


def _implausibility(points: F64, emulator: Emulator, aim: Aim) -> F64:
    mean, variance = emulator.predict(points)
    return implausibility(mean, variance, emulator.noise_variance, aim)


def fit_wave(
    number: int, points: F64, outputs: F64, aims: Sequence[Aim], *, seed: int, cutoffs: Cutoffs | None = None
) -> Wave:
    """Fit an emulator to each column of the outputs, shape (n, aims), simulated at points of shape (n, k)."""
    if outputs.shape != (len(points), len(aims)):
        raise ValueError(f"outputs must have the shape {(len(points), len(aims))}, found {outputs.shape}")
    emulators = tuple(fit_emulator(points, column, seed=seed) for column in outputs.T)
    return Wave(
        number=number, aims=tuple(aims), emulators=emulators, cutoffs=cutoffs or Cutoffs.keeping(KEPT, len(aims))
    )


def over_any(points: F64, waves: Sequence[Wave], limit: float = 1.0) -> F64:
    """Return how far points are beyond the cutoffs of the last wave, shape (m,).

    Infinite beyond `limit` of the last wave, and where an earlier one rules the point out.
    """
    found = waves[-1].over(points, limit)
    for wave in reversed(waves[:-1]):
        going = np.flatnonzero(np.isfinite(found))
        found[going[wave.over(points[going], 1.0) > 1.0]] = np.inf
    return found


def not_ruled_out(points: F64, waves: Sequence[Wave]) -> B:
    """Return which points no wave rules out, shape (m,)."""
    return over_any(points, waves) <= 1.0 if waves else np.ones(len(points), bool)


def first_points(dimensions: int, count: int, *, seed: int) -> F64:
    """Return points for the first wave: a Latin hypercube with spread-out pairs of dimensions."""
    return qmc.LatinHypercube(dimensions, optimization="random-cd", rng=np.random.default_rng(seed)).random(count)


def whole_space(dimensions: int, *, seed: int, sample: int = SAMPLE) -> Space:
    """Return the unit cube before anything is ruled out (scrambled Sobol points)."""
    points = qmc.Sobol(dimensions, rng=np.random.default_rng(seed)).random(sample)
    return Space(points=points, share=1.0, relative_error=0.0, levels=0)


def shrink(space: Space, waves: Sequence[Wave], *, seed: int) -> Space:
    """Return what the last of the waves leaves of the space that the others left.

    Works down to tiny shares (`levels.py`). Raises NothingLeftError when all is ruled out.
    """

    def score(points: F64, limit: float) -> F64:
        return over_any(points, waves, limit)

    found = inside(space.points, score, np.random.default_rng(seed))
    return Space(
        points=found.points,
        share=space.share * found.share,
        relative_error=float(np.hypot(space.relative_error, found.relative_error)),
        levels=found.levels,
    )


def next_points(space: Space, count: int, *, seed: int) -> F64:
    """Return points for the next wave, spread out over what is left, shape (count, k).

    From a random pool the one closest to another goes, until enough are left (sample elimination, Yuksel 2015);
    distances are in standard deviations of each dimension. Raises ValueError when the space holds fewer points.
    """
    distinct = np.unique(space.points, axis=0)
    if count > len(distinct):
        raise ValueError(f"the sample of the space holds {len(distinct)} different points, {count} are asked for")
    rng = np.random.default_rng(seed)
    pool = distinct[rng.permutation(len(distinct))[: _POOL * count]]
    apart = cdist(pool / (pool.std(axis=0) + 1e-12), pool / (pool.std(axis=0) + 1e-12))
    np.fill_diagonal(apart, np.inf)
    left = np.arange(len(pool))
    while len(left) > count:
        nearest = apart.min(axis=1)
        goes = int(nearest.argmin())
        apart = np.delete(np.delete(apart, goes, axis=0), goes, axis=1)
        left = np.delete(left, goes)
    return pool[left]
