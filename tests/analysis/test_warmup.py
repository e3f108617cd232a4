"""Where a warm-up should end."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.warmup import COLUMNS, Truncation, check_warmup, mser5
from sim.outcomes.series import STEADY


@pytest.mark.parametrize("start", [10, 25, 40])
def test_finds_a_known_jump(start):
    series = np.random.default_rng(start).normal(10.0, 0.3, 150)
    series[:start] -= 8.0
    assert mser5(series) == Truncation(start, True)


def test_a_jump_within_a_batch_is_cut_after_it():
    series = np.full(150, 10.0) + np.random.default_rng(1).normal(0.0, 0.1, 150)
    series[:22] = 0.0
    found = mser5(series)
    assert found.settled and 25 <= found.observations <= 40  # a little more by chance, never less


def test_finds_the_end_of_a_slow_approach():
    weeks = np.arange(200)
    cuts = []
    for seed in range(30):
        noise = np.random.default_rng(seed).normal(0.0, 0.05, 200)
        cuts.append(mser5(1.0 - np.exp(-weeks / 10.0) + noise).observations)
    # After 3 to 5 times 10 weeks what is left of the approach is lost in the noise.
    assert 20 <= np.median(cuts) <= 50


def test_noise_alone_needs_little_cut_and_a_trend_never_settles():
    cuts = [mser5(np.random.default_rng(seed).normal(size=150)).observations for seed in range(50)]
    assert np.median(cuts) <= 10
    assert mser5(np.arange(150.0)) == Truncation(75, False)


def test_too_short_or_with_gaps_there_is_no_answer():
    assert mser5(np.ones(49)) is None
    assert mser5(np.where(np.arange(100) == 7, np.nan, 1.0)) is None


def series_table(shape, replications=3, weeks=150):
    rows = [
        pd.DataFrame(
            {
                "replication": replication,
                "series": name,
                "week": np.arange(weeks),
                "value": shape(np.arange(weeks)) + np.random.default_rng([replication, place]).normal(0, 0.02, weeks),
            }
        )
        for replication in range(replications)
        for place, name in enumerate(STEADY)
    ]
    return pd.concat(rows, ignore_index=True)


def test_a_long_warmup_is_stationary_and_a_short_one_is_warned_of():
    table = series_table(lambda week: np.where(week < 30, 0.5, 1.0))
    enough = check_warmup(table, 52 * 7)
    assert tuple(enough.columns) == COLUMNS and list(enough["series"]) == list(STEADY)
    assert (enough["stationary"] == True).all() and (enough["excess_share"] == 0.0).all()  # noqa: E712
    assert enough["truncation_days"].between(30 * 7, 52 * 7).all() and enough["truncation_days"].min() == 30 * 7
    short = check_warmup(table, 10 * 7)
    assert (short["stationary"] == False).all()  # noqa: E712
    assert short["excess_share"].to_numpy() == pytest.approx(-0.5 * 20 / 140, abs=0.01)


def test_a_slow_drift_for_good_is_told_but_not_warned_of_and_a_fast_one_is():
    slow = check_warmup(series_table(lambda week: 1.0 - 0.01 * week / 52), 52 * 7)
    assert slow["drift_share_per_year"].to_numpy() == pytest.approx(-0.01, abs=0.005)
    assert (slow["stationary"] == True).all()  # noqa: E712
    fast = check_warmup(series_table(lambda week: 1.0 + 0.3 * week / 52), 52 * 7)
    assert (fast["stationary"] == False).all()  # noqa: E712


def test_short_runs_cannot_be_checked():
    found = check_warmup(series_table(lambda week: week * 0.0 + 1.0, weeks=30), 70.0)
    assert found["stationary"].isna().all()
