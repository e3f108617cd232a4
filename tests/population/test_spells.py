"""Calm and unstable spells shift the moments of events, never their number."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.luck import Luck
from sim.core.purposes import Purpose
from sim.population.spells import spell_clock

PEOPLE = np.arange(6000)


def clock(calm: float = 260, unstable: float = 45, multiplier: float = 5, horizon: float = 1095):
    return spell_clock(Luck(1, Purpose), PEOPLE, horizon, calm, unstable, multiplier)


@pytest.mark.parametrize("multiplier", [1.0, 2.0, 5.0, 10.0])
def test_the_clock_runs_at_speed_one_on_average(multiplier: float) -> None:
    total = clock(multiplier=multiplier).total_operational_days
    error = total.std() / np.sqrt(len(total))
    assert total.mean() == pytest.approx(1095, abs=4 * error + 1e-6)


def test_without_a_difference_the_clock_is_the_calendar() -> None:
    spells = clock(multiplier=1.0)
    row = np.arange(100)
    times = np.linspace(0, 1095, 100)
    np.testing.assert_allclose(spells.to_calendar(row, times), times, atol=1e-9)


def test_the_clock_never_turns_back_and_reaches_the_horizon() -> None:
    spells = clock()
    assert (np.diff(spells.calendar_days, axis=1) >= 0).all()
    assert (np.diff(spells.operational_days, axis=1) >= 0).all()
    assert (spells.calendar_days[:, 0] == 0).all()
    assert (spells.calendar_days[:, -1] == 1095).all()


def test_speeds_are_those_of_calm_and_of_unstable_spells() -> None:
    """Share unstable 45/305; calm speed 1 / (1 + share x 4) = 0.629, unstable five times as fast."""
    spells = clock()
    days, run = np.diff(spells.calendar_days, axis=1), np.diff(spells.operational_days, axis=1)
    speed = np.unique(np.round((run[days > 1e-6] / days[days > 1e-6]), 4))
    np.testing.assert_allclose(speed, [0.6289, 3.1443], atol=2e-3)
    fast = run > 2 * days
    assert days[fast].sum() / days.sum() == pytest.approx(45 / 305, abs=0.006)


def test_events_uniform_in_operational_time_keep_their_order_and_fall_inside() -> None:
    spells = clock()
    row = np.repeat(np.arange(200), 50)
    share = np.tile(np.linspace(0.001, 0.999, 50), 200)
    time = spells.to_calendar(row, share * spells.total_operational_days[row]).reshape(200, 50)
    assert (np.diff(time, axis=1) >= 0).all()
    assert time.min() >= 0 and time.max() <= 1095


@pytest.mark.parametrize(("calm", "unstable", "horizon"), [(260, 45, 1095), (150, 30, 3650)])
def test_hardly_any_time_is_left_to_the_last_spell(calm: float, unstable: float, horizon: float) -> None:
    """The last spell fills what is left of the run at one speed; that must be a small part of it."""
    spells = clock(calm=calm, unstable=unstable, horizon=horizon)
    last = spells.calendar_days[:, -1] - spells.calendar_days[:, -2]
    assert last.mean() / horizon < 0.01
