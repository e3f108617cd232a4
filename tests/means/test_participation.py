"""Taking part closes part of the gap to full ability, makes plans fit, and takes time in every contact."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means, world_of

from sim.care.decisions import Here
from sim.care.handover import Gap
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


def test_who_takes_part_finds_lost_hand_overs_sooner_and_tells_more() -> None:
    base = scenario()
    plain, taught = (Live(with_means(base, *more), 4) for more in ((), (choice("participation"),)))
    means, here = taught.world.decisions.means[0]
    here.started, here.fidelity = True, 1.0
    people = np.arange(200)
    here.offered[:100], here.offered[100:200] = True, False
    usual, able = plain.world.participation[people], taught.world.participation_now(people)
    gain = means.setting("participation_gain")
    assert able[:100] == pytest.approx(usual[:100] + (1 - usual[:100]) * gain)
    assert able[100:] == pytest.approx(usual[100:])
    # The rate of being found is base + slope x participation, times the prerequisites; the luck is the same.
    first, slope = (base.parameters[f"gap.found_{n}_per_day"].value for n in ("base", "participation"))
    days = [Gap(live.world).found_after_days(people, _episodes(live, people)) for live in (plain, taught)]
    assert days[1] == pytest.approx(days[0] * (first + slope * usual) / (first + slope * able))
    assert (days[1][:100][usual[:100] < 1] < days[0][:100][usual[:100] < 1]).all()
    # Staff who know nothing themselves know what the person tells.
    known = []
    for live in (plain, taught):
        live.world.information.share[:] = 0.0
        live.world.population.relative[:] = False
        batch = live.system.room.batch(_episodes(live, people), np.zeros(200, np.int64))
        known.append(live.system.room.known_share(batch))
    told = base.parameters["information.patient_tells_share"].value
    assert known[0] == pytest.approx(told * usual)
    assert known[1] == pytest.approx(told * able)


def _episodes(live: Live, person: np.ndarray) -> np.ndarray:
    n = len(person)
    return live.world.episodes.add(
        n, person=person, kind=np.zeros(n, np.int8), severity=np.full(n, 0.5), key=np.arange(n, dtype=np.uint64),
        born_days=np.zeros(n), latest_days=np.zeros(n), steps_left=np.ones(n, np.uint16), turn_days=np.full(n, np.inf),
        stay=np.full(n, -1), from_station=np.full(n, -1),
    )  # fmt: skip


def test_what_has_turned_acute_once_turns_later_again_in_who_takes_part() -> None:
    turns = []
    for more in ((), (choice("participation", participation_gain=0.5),)):
        live = Live(with_means(scenario(), *more), 4)
        for _, here in live.world.decisions.means:
            here.started, here.fidelity = True, 1.0
        (one,) = _episodes(live, np.array([int(live.world.participation.argmin())])).tolist()
        live.system.intake.watch_again(one, 10.0)
        turns.append(float(live.world.episodes.turn_days[one]))
    assert turns[1] > turns[0] > 10.0


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
