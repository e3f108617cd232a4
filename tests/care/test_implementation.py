"""A new way of working takes hold as far as the success factors tip, and falls back when it rests on one person."""

from __future__ import annotations

import itertools
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from engine_runs import scenario
from hypothesis import given
from hypothesis import strategies as st

from sim.care.answers import Support
from sim.care.decisions import Here
from sim.care.implementation import Implementation, ImplementationParameters, fidelity_at
from sim.core.parameter import read_group

ALL_IN_PLACE = read_group(ImplementationParameters, "implementation", scenario("baseline").parameters)
NO_SUPPORT = Support()


def here(age_days: float, ramp_days: float = 90.0, final: float = 0.8) -> Here:
    world = cast(Any, SimpleNamespace())
    return Here(
        index=0, world=world, coverage=1.0, start_days=0.0, ramp_days=ramp_days, final_fidelity=final,
        age_days=age_days,
    )  # fmt: skip


def fidelity(parameters: ImplementationParameters, age_days: float, support: Support = NO_SUPPORT) -> float:
    one = here(age_days)
    Implementation(parameters).week(one, support)
    return one.fidelity


def with_factors(share: float) -> ImplementationParameters:
    return replace(ALL_IN_PLACE, success_factors=dict.fromkeys(ALL_IN_PLACE.success_factors, share))


def test_with_all_success_factors_in_place_a_scenarios_own_curve_holds_exactly() -> None:
    assert len(ALL_IN_PLACE.success_factors) == 8
    for day in (0.0, 7.0, 90.0, 800.0):
        assert fidelity(ALL_IN_PLACE, day) == fidelity_at(day, 90.0, 0.8)


def test_success_factors_tip_the_seesaw() -> None:
    """Mean 0.5 = the tipping point: half of the logistic, relative to the value at 1 (steepness 8)."""
    top = 1 / (1 + 2.718281828**-4)
    assert fidelity(with_factors(0.5), 5000.0) == pytest.approx(0.8 * 0.5 / top, rel=1e-4)
    steps = [fidelity(with_factors(share), 5000.0) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert steps == sorted(steps)
    gains = [b - a for a, b in itertools.pairwise(steps)]
    assert min(gains[1], gains[2]) > 2 * max(gains[0], gains[3])


def test_without_success_factors_it_takes_longer() -> None:
    p = replace(with_factors(0.5), tipping_steepness=0.0)
    assert fidelity(p, 100.0) == pytest.approx(fidelity_at(100.0, 90.0 * 2.0, 0.8))


def test_what_rests_on_a_champion_is_lost_by_half_in_each_half_life() -> None:
    p = replace(ALL_IN_PLACE, champion_leaves_after_days=1000.0, institutionalised_share=0.25)
    full, half_life = 0.8, p.fall_back_half_life_days
    assert fidelity(p, 1000.0) == pytest.approx(full, rel=1e-6)
    assert fidelity(p, 1000.0 + half_life) == pytest.approx(full * (0.25 + 0.75 / 2), rel=1e-6)
    assert fidelity(p, 1000.0 + 40 * half_life) == pytest.approx(full * 0.25, rel=1e-6)
    kept = fidelity(p, 1000.0 + 40 * half_life, Support(persistence_gain=0.5))
    assert kept == pytest.approx(full * (0.25 + 0.75 * 0.5), rel=1e-6)


def test_turnover_beyond_what_is_presumed_wears_fidelity_down() -> None:
    p = replace(ALL_IN_PLACE, staff_turnover_per_year=0.32, staff_turnover_presumed_per_year=0.12)
    assert fidelity(p, 5000.0) == pytest.approx(0.8 * (1 - p.unlearned_per_turnover * 0.2), rel=1e-6)
    assert fidelity(replace(p, staff_turnover_per_year=0.05), 5000.0) == pytest.approx(0.8, rel=1e-6)


def test_support_brings_it_ahead_week_by_week() -> None:
    one, twice = here(0.0), Support(speed_gain=0.5)
    machinery = Implementation(ALL_IN_PLACE)
    for week in range(11):
        one.age_days = 7.0 * week
        machinery.week(one, twice)
    # After ten weeks at double speed it stands where it would after twenty.
    assert one.fidelity == pytest.approx(fidelity_at(140.0, 90.0, 0.8))


def test_learning_takes_extra_work_that_ends() -> None:
    machinery, one = Implementation(ALL_IN_PLACE), here(0.0)
    machinery.week(one, NO_SUPPORT)
    assert machinery.extra_work(one) == pytest.approx(1 + ALL_IN_PLACE.ramp_up_extra_work_share)
    one.age_days = 5000.0
    machinery.week(one, NO_SUPPORT)
    assert machinery.extra_work(one) == pytest.approx(1.0)
    assert machinery.extra_work(here(10.0, final=0.0)) == 1.0


@given(
    share=st.floats(0, 1), age=st.floats(0, 4000), speed=st.floats(0, 1), stays=st.floats(0, 1),
    turnover=st.floats(0.05, 0.5), leaves=st.floats(0, 36500),
)  # fmt: skip
def test_fidelity_always_lies_between_nothing_and_the_scenarios_own(
    share: float, age: float, speed: float, stays: float, turnover: float, leaves: float
) -> None:
    p = replace(with_factors(share), staff_turnover_per_year=turnover, champion_leaves_after_days=leaves)
    assert 0.0 <= fidelity(p, age, Support(speed, stays)) <= 0.8 + 1e-12
