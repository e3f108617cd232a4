"""How gains are shared between groups."""

import numpy as np
import pandas as pd
import pytest
from test_differences import long_table

from sim.analysis.equity import COLUMNS, equity, slope_index


def test_slope_by_hand():
    # Two halves, ranks 0.25 and 0.75: a gain of 1 at the worse half is 2 from end to end.
    slopes = slope_index(np.array([[0.0, 1.0], [3.0, 3.0]]), np.array([10.0, 5.0]), np.array([50.0, 50.0]))
    assert slopes == pytest.approx([2.0, 0.0])


def test_slope_does_not_depend_on_the_order_of_groups_and_equals_weighted_least_squares():
    rng = np.random.default_rng(2)
    gains, level, weights = rng.normal(size=(3, 5)), rng.normal(size=5), rng.uniform(1, 9, 5)
    turned = rng.permutation(5)
    slopes = slope_index(gains, level, weights)
    assert slope_index(gains[:, turned], level[turned], weights[turned]) == pytest.approx(slopes)
    order = np.argsort(-level)
    share = weights[order] / weights.sum()
    rank = np.cumsum(share) - share / 2
    fitted = np.polyfit(rank, gains[:, order].T, 1, w=np.sqrt(share))[0]
    assert slopes == pytest.approx(fitted)


SIZES = pd.DataFrame(
    [("need_group", "1", 10.0), ("need_group", "5", 90.0), ("age", "80+", 5.0)],
    columns=["group_by", "group", "person_years"],
)


def two_groups(outcome, worst, best, worst_change, best_change):
    noise = np.array([0.0, 1.0, -1.0])
    return pd.concat(
        [
            long_table({"baseline": worst + noise, "a": worst + noise + worst_change}, outcome, "1", "need_group"),
            long_table({"baseline": best + noise, "a": best + noise + best_change}, outcome, "5", "need_group"),
        ]
    )


def test_those_worst_off_gain_more_when_fewer_is_better():
    table = two_groups("ed_visits_per_1000", 900.0, 100.0, -50.0, 10.0)
    found = equity(table, SIZES)
    assert tuple(found.columns) == COLUMNS and len(found) == 1
    row = found.iloc[0]
    assert (row.most_group, row.most_gain, row.least_group, row.least_gain) == ("1", 50.0, "5", -10.0)
    assert row.gain_range == 60.0
    # Ranks 0.45 (best nine tenths) and 0.95: a difference of 60 over half the way.
    assert (row.slope, row.slope_low, row.slope_high) == pytest.approx((120.0, 120.0, 120.0))


def test_more_is_better_turns_who_is_worst_off():
    row = equity(two_groups("days_at_home", 200.0, 360.0, 4.0, 1.0), SIZES).iloc[0]
    assert (row.most_group, row.slope) == ("1", pytest.approx(6.0))


def test_outcomes_without_a_good_direction_and_single_groups_are_left_out():
    assert equity(two_groups("contacts_care", 9.0, 5.0, 1.0, 0.0), SIZES).empty
    one = long_table({"baseline": [1.0, 2.0], "a": [2.0, 2.0]}, "cost_sek", "80+", "age")
    assert equity(one, SIZES).empty
