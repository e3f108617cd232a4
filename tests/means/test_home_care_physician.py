"""A physician for people with home nursing: whom she is for, when she may be called, and what she costs."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, choice, scenario, with_means, world_of

from sim.care.questions import Queries, Turns
from sim.core.vocabulary import Profession, Responder, WorkCause

BASE = scenario("baseline", 0.1, 0.4, 0.1)


def test_she_may_be_called_in_her_hours_and_for_her_patients_only() -> None:
    world = world_of(with_means(BASE, choice("home_care_physician")))
    means, here = world.decisions.means[0]
    here.fidelity, here.enrolled[:3] = 0.5, True
    # Monday 8.00, Monday 17.00, Saturday 10.00 for patients; Monday 10.00 for somebody else.
    time = np.array([0 + 8 / 24, 0 + 17 / 24, 5 + 10 / 24, 0 + 10 / 24])
    person = np.array([0, 1, 2, 3])
    offer = means.acute_offers(here, Turns(person, time, np.full(4, 0.5), np.ones(4, bool)))[0]
    assert offer.responder == Responder.HOME_CARE_PHYSICIAN
    assert offer.probability == pytest.approx([0.35 * 0.5, 0, 0, 0])
    assert offer.work == ((Profession.GENERAL_PRACTITIONER, 50.0), (Profession.HOME_NURSE, 30.0))
    queries = Queries(person, np.zeros(4, np.int64), np.full(4, 0.5))
    assert means.query_reach_gain(here, queries) == pytest.approx([0.25, 0.25, 0.25, 0])


def test_she_is_for_people_with_home_nursing_and_home_nurses_chase_less() -> None:
    before, after = (
        Live(with_means(BASE, *chosen), 4) for chosen in ((), (choice("home_care_physician", called_probability=0.7),))
    )  # fmt: skip
    first, tables = before.run(), after.run()
    _, here = after.world.decisions.means[0]
    assert here.enrolled.sum() > 30
    # Who has moved to special housing since keeps the physician.
    assert ((after.world.home_nursing > 0) | after.world.special_housing)[here.enrolled].all()
    start, failed, share = BASE.warmup_years * 365 + 28, [], []
    for rows in (first["work"], tables["work"]):
        late = (rows["cause"] == WorkCause.MICRO_QUERY) & (rows["time_days"] > start)
        failed.append(rows["minutes"][late].sum())
        share.append(late.sum())
    assert failed[1] < 0.85 * failed[0]
    turns = tables["acute_turns"]
    hers = turns["responder"] == Responder.HOME_CARE_PHYSICIAN
    assert hers.sum() > 0
    assert (turns["time_days"][hers].astype(int) % 7 < 5).all()


def test_her_weekly_round_takes_physician_and_nurse_minutes_for_each_patient() -> None:
    world = world_of(with_means(BASE, choice("home_care_physician")))
    means, here = world.decisions.means[0]
    here.fidelity, here.enrolled[10:30] = 0.5, True
    work = means.standing_work(here, 5)
    profession = world.stations.facts.profession
    by = {p: sum(w.minutes for w in work if profession[w.station] == p) for p in Profession}
    assert by[Profession.GENERAL_PRACTITIONER] == pytest.approx(20 * 4 * 0.5)
    assert by[Profession.HOME_NURSE] == pytest.approx(20 * 3 * 0.5)
    assert sum(by.values()) == pytest.approx(20 * 7 * 0.5)
