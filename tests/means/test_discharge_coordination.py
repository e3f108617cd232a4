"""Discharge coordination: it acts on the way home only, by hand and in a run, and its coordinators cost time."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, choice, scenario, with_means, with_parameters, world_of

from sim.care.questions import Bookings, Handovers
from sim.core.vocabulary import EpisodeEvent, NeedKind, Profession, WorkCause

BASE = scenario("baseline", 0.1, 0.5, 0.1)


def test_answers_move_from_today_to_the_settings_with_fidelity() -> None:
    world = world_of(with_means(BASE, choice("discharge_coordination")))
    means, here = world.decisions.means[0]
    here.fidelity, here.offered[1] = 0.5, False
    usual = world.register["hospital.planning_start_share"].value
    assert means.discharge_planning_start(here, 0) == pytest.approx((usual + 0.1) / 2)
    assert means.preparation_factor(here, 0) == pytest.approx(1 - 0.15 / 2)
    assert means.discharge_information_gain(here, 0) == pytest.approx(0.125)
    assert means.follow_up_gain(here, 0) == pytest.approx(0.2)
    assert means.discharge_planning_start(here, 1) == usual
    assert means.preparation_factor(here, 1) == 1.0


def test_planning_never_starts_later_than_today() -> None:
    early = with_parameters(BASE, {"hospital.planning_start_share": 0.05})
    world = world_of(with_means(early, choice("discharge_coordination")))
    means, here = world.decisions.means[0]
    here.fidelity = 1.0
    assert means.discharge_planning_start(here, 0) == 0.05


def test_only_hand_overs_that_plan_or_follow_up_a_discharge_are_sooner() -> None:
    world = world_of(with_means(BASE, choice("discharge_coordination")))
    means, here = world.decisions.means[0]
    here.fidelity = 0.5
    world.episodes.stay[:3] = -1, 7, -1
    world.episodes.kind[:3] = NeedKind.ACUTE_SYMPTOM, NeedKind.DISCHARGE_PLANNING, NeedKind.DISCHARGE_FOLLOW_UP
    three, none = np.arange(3), np.zeros(3, np.int64)
    batch = Handovers(three, three, np.full(3, 0.5), none, none, np.full(3, 5))
    assert means.handover_lead_factor(here, batch) == pytest.approx([1.0, 1 - 0.3 * 0.5, 1 - 0.5 * 0.5])
    bookings = Bookings(three, three, none, np.full(3, 0.5))
    assert means.booking_lag_factor(here, bookings) == pytest.approx([1.0, 1.0, 1 - 0.5 * 0.5])


def test_planning_begins_earlier_more_is_followed_up_and_coordinators_take_time() -> None:
    live = Live(with_means(BASE, choice("discharge_coordination", follow_up_gain=0.8)), 4)
    usual, tables = Live(BASE, 4).run(), live.run()
    start = BASE.warmup_years * 365 + 7
    lead, asked = [], []
    for one in (usual, tables):
        episodes, hand_overs = one["episodes"], one["handovers"]
        born = (episodes["event"] == EpisodeEvent.BORN) & (episodes["time_days"] > start)
        planning = np.unique(episodes["episode"][born & (episodes["need_kind"] == NeedKind.DISCHARGE_PLANNING)])
        of_planning = np.isin(hand_overs["episode"], planning)
        lead.append((hand_overs["lead_days"] - hand_overs["dispute_days"])[of_planning].mean())
        asked.append((born & (episodes["need_kind"] == NeedKind.DISCHARGE_FOLLOW_UP)).sum())
    assert lead[1] < 0.9 * lead[0]
    assert asked[1] > 1.15 * asked[0]
    work = tables["work"]
    mine = work["cause"] == WorkCause.MEANS
    minutes = np.bincount(live.world.stations.facts.profession[work["station"][mine]], work["minutes"][mine], 13)
    per_week = minutes / len(np.unique(work["time_days"][mine]))
    share = len(live.world.population) / 10_000
    assert per_week[Profession.CARE_MANAGER] == pytest.approx(120 * share, rel=1e-4)
    assert per_week[Profession.SPECIALIST_NURSE] == pytest.approx(240 * share, rel=1e-4)
