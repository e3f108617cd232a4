"""Sweeps around the model: tables, receipt, page, words, wrong input; runs are fakes, files are real."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cli_fakes import COLUMNS
from laid_fit import lay_fit

from sim.batch.jobs import Wanted, plan_jobs
from sim.batch.versions import code_version
from sim.cli import sweep, sweep_runs
from sim.cli.batch_request import Request
from sim.config import fit
from sim.config.errors import InputError
from sim.config.loader import load_scenario
from sim.config.scenario import Scenario
from sim.report import sweep_page

OUTCOMES = ("unmet_need_days", "cost_sek")
MADE: list[str] = []
"""Ids of the scenarios that were run."""


def known_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Make the tables of a run that can be worked out: what a contact person gives levels off at half of the people.

    With more than half the cost goes on rising, so that the sign of the cost turns.
    """
    MADE.append(scenario.id)
    luck = (seed % 89) / 10.0
    reach = sum(choice.coverage for choice in scenario.means if choice.id == "patient_coordinator")
    loss = scenario.parameters["gap.loss_scale"].value
    assert isinstance(loss, float)
    odd = 0.01 * ((seed + round(100 * reach)) % 7) * (reach > 0)
    days = 50.0 + 10.0 * loss + luck - 20.0 * loss * min(reach, 0.5) + odd
    cost = 1000.0 + luck - 40.0 * reach + 60.0 * reach**2 + odd
    units = {"unmet_need_days": "days per person-year", "cost_sek": "SEK per person-year"}
    rows = [("all", "all", name, units[name], value) for name, value in zip(OUTCOMES, (days, cost), strict=True)]
    rows.append(("complex_needs", "yes", "unmet_need_days", units["unmet_need_days"], 3 * days))
    rows += [("principal", one.id, "cost_sek", units["cost_sek"], cost / 2) for one in scenario.place.principals]
    bins = pd.DataFrame([("lead_time_days", "0", 0.0, 1.0)], columns=["distribution", "group", "x", "value"])
    return {"outcomes": pd.DataFrame(rows, columns=COLUMNS), "distributions": bins}


def run(folder: Path, *words: str, show: bool = True, **more: Any) -> dict[str, Any]:
    MADE.clear()
    asked = {name: more.pop(name, None) for name in ("scenario", "against", "outcomes", "groups")}
    asked["outcomes"] = asked["outcomes"] or list(OUTCOMES)
    arguments = ("sweep", *words)
    request = Request(
        command="sweep", scenarios=(), replications=4, seed=1, jobs=1, out=folder, quiet=True, arguments=arguments,
        **more,
    )  # fmt: skip
    request, question = sweep.ask(request, list(words), **asked)
    finished = sweep_runs.sweep_runs(request, question, known_work)
    assert finished.exit_code == 0
    if show:
        sweep_runs.show(finished, "en")
    return dict(json.loads((folder / "manifest.json").read_text()))


COVERAGE = "means.patient_coordinator.coverage=0:1:5"


def test_along_one_axis_the_tables_figures_and_sentences_say_what_was_put_in(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    manifest = run(folder, COVERAGE, scenario="patient_coordinator")
    shown = " ".join(capsys.readouterr().out.split())
    # The baseline has no contact person, so it is run once for all points; reach 1 is the scenario itself.
    assert len(MADE) == 6 * 4 and set(MADE) == set(manifest["scenarios"])
    assert next(iter(manifest["scenarios"])) == "baseline" and "patient_coordinator" in manifest["scenarios"]
    table = pd.read_csv(folder / "sweep.csv")
    own = table[(table["scenario"] == "patient_coordinator") & (table["group_by"] == "all")].set_index(["outcome", "x"])
    days, cost = own["difference"]["unmet_need_days"], own["difference"]["cost_sek"]
    assert days.tolist() == pytest.approx([0.0, -5.0, -10.0, -10.0, -10.0], abs=0.06)
    assert cost.tolist() == pytest.approx([0.0, -6.25, -5.0, 3.75, 20.0], abs=0.06)
    enough = pd.read_csv(folder / "levels_off.csv").set_index(["group_by", "outcome"])
    assert enough.loc[("all", "unmet_need_days"), "x"] == 0.5 and enough.loc[("all", "cost_sek"), "x"] == 0.25
    assert "clearly better from 0.25 to 1" in shown
    assert "From 0.5 on nothing more is gained: no higher value is clearly better" in shown
    assert "clearly better from 0.25 to 0.5 (−6.2" in shown and "clearly worse from 0.75 to 1 (+20.0" in shown
    points = pd.read_csv(folder / "points.csv")
    assert points["means.patient_coordinator.coverage"].tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert points["scenario"].tolist()[-1] == "patient_coordinator" and set(points["against"]) == {"baseline"}
    for name in ("difference", "levels"):
        assert (folder / "figures" / f"{name}.svg").stat().st_size > 1000
    page = (folder / "report.html").read_text()
    assert "From 0.5 on nothing more is gained" in re.sub(r"</?data[^>]*>", "", page) and page.count("<img") == 2
    assert manifest["sweep"]["axes"][0]["values"] == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_over_two_axes_there_is_a_map_and_what_does_not_change_is_not_run_again(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    words = ("means.patient_coordinator.coverage=0.25,0.5,1", "gap.loss_scale=0.5,1,2")
    run(folder, *words, scenario="patient_coordinator", groups=["all", "principal:*"])
    # Nine points of the scenario; the baseline only where losses change.
    assert len(set(MADE)) == 12
    table = pd.read_csv(folder / "sweep.csv")
    own = table[(table["scenario"] == "patient_coordinator") & (table["group_by"] == "all")]
    days = own[own["outcome"] == "unmet_need_days"].set_index(["x", "y"])["difference"]
    assert days.loc[(0.5, 2.0)] == pytest.approx(-20.0, abs=0.06)
    assert days.loc[(0.25, 0.5)] == pytest.approx(-2.5, abs=0.06)
    shown = " ".join(capsys.readouterr().out.split())
    assert "of 9 points 6 are clearly better than “Today's care”, 3 clearly worse" in shown
    assert "So the sign turns inside the map" in shown
    assert not (folder / "levels_off.csv").exists() and (folder / "figures" / "map.png").stat().st_size > 1000
    assert "Town" in (folder / "report.html").read_text()


def test_alone_its_level_is_followed(library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "out"
    manifest = run(folder, "gap.loss_scale=0.5,1,2", scenario="baseline", against="none", outcomes=["unmet_need_days"])
    assert set(MADE) == {"baseline_001", "baseline", "baseline_003"} and manifest["sweep"]["against"] is None
    table = pd.read_csv(folder / "sweep.csv").query("group_by == 'all'")
    assert table["change"].tolist() == pytest.approx([0.0, 5.0, 15.0])
    shown = " ".join(capsys.readouterr().out.split())
    assert "The level at 2 is clearly worse than at 0.5 (by +15.0" in shown
    assert "No value is clearly better than the lowest, 0.5" in shown
    assert [path.stem for path in (folder / "figures").glob("*.svg")] == ["levels"]


def test_with_a_fit_every_replication_moves_another_of_its_sets(
    library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_fit(tmp_path, monkeypatch, 0.8, 1.2)
    folder = tmp_path / "out"
    asked = {"scenario": "baseline", "against": "none", "outcomes": ["unmet_need_days"], "fitted": True}
    manifest = run(folder, "gap.loss_scale*=0.75,1", **asked)
    assert (manifest["fit"]["sets"], manifest["fit"]["used"]) == (2, 2)
    assert pd.read_csv(folder / "parameter_sets.csv")["gap.loss_scale"].tolist() == [0.8, 1.2]
    table = pd.read_csv(folder / "outcomes.csv").query("outcome == 'unmet_need_days' and group_by == 'all'")
    days = table.pivot_table(index="replication", columns="scenario", values="value")
    # Ten days for each unit of loss; a quarter of a set's own loss is 0.2 or 0.3.
    assert (days["baseline"] - days["baseline_001"]).tolist() == pytest.approx([2.0, 3.0, 2.0, 3.0])
    assert "another of the parameter sets that agree with published figures" in (folder / "report.html").read_text()


def test_in_a_fitted_set_a_factor_may_leave_the_plausible_range_but_a_share_ends_at_one(
    library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_fit(tmp_path, monkeypatch, 0.8, 1.2)
    asked = {"scenario": "baseline", "against": "none", "fitted": True}
    # Half of 0.8 is below the range, whose lower end is 0.5; half of the start value is not.
    assert run(tmp_path / "out", "gap.loss_scale*=0.5,1", **asked, show=False)["status"] == "done"
    share = "implementation.institutionalised_share"
    (tmp_path / "fits" / fit.HOME_PLACE / "ensemble.csv").write_text(f"{share}\n0.4\n0.8\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"must be within 0 to 1, found 1\.2 in a fitted set; go less far, or give"):
        run(tmp_path / "other", f"{share}*=1,1.5", **asked)
    assert not (tmp_path / "other").exists()


def test_a_run_that_another_command_stored_is_not_made_again(library: Any, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run(tmp_path / "one", COVERAGE, scenario="patient_coordinator", store=store, show=False)
    asked = [load_scenario(name) for name in ("baseline", "patient_coordinator")]
    jobs = plan_jobs(asked, replications=4, base_seed=1, code=code_version())
    # The keys are those that `compare` would look for.
    assert all((store / job.key / "receipt.json").is_file() for job in jobs)
    again = {"scenario": "patient_coordinator", "store": store, "show": False}
    run(tmp_path / "two", "means.patient_coordinator.coverage=0.5,1", **again)
    assert MADE == []


def test_same_bytes_again_and_the_page_is_built_again_from_tables(library: Any, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        run(folder, COVERAGE, scenario="patient_coordinator", show=False)
    for name in ("points.csv", "sweep.csv", "levels_off.csv", "outcomes.csv"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    code, out, err = library.mellanrum("report", str(one), "--lang", "sv")
    assert (code, err) == (0, "") and "Rapport" in out
    page = (one / "report.html").read_text()
    said = re.sub(r"</?data[^>]*>", "", page)
    assert 'lang="sv"' in page and "Från 0,5 vinner man inget mer" in said and "Fast vårdkontakt" in said
    ET.parse(one / "figures" / "difference.svg")
    drawn = (one / "figures" / "difference.svg").read_bytes()
    sweep_page.build_sweep_report(one, lang="sv")
    assert (one / "figures" / "difference.svg").read_bytes() == drawn and (one / "report.html").read_text() == page


def test_before_it_starts_it_says_how_many_runs_and_about_how_long(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    stored = {"scenario": "patient_coordinator", "store": store, "show": False}
    run(tmp_path / "one", "means.patient_coordinator.coverage=0.5,1", **stored)
    request = Request(command="sweep", scenarios=(), replications=4, seed=1, jobs=2, out=tmp_path / "b", store=store)
    request, question = sweep.ask(request, [COVERAGE], scenario="patient_coordinator")
    capsys.readouterr()
    sweep_runs.announce(request, question)
    said = capsys.readouterr().err
    assert "5 points, 6 different scenarios x 4 replications = 24 runs, 12 of them stored already" in said
    assert "less than a minute" in said and not (tmp_path / "b").exists()


WRONG = [
    ([], "sweep: name a ready-made sweep"),
    (["contact_person"], "contact_person: unknown sweep; did you mean contact_persons?"),
    (["nothing.yaml"], "nothing.yaml"),
    (["gap.loss_scale=0.5:2:3", "--scenario", "al_four"], "al_four: unknown scenario; did you mean all_four?"),
    (["gap.loss_scale=0.5:2:3", "--against", "all_four"], "--against: all_four is among the scenarios looked at"),
    (["gap.loss_scale=0.5:2:3", "--outcome", "cost_sk"], "--outcome cost_sk: unknown outcome"),
    (["gap.loss_scale=0.5:2:3", "--group", "need_group:6"], "--group need_group:6: there is no such need_group"),
    (["gap.loss_scale=0.5:9:3", "--replications", "0"], "--replications: must be 1 or more"),
    (["means.mdt.coverage=0,1", "--scenario", "joint_financing"], "mdt is not on in joint_financing and baseline"),
    (["place.people_85plus=1,2"], "no age band of town begins at 85"),
]


@pytest.mark.parametrize(("words", "says"), WRONG, ids=lambda one: one if isinstance(one, str) else " ".join(one))
def test_wrong_input_gives_one_message_and_writes_nothing(library: Any, words: list[str], says: str) -> None:
    code, out, err = library.mellanrum("sweep", *words, "--out", "out")
    assert (code, out) == (2, "")
    assert says in err and len(err.strip().splitlines()) == 1, err
    assert not library.path("out").exists()


def test_the_list_names_every_ready_made_sweep_in_both_languages(library: Any) -> None:
    code, out, err = library.mellanrum("sweep", "--list", "--lang", "sv")
    assert (code, err) == (0, "")
    names = [path.stem for path in library.path("scenarios/sweeps").glob("*.yaml")]
    assert len(names) >= 10 and all(name in out for name in names) and "Färdiga svep" in out
