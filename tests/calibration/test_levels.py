"""Small parts of the unit cube are found, sampled evenly and measured."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.implausibility import F64
from calibration.levels import NothingLeftError, inside
from calibration.moves import Population, copied, stirred
from calibration.waves import whole_space


def _box(points: F64, _: float = np.inf) -> F64:
    """Score of a box of 0.1 around 0.4 in five dimensions: 1e-5 of the cube."""
    return np.abs(points[:, :5] - 0.4).max(axis=1) / 0.05


def _ridges(points: F64, _: float = np.inf) -> F64:
    """Score of two oblique, thin slabs: sum of two is 1, difference of two is 0."""
    first, second = points[:, 0] + points[:, 1] - 1.0, points[:, 2] - points[:, 3]
    return np.maximum(np.abs(first), np.abs(second)) / 0.01


def _two_corners(points: F64, _: float = np.inf) -> F64:
    """Score of two separate boxes, one three times as wide in one dimension as the other."""
    low, high = np.abs(points[:, :3] - 0.2), np.abs(points[:, :3] - 0.8)
    low[:, 0] /= 3.0
    return np.minimum(low.max(axis=1), high.max(axis=1)) / 0.03


SHARES = {_box: 1e-5, _ridges: (0.02 - 0.01**2) ** 2, _two_corners: 4 * 0.06**3}


@pytest.mark.parametrize("score", SHARES, ids=lambda score: score.__name__)
def test_the_share_is_right_down_to_a_hundred_thousandth(score: object) -> None:
    found = [
        inside(whole_space(8, seed=seed, sample=2048).points, score, np.random.default_rng(seed)) for seed in (1, 2, 3)
    ]
    assert np.mean([one.share for one in found]) == pytest.approx(SHARES[score], rel=0.25)
    for one in found:
        assert one.points.shape == (2048, 8)
        assert score(one.points).max() <= 1.0
        assert len(np.unique(one.points, axis=0)) > 2000


def test_the_sample_is_even_inside() -> None:
    found = inside(whole_space(8, seed=1, sample=2048).points, _box, np.random.default_rng(1))
    within = (found.points[:, :5] - 0.35) / 0.1
    assert within.mean(axis=0) == pytest.approx(np.full(5, 0.5), abs=0.06)
    assert within.var(axis=0) == pytest.approx(np.full(5, 1 / 12), rel=0.2)
    assert found.points[:, 5:].var(axis=0) == pytest.approx(np.full(3, 1 / 12), rel=0.2)
    assert np.corrcoef(found.points.T)[np.triu_indices(8, 1)] == pytest.approx(np.zeros(28), abs=0.15)


def test_separate_parts_are_kept_in_proportion() -> None:
    found = inside(whole_space(8, seed=1, sample=2048).points, _two_corners, np.random.default_rng(1))
    assert np.mean(found.points[:, 1] < 0.5) == pytest.approx(0.75, abs=0.1)


def test_where_all_is_inside_nothing_moves() -> None:
    points = whole_space(3, seed=1, sample=64).points
    found = inside(points, lambda asked, _: np.zeros(len(asked)), np.random.default_rng(1))
    assert found.share == 1.0 and found.levels == 1 and found.relative_error == 0.0
    assert found.points.tobytes() == points.tobytes()


def test_where_nothing_is_inside_the_closest_point_is_told() -> None:
    def score(points: F64, _: float) -> F64:
        return 2.0 + np.abs(points - 0.3).max(axis=1)

    with pytest.raises(NothingLeftError, match="nothing is left") as raised:
        inside(whole_space(3, seed=1, sample=256).points, score, np.random.default_rng(1))
    assert raised.value.score == pytest.approx(2.0, abs=0.05)
    assert raised.value.best == pytest.approx(np.full(3, 0.3), abs=0.05)


def test_moves_leave_a_correlated_normal_as_it_is() -> None:
    covariance = np.array([[0.01, 0.009], [0.009, 0.01]])
    precision = np.linalg.inv(covariance)
    rng = np.random.default_rng(1)
    points = np.clip(rng.multivariate_normal([0.5, 0.5], covariance, size=2000), 0.0, 1.0)

    def energy(asked: F64, _: F64) -> F64:
        away = asked - 0.5
        return 0.5 * np.einsum("ij,jk,ik->i", away, precision, away)

    start = Population(points=points, energies=energy(points, points[:, 0]))
    found = stirred(start, energy, lambda energies, luck: energies - np.log1p(-luck), rng)
    assert not np.any((found.points == points).all(axis=1) & (found.energies != start.energies))
    assert np.cov(found.points.T) == pytest.approx(covariance, rel=0.12)
    assert found.points.mean(axis=0) == pytest.approx([0.5, 0.5], abs=0.01)
    assert np.mean((found.points == points).all(axis=1)) < 0.1


def test_copies_follow_their_chances() -> None:
    chosen = copied(np.array([1.0, 0.0, 3.0]), 8, np.random.default_rng(1))
    assert np.bincount(chosen, minlength=3).tolist() == [2, 0, 6]
