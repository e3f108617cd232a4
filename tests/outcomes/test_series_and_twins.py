"""Weekly series, people side by side and sizes of groups, worked out by hand."""

import numpy as np
import pytest
from build_observation import GP, observe, people

from sim.core.vocabulary import ContactFlag, EnrolmentEvent
from sim.core.vocabulary import EpisodeEvent as Episode
from sim.core.vocabulary import StayEvent as Stay
from sim.outcomes.group_sizes import group_sizes
from sim.outcomes.series import COLUMNS, SERIES, weekly_series
from sim.outcomes.twins import BETTER, UNITS, person_window


def weeks(observation, name):
    table = weekly_series(observation)
    assert tuple(table.columns) == COLUMNS
    return table[table.series == name].value.tolist()


def test_rates_are_per_living_person_and_week_from_the_start_of_the_run():
    arrivals = [{"time_days": day, "person": 0} for day in (0.5, 6.9, 7.1, 20.9, 21.1)]
    seen = observe(
        10,
        start_days=14.0,
        end_days=24.0,
        ed_arrivals=arrivals,
        deaths=[{"time_days": 9.0, "person": p} for p in range(5)],
    )
    # Three whole weeks: 2, 1 and 1 arrivals; ten people alive in the first, five from the middle of the second.
    assert weeks(seen, "ed_visits") == pytest.approx([200.0, 200.0, 200.0])


def test_states_are_those_at_the_middle_of_the_week():
    stays = [
        {"time_days": t, "person": 0, "stay": 0, "event": e} for t, e in ((1.0, Stay.ADMITTED), (9.0, Stay.DISCHARGED))
    ]
    episodes = [
        {"time_days": 4.0, "person": 1, "episode": 0, "event": Episode.BORN},
        {"time_days": 12.0, "person": 1, "episode": 0, "event": Episode.MET},
        {"time_days": 10.0, "person": 2, "episode": 1, "event": Episode.BORN},
    ]
    seen = observe(4, end_days=21.0, stays=stays, episodes=episodes)
    assert weeks(seen, "in_bed") == [250.0, 0.0, 0.0]
    assert weeks(seen, "open_needs") == [0.0, 500.0, 250.0]


def test_boarding_is_the_mean_over_the_week_of_who_waits_for_a_bed():
    # Person 0 waits 3.5 days, over a weekend: 2 in the first week, 1.5 in the second. Person 1 waits to the end, person
    # 2 until death two weeks later, person 3 not at all.
    rows = [(5.0, 0, Stay.DECIDED), (8.5, 0, Stay.ADMITTED), (12.25, 0, Stay.DISCHARGED), (20.5, 1, Stay.DECIDED)]
    rows += [(0.0, 2, Stay.DECIDED), (9.0, 3, Stay.DECIDED), (9.0, 3, Stay.ADMITTED)]
    stays = [{"time_days": time, "person": p, "stay": p, "event": event} for time, p, event in sorted(rows)]
    seen = observe(10, end_days=24.0, stays=stays, deaths=[{"time_days": 14.0, "person": 2}])
    living = (10, 10, 9)
    expected = [days / 7 / count * 1000 for days, count in zip((2.0 + 7.0, 1.5 + 7.0, 0.5), living, strict=True)]
    assert weeks(seen, "boarding") == pytest.approx(expected)
    assert weeks(observe(10, end_days=24.0, stays=stays[-1:]), "boarding")[:2] == [0.0, 0.0]


def test_means_are_of_planned_contacts_and_empty_without_any():
    rows = [
        {"time_days": 1.0, "person": 0, "station": GP, "wait_days": 3.0, "familiarity": 0.2},
        {"time_days": 2.0, "person": 0, "station": GP, "wait_days": 5.0, "familiarity": 0.4},
        {"time_days": 3.0, "person": 0, "station": GP, "flags": ContactFlag.ACUTE},
    ]
    seen = observe(2, end_days=14.0, contacts=rows)
    waits, known = weeks(seen, "wait_days"), weeks(seen, "familiarity")
    assert waits[0] == 4.0 and np.isnan(waits[1])
    assert known[0] == pytest.approx(0.3)
    assert weeks(seen, "contacts") == pytest.approx([1500.0, 0.0])


def test_every_series_has_every_week():
    table = weekly_series(observe(2, end_days=100.0))
    assert table.groupby("series").size().to_dict() == dict.fromkeys(SERIES, 14)


def test_a_person_s_window_by_hand():
    seen = observe(
        people(4, need_group=[1, 2, 5, 5], complex_needs=[True, False, False, False]),
        start_days=100.0,
        end_days=200.0,
        means=("mdt",),
        ed_arrivals=[{"time_days": t, "person": 0} for t in (50.0, 110.0, 120.0, 250.0)],
        contacts=[{"time_days": 130.0, "person": 1, "station": GP}],
        stays=[
            {"time_days": t, "person": 1, "stay": 0, "event": e}
            for t, e in ((95.0, Stay.ADMITTED), (103.0, Stay.DISCHARGED))
        ],
        episodes=[{"time_days": 190.0, "person": 2, "episode": 0, "event": Episode.BORN}],
        deaths=[{"time_days": 20.0, "person": 3}],
        enrolments=[
            {"time_days": 90.0, "person": 0, "event": EnrolmentEvent.ELIGIBLE},
            {"time_days": 90.0, "person": 1, "event": EnrolmentEvent.ELIGIBLE},
            {"time_days": 150.0, "person": 1, "event": EnrolmentEvent.ENROLLED},
            {"time_days": 230.0, "person": 0, "event": EnrolmentEvent.ENROLLED},
        ],
    )
    table = person_window(seen)
    assert table["counted"].tolist() == [True, True, True, False]
    assert table["need_group"].tolist() == [1, 2, 5, 5]
    assert table["eligible"].tolist() == [True, True, False, False]
    assert table["enrolled"].tolist() == [False, True, False, False]
    assert table["ed_visits"].tolist() == [2.0, 0.0, 0.0, 0.0]
    assert table["bed_days"].tolist() == [0.0, 3.0, 0.0, 0.0]
    assert table["contacts"].tolist() == [0.0, 1.0, 0.0, 0.0]
    assert table["unmet_days"].tolist() == [0.0, 0.0, 10.0, 0.0]
    assert table["cost_sek"][0] == pytest.approx(8_000.0)
    assert set(UNITS) == set(BETTER) and set(UNITS) <= set(table)


def test_sizes_of_groups_are_years_lived():
    seen = observe(people(3, need_group=[1, 5, 5]), end_days=365.0, deaths=[{"time_days": 73.0, "person": 2}])
    sizes = group_sizes(seen).set_index(["group_by", "group"])["person_years"]
    assert sizes["all", "all"] == pytest.approx(2.2)
    assert (sizes["need_group", "1"], sizes["need_group", "5"]) == pytest.approx((1.0, 1.2))
