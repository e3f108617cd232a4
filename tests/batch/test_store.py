import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.batch.jobs import Wanted
from sim.batch.stopped import StoppedError
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


@pytest.fixture
def two(tmp_path: Path) -> tuple[Store, Store]:
    """The stores of two commands that share their runs."""
    for name in ("a", "b", "shared"):
        (tmp_path / name).mkdir()
    return Store(tmp_path / "a", tmp_path / "shared"), Store(tmp_path / "b", tmp_path / "shared")


def test_a_run_that_another_command_made_is_taken_over_without_a_second_copy(two: tuple[Store, Store]) -> None:
    first, second = two
    first.write("k", TABLES)
    assert second.has("k", Wanted(events=True))
    assert not second.has("k", Wanted(persons=True))
    ours, theirs = (store.folder / "k" / "outcomes.parquet" for store in two)
    assert ours.stat().st_ino == theirs.stat().st_ino
    assert (first.count(), second.count()) == (1, 1)


@pytest.mark.parametrize("deleted", ["a", "shared"])
def test_either_folder_may_be_deleted(two: tuple[Store, Store], tmp_path: Path, deleted: str) -> None:
    first, second = two
    first.write("k", TABLES)
    assert second.has("k", Wanted())
    shutil.rmtree(tmp_path / deleted)
    assert second.read("k", Wanted()) is not None


def test_a_damaged_shared_run_does_not_count_and_is_replaced(two: tuple[Store, Store], tmp_path: Path) -> None:
    first, second = two
    first.write("k", TABLES)
    (tmp_path / "shared" / "k" / "outcomes.parquet").write_bytes(b"")  # and so in `a`: it is the same file
    assert not first.has("k", Wanted())
    assert not second.has("k", Wanted())
    second.write("k", TABLES)
    assert first.has("k", Wanted())


def test_a_shared_run_that_lacks_what_is_wanted_is_replaced_by_one_that_has_it(two: tuple[Store, Store]) -> None:
    first, second = two
    first.write("k", {name: TABLES[name] for name in ("outcomes", "distributions")})
    assert not second.has("k", Wanted(events=True))
    second.write("k", TABLES)
    assert first.has("k", Wanted(events=True)), "more is taken over where less lies"


def test_many_may_write_the_same_run_at_once(two: tuple[Store, Store]) -> None:
    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(two[number % 2].write, "k", TABLES) for number in range(40)]:
            done.result()
    for store in two:
        assert store.read("k", Wanted(events=True)) is not None
        assert [path.name for path in store.folder.iterdir()] == ["k"]
    assert two[0].shared is not None
    assert [path.name for path in two[0].shared.iterdir()] == ["k"]


def test_what_others_are_writing_in_the_shared_folder_is_left_alone(two: tuple[Store, Store], tmp_path: Path) -> None:
    (tmp_path / "shared" / ".unfinished-k-1").mkdir()
    two[0].clear_unfinished()
    assert (tmp_path / "shared" / ".unfinished-k-1").exists()


def test_a_run_that_cannot_be_stored_stops_the_batch_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(StoppedError, match=r"cannot store a finished run in .*: no such file or directory"):
        Store(tmp_path / "gone").write("k", TABLES)
