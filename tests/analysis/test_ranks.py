"""Ranks only as far as paired differences tell systems apart."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.analysis.ranks import holm, paired_p, rank_systems

LUCK = np.array([0.0, 30.0, -20.0, 5.0, 11.0])


def test_systems_that_always_differ_alike_are_ranked_whatever_the_luck_of_the_run() -> None:
    values = np.array([10.0, 8.0, 12.0])[:, None] + LUCK
    ranks = rank_systems(values, "lower")
    assert ranks.position.tolist() == [2, 1, 3]
    assert ranks.low.tolist() == ranks.high.tolist() == [2, 1, 3]
    assert rank_systems(values, "higher").position.tolist() == [2, 3, 1]


def test_equal_systems_share_all_ranks() -> None:
    ranks = rank_systems(np.array([10.0, 10.0, 3.0])[:, None] + LUCK, "lower")
    assert ranks.low.tolist() == [2, 2, 1]
    assert ranks.high.tolist() == [3, 3, 1]
    assert not ranks.beats[0, 1] and not ranks.beats[1, 0] and ranks.beats[2, 0]


def test_noise_that_is_larger_than_the_difference_leaves_the_rank_open() -> None:
    noise = np.array([4.0, -4.0, 4.0, -4.0, 0.0])
    ranks = rank_systems(np.array([LUCK + 10, LUCK + 9.5 + noise, LUCK + 1]), "lower")
    assert (ranks.low.tolist(), ranks.high.tolist()) == ([2, 2, 1], [3, 3, 1])
    assert ranks.position.tolist() == [3, 2, 1]


def test_one_replication_ranks_nothing() -> None:
    ranks = rank_systems(np.array([[1.0], [2.0], [3.0]]), "lower")
    assert ranks.low.tolist() == [1, 1, 1] and ranks.high.tolist() == [3, 3, 3]


def test_holm_by_hand() -> None:
    assert holm(np.array([0.03, 0.01, 0.04, 0.5])) == pytest.approx([0.09, 0.04, 0.09, 0.5])
    assert holm(np.array([0.6, 0.7])) == pytest.approx([1.0, 1.0])


def test_p_values_are_those_of_the_paired_t_test() -> None:
    rows = np.array([[1.0, 2.0, 4.0, 0.5], [0.0, 0.0, 0.0, 0.0], [2.0, 2.0, 2.0, 2.0]])
    found = paired_p(rows)
    assert found[0] == pytest.approx(stats.ttest_1samp(rows[0], 0.0).pvalue)
    assert found[1:].tolist() == [1.0, 0.0]


def test_with_parameter_sets_an_order_is_certain_only_if_one_more_set_would_have_it() -> None:
    gains = np.array([3.0, 5.0, 4.0, 6.0, 2.0])
    half = stats.t.ppf(0.975, 4) * gains.std(ddof=1) * np.sqrt(1.0 + 1.0 / 5.0)
    assert gains.mean() - half < 0.0 < stats.t.ppf(0.975, 4) * gains.std(ddof=1) / np.sqrt(5.0) < gains.mean()
    # The interval of one more set ends at zero exactly where the p-value is 0.05.
    at_zero = gains - gains.mean() + half
    assert paired_p(at_zero[None, :], of_next_run=True)[0] == pytest.approx(0.05)
    values = np.array([np.zeros(5), gains])
    assert rank_systems(values, "higher").beats[1, 0]
    assert not rank_systems(values, "higher", of_next_run=True).beats.any()


def test_a_false_order_is_called_certain_in_at_most_one_table_of_twenty() -> None:
    # Twelve systems that are the same: 66 pairs, of which uncorrected tests would call three certain each time.
    random = np.random.default_rng(3)
    wrong = sum(rank_systems(random.normal(size=(12, 8)), "lower").beats.any() for _ in range(400))
    assert wrong <= 0.05 * 400 + 2 * np.sqrt(0.05 * 0.95 * 400)
