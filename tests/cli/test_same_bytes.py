"""The same command gives the same bytes in every table, wherever and however its runs are made."""

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from dask_cluster import ROOT, cluster, wait_until

TABLES = (
    *("outcomes.csv", "differences.csv", "distributions.csv", "validation.csv"),
    *("runs.parquet", "persons.parquet", "scenarios/team.resolved.yaml"),
)
FORTH, BACK = ("team", "mdt"), ("mdt", "team", "baseline")


def start(folder: Path, jobs: str, names: tuple[str, ...] = FORTH, hash_seed: str = "0") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("tiny_compare.py")), "out", jobs, *names],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": hash_seed},
    )


def finish(process: subprocess.Popen[str]) -> None:
    out, errors = process.communicate(timeout=120)
    assert (process.returncode, out, errors) == (0, "", "")


def hashes(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / "out" / name).read_bytes()).hexdigest() for name in TABLES}


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("serial")
    finish(start(folder, "1"))
    assert (folder / "out" / "differences.csv").stat().st_size > 10_000
    return hashes(folder)


def reversed_order(folder: Path) -> None:
    finish(start(folder, "1", BACK))


def other_hash_seed(folder: Path) -> None:
    finish(start(folder, "1", hash_seed="4711"))


def own_process(folder: Path) -> None:
    finish(start(folder, "own"))


def two_processes_other_hash_seed(folder: Path) -> None:
    finish(start(folder, "2", hash_seed="1"))


def four_processes(folder: Path) -> None:
    finish(start(folder, "4"))


def on_a_cluster(folder: Path) -> None:
    with cluster(folder) as two:
        two.worker("one", PYTHONHASHSEED="2")
        two.worker("two", PYTHONHASHSEED="3")
        two.wait_for(2)
        finish(start(folder, two.address, BACK))


def killed_and_resumed(folder: Path) -> None:
    killed = start(folder, "2")
    runs = folder / "out" / "runs"
    wait_until(lambda: len(list(runs.glob("*/receipt.json"))) >= 1, "no run was finished")
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert not (folder / "out" / "outcomes.csv").exists(), "it was killed too late to tell anything"
    before = {path: path.stat().st_ino for path in runs.glob("*/receipt.json")}
    finish(start(folder, "1"))
    assert {path: path.stat().st_ino for path in before} == before, "a finished run was made again"


WAYS = (
    *(reversed_order, other_hash_seed, own_process, two_processes_other_hash_seed, four_processes),
    *(on_a_cluster, killed_and_resumed),
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_same_bytes_as_one_process(way: Callable[[Path], None], serial: dict[str, str], tmp_path: Path) -> None:
    way(tmp_path)
    assert hashes(tmp_path) == serial
