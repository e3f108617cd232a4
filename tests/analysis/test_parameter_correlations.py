"""Rank correlations of differences with parameters: known answers, false positives, and when there are none."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.analysis.judgement import judgement
from sim.analysis.parameter_correlations import COLUMNS, interval, parameter_correlations, rank_correlations, two_sided
from sim.batch.matrix import compact

SETS = 40


def _sets(sets: int = SETS) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"moves": rng.uniform(size=sets), "idle": rng.uniform(size=sets), "fixed": 1.0})
    table.insert(0, "parameter_set", range(sets))
    return table


def _outcomes(sets: pd.DataFrame, effect: float) -> pd.DataFrame:
    rng = np.random.default_rng(2)
    rows = []
    for at in range(len(sets)):
        level = rng.normal(50.0, 5.0)
        change = effect * np.exp(sets["moves"].iloc[at]) + rng.normal(0.0, 0.05)
        for scenario, value in (("baseline", level), ("team", level + change)):
            rows += [
                (scenario, at, "all", "all", "unmet_need_days", "days per person-year", value),
                (scenario, at, "need_group", "1", "unmet_need_days", "days per person-year", value),
                (scenario, at, "all", "all", "days_in_special_housing", "days per person-year", value),
            ]
    return pd.DataFrame(rows, columns=["scenario", "replication", "group_by", "group", "outcome", "unit", "value"])


def test_finds_what_moves_a_difference_and_leaves_out_what_cannot():
    sets = _sets()
    table = parameter_correlations(compact(_outcomes(sets, -2.0)), sets)
    assert tuple(table.columns) == COLUMNS
    # Headline outcomes of everybody only, and of parameters those that vary.
    assert list(table["parameter"]) == ["moves", "idle"] and set(table["outcome"]) == {"unmet_need_days"}
    moves, idle = table.to_dict("records")
    assert moves["rank_correlation"] < -0.95 and moves["high"] < -0.9 and moves["p_adjusted"] < 1e-6
    assert abs(idle["rank_correlation"]) < 0.4 and idle["p_adjusted"] > 0.05
    assert moves["n"] == SETS


def test_too_few_sets_leave_the_table_empty_and_identical_runs_too():
    few = _sets(int(judgement().fewest_sets) - 1)
    assert parameter_correlations(compact(_outcomes(few, -2.0)), few).empty
    same = _outcomes(_sets(), 0.0)
    same["value"] = 1.0
    assert parameter_correlations(compact(same), _sets()).empty


def test_agrees_with_scipy_ties_included():
    rng = np.random.default_rng(3)
    values, parameters = rng.integers(0, 5, (50, 2)).astype(float), rng.normal(size=(50, 3))
    found = rank_correlations(values, parameters)
    for column in range(2):
        for other in range(3):
            known = stats.spearmanr(values[:, column], parameters[:, other])
            assert found[column, other] == pytest.approx(known.statistic)
            assert two_sided(found, 50)[column, other] == pytest.approx(known.pvalue)


def test_intervals_hold_the_true_correlation_in_about_95_of_100():
    rng, true, held = np.random.default_rng(4), 0.6, 0
    rank = 6.0 / np.pi * np.arcsin(true / 2.0)  # of a normal pair whose correlation is `true`
    for _ in range(400):
        pair = rng.multivariate_normal([0.0, 0.0], [[1.0, true], [true, 1.0]], 60)
        low, high = interval(rank_correlations(pair[:, :1], pair[:, 1:]), 60)
        held += bool(low[0, 0] <= rank <= high[0, 0])
    assert 0.92 <= held / 400 <= 0.98


def test_a_perfect_relation_is_written_without_warnings():
    one = np.arange(30.0)[:, None]
    found = rank_correlations(one, one)
    with np.errstate(all="raise"):
        low, high = interval(found, 30)
    assert found[0, 0] == 1.0 and two_sided(found, 30)[0, 0] == 0.0 and low[0, 0] <= high[0, 0]
