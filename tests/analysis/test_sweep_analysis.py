"""Levels, differences and changes along a sweep, and from where on more gives nothing more: by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from sim.analysis.sweep import LEVELS_OFF_COLUMNS, SWEEP_COLUMNS, levels_off, read_values, sweep_table
from sim.batch.matrix import Matrix, compact
from sim.config.sweep_plan import Point
from sim.outcomes.outcome import all_outcomes

DAYS, QALYS = (all_outcomes()[name] for name in ("unmet_need_days", "qalys"))
LUCK = (0.0, 1.0, 3.0, -1.0)
"""What a replication adds in every scenario alike: it falls out of every difference."""


def runs(levels: dict[str, float], noise: Callable[[str, int], float] = lambda name, replication: 0.0) -> Matrix:
    rows = [
        (scenario, replication, "all", "all", outcome.id, outcome.unit, level + luck + noise(scenario, replication))
        for scenario, level in levels.items()
        for replication, luck in enumerate(LUCK)
        for outcome in (DAYS, QALYS)
    ]
    columns = ["scenario", "replication", "group_by", "group", "outcome", "unit", "value"]
    return compact(pd.DataFrame(rows, columns=columns))


def points(count: int, against: str | None = "today") -> tuple[Point, ...]:
    return tuple(
        Point(number=number, values=(10.0 * number,), scenario=f"s{number}", against=against) for number in range(count)
    )


def test_levels_differences_and_changes_are_those_worked_out_by_hand() -> None:
    matrix = runs({"today": 100.0, "s0": 90.0, "s1": 85.0, "s2": 95.0})
    table = sweep_table(read_values(matrix, points(3), [DAYS], "new", "today"))
    assert tuple(table.columns) == SWEEP_COLUMNS and len(table) == 6
    own = table[table["scenario"] == "new"]
    assert own["mean"].tolist() == pytest.approx([90.75, 85.75, 95.75])
    assert own["difference"].tolist() == pytest.approx([-10.0, -15.0, -5.0])
    assert own["change"].tolist() == pytest.approx([0.0, -5.0, 5.0])
    # The luck that all share leaves no width in differences, but in levels.
    assert own["difference_low"].tolist() == own["difference_high"].tolist() == own["difference"].tolist()
    assert (own["high"] > own["low"] + 1).all()
    today = table[table["scenario"] == "today"]
    assert today["mean"].tolist() == pytest.approx([100.75] * 3) and today["difference"].isna().all()
    assert own["x"].tolist() == [0.0, 10.0, 20.0] and own["y"].isna().all()


def test_the_interval_of_a_difference_is_the_paired_t_interval() -> None:
    odd = {0: 1.0, 1: -1.0, 2: 2.0, 3: -2.0}
    matrix = runs({"today": 100.0, "s0": 90.0}, lambda name, replication: odd[replication] * (name == "s0"))
    row = sweep_table(read_values(matrix, points(1), [DAYS], "new", "today")).set_index("scenario").loc["new"]
    sd = np.std([1.0, -1.0, 2.0, -2.0], ddof=1)
    half = 3.182446 * sd / 2.0
    assert (row["difference_low"], row["difference_high"]) == pytest.approx((-10.0 - half, -10.0 + half), rel=1e-5)


def test_with_a_parameter_set_of_its_own_in_each_run_the_interval_is_that_of_one_more_set() -> None:
    odd = {0: 1.0, 1: -1.0, 2: 2.0, 3: -2.0}
    matrix = runs({"today": 100.0, "s0": 90.0}, lambda name, replication: odd[replication] * (name == "s0"))
    swept = read_values(matrix, points(1), [DAYS], "new", "today", of_next_run=True)
    row = sweep_table(swept).set_index("scenario").loc["new"]
    half = 3.182446 * np.std([1.0, -1.0, 2.0, -2.0], ddof=1) * np.sqrt(1.0 + 1.0 / 4.0)
    assert (row["difference_low"], row["difference_high"]) == pytest.approx((-10.0 - half, -10.0 + half), rel=1e-5)


def test_what_sets_disagree_on_is_no_gain_from_one_value_to_the_next() -> None:
    # On average the second value is better by 2, and in the mean clearly so; in single sets it need not be.
    gains = {0: -0.5, 1: -3.5, 2: -1.0, 3: -3.0}
    matrix = runs({"today": 100.0, "s0": 90.0, "s1": 90.0}, lambda name, run: gains[run] * (name == "s1"))
    first = {
        of_next: levels_off(read_values(matrix, points(2), [DAYS], "new", "today", of_next_run=of_next)).iloc[0]
        for of_next in (False, True)
    }
    assert first[False]["point"] == (1 if first[False]["last"] else 0)
    assert first[True]["point"] == 0 and first[True]["gain_after"] == pytest.approx(-2.0)
    assert first[True]["gain_after_low"] < 0.0 < first[True]["gain_after_high"]


def wiggle(name: str, replication: int) -> float:
    """A little noise of each scenario's own, the same sum over the replications of all."""
    place = ["s0", "s1", "s2", "s3"].index(name) if name.startswith("s") else 0
    return 0.01 * ((replication + place) % 4)


def test_from_where_on_more_gives_nothing_more() -> None:
    rising = runs({"today": 100.0, "s0": 90.0, "s1": 80.0, "s2": 75.0, "s3": 75.0}, wiggle)
    table = levels_off(read_values(rising, points(4), [DAYS, QALYS], "new", "today")).set_index("outcome")
    assert tuple(table.reset_index()[list(LEVELS_OFF_COLUMNS)].columns) == LEVELS_OFF_COLUMNS
    fewer, more = table.loc["unmet_need_days"], table.loc["qalys"]
    # Fewer days are better: the third value is as good as the last. More QALYs are better: the first is best.
    assert (fewer["point"], fewer["x"], bool(fewer["last"])) == (2, 20.0, False)
    assert fewer["gain_after"] == pytest.approx(0.0, abs=1e-9)
    assert fewer["gain_after_low"] < 0.0 < fewer["gain_after_high"]
    assert (more["point"], bool(more["last"])) == (0, False) and more["gain_after"] < 0.0


def test_what_gains_to_the_end_has_nothing_after_it() -> None:
    matrix = runs({"s0": 90.0, "s1": 80.0, "s2": 70.0}, wiggle)
    (row,) = levels_off(read_values(matrix, points(3, None), [DAYS], "new", None)).to_dict("records")
    assert (row["of"], row["point"], row["last"]) == ("level", 2, True) and np.isnan(row["gain_after"])


def test_no_gain_that_holds_is_no_gain() -> None:
    def noisy(name: str, replication: int) -> float:
        return 8.0 * ((-1) ** replication) * (name == "s1")

    matrix = runs({"s0": 90.0, "s1": 88.0}, noisy)
    (row,) = levels_off(read_values(matrix, points(2, None), [DAYS], "new", None)).to_dict("records")
    assert row["point"] == 0 and row["gain_after"] == pytest.approx(-2.0) and row["gain_after_high"] > 0.0


def test_the_interval_of_the_best_gain_agrees_with_the_test_that_allows_for_all_later_values() -> None:
    wobble = {0: -1.0, 1: 0.0, 2: 1.0, 3: 0.0}

    def noisy(name: str, replication: int) -> float:
        return wobble[replication] * (name != "s0")

    levels = {"s0": 90.0, "s1": 88.5, "s2": 88.6, "s3": 88.6}
    (row,) = levels_off(read_values(runs(levels, noisy), points(4, None), [DAYS], "new", None)).to_dict("records")
    half = 4.856657 * np.std(list(wobble.values()), ddof=1) / 2.0  # t with 3 degrees of freedom at 1 - 0.025 / 3
    assert row["point"] == 0 and row["gain_after"] == pytest.approx(-1.5)
    assert (row["gain_after_low"], row["gain_after_high"]) == pytest.approx((-1.5 - half, -1.5 + half), rel=1e-5)
    assert row["gain_after_high"] > 0.0  # alone, with 3.18 times the standard error, it would look clear


def test_missing_runs_leave_their_pair_out_and_a_point_without_any_run_is_empty() -> None:
    matrix = runs({"today": 100.0, "s0": 90.0, "s1": 80.0})
    keep = ~((matrix.runs["scenario"] == "s1") & (matrix.runs["replication"] == 2)).to_numpy()
    fewer = Matrix(runs=matrix.runs[keep].reset_index(drop=True), cells=matrix.cells, values=matrix.values[keep])
    table = sweep_table(read_values(fewer, points(3), [DAYS], "new", "today"))
    own = table[table["scenario"] == "new"]
    assert own["point"].tolist() == [0, 1] and own["difference_n"].tolist() == [4, 3]
    assert own["difference"].tolist() == pytest.approx([-10.0, -20.0])
    assert len(table[table["scenario"] == "today"]) == 3


def test_one_replication_has_no_interval_and_nothing_levels_off() -> None:
    whole = runs({"today": 100.0, "s0": 90.0})
    first = (whole.runs["replication"] == 0).to_numpy()
    matrix = Matrix(runs=whole.runs[first].reset_index(drop=True), cells=whole.cells, values=whole.values[first])
    swept = read_values(matrix, points(1), [DAYS], "new", "today")
    row = sweep_table(swept).set_index("scenario").loc["new"]
    assert row["difference"] == -10.0 and np.isnan(row["difference_low"]) and row["difference_n"] == 1
    assert levels_off(swept).empty
