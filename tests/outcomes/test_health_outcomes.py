"""Health outcomes worked out by hand on people with a handful of events."""

import pytest
from build_observation import observe, people, value

from sim.core.vocabulary import EpisodeEvent as Episode
from sim.core.vocabulary import StayEvent as Stay


def episode(number, person, *events):
    return [{"time_days": t, "person": person, "episode": number, "event": event} for t, event in events]


def stay(number, person, *events, avoidable=False):
    return [
        {"time_days": t, "person": person, "stay": number, "event": event, "avoidable": avoidable}
        for t, event in events
    ]


def snapshot(time, persons, **state):
    return [{"time_days": time, "person": person, **state} for person in persons]


def test_deaths_are_per_thousand_years_lived():
    # Two people, one year; one dies half-way: 1 death in 1.5 years lived.
    seen = observe(2, deaths=[{"time_days": 182.5, "person": 1}])
    assert value(seen, "deaths_per_1000") == pytest.approx(1000 / 1.5)


def test_deaths_outside_the_window_do_not_count():
    deaths = [{"time_days": 50.0, "person": 0}, {"time_days": 900.0, "person": 1}]
    seen = observe(3, start_days=100.0, end_days=465.0, deaths=deaths)
    assert value(seen, "deaths_per_1000") == 0.0


def test_qalys_follow_the_snapshots_and_stop_at_death():
    # Person 0: 0.8 for 73 days, then 0.5 for 292 days. Person 1 dies after 146 days at 0.6.
    health = snapshot(0.0, [0], utility=0.8) + snapshot(0.0, [1], utility=0.6)
    health += snapshot(73.0, [0], utility=0.5) + snapshot(73.0, [1], utility=0.6)
    seen = observe(2, health=health, deaths=[{"time_days": 146.0, "person": 1}])
    assert value(seen, "qalys") == pytest.approx((0.8 * 0.2 + 0.5 * 0.8 + 0.6 * 0.4) / 2)


def test_a_snapshot_before_the_window_holds_into_it():
    health = snapshot(-10.0, [0], utility=0.9) + snapshot(73.0, [0], utility=0.4)
    seen = observe(1, health=health)
    assert value(seen, "qalys") == pytest.approx(0.9 * 0.2 + 0.4 * 0.8)
    later = observe(1, start_days=100.0, end_days=465.0, health=health)
    assert value(later, "qalys") == pytest.approx(0.4)


def test_the_first_snapshot_holds_for_the_time_before_it():
    seen = observe(1, health=snapshot(30.0, [0], utility=0.7, frailty=0.2))
    assert value(seen, "qalys") == pytest.approx(0.7)
    assert value(seen, "mean_frailty") == pytest.approx(0.2)


def test_who_dies_before_a_first_snapshot_has_no_known_utility():
    health = snapshot(30.0, [0], utility=0.7)
    seen = observe(2, health=health, deaths=[{"time_days": 20.0, "person": 1}])
    assert value(seen, "qalys") == pytest.approx(0.7)


def test_frailty_is_weighted_by_days():
    health = snapshot(0.0, [0], frailty=0.2) + snapshot(73.0, [0], frailty=0.7)
    assert value(observe(1, health=health), "mean_frailty") == pytest.approx(0.2 * 0.2 + 0.7 * 0.8)


def test_overlapping_needs_count_once():
    # Days 10-30 and 20-50 together are 40 days; a third need from day 60 to 65 adds 5.
    episodes = episode(0, 0, (10.0, Episode.BORN), (15.0, Episode.FOUND), (30.0, Episode.MET))
    episodes += episode(1, 0, (20.0, Episode.BORN), (50.0, Episode.LAPSED))
    episodes += episode(2, 0, (60.0, Episode.BORN), (65.0, Episode.MET))
    assert value(observe(1, episodes=episodes), "unmet_need_days") == pytest.approx(45.0)


def test_unmet_need_is_cut_to_the_window_and_to_death():
    # Born before the window and still open at its end: person 0 the whole year; person 1 until death.
    episodes = episode(0, 0, (5.0, Episode.BORN), (6.0, Episode.LOST))
    episodes += episode(1, 1, (90.0, Episode.BORN))
    deaths = [{"time_days": 120.0, "person": 1}]
    seen = observe(2, start_days=100.0, end_days=465.0, episodes=episodes, deaths=deaths)
    assert value(seen, "unmet_need_days") == pytest.approx((365 + 20) / ((365 + 20) / 365))


def test_a_need_closed_before_the_window_does_not_count():
    episodes = episode(0, 0, (5.0, Episode.BORN), (50.0, Episode.MET))
    assert value(observe(1, start_days=100.0, end_days=465.0, episodes=episodes), "unmet_need_days") == 0.0


def test_a_second_closing_event_changes_nothing():
    episodes = episode(0, 0, (5.0, Episode.BORN), (10.0, Episode.MET), (40.0, Episode.CLOSED_BY_DEATH))
    assert value(observe(1, episodes=episodes), "unmet_need_days") == pytest.approx(5.0)


def test_days_in_hospital_are_not_unmet_need():
    # Open from day 10 to 30, in hospital from day 20 to 25.
    episodes = episode(0, 0, (10.0, Episode.BORN), (30.0, Episode.MET))
    stays = stay(0, 0, (20.0, Stay.ADMITTED), (25.0, Stay.DISCHARGED))
    assert value(observe(1, episodes=episodes, stays=stays), "unmet_need_days") == pytest.approx(15.0)


def test_one_persons_hospital_stay_does_not_touch_another():
    episodes = episode(0, 0, (355.0, Episode.BORN)) + episode(1, 1, (0.0, Episode.BORN), (10.0, Episode.MET))
    stays = stay(0, 1, (0.0, Stay.ADMITTED), (4.0, Stay.DISCHARGED))
    seen = observe(people(2, need_group=[1, 2]), episodes=episodes, stays=stays)
    assert value(seen, "unmet_need_days", "need_group", "1") == pytest.approx(10.0)
    assert value(seen, "unmet_need_days", "need_group", "2") == pytest.approx(6.0)


def test_avoidable_admissions_are_those_marked_when_admitted():
    stays = stay(0, 0, (20.0, Stay.ADMITTED), (25.0, Stay.DISCHARGED), avoidable=True)
    stays += stay(1, 0, (40.0, Stay.ADMITTED), (41.0, Stay.DISCHARGED))
    assert value(observe(2, stays=stays), "avoidable_admissions_per_1000") == pytest.approx(500.0)


def test_days_at_home_leave_out_hospital_and_special_housing():
    # Person 0: 10 days in hospital. Person 1: special housing from day 65, 20 days of it in hospital.
    # Person 2 dies at day 165. Home: 355 + 65 + 165 days for 3 people alive at the start.
    stays = stay(0, 0, (20.0, Stay.ADMITTED), (30.0, Stay.DISCHARGED))
    stays += stay(1, 1, (100.0, Stay.ADMITTED), (120.0, Stay.DISCHARGED))
    health = snapshot(0.0, [0, 1, 2]) + snapshot(65.0, [0, 2])
    health += snapshot(65.0, [1], special_housing=True)
    seen = observe(3, stays=stays, health=health, deaths=[{"time_days": 165.0, "person": 2}])
    assert value(seen, "days_at_home") == pytest.approx((355 + 65 + 165) / 3)
    lived_years = (365 + 365 + 165) / 365
    assert value(seen, "days_in_special_housing") == pytest.approx(280 / lived_years)
