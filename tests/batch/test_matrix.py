"""Outcomes of many runs as one table of numbers."""

import numpy as np
import pandas as pd
import pytest

from sim.batch.matrix import cell_by_cell, compact, gather

COLUMNS = ["scenario", "replication", "group_by", "group", "outcome", "unit", "value"]
TABLE = pd.DataFrame(
    [
        ("team", 1, "all", "all", "cost_sek", "SEK", 5.0),
        ("team", 0, "all", "all", "cost_sek", "SEK", 4.0),
        ("team", 0, "age", "80+", "cost_sek", "SEK", 9.0),
        ("baseline", 0, "age", "80+", "cost_sek", "SEK", 8.0),
        ("baseline", 0, "all", "all", "qalys", "QALYs", 0.5),
    ],
    columns=COLUMNS,
)


def test_what_a_run_lacks_is_empty_and_nothing_else_changes():
    matrix = compact(TABLE)
    assert matrix.values.shape == (3, 3)
    assert int(np.isnan(matrix.values).sum()) == 9 - len(TABLE)
    back = matrix.long()
    assert list(back.columns) == COLUMNS
    pd.testing.assert_frame_equal(
        back.sort_values(COLUMNS, ignore_index=True), TABLE.sort_values(COLUMNS, ignore_index=True), check_dtype=False
    )
    assert compact(matrix) is matrix


def test_one_scenario_by_replication_and_chosen_cells():
    team = compact(TABLE).of("team")
    assert team.runs["replication"].tolist() == [0, 1]
    assert team.where(group_by="all", outcome="cost_sek").values.tolist() == [[4.0], [5.0]]
    assert compact(TABLE).of("nobody").long().empty


def test_cells_in_the_order_of_outcomes_then_of_groups():
    cells = compact(TABLE).by_outcome(["qalys", "cost_sek"]).cells
    assert cells.to_numpy().tolist() == [
        ["all", "all", "qalys", "QALYs"],
        ["age", "80+", "cost_sek", "SEK"],
        ["all", "all", "cost_sek", "SEK"],
    ]
    with pytest.raises(KeyError, match="cost_sek"):
        compact(TABLE).by_outcome(["qalys"])


def test_runs_keep_their_parameter_set():
    matrix = compact(TABLE.assign(parameter_set=TABLE["replication"] + 7))
    assert matrix.runs.to_numpy().tolist() == [["team", 1, 8], ["team", 0, 7], ["baseline", 0, 7]]


def test_two_values_of_one_cell_are_refused():
    with pytest.raises(ValueError, match="two values of the same outcome and group"):
        compact(pd.concat([TABLE, TABLE.iloc[:1]]))


def test_one_run_is_held_at_a_time():
    alive, most = 0, 0

    class Watched(pd.DataFrame):
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def runs():
        nonlocal alive, most
        for replication in range(5):
            alive += 1
            most = max(most, alive)
            yield ("baseline", replication), Watched(TABLE.iloc[3:])

    assert gather(runs(), ["scenario", "replication"]).values.shape == (5, 2)
    assert most <= 2


def test_numbers_cell_by_cell():
    values, cell, held = cell_by_cell(np.array([[1.0, np.nan, 3.0], [4.0, np.nan, np.nan]]))
    assert (values.tolist(), cell.tolist(), held.tolist()) == ([1.0, 4.0, 3.0], [0, 0, 1], [0, 2])
