"""Experience outcomes worked out by hand."""

import pytest
from build_observation import EMERGENCY, GP, HOME_HELP, HOME_NURSE, PSYCHIATRIST, observe, people, value

from sim.core.vocabulary import ContactFlag, Mode


def contacts(person, staff, station=GP, first_day=1.0, **columns):
    return [
        {"time_days": first_day + i, "person": person, "staff": member, "station": station, **columns}
        for i, member in enumerate(staff)
    ]


def test_upc_is_the_share_with_the_gp_seen_most():
    # Person 0 sees GPs 1 1 2 (2/3), person 1 sees 3 4 (1/2), person 2 has one visit only and does not count.
    rows = contacts(0, [1, 1, 2]) + contacts(1, [3, 4]) + contacts(2, [1])
    assert value(observe(3, contacts=rows), "usual_provider_gp") == pytest.approx((2 / 3 + 1 / 2) / 2)


def test_upc_leaves_out_phone_and_other_physicians():
    rows = contacts(0, [1, 2]) + contacts(0, [1, 1, 1], mode=Mode.PHONE, first_day=20.0)
    rows += contacts(0, [9, 9], station=PSYCHIATRIST, first_day=40.0)
    assert value(observe(1, contacts=rows), "usual_provider_gp") == pytest.approx(0.5)


def test_bice_boxerman_and_sequential_continuity():
    # Physicians 1 1 2 9 (9 a psychiatrist): COC = (4 + 1 + 1 - 4) / (4 * 3), SECON = 1 of 3 pairs.
    rows = contacts(0, [1, 1, 2]) + contacts(0, [9], station=PSYCHIATRIST, first_day=10.0)
    # Two contacts are too few; nurses and emergency physicians do not count.
    rows += contacts(1, [1, 1]) + contacts(1, [5, 5], station=HOME_NURSE, first_day=10.0)
    rows += contacts(0, [7, 8], station=EMERGENCY, first_day=20.0)
    seen = observe(2, contacts=rows)
    assert value(seen, "bice_boxerman") == pytest.approx(2 / 12)
    assert value(seen, "sequential_continuity") == pytest.approx(1 / 3)


def test_sequential_continuity_keeps_the_order_of_time_within_the_person():
    # In order of time 1 2 1 2: never the same as last time.
    rows = contacts(0, [1], first_day=1.0) + contacts(0, [1], first_day=3.0)
    rows += contacts(0, [2], first_day=2.0) + contacts(0, [2], first_day=4.0)
    seen = observe(1, contacts=rows)
    assert value(seen, "sequential_continuity") == 0.0
    assert value(seen, "bice_boxerman") == pytest.approx((4 + 4 - 4) / 12)


def test_sequential_continuity_of_many_contacts_by_turns():
    # Three people see two physicians by turns, 40 times each, all mixed in time: never the same as last time.
    rows = [
        {"time_days": 1.0 + i + person / 10, "person": person, "staff": i % 2, "station": GP}
        for i in range(40)
        for person in range(3)
    ]
    assert value(observe(3, contacts=rows), "sequential_continuity") == 0.0


def test_distinct_physicians_are_counted_anew_each_year_among_complex_needs():
    # Year 1: physicians 1 2 and emergency physician 7; year 2: 1. Person 1 has no complex needs.
    rows = contacts(0, [1, 2, 1]) + contacts(0, [7], station=EMERGENCY, first_day=50.0)
    rows += contacts(0, [1], first_day=400.0) + contacts(1, [3, 4, 5])
    seen = observe(people(2, complex_needs=[True, False]), end_days=730.0, contacts=rows)
    assert value(seen, "distinct_physicians") == pytest.approx((3 + 1) / 2)
    assert value(seen, "distinct_physicians", "complex_needs", "no") is None


def visits(person, day, staff):
    return [
        {"time_days": day + 0.3 + 0.1 * i, "person": person, "staff": member, "station": HOME_HELP}
        for i, member in enumerate(staff)
    ]


def test_home_help_staff_counts_complete_blocks_with_two_visits_every_day():
    rows = []
    for day in range(14):
        rows += visits(0, day, [1, 2 + day % 2])  # three different in block 1
        rows += visits(1, day, [5, 6 + day] if day else [5])  # one visit on one day: does not count
    for day in range(14, 28):
        rows += visits(0, day, [4, 4])  # one in block 2
    for day in range(28, 40):
        rows += visits(0, day, [7, 8])  # the window ends before the third block does
    seen = observe(2, end_days=40.0, visits=rows)
    assert value(seen, "home_help_staff_14_days") == pytest.approx((3 + 1) / 2)


def test_home_nurses_are_not_home_help_staff():
    rows = [row for day in range(14) for row in visits(0, day, [1, 1])]
    rows += [{**row, "station": HOME_NURSE, "staff": 9} for row in rows]
    assert value(observe(1, end_days=14.0, visits=rows), "home_help_staff_14_days") == 1.0


def test_handovers_by_distance_and_for_all():
    rows = [
        {"time_days": 1.0, "person": 0, "distance": 2, "lead_days": 4.0, "information_share": 0.5},
        {"time_days": 2.0, "person": 0, "distance": 2, "lead_days": 6.0, "information_share": 0.7},
        {"time_days": 3.0, "person": 0, "distance": 5, "lead_days": 99.0, "lost": True},
        {"time_days": 4.0, "person": 0, "distance": 5, "lead_days": 14.0, "disputed": True},
    ]
    seen = observe(1, handovers=rows)
    assert value(seen, "lead_time_days") == pytest.approx((4 + 6 + 14) / 3)
    assert value(seen, "lead_time_days", "distance", "2") == pytest.approx(5.0)
    assert value(seen, "lead_time_days", "distance", "5") == pytest.approx(14.0)
    assert value(seen, "lead_time_days", "distance", "1") is None
    assert value(seen, "handovers_lost_share") == pytest.approx(0.25)
    assert value(seen, "handovers_lost_share", "distance", "5") == pytest.approx(0.5)
    assert value(seen, "handovers_disputed_share") == pytest.approx(0.25)
    assert value(seen, "information_crossing_share", "distance", "2") == pytest.approx(0.6)
    assert value(seen, "handovers") == pytest.approx(4.0)


def test_waits_leave_out_acute_contacts():
    rows = contacts(0, [1], wait_days=10.0) + contacts(1, [1], wait_days=4.0)
    rows += contacts(0, [1], wait_days=0.0, flags=ContactFlag.ACUTE, first_day=9.0)
    rows += contacts(0, [9], station=PSYCHIATRIST, wait_days=30.0)
    departures = [{"time_days": 1.0, "person": 0, "wait_minutes": 60.0}]
    seen = observe(people(2, need_group=[1, 3]), contacts=rows, ed_departures=departures)
    assert value(seen, "wait_days_general_practitioner") == pytest.approx(7.0)
    assert value(seen, "wait_days_general_practitioner", "need_group", "3") == pytest.approx(4.0)
    assert value(seen, "wait_days_psychiatrist") == pytest.approx(30.0)
    assert value(seen, "wait_days_care_manager") is None
    assert value(seen, "ed_wait_minutes") == pytest.approx(60.0)


def test_failures_per_contact_and_per_person_asked():
    # 730 days; the survey looks back to day 365. Person 0: missing record in year 1 only. Person 1: both
    # contacts in year 2 burdened. Person 2 has no contact and is not asked.
    missing = ContactFlag.RECORD_MISSING
    rows = contacts(0, [1], flags=missing | ContactFlag.QUESTIONS_REPEATED) + contacts(0, [1], first_day=500.0)
    rows += contacts(1, [1, 1], first_day=600.0, flags=missing)
    seen = observe(3, end_days=730.0, contacts=rows)
    assert value(seen, "record_missing_share") == pytest.approx(3 / 4)
    assert value(seen, "survey_record_missing_share") == pytest.approx(1 / 2)
    assert value(seen, "questions_repeated_share") == pytest.approx(1 / 4)
    assert value(seen, "survey_questions_repeated_share") == 0.0
    assert value(seen, "tests_repeated_share") == 0.0
    assert value(seen, "contradictory_information_share") == 0.0


def test_each_failure_reads_its_own_flag():
    pairs = {
        "questions_repeated": ContactFlag.QUESTIONS_REPEATED,
        "tests_repeated": ContactFlag.TEST_REPEATED,
        "contradictory_information": ContactFlag.CONTRADICTORY_INFORMATION,
        "record_missing": ContactFlag.RECORD_MISSING,
    }
    for name, flag in pairs.items():
        seen = observe(1, contacts=contacts(0, [1], flags=flag))
        assert {other: value(seen, f"{other}_share") for other in pairs} == {o: float(o == name) for o in pairs}


def test_help_with_coordination_asks_people_with_complex_needs():
    helped = ContactFlag.HELP_WITH_COORDINATION
    rows = contacts(0, [1, 1], flags=helped) + contacts(1, [1]) + contacts(2, [1], flags=helped)
    seen = observe(people(4, complex_needs=[True, True, False, True]), contacts=rows)
    assert value(seen, "help_with_coordination_share") == pytest.approx(1 / 2)


def test_familiar_contacts_and_what_is_known():
    rows = contacts(0, [1], familiarity=0.5, known_share=0.9) + contacts(0, [2], familiarity=0.4, known_share=0.5)
    seen = observe(1, contacts=rows)
    assert value(seen, "familiar_contacts_share") == pytest.approx(0.5)
    assert value(seen, "known_share") == pytest.approx(0.7)


def test_relatives_hours_and_their_value():
    seen = observe(2, relatives=[{"time_days": 3.0, "person": 0, "hours": 5.0}])
    assert value(seen, "relatives_hours") == pytest.approx(2.5)
    assert value(seen, "relatives_value_sek") == pytest.approx(500.0)
