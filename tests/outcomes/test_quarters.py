"""Outcomes quarter by quarter: the parts make the whole, and only complete quarters count."""

import pytest
from build_observation import GP, observe, people, value

from sim.outcomes.quarters import QUARTER_DAYS, quarters


def arrivals(*moments):
    return [{"time_days": moment, "person": person} for person, moment in moments]


def test_a_window_is_cut_into_complete_quarters_only():
    assert [q.start_days for q in quarters(observe(1, end_days=365.0))] == [0, 91.25, 182.5, 273.75]
    assert len(quarters(observe(1, start_days=10.0, end_days=10.0 + 2.9 * QUARTER_DAYS))) == 2
    assert quarters(observe(1, end_days=1.9 * QUARTER_DAYS)) == []


def test_each_quarter_counts_its_own_events_at_a_yearly_rate():
    who = people(2, complex_needs=[True, False])
    seen = observe(who, ed_arrivals=arrivals((0, 5.0), (1, 6.0), (0, 100.0), (0, 101.0)))
    # Two people live half a person-year in a quarter: 2 visits are 4,000 per 1,000 person-years.
    rates = [value(seen, "ed_visits_per_1000", "quarter", str(number)) for number in range(1, 5)]
    assert rates == pytest.approx([4000, 4000, 0, 0])
    complex_ = [value(seen, "ed_visits_per_1000", "quarter_complex_needs", str(number)) for number in range(1, 5)]
    assert complex_ == pytest.approx([4000, 8000, 0, 0])
    assert sum(rates) / 4 == pytest.approx(value(seen, "ed_visits_per_1000"))


def test_a_short_run_has_no_quarters():
    seen = observe(1, end_days=100.0, contacts=[{"time_days": 1.0, "person": 0, "station": GP}])
    assert value(seen, "contacts_care", "quarter", "1") is None
