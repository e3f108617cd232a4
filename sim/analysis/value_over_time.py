"""Follow a difference over time: discount it, add it up until it pays back, carry it on into a budget.

A difference is per person-year, replication by replication; over quarters it is an annual rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]

QUARTERS = 4
MEASURED, IN_PART, HELD = "measured", "measured in part", "held"


@dataclass(frozen=True, slots=True)
class Course:
    """A difference over the whole period, and quarter by quarter around it.

    Shapes (replications,) and (replications, quarters); no quarter when the period has fewer than two.
    """

    whole: F64
    quarters: F64

    def __add__(self, other: Course) -> Course:
        """Return the sum, replication by replication."""
        return Course(self.whole + other.whole, self.quarters + other.quarters)

    def times(self, factor: float) -> Course:
        """Return the course times a factor."""
        return Course(self.whole * factor, self.quarters * factor)


def centred(whole: F64, quarters: F64, of: F64 | None = None, share: float = 1.0) -> Course:
    """Return a course whose quarters average to the whole period's difference.

    With `of` (the quarters of what this is a part of) the part follows the timing of the whole thing in proportion
    to `share`; shares that add up to 1 give parts that add up in every quarter.
    """
    timing = quarters if of is None else of
    if not timing.shape[1]:
        return Course(whole, np.zeros((len(whole), 0)))
    away = timing - timing.mean(axis=1, keepdims=True)
    return Course(whole, whole[:, None] + share * away)


def discount_factors(periods: int, rate: float, per_year: int = QUARTERS) -> F64:
    """Return the factor of each period: 1 in the first year, 1 / (1 + rate) in the second, and so on."""
    return np.asarray((1.0 + rate) ** -(np.arange(periods) // per_year).astype(np.float64))


def present_value(course: Course, rate: float, years: float) -> F64:
    """Return the discounted difference per person-year, replication by replication.

    By quarter where there are quarters; else the difference is taken to be spread evenly over the years.
    """
    count = course.quarters.shape[1]
    if count:
        return np.asarray((course.quarters * discount_factors(count, rate)).mean(axis=1))
    return course.whole * even_factor(years, rate)


def even_factor(years: float, rate: float) -> float:
    """Return the mean discount factor over a period of `years`, the last of which may be a part of one."""
    lengths = np.minimum(1.0, np.maximum(0.0, years - np.arange(int(np.ceil(max(years, 1e-9))))))
    return float(np.sum(lengths * discount_factors(len(lengths), rate, per_year=1)) / np.sum(lengths))


def cumulated(course: Course) -> F64:
    """Return the difference added up to the end of each quarter, shape of the quarters; a quarter is a quarter year."""
    return np.cumsum(course.quarters / QUARTERS, axis=1)


def payback_quarter(cumulated_cost: F64) -> int | None:
    """Return the first quarter (from 1) at whose end what was spent is back, and stays so; None when it is not.

    `cumulated_cost` is one curve of added-up differences in cost; never above zero is back in the first quarter.
    """
    above = np.flatnonzero(~(cumulated_cost <= 0.0))
    if not len(cumulated_cost) or (len(above) and above[-1] == len(cumulated_cost) - 1):
        return None
    return int(above[-1]) + 2 if len(above) else 1


def by_year(course: Course, years: float) -> tuple[F64, tuple[str, ...]]:
    """Return the difference of every year measured, shape (replications, years), and on what each rests.

    A last year with fewer than four quarters stands as the annual rate of those it has; without quarters the whole
    period stands for each of its years.
    """
    count = course.quarters.shape[1]
    if not count:
        number = max(1, int(np.ceil(years - 1e-9)))
        basis = MEASURED if abs(years - 1.0) < 1e-9 else IN_PART
        return np.repeat(course.whole[:, None], number, axis=1), (basis,) * number
    starts = range(0, count, QUARTERS)
    means = [course.quarters[:, start : start + QUARTERS].mean(axis=1) for start in starts]
    basis_of = tuple(MEASURED if start + QUARTERS <= count else IN_PART for start in starts)
    return np.stack(means, axis=1), basis_of


def held_band(mean: float, low: float, high: float, years_beyond: int, spread_share: float) -> tuple[float, float]:
    """Return the band of a difference held beyond the years measured: wider by a share of it for every year."""
    more = spread_share * years_beyond * abs(mean)
    return low - more, high + more
