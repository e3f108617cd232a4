"""Small tools for arrays."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import positions, table_of


def test_a_table_says_of_each_number_whether_it_is_a_member() -> None:
    table = table_of((1, 3), 5)
    assert table.tolist() == [False, True, False, True, False]
    assert table[np.array([3, 0, 1])].tolist() == [True, False, True]
    assert not table_of((), 4).any()


def test_positions_of_yes() -> None:
    assert positions(np.array([False, True, True])).tolist() == [1, 2]
