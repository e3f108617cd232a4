"""Blocks and rows come back as columns, in order of time, whatever they came in."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core import log as log_module
from sim.core.log import Log, Table
from sim.core.tables import Column

COLUMNS = {"time_days": Column("f8", "days", ""), "person": Column("i4", "index", ""), "share": Column("f4", "0-1", "")}


def table() -> Table:
    return Table("some", COLUMNS)


def test_a_table_without_rows_has_empty_columns_of_the_right_type() -> None:
    columns = table().columns()
    assert {name: (len(values), values.dtype.str[1:]) for name, values in columns.items()} == {
        "time_days": (0, "f8"),
        "person": (0, "i4"),
        "share": (0, "f4"),
    }


def test_rows_come_in_order_of_time_and_at_equal_times_blocks_before_single_rows() -> None:
    some = table()
    some.row(2.0, 7, 0.5)
    some.block(np.array([3.0, 2.0]), np.array([1, 2]), 0.25)
    some.block(1.0, np.array([3, 4]), np.array([0.0, 1.0]))
    columns = some.columns()
    assert columns["time_days"].tolist() == [1.0, 1.0, 2.0, 2.0, 3.0]
    assert columns["person"].tolist() == [3, 4, 2, 7, 1]
    assert columns["share"].tolist() == [0.0, 1.0, 0.25, 0.5, 0.25]


def test_the_log_keeps_a_copy_and_is_empty_after_it_was_read() -> None:
    some, person = table(), np.array([1, 2])
    some.block(0.0, person, 0.0)
    person[:] = 9
    assert some.columns()["person"].tolist() == [1, 2]
    assert len(some.columns()["person"]) == 0


@pytest.mark.parametrize("size", [1, 3, 5, 64])
def test_nothing_is_lost_where_one_chunk_ends_and_the_next_begins(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "_SMALLEST", 4)
    monkeypatch.setattr(log_module, "_LARGEST", 16)
    some = table()
    for first in range(0, 20 * size, size):
        some.block(float(first), np.arange(first, first + size), 0.0)
    assert some.columns()["person"].tolist() == list(range(20 * size))


def test_a_block_with_a_column_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        table().block(0.0, np.array([1]))


def test_every_declared_table_is_there() -> None:
    assert set(Log().tables()) == set(log_module.TABLES)


def test_an_empty_block_first_of_all_leaves_no_row() -> None:
    log = Log()
    nobody = np.empty(0)
    log.ed_arrivals.block(nobody, nobody, False)
    log.ed_arrivals.block(np.array([1.0]), np.array([3]), True)
    assert log.tables()["ed_arrivals"]["person"].tolist() == [3]
