"""Screening finds what matters, tells it from luck and refuses what is no number."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.screening import (
    STEP,
    Tolerance,
    dimensions_that_matter,
    elementary_effects,
    matters,
    screening_design,
)

POINTS = screening_design(5, 20, seed=1)


def _linear(noise_sd: float = 0.0) -> pd.DataFrame:
    luck = noise_sd * np.random.default_rng(1).normal(size=len(POINTS))
    return elementary_effects(POINTS, 4.0 * POINTS[:, 0] - 2.0 * POINTS[:, 1] + luck)


def test_the_design_steps_through_the_cube_one_dimension_at_a_time() -> None:
    assert POINTS.shape == (20 * 6, 5)
    assert POINTS.min() >= 0.0 and POINTS.max() <= 1.0
    steps = np.diff(POINTS.reshape(20, 6, 5), axis=1)
    assert (np.abs(steps) > 0).sum(axis=2).tolist() == [[1] * 5] * 20
    assert np.unique(np.abs(steps[steps != 0.0])) == pytest.approx(STEP)
    assert screening_design(5, 20, seed=1).tobytes() == POINTS.tobytes()
    assert screening_design(5, 20, seed=2).tobytes() != POINTS.tobytes()


def test_effects_of_a_linear_function_are_its_slopes() -> None:
    table = _linear()
    assert table["mu"].to_numpy() == pytest.approx([4.0, -2.0, 0.0, 0.0, 0.0], abs=1e-9)
    assert table["mu_star"].to_numpy() == pytest.approx([4.0, 2.0, 0.0, 0.0, 0.0], abs=1e-9)
    assert table["sigma"].to_numpy() == pytest.approx(np.zeros(5), abs=1e-9)
    assert table["mu_star_low"].to_numpy() == pytest.approx(table["mu_star_high"].to_numpy(), abs=1e-9)


def test_what_cancels_or_interacts_is_seen_in_the_spread() -> None:
    x, y = POINTS.T[0], POINTS.T[1]
    table = elementary_effects(POINTS, (x - 0.5) * (y - 0.5))
    assert abs(table["mu"][0]) < 0.2 * table["mu_star"][0] + 0.1
    assert (table["sigma"][:2] > 0.1).all() and (table["sigma"][2:] < 1e-9).all()
    assert ((table["mu_star_low"] <= table["mu_star"]) & (table["mu_star"] <= table["mu_star_high"])).all()


def test_a_dimension_matters_by_what_the_target_tolerates() -> None:
    effects = {"strict": _linear(), "loose": _linear()}
    judged = matters(effects, {"strict": Tolerance(sd=1.0), "loose": Tolerance(sd=12.0)}, least=0.25)
    strict, loose = judged[judged["target"] == "strict"], judged[judged["target"] == "loose"]
    assert strict["matters"].tolist() == [True, True, False, False, False]
    assert loose["matters"].tolist() == [True, False, False, False, False]
    assert loose["relative"].to_numpy()[:2] == pytest.approx([4.0 / 12.0, 2.0 / 12.0])
    assert dimensions_that_matter(judged) == [0, 1]


def test_luck_does_not_make_a_dimension_matter_but_leaves_it_unclear() -> None:
    tolerance = {"a": Tolerance(sd=1.0, noise_variance=1.0)}
    judged = matters({"a": _linear(noise_sd=1.0)}, tolerance)
    # By hand: a difference of two runs has sd root 2; the mean of its absolute value is that times root of 2 / pi.
    assert judged["noise_floor"].to_numpy() == pytest.approx(np.sqrt(2.0) * np.sqrt(2.0 / np.pi) / STEP)
    assert judged["mu_star"].to_numpy()[2:] == pytest.approx(judged["noise_floor"].to_numpy()[2:], rel=0.35)
    assert judged["matters"].tolist() == [True, False, False, False, False]
    assert judged["unclear"].tolist()[2:] == [True, True, True]
    assert dimensions_that_matter(judged, with_unclear=False) == [0]


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_not_finite_is_refused(bad: float) -> None:
    values = np.zeros(len(POINTS))
    values[7] = bad
    with pytest.raises(ValueError, match="values must be finite; 1 are not"):
        elementary_effects(POINTS, values)


def test_points_of_another_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="whole trajectories"):
        elementary_effects(POINTS[:-1], np.zeros(len(POINTS) - 1))
    with pytest.raises(ValueError, match="one dimension moves at each step"):
        elementary_effects(POINTS[::-1][np.random.default_rng(1).permutation(len(POINTS))], np.zeros(len(POINTS)))
    with pytest.raises(ValueError, match="2 trajectories"):
        screening_design(3, 1, seed=1)
    with pytest.raises(ValueError, match="no tolerance for a"):
        matters({"a": _linear()}, {})
