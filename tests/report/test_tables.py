"""Reading tables back: texts stay as written, empty numbers are missing, rows are found by what they hold."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from sim.report.tables import first, read_manifest, read_table, records, where

TABLE = "name,code,level,met\nNA,007,1.5,True\n,12,,False\nnan,12,nan,True\n"


@pytest.fixture
def table(tmp_path: Path) -> pd.DataFrame:
    path = tmp_path / "some.csv"
    path.write_text(TABLE, encoding="utf-8")
    return read_table(path, ("name", "code", "of_other_tables"), needed=("level", "name"))


def test_texts_are_as_written_and_empty_numbers_are_missing(table: pd.DataFrame) -> None:
    assert table["name"].tolist() == ["NA", "", "nan"]
    assert table["code"].tolist() == ["007", "12", "12"]
    assert table["level"][0] == 1.5 and table["level"].isna().tolist() == [False, True, True]
    assert table["met"].tolist() == [True, False, True]


def test_a_column_that_is_needed_is_named_when_it_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text(TABLE, encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.csv: column low, high is missing"):
        read_table(path, ("name",), needed=("low", "level", "high"))


def test_rows_are_found_by_what_they_hold_in_their_order(table: pd.DataFrame) -> None:
    assert [row["name"] for row in records(where(table, code="12"))] == ["", "nan"]
    found = first(where(table, code="12", met=True))
    assert found is not None and found["name"] == "nan" and math.isnan(found["level"])
    assert first(where(table, code="12", name="NA")) is None
    assert where(table).equals(table)


def test_the_receipt_is_read_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"place": "Årjäng", "seeds": [1, 2]}', encoding="utf-8")
    assert read_manifest(tmp_path) == {"place": "Årjäng", "seeds": [1, 2]}
    with pytest.raises(FileNotFoundError):
        read_manifest(tmp_path / "elsewhere")
