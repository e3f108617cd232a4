"""Chance of the simulation apart from uncertainty of parameters."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.two_level import COLUMNS, differences_over_sets, means_of_sets, two_level


def test_worked_out_by_hand():
    # Sets (1, 3) and (7, 9): set means 2 and 8, within variance 2, between (36/2 x 2 - 2) / 2 = 17.
    found = two_level(np.array([1.0, 3.0, 7.0, 9.0]), np.array([0, 0, 1, 1]))
    assert found["mean"] == 5.0
    assert found["sd_chance"] ** 2 == pytest.approx(2.0)
    assert found["sd_parameters"] ** 2 == pytest.approx(17.0)
    assert found["parameter_share"] == pytest.approx(17 / 19)
    # Over both levels: set means have sd 4.243, one degree of freedom, t 12.706.
    assert found["high"] - 5.0 == pytest.approx(12.7062 * np.std([2, 8], ddof=1) / np.sqrt(2), rel=1e-4)
    # Chance alone: variance 2 in each of four runs, two degrees of freedom, t 4.3027.
    assert found["high_chance"] - 5.0 == pytest.approx(4.30265 * np.sqrt(2.0 / 4), rel=1e-4)
    assert (found["sets"], found["runs"]) == (2, 4)


@pytest.mark.parametrize("numbers", [[4] * 60, [2, 3, 4, 9] * 15, [1, 8] * 30])
def test_finds_known_components_with_equal_and_unequal_numbers(numbers):
    rng, found = np.random.default_rng(3), []
    code = np.repeat(np.arange(len(numbers)), numbers)
    for _ in range(300):
        values = 10.0 + rng.normal(0.0, 3.0, len(numbers))[code] + rng.normal(0.0, 2.0, len(code))
        found.append(two_level(values, code))
    assert np.mean([one["sd_parameters"] ** 2 for one in found]) == pytest.approx(9.0, rel=0.05)
    assert np.mean([one["sd_chance"] ** 2 for one in found]) == pytest.approx(4.0, rel=0.05)
    covered = np.mean([one["low"] <= 10.0 <= one["high"] for one in found])
    assert 0.92 <= covered <= 0.98
    width = np.mean([one["high_parameters"] - one["low_parameters"] for one in found])
    assert width == pytest.approx(2 * 1.96 * 3.0, rel=0.08)


def test_chance_alone_gives_no_parameter_share_on_average():
    rng = np.random.default_rng(6)
    code = np.repeat(np.arange(30), 5)
    shares = [two_level(rng.normal(size=150), code)["parameter_share"] for _ in range(200)]
    assert np.median(shares) < 0.02 and np.mean(shares) < 0.06


def test_what_cannot_be_told_is_empty():
    one_each = two_level(np.array([1.0, 2.0, 4.0]), np.array([0, 1, 2]))
    assert np.isfinite([one_each["mean"], one_each["low"], one_each["high"]]).all()
    assert np.isnan([one_each[name] for name in ("sd_chance", "sd_parameters", "parameter_share", "low_chance")]).all()
    one_set = two_level(np.array([1.0, 2.0, 4.0]), np.zeros(3))
    assert np.isnan([one_set["low"], one_set["sd_parameters"]]).all() and np.isfinite(one_set["low_chance"])
    with pytest.raises(ValueError, match="no value"):
        two_level(np.zeros(0), np.zeros(0))


def test_equal_values_have_no_spread_at_all():
    found = two_level(np.full(6, 0.1), np.repeat([0, 1, 2], 2))
    assert (found["mean"], found["low"], found["high"], found["sd_parameters"], found["sd_chance"]) == (
        *(0.1, 0.1, 0.1),
        *(0.0, 0.0),
    )


def _ensemble_table() -> pd.DataFrame:
    rng, rows = np.random.default_rng(8), []
    effects = rng.normal(-5.0, 2.0, 20)
    for replication in range(80):
        level = rng.normal(100.0, 10.0)
        for scenario, effect in (("baseline", 0.0), ("a", effects[replication // 4] + rng.normal(0.0, 1.0))):
            rows.append((scenario, replication, replication // 4, level + effect))
    table = pd.DataFrame(rows, columns=["scenario", "replication", "parameter_set", "value"])
    return table.assign(group_by="all", group="all", outcome="cost_sek", unit="SEK")


def test_differences_of_an_ensemble_are_paired_within_sets():
    found = differences_over_sets(_ensemble_table())
    assert tuple(found.columns) == COLUMNS and len(found) == 1
    row = found.iloc[0]
    assert (row.sets, row.runs, row.scenario) == (20, 80, "a")
    assert row.low < -5.0 < row.high
    assert row.sd_chance == pytest.approx(1.0, rel=0.2)
    assert row.sd_parameters == pytest.approx(2.0, rel=0.4)
    assert row.high_chance - row.low_chance < row.high - row.low < row.high_parameters - row.low_parameters


def test_sets_stand_as_replications():
    table = means_of_sets(_ensemble_table())
    assert sorted(set(table["replication"])) == list(range(20))
    assert len(table) == 40 and set(table["scenario"]) == {"baseline", "a"}
