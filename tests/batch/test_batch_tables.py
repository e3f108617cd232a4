from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.batch.tables import read_parquet, to_arrow, write_atomically, write_csv, write_parquet


def test_csv_bytes_are_the_shortest_exact_decimals(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "scenario": ["team", "NA", "a,b"],
            "value": [0.1 + 0.2, 1e-300, np.nan],
            "small": np.array([0.1, 2, 3], np.float32),
            "n": [1, 2, 3],
        }
    )
    write_csv(table, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == (
        b'scenario,value,small,n\nteam,0.30000000000000004,0.10000000149011612,1\nNA,1e-300,2.0,2\n"a,b",,3.0,3\n'
    )


@given(values=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_csv_reads_back_exactly(tmp_path_factory: pytest.TempPathFactory, values: list[float]) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    write_csv(pd.DataFrame({"value": values}), path)
    assert [float(line) for line in path.read_text().splitlines()[1:]] == values


def test_parquet_bytes_do_not_depend_on_how_texts_are_held(tmp_path: Path) -> None:
    names = ["team", "baseline"]
    for number, kind in enumerate(("object", "string", "str")):
        frame = pd.DataFrame({"scenario": pd.Series(names, dtype=kind), "value": [1.5, 2.5]})
        write_parquet([frame], tmp_path / f"{number}.parquet")
        assert to_arrow(frame).schema.metadata is None
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1
    assert read_parquet(tmp_path / "0.parquet")["value"].tolist() == [1.5, 2.5]


def test_parquet_of_many_tables_is_one_file(tmp_path: Path) -> None:
    write_parquet((pd.DataFrame({"a": [number]}) for number in range(3)), tmp_path / "t.parquet")
    assert read_parquet(tmp_path / "t.parquet")["a"].tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match="no table"):
        write_parquet([], tmp_path / "u.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["t.parquet"]


def test_a_broken_write_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text("old")

    def broken(target: Path) -> None:
        target.write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, broken)
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["t.txt"]
