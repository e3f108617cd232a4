"""Statistics of money and value against numbers worked out by hand or printed in textbooks."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.analysis.value_acceptability import ellipse, net_benefit, share_best, share_interval, share_positive
from sim.analysis.value_incremental import (
    COSTS_AND_GAINS,
    DOMINATED,
    DOMINATES,
    EXTENDEDLY,
    FRONTIER,
    IS_DOMINATED,
    NOTHING,
    REFERENCE,
    SAME,
    SAVES_AND_LOSES,
    incremental,
    quadrant,
)
from sim.analysis.value_over_time import (
    HELD,
    IN_PART,
    MEASURED,
    Course,
    by_year,
    centred,
    cumulated,
    discount_factors,
    even_factor,
    held_band,
    payback_quarter,
    present_value,
)
from sim.analysis.value_settings import DEFAULT_EFFECT, PRICED, effects, number
from sim.outcomes.outcome import all_outcomes


def _course(quarters, whole=None):
    quarters = np.array(quarters, dtype=float)
    return Course(quarters.mean(axis=1) if whole is None else np.array(whole, dtype=float), quarters)


# Johannesson and Weinstein 1993 (J Health Econ 12:459-467): independent programme of five exclusive options.
TEXTBOOK = {"costs": [0, 100, 200, 300, 400, 500], "effects": [0, 10, 14, 16, 19, 20]}


def test_textbook_example_of_extended_dominance():
    found = incremental(TEXTBOOK["costs"], TEXTBOOK["effects"])
    assert [one.status for one in found] == [REFERENCE, FRONTIER, FRONTIER, EXTENDEDLY, FRONTIER, FRONTIER]
    assert [one.icer for one in found] == [None, 10.0, 25.0, None, 40.0, 100.0]
    assert [one.compared_with for one in found] == [None, 0, 1, None, 2, 4]


def test_order_of_options_does_not_matter():
    order = [3, 5, 0, 4, 2, 1]
    shuffled = incremental(*([TEXTBOOK[key][at] for at in order] for key in ("costs", "effects")))
    straight = incremental(TEXTBOOK["costs"], TEXTBOOK["effects"])
    assert [one.icer for one in shuffled] == [straight[at].icer for at in order]


def test_dominated_same_and_the_one_that_saves():
    # The baseline costs more and gains less than the third; the fourth is the baseline again, the last costs most.
    found = incremental([0.0, -5.0, -10.0, 0.0, 3.0], [0.0, 2.0, 1.0, 0.0, 2.0])
    assert [one.status for one in found] == [DOMINATED, FRONTIER, REFERENCE, DOMINATED, DOMINATED]
    assert found[0].compared_with == 1 and found[1].icer == pytest.approx(5.0)
    assert [one.status for one in incremental([0.0, 0.0], [0.0, 0.0])] == [REFERENCE, SAME]


def test_several_options_fall_to_extended_dominance_one_after_the_other():
    found = incremental([0.0, 10.0, 19.0, 20.0], [0.0, 1.0, 1.5, 10.0])
    assert [one.status for one in found] == [REFERENCE, EXTENDEDLY, EXTENDEDLY, FRONTIER]
    assert found[3].icer == 2.0 and found[3].compared_with == 0


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is slow at drawing lists
@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=8))
def test_frontier_is_convex_and_nobody_on_it_is_beaten(options):
    costs, gains = zip(*options, strict=True)
    found = incremental(costs, gains)
    front = [at for at, one in enumerate(found) if one.status in (REFERENCE, FRONTIER)]
    ratios = [found[at].icer for at in sorted(front, key=lambda at: costs[at]) if found[at].icer is not None]
    assert ratios == sorted(ratios)
    for at in front:
        assert not any(c <= costs[at] and e >= gains[at] and (c, e) != (costs[at], gains[at]) for c, e in options)
    # At any price the best option is on the frontier.
    for price in (0.0, 0.5, 3.0, 100.0):
        best = max(price * gain - cost for cost, gain in options)
        assert max(price * gains[at] - costs[at] for at in front) == pytest.approx(best)


def test_quadrants_in_words():
    assert quadrant(-1, 1) == quadrant(0, 1) == quadrant(-1, 0) == DOMINATES
    assert quadrant(1, -1) == IS_DOMINATED and quadrant(0, 0) == NOTHING
    assert quadrant(1, 1) == COSTS_AND_GAINS and quadrant(-1, -1) == SAVES_AND_LOSES


# Four points: (cost, effect) = (10, 1), (10, 2), (-5, 1), (10, -1).
COSTS, GAINS = np.array([10.0, 10.0, -5.0, 10.0]), np.array([1.0, 2.0, 1.0, -1.0])


@pytest.mark.parametrize(
    ("price", "share"),
    # At 0 only the third saves; at 5 the second breaks even (half); at 10 the first does; the fourth never pays.
    [(0.0, 0.25), (5.0, 0.375), (6.0, 0.5), (10.0, 0.625), (11.0, 0.75), (1e9, 0.75)],
)
def test_acceptability_of_four_points_by_hand(price, share):
    assert share_positive(net_benefit(COSTS, GAINS, price)) == share


def test_best_of_all_options_shares_ties_and_sums_to_one():
    benefits = np.array([[0.0, 0.0, 0.0, 0.0], [1.0, -1.0, 0.0, 2.0], [2.0, -2.0, -1.0, 2.0]])
    assert share_best(benefits).tolist() == [0.375, 0.25, 0.375]


def test_interval_of_a_share_is_wilsons():
    low, high = share_interval(0.5, 4)
    assert (low, high) == (pytest.approx(0.15004, abs=1e-4), pytest.approx(0.84996, abs=1e-4))
    assert share_interval(1.0, 8)[1] == 1.0 and share_interval(1.0, 8)[0] == pytest.approx(0.6756, abs=1e-4)


def test_ellipse_of_uncorrelated_points_has_the_half_axes_of_hotelling():
    costs, gains = np.array([3.0, -3.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0, -1.0])
    outline = ellipse(costs, gains, of_next_run=False)
    size = 2 * 3 / 2 * stats.f.ppf(0.95, 2, 2) / 4
    assert outline[:, 1].max() == pytest.approx(math.sqrt(6.0 * size))
    assert outline[:, 0].max() == pytest.approx(math.sqrt(2.0 / 3.0 * size))
    wider = ellipse(costs, gains, of_next_run=True)
    assert wider[:, 1].max() == pytest.approx(outline[:, 1].max() * math.sqrt(5.0))
    assert ellipse(costs[:2], gains[:2], of_next_run=False) is None


def test_discounting_begins_with_the_second_year():
    assert discount_factors(9, 0.03).tolist() == pytest.approx([1.0] * 4 + [1 / 1.03] * 4 + [1 / 1.03**2])
    assert even_factor(1.0, 0.03) == 1.0 and even_factor(0.25, 0.05) == 1.0
    assert even_factor(2.0, 0.03) == pytest.approx((1 + 1 / 1.03) / 2)
    assert even_factor(1.5, 0.1) == pytest.approx((1 + 0.5 / 1.1) / 1.5)


def test_present_value_by_quarter_evenly_and_at_no_rate():
    # 100 a year spent in the first year, 206 a year saved in the second: at 3 % (100 - 200) / 2.
    course = _course([[100.0] * 4 + [-206.0] * 4])
    assert present_value(course, 0.03, 2.0).tolist() == [pytest.approx(-50.0)]
    assert present_value(course, 0.0, 2.0).tolist() == course.whole.tolist()
    bare = Course(np.array([-53.0]), np.zeros((1, 0)))
    assert present_value(bare, 0.03, 2.0)[0] == pytest.approx(-53.0 * (1 + 1 / 1.03) / 2)


def test_parts_add_up_to_the_whole_in_every_quarter():
    quarters = np.array([[4.0, 0.0, -8.0, -12.0]])
    whole = centred(np.array([-4.5]), quarters)
    assert whole.quarters.mean() == pytest.approx(-4.5)
    region = centred(np.array([-6.0]), np.zeros((1, 0)), quarters, 0.4)
    town = centred(np.array([1.5]), np.zeros((1, 0)), quarters, 0.6)
    assert (region + town).quarters == pytest.approx(whole.quarters)
    assert present_value(region, 0.03, 1.0) + present_value(town, 0.03, 1.0) == present_value(whole, 0.03, 1.0)


def test_payback_of_an_investment_by_hand():
    # 100 spent in the first quarter, 30 back in each that follows: all is back at the end of the fifth.
    course = _course([[400.0, -120.0, -120.0, -120.0, -120.0, -120.0]])
    assert cumulated(course)[0].tolist() == [100.0, 70.0, 40.0, 10.0, -20.0, -50.0]
    assert payback_quarter(cumulated(course)[0]) == 5
    assert payback_quarter(cumulated(course)[0, :4]) is None
    assert payback_quarter(np.array([-1.0, -2.0])) == 1
    assert payback_quarter(np.array([1.0, -1.0, 1.0, 0.0])) == 4, "back for good only"
    assert payback_quarter(np.array([np.nan, np.nan])) is None and payback_quarter(np.zeros(0)) is None


def test_years_of_a_budget():
    values, basis = by_year(_course([[4.0, 4.0, 0.0, 0.0, -2.0, -4.0]]), 1.5)
    assert values.tolist() == [[2.0, -3.0]] and basis == (MEASURED, IN_PART)
    values, basis = by_year(Course(np.array([7.0]), np.zeros((1, 0))), 2.0)
    assert values.tolist() == [[7.0, 7.0]] and basis == (IN_PART, IN_PART)
    assert by_year(Course(np.array([7.0]), np.zeros((1, 0))), 1.0)[1] == (MEASURED,)


def test_band_of_a_held_difference_widens_with_the_years():
    assert held_band(-10.0, -12.0, -8.0, 2, 0.1) == (-14.0, -6.0)
    assert HELD != MEASURED


def test_data_file_states_what_is_needed():
    assert number("discount_rate") == 0.03 and number("budget_years") == 5
    first = next(iter(effects()))
    assert first == DEFAULT_EFFECT and not set(PRICED) - set(effects())
    for name, price in effects().items():
        assert all_outcomes()[name].better != "neither" and all_outcomes()[name].headline
        assert price.low_sek < price.reference_sek < price.high_sek and price.unit.startswith("SEK per ")
