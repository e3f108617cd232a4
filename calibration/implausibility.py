"""Say how implausible parameters are: distance from what was observed, in units of all that is not known.

Craig et al. 1997; Vernon, Goldstein and Bower 2010; with the simulation's own luck Andrianakis et al. 2015. Parameters
are ruled out when an output is too far away, never accepted: what is left is "not ruled out yet". Everything of one
aim is on one scale, and variances are of that scale: for a ratio the logarithm of the output, the logarithm of the
published value and the variance of that logarithm. Whoever makes the aims does that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

F64 = npt.NDArray[np.float64]
B = npt.NDArray[np.bool_]

KEPT = 0.99
"""Probability with which a wave keeps the true set, all its aims together."""
_PUKELSHEIM = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What an output should be, and how far it may be from there for reasons that are known."""

    id: str
    value: float
    observation_variance: float
    """Of the published figure around the truth: its standard error squared."""
    discrepancy_variance: float
    """Of the truth around the best the model can do: what the model leaves out."""
    monte_carlo_factor: float = 1.0
    """By what the noise variance of a simulated value is multiplied before it counts.

    1 when a value is one run as large as what was observed, and the observation variance says nothing of its luck; r
    when a value is the mean of r such runs; 0 when the observation variance already holds luck of that size, as
    the interval of a study does whose sampling the model repeats: to count it twice would be too lenient.
    """
    scale: str = "plain"
    """On what all of this stands: `plain`, `log` or `logit`; for the reader, nothing is transformed here."""

    def __post_init__(self) -> None:
        numbers = (self.value, self.observation_variance, self.discrepancy_variance, self.monte_carlo_factor)
        if not np.isfinite(numbers).all():
            raise ValueError(f"aim {self.id}: value, variances and factor must be finite, found {numbers}")
        if min(numbers[1:]) < 0.0:
            raise ValueError(f"aim {self.id}: variances and factor must not be negative, found {numbers[1:]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutoffs:
    """Beyond what parameters are ruled out: by the largest implausibility over the aims, the second, the third.

    3 for the largest by Pukelsheim's rule (1994): whatever unimodal distribution, 95 % lie within 3 sd. That is of one
    aim; the largest of many is further away (`keeping`). The others guard against one bad emulator or aim; None leaves
    them out.
    """

    largest: float = _PUKELSHEIM
    second: float | None = None
    third: float | None = None

    @classmethod
    def keeping(cls, share: float, aims: int) -> Cutoffs:
        """Return the cutoff of the largest of so many aims that keeps the truth with probability `share`, at least 3.

        For independent normal distances; where aims hang together the truth is kept more often still.
        """
        return cls(largest=max(_PUKELSHEIM, float(norm.isf((1.0 - share ** (1.0 / aims)) / 2.0))))

    def each(self) -> tuple[float, ...]:
        """Return the cutoff of the largest, second and third; infinite where there is none."""
        return tuple(np.inf if cutoff is None else cutoff for cutoff in (self.largest, self.second, self.third))


def total_variance(emulator_variance: npt.ArrayLike, monte_carlo_variance: npt.ArrayLike, aim: Aim) -> F64:
    """Return the sum of the four variances: emulator, Monte-Carlo, observation and model discrepancy.

    `monte_carlo_variance` is of one simulated value about its expectation; the aim's factor makes it that of the world
    that was observed, which is one run too. Raises ValueError where the sum is not positive and finite.
    """
    luck = aim.monte_carlo_factor * np.asarray(monte_carlo_variance, np.float64)
    total = np.asarray(emulator_variance, np.float64) + luck
    total = total + aim.observation_variance + aim.discrepancy_variance
    if not np.isfinite(total).all() or (total <= 0.0).any():
        raise ValueError(f"aim {aim.id}: the four variances must add up to a finite number above 0")
    return total


def implausibility(
    mean: npt.ArrayLike, emulator_variance: npt.ArrayLike, monte_carlo_variance: npt.ArrayLike, aim: Aim
) -> F64:
    """Return the distance of the expected output from the aim in standard deviations, shape of `mean`.

    Raises ValueError for means that are not finite.
    """
    expected = np.asarray(mean, np.float64)
    if not np.isfinite(expected).all():
        raise ValueError(f"aim {aim.id}: expected outputs must be finite")
    away: F64 = np.abs(expected - aim.value) / np.sqrt(total_variance(emulator_variance, monte_carlo_variance, aim))
    return away


def largest_implausibilities(by_aim: F64) -> F64:
    """Return the largest, second and third over the aims, shape (m, 3), of (m, aims); 0 where there are fewer aims."""
    found = np.zeros((len(by_aim), 3))
    kept = min(3, by_aim.shape[1])
    found[:, :kept] = -np.sort(-by_aim, axis=1)[:, :kept]
    return found


def over_cutoff(by_aim: F64, cutoffs: Cutoffs) -> F64:
    """Return how far each point is beyond what is allowed, shape (m,): above 1 it is ruled out, 1 is the edge."""
    over: F64 = largest_implausibilities(by_aim) / np.array(cutoffs.each())
    found: F64 = over.max(axis=1)
    return found


def ruled_out(by_aim: F64, cutoffs: Cutoffs) -> B:
    """Return which points are ruled out by any of the three rules, shape (m,)."""
    return over_cutoff(by_aim, cutoffs) > 1.0


def pulling(by_aim: F64, aims: Sequence[Aim]) -> list[str]:
    """Return for each point the id of the aim that is furthest away: the one that pulls."""
    if by_aim.shape[1] != len(aims):
        raise ValueError(f"expected one column an aim ({len(aims)}), found {by_aim.shape[1]}")
    return [aims[place].id for place in by_aim.argmax(axis=1)]
