"""The interval that tables show: the wider of two, but never thrown far beyond what was seen."""

import numpy as np

from sim.analysis.bootstrap import studentised_interval
from sim.analysis.interval import WIDEST, t_half_width, wider_of


def shown(values):
    table = np.array([values], dtype=np.float64)
    mean, half = table.mean(axis=1), t_half_width(table.std(axis=1, ddof=1), np.array([table.shape[1]]))
    low, high = wider_of(mean, half, *studentised_interval(table))
    return mean[0], half[0], low[0], high[0]


def test_one_value_apart_from_many_alike_does_not_throw_the_ends_away():
    mean, half, low, high = shown([0.0, 0.0, 0.0, 0.0, 0.0001, 0.0, 0.0, 0.008])
    bootstrap = studentised_interval(np.array([[0.0, 0.0, 0.0, 0.0, 0.0001, 0.0, 0.0, 0.008]]))
    assert bootstrap[1][0] - mean > WIDEST * half
    assert high == mean + WIDEST * half
    assert low <= mean - half


def test_ordinary_values_keep_the_wider_of_both():
    mean, half, low, high = shown([1.0, 2.0, 3.5, 2.5, 1.5, 2.2, 3.0, 1.8])
    assert mean - WIDEST * half < low <= mean - half
    assert mean + half <= high < mean + WIDEST * half


def test_with_too_few_values_the_t_interval_stands_alone():
    mean, half, low, high = shown([1.0, 2.0, 4.0])
    assert (low, high) == (mean - half, mean + half)
