"""Robustness around the model: planted futures, tables, receipt, page, words, wrong input; runs are fakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from cli_fakes import COLUMNS, number

from sim.batch.jobs import Wanted
from sim.cli import robustness, robustness_runs
from sim.cli.batch_request import Request
from sim.cli.robustness_terms import Terms
from sim.cli.sensitivity_parameters import Ranges
from sim.cli.sensitivity_plan import Asked, Method
from sim.config.scenario import Scenario

LOSS, ANSWER, CASELOAD = "gap.loss_scale", "gap.reach_by_profession[care_manager]", "means.patient_coordinator.caseload"
NAMES = (LOSS, ANSWER, CASELOAD)
UNITS = {"cost_sek": "SEK per person-year", "unmet_need_days": "days per person-year"}
CHOICES = ("baseline", "patient_coordinator", "team")
LOSS_LIMIT, ANSWER_LIMIT = 1.25, 0.34


def inside(scenario: Scenario) -> tuple[float, float]:
    """Return losses and how often the care manager answers."""
    loss, answer = scenario.parameters[LOSS].value, scenario.parameters["gap.reach_by_profession"].value
    assert isinstance(loss, float) and isinstance(answer, dict)
    return loss, answer["care_manager"]


def planted_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Make the tables of a run: the contact person costs 100 more where losses are high and nobody answers, else less.

    The team always costs 20 more and has 3 days less with unmet need, the contact person 1 day less.
    """
    loss, answer = inside(scenario)
    luck = 50.0 * number("luck", seed)
    odd = 4.0 * (number("odd", scenario.id, seed) - 0.5)
    fails = loss > LOSS_LIMIT and answer > ANSWER_LIMIT
    cost = {"baseline": 0.0, "team": 20.0}.get(scenario.id, 100.0 if fails else -50.0)
    days = {"baseline": 0.0, "team": -3.0}.get(scenario.id, -1.0)
    table = [("all", "all", "cost_sek", 1000.0 + luck + cost + odd), ("all", "all", "unmet_need_days", 50.0 + days)]
    table.append(("complex_needs", "yes", "cost_sek", 5000.0 + luck + 2.0 * cost + odd))
    rows = [(group_by, group, name, UNITS[name], value) for group_by, group, name, value in table]
    bins = pd.DataFrame([("lead_time_days", "0", 0.0, 1.0)], columns=["distribution", "group", "x", "value"])
    return {"outcomes": pd.DataFrame(rows, columns=COLUMNS), "distributions": bins}


def run(
    folder: Path,
    *,
    work: Any = planted_work,
    names: tuple[str, ...] = NAMES,
    choices: tuple[str, ...] = CHOICES,
    replications: int = 2,
    futures: int | None = 60,
    ensemble: Path | None = None,
    **terms: Any,
) -> dict[str, Any]:
    request = Request(
        command="robustness", scenarios=choices, replications=replications, seed=1, jobs=1, out=folder, quiet=True,
        arguments=("robustness",),
    )  # fmt: skip
    asked = Asked(
        method=Method.INFORMATION, names=names, ranges=Ranges.DECLARED, sets=futures, ensemble=ensemble
    )  # fmt: skip
    terms = {"outcomes": ("cost_sek", "unmet_need_days"), **terms}
    request, decision = robustness.ask(request, asked, Terms(**terms))
    finished = robustness_runs.robustness_runs(request, decision, work)
    assert finished.exit_code == 0
    robustness_runs.show(finished, "en")
    return dict(json.loads((folder / "manifest.json").read_text()))


def read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", keep_default_na=False)


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_the_planted_region_is_found_and_said(library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "out"
    manifest = run(folder)
    said = shown(capsys)
    print(said)
    assert manifest
