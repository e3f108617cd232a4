"""The wait for a hospital bed, worked out by hand; and what a decision to admit must not be taken for."""

import numpy as np
import pytest
from build_observation import observe, people, value
from hypothesis import given
from hypothesis import strategies as st

from sim.core.vocabulary import StayEvent as Stay
from sim.outcomes.boarding import LONG_WAIT_HOURS
from sim.outcomes.intervals import hospital_stays, waits_for_bed
from sim.outcomes.table import measure_all

HOUR = 1 / 24
WAIT, LONG = "boarding_hours", "boarding_over_4_hours_share"


def stay(number, person, *events):
    return [{"time_days": t, "person": person, "stay": number, "event": event} for t, event in events]


def test_the_mean_wait_and_the_long_ones_by_hand():
    stays = stay(0, 0, (10.0, Stay.DECIDED), (10.0, Stay.ADMITTED))
    stays += stay(1, 1, (20.0, Stay.DECIDED), (20.0 + 3 * HOUR, Stay.ADMITTED))
    stays += stay(2, 2, (30.0, Stay.DECIDED), (30.0 + 9 * HOUR, Stay.ADMITTED), (33.0, Stay.DISCHARGED))
    seen = observe(people(3, age_years=[40.0, 70.0, 90.0]), stays=stays)
    assert value(seen, WAIT) == pytest.approx((0 + 3 + 9) / 3)
    assert value(seen, LONG) == pytest.approx(1 / 3)
    assert value(seen, WAIT, "age", "80+") == pytest.approx(9.0)
    assert value(seen, LONG, "age", "65-79") == 0.0
    assert value(seen, WAIT, "age", "0-17") is None


def test_four_hours_are_not_yet_long():
    stays = stay(0, 0, (10.0, Stay.DECIDED), (10.0 + LONG_WAIT_HOURS * HOUR, Stay.ADMITTED))
    stays += stay(1, 0, (20.0, Stay.DECIDED), (20.0 + (LONG_WAIT_HOURS + 0.1) * HOUR, Stay.ADMITTED))
    assert value(observe(1, stays=stays), LONG) == pytest.approx(1 / 2)


def test_waits_count_where_they_end_and_death_ends_one():
    # Window 100-200. Decided before it, bed in it: counts whole. Died in it, waiting: counts. Bed after it: not yet.
    stays = stay(0, 0, (99.0, Stay.DECIDED), (101.0, Stay.ADMITTED))
    stays += stay(1, 1, (150.0, Stay.DECIDED))
    stays += stay(2, 2, (199.0, Stay.DECIDED), (203.0, Stay.ADMITTED))
    stays += stay(3, 3, (150.0, Stay.DECIDED))
    deaths = [{"time_days": 151.0, "person": 1}]
    seen = observe(
        4, start_days=100.0, end_days=200.0, stays=sorted(stays, key=lambda r: r["time_days"]), deaths=deaths
    )
    assert value(seen, WAIT) == pytest.approx((48 + 24) / 2)
    assert value(seen, LONG) == 1.0
    later = observe(4, start_days=200.0, end_days=300.0, stays=stays, deaths=deaths)
    assert value(later, WAIT) == pytest.approx(96.0)


def test_without_an_admission_there_is_no_wait_to_tell():
    assert value(observe(2), WAIT) is None
    # Decided on before the log began: nobody knows when.
    assert value(observe(2, stays=stay(0, 0, (1.0, Stay.ADMITTED))), WAIT) is None


def test_a_decision_is_no_admission_and_waiting_no_bed_day():
    stays = stay(0, 0, (10.0, Stay.DECIDED), (12.0, Stay.ADMITTED), (15.0, Stay.DISCHARGED))
    undecided = [row for row in stays if row["event"] != Stay.DECIDED]
    # Person 1 dies waiting: no stay at all.
    stays += stay(1, 1, (11.0, Stay.DECIDED))
    stays.sort(key=lambda row: row["time_days"])
    deaths = [{"time_days": 14.0, "person": 1}]
    tables = [measure_all(observe(2, stays=rows, deaths=deaths)) for rows in (stays, undecided)]
    of_stays = [table[~table["outcome"].isin([WAIT, LONG])].reset_index(drop=True) for table in tables]
    assert of_stays[0].equals(of_stays[1])
    seen = observe(2, stays=stays, deaths=deaths)
    assert value(seen, "admissions_per_1000") > 0
    assert hospital_stays(seen).person.tolist() == [0]


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0.0, 300.0), st.floats(0.0, 90.0)), max_size=30), st.data())
def test_every_wait_counts_once_however_the_time_is_cut(drawn, data):
    rows = [
        {"time_days": at + later, "person": person, "stay": number, "event": event}
        for number, (person, at, waited) in enumerate(drawn)
        for event, later in ((Stay.DECIDED, 0.0), (Stay.ADMITTED, waited))
    ]
    rows.sort(key=lambda row: (row["time_days"], row["event"] != Stay.DECIDED))
    whole = observe(4, end_days=400.0, stays=rows)
    waits = waits_for_bed(whole)
    np.testing.assert_allclose(sorted(waits.days()), sorted(waited for _, _, waited in drawn), atol=1e-9)
    cut = data.draw(st.floats(1.0, 399.0))
    parts = [observe(4, start_days=a, end_days=b, stays=rows) for a, b in ((0.0, cut), (cut, 400.0))]
    ended = [int(((waits.end >= part.start_days) & (waits.end < part.end_days)).sum()) for part in parts]
    means = [(value(part, WAIT) or 0.0) for part in parts]
    assert sum(ended) == len(drawn)
    total = sum(count * mean for count, mean in zip(ended, means, strict=True))
    assert total == pytest.approx(24 * sum(waited for _, _, waited in drawn), abs=1e-6)
