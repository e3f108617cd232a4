"""Staff outcomes worked out by hand. Each of five stations has 600 paid minutes a day, 60 of it base load."""

import pytest
from build_observation import GP, HOME_HELP, HOME_NURSE, observe, people, value

from sim.core.vocabulary import WorkKind


def busy_observation():
    contact = {
        "time_days": 1.0,
        "person": 0,
        "station": HOME_NURSE,
        "direct_minutes": 100.0,
        "reading_in_minutes": 40.0,
        "documentation_minutes": 30.0,
        "travel_minutes": 20.0,
    }
    visit = {
        "time_days": 2.0,
        "person": 0,
        "station": HOME_NURSE,
        "direct_minutes": 110.0,
        "travel_minutes": 30.0,
    }
    work = [
        {
            "time_days": 2.0,
            "station": HOME_NURSE,
            "person": -1,
            "kind": WorkKind.COORDINATION,
            "minutes": 70.0,
        },
        {"time_days": 3.0, "station": HOME_NURSE, "person": 0, "kind": WorkKind.HASSLE, "minutes": 100.0},
    ]
    return observe(people(2, need_group=[1, 2]), end_days=10.0, contacts=[contact], visits=[visit], work=work)


def test_shares_of_paid_time():
    seen = busy_observation()
    paid = 6000.0
    expected = {
        "time_direct_share": 210 / paid,
        "time_reading_in_share": 40 / paid,
        "time_documentation_share": 30 / paid,
        "time_travel_share": 50 / paid,
        "time_coordination_share": 70 / paid,
        "time_hassle_share": 100 / paid,
        "time_base_load_share": 0.1,
        "time_slack_share": 0.9 - 500 / paid,
        "utilisation": 0.1 + 500 / paid,
        "direct_share_of_work": 210 / 500,
        "hassle_share_of_work": 100 / 500,
    }
    found = {name: value(seen, name, "profession", "home_nurse") for name in expected}
    assert found == pytest.approx(expected)
    assert value(seen, "utilisation") == pytest.approx(0.1 + 500 / (5 * paid))
    assert value(seen, "utilisation", "profession", "counsellor") is None
    assert value(seen, "hassle_share_of_work", "profession", "general_practitioner") is None


def test_hours_by_person_profession_and_principal():
    seen = busy_observation()
    years = 2 * 10 / 365
    assert value(seen, "staff_hours") == pytest.approx(500 / 60 / years * 1000)
    assert value(seen, "staff_hours", "profession", "home_nurse") == pytest.approx(500 / 60 / years * 1000)
    assert value(seen, "staff_hours", "principal", "north") == pytest.approx(500 / 60 / years * 1000)
    assert value(seen, "staff_hours", "principal", "region") == 0.0
    assert value(seen, "staff_hours", "need_group", "1") == pytest.approx(430 / 60 / (years / 2) * 1000)
    assert value(seen, "staff_hours_hassle", "need_group", "1") == pytest.approx(100 / 60 / (years / 2) * 1000)
    assert value(seen, "staff_hours_coordination") == pytest.approx(70 / 60 / years * 1000)
    assert value(seen, "staff_hours_coordination", "need_group", "1") == 0.0


def test_overfull_weeks():
    # A week has 4200 paid minutes, 420 of them base load: 3781 modelled minutes overfill it. 20 days hold two
    # complete weeks; the third does not count, however full.
    work = [
        {"time_days": 3.0, "station": GP, "person": -1, "kind": WorkKind.COORDINATION, "minutes": 3781.0},
        {"time_days": 8.0, "station": GP, "person": -1, "kind": WorkKind.COORDINATION, "minutes": 3780.0},
        {"time_days": 15.0, "station": GP, "person": -1, "kind": WorkKind.COORDINATION, "minutes": 9999.0},
    ]
    seen = observe(1, end_days=20.0, work=work)
    assert value(seen, "overload_share", "profession", "general_practitioner") == pytest.approx(1 / 2)
    assert value(seen, "overload_share") == pytest.approx(1 / 10)


def test_different_patients_per_staff_member_and_day():
    # Worker 1 meets persons 0 and 1 on day 4 (0 twice) and person 0 on day 5; worker 2 meets 2 on day 4.
    # Nurse 3 meets person 0 twice on one day, once by roster and once in a contact.
    met = [(4.1, 0, 1), (4.2, 1, 1), (4.3, 0, 1), (5.1, 0, 1), (4.1, 2, 2)]
    visits = [{"time_days": t, "person": p, "staff": s, "station": HOME_HELP} for t, p, s in met]
    visits += [{"time_days": 7.1, "person": 0, "staff": 3, "station": HOME_NURSE}]
    contacts = [{"time_days": 7.5, "person": 0, "staff": 3, "station": HOME_NURSE}]
    seen = observe(3, visits=visits, contacts=contacts)
    assert value(seen, "patients_per_staff_day", "profession", "home_help_worker") == pytest.approx(4 / 3)
    assert value(seen, "patients_per_staff_day", "profession", "home_nurse") == pytest.approx(1.0)
    assert value(seen, "patients_per_staff_day") == pytest.approx(5 / 4)
