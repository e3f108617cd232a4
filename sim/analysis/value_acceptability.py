"""Tell how surely an option is worth its cost, over what may be paid per unit of effect.

Cost-effectiveness acceptability curve and frontier (Fenwick, Claxton and Sculpher 2001), and the region of the points
on the cost-effectiveness plane.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

from sim.analysis.interval import CONFIDENCE

F64 = npt.NDArray[np.float64]


def net_benefit(costs: npt.NDArray[Any], effects: npt.NDArray[Any], price: float) -> F64:
    """Return the net monetary benefit: effect at its price, less cost."""
    return np.asarray(price * effects - costs, dtype=np.float64)


def share_positive(benefit: npt.NDArray[Any]) -> float:
    """Return the share of the points with a net benefit above zero; a point at zero counts half."""
    return float(np.mean((benefit > 0.0) + 0.5 * (benefit == 0.0)))


def share_best(benefits: npt.NDArray[Any]) -> F64:
    """Return for each option the share of points in which its net benefit is highest; ties are shared.

    `benefits` has shape (options, points).
    """
    best = benefits == benefits.max(axis=0)
    return np.asarray((best / best.sum(axis=0)).mean(axis=1))


def share_interval(share: float, points: int) -> tuple[float, float]:
    """Return the 95 % interval of a share seen among so many points (Wilson 1927)."""
    z = float(stats.norm.ppf(0.5 + CONFIDENCE / 2))
    middle = (share + z * z / (2 * points)) / (1 + z * z / points)
    half = z / (1 + z * z / points) * float(np.sqrt(share * (1 - share) / points + z * z / (4 * points**2)))
    return max(0.0, middle - half), min(1.0, middle + half)


def ellipse(costs: npt.NDArray[Any], effects: npt.NDArray[Any], *, of_next_run: bool) -> F64 | None:
    """Return the outline of the 95 % region, shape (points, 2) as (effect, cost); None with fewer than three points.

    The region of the mean, or with `of_next_run` that of one more point (Hotelling's T2; Johnson and Wichern 2007,
    section 5.4), as the intervals of differences are.
    """
    n = len(costs)
    if n < 3:
        return None
    points = np.column_stack([effects, costs]).astype(np.float64)
    size = (
        2.0 * (n - 1) / (n - 2) * float(stats.f.ppf(CONFIDENCE, 2, n - 2)) * ((n + 1.0) / n if of_next_run else 1 / n)
    )
    values, vectors = np.linalg.eigh(np.cov(points, rowvar=False))
    turn = np.linspace(0.0, 2.0 * np.pi, 121)
    circle = np.stack([np.cos(turn), np.sin(turn)])
    return np.asarray((vectors @ (np.sqrt(np.maximum(values, 0.0) * size)[:, None] * circle)).T + points.mean(axis=0))
