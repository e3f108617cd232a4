"""Weigh what is not ruled out by how well it fits, and draw an ensemble of parameter sets from it.

History matching says what is impossible, not what is likely. Here every set has a uniform prior over what is left and
a normal likelihood of each aim given the emulators, with the same four variances. Weighting the sample by likelihood
(importance sampling) is enough when the aims are loose; when few sets would carry all weight, the likelihood is
brought in by steps (tempering: sequential Monte Carlo, Del Moral et al. 2006; in the same spirit as Toni et al.
2009), each followed by resampling and by moves that leave its distribution as it is. Aims count as
independent given the parameters: two that report the same thing twice should be given as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from calibration.implausibility import F64, total_variance
from calibration.moves import Limit, Population, copied, stirred
from calibration.waves import Space, Wave, not_ruled_out

SETS = 200
"""Parameter sets of an ensemble, at least."""
KEPT_SHARE = 0.5
"""Effective sample size after a step of tempering, as a share of the sample."""
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """An ensemble of parameter sets, equally weighted."""

    points: F64
    """Shape (sets, k), in a random order: the first n are a fair sample as well."""
    log_likelihood: F64
    """Of each set, shape (sets,)."""
    importance_sample_size: float
    """How many equally weighted sets the not-ruled-out sample would be worth by likelihood weights alone."""
    steps: int
    """Steps in which the likelihood was brought in; 1 when weighting at once was enough."""
    acceptance: float
    """Share of jumps made after the last step."""
    distinct: int
    """Different sets among the points."""


def log_likelihood(points: F64, waves: Sequence[Wave]) -> F64:
    """Return the logarithm of the likelihood of m points, shape (m,), by the latest emulator of each aim."""
    latest = {
        aim.id: (aim, emulator) for wave in waves for aim, emulator in zip(wave.aims, wave.emulators, strict=True)
    }
    total = np.zeros(len(points))
    for aim, emulator in latest.values():
        mean, variance = emulator.predict(points)
        all_four = total_variance(variance, emulator.noise_variance, aim)
        total -= 0.5 * (np.log(2.0 * np.pi * all_four) + (mean - aim.value) ** 2 / all_four)
    return total


def effective_sample_size(log_weights: F64) -> float:
    """Return how many equally weighted points weighted ones are worth (Kish 1965)."""
    weights = np.exp(log_weights - log_weights.max())
    return float(weights.sum() ** 2 / (weights**2).sum())


def draw_posterior(space: Space, waves: Sequence[Wave], *, sets: int = SETS, seed: int) -> Posterior:
    """Draw an ensemble of so many sets from the posterior over what the waves left.

    `space` is what is left after all of them. Raises ValueError when its sample is smaller than the ensemble.
    """
    if sets > len(space.points):
        raise ValueError(f"the sample of the space holds {len(space.points)} points, {sets} sets are asked for")
    rng = np.random.default_rng(seed)

    def energy(points: F64, limits: F64) -> F64:
        found = -log_likelihood(points, waves)
        asked = np.flatnonzero(found <= limits)
        found[asked[~not_ruled_out(points[asked], waves)]] = np.inf
        return found

    population = Population(points=space.points, energies=-log_likelihood(space.points, waves))
    worth = effective_sample_size(-population.energies)
    power, steps = 0.0, 0
    while power < 1.0 and steps < _MOST_STEPS:
        power, last = _next_power(population.energies, power), power
        weights = np.exp(-(power - last) * (population.energies - population.energies.min()))
        chosen = copied(weights, len(weights), rng)
        start = Population(points=population.points[chosen], energies=population.energies[chosen])
        population = stirred(start, energy, _metropolis(power), rng)
        steps += 1
    if power < 1.0:
        raise ValueError(f"the aims are too sharp for the emulators: {steps} steps brought in {power:.2g} of them")
    points, energies = population.points[:sets], population.energies[:sets]
    return Posterior(
        points=points,
        log_likelihood=-energies,
        importance_sample_size=worth,
        steps=steps,
        acceptance=population.acceptance,
        distinct=len(np.unique(points, axis=0)),
    )


def _metropolis(power: float) -> Limit:
    """Return the rule of Metropolis for the likelihood to a power: downhill always, uphill by luck."""

    def limit(energies: F64, luck: F64) -> F64:
        found: F64 = energies - np.log1p(-luck) / power
        return found

    return limit


def _next_power(energies: F64, power: float) -> float:
    """Return the power of the likelihood at which the weights are still worth `KEPT_SHARE` of the sample."""
    enough = KEPT_SHARE * len(energies)

    def spare(next_power: float) -> float:
        return effective_sample_size(-(next_power - power) * energies) - enough

    return 1.0 if spare(1.0) >= 0.0 else float(brentq(spare, power, 1.0, xtol=1e-12))
