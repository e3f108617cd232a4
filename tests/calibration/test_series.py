"""Interrupted time series: lines known because they were drawn, errors as another program gives them."""

import numpy as np
import pytest

from calibration.series import newey_west, segmented

TIME = np.arange(-6.0, 6.0)
LOG_RATE = np.array([0.10, 0.14, 0.05, 0.12, 0.20, 0.16, -0.05, 0.02, -0.10, -0.04, -0.02, -0.15])


def test_two_lines_are_found_again() -> None:
    # Before: 2 % more a month from 0.5 at the start. After: 0.1 lower at once, then 1 % less a month.
    log_rate = np.log(0.5) + 0.02 * TIME + np.where(TIME >= 0, -0.1 - 0.03 * TIME, 0.0)
    found = segmented(TIME, np.exp(log_rate))
    assert found is not None
    assert found.level_change == pytest.approx(-0.1)
    assert found.slope_change == pytest.approx(-0.03)
    # Mean of -0.1, -0.13, ... -0.25.
    assert found.mean_change == pytest.approx(-0.175)
    assert found.mean_error == pytest.approx(0.0, abs=1e-9)


def test_errors_are_those_of_newey_and_west() -> None:
    # statsmodels 0.14: OLS, cov_type HAC, maxlags 2, use_correction, use_t; contrast (0, 0, 1, 2.5).
    found = segmented(TIME, np.exp(LOG_RATE))
    assert found is not None
    assert (found.level_change, found.slope_change) == pytest.approx((-0.2, -0.03171429), abs=1e-8)
    assert found.mean_error == pytest.approx(0.04191354, abs=1e-8)
    assert found.freedom == 8
    interval = found.interval()
    assert (interval.low, interval.high) == pytest.approx((-0.3759385, -0.1826329), abs=1e-6)


def test_without_likeness_of_neighbours_the_error_of_a_mean_is_the_usual_one() -> None:
    residual = np.array([1.0, -1.0, 1.0, -1.0])
    found = newey_west(np.ones((4, 1)), residual)
    # floor(4 x 0.04^(2/9)) = 1 apart: 4 - 2 x 3 / 2 = 1, over 4^2, times 4 / 3.
    assert found[0, 0] == pytest.approx(1.0 / 16.0 * 4.0 / 3.0)


def test_too_short_a_series_or_a_month_without_events_tells_nothing() -> None:
    assert segmented(TIME[3:], np.ones(9)) is None
    assert segmented(TIME, np.where(TIME == 2.0, 0.0, 1.0)) is None
