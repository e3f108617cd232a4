from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.batch.jobs import Wanted
from sim.batch.store import Store

TABLES = {
    "outcomes": pd.DataFrame({"outcome": ["ed_visits"], "value": [0.1 + 0.2]}),
    "distributions": pd.DataFrame({"x": [1.0], "value": [np.nan]}),
    "events/contacts": pd.DataFrame({"time_days": [0.5], "person": np.array([3], np.int32)}),
}


def test_a_run_reads_back_as_it_was_written(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write("k", TABLES)
    read = store.read("k", Wanted(events=True))
    assert read is not None
    assert set(read) == {"outcomes", "distributions"}
    assert read["outcomes"]["value"][0] == 0.1 + 0.2
    assert store.table("k", "events/contacts")["person"].tolist() == [3]
    assert store.read("k", Wanted(persons=True)) is None
    assert store.read("other", Wanted()) is None


def test_writing_again_replaces_the_run_and_leaves_nothing_aside(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write("k", TABLES)
    store.write("k", {"outcomes": TABLES["outcomes"]})
    assert sorted(path.name for path in (tmp_path / "k").iterdir()) == ["outcomes.parquet", "receipt.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["k"]


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    broken = pd.DataFrame({"mixed": [object()]})
    with pytest.raises(Exception, match=r"mixed|object"):
        Store(tmp_path).write("k", {"outcomes": TABLES["outcomes"], "distributions": broken})
    assert list(tmp_path.iterdir()) == []


def test_a_run_moved_under_another_key_does_not_count(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write("k", TABLES)
    (tmp_path / "k").rename(tmp_path / "l")
    assert store.read("l", Wanted()) is None


def test_unfinished_runs_are_cleared(tmp_path: Path) -> None:
    (tmp_path / ".unfinished-k-1" / "events").mkdir(parents=True)
    Store(tmp_path).write("k", TABLES)
    Store(tmp_path).clear_unfinished()
    assert [path.name for path in tmp_path.iterdir()] == ["k"]


def test_events_are_shown_without_a_second_copy(tmp_path: Path) -> None:
    store = Store(tmp_path / "runs")
    store.folder.mkdir()
    store.write("k", TABLES)
    for _ in range(2):
        store.link_events("k", tmp_path / "events" / "baseline" / "0")
    (shown,) = (tmp_path / "events" / "baseline" / "0").iterdir()
    assert shown.name == "contacts.parquet"
    assert shown.read_bytes() == (store.folder / "k" / "events" / "contacts.parquet").read_bytes()
