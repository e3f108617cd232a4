"""What means take, worked out by hand: one staff minute costs 10 SEK, and overhead comes on top."""

import pytest
from build_observation import GP, HOME_NURSE, PRICES, observe, people, value

from sim.core.vocabulary import AcuteAnswer, PaymentKind, Responder, WorkCause, WorkKind


def work(cause, minutes, *, time=2.0, person=0, station=HOME_NURSE, kind=WorkKind.COORDINATION):
    return {"time_days": time, "station": station, "person": person, "kind": kind, "cause": cause, "minutes": minutes}


def turn(person, time, responder):
    home = AcuteAnswer.ANSWERED_AT_HOME
    return {"time_days": time, "person": person, "severity": 0.4, "answer": home, "responder": responder}


def seen(**more):
    rows = [
        work(WorkCause.MEANS, 60.0, person=-1),
        work(WorkCause.MEANS, 30.0),
        work(WorkCause.HANDOVER, 500.0),
        work(WorkCause.EXTRA_SUPPORT, 500.0),
        # At one moment the mobile team answers one person, and usual care another.
        work(WorkCause.ACUTE_RESPONSE, 12.0, time=5.5, person=0, kind=WorkKind.DIRECT),
        work(WorkCause.ACUTE_RESPONSE, 15.0, time=5.5, person=1, kind=WorkKind.DIRECT),
        work(WorkCause.ACUTE_RESPONSE, 15.0, time=5.5, person=1, station=GP, kind=WorkKind.DIRECT),
        # A day of care at home instead of a bed has no turn at its moment.
        work(WorkCause.ACUTE_RESPONSE, 18.0, time=6.5, person=1, kind=WorkKind.DIRECT),
    ]
    turns = [turn(0, 5.5, Responder.MOBILE_TEAM), turn(1, 5.5, Responder.USUAL_CARE)]
    payments = [
        {"time_days": 3.0, "payer": 0, "payee": -1, "kind": PaymentKind.MEANS_FIXED_COST, "sek": 700.0},
        {"time_days": 3.0, "payer": 1, "payee": 0, "kind": PaymentKind.DELAYED_DISCHARGE_INVOICE, "sek": 9000.0},
        {"time_days": 3.0, "payer": 1, "payee": -1, "kind": PaymentKind.MEANS_FIXED_COST, "sek": 300.0},
    ]
    tables = {"work": rows, "acute_turns": turns, "payments": payments} | more
    return observe(people(2, need_group=[1, 2]), end_days=10.0, **tables)


def test_only_what_means_take_counts_and_not_what_usual_care_answers():
    one = seen()
    years = 2 * 10 / 365
    hours, minute_sek = (60 + 30 + 12 + 18) / 60, 10 * (1 + PRICES.overhead_share)
    assert value(one, "means_hours") == pytest.approx(hours / years * 1000)
    assert value(one, "means_hours", "profession", "home_nurse") == pytest.approx(hours / years * 1000)
    assert value(one, "means_hours", "profession", "general_practitioner") == 0.0
    assert value(one, "means_hours", "need_group", "1") == pytest.approx(42 / 60 / (years / 2) * 1000)
    assert value(one, "means_cost_sek") == pytest.approx((hours * 60 * minute_sek + 1000) / years)
    assert value(one, "means_cost_sek", "need_group", "2") == pytest.approx(18 * minute_sek / (years / 2))


def test_principals_bear_their_own_staff_and_their_part_of_the_payments():
    one = seen()
    years, minute_sek = 2 * 10 / 365, 10 * (1 + PRICES.overhead_share)
    by_principal = [value(one, "means_cost_sek", "principal", name) for name in ("region", "north", "south")]
    assert by_principal == pytest.approx([700 / years, (120 * minute_sek + 300) / years, 0.0])
    assert sum(by_principal) == pytest.approx(value(one, "means_cost_sek"))


def test_without_means_nothing_is_taken():
    one = seen(work=[work(WorkCause.HANDOVER, 500.0)], acute_turns=[], payments=[])
    assert value(one, "means_hours") == 0.0 and value(one, "means_cost_sek") == 0.0
