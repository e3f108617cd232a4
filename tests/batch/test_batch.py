import os
from pathlib import Path

import pandas as pd
import pytest
from batch_fakes import CALLS, Listening, dying_work, failing_work, fake_work, job

from sim.batch import executors
from sim.batch.batch import LOST_WORKER, carry_out, parcels, run_batch
from sim.batch.executors import local_pool
from sim.batch.jobs import Wanted
from sim.batch.stopped import StoppedError
from sim.batch.store import Store

JOBS = [job(name, replication) for replication in range(3) for name in ("baseline", "team")]


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "calls"
    folder.mkdir()
    monkeypatch.setenv(CALLS, str(folder))
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    folder = tmp_path / "runs"
    folder.mkdir()
    return Store(folder)


def test_results_come_in_the_order_of_the_plan_from_one_process_and_from_two(calls: Path) -> None:
    one = run_batch(JOBS, pool=local_pool(1), work=fake_work, progress=Listening())
    two = run_batch(JOBS, pool=local_pool(2), work=fake_work, progress=Listening())
    for batch in (one, two):
        assert [result.job for result in batch.results] == JOBS
        assert batch.failures == ()
    for first, second in zip(one.results, two.results, strict=True):
        pd.testing.assert_frame_equal(first.tables["outcomes"], second.tables["outcomes"], check_exact=True)
    processes = {path.name.rsplit("-", 1)[1] for path in calls.iterdir()}
    assert str(os.getpid()) in processes
    assert len(processes) >= 2, "the pool of two must use processes of its own"


def test_finished_runs_are_used_again(store: Store, calls: Path) -> None:
    first = run_batch(JOBS[:4], pool=local_pool(1), work=fake_work, progress=Listening(), store=store)
    assert (first.reused, len(list(calls.iterdir()))) == (0, 4)
    listening = Listening()
    again = run_batch(JOBS, pool=local_pool(1), work=fake_work, progress=listening, store=store)
    assert (again.reused, len(list(calls.iterdir()))) == (4, 6)
    assert listening.told == ["begin 6 4", "ran baseline 2 None", "ran team 2 None", "end"]
    for first_result, second_result in zip(first.results, again.results[:4], strict=True):
        for name in ("outcomes", "distributions"):
            pd.testing.assert_frame_equal(
                first_result.tables[name], second_result.tables[name], check_exact=True, check_dtype=False
            )


@pytest.mark.parametrize("damage", ["empty", "changed", "no receipt", "no table", "empty receipt"])
def test_a_damaged_run_is_made_again(store: Store, calls: Path, damage: str) -> None:
    run_batch(JOBS[:2], pool=local_pool(1), work=fake_work, progress=Listening(), store=store)
    table = store.folder / JOBS[0].key / "outcomes.parquet"
    receipt = store.folder / JOBS[0].key / "receipt.json"
    if damage == "empty":
        table.write_bytes(b"")
    elif damage == "changed":
        content = bytearray(table.read_bytes())
        content[len(content) // 2] ^= 1
        table.write_bytes(content)
    elif damage == "no receipt":
        receipt.unlink()
    elif damage == "empty receipt":
        receipt.write_text("")
    else:
        table.unlink()
    again = run_batch(JOBS[:2], pool=local_pool(1), work=fake_work, progress=Listening(), store=store)
    assert (again.reused, len(list(calls.iterdir()))) == (1, 3)
    assert store.read(JOBS[0].key, Wanted()) is not None


def test_a_run_without_what_is_wanted_now_is_made_again(store: Store, calls: Path) -> None:
    run_batch(JOBS[:1], pool=local_pool(1), work=fake_work, progress=Listening(), store=store)
    for wanted in (Wanted(persons=True), Wanted(persons=True, events=True)):
        batch = run_batch(
            JOBS[:1], pool=local_pool(1), work=fake_work, progress=Listening(), store=store, wanted=wanted
        )
        assert batch.reused == 0
        assert set(batch.results[0].tables) == {"outcomes", "distributions"}
    assert len(store.table(JOBS[0].key, "persons")) == 2
    assert len(store.table(JOBS[0].key, "events/contacts")) == 2
    plain = run_batch(JOBS[:1], pool=local_pool(1), work=fake_work, progress=Listening(), store=store)
    assert plain.reused == 1, "more than is wanted is good enough"


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_raises_does_not_stop_the_others(store: Store, workers: int) -> None:
    listening = Listening()
    batch = run_batch(JOBS, pool=local_pool(workers), work=failing_work, progress=listening, store=store)
    assert [result.job for result in batch.results] == [one for one in JOBS if one != JOBS[3]]
    (failure,) = batch.failures
    assert failure.job == JOBS[3]
    assert failure.error == "RuntimeError: no beds at all"
    assert "in failing_work" in failure.traceback
    assert "ran team 1 RuntimeError: no beds at all" in listening.told
    assert store.read(JOBS[3].key, Wanted()) is None


def test_a_lost_worker_costs_one_run_only() -> None:
    batch = run_batch(JOBS, pool=local_pool(2), work=dying_work, progress=Listening())
    assert [failure.job for failure in batch.failures] == [JOBS[3]]
    assert batch.failures[0].error == LOST_WORKER
    assert [result.job for result in batch.results] == [one for one in JOBS if one != JOBS[3]]


def test_two_jobs_with_the_same_content_share_a_key(store: Store, calls: Path) -> None:
    twins = [job("baseline", 0, 7), job("baseline", 1, 7)]
    batch = run_batch(twins, pool=local_pool(1), work=fake_work, progress=Listening(), store=store)
    assert len(batch.results) == 2
    assert [path.name for path in store.folder.iterdir()] == ["baseline-7"]
    assert len(list(calls.iterdir())) == 1, "one run serves both"


def test_a_twin_without_a_store_and_a_twin_of_a_failure_are_told_too(calls: Path) -> None:
    twins = [job("baseline", 0, 7), job("baseline", 1, 7), job("team", 0, 101), job("team", 1, 101)]
    listening = Listening()
    batch = run_batch(twins, pool=local_pool(1), work=failing_work, progress=listening)
    assert [len(result.table("outcomes")) for result in batch.results] == [4, 4]
    assert [failure.job for failure in batch.failures] == twins[2:]
    assert len(listening.told) == 6
    assert len(list(calls.iterdir())) == 1


def test_what_a_worker_finished_before_it_died_is_not_made_again(store: Store, calls: Path) -> None:
    parcel = tuple(JOBS[:3])
    store.write(JOBS[1].key, fake_work(JOBS[1].scenario, JOBS[1].seed, Wanted()))
    before = len(list(calls.iterdir()))
    carry_out(parcel, work=fake_work, wanted=Wanted(), store=store)
    assert len(list(calls.iterdir())) - before == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_a_batch_that_cannot_store_its_runs_ends_at_once(tmp_path: Path, calls: Path, workers: int) -> None:
    with pytest.raises(StoppedError, match="cannot store a finished run"):
        run_batch(JOBS, pool=local_pool(workers), work=fake_work, progress=Listening(), store=Store(tmp_path / "gone"))
    assert 1 <= len(list(calls.iterdir())) < len(JOBS)


def test_workers_that_cannot_even_start_end_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "_begin_worker", os.abort)
    with pytest.raises(StoppedError, match="ended as soon as they were started, 3 times"):
        run_batch(JOBS, pool=local_pool(2), work=fake_work, progress=Listening())


def test_parcels_are_small_for_short_batches_and_never_lose_a_job() -> None:
    for count in (1, 48, 64, 1000, 5000):
        placed = [(place, JOBS[place % 6]) for place in range(count)]
        packed = parcels(placed, 2)
        assert [one for parcel in packed for one in parcel] == placed
        assert max(map(len, packed)) <= (1 if count < 128 else 16)
