"""Studies on hand-made logs, and one with a means that does nothing in the model itself."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from build_observation import GP, HOME_HELP, HOME_NURSE, observe, people
from scipy.stats import binom

from calibration.effects import read_effects
from calibration.study import Worlds, offered_to, study_rows
from calibration.study_counts import subjects_table
from calibration.study_file import Result, Study, Subjects, find_study, read_study, study_files, study_scenario
from calibration.study_outcomes import OUTCOMES, Window
from calibration.study_runs import SUBJECTS, SideBySide, run_studies_once, study_jobs
from calibration.study_subjects import take_part
from sim.config.loader import load_scenario
from sim.core.vocabulary import AcuteAnswer, ContactFlag, EnrolmentEvent, Mode, Responder, StayEvent
from sim.run import simulate

START = 100.0


def a_study(**changes: object) -> Study:
    numbers: dict[str, object] = {
        "id": "a_study",
        "title": "A study",
        "source": "made for the test",
        "scenario": "phone_care_coach",
        "design": "before_after",
        "subjects": Subjects(found="frequent_use", at_least=2, within_days=50.0, recruitment_days=21.0),
        "before_days": 50.0,
        "follow_up_days": 100.0,
        "results": (Result(target="skaraborg_acute", outcome="ed_visits", estimator="relative_change"),),
        "note": "none",
    }
    return Study(**(numbers | changes))  # type: ignore[arg-type]  # keys are those of the model


def visits(*pairs: tuple[int, float]) -> list[dict[str, object]]:
    return [{"person": person, "time_days": day} for person, day in pairs]


def window(observation: object, start: float, end: float, count: int) -> Window:
    return Window(observation, np.full(count, start), np.full(count, end))  # type: ignore[arg-type]  # hand-made


def test_people_are_found_in_the_week_they_have_come_often_enough() -> None:
    arrivals = visits((0, 60.0), (0, 99.0), (1, 40.0), (1, 99.0), (2, 95.0), (2, 104.0), (3, 130.0), (3, 131.0))
    world = observe(5, START, 400.0, ed_arrivals=arrivals)
    found = take_part(a_study(), world, world, seed=1).index_days
    # 0: two in the 50 days before the start. 1: one of them is too old. 2: the second in the first week. 3: too late.
    np.testing.assert_array_equal(found, [100.0, np.nan, 107.0, np.nan, np.nan])


def test_only_those_asked_for_take_part() -> None:
    who = people(3, age_years=[80.0, 80.0, 40.0], home_help=[True, False, True])
    world = observe(who, START, 400.0)
    rule = Subjects(found="everybody", age_from=65.0, only="home_care")
    assert np.isfinite(take_part(a_study(subjects=rule), world, world, 1).index_days).tolist() == [True, False, False]


def test_people_are_found_by_what_happens_to_them() -> None:
    world = observe(
        4,
        START,
        400.0,
        enrolments=[{"person": 1, "time_days": 105.0, "event": EnrolmentEvent.ENROLLED}],
        acute_turns=[
            {
                "person": 2,
                "time_days": 106.0,
                "responder": Responder.MOBILE_TEAM,
                "answer": AcuteAnswer.ADMITTED_DIRECTLY,
            },
            {
                "person": 3,
                "time_days": 106.0,
                "responder": Responder.NOBODY,
                "answer": AcuteAnswer.EMERGENCY_DEPARTMENT,
            },
        ],
        stays=[
            {"person": 0, "stay": 1, "time_days": 101.0, "event": StayEvent.ADMITTED},
            {"person": 0, "stay": 1, "time_days": 108.0, "event": StayEvent.DISCHARGED},
        ],
    )
    wanted = {"enrolled": {1: 105.0}, "answered_by_team": {2: 106.0}, "admitted": {0: 101.0}, "discharged": {0: 108.0}}
    for kind, days in wanted.items():
        index = take_part(a_study(subjects=Subjects(found=kind, recruitment_days=30.0)), world, world, 1).index_days
        assert {int(i): float(index[i]) for i in np.flatnonzero(np.isfinite(index))} == days


def test_outcomes_by_hand() -> None:
    stays = [
        {"person": 0, "stay": 1, "time_days": 5.0, "event": StayEvent.ADMITTED, "avoidable": True},
        {"person": 0, "stay": 1, "time_days": 12.0, "event": StayEvent.DISCHARGED},
        {"person": 0, "stay": 2, "time_days": 20.0, "event": StayEvent.ADMITTED},
        {"person": 0, "stay": 2, "time_days": 24.0, "event": StayEvent.DISCHARGED},
        {"person": 0, "stay": 3, "time_days": 28.0, "event": StayEvent.ADMITTED},
    ]
    contacts = [
        {"person": 1, "time_days": 15.0, "station": GP, "wait_days": 7.5},
        {"person": 1, "time_days": 16.0, "station": GP, "mode": Mode.PHONE, "flags": ContactFlag.TEST_REPEATED},
        {"person": 1, "time_days": 17.0, "station": HOME_NURSE, "flags": ContactFlag.HELP_WITH_COORDINATION},
        {"person": 1, "time_days": 31.0, "station": GP},
    ]
    helped = [{"person": 2, "time_days": 15.0, "station": HOME_HELP, "direct_minutes": 90.0}]
    world = observe(
        people(3, complex_needs=True), 0.0, 365.0, stays=stays, contacts=contacts, visits=helped,
        ed_arrivals=visits((0, 20.0)), deaths=[{"person": 2, "time_days": 20.0}],
    )  # fmt: skip
    seen = {name: count(window(world, 10.0, 30.0, 3)) for name, count in OUTCOMES.items()}
    year = 20.0 / 365.0
    np.testing.assert_allclose(seen["ed_visits"][1], [year, year, year / 2])
    events = {
        "ed_visits": [1, 0, 0],
        "no_ed_visit": [0, 1, 1],
        "admissions": [2, 0, 0],
        "avoidable_admissions": [0, 0, 0],
        "no_admission": [0, 1, 1],
        "any_admission": [1, 0, 0],
        "bed_days": [2 + 4 + 2, 0, 0],
        "mean_stay": [4, 0, 0],
        "outpatient_visits": [0, 1, 0],
        "primary_care_contacts": [0, 2, 0],
        "home_care_hours": [0, 0, 1.5],
        "repeated_tests": [0, 1, 0],
        "got_help_with_coordination": [0, 1, 0],
        "conflicting_information": [0, 0, 0],
        "record_missing": [0, 0, 0],
        "tests_made_again": [0, 1, 0],
        "seen_within_guarantee": [0, 1, 0],
    }
    assert events.keys() == OUTCOMES.keys()
    for name, expected in events.items():
        np.testing.assert_allclose(seen[name][0], expected, err_msg=name)
    np.testing.assert_allclose(seen["mean_stay"][1], [1, 0, 0])
    for per_contact in ("repeated_tests", "seen_within_guarantee"):
        np.testing.assert_allclose(seen[per_contact][1], [0, 2, 0])
    np.testing.assert_allclose(seen["got_help_with_coordination"][1], [0, 1, 0])


def test_a_fall_after_the_worst_days_is_no_effect() -> None:
    arrivals = visits((0, 60.0), (0, 90.0), (0, 99.0), (0, 150.0), (1, 80.0), (1, 98.0), (1, 170.0), (2, 150.0))
    world = observe(3, START, 400.0, ed_arrivals=arrivals)
    row = study_rows(a_study(), [subjects_table(a_study(), world, world, 1)]).iloc[0]
    # Before: 5 visits in 2 x 50 days; after: 2 in 2 x 100 days.
    assert row["simulated"] == pytest.approx(2 / 200 / (5 / 100) - 1)
    assert (row["true_effect"], row["true_low"], row["true_high"]) == (0.0, 0.0, 0.0)
    assert row["reported_without_effect"] == row["simulated"]
    assert row["people"] == 2


def test_a_true_effect_is_told_from_the_fall() -> None:
    before = visits((0, 60.0), (0, 90.0), (1, 80.0), (1, 98.0))
    without = observe(2, START, 400.0, ed_arrivals=before + visits((0, 150.0), (1, 160.0)))
    with_means = observe(2, START, 400.0, ed_arrivals=before + visits((0, 150.0)))
    row = study_rows(a_study(), [subjects_table(a_study(), with_means, without, 1)]).iloc[0]
    assert row["simulated"] == pytest.approx(1 / 200 / (4 / 100) - 1)
    assert row["true_effect"] == pytest.approx(-0.5)
    assert row["reported_without_effect"] == pytest.approx(2 / 200 / (4 / 100) - 1)
    # log 0.125 = log 0.5 + log 0.25: a third is the means.
    assert row["share_not_by_means"] == pytest.approx(2 / 3)


def test_matched_controls_count_as_those_they_are_matched_with() -> None:
    count = 60
    who = people(count, age_years=np.where(np.arange(count) % 3 == 0, 80.0, 50.0))
    world = observe(who, START, 400.0)
    study = a_study(design="matched_control", share_offered=0.5, subjects=Subjects(found="everybody"), before_days=50.0)
    group = take_part(study, world, world, seed=4)
    old = who.age_years > 65
    for kind in (old, ~old):
        assert group.weights[kind & ~group.treated].sum() == pytest.approx((kind & group.treated).sum())
    assert (group.weights[group.treated] == 1).all()


def test_the_highest_and_the_lowest_third_are_compared() -> None:
    # Person p meets GP number 0 in p of 5 visits.
    contacts = [
        {"person": p, "time_days": 50.0 + i / 10, "station": GP, "staff": 0 if i < max(p, 1) else i}
        for p in range(6)
        for i in range(5)
    ]
    world = observe(7, START, 400.0, contacts=contacts)
    study = a_study(
        design="cross_section", exposure="usual_provider", subjects=Subjects(found="everybody"), before_days=60.0
    )
    group = take_part(study, world, world, 1)
    there = np.isfinite(group.index_days)
    # Shares .2, .2, .4, .6, .8, 1; the seventh saw no GP. Thirds lie at .33 and .67.
    assert there.tolist() == [True, True, False, False, True, True, False]
    assert group.treated[there].tolist() == [False, False, True, True]


def test_a_cross_section_is_adjusted_by_weighing_those_with_the_least_of_the_exposure() -> None:
    """Six always meet one GP, of whom four are old; six never, of whom two are old."""
    high, count = 6, 12
    contacts = [
        {"person": p, "time_days": 50.0 + i, "station": GP, "staff": 0 if p < high else i}
        for p in range(count)
        for i in range(2)
    ]
    ages = np.array([80.0] * 4 + [40.0] * 2 + [80.0] * 2 + [40.0] * 4)
    # The old come to the emergency department once each, the young never: continuity does nothing.
    arrivals = visits(*((int(p), 150.0) for p in np.flatnonzero(ages > 65)))
    world = observe(people(count, age_years=ages), START, 400.0, contacts=contacts, ed_arrivals=arrivals)
    raw = a_study(
        design="cross_section", exposure="usual_provider", subjects=Subjects(found="everybody"), before_days=60.0
    )
    adjusted = raw.model_copy(update={"adjust_for": ("age",)})
    weights = take_part(adjusted, world, world, 1).weights
    # Old: 4 among the six with continuity, 2 among those without; young: 2 and 4.
    np.testing.assert_allclose(weights, [1.0] * high + [2.0] * 2 + [0.5] * 4)
    reported = [
        study_rows(study, [subjects_table(study, world, world, 1)]).iloc[0]["simulated"] for study in (raw, adjusted)
    ]
    # Unadjusted (4/6) / (2/6) - 1; adjusted (4/6) / ((2 x 2 + 4 x 0) / 6) - 1.
    np.testing.assert_allclose(reported, [1.0, 0.0], atol=1e-12)


def test_kinds_of_people_on_one_side_only_are_left_out_of_an_adjusted_cross_section() -> None:
    contacts = [
        {"person": p, "time_days": 50.0 + i / 10, "station": GP, "staff": 0 if p < 3 else i}
        for p in range(6)
        for i in range(2 if p != 5 else 9)
    ]
    who = people(6, need_group=np.array([1, 2, 3, 1, 2, 2]))
    world = observe(who, START, 400.0, contacts=contacts)
    study = a_study(
        design="cross_section", exposure="usual_provider", subjects=Subjects(found="everybody"), before_days=60.0,
        adjust_for=("contacts", "need_group"),
    )  # fmt: skip
    group = take_part(study, world, world, 1)
    # 2 has no equal in need; 5 has as many needs as 1 and 4, but nine visits.
    assert np.isfinite(group.index_days).tolist() == [True, True, False, True, True, False]
    assert group.treated[[0, 1, 3, 4]].tolist() == [True, True, False, False]


def test_adjustment_goes_with_a_cross_section_only() -> None:
    with pytest.raises(ValueError, match="adjust_for goes with the design cross_section"):
        a_study(adjust_for=("age",))


def small_worlds(study: Study, fidelity: float | None = None) -> Worlds:
    time = {"years": study.years, "warmup_years": study.warmup_years, "sample_share": 0.04}
    scenario = load_scenario(study.scenario, **time)
    if fidelity is not None:
        scenario = replace(scenario, means=tuple(replace(one, fidelity=fidelity) for one in scenario.means))
    return Worlds(study, offered_to(scenario, study.share_offered), load_scenario(study.comparator, **time))


def run_once(worlds: Worlds, seed: int = 7) -> pd.DataFrame:
    return run_studies_once(SideBySide((worlds,)), seed)[SUBJECTS]


def test_a_means_that_does_nothing_has_no_true_effect_whatever_the_study_says() -> None:
    study = a_study(
        scenario="all_four",
        subjects=Subjects(found="frequent_use", at_least=2, within_days=182.0, recruitment_days=28.0),
        before_days=182.0,
        follow_up_days=182.0,
        warmup_years=0.75,
    )
    row = study_rows(study, [run_once(small_worlds(study, fidelity=0.0))]).iloc[0]
    assert row["people"] > 15
    assert row["high"] < 0.0
    assert (row["true_effect"], row["true_low"], row["true_high"]) == (0.0, 0.0, 0.0)
    assert row["share_not_by_means"] == 1.0


def test_luck_splits_those_who_are_found_and_nothing_before_that_differs() -> None:
    study = a_study(
        design="randomised",
        share_offered=0.5,
        subjects=Subjects(found="frequent_use", at_least=1, within_days=182.0),
        before_days=0.0,
        follow_up_days=182.0,
    )
    worlds = small_worlds(study)
    with_means, without = (simulate(one, 7) for one in (worlds.with_means, worlds.without))
    here, there = (take_part(study, world, world, 7) for world in (with_means, without))
    np.testing.assert_array_equal(here.index_days, there.index_days)
    np.testing.assert_array_equal(here.treated, there.treated)
    found = np.isfinite(here.index_days)
    assert 0.35 < here.treated[found].mean() < 0.65
    # The coach is offered to the treated and to nobody else.
    enrolled = with_means.tables["enrolments"]["person"][
        with_means.tables["enrolments"]["event"] == EnrolmentEvent.ENROLLED
    ]
    assert len(enrolled)
    assert here.treated[enrolled].all()
    first = with_means.start_days
    for outcome in OUTCOMES.values():
        sides = [
            outcome(Window(world, np.zeros(len(found)), np.full(len(found), first)))[0]
            for world in (with_means, without)
        ]
        np.testing.assert_array_equal(*sides)


def test_a_trial_of_nothing_on_simulated_people_is_wrong_in_one_of_twenty() -> None:
    study = a_study(
        design="randomised",
        share_offered=0.5,
        subjects=Subjects(found="frequent_use", at_least=1, within_days=182.0),
        before_days=0.0,
        follow_up_days=182.0,
    )
    world = simulate(load_scenario("baseline", years=0.6, warmup_years=0.6, sample_share=0.12), 1)
    trials, wrong = 400, 0
    for luck in range(trials):
        row = study_rows(study, [subjects_table(study, world, world, luck)]).iloc[0]
        wrong += not row["low"] <= 0.0 <= row["high"]
        assert row["true_effect"] == 0.0
    assert binom.ppf(0.0005, trials, 0.05) <= wrong <= binom.ppf(0.9995, trials, 0.05)


def test_the_key_of_a_run_names_the_study() -> None:
    one = small_worlds(a_study())
    other = small_worlds(a_study(before_days=40.0))
    asked = [SideBySide((one,)), SideBySide((other,)), SideBySide((one, other))]
    keys = {job.key for each in asked for job in study_jobs(each, replications=2, base_seed=1, code="code")}
    assert len(keys) == 6


@pytest.mark.parametrize("name", sorted(study_files()))
def test_every_study_has_its_worlds_and_its_published_figures(name: str) -> None:
    path = find_study(name)
    study = read_study(path)
    scenario = load_scenario(study_scenario(path, study.scenario), years=study.years, warmup_years=study.warmup_years)
    # A survey of today's care asks in the world without means.
    assert bool(scenario.means) == (study.scenario != study.comparator)
    assert scenario.means or study.design == "survey"
    assert not load_scenario(study_scenario(path, study.comparator)).means
    assert all(read_effects()[result.target].unit == result.estimator for result in study.results)
    half = offered_to(scenario, study.share_offered)
    assert [one.coverage for one in half.means] == [one.coverage * study.share_offered for one in scenario.means]
