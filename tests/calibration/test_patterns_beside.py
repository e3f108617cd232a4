"""Patterns beside what is published, and how a level over runs or over parameter sets is told."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from calibration.patterns import COLUMNS, pattern_table, read_published
from calibration.spread import level
from sim.config.errors import InputError
from sim.outcomes.patterns import UNITS


def runs(*values: float, pattern: str = "high_region_cost_still", group: str = "1") -> pd.DataFrame:
    return pd.DataFrame({"pattern": pattern, "group": group, "replication": range(len(values)), "value": values})


def test_every_published_figure_is_of_a_pattern_there_is_and_says_where_it_is_from() -> None:
    for (pattern, _), one in read_published().items():
        assert pattern in UNITS
        assert len(one.source) > 10 and len(one.note) > 10


def test_a_pattern_with_a_range_is_judged_and_one_without_is_not() -> None:
    found = pattern_table(pd.concat([runs(0.2, 0.3), runs(0.5, 0.7, group="5")], ignore_index=True))
    assert tuple(found.columns) == COLUMNS
    first, second = found.to_dict("records")
    assert (first["simulated"], first["n"], first["inside"]) == (0.25, 2, True)
    assert first["sim_high"] - 0.25 == pytest.approx(12.706205 * 0.05, rel=1e-6)
    assert second["inside"] is None and np.isnan(second["low"]) and second["source"] == ""
    assert pattern_table(runs(0.9)).loc[0, "inside"] == False  # noqa: E712  # None is neither


def test_a_bad_figure_is_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "patterns.yaml"
    head = "patterns:\n  - {pattern: high_cost, group: all, published: null, low: 0.1, high: 0.2,\n"
    path.write_text(head + "     strength: weak, range: published, source: somewhere, note: none}\n")
    with pytest.raises(InputError, match="there is no pattern high_cost"):
        read_published(path)


def test_over_sets_the_interval_is_the_middle_of_the_sets_and_does_not_shrink() -> None:
    values = np.repeat(np.linspace(0.0, 1.0, 41), 2) + np.tile([-0.1, 0.1], 41)
    sets = np.repeat(np.arange(41), 2)
    found = level(values, sets)
    assert (found.n, found.mean) == (41, pytest.approx(0.5))
    assert (found.low, found.high) == (pytest.approx(0.025), pytest.approx(0.975))
    few = level(np.array([1.0, 2.0, 3.0]), np.array([0, 1, 2]))
    assert few.high - 2.0 == pytest.approx(4.302653 * np.sqrt(1 + 1 / 3), rel=1e-5), "where a fourth would lie"
    twice = level(np.tile(values, 2), np.concatenate([sets, sets + 100]))
    assert twice.high - twice.low == pytest.approx(0.95, abs=0.03)


def test_runs_without_a_value_are_left_out() -> None:
    assert level(np.array([np.nan, 2.0])).mean == 2.0
    nothing = level(np.array([np.nan]))
    assert nothing.n == 0 and np.isnan(nothing.mean)
    assert np.isnan(level(np.array([2.0]), np.array([0])).low)
