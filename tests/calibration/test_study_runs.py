"""Studies side by side: worlds are shared, and a study says the same as alone."""

from dataclasses import replace

import pandas as pd
import pytest

from calibration import study_runs
from calibration.study import Worlds, world_with_means
from calibration.study_file import find_study, read_study, study_scenario
from calibration.study_runs import SUBJECTS, SideBySide, observed, rows_of, run_studies_once, side_by_side
from sim.config.loader import load_scenario
from sim.config.receipt import content_hash
from sim.config.scenario import Scenario
from sim.core.observation import Observation
from sim.run import simulate

SHARE = 0.04


def worlds(name: str) -> Worlds:
    path = find_study(name)
    study = read_study(path)
    with_means, without = (
        load_scenario(
            study_scenario(path, named), years=study.years, warmup_years=study.warmup_years, sample_share=SHARE
        )
        for named in (study.scenario, study.comparator)
    )
    return Worlds(study, world_with_means(study, with_means), without)


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Name every world that is simulated."""
    names: list[str] = []

    def noted(scenario: Scenario, seed: int) -> Observation:
        names.append(scenario.id)
        return simulate(scenario, seed)

    monkeypatch.setattr(study_runs, "simulate", noted)
    return names


def test_a_world_that_several_studies_look_at_is_simulated_once_and_each_says_what_it_says_alone(
    simulated: list[str],
) -> None:
    found = [
        worlds(name)
        for name in ("discharge_planning_stay", "halsostaden_waiting", "discharge_planning_readmission",
                     "halsostaden_admissions", "geriatric_assessment")
    ]  # fmt: skip
    groups = side_by_side(found)
    # Those with follow-up of other length have a world without means of other length.
    assert [[one.study.id for one in group.studies] for group in groups] == [
        ["discharge_planning_stay", "discharge_planning_readmission"],
        ["halsostaden_waiting", "halsostaden_admissions", "geriatric_assessment"],
    ]
    tables = {group.name: run_studies_once(group, 3)[SUBJECTS] for group in groups}
    assert sorted(simulated) == [
        *("baseline", "baseline", "discharge_coordination", "geriatric_assessment", "projekt_halsostaden")
    ]
    for group in groups:
        together = tables[group.name]
        for one in group.studies:
            alone = run_studies_once(SideBySide((one,)), 3)[SUBJECTS]
            mine = together[together["study"] == one.study.id].reset_index(drop=True)
            pd.testing.assert_frame_equal(mine, alone, check_exact=True)

    rows = rows_of(found, [(group, [tables[group.name]]) for group in groups])
    assert rows is not None
    assert list(rows["study"].unique()) == [one.study.id for one in found]


def test_a_study_of_todays_care_needs_one_world(simulated: list[str]) -> None:
    run_studies_once(SideBySide((worlds("ihp_help_with_coordination"),)), 3)
    assert simulated == ["baseline"]


def test_a_world_that_is_known_is_not_simulated_again(simulated: list[str]) -> None:
    one = worlds("shared_records_tests")
    today = simulate(one.without, 3)
    ((_, _, without),) = observed([one], 3, {content_hash(one.without): today})
    assert without is today
    assert simulated == ["integrated_records"]


def test_other_comparators_of_the_same_means_are_told_apart(simulated: list[str]) -> None:
    one = worlds("shared_records_tests")
    other = replace(one, without=replace(one.without, years=0.5))
    ends = [without.end_days - without.start_days for _, _, without in observed([one, other], 3)]
    assert ends == [round(one.without.years * 365), round(0.5 * 365)]
    assert simulated == ["baseline", "integrated_records", "baseline"]


def test_studies_without_any_run_have_no_figures() -> None:
    assert rows_of([], []) is None
