"""A value base helps other means to take hold and stay; by itself it moves plans and trust a little."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, choice, scenario, with_means, with_parameters, world_of

from sim.care.decisions import Here
from sim.care.questions import Contacts
from sim.care.world import World
from sim.config.scenario import MeansChoice
from sim.core.vocabulary import Profession, WorkCause
from sim.means.value_base import ValueBase

SMALL = scenario("baseline", 0.03, 0.7, 0.1)
START = round(SMALL.warmup_years * 365)


def half_done(**settings: float) -> tuple[ValueBase, Here, World]:
    world = world_of(with_means(SMALL, choice("value_base", **settings)))
    means, here = world.decisions.means[0]
    assert isinstance(means, ValueBase)
    here.fidelity = 0.5
    return means, here, world


def test_gains_are_the_settings_times_fidelity_for_those_it_reaches() -> None:
    means, here, _ = half_done(plan_fit=0.2, consent_gain=0.3)
    here.offered[:2] = True, False
    person = np.array([0, 1])
    plan = means.plan_fit(here, Contacts(person, person, person, np.array([0.5, 0.5])))
    assert plan.tolist() == pytest.approx([0.1, 0.0])
    assert means.consent_gain(here, person).tolist() == pytest.approx([0.15, 0.0])


def test_support_grows_with_fidelity_and_with_the_share_of_staff_reached() -> None:
    means, here, _ = half_done(speed_gain=0.4, persistence_gain=0.2)
    here.coverage = 0.5
    support = means.supports_fidelity(here)
    assert support.speed_gain == pytest.approx(0.4 * 0.5 * 0.5)
    assert support.persistence_gain == pytest.approx(0.2 * 0.5 * 0.5)


def test_trust_makes_more_people_consent_and_nobody_withdraw() -> None:
    _, here, world = half_done(consent_gain=1.0)
    everybody = np.arange(len(world.population))
    before = world.population.consent
    here.started = True
    after = world.consents(everybody)
    assert after[before].all()
    refused = int((~before).sum())
    # Each of them consents with probability 0.5.
    assert after[~before].sum() == pytest.approx(refused / 2, abs=4 * np.sqrt(refused / 4))


def team_fidelity(*others: MeansChoice) -> list[float]:
    """Follow the fidelity of a team whose champion leaves after 120 days."""
    base = with_parameters(SMALL, {"implementation.champion_leaves_after_days": 120.0})
    live, seen = Live(with_means(base, choice("mdt", ramp_days=40.0), *others)), []

    def look(now: Live) -> None:
        pairs = now.world.decisions.means
        seen.append(next(here.fidelity for means, here in pairs if not isinstance(means, ValueBase)))

    live.run(look, every_days=28)
    return seen


def test_a_team_takes_hold_sooner_and_falls_back_less_with_a_value_base() -> None:
    alone, supported = np.array(team_fidelity()), np.array(team_fidelity(choice("value_base", persistence_gain=0.5)))
    going_on = alone > 0
    assert (supported[going_on] >= alone[going_on]).all()
    assert supported[3] > alone[3] + 0.01
    # At the end 0.3 of the team rests on its institutions, and half of the other 0.7 where the value base holds.
    assert supported[-1] > alone[-1] + 0.05


def test_everybody_takes_part_in_dialogues_home_help_included() -> None:
    live = Live(with_means(SMALL, choice("value_base", coverage=0.5)))
    work = live.run()["work"]
    facts, presence = live.world.stations.facts, live.world.stations.presence
    full_time = float((facts.staff * presence).sum())
    of_means = work["cause"] == WorkCause.MEANS
    time, minutes = work["time_days"][of_means], work["minutes"][of_means]
    weeks = np.unique(time)
    assert weeks[0] >= START
    assert minutes[time == weeks[0]].sum() == pytest.approx(0.5 * full_time * 180 / 26, rel=1e-4)
    assert minutes[time == weeks[25]].sum() == pytest.approx(0.5 * full_time * 180 / 26, rel=1e-4)
    assert minutes[time == weeks[26]].sum() == pytest.approx(0.5 * full_time * 60 / 52, rel=1e-4)
    assert Profession.HOME_HELP_WORKER in facts.profession[work["station"][of_means]]
