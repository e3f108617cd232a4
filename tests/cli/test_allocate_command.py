"""Allocations around the model: the known best is found, luck is no gain; runs are fakes, files are real."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import allocate_fakes as fakes
import numpy as np
import pandas as pd
import pytest

from sim.cli import allocate, allocate_runs
from sim.cli.allocate_effort import Effort
from sim.cli.batch_request import Request
from sim.config.loader import load_scenario

HOLDER = """
extends: [all_four, guidelines, discharge_coordination]
title: {en: Everything, sv: Allt}
summary: {en: Everything, sv: Allt}
source: me
"""
SWITCHES = "\n".join(f"  {name}: {{title: {{en: {name}, sv: {name}}}, means: [{name}]}}" for name in fakes.WORTH)
FILE = f"""
title: {{en: Mine, sv: Min}}
summary: {{en: What is best?, sv: Vad är bäst?}}
source: me
assumptions: {{en: None., sv: Inga.}}
scenario: holder.yaml
choices:
{SWITCHES}
  people:
    title: {{en: people with a contact person, sv: personer med fast vårdkontakt}}
    name: means.patient_coordinator.patients_per_10000_inhabitants
    values: [40, 80, 160]
aims:
  health: {{weight: 1, outcomes: [unmet_need_days]}}
  cost: {{weight: 1, outcomes: [cost_sek]}}
"""
BUDGET = 110.0
"""SEK per person-year: about half of what everything takes."""


@pytest.fixture
def here(library: Any) -> Any:
    library.write("holder.yaml", HOLDER)
    library.write("mine.yaml", FILE)
    return library


def inhabitants() -> int:
    return sum(one.total for one in load_scenario("baseline").place.municipalities)


def run(folder: Path, work: Any = fakes.known_work, *, effort: Effort | None = None, **more: Any) -> dict[str, Any]:
    asked = {name: more.pop(name) for name in ("weights", "outcomes", "hours", "sek") if name in more}
    if not {"sek", "hours"} & asked.keys():
        asked["sek"] = BUDGET * inhabitants()
    name = more.pop("name", "mine.yaml")
    size = {"replications": 1, "seed": 1, "jobs": 1} | more
    request = Request(
        command="allocate", scenarios=(), out=folder, quiet=True, arguments=("allocate", name), store=None, **size
    )
    effort = effort or Effort(population=16, generations=8, confirm=3, confirm_mixes=6)
    request, question = allocate.ask(request, name, effort, **asked)
    finished = allocate_runs.allocate(request, question, work)
    assert finished.exit_code == 0
    allocate_runs.show(finished, "en")
    finished.lock.release()
    return dict(json.loads((folder / "manifest.json").read_text()))


def test_the_known_front_is_found_within_the_budget_and_shown(
    here: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    manifest = run(folder)
    every = fakes.every_mix()
    allowed = every[every[:, fakes.SEK] <= BUDGET + 1e-9]
    tried, front = pd.read_csv(folder / "allocation.csv"), pd.read_csv(folder / "front.csv")
    within = tried[tried["within_budget"]]
    found = fakes.hypervolume(within[["health", "cost"]].to_numpy())
    assert found >= 0.95 * fakes.hypervolume(allowed[:, 1:])
    assert len(tried) == len(tried.drop(columns="mix").drop_duplicates()) <= 16 * 8 < len(every)
    limit = BUDGET * inhabitants()
    assert (front.loc[front["on_front"], "sek"] <= limit).all() and (within["sek"] <= limit).all()
    assert not tried["within_budget"].all(), "the budget binds"
    # Luck moves levels alike for all: what was searched is confirmed, and the best of all is the best by weight.
    best = front[front["best"]].iloc[0]
    assert best["score"] == pytest.approx(allowed[:, 1:].mean(axis=1).max(), rel=0.06)
    assert manifest["allocation"]["best"] == best["mix"] and front["label"].tolist()[0] == "A"
    assert manifest["allocation"]["optimiser"].startswith("pymoo")
    shown = " ".join(capsys.readouterr().out.split())
    assert f"Best within the budget is A: {best['title']}" in shown and "Together that is clearly a gain" in shown
    for name in ("front", "budget", "mixes"):
        assert (folder / "figures" / f"{name}.svg").stat().st_size > 1000
    page = (folder / "report.html").read_text()
    assert page.count("<img") == 3 and "weight 1; Days with unmet need" in re.sub(r"</?data[^>]*>", "", page)
    code, _, err = here.mellanrum("report", str(folder), "--lang", "sv")
    assert (code, err) == (0, "") and "Bäst inom budgeten är A" in (folder / "report.html").read_text()


def test_every_confirmed_mix_is_a_scenario_that_other_commands_run(here: Any, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    manifest = run(folder)
    mixes = sorted((folder / "mixes").glob("*.yaml"))
    assert len(mixes) == len(pd.read_csv(folder / "front.csv")) > 5
    for path in mixes:
        loaded = load_scenario(path)
        assert [choice.id for choice in loaded.means] == manifest["scenarios"][path.stem]["means"]
        from sim.config.receipt import content_hash

        assert content_hash(loaded) == manifest["scenarios"][path.stem]["content_hash"]


def test_weights_choose_the_mix(here: Any, tmp_path: Path) -> None:
    every = fakes.every_mix()
    allowed = every[every[:, fakes.SEK] <= BUDGET + 1e-9]
    for name, weights, column in (("health", ["health=1", "cost=0"], 1), ("cost", ["health=0,cost=2"], 2)):
        run(tmp_path / name, weights=weights)
        front = pd.read_csv(tmp_path / name / "front.csv")
        best = front[front["best"]].iloc[0]
        assert best[name] == pytest.approx(allowed[:, column].max(), rel=0.05)
        assert best["score"] == pytest.approx(best[name]) and front["on_front"].sum() == 1
    assert not (tmp_path / "cost" / "figures" / "front.svg").exists(), "one aim has nothing to be set against"


def test_a_budget_of_hours_binds_as_well(here: Any, tmp_path: Path) -> None:
    hours = 60.0 * 2.0 * inhabitants() / 1000.0
    run(tmp_path / "out", hours=hours, sek=BUDGET * inhabitants())
    front = pd.read_csv(tmp_path / "out" / "front.csv")
    assert (front["hours"] <= hours).all() and front["hours"].max() > 0.8 * hours


def test_same_bytes_on_two_processes_and_when_half_of_it_is_made_again(here: Any, tmp_path: Path) -> None:
    small = Effort(population=8, generations=3, confirm=2, confirm_mixes=3)
    for name, jobs in (("one", 1), ("two", 2)):
        run(tmp_path / name, effort=small, jobs=jobs, replications=2)
    tables = ("allocation.csv", "front.csv", "outcomes.csv", "differences.csv")
    first = {name: (tmp_path / "one" / name).read_bytes() for name in tables}
    assert {name: (tmp_path / "two" / name).read_bytes() for name in tables} == first
    stored = sorted(path for path in (tmp_path / "two" / "runs").iterdir() if path.is_dir())
    for path in stored[::2]:
        shutil.rmtree(path)
    manifest = run(tmp_path / "two", effort=small, replications=2, resume=True)
    assert manifest["runs"]["reused"] > 0
    assert {name: (tmp_path / "two" / name).read_bytes() for name in tables} == first


def test_pure_luck_is_not_reported_as_a_gain(here: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "out"
    effort = Effort(population=20, generations=5, confirm=25, confirm_mixes=4)
    manifest = run(folder, fakes.noisy_work, effort=effort)
    front = pd.read_csv(folder / "front.csv")
    own = front[~front["is_today"]]
    # The best of a hundred draws with standard deviation 0.7 looks like a gain of more than 1 %; there is none.
    error = np.sqrt(0.5 / 25)
    assert own["searched_score"].max() > 1.0
    assert own["score"].abs().max() < 4.0 * error and own["optimism"].mean() > 0.8
    assert abs(manifest["allocation"]["checked_score"]) < 4.0 * error
    assert not own["clearly_behind"].all() and front["share_best"].sum() == pytest.approx(1.0)
    shown = " ".join(capsys.readouterr().out.split())
    assert "The search had taken" in shown and "points of it was luck" in shown


def test_nothing_within_the_budget_is_said_and_shown(
    here: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Without a switch of its own a means is always on: there is no way below what it takes.
    here.edit("mine.yaml", "  mdt: {title: {en: mdt, sv: mdt}, means: [mdt]}\n", "")
    folder = tmp_path / "out"
    small = Effort(population=8, generations=2, confirm=2, confirm_mixes=3)
    manifest = run(folder, sek=29.0 * inhabitants(), effort=small)
    shown = " ".join(capsys.readouterr().out.split())
    assert "None of the 16 mixes tried is within the budget. The cheapest takes" in shown
    assert f"{30 * inhabitants():,}" in shown and "larger budget" in shown
    assert manifest["status"] == "done" and not (folder / "front.csv").exists()
    assert len(pd.read_csv(folder / "allocation.csv")) == 16


def test_a_run_that_fails_ends_the_search_and_is_listed(
    here: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(scenario: Any, seed: int, wanted: Any) -> Any:
        if len(scenario.means) == 2:
            raise RuntimeError("no beds at all")
        return fakes.known_work(scenario, seed, wanted)

    request = Request(
        command="allocate", scenarios=(), out=tmp_path / "out", replications=1, seed=1, jobs=1, quiet=True,
        arguments=("allocate",),
    )  # fmt: skip
    small = Effort(population=16, generations=3, confirm=2, confirm_mixes=3)
    request, question = allocate.ask(request, "mine.yaml", small, sek=1e9)
    finished = allocate_runs.allocate(request, question, fails)
    allocate_runs.show(finished, "en")
    assert finished.exit_code == 3 and "Some runs failed" in capsys.readouterr().out
    assert not (tmp_path / "out" / "front.csv").exists()


WRONG = (
    ("means: [mdt]", "means: [mdtt]", ":8: choices.mdt.means[1]: unknown means; did you mean mdt?"),
    ("means: [mdt]", "means: [mdt, guidelines]", ": guidelines is turned on twice; name it once"),
    ("means: [mdt]", "means: [value_base]", "value_base is not on in holder"),
    ("values: [40, 80, 160]", "values: [40, 80, 900]", "must be within 20 to 200, found 900"),
    ("values: [40, 80, 160]", "values: [80, 40]", ":18: choices.people.values: must be two or more, rising"),
    ("values: [40, 80, 160]", "low: 40", "give its levels, either as `values`, or as `low`, `high` and `step`"),
    ("values: [40, 80, 160]", "low: 40\n    high: 100\n    step: 25", "must lead from 40 to 100 in whole steps"),
    ("patients_per_10000_inhabitants", "patients", "unknown parameter; did you mean"),
    ("values: [40, 80, 160]", "values: [40, 80]\n    price: 3", "what means take the model counts itself"),
    ("means.patient_coordinator.patients_per_10000_inhabitants", "place.beds", "price: is missing: say what it costs"),
    ("means.patient_coordinator.patients_per_10000_inhabitants", "place.people_85plus", "only staff and places"),
    ("outcomes: [unmet_need_days]", "outcomes: [unmet_days]", ":20: aims.health.outcomes[1]: unknown outcome"),
    ("outcomes: [unmet_need_days]", "outcomes: [staff_hours]", "neither more nor less of it is better"),
    ("weight: 1, outcomes: [unmet", "weight: -1, outcomes: [unmet", "aims.health.weight: must be at least 0"),
    ("aims:", "goals:", "mine.yaml:19: goals: unknown key; known are aims"),
    ("scenario: holder.yaml", "scenario: all_for", "unknown scenario; did you mean all_four?"),
)


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_a_wrong_file_is_refused_with_its_line(here: Any, old: str, new: str, said: str) -> None:
    here.edit("mine.yaml", old, new)
    code, out, err = here.mellanrum("allocate", "mine.yaml", "--budget-sek", "1e6")
    assert (code, out) == (2, "") and said in err, err
    assert err.startswith("mine") or "all_for" in err


OPTIONS = (
    ((), "give --budget-sek or --budget-hours"),
    (("--budget-sek", "-1"), "--budget-sek: must be 0 or more"),
    (("--budget-sek", "1", "--weight", "healt=1"), "no such aim; did you mean health?"),
    (("--budget-sek", "1", "--weight", "health=much"), "expected AIM=W"),
    (("--budget-sek", "1", "--weight", "health=0,cost=0"), "every aim has weight 0"),
    (("--budget-sek", "1", "--outcome", "overload_share"), "does not list under aims"),
    (("--budget-sek", "1", "--population", "2"), "--population: must be 4 or more"),
    (("--budget-sek", "1", "--sample", "0"), "--sample: must be above 0"),
)


@pytest.mark.parametrize(("options", "said"), OPTIONS)
def test_a_wrong_option_is_refused(here: Any, options: tuple[str, ...], said: str) -> None:
    code, out, err = here.mellanrum("allocate", "mine.yaml", *options)
    assert (code, out) == (2, "") and said in err, err


def test_ready_made_allocations_are_listed_and_whole() -> None:
    from sim.config.allocation_file import allocation_files, check_choices, read_allocation

    assert set(allocation_files()) == {"four_means"}
    for path in allocation_files().values():
        one = read_allocation(path)
        check_choices(one, load_scenario(one.scenario))
        assert one.today in one.starts()
