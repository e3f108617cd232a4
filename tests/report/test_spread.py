import pandas as pd
import pytest

from sim.report.spread import read_curve, read_spread, read_spreads

ROWS = pd.DataFrame(
    [
        ("baseline", 0, "a", 0.0, 0.5),
        ("baseline", 0, "a", 1.0, 0.25),
        ("baseline", 0, "a", 2.0, 0.25),
        ("baseline", 1, "a", 0.0, 0.0),
        ("baseline", 1, "a", 1.0, 8.0),
        ("baseline", 1, "a", 2.0, 0.0),
        ("team", 0, "b", 0.0, 1.0),
    ],
    columns=["scenario", "replication", "group", "x", "value"],
)


def test_quantiles_are_spread_evenly_over_each_bin():
    spread = read_spread(ROWS, "baseline", "a")
    assert spread.quantile(0.25, 1.0) == pytest.approx([0.5, 1.25])
    assert spread.quantile(0.75, 1.0) == pytest.approx([2.0, 1.75])


def test_the_last_bin_has_no_width():
    spread = read_spread(ROWS, "baseline", "a")
    assert spread.quantile(0.9, 1.0) == pytest.approx([2.0, 1.9])


def test_counts_become_shares():
    assert read_spread(ROWS, "baseline", "a").shares.sum(axis=1) == pytest.approx([1.0, 1.0])


def test_scenarios_without_the_group_are_left_out_and_bins_can_be_moved():
    found = read_spreads(ROWS, ["baseline", "team"], "a", shift=-0.5)
    assert list(found) == ["baseline"]
    assert list(found["baseline"].x) == [-0.5, 0.5, 1.5]


def test_curve_keeps_replications_apart():
    x, values = read_curve(ROWS, "baseline", "a")
    assert list(x) == [0.0, 1.0, 2.0]
    assert values.shape == (2, 3)
    assert read_curve(ROWS, "team", "a") is None
