"""Sobol indices: known values of the Ishigami and g-functions, straight and through an emulator; refusals."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy.stats import qmc

from sim.analysis import emulated_sobol as emulated
from sim.analysis.emulator import fit_emulator
from sim.analysis.screening import elementary_effects, screening_design
from sim.analysis.sobol import independent_points, sobol_design, sobol_indices

F64 = npt.NDArray[np.float64]
BASE = 1024


def ishigami(points: F64) -> F64:
    x = (2.0 * points - 1.0) * np.pi
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0])


def g_function(points: F64) -> F64:
    return np.asarray(np.prod((np.abs(4.0 * points - 2.0) + WEIGHTS) / (1.0 + WEIGHTS), axis=1))


def ishigami_truth() -> dict[str, list[float]]:
    v1, v2, v13 = 0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 49 / 8, 0.01 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = v1 + v2 + v13
    return {
        "first": [v1 / whole, v2 / whole, 0.0],
        "total": [(v1 + v13) / whole, v2 / whole, v13 / whole],
        "second": [0.0, v13 / whole, 0.0],
    }


def g_truth() -> dict[str, list[float]]:
    parts = 1.0 / (3.0 * (1.0 + WEIGHTS) ** 2)
    whole = np.prod(1.0 + parts) - 1.0
    pairs = [parts[i] * parts[j] for i in range(4) for j in range(i + 1, 4)]
    total = [part * np.prod(np.delete(1.0 + parts, i)) for i, part in enumerate(parts)]
    return {"first": list(parts / whole), "total": [one / whole for one in total], "second": list(pairs / whole)}


CASES = [(ishigami, 3, ishigami_truth()), (g_function, 4, g_truth())]


def by_order(table: pd.DataFrame) -> dict[str, list[float]]:
    return {str(order): rows["value"].tolist() for order, rows in table.groupby("order")}


@pytest.mark.parametrize(("function", "dimensions", "truth"), CASES, ids=["ishigami", "g"])
def test_indices_are_within_3_hundredths_of_the_truth(
    function: Callable[[F64], F64], dimensions: int, truth: dict[str, list[float]]
) -> None:
    points = sobol_design(dimensions, BASE, second_order=True, seed=1)
    table = sobol_indices(function(points), dimensions, second_order=True)
    found = by_order(table)
    for order, values in truth.items():
        assert found[order] == pytest.approx(values, abs=0.03), order
    inside = np.abs(table["value"] - np.concatenate([truth["first"], truth["total"], truth["second"]]))
    assert (inside <= 1.5 * table["half_width"] + 1e-3).mean() >= 0.9
    without = by_order(sobol_indices(function(points_first(dimensions)), dimensions, second_order=False))
    assert without["total"] == pytest.approx(truth["total"], abs=0.03) and "second" not in without


def points_first(dimensions: int) -> F64:
    return sobol_design(dimensions, BASE, second_order=False, seed=1)


@pytest.mark.parametrize(("function", "dimensions", "truth"), CASES, ids=["ishigami", "g"])
def test_screening_ranks_as_the_total_indices_do(
    function: Callable[[F64], F64], dimensions: int, truth: dict[str, list[float]]
) -> None:
    design = screening_design(dimensions, 50, seed=1)
    table = elementary_effects(design, function(design))
    if function is g_function:
        assert table["mu_star"].argsort().tolist()[::-1] == [0, 1, 2, 3]
    else:
        # All three matter, x3 only together with x1: its mean effect is none, its spread is large.
        assert (table["mu_star_low"] > 0.5).all()
        assert abs(table["mu"][2]) < table["sigma"][2]


def test_two_points_of_every_block_are_an_independent_sample() -> None:
    points = sobol_design(3, 8, second_order=True, seed=1)
    chosen = independent_points(points, second_order=True)
    assert len(chosen) == 16 and len(np.unique(points[chosen], axis=0)) == 16
    assert chosen.tolist()[:4] == [0, 7, 8, 15]


WRONG = [
    (np.array([1.0, np.nan] * 8), "values must be finite; 8 of 16 are not"),
    (np.array([1.0, np.inf] * 8), "values must be finite; 8 of 16 are not"),
    (np.full(16, 3.0), "all values are the same"),
    (np.arange(15.0), "whole blocks of 8 points"),
]


@pytest.mark.parametrize(("values", "says"), WRONG, ids=[says for _, says in WRONG])
def test_what_would_silently_be_nothing_is_refused(values: F64, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        sobol_indices(values, 3, second_order=True)


def test_a_base_that_is_no_power_of_two_is_refused() -> None:
    with pytest.raises(ValueError, match="a power of 2"):
        sobol_design(3, 1000, second_order=True, seed=1)


def smooth(points: F64) -> F64:
    """Known indices: variances 4/12, 1/12 and, of the product of two centred numbers, 9/144."""
    return np.asarray(
        2.0 * points[:, 0] + points[:, 1] + 3.0 * (points[:, 0] - 0.5) * (points[:, 1] - 0.5) + 0.0 * points[:, 2]
    )


def test_a_good_emulator_gives_the_indices_and_says_how_sure_it_is() -> None:
    points = qmc.Sobol(3, seed=3).random(64)
    noise = 0.02 * np.sin(1e4 * points.sum(axis=1))
    emulator = fit_emulator(points, smooth(points) + noise, seed=1)
    judged = emulated.quality(emulator)
    assert judged.verdict == "good" and judged.q2 > 0.97
    table = emulated.emulated_indices(emulator, 256, second_order=True, seed=1)
    whole = 4 / 12 + 1 / 12 + 9 / 144
    truth = {
        "first": [4 / 12 / whole, 1 / 12 / whole, 0.0],
        "total": [(4 / 12 + 9 / 144) / whole, (1 / 12 + 9 / 144) / whole, 0.0],
        "second": [9 / 144 / whole, 0.0, 0.0],
    }
    for order, values in truth.items():
        assert by_order(table)[order] == pytest.approx(values, abs=0.03), order
    plain = sobol_indices(emulator.predict(sobol_design(3, 256, second_order=True, seed=1))[0], 3, second_order=True)
    assert (table["half_width"] >= plain["half_width"]).all()
    # The estimators of the jackknife are SALib's.
    own = emulated._values(emulator, sobol_design(3, 256, second_order=True, seed=1), 3, second_order=True)
    assert own == pytest.approx(plain["value"].to_numpy(), abs=1e-9)


def test_an_emulator_that_does_not_predict_is_refused() -> None:
    points = qmc.Sobol(3, seed=3).random(32)
    rough = np.sin(1e4 * points.sum(axis=1))
    assert emulated.quality(fit_emulator(points, rough, seed=1)).verdict == "refused"
    # Too few runs for a function that turns often: what is left over is not luck, as replications tell.
    hard = fit_emulator(points, ishigami(points), seed=1)
    assert emulated.quality(hard, noise_variance=0.0).verdict == "refused"
    assert emulated.quality(fit_emulator(points, np.zeros(32), seed=1)).verdict == "refused"


def test_where_luck_is_most_of_the_variance_no_emulator_is_called_good() -> None:
    points = qmc.Sobol(3, seed=3).random(64)
    emulator = fit_emulator(points, smooth(points), seed=1)
    variance = float(emulator.values.var())
    little, much = (emulated.quality(emulator, noise_variance=share * variance) for share in (0.4, 0.8))
    assert little.verdict == "good"
    # Predicted to more than what luck leaves over: one of the two numbers is wrong, and q2 does not show it.
    assert much.q2 == 1.0 and much.verdict == "poor"


def test_luck_of_means_is_measured_on_replications() -> None:
    assert emulated.noise_of_means(np.array([[1.0, 3.0], [2.0, 2.0]])) == pytest.approx(0.5)
    assert emulated.noise_of_means(np.array([[1.0], [2.0]])) is None
