"""A wave on made outputs: what cannot be met is given room, runs that tell nothing are left out, luck is each set's."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.fit_figures import Figure
from calibration.fit_run import ParameterSet
from calibration.fit_screening import screen
from calibration.fit_sets import Numbering
from calibration.fit_waves import Matching, go_through, widened
from calibration.plan import Screening, WavePlan, read_plan
from calibration.space import read_space
from calibration.waves import whole_space
from sim.config.loader import load_scenario

TITLES = ("worsening.preventable_share", "contact.reading_in_minutes", "hospital.stay_mean_days")
SPACE = read_space([load_scenario("baseline")]).only(TITLES)


def figure(name: str, value: float, kind: str = "level") -> Figure:
    return Figure(
        id=name, kind=kind, scale="plain", value=value, observation_variance=0.01, discrepancy_variance=0.01,
        reason="made for the test", low=value - 0.1, high=value + 0.1, unit="days", outcome="none", source="made",
    )  # fmt: skip


def make(sets: tuple[ParameterSet, ...], studies: bool) -> pd.DataFrame:
    """Give two outputs of the first and the second parameter; a third that only some runs tell."""
    points = SPACE.points(np.array([one.row for one in sets]))
    luck = np.array([np.random.default_rng(one.luck).standard_normal(2) for one in sets]) * 0.02
    told = {"effect": points[:, 0] + points[:, 2]} if studies else {}
    if not studies:
        told = {"first": points[:, 0] + luck[:, 0], "second": points[:, 1] ** 2 + luck[:, 1], "seldom": np.nan}
    return pd.DataFrame(told, index=range(len(sets)))


def matching(figures: list[Figure]) -> Matching:
    stated = {one.id: one.discrepancy_variance for one in figures}
    return Matching(active=(0, 1, 2), space=whole_space(3, seed=1, sample=256), stated=stated)


def test_a_wave_rules_out_what_is_far_and_names_what_it_cannot_tell():
    figures = [figure("first", 0.2), figure("second", 0.25), figure("seldom", 0.5)]
    state = matching(figures)
    go_through(state, WavePlan(points=30, studies=False), figures, 3.0, Numbering(SPACE, 1), make)
    assert state.not_emulated == [(1, "seldom")]
    assert state.space.share < 0.7 and widened(state) == []
    assert state.space.points[:, 0].max() < 0.2 + 3 * 0.2
    assert abs(np.median(state.space.points[:, 1]) - 0.5) < 0.15


def test_later_waves_learn_effects_from_the_runs_that_have_them_and_levels_from_all():
    figures = [figure("first", 0.2), figure("effect", 0.5, "effect")]
    state, numbering = matching(figures), Numbering(SPACE, 1)
    go_through(state, WavePlan(points=20, studies=False), figures[:1], 3.0, numbering, make)
    go_through(state, WavePlan(points=15, studies=True), figures, 3.0, numbering, make)
    level, effect = state.waves[1].emulators
    assert len(effect.values) == 15 < len(level.values)
    assert state.space.share < state.diagnoses[0].share_left
    assert np.abs(state.space.points[:, 0] + state.space.points[:, 2] - 0.5).max() < 0.6


def test_a_target_no_set_comes_near_is_given_room_and_the_others_keep_theirs():
    figures = [figure("first", 0.5), figure("second", 2.5)]
    state = matching(figures)
    go_through(state, WavePlan(points=30, studies=False), figures, 3.0, Numbering(SPACE, 1), make)
    assert widened(state) == ["second"]
    by_id = {aim.id: aim for aim in state.waves[0].aims}
    assert by_id["first"].discrepancy_variance == 0.01
    # The closest set gives about 1, so that 1.5 is some 2 standard deviations, two thirds of the cutoff.
    assert np.sqrt(by_id["second"].discrepancy_variance) == pytest.approx(1.5 / 2, rel=0.2)


def test_each_set_has_luck_of_its_own_and_idle_parameters_lie_anywhere():
    numbering = Numbering(SPACE, 7)
    first = numbering.sets(np.full((50, 1), 0.5), (0,))
    again = Numbering(SPACE, 7).sets(np.full((50, 1), 0.5), (0,))
    assert first == again
    more = numbering.sets(np.full((4, 1), 0.5), (0,), luck_in_common=2)
    assert [one.number for one in more] == [50, 51, 52, 53]
    assert [one.luck for one in more] == [50, 50, 52, 52]
    assert len({one.luck for one in first}) == 50
    rows = np.array([one.row for one in first])
    assert np.ptp(rows[:, 0]) == 0 and np.ptp(SPACE.points(rows)[:, 1]) > 0.8


def test_screening_keeps_what_moves_a_level_and_drops_what_moves_none():
    numbering = Numbering(SPACE, 1)
    levels = [figure("first", 0.2), figure("second", 0.3)]
    found = screen(SPACE, levels, Screening(trajectories=4, least=0.25), numbering, make, studies=False)
    # The share is kept for the studies in any case; reading in moves the second level; stays move nothing.
    searched = {SPACE.titles[place] for place in found.active}
    assert searched == {"worsening.preventable_share", "contact.reading_in_minutes"}
    table = found.table.set_index(["parameter", "target"])
    assert table.loc[("worsening.preventable_share", "first"), "mu_star"] == pytest.approx(1.0, abs=1e-6)
    assert table.loc[("hospital.stay_mean_days", "first"), "mu_star"] == pytest.approx(0.0, abs=1e-6)
    tolerance = float(np.sqrt(levels[1].observation_variance + levels[1].discrepancy_variance))
    moved = table.loc[("contact.reading_in_minutes", "second"), "mu_star"] / tolerance
    strict = Screening(trajectories=4, least=float(moved) * 1.01)
    fewer = screen(SPACE, levels, strict, numbering, make, studies=False)
    assert {SPACE.titles[place] for place in fewer.active} == {"worsening.preventable_share"}


def test_a_plan_says_only_what_differs(tmp_path: Path) -> None:
    mine = tmp_path / "plan.yaml"
    mine.write_text("screening: {trajectories: 7}\nensemble: {with_studies: 3}\n", encoding="utf-8")
    usual, found = read_plan(), read_plan(mine)
    assert found.screening == usual.screening.model_copy(update={"trajectories": 7})
    assert found.ensemble == usual.ensemble.model_copy(update={"with_studies": 3})
    assert found.waves == usual.waves
