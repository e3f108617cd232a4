"""Regret: by hand on three futures and three choices, without luck, whatever the order of the choices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.analysis.regret import regret, regret_rows, without_luck
from sim.analysis.share import share_interval

ABOUT = {"criterion": "cost_sek", "unit": "SEK per person-year", "group_by": "all", "group": "all"}
THREE = np.array([[10.0, 12.0, 11.0], [9.0, 3.0, 8.0], [5.0, 5.0, 1.0]])
"""Futures in rows, choices in columns; more is better."""
VALUES = arrays(np.float64, (7, 3, 3), elements=st.floats(-1e3, 1e3, allow_subnormal=False))


def test_three_futures_and_three_choices_by_hand() -> None:
    assert regret(THREE).tolist() == [[2.0, 0.0, 1.0], [0.0, 6.0, 1.0], [0.0, 0.0, 4.0]]
    rows = regret_rows(ABOUT, ("a", "b", "c"), THREE[:, None, :], seed=1).set_index("scenario")
    assert rows["mean"].tolist() == pytest.approx([2 / 3, 2.0, 2.0])
    assert rows["median"].tolist() == [0.0, 0.0, 1.0] and rows["max"].tolist() == [2.0, 6.0, 4.0]
    assert rows["worst_future"].tolist() == [0, 1, 2]
    # In the third future two are best, each with half of it.
    assert rows["best_share"].tolist() == pytest.approx([0.5, 0.5, 0.0])
    assert rows["least_mean"].tolist() == rows["least_max"].tolist() == [True, False, False]
    assert rows["least_mean_share"].sum() == pytest.approx(1.0)
    assert np.isnan(rows["luck_share"]).all() and rows["mean_with_luck"].tolist() == rows["mean"].tolist()
    assert (rows["low"] <= rows["mean"]).all() and (rows["mean"] <= rows["high"]).all()


@settings(max_examples=50, deadline=None)
@given(values=VALUES, order=st.permutations([0, 1, 2]))
def test_never_below_zero_always_a_best_one_and_no_order_matters(values: np.ndarray, order: list[int]) -> None:
    found = regret(without_luck(values).values)
    assert (found >= 0.0).all() and (found.min(axis=1) == 0.0).all()
    again = regret(without_luck(values[:, :, order]).values)
    assert again == pytest.approx(found[:, order], abs=1e-4 * (1.0 + np.abs(values).max()))


def test_a_level_that_all_choices_share_is_no_regret() -> None:
    rng = np.random.default_rng(4)
    values = rng.normal(size=(30, 2, 3))
    level = 1000.0 * rng.normal(size=(30, 2, 1))
    assert regret(without_luck(values + level).values) == pytest.approx(regret(without_luck(values).values), abs=1e-6)


def noisy(futures: int, spread: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return true values of three choices, and runs of them, two a future, with paired luck."""
    rng = np.random.default_rng(seed)
    parameter = rng.random((futures, 2))
    truth = np.column_stack([np.zeros(futures), parameter[:, 0] - 0.5, 2.0 * (parameter[:, 1] - 0.5)])
    luck = rng.normal(0.0, spread, (futures, 2, 3)) + rng.normal(0.0, 5.0, (futures, 2, 1))
    return truth, truth[:, None, :] + luck


def test_luck_is_taken_out_of_regret() -> None:
    found = []
    for seed in range(40):
        truth, values = noisy(60, 0.6, seed)
        found.append([regret(one).mean() for one in (truth, without_luck(values).values, values.mean(axis=1))])
    true, freed, raw = np.mean(found, axis=0)
    assert raw > 1.25 * true
    assert freed == pytest.approx(true, rel=0.05)


def test_where_all_is_luck_nothing_is_left_but_the_difference_of_the_means() -> None:
    rng = np.random.default_rng(2)
    values = rng.normal(size=(400, 2, 3)) + np.array([0.0, 0.0, 1.0])
    found = without_luck(values)
    assert found.luck_share == pytest.approx(1.0, abs=0.15)
    rows = regret_rows(ABOUT, ("a", "b", "c"), values, seed=1).set_index("scenario")
    assert rows.loc["c", "mean"] < 0.25 * rows.loc["c", "mean_with_luck"]


def test_without_any_luck_nothing_changes() -> None:
    values = np.repeat(THREE[:, None, :], 2, axis=1)
    found = without_luck(values)
    assert found.luck_share == pytest.approx(0.0, abs=1e-9)
    assert regret(found.values) == pytest.approx(regret(THREE), abs=1e-6)
    same = without_luck(np.ones((5, 2, 3)))
    assert same.luck_share == 0.0 and (regret(same.values) == 0.0).all()


def test_choices_that_are_the_same_share_being_best() -> None:
    rng = np.random.default_rng(8)
    one = rng.normal(size=(50, 2, 1))
    rows = regret_rows(ABOUT, ("a", "b", "c"), np.concatenate([one, one, one - 1.0], axis=2), seed=1)
    assert rows["best_share"].tolist() == pytest.approx([0.5, 0.5, 0.0])
    assert rows["least_max"].tolist() == [True, True, False]


def test_interval_of_a_share_is_wilsons() -> None:
    assert share_interval(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert share_interval(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert share_interval(10, 10)[1] == 1.0 and np.isnan(share_interval(0, 0)).all()
