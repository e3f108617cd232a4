"""The same scenario under two names differs from itself by nothing at all, through the whole program."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
SIZE = ("--sample", "0.03", "--years", "0.3", "--warmup-years", "0.1", "--replications", "2", "--jobs", "1")


def test_twin_of_the_baseline_differs_by_exactly_0(tmp_path: Path) -> None:
    twin = tmp_path / "another_name.yaml"
    twin.write_text(
        "extends: baseline\ntitle:\n  en: The same\n  sv: Detsamma\n"
        "summary:\n  en: Nothing else\n  sv: Inget annat\nsource: assumption\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "sim", "compare", str(twin), *SIZE, "--out", "out", "--quiet"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    differences = pd.read_csv(tmp_path / "out" / "differences.csv")
    assert len(differences) > 500
    assert (differences["mean"] == 0.0).all()
    # A group that only one run has is there with its mean and without an interval.
    paired = differences[differences["n"] > 1]
    assert len(paired) > 500 and (paired[["low", "high"]] == 0.0).all().all()
    assert differences[["p_value", "p_adjusted"]].isna().all().all()
    twins = pd.read_csv(tmp_path / "out" / "twins.csv")
    assert (twins["share_unchanged"] == 1.0).all() and (twins["mean"] == 0.0).all()
    equity = pd.read_csv(tmp_path / "out" / "equity.csv")
    assert (equity[["slope", "most_gain", "least_gain"]] == 0.0).all().all()
    assert "▲" not in done.stdout.split("▲ better")[0] and "= 0" in done.stdout
