"""Each means moves the process nearest to its mechanism, and what it takes in staff time is taken down.

Nothing here looks at admissions or other ends: they emerge, and may go either way.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means
from scipy import stats

from sim.care.enrolment import Enrolment
from sim.care.questions import Contacts
from sim.care.stations import BETWEEN_PRINCIPALS
from sim.core.vocabulary import (
    AcuteAnswer,
    ContactFlag,
    EnrolmentEvent,
    PaymentKind,
    Profession,
    RecordDomain,
    Responder,
    StayEvent,
    WorkCause,
    WorkKind,
)
from sim.means.mdt import TEAM

BASE = scenario("baseline", 0.15, 0.6, 0.1)
START = round(BASE.warmup_years * 365)
SEED = 4


@cache
def run(means_id: str | None, **settings: float) -> tuple[Live, dict[str, Columns]]:
    means = [choice(means_id, **settings)] if means_id else []
    live = Live(with_means(BASE, *means), SEED)
    return live, live.run()


def after_start(columns: Columns) -> Columns:
    kept = columns["time_days"] >= START
    return {name: values[kept] for name, values in columns.items()}


def enrolled_until(tables: dict[str, Columns], day: float) -> np.ndarray:
    """Return who is enrolled just before a day."""
    rows = tables["enrolments"]
    inside: set[int] = set()
    for time, person, event, means in zip(*(rows[n] for n in ("time_days", "person", "event", "means")), strict=True):
        if time >= day:
            break
        if means >= 0 and event == EnrolmentEvent.ENROLLED:
            inside.add(int(person))
        elif means >= 0 and event == EnrolmentEvent.LEFT:
            inside.discard(int(person))
    return np.array(sorted(inside), np.int64)


def means_minutes(tables: dict[str, Columns]) -> Columns:
    rows = tables["work"]
    of_means = rows["cause"] == WorkCause.MEANS
    assert (rows["kind"][of_means] == WorkKind.COORDINATION).all()
    return {name: values[of_means] for name, values in rows.items()}


# --- shared records


def test_shared_records_raise_what_is_known_and_shorten_reading_in() -> None:
    (live, before), (_, after) = run(None), run("integrated_records")
    health_care = live.world.stations.record_domain != RecordDomain.SOCIAL_SERVICES
    shares, minutes = [], []
    for tables in (before, after):
        rows = after_start(tables["contacts"])
        planned = health_care[rows["station"]] & (rows["profession"] != Profession.EMERGENCY_PHYSICIAN)
        shares.append(rows["known_share"][planned].mean())
        minutes.append(rows["reading_in_minutes"][planned].mean())
    assert shares[1] > shares[0] + 0.05
    assert minutes[1] < minutes[0] - 0.2


def test_shared_records_are_not_read_by_social_services_unless_the_law_allows_it() -> None:
    live, _ = run("integrated_records")
    (means, here) = live.world.decisions.means[0]
    social = np.flatnonzero(live.world.stations.record_domain == RecordDomain.SOCIAL_SERVICES)
    person = np.flatnonzero(live.world.population.consent)[: len(social)]
    batch = Contacts(person, np.zeros(len(social), np.int64), social, np.full(len(social), 0.2))
    assert not BASE.place.law.direct_access_social_services
    assert (means.known_share_gain(here, batch) == 0).all()
    refuses = np.flatnonzero(~live.world.population.consent)[:5]
    clinic = np.flatnonzero(live.world.stations.record_domain == RecordDomain.PRIMARY_CARE)[:5]
    batch = Contacts(refuses, np.zeros(5, np.int64), clinic, np.full(5, 0.2))
    assert (means.known_share_gain(here, batch) == 0).all()


def test_shared_records_cost_training_upkeep_and_a_licence() -> None:
    live, tables = run("integrated_records")
    facts, presence = live.world.stations.facts, live.world.stations.presence
    work = means_minutes(tables)
    taught = facts.profession != Profession.HOME_HELP_WORKER
    full_time = float((facts.staff * presence)[taught].sum())
    weeks = np.unique(work["time_days"])
    first = work["minutes"][work["time_days"] == weeks[0]].sum()
    last = work["minutes"][work["time_days"] == weeks[-1]].sum()
    assert first == pytest.approx(full_time * (240 / 13 + 3), rel=1e-4)
    assert last == pytest.approx(full_time * 3, rel=1e-4)
    assert len(weeks) == len([d for d in range(0, live.world.days, 7) if d >= START])
    payments = tables["payments"]
    fixed = payments["sek"][payments["kind"] == PaymentKind.MEANS_FIXED_COST].sum()
    assert fixed == pytest.approx(40 * len(live.world.population) / 52 * len(weeks))


# --- team


def test_team_hand_overs_have_distance_one_and_arrive_sooner() -> None:
    live, tables = run("mdt")
    rows = after_start(tables["handovers"])
    profession = live.world.stations.facts.profession
    inside = np.isin(profession[rows["from_station"]], TEAM) & np.isin(profession[rows["to_station"]], TEAM)
    real = live.world.stations.distance[rows["from_station"], rows["to_station"]]
    shortened = rows["distance"] < real
    assert shortened.sum() > 30
    assert (rows["distance"][shortened] == 1).all()
    assert inside[shortened].all()
    ever = enrolled_until(tables, 1e9)
    died = tables["enrolments"]["person"][tables["enrolments"]["event"] == EnrolmentEvent.LEFT]
    assert np.isin(rows["person"][shortened], np.concatenate((ever, died))).all()
    far = inside & (real >= BETWEEN_PRINCIPALS) & ~shortened
    assert rows["lead_days"][shortened].mean() < 0.3 * rows["lead_days"][far].mean()


def test_team_meetings_take_the_minutes_of_everybody_in_the_team() -> None:
    live, tables = run("mdt")
    work = means_minutes(tables)
    meetings = work["person"] < 0
    for day in (START // 7 * 7 + 28, START // 7 * 7 + 84):
        now = meetings & (work["time_days"] == day + 0.4)
        # The week's newcomers are enrolled before the meeting is held.
        people = enrolled_until(tables, day + 0.2)
        assert len(people) > 5
        expected = len(people) * 4.0 * len(TEAM)
        assert work["minutes"][now].sum() == pytest.approx(expected, rel=1e-4)
        of_person = live.world.stations.of_person
        gp = of_person[people, Profession.GENERAL_PRACTITIONER]
        for station in np.unique(gp):
            minutes = work["minutes"][now & (work["station"] == station)].sum()
            assert minutes == pytest.approx(4.0 * (gp == station).sum(), rel=1e-4)


def test_team_intake_takes_its_minutes_from_home_nursing() -> None:
    live, tables = run("mdt")
    work = means_minutes(tables)
    intakes = work["person"] >= 0
    enrolled = tables["enrolments"]["event"] == EnrolmentEvent.ENROLLED
    assert intakes.sum() == enrolled.sum() > 10
    assert (work["minutes"][intakes] == 60).all()
    assert (live.world.stations.facts.profession[work["station"][intakes]] == Profession.HOME_NURSE).all()


def test_team_members_come_along_on_visits_to_enrolled_people_only() -> None:
    _, tables = run("mdt")
    rows = tables["contacts"]
    joint = (rows["flags"] & ContactFlag.JOINT) > 0
    assert joint.sum() > 10
    assert (rows["time_days"][joint] >= START).all()
    ever = tables["enrolments"]["person"][tables["enrolments"]["event"] == EnrolmentEvent.ENROLLED]
    assert np.isin(rows["person"][joint], ever).all()
    assert not (run(None)[1]["contacts"]["flags"] & ContactFlag.JOINT).any()


# --- mobile response


def test_the_mobile_team_answers_enrolled_people_in_its_hours_only() -> None:
    _, tables = run("mobile_response", called_probability=0.75)
    rows = tables["acute_turns"]
    mobile = rows["responder"] == Responder.MOBILE_TEAM
    assert mobile.sum() > 5
    hour = rows["time_days"][mobile] % 1 * 24
    assert hour.min() >= 8 and hour.max() < 22
    for time, person in zip(rows["time_days"][mobile], rows["person"][mobile], strict=True):
        assert person in enrolled_until(tables, float(int(time)) + 0.5)
    assert (rows["answer"][mobile] == AcuteAnswer.ANSWERED_AT_HOME).all()


def test_where_it_may_the_mobile_team_admits_past_the_emergency_department() -> None:
    """The same people need a bed for the same reason; what the team may decides only how they get there."""
    _, may_not = run("mobile_response", called_probability=0.75)
    _, may = run("mobile_response", called_probability=0.75, direct_admission_share=1.0)
    assert not (may_not["acute_turns"]["answer"] == AcuteAnswer.ADMITTED_DIRECTLY).any()
    turns = may["acute_turns"]
    direct = turns["answer"] == AcuteAnswer.ADMITTED_DIRECTLY
    assert direct.sum() > 5
    assert (turns["responder"][direct] == Responder.MOBILE_TEAM).all()
    decided = moments(may["stays"], may["stays"]["event"] == StayEvent.DECIDED)
    helped_at_home = moments(may["work"], may["work"]["cause"] == WorkCause.EXTRA_SUPPORT)
    admitted = moments(turns, direct)
    assert admitted <= decided | helped_at_home
    assert len(admitted & decided) > 0.8 * len(admitted)
    assert not {person for time, person in arrivals_within(may, admitted, 0.1)}

    first = min(admitted)
    before = may_not["acute_turns"]["time_days"] < first[0]
    for name, column in may_not["acute_turns"].items():
        assert (column[before] == turns[name][: before.sum()]).all()
    in_ward = may_not["ed_departures"]
    same = (in_ward["person"] == first[1]) & (in_ward["time_days"] > first[0]) & (in_ward["time_days"] < first[0] + 1)
    assert in_ward["admitted"][same].tolist() == [(first in decided)]


def test_with_half_of_the_permission_some_are_admitted_past_the_department_and_some_are_not() -> None:
    counts = []
    for share in (0.0, 0.5, 1.0):
        _, tables = run("mobile_response", called_probability=0.75, direct_admission_share=share)
        counts.append(int((tables["acute_turns"]["answer"] == AcuteAnswer.ADMITTED_DIRECTLY).sum()))
    assert counts[0] == 0 < counts[1] < counts[2]


def moments(columns: Columns, chosen: np.ndarray) -> set[tuple[float, int]]:
    return {(float(t), int(p)) for t, p in zip(columns["time_days"][chosen], columns["person"][chosen], strict=True)}


def arrivals_within(tables: dict[str, Columns], of: set[tuple[float, int]], days: float) -> set[tuple[float, int]]:
    """Return who came to the emergency department within some days after one of the moments."""
    came = moments(tables["ed_arrivals"], np.ones(len(tables["ed_arrivals"]["person"]), bool))
    return {(t, p) for t, p in came for at, who in of if p == who and at <= t < at + days}


def test_every_answer_of_the_mobile_team_takes_nurse_and_physician_minutes() -> None:
    live, tables = run("mobile_response", called_probability=0.75)
    turns, work = tables["acute_turns"], tables["work"]
    mobile = turns["responder"] == Responder.MOBILE_TEAM
    answers = {(float(t), int(p)) for t, p in zip(turns["time_days"][mobile], turns["person"][mobile], strict=True)}
    found = []
    rows = zip(*(work[n] for n in ("time_days", "person", "station", "cause", "minutes")), strict=True)
    for time, person, station, cause, minutes in rows:
        if cause == WorkCause.ACUTE_RESPONSE and (float(time), int(person)) in answers:
            found.append((int(live.world.stations.facts.profession[station]), float(minutes)))
    assert len(answers) == mobile.sum()
    expected = [(int(Profession.HOME_NURSE), 60.0), (int(Profession.GENERAL_PRACTITIONER), 12.0)] * len(answers)
    assert sorted(found) == sorted(expected)


def test_standby_of_the_mobile_team_grows_with_the_people() -> None:
    live, tables = run("mobile_response", called_probability=0.75)
    work = means_minutes(tables)
    standby = (work["person"] < 0) & (work["time_days"] == work["time_days"].max())
    assert work["minutes"][standby].sum() == pytest.approx(7 * 41 * len(live.world.population) / 10_000, rel=1e-4)


def test_the_mobile_team_is_called_as_often_as_declared() -> None:
    _, tables = run("mobile_response", called_probability=0.75, home_possible_gain=0.4)
    rows = tables["acute_turns"]
    in_hours = (rows["time_days"] % 1 * 24 >= 8) & (rows["time_days"] % 1 * 24 < 22)
    may_be = [
        i for i in np.flatnonzero(in_hours & (rows["time_days"] >= START + 1)).tolist()
        if rows["person"][i] in enrolled_until(tables, float(int(rows["time_days"][i])) + 0.5)
    ]  # fmt: skip
    answered = (rows["responder"][may_be] == Responder.MOBILE_TEAM).sum()
    # Called with 0.75, and care at home is then nearly always possible (1.1 - 1.15 x severity + 0.4).
    assert stats.binomtest(int(answered), len(may_be), 0.75).pvalue > 1e-3
    usual = run(None)[1]["acute_turns"]
    assert not (usual["responder"] == Responder.MOBILE_TEAM).any()


# --- contact person


def test_contact_persons_are_named_at_the_own_health_centre_within_the_caseload() -> None:
    base = with_means(BASE, choice("patient_coordinator", caseload=4.0, weekly_intake_per_municipality=40.0))
    live, most = Live(base, SEED), []
    first = live.world.stations.first_staff

    def look(now: Live) -> None:
        _, here = now.world.decisions.means[0]
        named = here.contact_staff[here.contact_staff >= 0]
        most.append(int(np.bincount(named, minlength=1).max()))
        assert ((here.contact_staff >= 0) == here.enrolled).all()
        people = np.flatnonzero(here.enrolled)
        station = now.world.stations.of_person[people, Profession.PRIMARY_CARE_NURSE]
        staff = here.contact_staff[people]
        assert ((staff >= first[station]) & (staff < first[station + 1])).all()

    live.run(look)
    assert max(most) == 4


def test_contact_persons_push_and_find_what_has_stalled() -> None:
    _, tables = run("patient_coordinator", scan_per_day=0.3)
    pushes = tables["pushes"]
    assert len(pushes["person"]) > 20
    assert (pushes["lead_days_saved"] >= 0).all()
    assert pushes["lead_days_saved"].sum() > 5
    enrolled = tables["enrolments"]["person"][tables["enrolments"]["event"] == EnrolmentEvent.ENROLLED]
    assert np.isin(pushes["person"], enrolled).all()
    assert not len(run(None)[1]["pushes"]["person"])
    weekday = pushes["time_days"].astype(int) % 7
    assert weekday.max() < 5


def test_contact_persons_answer_in_office_hours_only() -> None:
    _, tables = run("patient_coordinator", reach_in_office_hours=0.6)
    rows = tables["acute_turns"]
    hers = rows["responder"] == Responder.CONTACT_PERSON
    assert hers.sum() > 3
    hour, weekday = rows["time_days"][hers] % 1 * 24, rows["time_days"][hers].astype(int) % 7
    assert hour.min() >= 8 and hour.max() < 17 and weekday.max() < 5


def test_contact_persons_take_their_weekly_minutes() -> None:
    _, tables = run("patient_coordinator")
    work = means_minutes(tables)
    day = START // 7 * 7 + 84
    now = (work["person"] < 0) & (work["time_days"] == day + 0.4)
    assert work["minutes"][now].sum() == pytest.approx(20.0 * len(enrolled_until(tables, day + 0.2)), rel=1e-4)


# --- joint budget


def test_a_joint_budget_leaves_the_declared_share_of_disputes_and_sends_no_invoices() -> None:
    shares = []
    for means_id in (None, "joint_financing"):
        _, tables = run(means_id)
        rows = after_start(tables["handovers"])
        far = rows["distance"] == BETWEEN_PRINCIPALS
        shares.append((rows["disputed"][far].sum(), far.sum()))
        assert not rows["disputed"][~far].any()
    (before, of_before), (after, of_after) = shares
    expected = 0.2 * before / of_before
    assert before > 40
    assert stats.binomtest(int(after), int(of_after), expected).pvalue > 1e-3
    payments = tables["payments"]
    invoices = payments["time_days"][payments["kind"] == PaymentKind.DELAYED_DISCHARGE_INVOICE]
    # Means start with the first Monday of the study period.
    assert not (invoices >= START + 7).any()
    usual = run(None)[1]["payments"]
    assert (usual["time_days"][usual["kind"] == PaymentKind.DELAYED_DISCHARGE_INVOICE] >= START + 7).any()


def test_a_joint_budget_costs_administration_and_a_secretariat_shared_as_declared() -> None:
    live, tables = run("joint_financing")
    work, payments = means_minutes(tables), tables["payments"]
    fixed = payments["kind"] == PaymentKind.MEANS_FIXED_COST
    payments = {name: values[fixed] for name, values in payments.items()}
    weeks = np.unique(work["time_days"])
    for week in weeks:
        minutes = work["minutes"][work["time_days"] == week].sum()
        assert minutes == pytest.approx(102 * len(live.world.population) / 10_000, rel=1e-4)
    assert set(live.world.stations.facts.profession[work["station"]]) == {
        Profession.CARE_MANAGER, Profession.SOCIAL_WORKER,
    }  # fmt: skip
    paid = np.bincount(payments["payer"], payments["sek"], minlength=5)
    assert paid.sum() == pytest.approx(152_000 * len(live.world.population) / 10_000 / 52 * len(weeks))
    for i, principal in enumerate(BASE.place.principals):
        assert paid[i] / paid.sum() == pytest.approx(BASE.place.joint_budget_shares[principal.id].value, rel=1e-6)


def test_enrolment_parameters_are_those_of_the_register() -> None:
    """The half-life of recent use is a time to half, not to 37 %."""
    live, _ = run(None)
    p = Enrolment(live.world).p
    assert np.exp(-p.use_half_life_days / p.fading_days) == pytest.approx(0.5)
