"""History matching on toys whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.diagnosis import diagnose
from calibration.implausibility import F64, Aim, Cutoffs
from calibration.levels import NothingLeftError
from calibration.matching import Match, match_history
from calibration.waves import Wave, first_points, fit_wave, next_points, not_ruled_out, over_any, shrink, whole_space

TRUTH = np.array([0.3, 0.7, 0.5, 0.5])
VARIANCE = 0.02**2


def _simulate(points: F64, seed: int) -> F64:
    """Return a line, a curve and an output that nothing moves; the last two dimensions do nothing."""
    first, second = 2.0 * points[:, 0], points[:, 1] ** 2 + 0.5 * points[:, 0]
    luck = 0.02 * np.random.default_rng(seed).standard_normal((len(points), 3))
    return np.stack([first, second, np.ones(len(points))], axis=1) + luck


def _aims(values: F64) -> list[Aim]:
    return [
        Aim(id=name, value=float(value), observation_variance=VARIANCE, discrepancy_variance=VARIANCE)
        for name, value in zip(("line", "curve", "flat"), values, strict=True)
    ]


EXPECTED = np.array([0.6, 0.64, 1.0])


@pytest.fixture(scope="module")
def match() -> Match:
    return match_history(_simulate, 4, _aims(EXPECTED), waves=2, runs=40, seed=1, sample=512)


def test_the_truth_is_kept_and_what_is_far_is_ruled_out(match: Match) -> None:
    assert not_ruled_out(TRUTH[None, :], match.waves).all()
    far = np.array([[0.9, 0.7, 0.5, 0.5], [0.3, 0.1, 0.5, 0.5]])
    assert not not_ruled_out(far, match.waves).any()


def test_the_space_shrinks_to_about_what_the_variances_leave(match: Match) -> None:
    # By hand, with three variances of 0.02 squared: 2 x0 within 3 sd of 0.6, and x1 squared within 3 sd of 0.49.
    sd = np.sqrt(3.0) * 0.02
    by_hand = (6 * sd / 2.0) * (np.sqrt(0.49 + 3 * sd) - np.sqrt(0.49 - 3 * sd))
    first, second = (space.share for space in match.spaces)
    assert second <= first < 0.05
    assert second == pytest.approx(by_hand, rel=0.35)
    kept = match.spaces[-1].points
    assert not_ruled_out(kept, match.waves).all()
    assert kept[:, 0].mean() == pytest.approx(0.3, abs=0.02)
    assert kept[:, 2:].std(axis=0) == pytest.approx(np.full(2, np.sqrt(1 / 12)), rel=0.15)


def test_the_diagnosis_names_what_pulls_and_what_is_left(match: Match) -> None:
    first = match.diagnoses[0]
    aims, parameters = first.aims.set_index("aim"), first.parameters
    assert first.share_before == 1.0 and first.share_left == match.spaces[0].share
    assert aims.loc["line", "ruled_out"] == pytest.approx(1.0 - 6 * np.sqrt(3) * 0.02 / 2, abs=0.03)
    assert aims.loc["flat", ["ruled_out", "only_by_this"]].tolist() == [0.0, 0.0]
    assert aims["pulls"].sum() == pytest.approx(1.0)
    assert aims.loc["line", "pulls"] > aims.loc["flat", "pulls"]
    shares = [f"{name}_share" for name in ("emulator", "monte_carlo", "observation", "discrepancy")]
    assert aims[shares].sum(axis=1).to_numpy() == pytest.approx(np.ones(3))
    assert aims.loc["line", "observation_share"] == pytest.approx(1 / 3, abs=0.08)
    assert (parameters["variance_reduction"][:2] > 0.9).all()
    assert (parameters["variance_reduction"][2:].abs() < 0.25).all()
    assert parameters["relevance"][:2].min() > 2.0 * parameters["relevance"][2:].max()
    again = diagnose(match.waves[0], whole_space(4, seed=1, sample=512), match.spaces[0])
    assert again.aims.equals(first.aims)


def test_leaving_aims_out_early_judges_as_asking_all_of_them(match: Match) -> None:
    wave, points = match.waves[0], whole_space(4, seed=5, sample=256).points
    fully, early = wave.over(points), wave.over(points, 1.0)
    assert fully == pytest.approx((wave.implausibilities(points) / 3.0).max(axis=1))
    assert np.array_equal(early <= 1.0, fully <= 1.0)
    assert early[early <= 1.0] == pytest.approx(fully[fully <= 1.0])
    together = over_any(points, match.waves, np.inf)
    assert np.array_equal(np.isinf(together), fully > 1.0)


def test_second_and_third_largest_are_heeded(match: Match) -> None:
    loose = match.waves[0]
    strict = Wave(
        number=1, aims=loose.aims, emulators=loose.emulators, cutoffs=Cutoffs(largest=3.0, second=1.0, third=0.5)
    )
    points = whole_space(4, seed=5, sample=256).points
    ordered = -np.sort(-loose.implausibilities(points), axis=1)
    assert strict.over(points) == pytest.approx((ordered / [3.0, 1.0, 0.5]).max(axis=1))


def test_next_points_lie_in_what_is_left_and_apart(match: Match) -> None:
    space = match.spaces[0]
    chosen = next_points(space, 40, seed=1)
    assert not_ruled_out(chosen, match.waves[:1]).all()
    assert len(np.unique(chosen, axis=0)) == 40
    spread = space.points.std(axis=0)

    def closest(points: F64) -> float:
        apart = np.linalg.norm((points[:, None] - points[None]) / spread, axis=2)
        return float((apart + np.diag(np.full(len(points), np.inf))).min())

    assert closest(chosen) > 2.0 * closest(space.points[:40])
    assert chosen.tobytes() == next_points(space, 40, seed=1).tobytes()
    with pytest.raises(ValueError, match="600 are asked for"):
        next_points(space, 600, seed=1)


def test_the_first_points_fill_every_dimension() -> None:
    points = first_points(6, 32, seed=1)
    assert np.array_equal(np.sort((points * 32).astype(int), axis=0), np.tile(np.arange(32)[:, None], (1, 6)))


def test_an_aim_out_of_reach_leaves_nothing() -> None:
    points = first_points(4, 40, seed=1)
    wave = fit_wave(1, points, _simulate(points, 1), _aims(np.array([0.6, 0.64, 3.0])), seed=1)
    with pytest.raises(NothingLeftError):
        shrink(whole_space(4, seed=1, sample=256), [wave], seed=1)


def test_outputs_must_match_points_and_aims() -> None:
    points = first_points(4, 40, seed=1)
    with pytest.raises(ValueError, match=r"\(40, 3\)"):
        fit_wave(1, points, _simulate(points, 1)[:, :2], _aims(EXPECTED), seed=1)
    outputs = _simulate(points, 1)
    outputs[3, 1] = np.nan
    with pytest.raises(ValueError, match="values must be finite; value 3"):
        fit_wave(1, points, outputs, _aims(EXPECTED), seed=1)


def test_same_bytes_again(match: Match) -> None:
    again = match_history(_simulate, 4, _aims(EXPECTED), waves=2, runs=40, seed=1, sample=512)
    assert again.spaces[-1].points.tobytes() == match.spaces[-1].points.tobytes()
