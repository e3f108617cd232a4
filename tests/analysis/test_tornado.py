"""A tornado worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.tornado import reach, tornado, tornado_design


def test_every_point_moves_one_parameter_to_one_end() -> None:
    design = tornado_design(np.array([0.5, 0.2]))
    assert design.tolist() == [[0.5, 0.2], [0.0, 0.2], [1.0, 0.2], [0.5, 0.0], [0.5, 1.0]]


def test_changes_are_paired_and_the_widest_comes_first() -> None:
    luck = np.array([0.0, 10.0, -7.0])
    # Of three replications; the second parameter bends: both ends lie above the start.
    rows = np.array([100.0, 98.0, 103.0, 104.0, 106.0])[:, None] + luck
    rows[2] += np.array([-1.0, 0.0, 1.0])
    table = tornado(rows).set_index(["dimension", "measure"])
    assert table.loc[(1, "high_end"), "value"] == pytest.approx(106 + luck.mean())
    changes = table.loc[(slice(None), ["at_low", "at_high", "swing"]), "value"]
    assert changes.to_dict() == pytest.approx(
        {(0, "at_low"): -2, (1, "at_low"): 4, (0, "at_high"): 3, (1, "at_high"): 6, (0, "swing"): 5, (1, "swing"): 2}
    )
    # Luck that is common to all points takes no part: t(0.975, 2) x 1 / sqrt(3).
    assert table.loc[(0, "at_high"), "high"] - 3.0 == pytest.approx(4.3027 / np.sqrt(3), rel=1e-3)
    assert table.loc[(0, "at_low"), "low"] == table.loc[(0, "at_low"), "high"] == -2.0
    assert reach(tornado(rows)).tolist() == pytest.approx([5.0, 6.0])


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_values_that_are_not_finite_are_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="1 of 6 are not"):
        tornado(np.array([[1.0, 2.0], [1.0, wrong], [0.0, 0.0]]))


def test_one_replication_has_no_interval() -> None:
    table = tornado(np.array([[1.0], [2.0], [3.0]]))
    assert table["low"].isna().all() and table["value"].notna().all()
