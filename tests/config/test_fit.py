"""Fitted parameter sets: where they are found, how they lie under a scenario, one for each replication."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from sim.batch.ensemble import plan_fitted
from sim.batch.jobs import plan_jobs
from sim.config import fit
from sim.config.ensemble import read_ensemble, with_parameters
from sim.config.fit import FittedSets, find_fit, set_by_hand
from sim.config.loader import load_scenario
from sim.config.sweep_apply import known_names
from sim.config.sweep_plan import plan_sweep
from sim.config.sweep_words import read_words

SHARE = "worsening.preventable_share"
CALLED = "means.mobile_response.called_probability"


def sets(folder: Path, *rows: str) -> Path:
    folder.mkdir(parents=True)
    path = folder / "ensemble.csv"
    path.write_text("\n".join((f"{SHARE},{CALLED}", *rows)) + "\n", encoding="utf-8")
    return path


def test_a_place_without_a_fit_of_its_own_has_that_of_the_home_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit, "fits_folder", lambda: tmp_path)
    assert find_fit("gotland") is None
    home = sets(tmp_path / fit.HOME_PLACE, "0.4,0.2")
    assert find_fit("gotland") == find_fit(fit.HOME_PLACE) == home
    own = sets(tmp_path / "gotland", "0.4,0.2")
    assert find_fit("gotland") == own


def test_what_a_file_sets_itself_stays(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "extends: team\ntitle: {en: Mine, sv: Min}\nsummary: {en: Mine., sv: Min.}\nsource: assumption\n"
        f"parameters:\n  {SHARE}: 0.65\nmeans:\n  mobile_response: {{settings: {{called_probability: 0.45}}}}\n",
        encoding="utf-8",
    )
    usual, own = load_scenario("team"), load_scenario(mine)
    assert set_by_hand(own) >= {SHARE, CALLED}
    assert SHARE not in set_by_hand(usual) and CALLED not in set_by_hand(usual)
    ensemble = read_ensemble(sets(tmp_path / "fit", "0.4,0.2"), [usual, own])

    def values(scenario):
        one = with_parameters(scenario, ensemble, 0, keep=set_by_hand(scenario))
        means = {choice.id: choice for choice in one.means}
        return one.parameters[SHARE].value, means["mobile_response"].settings["called_probability"].value

    assert values(usual) == (0.4, 0.2)
    assert values(own) == (0.65, 0.45)


def test_every_replication_has_the_next_set_in_all_scenarios(tmp_path: Path) -> None:
    scenarios = [load_scenario("baseline"), load_scenario("team")]
    ensemble = read_ensemble(sets(tmp_path / "fit", "0.4,0.2", "0.6,0.3"), scenarios)
    jobs = plan_fitted(scenarios, ensemble, replications=3, base_seed=1, code="x")
    shares = [job.scenario.parameters[SHARE].value for job in jobs]
    assert shares == [0.4, 0.4, 0.6, 0.6, 0.4, 0.4]
    usual = plan_jobs(scenarios, replications=3, base_seed=1, code="x")
    assert [(job.replication, job.seed) for job in jobs] == [(job.replication, job.seed) for job in usual]
    fewer = plan_fitted(scenarios, ensemble, replications=2, base_seed=1, code="x")
    assert jobs[: len(fewer)] == fewer and len({job.key for job in jobs}) == 6


def test_a_fit_of_the_start_values_changes_no_run(tmp_path: Path) -> None:
    scenario = load_scenario("team")
    means = {choice.id: choice for choice in scenario.means}
    start = scenario.parameters[SHARE].value, means["mobile_response"].settings["called_probability"].value
    ensemble = read_ensemble(sets(tmp_path / "fit", f"{start[0]},{start[1]}"), [scenario])
    assert with_parameters(scenario, ensemble, 0) == replace(scenario)


def test_along_a_sweep_the_fitted_set_comes_first_and_the_move_then(tmp_path: Path) -> None:
    team = load_scenario("team")
    start = team.parameters[SHARE].value
    assert isinstance(start, float)
    ensemble = read_ensemble(sets(tmp_path / "fit", f"{start - 0.1},0.2", f"{start + 0.1},0.3"), [team])
    change = partial(FittedSets(ensemble).over, number=0)

    def shares(*words: str) -> list[list[object]]:
        sweep = read_words(
            list(words), known_names(team), scenario="team", against=None, outcomes=("cost_sek",), groups=("all",)
        )
        plan = plan_sweep(sweep, team, None, change)
        jobs = plan_fitted(plan.scenarios, ensemble, replications=2, base_seed=1, code="x", lay=plan.lay)
        found = [[job.scenario.parameters[SHARE].value for job in jobs if job.replication == one] for one in (0, 1)]
        assert [job.scenario.id for job in jobs[: len(plan.scenarios)]] == [one.id for one in plan.scenarios]
        return found

    # What is set is set in all sets, even where it is the start value; a factor is one on the set's own value.
    assert shares(f"{SHARE}=0.4,{start}") == [[0.4, start]] * 2
    assert shares(f"{SHARE}*=0.9,1") == [
        [pytest.approx(0.9 * one), pytest.approx(one)] for one in (start - 0.1, start + 0.1)
    ]
    # What is moved elsewhere leaves the set as it is, and where nothing moves, the scenario keeps its name.
    other = shares("place.beds=1,1.2")
    assert other == [[pytest.approx(one)] * 2 for one in (start - 0.1, start + 0.1)]


def test_two_points_that_only_start_values_make_alike_are_both_run(tmp_path: Path) -> None:
    team = load_scenario("team")
    start = team.parameters[SHARE].value
    sweep = read_words(
        [f"{SHARE}={start},0.6"], known_names(team), scenario="team", against=None, outcomes=("cost_sek",),
        groups=("all",),
    )  # fmt: skip
    ensemble = read_ensemble(sets(tmp_path / "fit", "0.4,0.2"), [team])
    assert plan_sweep(sweep, team, None).scenarios[0].id == "team"
    plan = plan_sweep(sweep, team, None, partial(FittedSets(ensemble).over, number=0))
    assert [one.id for one in plan.scenarios] == ["team_001", "team_002"]
