"""How many replications are asked for."""

import math

import numpy as np
import pandas as pd
import pytest
from test_differences import long_table

from sim.analysis.judgement import judgement
from sim.analysis.precision import Precision, Reached, next_replications, reached_differences, reached_levels


def rule(**changes):
    usual = {"outcomes": ("cost_sek",), "share": 0.1, "absolute": {}, "fewest": 8, "most": 100}
    return Precision(**{**usual, **changes})


def reached(half_width, target, n=8):
    return Reached(scenario="a", outcome="cost_sek", unit="SEK", mean=1.0, half_width=half_width, target=target, n=n)


def test_half_width_falls_with_the_square_root():
    # 10 replications, 1.2 times too wide: 14.4 are needed.
    assert next_replications([reached(1.2, 1.0)], 10, rule()) == 15
    assert next_replications([reached(1.0, 1.0)], 10, rule()) is None


def test_grows_to_twice_at_most_and_stops_at_the_most():
    assert next_replications([reached(9.0, 1.0)], 10, rule()) == 20
    assert next_replications([reached(9.0, 1.0)], 80, rule()) == 100
    assert next_replications([reached(9.0, 1.0)], 100, rule()) is None
    assert next_replications([reached(1.0001, 1.0)], 10, rule()) == 11


def test_the_least_known_decides():
    found = [reached(1.2, 1.0), reached(0.1, 1.0), reached(1.3, 1.0)]
    assert next_replications(found, 10, rule()) == 17


def test_unknown_width_or_no_target_asks_for_twice_as_many():
    assert next_replications([reached(math.nan, 1.0)], 8, rule()) == 16
    assert next_replications([reached(0.5, 0.0)], 8, rule()) == 16


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_share_is_of_the_size_of_the_difference_whatever_its_sign(sign):
    runs = 1000.0 + np.arange(8.0)
    table = long_table(
        {"baseline": runs, "a": runs + sign * (50.0 + np.array([1, -1, 2, -2, 1, -1, 2, -2.0]))}, "cost_sek"
    )
    (one,) = reached_differences(table, rule())
    assert one.mean == pytest.approx(sign * 50.0)
    assert one.target == pytest.approx(5.0)
    assert one.is_met and 1.0 < one.half_width < 5.0


def test_near_zero_the_smallest_difference_worth_mentioning_is_enough():
    runs = np.full(8, 40_000.0)
    table = long_table({"baseline": runs, "a": runs + np.array([1, -1, 2, -2, 1, -1, 2, -2.0])}, "cost_sek")
    (one,) = reached_differences(table, rule())
    assert abs(one.mean) < 1e-9
    assert one.target == pytest.approx(40_000.0 * judgement().smallest_change_share)
    assert one.is_met


def test_a_width_in_the_unit_goes_before_the_share_and_others_do_not_count():
    runs = np.arange(8.0)
    cost = long_table({"baseline": runs, "a": runs * 3.0}, "cost_sek")
    other = long_table({"baseline": runs, "a": runs * 9.0}, "qalys")
    in_group = long_table({"baseline": runs, "a": runs * 9.0}, "cost_sek", group="1", group_by="need_group")
    found = reached_differences(pd.concat([cost, other, in_group]), rule(absolute={"cost_sek": 7.0}))
    assert [(one.outcome, one.target) for one in found] == [("cost_sek", 7.0)]


def test_levels_are_known_relative_to_themselves():
    table = long_table({"a": [90.0, 110.0, 95.0, 105.0, 100.0], "b": [1.0, 9.0, 5.0, 2.0, 8.0]}, "cost_sek")
    known, unknown = reached_levels(table, rule(share=0.2))
    assert (known.scenario, known.target, known.is_met) == ("a", pytest.approx(20.0), True)
    assert (unknown.scenario, unknown.is_met) == ("b", False)
