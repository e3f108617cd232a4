"""Who comes to a client: members of the group, each on duty alike; a colleague stands in when none is."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import observed, scenario, world_of

from sim.care.roster import NOBODY, Duty, Roster, draw_up
from sim.core.vocabulary import Profession

GROUP = 4
PLACE = (0, 2, 6)


def roster() -> Roster:
    """Three clients of a unit of eight (staff 10-17), each with a group of four."""
    return Roster(
        profession=Profession.HOME_NURSE, client=np.array([5, 6, 7]), visits_per_day=np.ones(3),
        station=np.zeros(3, np.int64), place=np.array(PLACE), group_size=np.full(3, GROUP), unit_size=np.full(3, 8),
        ring=(10 + np.arange(2 * 8 + GROUP) % 8).astype(np.int32), by_policy=np.zeros(3, bool), kept_in_group=0.0,
    )  # fmt: skip


def on_duty(*staff: int) -> Duty:
    there = np.zeros((1, 20), bool)
    there[0, list(staff)] = True
    return roster().duty(there)


def now(*rows: int) -> tuple[np.ndarray, np.ndarray]:
    return np.array(rows, np.int64), np.zeros(len(rows), np.int64)


def test_only_members_on_duty_come_each_as_often() -> None:
    n = 9000
    comes = roster().who_comes(*now(*[0] * n), on_duty(11, 12, 13, 16), (np.arange(n) + 0.5) / n)
    staff, count = np.unique(comes, return_counts=True)
    assert staff.tolist() == [11, 12, 13]
    assert count.tolist() == [3000, 3000, 3000]


def test_nobody_of_the_group_on_duty_is_said_so() -> None:
    assert roster().who_comes(*now(0, 1), on_duty(14, 15), np.array([0.3, 0.3])).tolist() == [NOBODY, 14]


def test_the_nearest_colleague_on_duty_stands_in() -> None:
    r = roster()
    # Client 0's group ends with 13: 14 is off, 15 is on. Client 2's ends with 11, and the count goes on from there.
    assert r.who_stands_in(*now(0, 2), on_duty(15, 17)).tolist() == [15, 15]
    assert r.who_stands_in(*now(1), on_duty(10)).tolist() == [10]
    assert r.who_stands_in(*now(0), on_duty()).tolist() == [13]
    assert r.who_stands_in(*now(), on_duty(11)).tolist() == []


def test_one_of_the_group_on_duty_comes_shift_by_shift() -> None:
    r = roster()
    is_on_duty = np.random.default_rng(1).random((5, 30)) < 0.5
    duty = r.duty(is_on_duty)
    for row, place in enumerate(PLACE):
        group = [10 + (place + i) % 8 for i in range(GROUP)]
        for shift in range(5):
            here = [staff for staff in group if is_on_duty[shift, staff]]
            for luck in (0.01, 0.4, 0.99):
                came = r.who_comes(np.array([row]), np.array([shift]), duty, np.array([luck]))
                assert came.tolist() == [here[int(luck * len(here))] if here else NOBODY]


def test_in_a_unit_smaller_than_the_group_the_same_few_come() -> None:
    small = Roster(
        profession=Profession.HOME_NURSE, client=np.arange(1), visits_per_day=np.ones(1), station=np.zeros(1, np.int64),
        place=np.array([1]), group_size=np.array([3]), unit_size=np.array([2]), by_policy=np.zeros(1, bool),
        kept_in_group=0.0,
        ring=np.array([20, 21, 20, 21, 20, 21, 20], np.int32),
    )  # fmt: skip
    there = np.zeros((1, 30), bool)
    there[0, 20] = True
    assert small.who_comes(*now(0), small.duty(there), np.array([0.9])).tolist() == [20]
    assert small.who_stands_in(*now(0), small.duty(np.zeros((1, 30), bool))).tolist() == [21]


@pytest.mark.parametrize("profession", [Profession.HOME_HELP_WORKER, Profession.HOME_NURSE])
def test_groups_are_staff_of_the_clients_own_unit(profession: Profession) -> None:
    w = world_of(scenario("baseline", 0.3, 0.1, 0.0))
    visits = w.home_help if profession == Profession.HOME_HELP_WORKER else w.home_nursing
    r = draw_up(w, profession, visits, 6)
    assert (np.sort(r.client) == np.flatnonzero(visits > 0)).all()
    first, last = w.stations.first_staff[r.station], w.stations.first_staff[r.station + 1]
    members = r.ring[r.place[:, None] + np.arange(r.group_size[0])]
    assert ((members >= first[:, None]) & (members < last[:, None])).all()
    assert (w.stations.facts.profession[r.station] == profession).all()
    distinct = np.array([len(set(row)) for row in members.tolist()])
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
