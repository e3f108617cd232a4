"""Who comes to a client: members of the group, each on duty alike; a colleague stands in when none is."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import observed, scenario, world_of

from sim.care.roster import Roster, draw_up
from sim.core.vocabulary import Profession

DUTY = {0: [0, 1, 2, 3], 1: [2, 3, 4, 5], 2: [6, 7, 0, 1]}


def roster() -> Roster:
    """Three clients of a unit of eight (staff 10-17), each with a group of four."""
    members = np.array([[10 + s for s in group] for group in DUTY.values()], np.int32)
    return Roster(profession=Profession.HOME_NURSE, client=np.array([5, 6, 7]), visits_per_day=np.ones(3),
                  station=np.zeros(3, np.int64), members=members, first_staff=np.full(3, 10),
                  unit_size=np.full(3, 8))  # fmt: skip


def on_duty(*staff: int) -> np.ndarray:
    there = np.zeros(20, bool)
    there[list(staff)] = True
    return there


def test_only_members_on_duty_come_each_as_often() -> None:
    n = 9000
    luck = (np.arange(n) + 0.5) / n
    comes = roster().who_comes(np.zeros(n, int), on_duty(11, 12, 13, 16), luck)
    staff, count = np.unique(comes, return_counts=True)
    assert staff.tolist() == [11, 12, 13]
    assert count.tolist() == [3000, 3000, 3000]


def test_nobody_of_the_group_on_duty_is_said_so() -> None:
    assert roster().who_comes(np.array([0, 1]), on_duty(14, 15), np.array([0.3, 0.3])).tolist() == [-1, 14]


def test_the_nearest_colleague_on_duty_stands_in() -> None:
    r = roster()
    # Client 0's group ends with 13: 14 is off, 15 is on. Client 2's ends with 11, and the count goes on from there.
    assert r.who_stands_in(np.array([0, 2]), on_duty(15, 17)).tolist() == [15, 15]
    assert r.who_stands_in(np.array([1]), on_duty(10)).tolist() == [10]
    assert r.who_stands_in(np.array([0]), on_duty()).tolist() == [13]
    assert r.who_stands_in(np.zeros(0, int), on_duty(11)).tolist() == []


@pytest.mark.parametrize("profession", [Profession.HOME_HELP_WORKER, Profession.HOME_NURSE])
def test_groups_are_staff_of_the_clients_own_unit(profession: Profession) -> None:
    w = world_of(scenario("baseline", 0.3, 0.1, 0.0))
    visits = w.home_help if profession == Profession.HOME_HELP_WORKER else w.home_nursing
    r = draw_up(w, profession, visits, 6)
    assert (np.sort(r.client) == np.flatnonzero(visits > 0)).all()
    first, last = w.stations.first_staff[r.station], w.stations.first_staff[r.station + 1]
    assert ((r.members >= first[:, None]) & (r.members < last[:, None])).all()
    assert (w.stations.facts.profession[r.station] == profession).all()
    distinct = np.array([len(set(row)) for row in r.members.tolist()])
    assert (distinct == np.minimum(6, last - first)).all()


def test_the_dead_have_no_roster() -> None:
    w = world_of(scenario("baseline", 0.1, 0.1, 0.0))
    client = np.flatnonzero(w.home_help > 0)[:5]
    w.alive[client] = False
    assert not np.isin(client, draw_up(w, Profession.HOME_HELP_WORKER, w.home_help, 13).client).any()


def test_as_many_visits_are_made_as_are_granted() -> None:
    run = observed("baseline", 1, 0.15, 0.9, 0.1)
    w = world_of(scenario("baseline", 0.15, 0.9, 0.1))
    first_week = (run.tables["visits"]["time_days"] < 7) & (run.tables["visits"]["profession"] == 11)
    granted = w.population.home_help_visits_per_day.sum() * 7
    assert first_week.sum() == pytest.approx(granted, rel=0.05)
