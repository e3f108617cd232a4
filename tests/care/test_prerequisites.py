"""What managers have in place moves the gap between principals; as far as today, nothing changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from engine_runs import scenario

from sim.care.prerequisites import PrerequisiteParameters
from sim.core.parameter import read_group

TODAY = read_group(PrerequisiteParameters, "prerequisites", scenario("baseline").parameters)
FACTORS = ("detour_factor", "dispute_factor", "loss_factor", "chase_factor", "found_factor")


@pytest.mark.parametrize("factor", FACTORS)
def test_as_today_every_factor_is_exactly_one(factor: str) -> None:
    assert getattr(TODAY, factor) == 1.0


@pytest.mark.parametrize(
    ("share", "today", "slope", "factor"),
    [
        ("mission_known_share", "mission_known_today", "detour_per_mission", "detour_factor"),
        ("clear_responsibility_share", "clear_responsibility_today", "dispute_per_responsibility", "dispute_factor"),
        ("joint_routines_share", "joint_routines_today", "loss_per_routine", "loss_factor"),
        ("meeting_places_share", "meeting_places_today", "chase_per_meeting_place", "chase_factor"),
    ],
)
def test_more_of_a_prerequisite_takes_its_part_of_the_trouble_away(
    share: str, today: str, slope: str, factor: str
) -> None:
    better = replace(TODAY, **{share: 0.5, today: 0.25, slope: 0.6})
    assert getattr(better, factor) == pytest.approx(1 - 0.6 * 0.25)
    worse = replace(TODAY, **{share: 0.0, today: 0.25, slope: 0.6})
    assert getattr(worse, factor) == pytest.approx(1 + 0.6 * 0.25)
    assert getattr(replace(TODAY, **{share: 1.0, today: 0.0, slope: 1.5}), factor) == 0.0


def test_lost_hand_overs_are_found_sooner_where_failures_are_handled() -> None:
    better = replace(TODAY, deviation_handling_share=1.0, deviation_handling_today=0.5, found_per_deviation=1.0)
    assert better.found_factor == pytest.approx(1.5)
