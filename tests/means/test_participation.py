"""Taking part closes part of the gap to full ability, makes plans fit, and takes time in every contact."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means, world_of

from sim.care.decisions import Here
from sim.care.questions import Contacts, Needs
from sim.core.vocabulary import EpisodeEvent, Profession, WorkCause
from sim.means.participation import Participation

BASE = scenario("baseline", 0.1, 0.5, 0.1)
START = round(BASE.warmup_years * 365)


@cache
def run(means_id: str | None, **settings: float) -> tuple[Live, dict[str, Columns]]:
    live = Live(with_means(BASE, *([choice(means_id, **settings)] if means_id else [])), 4)
    return live, live.run()


def half_done(**settings: float) -> tuple[Participation, Here]:
    world = world_of(with_means(scenario(), choice("participation", **settings)))
    means, here = world.decisions.means[0]
    assert isinstance(means, Participation)
    here.fidelity = 0.5
    here.offered[:2] = True, False
    return means, here


def test_gains_are_the_settings_times_fidelity_for_those_it_reaches() -> None:
    means, here = half_done(participation_gain=0.2, plan_fit=0.6, direct_minutes_factor=1.1)
    person = np.array([0, 1])
    contacts = Contacts(person, person, person, np.array([0.5, 0.5]))
    assert means.participation_gain(here, person).tolist() == pytest.approx([0.1, 0.0])
    assert means.plan_fit(here, contacts).tolist() == pytest.approx([0.3, 0.0])
    assert means.direct_minutes_factor(here, contacts).tolist() == pytest.approx([1.05, 1.0])


def test_milder_needs_are_dealt_with_by_oneself_more_often() -> None:
    means, here = half_done(self_care=0.04)
    batch = Needs(np.array([0, 0, 1]), np.zeros(3, np.int64), np.array([0.25, 1.0, 0.25]))
    assert means.self_care(here, batch).tolist() == pytest.approx([0.015, 0.0, 0.0])


def test_contacts_take_longer_and_more_of_them_meet_the_need() -> None:
    (_, before), (_, after) = run(None), run("participation", direct_minutes_factor=1.2, plan_fit=1.0)
    means = []
    for tables in (before, after):
        rows = tables["contacts"]
        late = rows["time_days"] >= START + 14
        means.append((rows["direct_minutes"][late].mean(), rows["met"][late].mean()))
    assert means[1][0] / means[0][0] == pytest.approx(1.2, abs=0.04)
    assert means[1][1] > means[0][1] + 0.01


def test_some_needs_are_met_before_anybody_is_seen() -> None:
    _, tables = run("participation", self_care=0.5)
    episodes = tables["episodes"]
    met = episodes["episode"][episodes["event"] == EpisodeEvent.MET]
    seen = np.union1d(tables["contacts"]["episode"], tables["handovers"]["episode"])
    alone = np.setdiff1d(met, seen)
    _, usual = run(None)
    met = usual["episodes"]["episode"][usual["episodes"]["event"] == EpisodeEvent.MET]
    seen = np.union1d(usual["contacts"]["episode"], usual["handovers"]["episode"])
    assert len(alone) > len(np.setdiff1d(met, seen)) + 100


def test_training_takes_the_time_of_those_who_plan() -> None:
    live, tables = run("participation", self_care=0.5)
    facts, presence = live.world.stations.facts, live.world.stations.presence
    outside = (Profession.HOME_HELP_WORKER, Profession.EMERGENCY_PHYSICIAN)
    full_time = (facts.staff * presence)[~np.isin(facts.profession, outside)].sum()
    work = tables["work"]
    of_means = work["cause"] == WorkCause.MEANS
    time, minutes = work["time_days"][of_means], work["minutes"][of_means]
    first = minutes[time == time.min()].sum()
    assert first == pytest.approx(full_time * 240 / 26, rel=1e-4)
    assert not np.isin(facts.profession[work["station"][of_means]], outside).any()
