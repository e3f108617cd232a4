"""Tests of many differences at once, and when one is next to nothing."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from test_differences import long_table

from sim.analysis import differences
from sim.analysis.differences import paired_differences, verdict
from sim.analysis.interval import WIDEST
from sim.analysis.judgement import judgement
from sim.analysis.many import adjust_within, paired_p_values


def test_p_value_is_that_of_the_paired_t_test():
    values = np.random.default_rng(4).normal(0.4, 1.0, size=(20, 9))
    found = paired_p_values(values.mean(axis=1), values.std(axis=1, ddof=1), np.full(20, 9))
    assert found == pytest.approx(stats.ttest_1samp(values, 0.0, axis=1).pvalue)


def test_nothing_to_test_has_no_p_value_and_a_fixed_difference_has_0():
    found = paired_p_values(np.array([0.0, 2.0, 2.0]), np.array([0.0, 0.0, np.nan]), np.array([5, 5, 1]))
    assert math.isnan(found[0]) and found[1] == 0.0 and math.isnan(found[2])


def test_adjusted_by_hand_within_families():
    # Benjamini-Hochberg of 0.01, 0.02, 0.04: 0.03, 0.03, 0.04. The other family has one test only.
    p_values = np.array([0.04, 0.5, 0.01, np.nan, 0.02])
    family = np.array(["a", "b", "a", "a", "a"], dtype=object)
    found = adjust_within(p_values, family)
    assert found[[0, 2, 4]] == pytest.approx([0.04, 0.03, 0.03])
    assert found[1] == 0.5 and math.isnan(found[3])


def test_false_alarms_stay_below_the_declared_share():
    rng, wrong = np.random.default_rng(9), []
    for _ in range(300):
        values = rng.normal(size=(60, 8))
        values[:30] += 2.0
        found = adjust_within(
            paired_p_values(values.mean(axis=1), values.std(axis=1, ddof=1), np.full(60, 8)), np.zeros(60)
        )
        clear = found < 0.05
        wrong.append(clear[30:].sum() / max(clear.sum(), 1))
    assert np.mean(wrong) < judgement().clear_level


def test_many_empty_differences_seldom_look_clear():
    rng = np.random.default_rng(12)
    names = ("deaths_per_1000", "ed_visits_per_1000", "cost_sek", "unmet_need_days", "lead_time_days")
    alarms, looks = 0, 0
    for _ in range(60):
        parts = [
            long_table({name: rng.normal(100.0, 1.0, 8) for name in ("baseline", "a", "b", "c")}, outcome)
            for outcome in names
        ]
        table = pd.concat(parts, ignore_index=True)
        found = paired_differences(table)
        looks += 1
        alarms += (found["p_adjusted"] < 0.05).any()
    assert alarms / looks < 0.15  # 15 tests at 5 % each would give an alarm in every second look


def test_headline_outcomes_are_a_family_of_their_own():
    rng = np.random.default_rng(13)
    headline = long_table({"baseline": np.zeros(6), "a": rng.normal(1.0, 1.0, 6)}, "cost_sek")
    other = long_table({"baseline": np.zeros(6), "a": rng.normal(1.0, 1.0, 6)}, "mean_frailty")
    both = paired_differences(pd.concat([headline, other], ignore_index=True))
    assert (both["p_adjusted"] == both["p_value"]).all()


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({"low": -3.0, "high": -1.0, "mean": -2.0, "p_adjusted": 0.01}, differences.BETTER),
        ({"low": -3.0, "high": -1.0, "mean": -2.0, "p_adjusted": 0.06}, differences.UNCLEAR),
        ({"low": -3.0, "high": -1.0, "mean": -2.0, "p_adjusted": 0.01, "smallest": 2.5}, differences.NEGLIGIBLE),
        ({"low": -0.2, "high": 0.1, "mean": 0.0, "p_adjusted": 0.9, "smallest": 0.5}, differences.NEGLIGIBLE),
        ({"low": -0.2, "high": 0.7, "mean": 0.2, "p_adjusted": 0.9, "smallest": 0.5}, differences.UNCLEAR),
        ({"low": 0.0, "high": 0.0, "mean": 0.0, "smallest": 0.5}, differences.UNCHANGED),
        ({"low": math.nan, "high": math.nan, "mean": 0.1, "smallest": 0.5}, differences.ONE_RUN),
        ({"low": -3.0, "high": -1.0, "mean": -2.0, "smallest": math.nan}, differences.BETTER),
    ],
)
def test_verdict_needs_the_test_and_a_size_worth_mentioning(numbers, expected):
    assert verdict("lower", **numbers) == expected


def test_smallest_difference_follows_the_level_and_the_kind_of_outcome():
    for outcome, share in (("cost_sek", "smallest_change_share"), ("qalys", "smallest_life_share")):
        found = paired_differences(long_table({"baseline": [-50.0, -30.0], "a": [1.0, 2.0]}, outcome)).iloc[0]
        assert found.smallest == pytest.approx(40.0 * getattr(judgement(), share))


def test_shown_interval_is_the_wider_end_of_both_from_five_pairs_on():
    values = np.array([0.0, 0.1, 0.2, 0.3, 0.5, 0.6, 0.8, 5.0])
    found = paired_differences(long_table({"baseline": np.zeros(8), "a": values})).iloc[0]
    assert found.low == min(found.low_t, found.low_bootstrap) == found.low_t
    bound = found["mean"] + WIDEST * (found.high_t - found["mean"])
    assert found.high == pytest.approx(min(found.high_bootstrap, bound))
    assert found.high > found.high_t
    few = paired_differences(long_table({"baseline": np.zeros(4), "a": values[:4]})).iloc[0]
    assert (few.low, few.high) == (few.low_t, few.high_t) and np.isnan(few.low_bootstrap)
