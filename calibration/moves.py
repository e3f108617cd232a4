"""Move a population of points about the unit cube without changing what it is a sample of.

Differential evolution (ter Braak 2006): a point jumps by the difference of two others, so that jumps have the size
and direction of the region by themselves, however narrow or oblique it is. Two halves take turns, each jumping by
differences within the other, which keeps the target exact (Foreman-Mackey et al. 2013); only some dimensions move at
a time (Vrugt et al. 2009) and who leaves through one wall comes in at the opposite one, without which few would stay
inside when many parameters are free. (Reflection at the walls would not do: with jumps that go together in several
dimensions the way back would not be as likely as the way there.) Samplers that we know, emcee among them, have neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]
Energy = Callable[[F64, F64], F64]
"""(points, limit of each) -> a number of each, shape (m,); beyond its limit any number beyond it, infinity too."""
Limit = Callable[[F64, F64], F64]
"""(energies, luck between 0 and 1) -> highest energy to which each point would jump from where it is."""

ENOUGH = 5.0
"""Jumps made per point, on average, after which copies of one point have gone apart."""
MOST_SWEEPS = 100
_WHOLE_JUMP = 0.1
"""Share of jumps by the whole difference: from one separate region to another."""
_JITTER = 1e-3
"""Standard deviation added to every jump, as a share of it, so that points leave a common line or plane."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Points with their energies, and how readily they moved."""

    points: F64
    energies: F64
    acceptance: float = 1.0


def stirred(start: Population, energy: Energy, limit: Limit, rng: np.random.Generator) -> Population:
    """Return the population after so many sweeps that each point has moved `ENOUGH` times, on average."""
    points, energies = start.points.copy(), start.energies.copy()
    count, made, sweeps = len(points), 0, 0
    while made < ENOUGH * count and sweeps < MOST_SWEEPS:
        order = rng.permutation(count)
        halves = order[: count // 2], order[count // 2 :]
        for movers, others in (halves, halves[::-1]):
            proposed = _jumps(points[movers], points[others], rng)
            limits = limit(energies[movers], rng.random(len(movers)))
            found = energy(proposed, limits)
            goes = found <= limits
            points[movers[goes]], energies[movers[goes]] = proposed[goes], found[goes]
            made += int(goes.sum())
        sweeps += 1
    return Population(points=points, energies=energies, acceptance=made / (sweeps * count))


def _jumps(points: F64, others: F64, rng: np.random.Generator) -> F64:
    """Return where each point would jump; the jump back is exactly as likely."""
    count, dimensions = points.shape
    first = rng.integers(len(others), size=count)
    second = (first + rng.integers(1, len(others), size=count)) % len(others)
    moves = rng.random((count, dimensions)) < rng.choice((0.2, 0.5, 1.0), size=(count, 1))
    moves[np.arange(count), rng.integers(dimensions, size=count)] = True
    length = 2.38 / np.sqrt(2.0 * moves.sum(axis=1, keepdims=True))
    length = np.where(rng.random((count, 1)) < _WHOLE_JUMP, 1.0, length)
    difference = others[first] - others[second]
    jitter = _JITTER * others.std(axis=0) * rng.standard_normal((count, dimensions))
    landed: F64 = np.mod(points + moves * (length * difference + jitter), 1.0)
    return landed


def copied(chances: F64, count: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return which to take so that each is taken in proportion to its chance: systematic resampling, shuffled."""
    edges = np.cumsum(chances) / chances.sum()
    found = np.searchsorted(edges, (np.arange(count) + rng.random()) / count, side="right")
    return rng.permutation(np.minimum(found, len(chances) - 1))
