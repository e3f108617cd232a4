"""Sensitivity around the model: designs, tables, receipt, page, words, wrong input; runs are fakes, files are real."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from cli_fakes import COLUMNS

from sim.batch.jobs import Wanted
from sim.batch.matrix import Matrix
from sim.cli import sensitivity, sensitivity_runs, sensitivity_tables
from sim.cli.batch_request import Request
from sim.cli.sensitivity_parameters import Ranges
from sim.cli.sensitivity_plan import Asked, Method
from sim.config.scenario import Scenario

F64 = npt.NDArray[np.float64]
LOSS, ANSWER, CASELOAD = "gap.loss_scale", "gap.reach_by_profession[care_manager]", "means.patient_coordinator.caseload"
NAMES = (LOSS, ANSWER, CASELOAD)
UNITS = {
    "unmet_need_days": "days per person-year",
    "cost_sek": "SEK per person-year",
    "ed_visits_per_1000": "per 1,000 person-years",
}
OUTCOMES = ("unmet_need_days", "cost_sek")
SEEDS: set[int] = set()


def inside(scenario: Scenario) -> tuple[float, float, float]:
    """Return where the three parameters lie in their ranges, 0 to 1."""
    loss, answer = scenario.parameters[LOSS].value, scenario.parameters["gap.reach_by_profession"].value
    caseload = [one.settings["caseload"].value for one in scenario.means if one.id == "patient_coordinator"]
    assert isinstance(loss, float) and isinstance(answer, dict)
    load = float(str(caseload[0])) if caseload else 25.0
    return (loss - 0.5) / 1.5, (answer["care_manager"] - 0.1) / 0.8, (load - 10.0) / 50.0


def known_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Make the tables of a run whose difference is known: caseload decides, answers help a little, losses do not.

    Losses move the level only. Cost moves with the caseload, the other way; visits with a product of two.
    """
    SEEDS.add(seed)
    loss, answer, load = inside(scenario)
    on = bool(scenario.means)
    luck = (seed % 89) / 10.0
    odd = 0.02 * ((seed + 7 * on) % 11 - 5)
    days = 50.0 + 10.0 * loss + luck + on * (-5.0 + 8.0 * load + 2.0 * answer + odd)
    cost = 1000.0 + luck + on * (60.0 - 40.0 * load + odd)
    visits = 300.0 + luck + on * 100.0 * (load - 0.5) * (answer - 0.5)
    rows = [("all", "all", name, UNITS[name], value) for name, value in zip(UNITS, (days, cost, visits), strict=True)]
    rows.append(("complex_needs", "yes", "unmet_need_days", UNITS["unmet_need_days"], 3 * days))
    bins = pd.DataFrame([("lead_time_days", "0", 0.0, 1.0)], columns=["distribution", "group", "x", "value"])
    return {"outcomes": pd.DataFrame(rows, columns=COLUMNS), "distributions": bins}


def broken_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Leave out the cost, and give a visit rate that is not finite, where losses are high."""
    tables = known_work(scenario, seed, wanted)
    table = tables["outcomes"]
    if inside(scenario)[0] > 0.99:
        table = table[table["outcome"] != "cost_sek"]
        table.loc[table["outcome"] == "ed_visits_per_1000", "value"] = np.inf
    return {**tables, "outcomes": table}


def prepare(
    folder: Path,
    method: Method,
    *,
    names: tuple[str, ...] = NAMES,
    scenarios: tuple[str, ...] = ("patient_coordinator",),
    replications: int = 4,
    against: str = "baseline",
    outcomes: tuple[str, ...] = OUTCOMES,
    groups: tuple[str, ...] = ("all",),
    worth: tuple[str, ...] = (),
    **more: Any,
) -> tuple[Request, sensitivity_runs.Question]:
    request = Request(
        command=f"sensitivity-{method.value}", scenarios=scenarios, replications=replications, seed=1, jobs=1,
        out=folder, quiet=True, arguments=("sensitivity", "--method", method.value),
    )  # fmt: skip
    asked = Asked(method=method, names=names, ranges=more.pop("ranges", Ranges.DECLARED), **more)
    return sensitivity.ask(request, asked, against=against, outcomes=outcomes, groups=groups, worth=worth)


def run(folder: Path, method: Method, *, work: Any = known_work, show: bool = True, **more: Any) -> dict[str, Any]:
    SEEDS.clear()
    request, question = prepare(folder, method, **more)
    finished = sensitivity_runs.sensitivity_runs(request, question, work)
    assert finished.exit_code == 0
    if show:
        sensitivity_runs.show(finished, "en")
    return dict(json.loads((folder / "manifest.json").read_text()))


def numbers(folder: Path, outcome: str = "unmet_need_days", group: str = "all") -> pd.Series:
    table = pd.read_csv(folder / "sensitivity.csv", keep_default_na=False)
    own = table[(table["outcome"] == outcome) & (table["group"] == group)]
    return own.set_index(["parameter", "measure"])["value"].astype(float)


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_a_tornado_gives_what_was_put_in_and_says_where_the_sign_turns(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    manifest = run(folder, Method.TORNADO, groups=("all", "complex_needs"))
    found = numbers(folder)
    # Starts lie at 1/3, 1/2 and 0.3 of the ranges.
    assert found[("", "start")] == pytest.approx(-1.6, abs=0.1)
    assert found[(CASELOAD, "at_low")] == pytest.approx(-2.4) and found[(CASELOAD, "at_high")] == pytest.approx(5.6)
    assert found[(ANSWER, "swing")] == pytest.approx(2.0) and found[(LOSS, "swing")] == pytest.approx(0.0)
    assert numbers(folder, group="yes")[(CASELOAD, "swing")] == pytest.approx(24.0)
    # Seven sets on the same four lucks.
    assert len(SEEDS) == 4 and len(manifest["seeds"]) == 4 and manifest["sensitivity"]["sets"] == 7
    runs = pd.read_parquet(folder / "runs.parquet")
    assert len(runs) == 7 * 2 * 4 and sorted(set(runs["parameter_set"])) == list(range(7))
    said = shown(capsys)
    assert f"Most is moved by {CASELOAD} (−4.0" in said and f"The sign turns clearly with 1 of them: {CASELOAD}" in said
    assert "2 of 3 parameters move it clearly" in said
    assert f"“Today's care” with {CASELOAD} at its high end" in said
    best = pd.read_csv(folder / "ranking.csv", keep_default_na=False)
    best = best[(best["criterion"] == "unmet_need_days") & (best["group"] == "all") & (best["share"] == 1.0)]
    best = best.set_index(["parameter", "where"])["scenario"]
    assert (
        best[(CASELOAD, "high")] == "baseline" and best[("", "start")] == best[(LOSS, "low")] == "patient_coordinator"
    )
    sets = pd.read_csv(folder / "parameter_sets.csv")
    assert sets[CASELOAD].tolist() == [25, 25, 25, 25, 25, 10, 60]
    assert (folder / "figures" / "tornado_patient_coordinator_unmet_need_days_complex_needs_yes.svg").is_file()
    assert not (folder / "information.csv").exists()


@pytest.mark.parametrize("width", [80, 120])
def test_on_a_terminal_names_with_brackets_stand_whole_and_nothing_is_cut(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    run(tmp_path / "out", Method.TORNADO)
    lines = capsys.readouterr().out.splitlines()
    table = lines[: next(number for number, line in enumerate(lines) if "Most is moved by" in line)]
    first = "".join(
        line[: line.find("  ") if "  " in line else None].strip() for line in (one.strip() for one in table)
    )
    assert "[care_manager]" in first.replace(" ", "") and CASELOAD in first.replace(" ", "")
    # Every interval has both its ends.
    assert sum(line.count("[") for line in lines) == sum(line.count("]") for line in lines) >= 20
    assert "person-year" in " ".join(table) and all("low to" not in line or "high" in line for line in table)


def test_a_screening_ranks_and_names_what_may_be_left_alone(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    outcomes = ("unmet_need_days", "ed_visits_per_1000")
    run(folder, Method.MORRIS, trajectories=8, outcomes=outcomes, replications=2)
    found = numbers(folder)
    assert found[(CASELOAD, "mu_star")] == pytest.approx(8.0) and found[(ANSWER, "mu")] == pytest.approx(2.0)
    assert found[(LOSS, "mu_star")] == pytest.approx(0.0, abs=1e-9) and len(SEEDS) == 2
    # Visits move by a product: either way in the mean, and as the other one says.
    product = numbers(folder, "ed_visits_per_1000")
    assert product[(CASELOAD, "sigma")] > abs(product[(CASELOAD, "mu")])
    said = shown(capsys)
    assert f"{CASELOAD} (8.00" in said and "1 of 3 parameters move it by less than a twentieth" in said
    assert "What these do depends on the others, or bends" in said
    assert not (folder / "ranking.csv").exists()


def test_shares_of_variance_from_an_emulator_and_the_value_of_knowing(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    manifest = run(folder, Method.SOBOL, sets=48, base=64, replications=2, worth=("unmet_need_days=10",))
    found = numbers(folder)
    # Variances 64/12 and 4/12: 16/17 and 1/17.
    assert found[(CASELOAD, "first")] == pytest.approx(16 / 17, abs=0.03)
    assert found[(ANSWER, "total")] == pytest.approx(1 / 17, abs=0.03)
    assert found[(LOSS, "total")] == pytest.approx(0.0, abs=0.01)
    assert len(SEEDS) == 96  # every set has its own luck
    emulators = pd.read_csv(folder / "emulator_quality.csv")
    assert set(emulators["verdict"]) == {"good"} and (emulators["q2"] > 0.98).all()
    ranking = pd.read_csv(folder / "ranking.csv", keep_default_na=False)
    whole = ranking[(ranking["criterion"] == "unmet_need_days") & (ranking["where"] == "all")]
    # 8 u + 2 v < 5 for half of the square.
    assert whole.set_index("scenario")["share"]["patient_coordinator"] == pytest.approx(0.5, abs=0.05)
    worth = pd.read_csv(folder / "information.csv", keep_default_na=False).set_index(["criterion", "parameter"])
    # Gain 4 - 8 u after the mean answer: E max(4 - 8 u, 0) = 1; knowing the answer too: 1 + 1/96 x 4 / 2 more or less.
    assert worth.loc[("unmet_need_days", CASELOAD), "value"] == pytest.approx(1.0, rel=0.1)
    assert worth.loc[("worth", CASELOAD), "value"] == pytest.approx(10.0, rel=0.1)
    assert not worth.loc[("unmet_need_days", LOSS), "clear"] and worth.loc[("unmet_need_days", CASELOAD), "clear"]
    assert worth.loc[("unmet_need_days", ""), "value"] >= 0.98
    # Cost is 60 - 40 u more in all sets: no choice, nothing to learn.
    assert worth.loc[("cost_sek", ""), "high"] == pytest.approx(0.0, abs=1e-9)
    said = shown(capsys)
    assert "The emulator is good" in said and f"Find out first: {CASELOAD}" in said
    assert f"That hangs most on {CASELOAD}" in said
    assert manifest["sensitivity"]["worth_sek"] == {"unmet_need_days": 10.0}
    code, _, err = library.mellanrum("report", str(folder), "--lang", "sv")
    assert (code, err) == (0, "")
    page = (folder / "report.html").read_text()
    assert "Vad man bör ta reda på först" in page and "Emulatorn är bra" in page and page.count("<img") == 4


def ishigami(points: F64) -> F64:
    x = (2.0 * points - 1.0) * np.pi
    return np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_without_an_emulator_indices_of_a_difference_are_those_of_ishigami(library: Any, tmp_path: Path) -> None:
    _, question = prepare(tmp_path / "out", Method.SOBOL, direct=True, base=1024, outcomes=("unmet_need_days",))
    points = question.layout.points
    assert len(points) == 1024 * 8 and question.layout.common_luck
    level = 100.0 + 5.0 * points[:, 0]
    both = {"baseline": level, "patient_coordinator": level + ishigami(points)}
    runs = [pd.DataFrame({"scenario": name, "replication": np.arange(len(points))}) for name in both]
    cells = {"group_by": "all", "group": "all", "outcome": "unmet_need_days", "unit": UNITS["unmet_need_days"]}
    matrix = Matrix(
        runs=pd.concat(runs, ignore_index=True),
        cells=pd.DataFrame([cells]),
        values=np.concatenate(list(both.values()))[:, None],
    )
    found, refused = sensitivity_tables.analyse(matrix, question, 1, 1)
    assert refused == []
    table = found["sensitivity"].set_index(["parameter", "second", "measure"])["value"]
    truth = {"first": (0.3139, 0.4424, 0.0), "total": (0.5576, 0.4424, 0.2437)}
    for measure, values in truth.items():
        for name, value in zip(NAMES, values, strict=True):
            assert table[(name, "", measure)] == pytest.approx(value, abs=0.03)
    assert table[(LOSS, CASELOAD, "second")] == pytest.approx(0.2437, abs=0.03)
    assert set(found) == {"sensitivity", "ranking", "information"}
    assert set(found["information"]["n"]) == {2048}


def test_the_users_own_sets_are_a_decision_too(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"{1.0},{10 + 50 * (i % 10) / 9},{0.1 + 0.8 * i / 29}" for i in range(30)]
    library.write("sets.csv", "\n".join([f"{LOSS},{CASELOAD},{ANSWER}", *rows]))
    folder = tmp_path / "out"
    manifest = run(
        folder, Method.INFORMATION, names=(), ensemble=Path("sets.csv"), replications=1, outcomes=("unmet_need_days",)
    )
    assert manifest["sensitivity"]["source"] == "ensemble" and manifest["ensemble"]["file"] == "sets.csv"
    # What never changes is no unknown.
    assert [one["name"] for one in manifest["sensitivity"]["parameters"]] == [CASELOAD, ANSWER]
    worth = pd.read_csv(folder / "information.csv", keep_default_na=False).set_index("parameter")
    assert list(worth.index) == ["", CASELOAD, ANSWER] and worth.loc[CASELOAD, "clear"]
    assert not (folder / "sensitivity.csv").exists()
    assert "best in this share of the parameter sets" in shown(capsys)


def test_ranges_and_starts_are_what_a_fit_left(library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"{0.8 + 0.01 * i},{0.3 + 0.002 * i}" for i in range(101)]
    fit = library.write("fits/small/ensemble.csv", "\n".join([f"{LOSS},{ANSWER}", *rows]))
    monkeypatch.setattr("sim.config.fit.fits_folder", lambda: library.path("fits"))
    _, question = prepare(tmp_path / "out", Method.TORNADO, names=(LOSS, CASELOAD), ranges=Ranges.FITTED)
    loss, caseload = question.layout.box.dimensions
    assert (loss.low, loss.start, loss.high) == pytest.approx((0.85, 1.3, 1.75))
    assert (caseload.low, caseload.start, caseload.high, caseload.origin) == (10.0, 25.0, 60.0, "declared")
    # What was fitted and does not move stands in the middle.
    assert [(column.title, value) for column, value in question.layout.box.held] == [(ANSWER, pytest.approx(0.4))]
    assert [row[-1] for row in question.layout.sets.rows] == pytest.approx([0.4] * 5)
    _, question = prepare(tmp_path / "out", Method.INFORMATION, names=(), ranges=Ranges.FITTED, sets=50)
    assert question.layout.sets.path == fit and len(question.layout.sets) == 50
    _, question = prepare(tmp_path / "out", Method.TORNADO, names=("fitted",), ranges=Ranges.DECLARED)
    assert question.layout.box.titles == (LOSS, ANSWER) and question.layout.box.held == ()


def test_what_is_missing_or_not_finite_is_refused_not_filled_in(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    manifest = run(folder, Method.TORNADO, work=broken_work, outcomes=tuple(UNITS), replications=2)
    refused = [
        (one.get("outcome") or one["criterion"], one["unusable"], one["values"])
        for one in manifest["sensitivity"]["refused"]
    ]
    assert refused == [
        ("cost_sek", 2, 14),
        ("ed_visits_per_1000", 2, 14),
        ("cost_sek", 4, 28),
        ("ed_visits_per_1000", 4, 28),
    ]
    assert set(pd.read_csv(folder / "sensitivity.csv")["outcome"]) == {"unmet_need_days"}
    assert "2 of 14 values are missing or not finite (the first in parameter set 2)" in shown(capsys)


def test_a_poor_emulator_and_what_nothing_moves_are_refused(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    manifest = run(folder, Method.SOBOL, names=(LOSS,), sets=24, base=16, replications=2)
    assert {one["why"] for one in manifest["sensitivity"]["refused"]} == {"emulator"}
    assert "does not predict runs it has not seen well enough" in shown(capsys)
    manifest = run(tmp_path / "two", Method.TORNADO, names=(LOSS,), outcomes=("ed_visits_per_1000",))
    assert [one["why"] for one in manifest["sensitivity"]["refused"]] == ["same"]


def test_levels_alone_need_no_decision(library: Any, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run(
        folder,
        Method.TORNADO,
        scenarios=("baseline",),
        against="none",
        names=(LOSS, ANSWER),
        outcomes=("unmet_need_days",),
    )
    assert numbers(folder)[(LOSS, "swing")] == pytest.approx(10.0)
    assert not (folder / "ranking.csv").exists()


def test_same_bytes_again(library: Any, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run(tmp_path / name, Method.SOBOL, sets=40, base=32, replications=1, outcomes=OUTCOMES[:1])
    names = ("sensitivity.csv", "emulator_quality.csv", "ranking.csv", "information.csv", "parameter_sets.csv")
    pictures = [f"figures/{path.name}" for path in (tmp_path / "one" / "figures").iterdir()]
    assert pictures
    for name in (*names, *pictures):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


GIVEN = ["--parameters", ",".join(NAMES)]
WRONG = [
    (["--method", "sobl"], "sobl"),
    (["--parameters", "gap.los_scale"], "column gap.los_scale: unknown parameter; did you mean gap.loss_scale?"),
    (["--parameters", "means.co_location.reach_gain"], "none of the scenarios has co_location, so it changes nothing"),
    (["--parameters", "all,gap.loss_scale"], "--parameters all: stands alone"),
    (["--parameters", "fitted"], "--parameters fitted: there is no fit"),
    ([*GIVEN, "--against", "patient_coordinator"], "--against: patient_coordinator is among the scenarios looked at"),
    ([*GIVEN, "--method", "sobol", "--base", "1000"], "--base: must be a power of 2 such as 1024, found 1000"),
    ([*GIVEN, "--method", "sobol", "--sets", "5"], "--sets: at least 20 parameter sets are needed, found 5"),
    ([*GIVEN, "--method", "morris", "--trajectories", "1"], "--trajectories: must be 2 or more, found 1"),
    ([*GIVEN, "--ensemble", "sets.csv"], "--ensemble: is for --method information; tornado lays out sets of its own"),
    ([*GIVEN, "--worth", "cost_sk=1"], "--worth cost_sk=1: unknown outcome cost_sk; did you mean cost_sek?"),
    ([*GIVEN, "--worth", "cost_sek=-1"], "--worth cost_sek=-1: expected OUTCOME=SEK with a number above 0"),
    ([*GIVEN, "--worth", "lead_time_days=5"], "lead_time_days is counted in days, not per person-year"),
    ([*GIVEN, "--group", "nobody"], "--group nobody: expected all, complex_needs"),
    ([*GIVEN, "--outcome", "cost_sk"], "--outcome cost_sk: unknown outcome"),
    ([*GIVEN, "--replications", "0"], "--replications: must be 1 or more"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "says"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_wrong_input_gives_one_message_and_writes_nothing(
    library: Any, monkeypatch: pytest.MonkeyPatch, words: list[str], says: str
) -> None:
    monkeypatch.setattr("sim.config.fit.fits_folder", lambda: library.path("no_fits"))
    code, out, err = library.mellanrum("sensitivity", "patient_coordinator", "--out", "out", *words)
    assert (code, out) == (2, "")
    assert says in err and len(err.strip().splitlines()) == 1
    assert not library.path("out").exists()
