"""Coordinated plan: whom it reaches, whose time its meetings take, and what it changes on the way between actors."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, choice, scenario, with_means, world_of

from sim.care.questions import Handovers
from sim.core.vocabulary import Profession, WorkCause

BASE = scenario("baseline", 0.1, 0.5, 0.1)


def test_it_reaches_a_share_of_those_in_need() -> None:
    for coverage, share in ((1.0, 0.4), (0.5, 0.2)):
        world = world_of(with_means(BASE, choice("coordinated_plan", coverage=coverage)))
        means, here = world.decisions.means[0]
        world.recent_use[:] = 1.0
        asked, need = means.eligible(here, 40), world.population.complex_needs
        assert not (asked & ~need).any()
        assert asked.sum() / need.sum() == pytest.approx(share, abs=0.1)
        assert here.offered[asked].all()


def test_the_first_meeting_takes_everybody_and_follow_ups_part_of_it() -> None:
    world = world_of(with_means(BASE, choice("coordinated_plan")))
    means, here = world.decisions.means[0]
    here.fidelity, here.age_days = 0.5, 70.0
    # Two people with home help and home nursing and no psychiatric illness: one is new this week.
    served = (world.home_help > 0) & (world.home_nursing > 0) & ~world.special_housing
    old, new = np.flatnonzero(served & ~world.population.psychiatric & ~world.population.substance)[:2]
    here.enrolled[[old, new]] = True
    here.enrolled_days[old], here.enrolled_days[new] = 35.0, 70.0
    work = means.standing_work(here, 10)
    profession = world.stations.facts.profession
    by = {p: sum(w.minutes for w in work if profession[w.station] == p) for p in Profession}
    follow_up = 1.5 / 52 * 0.6 * 0.5
    expected = {Profession.CARE_MANAGER: 75, Profession.HOME_NURSE: 60, Profession.THERAPIST: 40,
                Profession.HOME_HELP_WORKER: 45, Profession.GENERAL_PRACTITIONER: 20}  # fmt: skip
    for one, minutes in by.items():
        assert minutes == pytest.approx(expected.get(one, 0) * (1 + follow_up))


def test_hand_overs_with_a_plan_are_lost_less_often_and_carry_more() -> None:
    world = world_of(with_means(BASE, choice("coordinated_plan")))
    means, here = world.decisions.means[0]
    here.fidelity, here.enrolled[1] = 0.5, True
    two, none = np.arange(2), np.zeros(2, np.int64)
    batch = Handovers(two, none, np.full(2, 0.5), none, none, np.full(2, 5))
    assert means.handover_loss_factor(here, batch) == pytest.approx([1.0, 1 - 0.25 * 0.5])
    assert means.handover_information_gain(here, batch) == pytest.approx([0.0, 0.1])


def test_more_is_known_of_planned_people_after_hand_overs_and_meetings_are_taken_down() -> None:
    live = Live(with_means(BASE, choice("coordinated_plan", information_gain=0.4, loss_factor=0.5)), 4)
    usual, tables = Live(BASE, 4).run(), live.run()
    planned = np.flatnonzero(live.world.decisions.means[0][1].enrolled)
    assert len(planned) > 20
    shares = []
    for rows in (usual["handovers"], tables["handovers"]):
        late = (rows["time_days"] > 120) & np.isin(rows["person"], planned) & (rows["distance"] == 5)
        shares.append(rows["information_share"][late].mean())
    assert shares[0] < shares[1] < shares[0] + 0.4
    work = tables["work"]
    of_means = work["cause"] == WorkCause.MEANS
    assert set(live.world.stations.facts.profession[work["station"][of_means & (work["person"] < 0)]]) >= {
        Profession.CARE_MANAGER, Profession.HOME_NURSE, Profession.GENERAL_PRACTITIONER, Profession.HOME_HELP_WORKER,
    }  # fmt: skip
