"""Robustness around the model: planted futures, tables, receipt, page, words, wrong input; runs are fakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cli_fakes import COLUMNS, number

from sim.batch.jobs import Wanted
from sim.cli import robustness, robustness_runs
from sim.cli.batch_request import Request
from sim.cli.robustness_terms import TermsOptions
from sim.cli.sensitivity_parameters import Ranges
from sim.cli.sensitivity_plan import Asked, Method
from sim.config.scenario import Scenario

LOSS, ANSWER, CASELOAD = "gap.loss_scale", "gap.reach_by_profession[care_manager]", "means.patient_coordinator.caseload"
NAMES = (LOSS, ANSWER, CASELOAD)
UNITS = {"cost_sek": "SEK per person-year", "unmet_need_days": "days per person-year"}
CHOICES = ("baseline", "patient_coordinator", "team")
LOSS_LIMIT, ANSWER_LIMIT = 1.25, 0.5


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
    terms = {"outcome": ["cost_sek", "unmet_need_days"], **terms}
    request, decision = robustness.ask(request, asked, TermsOptions(**terms))
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
    manifest = run(folder, futures=50, require=["cost_sek<=1060", "unmet_need_days<=48"])
    said = shown(capsys)
    found = read(folder, "discovery").set_index(["scenario", "parameter"])
    person = found.loc["patient_coordinator"]
    assert set(person["verdict"]) == {"region"} and set(person.index) == {LOSS, ANSWER}
    assert float(person.loc[LOSS, "low"]) == pytest.approx(LOSS_LIMIT, abs=0.1)
    assert float(person.loc[ANSWER, "low"]) == pytest.approx(ANSWER_LIMIT, abs=0.08)
    assert (person["density"].astype(float) > 0.85).all() and (person["coverage"].astype(float) > 0.85).all()
    assert set(found.loc["team", "verdict"]) == {"always"}
    assert "“Contact person” does not pay where" in said
    assert "loss scale is above 1." in said and "reach by profession (care manager) is above 0." in said
    assert "It pays in no future at all" in said
    # One pays 100 more in some futures, saves 50 in the others.
    regret = read(folder, "regret").set_index(["criterion", "scenario"])
    fails = int(person["failing"].iloc[0]) / 50
    assert float(regret.loc[("cost_sek", "patient_coordinator"), "mean"]) == pytest.approx(100 * fails, abs=2)
    assert float(regret.loc[("cost_sek", "baseline"), "max"]) == pytest.approx(50, abs=3)
    assert float(regret.loc[("unmet_need_days", "team"), "max"]) == 0.0
    assert float(regret.loc[("unmet_need_days", "baseline"), "mean"]) == pytest.approx(3.0)
    futures = read(folder, "futures")
    assert len(futures) == 50 * 3 and set(futures["pays"]) == {"", "yes", "no"}
    both = futures[futures["scenario"] == "patient_coordinator"]
    planted = (both[LOSS] > LOSS_LIMIT) & (both[ANSWER] > ANSWER_LIMIT)
    assert ((both["pays"] == "no") == planted).all()
    enough = read(folder, "satisficing").set_index(["scenario", "requirement"])["share"]
    assert enough[("team", "unmet_need_days<=48")] == 1.0 and enough[("baseline", "")] == 0.0
    assert manifest["robustness"]["choices"] == list(CHOICES) and manifest["robustness"]["pays_by"] == "cost_sek"
    assert len(manifest["seeds"]) == 100 and manifest["robustness"]["refused"] == []
    names = {path.name for path in (folder / "figures").iterdir()}
    assert {"region_patient_coordinator_cost_sek.svg", "regret_cost_sek.png", "regret_unmet_need_days.svg"} <= names
    code, _, err = library.mellanrum("report", str(folder), "--lang", "sv")
    assert (code, err) == (0, "")
    page = (folder / "report.html").read_text()
    assert "I vilka framtider det inte lönar sig" in page and page.count("<img") == 3


def test_users_futures_worth_groups_and_what_is_missing(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"{0.5 + 1.49 * i / 24},{0.1 + 0.79 * (i * 7 % 25) / 24}" for i in range(25)]
    library.write("sets.csv", "\n".join([f"{LOSS},{ANSWER}", *rows]))
    same: dict[str, Any] = {
        "names": (), "futures": None, "ensemble": Path("sets.csv"), "replications": 1, "at_least": 10.0,
        "choices": ("patient_coordinator",), "group": ["all", "complex_needs"], "worth": ["cost_sek=1"],
    }  # fmt: skip
    manifest = run(tmp_path / "one", **same)
    said = shown(capsys)
    about = manifest["robustness"]
    assert (about["source"], about["sets"], about["pays_by"]) == ("ensemble", 25, "worth")
    found = read(tmp_path / "one", "discovery").drop_duplicates(["criterion", "group"])
    # With one replication nothing says what luck decided; those with complex needs have twice as much at stake.
    assert found["group"].tolist() == ["all", "yes"] and (found["unclear"] == "").all()
    assert "With one replication" in said and "by at least 10" in said
    futures = read(tmp_path / "one", "futures")
    gain = futures[futures["scenario"] == "patient_coordinator"].set_index(["group", "future"])["gain"].astype(float)
    assert gain["yes"].to_numpy() == pytest.approx(2 * gain["all"].to_numpy(), abs=4)
    # Days of people with complex needs were not measured.
    assert {(one["criterion"], one["group"]) for one in about["refused"]} == {("unmet_need_days", "yes")}
    run(tmp_path / "two", **same)
    names = ["discovery.csv", "regret.csv", "futures.csv", "report.html"]
    names += [f"figures/{path.name}" for path in (tmp_path / "one" / "figures").iterdir()]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_choices_that_are_all_the_same_are_never_regretted(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def same_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
        tables = planted_work(scenario, seed, wanted)
        return {**tables, "outcomes": tables["outcomes"].assign(value=seed % 97)}

    run(tmp_path / "out", work=same_work, futures=20, choices=("team",), names=(LOSS,))
    said = shown(capsys)
    assert "all choices do the same in every future" in said and "There is no such future among these" in said
    assert set(read(tmp_path / "out", "discovery")["verdict"]) == {"never"}


WRONG = [
    (["--futures", "19"], "--futures: must be 20 or more, found 19"),
    (["--pays-by", "cost_sk"], "--pays-by cost_sk: unknown outcome; did you mean cost_sek?"),
    (["--pays-by", "contacts"], "--pays-by contacts: "),
    (["--pays-by", "cost_sek,deaths_per_1000"], "--pays-by cost_sek,deaths_per_1000: expected one outcome, or worth"),
    (["--pays-by", "worth"], "--pays-by worth: nothing is worth anything yet; give --worth OUTCOME=SEK"),
    (["--at-least", "nan"], "--at-least: expected a number, found nan"),
    (["--require", "cost_sek<60"], "--require cost_sek<60: expected OUTCOME<=X or OUTCOME>=X, in quotes"),
    (["--require", "cost_sk<=60"], "--require cost_sk<=60: unknown outcome cost_sk; did you mean cost_sek?"),
    (["--require", "cost_sek<=much"], "--require cost_sek<=much: expected a number, found much"),
    (["--against", "patient_coordinator"], "nothing to choose but patient_coordinator; name another scenario"),
    (["--against", "nobody"], "nobody"),
    (["--parameters", "gap.los_scale"], "column gap.los_scale: unknown parameter; did you mean gap.loss_scale?"),
    (["--ensemble", "sets.csv"], "--ensemble sets.csv: there is no such file"),
    (["--replications", "0"], "--replications: must be 1 or more"),
]


@pytest.mark.parametrize(("words", "says"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_wrong_input_gives_one_message_and_writes_nothing(
    library: Any, monkeypatch: pytest.MonkeyPatch, words: list[str], says: str
) -> None:
    monkeypatch.setattr("sim.config.fit.fits_folder", lambda: library.path("no_fits"))
    given = [] if "--parameters" in words else ["--parameters", LOSS]
    code, out, err = library.mellanrum("robustness", "patient_coordinator", "--out", "out", *given, *words)
    assert (code, out) == (2, "")
    assert says in err and len(err.strip().splitlines()) == 1
    assert not library.path("out").exists()
