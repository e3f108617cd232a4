"""A dispute takes the time of the steps it climbs."""

from __future__ import annotations

from typing import cast

import pytest
from paired_runs import handovers, inhabitants, pair, switched_on, weekly_minutes, weekly_sek

from sim.core.vocabulary import Profession
from sim.means.dispute_ladder import DisputeLadder

STEPS = {
    "local_decides_share": 0.75,
    "regional_decides_share": 0.6,
    "local_days": 2.0,
    "regional_days": 6.0,
    "central_days": 20.0,
}
APART = (Profession.GENERAL_PRACTITIONER, Profession.CARE_MANAGER)
SAME = (Profession.GENERAL_PRACTITIONER, Profession.PSYCHIATRIST)


def test_the_expected_time_is_that_of_every_step_for_those_who_reach_it() -> None:
    means, _ = switched_on("dispute_ladder", **STEPS)
    # All wait 2 days, a quarter 6 more, and 40 % of that quarter 20 more.
    assert cast(DisputeLadder, means).expected_days() == pytest.approx(2 + 0.25 * 6 + 0.25 * 0.4 * 20)


def test_it_takes_the_place_of_todays_length_between_principals() -> None:
    means, here = switched_on("dispute_ladder", fidelity=0.5, **STEPS)
    assert here.world.register["gap.dispute_mean_days"].value == 8
    # 5.5 days instead of 8, half-way there.
    assert means.dispute_length_factor(here, handovers(here, APART, SAME)) == pytest.approx([(8 + 5.5) / 2 / 8, 1])


def test_slow_councils_make_disputes_longer() -> None:
    means, here = switched_on("dispute_ladder", local_decides_share=0.5, regional_days=30.0, central_days=90.0)
    # 3 + 0.5 x 30 + 0.5 x 0.2 x 90 = 27 days instead of 8.
    assert means.dispute_length_factor(here, handovers(here, APART)) == pytest.approx([27 / 8])


def test_disputes_are_over_sooner() -> None:
    before, after = pair("handovers", "dispute_ladder", local_decides_share=0.95, local_days=1.0)
    days = [rows["dispute_days"][rows["disputed"]].mean() for rows in (before, after)]
    assert days[1] < 0.5 * days[0]


def test_it_costs_local_groups_and_councils() -> None:
    weeks = weekly_minutes("dispute_ladder", local_decides_share=0.95, local_days=1.0)
    assert weeks[-1] == pytest.approx(inhabitants() * 81, rel=1e-4)
    cost = weekly_sek("dispute_ladder", local_decides_share=0.95, local_days=1.0)
    assert cost == pytest.approx(inhabitants() * 42_000 / 52, rel=1e-4)
