"""Leagues and designs around the model: tables, receipts, pages, words, wrong input; runs are fakes, files are real."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cli_fakes import COLUMNS
from laid_fit import lay_fit

from sim.batch.jobs import Wanted
from sim.cli import factorial, league
from sim.cli.batch_request import Request
from sim.cli.means import DEFAULT_FACTORS
from sim.cli.option_groups import SpanOptions
from sim.cli.outcome_choice import choose_outcomes
from sim.config.scenario import Scenario

HEAD = "title: {en: Mine, sv: Min}\nsummary: {en: Mine, sv: Min}\nsource: me\n"
OUTCOMES = ("unmet_need_days", "cost_sek")
GAINS = {"mdt": -4.0, "mobile_response": -2.0, "joint_financing": 0.5}
CLASH = 3.0
"""What team and mobile response take back from each other."""


def known_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Make the tables of a run whose unmet days are known: luck of the run, what is on, and one pair that clashes."""
    on = {choice.id for choice in scenario.means}
    luck = (seed % 97) / 10.0
    days = 100.0 + luck + sum(GAINS.get(one, 0.0) for one in on) + CLASH * ({"mdt", "mobile_response"} <= on)
    # Cost moves with the number of means, and a little with luck of its own.
    cost = 1000.0 + 10.0 * luck + len(on) + (seed + 13 * len(on)) % 7
    units = {"unmet_need_days": "days per person-year", "cost_sek": "SEK per person-year"}
    rows = [("all", "all", name, units[name], value) for name, value in zip(OUTCOMES, (days, cost), strict=True)]
    rows.append(("need_group", "1", "cost_sek", units["cost_sek"], 2 * cost))
    bins = pd.DataFrame([("lead_time_days", "0", 0.0, 1.0)], columns=["distribution", "group", "x", "value"])
    return {"outcomes": pd.DataFrame(rows, columns=COLUMNS), "distributions": bins}


def request(command: str, names: tuple[str, ...], folder: Path, **more: Any) -> Request:
    arguments = (command, *names)
    return Request(
        command=command,
        scenarios=names,
        replications=4,
        seed=1,
        jobs=1,
        out=folder,
        quiet=True,
        arguments=arguments,
        **more,
    )


def question(*factors: str, resolution: int = 5) -> factorial.Question:
    return factorial.Question(factors=factors, outcomes=choose_outcomes(OUTCOMES), reach=0.8, resolution=resolution)


def factorial_in(folder: Path, *factors: str, resolution: int = 5) -> dict[str, Any]:
    finished = factorial.factorial_runs(
        request("means", factors, folder), question(*factors, resolution=resolution), known_work
    )
    assert finished.exit_code == 0
    return dict(json.loads((folder / "manifest.json").read_text()))


def test_a_full_design_finds_what_each_does_and_which_pair_clashes(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    manifest = factorial_in(folder, "mdt", "mobile_response", "joint_financing")
    assert manifest["factorial"]["full"] and manifest["factorial"]["cells"] == 8
    assert list(manifest["scenarios"])[:4] == ["baseline", "mdt", "mobile_response", "mdt+mobile_response"]
    assert manifest["scenarios"]["mdt+mobile_response"]["means"] == ["mdt", "mobile_response"]
    assert {path.name for path in (folder / "scenarios").iterdir()} == {
        *("mdt.yaml", "mobile_response.yaml", "joint_financing.yaml", "baseline.resolved.yaml"),
        "mdt+mobile_response+joint_financing.resolved.yaml",
    }
    design = pd.read_csv(folder / "design.csv").set_index("scenario")
    assert design.loc["mdt+joint_financing"].tolist() == [1, 0, 1]
    effects = pd.read_csv(folder / "effects.csv").set_index(["outcome", "means"])["mean"]["unmet_need_days"]
    assert effects.to_dict() == pytest.approx({"mdt": -2.5, "mobile_response": -0.5, "joint_financing": 0.5})
    pairs = pd.read_csv(folder / "interactions.csv").set_index(["outcome", "first", "second"])
    clash = pairs.loc[("unmet_need_days", "mdt", "mobile_response")]
    assert clash["mean"] == pytest.approx(CLASH)
    assert clash["second_with_first"] == pytest.approx(1.0) and clash["second_without_first"] == pytest.approx(-2.0)
    joint = pd.read_csv(folder / "joint.csv").set_index("outcome").loc["unmet_need_days"]
    assert (joint["mean"], joint["sum_alone"]) == pytest.approx((-2.5, -5.5))
    shares = pd.read_csv(folder / "shapley.csv").set_index(["outcome", "means"])["mean"]["unmet_need_days"]
    assert shares.sum() == pytest.approx(-2.5)
    sets = pd.read_csv(folder / "smallest_sets.csv").set_index(["outcome", "size"]).loc["unmet_need_days"]
    assert (sets.loc[1, "means"], bool(sets.loc[1, "smallest"]), bool(sets.loc[1, "more_than_all"])) == (
        "mdt",
        True,
        True,
    )
    capsys.readouterr()
    factorial.show(factorial_finished(folder), "en")
    shown = " ".join(capsys.readouterr().out.split())
    assert "Fewest that reach 80% of it: 1 of 3, Multi-professional team (160%)" in shown
    assert "Fewer do more: Multi-professional team reaches 160%" in shown
    assert "Clearly less good together than apart" in shown
    assert (
        "Harm in company: Mobile acute response makes it clearly worse where Multi-professional team is in place"
        in shown
    )
    for name in ("effects.svg", "shapley.png"):
        assert (folder / "figures" / name).stat().st_size > 1000


def factorial_finished(folder: Path) -> Any:
    """Stand in for a finished batch: only its folder is looked at."""

    class Finished:
        folder: Any

    finished = Finished()
    finished.folder = type("Folder", (), {"path": folder})()
    return finished


def test_bundles_of_means_are_switched_together_and_may_not_overlap(library: Any, tmp_path: Path) -> None:
    manifest = factorial_in(tmp_path / "out", "team", "joint_financing")
    assert manifest["factorial"]["factors"]["team"]["means"] == ["mdt", "mobile_response"]
    assert manifest["scenarios"]["team+joint_financing"]["means"] == ["joint_financing", "mdt", "mobile_response"]


def test_a_fraction_says_what_it_cannot_tell_apart_and_adds_all_together(library: Any, tmp_path: Path) -> None:
    home = library.path("scenarios/means/joint_financing.yaml").read_text()
    names = []
    for number in range(5):
        # Seven factors take more means than there are code for: fakes read the scenario only.
        names.append(f"other_{number}")
        library.write(f"scenarios/means/other_{number}.yaml", home.replace("  joint_financing:", f"  other_{number}:"))
    factors = ("mdt", "mobile_response", *names)
    plan = factorial.lay_out(request("means", factors, tmp_path / "out"), question(*factors))
    assert (len(plan.cells), plan.scenarios[-1].id, len(plan.scenarios[-1].means)) == (64, "all_together", 7)
    screened = factorial_in(tmp_path / "screen", "mdt", "mobile_response", *names, resolution=4)
    assert (screened["factorial"]["resolution"], screened["factorial"]["cells"]) == (4, 16)
    assert list(screened["scenarios"])[:2] == ["baseline", "cell_001"]
    pairs = pd.read_csv(tmp_path / "screen" / "interactions.csv").set_index(["outcome", "first", "second"])
    row = pairs.loc[("unmet_need_days", "mdt", "mobile_response")]
    assert row["mean"] == pytest.approx(CLASH) and row["mixed_with"].count(" x ") == 2
    joint = pd.read_csv(tmp_path / "screen" / "joint.csv").set_index("outcome").loc["unmet_need_days"]
    assert joint["mean"] == pytest.approx(-3.0)
    assert joint["predicted"] == pytest.approx(-3.0)
    whole = pd.read_csv(tmp_path / "screen" / "design.csv").set_index("scenario")
    assert len(whole) == 16 and set(whole.columns) == {"mdt", "mobile_response", *names}


def test_same_bytes_again_and_the_page_is_built_again_from_tables(library: Any, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        factorial_in(folder, "mdt", "mobile_response")
    for name in ("design", "effects", "interactions", "joint", "shapley", "smallest_sets", "differences"):
        assert (one / f"{name}.csv").read_bytes() == (two / f"{name}.csv").read_bytes()
    code, out, err = library.mellanrum("report", str(one), "--lang", "sv")
    assert (code, err) == (0, "") and "Rapport" in out
    page = (one / "report.html").read_text()
    assert 'lang="sv"' in page and "Rättvisa delar" in page and "Multiprofessionellt team × Mobilt akutteam" in page


WRONG = [
    (["--of", "mdt"], "--of: must name 2 to 40 means or scenarios, found 1"),
    (["--of", "mdt,mtd"], "mtd: unknown scenario; did you mean mdt?"),
    (["--of", "mdt,mdt"], "each means may be in one of them only"),
    (["--of", "team,mdt"], "mdt: has mdt, as team has"),
    (["--of", "mdt,baseline"], "baseline: has no means to switch on"),
    (["--of", "mdt,tuned.yaml"], "tuned.yaml: changes parameters beside its means"),
    (["--reach", "0"], "--reach: must be above 0 and at most 1, found 0"),
    (["--reach", "80"], "--reach"),
    (["--resolution", "3"], "--resolution: must be 4 or 5, found 3"),
    (["--outcome", "cost_sk"], "--outcome cost_sk: unknown outcome; did you mean cost_sek?"),
    (["--outcome", "contacts_care"], "neither more nor less of it is better"),
    (["--replications", "0"], "--replications: must be 1 or more"),
]


@pytest.mark.parametrize(("words", "says"), WRONG, ids=lambda one: one if isinstance(one, str) else " ".join(one))
def test_wrong_input_gives_one_message_and_writes_nothing(library: Any, words: list[str], says: str) -> None:
    library.write("tuned.yaml", HEAD + "extends: joint_financing\nparameters: {gap.loss_scale: 2}\n")
    code, out, err = library.mellanrum("means", "--factorial", "--out", "out", *words)
    assert (code, out) == (2, "")
    assert says in err and len(err.strip().splitlines()) == 1
    assert not library.path("out").exists()


def test_without_a_replication_of_all_cells_no_table_tells_whose_folder_it_is(
    library: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_fit(tmp_path, monkeypatch, 0.8, 1.2)

    def without_baseline(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
        if not scenario.means:
            raise RuntimeError("no beds at all")
        return known_work(scenario, seed, wanted)

    folder, factors = tmp_path / "out", ("mdt", "joint_financing")
    finished = factorial.factorial_runs(
        request("means", factors, folder, fitted=True), question(*factors), without_baseline
    )
    assert finished.exit_code != 0 and (folder / "outcomes.csv").is_file()
    code, _, err = library.mellanrum("report", str(folder))
    assert code == 2 and "differences.csv" in err and "sensitivity" not in err


def test_default_factors_are_shipped_means(library: Any) -> None:
    plan = factorial.lay_out(request("means", DEFAULT_FACTORS, library.path("out")), question(*DEFAULT_FACTORS))
    assert len(plan.cells) == 2 ** len(DEFAULT_FACTORS) and plan.scenarios == plan.cells
    assert plan.cells[0].id == "baseline" and plan.together.id == "+".join(DEFAULT_FACTORS)


def stands(report: str, cell: str) -> str:
    return (
        f'stands_for: {{report: "{report}", kind: model, lines: [1, 2], cells: {{mdt: {{value: {cell}, line: 1}}}}}}\n'
    )


def write_library(library: Any) -> None:
    """Two systems of two reports, one for another time and place than the baseline's, and one that is only a place."""
    for shipped in library.path("scenarios/initiatives").glob("*.yaml"):
        shipped.unlink()
    library.write(
        "scenarios/initiatives/moved.yaml", HEAD + "extends: baseline\nplace: small\n" + stands("001", '"no"')
    )
    library.write("scenarios/initiatives/esther.yaml", HEAD + "extends: mdt\nyears: 3\n" + stands("002", '"yes"'))
    other = "extends: mobile_response\nplace: vastra_varmland\n" + stands("001", "unclear")
    library.write("scenarios/initiatives/agreement.yaml", HEAD + other)


def test_the_league_takes_the_whole_library_into_one_place_and_time(
    library: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_library(library)
    assert league.library() == ("initiatives/agreement", "initiatives/esther")
    world = league.one_span(SpanOptions())
    assert world == SpanOptions(place="small", years=2.0, warmup_years=1.0)
    names = ("baseline", *league.library())
    asked = request(
        "league", names, tmp_path / "out", place=world.place, years=world.years, warmup_years=world.warmup_years
    )
    finished = league.league(asked, choose_outcomes(OUTCOMES), known_work)
    table = pd.read_csv(tmp_path / "out" / "league.csv").set_index(["outcome", "scenario"]).loc["unmet_need_days"]
    assert list(table.index) == ["baseline", "agreement", "esther"]
    assert table["mean"].tolist() == pytest.approx([0.0, -2.0, -4.0])
    assert table["rank_low"].tolist() == table["rank_high"].tolist() == [3, 2, 1]
    matrix = pd.read_csv(tmp_path / "out" / "matrix.csv").set_index(["scenario", "means"])
    assert matrix.loc[("agreement", "mdt"), "value"] == "unclear"
    assert matrix.loc[("agreement", "mobile_response"), "coverage"] == 1.0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["stands_for"]["esther"]["report"] == "002" and manifest["place"]["id"] == "small"
    capsys.readouterr()
    league.show(finished, "en")
    shown = " ".join(capsys.readouterr().out.split())
    assert "Mine is certainly best" in shown and "rank 1" in shown
    page = (tmp_path / "out" / "report.html").read_text()
    assert "model of report 002, lines 1–2" in page
    assert (tmp_path / "out" / "figures" / "league.svg").stat().st_size > 1000
    code, _, err = library.mellanrum("report", str(tmp_path / "out"), "--lang", "sv")
    assert (code, err) == (0, "")
    assert "säkert bäst" in (tmp_path / "out" / "report.html").read_text()


def test_a_league_without_a_library_asks_for_names(library: Any) -> None:
    for path in library.path("scenarios/initiatives").glob("*.yaml"):
        path.unlink()
    code, out, err = library.mellanrum("league", "--out", "out")
    assert (code, out) == (2, "") and "name the scenarios" in err
    assert not library.path("out").exists()
