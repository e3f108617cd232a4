"""The main job around the model: same bytes, resume, failures, Ctrl-C; runs are fakes, files are real."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLES = (
    "outcomes.csv",
    "differences.csv",
    "distributions.csv",
    "validation.csv",
    "runs.parquet",
    "persons.parquet",
    "events/baseline/0/contacts.parquet",
    "events/team/2/contacts.parquet",
    "scenarios/team.yaml",
    "scenarios/team.resolved.yaml",
)


def start(folder: Path, out: str, jobs: int, *names: str, resume: bool = False, **env: str) -> subprocess.Popen[str]:
    words = (out, str(jobs), "resume" if resume else "fresh", "hide", *names)
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("cli_fakes.py")), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors


def make(folder: Path, out: str, jobs: int, *names: str, resume: bool = False, **env: str) -> tuple[int, str]:
    return finish(start(folder, out, jobs, *names, resume=resume, **env))


def tables(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in TABLES}


def manifest(folder: Path) -> dict[str, object]:
    return dict(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the same small comparison was made in three ways."""
    folder = tmp_path_factory.mktemp("compare")
    ways = [
        start(folder, "one", 1, "team", "mdt", PYTHONHASHSEED="0"),
        start(folder, "two", 2, "team", "mdt", PYTHONHASHSEED="1"),
        start(folder, "reversed", 1, "mdt", "team", "baseline", PYTHONHASHSEED="2"),
    ]
    assert [finish(way)[0] for way in ways] == [0, 0, 0]
    return folder


def test_same_bytes_for_any_number_of_processes_order_and_hash_seed(done: Path) -> None:
    one = tables(done / "one")
    assert tables(done / "two") == one
    assert tables(done / "reversed") == one
    assert manifest(done / "one")["identity"] == manifest(done / "reversed")["identity"]


def test_tables_have_the_columns_that_scripts_rely_on(done: Path) -> None:
    outcomes = pd.read_csv(done / "one" / "outcomes.csv")
    assert list(outcomes) == ["scenario", "replication", "group_by", "group", "outcome", "unit", "value"]
    assert list(dict.fromkeys(outcomes["scenario"])) == ["baseline", "mdt", "team"]
    assert sorted(set(outcomes["replication"])) == [0, 1, 2]
    differences = pd.read_csv(done / "one" / "differences.csv")
    assert list(differences) == [
        *("scenario", "baseline", "group_by", "group", "outcome", "unit", "aim", "better"),
        *("mean", "low", "high", "n", "baseline_mean"),
        *("low_t", "high_t", "low_bootstrap", "high_bootstrap", "p_value", "p_adjusted", "smallest"),
    ]
    assert set(differences["n"]) == {3}
    runs = pq.read_table(done / "one" / "runs.parquet").to_pandas()
    assert runs[["scenario", "replication"]].values.tolist() == [
        [scenario, replication] for scenario in ("baseline", "mdt", "team") for replication in range(3)
    ]
    assert runs.groupby("replication")["seed"].nunique().tolist() == [1, 1, 1]
    assert runs["seed"].nunique() == 3
    persons = pq.read_table(done / "one" / "persons.parquet").to_pandas()
    assert list(persons)[:4] == ["scenario", "replication", "year", "person"]
    assert len(persons) == 9 * 2


def test_receipt_says_what_was_run(done: Path) -> None:
    receipt = manifest(done / "one")
    assert receipt["status"] == "done"
    assert receipt["command"] == "mellanrum compare team mdt --out one"
    assert receipt["runs"] == {"done": 9, "reused": 0, "failed": 0}
    assert receipt["failures"] == []
    assert receipt["inhabitants"] > 50_000  # type: ignore[operator]  # a number in JSON
    assert list(receipt["scenarios"]) == ["baseline", "team", "mdt"]  # type: ignore[call-overload]
    assert {"versions", "commit", "platform", "seeds", "code", "time", "years"} <= set(receipt)
    assert set(receipt["preventable_share"]) == {"declared", "low", "high", "measured"}  # type: ignore[call-overload]


def test_failed_runs_are_listed_the_rest_is_kept_and_resume_makes_them(tmp_path: Path, done: Path) -> None:
    code, errors = make(tmp_path, "out", 1, "team", "mdt", FAKE_FAILS_IN="mdt")
    assert code == 3
    assert "3 of 9 runs failed" in errors
    receipt = manifest(tmp_path / "out")
    assert receipt["status"] == "some runs failed"
    failures = receipt["failures"]
    assert isinstance(failures, list)
    assert [(failure["scenario"], failure["replication"]) for failure in failures] == [
        ("mdt", 0),
        ("mdt", 1),
        ("mdt", 2),
    ]
    assert failures[0]["seed"] == receipt["seeds"][0]  # type: ignore[index]
    assert "RuntimeError: no beds at all" in failures[0]["traceback"]
    kept = pd.read_csv(tmp_path / "out" / "differences.csv")
    assert set(kept["scenario"]) == {"team"}
    code, errors = make(tmp_path, "out", 1, "team", "mdt")
    assert (code, "9 runs, 6 of them stored from before" in errors) == (0, True)
    assert tables(tmp_path / "out") == tables(done / "one")


def test_ctrl_c_keeps_finished_runs_and_says_how_to_go_on(tmp_path: Path, done: Path) -> None:
    process = start(tmp_path, "out", 2, "team", "mdt", FAKE_SLOW_IN="mdt")
    for _ in range(600):
        if len(list((tmp_path / "out" / "runs").glob("[0-9a-f]*/receipt.json"))) >= 2:
            break
        time.sleep(0.05)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    code, errors = finish(process)
    assert code == 130
    assert "Traceback" not in errors
    assert "mellanrum compare team mdt --out out --resume" in errors
    assert manifest(tmp_path / "out")["status"] == "interrupted"
    # A run that was under way has left its unfinished folder, which does not count.
    kept = len(list((tmp_path / "out" / "runs").glob("[0-9a-f]*/receipt.json")))
    assert kept >= 2
    code, errors = make(tmp_path, "out", 1, "team", "mdt", resume=True)
    assert (code, f"9 runs, {kept} of them stored from before" in errors) == (0, True)
    assert tables(tmp_path / "out") == tables(done / "one")
