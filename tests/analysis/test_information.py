"""Value of information: closed forms of linear models with normal inputs, luck that cannot be known, refusals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm, qmc

from sim.analysis.information import luck_floor, value_of_choice, worth_of_knowing
from sim.analysis.ranking import share_best, share_best_by_third

SETS = 1024
MEAN, SLOPES = 0.5, np.array([2.0, 1.0, 0.0])


def normal_inputs(dimensions: int = 4) -> np.ndarray:
    points = qmc.Sobol(dimensions, seed=5).random(SETS)
    return np.asarray(norm.ppf(np.clip(points, 1e-6, 1 - 1e-6)))


def closed_form(sd: float) -> float:
    """Return the value of knowing all of a normal gain with mean MEAN that varies by `sd`, against nothing."""
    return float(MEAN * norm.cdf(MEAN / sd) + sd * norm.pdf(MEAN / sd) - MEAN)


@pytest.fixture(scope="module")
def inputs() -> np.ndarray:
    return normal_inputs()


@pytest.fixture(scope="module")
def values(inputs: np.ndarray) -> np.ndarray:
    """Two options, whose common level moves a lot and decides nothing; the last input is luck."""
    gain = MEAN + inputs[:, :3] @ SLOPES + 1.0 * inputs[:, 3]
    level = 10.0 * inputs[:, 2]
    return np.column_stack([level, level + gain])


@pytest.mark.parametrize("dimension", [0, 1])
def test_worth_of_one_parameter_is_the_closed_form(inputs: np.ndarray, values: np.ndarray, dimension: int) -> None:
    found = worth_of_knowing(values, inputs[:, dimension])
    truth = closed_form(SLOPES[dimension])
    assert found.mean == pytest.approx(truth, rel=0.12)
    assert found.low < truth < found.high and found.mean > luck_floor([found])


def test_what_decides_nothing_is_worth_nothing_though_it_moves_the_level(
    inputs: np.ndarray, values: np.ndarray
) -> None:
    found = worth_of_knowing(values, inputs[:, 2])
    assert found.mean < 0.02 and found.mean <= luck_floor([found])


def test_a_bent_effect_is_found_where_a_line_sees_nothing(inputs: np.ndarray) -> None:
    gain = inputs[:, 0] ** 2 - 1.0
    values = np.column_stack([np.zeros(SETS), gain + 0.1 * inputs[:, 3]])
    # E max(z^2 - 1, 0) of a standard normal z is 2 phi(1).
    assert worth_of_knowing(values, inputs[:, 0]).mean == pytest.approx(2 * norm.pdf(1.0), rel=0.1)


def test_three_options_and_the_value_of_all_information() -> None:
    expected = np.array([[0.0, 3.0, 1.0], [0.0, -3.0, 1.0]])
    assert value_of_choice(expected) == pytest.approx((3.0 + 1.0) / 2 - 1.0)
    assert share_best(expected).tolist() == [0.0, 0.5, 0.5]
    assert share_best(np.zeros((4, 2))).tolist() == [0.5, 0.5]


def test_shares_by_third_follow_the_parameter() -> None:
    parameter = np.arange(9.0)
    values = np.column_stack([np.zeros(9), parameter - 4.5])
    low, high = share_best_by_third(values, parameter)
    assert (low.tolist(), high.tolist()) == ([1.0, 0.0], [0.0, 1.0])


def test_same_numbers_again(inputs: np.ndarray, values: np.ndarray) -> None:
    one, two = (worth_of_knowing(values, inputs[:, 0]) for _ in range(2))
    assert (one.mean, one.low, one.high, one.by_luck.tolist()) == (two.mean, two.low, two.high, two.by_luck.tolist())


def test_of_many_that_decide_nothing_hardly_any_seems_worth_knowing() -> None:
    points = qmc.Sobol(12, seed=7).random(64)
    values = np.column_stack([np.zeros(64), norm.ppf(np.clip(points[:, 0], 1e-6, 1 - 1e-6))])
    worths = [worth_of_knowing(values, points[:, place], seed=place + 1) for place in range(1, 12)]
    assert sum(one.mean > luck_floor(worths) for one in worths) == 0
    # More parameters, more chances: the floor rises with their number.
    assert luck_floor(worths) > luck_floor(worths[:1])


WRONG = [
    (np.full((30, 2), np.nan), np.arange(30.0), "values must be finite; 60 are not"),
    (np.zeros((30, 2)), np.full(30, np.inf), "parameter must be finite; 30 are not"),
    (np.zeros((30, 1)), np.arange(30.0), "expected values"),
    (np.zeros((19, 2)), np.arange(19.0), "at least 20 parameter sets are needed, found 19"),
]


@pytest.mark.parametrize(("values", "parameter", "says"), WRONG, ids=[says for *_, says in WRONG])
def test_wrong_input_is_refused(values: np.ndarray, parameter: np.ndarray, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        worth_of_knowing(values, parameter)
