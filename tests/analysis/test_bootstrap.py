"""Studentised bootstrap intervals."""

import numpy as np
import pytest
from scipy import stats

from sim.analysis.bootstrap import FEWEST, resample_counts, studentised_interval


def test_every_resample_draws_as_many_as_there_are_and_all_alike():
    counts = resample_counts(8)
    assert (counts.sum(axis=1) == 8).all()
    # 999 resamples x 8 draws over 8 values: 999 each, give or take four standard deviations.
    assert np.abs(counts.sum(axis=0) - 999).max() < 4 * np.sqrt(999 * 7 / 8)


def test_agrees_with_the_definition_worked_out_one_by_one():
    values = np.random.default_rng(1).gamma(2.0, size=7)
    error = values.std(ddof=1) / np.sqrt(7)
    scaled = []
    for row in resample_counts(7).astype(int):
        sample = np.repeat(values, row)
        if sample.std(ddof=1) > 1e-9:
            scaled.append((sample.mean() - values.mean()) / (sample.std(ddof=1) / np.sqrt(7)))
    low, high = studentised_interval(values[None, :])
    # The errors divide by the spread around the resample's mean, with n - 1 as above.
    assert low[0] == pytest.approx(values.mean() - np.quantile(scaled, 0.975) * error)
    assert high[0] == pytest.approx(values.mean() - np.quantile(scaled, 0.025) * error)


def test_leans_the_way_the_values_lean():
    values = np.array([[0.0, 0.1, 0.2, 0.3, 0.5, 0.6, 0.8, 5.0]])
    low, high = studentised_interval(values)
    mean = values.mean()
    assert high[0] - mean > 2 * (mean - low[0]) > 0
    turned_low, turned_high = studentised_interval(-values)
    assert (turned_low[0], turned_high[0]) == pytest.approx((-high[0], -low[0]), rel=0.2)


def test_equal_values_have_no_width_and_few_values_no_interval():
    low, high = studentised_interval(np.full((2, 6), 0.1))
    assert low.tolist() == high.tolist() == [0.1, 0.1]
    few_low, few_high = studentised_interval(np.ones((3, FEWEST - 1)))
    assert np.isnan(few_low).all() and np.isnan(few_high).all()
    assert [len(end) for end in studentised_interval(np.zeros((0, 8)))] == [0, 0]


def test_does_not_depend_on_which_rows_stand_beside_it():
    values = np.random.default_rng(2).normal(size=(5000, 6))
    low, high = studentised_interval(values)
    alone = studentised_interval(values[4321:4322])
    assert (low[4321], high[4321]) == (alone[0][0], alone[1][0])


@pytest.mark.parametrize("n", [5, 8, 20])
def test_covers_where_percentiles_do_not(n):
    values = np.random.default_rng(n).exponential(size=(2000, n))
    low, high = studentised_interval(values)
    assert np.mean((low <= 1.0) & (high >= 1.0)) > 0.91
    percentile = stats.bootstrap(
        (values,), np.mean, axis=1, n_resamples=499, batch=50, method="percentile", random_state=3
    ).confidence_interval
    assert np.mean((percentile.low <= 1.0) & (percentile.high >= 1.0)) < 0.91
