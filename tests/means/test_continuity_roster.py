"""Continuity roster: the group around a client, how many people come, and what less freedom costs."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means, world_of

from sim.care.answers import RosterPolicy
from sim.core.vocabulary import Profession

BASE = scenario("baseline", 0.1, 0.4, 0.1)


def different_people(rows: Columns, from_day: float) -> dict[int, int]:
    """Return how many different home-help staff each client with at least 28 visits met in 14 days."""
    late = (rows["time_days"] >= from_day) & (rows["time_days"] < from_day + 14)
    late &= rows["profession"] == Profession.HOME_HELP_WORKER
    person, staff = rows["person"][late], rows["staff"][late]
    often = np.flatnonzero(np.bincount(person) >= 28)
    return {int(p): len(np.unique(staff[person == p])) for p in often}


def test_it_is_a_policy_for_home_help_and_for_the_share_that_is_covered() -> None:
    world = world_of(with_means(BASE, choice("continuity_roster", coverage=0.5)))
    means, here = world.decisions.means[0]
    here.fidelity = 0.4
    assert means.roster_policy(here, Profession.HOME_HELP_WORKER) == RosterPolicy(7, 0.5, 0.2)
    assert means.roster_policy(here, Profession.HOME_NURSE) is None
    work = means.standing_work(here, 0)
    assert sum(w.minutes for w in work) == pytest.approx((world.home_help > 0).sum() * 11 * 0.2)
    profession = world.stations.facts.profession[[w.station for w in work]]
    assert (profession == Profession.HOME_HELP_WORKER).all()


def test_fewer_different_people_come() -> None:
    live = Live(with_means(BASE, choice("continuity_roster", group_size=5.0)), 4)
    usual, tables = Live(BASE, 4).run(), live.run()
    day = live.world.days - 21.0
    before, after = (different_people(one["visits"], day) for one in (usual, tables))
    both = sorted(before.keys() & after.keys())
    assert len(both) > 20
    assert np.mean([after[p] for p in both]) < 0.8 * np.mean([before[p] for p in both])
