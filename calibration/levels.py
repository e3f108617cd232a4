"""Find the part of a space where a score is at most 1, however small it is, and how large it is.

Subset simulation (Au and Beck 2001; for implausibility Williamson and Vernon 2013): where few points are inside, the
best fifth of them is copied and stirred within its own limit, and so on inwards. The share is the product of the
shares of the levels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from calibration.implausibility import F64, B
from calibration.moves import Population, copied, stirred

Score = Callable[[F64, float], F64]
"""(points, limit) -> score of each; beyond the limit any number beyond it will do, infinity too."""

LEVEL_SHARE = 0.2
"""Share of the points that a level keeps at least."""
MOST_LEVELS = 40
_LEAST_PROGRESS = 1e-3
"""Relative lowering of the limit by which a level must come closer."""


class NothingLeftError(ValueError):
    """No point has a score of 1 or less; `best` is the one that comes closest, `score` its score."""

    def __init__(self, best: F64, score: float) -> None:
        super().__init__(f"nothing is left: the point that comes closest has a score of {score:.3g}, above 1")
        self.best = best
        self.score = score


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """A uniform sample of the part inside."""

    points: F64
    share: float
    """Of the space that was searched."""
    relative_error: float
    """Standard error of the share as a part of it: of counting alone, so at least this."""
    levels: int
    """1 when the points inside were found by looking only."""


def inside(points: F64, score: Score, rng: np.random.Generator) -> Inside:
    """Return as many points as given, a uniform sample of where the score is at most 1.

    `points` must be a uniform sample of the space, shape (n, k). Raises NothingLeftError when there is no such place.
    """
    count = len(points)
    population = Population(points=points, energies=score(points, np.inf))
    share, variance, limit = 1.0, 0.0, np.inf
    for level in range(1, MOST_LEVELS + 1):
        last, limit = limit, max(1.0, float(np.quantile(population.energies, LEVEL_SHARE)))
        kept = population.energies <= limit
        if limit > 1.0 and (level == MOST_LEVELS or not limit < last * (1.0 - _LEAST_PROGRESS)):
            break
        share *= kept.mean()
        variance += (1.0 - kept.mean()) / (kept.mean() * count)
        population = _refilled(population, kept, score, limit, rng)
        if limit == 1.0:
            return Inside(points=population.points, share=share, relative_error=float(np.sqrt(variance)), levels=level)
    best = int(population.energies.argmin())
    raise NothingLeftError(population.points[best], float(population.energies[best]))


def _refilled(population: Population, kept: B, score: Score, limit: float, rng: np.random.Generator) -> Population:
    """Return as many points as before, all of them within the limit."""
    if kept.all():
        return population
    chosen = copied(kept.astype(np.float64), len(kept), rng)
    start = Population(points=population.points[chosen], energies=population.energies[chosen])

    def energy(points: F64, _: F64) -> F64:
        return score(points, limit)

    def same_limit(energies: F64, _: F64) -> F64:
        return np.full(len(energies), limit)

    return stirred(start, energy, same_limit, rng)
