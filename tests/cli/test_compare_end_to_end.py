"""The main job as a user gives it: real command, files, engine, outcomes, tables and report, on a sample."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from sim.core.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
SIZE = ("--sample", "0.05", "--years", "0.25", "--warmup-years", "0.1", "--replications", "2")
SCENARIOS = ("team", "joint_financing")


def mellanrum(folder: Path, *words: str, hash_seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sim", *words],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": hash_seed, "COLUMNS": "120"},
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def done(desk: Path) -> subprocess.CompletedProcess[str]:
    extras = ("--persons", "--events", "--jobs", "2", "--out", "out")
    return mellanrum(desk, "compare", *SCENARIOS, *SIZE, *extras)


def test_the_main_job_ends_well_and_shows_its_table(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stderr
    assert "6 of 6 runs done" in done.stderr
    assert "Traceback" not in done.stderr
    for word in ("HEALTH", "EXPERIENCE", "COST", "STAFF", "report.html"):
        assert word in done.stdout


def test_the_folder_holds_everything(done: subprocess.CompletedProcess[str], desk: Path) -> None:
    out = desk / "out"
    for name in (
        *("manifest.json", "outcomes.csv", "differences.csv", "distributions.csv", "validation.csv"),
        *("runs.parquet", "persons.parquet", "report.html"),
        *("scenarios/baseline.yaml", "scenarios/team.resolved.yaml"),
    ):
        assert (out / name).stat().st_size > 0
    figures = sorted(path.stem for path in (out / "figures").glob("*.svg"))
    assert len(figures) >= 5
    assert sorted(path.stem for path in (out / "figures").glob("*.png")) == figures
    assert "http://" not in (out / "report.html").read_text(encoding="utf-8").replace("http://www.w3.org", "")


def test_the_receipt_fits_the_run(done: subprocess.CompletedProcess[str], desk: Path) -> None:
    receipt = json.loads((desk / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert receipt["status"] == "done"
    assert receipt["runs"] == {"done": 6, "reused": 0, "failed": 0}
    assert (receipt["years"], receipt["warmup_years"], receipt["sample_share"]) == (0.25, 0.1, 0.05)
    assert list(receipt["scenarios"]) == ["baseline", *SCENARIOS]
    assert receipt["scenarios"]["team"]["means"] == ["mdt", "mobile_response"]
    share = receipt["preventable_share"]
    assert 0.3 <= share["declared"] <= 0.7
    assert 0.0 < share["measured"] < 1.0


def test_outcomes_are_those_of_a_living_place(done: subprocess.CompletedProcess[str], desk: Path) -> None:
    outcomes = pd.read_csv(desk / "out" / "outcomes.csv")
    whole = outcomes[outcomes["group_by"] == "all"].set_index(["outcome", "scenario", "replication"])["value"]
    assert whole.groupby(level=0).size().max() == 6
    for outcome in ("contacts_care", "ed_visits_per_1000", "bed_days_per_1000", "cost_sek"):
        assert (whole[outcome] > 0).all()
    assert outcomes["value"].notna().all()
    assert {"all", "need_group", "municipality", "principal"} <= set(outcomes["group_by"])
    differences = pd.read_csv(desk / "out" / "differences.csv")
    assert set(differences["scenario"]) == set(SCENARIOS)
    assert set(differences["aim"]) == {"health", "experience", "cost", "staff"}
    assert (differences["mean"] != 0).any(), "the means must reach something"


def test_persons_and_events_can_be_analysed(done: subprocess.CompletedProcess[str], desk: Path) -> None:
    persons = pq.read_table(desk / "out" / "persons.parquet").to_pandas()
    assert set(persons["scenario"]) == {"baseline", *SCENARIOS}
    assert {"age", "need_group", "municipality", "ed_visits", "admissions", "bed_days", "cost_sek"} <= set(persons)
    assert not persons.duplicated(["scenario", "replication", "year", "person"]).any()
    folder = desk / "out" / "events" / "baseline" / "0"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(TABLES)
    for name, columns in TABLES.items():
        assert pq.read_table(folder / f"{name}.parquet").column_names == list(columns)


def test_the_same_command_elsewhere_writes_the_same_bytes(done: subprocess.CompletedProcess[str], desk: Path) -> None:
    turned = mellanrum(
        desk,
        *("compare", *reversed(SCENARIOS), *SIZE, "--jobs", "1", "--persons", "--quiet", "--out", "turned"),
        *("--store", "elsewhere"),  # so that every run is made anew
        hash_seed="1",
    )
    assert turned.returncode == 0, turned.stderr
    assert turned.stderr == ""
    for name in (
        *("outcomes.csv", "differences.csv", "distributions.csv", "validation.csv"),
        *("runs.parquet", "persons.parquet", "scenarios/team.resolved.yaml"),
    ):
        assert (desk / "turned" / name).read_bytes() == (desk / "out" / name).read_bytes(), name


def test_going_on_makes_no_finished_run_again(done: subprocess.CompletedProcess[str], desk: Path) -> None:
    shutil.copytree(desk / "out", desk / "more")
    words = ("run", "baseline", *SCENARIOS, *SIZE, "--replications", "3", "--jobs", "1", "--out", "more")
    refused = mellanrum(desk, *words)
    assert refused.returncode == 2
    assert "another command" in refused.stderr
    assert (desk / "more" / "report.html").exists()
    again = mellanrum(desk, *words, "--resume")
    assert again.returncode == 0, again.stderr
    assert "9 runs, 6 of them stored from before" in again.stderr
    before = (desk / "out" / "outcomes.csv").read_text(encoding="utf-8").splitlines()
    assert set(before) < set((desk / "more" / "outcomes.csv").read_text(encoding="utf-8").splitlines())
    assert not (desk / "more" / "report.html").exists(), "a report must not stand beside tables it does not fit"


def test_validate_on_the_real_model(done: subprocess.CompletedProcess[str], desk: Path) -> None:
    validated = mellanrum(desk, "validate", "--levels-only", *SIZE, "--jobs", "1", "--json", "--out", "validated")
    assert validated.returncode == 0, validated.stderr
    assert "2 runs, 2 of them stored from before" in validated.stderr, "compare has made the same baseline"
    rows = {row["target"]: row for row in json.loads(validated.stdout)}
    assert rows["ed_visits"]["n"] == 2
    assert rows["ed_visits"]["simulated"] > 0
