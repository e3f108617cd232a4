"""Paired differences and their intervals."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis import differences
from sim.analysis.differences import COLUMNS, paired_differences, verdict
from sim.analysis.interval import mean_with_interval, t_half_width
from sim.analysis.summary import scenario_means


def long_table(values, outcome="ed_visits_per_1000", group="all", group_by="all"):
    """Return the long table of {scenario: [value of replication 0, 1, ...]}; None leaves a row out."""
    return pd.DataFrame(
        [
            (scenario, replication, group_by, group, outcome, "per 1,000 person-years", value)
            for scenario, runs in values.items()
            for replication, value in enumerate(runs)
            if value is not None
        ],
        columns=["scenario", "replication", "group_by", "group", "outcome", "unit", "value"],
    )


def test_difference_by_hand():
    # Differences -1, -2, -3: mean -2, sd 1, t(2 df) 4.302653, half width 4.302653 / sqrt(3).
    table = long_table({"baseline": [10.0, 20.0, 30.0], "mdt": [9.0, 18.0, 27.0]})
    found = paired_differences(table)
    assert tuple(found.columns) == COLUMNS
    row = found.iloc[0]
    assert (row.scenario, row.baseline, row.aim, row.better, row.n) == ("mdt", "baseline", "cost", "lower", 3)
    assert row["mean"] == pytest.approx(-2.0)
    assert row.high - row["mean"] == pytest.approx(4.302653 / np.sqrt(3), rel=1e-6)
    assert row["mean"] - row.low == pytest.approx(row.high - row["mean"])
    assert row.baseline_mean == pytest.approx(20.0)


def test_pairing_removes_what_runs_share():
    shared = np.array([100.0, 300.0, 200.0, 500.0])
    found = paired_differences(long_table({"baseline": shared, "mdt": shared - 5.0})).iloc[0]
    assert (found["mean"], found.low, found.high) == (-5.0, -5.0, -5.0)


def test_what_does_not_move_is_exactly_zero():
    runs = [0.1, 0.2, 0.30000000000000004]
    found = paired_differences(long_table({"baseline": runs, "mdt": runs})).iloc[0]
    assert (found["mean"], found.low, found.high) == (0.0, 0.0, 0.0)
    assert verdict(found.better, found.low, found.high) == differences.UNCHANGED


def test_where_one_more_run_would_lie_by_hand():
    # Differences -1, -2, -3: sd 1; one more run: 4.302653 x sqrt(1 + 1/3) round -2, and t = -2 / sqrt(4/3) with 2 df.
    table = long_table({"baseline": [10.0, 20.0, 30.0], "mdt": [9.0, 18.0, 27.0]})
    found = paired_differences(table, of_next_run=True).iloc[0]
    assert (found.low, found.high) == pytest.approx((-2 - 4.968276, -2 + 4.968276), rel=1e-6)
    assert found.p_value == pytest.approx(0.225403, rel=1e-5)
    assert found.high_t - found["mean"] == pytest.approx(4.302653 / np.sqrt(3), rel=1e-6)


def test_more_runs_do_not_hide_how_far_parameters_leave_a_difference_open():
    values = np.random.default_rng(1).normal(-3.0, 1.0, 400)
    table = long_table({"baseline": np.zeros(400), "mdt": values})
    mean, one_more = (paired_differences(table, of_next_run=of_next_run).iloc[0] for of_next_run in (False, True))
    assert mean.high - mean.low < 0.25
    inside = np.mean((values > one_more.low) & (values < one_more.high))
    assert inside == pytest.approx(0.95, abs=0.02)


def test_one_run_has_no_interval():
    found = paired_differences(long_table({"baseline": [10.0], "mdt": [8.0]})).iloc[0]
    assert (found["mean"], found.n) == (-2.0, 1)
    assert np.isnan(found.low) and np.isnan(found.high)
    assert verdict(found.better, found.low, found.high) == differences.ONE_RUN


def test_an_unknown_interval_is_empty_in_a_file():
    table = long_table({"baseline": [10.0], "mdt": [8.0]})
    assert paired_differences(table).to_csv(index=False).splitlines()[1].endswith(",lower,-2.0,,,1,10.0,,,,,,,0.01")


def test_only_runs_that_both_have_count():
    table = long_table({"baseline": [10.0, 20.0, 30.0], "mdt": [11.0, None, 31.0]})
    found = paired_differences(table).iloc[0]
    assert (found["mean"], found.n, found.baseline_mean) == (1.0, 2, 20.0)
    nothing_shared = long_table({"baseline": [10.0, None], "mdt": [None, 5.0]})
    assert paired_differences(nothing_shared).empty


def test_order_of_rows_and_values_do_not_depend_on_the_order_of_the_table():
    rng = np.random.default_rng(5)
    parts = [
        long_table({name: rng.normal(size=6) for name in ("baseline", "mdt", "records")}, outcome, group, by)
        for outcome in ("cost_sek", "deaths_per_1000", "utilisation")
        for by, group in (("all", "all"), ("age", "80+"), ("age", "0-17"))
    ]
    table = pd.concat(parts, ignore_index=True)
    found = paired_differences(table)
    for seed in range(3):
        shuffled = table.sample(frac=1.0, random_state=seed)
        pd.testing.assert_frame_equal(paired_differences(shuffled), found, check_exact=True)
    assert list(found.scenario.unique()) == ["mdt", "records"]
    assert list(found.outcome.unique()) == ["deaths_per_1000", "cost_sek", "utilisation"]


def test_unknown_baseline_and_unknown_outcome_are_refused():
    table = long_table({"baseline": [1.0], "mdt": [2.0]})
    with pytest.raises(KeyError, match="no rows of the baseline 'today'"):
        paired_differences(table, baseline="today")
    with pytest.raises(KeyError, match="happiness"):
        paired_differences(table.assign(outcome="happiness"))


@pytest.mark.parametrize(
    ("better", "low", "high", "expected"),
    [
        ("lower", -3.0, -1.0, differences.BETTER),
        ("lower", 1.0, 3.0, differences.WORSE),
        ("higher", 1.0, 3.0, differences.BETTER),
        ("higher", -3.0, -1.0, differences.WORSE),
        ("neither", 1.0, 3.0, differences.HIGHER),
        ("neither", -3.0, -1.0, differences.LOWER),
        ("lower", -1.0, 3.0, differences.UNCLEAR),
        ("lower", 0.0, 3.0, differences.UNCLEAR),
    ],
)
def test_verdict(better, low, high, expected):
    assert verdict(better, low, high) == expected


def test_intervals_cover_the_truth_95_times_in_a_hundred():
    rng = np.random.default_rng(20261)
    for runs in (3, 10):
        studies = 4000
        values = rng.normal(7.0, 2.0, size=studies * runs)
        mean, half, n = mean_with_interval(values, np.repeat(np.arange(studies), runs), studies)
        covered = np.mean(np.abs(mean - 7.0) <= half)
        assert (n == runs).all()
        assert 0.93 < covered < 0.97


def test_half_width_of_one_run_is_unknown():
    widths = t_half_width(np.array([0.0, 1.0]), np.array([1, 4]))
    assert np.isnan(widths[0])
    assert widths[1] == pytest.approx(3.182446 / 2, rel=1e-6)


def test_means_per_scenario():
    table = long_table({"mdt": [3.0, 5.0], "baseline": [10.0, 10.0]})
    found = scenario_means(table)
    assert list(found.scenario) == ["baseline", "mdt"]
    assert (found["mean"] == [10.0, 4.0]).all()
    assert (found.low[0], found.high[0]) == (10.0, 10.0)
    assert found.high[1] - 4.0 == pytest.approx(12.706205 * np.sqrt(2) / np.sqrt(2), rel=1e-6)
    assert list(found.n) == [2, 2]
