"""E-health works for those who are able to take part, the more the better able, and not for the others."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means, world_of

from sim.care.questions import Bookings, Contacts, Needs
from sim.core.vocabulary import Mode, NeedKind, PaymentKind, Profession, WorkCause
from sim.means.ehealth import EHealth

BASE = scenario("baseline", 0.1, 0.5, 0.1)
START = round(BASE.warmup_years * 365)


@cache
def run(means_id: str | None, **settings: float) -> tuple[Live, dict[str, Columns]]:
    live = Live(with_means(BASE, *([choice(means_id, **settings)] if means_id else [])), 4)
    return live, live.run()


def test_everything_grows_from_nothing_at_the_threshold_to_the_setting_at_full_ability() -> None:
    gains = {"digital_probability": 0.2, "known_share_gain": 0.1, "extra_contact_probability": 0.04, "self_care": 0.04}
    factors = {"seek_delay_factor": 0.6, "booking_lag_factor": 0.8}
    world = world_of(with_means(scenario(), choice("ehealth", participation_needed=0.5, **gains, **factors)))
    means, here = world.decisions.means[0]
    assert isinstance(means, EHealth)
    here.fidelity = 0.5
    person = np.arange(4)
    # Below the threshold, half-way, full; and full where it is not offered.
    world.participation[:4] = 0.3, 0.75, 1.0, 1.0
    world.episodes.kind[0] = NeedKind.CHRONIC_FOLLOW_UP
    here.offered[:4] = True, True, True, False
    nought, half = np.zeros(4, np.int64), np.full(4, 0.5)
    contacts = Contacts(person, nought, nought, half)
    assert means.digital_probability(here, contacts).tolist() == pytest.approx([0, 0.05, 0.1, 0])
    assert means.known_share_gain(here, contacts).tolist() == pytest.approx([0, 0.025, 0.05, 0])
    assert means.return_visit(here, contacts).tolist() == pytest.approx([0, 0.01, 0.02, 0])
    assert means.self_care(here, Needs(person, nought, half)).tolist() == pytest.approx([0, 0.005, 0.01, 0])
    assert means.seek_delay_factor(here, person).tolist() == pytest.approx([1, 0.9, 0.8, 1])
    bookings = Bookings(person, nought, nought, half)
    assert means.booking_lag_factor(here, bookings).tolist() == pytest.approx([1, 0.95, 0.9, 1])


def test_nobody_dresses_a_wound_by_video() -> None:
    world = world_of(with_means(scenario(), choice("ehealth", digital_probability=0.2)))
    means, here = world.decisions.means[0]
    assert isinstance(means, EHealth)
    here.fidelity, world.participation[0] = 1.0, 1.0
    kinds = np.array([NeedKind.WOUND_AND_NURSING, NeedKind.CHRONIC_FOLLOW_UP])
    world.episodes.kind[:2] = kinds
    nought = np.zeros(2, np.int64)
    contacts = Contacts(nought, np.arange(2), nought, np.full(2, 0.5))
    assert means.digital_probability(here, contacts).tolist() == pytest.approx([0.0, 0.2])


def test_visits_become_digital_for_the_able_only() -> None:
    live, tables = run("ehealth", digital_probability=0.8)
    rows = tables["contacts"]
    late = rows["time_days"] >= START + 7
    digital = rows["mode"][late] == Mode.DIGITAL
    able = live.world.participation[rows["person"][late]] > 0.5
    usual = run(None)[1]["contacts"]
    before = (usual["mode"][usual["time_days"] >= START + 7] == Mode.DIGITAL).sum()
    assert digital[able].sum() > before + 100
    assert not digital[~able].any()
    # Follow-up takes a test in four visits of ten; the others may be digital.
    assert (rows["need_kind"][late][digital] == NeedKind.CHRONIC_FOLLOW_UP).any()


def test_people_bring_what_they_have_read() -> None:
    (live, before), (_, after) = run(None), run("ehealth", known_share_gain=0.5)
    known: dict[bool, list[float]] = {True: [], False: []}
    for tables in (before, after):
        rows = tables["contacts"]
        late = rows["time_days"] >= START + 7
        able = live.world.participation[rows["person"]] > 0.5
        for group in (True, False):
            known[group].append(float(rows["known_share"][late & (able == group)].mean()))
    assert known[True][1] > known[True][0] + 0.04
    assert known[False][1] == pytest.approx(known[False][0], abs=0.02)


def test_it_costs_a_licence_support_by_use_and_an_introduction() -> None:
    live, tables = run("ehealth", known_share_gain=0.5)
    world, work, payments = live.world, tables["work"], tables["payments"]
    of_means = work["cause"] == WorkCause.MEANS
    time, minutes = work["time_days"][of_means], work["minutes"][of_means]
    weeks = np.unique(time)
    alive = np.ones(len(world.population), bool)
    alive[tables["deaths"]["person"][tables["deaths"]["time_days"] < weeks[-1] - 0.4]] = False
    users = np.maximum((world.participation[alive] - 0.5) / 0.5, 0.0).sum()
    assert minutes[time == weeks[-1]].sum() == pytest.approx(users * 10 / 100, rel=1e-3)
    profession = world.stations.facts.profession[work["station"][of_means]]
    assert set(profession[time == weeks[-1]]) == {Profession.PRIMARY_CARE_NURSE}
    facts = world.stations.facts
    taught = (facts.staff * world.stations.presence)[facts.profession != Profession.HOME_HELP_WORKER].sum()
    first = minutes[time == weeks[0]].sum() - taught * 60 / 13
    # Support at the start is for those who were alive then: all but the deaths of the warm-up.
    assert first == pytest.approx(users * 10 / 100, rel=0.02)
    fixed = payments["sek"][payments["kind"] == PaymentKind.MEANS_FIXED_COST].sum()
    assert fixed == pytest.approx(25 * len(world.population) / 52 * len(weeks))
