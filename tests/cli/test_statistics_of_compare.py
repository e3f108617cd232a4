"""Replications until precise, ensembles, twins and the warm-up around the main job; runs are fakes."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from cli_fakes import fake_work

from sim.batch.jobs import Wanted
from sim.cli.batch_request import Request
from sim.cli.compare import compare, show
from sim.cli.precision_options import AutoOptions, PrecisionOptions, precision_rule
from sim.cli.run import summary
from sim.config.errors import InputError
from sim.config.scenario import Scenario
from sim.outcomes.series import SERIES, STEADY
from sim.outcomes.twins import UNITS


def full_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Make the tables of a run with all that stands beside outcomes; familiarity takes 80 weeks to settle."""
    tables = fake_work(scenario, seed, wanted)
    share = scenario.parameters["worsening.preventable_share"].value
    assert isinstance(share, float)
    if scenario.id != "baseline":
        here = tables["outcomes"]["outcome"] == "ed_visits_per_1000"
        tables["outcomes"].loc[here, "value"] -= 10.0 * share
    rng, weeks = np.random.default_rng(seed % 2**32), np.arange(156)
    shapes = {name: np.where(weeks < (70 if name == "familiarity" else 5), 0.5, 1.0) for name in SERIES}
    tables["series"] = pd.concat(
        pd.DataFrame({"series": name, "week": weeks, "value": shape + rng.normal(0.0, 0.01, 156)})
        for name, shape in shapes.items()
    )
    sizes = [("need_group", str(number), 10.0 * number) for number in range(1, 6)]
    tables["group_sizes"] = pd.DataFrame(sizes, columns=["group_by", "group", "person_years"])
    if wanted.twins:
        reached = (np.arange(50) < 10) & (scenario.id != "baseline")
        traits = {"counted": True, "need_group": np.arange(50) % 5 + 1, "complex_needs": False, "eligible": True}
        values = {name: rng.poisson(5.0, 50) - 2.0 * reached for name in UNITS}
        tables["twins"] = pd.DataFrame({**traits, "enrolled": reached, **values})
    return tables


def request(out: Path, **changes: Any) -> Request:
    usual: dict[str, Any] = {
        "command": "compare",
        "scenarios": ("baseline", "team"),
        "replications": 3,
        "seed": 1,
        "jobs": 1,
        "out": out,
        "quiet": True,
        "twins": True,
        "arguments": ("compare", "team"),
    }
    return Request(**{**usual, **changes})


def manifest(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def auto(*precision: str, most: int = 60) -> dict[str, Any]:
    return {"replications": 5, "auto": AutoOptions(precision=precision, fewest=5, most=most)}


TABLES = ("outcomes.csv", "differences.csv", "twins.csv", "equity.csv", "warmup.csv", "runs.parquet")


def read_all(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in TABLES}


def test_runs_are_added_until_precise_the_same_way_for_any_number_of_processes(tmp_path: Path) -> None:
    wanted = auto("ed_visits_per_1000=0.2", "cost_sek=0.2")
    for jobs in (1, 2):
        compare(request(tmp_path / str(jobs), jobs=jobs, **wanted), full_work)
    receipt = manifest(tmp_path / "1")
    assert 5 < receipt["replications"] < 60 and len(receipt["seeds"]) == receipt["replications"]
    found = receipt["precision"]
    assert found["met"] and {one["outcome"] for one in found["differences"]} == {"ed_visits_per_1000", "cost_sek"}
    assert all(one["half_width"] <= 0.2 == one["target"] for one in found["differences"])
    differences = pd.read_csv(tmp_path / "1" / "differences.csv")
    assert (differences["n"] == receipt["replications"]).all()
    assert read_all(tmp_path / "1") == read_all(tmp_path / "2")


def test_a_batch_cut_short_goes_the_same_way_when_resumed(tmp_path: Path) -> None:
    wanted = auto("cost_sek=0.1")
    compare(request(tmp_path / "whole", **wanted), full_work)
    compare(request(tmp_path / "part", replications=7), full_work)
    finished = compare(request(tmp_path / "part", resume=True, **wanted), full_work)
    assert finished.batch.reused == 14 < len(finished.batch.results)
    assert read_all(tmp_path / "part") == read_all(tmp_path / "whole")


def test_the_most_replications_stop_it_and_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finished = compare(request(tmp_path / "out", quiet=False, **auto("0.000001", most=9)), full_work)
    show(finished, "en")
    said = capsys.readouterr()
    assert "still too wide after 5 replications: going on to 9" in said.err
    assert manifest(tmp_path / "out")["replications"] == 9
    assert manifest(tmp_path / "out")["precision"]["met"] is False
    assert "Precision not reached after 9 replications" in " ".join(said.out.split())
    assert "Precision not reached after 9" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_another_precision_is_another_command(tmp_path: Path) -> None:
    compare(request(tmp_path / "out", **auto("cost_sek=5")), full_work)
    with pytest.raises(InputError, match="another command"):
        compare(request(tmp_path / "out", **auto("cost_sek=6")), full_work)


@pytest.mark.parametrize(
    ("precision", "precise_for", "outcomes", "share", "absolute"),
    [
        ((), (), 4, 0.1, {}),
        (("0.2",), (), 4, 0.2, {}),
        (("0.2",), ("qalys",), 1, 0.2, {}),
        (("cost_sek=50",), (), 1, 0.1, {"cost_sek": 50.0}),
        (("0.2", "qalys=0.01"), (), 5, 0.2, {"qalys": 0.01}),
    ],
)
def test_what_precision_means(
    precision: tuple[str, ...], precise_for: tuple[str, ...], outcomes: int, share: float, absolute: dict[str, float]
) -> None:
    rule = precision_rule(AutoOptions(precision=precision, precise_for=precise_for))
    assert (len(rule.outcomes), rule.share, rule.absolute) == (outcomes, share, absolute)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"precision": ("ten",)}, "--precision: expected a number above 0"),
        ({"precision": ("0",)}, "found 0"),
        ({"precision": ("-0.1",)}, "found -0.1"),
        ({"precision": ("cost_sek=nan",)}, "found cost_sek=nan"),
        ({"precision": ("ed_visit=5",)}, "unknown outcome ed_visit; did you mean ed_visits_per_1000?"),
        ({"precise_for": ("cost",)}, "--precise-for: unknown outcome cost"),
        ({"precision": ("0.1", "0.2")}, "two shares"),
        ({"fewest": 4}, "--min-replications: must be 5 or more"),
        ({"fewest": 20, "most": 10}, "--max-replications: must be at least"),
    ],
)
def test_wrong_precision_is_one_message(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as problem:
        precision_rule(AutoOptions(**options))
    assert message in str(problem.value)


def test_replications_are_a_number_or_auto() -> None:
    assert PrecisionOptions().read("12") == (12, None)
    assert PrecisionOptions(precision=["0.1"]).read("auto") == (8, AutoOptions(precision=("0.1",)))
    with pytest.raises(InputError, match="must be 1 or more, or auto, found many"):
        PrecisionOptions().read("many")
    with pytest.raises(InputError, match="--precision: needs --replications auto"):
        PrecisionOptions(precision=["0.1"]).read("8")


def test_a_short_warm_up_is_warned_of_everywhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    finished = compare(request(tmp_path / "out", warmup_years=0.5), full_work)
    show(finished, "en")
    said = " ".join(capsys.readouterr().out.split())
    assert "not stationary after a warm-up of 0.5 years, by MSER-5: not yet level: familiarity" in said
    assert "not stationary" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    found = manifest(tmp_path / "out")["warmup_check"]
    assert (found["stationary"], found["moving"]) == (False, ["familiarity"])
    compare(request(tmp_path / "long", warmup_years=1.5), full_work)
    assert manifest(tmp_path / "long")["warmup_check"]["stationary"] is True
    assert len(pd.read_csv(tmp_path / "long" / "warmup.csv")) == len(STEADY)


def test_people_are_set_beside_themselves(tmp_path: Path) -> None:
    finished = compare(request(tmp_path / "out"), full_work)
    show(finished, "sv")
    twins = pd.read_csv(tmp_path / "out" / "twins.csv").set_index(["group_by", "group", "outcome"])
    assert twins.loc[("reached", "yes", "ed_visits"), "people"] == 10
    assert twins.loc[("reached", "yes", "ed_visits"), "mean"] == -2.0
    assert twins.loc[("reached", "no", "ed_visits"), "share_unchanged"] == 1.0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Samma människor med och utan" in page and "Fördelas vinsterna efter behov?" in page
    assert (tmp_path / "out" / "figures" / "twins.svg").exists()


def test_an_ensemble_tells_chance_from_parameters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sets = tmp_path / "sets.csv"
    sets.write_text("worsening.preventable_share\n" + "\n".join(map(str, (0.3, 0.4, 0.5, 0.6, 0.7))) + "\n")
    finished = compare(request(tmp_path / "out", ensemble=sets, twins=False), full_work)
    assert len(finished.batch.results) == 2 * 5 * 3
    folder = tmp_path / "out"
    outcomes, runs = pd.read_csv(folder / "outcomes.csv"), pd.read_parquet(folder / "runs.parquet")
    for table in (outcomes, runs):
        assert table.columns[-1] == "parameter_set"
        assert sorted(set(table["parameter_set"])) == [0, 1, 2, 3, 4]
    assert pd.read_csv(folder / "parameter_sets.csv")["worsening.preventable_share"].tolist() == [
        0.3,
        0.4,
        0.5,
        0.6,
        0.7,
    ]
    known = pd.read_csv(folder / "uncertainty.csv").set_index(["group_by", "outcome"])
    row = known.loc[("all", "ed_visits_per_1000")]
    # The effect is 10 x the share: over the five sets it has a standard deviation of 1.58.
    assert row["sd_parameters"] == pytest.approx(1.58, rel=0.1) and row["parameter_share"] > 0.9
    assert known.loc[("all", "cost_sek"), "parameter_share"] < 0.5
    differences = pd.read_csv(folder / "differences.csv")
    assert (differences["n"] == 5).all()
    show(finished, "en")
    assert "Parameters vary over 5 sets" in " ".join(capsys.readouterr().out.split())
    assert manifest(folder)["ensemble"]["parameters"] == ["worsening.preventable_share"]


def test_a_fit_gives_every_replication_a_set_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "fits" / "vastra_varmland"
    home.mkdir(parents=True)
    (home / "ensemble.csv").write_text("worsening.preventable_share\n0.3\n0.5\n0.7\n0.4\n", encoding="utf-8")
    monkeypatch.setattr("sim.config.fit.fits_folder", lambda: tmp_path / "fits")
    start = compare(request(tmp_path / "start"), full_work)
    finished = compare(request(tmp_path / "out", fitted=True), full_work)
    folder = tmp_path / "out"
    assert len(finished.batch.results) == len(start.batch.results) == 2 * 3
    assert pd.read_csv(folder / "parameter_sets.csv")["worsening.preventable_share"].tolist() == [0.3, 0.5, 0.7]
    said = manifest(folder)["fit"]
    assert (said["place"], said["sets"], said["used"]) == ("vastra_varmland", 4, 3)
    assert "fit" not in manifest(tmp_path / "start")
    rows = [
        pd.read_csv(one / "differences.csv").set_index(["group_by", "outcome"]) for one in (tmp_path / "start", folder)
    ]
    narrow, wide = (one.loc[("all", "ed_visits_per_1000")] for one in rows)
    # The effect is 10 x the share: it goes from 3 to 7 over the sets, and one more set may lie beyond.
    assert wide["mean"] == pytest.approx(narrow["mean"], abs=1.0)
    assert wide["high"] - wide["low"] > 15 and wide["high_t"] - wide["low_t"] < wide["high"] - wide["low"]
    show(finished, "sv")
    said_now = " ".join(capsys.readouterr().out.split())
    assert "3 av de 4 uppsättningar" in said_now and "95 av 100 ytterligare" in said_now


def test_an_ensemble_needs_a_number_and_wrong_values_write_nothing(tmp_path: Path) -> None:
    sets = tmp_path / "sets.csv"
    sets.write_text("worsening.preventable_share\n0.4\n")
    with pytest.raises(InputError, match="give --replications a number"):
        compare(request(tmp_path / "out", ensemble=sets, **auto("0.1")), full_work)
    sets.write_text("worsening.preventable_share\n4\n")
    with pytest.raises(InputError, match="must be within"):
        compare(request(tmp_path / "out", ensemble=sets), full_work)
    assert not (tmp_path / "out").exists()


def test_summary_of_run_counts_what_was_made(tmp_path: Path) -> None:
    finished = compare(request(tmp_path / "out"), full_work)
    assert summary(finished).startswith("6 runs: baseline, team")
