"""Scenario discovery: a planted box is found with its limits, pure luck is refused, refusals, same numbers again."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from sim.analysis.region import CERTAIN, Limit, can_be_looked_for, find_region, separation


def sample(count: int, dimensions: int, seed: int) -> np.ndarray:
    return np.asarray(qmc.LatinHypercube(dimensions, seed=seed).random(count))


def test_a_planted_box_is_found_with_its_limits_although_a_tenth_of_the_fates_are_wrong() -> None:
    points = sample(120, 5, seed=3)
    fails = (points[:, 1] < 0.6) & (points[:, 3] > 0.4)
    wrong = np.arange(120) % 10 == 0
    found = find_region(points, fails ^ wrong, seed=1, shuffles=39)
    assert found.p_value == pytest.approx(1 / 40)
    limits = {one.dimension: one for one in found.box.limits}
    assert set(limits) == {1, 3}
    assert limits[1].high == pytest.approx(0.6, abs=0.03) and limits[1].low == -np.inf
    assert limits[3].low == pytest.approx(0.4, abs=0.03) and limits[3].high == np.inf
    # Nine of ten inside fail; what is seen for the first time is told nearly as well.
    held = found.box.holds(points)
    assert (fails ^ wrong)[held].mean() == pytest.approx(0.9, abs=0.08)
    assert found.unseen_density > 0.75 and found.unseen_coverage > 0.6


def test_one_limit_is_enough_where_one_parameter_decides() -> None:
    points = sample(60, 4, seed=5)
    found = find_region(points, points[:, 2] > 0.7, seed=1, shuffles=39)
    (limit,) = found.box.limits
    assert limit == Limit(dimension=2, low=pytest.approx(0.7, abs=0.02), high=np.inf)
    assert found.unseen_density > 0.9 and found.unseen_coverage > 0.9


def test_pure_luck_is_refused_in_at_least_95_of_100() -> None:
    named = 0
    for seed in range(100):
        points = sample(40, 4, seed=1000 + seed)
        # Another quarter to three quarters fail each time, whatever the parameters.
        fails = np.random.default_rng(seed).random(40) < 0.25 + 0.005 * seed
        named += find_region(points, fails, seed=seed + 1, shuffles=39).p_value <= CERTAIN
    assert named <= 5


def test_what_a_parameter_alone_tells() -> None:
    fails = np.array([True, True, False, False])
    points = np.column_stack([[1.0, 2.0, 3.0, 4.0], [4.0, 3.0, 2.0, 1.0], [1.0, 4.0, 2.0, 3.0], np.ones(4)])
    assert separation(points, fails).tolist() == [1.0, 1.0, 0.0, 0.0]
    assert separation(points, np.ones(4, np.bool_)).tolist() == [0.0, 0.0, 0.0, 0.0]


def test_same_numbers_again() -> None:
    points = sample(40, 3, seed=9)
    fails = points[:, 0] + 0.3 * points[:, 1] > 0.8
    one, two = (find_region(points, fails, seed=4, shuffles=19) for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    ("futures", "failing", "may"), [(20, 5, True), (20, 4, False), (19, 9, False), (40, 36, False), (40, 35, True)]
)
def test_too_few_of_a_kind_are_not_looked_at(futures: int, failing: int, may: bool) -> None:
    fails = np.arange(futures) < failing
    assert can_be_looked_for(fails) is may
    if not may:
        with pytest.raises(ValueError, match=f"{failing} of {futures} futures fail: too few"):
            find_region(sample(futures, 2, seed=1), fails)


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ValueError, match="expected points"):
        find_region(np.zeros((30, 2)), np.zeros(29, np.bool_))
    with pytest.raises(ValueError, match="points must be finite; 1 values are not"):
        find_region(np.where(np.arange(60.0).reshape(30, 2) == 7.0, np.nan, 1.0), np.arange(30) < 15)
