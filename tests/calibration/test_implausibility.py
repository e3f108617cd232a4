"""Implausibility by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from calibration.implausibility import (
    Aim,
    Cutoffs,
    implausibility,
    largest_implausibilities,
    over_cutoff,
    pulling,
    ruled_out,
)

AIM = Aim(id="ed_visits", value=10.0, observation_variance=1.0, discrepancy_variance=2.0)
BY_AIM = np.array([[0.5, 2.9, 2.8, 2.7], [3.1, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.5]])


def test_distance_over_the_root_of_four_variances() -> None:
    found = implausibility([10.0, 19.0, 1.0], [3.0, 3.0, 13.0], 3.0, AIM)
    assert found == pytest.approx([0.0, 9.0 / 3.0, 9.0 / np.sqrt(19.0)])


@pytest.mark.parametrize("which", ["emulator", "monte_carlo", "observation_variance", "discrepancy_variance"])
def test_every_variance_counts(which: str) -> None:
    variances = {"emulator": 0.0, "monte_carlo": 0.0, "observation_variance": 0.0, "discrepancy_variance": 0.0}
    variances[which] = 4.0
    aim = Aim(
        id="a",
        value=0.0,
        observation_variance=variances["observation_variance"],
        discrepancy_variance=variances["discrepancy_variance"],
    )
    assert implausibility([6.0], variances["emulator"], variances["monte_carlo"], aim) == pytest.approx([3.0])


@pytest.mark.parametrize(("factor", "expected"), [(0.0, 3.0), (1.0, 6.0 / np.sqrt(8.0)), (3.0, 1.5)])
def test_luck_counts_as_often_as_the_aim_says(factor: float, expected: float) -> None:
    aim = Aim(id="a", value=0.0, observation_variance=4.0, discrepancy_variance=0.0, monte_carlo_factor=factor)
    assert implausibility([6.0], 0.0, 4.0, aim) == pytest.approx([expected])


def test_largest_second_and_third() -> None:
    assert largest_implausibilities(BY_AIM).tolist() == [[2.9, 2.8, 2.7], [3.1, 0.0, 0.0], [1.0, 1.0, 1.0]]
    assert largest_implausibilities(np.array([[2.0], [4.0]])).tolist() == [[2.0, 0.0, 0.0], [4.0, 0.0, 0.0]]


def test_each_cutoff_rules_out_what_it_should() -> None:
    assert ruled_out(BY_AIM, Cutoffs()).tolist() == [False, True, False]
    assert ruled_out(BY_AIM, Cutoffs(largest=4.0)).tolist() == [False, False, False]
    assert ruled_out(BY_AIM, Cutoffs(largest=4.0, second=2.75)).tolist() == [True, False, False]
    assert ruled_out(BY_AIM, Cutoffs(largest=4.0, second=2.9, third=2.5)).tolist() == [True, False, False]
    assert over_cutoff(BY_AIM, Cutoffs(largest=4.0, third=2.0)) == pytest.approx([1.35, 0.775, 0.5])


def test_the_aim_that_is_furthest_away_pulls() -> None:
    aims = [Aim(id=name, value=0.0, observation_variance=1.0, discrepancy_variance=0.0) for name in "abcd"]
    assert pulling(BY_AIM, aims) == ["b", "a", "a"]
    with pytest.raises(ValueError, match=r"one column an aim \(3\)"):
        pulling(BY_AIM, aims[:3])


@pytest.mark.parametrize("numbers", [(np.nan, 1.0, 1.0), (0.0, -1.0, 1.0), (0.0, 1.0, np.inf)])
def test_an_aim_without_sound_numbers_is_refused(numbers: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="aim a"):
        Aim(id="a", value=numbers[0], observation_variance=numbers[1], discrepancy_variance=numbers[2])


def test_what_cannot_be_judged_is_refused() -> None:
    exact = Aim(id="a", value=0.0, observation_variance=0.0, discrepancy_variance=0.0)
    with pytest.raises(ValueError, match="add up"):
        implausibility([1.0], 0.0, 0.0, exact)
    with pytest.raises(ValueError, match="expected outputs must be finite"):
        implausibility([np.nan], 1.0, 0.0, AIM)


def test_the_more_aims_the_further_away_the_largest_may_be() -> None:
    assert Cutoffs.keeping(0.95, 1).largest == 3.0
    for aims, share in ((16, 0.99), (27, 0.99), (43, 0.999)):
        one = 2.0 * norm.cdf(Cutoffs.keeping(share, aims).largest) - 1.0
        assert one**aims == pytest.approx(share)


def test_the_truth_is_kept_as_often_as_said() -> None:
    """Of 16 figures as uncertain as stated 3 sd loses one truth in 24, the cutoff for 16 one in 100."""
    distances = np.abs(np.random.default_rng(1).standard_normal((20_000, 16)))
    assert 1.0 - ruled_out(distances, Cutoffs.keeping(0.99, 16)).mean() == pytest.approx(0.99, abs=0.003)
    assert 1.0 - ruled_out(distances, Cutoffs()).mean() == pytest.approx(0.958, abs=0.005)
