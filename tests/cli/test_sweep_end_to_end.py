"""A ready-made sweep as a planner gives it: real command, files, engine and page, on as small a sample as can be."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.cli.main import run

SHOWN = ("--outcome", "cost_sek", "--group", "all")
SIZE = ("--sample", "0.01", "--years", "0.04", "--warmup-years", "0.02", "--replications", "2")
TABLES = ("points.csv", "sweep.csv", "levels_off.csv", "outcomes.csv", "figures/difference.svg", "figures/levels.png")


def mellanrum(folder: Path, *words: str) -> int:
    with pytest.raises(SystemExit) as end:
        run([*words, *SIZE, *SHOWN, "--out", str(folder), "--store", str(folder) + "-store"])
    return int(end.value.code or 0)


def test_a_ready_made_sweep_gives_the_same_bytes_on_any_number_of_processes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert mellanrum(one, "sweep", "people_enrolled", "--jobs", "1") == 0
    shown = capsys.readouterr()
    assert "4 points, 5 different scenarios x 2 replications = 10 runs, 0 of them stored already" in shown.err
    assert "people with a weekly group at the end" in shown.out and "report.html" in shown.out
    assert mellanrum(two, "sweep", "people_enrolled", "--jobs", "2", "--quiet") == 0
    for name in TABLES:
        assert (one / name).read_bytes() == (two / name).read_bytes(), name
    table = pd.read_csv(one / "sweep.csv")
    assert set(table["scenario"]) == {"baseline", "weekly_group"} and set(table["x"]) == {0.1, 1.0, 2.0, 4.0}
    assert {"all", "complex_needs", "need_group", "municipality"} <= set(table["group_by"])
    today = table[(table["scenario"] == "baseline") & (table["group_by"] == "all") & (table["outcome"] == "cost_sek")]
    assert today["mean"].nunique() == 1
