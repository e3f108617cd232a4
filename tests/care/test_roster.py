"""Hold who of a client's group comes against picking among those on duty one by one."""

from __future__ import annotations

import numpy as np

from sim.care.roster import NOBODY, Roster
from sim.core.vocabulary import Profession

GROUP = 3


def roster_of_two_units() -> Roster:
    """Unit one has staff 10-13; unit two staff 20 and 21, fewer than a group."""
    ring = [10, 11, 12, 13, 10, 11, 12, 20, 21, 20, 21, 20]
    return Roster(
        profession=Profession.HOME_NURSE, client=np.arange(3), visits_per_day=np.ones(3), station=np.array([0, 0, 1]),
        place=np.array([0, 3, 8]), group_size=GROUP, ring=np.array(ring, np.int32),
    )  # fmt: skip


def test_one_of_the_group_on_duty_comes() -> None:
    roster = roster_of_two_units()
    is_on_duty = np.random.default_rng(1).random((5, 30)) < 0.5
    duty = roster.duty(is_on_duty)
    for row, group in enumerate(([10, 11, 12], [13, 10, 11], [21, 20, 21])):
        for shift in range(5):
            here = [staff for staff in group if is_on_duty[shift, staff]]
            for luck in (0.01, 0.4, 0.99):
                came = roster.who_comes(np.array([row]), np.array([shift]), duty, np.array([luck]))
                assert came.tolist() == [here[int(luck * len(here))] if here else NOBODY]


def test_nobody_comes_when_nobody_is_on_duty() -> None:
    roster = roster_of_two_units()
    duty = roster.duty(np.zeros((1, 30), bool))
    assert roster.who_comes(np.arange(3), np.zeros(3, np.int64), duty, np.full(3, 0.5)).tolist() == [NOBODY] * 3
