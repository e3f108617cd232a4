"""Batches on a real scheduler with real workers, and clusters that are refused."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from batch_fakes import CALLS, Listening, dying_work, failing_work, fake_work, job, slow_work
from dask_cluster import ROOT, Cluster, cluster

from sim.batch import connecting
from sim.batch.batch import carry_out, run_batch
from sim.batch.connecting import check_cluster, connect
from sim.batch.executors import local_pool, open_pool
from sim.batch.jobs import Wanted
from sim.batch.stopped import StoppedError
from sim.batch.store import Store
from sim.batch.versions import code_version, difference
from sim.config.errors import InputError

JOBS = [job(name, replication) for replication in range(3) for name in ("baseline", "team")]


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("dask")) as started:
        for name in ("one", "two"):
            started.worker(name, nanny=True)
        started.wait_for(2)
        yield started


@pytest.fixture
def store(tmp_path: Path) -> Store:
    folder = tmp_path / "runs"
    folder.mkdir()
    return Store(folder)


def test_runs_travel_back_and_are_the_same_as_here(two_workers: Cluster, store: Store) -> None:
    here = run_batch(JOBS, pool=local_pool(1), work=failing_work, progress=Listening())
    with open_pool(1, two_workers.address) as pool:
        assert pool.size == 2
        there = run_batch(JOBS, pool=pool, work=failing_work, progress=Listening(), store=store)
    assert [result.job for result in there.results] == [result.job for result in here.results]
    for ours, theirs in zip(here.results, there.results, strict=True):
        for name in ("outcomes", "distributions"):
            pd.testing.assert_frame_equal(ours.table(name), theirs.table(name), check_exact=True, check_dtype=False)
    assert [failure.error for failure in there.failures] == ["RuntimeError: no beds at all"]
    assert "in failing_work" in there.failures[0].traceback
    assert all(store.has(result.job.key, Wanted()) for result in there.results)


def test_a_run_that_ends_its_workers_is_listed_and_the_others_are_finished(two_workers: Cluster, store: Store) -> None:
    with open_pool(1, two_workers.address) as pool:
        batch = run_batch(JOBS, pool=pool, work=dying_work, progress=Listening(), store=store)
    assert [failure.job for failure in batch.failures] == [JOBS[3]]
    assert "2 workers ended without a word" in batch.failures[0].error
    assert [result.job for result in batch.results] == [one for one in JOBS if one != JOBS[3]]


def test_a_worker_lost_in_the_middle_costs_no_run(two_workers: Cluster, store: Store, tmp_path: Path) -> None:
    two_workers.wait_for(2)
    killed: list[int] = []

    class KillsOne(Listening):
        def ran(self, job: Any, error: str | None) -> None:
            super().ran(job, error)
            if not killed:
                killed.append(next(iter(pool._client.run(os.getpid).values())))  # type: ignore[attr-defined]  # to kill it
                os.kill(killed[0], signal.SIGKILL)

    jobs = [job("baseline", replication) for replication in range(12)]
    with open_pool(1, two_workers.address) as pool:
        batch = run_batch(jobs, pool=pool, work=slow_work, progress=KillsOne(), store=store)
    assert killed
    assert batch.failures == ()
    assert len(batch.results) == 12


def test_other_code_or_none_is_refused_by_name(two_workers: Cluster, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sim", tmp_path / "other" / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "other" / "sim" / "run.py").open("a") as file:
        file.write("# changed\n")
    (tmp_path / "none" / "sim").mkdir(parents=True)
    (tmp_path / "none" / "sim" / "__init__.py").write_text("raise ModuleNotFoundError('No module named sim')\n")
    two_workers.wait_for(2)
    workers = [two_workers.worker(name, PYTHONPATH=str(tmp_path / name)) for name in ("other", "none")]
    two_workers.wait_for(4)
    with pytest.raises(InputError) as refused, connect(two_workers.address):
        pass
    for worker in workers:
        worker.kill()
    two_workers.wait_for(2)
    said = str(refused.value)
    assert "has other source files of Mellanrum" in said
    assert "cannot load Mellanrum (ModuleNotFoundError: No module named sim)" in said
    assert said.count("tcp://127.0.0.1:") == 3, "the cluster and the two workers, not those that are right"


def test_a_lost_scheduler_stops_the_batch_and_what_is_finished_stays(store: Store, tmp_path: Path) -> None:
    with cluster(tmp_path) as lost:
        lost.worker("one")
        lost.wait_for(1)

        class Kills(Listening):
            def ran(self, job: Any, error: str | None) -> None:
                lost.kill_scheduler()

        jobs = [job("baseline", replication) for replication in range(12)]
        with pytest.raises(StoppedError, match=r"connection to the .* lost"), open_pool(1, lost.address) as pool:
            run_batch(jobs, pool=pool, work=slow_work, progress=Kills(), store=store)
    assert 1 <= store.count() < 12


@pytest.mark.parametrize(
    "address", ["localhost:8786", "tcp://localhost", "tcp://a:0", "tcp://a:99999", "http://a:80", ""]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="not an address; give tcp://HOST:PORT"), connect(address):
        pass


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "_TIMEOUT_SECONDS", 0.3)
    with pytest.raises(InputError, match=r"no Dask scheduler answers there"), connect("tcp://127.0.0.1:9"):
        pass


def test_without_the_optional_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"mellanrum\[cluster\]"), connect("tcp://127.0.0.1:9"):
        pass


class FakeClient:
    """As much of a client as the check asks."""

    def __init__(self, look: dict[str, str], python: str = "", workers: int = 1) -> None:
        host = {"host": {"python": python or ".".join(map(str, sys.version_info[:3]))}}
        ours = {"host": {"python": ".".join(map(str, sys.version_info[:3]))}}
        self.told = {"client": ours, "scheduler": host, "workers": {f"tcp://w:{n}": ours for n in range(workers)}}
        self.look = look

    def get_versions(self) -> dict[str, Any]:
        return self.told

    def run(self, function: Any) -> dict[str, Any]:
        return {address: function() for address in self.told["workers"]}

    def run_on_scheduler(self, function: Any) -> dict[str, str]:
        return self.look


@pytest.mark.parametrize(
    ("client", "message"),
    [
        (FakeClient({}, workers=0), "no workers are connected; start some with `dask worker tcp://a:1"),
        (FakeClient({}, python="3.8.1.final.0"), "scheduler has Python 3.8"),
        (FakeClient({"host": "h", "error": "ImportError: no"}), r"scheduler \(h\) cannot load Mellanrum \(ImportError"),
        (
            FakeClient({"host": "h", "code": code_version().replace("mellanrum ", "mellanrum 9")}),
            r"scheduler \(h\) has mellanrum 9\S+ instead of",
        ),
    ],
)
def test_a_cluster_that_does_not_fit_is_refused(client: FakeClient, message: str) -> None:
    with pytest.raises(InputError, match=message):
        check_cluster(client, "tcp://a:1")


def test_a_cluster_that_fits_is_taken() -> None:
    check_cluster(FakeClient({"host": "h", "code": code_version()}), "tcp://a:1")


def test_differences_of_code_are_named_and_patches_of_python_do_not_count() -> None:
    ours = "mellanrum 1.0; python 3.11.2; numpy 2.0; sources a"
    assert difference(ours, ours.replace("3.11.2", "3.11.9")) is None
    assert difference(ours, ours.replace("3.11.2", "3.12.2")) == "has python 3.12.2 instead of 3.11.2"
    assert difference(ours, "mellanrum 1.0; python 3.11.2; sources a") == "has numpy missing instead of 2.0"
    assert difference(ours, ours.replace("sources a", "sources b")) == "has other source files of Mellanrum"


def test_a_worker_that_joins_later_with_other_code_makes_no_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(CALLS, str(tmp_path))
    parcel = (JOBS[0],)
    (crash,) = carry_out(parcel, work=fake_work, wanted=Wanted(), store=None, code=code_version().replace("numpy", "n"))
    assert "the worker has n" in crash.error  # type: ignore[union-attr]  # it must be a crash
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_without_workers_for_long_ends_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.batch import cluster as module

    client = SimpleNamespace(nthreads=dict, status="running")
    pool = module.ClusterPool(client, "tcp://a:1", "code")
    pool.look_after()
    monkeypatch.setattr(module, "_PATIENCE_SECONDS", -1.0)
    with pytest.raises(StoppedError, match="no workers"):
        pool.look_after()
    client.status = "closed"
    with pytest.raises(StoppedError, match="is lost"):
        pool.look_after()
