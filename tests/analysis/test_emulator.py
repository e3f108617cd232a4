"""The emulator knows smooth functions, tells luck from signal, and knows how much it does not know."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc
from sklearn.gaussian_process import GaussianProcessRegressor

from sim.analysis.emulator import F64, Emulator, fit_emulator
from sim.analysis.emulator_check import leave_one_out, sum_up

NOISE_SD = 0.2


def _smooth(points: F64) -> F64:
    x = points.T
    return 3.0 * x[0] + np.sin(4.0 * x[1]) + 2.0 * x[2] * x[3]


def _points(count: int, dimensions: int, seed: int = 1) -> F64:
    return qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(count)


def _noisy(points: F64, seed: int = 2) -> F64:
    return _smooth(points) + NOISE_SD * np.random.default_rng(seed).normal(size=len(points))


@pytest.fixture(scope="module")
def emulator() -> Emulator:
    points = _points(180, 7)
    return fit_emulator(points, _noisy(points), seed=1)


def test_it_predicts_the_expected_output_much_closer_than_one_run_would(emulator: Emulator) -> None:
    new = _points(500, 7, seed=3)
    mean, variance = emulator.predict(new)
    error = mean - _smooth(new)
    assert np.sqrt(np.mean(error**2)) < NOISE_SD / 2
    assert 0.90 <= np.mean(np.abs(error) < 2 * np.sqrt(variance)) <= 1.0
    assert np.sqrt(variance.mean()) < NOISE_SD / 2


def test_it_finds_how_much_is_luck(emulator: Emulator) -> None:
    assert emulator.noise_variance == pytest.approx(NOISE_SD**2, rel=0.3)


def test_relevance_is_the_share_of_variance_by_hand(emulator: Emulator) -> None:
    # Variances over the unit cube: 3 x0: 9/12; sin(4 x1): by its integrals; 2 x2 x3 in total 4/12 * (1/3) each.
    sine = (0.5 - np.sin(8.0) / 16.0) - ((1.0 - np.cos(4.0)) / 4.0) ** 2
    both = 4.0 * (1 / 9 - 1 / 16)
    total = 0.75 + sine + both
    product = (4.0 / 12.0) * (1.0 / 3.0)
    expected = np.array([0.75, sine, product, product, 0.0, 0.0, 0.0]) / total
    assert emulator.relevance == pytest.approx(expected, abs=0.04)


def test_a_smooth_function_without_luck_is_known_almost_exactly() -> None:
    points = _points(120, 4)
    emulator = fit_emulator(points, _smooth(points), seed=1)
    new = _points(200, 4, seed=3)
    assert emulator.predict(new)[0] == pytest.approx(_smooth(new), abs=0.02)
    assert emulator.noise_variance < 1e-4


def test_it_predicts_what_scikit_learn_predicts(emulator: Emulator) -> None:
    new = _points(30, 7, seed=3)
    scaled = 2.0 * (new - emulator.low) / (emulator.high - emulator.low) - 1.0
    mean, sd = emulator.process.predict(scaled, return_std=True)
    assert emulator.predict(new)[0] == pytest.approx(emulator.centre + emulator.scale * mean, rel=1e-9)
    assert emulator.predict(new)[1] == pytest.approx((emulator.scale * sd) ** 2, rel=1e-6)


def test_variance_grows_away_from_the_points(emulator: Emulator) -> None:
    inside, outside = emulator.predict(np.full((1, 7), 0.5))[1], emulator.predict(np.full((1, 7), 2.0))[1]
    assert outside > 4.0 * inside


def test_replications_at_one_point_count_as_luck() -> None:
    points = np.repeat(_points(30, 2), 4, axis=0)
    values = points[:, 0] + np.random.default_rng(1).normal(size=len(points))
    assert fit_emulator(points, values, seed=1).noise_variance == pytest.approx(1.0, rel=0.35)


def test_an_output_that_never_changes_is_predicted_as_such() -> None:
    points = _points(40, 3)
    emulator = fit_emulator(points, np.full(40, 7.0), seed=1)
    assert emulator.predict(points)[0] == pytest.approx(np.full(40, 7.0))
    assert emulator.relevance.tolist() == [0.0, 0.0, 0.0]


def test_units_do_not_matter(emulator: Emulator) -> None:
    other = fit_emulator(emulator.points, 5.0 + 1e6 * emulator.values, seed=1)
    new = _points(20, 7, seed=3)
    assert other.predict(new)[0] == pytest.approx(5.0 + 1e6 * emulator.predict(new)[0], rel=1e-3)
    assert other.noise_variance == pytest.approx(1e12 * emulator.noise_variance, rel=1e-2)


def test_same_bytes_again(emulator: Emulator) -> None:
    again = fit_emulator(emulator.points, emulator.values, seed=1)
    new = _points(50, 7, seed=3)
    for one, other in zip(emulator.predict(new), again.predict(new), strict=True):
        assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_refused(bad: float) -> None:
    points, values = _points(20, 2), np.arange(20.0)
    values[3] = bad
    with pytest.raises(ValueError, match="values must be finite; value 3 is not"):
        fit_emulator(points, values, seed=1)
    points[5, 1] = bad
    with pytest.raises(ValueError, match="points must be finite; row 5 is not"):
        fit_emulator(points, np.arange(20.0), seed=1)


def test_shapes_that_do_not_agree_are_refused(emulator: Emulator) -> None:
    with pytest.raises(ValueError, match="one a point"):
        fit_emulator(_points(20, 2), np.arange(19.0), seed=1)
    with pytest.raises(ValueError, match="at least 5 points"):
        fit_emulator(_points(4, 2), np.arange(4.0), seed=1)
    with pytest.raises(ValueError, match=r"\(n, 7\)"):
        emulator.predict(np.zeros((3, 6)))


def test_leaving_one_out_by_formula_is_leaving_one_out_by_hand() -> None:
    points = _points(40, 4)
    emulator = fit_emulator(points, _noisy(points), seed=1)
    table = leave_one_out(emulator)
    kernel, noise = emulator.process.kernel_, emulator.noise_variance / emulator.scale**2
    scaled = 2.0 * (points - emulator.low) / (emulator.high - emulator.low) - 1.0
    standard = (emulator.values - emulator.centre) / emulator.scale
    for left_out in (0, 17, 39):
        rest = np.arange(40) != left_out
        process = GaussianProcessRegressor(kernel, alpha=noise, optimizer=None).fit(scaled[rest], standard[rest])
        mean, sd = process.predict(scaled[[left_out]], return_std=True)
        row = table.iloc[left_out]
        assert row["predicted"] == pytest.approx(emulator.centre + emulator.scale * mean[0], rel=1e-6)
        assert row["sd"] == pytest.approx(emulator.scale * np.sqrt(sd[0] ** 2 + noise), rel=1e-6)
        assert row["standardised"] == pytest.approx((row["value"] - row["predicted"]) / row["sd"])


def test_errors_of_a_sound_emulator_are_as_large_as_it_says(emulator: Emulator) -> None:
    found = sum_up(emulator)
    assert found.points == 180
    assert 0.90 <= found.within_2 <= 1.0
    assert found.within_3 >= 0.97
    assert 0.9 < found.r2 < 1.0 - 0.8 * found.noise_share
