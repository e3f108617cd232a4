"""Phone care coach: offered to frequent visitors only, strengthens own care, and takes nurses' time."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, choice, scenario, with_means, world_of

from sim.care.questions import Needs
from sim.core.vocabulary import EnrolmentEvent, Profession, Responder, WorkCause

BASE = scenario("baseline", 0.1, 0.5, 0.3)


def test_three_visits_in_half_a_year_make_a_coach_possible() -> None:
    world = world_of(with_means(BASE, choice("phone_care_coach")))
    means, here = world.decisions.means[0]
    for person, days in ((1, (20.0, 100.0, 199.0)), (2, (10.0, 100.0, 199.0)), (3, (150.0, 199.0))):
        for day in days:
            world.note_ed_visit(person, day)
    # Seen on day 200, half a year goes back to day 18.
    assert np.flatnonzero(means.eligible(here, 200)).tolist() == [1]


def test_people_deal_with_mild_needs_themselves_more_than_with_severe_ones() -> None:
    world = world_of(with_means(BASE, choice("phone_care_coach")))
    means, here = world.decisions.means[0]
    here.fidelity, here.enrolled[:2] = 0.5, True
    batch = Needs(np.arange(3), np.zeros(3, np.int64), np.array([0.2, 1.0, 0.2]))
    assert means.self_care(here, batch) == pytest.approx([0.3 * 0.8 * 0.5, 0.0, 0.0])
    assert means.participation_gain(here, np.arange(3)) == pytest.approx([0.225, 0.225, 0.0])


def test_coached_people_ask_for_fewer_contacts_and_coaches_spend_their_minutes() -> None:
    live = Live(with_means(BASE, choice("phone_care_coach", self_care=0.4, reach_in_office_hours=0.4)), 4)
    usual, tables = Live(BASE, 4).run(), live.run()
    rows = tables["enrolments"]
    coached = np.unique(rows["person"][rows["event"] == EnrolmentEvent.ENROLLED])
    assert len(coached) > 15
    # Own care leaves fewer needs of the same people that end in contacts.
    start = BASE.warmup_years * 365 + 14
    contacts = []
    for one in (usual, tables):
        late = (one["contacts"]["time_days"] > start) & np.isin(one["contacts"]["person"], coached)
        late &= one["contacts"]["profession"] != Profession.EMERGENCY_PHYSICIAN
        contacts.append(late.sum())
    assert contacts[1] < 0.95 * contacts[0]
    turns = tables["acute_turns"]
    answered = turns["responder"] == Responder.CARE_COACH
    assert np.isin(turns["person"][answered], coached).all()
    work = tables["work"]
    calls = (work["cause"] == WorkCause.MEANS) & (work["person"] < 0)
    assert set(live.world.stations.facts.profession[work["station"][calls]]) == {Profession.PRIMARY_CARE_NURSE}
    last = work["time_days"][calls].max()
    inside = live.world.decisions.means[0][1].enrolled.sum()
    assert work["minutes"][calls & (work["time_days"] == last)].sum() == pytest.approx(10 * inside, rel=1e-4)
