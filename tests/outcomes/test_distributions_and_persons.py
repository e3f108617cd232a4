"""Distributions and person-years worked out by hand."""

import pytest
from build_observation import GP, HOME_HELP, observe, people

from sim.core.vocabulary import ContactFlag
from sim.core.vocabulary import EpisodeEvent as Episode
from sim.core.vocabulary import StayEvent as Stay
from sim.outcomes.distributions import COLUMNS, MAX_DAYS, distributions
from sim.outcomes.persons import persons


def spread(observation, name, group):
    table = distributions(observation)
    assert tuple(table.columns) == COLUMNS
    found = table[(table.distribution == name) & (table.group == group)]
    return {x: v for x, v in zip(found.x, found.value, strict=True) if v}


def test_lead_times_by_distance_with_an_open_last_bin():
    leads = [(2, 0.5), (2, 3.2), (2, 3.9), (2, 500.0), (4, 1.0)]
    rows = [{"time_days": 1.0, "person": 0, "distance": d, "lead_days": days} for d, days in leads]
    rows += [{"time_days": 1.0, "person": 0, "distance": 2, "lead_days": 7.0, "lost": True}]
    seen = observe(1, handovers=rows)
    assert spread(seen, "lead_time_days", "2") == {0.0: 0.25, 3.0: 0.5, float(MAX_DAYS): 0.25}
    assert spread(seen, "lead_time_days", "4") == {1.0: 1.0}
    assert spread(seen, "lead_time_days", "5") == {}


def test_waits_leave_out_acute_contacts():
    rows = [{"time_days": 1.0, "person": 0, "station": GP, "wait_days": days} for days in (2.0, 2.5, 8.0, 9.0)]
    rows += [{"time_days": 1.0, "person": 0, "station": GP, "flags": ContactFlag.ACUTE}]
    expected = {2.0: 0.5, 8.0: 0.25, 9.0: 0.25}
    assert spread(observe(1, contacts=rows), "wait_days", "general_practitioner") == expected


def test_physicians_a_year_and_usual_provider():
    rows = [{"time_days": 1.0 + i, "person": 0, "station": GP, "staff": s} for i, s in enumerate((1, 1, 2))]
    seen = observe(people(3, complex_needs=[True, True, False]), contacts=rows)
    assert spread(seen, "distinct_physicians", "complex needs") == {2.0: 0.5, 0.0: 0.5}
    assert spread(seen, "usual_provider_gp", "all") == {0.6: 1.0}


def test_home_help_staff_by_municipality():
    visits = [
        {"time_days": day + 0.3 * i, "person": p, "station": HOME_HELP, "staff": s}
        for day in range(14)
        for p, staff in ((0, (1, 1 + day % 3)), (1, (4, 4)))
        for i, s in enumerate(staff)
    ]
    seen = observe(people(2, municipality=[0, 1]), end_days=14.0, visits=visits)
    assert spread(seen, "home_help_staff_14_days", "all") == {1.0: 0.5, 3.0: 0.5}
    assert spread(seen, "home_help_staff_14_days", "southtown") == {1.0: 1.0}


def test_days_of_delay_per_completed_stay():
    moments = [(1.0, 0, Stay.ADMITTED), (3.0, 0, Stay.READY), (5.5, 0, Stay.DISCHARGED)]
    moments += [(10.0, 1, Stay.ADMITTED), (12.0, 1, Stay.DISCHARGED), (20.0, 2, Stay.ADMITTED)]
    stays = [{"time_days": t, "person": 0, "stay": number, "event": event} for t, number, event in moments]
    assert spread(observe(1, stays=stays), "delayed_days", "all") == {2.0: 0.5, 0.0: 0.5}


def test_concentration_curve():
    arrivals = [{"time_days": 1.0 + i, "person": 0} for i in range(6)]
    arrivals += [{"time_days": 20.0, "person": person} for person in (1, 2, 3, 4)]
    curve = spread(observe(100, ed_arrivals=arrivals), "cost_concentration", "region")
    assert curve[0.01] == pytest.approx(0.6)
    assert curve[0.05] == pytest.approx(1.0)
    assert curve[0.005] == pytest.approx(0.3)


def test_nothing_happened_gives_an_empty_table():
    assert distributions(observe(2)).empty


def test_one_row_per_person_and_year_lived():
    # Year 1: person 0 has 2 contacts with one GP, an arrival and 5 bed days over the turn of the year.
    contacts = [{"time_days": t, "person": 0, "station": GP, "staff": 1} for t in (10.0, 20.0, 500.0)]
    moments = [(363.0, Stay.ADMITTED), (368.0, Stay.DISCHARGED)]
    stays = [{"time_days": t, "person": 0, "stay": 0, "event": event} for t, event in moments]
    episodes = [
        {"time_days": 100.0, "person": 1, "episode": 0, "event": Episode.BORN},
        {"time_days": 110.0, "person": 1, "episode": 0, "event": Episode.MET},
    ]
    seen = observe(
        people(2, age_years=[79.5, 40.0], female=[True, False], municipality=[0, 1], need_group=[4, 1]),
        end_days=730.0,
        contacts=contacts,
        stays=stays,
        episodes=episodes,
        ed_arrivals=[{"time_days": 363.0, "person": 0}],
        deaths=[{"time_days": 200.0, "person": 1}],
    )
    table = persons(seen)
    assert list(zip(table.year, table.person, strict=True)) == [(1, 0), (1, 1), (2, 0)]
    first, dying, second = (row for _, row in table.iterrows())
    assert (first.age, first.sex, first.municipality, first.need_group) == (79, "female", "northtown", 4)
    assert (first.contacts, first.contacts_general_practitioner, first.distinct_physicians) == (2, 2, 1)
    assert (first.ed_visits, first.admissions, first.bed_days, first.died) == (1, 1, 2.0, False)
    assert first.cost_sek == pytest.approx(4_000 + 2 * 10_000)
    assert first.region_cost_sek == pytest.approx(24_000)
    assert (second.age, second.contacts, second.admissions, second.bed_days) == (80, 1, 0, 3.0)
    assert (dying.died, dying.days_alive, dying.days_with_unmet_need) == (True, 200.0, 10.0)
    assert dying.days_at_home == pytest.approx(200.0)
