"""Ranges on the unit cube: ends, middles, there and back."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config.unit_cube import kept_inside, points_of, start_of, values_at


@dataclass(frozen=True)
class Some:
    low: float
    high: float
    start: float
    log: bool


STRAIGHT, BY_FACTORS = Some(-2.0, 2.0, 1.0, False), Some(1.0, 100.0, 10.0, True)


def test_middles_are_halfway_and_by_factors_the_geometric_mean():
    values = values_at((STRAIGHT, BY_FACTORS), np.array([[0.0, 0.0], [0.5, 0.5], [1.0, 1.0]]))
    np.testing.assert_allclose(values, [[-2.0, 1.0], [0.0, 10.0], [2.0, 100.0]])
    np.testing.assert_allclose(start_of((STRAIGHT, BY_FACTORS)), [0.75, 0.5])


def test_a_start_outside_its_range_is_taken_at_the_nearer_end():
    assert start_of((Some(0.0, 1.0, 1.5, False),)) == pytest.approx([1.0])


def test_what_rounding_puts_outside_comes_back():
    assert kept_inside((Some(0.15, 0.25, 0.2, False),), np.array([[0.2], [0.26], [0.1]])).ravel().tolist() == [
        0.2,
        0.25,
        0.15,
    ]


@given(
    st.floats(1e-3, 1e3),
    st.floats(1.01, 100.0),
    st.booleans(),
    st.lists(st.floats(0.0, 1.0), min_size=1, max_size=8),
)
def test_points_come_back(low, times, log, points):
    ranges = (Some(low, low * times, low, log),)
    given_points = np.array(points)[:, None]
    values = values_at(ranges, given_points)
    assert ((values >= low * (1 - 1e-12)) & (values <= low * times * (1 + 1e-12))).all()
    np.testing.assert_allclose(points_of(ranges, values), given_points, atol=1e-9)
