"""Days cared for elsewhere instead of in a bed, worked out by hand."""

from __future__ import annotations

import pytest
from build_observation import observe, value

from sim.core.vocabulary import PlaceEvent, Responder

DAYS = "cared_for_elsewhere_days_per_1000"


def moves(person: int, *moments: tuple[float, PlaceEvent], responder: Responder = Responder.HOME_HOSPITAL):
    return [{"time_days": time, "person": person, "responder": responder, "event": event} for time, event in moments]


def test_days_are_cut_to_the_window_and_to_death():
    # Window 100-465: person 0 from before it to day 103, and 200-206; person 1 from 460, still there at the end.
    rows = moves(0, (95.0, PlaceEvent.MOVED_IN), (103.0, PlaceEvent.MOVED_OUT), (200.0, PlaceEvent.MOVED_IN))
    rows += moves(0, (206.0, PlaceEvent.MOVED_OUT)) + moves(1, (460.0, PlaceEvent.MOVED_IN))
    seen = observe(2, start_days=100.0, end_days=465.0, stays_elsewhere=rows)
    assert value(seen, DAYS) == pytest.approx((3 + 6 + 5) / 2 * 1000)
    # Who dies on day 10 is cared for no longer, whatever the place's own end: 8 days of care in 10 lived.
    rows = moves(0, (2.0, PlaceEvent.MOVED_IN), (14.0, PlaceEvent.MOVED_OUT))
    seen = observe(1, stays_elsewhere=rows, deaths=[{"time_days": 10.0, "person": 0}])
    assert value(seen, DAYS) == pytest.approx(8 / (10 / 365) * 1000)


def test_two_places_at_a_time_are_one_day_a_day():
    rows = moves(0, (10.0, PlaceEvent.MOVED_IN), (20.0, PlaceEvent.MOVED_OUT))
    rows += moves(0, (12.0, PlaceEvent.MOVED_IN), (15.0, PlaceEvent.MOVED_OUT), responder=Responder.MUNICIPAL_WARD)
    rows += moves(1, (30.0, PlaceEvent.MOVED_IN), (33.0, PlaceEvent.MOVED_OUT))
    assert value(observe(2, stays_elsewhere=rows), DAYS) == pytest.approx((10 + 3) / 2 * 1000)


def test_care_elsewhere_is_no_bed_day_and_nobody_there_is_none():
    rows = moves(0, (10.0, PlaceEvent.MOVED_IN), (20.0, PlaceEvent.MOVED_OUT))
    seen = observe(1, stays_elsewhere=rows)
    assert value(seen, "bed_days_per_1000") == 0.0
    assert value(seen, "days_at_home") == pytest.approx(365.0)
    assert value(observe(1), DAYS) == 0.0
