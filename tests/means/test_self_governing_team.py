"""Self-governing team: fewer people per client, decisions on the spot, and what planning and coaches cost."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means, world_of

from sim.care.questions import Steps
from sim.core.vocabulary import Profession, WorkCause

BASE = scenario("baseline", 0.1, 0.4, 0.1)


def staff_met(tables: Columns, profession: Profession, from_day: float) -> float:
    """Return the mean number of different staff in 14 days, among clients with at least 28 visits in them."""
    late = (tables["time_days"] >= from_day) & (tables["time_days"] < from_day + 14)
    late &= tables["profession"] == profession
    person, staff = tables["person"][late], tables["staff"][late]
    often = np.flatnonzero(np.bincount(person) >= 28)
    assert len(often) > 10
    return float(np.mean([len(np.unique(staff[person == p])) for p in often]))


def test_the_team_decides_what_nurse_and_care_manager_would_hand_to_each_other() -> None:
    world = world_of(with_means(BASE, choice("self_governing_team")))
    means, here = world.decisions.means[0]
    here.fidelity = 0.5
    client = int(np.flatnonzero(world.home_nursing > 0)[0])
    stranger = int(np.flatnonzero((world.home_nursing == 0) & (world.home_help == 0))[0])
    of = world.stations.of_person[client].astype(np.int64)
    nurse, manager, doctor = (
        of[p] for p in (Profession.HOME_NURSE, Profession.CARE_MANAGER, Profession.GENERAL_PRACTITIONER)
    )
    batch = Steps(
        np.array([client, client, client, stranger]), np.zeros(4, np.int64),
        np.array([nurse, manager, nurse, nurse]), np.array([manager, nurse, doctor, manager]),
    )  # fmt: skip
    assert means.may_decide(here, batch) == pytest.approx([0.25, 0.25, 0.0, 0.0])
    assert means.visit_minutes_factor(here, np.array([client])) == pytest.approx([0.975])


def test_planning_training_and_coaches_cost() -> None:
    world = world_of(with_means(BASE, choice("self_governing_team", coverage=0.5)))
    means, here = world.decisions.means[0]
    here.fidelity = 0.4
    facts = world.stations.facts
    in_team = np.isin(facts.profession, (Profession.HOME_HELP_WORKER, Profession.HOME_NURSE))
    posts = (facts.staff * world.stations.presence)[in_team].sum()
    first, later = (sum(w.minutes for w in means.standing_work(here, week)) for week in (0, 26))
    assert later == pytest.approx(posts * 45 * 0.4 * 0.5)
    assert first - later == pytest.approx(posts * 1200 / 26 * 0.5)
    clients = ((world.home_help > 0) | (world.home_nursing > 0)).sum()
    assert means.fixed_cost_sek_per_week(here) == pytest.approx(clients / 50 / 15 * 900_000 / 52)


def test_fewer_different_people_come_and_visits_are_written_up_in_less_time() -> None:
    live = Live(with_means(BASE, choice("self_governing_team")), 4)
    usual, tables = Live(BASE, 4).run(), live.run()
    day = live.world.days - 21.0
    before, after = (staff_met(one["visits"], Profession.HOME_HELP_WORKER, day) for one in (usual, tables))
    assert after < 0.9 * before
    late = tables["visits"]["time_days"] >= day
    writing = [
        one["visits"]["documentation_minutes"][one["visits"]["time_days"] >= day].mean() for one in (usual, tables)
    ]
    assert writing[1] == pytest.approx(0.75 * writing[0], rel=0.02)
    assert late.sum() > 1000
    work = tables["work"]
    assert work["minutes"][work["cause"] == WorkCause.MEANS].sum() > 0
