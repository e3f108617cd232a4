"""`mellanrum calibrate`: a small fit from end to end, same bytes on any number of processes, resumed when cut off."""

import json
from pathlib import Path

import pandas as pd
import pytest

from calibration.space import read_space
from sim.batch.store import RECEIPT
from sim.cli.main import run
from sim.config.ensemble import read_ensemble
from sim.config.fit import find_fit
from sim.config.loader import load_scenario

STUDY = """\
title: A small trial
source: made for the test
scenario: discharge_coordination
design: randomised
share_offered: 0.5
subjects: {found: everybody, age_from: 65}
follow_up_days: 28
warmup_years: 0.1
results:
  - {target: discharge_planning_readmission, outcome: ed_visits, estimator: rate_ratio}
note: none
"""
PLAN = """\
sample: 0.02
study_sample: 0.02
levels: {years: 0.1, warmup_years: 0.05}
start: {runs: 2}
screening: {trajectories: 2}
waves:
  - {points: 6, studies: false}
  - {points: 6, studies: true}
ensemble: {sets: 8, with_studies: 2}
space_points: 64
studies: [trial.yaml]
parameters:
  - needs.base_rate_per_year[acute_symptom]
  - means.discharge_coordination.planning_start_share
"""
TABLES = ("ensemble", "targets", "waves", "emulators", "screening", "parameters")


def mellanrum(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        run(list(arguments))
    return int(end.value.code or 0)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trial.yaml").write_text(STUDY)
    (tmp_path / "plan.yaml").write_text(PLAN)
    return tmp_path


def test_a_small_fit_is_the_same_on_two_processes_and_after_a_stop(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = find_fit("vastra_varmland")
    common = ("calibrate", "--plan", "plan.yaml", "--quiet", "--store", "store")
    assert mellanrum(*common, "--jobs", "1", "--out", "one") == 0
    said = capsys.readouterr().out
    assert "fitted targets lie inside the published range" in said
    assert "Wave 2 leaves" in said
    receipt = json.loads((here / "one" / "manifest.json").read_text())
    assert receipt["status"] == "done"
    assert receipt["fit"]["studies"] == ["trial"]
    made = receipt["runs"]["done"]
    assert made == (2 + 2) + 2 * 2 + 6 + (6 + 6) + (8 + 2)  # start, screening of one parameter, waves, ensemble
    # Two processes, from the half of the runs that a stopped fit had left.
    for folder in sorted((here / "store").glob(f"[!.]*/{RECEIPT}"))[: made // 2]:
        folder.unlink()
    assert mellanrum(*common, "--jobs", "2", "--out", "two") == 0
    assert json.loads((here / "two" / "manifest.json").read_text())["runs"]["reused"] == made - made // 2
    for name in TABLES:
        assert (here / "one" / f"{name}.csv").read_bytes() == (here / "two" / f"{name}.csv").read_bytes(), name
    assert find_fit("vastra_varmland") == kept, "with --out nothing is kept elsewhere"
    _check_tables(here / "one")


def _check_tables(folder: Path) -> None:
    scenarios = [load_scenario("baseline"), load_scenario("discharge_coordination")]
    assert len(read_ensemble(folder / "ensemble.csv", scenarios)) == 8
    targets = pd.read_csv(folder / "targets.csv").set_index("target")
    effect = targets.loc["discharge_planning_readmission"]
    assert (effect["kind"], effect["scale"], effect["sets_run"]) == ("effect", "log", 2)
    assert set(targets["used_for"]) == {"fit"}
    assert "delayed_share" not in targets.index, "a figure held out was looked at"
    parameters = pd.read_csv(folder / "parameters.csv")
    assert list(parameters["parameter"]) == list(pd.read_csv(folder / "ensemble.csv").columns)
    space = read_space(scenarios)
    ranges = {one.title: (one.low, one.high) for one in space.dimensions}
    for row in parameters.itertuples():
        low, high = ranges[row.parameter]
        assert low <= row.after_low <= row.after_median <= row.after_high <= high
    waves = pd.read_csv(folder / "waves.csv")
    assert sorted(set(waves["wave"])) == [1, 2]
    assert (waves["share_left"] <= waves["share_before"]).all()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("sample: 0.02\n", "sample: 2\n", "plan.yaml:1: sample: should be less than or equal to 1"),
        ("space_points: 64", "space_points: 65", "space_points must be a power of 2, found 65"),
        (
            "{points: 6, studies: false}",
            "{points: 6, studies: true}\n  - {points: 6, studies: false}",
            "come after those",
        ),
        ("studies: [trial.yaml]", "studies: [trial]", "trial: unknown study"),
        ("needs.base_rate_per_year[acute_symptom]", "needs.rate", "needs.rate is not in calibration/space.yaml"),
        ("with_studies: 2", "with_studies: 20", "with_studies must be at most sets"),
        ("start: {runs: 2}", "starts: {runs: 2}", "plan.yaml:4: starts: unknown key; remove it"),
    ],
)
def test_a_wrong_plan_is_refused_in_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, says: str
) -> None:
    assert old in PLAN
    (here / "plan.yaml").write_text(PLAN.replace(old, new, 1))
    assert mellanrum("calibrate", "--plan", "plan.yaml", "--out", "out") == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert len(captured.err.splitlines()) == 1
    assert not (here / "out").exists()


def test_small_and_a_plan_do_not_go_together(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mellanrum("calibrate", "--small", "--plan", "plan.yaml") == 2
    assert "--small: leave it out" in capsys.readouterr().err


def test_wrong_own_totals_are_refused_by_row(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "my.csv").write_text("figure,group,total\nno_such_figure,all,5\n")
    assert mellanrum("calibrate", "--plan", "plan.yaml", "--targets", "my.csv", "--out", "out") == 2
    assert "my.csv" in capsys.readouterr().err
    assert not (here / "out").exists()
