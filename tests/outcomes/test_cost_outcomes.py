"""Use of care and cost worked out by hand. A staff minute costs 10 SEK and half as much again in overhead."""

import pytest
from build_observation import EMERGENCY, GP, HOME_HELP, HOME_NURSE, observe, people, value

from sim.core.vocabulary import AcuteAnswer, ContactFlag, Mode, PaymentKind, Profession, WorkKind, label
from sim.core.vocabulary import StayEvent as Stay


def stay(number, person, *events):
    return [{"time_days": t, "person": person, "stay": number, "event": event} for t, event in events]


def test_contacts_by_profession_add_up():
    rows = [{"time_days": 1.0, "person": 0, "station": station} for station in (GP, GP, HOME_NURSE)]
    visits = [{"time_days": 2.0, "person": 1, "station": HOME_HELP}] * 4
    seen = observe(2, contacts=rows, visits=visits)
    assert value(seen, "contacts_general_practitioner") == pytest.approx(1.0)
    assert value(seen, "contacts_home_nurse") == pytest.approx(0.5)
    assert value(seen, "home_visits_home_help_worker") == pytest.approx(2.0)
    assert value(seen, "contacts_care") == pytest.approx(1.5)
    assert sum(value(seen, f"contacts_{label(p)}") for p in Profession) == pytest.approx(1.5)


def test_physician_visits_are_in_person():
    rows = [
        {"time_days": 1.0, "person": 0, "station": GP, "mode": mode}
        for mode in (Mode.VISIT, Mode.HOME_VISIT, Mode.PHONE, Mode.MEETING)
    ]
    rows += [{"time_days": 2.0, "person": 0, "station": HOME_NURSE}]
    rows += [{"time_days": 3.0, "person": 0, "station": GP, "flags": ContactFlag.SECOND_TRY}]
    seen = observe(1, contacts=rows)
    assert value(seen, "physician_visits") == pytest.approx(3.0)
    assert value(seen, "second_try_share") == pytest.approx(1 / 6)


def test_emergency_visits_and_what_they_lead_to():
    arrivals = [{"time_days": 10.0 * i, "person": i % 3} for i in range(6)]
    departures = [{"time_days": 10.0 * i + 0.2, "person": i % 3, "admitted": i == 0} for i in range(4)]
    turns = [
        {"time_days": 5.0, "person": 0, "answer": answer}
        for answer in (
            AcuteAnswer.ANSWERED_AT_HOME,
            AcuteAnswer.ANSWERED_AT_HOME,
            AcuteAnswer.WAITED_OUT,
            AcuteAnswer.EMERGENCY_DEPARTMENT,
        )
    ]
    who = people(3, age_years=[85.0, 40.0, 50.0])
    seen = observe(who, ed_arrivals=arrivals, ed_departures=departures, acute_turns=turns)
    assert value(seen, "ed_visits_per_1000") == pytest.approx(2000.0)
    assert value(seen, "ed_visits_per_1000", "age", "80+") == pytest.approx(2000.0)
    assert value(seen, "ed_admitted_share") == pytest.approx(0.25)
    assert value(seen, "ed_visits_80_plus_share") == pytest.approx(2 / 6)
    assert value(seen, "acute_turns_answered_at_home_share") == pytest.approx(0.5)


def test_bed_days_close_open_stays_at_both_edges():
    # Window 100-465. Stay 0 from before it to day 103; stay 1 open at the end, ready on day 463; 2 inside.
    stays = stay(0, 0, (90.0, Stay.ADMITTED), (95.0, Stay.READY), (103.0, Stay.DISCHARGED))
    stays += stay(1, 1, (460.0, Stay.ADMITTED), (463.0, Stay.READY), (470.0, Stay.DISCHARGED))
    stays += stay(2, 0, (200.0, Stay.ADMITTED), (206.0, Stay.READY), (207.0, Stay.DISCHARGED))
    seen = observe(2, start_days=100.0, end_days=465.0, stays=stays)
    assert value(seen, "admissions_per_1000") == pytest.approx(1000.0)
    assert value(seen, "bed_days_per_1000") == pytest.approx((3 + 5 + 7) / 2 * 1000)
    assert value(seen, "delayed_days_per_1000") == pytest.approx((3 + 2 + 1) / 2 * 1000)
    assert value(seen, "delayed_share_of_bed_days") == pytest.approx(6 / 15)
    assert value(seen, "delayed_share_of_beds") == pytest.approx(6 / (4 * 365))
    assert value(seen, "mean_stay_days") == pytest.approx((13 + 7) / 2)
    assert value(seen, "cost_bed_days_sek") == pytest.approx(15 * 10_000 / 2)


def test_a_death_in_hospital_ends_the_stay():
    stays = stay(0, 0, (10.0, Stay.ADMITTED), (12.0, Stay.READY), (15.0, Stay.DIED))
    seen = observe(1, stays=stays, deaths=[{"time_days": 15.0, "person": 0}])
    assert value(seen, "mean_stay_days") == pytest.approx(5.0)
    assert value(seen, "bed_days_per_1000") == pytest.approx(5 / (15 / 365) * 1000)
    assert value(seen, "readmission_30_days_share") is None


def test_readmission_needs_30_days_of_follow_up():
    # Person 0 (80, frail): home on day 10, back on day 39 (counts), home on day 45, back on day 80 (late),
    # home on day 340 (25 days left: not asked). Person 1 (70, robust): home on day 20, never back.
    stays = stay(0, 0, (5.0, Stay.ADMITTED), (10.0, Stay.DISCHARGED))
    stays += stay(1, 0, (39.0, Stay.ADMITTED), (45.0, Stay.DISCHARGED))
    stays += stay(2, 0, (80.0, Stay.ADMITTED), (340.0, Stay.DISCHARGED))
    stays += stay(3, 1, (15.0, Stay.ADMITTED), (20.0, Stay.DISCHARGED))
    stays += stay(4, 2, (15.0, Stay.ADMITTED), (20.0, Stay.DISCHARGED))
    who = people(3, age_years=[80.0, 70.0, 30.0], frailty=[0.6, 0.1, 0.6])
    seen = observe(who, stays=stays)
    assert value(seen, "readmission_30_days_share") == pytest.approx(1 / 4)
    assert value(seen, "readmission_30_days_65_plus_share") == pytest.approx(1 / 3)
    assert value(seen, "readmission_30_days_most_ill_share") == pytest.approx(1 / 2)


def test_home_help_in_place_and_delivered():
    # Person 0 (70) has home help from day 73 on: 292 days. Person 1 (85) lives in special housing all year.
    health = [{"time_days": 0.0, "person": 0}, {"time_days": 0.0, "person": 1, "special_housing": True}]
    health += [
        {"time_days": 73.0, "person": 0, "home_help_visits_per_day": 2.0},
        {"time_days": 73.0, "person": 1, "special_housing": True},
    ]
    visit = {"person": 0, "station": HOME_HELP, "direct_minutes": 30.0}
    visits = [{"time_days": 80.0 + i, **visit} for i in range(146)]
    seen = observe(people(2, age_years=[70.0, 85.0]), health=health, visits=visits)
    assert value(seen, "home_help_share_65_plus") == pytest.approx(0.8 / 2)
    assert value(seen, "special_housing_share_80_plus") == pytest.approx(1.0)
    assert value(seen, "home_help_visits_per_day") == pytest.approx(146 / 292)
    assert value(seen, "home_help_hours_per_month") == pytest.approx(73 / (292 / 365 * 12))
    assert value(seen, "cost_special_housing_sek") == pytest.approx(365 * 2000 / 2)


def test_staff_time_is_priced_with_overhead_and_borne_by_the_employer():
    contact = {
        "time_days": 1.0,
        "person": 0,
        "station": GP,
        "direct_minutes": 20.0,
        "documentation_minutes": 10.0,
    }
    visit = {
        "time_days": 1.0,
        "person": 1,
        "station": HOME_HELP,
        "direct_minutes": 30.0,
        "travel_minutes": 10.0,
    }
    work = [
        {"time_days": 1.0, "person": 0, "station": HOME_NURSE, "kind": WorkKind.HASSLE, "minutes": 8.0},
        {
            "time_days": 1.0,
            "person": -1,
            "station": HOME_NURSE,
            "kind": WorkKind.COORDINATION,
            "minutes": 12.0,
        },
    ]
    seen = observe(people(2, need_group=[1, 2]), contacts=[contact], visits=[visit], work=work)
    assert value(seen, "cost_staff_contacts_sek") == pytest.approx(30 * 15 / 2)
    assert value(seen, "cost_roster_visits_sek") == pytest.approx(40 * 15 / 2)
    assert value(seen, "cost_coordination_and_hassle_sek") == pytest.approx(20 * 15 / 2)
    # What concerns nobody in particular is in no group of people.
    assert value(seen, "cost_coordination_and_hassle_sek", "need_group", "1") == pytest.approx(8 * 15)
    assert value(seen, "cost_coordination_and_hassle_sek", "need_group", "2") == 0.0
    assert value(seen, "cost_sek") == pytest.approx(90 * 15 / 2)
    assert value(seen, "cash_cost_sek") == pytest.approx(90 * 15 / 2 * 0.1)
    assert value(seen, "cost_sek", "principal", "region") == pytest.approx(30 * 15 / 2)
    assert value(seen, "cost_sek", "principal", "north") == pytest.approx(20 * 15 / 2)
    assert value(seen, "cost_sek", "principal", "south") == pytest.approx(40 * 15 / 2)


def test_the_price_of_an_emergency_visit_covers_its_staff():
    contact = {"time_days": 1.0, "person": 0, "station": EMERGENCY, "direct_minutes": 20.0}
    arrivals = [{"time_days": 1.0, "person": 0, "ambulance": True}, {"time_days": 5.0, "person": 0}]
    seen = observe(1, contacts=[contact], ed_arrivals=arrivals)
    assert value(seen, "cost_staff_contacts_sek") == 0.0
    assert value(seen, "cost_ed_sek") == pytest.approx(8_000.0)
    assert value(seen, "cost_ambulance_sek") == pytest.approx(5_000.0)
    assert value(seen, "cash_cost_sek") == pytest.approx(13_000 * 0.25)
    assert value(seen, "cost_sek", "principal", "region") == pytest.approx(13_000.0)


def test_repeated_tests_cost_in_full():
    contact = {"time_days": 1.0, "person": 0, "station": GP, "flags": ContactFlag.TEST_REPEATED}
    seen = observe(1, contacts=[contact])
    assert value(seen, "cost_repeated_tests_sek") == pytest.approx(500.0)
    assert value(seen, "cash_cost_sek") == pytest.approx(500.0)


def test_transfers_move_cost_and_fixed_costs_add_to_it():
    payments = [
        {
            "time_days": 1.0,
            "payer": 1,
            "payee": 0,
            "kind": PaymentKind.DELAYED_DISCHARGE_INVOICE,
            "sek": 300.0,
        },
        {"time_days": 1.0, "payer": 0, "payee": 2, "kind": PaymentKind.SHARED_GAIN, "sek": 100.0},
        {"time_days": 1.0, "payer": 2, "kind": PaymentKind.MEANS_FIXED_COST, "sek": 50.0},
    ]
    seen = observe(1, payments=payments)
    assert value(seen, "cost_sek") == pytest.approx(50.0)
    assert value(seen, "cost_means_fixed_sek", "principal", "south") == pytest.approx(50.0)
    net = {name: value(seen, "net_transfers_sek", "principal", name) for name in ("region", "north", "south")}
    assert net == pytest.approx({"region": -200.0, "north": 300.0, "south": -100.0})
    assert value(seen, "cost_after_transfers_sek", "principal", "south") == pytest.approx(-50.0)


def test_concentration_finds_the_few_who_cost_most():
    # 100 people: one with 6 arrivals, four with 1: the first carries 60 % of the region's cost.
    arrivals = [{"time_days": 1.0 + i, "person": 0} for i in range(6)]
    arrivals += [{"time_days": 20.0, "person": person} for person in (1, 2, 3, 4)]
    seen = observe(100, ed_arrivals=arrivals)
    assert value(seen, "region_cost_top_4_percent_share") == pytest.approx(0.9)
    assert value(seen, "total_cost_top_4_percent_share") == pytest.approx(0.9)
    # Half the cost is five sixths of the first person's.
    assert value(seen, "half_region_cost_people_share") == pytest.approx(0.01 * 5 / 6)


def test_concentration_is_among_those_alive_and_averaged_over_years():
    # Year 1: 1 of 100 people carries all cost. Year 2: 50 have died, 1 of 50 carries all.
    arrivals = [{"time_days": 1.0, "person": 0}, {"time_days": 400.0, "person": 0}]
    deaths = [{"time_days": 300.0, "person": person} for person in range(50, 100)]
    seen = observe(100, end_days=730.0, ed_arrivals=arrivals, deaths=deaths)
    expected = (0.5 / 100 + 0.5 / 50) / 2
    assert value(seen, "half_region_cost_people_share") == pytest.approx(expected)


def test_concentration_needs_a_full_year():
    arrivals = [{"time_days": 1.0, "person": 0}]
    assert value(observe(2, end_days=300.0, ed_arrivals=arrivals), "region_cost_top_4_percent_share") is None
